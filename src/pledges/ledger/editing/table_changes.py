"""What a write changed in the tables of a ledger, wherever in it they are.

A pledge goes by its id, an entry of its history by what it says, and not by their numbers.  So the
same change of two texts is the same here, although other lines of them differ.
"""

from collections.abc import Iterator, Sequence
from hashlib import sha256
from typing import Any, TypeGuard

import msgspec
import rtoml

from pledges.ledger.editing.text_diff import shared_ends
from pledges.ledger.reading.decode import Table

TableChange = tuple[Sequence[str], Sequence[Any], Sequence[Any]]
"""Where a value differs, with the old and the new one; of a list those that differ, none if there
is no such value."""


def change_digest(old: bytes, new: bytes) -> str | None:
    """What identifies the change of the tables; None if one of the texts is no TOML."""
    try:
        before, after = (rtoml.loads(each.decode()) for each in (old, new))
    except (rtoml.TomlParsingError, UnicodeDecodeError):
        return None
    changes = list(table_changes(before, after, ()))
    return sha256(msgspec.json.encode(changes, order="deterministic")).hexdigest()


def guessed_change_digest(old: bytes, new: bytes) -> str | None:
    """The same, by reading only the pledges around the lines that differ.

    It is a guess, because what looks like the head of a pledge may be a line of a text.  If that
    is so, the digest is that of no change, and an undo that relies on it is refused.
    """
    # To read all of a ledger of megabytes twice would take longer than the rest of a write.
    head = b"\n[[pledge]]"
    shared, end = shared_ends(old, new)
    start = old.rfind(head, 0, shared) + 1
    rest = old[len(old) - end :].find(head)
    end = 0 if rest < 0 else end - rest - 1
    parts = (each[start : len(each) - end] for each in (old, new))
    return change_digest(*parts) or change_digest(old, new)


def table_changes(old: Table, new: Table, path: Sequence[str]) -> Iterator[TableChange]:
    """The values that differ in two tables, by their keys."""
    for key in sorted(old.keys() | new.keys()):
        at = (*path, key)
        one, other = ([each[key]] if key in each else [] for each in (old, new))
        if one == other:
            continue
        if one and other and isinstance(one[0], dict) and isinstance(other[0], dict):
            yield from table_changes(one[0], other[0], at)
        elif all(isinstance(each, list) for each in (*one, *other)):
            yield from _list_changes(one[0] if one else [], other[0] if other else [], at)
        else:
            yield at, one, other


def _list_changes(old: list[Any], new: list[Any], path: Sequence[str]) -> Iterator[TableChange]:
    start, end = shared_ends(old, new)
    one, other = (each[start : len(each) - end] for each in (old, new))
    if not (_have_ids(one) and _have_ids(other)):
        yield path, one, other
        return
    before, after = ({each["id"]: each for each in tables} for tables in (one, other))
    # The order counts only of those that are in both: it is nobody's change if one is added.
    orders = [[each for each in ids if each in before and each in after] for ids in (before, after)]
    if orders[0] != orders[1]:
        yield path, orders[0], orders[1]
    yield from table_changes(before, after, path)


def _have_ids(tables: Sequence[object]) -> TypeGuard[Sequence[Table]]:
    """Whether each has an id of its own."""
    ids = [each.get("id") for each in tables if isinstance(each, dict)]
    texts = {each for each in ids if isinstance(each, str)}
    return len(texts) == len(tables)
