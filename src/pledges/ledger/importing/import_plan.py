"""From a file and a ledger to the edits that bring it in, or to all that is wrong with it."""

import datetime as dt
from collections.abc import Iterator, Sequence
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from pledges.domain.citations import cited_sources
from pledges.domain.edits import Edit, RegisterEntry
from pledges.domain.pledge import Ledger, Pledge
from pledges.errors import FaultyRows
from pledges.ledger.importing.cells import CellReader, DateOrder, Register, numbers_of
from pledges.ledger.importing.columns import LISTED, ImportColumns
from pledges.ledger.importing.file_kinds import ImportedFile
from pledges.ledger.importing.matching import Matcher, edits
from pledges.ledger.importing.objections import judged, objections
from pledges.ledger.importing.rows import read_rows, with_ids


class ImportPlan(Struct, frozen=True):
    """The edits that bring a file in, and the ids of all its pledges."""

    edits: Sequence[Edit]
    ids: Sequence[str]


class Import(Struct, frozen=True):
    """What is imported, and how it is read; ``as_of`` is the day of news that give none."""

    file: ImportedFile
    columns: ImportColumns
    date_order: DateOrder
    as_of: dt.date

    def plan(self, ledger: Ledger) -> ImportPlan:
        """What it takes to bring all of it into a ledger.

        Raises: ``FaultyRows`` with everything that is wrong with it.
        """
        sheet, columns = self.file.sheet, self.columns
        if sheet.rows and not columns.taken:  # else each row would only lack everything
            hint = f'say what they give: --map "Name=title,Chapter=pillar"; {LISTED}'
            fault = sheet.place(1).fault("none of its columns is known", hint, "key")
            raise FaultyRows(sheet.name, [*columns.faults, fault])
        added = missing_entries(used_entries(self.file.ledger), ledger)
        known = _with_entries(ledger, added)
        rows, misread = read_rows(sheet, columns, self._cell_reader(known))
        rows, unnamed = with_ids(rows, known, sheet, columns)
        matcher = Matcher(known, self.as_of, columns, is_text=sheet.is_text)
        candidates = [matcher.candidate(each) for each in rows]
        if not (columns.has_records or self.file.ledger):
            candidates = [judged(each, known, self.as_of) for each in candidates]
        faults = [*sheet.faults, *columns.faults, *misread, *unnamed]
        faults += objections(candidates, known, sheet, columns)
        if faults:
            places = sorted(dict.fromkeys(faults), key=lambda each: (each.line, each.column))
            raise FaultyRows(sheet.name, places)
        changes = [edit for each in candidates for edit in edits(each)]
        return ImportPlan([*added, *changes], [each.new.id for each in candidates])

    def _cell_reader(self, ledger: Ledger) -> CellReader:
        return CellReader(
            self.date_order,
            self.file.sheet.is_text,
            Register("pillar", "pillars", ledger.pillars),
            Register("party", "parties", ledger.parties),
            self.columns.is_export,
            numbers_of(ledger),
        )


def used_entries(other: Ledger | None) -> list[RegisterEntry]:
    """What the pledges of another ledger use of its registers, in its order."""
    if not other:
        return []
    parties = {name for each in other.pledges for name in _possible_parties(each)}
    pillars = {each.pillar for each in other.pledges}
    sources = {source for each in other.pledges for source in cited_sources(each)}
    return [
        *(RegisterEntry("parties", key, x) for key, x in other.parties.items() if key in parties),
        *(RegisterEntry("pillars", key, x) for key, x in other.pillars.items() if key in pillars),
        *(RegisterEntry("sources", key, x) for key, x in other.sources.items() if key in sources),
    ]


def missing_entries(used: Sequence[RegisterEntry], ledger: Ledger) -> list[RegisterEntry]:
    """Those of the entries that a ledger does not have."""
    return [each for each in used if each.key not in getattr(ledger, each.register)]


def differing_entries(used: Sequence[RegisterEntry], ledger: Ledger) -> list[RegisterEntry]:
    """Those of the entries that a ledger has with another text."""
    known = [each for each in used if each.key in getattr(ledger, each.register)]
    return [each for each in known if getattr(ledger, each.register)[each.key] != each.entry]


def _with_entries(ledger: Ledger, entries: Sequence[RegisterEntry]) -> Ledger:
    registers: dict[str, dict[str, Any]] = {}
    for each in entries:
        known = getattr(ledger, each.register)
        registers.setdefault(each.register, dict(known))[each.key] = each.entry
    return replace(ledger, **registers)


def _possible_parties(pledge: Pledge) -> Iterator[str]:
    """Whatever in a pledge may be the key of a party; some of it may be a text."""
    yield from pledge.owed_by
    yield from (name for name in (pledge.waiting_on, *(x.of for x in pledge.asks)) if name)
    yield from (each.by for each in pledge.updates if each.by)
