"""Days, periods and intervals of the civil calendar: reading and stepping.

A *period* is a day, month, quarter, half or year by its usual name; ``2026-12-31``, ``2026-11``,
``2026-Q4``, ``2026-H2`` and ``2026`` are all periods.  Days are the same day everywhere: there are
no times of day and no time zones.
"""

import re
from calendar import monthrange
from datetime import date, timedelta
from functools import lru_cache
from typing import Final

from pledges.errors import NotADate

DATE_HINT: Final = "dates are YYYY-MM-DD, for example 2026-12-31"
PERIOD_HINT: Final = "write a day (2026-12-31) or a period (2026, 2026-H2, 2026-Q4, 2026-11)"
NO_TIME_OF_DAY: Final = "a date can't include a time"
INTERVAL_HINT: Final = 'write a number and a unit: "90 days", "2 weeks", "6 months", "1 year"'
WHEN_HINT: Final = (
    "write a day (2026-12-31), a period (2026-Q4, 2026-12, 2026), today, yesterday, "
    "eom, eoq, eoy, or a distance from today (90d, -2w, 6m, 1y)"
)

_MONTHS_IN: Final = {"month": 1, "quarter": 3, "half": 6, "year": 12}
_UNITS: Final = {"d": "day", "w": "week", "m": "month", "y": "year"}


class Period:
    """A span of whole days, first and last day included, with its name.

    ``length`` is ``month``, ``quarter``, ``half`` or ``year``; None for a day.
    """

    __slots__ = ("first", "last", "length", "name")

    def __init__(self, first: date, last: date, name: str, length: str | None) -> None:
        self.first = first
        self.last = last
        self.name = name
        self.length = length

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Period) and (self.first, self.last) == (other.first, other.last)

    def __hash__(self) -> int:
        return hash((self.first, self.last))

    def __repr__(self) -> str:
        return f"Period({self.name})"

    @property
    def is_day(self) -> bool:
        """Whether it is one single day."""
        return self.first == self.last


class Interval:
    """A span of calendar time: so many days, weeks, months or years."""

    __slots__ = ("count", "unit")

    def __init__(self, count: int, unit: str) -> None:
        self.count = count
        self.unit = unit

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Interval) and str(self) == str(other)

    def __hash__(self) -> int:
        return hash(str(self))

    def __str__(self) -> str:
        return f"{self.count} {self.unit}{'' if abs(self.count) == 1 else 's'}"

    def after(self, start: date) -> date:
        """The day this far after ``start``; the 31st becomes the last day of a shorter month.

        Raises: ``NotADate`` if that day is outside the years 1 to 9999.
        """
        try:
            if self.unit in ("day", "week"):
                return start + timedelta(days=self.count * (7 if self.unit == "week" else 1))
            months = self.count * (12 if self.unit == "year" else 1)
            year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
            return date(year, month + 1, min(start.day, monthrange(year, month + 1)[1]))
        except (OverflowError, ValueError):
            raise NotADate(str(self), "this is outside the years 1 to 9999") from None


def one_day(day: date) -> Period:
    """The period of a single day."""
    return Period(day, day, day.isoformat(), None)


@lru_cache(maxsize=4096)
def read_period(text: str) -> Period:
    """The period that ``text`` names.

    Raises: ``NotADate`` with the reason and what to write instead.
    """
    found = re.fullmatch(r"(\d{4})(?:-(?:([QH])(\d)|(\d\d)(?:-(\d\d))?))?", text.upper(), re.ASCII)
    if not found:
        has_time = re.match(r"\d{4}-\d\d-\d\d[T ]\d\d", text)
        raise NotADate(text, NO_TIME_OF_DAY if has_time else f"{text!r} is not a date", _hint(text))
    year, part, number, month, day = found.groups()
    if year == "0000":
        raise NotADate(text, "there is no year 0", PERIOD_HINT)
    if day:
        return one_day(_day(text, int(year), int(month), int(day)))
    length = {"Q": "quarter", "H": "half"}.get(part, "month" if month else "year")
    return _period(text, int(year), length, int(number or month or 1))


def read_interval(text: str) -> Interval:
    """The interval that ``text`` names, such as ``6 months``.

    Raises: ``NotADate`` if it is not an interval, or is 0 days.
    """
    found = re.fullmatch(r"(\d{1,5}) +(day|week|month|year)s?", text.strip(), re.ASCII)
    if not found or int(found[1]) == 0:
        raise NotADate(text, f"{text!r} is not a length of time", INTERVAL_HINT)
    return Interval(int(found[1]), found[2])


def read_when(text: str, today: date) -> Period:
    """The period that a word of the command line names, relative to ``today``.

    Besides the names of periods: ``today``, ``yesterday``, ``eom``, ``eoq``, ``eoy`` (the end of
    this month, quarter, year) and distances such as ``90d``, ``-2w``, ``6m``, ``1y``.

    Raises: ``NotADate`` if it names none.
    """
    word = text.strip().lower()
    if length := {"eom": "month", "eoq": "quarter", "eoy": "year"}.get(word):
        return one_day(period_around(today, length).last)
    counted = {"today": "0d", "yesterday": "-1d"}.get(word, word)
    if distance := re.fullmatch(r"([+-]?\d{1,7})([dwmy])", counted, re.ASCII):
        return one_day(Interval(int(distance[1]), _UNITS[distance[2]]).after(today))
    try:
        return read_period(text.strip())
    except NotADate as error:
        found = re.fullmatch(r"(\d{1,3}) *([dwmy]?)[a-z]*", word)  # "3 months" may mean 3m
        hint = f"write {found[1]}{found[2] or 'd'}" if found else _hint(text.strip(), WHEN_HINT)
        raise NotADate(text, error.reason, hint) from None


def period_around(day: date, length: str) -> Period:
    """The month, quarter, half or year that contains ``day``."""
    number = (day.month - 1) // _MONTHS_IN[length] + 1
    return _period(day.isoformat(), day.year, length, number)


def next_period(period: Period) -> Period | None:
    """The period of the same length after this one, of a day the next month; None after 9999."""
    if period.last == date.max:
        return None
    return period_around(period.last + timedelta(days=1), period.length or "month")


def _period(text: str, year: int, length: str, number: int) -> Period:
    months = _MONTHS_IN[length]
    if not 1 <= number <= 12 // months:
        raise NotADate(text, f"there is no {length} {number}", PERIOD_HINT)
    last = number * months
    first, end = date(year, last - months + 1, 1), date(year, last, monthrange(year, last)[1])
    part = {"month": f"-{number:02}", "quarter": f"-Q{number}", "half": f"-H{number}", "year": ""}
    return Period(first, end, f"{year:04}{part[length]}", length)


def _day(text: str, year: int, month: int, day: int) -> date:
    if not 1 <= month <= 12:
        raise NotADate(text, f"there is no month {month}", DATE_HINT)
    length = monthrange(year, month)[1]
    if not 1 <= day <= length:
        name = date(year, month, 1).strftime("%B")
        raise NotADate(text, f"{name} {year} has {length} days, not {day}", DATE_HINT)
    return date(year, month, day)


def _hint(text: str, otherwise: str = PERIOD_HINT) -> str:
    """What to write instead: the very date if only one can be meant."""
    if found := re.fullmatch(r"([QH]\d)[ /-]?(\d{4})|(\d{4})[ /]?([QH]\d)", text.upper()):
        return f"write {found[2] or found[3]}-{found[1] or found[4]}"
    if found := re.match(r"(\d{4})[-/.](\d\d?)[-/.](\d\d?)(?!\d)", text):
        year, month, day = map(int, found.groups())
        dates = [(year, month, day)]
    elif found := re.match(r"(\d\d?)[-/.](\d\d?)[-/.](\d{4})(?!\d)", text):
        first, second, year = map(int, found.groups())
        dates = [(year, second, first), (year, first, second)]
        # A guess between two days could be wrong by months.
        if first > 12 or first == second:
            dates.pop()
        elif second > 12:
            dates.pop(0)
    else:
        return otherwise
    try:
        days = [date(*each) for each in dates]
    except ValueError:  # there is no such day
        return otherwise
    if len(days) == 1:
        return f"write {days[0]}"
    return "write {}, or {}".format(*(f"{x} for {x.day} {x:%B}" for x in days))
