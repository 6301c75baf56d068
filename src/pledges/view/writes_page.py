"""What a write does to the lines of a ledger, and the writes that can be undone and redone."""

import re
from collections.abc import Sequence
from typing import ClassVar, Final

from msgspec import Struct

from pledges.clean import clean
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
    return Answer(lambda: page, lambda: document, {"diff": str}, lines, sheet="Diff")


def fenced(diff: str) -> str:
    """A diff as a block of code in Markdown, for people: ``patch`` reads that of a pipe."""
    fence = "`" * max(3, *(len(each) + 1 for each in re.findall("`+", diff)), 3)
    shown = re.sub(r"[^\n\t]+", lambda found: clean(found[0]), diff.replace("\r\n", "\n"))
    return f"{fence}diff\n{shown}{fence}\n" if diff else ""


DatedAct = tuple[str, str]  # when a write was, and what it did
COLUMNS: Final = (Column("When"), Column("What", is_main=True, wraps=True), Column("Undone"))


class WriteRecord(Struct, frozen=True):
    """A write: when, in ISO format, what it did, and whether it is undone at the moment."""

    on: str
    act: str
    undone: bool


class WriteList(Document, frozen=True, kw_only=True):
    """The writes that can be redone, and those that can be undone, the latest first."""

    RECORDS: ClassVar[str] = "writes"

    kind: str = "write-list"
    ledger: str
    count: int
    writes: Sequence[WriteRecord]


def history_answer(
    done: Sequence[DatedAct], undone: Sequence[DatedAct], ledger: str, *, is_changed: bool
) -> Answer:
    """The writes in every format, given in their order.

    ``is_changed`` if the ledger was changed since the last one.
    """
    writes = [(*each, False) for each in done] + [(*each, True) for each in undone]
    records = [WriteRecord(*each) for each in reversed(writes)]
    rows = []
    for each in records:
        when, now = each.on.replace("T", " ")[:16], "undone" if each.undone else "done"
        rows.append([Cell(when), Cell(each.act), Cell(now)])
    document = WriteList(ledger=ledger, count=len(records), writes=records)
    page = Page(sections=[Section(blocks=[Table(COLUMNS, rows)])] if rows else [])
    remarks = [f"{ledger} was changed since, by hand or by another program."] * is_changed
    remarks = remarks if records else ["There is nothing to undo or redo."]
    return Answer(lambda: page, lambda: document, columns_of(WriteRecord), records, remarks)
