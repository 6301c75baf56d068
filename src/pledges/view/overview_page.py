"""Bare ``pledges``: one screen with the counts, what presses, what moved, what to type next."""

from collections.abc import Iterator, Sequence
from typing import Final

from pledges.domain.asks import open_asks
from pledges.domain.assessment import Assessed, Standing
from pledges.domain.counts import shares, tally
from pledges.domain.pledge import Ledger, Pledge, Update
from pledges.domain.snapshot import Snapshot
from pledges.domain.sorting import sorted_pledges
from pledges.view import asks_section as decisions
from pledges.view.answer import Answer, columns_of
from pledges.view.columns import chosen
from pledges.view.list_page import table
from pledges.view.page import Cell, Column, Page, Section, Table, Tone, line
from pledges.view.records import NewsRecord, OverviewDocument, StandingCount, records
from pledges.view.summary import summary
from pledges.view.wording import phrases as wording
from pledges.view.wording import values as words

MOST_SHOWN: Final = 3
COLUMNS: Final = ("id", "title", "deadline", "days")

NEXT: Final = (
    ("pledges progress", "where every pillar stands"),
    ("pledges due --within 90d", "what needs a look"),
    ("pledges show {id}", "one pledge whole"),
    ("pledges --help", "all commands"),
)


def overdue(assessed: Sequence[Assessed]) -> list[Assessed]:
    """What is overdue, the longest first."""
    late = [each for each in assessed if each.assessment.standing is Standing.OVERDUE]
    return sorted_pledges(late, [("due", False)])


def due_next(assessed: Sequence[Assessed]) -> list[Assessed]:
    """What is due next, the nearest first."""
    ahead = [each for each in assessed if each.assessment.standing.is_ahead]
    return sorted_pledges(ahead, [("due", False)])


def latest(assessed: Sequence[Assessed]) -> list[tuple[Pledge, Update]]:
    """Every update across the ledger with its pledge, newest first."""
    every = [(each.pledge, update) for each in assessed for update in each.pledge.updates]
    return sorted(every, key=lambda pair: pair[1].date, reverse=True)


def news(updates: Sequence[tuple[Pledge, Update]]) -> list[NewsRecord]:
    """Updates in words."""
    return [
        NewsRecord(pledge.id, each.date, wording.update(pledge, each)) for pledge, each in updates
    ]


def standing_counts(assessed: Sequence[Assessed]) -> list[StandingCount]:
    """How many pledges have each standing, with shares that add up to 100."""
    counts = tally(assessed).standings
    parts = zip(counts.items(), shares(list(counts.values())), strict=True)
    return [StandingCount(word, count, share) for (word, count), share in parts]


def answer(of: Snapshot) -> Answer:
    """The screen in each shape; the records of scripts are the counts."""
    counts = standing_counts(of.assessed)
    columns = columns_of(StandingCount)
    return Answer(lambda: _page(of), lambda: _document(of, counts), columns, counts)


def _document(of: Snapshot, counts: Sequence[StandingCount]) -> OverviewDocument:
    return OverviewDocument.of(
        of,
        count=len(of.assessed),
        title=of.ledger.plan.title,
        total=tally(of.assessed),
        standings=counts,
        overdue=records(overdue(of.assessed), with_internal=False),
        due_next=records(due_next(of.assessed)[:MOST_SHOWN], with_internal=False),
        asks=open_asks(of.assessed, of.as_of),
        latest=news(latest(of.assessed)[:MOST_SHOWN]),
    )


def _page(of: Snapshot) -> Page:
    if not of.assessed:
        return Page(title=of.ledger.plan.title, lead=[line(words.nothing(0, of.as_of))])
    return Page(
        title=of.ledger.plan.title,
        sections=[summary(of.assessed, of), *_sections(of)],
    )


def _sections(of: Snapshot) -> Iterator[Section]:
    assessed, ledger = of.assessed, of.ledger
    late, ahead = overdue(assessed), due_next(assessed)
    asks, updates = open_asks(assessed, of.as_of), latest(assessed)
    if late:
        yield Section("Overdue", _first(late), [_short_table(late, ledger)])
    if ahead:
        yield Section("Due next", _first(ahead), [_short_table(ahead, ledger)])
    if asks:
        yield decisions.section(asks[:MOST_SHOWN], _first(asks), ledger)
    if updates:
        yield Section("Latest news", _first(updates), [_news(news(updates[:MOST_SHOWN]))])
    yield Section("Next", blocks=[_next((late or ahead or list(assessed))[0].pledge)])


def _first(things: Sequence[object]) -> str:
    return f"{MOST_SHOWN} of {len(things):,}" if len(things) > MOST_SHOWN else ""


def _short_table(assessed: Sequence[Assessed], ledger: Ledger) -> Table:
    return table(assessed[:MOST_SHOWN], chosen(COLUMNS), ledger)


def _news(entries: Sequence[NewsRecord]) -> Table:
    columns = (Column("Date"), Column("Id"), Column("News", is_main=True, least=20))
    rows = [(Cell(words.day(each.date)), Cell(each.id), Cell(each.text)) for each in entries]
    return Table(columns, rows, has_head=False)


def _next(pledge: Pledge) -> Table:
    columns = (Column("Command"), Column("What it shows", is_main=True, least=20))
    rows = [(Cell(command.format(id=pledge.id)), Cell(what, Tone.MUTED)) for command, what in NEXT]
    return Table(columns, rows, has_head=False)
