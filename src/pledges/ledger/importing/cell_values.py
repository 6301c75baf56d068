"""A text as a word, a date or a number, or what it should be instead."""

import datetime as dt
import re
from collections.abc import Collection
from enum import StrEnum
from typing import Final

from pledges.domain.day import DATE_HINT, PERIOD_HINT, Interval, Period, day_hint, read_interval
from pledges.domain.pledge import UNREPORTED, Number, Status
from pledges.domain.spelling import (
    LONGEST_NUMBER,
    is_number,
    may_have_thousands,
    read_number,
    read_word,
)
from pledges.errors import NotADate, UnknownWord, nearest
from pledges.ledger.editing.toml_writing import key_text
from pledges.ledger.importing.cell_texts import LONGEST_QUOTE, Misread, quotation
from pledges.ledger.importing.sheet_dates import DateOrder, read_date
from pledges.ledger.importing.targets import IN_FORCE, PERCENT

RECURRING: Final = '{ kind = "recurring", every = "year", since = "2026" }'
"""What a word for what is due every year means, as an example."""

TRUTHS: Final = {"yes": True, "no": False, "true": True, "false": False}
WORD_NAMES: Final = {"Every": "period length", "bool": "answer"}


class ValueReader:
    """Reads dates in an order, and numbers.

    A point in a number is that of a fraction if this program wrote the file, ``is_export``, or if
    the ledger has the very number, as one of ``numbers``.  A mapping may say what a text means,
    but not of a file that ``is_verbatim``.

    Raises, in all its methods: ``Misread``.
    """

    def __init__(
        self,
        order: DateOrder,
        numbers: Collection[Number | None],
        *,
        is_export: bool,
        is_verbatim: bool,
    ) -> None:
        self.order = order
        self.numbers = numbers
        self.is_export = is_export
        self.is_verbatim = is_verbatim

    def date(self, text: str, kind: type, target: str) -> str:
        """The name of a day, a period or an interval, as the column takes it."""
        try:
            if kind is Interval:
                return str(read_interval(text))
            period = read_date(text, self.order)
            if kind is Period or period.is_day:
                return period.name
            if target == "baseline_date":  # a figure of a year is that of its end
                return period.last.isoformat()
            hint: str | None = DATE_HINT
            reason = f"this must be a single day, not {period.name}"
        except NotADate as error:
            reason, hint = error.reason, day_hint(error) if kind is dt.date else error.hint
            if hint in (PERIOD_HINT, DATE_HINT) and not self.is_verbatim:
                hint = _meaning_hint(text, target, hint)
        is_short = len(text) <= LONGEST_QUOTE
        raise Misread("date", reason if is_short else f"{quotation(text)} is not a date", hint)

    def number(self, text: str, target: str) -> Number:
        """A number in digits; one whose point may be that of thousands is refused."""
        if len(text) > LONGEST_NUMBER or not is_number(text):
            hint = _number_hint(text) or (
                "write it in digits, for example 21 or 21.5, or what it means "
                f'in a mapping [words.{target}] {key_text(text)} = "21"'
            )
            raise Misread("number", f"{quotation(text)} is not a number", hint)
        number = read_number(text)
        is_known = str(number) == text and (self.is_export or number in self.numbers)
        if may_have_thousands(text) and not is_known:
            hint = f"write {text.replace('.', '')}, or {text}0 if it is a decimal"
            raise Misread("number", f"{text} can be read in two ways", hint)
        return number

    def percentage(self, text: str) -> Number:
        """A percentage from 0 to 100; a fraction without a sign is refused, for 0.5 may be 50 %."""
        figure = text.removesuffix("%").strip()
        number = self.number(figure, PERCENT)
        if figure == text and 0 < abs(number) < 1:
            hint = f"write {100 * number:.15g}% or {text}%"
            raise Misread("number", f"{text} can be read in two ways", hint)
        return number


def read_closed_word(text: str, kind: type[StrEnum | bool], target: str) -> str | bool | None:
    """The word of a closed set, which may be spelt as pages spell it; yes and no for a bool."""
    if kind is Status and text.lower() == UNREPORTED:
        return None
    what = WORD_NAMES.get(kind.__name__, kind.__name__.lower())
    known = TRUTHS if kind is bool else kind
    try:
        word = str(read_word(known, what, text))
    except UnknownWord:
        names = list(map(str, known))
        close = nearest(text, names)
        mapped = f"in a mapping [words.{target}] {key_text(text)}"
        hint = f'use one of {", ".join(names)}, or {mapped} = "..."'
        if close:
            hint = f'did you mean {close}? Write that, or {mapped} = "{close}"'
        raise Misread("word", f"there is no {what} {quotation(text)}", hint) from None
    return TRUTHS[word] if kind is bool else word


def _meaning_hint(text: str, target: str, hint: str) -> str:
    """How a text that names no day or period is written, or what it may mean in a mapping."""
    mapped = f"in a mapping [words.{target}] {key_text(text)}"
    if re.search(r"\d", text):
        return f'{hint}, or what it means {mapped} = "2026"'
    if target in ("due", IN_FORCE):
        return f'write {mapped} = "2026-12-31", or {{ kind = "ongoing" }}, or {RECURRING}'
    return f'write {mapped} = "2026-01-31"'


def _number_hint(text: str) -> str | None:
    """How a number is written that has separators, a comma or a percent sign; None of others."""
    separated = re.fullmatch(r"[+-]?\d{1,3}([ ,'\u00a0\u202f]\d{3})+(\.\d+)?", text, re.ASCII)
    if separated or may_have_thousands(text):
        separators = r"[ ,'\u00a0\u202f]" if separated else r"\."
        return f"write it without separators: {re.sub(separators, '', text)}"
    if found := re.fullmatch(r"([+-]?\d+),(\d+)", text, re.ASCII):
        return f"write it with a decimal point: {found[1]}.{found[2]}"
    if found := re.fullmatch(r"([+-]?[\d.,]+)\s*%", text, re.ASCII):
        return f"write {found[1]}, with % in the column unit"
    return None
