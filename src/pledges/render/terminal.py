"""A page on a terminal, in lines that fit its width."""

import io
from collections.abc import Sequence
from typing import Final

from msgspec.structs import replace
from rich.padding import Padding
from rich.table import Table as RichTable
from rich.text import Text

from pledges.cell_width import isolated, width
from pledges.clean import without_joints
from pledges.render import Canvas
from pledges.render.layout import GAP
from pledges.render.terminal_tables import STYLES, TableScreen, page_console, styled
from pledges.render.text import words
from pledges.render.timeline.chart import chart
from pledges.render.wrapped_text import WrappedText
from pledges.view.answer import Answer
from pledges.view.page import (
    Block,
    Bullets,
    Entries,
    Figures,
    Line,
    Page,
    Paragraph,
    Run,
    Section,
    Table,
    Tone,
    bold,
    line,
    more,
)
from pledges.view.wording.values import bar_legend

FIGURE_GAP: Final = 4  # the cells between two figures
WIDEST_MAIL: Final = 100  # the cells of a line of a report: longer ones are hard to read


def render_terminal(answer: Answer, canvas: Canvas) -> str:
    """The page as a terminal shows it."""
    page = answer.page()
    if page.is_manual:
        from pledges.render.manual import manual_lines  # noqa: PLC0415  (most pages are none)

        out = io.StringIO()
        console = page_console(out, canvas)
        for runs in manual_lines(page, canvas.width):
            console.print(styled(runs), soft_wrap=True)
        return out.getvalue()
    if page.is_mail:
        canvas = replace(canvas, width=min(canvas.width, WIDEST_MAIL))
    screen = Screen(page, canvas)
    screen.print_page(page)
    lines = without_joints(screen.out.getvalue()).splitlines()
    text = "".join(f"{each.rstrip(' ')}\n" for each in lines)
    return isolated(text) if canvas.has_isolates else text


class Screen(TableScreen):
    """The console that a whole page is printed on."""

    def print_page(self, page: Page) -> None:
        """Print a whole page, its parts separated by an empty line."""
        for text, style in zip(page.head, ("bold", ""), strict=False):
            self.console.print(Text(self.words(text), style))
        self.print_lines(page.lead)
        drawing = chart(page, self.canvas)
        if drawing:
            self.console.print()
            # What is drawn fits this terminal and is spelt for it, and is printed as it is.
            picture = Text("\n").join(map(styled, drawing.lines(page.sections)))
            self.console.print(picture, soft_wrap=True)
        rest = [x for x in page.sections if not (drawing and x.table and x.table.calendar)]
        for number, section in enumerate(rest):
            if number or page.title or page.lead:
                self.console.print()
            self.print_section(section)
        self.print_notes(page.notes, drawing.legend() if drawing else "")

    def print_notes(self, notes: Sequence[Line], legend: str) -> None:
        """Print the notes of a page, what its bars mean, and the legend of what is drawn."""
        if notes or self.has_bars or legend:
            self.console.print()
        self.print_lines(notes)
        if self.has_bars:
            self.print_lines([line(bar_legend(*self.glyphs), Tone.MUTED)])
        if legend:
            self.console.print(Text(legend, STYLES[Tone.MUTED]))

    def print_section(self, section: Section) -> None:
        """Print a section: its title, with its summary next to it if both fit on a line."""
        title, summary = self.words(section.title), self.words(section.summary)
        if title or summary:
            fits = width(title) + GAP + width(summary) <= self.canvas.width
            between = " " * GAP if fits and title else "\n" if title and summary else ""
            self.console.print(Text.assemble((title, "bold"), between, (summary, "dim")))
        for block in section.blocks:
            self.print_block(block)

    def print_block(self, block: Block) -> None:
        """Print a part of a section."""
        match block:
            case Table():
                self.print_table(block)
            case Figures():
                self.print_figures(block)
            case Entries():
                self.print_entries(block)
            case Bullets():
                self.print_bullets(block)
            case Paragraph():
                tone = Tone.MUTED if block.is_muted else None
                self.print_lines([[replace(x, tone=x.tone or tone) for x in block.line]])

    def print_figures(self, block: Figures) -> None:
        """Print figures on one line, or each on its own, with an empty line before and after.

        A number and its label have the colour of its tone.
        """
        figures: list[list[Run]] = []
        for each in block.items:
            note = [Run(f" ({each.note})", Tone.MUTED)] if each.note else []
            figures.append([Run(f"{each.number} {each.label}", each.tone, is_bold=True), *note])
        row = [run for each in figures for run in (Run(" " * FIGURE_GAP), *each)][1:]
        fits = width(self.words(words(row))) <= self.canvas.width
        self.console.print()
        self.print_lines([row] if fits else figures)
        self.console.print()

    def print_entries(self, block: Entries) -> None:
        """Print the name of each pledge, and below it, indented, what is said of it."""
        for number, each in enumerate(block.items):
            if number:
                self.console.print()
            self.print_lines([bold(each.name)])
            phrase = replace(each.phrase, tone=each.phrase.tone or each.tone, is_bold=True)
            source = [replace(run, tone=Tone.MUTED) for run in each.source]
            for runs in filter(None, ([phrase], *each.lines, source)):
                self.console.print(Padding(WrappedText(self.line_text(runs)), (0, 0, 0, GAP)))
        if block.left_out:
            self.console.print()
            self.print_lines([line(more(block.left_out), Tone.MUTED)])

    def print_bullets(self, block: Bullets) -> None:
        """Print a list, each of its items indented."""
        grid = RichTable.grid(padding=(0, 1, 0, 0))
        rest = [line(more(block.left_out))] if block.left_out else []
        for each in (*block.items, *rest):
            grid.add_row("-", WrappedText(self.line_text(each)))
        self.console.print(grid)
