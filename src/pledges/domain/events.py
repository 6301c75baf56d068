"""A ledger's history, entry by entry, each with what it made of what was known before."""

import datetime as dt
from collections.abc import Iterable, Iterator
from enum import StrEnum

from msgspec import Struct

from pledges.domain.day import Period, one_day
from pledges.domain.deadlines import slip_days
from pledges.domain.pledge import Ask, Claim, Ledger, Number, Pledge, Status, Update


class EventKind(StrEnum):
    """What an entry is."""

    PLEDGED = "pledged"
    UPDATED = "updated"
    CLAIMED = "claimed"
    ASKED = "asked"
    SETTLED = "settled"


class TermValues(Struct, frozen=True):
    """Those terms of a pledge that an entry speaks of; the others are None."""

    status: Status | None = None
    value: Number | None = None
    due: Period | None = None


class Event(Struct, frozen=True, kw_only=True):
    """One thing that happened to a pledge, dated as it was given.

    ``after`` is what an entry says, and ``before`` what was known of the same until then: of a
    recurring pledge that of the same period, of a value at first the baseline.
    """

    pledge: Pledge
    dated: Period
    event: EventKind
    update: Update | None = None
    claim: Claim | None = None
    ask: Ask | None = None
    before: TermValues = TermValues()
    after: TermValues = TermValues()

    @property
    def date(self) -> dt.date:
        """The day that it counts from: the first one of a period."""
        return self.dated.first

    @property
    def slip_days(self) -> int | None:
        """How many days later it moved the deadline; None if it moved none."""
        return slip_days(self.before.due, self.after.due)

    @property
    def is_put_back(self) -> bool:
        """Whether it moved the deadline to a later day."""
        return (self.slip_days or 0) > 0


def history(ledger: Ledger) -> list[Event]:
    """Everything that is dated in a ledger, oldest first; of one day in the ledger's order.

    What has no date is left out: a claim whose source has none, a pledge that does not say when
    it was made.
    """
    entries = [entry for pledge in ledger.pledges for entry in _entries(pledge, ledger)]
    return sorted(entries, key=lambda entry: entry.date)


def newest_first(ledger: Ledger) -> list[Event]:
    """The same from the last entry to the first; of one day still in the ledger's order.

    Only within a pledge the later of two entries of one day comes first.
    """
    entries = [entry for pledge in ledger.pledges for entry in reversed(_entries(pledge, ledger))]
    return sorted(entries, key=lambda entry: entry.date, reverse=True)


def between(entries: Iterable[Event], since: dt.date | None, until: dt.date | None) -> list[Event]:
    """The entries from a day on, up to another one, both included."""
    first, last = since or dt.date.min, until or dt.date.max
    return [entry for entry in entries if first <= entry.date <= last]


def _entries(pledge: Pledge, ledger: Ledger) -> list[Event]:
    """What happened to one pledge, oldest first."""
    found = [
        *_making(pledge),
        *_claims(pledge, ledger),
        *_updates(pledge),
        *_asks(pledge),
    ]
    return sorted(found, key=lambda entry: entry.date)


def _making(pledge: Pledge) -> Iterator[Event]:
    if pledge.made:
        first = TermValues(due=pledge.due)
        yield Event(pledge=pledge, dated=pledge.made, event=EventKind.PLEDGED, after=first)


def _claims(pledge: Pledge, ledger: Ledger) -> Iterator[Event]:
    for claim in pledge.claims:
        if published := ledger.source_date(claim.source):
            yield Event(pledge=pledge, dated=published, event=EventKind.CLAIMED, claim=claim)


def _updates(pledge: Pledge) -> Iterator[Event]:
    known: dict[Period | None, TermValues] = {}
    for update in pledge.history:
        said = TermValues(update.status, update.value, update.due)
        old = known.get(update.period) or _at_first(pledge, update.date)
        known[update.period] = _overlaid(old, said)
        yield Event(
            pledge=pledge,
            dated=one_day(update.date),
            event=EventKind.UPDATED,
            update=update,
            before=_spoken_of(old, said),
            after=said,
        )


def _asks(pledge: Pledge) -> Iterator[Event]:
    for ask in pledge.asks:
        yield Event(pledge=pledge, dated=one_day(ask.date), event=EventKind.ASKED, ask=ask)
        if ask.settled:
            yield Event(pledge=pledge, dated=one_day(ask.settled), event=EventKind.SETTLED, ask=ask)


def _at_first(pledge: Pledge, on: dt.date) -> TermValues:
    """What was known before any update: the deadline, and the baseline unless it is a later one."""
    measure = pledge.measure
    is_known = measure and not (measure.baseline_date and measure.baseline_date > on)
    return TermValues(None, measure.baseline if measure and is_known else None, pledge.due)


def _overlaid(old: TermValues, said: TermValues) -> TermValues:
    """The old terms with those in their place that were said."""
    value = old.value if said.value is None else said.value
    return TermValues(said.status or old.status, value, said.due or old.due)


def _spoken_of(old: TermValues, said: TermValues) -> TermValues:
    """Those of the old terms that were said anew."""
    return TermValues(
        old.status if said.status else None,
        None if said.value is None else old.value,
        old.due if said.due else None,
    )
