"""The days that matter in the life of a pledge, and the stretches of days between them."""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from enum import StrEnum
from itertools import takewhile
from typing import Final

from msgspec import Struct

from pledges.domain.assessment import AssessedPledge, Standing
from pledges.domain.day import Period
from pledges.domain.deadlines import (
    current_deadline,
    is_contest,
    is_past,
    open_period,
    periods,
    status_turns,
)
from pledges.domain.pledge import Claim, Kind, Status


class MarkKind(StrEnum):
    """What a day is to a pledge; what matters more comes later."""

    MADE = "made"
    FIRST_DUE = "first-due"
    CLAIMED = "claimed"
    DROPPED = "dropped"
    DONE = "done"
    DONE_ON_TIME = "done-on-time"
    DONE_LATE = "done-late"
    DUE = "due"
    OVERDUE = "overdue"

    @property
    def is_done(self) -> bool:
        """Whether something was completed that day, or seen to be."""
        return self in (MarkKind.DONE, MarkKind.DONE_ON_TIME, MarkKind.DONE_LATE)

    @property
    def is_end(self) -> bool:
        """Whether something came to its end that day, completed or not."""
        return self.is_done or self is MarkKind.DROPPED


ENDS: Final[Mapping[Standing, MarkKind]] = {
    Standing.DONE: MarkKind.DONE,
    Standing.DONE_ON_TIME: MarkKind.DONE_ON_TIME,
    Standing.DONE_LATE: MarkKind.DONE_LATE,
    Standing.DROPPED: MarkKind.DROPPED,
}
"""What the last day of a pledge is, by its standing."""


class StretchKind(StrEnum):
    """What goes on from one day to another; what matters more comes later."""

    ALLOWED = "allowed"
    OPEN = "open"
    HELD = "held"
    LATE = "late"


class Mark(Struct, frozen=True):
    """A day that matters: of which period of a recurring pledge, and by which claim."""

    date: dt.date
    kind: MarkKind
    period: Period | None = None
    claim: Claim | None = None


class Stretch(Struct, frozen=True):
    """Some days, the first and the last included, and what goes on in them."""

    first: dt.date
    last: dt.date
    kind: StretchKind


class Lifetime(Struct, frozen=True):
    """A pledge with its marks, in the order of the calendar, and its stretches."""

    each: AssessedPledge
    marks: Sequence[Mark]
    stretches: Sequence[Stretch]


def lifetimes(assessed: Iterable[AssessedPledge], as_of: dt.date) -> list[Lifetime]:
    """The lifetimes of the pledges that have a deadline or periods, in the same order."""
    dated = [(each, marks(each, as_of)) for each in assessed if each.assessment.due]
    return [Lifetime(each, found, stretches(each, found, as_of)) for each, found in dated]


def marks(each: AssessedPledge, as_of: dt.date) -> list[Mark]:
    """The days that matter to a pledge on ``as_of``, in the order of the calendar."""
    pledge, due = each.pledge, each.assessment.due
    found = [Mark(pledge.made.first, MarkKind.MADE)] if pledge.made else []
    if pledge.kind is Kind.RECURRING:
        found += _period_marks(each, as_of)
    elif due:
        if pledge.due and pledge.due.last != due:
            found.append(Mark(pledge.due.last, MarkKind.FIRST_DUE))
        found.append(Mark(due, _due_kind(each, due, as_of)))
    turn, deadline = status_turns(pledge).get(None), current_deadline(pledge)
    ended = each.assessment.completed or (turn.date if turn else None)
    if ended and (kind := ENDS.get(each.assessment.standing)):
        found.append(Mark(ended, kind))
    claimed = {x.due.last: x for x in reversed(pledge.claims) if x.due and is_contest(pledge, x)}
    other_days = claimed.keys() - ({deadline.last} if deadline else set())
    found += [Mark(day, MarkKind.CLAIMED, claim=claimed[day]) for day in other_days]
    return sorted(found, key=lambda mark: mark.date)


def stretches(each: AssessedPledge, of: Sequence[Mark], as_of: dt.date) -> list[Stretch]:
    """The periods of a recurring pledge; of another one the time allowed, and the time late.

    The time allowed runs from the day it was made to its deadline, or to an earlier end.
    """
    found = []
    for mark in of:
        if mark.period and mark.kind is not MarkKind.DROPPED:
            kind = StretchKind.HELD if mark.kind.is_done else StretchKind.OPEN
            found.append(Stretch(mark.period.first, mark.period.last, kind))
    if (due := each.assessment.due) and each.pledge.kind is not Kind.RECURRING:
        end = min([due, *(mark.date for mark in of if mark.kind.is_end)])
        if (made := each.pledge.made) and made.first < end:
            found.append(Stretch(made.first, end, StretchKind.ALLOWED))
        late = {Standing.OVERDUE: as_of, Standing.DONE_LATE: each.assessment.completed}
        if last := late.get(each.assessment.standing):
            found.append(Stretch(due, last, StretchKind.LATE))
    return found


def _due_kind(each: AssessedPledge, due: dt.date, as_of: dt.date) -> MarkKind:
    is_overdue = is_past(due, as_of) and each.assessment.standing.is_open
    return MarkKind.OVERDUE if is_overdue else MarkKind.DUE


def _period_marks(each: AssessedPledge, as_of: dt.date) -> Iterator[Mark]:
    """What is known of each period: whether it was held, or dropped, or is due.

    They are the periods up to that of ``as_of`` or the next open one, and those with a report.
    """
    turns, awaited = status_turns(each.pledge), open_period(each.pledge)
    end = max(as_of, awaited.first) if awaited else as_of
    begun = takewhile(lambda x: x.first <= end, periods(each.pledge))
    later = [x for x in turns if x and x.first > end]
    for period in (*begun, *sorted(later, key=lambda x: x.first)):
        last = turns.get(period)
        if last and last.status is Status.COMPLETED:
            known = MarkKind.DONE_LATE if is_past(period.last, last.date) else MarkKind.DONE_ON_TIME
            yield Mark(last.date, MarkKind.DONE if last.seen else known, period)
        elif last and last.status and last.status.is_final:
            yield Mark(last.date, MarkKind.DROPPED, period)
        elif each.assessment.standing.is_open:
            yield Mark(period.last, _due_kind(each, period.last, as_of), period)
