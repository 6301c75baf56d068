"""What is found wrong while a ledger is read, before its line and column are known."""

from typing import NamedTuple

from msgspec import Struct

Path = tuple[str | int, ...]
"""The way to a value through the tables: ``("pledge", 3, "update", 0, "date")``."""


class Span(Struct, frozen=True, order=True):
    """A part of a text, from the offset ``start`` up to ``end``."""

    start: int
    end: int


class Explanation(NamedTuple):
    """A fault in words: its code, what is wrong, and what to do."""

    code: str
    message: str
    hint: str | None = None


class Finding(Struct, frozen=True):
    """A fault by the path of the key or value that it is about.

    ``on_key`` marks the key instead of its value; ``span`` is given if the place is already known.
    ``other_place`` is a second place, which the message ends with.  ``premises`` are paths that
    must be sound for the finding to mean anything.  ``intended_path`` is the path that a misspelt
    key should have had.
    """

    code: str
    path: Path
    message: str
    hint: str | None = None
    on_key: bool = False
    span: Span | None = None
    other_place: Path | Span | None = None
    premises: tuple[Path, ...] = ()
    intended_path: Path | None = None
