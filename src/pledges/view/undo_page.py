"""The writes to a ledger that can be taken back, the last one first."""

from collections.abc import Sequence
from typing import Final

from msgspec import Struct

from pledges.view.page import Answer, Cell, Column, Grid, Page, Section, Table

COLUMNS: Final = (Column("When"), Column("What", is_main=True, wraps=True))


class WriteRecord(Struct, frozen=True):
    """A write: when, in ISO format, and what it did."""

    on: str
    act: str


class WriteList(Struct, frozen=True, kw_only=True):
    """The writes that ``undo`` takes back, one after the other."""

    schema_version: int = 1
    kind: str = "write-list"
    ledger: str
    count: int
    writes: Sequence[WriteRecord]


def answer(writes: Sequence[tuple[str, str]], ledger: str, *, is_changed: bool = False) -> Answer:
    """The writes in each of their shapes; ``is_changed`` where others changed the ledger since."""
    changed = f"{ledger} was changed since, by hand or by another program."
    none = changed if is_changed else "There is nothing to take back."
    records = [WriteRecord(on, act) for on, act in writes]
    rows = [[Cell(each.on.replace("T", " ")[:16]), Cell(each.act)] for each in records]
    return Answer(
        page=lambda: Page(sections=[Section(table=Table(COLUMNS, rows))] if rows else []),
        document=lambda: WriteList(ledger=ledger, count=len(records), writes=records),
        records=lambda: records,
        grid=lambda: Grid(["on", "act"], [[each.on, each.act] for each in records]),
        said=() if records else [none],
    )
