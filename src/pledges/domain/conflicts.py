"""What two versions of a ledger differ about, so that only a person can decide."""

from collections.abc import Mapping
from typing import Any, Final, NamedTuple

from msgspec import Struct

ABSENT: Final = object()
"""The value of what is not there; TOML itself has no null."""


class ConflictPlace(NamedTuple):
    """What a conflict is about: a pledge by its id, or another table by its name; an entry in it.

    ``record`` is the kind of the entry, such as ``update``, with its content.
    """

    table: str = ""
    record: tuple[str, Mapping[str, Any]] | None = None
    key: str = ""


class Conflict(Struct, frozen=True):
    """The lines that each side has in one place, and their values; ``ABSENT`` if it has none."""

    place: ConflictPlace
    lines: tuple[str, str]
    values: tuple[Any, Any]


class Twins(NamedTuple):
    """Two entries of one day that the sides have added to a pledge, with other figures.

    The one that comes later in the ledger counts.
    """

    pledge: str
    ours: Mapping[str, Any]
    theirs: Mapping[str, Any]
    is_theirs_later: bool
