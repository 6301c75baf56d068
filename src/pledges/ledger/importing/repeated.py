"""Cells that say again what the updates beside them say: none may say otherwise."""

from collections.abc import Iterator, Sequence
from typing import Any, Final

from pledges.domain.day import Period, read_period
from pledges.domain.deadlines import current_deadline
from pledges.domain.pledge import Kind, Pledge
from pledges.errors import Fault
from pledges.ledger.importing.cells import Manner, Misread, value
from pledges.ledger.importing.columns import ImportColumn, ImportColumns, cell
from pledges.ledger.importing.matching import Candidate, move_hint
from pledges.ledger.importing.rows import misread
from pledges.ledger.importing.sheets import Row, Sheet, fault

HINT: Final = (
    "leave the column update out to bring in a {} "
    "(list --columns id,title,status,value), or use pledges update"
)


def contradictions(
    candidates: Sequence[Candidate], sheet: Sheet, columns: ImportColumns, manner: Manner
) -> Iterator[Fault]:
    """Every cell that a row's own updates contradict; those of what recurs are of a period."""
    if not columns.repeated:
        return
    rows = {row.number: row for row in sheet.rows}
    for each in candidates:
        if each.new.kind is not Kind.RECURRING:
            for column in columns.repeated:
                if not _is_unsound(column.target, each):
                    yield from _compared(column, each, rows[each.entry.row], sheet, manner)


def _is_unsound(target: str, each: Candidate) -> bool:
    """Whether what a cell would be compared with is told to be wrong itself."""
    broken = {path[0] for path in (*each.entry.unread, *(x.path for x in each.findings))}
    return "update" in broken or (target == "due" and "due" in broken)


def _compared(
    column: ImportColumn, each: Candidate, row: Row, sheet: Sheet, manner: Manner
) -> Iterator[Fault]:
    try:
        found = value(cell(row.cells, column.place), column.target, manner)
    except Misread as error:
        yield misread(error, row, column, sheet)
        return
    if found is not None and not _is_said(found, column.target, each):
        message, hint = _told(found, column.target, each)
        place, heading = column.place + 1, column.heading.strip()
        yield fault(sheet.name, row.number, place, heading, message, hint, "rule")


def _is_said(found: Any, target: str, each: Candidate) -> bool:
    """Whether the row says this itself; of a deadline the ledger may say it too."""
    if target != "due":
        return bool(found == _last(each.given, target))
    deadlines = [current_deadline(each.given)]
    if each.old and not each.given.updates:
        deadlines.append(current_deadline(each.old))
    return any(x and x.last == read_period(str(found)).last for x in deadlines)


def _last(pledge: Pledge, key: str) -> Any:
    """What the last update that says it gives as the status or the value."""
    said = [getattr(each, key) for each in pledge.history]
    return next((each for each in reversed(said) if each is not None), None)


def _told(found: Any, target: str, each: Candidate) -> tuple[str, str]:
    """What the cell contradicts, and what to do."""
    if target == "due":
        return _told_of_deadline(read_period(str(found)), each)
    said = _last(each.given, target)
    beside = "nothing" if said is None else said
    return f"the column update says {beside}", HINT.format(target)


def _told_of_deadline(due: Period, each: Candidate) -> tuple[str, str]:
    deadline = current_deadline(each.given)
    if not deadline:
        return "the column pledged_due says nothing", "give the first deadline there"
    column = "update" if each.given.moves else "pledged_due"
    return f"the column {column} says {deadline.name}", move_hint(each.new.id, due)
