"""Rows of a sheet as entries: what is given of each pledge, in the shape of a ledger's tables."""

from collections.abc import Sequence
from typing import Any

from msgspec import Struct

from pledges.errors import Fault
from pledges.ledger.importing.cells import Manner, Misread, value
from pledges.ledger.importing.columns import ImportColumn, ImportColumns
from pledges.ledger.importing.sheets import Row, Sheet, fault
from pledges.ledger.reading.record_types import Table
from pledges.ledger.text.finding import Path


class PledgeRow(Struct, frozen=True):
    """What a row gives of a pledge; ``news`` is what it gives of an update.

    ``unread`` are the places in the pledge's table that are given but could not be read.
    """

    row: int
    table: Table
    news: Table
    unread: frozenset[Path]


def entries(
    sheet: Sheet, columns: ImportColumns, manner: Manner
) -> tuple[list[PledgeRow], list[Fault]]:
    """The entries of a sheet, and every cell that could not be read."""
    faults: list[Fault] = []
    return [_entry(row, sheet, columns, manner, faults) for row in sheet.rows], faults


def _entry(
    row: Row, sheet: Sheet, columns: ImportColumns, manner: Manner, faults: list[Fault]
) -> PledgeRow:
    entry = PledgeRow(row.number, {}, {}, columns.unread)
    width = len(row.cells)
    for column in columns.taken:
        cell = row.cells[column.place] if column.place < width else None
        if cell is None or cell == "":
            continue
        try:
            _put(entry, column, value(cell, column.target, manner))
        except Misread as error:
            faults.append(_misread(error, row, column, sheet))
            entry = PledgeRow(row.number, entry.table, entry.news, entry.unread | {column.path})
    return entry


def _put(entry: PledgeRow, column: ImportColumn, found: Any) -> None:
    """Put what was found at its place among what is given."""
    key, *inside = map(str, column.path)
    if found is None:
        return
    if key == "news":
        entry.news[inside[0]] = found
    elif key == "measure" and (inside or isinstance(found, dict)):
        parts = {inside[0]: found} if inside else found
        before = entry.table.get("measure")
        known = {part: each for part, each in parts.items() if each is not None}
        entry.table["measure"] = {**(before if isinstance(before, dict) else {}), **known}
    else:
        entry.table[key] = _without_assessments(found) if key == "claim" else found


def _without_assessments(claims: Any) -> Any:
    """Claims without what ``show`` works out of them."""
    if not isinstance(claims, list):
        return claims
    return [_without_assessment(each) if isinstance(each, dict) else each for each in claims]


def _without_assessment(claim: Table) -> Table:
    return {key: each for key, each in claim.items() if key != "assessment"}


def _misread(error: Misread, row: Row, column: ImportColumn, sheet: Sheet) -> Fault:
    """The fault of a cell that could not be read."""
    place = column.place + 1
    heading = column.heading.strip()
    return fault(sheet.name, row.number, place, heading, error.message, error.hint, error.code)


def dotted(path: Sequence[str | int]) -> str:
    """A path as JSON's users write it: ``update[0].date``."""
    parts = (f"[{part}]" if isinstance(part, int) else f".{part}" for part in path)
    return "".join(parts).removeprefix(".")
