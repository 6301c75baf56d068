"""From a file and a ledger to the edits that bring it in, or to all that is wrong with it."""

import datetime as dt
from collections.abc import Iterator, Sequence
from typing import Any, Literal

from msgspec import Struct
from msgspec.structs import replace

from pledges.domain.edits import Edit, RegisterEntry
from pledges.domain.pledge import Ledger, Pledge, cited_sources
from pledges.errors import FaultyRows
from pledges.ledger.importing.cells import CellReader, DateOrder
from pledges.ledger.importing.headings import HELP_HINT, ImportColumns
from pledges.ledger.importing.matching import Matcher, edits
from pledges.ledger.importing.objections import objections, with_judgements
from pledges.ledger.importing.rows import pledge_rows, with_ids
from pledges.ledger.importing.sheets import cell_fault
from pledges.ledger.text.finding import Explanation


class ImportPlan(Struct, frozen=True):
    """The edits that bring a file in, and the ids of all its pledges.

    Of the registers of another ledger ``new_entries`` are added, and ``other_entries`` are in the
    ledger with another text, which they keep.
    """

    edits: Sequence[Edit]
    ids: Sequence[str]
    new_entries: Sequence[RegisterEntry]
    other_entries: Sequence[RegisterEntry]


def import_plan(
    columns: ImportColumns, date_order: DateOrder, ledger: Ledger, as_of: dt.date
) -> ImportPlan:
    """What it takes to bring a sheet into a ledger; ``as_of`` is the day of news that give none.

    Raises: ``FaultyRows`` with everything that is wrong with it.
    """
    sheet = columns.sheet
    if sheet.rows and not columns.columns:  # else each row would only lack everything
        hint = f'say what they give: --map "Name=title,Chapter=pillar"; {HELP_HINT}'
        words = Explanation("key", "none of its columns is known", hint)
        raise FaultyRows(sheet.name, [*columns.faults, cell_fault(sheet.name, 1, words)])
    used = list(_used_entries(sheet.ledger)) if sheet.ledger else []
    own_entries = {each: getattr(ledger, each.register).get(each.key) for each in used}
    added = [each for each, own in own_entries.items() if own is None]
    known = _with_entries(ledger, added)
    reader = CellReader(known, date_order, columns)
    rows, misread = pledge_rows(columns, reader)
    rows, unnamed = with_ids(rows, known, columns)
    matcher = Matcher(known, as_of, columns)
    candidates = [matcher.candidate(each) for each in rows]
    if not (columns.has_records or sheet.ledger):
        candidates = [with_judgements(each, known, as_of) for each in candidates]
    faults = [*sheet.faults, *columns.faults, *misread, *unnamed]
    faults += objections(candidates, known, columns)
    if faults:
        in_order = sorted(dict.fromkeys(faults), key=lambda each: (each.line, each.column))
        raise FaultyRows(sheet.name, in_order)
    return ImportPlan(
        [*added, *(edit for each in candidates for edit in edits(each))],
        [each.new.id for each in candidates],
        added,
        [each for each, own in own_entries.items() if own not in (None, each.entry)],
    )


def _used_entries(other: Ledger) -> Iterator[RegisterEntry]:
    """What the pledges of another ledger use of its registers, in its order."""
    used: dict[Literal["parties", "pillars", "sources"], set[str]] = {
        "parties": {name for each in other.pledges for name in _possible_parties(each)},
        "pillars": {each.pillar for each in other.pledges},
        "sources": {source for each in other.pledges for source in cited_sources(each)},
    }
    for register, keys in used.items():
        entries = getattr(other, register).items()
        yield from (RegisterEntry(register, key, each) for key, each in entries if key in keys)


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
