"""A page as HTML: for a browser, and for pasting into a mail."""

from collections.abc import Iterator, Mapping, Sequence

from pledges.clean import clean, is_plain_url
from pledges.render import Canvas, markup
from pledges.render.layout import Stack, alike
from pledges.render.phone import PADDING, Place, layout, narrow, places
from pledges.render.timeline.strips import Strips, strips
from pledges.view.page import Answer, Cell, Column, Page, Section, Table, Tone
from pledges.view.wording.values import whole_percents

Layouts = Mapping[tuple[Column, ...], Sequence[Stack]]


def render(answer: Answer, _: Canvas) -> str:
    """The page as HTML, whole."""
    page = answer.page()
    title = clean(page.title or page.caption or "pledges")
    return markup.document(title, _parts(page, title))


def _parts(page: Page, title: str) -> Iterator[str]:
    yield markup.heading(title, 1)
    told = [Cell(page.caption)] if page.title and page.caption else []
    yield from map(_paragraph, [*told, *page.lead])
    layouts = {columns: layout(tables) for columns, tables in alike(page).items()}
    drawing = strips(page)
    for section in page.sections:
        yield from _section(section, layouts, drawing)
    yield from map(_paragraph, page.notes)
    if drawing:
        yield drawing.legend()


def _section(section: Section, layouts: Layouts, drawing: Strips | None) -> Iterator[str]:
    if section.title:
        yield markup.heading(clean(section.title), 2)
    if section.summary:
        yield _paragraph(Cell(section.summary, Tone.MUTED))
    table = section.table
    if table and table.calendar and drawing:
        yield from drawing.table(table)
    elif table:
        yield markup.data_table(_rows(table, layouts[tuple(table.columns)]), PADDING, "100%")
    yield from map(_paragraph, section.lines)


def _paragraph(cell: Cell) -> str:
    return markup.paragraph(_words(cell))


def _rows(table: Table, stacked: Sequence[Stack]) -> Iterator[str]:
    """Rows under their heads; the first cell of each is the head of that row."""
    across = list(places(table, stacked))
    if table.has_head:
        yield markup.row(_column_head(each.top) for each in across)
    for row in table.rows:
        yield markup.row(_filled(table, row, each) for each in across)


def _column_head(column: Column) -> str:
    return markup.column_head(_text(column.label), _align(column))


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
    if cell.is_address and is_plain_url(cell.text):
        return markup.link(inner, cell.text)
    return markup.toned(inner, cell.tone)


def _text(text: str) -> str:
    return markup.broken(narrow(clean(text)))
