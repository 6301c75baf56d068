"""The edits of a ledger, one class for each kind; the store finds their places in the text.

Pledges are named by their ids.  In a record, fields that are None are not written.
"""

import datetime as dt
from collections.abc import Iterator, Mapping
from typing import Final, Literal

from msgspec import UNSET, Struct

from pledges.domain.day import Interval, Period
from pledges.domain.fields import fields
from pledges.domain.pledge import Ask, Claim, Measure, Pledge, Source, Update

Value = str | int | float | dt.date | Period | Interval | Measure | tuple[str, ...]
"""What a term can be set to."""


class Append(Struct, frozen=True):
    """A record added after those of its kind that a pledge has."""

    pledge: str
    record: Update | Claim | Ask


class Put(Struct, frozen=True):
    """A new value of a term, by its path in the pledge, such as ``("ask", 0, "settled")``."""

    pledge: str
    path: tuple[str | int, ...]
    value: Value


class Clear(Struct, frozen=True):
    """A term taken away, by its path in the pledge, such as ``("lead",)``."""

    pledge: str
    path: tuple[str | int, ...]


class Remove(Struct, frozen=True):
    """A pledge taken out; or one of its records, by its place, such as ``("update", 2)``."""

    pledge: str
    path: tuple[str | int, ...] = ()


class Move(Struct, frozen=True):
    """A pledge moved behind the last one of the pillar that it is in by then."""

    pledge: str


class NewPledge(Struct, frozen=True):
    """A pledge added after the last one of its pillar."""

    pledge: Pledge


class RegisterEntry(Struct, frozen=True):
    """An entry added to a register, under a key that is new there."""

    register: Literal["parties", "pillars", "sources"]
    key: str
    entry: str | Source


Edit = Append | Put | Clear | Remove | Move | NewPledge | RegisterEntry

RECORD_LISTS: Final[Mapping[str, str]] = {"claim": "claims", "update": "updates", "ask": "asks"}
"""The lists of records that a pledge has: their keys in the ledger, and their fields."""


def edits_between(old: Pledge, new: Pledge) -> Iterator[Edit]:
    """Yield what makes the new pledge of the old one.

    Records are compared by their places; those at the end are added or taken out.
    """
    yield from _term_edits(old.id, (), old, new)
    for key, field in RECORD_LISTS.items():
        before, after = getattr(old, field), getattr(new, field)
        for at, pair in enumerate(zip(before, after, strict=False)):
            yield from _term_edits(old.id, (key, at), *pair)
        yield from (Append(old.id, record) for record in after[len(before) :])
        yield from (Remove(old.id, (key, at)) for at in range(len(after), len(before)))


def _term_edits(
    pledge: str, path: tuple[str | int, ...], old: Struct, new: Struct
) -> Iterator[Edit]:
    """Yield what makes the terms of a record those of another, but for its lists of records."""
    for key, declared in fields(type(old)).items():
        before, after = getattr(old, declared.name), getattr(new, declared.name)
        if before == after or key in RECORD_LISTS:
            continue
        if isinstance(before, Measure) and isinstance(after, Measure):
            yield from _term_edits(pledge, (*path, key), before, after)
        elif after is None or after is UNSET or after is False or after == ():
            # Compared one by one: 0 is a value, though it is equal to False.
            yield Clear(pledge, (*path, key))
        else:
            yield Put(pledge, (*path, key), after)
