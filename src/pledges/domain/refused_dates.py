"""Why a text is not read as a date, and what to write instead.

A text that can be read in two ways is never guessed: each day that it can mean is named.
"""

import re
from typing import Final

from pledges.domain.day import (
    ENDS,
    LENGTH,
    MONTH_NAMES,
    NEAR_DAYS,
    NO_TIME_OF_DAY,
    PERIOD_HINT,
    WHEN_HINT,
    calendar_day,
    month_and_numbers,
    plain_words,
    read_period,
    standard_name,
)
from pledges.errors import NotADate, nearest

FOUR_DIGITS: Final = "write the year with four digits"
LONGEST_MONTH: Final = 31  # days
WHICH_YEAR: Final = "which year is meant? Write it at the end"


def period_refusal(text: str) -> NotADate:
    """Why a text names no period as the ledger writes it."""
    reason, hint = _reason_and_hint(text)
    is_of_command_line = hint in (WHICH_YEAR, FOUR_DIGITS)  # which reads more than the ledger
    return NotADate(text, reason, PERIOD_HINT if is_of_command_line else hint)


def typed_refusal(text: str) -> NotADate:
    """Why a word of the command line names no period."""
    (reason, hint), word = _reason_and_hint(text), plain_words(text)
    if hint != PERIOD_HINT:
        return NotADate(text, reason, hint)
    if re.fullmatch(r"\d{1,3}", word, re.ASCII):
        hint = f"write {word}d if days are meant"
    elif ago := re.fullmatch(rf"{LENGTH} ago", word, re.ASCII):
        hint = f"write -{ago[1]}{ago[2][0]}"
    else:
        close = nearest(word, [*NEAR_DAYS, *ENDS])
        hint = f"did you mean {close}?" if close else WHEN_HINT
    return NotADate(text, reason, hint)


def _reason_and_hint(text: str) -> tuple[str, str]:
    """Why a text is not read as a date, and what to write instead.

    The hint names a day or a period only if exactly that was typed; of several it names each.
    """
    word, reason = plain_words(text), f"{text!r} is not a date"
    if found := re.match(r"(\d{4}-\d\d-\d\d)[t ]\d\d", word, re.ASCII):
        return NO_TIME_OF_DAY, _write(found[1])
    if (name := standard_name(word)) and name != text:
        return reason, _write(name)
    if found := re.fullmatch(r"(\d\d?)[-/. ](\d\d?)[-/. ](\d{4})", word, re.ASCII):
        return _day_in_figures(text, int(found[1]), int(found[2]), found[3])
    if found := re.fullmatch(r"(?:(\d\d?)[-/. ](\d{4})|(\d{4})[-/. ](\d\d?))", word, re.ASCII):
        year, month = found[2] or found[3], int(found[1] or found[4])
        if not 1 <= month <= len(MONTH_NAMES) or year == "0000":
            return reason, PERIOD_HINT
        return reason, f"write {year}-{month:02} for {MONTH_NAMES[month - 1]} {year}"
    return _worded_refusal(text, word) or (reason, PERIOD_HINT)


def _worded_refusal(text: str, word: str) -> tuple[str, str] | None:
    """Why a text with a month in letters, or a part of a year, is refused: its year is unclear."""
    no_year = f"{text!r} has no year", WHICH_YEAR
    short_year = f"the year of {text!r} has two digits", FOUR_DIGITS
    if re.fullmatch(r"\d\d?[-/. ]\d\d?[-/. ]\d\d", word, re.ASCII):
        return short_year
    month, numbers = month_and_numbers(word)
    if re.fullmatch(r"q[1-4]|h[12]", word) or (month and not numbers):
        return no_year
    if not month or any(len(number) == len("2026") for number in numbers):
        return None
    if len(numbers) > 1 or not 1 <= int(numbers[0]) <= LONGEST_MONTH:
        return short_year
    if not re.fullmatch(r"[a-z]+-\d\d", word):
        return no_year
    year, name = f"20{numbers[0]}", MONTH_NAMES[month - 1]  # a spreadsheet writes Dec-26
    hint = f"write {year}-{month:02} for {name} {year}; for a day in {name} add its year at the end"
    return f"{text!r} can be read in two ways", hint


def _write(name: str) -> str:
    """The hint to write the name of a period, if it is in the calendar."""
    try:
        return f"write {read_period(name).name}"
    except NotADate as error:
        return error.hint or PERIOD_HINT


def _day_in_figures(text: str, first: int, second: int, year: str) -> tuple[str, str]:
    """Why a day and a month in figures are refused, and the days that they can mean."""
    days = []
    for month, day in dict.fromkeys([(second, first), (first, second)]):
        try:
            days.append(calendar_day(text, int(year), month, day))
        except ValueError:  # there is no such day, or no such year
            continue
    hints = [f"{day} for {day.day} {MONTH_NAMES[day.month - 1]}" for day in days]
    if len(days) > 1:
        return f"{text!r} can be read in two ways", f"write {hints[0]}, or {hints[1]}"
    return f"{text!r} is not a date", f"write {days[0]}" if days else PERIOD_HINT
