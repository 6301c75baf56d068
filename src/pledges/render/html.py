"""A page as HTML: for a browser, and for pasting into a mail."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from msgspec import Struct

from pledges.render import Canvas
from pledges.render.clean import clean, is_address
from pledges.render.layout import Stack, alike, stacks
from pledges.render.paper import markup
from pledges.render.strips import Strips, strips
from pledges.view.page import Answer, Cell, Column, Page, Section, Table, Tone
from pledges.view.words import whole_percents

ROOMS: Final = (44, 60)
"""The cells that tables are laid out for, as a phone has them; the wider where they need it."""

LETTER: Final = 9
LONGEST_ID: Final = 12
"""The pixels that a letter of an id takes, and of how many letters at most none is broken."""

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
    """What stands below what, in the narrowest room; where nothing helps, nothing does."""
    fitting = (stacks(tables, room, BAR) for room in ROOMS)
    alone = [Stack((at,), LONGEST_ID) for at in range(len(tables[0].columns))]
    return next(filter(None, fitting), alone)


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
    """The name of a column that stands below a title."""
    top = stack.members[0]
    return f"{_text(table.columns[at].label)}: " if at != top and table.columns[top].is_main else ""


def _words(cell: Cell) -> str:
    """A cell's words in its colour; an address is a link where it can't be anything else."""
    inner = _text(cell.text)
    if cell.is_address and is_address(cell.text):
        return markup.link(inner, cell.text)
    return markup.toned(inner, cell.tone)


def _text(text: str) -> str:
    return markup.text(clean(text))
