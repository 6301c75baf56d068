"""What changed: of a pledge by an edit, and of a ledger between two dates.

Between two dates it is the difference of what the ledger said on each of them.  What is dated on
the first day was known then; what is dated on the last is new.  A thing that changed and changed
back is no change.
"""

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from enum import StrEnum
from itertools import chain
from typing import Final, TypeVar

from msgspec import Struct
from msgspec.structs import replace

from pledges.domain.assessment import AssessedPledge, Assessment, Standing
from pledges.domain.deadlines import current_deadline, status_turns
from pledges.domain.events import TermChange, TermValues, terms_at_first
from pledges.domain.pace import Pace
from pledges.domain.partners import EntryPair, entry_pairs
from pledges.domain.pledge import FINAL, Ask, Claim, Ledger, Pledge, Status, Update
from pledges.domain.snapshot import Snapshot, assess_alone

Settled = TypeVar("Settled", Ask, Claim)


class ChangeKind(StrEnum):
    """What can change, in the order in which a report lists it."""

    COMPLETED = "completed"
    SEEN = "first-seen"
    HELD = "held"
    OVERDUE = "became-overdue"
    MOVED = "deadline-moved"
    DATED = "deadline-set"
    STARTED = "started"
    NOT_STARTED = "not-started"
    RESUMED = "resumed"
    SUSPENDED = "suspended"
    WITHDRAWN = "withdrawn"
    SUPERSEDED = "superseded"
    READING = "new-reading"
    WORSE = "pace-worse"
    BETTER = "pace-better"
    NOTED = "noted"
    REMARKED = "remarked"
    PLEDGED = "new-pledge"
    REQUESTED = "new-request"
    CLAIMED = "claimed"
    CLAIM_SETTLED = "claim-settled"
    ASKED = "asked"
    SETTLED = "settled"


_PLACES: Final = {kind: place for place, kind in enumerate(ChangeKind)}
STOPS: Final = FINAL | {Status.SUSPENDED}
"""The statuses at which work stops; what is in progress after one of them was resumed."""


class Change(TermChange, frozen=True, kw_only=True):
    """One thing about a pledge that is not as it was.

    ``days_late`` of a completion are those after its deadline; before it, they are negative.
    ``on`` is the day it happened, None if that is not known.  ``note`` is that of the update which
    brought it; if an update brought several changes, only the first of them has it.
    """

    what: ChangeKind
    now: AssessedPledge
    on: dt.date | None = None
    days_late: int | None = None
    note: str | None = None
    old_pace: Pace | None = None


class Comparison(Struct, frozen=True):
    """One pledge before and after an edit, or on two days.

    ``before`` is None if there was no such pledge then, or none was known.
    """

    before: AssessedPledge | None
    after: AssessedPledge

    @property
    def _old(self) -> Pledge:
        """The pledge as it was; of a new one nothing was said before."""
        new = self.after.pledge
        return self.before.pledge if self.before else replace(new, updates=(), claims=(), asks=())

    @property
    def _same_period(self) -> Assessment | None:
        """The assessment before, if it was of the same period of a recurring pledge."""
        old = self.before.assessment if self.before else None
        return old if old and old.period == self.after.assessment.period else None

    @property
    def update_pairs(self) -> list[EntryPair[Update]]:
        """The updates before and after."""
        return list(entry_pairs("update", self._old.updates, self.after.pledge.updates))

    @property
    def claim_pairs(self) -> list[EntryPair[Claim]]:
        """The claims before and after."""
        return list(entry_pairs("claim", self._old.claims, self.after.pledge.claims))

    @property
    def ask_pairs(self) -> list[EntryPair[Ask]]:
        """The decisions asked for before and after."""
        return list(entry_pairs("ask", self._old.asks, self.after.pledge.asks))

    @property
    def is_change(self) -> bool:
        """Whether anything differs in the ledger."""
        return self.before is None or self.before.pledge != self.after.pledge

    @property
    def _new_updates(self) -> list[Update]:
        """The updates that were not known before, whatever their dates."""
        known = set(self._old.updates)
        return [each for each in self.after.pledge.updates if each not in known]

    def changes(self) -> Iterator[Change]:
        """Yield each change, and the notes of updates that brought no change."""
        found = chain(
            *(self._statuses(), self._overdue(), self._moved(), self._reading()),
            *(self._pace(), self._notes(), self._additions()),
        )
        listed: set[Update] = set()
        for change in sorted(found, key=_place):
            if change.update and change.update not in listed:
                listed.add(change.update)
                yield replace(change, note=change.update.note)
            elif change.what not in (ChangeKind.NOTED, ChangeKind.REMARKED):
                yield change

    def _statuses(self) -> Iterator[Change]:
        """A status that is another than before, of the whole or of a period that recurs."""
        was = status_turns(self._old)
        for period, update in status_turns(self.after.pledge).items():
            if what := _turn(was.get(period), update):
                is_done = what is ChangeKind.COMPLETED and not update.seen
                what = ChangeKind.SEEN if update.seen else what
                due = period.last if period else self.after.assessment.due
                yield Change(
                    what=ChangeKind.HELD if is_done and period else what,
                    now=self.after,
                    on=update.date,
                    days_late=(update.date - due).days if is_done and due else None,
                    update=update,
                )

    def _overdue(self) -> Iterator[Change]:
        """A deadline that passed, if it is another than the one that was overdue before."""
        old, now = self._same_period, self.after.assessment
        was_known = old and old.standing is Standing.OVERDUE and old.due == now.due
        if now.standing is Standing.OVERDUE and not was_known:
            yield Change(what=ChangeKind.OVERDUE, now=self.after, days_late=now.days_late)

    def _moved(self) -> Iterator[Change]:
        """A deadline on another day than before, or a first one."""
        was, moves = current_deadline(self._old), self.after.pledge.moves
        if moves and moves[-1].due and not (was and was.last == moves[-1].due.last):
            yield Change(
                what=ChangeKind.MOVED if was else ChangeKind.DATED,
                now=self.after,
                on=moves[-1].date,
                update=moves[-1],
                before=TermValues(due=was),
                after=TermValues(due=moves[-1].due),
            )

    def _reading(self) -> Iterator[Change]:
        """A figure that is another than before, or of another day, for the same period.

        One that was known is only shown again because another period is open now.
        """
        old, on = self._same_period, self.after.assessment.value_on
        after = TermValues(value=self.after.assessment.value)
        if on is None or (old and (old.value, old.value_on) == (after.value, on)):
            return
        readings = [x for x in self.after.pledge.history if x.date == on and x.value is not None]
        if (last := readings[-1]) not in self._new_updates:
            return
        before = terms_at_first(self.after.pledge, on)
        if old and old.value is not None:
            before = replace(before, value=old.value)
        yield Change(
            what=ChangeKind.READING, now=self.after, on=on, update=last, before=before, after=after
        )

    def _pace(self) -> Iterator[Change]:
        old, new = self._same_period, self.after.assessment.pace
        was = old.pace if old else None
        if was and new and was is not new:
            what = ChangeKind.WORSE if new.is_worse_than(was) else ChangeKind.BETTER
            yield Change(what=what, now=self.after, old_pace=was)

    def _notes(self) -> Iterator[Change]:
        for update in self._new_updates:
            if update.note:
                what = ChangeKind.NOTED if update.is_news else ChangeKind.REMARKED
                yield Change(what=what, now=self.after, on=update.date, update=update)

    def _additions(self) -> Iterator[Change]:
        """What was not known before: the pledge, claims, asks, and that one is settled."""
        now, made = self.after, self.after.pledge.made
        if self.before is None:
            what = ChangeKind.PLEDGED if now.pledge.is_agreed else ChangeKind.REQUESTED
            yield Change(what=what, now=now, on=made.first if made else None)
        for claim, is_new, is_settled in _news_of(self._old.claims, now.pledge.claims):
            if is_new:
                yield Change(what=ChangeKind.CLAIMED, now=now, claim=claim)
            if is_settled:
                settled = ChangeKind.CLAIM_SETTLED
                yield Change(what=settled, now=now, on=claim.settled, claim=claim)
        for ask, is_new, is_settled in _news_of(self._old.asks, now.pledge.asks):
            if is_new:
                yield Change(what=ChangeKind.ASKED, now=now, on=ask.date, ask=ask)
            if is_settled:
                yield Change(what=ChangeKind.SETTLED, now=now, on=ask.settled, ask=ask)


def changes(before: Snapshot, after: Snapshot) -> list[Change]:
    """The changes from ``before`` to ``after``: kind by kind, in the ledger's order."""
    known = {each.pledge.id: each for each in before.assessed}
    pairs = (Comparison(known.get(each.pledge.id), each) for each in after.assessed)
    return sorted((x for pair in pairs for x in pair.changes()), key=_place)


def _place(change: Change) -> int:
    return _PLACES[change.what]


def _turn(old: Update | None, new: Update) -> ChangeKind | None:
    """What became of a status; what was taken up and completed once more is completed again."""
    was = old.status if old else None
    if new.status is was and (was is not Status.COMPLETED or (old and old.date == new.date)):
        return None
    if new.status is Status.IN_PROGRESS:
        return ChangeKind.RESUMED if was in STOPS else ChangeKind.STARTED
    return ChangeKind(new.status) if new.status else None  # all others are the same words


def _news_of(
    old: Sequence[Settled], now: Sequence[Settled]
) -> Iterator[tuple[Settled, bool, bool]]:
    """Yield what can be settled, whether it is new, and whether it was settled meanwhile."""
    known = {replace(each, settled=None): each for each in old}
    for each in now:
        was = known.get(replace(each, settled=None))
        yield each, not was, bool(each.settled and (not was or was.is_open))


def compared_alone(
    pairs: Iterable[tuple[Pledge, Pledge]], before: Ledger, after: Ledger, as_of: dt.date
) -> list[Comparison]:
    """Pledges before and after a change of the ledger, each assessed without the others."""
    return [
        Comparison(assess_alone(old, before, as_of), assess_alone(new, after, as_of))
        for old, new in pairs
    ]
