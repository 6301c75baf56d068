"""The registers of a ledger while a file is imported: keys by title, and entries that are new."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from typing import Any, Final, Literal

from msgspec.structs import replace

from pledges.clean import clean
from pledges.domain.edits import RegisterEntry
from pledges.domain.pledge import Ledger, Source, cited_sources
from pledges.domain.spelling import match_key, search_key
from pledges.errors import nearest
from pledges.ledger.importing.cell_texts import Misread, quotation
from pledges.ledger.reading.references import MOST_COMPARED

MOST_NAMED: Final = 12  # how many entries of a register are named at most
LONGEST_KEY: Final = 24  # characters of a key that is made of a title
ROMAN_OR_SHORT: Final = 8  # characters of the number of a chapter

RegisterName = Literal["parties", "pillars", "sources"]


class Register:
    """The keys of a register, by key or by title, also as a spreadsheet shows them.

    If it ``is_open``, titles that are not there get a key and are kept as ``new_entries``.
    """

    def __init__(
        self, what: str, name: RegisterName, entries: Mapping[str, str], *, is_open: bool
    ) -> None:
        self.what = what
        self.name = name
        self.entries = dict(entries)
        self.is_open = is_open
        self.new_entries: list[RegisterEntry] = []
        self._keys = {_title_key(title): key for key, title in entries.items()}
        self._keys |= {_title_key(key): key for key in entries}
        self._unknown: dict[str, Misread] = {}
        self._counts: dict[str, int] = {}

    def find(self, text: str) -> str | None:
        """The key that ``text`` names; None if there is none."""
        return text if text in self.entries else self._keys.get(_title_key(text))

    def key(self, text: str, number: str = "") -> str:
        """The key that ``text`` names; a new one may be the ``number`` of a chapter.

        Raises: ``Misread``, with the nearest one only if it may be a slip of letters.
        """
        key = self.find(text)
        if key is not None:
            return key
        if self.is_open:
            return self._added(text.strip(), number)
        if text not in self._unknown:  # the nearest is looked for once, however many rows have it
            is_short = 0 < len(self.entries) <= MOST_NAMED
            one_of = f"use one of {', '.join(self.entries)}, or " if is_short else ""
            hint = f'{one_of}write in a mapping [register] {self.name} = "new"'
            close = self._nearest(text)
            self._unknown[text] = self._misread(text, f"did you mean {close}?" if close else hint)
        raise self._unknown[text]

    def refuse_slip(self, text: str) -> None:
        """Refuse what is new, but seems to be a slip of an entry that is known.

        Raises: ``Misread``.
        """
        if self.is_open and self.find(text) is None and (close := self._nearest(text)):
            hint = f"did you mean {close}? if not, add it to the ledger first: pledges edit"
            raise self._misread(text, hint)

    def _nearest(self, text: str) -> str | None:
        is_large = 2 * len(self.entries) > MOST_COMPARED
        known = () if is_large else (*self.entries, *self.entries.values())
        return nearest(text.strip(), known)

    def _misread(self, text: str, hint: str) -> Misread:
        message = f"there is no {self.what} {quotation(text.strip())}"
        return Misread("reference", message, hint)

    def _added(self, title: str, number: str) -> str:
        is_short = bool(number) and len(number) <= ROMAN_OR_SHORT
        key = number if is_short and _title_key(number) not in self._keys else ""
        key = key or self._free_key(key_of_title(title))
        entry = Source(title=title) if self.name == "sources" else title
        self.new_entries.append(RegisterEntry(self.name, key, entry))
        self.entries[key] = title
        self._keys |= {_title_key(title): key, _title_key(key): key}
        return key

    def _free_key(self, wanted: str) -> str:
        # All numbers below the last one are taken: thousands of titles may begin alike.
        count = self._counts.get(wanted, 1)
        key = wanted if count == 1 else f"{wanted}-{count}"
        while _title_key(key) in self._keys:
            count += 1
            key = f"{wanted}-{count}"
        self._counts[wanted] = count
        return key


def _title_key(title: str) -> str:
    return match_key(clean(title)).strip()


def key_of_title(title: str) -> str:
    """A key made of a title: its first words, in small letters without accents."""
    plain = unicodedata.normalize("NFC", search_key(title))
    # Vowels of Thai and other scripts are marks, and no word without them.
    kept = "".join(x if unicodedata.category(x)[0] in "LMN" else " " for x in plain)
    words = kept.split() or ["x"]
    key = words[0][:LONGEST_KEY]
    for word in words[1:]:
        if len(key) + 1 + len(word) > LONGEST_KEY:
            break
        key = f"{key}-{word}"
    return re.sub(r"-(of|the|and|for|in|a)$", "", key)


def with_entries(ledger: Ledger, entries: Sequence[RegisterEntry]) -> Ledger:
    """A ledger with new entries of its registers."""
    registers: dict[str, dict[str, Any]] = {}
    for each in entries:
        own = registers.setdefault(each.register, dict(getattr(ledger, each.register)))
        own[each.key] = each.entry
    return replace(ledger, **registers) if registers else ledger


def with_registers_of(
    ledger: Ledger, other: Ledger | None
) -> tuple[Ledger, list[RegisterEntry], list[RegisterEntry]]:
    """A ledger with what the pledges of another one use of its registers, in its order.

    With it come the entries that are new, and those of which the ledger has another text.
    """
    if not other:
        return ledger, [], []
    used: dict[RegisterName, set[str | None]] = {"parties": set(), "pillars": set()}
    used["sources"] = {key for each in other.pledges for key in cited_sources(each)}
    for each in other.pledges:
        names = (each.waiting_on, *(x.of for x in each.asks), *(x.by for x in each.updates))
        used["parties"].update(each.owed_by, each.asked_by, names)  # some are no keys but texts
        used["pillars"].add(each.pillar)
    new, others = [], []
    for register, keys in used.items():
        own = getattr(ledger, register)
        for key, entry in getattr(other, register).items():
            used_entry = RegisterEntry(register, key, entry)
            if key in keys and key not in own:
                new.append(used_entry)
            elif key in keys and own[key] != entry:
                others.append(used_entry)
    return with_entries(ledger, new), new, others
