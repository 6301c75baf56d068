"""Rows of a sheet as entries: what is given of each pledge, in the shape of a ledger's tables."""

from collections.abc import Sequence
from typing import Any

from msgspec import Struct

from pledges.errors import Fault
from pledges.ledger.importing.cells import Manner, Misread, value
from pledges.ledger.importing.columns import NEWS, TERMS, ImportColumn, ImportColumns
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
            _put(entry, column.target, value(cell, column.target, manner))
        except Misread as error:
            faults.append(misread(error, row, column, sheet))
            entry = PledgeRow(row.number, entry.table, entry.news, entry.unread | {_path(column)})
    return entry


def _put(entry: PledgeRow, target: str, found: Any) -> None:
    """Put what was found at its place among what is given."""
    if found is None:
        return
    path = TERMS.get(target, ())
    if target in NEWS:
        entry.news[NEWS[target]] = found
    elif len(path) > 1:
        _put(entry, "measure", {path[1]: found})
    elif target == "measure" and isinstance(found, dict):
        before = entry.table.get("measure")
        known = {key: each for key, each in found.items() if each is not None}
        entry.table["measure"] = {**(before if isinstance(before, dict) else {}), **known}
    else:
        entry.table[str(path[0])] = _without_assessments(found) if target == "claim" else found


def _path(column: ImportColumn) -> Path:
    """Where a column's values stand in a pledge's table; news stand in an update."""
    return TERMS.get(column.target) or ("news", NEWS[column.target])


def _without_assessments(claims: Any) -> Any:
    """Claims without what ``show`` works out of them."""
    if not isinstance(claims, list):
        return claims
    return [_without_assessment(each) if isinstance(each, dict) else each for each in claims]


def _without_assessment(claim: Table) -> Table:
    return {key: each for key, each in claim.items() if key != "assessment"}


def misread(error: Misread, row: Row, column: ImportColumn, sheet: Sheet) -> Fault:
    """The fault of a cell that could not be read."""
    place = column.place + 1
    heading = column.heading.strip()
    return fault(sheet.name, row.number, place, heading, error.message, error.hint, error.code)


def dotted(path: Sequence[str | int]) -> str:
    """A path as JSON's users write it: ``update[0].date``."""
    parts = (f"[{part}]" if isinstance(part, int) else f".{part}" for part in path)
    return "".join(parts).removeprefix(".")
