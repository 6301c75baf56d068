"""A cell as the value of a term, in the shape that a ledger's tables have."""

import datetime as dt
import re
from collections.abc import Callable, Mapping
from collections.abc import Set as AbstractSet
from enum import StrEnum
from functools import cache
from typing import Any, Final

from msgspec import Struct

from pledges.domain.day import Interval, Period, read_interval
from pledges.domain.fields import fields, plain_types
from pledges.domain.pledge import UNREPORTED, Ledger, Measure, Pledge, Update
from pledges.domain.spelling import folded
from pledges.errors import NotADate, nearest, one_of
from pledges.ledger.importing.cell_dates import DateOrder, read_date, read_day
from pledges.ledger.importing.columns import NEWS, TERMS

LONGEST: Final = 40
"""Characters of a cell that are quoted at most."""
FEW: Final = 12
"""How many entries of a register are named at most."""

_NUMBER: Final = re.compile(r"[+-]?\d{1,20}(\.\d*)?(e[+-]?\d{1,3})?", re.ASCII | re.IGNORECASE)
_THOUSANDS: Final = re.compile(r"[+-]?[1-9]\d{0,2}(\.\d{3})+", re.ASCII)
"""What is a number of thousands where points stand between them."""


class Misread(Exception):
    """A cell that is not what its column holds: what is wrong, and what to do."""

    def __init__(self, code: str, message: str, hint: str | None) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.hint = hint


class Register:
    """The keys of a register, found by key or by title; what is not there is looked for once."""

    def __init__(
        self, what: str, table: str, entries: Mapping[str, str], listed: Callable[[str], str] = str
    ) -> None:
        self.what = what
        self.table = table
        self.entries = entries
        self._keys = {folded(listed(title)).strip(): key for key, title in entries.items()}
        self._keys |= {folded(listed(key)).strip(): key for key in entries}
        self._unknown: dict[str, Misread] = {}

    def find(self, text: str) -> str | None:
        """The key that ``text`` names; None where it names none."""
        return text if text in self.entries else self._keys.get(folded(text).strip())

    def key(self, text: str) -> str:
        """The key that ``text`` names.

        Raises: ``Misread`` with the nearest one.
        """
        found = self.find(text)
        if found is None:
            raise self._unknown.setdefault(text, self._misread(text))
        return found

    def _misread(self, text: str) -> Misread:
        if text in self._unknown:
            return self._unknown[text]
        close = nearest(text.strip(), (*self.entries, *self.entries.values()))
        listed = ", ".join(self.entries) if len(self.entries) <= FEW else ""
        otherwise = f"it is one of {listed}" if listed else f"add it to [{self.table}]"
        hint = f"did you mean {close}?" if close else otherwise
        return Misread("reference", f"there is no {self.what} {quoted(text.strip())}", hint)


class Manner(Struct, frozen=True):
    """How cells are read: by which dates, and with which words.

    ``is_export`` where this program wrote the file, so that its numbers are read as they were
    written; in other files this goes for the ``figures`` that the ledger has.
    """

    dates: DateOrder
    is_text: bool
    pillars: Register
    parties: Register
    is_export: bool = False
    figures: AbstractSet[float] = frozenset()


def figures(ledger: Ledger) -> frozenset[float]:
    """Every number that a ledger's pledges have."""
    measures = [each.measure for each in ledger.pledges if each.measure]
    terms = (number for each in measures for number in (each.baseline, each.target))
    values = (each.value for pledge in ledger.pledges for each in pledge.updates)
    return frozenset(each for each in (*terms, *values) if each is not None)


Read = Callable[[str, Manner], Any]


def value(cell: Any, target: str, manner: Manner) -> Any:
    """What a cell gives; None where that is nothing.

    Raises: ``Misread`` where it is not what its column holds.
    """
    if isinstance(cell, str):
        text = unguarded(cell).strip() if manner.is_text else cell
        return reader(target)(text, manner) if text else None
    if isinstance(cell, int) and not isinstance(cell, bool) and reader(target) in (_date, _day):
        return reader(target)(str(cell), manner)
    if isinstance(cell, list) and target == "owed_by":
        return [
            manner.parties.key(each) if isinstance(each, str) else each for each in cell
        ] or None
    return None if cell in ([], {}) else cell


def unguarded(cell: str) -> str:
    """The text of a cell without the apostrophe that keeps a spreadsheet from running it."""
    return cell[1:] if re.match(r"'+[=+\-@]", cell) else cell


@cache
def reader(target: str) -> Read:
    """What reads the texts of a column."""
    if target in READERS:
        return READERS[target]
    kind = plain_types(_declared(target))[0]
    return _word(kind) if issubclass(kind, StrEnum) else _BY_KIND[kind]


def _declared(target: str) -> Any:
    if target in NEWS:
        return fields(Update)[NEWS[target]].type
    path = TERMS[target]
    return fields(Measure if len(path) > 1 else Pledge)[str(path[-1])].type


def _text(text: str, _: Manner) -> str:
    return text


def _stripped(text: str, _: Manner) -> str | None:
    return text.strip() or None


def _date(text: str, manner: Manner) -> str | None:
    return _dated(lambda plain: read_date(plain, manner.dates).name, text)


def _day(text: str, manner: Manner) -> str | None:
    return _dated(lambda plain: read_day(plain, manner.dates), text)


def _interval(text: str, _: Manner) -> str | None:
    return _dated(lambda plain: str(read_interval(plain)), text)


def _dated(read: Callable[[str], str], text: str) -> str | None:
    try:
        return read(text.strip()) if text.strip() else None
    except NotADate as error:
        raise Misread("date", _short(error.reason, text), error.hint) from None


def _word(kind: type[StrEnum]) -> Read:
    """Reads the words of a closed set, also as pages spell them."""
    words = [str(each) for each in kind]

    def read(text: str, _: Manner) -> str | None:
        word = re.sub(r"[\s_]+", "-", text.strip().lower())
        if word in words:
            return word
        if not word or (word == UNREPORTED and kind.__name__ == "Status"):
            return None
        what = "length of period" if kind.__name__ == "Every" else kind.__name__.lower()
        raise Misread("word", f"there is no {what} {quoted(text)}", one_of(word, words))

    return read


def _number(text: str, manner: Manner) -> float | None:
    plain = text.strip()
    if not plain:
        return None
    if not _NUMBER.fullmatch(plain):
        raise Misread("number", f"{quoted(plain)} is no number", _number_hint(plain))
    if _THOUSANDS.fullmatch(plain) and not _is_written_so(plain, manner):
        hint = f"write {plain.replace('.', '')}, or {plain}0"
        raise Misread("number", f"{plain}: thousands, or a fraction?", hint)
    return int(plain) if re.fullmatch(r"[+-]?\d+", plain, re.ASCII) else float(plain)


def _is_written_so(text: str, manner: Manner) -> bool:
    """Whether this program wrote a number, or may have: it has a point for fractions only."""
    number = float(text)
    return str(number) == text and (manner.is_export or number in manner.figures)


def _number_hint(text: str) -> str:
    if _THOUSANDS.fullmatch(text):
        return f"a number has no separators: write {text.replace('.', '')}"
    if re.fullmatch(r"[+-]?\d{1,3}([ ,'\u00a0\u202f]\d{3})+(\.\d+)?", text, re.ASCII):
        bare = re.sub(r"[ ,'\u00a0\u202f]", "", text)
        return f"a number has no separators: write {bare}"
    if found := re.fullmatch(r"([+-]?\d+),(\d+)", text, re.ASCII):
        return f"a decimal has a point: write {found[1]}.{found[2]}"
    if found := re.fullmatch(r"([+-]?[\d.,]+)\s*%", text, re.ASCII):
        return f"write {found[1]}, and % in the column unit"
    return "write it in digits, for example 21 or 21.5"


def _pillar(text: str, manner: Manner) -> str | None:
    return manner.pillars.key(text) if text.strip() else None


def _owed_by(text: str, manner: Manner) -> list[str] | None:
    """Parties with semicolons between; commas do where every part is known, or all of it is one."""
    register = manner.parties
    if register.find(text):
        return [register.key(text)]
    by_commas = [each for each in text.split(",") if each.strip()]
    if ";" not in text and all(map(register.find, by_commas)):
        return [register.key(each) for each in by_commas] or None
    return [register.key(each) for each in text.split(";") if each.strip()] or None


def _tags(text: str, _: Manner) -> list[str] | None:
    return [each.strip() for each in text.split(";") if each.strip()] or None


def _records(text: str, _: Manner) -> None:
    """Refuses a text that is where only records can be."""
    if text.strip():
        hint = "records stand here as JSON; for a note there is --map and update_note"
        raise Misread("json", f"{quoted(text)} is no JSON", hint)


READERS: Final[Mapping[str, Read]] = {
    "id": _stripped,
    "pillar": _pillar,
    "owed_by": _owed_by,
    "tags": _tags,
    "part_of": _stripped,
    "superseded_by": _stripped,
    **dict.fromkeys(("source", "measure_source", "update_source", "measure"), _text),
    **dict.fromkeys(("claim", "update", "ask"), _records),
}
"""The columns that are read otherwise than by what the model declares."""

_BY_KIND: Final[Mapping[type, Read]] = {
    Period: _date,
    dt.date: _day,
    Interval: _interval,
    int: _number,
    str: _text,
}


def quoted(text: str) -> str:
    """A text in quotes, as much of it as can be told."""
    return repr(text if len(text) <= LONGEST else f"{text[: LONGEST - 3]}...")


def _short(reason: str, text: str) -> str:
    """A reason that quotes no more of a text than can be told."""
    return reason if len(text) <= LONGEST else f"{quoted(text)} is no date"
