"""What was known of a ledger on a day: the assessment of every pledge, and the open asks."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Sequence

from msgspec import Struct
from msgspec.structs import replace

from pledges.domain.assessment import AssessedPledge, Standing, assess
from pledges.domain.known import known_ledger, known_pledge, pledge_known_from
from pledges.domain.pledge import Ledger, Pledge


class Snapshot(Struct, frozen=True):
    """What every answer is made from; ``name`` is the ledger's file, without its folder."""

    ledger: Ledger
    name: str
    as_of: dt.date
    assessed: Sequence[AssessedPledge]


def snapshot(ledger: Ledger, name: str, as_of: dt.date) -> Snapshot:
    """The ledger without what came after ``as_of``, and its pledges assessed on that day."""
    known = known_ledger(ledger, as_of)
    plans = known.plans
    assessed = [
        AssessedPledge(each, assess(each, as_of, plans[each.plan_key])) for each in known.pledges
    ]
    if any(each.part_of for each in known.pledges):
        assessed = _with_parts(assessed)
    return Snapshot(known, name, as_of, assessed)


def _with_parts(assessed: Sequence[AssessedPledge]) -> list[AssessedPledge]:
    """The pledges, those that others are a part of with the number of these parts.

    A heading that is a part itself is done once all its own parts are.
    """
    by_id = {each.pledge.id: each for each in assessed}
    parts = [
        x for x in assessed if x.pledge.part_of and x.assessment.standing is not Standing.DROPPED
    ]
    total = Counter(each.pledge.part_of for each in parts)
    done: Counter[str] = Counter()
    for each in parts:
        whole = each.pledge.part_of if each.assessment.standing.is_done else None
        # A loop, not a recursion: a chain of parts may be as long as the ledger.
        while whole:
            done[whole] += 1
            is_done = done[whole] == total[whole] and by_id[whole].pledge.last_news_on is None
            whole = by_id[whole].pledge.part_of if is_done else None
    return [
        replace(
            each,
            assessment=replace(
                each.assessment,
                parts=total[each.pledge.id],
                parts_done=done[each.pledge.id],
                heading=each.pledge.last_news_on is None,
            ),
        )
        if each.pledge.id in total
        else each
        for each in assessed
    ]


def assess_alone(pledge: Pledge, ledger: Ledger, as_of: dt.date) -> AssessedPledge:
    """One pledge of a ledger as it was known on ``as_of``, without a look at the others.

    One that became known later is assessed with all that the ledger says of it.
    """
    is_later = pledge_known_from(pledge, ledger) > as_of
    known = pledge if is_later else known_pledge(pledge, ledger, as_of)
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
