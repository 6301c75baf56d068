"""Changes in sentences: what happened, when, and by how much."""

from collections.abc import Callable, Mapping
from typing import Final

from pledges.domain.changes import Change, News
from pledges.domain.pledge import Ledger
from pledges.view import sentences, wording
from pledges.view.items import clipped
from pledges.view.words import count, day, days, percent, period, spoken

TITLES: Final[Mapping[News, str]] = {
    News.COMPLETED: "Completed",
    News.HELD: "Held",
    News.OVERDUE: "Became overdue",
    News.MOVED: "Deadlines moved",
    News.STARTED: "Started",
    News.RESUMED: "Taken up again",
    News.SUSPENDED: "Suspended",
    News.WITHDRAWN: "Withdrawn",
    News.SUPERSEDED: "Superseded",
    News.READING: "New readings",
    News.WORSE: "Pace fell",
    News.BETTER: "Pace rose",
    News.PLEDGED: "New pledges",
    News.CLAIMED: "Other versions published",
    News.ASKED: "New decisions asked for",
    News.SETTLED: "Decisions settled",
}


def happened(change: Change, ledger: Ledger) -> str:
    """What is new about a pledge, without its name: "completed on 28 Oct 2025, 3 days early"."""
    return _TELLERS[change.what](change, ledger)


def counted(found: Mapping[News, int]) -> str:
    """How many changes of which kind: "1 became overdue, 1 deadline moved, 9 new pledges"."""
    return ", ".join(count(number, *_COUNTED[what]) for what, number in found.items())


_COUNTED: Final[Mapping[News, tuple[str, str]]] = {
    News.COMPLETED: ("completed", "completed"),
    News.HELD: ("period held", "periods held"),
    News.OVERDUE: ("became overdue", "became overdue"),
    News.MOVED: ("deadline moved", "deadlines moved"),
    News.STARTED: ("started", "started"),
    News.RESUMED: ("taken up again", "taken up again"),
    News.SUSPENDED: ("suspended", "suspended"),
    News.WITHDRAWN: ("withdrawn", "withdrawn"),
    News.SUPERSEDED: ("superseded", "superseded"),
    News.READING: ("new reading", "new readings"),
    News.WORSE: ("pace fell", "paces fell"),
    News.BETTER: ("pace rose", "paces rose"),
    News.PLEDGED: ("new pledge", "new pledges"),
    News.CLAIMED: ("other version", "other versions"),
    News.ASKED: ("decision asked for", "decisions asked for"),
    News.SETTLED: ("decision settled", "decisions settled"),
}


def against_deadline(days_late: int | None) -> str:
    """How a day lies to a deadline: "3 days early", "20 days late"; without one, nothing."""
    if days_late is None:
        return ""
    if not days_late:
        return ", on its last day"
    return f", {days(abs(days_late))} {'late' if days_late > 0 else 'early'}"


def _on(change: Change) -> str:
    return f" on {day(change.on)}" if change.on else ""


def _ended(change: Change, _: Ledger) -> str:
    status = spoken(change.now.assessment.status or "")
    return f"{status}{_on(change)}{against_deadline(change.days)}"


def _held(change: Change, _: Ledger) -> str:
    held = change.update and change.update.period
    named = f"{period(held)} " if held else ""
    return f"{named}held{_on(change)}{against_deadline(change.days)}"


def _overdue(change: Change, _: Ledger) -> str:
    due = change.now.assessment.due
    since = f"due {day(due)}, " if due else ""
    return f"{since}{days(change.days or 0)} late"


def _moved(change: Change, _: Ledger) -> str:
    old = _first_deadline(change)
    new = period(change.new_due) if change.new_due else ""
    slip = f", {wording.slip(change.days)}" if change.days is not None else ""
    why = f": {clipped(change.update.why)}" if change.update and change.update.why else ""
    return f"{old} -> {new}{slip}{why}"


def _first_deadline(change: Change) -> str:
    """The old deadline, in its source's words where it was the first one."""
    pledge = change.now.pledge
    if change.old_due is None:
        return "none"
    if change.old_due == pledge.due and pledge.due_text:
        return pledge.due_text
    return period(change.old_due)


def _started(change: Change, _: Ledger) -> str:
    return f"reported in progress{_on(change)}"


def _reading(change: Change, _: Ledger) -> str:
    measure, assessment = change.now.pledge.measure, change.now.assessment
    if not measure or assessment.value is None:
        return ""
    old = measure.baseline if change.old_value is None else change.old_value
    before = "" if old is None or old == assessment.value else f"{wording.amount(old, '')}-> "
    done = f", {percent(assessment.progress)} done" if assessment.progress is not None else ""
    return f"{before}{wording.amount(assessment.value, measure.unit)}{done}{_on(change)}"


def _pace(change: Change, _: Ledger) -> str:
    now = change.now.assessment
    return f"{spoken(change.old_pace or '')} -> {sentences.pace(now)}"


def _pledged(change: Change, ledger: Ledger) -> str:
    made = change.now.pledge.made
    owed_by = wording.owed_by(change.now.pledge, ledger)
    by = f", owed by {owed_by}" if owed_by else ""
    return f"made {period(made)}{by}" if made else ""


def _claimed(change: Change, ledger: Ledger) -> str:
    return wording.claim(change.claim, ledger) if change.claim else ""


def _asked(change: Change, ledger: Ledger) -> str:
    return clipped(sentences.ask(change.ask, ledger)) if change.ask else ""


def _settled(change: Change, _: Ledger) -> str:
    return f"{clipped(change.ask.what)}: settled{_on(change)}" if change.ask else ""


_TELLERS: Final[Mapping[News, Callable[[Change, Ledger], str]]] = {
    News.COMPLETED: _ended,
    News.HELD: _held,
    News.OVERDUE: _overdue,
    News.MOVED: _moved,
    News.STARTED: _started,
    News.RESUMED: _ended,
    News.SUSPENDED: _ended,
    News.WITHDRAWN: _ended,
    News.SUPERSEDED: _ended,
    News.READING: _reading,
    News.WORSE: _pace,
    News.BETTER: _pace,
    News.PLEDGED: _pledged,
    News.CLAIMED: _claimed,
    News.ASKED: _asked,
    News.SETTLED: _settled,
}
