"""``log``: what happened, entry by entry, newest first."""

import datetime as dt
from collections.abc import Iterator, Sequence
from itertools import compress
from typing import ClassVar, Final

from msgspec import Struct, UnsetType
from msgspec.structs import asdict

from pledges.clean import without_joints
from pledges.domain.day import Period
from pledges.domain.deadlines import is_contest
from pledges.domain.events import Event, EventKind, Recording
from pledges.domain.pledge import Ledger, Number, Pledge, Status
from pledges.domain.snapshot import Snapshot
from pledges.view.answer import Answer, LedgerDocument, columns_of, plan_of, without_plan
from pledges.view.page import Cell, Column, Page, Section, Table, Tone, paragraphs_cell
from pledges.view.wording import values as words
from pledges.view.wording.history_phrases import event_lines, event_text
from pledges.view.wording.titles import citations_cell, short_title, under_plans

TITLE: Final = Column("Pledge", wraps=True, least=20, ease=24, under="What", fold=2)
COLUMNS: Final = (
    Column("Date"),
    Column("Id"),
    TITLE,
    Column("What", is_main=True, least=20, ease=30),
    Column("Source", wraps=True, least=16, ease=20, under="What", fold=1),
)
RECORDED: Final = Column("Recorded", wraps=True, least=16, ease=20, under="What", fold=3)


class Log(Struct, frozen=True):
    """Entries of some pledges, and from and up to which day they were asked for.

    ``recordings`` says who recorded each of them, if that was asked for.
    """

    entries: Sequence[Event]
    pledges: Sequence[Pledge]
    since: dt.date | None = None
    until: dt.date | None = None
    recordings: Sequence[Recording | None] | None = None


class LogRecord(Struct, frozen=True, kw_only=True):
    """An entry for scripts; what it does not speak of, or was not known, is null."""

    id: str
    plan: str | UnsetType
    date: dt.date
    dated: Period
    event: EventKind
    title: str
    text: str
    period: Period | None
    status_before: Status | None
    status_after: Status | None
    value_before: Number | None
    value_after: Number | None
    unit: str | None
    due_before: Period | None
    due_after: Period | None
    slip_days: int | None
    why: str | None
    note: str | None
    by: str | None
    source: Sequence[str]
    claim_due: Period | None
    claim_target: Number | None
    ask: str | None
    ask_of: str | None
    ask_date: dt.date | None
    ask_by: dt.date | None


class LogDocument(LedgerDocument, frozen=True, kw_only=True):
    """Entries, newest first, with the days that were asked for; ``count`` is of the entries."""

    RECORDS: ClassVar[str] = "entries"

    kind: str = "log"
    since: dt.date | None
    until: dt.date | None
    entries: Sequence[LogRecord]


class RecordedEntry(LogRecord, frozen=True, kw_only=True):
    """An entry with who recorded it in git, on which day and in which commit.

    They are null if it is in no commit yet.
    """

    recorded_by: str | None
    recorded_on: dt.date | None
    commit: str | None


class RecordedLog(LogDocument, frozen=True, kw_only=True):
    """Entries with who recorded them."""

    entries: Sequence[RecordedEntry]


def answer(log: Log, of: Snapshot, remarks: Sequence[str]) -> Answer:
    """The entries in every format."""
    is_recorded = log.recordings is not None

    def document() -> LogDocument:
        kind = RecordedLog if is_recorded else LogDocument
        entries = [*_records(log, of.ledger)]
        return kind.of(of, since=log.since, until=log.until, entries=entries)

    all_columns = columns_of(RecordedEntry if is_recorded else LogRecord)
    columns = without_plan(all_columns, of.ledger)
    rows = _records(log, of.ledger)
    return Answer(lambda: _page(log, of), document, columns, rows, remarks, sheet="History")


def _records(log: Log, ledger: Ledger) -> Iterator[LogRecord]:
    if log.recordings is None:
        yield from _plain_records(log, ledger)
        return
    for record, who in zip(_plain_records(log, ledger), log.recordings, strict=True):
        by, on, commit = (who.by, who.on, who.commit) if who else (None, None, None)
        yield RecordedEntry(**asdict(record), recorded_by=by, recorded_on=on, commit=commit)


def _plain_records(log: Log, ledger: Ledger) -> Iterator[LogRecord]:
    for entry in log.entries:
        update, claim, ask = entry.update, entry.claim, entry.ask
        pledge, measure = entry.pledge, entry.pledge.measure
        yield LogRecord(
            id=pledge.id,
            plan=plan_of(pledge.id),
            date=entry.date,
            dated=entry.dated,
            event=entry.event,
            title=pledge.title,
            text=without_joints(event_text(entry, ledger)),
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
            note=getattr(update or claim, "note", None),
            by=update.by if update else None,
            source=_source(entry),
            claim_due=claim.due if claim else None,
            claim_target=claim.target if claim else None,
            ask=ask.what if ask else None,
            ask_of=ask.of if ask else None,
            ask_date=ask.date if ask else None,
            ask_by=ask.by if ask else None,
        )


def entry_count(log: Log, of: Snapshot) -> str:
    """How many entries there are: "12 entries for 3 of 58 pledges as of 22 Nov 2026."."""
    number = words.count(len(log.entries), "entry", "entries") if log.entries else "No entries"
    about = words.part(len(log.pledges), len(of.assessed))
    if len(log.pledges) == 1:
        about = f"{log.pledges[0].id} ({words.quote(log.pledges[0].title)})"
    from_word = "from" if log.until else "since"
    since = f" {from_word} {words.day(log.since)}" if log.since else ""
    until = f" {'to' if since else 'up to'} {words.day(log.until)}" if log.until else ""
    span = f"{since}{until}," if since or until else ""
    return f"{number} for {about}{span} as of {words.day(of.as_of)}."


def _source(entry: Event) -> Sequence[str]:
    if entry.event in (EventKind.PLEDGED, EventKind.REQUESTED):
        return entry.pledge.source
    return getattr(entry.update or entry.claim, "source", ())


def _page(log: Log, of: Snapshot) -> Page:
    """A row an entry; if all are of one pledge its title is not repeated in each."""
    columns = (*COLUMNS, RECORDED)
    left_out = {TITLE: len(log.pledges) < 2, RECORDED: log.recordings is None}  # noqa: PLR2004
    is_kept = [not left_out.get(column) for column in columns]
    heads = [*compress(columns, is_kept)]
    rows: dict[str, list[Sequence[Cell]]] = {key: [] for key in of.ledger.plans}
    recordings = log.recordings or [None] * len(log.entries)
    for entry, who in zip(log.entries, recordings, strict=True):
        row = _row(entry, who, of.ledger)
        rows[entry.pledge.plan_key].append([*compress(row, is_kept)])
    tables = ((key, Section(blocks=[Table(heads, found)])) for key, found in rows.items() if found)
    counts = {key: words.count(len(found), "entry", "entries") for key, found in rows.items()}
    return Page(
        caption=f"{short_title(of.ledger)}: {entry_count(log, of)}",
        sections=[*under_plans(tables, of.ledger, counts.__getitem__)],
    )


def _row(entry: Event, who: Recording | None, ledger: Ledger) -> Sequence[Cell]:
    """The cells of an entry; ``who`` recorded it, if it is in a commit."""
    recorded = f"{who.by}, {words.day(who.on)}" if who else "in no commit yet"
    tone = Tone.GOOD if entry.after.status is Status.COMPLETED else None
    is_contested = entry.claim and is_contest(entry.pledge, entry.claim)
    is_open = entry.event is EventKind.ASKED and entry.ask and entry.ask.is_open
    if is_contested or is_open or (entry.slip_days or 0) > 0:
        tone = Tone.WATCH
    if entry.event in (EventKind.PLEDGED, EventKind.REQUESTED):
        tone = Tone.MUTED
    return (
        Cell(words.period(entry.dated)),
        Cell(entry.pledge.id),
        Cell(words.quote(entry.pledge.title), Tone.MUTED),
        paragraphs_cell(event_lines(entry, ledger), tone),
        citations_cell(_source(entry), ledger),
        Cell(recorded, Tone.MUTED),
    )
