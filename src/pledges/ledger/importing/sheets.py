"""Rows of cells under headings: what CSV, JSON and other ledgers hold, in one shape."""

import csv
import io
from collections.abc import Iterable, Sequence
from typing import Any, Final

import msgspec
from msgspec import Struct

from pledges.domain.pledge import Ledger
from pledges.errors import Fault, FaultyRows
from pledges.ledger.editing.toml_writing import record_table
from pledges.ledger.reading.find import LARGEST_FILE

DELIMITERS: Final = ",;\t"


class Row(Struct, frozen=True):
    """The cells of a row, in the order of the headings; the heading of CSV is row 1."""

    number: int
    cells: Sequence[Any]

    def cell(self, place: int) -> Any:
        """The cell in a column, counted from 0; None if the row ends before it."""
        return self.cells[place] if place < len(self.cells) else None


class CellPlace(Struct, frozen=True):
    """A cell of a file, by row and column, both from 1, and by the heading above it."""

    name: str
    row: int
    column: int = 1
    heading: str = ""

    def fault(self, message: str, hint: str | None, code: str = "row") -> Fault:
        """What is wrong with the cell."""
        width = len(self.heading)
        return Fault(self.name, self.row, self.column, width, self.heading, code, message, hint)

    def refusal(self, message: str, hint: str, code: str = "row") -> FaultyRows:
        """What is wrong with the whole file, found at the cell."""
        return FaultyRows(self.name, [self.fault(message, hint, code)])


class Sheet(Struct, frozen=True):
    """Rows under headings; with ``is_text`` each cell is a text, else a value of JSON.

    ``faults`` are the rows that can't be read.
    """

    name: str
    headings: Sequence[str]
    rows: Sequence[Row]
    is_text: bool
    faults: Sequence[Fault] = ()

    def place(self, row: int, column: int | None = None) -> CellPlace:
        """A cell, by the number of its row and its column from 0; without one, the row."""
        if column is None:
            return CellPlace(self.name, row)
        return CellPlace(self.name, row, column + 1, self.headings[column].strip())


def csv_sheet(text: str, name: str, delimiter: str | None) -> Sheet:
    """The sheet in a text of CSV; without a delimiter its first line shows which it is.

    Raises: ``FaultyRows`` if it has no heading, or a quote that is out of place.
    """
    rows = [row for row in _csv_rows(text, name, delimiter) if any(map(str.strip, row.cells))]
    if not rows:
        hint = "the first row holds the names of the columns, such as id, title, pillar"
        raise CellPlace(name, 1).refusal("there is no heading row", hint)
    head, *rows = rows
    width = len(head.cells)
    faults = [
        CellPlace(name, row.number, width + 1).fault(
            f"this row has {len(row.cells)} cells, and there are {width} columns",
            "a cell that holds the delimiter stands in quotes",
        )
        for row in rows
        if any(map(str.strip, row.cells[width:]))
    ]
    return Sheet(name, head.cells, rows, is_text=True, faults=faults)


def _csv_rows(text: str, name: str, delimiter: str | None) -> list[Row]:
    """Every row of CSV, blank ones too; the delimiter is what the first line has most of."""
    head = next(filter(str.strip, io.StringIO(text)), "")
    bare = "".join(head.split('"')[::2])  # a heading in quotes may hold any of them
    csv.field_size_limit(LARGEST_FILE)
    lines = io.StringIO(text, newline="")
    found: list[Row] = []
    reader = csv.reader(lines, delimiter=delimiter or max(DELIMITERS, key=bare.count), strict=True)
    try:
        for number, cells in enumerate(reader, start=1):
            found.append(Row(number, cells))
    except csv.Error as error:
        is_open = "unexpected end" in str(error)
        message = (
            "a quote is never closed" if is_open else "something stands behind a closing quote"
        )
        hint = 'a quote inside a quoted cell is written twice: ""'
        raise CellPlace(name, len(found) + 1).refusal(message, hint, "quotes") from None
    return found


def json_sheet(text: str, name: str) -> Sheet:
    """The pledges of a JSON document: its ``pledges``, a list of them, or a single one.

    Raises: ``FaultyRows`` if it is not JSON, or has no pledges.
    """
    found = document = _decoded(text, name, 1)
    if isinstance(document, dict):  # an answer such as the overview has no pledges
        found = document.get("pledges", None if "kind" in document else [document])
    if not isinstance(found, list):
        hint = "what pledges list --format json writes, or a list of pledges"
        raise CellPlace(name, 1).refusal("there is no list of pledges in it", hint, "json")
    return _record_sheet(enumerate(found, start=1), name)


def ndjson_sheet(text: str, name: str) -> Sheet:
    """The pledges of JSON lines, one a line.

    Raises: ``FaultyRows`` with every line that is not JSON.
    """
    found: list[tuple[int, Any]] = []
    faults: list[Fault] = []
    for number, line in enumerate(text.split("\n"), start=1):
        if line.strip():
            try:
                found.append((number, _decoded(line, name, number)))
            except FaultyRows as error:
                faults += error.faults
    if faults:
        raise FaultyRows(name, faults)
    return _record_sheet(found, name)


def ledger_sheet(ledger: Ledger, name: str) -> Sheet:
    """The pledges of another ledger."""
    return _record_sheet(enumerate(map(record_table, ledger.pledges), start=1), name)


def _decoded(text: str, name: str, line: int) -> Any:
    try:
        return msgspec.json.decode(text)
    except (msgspec.DecodeError, RecursionError) as error:
        reason, _, place = str(error).partition(" (byte ")
        before = text.encode()[: int(place.rstrip(")") or 0)].decode(errors="ignore")
        at = CellPlace(name, line + before.count("\n"), len(before) - before.rfind("\n"))
        message = f"this is no JSON: {reason.removeprefix('JSON is malformed: ')}"
        raise at.refusal(message, "each text stands in straight quotes", "json") from None


def _record_sheet(records: Iterable[tuple[int, Any]], name: str) -> Sheet:
    """Records as a sheet: a row for each, a column for each of their keys."""
    good: list[tuple[int, dict[str, Any]]] = []
    faults: list[Fault] = []
    for number, each in records:
        if isinstance(each, dict):
            good.append((number, each))
        else:
            message, hint = (
                "this is no pledge: an object belongs here",
                'for example {"id": "ECO-01"}',
            )
            faults.append(CellPlace(name, number).fault(message, hint, "json"))
    headings = list(dict.fromkeys(key for _, each in good for key in each))
    rows = [Row(number, [each.get(key) for key in headings]) for number, each in good]
    return Sheet(name, headings, rows, is_text=False, faults=faults)
