"""A ledger's history, entry by entry, each with what it made of what was known before."""

import datetime as dt
from collections.abc import Iterable, Iterator
from enum import StrEnum

from msgspec import Struct

from pledges.domain.day import Period, one_day
from pledges.domain.pledge import Ask, Claim, Ledger, Number, Pledge, Status, Update


class Event(StrEnum):
    """What an entry is."""

    PLEDGED = "pledged"
    UPDATED = "updated"
    CLAIMED = "claimed"
    ASKED = "asked"
    SETTLED = "settled"


class Terms(Struct, frozen=True):
    """Those terms of a pledge that an entry speaks of; the others are None."""

    status: Status | None = None
    value: Number | None = None
    due: Period | None = None


class Entry(Struct, frozen=True, kw_only=True):
    """One thing that happened to a pledge, dated as it was given.

    ``after`` is what an entry says, and ``before`` what was known of the same until then: of a
    recurring pledge that of the same period, of a value at first the baseline.
    """

    pledge: Pledge
    dated: Period
    event: Event
    update: Update | None = None
    claim: Claim | None = None
    ask: Ask | None = None
    before: Terms = Terms()
    after: Terms = Terms()

    @property
    def date(self) -> dt.date:
        """The day that it counts from: the first one of a period."""
        return self.dated.first

    @property
    def slip_days(self) -> int | None:
        """How far it moved the deadline, later is positive; None where it moved none."""
        old, new = self.before.due, self.after.due
        return (new.last - old.last).days if old and new else None


def history(ledger: Ledger) -> list[Entry]:
    """Everything that is dated in a ledger, oldest first; of one day in the ledger's order.

    What has no date is left out: a claim whose source has none, a pledge that does not say when
    it was made.
    """
    entries = [entry for pledge in ledger.pledges for entry in _entries(pledge, ledger)]
    return sorted(entries, key=lambda entry: entry.date)


def newest_first(ledger: Ledger) -> list[Entry]:
    """The same from the last entry to the first; of one day still in the ledger's order.

    Only within a pledge the later of two entries of one day comes first.
    """
    entries = [entry for pledge in ledger.pledges for entry in reversed(_entries(pledge, ledger))]
    return sorted(entries, key=lambda entry: entry.date, reverse=True)


def between(entries: Iterable[Entry], since: dt.date | None, until: dt.date | None) -> list[Entry]:
    """The entries from a day on, up to another one, both included."""
    first, last = since or dt.date.min, until or dt.date.max
    return [entry for entry in entries if first <= entry.date <= last]


def _entries(pledge: Pledge, ledger: Ledger) -> list[Entry]:
    """What happened to one pledge, oldest first."""
    found = [
        *_making(pledge),
        *_claims(pledge, ledger),
        *_updates(pledge),
        *_asks(pledge),
    ]
    return sorted(found, key=lambda entry: entry.date)


def _making(pledge: Pledge) -> Iterator[Entry]:
    if pledge.made:
        first = Terms(due=pledge.due)
        yield Entry(pledge=pledge, dated=pledge.made, event=Event.PLEDGED, after=first)


def _claims(pledge: Pledge, ledger: Ledger) -> Iterator[Entry]:
    for claim in pledge.claims:
        if published := ledger.source_date(claim.source):
            yield Entry(pledge=pledge, dated=published, event=Event.CLAIMED, claim=claim)


def _updates(pledge: Pledge) -> Iterator[Entry]:
    known: dict[Period | None, Terms] = {}
    for update in pledge.history:
        said = Terms(update.status, update.value, update.due)
        old = known.get(update.period) or _at_first(pledge, update.date)
        known[update.period] = _overlaid(old, said)
        yield Entry(
            pledge=pledge,
            dated=one_day(update.date),
            event=Event.UPDATED,
            update=update,
            before=_spoken_of(old, said),
            after=said,
        )


def _asks(pledge: Pledge) -> Iterator[Entry]:
    for ask in pledge.asks:
        yield Entry(pledge=pledge, dated=one_day(ask.date), event=Event.ASKED, ask=ask)
        if ask.settled:
            yield Entry(pledge=pledge, dated=one_day(ask.settled), event=Event.SETTLED, ask=ask)


def _at_first(pledge: Pledge, on: dt.date) -> Terms:
    """What was known before any update: the deadline, and the baseline unless it is a later one."""
    measure = pledge.measure
    is_known = measure and not (measure.baseline_date and measure.baseline_date > on)
    return Terms(None, measure.baseline if measure and is_known else None, pledge.due)


def _overlaid(old: Terms, said: Terms) -> Terms:
    """The old terms with those in their place that were said."""
    value = old.value if said.value is None else said.value
    return Terms(said.status or old.status, value, said.due or old.due)


def _spoken_of(old: Terms, said: Terms) -> Terms:
    """Those of the old terms that were said anew."""
    return Terms(
        old.status if said.status else None,
        None if said.value is None else old.value,
        old.due if said.due else None,
    )
