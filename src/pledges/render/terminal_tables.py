"""The tables of a page on a terminal: bars, a few colours, and columns that line up.

Tables that share their columns are laid out together, so that they line up down the page.  If a
row does not fit even with its columns below each other, or below 60 cells, it becomes a block.
"""

import io
import math
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final, Literal

from msgspec.structs import replace
from rich.console import Console
from rich.padding import Padding
from rich.table import Table as RichTable
from rich.text import Text

from pledges.cell_width import filled_lines, pieces, width
from pledges.clean import JOINT, screen_text, without_joints
from pledges.render import Canvas
from pledges.render.layout import GAP, Stack, stacks, tables_by_columns, widths_of_shares
from pledges.render.text import table_lines
from pledges.render.wrapped_text import WrappedText
from pledges.view.page import Bar, Cell, Column, Line, Page, Share, Table, Tone

STYLES: Final[Mapping[Tone | None, str]] = {
    Tone.GOOD: "green",
    Tone.WATCH: "yellow",
    Tone.LATE: "bold red",
    Tone.MUTED: "dim",
    None: "",
}
STACKED: Final[Mapping[Tone | None, str]] = {**STYLES, Tone.LATE: "red", None: "blue"}
"""The colours of the parts of a stacked bar: blocks can't be bold."""
STACK_CELLS: Final = 24
STACK_GLYPH: Final = "\u2580"  # half a cell high, so that bars of neighbouring rows are apart
NARROWEST_TABLE: Final = 60
BARS: Final = ((100, 12), (80, 10), (0, 8))
"""From which width of the page on a bar has how many cells."""
LONGEST_PAGE: Final = 400
"""Rows above which we lay out a page's tables ourselves: Rich takes over a millisecond for each."""
ESCAPES: Final[Mapping[Tone | None, str]] = {
    Tone.GOOD: "32",
    Tone.WATCH: "33",
    Tone.LATE: "1;31",
    Tone.MUTED: "2",
    None: "",
}
"""What ``STYLES`` are on a terminal, for rows that Rich does not draw."""
_TOO_WIDE: Final = rf"(?<![^\s(])(?=\S{{14}})[^\s(]*{JOINT}\S*"
"""Joined words that a narrow column would cut, other than a date and the marks after it."""
UNICODE: Final = ("\u2588", "\u2591", "\u00b7", "\u2503")
ASCII: Final = ("#", "-", ".", "|")
"""What a bar is drawn with: done, not done, not measured, and the share of time used."""


def stack_text(stack: Sequence[Share], cells: int) -> Text:
    """The parts of a whole in so many cells, each in its colour; what is counted shows."""
    parts = widths_of_shares([share.count for share in stack], cells)
    shares = zip(stack, parts, strict=True)
    return Text.assemble(*((STACK_GLYPH * part, STACKED[share.tone]) for share, part in shares))


class TableScreen:
    """A console that keeps what is printed on it, with the layouts of a page's tables."""

    def __init__(self, page: Page, canvas: Canvas) -> None:
        self.canvas = canvas
        self.glyphs = ASCII if canvas.is_ascii else UNICODE
        self.bar_cells = next(cells for least, cells in BARS if canvas.width >= least)
        self.has_bars = False
        self.is_long = sum(len(table.rows) for table in page.tables) > LONGEST_PAGE
        self.layouts = {
            columns: stacks(tables, canvas.width, self.bar_cells)
            for columns, tables in tables_by_columns(page).items()
            if canvas.width >= NARROWEST_TABLE or not tables[0].has_head
        }
        self.heads: set[Sequence[Column]] = set()
        self.out = io.StringIO()
        self.console = page_console(self.out, canvas)

    def print_lines(self, lines: Iterable[Line]) -> None:
        """Print lines of words, wrapped; a URL is kept in one piece."""
        for runs in lines:
            is_url = any(run.link == run.text for run in runs)
            text = self.line_text(runs)
            self.console.print(text if is_url else WrappedText(text), soft_wrap=is_url)

    def print_table(self, table: Table) -> None:
        """Print a table: in its layout, or row by row, or plainly if the page is long.

        Its head is printed only when its columns come for the first time.
        """
        columns = tuple(table.columns)
        layout = self.layouts.get(columns)
        has_head = table.has_head and columns not in self.heads
        self.heads.add(columns)
        if layout and self.is_long:
            self.print_aligned(table, layout, has_head)
        elif layout:
            self.print_parts(table, layout, has_head)
        elif self.is_long:
            self.out.writelines(f"{self.words(row)}\n" for row in table_lines(table))
        else:
            self.print_blocks(table)

    def print_aligned(self, table: Table, layout: Sequence[Stack], has_head: bool) -> None:  # noqa: FBT001  (of a table)
        """Print a table row by row, as Rich would draw it, each URL without room below its row."""
        columns = table.columns
        if has_head:
            heads = [Cell(each.label, Tone.MUTED) for each in columns]
            tops = [Stack(members[:1], cells) for members, cells in layout]
            self.out.writelines(self.aligned_lines(columns, heads, tops))
        for row in table.rows:
            shown, urls = _parted(columns, row, layout)
            self.out.writelines(self.aligned_lines(columns, shown, layout))
            self.print_urls(urls, layout[0].width + GAP)

    def print_parts(self, table: Table, layout: Sequence[Stack], has_head: bool) -> None:  # noqa: FBT001  (of a table)
        """Print a table; after a row with URLs that have no room in it, it is continued."""
        rows: list[Sequence[Cell]] = []
        for number, row in enumerate(table.rows, start=1):
            shown, urls = _parted(table.columns, row, layout)
            rows.append(shown)
            if urls or number == len(table.rows):
                part = replace(table, rows=rows)
                self.console.print(self.rich_table(part, layout, has_head=has_head))
                self.print_urls(urls, layout[0].width + GAP)
                rows, has_head = [], False

    def print_urls(self, urls: Iterable[str], indent: int) -> None:
        """Print URLs, each whole on a line of its own."""
        for url in urls:
            shown = Text(f"{' ' * indent}{self.words(url)}", STYLES[Tone.MUTED])
            self.console.print(shown, soft_wrap=True)

    def aligned_lines(
        self, columns: Sequence[Column], row: Sequence[Cell], layout: Sequence[Stack]
    ) -> Iterator[str]:
        """Yield a row as Rich would draw it, line by line."""
        stacked = [[*self.stack_lines(columns, row, *each)] for each in layout]
        for at in range(max(map(len, stacked))):
            parts = []
            for (members, cells), lines in zip(layout, stacked, strict=True):
                text, code = lines[at] if at < len(lines) else ("", "")
                gap = " " * (cells - width(text))
                styled = f"\x1b[{code}m{text}\x1b[0m" if code and text else text
                parts.append(gap + styled if columns[members[0]].is_number else styled + gap)
            yield f"{(' ' * GAP).join(parts).rstrip(' ')}\n"

    def stack_lines(
        self, columns: Sequence[Column], row: Sequence[Cell], members: Sequence[int], cells: int
    ) -> Iterator[tuple[str, str]]:
        """The lines of the cells that share a column of the screen, each with its escape code."""
        filled = [at for at in members if row[at].text or row[at].bar]
        for at in filled:
            cell = row[at]
            texts = [self.words(each) for each in cell.lines or [cell.text]]
            if cell.bar:
                texts = [f"{self.bar_text(cell.bar)} {cell.bar.label}".rstrip()]
            if at != filled[0] and columns[members[0]].is_main:
                texts[0] = f"{columns[at].name}{texts[0]}"
            code = ESCAPES[cell.tone] if self.canvas.has_colour else ""
            for text in texts:
                parts: Iterable[str] = [text]
                if width(text) > cells:  # few are, and to go through all words would take longer
                    parts = (part for word in text.split(" ") for part in pieces(word, cells))
                yield from ((each, code) for each in filled_lines(parts, cells))

    def print_blocks(self, table: Table) -> None:
        """Print each row as a block: its first and its main cell, then a line for each other."""
        main = [at for at, column in enumerate(table.columns) if at == 0 or column.is_main]
        for number, row in enumerate(table.rows):
            if number:
                self.console.print()
            head = Text("  ").join(self.cell_text(row[at]) for at in main)
            self.console.print(WrappedText(head))
            for at, (column, cell) in enumerate(zip(table.columns, row, strict=True)):
                rest = cell.without_urls
                if at not in main and (rest.text or rest.bar):
                    text = self.cell_text(rest, column.name)
                    self.console.print(Padding(WrappedText(text), (0, 0, 0, 2)))
            self.print_urls((url for cell in row for url in cell.urls), indent=2)

    def rich_table(self, table: Table, layout: Sequence[Stack], *, has_head: bool) -> RichTable:
        """A table of Rich's in a layout."""
        drawn = RichTable(
            box=None,
            show_header=has_head,
            header_style="dim",
            padding=(0, GAP, 0, 0),
            pad_edge=False,
        )
        for members, cells in layout:
            top = table.columns[members[0]]
            justify: Literal["left", "right"] = "right" if top.is_number else "left"
            drawn.add_column(top.label, width=cells, overflow="fold", justify=justify)
        for row in table.rows:
            stacks = (self.stack_text(table.columns, row, members) for members, _ in layout)
            drawn.add_row(*map(WrappedText, stacks))
        return drawn

    def stack_text(
        self, columns: Sequence[Column], row: Sequence[Cell], members: Sequence[int]
    ) -> Text:
        """The cells of a row that share a column of the screen; those below a title are named."""
        filled = [at for at in members if row[at].text or row[at].bar]
        named = filled[1:] if columns[members[0]].is_main else []
        parts = (self.cell_text(row[at], columns[at].name if at in named else "") for at in filled)
        return Text("\n").join(parts)

    def cell_text(self, cell: Cell, name: str = "") -> Text:
        """A cell's words or its bar, after the name of its column if there is one."""
        if cell.bar:
            bar = (self.bar_text(cell.bar), STYLES[cell.tone])
            text = Text.assemble(bar, " ", cell.bar.label)
        else:
            lines = map(self.words, cell.lines or [cell.text])
            text = Text("\n".join(lines), STYLES[cell.tone])
        if cell.stack and self.canvas.has_colour and not self.canvas.is_ascii:
            text = Text("\n").join((text, stack_text(cell.stack, STACK_CELLS)))
        return Text.assemble((name, "dim"), text) if name else text

    def bar_text(self, bar: Bar) -> str:
        """A bar: something done shows, and it is full only when all is done."""
        (done, left, unknown, time), cells = self.glyphs, self.bar_cells
        share = 0 if bar.done is None else min(max(bar.done, 0), 1)
        full = math.floor(share * cells + 0.5)
        if 0 < share < 1:
            full = min(max(full, 1), cells - 1)
        text = done * full + (unknown if bar.done is None else left) * (cells - full)
        if bar.time is None:
            return text
        self.has_bars = True
        at = min(max(math.floor(bar.time * cells), 0), cells - 1)
        return text[:at] + time + text[at + 1 :]

    def line_text(self, runs: Line) -> Text:
        """A line of words, each run in its style."""
        return styled([replace(run, text=self.words(run.text)) for run in runs])

    def words(self, text: str) -> str:
        """A text as this terminal can show it."""
        parts = (screen_text(each, is_ascii=self.canvas.is_ascii) for each in text.split(JOINT))
        return re.sub(_TOO_WIDE, lambda found: without_joints(found[0]), JOINT.join(parts))


def _parted(
    columns: Sequence[Column], row: Sequence[Cell], layout: Sequence[Stack]
) -> tuple[Sequence[Cell], list[str]]:
    """A row without the URLs that have no room in their cells, and those URLs."""
    if not any(cell.links for cell in row):
        return row, []
    shown, urls = list(row), []
    for members, cells in layout:
        for at in members:
            name = columns[at].name if columns[members[0]].is_main and at != members[0] else ""
            if width(f"{name}{row[at].text}") > cells:
                shown[at] = row[at].without_urls
                urls += row[at].urls
    return shown, urls


def page_console(out: io.StringIO, canvas: Canvas) -> Console:
    """A console that writes what it is given as it is, in colours if the canvas has them."""
    return Console(
        file=out,
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


def styled(runs: Line) -> Text:
    """A line with each run in its style."""
    return Text.assemble(*((x.text, f"{'bold ' * x.is_bold}{STYLES[x.tone]}") for x in runs))
