"""A ledger's history, entry by entry, each with what it made of what was known before."""

import datetime as dt
from collections.abc import Iterable, Iterator
from enum import StrEnum
from operator import attrgetter

from msgspec import Struct
from msgspec.structs import asdict, replace

from pledges.domain.day import Period, one_day
from pledges.domain.deadlines import slip_days
from pledges.domain.known import known_from, pledge_known_from
from pledges.domain.pledge import Ask, Claim, Ledger, Number, Pledge, Status, Update


class TermValues(Struct, frozen=True):
    """The terms of a pledge that updates give; None is not known, or not spoken of."""

    status: Status | None = None
    value: Number | None = None
    due: Period | None = None


class TermChange(Struct, frozen=True, kw_only=True):
    """What became of a pledge, by one entry or from one day to another, and what brought it.

    Both sides hold only the terms that it is about.  ``before`` is what was known: of a recurring
    pledge that of the same period, of a value at first the baseline.
    """

    before: TermValues = TermValues()
    after: TermValues = TermValues()
    update: Update | None = None
    claim: Claim | None = None
    ask: Ask | None = None

    @property
    def slip_days(self) -> int | None:
        """How many days later the deadline is; None if there was none before or none is new."""
        return slip_days(self.before.due, self.after.due)


def terms_at_first(pledge: Pledge, on: dt.date) -> TermValues:
    """What was known on a day without any update: the deadline, and the baseline if not later."""
    measure = pledge.measure
    is_known = measure and not (measure.baseline_date and measure.baseline_date > on)
    return TermValues(value=measure.baseline if measure and is_known else None, due=pledge.due)


class EventKind(StrEnum):
    """What an entry is."""

    PLEDGED = "pledged"
    REQUESTED = "requested"
    UPDATED = "updated"
    CLAIMED = "claimed"
    ASKED = "asked"
    SETTLED = "settled"


class EventWord(StrEnum):
    """What entries can be asked for by; one entry may be several of these."""

    MOVED = "moved"
    COMPLETED = "completed"
    STARTED = "started"
    VALUE = "value"
    NEW = "new"
    CLAIM = "claim"
    ASK = "ask"
    NOTE = "note"


class Event(TermChange, frozen=True, kw_only=True):
    """One thing that happened to a pledge, with its date as it was given.

    It is ``known`` from that date or the date of its source, whichever is later.
    """

    pledge: Pledge
    dated: Period
    known: dt.date
    event: EventKind

    @property
    def date(self) -> dt.date:
        """The day that it counts from: the first one of a period."""
        return self.dated.first

    @property
    def words(self) -> set[EventWord]:
        """What it can be asked for by: an update that only says something is a note."""
        if self.claim:
            return {EventWord.CLAIM}
        if self.ask:
            return {EventWord.ASK}
        if not self.update:
            return {EventWord.NEW}
        status, old = self.after.status, self.before.status
        holds = {
            EventWord.MOVED: self.after.due is not None,
            EventWord.COMPLETED: status is Status.COMPLETED and old is not status,
            EventWord.STARTED: status is Status.IN_PROGRESS and old is not status,
            EventWord.VALUE: self.after.value is not None,
            EventWord.NOTE: self.after == TermValues(),
        }
        return {word for word, is_so in holds.items() if is_so}


class Recording(Struct, frozen=True):
    """Who wrote an entry into the ledger, on which day, and in which commit of git."""

    by: str
    on: dt.date
    commit: str


def newest_first(ledger: Ledger) -> list[Event]:
    """Everything that is dated in a ledger, the latest first.

    Entries of one day are in the ledger's order; only within a pledge the later of two comes
    first.  What has no date is left out: a claim if its source has none, the making of a pledge
    that does not say when.
    """
    entries: list[Event] = []
    for pledge in ledger.pledges:
        of_pledge = sorted(_events(pledge, ledger), key=attrgetter("date"))
        known = pledge_known_from(pledge, ledger)  # nothing is known of it before
        entries += [
            entry if entry.known >= known else replace(entry, known=known)
            for entry in reversed(of_pledge)  # within a day, too: the later of two comes first
        ]
    return sorted(entries, key=attrgetter("date"), reverse=True)


def events_between(
    entries: Iterable[Event], since: dt.date | None, until: dt.date | None
) -> list[Event]:
    """The entries that became known from a day on, up to another one, both included."""
    first, last = since or dt.date.min, until or dt.date.max
    return [entry for entry in entries if first <= entry.known <= last]


def _events(pledge: Pledge, ledger: Ledger) -> Iterator[Event]:
    """Yield what happened to one pledge; of one day in this order."""
    if pledge.made:
        kind = EventKind.PLEDGED if pledge.is_agreed else EventKind.REQUESTED
        yield replace(_event(pledge, pledge.made, kind), after=TermValues(due=pledge.due))
    for claim in pledge.claims:
        dates = [date for each in claim.source if (date := ledger.source_date(each))]
        if dates:
            dated = min(dates, key=attrgetter("first"))
            yield _event(pledge, dated, EventKind.CLAIMED, claim=claim)
        if claim.settled:
            yield _event(pledge, one_day(claim.settled), EventKind.SETTLED, claim=claim)
    yield from _updates(pledge, ledger)
    for ask in pledge.asks:
        yield _event(pledge, one_day(ask.date), EventKind.ASKED, ask=ask)
        if ask.settled:
            yield _event(pledge, one_day(ask.settled), EventKind.SETTLED, ask=ask)


def _event(
    pledge: Pledge,
    dated: Period,
    event: EventKind,
    *,
    claim: Claim | None = None,
    ask: Ask | None = None,
) -> Event:
    known = dated.first
    return Event(pledge=pledge, dated=dated, known=known, event=event, claim=claim, ask=ask)


def _updates(pledge: Pledge, ledger: Ledger) -> Iterator[Event]:
    known: dict[Period | None, TermValues] = {}
    for update in pledge.history:
        after = TermValues(update.status, update.value, update.due)
        given = {term: value for term, value in asdict(after).items() if value is not None}
        old = known.get(update.period) or terms_at_first(pledge, update.date)
        known[update.period] = replace(old, **given)
        yield Event(
            pledge=pledge,
            dated=one_day(update.date),
            known=known_from(ledger, update.date, update.source),
            event=EventKind.UPDATED,
            update=update,
            before=TermValues(**{term: getattr(old, term) for term in given}),
            after=after,
        )
