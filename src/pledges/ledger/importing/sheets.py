"""A file as rows of cells under headings, whatever kind of file it is."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any, Final, NamedTuple

from msgspec import Struct

from pledges.domain.answers import ToldState, UnusedCell
from pledges.domain.pledge import Ledger
from pledges.errors import Fault, FaultyRows
from pledges.ledger.importing.guesses import MEANT
from pledges.ledger.importing.mapping import SheetMapping, heading_key
from pledges.ledger.text.finding import Explanation, Path

MOST_TITLE_ROWS: Final = 40
"""The heading is looked for in so many rows that are not blank."""


RECORD_SHEET: Final = "History"
"""The sheet of a workbook of ours that has the updates, claims and asks of all pledges."""

STANDARD_INPUT: Final = "<stdin>"
"""The name of what is read from standard input."""


class Row(NamedTuple):
    """The cells of a row, one under each heading, and its number as a spreadsheet shows it."""

    number: int
    cells: Sequence[Any]


class SheetForm(Struct, frozen=True):
    """What a form says of all its rows: what it told by id, who answered, and as of which day.

    The ``day`` is as it was filled in, in the row ``day_row`` of the first sheet; ``undated_rows``
    are of that day.  If it was not filled in, and an answer gives none either, it ``is_undated``.
    ``unread`` are the cells with a text, such as ``L3``, that are no answer; what is written in
    ``unused`` cells is not imported.
    """

    states: Mapping[str, ToldState]
    by: str
    day: str
    day_row: int
    is_undated: bool = False
    unread: Sequence[str] = ()
    undated_rows: Collection[int] = ()
    unused: Sequence[UnusedCell] = ()


class Sheet(Struct, frozen=True):
    """Rows under headings; with ``is_text`` each cell is a text, else a value of JSON.

    ``faults`` are the rows that can't be read; ``ledger`` is the one that the rows are made from.
    What this program wrote as records is ``is_verbatim``: no blank of it is trimmed;
    if people may have changed its cells since, it ``is_filled_in``.  The heading
    is in ``heading_row``, None for JSON; above it are ``title_rows``.  ``title`` is that of a
    sheet of a workbook, which may have ``other_sheets``; ``separator`` is what a text was cut at.
    ``record_rows`` are the rows of records that are on another sheet, by the row of their pledge,
    their key and number; that sheet has the ``record_headings``.  What ``ask`` wrote is a
    ``form``.
    """

    name: str
    headings: Sequence[str]
    rows: Sequence[Row]
    is_text: bool
    faults: Sequence[Fault] = ()
    ledger: Ledger | None = None
    is_verbatim: bool = False
    is_filled_in: bool = False
    heading_row: int | None = None
    title_rows: Sequence[int] = ()
    hidden_rows: Sequence[int] = ()
    title: str | None = None
    other_sheets: Sequence[str] = ()
    separator: str | None = None
    record_rows: Mapping[Path, int] = {}
    record_headings: Sequence[str] = ()
    form: SheetForm | None = None


def cell_fault(
    name: str, row: int, words: Explanation, column: int = 1, heading: str = ""
) -> Fault:
    """What is wrong with a cell, by its row and column, both from 1, and its heading."""
    return Fault(name, row, column, len(heading), heading, *words)


def row_refusal(name: str, row: int, words: Explanation, column: int = 1) -> FaultyRows:
    """The error of a file that can't be read any further than a row."""
    return FaultyRows(name, [cell_fault(name, row, words, column)])


def sheet_of_rows(
    rows: Sequence[Row], name: str, how: SheetMapping, separator: str | None
) -> Sheet:
    """The sheet in rows of texts: what is above its heading are titles.

    Raises: ``FaultyRows`` if it has no heading.
    """
    filled = [row for row in rows if row.cells and (row.cells[0].strip() or _is_filled(row.cells))]
    at = _heading_place(filled, how)
    if at is None:
        hint = "the first row must be the names of the columns, such as id, title, pillar"
        if how.heading:
            hint = "check heading in [rows] of the mapping: it is the number of the row"
        words = Explanation("row", "there is no heading row", hint)
        raise row_refusal(name, how.heading or 1, words)
    heading, body = filled[at], filled[at + 1 :]
    # A separator at the end of each line makes no column.
    end = max(place for place, cell in enumerate(heading.cells, start=1) if cell.strip())
    has_more = any(_is_filled(row.cells[end:]) for row in filled[at:] if len(row.cells) > end)
    width = len(heading.cells) if has_more else end
    faults = []
    for row in body:  # blank cells further right are no matter
        if len(row.cells) > width and _is_filled(row.cells[width:]):
            message = f"this row has {len(row.cells)} cells, but there are {width} columns"
            words = Explanation("row", message, "put a cell that contains a separator in quotes")
            faults.append(cell_fault(name, row.number, words, width + 1))
    return Sheet(
        name,
        _resized(heading.cells, width),
        [Row(x.number, _resized(x.cells, width)) if len(x.cells) != width else x for x in body],
        is_text=True,
        faults=faults,
        heading_row=heading.number,
        title_rows=[row.number for row in filled[:at]],
        separator=separator,
    )


def _is_filled(cells: Sequence[str]) -> bool:
    return any(map(str.strip, cells))


def _resized(cells: Sequence[str], width: int) -> list[str]:
    return [*cells[:width], *[""] * (width - len(cells))]


def _heading_place(filled: Sequence[Row], how: SheetMapping) -> int | None:
    """The place of the row of headings.

    It is the row with the most cells that are known headings; if no row has any, the first one
    that is about as wide as the others, because a title stands in one cell.
    """
    if how.heading is not None:
        return next((at for at, row in enumerate(filled) if row.number == how.heading), None)
    first = filled[:MOST_TITLE_ROWS]
    names = MEANT.keys() | map(heading_key, (*how.columns, *how.log))
    known = [sum(heading_key(cell) in names for cell in row.cells) for row in first]
    if any(known):
        return known.index(max(known))
    widths = [sum(bool(cell.strip()) for cell in row.cells) for row in first]
    # Most rows have a blank cell or two.
    return next((at for at, width in enumerate(widths) if 2 * width > max(widths)), None)
