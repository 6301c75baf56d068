"""Progress, the time used, and what follows from both: pace, rates and the day of success."""

import datetime as dt
import math
from enum import StrEnum
from typing import Final

from msgspec import Struct

from pledges.domain.pledge import Measure, Number, Update


class Pace(StrEnum):
    """Progress compared with the time used, from the best."""

    AHEAD = "ahead"
    ON_PACE = "on-pace"
    BEHIND = "behind"
    FAR_BEHIND = "far-behind"

    @property
    def is_behind(self) -> bool:
        """Whether progress is so far below the time used that it needs attention."""
        return self in (Pace.BEHIND, Pace.FAR_BEHIND)

    def is_worse_than(self, other: "Pace") -> bool:
        """Whether this is further behind than ``other``."""
        order = list(Pace)
        return order.index(self) > order.index(other)


FLOORS: Final = ((5.0, Pace.AHEAD), (-5.0, Pace.ON_PACE), (-20.0, Pace.BEHIND))
"""The percentage points of each pace: 5 or more, and for the lower two more than that."""


class EmptySpan(ValueError):
    """A deadline that is not after the start."""


class Rate(Struct, frozen=True):
    """So much of a measure's unit in so many days."""

    amount: Number
    days: int


def time_used(start: dt.date, deadline: dt.date, as_of: dt.date) -> float:
    """The share of a pledge's time that has passed, as a fraction.

    0.0 on ``start``, 1.0 on ``deadline``, above 1 after it; days are whole civil days.

    Raises: ``EmptySpan`` if the deadline is not after the start.
    """
    if deadline <= start:
        raise EmptySpan
    return (as_of - start).days / (deadline - start).days


def pace(points: float) -> Pace:
    """The pace of so many percentage points of progress minus time used."""
    if points >= FLOORS[0][0]:
        return Pace.AHEAD
    return next((word for floor, word in FLOORS[1:] if points > floor), Pace.FAR_BEHIND)


def behind_since(done: float, days_in_all: int, deadline: dt.date) -> dt.date:
    """The day from which on a pledge is behind if its progress stays at ``done``.

    That is the first day on which the time used is at least 5 percentage points above it; with
    many times what was promised it may be after the last day that there is, and is that day then.
    """
    days = math.ceil(round((done - FLOORS[1][0] / 100) * days_in_all, 9))
    ahead = min(max(days, 0) - days_in_all, (dt.date.max - deadline).days)
    return deadline + dt.timedelta(days=ahead)


def difference(more: Number, less: Number) -> Number:
    """``more - less`` without the noise of binary fractions: 0.7 - 0.3 is 0.4."""
    return round(more - less, 9)


def pace_points(done: float | None, used: float | None) -> float | None:
    """Progress minus time used, in percentage points, without the noise of binary fractions."""
    return None if done is None or used is None else round(100 * (done - used), 9)


def progress(measure: Measure | None, reading: Update | None) -> float | None:
    """The share of the way from the baseline to the target, as a fraction.

    Negative if the value moved away from the target, above 1 if it went beyond.  None without a
    value, a baseline, or a target that is not the baseline.
    """
    if not measure or not reading or reading.value is None or measure.baseline is None:
        return None
    if measure.target is None or measure.target == measure.baseline:
        return None
    whole = measure.target - measure.baseline
    share = (reading.value - measure.baseline) / whole
    # Of sums with eighteen digits the share is rounded to 1 before the last of it is there.
    is_met = (reading.value - measure.target) * whole >= 0
    return share if is_met else min(share, math.nextafter(1, 0))


def missing_amount(measure: Measure | None, reading: Update | None) -> Number | None:
    """What is missing from the last reading to the target; 0 if the target is met."""
    done = progress(measure, reading)
    if done is None or not measure or measure.target is None:
        return None
    if done >= 1 or not reading or reading.value is None:
        return 0
    return difference(measure.target, reading.value)


def rate_needed(missing: Number | None, due: dt.date | None, as_of: dt.date) -> Rate | None:
    """The missing amount in the days left; None if nothing is missing or no day is left."""
    days = (due - as_of).days if due else 0
    return Rate(missing, days) if missing and days > 0 else None


def rate_so_far(
    measure: Measure | None, start: dt.date | None, reading: Update | None
) -> Rate | None:
    """The change from the baseline to the last reading, in the days from the start to it."""
    if not start or not measure or measure.baseline is None or not reading or reading.value is None:
        return None
    days = (reading.date - start).days
    moved = difference(reading.value, measure.baseline)
    return Rate(moved, days) if days > 0 else None


def day_met(missing: Number | None, so_far: Rate | None, reading: Update | None) -> dt.date | None:
    """The day on which the target is met if the rate up to the last reading stays the same.

    None if the value moves away from the target, or if that day is after the year 9999.
    """
    if not missing or not reading or not so_far or missing * so_far.amount <= 0:
        return None
    days = missing * so_far.days / so_far.amount
    if days > (dt.date.max - reading.date).days:
        return None
    return reading.date + dt.timedelta(days=math.ceil(days))
