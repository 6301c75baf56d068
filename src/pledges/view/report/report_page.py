"""The status report: its sections in order, and the same for scripts."""

import datetime as dt
from collections.abc import Iterator, Sequence

from msgspec import Struct

from pledges.domain.changes import ChangeKind
from pledges.domain.counts import RollUp, Tally, roll_ups, tally
from pledges.domain.events import events_between, newest_first
from pledges.domain.snapshot import OpenAsk, open_asks
from pledges.view.answer import Answer, Envelope, LedgerDocument, PledgeRecord
from pledges.view.page import Page, Paragraph, Section, Subject, line
from pledges.view.pledge_columns import grid_columns
from pledges.view.report import parts
from pledges.view.report.attention import attention_sections, overdue_section
from pledges.view.report.bottom_line import bottom_line, subject
from pledges.view.report.lists import Matter
from pledges.view.wording.change_phrases import change_text
from pledges.view.wording.standings import short_title
from pledges.view.wording.values import count, day, excerpt, part, sentence


class ReportChange(Struct, frozen=True):
    """Something that changed since the last report, in words too."""

    id: str
    change: ChangeKind
    date: dt.date | None
    text: str


class ReportDocument(LedgerDocument, frozen=True, kw_only=True):
    """What a report says, for scripts: the pledges that it is about, and what changed."""

    kind: str = "report"
    title: str
    since: dt.date | None
    bottom_line: str
    total: Tally
    pillars: Sequence[RollUp]
    changes: Sequence[ReportChange]
    asks: Sequence[OpenAsk]
    pledges: Sequence[PledgeRecord]


def answer(matter: Matter, envelope: Envelope) -> Answer:
    """The report in every format; in CSV it is the pledges that it is about."""
    counts, ledger = tally(matter.pledges), matter.ledger
    title = excerpt(matter.title or f"{short_title(ledger)}: status report")

    def page() -> Page:
        on, next_on = f"As of {day(matter.now.as_of)}.", matter.next_on
        next_report = [line(f"Next report: {day(next_on)}.")] if next_on else []
        shown = part(len(matter.pledges), len(matter.now.assessed))
        source = "standard input" if matter.now.name == "-" else matter.now.name
        return Page(
            is_mail=True,
            subject=Subject(matter.subject) if matter.subject else subject(matter, counts),
            title=title,
            lead=[line(_lead(matter))],
            sections=list(_sections(matter, counts)),
            notes=[*next_report, line(f"{on} Source: {source}, {shown}.")],
        )

    def document() -> ReportDocument:
        return ReportDocument.of(
            matter.now,
            title=title,
            since=matter.before.as_of if matter.before else None,
            bottom_line=bottom_line(matter, counts),
            total=counts,
            pillars=roll_ups(matter.pledges, "pillar", ledger),
            changes=[
                ReportChange(each.now.pledge.id, each.what, each.on, change_text(each, ledger))
                for each in matter.changes
            ],
            asks=open_asks(matter.pledges, matter.now.as_of),
            pledges=[*map(PledgeRecord.of, matter.pledges)],
        )

    remarks = left_to_the_last(matter, matter.before.as_of) if matter.before else []
    return Answer(page, document, grid_columns(), matter.pledges, remarks, envelope)


def left_to_the_last(matter: Matter, since: dt.date) -> list[str]:
    """How many entries are of the day of the last report itself: it may not have had them."""
    ids = {each.pledge.id for each in matter.pledges}
    entries = events_between(newest_first(matter.ledger), since, since)
    number = sum(each.pledge.id in ids and each.dated.last == since for each in entries)
    if not number or since == dt.date.min:
        return []
    left = f"{count(number, 'entry', 'entries')} of {day(since)} itself left to the report"
    return [f"{left} of that day; --since {since - dt.timedelta(days=1)} brings them in."]


def _lead(matter: Matter) -> str:
    since = f", with what changed since {day(matter.before.as_of)}" if matter.before else ""
    text = f"As of {day(matter.now.as_of)}{since}."
    return f"{text} {sentence(f'Only: {excerpt(matter.choice)}')}" if matter.choice else text


def _sections(matter: Matter, counts: Tally) -> Iterator[Section]:
    """The sections in order; one with nothing to say is left out."""
    first = [
        Section("Bottom line", blocks=[Paragraph(line(bottom_line(matter, counts)))]),
        parts.counts_section(matter, counts),
    ]
    yield from first
    late = overdue_section(matter, first)
    if late:
        yield late
    if matter.is_brief:
        return
    yield from attention_sections(matter, late)
    if matter.before:
        yield from parts.changed_sections(matter)
    yield from parts.due_section(matter)
    yield from parts.pillars_section(matter)
    if matter.is_full:
        yield from parts.all_pledges(matter)
    if counts.total:
        yield parts.how_to_read(matter, counts)
    yield from parts.sources_section(matter)
