"""A page as HTML: for a browser, and for pasting into a mail."""

import re
from collections.abc import Iterator, Mapping, Sequence
from html import unescape
from typing import Final

from msgspec import Struct

from pledges.render import Canvas
from pledges.render.clean import clean, is_address
from pledges.render.layout import Stack, alike, stacks
from pledges.render.paper import markup
from pledges.render.paper.tidy import pieces
from pledges.render.strips import Strips, strips
from pledges.view.page import Answer, Cell, Column, Page, Section, Table, Tone
from pledges.view.words import whole_percents

ROOMS: Final = (44, 60)
"""The cells that tables are laid out for, as a phone has them; the wider where they need it."""
PHONE: Final = 327
PADDING: Final = 10
SMALL_LETTER: Final = 6.5
"""The pixels of a table on a phone, those beside a cell's words, and those of one letter there."""

LETTER: Final = 9
LONGEST_ID: Final = 12
"""The pixels that a letter of an id takes, and of how many letters at most none is broken."""

BREAKS: Final = r" |<wbr>|(?<=-)(?!\d)"
"""Where a line may end."""

BAR: Final = 8

Layouts = Mapping[tuple[Column, ...], Sequence[Stack]]


class Place(Struct, frozen=True):
    """What stands in one place of every row, and how many pixels wide it is at least."""

    stack: Stack
    top: Column
    least: int
    is_head: bool


def render(answer: Answer, _: Canvas) -> str:
    """The page as HTML, whole."""
    page = answer.page()
    title = clean(page.title or page.caption or "pledges")
    return markup.document(title, _parts(page, title))


def _parts(page: Page, title: str) -> Iterator[str]:
    yield markup.heading(title, 1)
    told = [Cell(page.caption)] if page.title and page.caption else []
    yield from map(_paragraph, [*told, *page.lead])
    layouts = {columns: _layout(tables) for columns, tables in alike(page).items()}
    drawing = strips(page)
    for section in page.sections:
        yield from _section(section, layouts, drawing)
    yield from map(_paragraph, page.notes)
    if drawing:
        yield drawing.legend()


def _layout(tables: Sequence[Table]) -> Sequence[Stack]:
    """What stands below what in the narrowest room; where a phone has none, all that can."""
    found = (stacks(tables, room, BAR) for room in ROOMS)
    fitting = (layout for layout in found if layout and _pixels(tables, layout) <= PHONE)
    return next(fitting, None) or list(_below(tables))


def _pixels(tables: Sequence[Table], layout: Sequence[Stack]) -> float:
    """How wide tables are at least: no narrower than the longest of what is not broken."""
    places = list(_places(tables[0], layout))
    letters = [max(_longest(tables, at) for at in each.stack.members) for each in places]
    least = (max(x.least, SMALL_LETTER * n) for x, n in zip(places, letters, strict=True))
    return sum(pixels + PADDING for pixels in least)


def _longest(tables: Sequence[Table], at: int) -> int:
    """The letters of the longest piece of a column's words that stays on one line."""
    column = tables[0].columns[at]
    texts = [column.label, *(row[at].text for table in tables for row in table.rows)]
    pieces_of = (re.split(BREAKS, _text(text)) for text in texts)
    return max(len(unescape(piece)) for each in pieces_of for piece in each)


def _below(tables: Sequence[Table]) -> Iterator[Stack]:
    """The first column, and beside it all others below the main one."""
    columns = tables[0].columns
    mains = [at for at, column in enumerate(columns) if column.is_main]
    others = sorted(range(1, len(columns)), key=lambda at: at not in mains)
    yield Stack((0,), _longest(tables, 0))
    if others:
        yield Stack(tuple(others), 0)


def _section(section: Section, layouts: Layouts, drawing: Strips | None) -> Iterator[str]:
    if section.title:
        yield markup.heading(clean(section.title), 2)
    if section.summary:
        yield _paragraph(Cell(section.summary, Tone.MUTED))
    table = section.table
    if table and table.calendar and drawing:
        yield from drawing.drawn(table)
    elif table:
        yield "\n".join(_table(table, layouts[tuple(table.columns)]))
    yield from map(_paragraph, section.lines)


def _paragraph(cell: Cell) -> str:
    return markup.paragraph(_words(cell))


def _table(table: Table, layout: Sequence[Stack]) -> Iterator[str]:
    """Rows under their heads; the first cell of each is the head of that row."""
    yield (
        '<table width="100%" border="0" cellspacing="0" cellpadding="5" '
        'style="width:100%;border-collapse:collapse;margin-bottom:8px;">'
    )
    places = list(_places(table, layout))
    if table.has_head:
        heads = (markup.column_head(_text(each.top.label), _align(each.top)) for each in places)
        yield f"<tr>{''.join(heads)}</tr>"
    for row in table.rows:
        yield f"<tr>{''.join(_filled(table, row, each) for each in places)}</tr>"
    yield "</table>"


def _places(table: Table, layout: Sequence[Stack]) -> Iterator[Place]:
    """Where the cells of a row stand; what stands before the main one is not broken."""
    is_before = True
    for number, stack in enumerate(layout):
        top = table.columns[stack.members[0]]
        is_before = is_before and not top.is_main
        least = min(stack.width, LONGEST_ID) * LETTER if is_before else 0
        yield Place(stack, top, least, is_head=number == 0)


def _filled(table: Table, row: Sequence[Cell], place: Place) -> str:
    inner = _stacked(table, row, place.stack)
    if place.is_head:
        return markup.row_head(inner, place.least)
    return markup.cell(inner, _align(place.top), place.least)


def _align(column: Column) -> str:
    return "right" if column.is_number else "left"


def _stacked(table: Table, row: Sequence[Cell], stack: Stack) -> str:
    """The cells of one row that stand below each other, then their bars."""
    said = [_named(table, at, stack) + _words(row[at]) for at in stack.members if row[at].text]
    bars = (bar.done for at in stack.members if (bar := row[at].bar))
    drawn = (markup.bar(whole_percents(done)) for done in bars if done is not None)
    return "".join(["<br>".join(said), *drawn])


def _named(table: Table, at: int, stack: Stack) -> str:
    """The name of a column that stands below a title, or below one that says nothing of it."""
    top, column = table.columns[stack.members[0]], table.columns[at]
    is_plain = column == top or (column.under == top.label and not top.is_main)
    return "" if is_plain else f"{_text(column.label)}: "


def _words(cell: Cell) -> str:
    """A cell's words in its colour; an address is a link where it can't be anything else."""
    inner = _text(cell.text)
    if cell.is_address and is_address(cell.text):
        return markup.link(inner, cell.text)
    return markup.toned(inner, cell.tone)


def _text(text: str) -> str:
    """Words as HTML; a single one that is too long for its place, such as an id, is breakable."""
    whole = clean(text)
    if " " in whole or len(whole) <= LONGEST_ID:
        return markup.text(whole)
    parts = re.split("(?<=-)", whole)
    return "<wbr>".join(markup.text(x) for part in parts for x in pieces(part, *[LONGEST_ID] * 2))
