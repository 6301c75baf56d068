"""Keys that a record does not have: misspelt ones, and those that stand in the wrong table."""

import re
from collections.abc import Iterator, Mapping
from typing import Final

from msgspec import Struct
from msgspec.structs import FieldInfo

from pledges.domain.fields import fields
from pledges.domain.pledge import Ledger, Measure, Plan, Pledge, Update
from pledges.errors import nearest
from pledges.ledger.reading.record_types import Table, nested_kinds, nested_records
from pledges.ledger.text.finding import Finding, Path

MISPLACED: Final[Mapping[type[Struct], tuple[type[Struct], ...]]] = {
    Ledger: (Plan, Pledge),
    Pledge: (Update, Measure),
}
"""Where a key may have slipped out of: the records whose keys mean nothing one level up."""

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
"""What people call a key by another name; not known as one, it would be lost without a word."""


def unknown_keys(table: Table, kind: type[Struct], path: Path) -> Iterator[Finding]:
    """The keys that are misspelt, or that stand in the wrong table; others are let through."""
    known = fields(kind)
    for key in table.keys() - known.keys():
        misspelt, misplaced = _misspelt(key, known), _misplaced(key, kind, table[key])
        is_table = isinstance(table[key], dict | list)
        found = misspelt or misplaced if is_table else misplaced or misspelt
        if found:
            close = _close(key, known)
            meant = (*path, close) if close else None
            yield Finding("key", (*path, key), *found, on_key=True, intended_path=meant)
    for value, record, inside in nested_records(table, kind, path):
        if isinstance(value, dict):
            yield from unknown_keys(value, record, inside)


def _misspelt(key: str, known: Mapping[str, FieldInfo]) -> tuple[str, str] | None:
    close = _close(key, known)
    return (f"there is no key {key!r}", f"did you mean {close}?") if close else None


def _close(key: str, known: Mapping[str, FieldInfo]) -> str | None:
    name = re.sub(r"[-\s]+", "_", key.strip().casefold())
    meant = next((each for each in SYNONYMS.get(name, ()) if each in known), None)
    return meant or nearest(name, list(known), 0.8)


def _misplaced(key: str, kind: type[Struct], value: object) -> tuple[str, str] | None:
    if key in ("status", "state") and kind is Pledge:
        return (
            "a status stands in an update, not beside a pledge's terms",
            f'write [[pledge.update]], then date = ... and status = "{value}"',
        )
    for owner in MISPLACED.get(kind, ()):
        if key in fields(owner):
            table = {Plan: "[plan]", Pledge: "[[pledge]]", Update: "[[pledge.update]]"}
            where = table.get(owner, "[pledge.measure]")
            if owner is Pledge and key in nested_kinds(Pledge):
                return f"[{key}] stands outside a pledge", f"write pledge.{key} in the brackets"
            return f"{key!r} does not belong here", f"it stands in {where}"
    return None
