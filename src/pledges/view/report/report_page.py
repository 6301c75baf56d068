"""The status report: its sections in order with the bottom line, and the same for scripts."""

import datetime as dt
from collections.abc import Iterator, Sequence

from msgspec import UNSET, Struct, UnsetType

from pledges.clean import without_joints
from pledges.domain.assessment import AssessedPledge
from pledges.domain.attention import Reason, reasons
from pledges.domain.changes import ChangeKind
from pledges.domain.counts import RollUp, Tally, roll_ups
from pledges.domain.snapshot import OpenAsk
from pledges.view.answer import Answer, Envelope, LedgerDocument, PledgeRecord
from pledges.view.page import Page, Paragraph, Section, Subject, line
from pledges.view.pledge_columns import grid_columns
from pledges.view.report import entries, explanations, news_sections, sections
from pledges.view.report.bottom_line import bottom_line, subject
from pledges.view.report.matter import Matter
from pledges.view.wording.change_phrases import change_text
from pledges.view.wording.titles import FEW_PLANS, full_title
from pledges.view.wording.values import count, day, enumeration, excerpt, part, sentence


class ReportChange(Struct, frozen=True):
    """Something that changed since the last report, in words too."""

    id: str
    change: ChangeKind
    date: dt.date | None
    text: str


class AttentionRecord(Struct, frozen=True):
    """A pledge that needs attention, and why."""

    id: str
    reasons: Sequence[Reason]


class ReportDocument(LedgerDocument, frozen=True, kw_only=True):
    """What a report says, for scripts: the pledges that it is about, and what changed.

    ``attention`` are the agreed pledges that need it, ``asked`` those only asked for whose day has
    passed or is near, each the most urgent first; ``next_due`` are the ids of what falls due next
    after those.
    """

    kind: str = "report"
    title: str
    since: dt.date | None
    bottom_line: str
    total: Tally
    plans: Sequence[RollUp] | UnsetType = UNSET
    pillars: Sequence[RollUp]
    attention: Sequence[AttentionRecord]
    asked: Sequence[AttentionRecord]
    next_due: Sequence[str]
    changes: Sequence[ReportChange]
    asks: Sequence[OpenAsk]
    pledges: Sequence[PledgeRecord]


def answer(matter: Matter, envelope: Envelope) -> Answer:
    """The report in every format; in CSV it is the pledges that it is about."""
    ledger, as_of = matter.ledger, day(matter.now.as_of)
    title = excerpt(matter.title or full_title(ledger))

    def page() -> Page:
        next_report = [line(f"Next report: {day(matter.next_on)}.")] if matter.next_on else []
        shown = part(len(matter.pledges), len(matter.now.assessed))
        since = f"; changes since {day(matter.since)}" if matter.since else ""
        only = f" {sentence(f'Only: {excerpt(matter.choice)}')}" if matter.choice else ""
        return Page(
            is_mail=True,
            subject=Subject(matter.subject) if matter.subject else subject(matter),
            title=title,
            caption=f"Status report as of {as_of}{since}.{only}",
            sections=list(_sections(matter)),
            notes=[*next_report, line(f"As of {as_of}. Source: {_source(matter)}, {shown}.")],
        )

    def document() -> ReportDocument:
        changes = ((x, without_joints(change_text(x, ledger))) for x in matter.changes)
        return ReportDocument.of(
            matter.now,
            title=without_joints(title),
            since=matter.since,
            bottom_line=without_joints(bottom_line(matter)),
            total=matter.counts,
            plans=roll_ups(matter.pledges, "plan", ledger) if ledger.is_joint else UNSET,
            pillars=roll_ups(matter.pledges, "pillar", ledger),
            attention=_records(matter.pressing, matter),
            asked=_records(matter.asked_in_time, matter),
            next_due=[each.pledge.id for each in matter.next_due],
            changes=[ReportChange(x.now.pledge.id, x.what, x.on, said) for x, said in changes],
            asks=matter.asks,
            pledges=[*map(PledgeRecord.of, matter.pledges)],
        )

    return Answer(page, document, grid_columns(ledger), matter.pledges, envelope=envelope)


def _records(pledges: Sequence[AssessedPledge], matter: Matter) -> list[AttentionRecord]:
    return [AttentionRecord(each.pledge.id, reasons(each, matter.within_days)) for each in pledges]


def _source(matter: Matter) -> str:
    """What it was made from: a file, or several; of many only their number."""
    if matter.ledger.is_joint:
        files = [*matter.ledger.files.values()]
        return enumeration(files) if len(files) <= FEW_PLANS else count(len(files), "ledger")
    return "standard input" if matter.now.name == "-" else matter.now.name


def _sections(matter: Matter) -> Iterator[Section]:
    """The sections in order; one with nothing to say is left out."""
    bottom = Paragraph(line(bottom_line(matter)))
    yield Section("Bottom line", blocks=[bottom, *sections.figure_blocks(matter)])
    yield from entries.attention_section(matter)
    if matter.is_brief or not matter.pledges:
        return
    yield from entries.asked_section(matter)
    yield from entries.decisions_section(matter)
    pillars = sections.pillars_section(matter)
    if matter.ledger.is_joint:  # which of many plans is meant comes before what changed in each
        yield from pillars
    yield from news_sections.changed_sections(matter)
    yield from news_sections.no_news_section(matter)
    yield from pillars
    if matter.is_full:
        yield from sections.all_pledges_sections(matter)
    yield from explanations.how_to_read(matter)
    yield from explanations.sources_section(matter)
