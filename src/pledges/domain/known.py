"""What was known on a day: the ledger without what came, or was published, later.

A statement is known from its own day or the day of its source, whichever is later; if it cites
several sources, from the earliest of theirs.  A period is known from its first day on, and what has
no date is always known.
"""

import datetime as dt
from collections.abc import Collection, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from enum import StrEnum
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from pledges.domain.day import Period, one_day
from pledges.domain.fields import Several
from pledges.domain.pledge import Ledger, Pledge


def known_from(ledger: Ledger, own: dt.date | None, cited: Collection[str]) -> dt.date:
    """The day from which on a statement of that day with these sources is known."""
    if not cited:
        return own or dt.date.min
    dates = [ledger.source_date(each) for each in cited]
    published = min((each.first if each else dt.date.min for each in dates), default=dt.date.min)
    return max(own or dt.date.min, published)


def pledge_known_from(pledge: Pledge, ledger: Ledger) -> dt.date:
    """The day from which on a pledge is known."""
    return known_from(ledger, pledge.made.first if pledge.made else None, pledge.source)


def known_ledger(ledger: Ledger, as_of: dt.date) -> Ledger:
    """What a ledger would have said on ``as_of``.

    Leaves out the pledges, updates, claims, asks and sources that were known later; what was
    settled later is open.
    """
    made = [each for each in ledger.pledges if pledge_known_from(each, ledger) <= as_of]
    known = (known_pledge(each, ledger, as_of) for each in made)
    if len(made) < len(ledger.pledges):
        ids = frozenset(each.id for each in made)
        known = (with_links_to(ids, each) for each in known)
    sources = {
        key: source
        for key, source in ledger.sources.items()
        if not (source.date and source.date.first > as_of)
    }
    return replace(ledger, pledges=tuple(known), sources=sources)


def known_pledge(pledge: Pledge, ledger: Ledger, as_of: dt.date) -> Pledge:
    """A pledge with what was known of it on ``as_of``; links to later pledges are kept."""
    updates = tuple(
        each for each in pledge.updates if known_from(ledger, each.date, each.source) <= as_of
    )
    if len(updates) == len(pledge.updates) and not (pledge.claims or pledge.asks):
        return pledge
    claims = (each for each in pledge.claims if known_from(ledger, None, each.source) <= as_of)
    asks = (each for each in pledge.asks if each.date <= as_of)
    return replace(
        pledge,
        updates=updates,
        claims=tuple(replace(x, settled=_until(x.settled, as_of)) for x in claims),
        asks=tuple(replace(x, settled=_until(x.settled, as_of)) for x in asks),
    )


def pledge_up_to(pledge: Pledge, day: dt.date) -> Pledge:
    """A pledge with what had happened by the end of a day, whenever it became known."""
    updates = tuple(each for each in pledge.updates if each.date <= day)
    return pledge if len(updates) == len(pledge.updates) else replace(pledge, updates=updates)


class LaterKind(StrEnum):
    """What can be dated after a day; the last two are known before that, and still open."""

    SOURCE = "source"
    PLEDGE = "pledge"
    UPDATE = "update"
    ASK = "ask"
    CLAIM_SETTLED = "claim-settled"
    ASK_SETTLED = "ask-settled"


_DATES: Final[Sequence[tuple[str, str, Mapping[str, LaterKind]]]] = (
    ("update", "updates", {"date": LaterKind.UPDATE}),
    ("claim", "claims", {"settled": LaterKind.CLAIM_SETTLED}),
    ("ask", "asks", {"date": LaterKind.ASK, "settled": LaterKind.ASK_SETTLED}),
)
"""The dates of a pledge's history: the key of each list, its field, and those in its records."""


class LaterEntry(Struct, frozen=True):
    """Something of a ledger that is dated after a day.

    ``key`` is the id of the pledge, or of the source; ``path`` leads to the date.
    """

    kind: LaterKind
    key: str
    dated: Period
    path: tuple[str | int, ...]


def later_entries(ledger: Ledger, day: dt.date) -> Iterator[LaterEntry]:
    """Yield what is dated after a day by itself, not by a source: sources first, then pledges."""
    for key, source in ledger.sources.items():
        if source.date and source.date.first > day:
            yield LaterEntry(LaterKind.SOURCE, key, source.date, ("sources", key, "date"))
    for number, pledge in enumerate(ledger.pledges):
        if pledge.made and pledge.made.first > day:
            path = ("pledge", number, "made")
            yield LaterEntry(LaterKind.PLEDGE, pledge.id, pledge.made, path)
        for key, records, kinds in _DATES:
            for at, record in enumerate(getattr(pledge, records)):
                for field, kind in kinds.items():
                    if (date := getattr(record, field)) and date > day:
                        place = ("pledge", number, key, at, field)
                        yield LaterEntry(kind, pledge.id, one_day(date), place)


def _until(settled: dt.date | None, as_of: dt.date) -> dt.date | None:
    return settled if settled and settled <= as_of else None


def with_links_to(ids: AbstractSet[str], pledge: Pledge) -> Pledge:
    """The pledge without links to others than those of ``ids``."""
    part_of = pledge.part_of if pledge.part_of in ids else None
    superseded_by = Several(each for each in pledge.superseded_by if each in ids)
    if (part_of, superseded_by) == (pledge.part_of, pledge.superseded_by):
        return pledge  # a new record for every pledge would cost more than all else here
    return replace(pledge, part_of=part_of, superseded_by=superseded_by)
