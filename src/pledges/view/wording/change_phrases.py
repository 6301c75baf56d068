"""Changes in sentences: what happened, when, and by how much."""

from collections.abc import Callable, Mapping
from typing import Final

from msgspec import Struct

from pledges.domain.changes import Change, ChangeKind
from pledges.domain.pledge import Ledger
from pledges.view.report.entries import clipped, ended, owed
from pledges.view.wording import phrases as wording
from pledges.view.wording import sentences
from pledges.view.wording.values import count, day, days, number, percent, period, spoken


class ChangeWords(Struct, frozen=True):
    """What a kind of change is called above a list, and in counts of one and of many."""

    title: str
    one: str
    many: str
    sentence: Callable[[Change, Ledger], str]


def happened(change: Change, ledger: Ledger) -> str:
    """What is new about a pledge, without its name: "completed on 28 Oct 2025, 3 days early"."""
    told = KINDS[change.what].sentence(change, ledger)
    if not change.note:
        return told
    if change.what in (ChangeKind.MOVED, ChangeKind.DATED):
        return f"{ended(told)} {clipped(change.note)}"
    return f"{told}: {clipped(change.note)}"


def counted(found: Mapping[ChangeKind, int]) -> str:
    """How many changes of which kind: "1 became overdue, 1 deadline moved, 9 new pledges"."""
    return ", ".join(
        count(number, KINDS[what].one, KINDS[what].many) for what, number in found.items()
    )


def _against_deadline(days_late: int | None) -> str:
    """How a day lies to a deadline: ", 3 days early", ", on its last day"; nothing without one."""
    if days_late is None:
        return ""
    if not days_late:
        return ", on its last day"
    return f", {days(abs(days_late))} {'late' if days_late > 0 else 'early'}"


def _on(change: Change) -> str:
    return f" on {day(change.on)}" if change.on else ""


def _ended(change: Change, _: Ledger) -> str:
    late = _against_deadline(change.days_late)
    return f"{_of_period(change)}{_status(change)}{_on(change)}{late}"


def _held(change: Change, _: Ledger) -> str:
    late = _against_deadline(change.days_late) if (change.days_late or 0) > 0 else ""
    return f"{_of_period(change)}held{_on(change)}{late}"


def _status(change: Change) -> str:
    return spoken(change.update.status) if change.update and change.update.status else ""


def _of_period(change: Change) -> str:
    """The period of a recurring pledge that it is about."""
    about = change.update.period if change.update else None
    return f"{period(about)} " if about else ""


def _overdue(change: Change, _: Ledger) -> str:
    due = change.now.assessment.due
    since = f"due {day(due)}, " if due else ""
    return f"{since}{days(change.days_late or 0)} late"


def _moved(change: Change, _: Ledger) -> str:
    slip = f", {wording.slip(change.slip_days)}" if change.slip_days is not None else ""
    return f"{_first_deadline(change)} -> {_new_deadline(change)}{slip}{_why(change)}"


def _dated(change: Change, _: Ledger) -> str:
    return f"due {_new_deadline(change)}{_why(change)}"


def _new_deadline(change: Change) -> str:
    return period(change.after.due) if change.after.due else ""


def _why(change: Change) -> str:
    return f": {clipped(change.update.why)}" if change.update and change.update.why else ""


def _first_deadline(change: Change) -> str:
    """The old deadline, in its source's words where it was the first one."""
    pledge = change.now.pledge
    if change.before.due == pledge.due:
        return wording.first_deadline(pledge)
    return period(change.before.due) if change.before.due else ""


def _started(change: Change, _: Ledger) -> str:
    return f"{_of_period(change)}reported {_status(change)}{_on(change)}"


def _reading(change: Change, _: Ledger) -> str:
    measure, assessment = change.now.pledge.measure, change.now.assessment
    if not measure or assessment.value is None:
        return ""
    old = change.before.value
    before = "" if old is None or old == assessment.value else f"{number(old)} -> "
    done = f", {percent(assessment.progress)} done" if assessment.progress is not None else ""
    return f"{before}{wording.amount(assessment.value, measure.unit)}{done}{_on(change)}"


def _pace(change: Change, _: Ledger) -> str:
    now = change.now.assessment
    return f"{spoken(change.old_pace or '')} -> {sentences.pace_sentence(now)}"


def _told(change: Change, ledger: Ledger) -> str:
    """Of when the news is, and who published it: "10 Feb 2026, VOV"."""
    source = ledger.sources.get(change.update.source or "") if change.update else None
    by = f", {source.publisher or source.title}" if source else ""
    return f"{day(change.on)}{by}" if change.on else ""


def _pledged(change: Change, ledger: Ledger) -> str:
    made = change.now.pledge.made
    by = owed(change.now.pledge, ledger)
    return ", ".join(part for part in (f"made {period(made)}" if made else "", by) if part)


def _claimed(change: Change, ledger: Ledger) -> str:
    return wording.claim(change.claim, ledger) if change.claim else ""


def _asked(change: Change, ledger: Ledger) -> str:
    return clipped(sentences.ask(change.ask, ledger)) if change.ask else ""


def _settled(change: Change, _: Ledger) -> str:
    return f"{clipped(change.ask.what)}: settled{_on(change)}" if change.ask else ""


KINDS: Final[Mapping[ChangeKind, ChangeWords]] = {
    ChangeKind.COMPLETED: ChangeWords("Completed", "completed", "completed", _ended),
    ChangeKind.HELD: ChangeWords("Held", "period held", "periods held", _held),
    ChangeKind.OVERDUE: ChangeWords("Became overdue", "became overdue", "became overdue", _overdue),
    ChangeKind.MOVED: ChangeWords("Deadlines moved", "deadline moved", "deadlines moved", _moved),
    ChangeKind.DATED: ChangeWords("Deadlines set", "deadline set", "deadlines set", _dated),
    ChangeKind.STARTED: ChangeWords("Started", "started", "started", _started),
    ChangeKind.NOT_STARTED: ChangeWords("Not started", "not started", "not started", _started),
    ChangeKind.RESUMED: ChangeWords("Taken up again", "taken up again", "taken up again", _ended),
    ChangeKind.SUSPENDED: ChangeWords("Suspended", "suspended", "suspended", _ended),
    ChangeKind.WITHDRAWN: ChangeWords("Withdrawn", "withdrawn", "withdrawn", _ended),
    ChangeKind.SUPERSEDED: ChangeWords("Superseded", "superseded", "superseded", _ended),
    ChangeKind.READING: ChangeWords("New readings", "new reading", "new readings", _reading),
    ChangeKind.WORSE: ChangeWords("Pace fell", "pace fell", "paces fell", _pace),
    ChangeKind.BETTER: ChangeWords("Pace rose", "pace rose", "paces rose", _pace),
    ChangeKind.NOTED: ChangeWords("Other news", "other report", "other reports", _told),
    ChangeKind.PLEDGED: ChangeWords("New pledges", "new pledge", "new pledges", _pledged),
    ChangeKind.CLAIMED: ChangeWords(
        "Other versions published", "other version", "other versions", _claimed
    ),
    ChangeKind.ASKED: ChangeWords(
        "New decisions asked for", "decision asked for", "decisions asked for", _asked
    ),
    ChangeKind.SETTLED: ChangeWords(
        "Decisions settled", "decision settled", "decisions settled", _settled
    ),
}
