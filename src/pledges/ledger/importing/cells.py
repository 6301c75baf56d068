"""A cell as the value of a term, in the shape that a ledger's tables have."""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from enum import StrEnum
from typing import Any

from pledges.clean import unguarded
from pledges.domain.day import Period
from pledges.domain.edits import RegisterEntry
from pledges.domain.fields import Several, Term, TextKind
from pledges.domain.pledge import Ledger
from pledges.ledger.importing.cell_texts import (
    FAILED_FORMULAS,
    Misread,
    cell_text,
    plain_text,
    quotation,
    text_parts,
)
from pledges.ledger.importing.cell_values import ValueReader, read_closed_word
from pledges.ledger.importing.headings import ImportColumns
from pledges.ledger.importing.mapping import SheetMapping, word_key
from pledges.ledger.importing.registers import Register
from pledges.ledger.importing.targets import FREE_TEXTS, PERCENT, term_of

GivenTerm = tuple[str, Any]
Given = Sequence[GivenTerm]
"""What a cell gives: columns of ours, each with a value."""


class CellReader:
    """Reads cells by a mapping and the registers of a ledger.

    With ``is_text`` they are the texts of a spreadsheet.
    """

    def __init__(self, ledger: Ledger, mapping: SheetMapping, columns: ImportColumns) -> None:
        self.words = mapping.words
        self.free_texts = FREE_TEXTS - mapping.words.keys()
        self.is_text = columns.sheet.is_text
        self.is_verbatim = columns.sheet.is_verbatim
        titles = {key: each.title for key, each in ledger.sources.items()}
        new = mapping.new_entries
        self.pillars = Register("pillar", "pillars", ledger.pillars, is_open="pillars" in new)
        self.parties = Register("party", "parties", ledger.parties, is_open="parties" in new)
        self.sources = Register("source", "sources", titles, is_open="sources" in new)
        measures = [each.measure for each in ledger.pledges if each.measure]
        values = [each.value for pledge in ledger.pledges for each in pledge.updates]
        numbers = {*values, *(x for each in measures for x in (each.baseline, each.target))}
        self.values = ValueReader(
            mapping.order, numbers, is_export=columns.is_export, is_verbatim=self.is_verbatim
        )

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
        is_written = isinstance(cell, dt.date) or (is_text and isinstance(cell, bool))
        if is_written or (is_number and (is_year or is_word or is_text)):
            return self.given(cell_text(cell), target, split)
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

    def _given_by_text(self, cell: str, target: str, split: str | None) -> Iterator[GivenTerm]:
        text = self._plain(cell)
        if not text:
            return
        words = self.words.get(target)
        meaning = words.get(word_key(text)) if words else None
        if isinstance(meaning, Mapping):
            yield from self._given_by_terms(meaning)
            return
        given = text if meaning is None else meaning
        term = term_of(target)
        if term and term.is_list and (self.is_text or split or not self.is_verbatim):
            pieces = self._pieces(given, term) if meaning is None else [given]
            pieces = text_parts(given, split) if split else pieces
            yield from self._given_by_pieces(pieces, target)
        elif given and (value := self._text_value(given, target)) is not None:
            yield target, value

    def _given_by_terms(self, meaning: Mapping[str, Any]) -> Iterator[GivenTerm]:
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

    def _given_by_pieces(self, pieces: Sequence[str], target: str) -> Iterator[GivenTerm]:
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
            named = meaning and self._key(meaning, kind)
            if named and (named not in known or self.is_verbatim):
                kept.append(named)
                known.add(named)
        if kept:
            yield target, kept

    def _key(self, text: str, kind: TextKind) -> str:
        """The key of a party or source; other texts as they are.

        A source that is not known is reported once the pledge is made of it.
        """
        if kind is TextKind.PARTY:
            return self.parties.key(text)
        is_name = kind is TextKind.SOURCE and not text.startswith("http")
        return self.sources.key(text) if is_name and self.sources.is_open else text

    def _text_value(self, text: str, target: str) -> Any:
        """What a text gives, by what the model declares of its term."""
        if target == PERCENT:
            return self.values.percentage(text)
        if target == "measure" or (target in FREE_TEXTS and target != "id"):
            return text
        term = term_of(target)
        if not (text := text.strip()):
            return None
        if not term:
            hint = "this column holds records as JSON; for a note use update_note"
            raise Misread("json", f"{quotation(text)} is not valid JSON", hint)
        if term.kind is str:  # of JSON also one text of several, as in a ledger
            return self.pillars.key(text) if term.text_kind is TextKind.PILLAR else text
        if issubclass(term.kind, StrEnum | bool):
            return read_closed_word(text, term.kind, target)
        read, kind = self.values, term.kind
        return read.number(text, target) if kind is float else read.date(text, kind, target)
