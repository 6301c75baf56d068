"""Rows of a sheet as what each gives of a pledge, in the shape of a ledger's tables."""

import re
from collections.abc import Sequence
from typing import Any, Final

from msgspec import Struct
from msgspec.structs import replace

from pledges.domain.ids import next_id
from pledges.domain.pledge import Ledger
from pledges.domain.spelling import match_key
from pledges.errors import Fault, nearest
from pledges.ledger.importing.cells import CellReader, Misread, quoted
from pledges.ledger.importing.columns import ImportColumns
from pledges.ledger.importing.sheets import Row, Sheet
from pledges.ledger.reading.record_types import Table
from pledges.ledger.reading.references import MOST_COMPARED
from pledges.ledger.text.finding import Path

NO_ID: Final = "?"
"""The id of a row that can't have one, before the number of the row."""

MOST_NEAREST: Final = 50
"""Unknown words for which the nearest one is looked for; it takes a while in a large ledger."""


class PledgeRow(Struct, frozen=True):
    """What a row gives of a pledge; ``news`` is what it gives of an update.

    ``unread`` are the places in the pledge's table that are given but can't be read.
    """

    number: int
    table: Table
    news: Table
    unread: frozenset[Path]


def read_rows(
    sheet: Sheet, columns: ImportColumns, reader: CellReader
) -> tuple[list[PledgeRow], list[Fault]]:
    """The rows of a sheet, and every cell that can't be read."""
    faults: list[Fault] = []
    return [_read_row(row, sheet, columns, reader, faults) for row in sheet.rows], faults


def _read_row(
    row: Row, sheet: Sheet, columns: ImportColumns, reader: CellReader, faults: list[Fault]
) -> PledgeRow:
    tables: dict[str, Table] = {"pledge": {}, "news": {}}
    unread = columns.unread
    width = len(row.cells)
    for column in columns.taken:
        cell = row.cells[column.place] if column.place < width else None
        if cell is None or cell == "":  # most cells of most sheets
            continue
        try:
            value = reader.value(cell, column.target)
        except Misread as error:
            place = sheet.place(row.number, column.place)
            faults.append(place.fault(error.message, error.hint, error.code))
            unread |= {column.path}
        else:
            if value is not None:
                _put(value, column.path, tables)
    return PledgeRow(row.number, tables["pledge"], tables["news"], unread)


def _put(value: Any, path: Path, tables: dict[str, Table]) -> None:
    """Put a value at its place; the parts of a measure are gathered, whatever gives them."""
    key, *inside = map(str, path)
    table = tables["pledge"]
    if key == "news":
        tables["news"][inside[0]] = value
    elif key == "measure" and (inside or isinstance(value, dict)):
        parts = {inside[0]: value} if inside else value
        before = table.get(key)
        known = {part: x for part, x in parts.items() if x is not None}
        table[key] = {**(before if isinstance(before, dict) else {}), **known}
    else:
        table[key] = value


def with_ids(
    rows: Sequence[PledgeRow], ledger: Ledger, sheet: Sheet, columns: ImportColumns
) -> tuple[list[PledgeRow], list[Fault]]:
    """The rows with an id each, given or the next of its pillar, and those that can't have one.

    All given ids are taken first, so that no new one is also that of a row further down.
    """
    ids = _Ids(ledger, sheet, columns)
    accepted = [each for each in rows if ids.accepts(each)]
    return [ids.with_id(each) for each in accepted], ids.faults


class _Ids:
    """The ids and titles of a ledger and, as they are taken, of the rows."""

    def __init__(self, ledger: Ledger, sheet: Sheet, columns: ImportColumns) -> None:
        self.sheet = sheet
        self.column = next((x.place for x in reversed(columns.taken) if x.target == "id"), None)
        self.faults: list[Fault] = []
        self.ids = [each.id for each in ledger.pledges]
        self.known = frozenset(self.ids)
        self.spelt = {match_key(each): each for each in self.ids}
        self.rows: dict[str, int] = {}
        self.titles = {(x.pillar, match_key(x.title)): x.id for x in ledger.pledges}
        self.of_pillars: dict[str, list[str]] = {}
        for each in ledger.pledges:
            self.of_pillars.setdefault(each.pillar, []).append(each.id)
        self.last: dict[str, str] = {}

    def accepts(self, row: PledgeRow) -> bool:
        """Whether a row can have the id that it gives; one that gives none can."""
        given = row.table.get("id")
        if not isinstance(given, str):
            return given is None or self._refuse(row, "an id is a text", f'write "{given}"')
        if other := self.rows.get(match_key(given)):
            message = f"row {other} has the id {quoted(given)} too"
            return self._refuse(row, message, "make one row of the two, or give one another id")
        self.rows[match_key(given)] = row.number
        return given in self.known or self._accepts_new(row, given)

    def _accepts_new(self, row: PledgeRow, given: str) -> bool:
        if spelt := self.spelt.get(match_key(given)):
            message = f"the ledger spells {quoted(given)} otherwise"
            return self._refuse(row, message, f"write {spelt}")
        if not any((key,) in row.unread or key in row.table for key in ("title", "pillar")):
            close = self._nearest(given)
            hint = f"did you mean {close}?" if close else "a new one needs a title and a pillar"
            return self._refuse(row, f"there is no pledge {quoted(given)}", hint)
        self.ids.append(given)
        pillar = row.table.get("pillar")
        if isinstance(pillar, str):
            self.of_pillars.setdefault(pillar, []).append(given)
        return True

    def _nearest(self, given: str) -> str | None:
        """The id that an unknown one may be a slip of.

        It has the same number or other letters: of ids that differ in the number only, each may be
        meant, and a guess would change the wrong pledge.
        """
        if len(self.known) > MOST_COMPARED or len(self.faults) >= MOST_NEAREST:
            return None
        letters, numbers = _letters(given), _numbers(given)
        of_number = [each for each in self.known if _numbers(each) == numbers]
        others = [each for each in self.known if _letters(each) != letters]
        return nearest(given, of_number) or nearest(given, others)

    def with_id(self, row: PledgeRow) -> PledgeRow:
        """The row with an id."""
        if "id" in row.table:
            return row
        pillar, title = row.table.get("pillar"), row.table.get("title")
        if ("id",) not in row.unread and isinstance(pillar, str) and isinstance(title, str):
            other = self.titles.setdefault((pillar, match_key(title)), f"row {row.number}")
            if other == f"row {row.number}":
                return replace(row, table={**row.table, "id": self._next(pillar)})
            self._refuse(row, f"{other} has this title", "give the id, or another title")
        table = {**row.table, "id": f"{NO_ID}{row.number}"}
        return replace(row, table=table, unread=row.unread | {("id",)})

    def _next(self, pillar: str) -> str:
        """The next free id of a pillar.

        It is counted on from the last one, for a search from the first would be quadratic.
        """
        if pillar not in self.last:
            found = next_id(pillar, self.ids, self.of_pillars.get(pillar, []))
        else:
            found = _following(self.last[pillar])
            while match_key(found) in self.rows or match_key(found) in self.spelt:
                found = _following(found)
        self.last[pillar] = found
        self.rows[match_key(found)] = 0
        self.ids.append(found)
        return found

    def _refuse(self, row: PledgeRow, message: str, hint: str) -> bool:
        place = self.sheet.place(row.number, self.column)
        place = replace(place, heading=place.heading or "id")
        self.faults.append(place.fault(message, hint, "id"))
        return False


def _letters(text: str) -> str:
    return re.sub(r"\d", "", match_key(text))


def _numbers(text: str) -> list[int]:
    return [int(each) for each in re.findall(r"\d{1,18}", text)]


def _following(last: str) -> str:
    """The id after one that ends in digits, with as many of these."""
    return re.sub(r"\d+$", lambda found: f"{int(found[0]) + 1:0{len(found[0])}}", last)
