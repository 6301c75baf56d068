"""The words for single values: days, numbers, shares, and the closed words as people read them."""

import datetime as dt
import math
from collections.abc import Iterable, Sequence
from typing import Final

from pledges.domain.day import Period
from pledges.domain.pledge import Number

MONTHS: Final = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]


def spoken(word: str) -> str:
    """A closed word as people read it: ``done-on-time`` is "done on time"."""
    return word.replace("-", " ")


def label(name: str) -> str:
    """A field's name as a heading: ``owed_by`` is "Owed by"."""
    return name.replace("_", " ").capitalize()


def day(date: dt.date) -> str:
    """A day with its month in letters: "31 Dec 2026"."""
    return f"{date.day} {month(date)}"


def month(date: dt.date) -> str:
    """The month of a day: "Dec 2026"."""
    return f"{MONTHS[date.month - 1]} {date.year}"


def period(named: Period) -> str:
    """A period: "31 Dec 2026", "Nov 2026", "Q4 2026", "H2 2026" or "2026"."""
    if named.is_day:
        return day(named.first)
    return f"{part_of_year(named)} {named.name[:4]}".lstrip()


def part_of_year(named: Period) -> str:
    """What a period is within its year: "Nov", "Q4" or "H2"; nothing for a whole year."""
    _, _, part = named.name.partition("-")
    return MONTHS[int(part) - 1] if part.isdecimal() else part


def number(value: Number) -> str:
    """A number with its thousands apart: "1,096"."""
    whole = isinstance(value, float) and value.is_integer()
    return f"{int(value) if whole else value:,}"


def count(how_many: int, one: str, many: str | None = None) -> str:
    """A number of things: "1 pledge", "58 pledges"."""
    return f"{how_many:,} {one if how_many == 1 else many or one + 's'}"


def part(some: int, total: int) -> str:
    """How many pledges of how many: "58 pledges", "1 of 58 pledges"."""
    return f"{some:,} of {count(total, 'pledge')}" if some != total else count(total, "pledge")


def nothing(total: int, as_of: dt.date) -> str:
    """That no pledge is there, or that of ``total`` none was meant."""
    if not total:
        return f"No pledges as of {day(as_of)}."
    return f"None of {count(total, 'pledge')} matches, as of {day(as_of)}."


def days(how_many: int) -> str:
    """A span in days: "1,096 days"."""
    return count(how_many, "day")


def whole_percents(fraction: float) -> int:
    """A fraction as whole percents, rounded half up: 0.625 is 63."""
    return math.floor(round(100 * fraction, 9) + 0.5)


def percent(fraction: float) -> str:
    """A fraction in words: 0.625 is "63%"."""
    return f"{whole_percents(fraction):,}%"


def listed(parts: Sequence[str]) -> str:
    """Parts in a sentence: "a", "a and b", "a, b and c"."""
    return " and ".join(part for part in (", ".join(parts[:-1]), *parts[-1:]) if part)


def paragraphs(text: str) -> Iterable[str]:
    """The lines of a long text, blank ones left out."""
    return (line.strip() for line in text.splitlines() if line.strip())
