"""A page on a terminal: tables that fit its width, bars, and a few colours.

Tables that share their columns are laid out together, so that they line up down the page.  Where a
row does not fit even with its columns below each other, or below 60 cells, it becomes a block.
"""

import io
import math
from collections.abc import Iterable, Mapping, Sequence
from typing import Final, Literal

from msgspec import Struct
from rich.console import Console
from rich.padding import Padding
from rich.table import Table as RichTable
from rich.text import Text

from pledges.clean import screen_text
from pledges.render import Canvas
from pledges.render.cell_width import width
from pledges.render.layout import GAP, Stack, alike, stacks
from pledges.render.line_breaks import without_joints
from pledges.render.text import table_lines
from pledges.render.timeline.chart import Line as InkLine
from pledges.render.timeline.chart import chart
from pledges.view.answer import Answer
from pledges.view.page import (
    Bar,
    Bullets,
    Cell,
    Column,
    Line,
    Page,
    Paragraph,
    Run,
    Section,
    Table,
    Tone,
    line,
    more,
)
from pledges.view.wording.values import JOINT, bar_legend, days_held_together

STYLES: Final[Mapping[Tone | None, str]] = {
    Tone.GOOD: "green",
    Tone.WATCH: "yellow",
    Tone.LATE: "bold red",
    Tone.MUTED: "dim",
    None: "",
}
NARROWEST_TABLE: Final = 60
BARS: Final = ((100, 12), (80, 10), (0, 8))
"""From which width of the page on a bar has how many cells."""
LONGEST_PAGE: Final = 400
"""Rows above which a page's tables are printed plainly: Rich takes over a millisecond for each."""


class Glyphs(Struct, frozen=True):
    """What a bar is drawn with: done, not done, not measured, and where time stands."""

    done: str
    left: str
    unknown: str
    time: str


UNICODE: Final = Glyphs("\u2588", "\u2591", "\u00b7", "\u2503")
ASCII: Final = Glyphs("#", "-", ".", "|")


def render_terminal(answer: Answer, canvas: Canvas) -> str:
    """The page as a terminal shows it."""
    sheet = Screen(canvas)
    sheet.draw(answer.page())
    drawing = sheet.out.getvalue()
    return "".join(f"{each.rstrip(' ')}\n" for each in without_joints(drawing).splitlines())


def drawn(bar: Bar, cells: int, glyphs: Glyphs) -> str:
    """A bar of so many cells: something done shows, and it is full only when all is done."""
    done = 0 if bar.done is None else min(max(bar.done, 0), 1)
    full = math.floor(done * cells + 0.5)
    if 0 < done < 1:
        full = min(max(full, 1), cells - 1)
    rest = glyphs.unknown if bar.done is None else glyphs.left
    track = glyphs.done * full + rest * (cells - full)
    if bar.time is None:
        return track
    at = min(max(math.floor(bar.time * cells), 0), cells - 1)
    return track[:at] + glyphs.time + track[at + 1 :]


def inked(inks: InkLine) -> Text:
    """A drawn line in its colours."""
    parts = ((ink.text, f"{'bold ' * ink.is_strong}{STYLES[ink.tone]}") for ink in inks)
    return Text.assemble(*parts)


class Screen:
    """A console that keeps what is drawn on it."""

    def __init__(self, canvas: Canvas) -> None:
        self.canvas = canvas
        self.glyphs = ASCII if canvas.is_ascii else UNICODE
        self.bar = next(cells for least, cells in BARS if canvas.width >= least)
        self.has_bars = False
        self.is_long = False
        self.out = io.StringIO()
        self.console = Console(
            file=self.out,
            width=canvas.width,
            height=50,
            force_terminal=canvas.has_colour,
            color_system="standard" if canvas.has_colour else None,
            no_color=not canvas.has_colour,
            legacy_windows=False,
            highlight=False,
            emoji=False,
            markup=False,
        )

    def draw(self, page: Page) -> None:
        """Draw a whole page, its parts set apart by an empty line."""
        if page.title:
            self.console.print(Text(self.words(page.title), "bold"))
        self.lines(page.lead)
        has_begun = bool(page.title or page.lead)
        rows = sum(len(table.rows) for table in page.tables)
        self.is_long = rows > LONGEST_PAGE
        tables = {} if self.is_long else alike(page)
        layouts = {columns: self.layout(each) for columns, each in tables.items()}
        seen: set[tuple[Column, ...]] = set()
        drawing = chart(page, self.canvas)
        if drawing:
            self.console.print()
            self.drawn(drawing.lines(page.sections))
        for section in page.sections:
            if drawing and section.table and section.table.calendar:
                continue
            if has_begun:
                self.console.print()
            has_begun = True
            columns = tuple(section.table.columns) if section.table else ()
            self.section(section, layouts.get(columns), seen)
        if page.notes or self.has_bars or drawing:
            self.console.print()
        self.lines(page.notes)
        if self.has_bars:
            self.lines([line(self.legend(), Tone.MUTED)])
        if drawing:
            together = (part.replace(" ", JOINT) for part in drawing.legend())
            self.console.print(Text(", ".join(together), STYLES[Tone.MUTED]))

    def drawn(self, lines: Iterable[InkLine]) -> None:
        """Put drawn lines on the page as they are."""
        inks = [inked(each) for each in lines]
        if inks:
            self.console.print(Text("\n").join(inks), soft_wrap=True)

    def legend(self) -> str:
        """What the bars are drawn with."""
        of = self.glyphs
        return bar_legend(of.done, of.left, of.unknown, of.time)

    def words(self, text: str) -> str:
        """A text as this terminal can show it."""
        return days_held_together(screen_text(text, is_ascii=self.canvas.is_ascii))

    def lines(self, lines: Iterable[Line]) -> None:
        """Draw lines of words, wrapped; a URL is kept in one piece."""
        for runs in lines:
            is_url = any(run.link == run.text for run in runs)
            self.console.print(Text.assemble(*map(self.run, runs)), soft_wrap=is_url)

    def run(self, run: Run) -> tuple[str, str]:
        """Some words with their style."""
        return self.words(run.text), f"{'bold ' * run.is_bold}{STYLES[run.tone]}"

    def section(
        self, section: Section, layout: list[Stack] | None, seen: set[tuple[Column, ...]]
    ) -> None:
        """Draw a section; the head of a table only where its columns come for the first time."""
        self.heading(section)
        for block in section.blocks:
            match block:
                case Table():
                    self.draw_table(block, layout, seen)
                case Bullets():
                    self.bullets(block)
                case Paragraph():
                    self.lines([block.line])

    def bullets(self, block: Bullets) -> None:
        """Draw a list, each item indented below its mark."""
        drawn_list = RichTable.grid(padding=(0, 1, 0, 0))
        rest = [line(more(block.left_out))] if block.left_out else []
        for item in (*block.items, *rest):
            drawn_list.add_row("-", Text.assemble(*map(self.run, item)))
        self.console.print(drawn_list)

    def draw_table(
        self, table: Table, layout: list[Stack] | None, seen: set[tuple[Column, ...]]
    ) -> None:
        """Draw a table as it is laid out, plainly if the page is long, or row by row."""
        if self.is_long:
            self.out.writelines(f"{self.words(row)}\n" for row in table_lines(table))
        elif layout is None:
            self.blocks(table)
        else:
            has_head = table.has_head and tuple(table.columns) not in seen
            seen.add(tuple(table.columns))
            self.console.print(self.table(table, layout, has_head=has_head))

    def heading(self, section: Section) -> None:
        """Draw a section's title, with its summary beside it where both fit on a line."""
        title, summary = self.words(section.title), self.words(section.summary)
        if not title and not summary:
            return
        fits = width(title) + GAP + width(summary) <= self.canvas.width
        between = " " * GAP if fits and title else "\n" if title and summary else ""
        self.console.print(Text.assemble((title, "bold"), between, (summary, "dim")))

    def layout(self, tables: Sequence[Table]) -> list[Stack] | None:
        """How tables of the same columns are laid out; None where their rows become blocks."""
        if self.canvas.width < NARROWEST_TABLE and tables[0].has_head:
            return None
        return stacks(tables, self.canvas.width, self.bar)

    def table(self, table: Table, layout: Sequence[Stack], *, has_head: bool) -> RichTable:
        """A table of Rich's in a layout."""
        drawn_table = RichTable(
            box=None,
            show_header=has_head,
            header_style="dim",
            padding=(0, GAP, 0, 0),
            pad_edge=False,
        )
        for stack in layout:
            column = table.columns[stack.members[0]]
            justify: Literal["left", "right"] = "right" if column.is_number else "left"
            drawn_table.add_column(
                column.label, width=stack.width, overflow="fold", justify=justify
            )
        for row in table.rows:
            drawn_table.add_row(*(self.stacked(table, row, stack) for stack in layout))
        return drawn_table

    def stacked(self, table: Table, row: Sequence[Cell], stack: Stack) -> Text:
        """The cells of one row that stand below each other; below a title each is named."""
        top = table.columns[stack.members[0]]
        parts: list[Text] = []
        for at in stack.members:
            if row[at].text or row[at].bar:
                name = table.columns[at].label if top.is_main and parts else ""
                parts.append(self.named(name, row[at]) if name else self.cell(row[at]))
        return Text("\n").join(parts)

    def named(self, name: str, cell: Cell) -> Text:
        """A cell behind the name of its column."""
        return Text.assemble((f"{name}: ", "dim"), self.cell(cell))

    def cell(self, cell: Cell) -> Text:
        """A cell's words, or its bar."""
        if not cell.bar:
            return Text(self.words(cell.text), STYLES[cell.tone])
        self.has_bars = self.has_bars or cell.bar.time is not None
        bar = drawn(cell.bar, self.bar, self.glyphs)
        return Text.assemble((bar, STYLES[cell.tone]), " ", cell.bar.label)

    def blocks(self, table: Table) -> None:
        """Draw each row as a block: its first cell and its main one, then a line for each other."""
        main = [at for at, column in enumerate(table.columns) if at == 0 or column.is_main]
        for number, row in enumerate(table.rows):
            if number:
                self.console.print()
            self.console.print(Text("  ").join(self.cell(row[at]) for at in main))
            for at, (column, cell) in enumerate(zip(table.columns, row, strict=True)):
                if at not in main and (cell.text or cell.bar):
                    self.console.print(Padding(self.named(column.label, cell), (0, 0, 0, 2)))
