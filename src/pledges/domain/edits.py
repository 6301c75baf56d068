"""The edits of a ledger, one class for each kind; the store finds their places in the text.

Pledges are named by their ids.  In a record, fields that are None are not written.
"""

import datetime as dt
from typing import Literal

from msgspec import Struct

from pledges.domain.day import Interval, Period
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
