"""A cell as the value of a term, in the shape that a ledger's tables have."""

import datetime as dt
import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from enum import StrEnum
from functools import cache
from typing import Any, Final

from pledges.clean import unguarded
from pledges.domain.day import DATE_HINT, PERIOD_HINT, Interval, Period, day_hint, read_interval
from pledges.domain.edits import RegisterEntry
from pledges.domain.fields import Several, Term, TextKind, terms
from pledges.domain.pledge import UNREPORTED, Ledger, Measure, Number, Pledge, Status, Update
from pledges.domain.spelling import (
    LONGEST_NUMBER,
    is_number,
    may_have_thousands,
    read_number,
    read_word,
)
from pledges.errors import NotADate, UnknownWord, nearest
from pledges.ledger.editing.toml_writing import key_text
from pledges.ledger.importing.headings import ImportColumns
from pledges.ledger.importing.mapping import SheetMapping, word_key
from pledges.ledger.importing.misread import LONGEST_QUOTE, Misread, quotation
from pledges.ledger.importing.registers import Register
from pledges.ledger.importing.sheet_dates import read_date
from pledges.ledger.importing.targets import IMPORTABLE_AS_TEXT, IN_FORCE, PERCENT, target_path

RECURRING: Final = '{ kind = "recurring", every = "year", since = "2026" }'
"""What a word for what is due every year means, as an example."""

TRUTHS: Final = {"yes": True, "no": False, "true": True, "false": False}
WORD_NAMES: Final = {"Every": "period length", "bool": "answer"}
NAMES: Final = (TextKind.PILLAR, TextKind.PLEDGE)
"""Texts that are compared: blanks around them are no part of them."""

Given = Sequence[tuple[str, Any]]
"""What a cell gives: columns of ours, each with a value."""


class CellReader:
    """Reads cells by a mapping and the registers of a ledger.

    With ``is_text`` they are the texts of a spreadsheet.  A point in a number is that of a fraction
    if this program wrote the file, ``is_export``, or if the ledger has the very number.
    """

    def __init__(self, ledger: Ledger, mapping: SheetMapping, columns: ImportColumns) -> None:
        self.words = mapping.words
        self.date_order = mapping.order
        self.free_texts = FREE_TEXTS - mapping.words.keys()
        self.is_text = columns.sheet.is_text
        self.is_verbatim = columns.sheet.is_verbatim
        self.is_export = columns.is_export
        titles = {key: each.title for key, each in ledger.sources.items()}
        new = mapping.new_entries
        self.pillars = Register("pillar", "pillars", ledger.pillars, is_open="pillars" in new)
        self.parties = Register("party", "parties", ledger.parties, is_open="parties" in new)
        self.sources = Register("source", "sources", titles, is_open="sources" in new)
        measures = [each.measure for each in ledger.pledges if each.measure]
        values = [each.value for pledge in ledger.pledges for each in pledge.updates]
        self.numbers = {*values, *(x for each in measures for x in (each.baseline, each.target))}

    @property
    def new_entries(self) -> list[RegisterEntry]:
        """The entries that cells have added to the registers, parties first."""
        registers = (self.parties, self.pillars, self.sources)
        return [entry for each in registers for entry in each.new_entries]

    def given(self, cell: Any, target: str, split: str | None = None) -> Given:
        """What a cell gives of a column and, if its word stands for several terms, of others.

        Raises: ``Misread`` if it does not fit its column.
        """
        if not isinstance(cell, str):
            return self._given_by_value(cell, target, split)
        if target in self.free_texts:
            text = self._plain(cell)
            return ((target, text),) if text else ()
        return tuple(self._given_by_text(cell, target, split))

    def free_text(self, cell: str) -> str | None:
        """A cell of a free text, as most cells are; None if there is more to look at."""
        if cell[0] == "#" or "'" in cell:  # which may be a failed formula, or guard one
            return None
        return (cell if self.is_verbatim else plain_text(cell)) or None

    def refuse_slips(self, value: Any, target: str) -> None:
        """Refuse what is the same for all rows, if it seems to be a slip of an entry's name.

        New entries are those of a column: one that is written once, by hand, may be mistyped.

        Raises: ``Misread``.
        """
        registers = {TextKind.PILLAR: self.pillars, TextKind.PARTY: self.parties}
        register = registers.get(getattr(term_of(target), "text_kind", TextKind.PLAIN))
        for each in value if isinstance(value, list) else text_parts(str(value)):
            if register:
                register.refuse_slip(str(each))

    def value(self, cell: Any, target: str) -> Any:
        """The value that a cell gives of a column; None if it gives none.

        Raises: ``Misread`` if it does not fit its column.
        """
        return dict(self.given(cell, target)).get(target)

    def _given_by_value(self, cell: Any, target: str, split: str | None) -> Given:
        """What a value of JSON gives that is no text."""
        term = term_of(target)
        is_list = isinstance(cell, list) and all(isinstance(each, str) for each in cell)
        may_be_empty = not self.is_verbatim or not term or term.is_list
        if cell is None or (cell == [] and may_be_empty) or (cell == {} and not term):
            return ()
        if is_list and target in self.free_texts and not self.is_verbatim:
            return self.given("; ".join(cell), target)
        if is_list and term:
            is_kept = self.is_verbatim and term.text_kind is not TextKind.PARTY
            pieces = list(map(self._plain, cell))
            if term.text_kind is TextKind.PARTY:  # of a workbook with commas between them
                pieces = [piece for each in pieces for piece in self._pieces(each, term)]
            return ((target, cell),) if is_kept else tuple(self._given_by_pieces(pieces, target))
        is_year = term and type(cell) is int and term.kind in (Period, dt.date)
        is_word = target == PERCENT or target in self.words
        is_text = term and term.kind is str and not self.is_verbatim
        is_number = isinstance(cell, int | float) and not isinstance(cell, bool)
        if isinstance(cell, dt.date) or (is_number and (is_year or is_word or is_text)):
            return self.given(str(cell), target, split)
        if is_text and isinstance(cell, bool):
            return self.given(str(cell).lower(), target, split)
        return ((target, cell),)

    def _plain(self, cell: str) -> str:
        """A cell as it is compared: without the apostrophe of a spreadsheet, and trimmed."""
        if self.is_verbatim:
            return cell
        if cell.startswith("#") and cell in FAILED_FORMULAS:
            raise Misread("formula", f"a formula failed here: {cell}", "correct it in the file")
        if self.is_text:
            cell = unguarded(cell.strip())
        return plain_text(cell)

    def _given_by_text(
        self, cell: str, target: str, split: str | None
    ) -> Iterator[tuple[str, Any]]:
        text = self._plain(cell)
        if not text:
            return
        words = self.words.get(target)
        meaning = words.get(word_key(text)) if words else None
        if isinstance(meaning, Mapping):
            yield from self._given_by_terms(meaning)
            return
        if meaning is not None:
            text = meaning
        term = term_of(target)
        if text and term and term.is_list and (self.is_text or split or not self.is_verbatim):
            if split or meaning is None:
                pieces = text_parts(text, split) if split else self._pieces(text, term)
                yield from self._given_by_pieces(pieces, target)
                return
            yield from self._given_by_pieces([text], target)
            return
        value = self._text_value(text, target) if text else None
        if value is not None:
            yield target, value

    def _given_by_terms(self, meaning: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
        """What a word gives that stands for several terms; tags come on top of others."""
        for term, value in meaning.items():
            if isinstance(value, list):
                yield from self._given_by_pieces([str(each) for each in value], term)
            elif (text := str(value).strip()) and (
                read := self._text_value(text, term)
            ) is not None:
                yield term, read

    def _pieces(self, text: str, term: Term) -> list[str]:
        """The pieces of a text with semicolons; or with commas, if every one is a party."""
        if term.text_kind is not TextKind.PARTY:
            is_list = self.is_text or term.list_kind is not Several
            return text_parts(text) if is_list else [text]
        if self.parties.find(text):
            return [text]
        has_commas = ";" not in text and all(map(self.parties.find, text_parts(text, ",")))
        return text_parts(text, "," if has_commas else ";")

    def _given_by_pieces(self, pieces: Sequence[str], target: str) -> Iterator[tuple[str, Any]]:
        """What the pieces of a list give, each by its own word, and each once."""
        words = self.words.get(target, {})
        kept: list[Any] = []
        known: set[Any] = set()
        kind = getattr(term_of(target), "text_kind", TextKind.PLAIN)
        for piece in pieces:
            meaning = words.get(word_key(piece), piece)
            if isinstance(meaning, Mapping):
                yield from self._given_by_terms(meaning)
                continue
            if kind is TextKind.PARTY and meaning:
                meaning = self.parties.key(meaning)
            elif kind is TextKind.SOURCE and meaning and not meaning.startswith("http"):
                meaning = self._source(meaning)
            if meaning and (meaning not in known or self.is_verbatim):
                kept.append(meaning)
                known.add(meaning)
        if kept:
            yield target, kept

    def _source(self, text: str) -> str:
        """The key of a source; what is not known is reported once the pledge is made of it."""
        return self.sources.key(text) if self.sources.is_open else text

    def _text_value(self, text: str, target: str) -> Any:
        """What a text gives, by what the model declares of its term."""
        if target == PERCENT:
            return self._percentage(text)
        term = term_of(target)
        is_free = term and term.kind is str and not term.is_list and term.text_kind not in NAMES
        if target == "measure" or (is_free and target != "id"):
            return text
        text = text.strip()
        if not text:
            return None
        if not term:
            hint = "this column holds records as JSON; for a note use update_note"
            raise Misread("json", f"{quotation(text)} is not valid JSON", hint)
        if term.kind is str:  # of JSON also one text of several, as in a ledger
            return self.pillars.key(text) if term.text_kind is TextKind.PILLAR else text
        if issubclass(term.kind, StrEnum | bool):
            return _word(text, term.kind, target)
        return (
            self._number(text, target)
            if term.kind is float
            else self._date(text, term.kind, target)
        )

    def _date(self, text: str, kind: type, target: str) -> str:
        try:
            if kind is Interval:
                return str(read_interval(text))
            period = read_date(text, self.date_order)
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

    def _number(self, text: str, target: str) -> Number:
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

    def _percentage(self, text: str) -> Number:
        """A percentage from 0 to 100; a fraction without a sign is refused, for 0.5 may be 50 %."""
        figure = text.removesuffix("%").strip()
        number = self._number(figure, PERCENT)
        if figure == text and 0 < abs(number) < 1:
            hint = f"write {100 * number:.15g}% or {text}%"
            raise Misread("number", f"{text} can be read in two ways", hint)
        return number


@cache
def term_of(target: str) -> Term | None:
    """The term of which a column gives values; None if it gives records."""
    path = target_path(target)
    record = {"measure": Measure, "news": Update}.get(str(path[0]), Pledge)
    return terms(record).get(str(path[-1]))


FAILED_FORMULAS: Final = (
    *("#REF!", "#N/A", "#VALUE!", "#DIV/0!", "#NAME?", "#NULL!", "#NUM!", "#SPILL!", "#CALC!"),
)
"""What a spreadsheet shows in the place of a result."""

FREE_TEXTS: Final = frozenset(
    name
    for name in IMPORTABLE_AS_TEXT
    if (term := term_of(name)) and term.kind is str and not term.is_list
    if name == "id" or term.text_kind not in NAMES
)
"""The columns that hold any text."""


def cell_value_text(cell: Any) -> str:
    """A cell of a workbook as a text: a date by its ISO day, a percentage with its sign."""
    value = cell.value
    if value is None:
        return ""
    if isinstance(value, dt.datetime | dt.date):
        return value.strftime("%Y-%m-%d") if value.year >= 1000 else str(value)[:10]  # noqa: PLR2004
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, int | float):
        if "%" in (cell.number_format or ""):
            return f"{round(value * 100, 9):.15g}%"
        return str(value) if isinstance(value, int) else f"{value:.15g}"
    return str(value)


def plain_text(text: str) -> str:
    """A text in one form: composed, with plain line ends, and without blanks around it."""
    if text.isascii() and text.isprintable():
        return text.strip()
    if not text.isascii():
        text = unicodedata.normalize("NFC", text).strip().strip("\u200b\ufeff")
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    return text.strip()


def text_parts(text: str, separator: str = ";") -> list[str]:
    """The parts of a text, without the blanks around them."""
    separator = separator.strip() or separator
    return [each.strip() for each in text.split(separator) if each.strip()]


def _word(text: str, kind: type[StrEnum | bool], target: str) -> str | bool | None:
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
