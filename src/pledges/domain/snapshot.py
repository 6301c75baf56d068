"""What was known of a ledger on a day: the assessment of every pledge, and the open asks."""

import datetime as dt
from collections.abc import Iterable, Sequence

from msgspec import Struct

from pledges.domain.assessment import AssessedPledge, assess
from pledges.domain.pledge import Ledger, Pledge


class Snapshot(Struct, frozen=True):
    """What every answer is made from; ``name`` is the ledger's file, without its folder."""

    ledger: Ledger
    name: str
    as_of: dt.date
    assessed: Sequence[AssessedPledge]


def snapshot(ledger: Ledger, name: str, as_of: dt.date) -> Snapshot:
    """The ledger without what came after ``as_of``, and its pledges assessed on that day."""
    known = ledger.known_on(as_of)
    assessed = [AssessedPledge(each, assess(each, as_of, known.plan)) for each in known.pledges]
    return Snapshot(known, name, as_of, assessed)


def assess_alone(pledge: Pledge, ledger: Ledger, as_of: dt.date) -> AssessedPledge:
    """One pledge of a ledger as it was known on ``as_of``, without a look at the others.

    One that was made later is assessed with all that the ledger says of it.
    """
    is_later = pledge.made is not None and pledge.made.first > as_of
    known = pledge if is_later else ledger.pledge_known_on(pledge, as_of)
    return AssessedPledge(known, assess(known, as_of, ledger.plan))


class OpenAsk(Struct, frozen=True):
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


def open_asks(assessed: Iterable[AssessedPledge], as_of: dt.date) -> list[OpenAsk]:
    """The open asks of pledges, the one with the earliest day first; those without a day last."""
    found = []
    for each in assessed:
        for number, ask in enumerate(each.pledge.asks, start=1):
            if ask.is_open:
                left = (ask.by - as_of).days if ask.by else None
                is_late = left is not None and left < 0
                days = (None, -left) if left is not None and is_late else (left, None)
                terms = (ask.what, ask.of, ask.date, ask.by)
                found.append(OpenAsk(each.pledge.id, number, *terms, *days))
    return sorted(found, key=lambda ask: (ask.by is None, ask.by or ask.date, ask.date))
