"""What is to be done to the tables of a ledger, step by step, and to its text, splice by splice."""

from typing import Any, NamedTuple

from msgspec import Struct

from pledges.ledger.reading.decode import Table
from pledges.ledger.text.finding import Path

LINE, BLOCK, PLEDGE = range(3)
"""The order of what is put at one place: a line of the table above first, a pledge last."""


class SetValue(Struct, frozen=True):
    """A value set or added at a path; ``has_others`` says that its table has keys already."""

    path: Path
    value: Any
    has_others: bool


class InsertRecord(Struct, frozen=True):
    """One more table in the list at a path, after the one of this number; -1 is before all."""

    path: Path
    after: int
    record: Table


class RemoveKey(Struct, frozen=True):
    """A key and its value, or a table, taken away."""

    path: Path


class RemoveRecord(Struct, frozen=True):
    """A table taken out of the list that it is in, by the path with its number."""

    path: Path


Step = SetValue | InsertRecord | RemoveKey | RemoveRecord


class Splice(NamedTuple):
    """What the new text has in the place of the old one from ``start`` up to ``end``."""

    start: int
    end: int
    text: str
    rank: int = LINE
