"""How a pledge is doing on a day: standing, progress, pace, age, slip and claims in one record.

Status (what was reported), standing (what the calendar says), pace and age are four separate
things and are never merged.  Everything here is computed and nothing of it is stored.
"""

import datetime as dt
from enum import StrEnum
from typing import Annotated, Final

from msgspec import Struct
from msgspec.structs import asdict

from pledges.domain.day import Period
from pledges.domain.deadlines import (
    assessed_period,
    current_deadline,
    deadline_on,
    is_contest,
    is_past,
    latest_turn,
    missed_periods,
    review_day,
    slip_days,
)
from pledges.domain.fields import meaning
from pledges.domain.pace import (
    Pace,
    Rate,
    behind_since,
    day_met,
    missing_amount,
    pace,
    pace_points,
    progress,
    rate_needed,
    rate_so_far,
    time_used,
)
from pledges.domain.pledge import Kind, Number, Plan, Pledge, Status, Update


class Standing(StrEnum):
    """What the calendar says; those that need attention come first."""

    OVERDUE = "overdue"
    DUE_SOON = "due-soon"
    REVIEW_DUE = "review-due"
    NOT_DUE = "not-due"
    DONE_LATE = "done-late"
    DONE_ON_TIME = "done-on-time"
    DONE = "done"
    UNDATED = "undated"
    ONGOING = "ongoing"
    DROPPED = "dropped"

    @property
    def is_done(self) -> bool:
        """Whether the pledge was completed, on time or not."""
        return self in DONE

    @property
    def is_open(self) -> bool:
        """Whether something is still expected of the pledge: it is neither done nor dropped."""
        return self is not Standing.DROPPED and self not in DONE

    @property
    def is_ahead(self) -> bool:
        """Whether the pledge is open and its deadline is today or later."""
        return self in (Standing.DUE_SOON, Standing.NOT_DUE)

    @property
    def is_late(self) -> bool:
        """Whether the pledge was not completed by its deadline, even if it is by now."""
        return self in (Standing.OVERDUE, Standing.DONE_LATE)


DONE: Final = (Standing.DONE, Standing.DONE_ON_TIME, Standing.DONE_LATE)


class Timing(Struct, frozen=True, kw_only=True):
    """What was reported of a pledge by a day, and how far off its deadline is, in whole days."""

    status: Annotated[Status | None, meaning("What was reported last; empty if nothing was.")]
    status_on: Annotated[dt.date | None, meaning("The day on which its status was reported.")]
    standing: Annotated[Standing, meaning("What the calendar says.")]
    period: Annotated[Period | None, meaning("Which period of a recurring pledge is assessed.")]
    due: Annotated[
        dt.date | None,
        meaning("The day on which it is due: the last one of its deadline or period."),
    ]
    days_left: Annotated[int | None, meaning("Days from the as-of date to the deadline.")]
    days_late: Annotated[
        int | None, meaning("Days since the deadline; of what is done, those to its completion.")
    ]
    completed: Annotated[dt.date | None, meaning("The day on which it was completed.")]

    @property
    def is_dated(self) -> bool:
        """Whether it has a deadline that counts: that of a dropped pledge does not."""
        return self.due is not None and self.standing is not Standing.DROPPED

    def is_due_within(self, days: int | None) -> bool:
        """Whether it is open and its deadline is today or at most ``days`` days ahead.

        None is as far ahead as its own plan looks.
        """
        if days is None:
            return self.standing is Standing.DUE_SOON
        return self.days_left is not None and is_soon(self.days_left, days)


class Assessment(Timing, frozen=True, kw_only=True):
    """One pledge on one day: its timing, how far it is, and how old the news is.

    Pace, ``remaining`` and what follows from the rates are of open pledges only.  ``behind_since``
    is judged day by day by the terms in force then, from the last reading on.  If ``met_on`` has
    passed, there is a ``forecast_passed`` instead.  None is always "not known" or "does not apply".
    """

    progress: Annotated[
        float | None,
        meaning("The share of the way from the baseline to the target, as a fraction."),
    ]
    time_used: Annotated[
        float | None,
        meaning("The share of the time to the deadline that has passed, as a fraction."),
    ]
    days_used: Annotated[int | None, meaning("Days from the start to the as-of date.")]
    days_in_all: Annotated[int | None, meaning("The days from the start to the deadline.")]
    pace: Annotated[Pace | None, meaning("How progress compares with the time used.")]
    pace_points: Annotated[float | None, meaning("Progress minus time used, in percentage points.")]
    behind_since: Annotated[dt.date | None, meaning("The day since which it is behind.")]
    value: Annotated[Number | None, meaning("The last value of its measure.")]
    value_on: Annotated[dt.date | None, meaning("The day of the last value.")]
    remaining: Annotated[Number | None, meaning("What is left from the value to the target.")]
    rate_needed: Annotated[Rate | None, meaning("The rate at which the target is met on time.")]
    rate_so_far: Annotated[Rate | None, meaning("The rate since the start.")]
    met_on: Annotated[
        dt.date | None, meaning("The day on which the target is met at the rate so far.")
    ]
    forecast_passed: Annotated[
        bool, meaning("Whether the target would be met by now at the rate so far.")
    ]
    age_days: Annotated[int | None, meaning("Days since the last news.")]
    stale: Annotated[
        bool, meaning("Whether there was no news for longer than the plan's stale_days.")
    ]
    slip_days: Annotated[
        int | None, meaning("Days by which the deadline was moved; later is positive.")
    ]
    contested: Annotated[bool, meaning("Whether an open claim gives other terms.")]
    agreed: Annotated[bool, meaning("Whether it was agreed, not only requested or proposed.")]
    missed: Annotated[int, meaning("How many periods passed without being held.")]
    parts: Annotated[int, meaning("How many pledges are part of it.")] = 0
    parts_done: Annotated[int, meaning("How many of its parts are done.")] = 0
    heading: Annotated[
        bool, meaning("Whether its parts are counted instead of it, as it has no news of its own.")
    ] = False

    @property
    def has_open_contest(self) -> bool:
        """Whether it matters that a claim has other terms: of a dropped pledge it does not."""
        return self.contested and self.standing is not Standing.DROPPED


class AssessedPledge(Struct, frozen=True):
    """A pledge with its assessment."""

    pledge: Pledge
    assessment: Assessment

    @property
    def is_counted(self) -> bool:
        """Whether it is counted among what was agreed."""
        return self.assessment.agreed and not self.assessment.heading


def is_soon(days_left: int, days: int) -> bool:
    """Whether a deadline that is so many days off is soon, for who looks ``days`` ahead."""
    return days_left <= days


def assess(pledge: Pledge, as_of: dt.date, plan: Plan) -> Assessment:
    """The assessment of ``pledge`` on ``as_of``, with the warning spans of ``plan``.

    What came after ``as_of`` must have been left out before (``known_pledge``).
    """
    timing = _timing(pledge, as_of, plan)
    due, is_open, measure = timing.due, timing.standing.is_open, pledge.measure
    start, reading = _start(pledge, timing.period), _reading(pledge, timing.period)
    span = (start, due) if start and due and start < due else None
    used = time_used(*span, as_of) if span else None
    done = progress(measure, reading)
    points = pace_points(done, used) if is_open and used is not None and used >= 0 else None
    behind = _behind_since(pledge, timing.period, start, reading, done)
    now = None if points is None else pace(points)
    missing = missing_amount(measure, reading) if is_open else None
    so_far = rate_so_far(measure, start, reading) if is_open else None
    news, met = pledge.last_news_on, day_met(missing, so_far, reading)
    return Assessment(
        **asdict(timing),
        progress=done,
        time_used=used,
        days_used=(as_of - span[0]).days if span else None,
        days_in_all=(span[1] - span[0]).days if span else None,
        pace=now,
        pace_points=points,
        behind_since=behind if now and now.is_behind else None,
        value=reading.value if reading else None,
        value_on=reading.date if reading else None,
        remaining=missing,
        rate_needed=rate_needed(missing, due, as_of),
        rate_so_far=so_far,
        met_on=met if met and met >= as_of else None,
        forecast_passed=met is not None and met < as_of,
        age_days=(as_of - news).days if news else None,
        stale=news is not None and (as_of - news).days > plan.stale_days and is_open,
        slip_days=slip_days(pledge.due, current_deadline(pledge)),
        contested=any(is_contest(pledge, claim) for claim in pledge.claims),
        agreed=pledge.is_agreed,
        missed=len(missed_periods(pledge, as_of)) if is_open else 0,
    )


def _timing(pledge: Pledge, as_of: dt.date, plan: Plan) -> Timing:
    period = assessed_period(pledge) if pledge.kind is Kind.RECURRING else None
    reports = [each for each in pledge.history if each.status and _is_about(each, period)]
    turn = latest_turn(reports) if reports else None
    completed = turn.date if turn and turn.status is Status.COMPLETED and not turn.seen else None
    deadline = period or (deadline_on(pledge, completed) if completed else current_deadline(pledge))
    due = deadline.last if deadline else None
    standing = _standing(pledge, due, turn, as_of, plan.warn_days)
    return Timing(
        status=turn.status if turn else None,
        status_on=reports[-1].date if reports else None,
        standing=standing,
        period=period,
        due=due,
        days_left=(due - as_of).days if due and standing.is_ahead else None,
        days_late=((completed or as_of) - due).days if due and standing.is_late else None,
        completed=completed,
    )


def _standing(
    pledge: Pledge, due: dt.date | None, turn: Update | None, as_of: dt.date, warn_days: int
) -> Standing:
    if turn and turn.status is Status.COMPLETED:
        if not due or turn.seen:
            return Standing.DONE
        return Standing.DONE_LATE if is_past(due, turn.date) else Standing.DONE_ON_TIME
    if turn and turn.status and turn.status.is_final:
        return Standing.DROPPED
    if due:
        later = Standing.DUE_SOON if is_soon((due - as_of).days, warn_days) else Standing.NOT_DUE
        return Standing.OVERDUE if is_past(due, as_of) else later
    if pledge.kind is not Kind.ONGOING:
        return Standing.UNDATED
    review = review_day(pledge)
    return Standing.REVIEW_DUE if review and review < as_of else Standing.ONGOING


def _is_about(update: Update, period: Period | None) -> bool:
    """Whether an update says something about the assessed period of a recurring pledge.

    An update that names no period counts from the period's first day on; one that ends the whole
    pledge always counts.
    """
    if period is None or update.period == period:
        return True
    ends_all = update.status is not None and update.status.is_final
    return update.period is None and (update.date >= period.first or ends_all)


def _start(pledge: Pledge, period: Period | None) -> dt.date | None:
    """The day that time is counted from: the baseline's, else the day the pledge was made.

    A later period of a recurring pledge is counted from its own first day.
    """
    made = pledge.made.first if pledge.made else None
    start = (pledge.measure.baseline_date if pledge.measure else None) or made
    return max(start or period.first, period.first) if period else start


def _behind_since(
    pledge: Pledge,
    period: Period | None,
    start: dt.date | None,
    reading: Update | None,
    done: float | None,
) -> dt.date | None:
    """The first day from which on it has been behind with its last reading, up to now."""
    if not start or not reading or done is None:
        return None
    terms = [(dt.date.min, period or pledge.due)]
    terms += [(each.date, each.due) for each in pledge.moves]
    since = None
    for in_force_from, deadline in reversed(terms):
        days = (deadline.last - start).days if deadline else 0
        first = behind_since(done, days, deadline.last) if deadline and days > 0 else start
        if since and (not deadline or first >= since):
            break  # by the terms before it was not behind yet
        since = max(first, in_force_from)
        if since > in_force_from:
            break
    return max(since, reading.date) if since else None


def _reading(pledge: Pledge, period: Period | None) -> Update | None:
    """The last update that gives a value, of the assessed period if it names one."""
    if not pledge.measure:
        return None
    readings = (each for each in reversed(pledge.history) if each.value is not None)
    return next((each for each in readings if _is_about(each, period)), None)
