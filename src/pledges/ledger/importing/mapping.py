"""What a mapping says: how the sheets of a register are read, now and every month."""

import datetime as dt
import re
import unicodedata
from collections.abc import Mapping, Sequence
from typing import Any, Final

from msgspec import Struct

from pledges.errors import Fault, FaultyLedger
from pledges.ledger.importing.sheet_dates import DateOrder
from pledges.ledger.text.finding import Finding, Positions
from pledges.ledger.text.scan import scan

Meaning = str | Mapping[str, Any]
"""What a word stands for: another word, or several terms."""


class ColumnUse(Struct, frozen=True):
    """What the column of a heading is used for; ``to`` is empty if it is left out.

    Its texts are cut at ``split``.  With ``is_all`` all columns of the heading are read; with
    ``is_lettered`` the second row of an id gets a letter.  What it gives of an update happened on
    the day ``updated``.
    """

    to: str
    split: str | None = None
    is_all: bool = False
    is_lettered: bool = False
    updated: dt.date | None = None


class Chapter(Struct, frozen=True):
    """Which rows are chapters, not pledges: their titles are the pillars of the rows below."""

    column: str
    matches: re.Pattern[str]
    title: str


class Parts(Struct, frozen=True):
    """How rows are parts of others: by outline ``number``, or by ``level``."""

    by: str
    column: str


class SheetMapping(Struct, frozen=True):
    """How a file is read; ``text`` is that of the mapping file called ``name``.

    The columns of the headings ``for_once`` are named by an option, not in that file, and
    ``vanished_tag`` is that of pledges that the file has no more.
    """

    name: str = ""
    text: str = ""
    heading: int | None = None
    below: str | None = None
    skip: re.Pattern[str] | None = None
    sheet: str | None = None
    encoding: str | None = None
    chapter: Chapter | None = None
    parts: Parts | None = None
    columns: Mapping[str, ColumnUse] = {}
    make: Mapping[str, str] = {}
    words: Mapping[str, Mapping[str, Meaning]] = {}
    order: DateOrder = DateOrder.ISO
    new_entries: frozenset[str] = frozenset()
    fixed: Mapping[str, Any] = {}
    log: Mapping[str, str] = {}
    for_once: frozenset[str] = frozenset()
    vanished_tag: str | None = None

    @property
    def is_of_register(self) -> bool:
        """Whether it describes a register, of which no row should vanish: not a history."""
        return bool(self.name) and not self.log


NO_MAPPING: Final = SheetMapping()


def faulty_mapping(findings: Sequence[Finding], text: str, name: str) -> FaultyLedger:
    """The error of what is wrong with a mapping file, at its places."""
    positions = Positions(text, scan(text).positions, name)
    faults: list[Fault] = list(dict.fromkeys(positions.fault(each) for each in findings))
    return FaultyLedger(name, sorted(faults, key=lambda each: (each.line, each.column)))


def word_key(text: str) -> str:
    """A word as it is compared: without regard to case and outer blanks."""
    return " ".join(text.split()).casefold()


def heading_key(heading: str) -> str:
    """A heading as it is compared: "Owed by" is "owed_by"."""
    plain = unicodedata.normalize("NFC", heading).strip().casefold()
    return "_".join(plain.replace("-", " ").replace("_", " ").split())
