"""Dates as spreadsheets hold them."""

import re
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

from pledges.domain.day import DATE_HINT, PERIOD_HINT, Period, read_period
from pledges.errors import NotADate

_MIDNIGHT: Final = re.compile(r"[T ]+0?0:00(:00(\.0+)?)?Z?$", re.ASCII)
_DAY_AND_MONTH: Final = re.compile(r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{4}|\d{2})", re.ASCII)
_SERIAL: Final = re.compile(r"(\d{5})(\.0+)?", re.ASCII)
_SERIALS: Final = range(20_000, 80_001)
"""The days of 1954 to 2119, counted as spreadsheets do."""
_DAY_0: Final = date(1899, 12, 30)
_MONTHS: Final = 12


class DateOrder(StrEnum):
    """How days are written: as ISO has them, or with the day or the month first too."""

    ISO = "iso"
    DMY = "dmy"
    MDY = "mdy"


def read_date(text: str, order: DateOrder) -> Period:
    """The day or period that a cell names.

    Raises: ``NotADate`` where it names none, or where more than one could be meant.
    """
    plain = _MIDNIGHT.sub("", text)
    if (serial := _SERIAL.fullmatch(plain)) and int(serial[1]) in _SERIALS:
        raise _serial_number(plain, int(serial[1]))
    if found := _DAY_AND_MONTH.fullmatch(plain):
        return read_period(_iso(plain, order, found[1], found[2], found[3]))
    return read_period(plain)


def read_day(text: str, order: DateOrder) -> str:
    """The single day that a cell names, as ISO has it.

    Raises: ``NotADate`` where it names none.
    """
    try:
        period = read_date(text, order)
    except NotADate as error:
        hint = DATE_HINT if error.hint == PERIOD_HINT else error.hint
        raise NotADate(text, error.reason, hint) from None
    if not period.is_day:
        reason = f"a single day belongs here, and {period.name} is none"
        raise NotADate(text, reason, DATE_HINT)
    return period.name


def _iso(text: str, order: DateOrder, first: str, second: str, year: str) -> str:
    if len(year) == len("26"):
        raise NotADate(text, f"the year of {text} has two digits", "write it with four")
    if order is DateOrder.ISO:
        raise NotADate(text, f"{text}: day or month first?", _which(int(first), int(second)))
    day, month = (first, second) if order is DateOrder.DMY else (second, first)
    return f"{year}-{int(month):02}-{int(day):02}"


def _which(first: int, second: int) -> str:
    if first > _MONTHS or second > _MONTHS:
        return f"--dates {'dmy' if first > _MONTHS else 'mdy'} reads it"
    return "--dates dmy or --dates mdy says it"


def _serial_number(text: str, days: int) -> NotADate:
    day = _DAY_0 + timedelta(days=days)
    hint = f"it seems to be {day}; give the column the date format YYYY-MM-DD and save it again"
    return NotADate(text, f"{text} is a spreadsheet's number of a day", hint)
