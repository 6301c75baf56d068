"""Keys that a record does not have: misspelt ones, and those that are in the wrong table."""

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from typing import Final, get_origin

from msgspec import Struct

from pledges.domain.fields import OWN_KEY, fields
from pledges.domain.pledge import Ledger, Measure, Plan, Pledge, Update
from pledges.errors import nearest
from pledges.ledger.reading.decode import Table, nested_kinds
from pledges.ledger.text.finding import Finding, Path

MISPLACED: Final[Mapping[type[Struct], tuple[type[Struct], ...]]] = {
    Ledger: (Plan, Pledge),
    Pledge: (Update, Measure),
}
"""The records whose keys mean nothing one level up, by the record that they may be found in."""

SYNONYMS: Final[Mapping[str, tuple[str, ...]]] = {
    "deadline": ("due",),
    "due_date": ("due",),
    "date_due": ("due",),
    "owner": ("owed_by",),
    "owners": ("owed_by",),
    "party": ("parties", "owed_by"),
    "parties": ("owed_by",),
    "state": ("status",),
}
"""Other words for a key, which no likeness of letters would find."""


OWN_KEYS: Final = re.compile(OWN_KEY)
"""What begins so is a key of people's own, and no slip: ``x_title`` is not ``title``."""


def undeclared_keys(
    table: Table, kind: type[Struct], path: Path
) -> Iterator[tuple[Path, type[Struct], object]]:
    """Yield each key that its record does not declare: its path, the record and its value."""
    known = fields(kind)
    yield from (((*path, key), kind, table[key]) for key in table if key not in known)
    for key, record in nested_kinds(kind).items():
        value, inside = table.get(key), (*path, key)
        parts: Iterable[tuple[Path, object]] = [(inside, value)]
        if isinstance(value, list):
            parts = (((*inside, at), each) for at, each in enumerate(value))
        elif isinstance(value, dict) and get_origin(known[key].type) is dict:
            parts = (((*inside, name), each) for name, each in value.items())
        for place, each in parts:
            if isinstance(each, dict):
                yield from undeclared_keys(each, record, place)


def unknown_keys(table: Table, kind: type[Struct], path: Path) -> Iterator[Finding]:
    """Yield the keys that are misspelt or in the wrong table; any other key is allowed."""
    for place, owner, value in undeclared_keys(table, kind, path):
        key = str(place[-1])
        close = _meant_key(key, owner)
        misspelt = (f"there is no key {key!r}", f"did you mean {close}?") if close else None
        misplaced = _misplacement(key, owner, value)
        is_table = isinstance(value, dict | list)
        words = misspelt or misplaced if is_table else misplaced or misspelt
        if words:
            intended = (*place[:-1], close) if close else None
            yield Finding("key", place, *words, on_key=True, intended_path=intended)


@lru_cache(maxsize=1024)  # a key that people made up is mostly in every pledge
def _meant_key(key: str, kind: type[Struct]) -> str | None:
    """The key of a record that an undeclared one is a slip or another word of."""
    if OWN_KEYS.match(key):
        return None
    known = fields(kind)
    name = re.sub(r"[-\s]+", "_", key.strip().casefold())
    synonyms = (each for each in SYNONYMS.get(name, ()) if each in known)
    return next(synonyms, None) or nearest(name, known)


def _misplacement(key: str, kind: type[Struct], value: object) -> tuple[str, str] | None:
    """The message and the hint for a key of another record; None if it is of none."""
    if key in ("status", "state") and kind is Pledge:
        return (
            "a status belongs in an update",
            f'write [[pledge.update]] and, below it, date = ... and status = "{value}"',
        )
    for owner in MISPLACED.get(kind, ()):
        if key in fields(owner):
            if owner is Pledge and key in nested_kinds(Pledge):
                table = "[pledge.measure]" if key == "measure" else f"[[pledge.{key}]]"
                return f"[{key}] must be part of a pledge", f"write {table}"
            tables = {Plan: "[plan]", Pledge: "[[pledge]]", Update: "[[pledge.update]]"}
            table = tables.get(owner, "[pledge.measure]")
            return f"{key!r} does not belong here", f"it belongs in {table}"
    return None
