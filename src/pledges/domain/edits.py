"""What can be done to a ledger, an act each; where that stands in the text is for the store.

Pledges are named by their ids.  Records are whole: what is not given is not written.
"""

import datetime as dt
from typing import Literal

from msgspec import Struct

from pledges.domain.day import Interval, Period
from pledges.domain.pledge import Ask, Claim, Measure, Pledge, Source, Update

Value = str | int | float | dt.date | Period | Interval | Measure | tuple[str, ...]
"""What a term can be set to."""


class Append(Struct, frozen=True):
    """One more record at the end of those that a pledge has of its kind."""

    pledge: str
    record: Update | Claim | Ask


class Put(Struct, frozen=True):
    """A term of a pledge set, by its path in the pledge, such as ``("ask", 0, "settled")``."""

    pledge: str
    path: tuple[str | int, ...]
    value: Value


class NewPledge(Struct, frozen=True):
    """A pledge behind the last one of its pillar."""

    pledge: Pledge


class RegisterEntry(Struct, frozen=True):
    """An entry of a register under a key that it does not have yet."""

    register: Literal["parties", "pillars", "sources"]
    key: str
    entry: str | Source


Edit = Append | Put | NewPledge | RegisterEntry
