"""Entries of a history in words: updates, events, decisions asked for, what is said already."""

import datetime as dt
from collections.abc import Iterator, Sequence
from typing import Final

from msgspec.structs import replace

from pledges.domain.events import Event, EventKind, TermChange
from pledges.domain.pledge import UNREPORTED, Ask, Ledger, Pledge, Status, Update
from pledges.domain.repeats import Repeat, RepeatKind
from pledges.domain.snapshot import OpenAsk
from pledges.view.wording import values as words
from pledges.view.wording.dates import claim_text, first_deadline_text, slip
from pledges.view.wording.figures import amount
from pledges.view.wording.standings import TENTATIVE, owed_by, time_left
from pledges.view.wording.titles import publisher

NONE: Final = "none"


def with_remarks(head: str, *remarks: str | None) -> str:
    """What is reported, then the remarks on it in one line; "noted" if there is neither."""
    tail = " ".join(line for text in remarks if text for line in words.paragraphs(text))
    return ": ".join(text for text in (head, tail) if text) or "noted"


def update_text(pledge: Pledge, update: Update) -> str:
    """What an update says, in one line: "in progress, 21 parks: 21 parks in 14 provinces."."""
    parts = [words.period(update.period)] if update.period else []
    parts += [words.readable(update.status)] if update.status else []
    if update.value is not None and pledge.measure:
        parts.append(amount(update.value, pledge.measure.unit))
    if update.due:
        is_first = pledge.due is None and pledge.moves[:1] == (update,)
        parts.append(f"deadline {'set' if is_first else 'moved'} to {words.period(update.due)}")
    by = f"(reported by {update.by})" if update.by else None
    return _with_its_note(update, ", ".join(parts), by)


def update_lines(pledge: Pledge, update: Update) -> list[str]:
    """What an update says, its note line by line if it has several paragraphs or a list."""
    note = [*words.paragraphs(update.note or "")]
    if len(note) <= 1:
        return [update_text(pledge, update)]
    return [update_text(pledge, replace(update, note=note[0])), *note[1:]]


def _with_its_note(update: Update, text: str, by: str | None = None) -> str:
    """What an update says, its reason and note; if nobody said that, that it is a remark."""
    if update.seen:
        text = f"first seen: {text}" if text else "first seen"
    head = text if update.is_news or not update.note else f"{text}, remark".removeprefix(", ")
    if head and by and not (update.why or update.note):
        return f"{head} {by}"
    note = None if update.note == update.why else update.note
    return with_remarks(head, update.why, note, by)


def repeat_text(repeated: Sequence[Repeat], pledge: Pledge, given: dt.date | None) -> str:
    """That the ledger says something already, since when, and how to correct a ``given`` date.

    "ECO-01: completed already, since 1 Oct 2026 (entry 1)".
    """
    parts = [_repeat_phrase(each, pledge) for each in repeated]
    text = f"{pledge.id}: {'; '.join(parts) or 'the ledger says this already'}"
    status = next((each for each in repeated if each.kind is RepeatKind.STATUS), None)
    if not (status and given) or status.date == given:
        return text
    how = f"pledges correct {pledge.id} {status.number} --date {given}"
    return f"{text}, not {words.day(given)}; to correct the date: {how}"


def _repeat_phrase(repeat: Repeat, pledge: Pledge) -> str:
    number, on = repeat.number, words.day(repeat.date)
    others = {
        RepeatKind.ASK: f"this was asked already, on {on} (decision {number})",
        RepeatKind.CLAIM: f"this is claimed already (claim {number})",
        RepeatKind.ENTRY: f"entry {number}, of {on}, says this already",
    }
    if repeat.kind in others:
        return others[repeat.kind]
    if not number:
        return f"the deadline is {words.period(pledge.due)} already"
    entry = pledge.updates[number - 1]
    term = amount(entry.value or 0, pledge.measure.unit if pledge.measure else "")
    if repeat.kind is RepeatKind.STATUS:
        term = f"{words.period(entry.period)} {words.readable(entry.status or '')}".lstrip()
    elif repeat.kind is RepeatKind.DUE:
        term = f"the deadline is {words.period(entry.due)}"
    return f"{term} already, since {on} (entry {number})"


def event_text(event: Event, ledger: Ledger) -> str:
    """What an event says, old -> new: "unreported -> in progress; 20 -> 21 parks: A note."."""
    if update := event.update:  # what it changed, for which period, who said it, reason and note
        of = "" if update.status is Status.COMPLETED else words.period(update.period)
        text = " for ".join(filter(None, ("; ".join(_term_changes(event, update)), of)))
        by = f"by {update.by}" if update.by else ""
        return _with_its_note(update, ", ".join(filter(None, (text, by))))
    if claim := event.claim:
        if event.event is EventKind.SETTLED:
            return f"settled: {claim_text(claim, ledger)}"
        return with_remarks(claim_text(claim, ledger, publisher), claim.note)
    if ask := event.ask:
        asked = f"asked{_of(ask, ledger)}"
        if event.event is EventKind.SETTLED:
            return f"settled: {words.quote(ask.what)} ({asked} on {words.day(ask.date)})"
        return f"{asked}: {words.quote(ask.what)}{_by(ask)}"
    made = "pledged" if event.event is EventKind.PLEDGED else request_text(event.pledge, ledger)
    return ", due ".join(filter(None, (made, first_deadline_text(event.pledge))))


def event_lines(event: Event, ledger: Ledger) -> list[str]:
    """What an event says, its note line by line if it has several paragraphs or a list."""
    for part in ("update", "claim"):
        entry = getattr(event, part)
        note = [*words.paragraphs(entry.note or "")] if entry else []
        if len(note) > 1:
            first = replace(event, **{part: replace(entry, note=note[0])})
            return [event_text(first, ledger), *note[1:]]
    return [event_text(event, ledger)]


def request_text(pledge: Pledge, ledger: Ledger) -> str:
    """What was asked for and is not agreed: "requested by Viet Nam of Singapore"."""
    askers = words.enumeration([*map(ledger.party, pledge.asked_by)])
    by = f" by {askers}" if askers else ""
    word, _, of = TENTATIVE[pledge.strength].partition(" ")
    owed = owed_by(pledge, ledger)
    if set(pledge.asked_by) & set(pledge.owed_by):  # nobody asks something of themselves
        return f"{word}{by}, for {owed} to do"
    return f"{word}{by}{f' {of} {owed}' if owed else ''}"


def _term_changes(event: Event, update: Update) -> Iterator[str]:
    old, new, measure = event.before, event.after, event.pledge.measure
    if update.period and new.status is Status.COMPLETED:
        yield f"{words.period(update.period)} completed"
    elif new.status:
        now, was = words.readable(new.status), words.readable(old.status or UNREPORTED)
        yield f"still {now}" if old.status is new.status else f"{was} -> {now}"
    if new.value is not None and measure:
        now, was = (
            amount(new.value, measure.unit),
            NONE if old.value is None else words.number(old.value),
        )
        yield f"still {now}" if old.value == new.value else f"{was} -> {now}"
    if new.due:
        is_first = event.pledge.moves[0] is update
        yield f"deadline {deadline_move(event, event.pledge if is_first else None)}"


def deadline_move(change: TermChange, first_of: Pledge | None = None) -> str:
    """A deadline, old -> new, in its source's words if it is the ``first_of`` a pledge."""
    was = first_deadline_text(first_of) if first_of else words.period(change.before.due)
    moved = f", {slip(change.slip_days)}" if change.slip_days is not None else ""
    return f"{was or NONE} -> {words.period(change.after.due) or NONE}{moved}"


def ask_text(ask: Ask, ledger: Ledger) -> str:
    """A decision that is wanted: of whom, by when, and whether it is settled."""
    of = f" (of {ledger.party(ask.of)})" if ask.of else ""
    settled = f"; settled on {words.day(ask.settled)}" if ask.settled else ""
    return f"{words.quote(ask.what)}{of}{_by(ask)}{settled}"


def open_ask_text(ask: OpenAsk, ledger: Ledger) -> str:
    """A decision that is still wanted: of whom it was asked, when, by when, and how late it is."""
    late = f", {time_left(ask)}" if ask.days_late else ""
    asked = f"asked{_of(ask, ledger)} on {words.day(ask.date)}{_by(ask, ', to be settled by')}"
    return words.sentence(f"{words.excerpt(ask.what).rstrip('.')}; {asked}{late}")


def _of(ask: Ask | OpenAsk, ledger: Ledger) -> str:
    return f" of {ledger.party(ask.of)}" if ask.of else ""


def _by(ask: Ask | OpenAsk, link: str = ", by") -> str:
    return f"{link} {words.day(ask.by)}" if ask.by else ""
