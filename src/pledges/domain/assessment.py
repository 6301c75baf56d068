"""Where a pledge stands on a day: standing, progress, pace, age, slip and claims, in one record.

Status (what was reported), standing (what the calendar says), pace and age are four separate
things and are never merged.  Everything here is computed and nothing of it is stored.
"""

import datetime as dt
from collections.abc import Sequence
from enum import StrEnum

from msgspec import Struct

from pledges.domain.day import Period
from pledges.domain.deadlines import (
    current_deadline,
    is_contest,
    is_past,
    latest_turn,
    open_period,
    slip_days,
)
from pledges.domain.pace import (
    Pace,
    Rate,
    day_met,
    measured_progress,
    missing_amount,
    pace,
    pace_points,
    rate_needed,
    rate_so_far,
    time_used,
)
from pledges.domain.pledge import Kind, Number, Plan, Pledge, Status, Update
from pledges.errors import NotADate


class Standing(StrEnum):
    """What the calendar says; those that need a look come first."""

    OVERDUE = "overdue"
    DUE_SOON = "due-soon"
    REVIEW_DUE = "review-due"
    ON_COURSE = "on-course"
    DONE_LATE = "done-late"
    DONE_ON_TIME = "done-on-time"
    DONE = "done"
    UNDATED = "undated"
    ONGOING = "ongoing"
    DROPPED = "dropped"

    @property
    def is_done(self) -> bool:
        """Whether the pledge was completed, on time or not."""
        return self in (Standing.DONE, Standing.DONE_ON_TIME, Standing.DONE_LATE)

    @property
    def is_open(self) -> bool:
        """Whether something is still expected of the pledge: it is neither done nor dropped."""
        return not self.is_done and self is not Standing.DROPPED

    @property
    def is_ahead(self) -> bool:
        """Whether the pledge is open and its deadline is today or later."""
        return self in (Standing.DUE_SOON, Standing.ON_COURSE)

    @property
    def is_late(self) -> bool:
        """Whether the deadline passed before the pledge was completed, be it completed by now."""
        return self in (Standing.OVERDUE, Standing.DONE_LATE)

    @property
    def is_pressing(self) -> bool:
        """Whether the deadline itself needs a look: it has passed, or will soon."""
        return self in (Standing.OVERDUE, Standing.DUE_SOON)


class Assessment(Struct, frozen=True, kw_only=True):
    """One pledge on one day.

    ``progress`` and ``time_used`` are fractions, ``pace_points`` percentage points; of the
    ``days_in_all`` from the start to the deadline ``days_used`` have passed; ``slip_days``
    is positive where the deadline was moved later, 0 where it never moved, None where there is
    none; ``days_left`` and ``days_late`` count whole days from the as-of date (``days_late`` of a
    pledge that is done: from the deadline to its completion).  ``period`` is the occurrence of a
    recurring pledge that is assessed.  None is always "not known" or "does not apply".
    """

    status: Status | None
    status_on: dt.date | None
    standing: Standing
    period: Period | None
    due: dt.date | None
    days_left: int | None
    days_late: int | None
    completed: dt.date | None
    progress: float | None
    time_used: float | None
    days_used: int | None
    days_in_all: int | None
    pace: Pace | None
    pace_points: float | None
    value: Number | None
    value_on: dt.date | None
    remaining: Number | None
    rate_needed: Rate | None
    rate_so_far: Rate | None
    met_on: dt.date | None
    age_days: int | None
    stale: bool
    slip_days: int | None
    contested: bool

    @property
    def is_dated(self) -> bool:
        """Whether it has a deadline that counts: that of a dropped pledge does not."""
        return self.due is not None and self.standing is not Standing.DROPPED

    @property
    def is_moved(self) -> bool:
        """Whether the deadline is on another day than the first one was."""
        return bool(self.slip_days)

    @property
    def has_open_contest(self) -> bool:
        """Whether it matters that a claim has other terms: of a dropped pledge it does not."""
        return self.contested and self.standing is not Standing.DROPPED

    def is_due_within(self, days: int) -> bool:
        """Whether it is open and its deadline is today or at most ``days`` days ahead."""
        return self.days_left is not None and self.days_left <= days


class Assessed(Struct, frozen=True):
    """A pledge with its assessment."""

    pledge: Pledge
    assessment: Assessment


def assess(pledge: Pledge, as_of: dt.date, plan: Plan) -> Assessment:
    """How ``pledge`` stands on ``as_of``, with the warning spans of ``plan``.

    The pledge is taken as it is: what came after ``as_of`` must have been left out before
    (``Ledger.known_on``).
    """
    period = open_period(pledge) if pledge.kind is Kind.RECURRING else None
    reports = [each for each in pledge.history if each.status and _is_about(each, period)]
    status = reports[-1].status if reports else None
    deadline = period or current_deadline(pledge)
    due = deadline.last if deadline else None
    completed = _completed_on(reports)
    standing = _settled(status, due, completed) or _by_calendar(pledge, due, as_of, plan)
    span = _span(pledge, period, due)
    used = time_used(*span, as_of) if span else None
    reading = _reading(pledge, period)
    done = measured_progress(pledge.measure, reading)
    ahead = pace_points(done, used) if standing.is_open else None
    missing = missing_amount(pledge.measure, reading) if standing.is_open else None
    so_far = (
        rate_so_far(pledge.measure, _start(pledge, period), reading) if standing.is_open else None
    )
    age = _age(pledge, as_of)
    return Assessment(
        status=status,
        status_on=reports[-1].date if reports else None,
        standing=standing,
        period=period,
        due=due,
        days_left=_days_left(standing, due, as_of),
        days_late=_days_late(standing, due, completed or as_of),
        completed=completed,
        progress=done,
        time_used=used,
        days_used=(as_of - span[0]).days if span else None,
        days_in_all=(span[1] - span[0]).days if span else None,
        pace=None if ahead is None else pace(ahead),
        pace_points=ahead,
        value=reading.value if reading else None,
        value_on=reading.date if reading else None,
        remaining=missing,
        rate_needed=rate_needed(missing, due, as_of),
        rate_so_far=so_far,
        met_on=day_met(missing, so_far, reading),
        age_days=age,
        stale=age is not None and age > plan.stale_days and standing.is_open,
        slip_days=slip_days(pledge.due, current_deadline(pledge)),
        contested=any(is_contest(pledge, claim) for claim in pledge.claims),
    )


def _is_about(update: Update, period: Period | None) -> bool:
    """Whether an update says something of the assessed period of a recurring pledge.

    One that names none counts from the period's first day on, unless it ends the whole pledge.
    """
    if period is None or update.period == period:
        return True
    ends_all = update.status is not None and update.status.is_final
    return update.period is None and (update.date >= period.first or ends_all)


def _settled(
    status: Status | None, due: dt.date | None, completed: dt.date | None
) -> Standing | None:
    """The standing of a pledge that nothing more is awaited of."""
    if status in (Status.WITHDRAWN, Status.SUPERSEDED):
        return Standing.DROPPED
    return _done(due, completed) if completed else None


def _by_calendar(pledge: Pledge, due: dt.date | None, as_of: dt.date, plan: Plan) -> Standing:
    if due:
        return _dated(due, as_of, plan.warn_days)
    if pledge.kind is Kind.ONGOING:
        return Standing.REVIEW_DUE if _is_review_due(pledge, as_of) else Standing.ONGOING
    return Standing.UNDATED


def _done(due: dt.date | None, completed: dt.date) -> Standing:
    if due is None:
        return Standing.DONE
    return Standing.DONE_LATE if is_past(due, completed) else Standing.DONE_ON_TIME


def _dated(due: dt.date, as_of: dt.date, warn_days: int) -> Standing:
    if is_past(due, as_of):
        return Standing.OVERDUE
    return Standing.DUE_SOON if (due - as_of).days <= warn_days else Standing.ON_COURSE


def _is_review_due(pledge: Pledge, as_of: dt.date) -> bool:
    """Whether the review interval has passed since the last update, or else since it was made."""
    last = pledge.last_news_on or (pledge.made and pledge.made.first)
    try:
        return bool(pledge.review and last and pledge.review.after(last) < as_of)
    except NotADate:  # it lies beyond the calendar
        return False


def _completed_on(reports: Sequence[Update]) -> dt.date | None:
    """The day since which all reports say completed."""
    turn = latest_turn(reports) if reports else None
    return turn.date if turn and turn.status is Status.COMPLETED else None


def _days_left(standing: Standing, due: dt.date | None, as_of: dt.date) -> int | None:
    return (due - as_of).days if due and standing.is_ahead else None


def _days_late(standing: Standing, due: dt.date | None, until: dt.date) -> int | None:
    return (until - due).days if due and standing.is_late else None


def _age(pledge: Pledge, as_of: dt.date) -> int | None:
    last = pledge.last_news_on
    return (as_of - last).days if last else None


def _start(pledge: Pledge, period: Period | None) -> dt.date | None:
    """The day that its time is counted from: the baseline's, else the day it was made.

    A later period of a recurring pledge is counted from its own first day.
    """
    made = pledge.made.first if pledge.made else None
    start = (pledge.measure.baseline_date if pledge.measure else None) or made
    if not period:
        return start
    return max(start, period.first) if start else period.first


def _span(
    pledge: Pledge, period: Period | None, due: dt.date | None
) -> tuple[dt.date, dt.date] | None:
    start = _start(pledge, period)
    return (start, due) if start and due and start < due else None


def _reading(pledge: Pledge, period: Period | None) -> Update | None:
    """The last update that gives a value, of the assessed period where it names one."""
    if not pledge.measure:
        return None
    readings = (each for each in reversed(pledge.history) if each.value is not None)
    return next((each for each in readings if _is_about(each, period)), None)
