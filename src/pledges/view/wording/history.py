"""Entries of a pledge's history in words: updates, decisions asked for, events of the log."""

from collections.abc import Iterator
from typing import Final

from pledges.domain.events import Event, EventKind, TermChange
from pledges.domain.pledge import UNREPORTED, Ask, Ledger, Pledge, Status, Update
from pledges.domain.snapshot import OpenAsk
from pledges.view.wording.figures import amount
from pledges.view.wording.names import publisher
from pledges.view.wording.timing import claimed_terms, first_deadline_text, slip, time_left
from pledges.view.wording.values import (
    day,
    enumeration,
    excerpt,
    number,
    paragraphs,
    period,
    readable,
)

NONE: Final = "none"


def with_remarks(head: str, *remarks: str | None) -> str:
    """What is reported, then the remarks on it in one line; "noted" if there is neither."""
    tail = " ".join(line for text in remarks if text for line in paragraphs(text))
    return ": ".join(text for text in (head, tail) if text) or "noted"


def update_text(pledge: Pledge, update: Update) -> str:
    """What an update says, in one line: "in progress, 21 parks: 21 parks in 14 provinces."."""
    parts = [period(update.period)] if update.period else []
    parts += [readable(update.status)] if update.status else []
    if update.value is not None and pledge.measure:
        parts.append(amount(update.value, pledge.measure.unit))
    if update.due:
        is_first = pledge.due is None and pledge.moves[:1] == [update]
        parts.append(f"deadline {'set' if is_first else 'moved'} to {period(update.due)}")
    by = f"(reported by {update.by})" if update.by else None
    return with_remarks(", ".join(parts), update.why, update.note, by)


def event_text(event: Event, ledger: Ledger) -> str:
    """What an event says, old -> new: "unreported -> in progress; 20 -> 21 parks: A note."."""
    if update := event.update:
        text = "; ".join(_term_changes(event, update))
        if update.period and update.status is not Status.COMPLETED:
            text = f"{text} for {period(update.period)}" if text else period(update.period)
        by = f"by {update.by}" if update.by else ""
        head = ", ".join(part for part in (text, by) if part)
        return with_remarks(head, update.why, update.note)
    if claim := event.claim:
        terms = enumeration(claimed_terms(claim))
        return with_remarks(f"{publisher(claim.source, ledger)} says {terms}", claim.note)
    if ask := event.ask:
        asked = f"asked{_of(ask, ledger)}"
        if event.event is EventKind.SETTLED:
            return f"settled: {ask.what} ({asked} on {day(ask.date)})"
        return f"{asked}: {ask.what}{_by(ask)}"
    due = first_deadline_text(event.pledge)
    return f"pledged, due {due}" if due else "pledged"


def _term_changes(event: Event, update: Update) -> Iterator[str]:
    """What an update makes of each term that it gives."""
    old, new, measure = event.before, event.after, event.pledge.measure
    if update.period and new.status is Status.COMPLETED:
        yield f"{period(update.period)} held"
    elif new.status:
        word, is_same = readable(new.status), old.status is new.status
        yield f"still {word}" if is_same else f"{readable(old.status or UNREPORTED)} -> {word}"
    if new.value is not None and measure:
        now, was = amount(new.value, measure.unit), NONE if old.value is None else number(old.value)
        yield f"still {now}" if old.value == new.value else f"{was} -> {now}"
    if new.due:
        is_first = event.pledge.moves[0] is update
        yield f"deadline {deadline_move(event, event.pledge if is_first else None)}"


def deadline_move(change: TermChange, first_of: Pledge | None = None) -> str:
    """A deadline, old -> new: "before 2030 -> 2026, brought forward by 1,096 days".

    If the old one is the first one of a pledge, it is in the words of its source.
    """
    old, new = change.before.due, change.after.due
    was = first_deadline_text(first_of) if first_of else period(old) if old else ""
    moved = f", {slip(change.slip_days)}" if change.slip_days is not None else ""
    return f"{was or NONE} -> {period(new) if new else NONE}{moved}"


def ask_text(ask: Ask, ledger: Ledger) -> str:
    """A decision that is wanted: of whom, by when, and whether it is settled."""
    of = f" (of {ledger.party(ask.of)})" if ask.of else ""
    settled = f"; settled on {day(ask.settled)}" if ask.settled else ""
    return f"{ask.what}{of}{_by(ask)}{settled}"


def open_ask_text(ask: OpenAsk, ledger: Ledger) -> str:
    """A decision that is still wanted: of whom it was asked, when, by when, and how late it is."""
    late = f", {time_left(ask)}" if ask.days_late else ""
    asked = f"asked{_of(ask, ledger)} on {day(ask.date)}{_by(ask, ', to be settled by')}"
    return f"{excerpt(ask.what).rstrip('.')}; {asked}{late}."


def _of(ask: Ask | OpenAsk, ledger: Ledger) -> str:
    return f" of {ledger.party(ask.of)}" if ask.of else ""


def _by(ask: Ask | OpenAsk, link: str = ", by") -> str:
    return f"{link} {day(ask.by)}" if ask.by else ""
