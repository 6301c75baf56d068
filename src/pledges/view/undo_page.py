"""The writes to a ledger that can be taken back, the last one first."""

from collections.abc import Sequence
from typing import ClassVar, Final

from msgspec import Struct

from pledges.view.answer import Answer, Document, columns_of
from pledges.view.page import Cell, Column, Page, Section, Table

COLUMNS: Final = (Column("When"), Column("What", is_main=True, wraps=True))


class WriteRecord(Struct, frozen=True):
    """A write: when, in ISO format, and what it did."""

    on: str
    act: str


class WriteList(Document, frozen=True, kw_only=True):
    """The writes that ``undo`` takes back, one after the other."""

    RECORDS: ClassVar[str] = "writes"

    schema_version: int = 1
    kind: str = "write-list"
    ledger: str
    count: int
    writes: Sequence[WriteRecord]


def answer(writes: Sequence[tuple[str, str]], ledger: str, *, is_changed: bool = False) -> Answer:
    """The writes in every format; ``is_changed`` if the ledger was changed since the last one."""
    changed = f"{ledger} was changed since, by hand or by another program."
    none = changed if is_changed else "There is nothing to take back."
    records = [WriteRecord(on, act) for on, act in writes]
    rows = [[Cell(each.on.replace("T", " ")[:16]), Cell(each.act)] for each in records]
    document = WriteList(ledger=ledger, count=len(records), writes=records)
    page = Page(sections=[Section(blocks=[Table(COLUMNS, rows)])] if rows else [])
    remarks = () if records else [none]
    return Answer(lambda: page, lambda: document, columns_of(WriteRecord), records, remarks)
