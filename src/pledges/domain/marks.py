"""The days that matter in the life of a pledge: made, due, moved, contested, done."""

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from enum import StrEnum

from msgspec import Struct

from pledges.domain.assessment import Assessed, Standing
from pledges.domain.day import Period, following
from pledges.domain.deadlines import (
    brought_by,
    current_deadline,
    is_contest,
    is_past,
    open_period,
    said_of,
)
from pledges.domain.pledge import Claim, Kind, Pledge, Status


class MarkKind(StrEnum):
    """What a day is to a pledge; what matters more comes later."""

    MADE = "made"
    FIRST_DUE = "first-due"
    CLAIMED = "claimed"
    DROPPED = "dropped"
    DONE_ON_TIME = "done-on-time"
    DONE_LATE = "done-late"
    DUE = "due"
    OVERDUE = "overdue"

    @property
    def is_done(self) -> bool:
        """Whether something was completed that day."""
        return self in (MarkKind.DONE_ON_TIME, MarkKind.DONE_LATE)

    @property
    def is_end(self) -> bool:
        """Whether something came to its end that day, completed or not."""
        return self.is_done or self is MarkKind.DROPPED


class Mark(Struct, frozen=True):
    """A day that matters: of which period of a recurring pledge, and by which claim."""

    date: dt.date
    kind: MarkKind
    period: Period | None = None
    claim: Claim | None = None


class Dated(Struct, frozen=True):
    """A pledge that has a deadline or periods, with its marks."""

    each: Assessed
    marks: Sequence[Mark]


def dated(assessed: Iterable[Assessed], as_of: dt.date) -> list[Dated]:
    """The pledges that have a deadline or periods, in the order given."""
    return [Dated(each, marks(each, as_of)) for each in assessed if each.assessment.due]


def marks(each: Assessed, as_of: dt.date) -> list[Mark]:
    """The days that matter to a pledge on ``as_of``, in the order of the calendar."""
    return sorted(_marks(each, as_of), key=lambda mark: mark.date)


def _marks(each: Assessed, as_of: dt.date) -> Iterator[Mark]:
    pledge = each.pledge
    if pledge.made:
        yield Mark(pledge.made.first, MarkKind.MADE)
    if pledge.kind is Kind.RECURRING:
        yield from _periods(each, as_of)
    else:
        yield from _deadlines(each, as_of)
    yield from _end(each)
    yield from _claims(pledge)


def _deadlines(each: Assessed, as_of: dt.date) -> Iterator[Mark]:
    due, first = each.assessment.due, each.pledge.due
    if first and first.last != due:
        yield Mark(first.last, MarkKind.FIRST_DUE)
    if due:
        yield Mark(due, _due(each, due, as_of))


def _due(each: Assessed, due: dt.date, as_of: dt.date) -> MarkKind:
    is_overdue = is_past(due, as_of) and each.assessment.standing.is_open
    return MarkKind.OVERDUE if is_overdue else MarkKind.DUE


def _end(each: Assessed) -> Iterator[Mark]:
    """The day on which the whole pledge came to its end, if it did."""
    standing, done = each.assessment.standing, each.assessment.completed
    ended = brought_by(said_of(each.pledge).get(None, []))
    if done:
        is_late = standing is Standing.DONE_LATE
        yield Mark(done, MarkKind.DONE_LATE if is_late else MarkKind.DONE_ON_TIME)
    elif ended and standing is Standing.DROPPED:
        yield Mark(ended.date, MarkKind.DROPPED)


def _claims(pledge: Pledge) -> Iterator[Mark]:
    """Each other deadline that someone gives, once."""
    deadline = current_deadline(pledge)
    told = {deadline.last} if deadline else set()
    for claim in pledge.claims:
        if claim.due and is_contest(pledge, claim) and claim.due.last not in told:
            told.add(claim.due.last)
            yield Mark(claim.due.last, MarkKind.CLAIMED, claim=claim)


def _periods(each: Assessed, as_of: dt.date) -> Iterator[Mark]:
    """What is known of each period, up to that of ``as_of`` or the next one that is open."""
    reports = said_of(each.pledge)
    for period in _until(each, as_of, reports):
        said = reports.get(period, [])
        last = brought_by(said)
        if last and last.status is Status.COMPLETED:
            is_late = is_past(period.last, last.date)
            kind = MarkKind.DONE_LATE if is_late else MarkKind.DONE_ON_TIME
            yield Mark(last.date, kind, period)
        elif last and last.status and last.status.is_final:
            yield Mark(last.date, MarkKind.DROPPED, period)
        elif each.assessment.standing.is_open:
            yield Mark(period.last, _due(each, period.last, as_of), period)


def _until(each: Assessed, as_of: dt.date, reported: Iterable[Period | None]) -> Iterator[Period]:
    """The periods since the first, and those reported on beyond."""
    pledge = each.pledge
    period, awaited = pledge.since, open_period(pledge)
    last = max(as_of, awaited.first) if awaited else as_of
    while period and period.first <= last:
        yield period
        period = following(period)
    beyond = (named for named in reported if named and named.first > last)
    yield from sorted(beyond, key=lambda named: named.first)
