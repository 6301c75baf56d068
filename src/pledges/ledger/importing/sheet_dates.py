"""Dates as people write them in sheets: months by name, quarters, halves, time stamps.

Nothing is guessed: what names two days, or none, is refused with the spelling that is read.
"""

import datetime as dt
import re
import unicodedata
from collections.abc import Callable, Mapping
from enum import StrEnum
from functools import lru_cache
from typing import Final

from pledges.domain.day import PERIOD_HINT, Period, read_period
from pledges.errors import NotADate

_LONGEST_DATE: Final = 100
"""Characters: no date has more, and some patterns take the square of them in time."""

_MONTHS: Final = 12
_ROMAN: Final = {"i": 1, "ii": 2, "iii": 3, "iv": 4}
_ENGLISH: Final = (
    *("january", "february", "march", "april", "may", "june", "july", "august", "september"),
    *("october", "november", "december"),
)
_VIETNAMESE: Final = (
    *("giêng", "hai", "ba", "tư", "năm", "sáu", "bảy", "tám", "chín", "mười"),
    *("mười một", "mười hai"),
)
_MONTH_NUMBERS: Final[Mapping[str, int]] = {
    **{name: at for at, name in enumerate(_ENGLISH, start=1)},
    **{name[:3]: at for at, name in enumerate(_ENGLISH, start=1)},
    **{f"tháng {name}": at for at, name in enumerate(_VIETNAMESE, start=1)},
    **{f"tháng {at}": at for at in range(1, _MONTHS + 1)},
    **{f"tháng 0{at}": at for at in range(1, 10)},
    "sept": 9,
    "tháng một": 1,
    "tháng bốn": 4,
    "tháng chạp": 12,
}

_TIME: Final = re.compile(
    r"(?:[T ]+|, *)\d{1,2}[:h]\d{2}(:\d{2}([.,]\d+)?)?\s*([ap]\.?m\.?)?"
    r"\s*(Z|UTC|[+-]\d{2}:?\d{2})?$",
    re.ASCII | re.IGNORECASE,
)
_DAY_AND_MONTH: Final = re.compile(r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{4}|\d{2})", re.ASCII)
_SERIAL: Final = re.compile(r"(\d{5})(\.\d+)?", re.ASCII)
_SERIALS: Final = range(20_000, 80_001)
"""The days of 1954 to 2119, as spreadsheets count them from ``_DAY_0`` on."""
_DAY_0: Final = dt.date(1899, 12, 30)

_NAME: Final = rf"(?:{'|'.join(sorted(_MONTH_NUMBERS, key=len, reverse=True))})"
_NAMED_DAY: Final = re.compile(
    rf"(?:ngày )?(\d{{1,2}})(?:st|nd|rd|th)?[-/. ]*({_NAME})[-/., ]*(?:năm )?(\d{{4}}|'?\d{{2}})"
)
_YEAR: Final = r"[-/, ]*(?:năm )?(\d{4})"


class DateOrder(StrEnum):
    """How days are written: as ISO has them, or with the day or the month first too."""

    ISO = "iso"
    DMY = "dmy"
    MDY = "mdy"


@lru_cache(maxsize=4096)
def read_date(text: str, order: DateOrder) -> Period:
    """The day or period that a cell names.

    Raises: ``NotADate`` if it names none, or if more than one could be meant.
    """
    if len(text) > _LONGEST_DATE:
        raise NotADate(text, f"{text!r} is not a date", PERIOD_HINT)
    is_plain = text[4:5] == "-" and len(text) <= len("2026-12-31")
    plain = text if is_plain else _TIME.sub("", text).strip()
    if plain[4:5] == "-":  # as most dates are
        return read_period(plain)
    if (serial := _SERIAL.fullmatch(plain)) and int(serial[1]) in _SERIALS:
        mend = "give the column the date format YYYY-MM-DD and save it again"
        hint = f"it seems to be {_DAY_0 + dt.timedelta(days=int(serial[1]))}; {mend}"
        raise NotADate(plain, f"{plain} is a spreadsheet's number for a day", hint)
    if found := _DAY_AND_MONTH.fullmatch(plain):
        return _day_in_figures(plain, (int(found[1]), int(found[2])), found[3], order)
    return read_period(_name_in_words(plain, order) or plain)


def _day_in_figures(plain: str, numbers: tuple[int, int], year: str, order: DateOrder) -> Period:
    if len(year) == len("26"):
        raise NotADate(plain, f"the year of {plain} has two digits", "write it with four")
    first, second = numbers
    if order is DateOrder.ISO:
        hint = "add --dates dmy or --dates mdy"
        if first > _MONTHS or second > _MONTHS:
            hint = f"add --dates {'dmy' if first > _MONTHS else 'mdy'}"
        raise NotADate(plain, f"{plain} is not in the form YYYY-MM-DD", hint)
    day, month = (first, second) if order is DateOrder.DMY else (second, first)
    return read_period(f"{year}-{month:02}-{day:02}")


def _name_in_words(plain: str, order: DateOrder) -> str | None:
    """The name of a day or period that is written in words; None if it is not."""
    text = " ".join(unicodedata.normalize("NFC", plain).casefold().split())
    if found := _NAMED_DAY.fullmatch(text):
        year = found[3].removeprefix("'")
        if len(year) == len("26"):
            # Between two numbers of two digits the order says which is the day.
            if order is DateOrder.ISO:
                hint = "write the year with four digits, or add --dates dmy"
                raise NotADate(plain, f"the year of {plain} has two digits", hint)
            year = f"20{year}"
        return f"{year}-{_MONTH_NUMBERS[found[2]]:02}-{int(found[1]):02}"
    matches = ((pattern.fullmatch(text), name_of) for pattern, name_of in _IN_WORDS.items())
    return next((name_of(found) for found, name_of in matches if found), None)


_IN_WORDS: Final[Mapping[re.Pattern[str], Callable[[re.Match[str]], str]]] = {
    re.compile(rf"({_NAME})\.? (\d{{1,2}})(?:st|nd|rd|th)?,? (\d{{4}})"): (
        lambda found: f"{found[3]}-{_MONTH_NUMBERS[found[1]]:02}-{int(found[2]):02}"
    ),
    re.compile(rf"({_NAME})[-/., ]*(?:năm )?(\d{{4}})"): (
        lambda found: f"{found[2]}-{_MONTH_NUMBERS[found[1]]:02}"
    ),
    re.compile(r"(\d{1,2})[/.-](\d{4})"): lambda found: f"{found[2]}-{int(found[1]):02}",
    re.compile(rf"(?:q|quý ?|qtr ?|quarter ?)([1-4]|i{{1,3}}|iv){_YEAR}"): (
        lambda found: f"{found[2]}-Q{_ROMAN.get(found[1], found[1])}"
    ),
    re.compile(rf"h([12]){_YEAR}"): lambda found: f"{found[2]}-H{found[1]}",
    re.compile(r"(\d{4})[ /]?([qh][1-4])"): lambda found: f"{found[1]}-{found[2]}",
    re.compile(rf"(?:first|1st) half(?: of)?{_YEAR}"): lambda found: f"{found[1]}-H1",
    re.compile(rf"(?:second|2nd) half(?: of)?{_YEAR}"): lambda found: f"{found[1]}-H2",
    re.compile(rf"(?:6|sáu) tháng đầu{_YEAR}"): lambda found: f"{found[1]}-H1",
    re.compile(rf"(?:6|sáu) tháng cuối{_YEAR}"): lambda found: f"{found[1]}-H2",
    re.compile(r"(?:năm|year) (\d{4})"): lambda found: found[1],
}
"""How months, quarters, halves and years are written, with the name of each."""
