"""``log``: what happened, entry by entry, newest first."""

import datetime as dt
from collections.abc import Sequence
from itertools import compress
from typing import ClassVar, Final

from msgspec import Struct

from pledges.domain.day import Period
from pledges.domain.deadlines import is_contest
from pledges.domain.events import Event, EventKind
from pledges.domain.pledge import Ledger, Number, Pledge, Status
from pledges.domain.snapshot import Snapshot
from pledges.view.answer import Answer, LedgerDocument, columns_of
from pledges.view.page import Cell, Column, Page, Section, Table, Tone
from pledges.view.wording import values as words
from pledges.view.wording.history import event_text
from pledges.view.wording.names import citation, short_title

TITLE: Final = Column("Pledge", wraps=True, least=20, ease=24, under="What", fold=2)
COLUMNS: Final = (
    Column("Date"),
    Column("Id"),
    TITLE,
    Column("What", is_main=True, least=20, ease=30),
    Column("Source", wraps=True, least=16, ease=20, under="What", fold=1),
)


class Log(Struct, frozen=True):
    """Entries of some pledges, and from and up to which day they were asked for."""

    entries: Sequence[Event]
    pledges: Sequence[Pledge]
    since: dt.date | None = None
    until: dt.date | None = None


class LogRecord(Struct, frozen=True, kw_only=True):
    """An entry for scripts.

    ``date`` is a day, the first one of the period that ``dated`` may be.  What an entry does not
    speak of is None; so is what was not known before it.  ``slip_days`` is positive if this entry
    moved the deadline later.
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
    """The entries in every format."""

    def document() -> LogDocument:
        entries = [log_record(entry, of.ledger) for entry in log.entries]
        return LogDocument.of(of, since=log.since, until=log.until, entries=entries)

    rows = (log_record(entry, of.ledger) for entry in log.entries)
    return Answer(lambda: _page(log, of), document, columns_of(LogRecord), rows, said)


def entry_count(log: Log, of: Snapshot) -> str:
    """How many entries there are: "12 entries on 3 of 58 pledges as of 22 Nov 2026."."""
    number = words.count(len(log.entries), "entry", "entries") if log.entries else "No entries"
    about = words.part(len(log.pledges), len(of.assessed))
    if len(log.pledges) == 1:
        about = f"{log.pledges[0].id} ({log.pledges[0].title})"
    since = f" from {words.day(log.since)}" if log.since else ""
    until = f" {'to' if since else 'up to'} {words.day(log.until)}" if log.until else ""
    span = f"{since}{until}{'' if until else ' on'}," if since or until else ""
    return f"{number} on {about}{span} as of {words.day(of.as_of)}."


def log_record(entry: Event, ledger: Ledger) -> LogRecord:
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
        text=event_text(entry, ledger),
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
        source=_source(entry),
        claim_due=claim.due if claim else None,
        claim_target=claim.target if claim else None,
        ask=ask.what if ask else None,
        ask_of=ask.of if ask else None,
        ask_date=ask.date if ask else None,
        ask_by=ask.by if ask else None,
    )


def _source(entry: Event) -> str | None:
    """The source that an entry cites."""
    if entry.event is EventKind.PLEDGED:
        return entry.pledge.source
    said = entry.update or entry.claim
    return said.source if said else None


def _page(log: Log, of: Snapshot) -> Page:
    """A row an entry; if all are of one pledge its title is not repeated in each."""
    rows = []
    for entry in log.entries:
        source = _source(entry)
        rows.append(
            (
                Cell(words.period(entry.dated)),
                Cell(entry.pledge.id),
                Cell(entry.pledge.title, Tone.MUTED),
                Cell(event_text(entry, of.ledger), _tone(entry)),
                Cell(citation(source, of.ledger) if source else ""),
            )
        )
    is_kept = [column is not TITLE or len(log.pledges) > 1 for column in COLUMNS]
    table = Table([*compress(COLUMNS, is_kept)], [[*compress(row, is_kept)] for row in rows])
    return Page(
        caption=f"{short_title(of.ledger)}: {entry_count(log, of)}",
        sections=[Section(blocks=[table])] if rows else [],
    )


def _tone(entry: Event) -> Tone | None:
    """Good news and what wants a look stand out; that a pledge was made steps back."""
    if entry.event is EventKind.PLEDGED:
        return Tone.MUTED
    is_contested = entry.claim and is_contest(entry.pledge, entry.claim)
    is_open = entry.event is EventKind.ASKED and entry.ask and entry.ask.is_open
    if is_contested or is_open or entry.is_put_back:
        return Tone.WATCH
    return Tone.GOOD if entry.after.status is Status.COMPLETED else None
