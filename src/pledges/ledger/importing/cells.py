"""A cell as the value of a term, in the shape that a ledger's tables have."""

import datetime as dt
import re
from collections.abc import Callable, Mapping
from collections.abc import Set as AbstractSet
from enum import StrEnum
from functools import cache
from typing import Any, Final

from msgspec import Struct

from pledges.clean import clean
from pledges.domain.day import DATE_HINT, PERIOD_HINT, Interval, Period, read_interval, read_period
from pledges.domain.fields import TextKind, terms
from pledges.domain.numbers import LONGEST_NUMBER, is_number, may_have_thousands, read_number
from pledges.domain.pledge import UNREPORTED, Ledger, Measure, Number, Pledge, Status, Update
from pledges.domain.spelling import match_key, read_word
from pledges.errors import NotADate, UnknownWord, nearest
from pledges.ledger.importing.columns import NEWS, RECORDS, TERMS

LONGEST_QUOTE: Final = 40
"""Characters of a cell that are quoted at most."""
MOST_NAMED: Final = 12
"""How many entries of a register are named at most."""

_MIDNIGHT: Final = re.compile(r"[T ]+0?0:00(:00(\.0+)?)?Z?$", re.ASCII)
_DAY_AND_MONTH: Final = re.compile(r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{4}|\d{2})", re.ASCII)
_SERIAL: Final = re.compile(r"(\d{5})(\.0+)?", re.ASCII)
_SERIALS: Final = range(20_000, 80_001)
"""The days of 1954 to 2119, as spreadsheets count them from ``_DAY_0`` on."""
_DAY_0: Final = dt.date(1899, 12, 30)
_MONTHS: Final = 12


class Misread(Exception):
    """A cell that is not what its column holds: what is wrong, and what to do."""

    def __init__(self, code: str, message: str, hint: str | None) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.hint = hint


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
        found = self.find(text)
        if found is not None:
            return found
        if text not in self._unknown:  # the nearest is looked for once, however many rows have it
            close = nearest(text.strip(), (*self.entries, *self.entries.values()))
            listed = ", ".join(self.entries) if len(self.entries) <= MOST_NAMED else ""
            hint = f"it is one of {listed}" if listed else f"add it to [{self.table}]"
            message = f"there is no {self.what} {quoted(text.strip())}"
            self._unknown[text] = Misread(
                "reference", message, f"did you mean {close}?" if close else hint
            )
        raise self._unknown[text]


class CellReader(Struct, frozen=True):
    """Reads cells by an order of dates and the words of a ledger.

    With ``is_text`` they are the texts of a spreadsheet.  A point in a number is that of a fraction
    if this program wrote the file, ``is_export``, or if the ledger has the very number.
    """

    date_order: DateOrder
    is_text: bool
    pillars: Register
    parties: Register
    is_export: bool = False
    numbers: AbstractSet[Number] = frozenset()

    def value(self, cell: Any, target: str) -> Any:
        """What a cell gives; None if that is nothing.

        Raises: ``Misread`` if it is not what its column holds.
        """
        read = _text_reader(target)
        if isinstance(cell, str):
            text = unguarded(cell) if self.is_text else cell
            text = text.strip() if self.is_text or read is not _text else text
            return read(text, self) if text else None
        if type(cell) is int and read in (_period, _day):
            return read(str(cell), self)
        if isinstance(cell, list) and read is _parties:
            cell = [self.parties.key(each) if isinstance(each, str) else each for each in cell]
        return None if cell in ([], {}) else cell


TextReader = Callable[[str, CellReader], Any]
"""Reads the text of a cell, which is not empty."""


def numbers_of(ledger: Ledger) -> frozenset[Number]:
    """Every number that a ledger's pledges have."""
    measures = [each.measure for each in ledger.pledges if each.measure]
    targets = (number for each in measures for number in (each.baseline, each.target))
    values = (each.value for pledge in ledger.pledges for each in pledge.updates)
    return frozenset(each for each in (*targets, *values) if each is not None)


def unguarded(cell: str) -> str:
    """The text of a cell without the apostrophe that keeps a spreadsheet from running it."""
    return cell[1:] if re.match(r"'+[=+\-@]", cell) else cell


def quoted(text: str) -> str:
    """A text in quotes, shortened if it is long."""
    return repr(text if len(text) <= LONGEST_QUOTE else f"{text[: LONGEST_QUOTE - 3]}...")


@cache
def _text_reader(target: str) -> TextReader:
    """What reads the texts of a column, by what the model declares of its values."""
    if target in RECORDS:
        return _text if target == "measure" else _no_records
    path = ("update", NEWS[target]) if target in NEWS else TERMS[target]
    record = {"measure": Measure, "update": Update}.get(str(path[0]), Pledge)
    term = terms(record)[str(path[-1])]
    if term.is_list:
        return _parties if term.text_kind is TextKind.PARTY else _tags
    if term.text_kind is TextKind.PILLAR:
        return _pillar
    if issubclass(term.kind, StrEnum):
        return _word_reader(term.kind)
    if term.text_kind is TextKind.PLEDGE or target == "id":
        return _id
    return {Period: _period, dt.date: _day, Interval: _interval, float: _number}.get(
        term.kind, _text
    )


def _text(text: str, _: CellReader) -> str:
    return text


def _id(text: str, _: CellReader) -> str:
    return text


def _pillar(text: str, reader: CellReader) -> str:
    return reader.pillars.key(text)


def _no_records(text: str, _: CellReader) -> None:
    hint = "records stand here as JSON; for a note there is --map and update_note"
    raise Misread("json", f"{quoted(text)} is no JSON", hint)


def _parties(text: str, reader: CellReader) -> list[str] | None:
    """Parties between semicolons; or commas, unless the whole text or a part is no party so."""
    register = reader.parties
    if register.find(text):
        return [register.key(text)]
    by_commas = [each for each in text.split(",") if each.strip()]
    if ";" in text or not all(map(register.find, by_commas)):
        return [register.key(each) for each in text.split(";") if each.strip()] or None
    return [register.key(each) for each in by_commas] or None


def _tags(text: str, _: CellReader) -> list[str] | None:
    return [each.strip() for each in text.split(";") if each.strip()] or None


def _word_reader(kind: type[StrEnum]) -> TextReader:
    """What reads the words of a closed set, also as pages spell them."""
    what = "length of period" if kind.__name__ == "Every" else kind.__name__.lower()

    def read(text: str, _: CellReader) -> str | None:
        if kind is Status and text.lower() == UNREPORTED:
            return None
        try:
            return str(read_word(kind, what, text))
        except UnknownWord as error:
            raise Misread("word", f"there is no {what} {quoted(text)}", error.hint) from None

    return read


def _number(text: str, reader: CellReader) -> Number:
    if len(text) > LONGEST_NUMBER or not is_number(text):
        raise Misread("number", f"{quoted(text)} is no number", _number_hint(text))
    number = read_number(text)
    is_known = str(number) == text and (reader.is_export or number in reader.numbers)
    if may_have_thousands(text) and not is_known:
        hint = f"write {text.replace('.', '')}, or {text}0"
        raise Misread("number", f"{text}: thousands, or a fraction?", hint)
    return number


def _number_hint(text: str) -> str:
    """How a number is written that has separators, a comma or a percent sign."""
    separated = re.fullmatch(r"[+-]?\d{1,3}([ ,'\u00a0\u202f]\d{3})+(\.\d+)?", text, re.ASCII)
    if separated or may_have_thousands(text):
        separators = r"[ ,'\u00a0\u202f]" if separated else r"\."
        return f"a number has no separators: write {re.sub(separators, '', text)}"
    if found := re.fullmatch(r"([+-]?\d+),(\d+)", text, re.ASCII):
        return f"a decimal has a point: write {found[1]}.{found[2]}"
    if found := re.fullmatch(r"([+-]?[\d.,]+)\s*%", text, re.ASCII):
        return f"write {found[1]}, and % in the column unit"
    return "write it in digits, for example 21 or 21.5"


def _period(text: str, reader: CellReader) -> str:
    return _dated(lambda: read_date(text, reader.date_order).name, text)


def _day(text: str, reader: CellReader) -> str:
    return _dated(lambda: read_day(text, reader.date_order), text)


def _interval(text: str, _: CellReader) -> str:
    return _dated(lambda: str(read_interval(text)), text)


def _dated(read: Callable[[], str], text: str) -> str:
    try:
        return read()
    except NotADate as error:
        is_short = len(text) <= LONGEST_QUOTE
        reason = error.reason if is_short else f"{quoted(text)} is no date"
        raise Misread("date", reason, error.hint) from None


def read_date(text: str, order: DateOrder) -> Period:
    """The day or period that a cell names.

    Raises: ``NotADate`` if it names none, or if more than one could be meant.
    """
    plain = _MIDNIGHT.sub("", text)
    if (serial := _SERIAL.fullmatch(plain)) and int(serial[1]) in _SERIALS:
        seeming = _DAY_0 + dt.timedelta(days=int(serial[1]))
        mend = "give the column the date format YYYY-MM-DD and save it again"
        hint = f"it seems to be {seeming}; {mend}"
        raise NotADate(plain, f"{plain} is a spreadsheet's number of a day", hint)
    found = _DAY_AND_MONTH.fullmatch(plain)
    if not found:
        return read_period(plain)
    first, second, year = int(found[1]), int(found[2]), found[3]
    if len(year) == len("26"):
        raise NotADate(plain, f"the year of {plain} has two digits", "write it with four")
    if order is DateOrder.ISO:
        hint = "--dates dmy or --dates mdy says it"
        if first > _MONTHS or second > _MONTHS:
            hint = f"--dates {'dmy' if first > _MONTHS else 'mdy'} reads it"
        raise NotADate(plain, f"{plain}: day or month first?", hint)
    day, month = (first, second) if order is DateOrder.DMY else (second, first)
    return read_period(f"{year}-{month:02}-{day:02}")


def read_day(text: str, order: DateOrder) -> str:
    """The single day that a cell names, as ISO has it.

    Raises: ``NotADate`` if it names none.
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
