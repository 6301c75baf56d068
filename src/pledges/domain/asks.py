"""The decisions that are asked for and not settled, seen from the as-of date."""

import datetime as dt
from collections.abc import Iterable

from msgspec import Struct

from pledges.domain.assessment import Assessed
from pledges.domain.deadlines import is_past


class OpenAsk(Struct, frozen=True, kw_only=True):
    """An open ask of a pledge; ``number`` is its place there, from 1.

    ``by`` is the day up to which it should be settled.  ``days_left`` are 0 on that day, and
    ``days_late`` 1 on the next.
    """

    id: str
    number: int
    what: str
    of: str | None
    date: dt.date
    by: dt.date | None
    days_left: int | None
    days_late: int | None


def open_asks(assessed: Iterable[Assessed], as_of: dt.date) -> list[OpenAsk]:
    """The open asks of pledges, the one with the earliest day first; those without a day last."""
    found = []
    for each in assessed:
        for number, ask in enumerate(each.pledge.asks, start=1):
            if ask.is_open:
                is_late = ask.by is not None and is_past(ask.by, as_of)
                left = (ask.by - as_of).days if ask.by else None
                open_ask = OpenAsk(
                    id=each.pledge.id,
                    number=number,
                    what=ask.what,
                    of=ask.of,
                    date=ask.date,
                    by=ask.by,
                    days_left=None if is_late else left,
                    days_late=-left if left is not None and is_late else None,
                )
                found.append(open_ask)
    return sorted(found, key=lambda ask: (ask.by is None, ask.by or ask.date, ask.date))
