"""CSV and TSV as spreadsheets write them, as rows of texts under headings."""

import csv
import io
from collections.abc import Iterator, Sequence
from typing import Any, Final

from msgspec import Struct

from pledges.errors import Fault, FaultyRows
from pledges.ledger.reading.find import LARGEST_FILE

DELIMITERS: Final = ",;\t"
UNQUOTED_HINT: Final = 'a quote inside a quoted cell is written twice: ""'


class Row(Struct, frozen=True):
    """The cells of a row by the places of their columns; its number counts the heading as 1."""

    number: int
    cells: Sequence[Any]


class Sheet(Struct, frozen=True):
    """Rows under headings; ``is_text`` where every cell is a text, else they are JSON's values.

    ``faults`` are what could not be read.
    """

    name: str
    headings: Sequence[str]
    rows: Sequence[Row]
    is_text: bool
    faults: Sequence[Fault] = ()


def fault(  # noqa: PLR0913, PLR0917  (a fault has so many parts)
    name: str,
    row: int,
    column: int,
    heading: str,
    message: str,
    hint: str | None,
    code: str = "row",
) -> Fault:
    """A fault of a row, in the column that is called ``heading``."""
    return Fault(name, row, column, len(heading), heading, code, message, hint)


def sheet(text: str, name: str, delimiter: str | None) -> Sheet:
    """The sheet that a text holds; without a delimiter its first line tells which it is.

    Raises: ``FaultyRows`` where it can't be read at all.
    """
    records = list(_records(text, name, delimiter or _delimiter(text)))
    filled = [row for row in records if any(cell.strip() for cell in row.cells)]
    if not filled:
        hint = "the first row holds the names of the columns, such as id, title, pillar"
        raise FaultyRows(name, [fault(name, 1, 1, "", "there is no heading row", hint)])
    head, *rows = filled
    width = len(head.cells)
    faults = [_ragged(row, width, name) for row in rows if any(map(str.strip, row.cells[width:]))]
    return Sheet(name, head.cells, rows, is_text=True, faults=faults)


def _records(text: str, name: str, delimiter: str) -> Iterator[Row]:
    """The rows of a text, blank ones too."""
    csv.field_size_limit(LARGEST_FILE)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    number = 0
    try:
        for number, cells in enumerate(reader, start=1):
            yield Row(number, cells)
    except csv.Error as error:
        end = "unexpected end" in str(error)
        message = "a quote is never closed" if end else "something stands behind a closing quote"
        raise FaultyRows(
            name, [fault(name, number + 1, 1, "", message, UNQUOTED_HINT, "quotes")]
        ) from None


def _delimiter(text: str) -> str:
    """What stands most often between the headings; a comma where nothing does."""
    head = next(filter(str.strip, io.StringIO(text)), "")
    bare = "".join(head.split('"')[::2])
    return max(DELIMITERS, key=bare.count)


def _ragged(row: Row, width: int, name: str) -> Fault:
    message = f"this row has {len(row.cells)} cells, and there are {width} columns"
    hint = "a cell that holds the delimiter stands in quotes"
    return fault(name, row.number, width + 1, "", message, hint)
