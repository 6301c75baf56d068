"""``log``: what happened, entry by entry, newest first."""

import datetime as dt
from collections.abc import Iterator, Sequence
from itertools import compress
from typing import ClassVar, Final

from msgspec import Struct

from pledges.domain.day import Period
from pledges.domain.deadlines import is_contest
from pledges.domain.events import Event, EventKind
from pledges.domain.pledge import Ask, Claim, Ledger, Number, Pledge, Status, Update
from pledges.domain.snapshot import Snapshot
from pledges.view.answer import Answer, LedgerDocument, columns_of
from pledges.view.page import Cell, Column, Page, Section, Table, Tone
from pledges.view.wording import phrases as wording
from pledges.view.wording import values as words

TITLE: Final = Column("Pledge", wraps=True, least=20, ease=24, under="What", fold=2)
COLUMNS: Final = (
    Column("Date"),
    Column("Id"),
    TITLE,
    Column("What", is_main=True, least=20, ease=30),
    Column("Source", wraps=True, least=16, ease=20, under="What", fold=1),
)
NONE: Final = "none"
UNREPORTED: Final = "unreported"


class Log(Struct, frozen=True):
    """Entries, of the pledges that were asked about, and from and up to which day."""

    entries: Sequence[Event]
    pledges: Sequence[Pledge]
    since: dt.date | None = None
    until: dt.date | None = None


class LogRecord(Struct, frozen=True, kw_only=True):
    """An entry for scripts.

    ``date`` is a day, the first one of the period that ``dated`` may be.  What an entry does not
    speak of is None; so is what was not known before it.  ``slip_days`` is positive where this
    entry moved the deadline later.
    """

    id: str
    date: dt.date
    dated: Period
    event: EventKind
    title: str
    text: str
    period: Period | None = None
    status_before: Status | None = None
    status_after: Status | None = None
    value_before: Number | None = None
    value_after: Number | None = None
    unit: str | None = None
    due_before: Period | None = None
    due_after: Period | None = None
    slip_days: int | None = None
    why: str | None = None
    note: str | None = None
    by: str | None = None
    source: str | None = None
    claim_due: Period | None = None
    claim_target: Number | None = None
    ask: str | None = None
    ask_of: str | None = None
    ask_date: dt.date | None = None
    ask_by: dt.date | None = None


class LogDocument(LedgerDocument, frozen=True, kw_only=True):
    """Entries, newest first, with the days that were asked for; ``count`` is of the entries."""

    RECORDS: ClassVar[str] = "entries"

    kind: str = "log"
    since: dt.date | None
    until: dt.date | None
    entries: Sequence[LogRecord]


def answer(log: Log, of: Snapshot, said: Sequence[str]) -> Answer:
    """The entries in each of their shapes."""

    def document() -> LogDocument:
        found = [record(entry, of.ledger) for entry in log.entries]
        return LogDocument.of(of, since=log.since, until=log.until, entries=found)

    rows = (record(entry, of.ledger) for entry in log.entries)
    return Answer(lambda: _page(log, of), document, columns_of(LogRecord), rows, said)


def counted(log: Log, of: Snapshot) -> str:
    """How many entries there are: "12 entries on 3 of 58 pledges as of 22 Nov 2026."."""
    number = words.count(len(log.entries), "entry", "entries") if log.entries else "No entries"
    return f"{number} on {_about(log, of)}{_span(log)} as of {words.day(of.as_of)}."


def happened(entry: Event, ledger: Ledger) -> str:
    """What an entry says, old -> new: "unreported -> in progress; 20 -> 21 parks: A note."."""
    if entry.update:
        return _updated(entry, entry.update)
    if entry.claim:
        return _claimed(entry.claim, ledger)
    if entry.ask:
        return (_settled if entry.event is EventKind.SETTLED else _asked)(entry.ask, ledger)
    return _pledged(entry)


def cited(entry: Event) -> str | None:
    """The source that an entry cites."""
    if entry.event is EventKind.PLEDGED:
        return entry.pledge.source
    said = entry.update or entry.claim
    return said.source if said else None


def record(entry: Event, ledger: Ledger) -> LogRecord:
    """An entry for scripts."""
    update, claim, ask = entry.update, entry.claim, entry.ask
    measure = entry.pledge.measure
    note = update.note if update else claim.note if claim else None
    return LogRecord(
        id=entry.pledge.id,
        date=entry.date,
        dated=entry.dated,
        event=entry.event,
        title=entry.pledge.title,
        text=happened(entry, ledger),
        period=update.period if update else None,
        status_before=entry.before.status,
        status_after=entry.after.status,
        value_before=entry.before.value,
        value_after=entry.after.value,
        unit=measure.unit if measure and entry.after.value is not None else None,
        due_before=entry.before.due,
        due_after=entry.after.due,
        slip_days=entry.slip_days,
        why=update.why if update else None,
        note=note,
        by=update.by if update else None,
        source=cited(entry),
        claim_due=claim.due if claim else None,
        claim_target=claim.target if claim else None,
        ask=ask.what if ask else None,
        ask_of=ask.of if ask else None,
        ask_date=ask.date if ask else None,
        ask_by=ask.by if ask else None,
    )


def _page(log: Log, of: Snapshot) -> Page:
    return Page(
        caption=f"{wording.short_title(of.ledger)}: {counted(log, of)}",
        sections=[Section(blocks=[_table(log, of.ledger)])] if log.entries else [],
    )


def _table(log: Log, ledger: Ledger) -> Table:
    """A row an entry; where all are of one pledge its title is not repeated in each."""
    is_kept = [column is not TITLE or len(log.pledges) > 1 for column in COLUMNS]
    rows = (_row(entry, ledger) for entry in log.entries)
    return Table(list(compress(COLUMNS, is_kept)), [list(compress(row, is_kept)) for row in rows])


def _row(entry: Event, ledger: Ledger) -> Sequence[Cell]:
    source = cited(entry)
    return (
        Cell(words.period(entry.dated)),
        Cell(entry.pledge.id),
        Cell(entry.pledge.title, Tone.MUTED),
        Cell(happened(entry, ledger), _tone(entry)),
        Cell(wording.citation(source, ledger) if source else ""),
    )


def _about(log: Log, of: Snapshot) -> str:
    """Which pledges were asked about: one by its title, several by their number."""
    if len(log.pledges) == 1:
        (pledge,) = log.pledges
        return f"{pledge.id} ({pledge.title})"
    return words.part(len(log.pledges), len(of.assessed))


def _span(log: Log) -> str:
    """The days that were asked for: " from 1 Oct 2026 to 31 Oct 2026"."""
    since = f" from {words.day(log.since)}" if log.since else ""
    until = f" {'to' if since else 'up to'} {words.day(log.until)}" if log.until else ""
    on = " on" if since and not until else ""
    return f"{since}{until}{on}," if since or until else ""


def _tone(entry: Event) -> Tone | None:
    """Good news and what wants a look stand out; that a pledge was made steps back."""
    if entry.event is EventKind.PLEDGED:
        return Tone.MUTED
    is_contested = entry.claim and is_contest(entry.pledge, entry.claim)
    is_open = entry.event is EventKind.ASKED and entry.ask and entry.ask.is_open
    if is_contested or is_open or entry.is_put_back:
        return Tone.WATCH
    return Tone.GOOD if entry.after.status is Status.COMPLETED else None


def _pledged(entry: Event) -> str:
    due = wording.first_deadline(entry.pledge)
    return f"pledged, due {due}" if due else "pledged"


def _updated(entry: Event, update: Update) -> str:
    changes = "; ".join(_changes(entry, update))
    by = f"by {update.by}" if update.by else ""
    head = ", ".join(part for part in (changes, by) if part)
    return ": ".join(part for part in (head, _said(update)) if part) or "noted"


def _changes(entry: Event, update: Update) -> Iterator[str]:
    """What an update changed, of which period."""
    parts = [*_status(entry, update), *_value(entry), *_deadline(entry)]
    named = words.period(update.period) if update.period else ""
    if not named or update.status is Status.COMPLETED:
        yield from parts
    else:
        yield f"{'; '.join(parts)} for {named}" if parts else named


def _status(entry: Event, update: Update) -> Iterator[str]:
    old, new = entry.before.status, entry.after.status
    if update.period and new is Status.COMPLETED:
        yield f"{words.period(update.period)} held"
    elif new:
        now = words.spoken(new)
        yield f"still {now}" if old is new else f"{words.spoken(old or UNREPORTED)} -> {now}"


def _value(entry: Event) -> Iterator[str]:
    old, new, measure = entry.before.value, entry.after.value, entry.pledge.measure
    if new is None or not measure:
        return
    now = wording.amount(new, measure.unit)
    yield f"still {now}" if old == new else f"{NONE if old is None else words.number(old)} -> {now}"


def _deadline(entry: Event) -> Iterator[str]:
    """A deadline that was moved; the first one in its source's words."""
    old, new = entry.before.due, entry.after.due
    if not new:
        return
    is_first = entry.pledge.moves[0] is entry.update
    was = wording.first_deadline(entry.pledge) if is_first else words.period(old) if old else ""
    slip = f", {wording.slip(entry.slip_days)}" if entry.slip_days is not None else ""
    yield f"deadline {was or NONE} -> {words.period(new)}{slip}"


def _said(update: Update) -> str:
    """Why, and what else was noted, in one line."""
    texts = (text for text in (update.why, update.note) if text)
    return " ".join(line for text in texts for line in words.paragraphs(text))


def _claimed(claim: Claim, ledger: Ledger) -> str:
    terms = [words.period(claim.due)] if claim.due else []
    if claim.target is not None:
        terms.append(f"a target of {words.number(claim.target)}")
    note = " ".join(words.paragraphs(claim.note or ""))
    told = f"{wording.publisher(claim.source, ledger)} says {words.listed(terms)}"
    return f"{told}: {note}" if note else told


def _asked(ask: Ask, ledger: Ledger) -> str:
    by = f", by {words.day(ask.by)}" if ask.by else ""
    return f"asked{_of(ask, ledger)}: {ask.what}{by}"


def _settled(ask: Ask, ledger: Ledger) -> str:
    return f"settled: {ask.what} (asked{_of(ask, ledger)} on {words.day(ask.date)})"


def _of(ask: Ask, ledger: Ledger) -> str:
    return f" of {ledger.party(ask.of)}" if ask.of else ""
