"""What changed between two dates: the difference of what the ledger said on each of them.

What is dated on the first day was known then; what is dated on the last is new.  A thing that
changed and changed back is no change.
"""

import datetime as dt
from collections.abc import Callable, Iterator, Mapping, Sequence
from enum import StrEnum
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from pledges.domain.assessment import Assessed, Assessment, Standing
from pledges.domain.day import Period
from pledges.domain.deadlines import brought_by, current_deadline, said_of, slip_days
from pledges.domain.pace import Pace
from pledges.domain.pledge import Ask, Claim, Number, Status, Update
from pledges.domain.snapshot import Snapshot


class ChangeKind(StrEnum):
    """What can change, in the order in which it is told."""

    COMPLETED = "completed"
    HELD = "held"
    OVERDUE = "became-overdue"
    MOVED = "deadline-moved"
    DATED = "deadline-set"
    STARTED = "started"
    NOT_STARTED = "not-started"
    RESUMED = "resumed"
    SUSPENDED = "suspended"
    WITHDRAWN = "withdrawn"
    SUPERSEDED = "superseded"
    READING = "new-reading"
    WORSE = "pace-worse"
    BETTER = "pace-better"
    NOTED = "noted"
    PLEDGED = "new-pledge"
    CLAIMED = "claimed"
    ASKED = "asked"
    SETTLED = "settled"


class Change(Struct, frozen=True, kw_only=True):
    """One thing about a pledge that is otherwise than it was.

    ``days`` are those that a completion came after its deadline, or that a deadline was moved
    later; earlier is negative.  ``on`` is the day it happened, where that is known.  ``note`` is
    that of the update which brought it, told once where that brought several.
    """

    what: ChangeKind
    now: Assessed
    on: dt.date | None = None
    days: int | None = None
    update: Update | None = None
    note: str | None = None
    old_value: Number | None = None
    old_due: Period | None = None
    new_due: Period | None = None
    old_pace: Pace | None = None
    claim: Claim | None = None
    ask: Ask | None = None


def changes(before: Snapshot, after: Snapshot) -> list[Change]:
    """What is otherwise ``after`` than ``before``: kind by kind, in the ledger's order."""
    known = {each.pledge.id: each for each in before.assessed}
    found = [
        change
        for each in after.assessed
        for change in _noted(known.get(each.pledge.id), each, before.as_of)
    ]
    return sorted(found, key=_place)


def _place(change: Change) -> int:
    return ORDER.index(change.what)


def _noted(old: Assessed | None, now: Assessed, known_until: dt.date) -> Iterator[Change]:
    """What is otherwise about one pledge, each with its note, and the notes that are left."""
    told: list[Update] = []
    for change in sorted((x for tell in TELLERS for x in tell(old, now)), key=_place):
        if change.what is ChangeKind.READING and change.on and change.on <= known_until:
            continue
        if change.update and change.update not in told:
            told.append(change.update)
            yield replace(change, note=change.update.note)
        else:
            yield change
    for update in now.pledge.updates:
        if update.note and update.date > known_until and update not in told:
            told.append(update)
            yield Change(
                what=ChangeKind.NOTED, now=now, on=update.date, update=update, note=update.note
            )


Teller = Callable[[Assessed | None, Assessed], Iterator[Change]]


def _pledged(old: Assessed | None, now: Assessed) -> Iterator[Change]:
    if old is None and now.pledge.made:
        yield Change(what=ChangeKind.PLEDGED, now=now, on=now.pledge.made.first)


def _status(old: Assessed | None, now: Assessed) -> Iterator[Change]:
    """A status that is another than before, of the whole or of a period that recurs."""
    was = said_of(old.pledge) if old else {}
    for period, reports in said_of(now.pledge).items():
        before, update = brought_by(was.get(period, [])), brought_by(reports)
        what = _turn(before, update)
        if what and update:
            is_held = what is ChangeKind.COMPLETED and period
            due = period.last if period else now.assessment.due
            late = (update.date - due).days if what is ChangeKind.COMPLETED and due else None
            yield Change(
                what=ChangeKind.HELD if is_held else what,
                now=now,
                on=update.date,
                days=late,
                update=update,
            )


def _turn(old: Update | None, now: Update | None) -> ChangeKind | None:
    """What became of a status; what is completed for a second time is so anew."""
    was, status = old.status if old else None, now.status if now else None
    if old and now and status is was and (status is not Status.COMPLETED or old.date == now.date):
        return None
    if status in _TURNS:
        return _TURNS[status]
    if status is Status.IN_PROGRESS:
        return ChangeKind.RESUMED if was in (*_ENDINGS, Status.COMPLETED) else ChangeKind.STARTED
    return None


def _overdue(old: Assessed | None, now: Assessed) -> Iterator[Change]:
    """A deadline that passed, another one than was overdue before."""
    was = old.assessment if old else None
    is_known = was and was.standing is Standing.OVERDUE and was.due == now.assessment.due
    if now.assessment.standing is Standing.OVERDUE and not is_known:
        yield Change(what=ChangeKind.OVERDUE, now=now, days=now.assessment.days_late)


def _moved(old: Assessed | None, now: Assessed) -> Iterator[Change]:
    """A deadline on another day than before, or a first one."""
    was = current_deadline(old.pledge) if old else now.pledge.due
    due = current_deadline(now.pledge)
    if due and now.pledge.moves and not (was and was.last == due.last):
        move = now.pledge.moves[-1]
        yield Change(
            what=ChangeKind.MOVED if was else ChangeKind.DATED,
            now=now,
            on=move.date,
            days=slip_days(was, due),
            update=move,
            old_due=was,
            new_due=due,
        )


def _reading(old: Assessed | None, now: Assessed) -> Iterator[Change]:
    was = _same_period(old, now)
    value, on = now.assessment.value, now.assessment.value_on
    if value is not None and (was is None or (was.value, was.value_on) != (value, on)):
        update = _last(now, lambda each: each.date == on and each.value is not None)
        old_value = was.value if was else None
        yield Change(what=ChangeKind.READING, now=now, on=on, old_value=old_value, update=update)


def _pace(old: Assessed | None, now: Assessed) -> Iterator[Change]:
    before = _same_period(old, now)
    was, pace = before.pace if before else None, now.assessment.pace
    if was and pace and was is not pace:
        what = ChangeKind.WORSE if pace.is_worse_than(was) else ChangeKind.BETTER
        yield Change(what=what, now=now, old_pace=was)


def _same_period(old: Assessed | None, now: Assessed) -> Assessment | None:
    """How it stood before, where that was of the same period."""
    is_same = old and old.assessment.period == now.assessment.period
    return old.assessment if old and is_same else None


def _claimed(old: Assessed | None, now: Assessed) -> Iterator[Change]:
    known = old.pledge.claims if old else ()
    for claim in now.pledge.claims:
        if claim not in known:
            yield Change(what=ChangeKind.CLAIMED, now=now, claim=claim)


def _asked(old: Assessed | None, now: Assessed) -> Iterator[Change]:
    known = {_question(ask): ask for ask in old.pledge.asks} if old else {}
    for ask in now.pledge.asks:
        was = known.get(_question(ask))
        if not was:
            yield Change(what=ChangeKind.ASKED, now=now, on=ask.date, ask=ask)
        if ask.settled and not (was and was.settled):
            yield Change(what=ChangeKind.SETTLED, now=now, on=ask.settled, ask=ask)


def _question(ask: Ask) -> Ask:
    """What makes it the same, settled or not."""
    return replace(ask, settled=None)


def _last(now: Assessed, brought: Callable[[Update], bool]) -> Update | None:
    """The last update that brought something."""
    return next((each for each in reversed(now.pledge.history) if brought(each)), None)


ORDER: Final = list(ChangeKind)
_ENDINGS: Final = (Status.SUSPENDED, Status.WITHDRAWN, Status.SUPERSEDED)
_TURNS: Final[Mapping[Status | None, ChangeKind]] = {
    Status.COMPLETED: ChangeKind.COMPLETED,
    Status.SUSPENDED: ChangeKind.SUSPENDED,
    Status.WITHDRAWN: ChangeKind.WITHDRAWN,
    Status.SUPERSEDED: ChangeKind.SUPERSEDED,
    Status.NOT_STARTED: ChangeKind.NOT_STARTED,
}
TELLERS: Final[Sequence[Teller]] = (
    _pledged,
    _status,
    _overdue,
    _moved,
    _reading,
    _pace,
    _claimed,
    _asked,
)
