"""What a write does to the lines of a ledger, and the writes that can be taken back."""

import re
from collections.abc import Sequence
from typing import ClassVar, Final

from msgspec import Struct

from pledges.view.answer import Answer, Document, columns_of
from pledges.view.page import Cell, Column, Page, Paragraph, Section, Table, Tone, line

_TONES: Final = {"+": Tone.GOOD, "-": Tone.LATE, "@": Tone.MUTED}


class DiffDocument(Document, frozen=True, kw_only=True):
    """A unified diff of a ledger."""

    kind: str = "diff"
    ledger: str
    diff: str

    @property
    def records(self) -> Sequence[object]:
        """The whole document as its one record."""
        return [self]


def diff_answer(diff: str, ledger: str) -> Answer:
    """A unified diff in every format."""
    document = DiffDocument(ledger=ledger, diff=diff)
    lines = diff.split("\n")[:-1]
    toned = [line(each.removesuffix("\r"), _TONES.get(each[:1])) for each in lines]
    page = Page(sections=[Section(blocks=[*map(Paragraph, toned)])])
    return Answer(lambda: page, lambda: document, {"diff": str}, lines)


def fenced(diff: str) -> str:
    """A diff as a block of code in Markdown."""
    fence = "`" * max(3, *(len(each) + 1 for each in re.findall("`+", diff)), 3)
    return f"{fence}diff\n{diff}{fence}\n" if diff else ""


COLUMNS: Final = (Column("When"), Column("What", is_main=True, wraps=True))


class WriteRecord(Struct, frozen=True):
    """A write: when, in ISO format, and what it did."""

    on: str
    act: str


class WriteList(Document, frozen=True, kw_only=True):
    """The writes that ``undo`` takes back, one after the other."""

    RECORDS: ClassVar[str] = "writes"

    kind: str = "write-list"
    ledger: str
    count: int
    writes: Sequence[WriteRecord]


def undo_answer(
    writes: Sequence[tuple[str, str]], ledger: str, *, is_changed: bool = False
) -> Answer:
    """The writes in every format; ``is_changed`` if the ledger was changed since the last one."""
    changed = f"{ledger} was changed since, by hand or by another program."
    none = changed if is_changed else "There is nothing to take back."
    records = [WriteRecord(on, act) for on, act in writes]
    rows = [[Cell(each.on.replace("T", " ")[:16]), Cell(each.act)] for each in records]
    document = WriteList(ledger=ledger, count=len(records), writes=records)
    page = Page(sections=[Section(blocks=[Table(COLUMNS, rows)])] if rows else [])
    remarks = () if records else [none]
    return Answer(lambda: page, lambda: document, columns_of(WriteRecord), records, remarks)
