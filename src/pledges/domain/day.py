"""Days, periods and intervals of the civil calendar: reading and stepping.

A *period* is a day, month, quarter, half or year by its usual name; ``2026-12-31``, ``2026-11``,
``2026-Q4``, ``2026-H2`` and ``2026`` are all periods.  Days are the same day everywhere: there are
no times of day and no time zones.
"""

import re
from calendar import monthrange
from collections.abc import Mapping
from datetime import date, timedelta
from functools import lru_cache
from typing import Final

from pledges.errors import NotADate

DATE_HINT: Final = "dates are YYYY-MM-DD, for example 2026-12-31"
PERIOD_HINT: Final = "write a day (2026-12-31) or a period (2026, 2026-H2, 2026-Q4, 2026-11)"
NO_TIME_OF_DAY: Final = "a date can't include a time"
INTERVAL_HINT: Final = 'write a number and a unit: "90 days", "2 weeks", "6 months", "1 year"'
WHEN_HINT: Final = (
    "write a day (2026-12-31), a period (2026-Q4, 2026-12, 2026), today, yesterday, tomorrow, "
    "eom, eoq, eoy, or a distance from today (90d, -2w, 6m, 1y)"
)

MONTH_NAMES: Final = (
    *("January", "February", "March", "April", "May", "June", "July"),
    *("August", "September", "October", "November", "December"),
)

_MONTHS_IN: Final = {"month": 1, "quarter": 3, "half": 6, "year": 12}
_UNITS: Final = {"d": "day", "w": "week", "m": "month", "y": "year"}
ENDS: Final = {"eom": "month", "eoq": "quarter", "eoy": "year"}
NEAR_DAYS: Final = {"today": 0, "yesterday": -1, "tomorrow": 1}
_MONTH_NUMBERS: Final = {
    spelling.lower(): number
    for number, name in enumerate(MONTH_NAMES, 1)
    for spelling in (name, name[:3], name[:4] if name == "September" else name)
}
DATE_FORMS: Final[Mapping[str, str]] = {
    "2026-12-31": "a day; also 2026/12/31, 31 Dec 2026, 31 December 2026",
    "2026-12": "a month; also December 2026, Dec 2026",
    "2026-Q4": "a quarter; also Q4 2026",
    "2026-H2": "half a year; also H2 2026",
    "2026": "a year",
    "today": "the as-of date; also yesterday, tomorrow",
    "eom": "the end of this month; also eoq, eoy (of this quarter, this year)",
    "90d": "so many days from now; also 90 days",
    "-2w": "two weeks ago; also -2 weeks",
    "6m": "months; also 6 months",
    "1y": "years; also 1 year",
}
"""How dates can be written on the command line, each with its meaning."""
_DASHES: Final = dict.fromkeys(map(ord, "\u2010\u2011\u2012\u2013\u2014\u2212"), "-")
_NAME: Final = r"(\d{4})(?:-(?:([QH])(\d)|(\d\d)(?:-(\d\d))?))?"
PERIOD_PATTERN: Final = (
    "[0-9]{4}(-([Qq][1-4]|[Hh][12]|(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?))?"
)
"""Roughly what ``read_period`` reads, for editors: a month may lack the day."""
INTERVAL_PATTERN: Final = "([0-9]{1,5}) +(day|week|month|year)s?"
"""What ``read_interval`` reads, but for no days at all."""

LENGTH: Final = r"(\d{1,7}) ?(d|w|m|y|days?|weeks?|months?|years?)"
"""How people write an interval: its number, and its unit."""


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


@lru_cache(maxsize=4096)
def one_day(day: date) -> Period:
    """The period of a single day."""
    return Period(day, day, day.isoformat(), None)


@lru_cache(maxsize=4096)
def read_period(text: str) -> Period:
    """The period that ``text`` names.

    Raises: ``NotADate`` with the reason and what to write instead.
    """
    found = re.fullmatch(_NAME, text.upper(), re.ASCII)
    if not found:
        from pledges.domain.refused_dates import period_refusal  # noqa: PLC0415  (only if refused)

        raise period_refusal(text)
    year, part, number, month, day = found.groups()
    if year == "0000":
        raise NotADate(text, "there is no year 0", PERIOD_HINT)
    if day:
        return one_day(calendar_day(text, int(year), int(month), int(day)))
    length = {"Q": "quarter", "H": "half"}.get(part, "month" if month else "year")
    return _period(text, int(year), length, int(number or month or 1))


def read_interval(text: str) -> Interval:
    """The interval that ``text`` names as the ledger writes it, such as ``6 months``.

    Raises: ``NotADate`` if it is not an interval, or is 0 days.
    """
    found = re.fullmatch(INTERVAL_PATTERN, text.strip())
    if not found or int(found[1]) == 0:
        meant = _typed_interval(text)
        hint = f'write "{meant}"' if meant else INTERVAL_HINT
        raise NotADate(text, f"{text!r} is not a length of time", hint)
    return Interval(int(found[1]), found[2])


def read_typed_interval(text: str) -> Interval:
    """The interval that a word of the command line names: ``6 months``, ``6m``, ``6 Months``.

    Raises: ``NotADate`` if it is not an interval, or is 0 days.
    """
    return _typed_interval(text) or read_interval(text)


def read_when(text: str, today: date) -> Period:
    """The period that a word of the command line names, relative to ``today``.

    Besides the names of periods: dates as people write them (``31 Dec 2026``, ``Q4 2026``),
    ``today``, ``yesterday``, ``tomorrow``, ``eom``, ``eoq``, ``eoy`` (the end of this month,
    quarter, year) and distances such as ``90d``, ``-2 weeks``, ``6m``, ``1y``.

    Raises: ``NotADate`` if it names none, or if more than one could be meant.
    """
    word = plain_words(text)
    if word in ENDS:
        return one_day(period_around(today, ENDS[word]).last)
    if word in NEAR_DAYS:
        return one_day(Interval(NEAR_DAYS[word], "day").after(today))
    if distance := re.fullmatch(rf"([+-]?){LENGTH}", word, re.ASCII):
        return one_day(
            Interval(int(distance[1] + distance[2]), _UNITS[distance[3][0]]).after(today)
        )
    name = standard_name(word)
    if not name:
        from pledges.domain.refused_dates import typed_refusal  # noqa: PLC0415  (only if refused)

        raise typed_refusal(text)
    try:
        return read_period(name)
    except NotADate as error:
        raise NotADate(text, error.reason, WHEN_HINT) from None


def day_hint(error: NotADate) -> str | None:
    """The hint of an error if a single day is wanted: the name of a period would not help."""
    hint = error.hint or ""
    is_of_periods = re.match(r"write \d{4}(-[QH]\d|-\d\d)?( |$)", hint)
    return DATE_HINT if hint in (PERIOD_HINT, WHEN_HINT) or is_of_periods else error.hint


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


def calendar_day(text: str, year: int, month: int, day: int) -> date:
    """The day of these numbers.

    Raises: ``NotADate`` if the calendar has no such day, ``ValueError`` if it has no such year.
    """
    if not 1 <= month <= 12:
        raise NotADate(text, f"there is no month {month}", DATE_HINT)
    length = monthrange(year, month)[1]
    if not 1 <= day <= length:
        name = date(year, month, 1).strftime("%B")
        raise NotADate(text, f"{name} {year} has {length} days, not {day}", DATE_HINT)
    return date(year, month, day)


def plain_words(text: str) -> str:
    """``text`` in small letters, with plain dashes and single spaces."""
    return " ".join(text.translate(_DASHES).lower().split())


def _typed_interval(text: str) -> Interval | None:
    """The interval that people may write so; None if it is none, or is longer than any review."""
    found = re.fullmatch(LENGTH, plain_words(text), re.ASCII)
    if not found or not 0 < int(found[1]) < 100_000:
        return None
    return Interval(int(found[1]), _UNITS[found[2][0]])


def standard_name(word: str) -> str | None:
    """The name of the one period that a plain text can mean, as the ledger writes it.

    None if it means none, or could mean several; a name may still be in no calendar.
    """
    if re.fullmatch(_NAME, word.upper(), re.ASCII):
        return word.upper()
    if found := re.fullmatch(r"(?:([qh]\d)[ /-]?(\d{4})|(\d{4})[ /-]?([qh]\d))", word, re.ASCII):
        return f"{found[2] or found[3]}-{found[1] or found[4]}".upper()
    if found := re.fullmatch(r"(\d{4})([/.-])(\d\d?)\2(\d\d?)", word, re.ASCII):
        return f"{found[1]}-{found[3]:0>2}-{found[4]:0>2}"
    month, numbers = month_and_numbers(word)
    days = [number for number in numbers if len(number) < len("2026")]
    years = [number for number in numbers if len(number) == len("2026")]
    if not month or len(years) != 1 or len(days) > 1:
        return None
    return "-".join([years[0], f"{month:02}", *(f"{number:0>2}" for number in days)])


def month_and_numbers(word: str) -> tuple[int | None, list[str]]:
    """The month in letters and the numbers of a plain text that has nothing else, in any order."""
    parts = re.sub(r"\b(\d{1,2})(?:st|nd|rd|th)\b", r"\1", word).rstrip(".")
    texts = re.split(r"[ ,./-]+", parts)
    months = [_MONTH_NUMBERS[each] for each in texts if each in _MONTH_NUMBERS]
    numbers = [each for each in texts if re.fullmatch(r"\d\d?|\d{4}", each, re.ASCII)]
    is_all = len(months) == 1 and len(numbers) == len(texts) - 1
    return (months[0], numbers) if is_all else (None, [])
