"""How a calendar axis lies on a row of cells: where a day stands, and what is written above."""

import datetime as dt
import math
from collections.abc import Iterator, Mapping
from typing import Final

from msgspec import Struct

from pledges.domain.axis import MONTHS_IN, Axis, Unit, unit, window
from pledges.view.page import Calendar
from pledges.view.wording.values import MONTHS

LEAST: Final[Mapping[Unit, int]] = {Unit.YEAR: 5, Unit.QUARTER: 3, Unit.MONTH: 4}
"""The cells that a unit takes at least, so that its name stands above it."""
MOST: Final[Mapping[Unit, int]] = {Unit.YEAR: 60, Unit.QUARTER: 45, Unit.MONTH: 31}
STEPS: Final = (1, 2, 5, 10, 20, 25, 50, 100, 200, 250, 500, 1000, 2000, 5000)
"""Every how many years one is named."""
YEAR_WIDTH: Final = 5
"""A year's name and a space."""

Names = list[tuple[int, str]]
"""At which cells which names begin."""


class Scale(Struct, frozen=True):
    """An axis over so many cells, each unit over ``per`` of them, and the cell of today."""

    axis: Axis
    cells: int
    per: float
    today: dt.date
    today_at: int | None

    def cell(self, day: dt.date) -> int:
        """The cell of a day of the axis; before and after today it is another one than today's."""
        at = _cell(self.axis, self.per, day)
        if self.today_at is not None and day != self.today:
            is_later = day > self.today
            at = max(at, self.today_at + 1) if is_later else min(at, self.today_at - 1)
        elif day == self.today and self.today_at is not None:
            at = self.today_at
        return min(max(at, 0), self.cells - 1)

    def cells_between(self, first: dt.date, last: dt.date) -> range:
        """The cells of a stretch of days, as far as it lies on the axis."""
        if last < self.axis.begin or first > self.axis.end:
            return range(0)
        start = self.cell(first) if first >= self.axis.begin else 0
        stop = self.cell(last) if last <= self.axis.end else self.cells - 1
        return range(start, stop + 1)

    def names(self) -> list[Names]:
        """What is written above the axis, in lines: the years, and below them the smaller units."""
        years = self._years()
        if self.axis.by is Unit.YEAR or self.per < LEAST[self.axis.by]:
            return [years]
        units = range(self.axis.first, self.axis.last + 1)
        parts = [(self._start(at), _part(self.axis.by, at)) for at in units]
        return [years, parts]

    def _start(self, at: int) -> int:
        return math.floor((at - self.axis.first) * self.per)

    def _years(self) -> Names:
        in_year = 12 // MONTHS_IN[self.axis.by]
        step = next(each for each in STEPS if each * in_year * self.per >= YEAR_WIDTH)
        first, last = self.axis.begin.year, self.axis.end.year
        named = [
            (self._start(year * in_year), f"{year}")
            for year in range(first - first % -step, last + 1, step)
            if year * in_year >= self.axis.first
        ]
        if not named or named[0][0] >= YEAR_WIDTH:
            named.insert(0, (0, f"{first}"))
        return [name for name in named if name[0] + len(name[1]) <= self.cells]


def scale(calendar: Calendar, room: int) -> Scale | None:
    """The axis as it fits into ``room`` cells; None where not even one unit does."""
    axis = calendar.axis
    least = LEAST[axis.by]
    if room < least:
        return None
    shown = window(axis, calendar.today, room // least)
    per = min(room // shown.units, MOST[axis.by])
    cells = per * shown.units
    if per < least:
        return _scale(shown, room, room / shown.units, calendar.today)
    return _scale(shown, cells, per, calendar.today)


def _scale(axis: Axis, cells: int, per: float, today: dt.date) -> Scale:
    today_at = _today(axis, per, today) if axis.holds(today) else None
    return Scale(axis, cells, per, today, today_at)


def _today(axis: Axis, per: float, today: dt.date) -> int:
    """Today's cell: never the first or the last of its unit, so that others can stand beside it."""
    at = _cell(axis, per, today)
    whole = math.floor(axis.position(today))
    first, last = math.floor(whole * per), math.floor((whole + 1) * per) - 1
    return min(max(at, first + 1), last - 1) if last - first > 1 else at


def _cell(axis: Axis, per: float, day: dt.date) -> int:
    return math.floor(axis.position(day) * per)


def _part(by: Unit, at: int) -> str:
    """The name of a quarter or month within its year."""
    first = unit(by, at).first
    return f"Q{(first.month + 2) // 3}" if by is Unit.QUARTER else MONTHS[first.month - 1]


def lined_up(names: Names, cells: int) -> Iterator[str]:
    """The names at their cells, with spaces between; one that would touch another is left out."""
    end = 0
    for at, name in names:
        if at >= end and at + len(name) <= cells:
            yield " " * (at - end) + name
            end = at + len(name)
    yield " " * (cells - end)
