"""The id of each entry: the one that is given, or the next one of its pillar."""

import re
from collections.abc import Sequence
from typing import Final

from msgspec.structs import replace

from pledges.domain.ids import next_id
from pledges.domain.pledge import Ledger
from pledges.domain.spelling import folded
from pledges.errors import Fault, nearest
from pledges.ledger.importing.cells import quoted
from pledges.ledger.importing.columns import ImportColumns
from pledges.ledger.importing.rows import PledgeRow
from pledges.ledger.importing.sheets import Sheet, fault
from pledges.ledger.reading.references import MOST_COMPARED

UNNAMED: Final = "?"
"""What the id of an entry begins with that could not be named; its row follows."""

MOST_MEANT: Final = 50
"""Words that are not there of which the nearest one is looked for at most."""


def identified(
    entries: Sequence[PledgeRow], ledger: Ledger, sheet: Sheet, columns: ImportColumns
) -> tuple[list[PledgeRow], list[Fault]]:
    """The entries with an id each, and those that can't have theirs."""
    names = _Names(ledger, sheet, columns)
    given = [each for each in entries if names.takes(each)]
    return [names.named(each) for each in given], names.faults


class _Names:
    """The ids and titles of a ledger and, as they are taken, of the entries."""

    def __init__(self, ledger: Ledger, sheet: Sheet, columns: ImportColumns) -> None:
        self.sheet = sheet
        self.columns = columns
        self.faults: list[Fault] = []
        self.ids = [each.id for each in ledger.pledges]
        self.known = frozenset(self.ids)
        self.spelt = {folded(each): each for each in self.ids}
        self.rows: dict[str, int] = {}
        self.titles = {(x.pillar, folded(x.title)): x.id for x in ledger.pledges}
        self.of_pillars: dict[str, list[str]] = {}
        for each in ledger.pledges:
            self.of_pillars.setdefault(each.pillar, []).append(each.id)
        self.last: dict[str, str] = {}

    def takes(self, entry: PledgeRow) -> bool:
        """Whether an entry can have the id that it gives; one that gives none can."""
        given = entry.table.get("id")
        if not isinstance(given, str):
            return given is None or self._refuse(entry, "an id is a text", f'write "{given}"')
        if row := self.rows.get(folded(given)):
            message = f"row {row} has the id {quoted(given)} too"
            return self._refuse(entry, message, "make one row of the two, or give one another id")
        self.rows[folded(given)] = entry.row
        return given in self.known or self._is_new(entry, given)

    def _is_new(self, entry: PledgeRow, given: str) -> bool:
        if spelt := self.spelt.get(folded(given)):
            return self._refuse(
                entry, f"the ledger spells {quoted(given)} otherwise", f"write {spelt}"
            )
        if not any((key,) in entry.unread or key in entry.table for key in ("title", "pillar")):
            return self._refuse(entry, f"there is no pledge {quoted(given)}", self._meant(given))
        self.ids.append(given)
        pillar = entry.table.get("pillar")
        if isinstance(pillar, str):
            self.of_pillars.setdefault(pillar, []).append(given)
        return True

    def _meant(self, given: str) -> str:
        """What to do about an id that is not there: its number is never guessed."""
        is_few = len(self.known) <= MOST_COMPARED and len(self.faults) < MOST_MEANT
        few = self.known if is_few else frozenset()
        others = (each for each in few if _letters(each) != _letters(given))
        alike = (each for each in few if _numbers(each) == _numbers(given))
        close = nearest(given, alike) or nearest(given, others)
        return f"did you mean {close}?" if close else "a new one needs a title and a pillar"

    def named(self, entry: PledgeRow) -> PledgeRow:
        """The entry with an id."""
        if "id" in entry.table:
            return entry
        pillar, title = entry.table.get("pillar"), entry.table.get("title")
        if ("id",) in entry.unread or not (isinstance(pillar, str) and isinstance(title, str)):
            return _with_id(entry, f"{UNNAMED}{entry.row}")
        if other := self.titles.get((pillar, folded(title))):
            self._refuse(entry, f"{other} has this title", "give the id, or another title")
            return _with_id(entry, f"{UNNAMED}{entry.row}")
        self.titles[pillar, folded(title)] = f"row {entry.row}"
        return _with_id(entry, self._next(pillar))

    def _next(self, pillar: str) -> str:
        """The next free id of a pillar, counted on from the last one that was given to it."""
        if pillar not in self.last:
            found = next_id(pillar, self.ids, self.of_pillars.get(pillar, []))
        else:
            found = _following(self.last[pillar])
            while folded(found) in self.rows or folded(found) in self.spelt:
                found = _following(found)
        self.last[pillar] = found
        self.rows[folded(found)] = 0
        self.ids.append(found)
        return found

    def _refuse(self, entry: PledgeRow, message: str, hint: str) -> bool:
        column = self.columns.column("id")
        place, heading = (column.place + 1, column.heading.strip()) if column else (1, "id")
        told = fault(self.sheet.name, entry.row, place, heading, message, hint, "id")
        self.faults.append(told)
        return False


def _letters(text: str) -> str:
    return re.sub(r"\d", "", folded(text))


def _numbers(text: str) -> list[int]:
    return [int(each) for each in re.findall(r"\d{1,18}", text)]


def _following(last: str) -> str:
    """The id after one that ends in digits, with as many of these."""
    return re.sub(r"\d+$", lambda found: f"{int(found[0]) + 1:0{len(found[0])}}", last)


def _with_id(entry: PledgeRow, found: str) -> PledgeRow:
    unread = entry.unread | {("id",)} if found.startswith(UNNAMED) else entry.unread
    return replace(entry, table={**entry.table, "id": found}, unread=unread)
