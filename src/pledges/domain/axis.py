"""A calendar axis: whole years, quarters or months beside each other, and where a day stands on it.

Units of one length are numbered through from the year 1 on, so that none has to be listed.
"""

import datetime as dt
from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from pledges.domain.day import Period, period_around


class Unit(StrEnum):
    """What an axis is divided into."""

    YEAR = "year"
    QUARTER = "quarter"
    MONTH = "month"


MONTHS_IN: Final[Mapping[Unit, int]] = {Unit.YEAR: 12, Unit.QUARTER: 3, Unit.MONTH: 1}
MOST_MONTHS: Final[Mapping[Unit, int]] = {Unit.MONTH: 6, Unit.QUARTER: 24}
"""Up to how many months are shown as months, and as quarters; what is longer, as years."""
SHARE_BEHIND: Final = 3
"""Of a window around a day, one unit in so many lies before it."""


class Axis(Struct, frozen=True):
    """The units ``first`` to ``last``, by their numbers.

    ``begins_there`` and ``ends_there`` say that someone asked for that end, so that it is kept.
    """

    by: Unit
    first: int
    last: int
    begins_there: bool = False
    ends_there: bool = False

    @property
    def units(self) -> int:
        """How many units there are."""
        return self.last - self.first + 1

    @property
    def begin(self) -> dt.date:
        """The first day."""
        return unit(self.by, self.first).first

    @property
    def end(self) -> dt.date:
        """The last day."""
        return unit(self.by, self.last).last

    def position(self, day: dt.date) -> float:
        """How many units lie between the beginning and ``day``; negative before it."""
        at = number(self.by, day)
        whole = unit(self.by, at)
        passed = (day - whole.first).days / ((whole.last - whole.first).days + 1)
        return at - self.first + passed

    def holds(self, day: dt.date) -> bool:
        """Whether ``day`` lies on the axis."""
        return self.first <= number(self.by, day) <= self.last


def number(by: Unit, day: dt.date) -> int:
    """The number of the unit that ``day`` lies in."""
    return (day.year * 12 + day.month - 1) // MONTHS_IN[by]


def unit(by: Unit, at: int) -> Period:
    """The unit of a number."""
    year, month = divmod(at * MONTHS_IN[by], 12)
    return period_around(dt.date(year, month + 1, 1), by)


def spanning(
    days: Iterable[dt.date],
    by: Unit | None = None,
    begin: dt.date | None = None,
    end: dt.date | None = None,
) -> Axis:
    """The axis that holds all ``days``, or what lies between the ends that are given.

    It is of months up to half a year, of quarters up to two years, else of years, unless ``by``
    says.  An end beyond the other one gives way to it.
    """
    known = [*days, *(day for day in (begin, end) if day)]
    first = begin or min(known)
    last = max(first, end or max(known))
    by = by or fitting(first, last)
    at = number(by, min(first, last))
    return Axis(by, at, number(by, last), begin is not None, end is not None)


def fitting(first: dt.date, last: dt.date) -> Unit:
    """The unit in which a span reads best."""
    months = number(Unit.MONTH, last) - number(Unit.MONTH, first) + 1
    return next((by for by, most in MOST_MONTHS.items() if months <= most), Unit.YEAR)


def window(axis: Axis, today: dt.date, most: int) -> Axis:
    """What is shown of an axis where there is room for ``most`` units.

    An end that was asked for is kept, and the last one means the whole.  Else the window lies
    around ``today``: a third of it before, as far as there is something before.
    """
    if axis.ends_there or axis.units <= most:
        return axis
    behind = number(axis.by, today) - most // SHARE_BEHIND
    first = min(max(behind, axis.first), axis.last - most + 1)
    if axis.begins_there:
        first = axis.first
    return replace(axis, first=first, last=first + most - 1)
