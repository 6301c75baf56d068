"""What the ledger says already of the news that is to be added to a pledge, and where."""

import datetime as dt
from collections.abc import Iterator
from enum import StrEnum

from msgspec import Struct

from pledges.domain.assessment import assess
from pledges.domain.deadlines import current_deadline, status_turns
from pledges.domain.known import pledge_up_to
from pledges.domain.pledge import Ask, Claim, Ledger, Pledge, Status, Update
from pledges.domain.spelling import match_key


class RepeatKind(StrEnum):
    """What it is that the ledger says already."""

    STATUS = "status"
    VALUE = "value"
    DUE = "due"
    ENTRY = "entry"
    ASK = "ask"
    CLAIM = "claim"


class Repeat(Struct, frozen=True):
    """What the ledger says already, with the number and date of the entry that says it.

    Both are None for a deadline that the pledge was made with; a claim has no date.
    """

    kind: RepeatKind
    number: int | None = None
    date: dt.date | None = None


def status_on(pledge: Pledge, update: Update, ledger: Ledger) -> Status | None:
    """The status in force on an update's date; if it names a period, that of the period."""
    if update.period:
        turn = status_turns(pledge).get(update.period)
        return turn.status if turn else None
    return assess(pledge_up_to(pledge, update.date), update.date, ledger.plan).status


def repeats_of(update: Update, pledge: Pledge, ledger: Ledger) -> list[Repeat]:
    """What says all of an update already; empty if there is anything new in it.

    A note, a source or a reporter is new unless the very same entry is there.
    """
    if update in pledge.updates:
        return [_entry(RepeatKind.ENTRY, update, pledge)]
    if update.note or update.source or update.by:
        return []
    found = [*_repeated_terms(update, pledge, ledger)]
    terms = [update.status, update.value, update.due]
    return found if len(found) == sum(each is not None for each in terms) else []


def _repeated_terms(update: Update, pledge: Pledge, ledger: Ledger) -> Iterator[Repeat]:
    known = pledge_up_to(pledge, update.date)
    if update.status:
        about = update.period
        turn = status_turns(known).get(about)
        if not turn or turn.status is not update.status:
            # What is done was done once: another day for it is a correction, and no news.
            turn = status_turns(pledge).get(about) if update.status.is_final else None
        is_said = update.status is status_on(pledge, update, ledger)
        if turn and turn.status is update.status and (is_said or turn.date > update.date):
            yield _entry(RepeatKind.STATUS, turn, pledge)
    if update.value is not None:
        readings = [each for each in known.history if each.value is not None]
        if update.value == assess(known, update.date, ledger.plan).value and readings:
            yield _entry(RepeatKind.VALUE, readings[-1], pledge)
    if update.due and update.due == current_deadline(known):
        yield _entry(RepeatKind.DUE, known.moves[-1] if known.moves else None, pledge)


def _entry(kind: RepeatKind, update: Update | None, pledge: Pledge) -> Repeat:
    if not update:
        return Repeat(kind)
    return Repeat(kind, pledge.updates.index(update) + 1, update.date)


def repeated_ask(ask: Ask, pledge: Pledge) -> Repeat | None:
    """The open decision that is the same, asked of the same, on whatever day."""
    for number, each in enumerate(pledge.asks, start=1):
        is_same = match_key(each.what) == match_key(ask.what) and each.of == ask.of
        if is_same and each.is_open:
            return Repeat(RepeatKind.ASK, number, each.date)
    return None


def repeated_claim(claim: Claim, pledge: Pledge) -> Repeat | None:
    """The open claim of the same terms and sources."""
    for number, each in enumerate(pledge.claims, start=1):
        is_same = (each.due, each.target, each.source) == (claim.due, claim.target, claim.source)
        if is_same and each.is_open:
            return Repeat(RepeatKind.CLAIM, number)
    return None
