"""From a file and a ledger to the edits that bring it in, or to all that is wrong with it."""

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Sequence
from shlex import quote
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from pledges.domain.edits import Edit, Put, RegisterEntry
from pledges.domain.pledge import Ledger, Pledge, Status
from pledges.domain.spelling import match_key
from pledges.errors import Fault, FaultyRows
from pledges.ledger.importing.cells import CellReader
from pledges.ledger.importing.headings import ImportColumns
from pledges.ledger.importing.mapping import SheetMapping
from pledges.ledger.importing.matching import Candidate, Matcher, edits
from pledges.ledger.importing.objections import judgements, objections_to
from pledges.ledger.importing.registers import with_entries, with_registers_of
from pledges.ledger.importing.row_reader import SheetRows
from pledges.ledger.importing.rows import pledge_rows
from pledges.ledger.importing.sheets import STANDARD_INPUT, cell_fault
from pledges.ledger.text.finding import Explanation


class ImportPlan(Struct, frozen=True):
    """The edits that bring a file in, and the ids of all its pledges.

    ``new_entries`` are added to the registers; ``other_entries`` are those of another ledger that
    are here with another text, which they keep.  ``vanished`` are the ids of the register that the
    file has no more, and ``doubtful`` those of them that it may never have had; ``chapters`` and
    ``skipped`` are the rows that are no pledges.
    """

    edits: Sequence[Edit]
    ids: Sequence[str]
    new_entries: Sequence[RegisterEntry]
    other_entries: Sequence[RegisterEntry]
    vanished: Sequence[str]
    doubtful: Sequence[str]
    chapters: Sequence[int]
    skipped: Sequence[int]

    @property
    def sure(self) -> Sequence[str]:
        """The vanished pledges that the register surely had."""
        return [each for each in self.vanished if each not in self.doubtful]


def import_plan(
    columns: ImportColumns,
    mapping: SheetMapping,
    ledger: Ledger,
    as_of: dt.date,
    *,
    tries_rules: bool = True,
) -> ImportPlan:
    """What it takes to bring a sheet into a ledger; ``as_of`` is the day of news that give none.

    Pledges that vanished from the file get the tag of the mapping, if there is one.  If the ledger
    that would be is tried by its rules anyway, they need not be tried here, unless something else
    is wrong.

    Raises: ``FaultyRows`` with everything that is wrong with it.
    """
    sheet = columns.sheet
    if sheet.rows and not columns.targets:  # else each row would only lack everything
        file = "-" if sheet.name == STANDARD_INPUT else quote(sheet.name)
        hint = f"say what its columns mean: pledges import {file} --learn plan.map.toml"
        if mapping.name:
            hint = f"say in [columns] of {mapping.name} what they give"
        words = Explanation("key", "it has no column that can be imported", hint)
        row = sheet.heading_row or 1
        raise _faulty(columns, [*columns.faults, cell_fault(sheet.name, row, words)])
    known, used, others = with_registers_of(ledger, sheet.ledger)
    reader = CellReader(known, mapping, columns)
    read = pledge_rows(columns, mapping, reader, known)
    added = [*used, *reader.new_entries]
    known = with_entries(known, reader.new_entries)
    candidates = _candidates(read, known, as_of, columns)
    found = [*sheet.faults, *columns.faults, *read.faults]
    if tries_rules or found or any(each.findings for each in candidates):
        found += objections_to(candidates, known, columns)
    if found:
        raise _faulty(columns, dict.fromkeys(found))
    ids = [each.new.id for each in candidates]
    vanished = list(_vanished(ledger, frozenset(ids), columns, reader, mapping))
    changes = [edit for each in candidates for edit in edits(each)]
    beginnings = set(map(_beginning, ids))
    doubtful = [each.id for each in vanished if _beginning(each.id) not in beginnings]
    if tag := mapping.vanished_tag:
        sure = (each for each in vanished if each.id not in doubtful)
        changes += [Put(each.id, ("tags",), (*each.tags, tag)) for each in sure]
    return ImportPlan(
        [*added, *changes],
        ids,
        added,
        others,
        [each.id for each in vanished],
        doubtful,
        read.chapters,
        read.skipped,
    )


def _beginning(name: str) -> str | None:
    """What an id has before its number; None if it has no number.

    The ids of a register begin alike: one that begins otherwise may be of another register.
    """
    found = re.match(r"\D*(?=\d)", match_key(name))
    return found[0] if found else None


def _candidates(
    read: SheetRows, ledger: Ledger, as_of: dt.date, columns: ImportColumns
) -> list[Candidate]:
    """The pledges as they would be, with what is wrong with each of them."""
    matcher = Matcher(ledger, as_of, columns)
    found = [matcher.candidate(each) for each in read.rows]
    if columns.has_records:
        return found
    return [
        replace(each, findings=[*each.findings, *more])
        if (more := list(judgements(each, ledger, as_of)))
        else each
        for each in found
    ]


def _faulty(columns: ImportColumns, faults: Iterable[Fault]) -> FaultyRows:
    """The error of a file; if rows don't fit its columns, with how these were found."""
    sheet = columns.sheet
    found = sorted(faults, key=lambda each: (each.line, each.column))
    note = None
    is_doubtful = sheet.title_rows or not columns.targets
    if sheet.heading_row and (is_doubtful or any(each.code == "row" for each in found)):
        names = {",": ", cut at commas", ";": ", cut at semicolons", "\t": ", cut at tabs"}
        cut = names.get(sheet.separator or "", "")
        heading = " | ".join(each.strip() for each in sheet.headings)
        note = f"Row {sheet.heading_row} was taken as the heading{cut}: {heading}"
    return FaultyRows(sheet.name, found, note)


def _vanished(
    ledger: Ledger,
    ids: frozenset[str],
    columns: ImportColumns,
    reader: CellReader,
    mapping: SheetMapping,
) -> Iterator[Pledge]:
    """Yield the pledges of the register that the file does not have.

    What ``[set]`` says of all its rows tells them from those of other registers.  A file without
    titles is no register, but news of some pledges.
    """
    is_register = mapping.is_of_register and "title" in columns.targets
    if not (mapping.vanished_tag or is_register):
        return
    common: dict[str, Any] = {}
    for key in ("owed_by", "pillar"):
        if key in mapping.fixed:
            common[key] = reader.value(mapping.fixed[key], key)
    for each in ledger.pledges:
        is_dropped = bool(each.updates) and each.history[-1].status in (
            Status.WITHDRAWN,
            Status.SUPERSEDED,
        )
        terms = {key: getattr(each, key) for key in common}
        is_of_register = all(
            (list(terms[key]) if isinstance(x, list) else terms[key]) == x
            for key, x in common.items()
        )
        if (
            each.id not in ids
            and not is_dropped
            and is_of_register
            and mapping.vanished_tag not in each.tags
        ):
            yield each
