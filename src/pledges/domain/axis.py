"""A calendar axis: whole years, quarters or months in a row, and the position of a day on it.

Units of one length are numbered from the year 1 on, so that none has to be listed.
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
"""Up to how many months are shown as months, and as quarters; more are shown as years."""
SHARE_BEFORE: Final = 3
"""One unit in so many of a window lies before the day that the window is around."""


class Axis(Struct, frozen=True):
    """The units ``first`` to ``last``, by their numbers.

    An end that the user asked for is fixed: it is always shown.
    """

    by: Unit
    first: int
    last: int
    is_begin_fixed: bool = False
    is_end_fixed: bool = False

    @property
    def units(self) -> int:
        """How many units there are."""
        return self.last - self.first + 1

    @property
    def begin(self) -> dt.date:
        """The first day."""
        return unit_at(self.by, self.first).first

    @property
    def end(self) -> dt.date:
        """The last day."""
        return unit_at(self.by, self.last).last

    def position(self, day: dt.date) -> float:
        """How many units lie between the beginning and ``day``; negative before it."""
        at = unit_number(self.by, day)
        whole = unit_at(self.by, at)
        passed = (day - whole.first).days / ((whole.last - whole.first).days + 1)
        return at - self.first + passed

    def contains(self, day: dt.date) -> bool:
        """Whether ``day`` lies on the axis."""
        return self.first <= unit_number(self.by, day) <= self.last


def unit_number(by: Unit, day: dt.date) -> int:
    """The number of the unit that ``day`` lies in."""
    return (day.year * 12 + day.month - 1) // MONTHS_IN[by]


def unit_at(by: Unit, at: int) -> Period:
    """The unit of a number."""
    year, month = divmod(at * MONTHS_IN[by], 12)
    return period_around(dt.date(year, month + 1, 1), by)


def axis_through(
    days: Iterable[dt.date],
    by: Unit | None = None,
    begin: dt.date | None = None,
    end: dt.date | None = None,
) -> Axis:
    """The axis that contains all ``days``, or what lies between the ends, if there are any.

    Without ``by`` it is of months up to half a year, of quarters up to two years, else of years.
    If ``end`` lies before ``begin`` it has the unit of ``begin`` alone.
    """
    known = [*days, *filter(None, (begin, end))]
    first = begin or min(known)
    last = max(first, end or max(known))
    months = unit_number(Unit.MONTH, last) - unit_number(Unit.MONTH, first) + 1
    by = by or next((unit for unit, most in MOST_MONTHS.items() if months <= most), Unit.YEAR)
    fixed = (begin is not None, end is not None)
    return Axis(by, unit_number(by, first), unit_number(by, last), *fixed)


def window(axis: Axis, today: dt.date, most: int) -> Axis:
    """What is shown of an axis if there is room for ``most`` units.

    A fixed end means the whole.  Else the window lies around ``today``: a third of it before, as
    far as the axis begins before, and from a fixed beginning on.
    """
    if axis.is_end_fixed or axis.units <= most:
        return axis
    first = axis.first
    if not axis.is_begin_fixed:
        before = unit_number(axis.by, today) - most // SHARE_BEFORE
        first = min(max(before, first), axis.last - most + 1)
    return replace(axis, first=first, last=first + most - 1)
