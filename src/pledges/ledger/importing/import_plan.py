"""From a file and a ledger to the edits that bring it in, or to all that is wrong with it."""

import datetime as dt
from collections.abc import Iterable, Sequence
from shlex import quote

from msgspec import Struct

from pledges.domain.answers import Overtaken
from pledges.domain.edits import Edit, NewPledge, Put, RegisterEntry, edits_between
from pledges.domain.pledge import Ledger
from pledges.domain.snapshot import OpenAsk
from pledges.errors import Fault, FaultyRows
from pledges.ledger.importing.cells import CellReader
from pledges.ledger.importing.form_log import form_faults, overtaken_answers, remaining_asks
from pledges.ledger.importing.headings import ImportColumns
from pledges.ledger.importing.mapping import SheetMapping
from pledges.ledger.importing.matching import Matcher
from pledges.ledger.importing.objections import judged, objections_to
from pledges.ledger.importing.registers import with_entries, with_registers_of
from pledges.ledger.importing.row_reader import SheetRows
from pledges.ledger.importing.rows import pledge_rows
from pledges.ledger.importing.sheets import STANDARD_INPUT, cell_fault
from pledges.ledger.importing.vanished import Vanished, vanished_pledges
from pledges.ledger.text.finding import Explanation


class ImportPlan(Struct, frozen=True):
    """The edits that bring a file in, and the ids of all its pledges.

    ``new_entries`` are added to the registers; ``other_entries`` are those of another ledger that
    are here with another text, which they keep.  ``vanished`` are the pledges of the register that
    the file has no more.  ``overtaken`` is what the ledger says otherwise than a form told,
    and ``asks`` are the decisions that its notes may settle.
    """

    edits: Sequence[Edit]
    ids: Sequence[str]
    new_entries: Sequence[RegisterEntry]
    other_entries: Sequence[RegisterEntry]
    vanished: Vanished
    rows: SheetRows
    overtaken: Sequence[Overtaken] = ()
    asks: Sequence[OpenAsk] = ()


def import_plan(
    columns: ImportColumns,
    mapping: SheetMapping,
    ledger: Ledger,
    as_of: dt.date,
    *,
    tries_rules: bool = True,
) -> ImportPlan:
    """What it takes to bring a sheet into a ledger; ``as_of`` is the day of news that give none.

    Pledges that surely vanished get the tag of the mapping, if there is one.  If the ledger that
    would be is tried by its rules anyway, they need not be tried here, unless something else
    is wrong.

    Raises: ``FaultyRows`` with everything that is wrong with it.
    """
    _check_columns(columns, mapping)
    known, used, others = with_registers_of(ledger, columns.sheet.ledger)
    reader = CellReader(known, mapping, columns)
    read = pledge_rows(columns, mapping, reader, known)
    added = [*used, *reader.new_entries]
    known = with_entries(known, reader.new_entries)
    candidates = list(map(Matcher(known, as_of, columns).candidate, read.rows))
    if not columns.has_records:
        candidates = [judged(each, known, as_of) for each in candidates]
    found = [*columns.sheet.faults, *columns.faults, *read.faults]
    if tries_rules or found or any(each.findings for each in candidates):
        found += objections_to(candidates, known, columns)
    if found:
        raise _faulty(columns, dict.fromkeys(found))
    ids = [each.new.id for each in candidates]
    gone = vanished_pledges(ledger, frozenset(ids), columns, reader, mapping)
    changes: list[Edit] = [*added]
    for each in candidates:
        changes += edits_between(each.old, each.new) if each.old else [NewPledge(each.new)]
    if tag := mapping.vanished_tag:
        changes += [Put(each.id, ("tags",), (*each.tags, tag)) for each in gone.sure]
    late = list(overtaken_answers(candidates, columns.sheet.form, ledger, as_of))
    asks = remaining_asks(candidates, columns.sheet.form, ledger, as_of)
    return ImportPlan(changes, ids, added, others, gone, read, late, asks)


def _check_columns(columns: ImportColumns, mapping: SheetMapping) -> None:
    """Refuse a sheet of which no column is imported: each of its rows would lack everything.

    Raises: ``FaultyRows``.
    """
    sheet = columns.sheet
    if sheet.rows and not columns.targets:
        file = "-" if sheet.name == STANDARD_INPUT else quote(sheet.name)
        hint = f"say what its columns mean: pledges import {file} --learn plan.map.toml"
        if mapping.name:
            hint = f"say in [columns] of {mapping.name} what they give"
        words = Explanation("key", "it has no column that can be imported", hint)
        row = sheet.heading_row or 1
        raise _faulty(columns, [*columns.faults, cell_fault(sheet.name, row, words)])


def _faulty(columns: ImportColumns, faults: Iterable[Fault]) -> FaultyRows:
    """The error of a file; if rows don't fit its columns, with how these were found."""
    sheet = columns.sheet
    found = sorted(form_faults(faults, sheet), key=lambda each: (each.line, each.column))
    note = None
    is_doubtful = sheet.title_rows or not columns.targets
    if sheet.heading_row and (is_doubtful or any(each.code == "row" for each in found)):
        names = {",": ", cut at commas", ";": ", cut at semicolons", "\t": ", cut at tabs"}
        cut = names.get(sheet.separator or "", "")
        heading = " | ".join(each.strip() for each in sheet.headings)
        note = f"Row {sheet.heading_row} was taken as the heading{cut}: {heading}"
    return FaultyRows(sheet.name, found, note)
