"""A cell as the value of a term, in the shape that a ledger's tables have."""

import datetime as dt
import re
from collections.abc import Iterable, Mapping
from enum import StrEnum
from functools import cache
from typing import Any, Final

from pledges.clean import clean
from pledges.domain.day import DATE_HINT, Interval, Period, day_hint, read_interval, read_period
from pledges.domain.fields import Several, Term, TextKind, terms
from pledges.domain.pledge import UNREPORTED, Ledger, Measure, Number, Pledge, Status, Update
from pledges.domain.spelling import (
    LONGEST_NUMBER,
    is_number,
    match_key,
    may_have_thousands,
    read_number,
    read_word,
)
from pledges.errors import NotADate, UnknownWord, nearest
from pledges.ledger.importing.headings import ImportColumns, target_path
from pledges.ledger.text.finding import Explanation

LONGEST_QUOTE: Final = 40  # characters of a cell that are quoted at most
MOST_NAMED: Final = 12  # how many entries of a register are named at most
TRUTHS: Final = {"yes": True, "no": False, "true": True, "false": False}
WORD_NAMES: Final = {"Every": "period length", "bool": "answer"}
NAMES: Final = (TextKind.PILLAR, TextKind.PLEDGE)
"""Texts that are compared: blanks around them are no part of them."""

_MIDNIGHT: Final = re.compile(r"[T ]+0?0:00(:00(\.0+)?)?Z?$", re.ASCII)
_DAY_AND_MONTH: Final = re.compile(r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{4}|\d{2})", re.ASCII)
_SERIAL: Final = re.compile(r"(\d{5})(\.0+)?", re.ASCII)
_SERIALS: Final = range(20_000, 80_001)
"""The days of 1954 to 2119, as spreadsheets count them from ``_DAY_0`` on."""
_DAY_0: Final = dt.date(1899, 12, 30)
_MONTHS: Final = 12


class Misread(Exception):
    """A cell whose value does not fit its column."""

    def __init__(self, code: str, message: str, hint: str | None) -> None:
        super().__init__(message)
        self.words = Explanation(code, message, hint)


class DateOrder(StrEnum):
    """How days are written: as ISO has them, or with the day or the month first too."""

    ISO = "iso"
    DMY = "dmy"
    MDY = "mdy"


class Register:
    """The keys of a register, by key or by title, also as a spreadsheet shows them."""

    def __init__(self, what: str, table: str, entries: Mapping[str, str]) -> None:
        self.what = what
        self.table = table
        self.entries = entries
        self._keys = {match_key(clean(title)).strip(): key for key, title in entries.items()}
        self._keys |= {match_key(clean(key)).strip(): key for key in entries}
        self._unknown: dict[str, Misread] = {}

    def find(self, text: str) -> str | None:
        """The key that ``text`` names; None if there is none."""
        return text if text in self.entries else self._keys.get(match_key(text).strip())

    def key(self, text: str) -> str:
        """The key that ``text`` names.

        Raises: ``Misread`` with the nearest one.
        """
        key = self.find(text)
        if key is not None:
            return key
        if text not in self._unknown:  # the nearest is looked for once, however many rows have it
            close = nearest(text.strip(), (*self.entries, *self.entries.values()))
            is_short = len(self.entries) <= MOST_NAMED
            names = f"use one of {', '.join(self.entries)}" if self.entries and is_short else ""
            hint = f"did you mean {close}?" if close else names or f"add it to [{self.table}]"
            message = f"there is no {self.what} {quotation(text.strip())}"
            self._unknown[text] = Misread("reference", message, hint)
        raise self._unknown[text]

    def keys(self, texts: Iterable[Any]) -> list[Any]:
        """The keys that texts name; what is not a text stays as it is."""
        return [self.key(each) if isinstance(each, str) else each for each in texts]


class CellReader:
    """Reads cells by an order of dates and the words of a ledger.

    With ``is_text`` they are the texts of a spreadsheet.  A point in a number is that of a fraction
    if this program wrote the file, ``is_export``, or if the ledger has the very number.
    """

    def __init__(self, ledger: Ledger, date_order: DateOrder, columns: ImportColumns) -> None:
        self.date_order = date_order
        self.is_text = columns.sheet.is_text
        self.is_export = columns.is_export
        self.pillars = Register("pillar", "pillars", ledger.pillars)
        self.parties = Register("party", "parties", ledger.parties)
        measures = [each.measure for each in ledger.pledges if each.measure]
        values = [each.value for pledge in ledger.pledges for each in pledge.updates]
        self.numbers = {*values, *(x for each in measures for x in (each.baseline, each.target))}

    def value(self, cell: Any, target: str) -> Any:
        """The value of a cell; None if it is empty.

        Raises: ``Misread`` if it does not fit its column.
        """
        if isinstance(cell, str):
            text = cell_text(cell).strip() if self.is_text else cell
            return self._text_value(text, target) if text else None
        term = _term(target)
        if term and type(cell) is int and term.kind in (Period, dt.date):
            return self._text_value(str(cell), target)
        if term and isinstance(cell, list) and term.text_kind is TextKind.PARTY:
            cell = self.parties.keys(cell)
        return None if cell in ([], {}) else cell

    def _text_value(self, text: str, target: str) -> Any:
        """What a text gives, by what the model declares of its term."""
        term = _term(target)
        is_free = term and term.kind is str and not term.is_list and term.text_kind not in NAMES
        if target == "measure" or (is_free and target != "id"):
            return text
        text = text.strip()
        if not text:
            return None
        if not term:
            hint = "this column holds records as JSON; for a note use update_note"
            raise Misread("json", f"{quotation(text)} is not valid JSON", hint)
        if term.is_list and (self.is_text or term.list_kind is not Several):
            is_of_parties = term.text_kind is TextKind.PARTY
            return (self._parties(text) if is_of_parties else text_parts(text)) or None
        if term.kind is str:  # of JSON also one text of several, as in a ledger
            return self.pillars.key(text) if term.text_kind is TextKind.PILLAR else text
        if issubclass(term.kind, StrEnum | bool):
            return _word(text, term.kind)
        return self._number(text) if term.kind is float else self._date(text, term.kind)

    def _parties(self, text: str) -> list[str]:
        """Parties, separated by semicolons; or by commas, if every part is a party."""
        if self.parties.find(text):
            return [self.parties.key(text)]
        has_commas = ";" not in text and all(map(self.parties.find, text_parts(text, ",")))
        return self.parties.keys(text_parts(text, "," if has_commas else ";"))

    def _date(self, text: str, kind: type) -> str:
        try:
            if kind is Interval:
                return str(read_interval(text))
            period = read_date(text, self.date_order)
            if kind is Period or period.is_day:
                return period.name
            hint: str | None = DATE_HINT
            reason = f"this must be a single day, not {period.name}"
        except NotADate as error:
            reason, hint = error.reason, day_hint(error) if kind is dt.date else error.hint
        is_short = len(text) <= LONGEST_QUOTE
        raise Misread("date", reason if is_short else f"{quotation(text)} is not a date", hint)

    def _number(self, text: str) -> Number:
        if len(text) > LONGEST_NUMBER or not is_number(text):
            raise Misread("number", f"{quotation(text)} is not a number", _number_hint(text))
        number = read_number(text)
        is_known = str(number) == text and (self.is_export or number in self.numbers)
        if may_have_thousands(text) and not is_known:
            hint = f"write {text.replace('.', '')}, or {text}0 if it is a decimal"
            raise Misread("number", f"{text} can be read in two ways", hint)
        return number


@cache
def _term(target: str) -> Term | None:
    """The term of which a column gives values; None if it gives records."""
    path = target_path(target)
    record = {"measure": Measure, "news": Update}.get(str(path[0]), Pledge)
    return terms(record).get(str(path[-1]))


def cell_text(cell: str) -> str:
    """The text of a cell without the apostrophe that keeps a spreadsheet from running it."""
    # Nearly no cell begins with one, and there may be a million of them.
    return cell[1:] if cell.startswith("'") and re.match(r"'+[=+\-@]", cell) else cell


def quotation(text: str) -> str:
    """A text in quotes, shortened if it is long."""
    return repr(text if len(text) <= LONGEST_QUOTE else f"{text[: LONGEST_QUOTE - 3]}...")


def text_parts(text: str, separator: str = ";") -> list[str]:
    """The parts of a text, without the blanks around them."""
    return [each.strip() for each in text.split(separator) if each.strip()]


def _word(text: str, kind: type[StrEnum | bool]) -> str | bool | None:
    """The word of a closed set, which may be spelt as pages spell it; yes and no for a bool."""
    if kind is Status and text.lower() == UNREPORTED:
        return None
    what = WORD_NAMES.get(kind.__name__, kind.__name__.lower())
    try:
        word = str(read_word(TRUTHS if kind is bool else kind, what, text))
    except UnknownWord as error:
        raise Misread("word", f"there is no {what} {quotation(text)}", error.hint) from None
    return TRUTHS[word] if kind is bool else word


def _number_hint(text: str) -> str:
    """How a number is written that has separators, a comma or a percent sign."""
    separated = re.fullmatch(r"[+-]?\d{1,3}([ ,'\u00a0\u202f]\d{3})+(\.\d+)?", text, re.ASCII)
    if separated or may_have_thousands(text):
        separators = r"[ ,'\u00a0\u202f]" if separated else r"\."
        return f"write it without separators: {re.sub(separators, '', text)}"
    if found := re.fullmatch(r"([+-]?\d+),(\d+)", text, re.ASCII):
        return f"write it with a decimal point: {found[1]}.{found[2]}"
    if found := re.fullmatch(r"([+-]?[\d.,]+)\s*%", text, re.ASCII):
        return f"write {found[1]}, with % in the column unit"
    return "write it in digits, for example 21 or 21.5"


def read_date(text: str, order: DateOrder) -> Period:
    """The day or period that a cell names.

    Raises: ``NotADate`` if it names none, or if more than one could be meant.
    """
    plain = _MIDNIGHT.sub("", text)
    if (serial := _SERIAL.fullmatch(plain)) and int(serial[1]) in _SERIALS:
        seeming = _DAY_0 + dt.timedelta(days=int(serial[1]))
        mend = "give the column the date format YYYY-MM-DD and save it again"
        hint = f"it seems to be {seeming}; {mend}"
        raise NotADate(plain, f"{plain} is a spreadsheet's number for a day", hint)
    found = _DAY_AND_MONTH.fullmatch(plain)
    if not found:
        return read_period(plain)
    first, second, year = int(found[1]), int(found[2]), found[3]
    if len(year) == len("26"):
        raise NotADate(plain, f"the year of {plain} has two digits", "write it with four")
    if order is DateOrder.ISO:
        hint = "add --dates dmy or --dates mdy"
        if first > _MONTHS or second > _MONTHS:
            hint = f"add --dates {'dmy' if first > _MONTHS else 'mdy'}"
        raise NotADate(plain, f"{plain} is not in the form YYYY-MM-DD", hint)
    day, month = (first, second) if order is DateOrder.DMY else (second, first)
    return read_period(f"{year}-{month:02}-{day:02}")
