"""What changed between two dates: the difference of what the ledger said on each of them.

What is dated on the first day was known then; what is dated on the last is new.  A thing that
changed and changed back is no change.
"""

import datetime as dt
from collections.abc import Callable, Iterator, Mapping, Sequence
from enum import StrEnum
from typing import Final

from msgspec import Struct

from pledges.domain.assessment import Assessed, Standing, current_deadline, periods_held
from pledges.domain.day import Period
from pledges.domain.pace import Pace
from pledges.domain.pledge import Ask, Claim, Kind, Number, Status, Update
from pledges.domain.snapshot import Snapshot


class News(StrEnum):
    """What can change, in the order in which it is told."""

    COMPLETED = "completed"
    HELD = "held"
    OVERDUE = "became-overdue"
    MOVED = "deadline-moved"
    STARTED = "started"
    RESUMED = "resumed"
    SUSPENDED = "suspended"
    WITHDRAWN = "withdrawn"
    SUPERSEDED = "superseded"
    READING = "new-reading"
    WORSE = "pace-worse"
    BETTER = "pace-better"
    PLEDGED = "new-pledge"
    CLAIMED = "claimed"
    ASKED = "asked"
    SETTLED = "settled"


class Change(Struct, frozen=True, kw_only=True):
    """One thing about a pledge that is otherwise than it was.

    ``days`` are those that a completion came after its deadline, or that a deadline was moved
    later; earlier is negative.  ``on`` is the day it happened, where that is known.
    """

    what: News
    now: Assessed
    on: dt.date | None = None
    days: int | None = None
    update: Update | None = None
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
        for tell in TELLERS
        for change in tell(known.get(each.pledge.id), each)
    ]
    order = list(News)
    return sorted(found, key=lambda change: order.index(change.what))


Teller = Callable[[Assessed | None, Assessed], Iterator[Change]]


def _pledged(old: Assessed | None, now: Assessed) -> Iterator[Change]:
    if old is None and now.pledge.made:
        yield Change(what=News.PLEDGED, now=now, on=now.pledge.made.first)


def _status(old: Assessed | None, now: Assessed) -> Iterator[Change]:
    """A status that is another than before; of what recurs only what ends the whole."""
    status, was = now.assessment.status, old.assessment.status if old else None
    if status is None or status is was or now.pledge.kind is Kind.RECURRING:
        return
    on = now.assessment.completed or now.assessment.status_on
    if status is Status.COMPLETED:
        due = now.assessment.due
        yield Change(
            what=News.COMPLETED, now=now, on=on, days=(on - due).days if on and due else None
        )
    elif status in _ENDINGS:
        yield Change(what=_ENDINGS[status], now=now, on=on)
    elif was in (None, Status.NOT_STARTED) and status is Status.IN_PROGRESS:
        yield Change(what=News.STARTED, now=now, on=on)
    elif was in (*_ENDINGS, Status.COMPLETED):
        yield Change(what=News.RESUMED, now=now, on=on)


def _held(old: Assessed | None, now: Assessed) -> Iterator[Change]:
    """The periods that were held since."""
    if now.pledge.kind is not Kind.RECURRING:
        return
    known = periods_held(old.pledge) if old else []
    for update in periods_held(now.pledge):
        if update not in known and update.period:
            days = (update.date - update.period.last).days
            yield Change(what=News.HELD, now=now, on=update.date, days=days, update=update)


def _overdue(old: Assessed | None, now: Assessed) -> Iterator[Change]:
    is_overdue = now.assessment.standing is Standing.OVERDUE
    if is_overdue and not (old and old.assessment.standing is Standing.OVERDUE):
        yield Change(what=News.OVERDUE, now=now, days=now.assessment.days_late)


def _moved(old: Assessed | None, now: Assessed) -> Iterator[Change]:
    was = current_deadline(old.pledge) if old else now.pledge.due
    due = current_deadline(now.pledge)
    if due and was != due and now.pledge.moves:
        move = now.pledge.moves[-1]
        days = (due.last - was.last).days if was else None
        yield Change(
            what=News.MOVED, now=now, on=move.date, days=days, update=move, old_due=was, new_due=due
        )


def _reading(old: Assessed | None, now: Assessed) -> Iterator[Change]:
    was = old.assessment if old else None
    value, on = now.assessment.value, now.assessment.value_on
    if value is not None and (was is None or (was.value, was.value_on) != (value, on)):
        yield Change(what=News.READING, now=now, on=on, old_value=was.value if was else None)


def _pace(old: Assessed | None, now: Assessed) -> Iterator[Change]:
    was, pace = old.assessment.pace if old else None, now.assessment.pace
    if was and pace and was is not pace:
        order = list(Pace)
        is_worse = order.index(pace) > order.index(was)
        yield Change(what=News.WORSE if is_worse else News.BETTER, now=now, old_pace=was)


def _claimed(old: Assessed | None, now: Assessed) -> Iterator[Change]:
    known = old.pledge.claims if old else ()
    for claim in now.pledge.claims:
        if claim not in known:
            yield Change(what=News.CLAIMED, now=now, claim=claim)


def _asked(old: Assessed | None, now: Assessed) -> Iterator[Change]:
    known = {(ask.what, ask.date): ask for ask in old.pledge.asks} if old else {}
    for ask in now.pledge.asks:
        was = known.get((ask.what, ask.date))
        if not was:
            yield Change(what=News.ASKED, now=now, on=ask.date, ask=ask)
        if ask.settled and not (was and was.settled):
            yield Change(what=News.SETTLED, now=now, on=ask.settled, ask=ask)


_ENDINGS: Final[Mapping[Status, News]] = {
    Status.SUSPENDED: News.SUSPENDED,
    Status.WITHDRAWN: News.WITHDRAWN,
    Status.SUPERSEDED: News.SUPERSEDED,
}
TELLERS: Final[Sequence[Teller]] = (
    _pledged,
    _status,
    _held,
    _overdue,
    _moved,
    _reading,
    _pace,
    _claimed,
    _asked,
)
