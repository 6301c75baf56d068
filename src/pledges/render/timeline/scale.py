"""How a calendar axis lies on a row of cells: the cell of each day, and the names above."""

import datetime as dt
import math
from collections.abc import Mapping, Sequence
from typing import Final

from msgspec import Struct

from pledges.domain.axis import MONTHS_IN, Axis, Unit, unit_at, window
from pledges.view.wording.values import part_of_year

LEAST: Final[Mapping[Unit, int]] = {Unit.YEAR: 5, Unit.QUARTER: 3, Unit.MONTH: 4}
"""The cells that a unit takes at least, so that its name fits above it."""
MOST: Final[Mapping[Unit, int]] = {Unit.YEAR: 60, Unit.QUARTER: 45, Unit.MONTH: 31}
STEPS: Final = (1, 2, 5, 10, 20, 25, 50, 100, 200, 250, 500, 1000, 2000, 5000)
"""Every how many years one is named."""
YEAR_WIDTH: Final = 5  # a year's name and a space

Names = Sequence[tuple[int, str]]  # at which cells which names begin


class Scale(Struct, frozen=True):
    """An axis over so many cells, each unit over ``per`` of them, and the cell of today."""

    axis: Axis
    cells: int
    per: float
    today: dt.date
    today_at: int | None

    def cell(self, day: dt.date) -> int:
        """The cell of a day; of one before or after today it is never today's.

        That of a day beyond an end is the one at this end.
        """
        at = math.floor(self.axis.position(day) * self.per)
        if self.today_at is not None:
            if day > self.today:
                at = max(at, self.today_at + 1)
            else:
                at = min(at, self.today_at - 1) if day < self.today else self.today_at
        return min(max(at, 0), self.cells - 1)

    def names(self) -> list[Names]:
        """The lines of names above the axis: the years, and below them the smaller units."""
        by = self.axis.by
        if by is Unit.YEAR or self.per < LEAST[by]:
            return [self._years()]
        units = range(self.axis.first, self.axis.last + 1)
        return [self._years(), [(self._start(n), part_of_year(unit_at(by, n))) for n in units]]

    def _start(self, unit: int) -> int:
        return math.floor((unit - self.axis.first) * self.per)

    def _years(self) -> Names:
        """The years that there is room to name; one that began before the axis does at its edge."""
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
        return [(at, name) for at, name in named if at + len(name) <= self.cells]


def scale(axis: Axis, today: dt.date, room: int) -> Scale | None:
    """The axis as it fits into ``room`` cells; None if not even one unit does."""
    least = LEAST[axis.by]
    if room < least:
        return None
    shown = window(axis, today, room // least)
    per: float = min(room // shown.units, MOST[axis.by])
    cells = math.floor(per * shown.units)
    if per < least:
        # The user asked for an end that is far away: all of it is squeezed into the room.
        per, cells = room / shown.units, room
    return Scale(shown, cells, per, today, _today_cell(shown, per, today))


def _today_cell(axis: Axis, per: float, today: dt.date) -> int | None:
    """Today's cell; None if today is not on the axis.

    It is never the first or the last of its unit, so that marks of the same unit have a cell on
    each side of it.
    """
    if not axis.contains(today):
        return None
    position = axis.position(today)
    unit = math.floor(position)
    first, last = math.floor(unit * per), math.floor((unit + 1) * per) - 1
    at = math.floor(position * per)
    return min(max(at, first + 1), last - 1) if last - first > 1 else at


def names_line(names: Names, cells: int) -> str:
    """The names at their cells, with spaces between; one that would touch another is left out."""
    line = ""
    for at, name in names:
        if at >= len(line) and at + len(name) <= cells:
            line = f"{line.ljust(at)}{name}"
    return line.ljust(cells)
