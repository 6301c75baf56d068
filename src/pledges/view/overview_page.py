"""Bare ``pledges``: one screen with the counts, what presses, what moved, what to type next."""

import datetime as dt
from collections.abc import Iterator, Sequence
from typing import ClassVar, Final

from msgspec import Struct

from pledges.domain.assessment import AssessedPledge, Standing
from pledges.domain.counts import Tally, shares, tally
from pledges.domain.snapshot import OpenAsk, Snapshot, open_asks
from pledges.domain.sorting import sorted_pledges
from pledges.view.answer import Answer, LedgerDocument, PledgeRecord, columns_of
from pledges.view.due_page import asks_section
from pledges.view.page import Cell, Column, Page, Section, Table, Tone, line
from pledges.view.pledge_columns import pledge_table
from pledges.view.progress_page import summary_section
from pledges.view.wording.change_phrases import update_text
from pledges.view.wording.values import day, no_match

MOST_SHOWN: Final = 3
COLUMNS: Final = ("id", "title", "deadline", "days")
NEWS: Final = (Column("Date"), Column("Id"), Column("News", is_main=True, least=20))
COMMANDS: Final = (Column("Command"), Column("What it shows", is_main=True, least=20))

NEXT: Final = (
    ("pledges progress", "where every pillar stands"),
    ("pledges due --within 90d", "what needs a look"),
    ("pledges show {id}", "one pledge whole"),
    ("pledges --help", "all commands"),
)


class StandingCount(Struct, frozen=True):
    """How many pledges have a standing, and their share in whole percent."""

    standing: str
    count: int
    share: int


class NewsRecord(Struct, frozen=True):
    """An update, by the pledge that it belongs to."""

    id: str
    date: dt.date
    text: str


class OverviewDocument(LedgerDocument, frozen=True, kw_only=True):
    """The counts, what is overdue, due next and asked for, and what was reported last."""

    RECORDS: ClassVar[str] = "standings"

    kind: str = "overview"
    title: str
    total: Tally
    standings: Sequence[StandingCount]
    overdue: Sequence[PledgeRecord]
    due_next: Sequence[PledgeRecord]
    asks: Sequence[OpenAsk]
    latest: Sequence[NewsRecord]


def answer(of: Snapshot) -> Answer:
    """The screen in every format; the records of scripts are the counts."""
    total = tally(of.assessed)
    counts = zip(total.standings.items(), shares([*total.standings.values()]), strict=True)
    standings = [StandingCount(word, count, share) for (word, count), share in counts]

    def document() -> OverviewDocument:
        late, ahead = _late_and_ahead(of)
        return OverviewDocument.of(
            of,
            count=len(of.assessed),
            title=of.ledger.plan.title,
            total=total,
            standings=standings,
            overdue=[*map(PledgeRecord.of, late)],
            due_next=[*map(PledgeRecord.of, ahead[:MOST_SHOWN])],
            asks=open_asks(of.assessed, of.as_of),
            latest=_news(of),
        )

    def page() -> Page:
        lead = [] if of.assessed else [line(no_match(0, of.as_of))]
        return Page(title=of.ledger.plan.title, lead=lead, sections=list(_sections(of)))

    return Answer(page, document, columns_of(StandingCount), standings)


def _late_and_ahead(of: Snapshot) -> tuple[list[AssessedPledge], list[AssessedPledge]]:
    """What is overdue, the longest first, and what is due next, the nearest first."""
    late = [each for each in of.assessed if each.assessment.standing is Standing.OVERDUE]
    ahead = [each for each in of.assessed if each.assessment.standing.is_ahead]
    return sorted_pledges(late, [("due", False)]), sorted_pledges(ahead, [("due", False)])


def _news(of: Snapshot) -> list[NewsRecord]:
    every = [(each.pledge, update) for each in of.assessed for update in each.pledge.updates]
    newest = sorted(every, key=lambda pair: pair[1].date, reverse=True)[:MOST_SHOWN]
    return [NewsRecord(pledge.id, each.date, update_text(pledge, each)) for pledge, each in newest]


def _sections(of: Snapshot) -> Iterator[Section]:
    if not of.assessed:
        return
    yield summary_section(of.assessed, of)
    late, ahead = _late_and_ahead(of)
    for title, pledges in (("Overdue", late), ("Due next", ahead)):
        if pledges:
            table = pledge_table(pledges[:MOST_SHOWN], COLUMNS, of.ledger)
            yield Section(title, _shown_of(len(pledges)), [table])
    if asks := open_asks(of.assessed, of.as_of):
        yield asks_section(asks[:MOST_SHOWN], _shown_of(len(asks)), of.ledger)
    if news := _news(of):
        rows = [(Cell(day(x.date)), Cell(x.id), Cell(x.text)) for x in news]
        shown = _shown_of(sum(len(each.pledge.updates) for each in of.assessed))
        yield Section("Latest news", shown, [Table(NEWS, rows, has_head=False)])
    first = (late or ahead or of.assessed)[0].pledge.id
    commands = [(Cell(each.format(id=first)), Cell(what, Tone.MUTED)) for each, what in NEXT]
    yield Section("Next", blocks=[Table(COMMANDS, commands, has_head=False)], is_hint=True)


def _shown_of(every: int) -> str:
    return f"{MOST_SHOWN} of {every:,}" if every > MOST_SHOWN else ""
