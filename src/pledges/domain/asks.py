"""The decisions that are asked for and not settled, as they lie to the as-of date."""

import datetime as dt
from collections.abc import Iterable

from msgspec import Struct

from pledges.domain.assessment import Assessed
from pledges.domain.pledge import Ask


class OpenAsk(Struct, frozen=True, kw_only=True):
    """An unsettled ask of a pledge; ``number`` is its place there, from 1.

    ``days_left`` count down to the day ``by`` which it should be settled, and are 0 on that day;
    ``days_late`` count from it on.
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
    """The open asks of pledges, the longest late first; those without a day stand last."""
    found = (
        _open(each.pledge.id, number, ask, as_of)
        for each in assessed
        for number, ask in enumerate(each.pledge.asks, start=1)
        if ask.is_open
    )
    return sorted(found, key=_order)


def _open(pledge: str, number: int, ask: Ask, as_of: dt.date) -> OpenAsk:
    left = (ask.by - as_of).days if ask.by else None
    return OpenAsk(
        id=pledge,
        number=number,
        what=ask.what,
        of=ask.of,
        date=ask.date,
        by=ask.by,
        days_left=left if left is not None and left >= 0 else None,
        days_late=-left if left is not None and left < 0 else None,
    )


def _order(ask: OpenAsk) -> tuple[bool, dt.date, dt.date]:
    return ask.by is None, ask.by or ask.date, ask.date
