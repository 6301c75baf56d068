"""Bare ``pledges``: one screen with the result, what presses, what moved, what to type next."""

import datetime as dt
from collections.abc import Iterator, Sequence
from typing import ClassVar, Final

from msgspec import UNSET, Struct, UnsetType

from pledges.clean import JOINT, without_joints
from pledges.domain.assessment import AssessedPledge, Standing
from pledges.domain.counts import RollUp, Tally, roll_ups, shares, tally
from pledges.domain.events import Event, TermValues, newest_first
from pledges.domain.snapshot import OpenAsk, Snapshot, open_asks
from pledges.domain.sorting import sorted_pledges
from pledges.view.answer import Answer, LedgerDocument, PledgeRecord, columns_of
from pledges.view.due_page import asks_section
from pledges.view.page import Cell, Column, Page, Paragraph, Section, Table, Tone, hint_line, line
from pledges.view.pledge_columns import days_cell
from pledges.view.report.bottom_line import bottom_line
from pledges.view.report.matter import Matter
from pledges.view.wording.dates import deadline_text
from pledges.view.wording.history_phrases import event_text, update_text
from pledges.view.wording.tallies import group_standings
from pledges.view.wording.titles import full_title
from pledges.view.wording.values import day, no_match, quote

MOST_SHOWN: Final = 3
MOST_PLANS: Final = 5
PLANS: Final = (Column("Plan"), Column("Of which", is_main=True, least=20))
PRESSING: Final = (
    Column("Id"),
    Column("Pledge", is_main=True, least=20),
    Column("Deadline", wraps=True, least=20, ease=20),
)
NEXT: Final = "pledges progress, pledges due, pledges show {id}, "
NEWS: Final = (Column("Date"), Column("Id"), Column("News", is_main=True, least=20))


class StandingCount(Struct, frozen=True):
    """How many pledges have a standing, and their share in whole percent."""

    standing: Standing
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
    plans: Sequence[RollUp] | UnsetType = UNSET


def answer(of: Snapshot, elsewhere: str = "") -> Answer:
    """The screen in every format; the records of scripts are the counts.

    ``elsewhere`` is the path of a ledger that is not the one in this folder.
    """
    total = tally(of.assessed)
    counts = zip(total.standings.items(), shares([*total.standings.values()]), strict=True)
    standings = [StandingCount(word, count, share) for (word, count), share in counts]
    late, ahead = _late_and_ahead(of)

    def document() -> OverviewDocument:
        return OverviewDocument.of(
            of,
            count=len(of.assessed),
            title=full_title(of.ledger),
            total=total,
            standings=standings,
            overdue=[*map(PledgeRecord.of, late)],
            due_next=[*map(PledgeRecord.of, ahead[:MOST_SHOWN])],
            asks=open_asks(of.assessed, of.as_of),
            latest=[
                NewsRecord(x.pledge.id, x.date, without_joints(update_text(x.pledge, x.update)))
                for x in _news(of)[:MOST_SHOWN]
                if x.update
            ],
            plans=roll_ups(of.assessed, "plan", of.ledger) if of.ledger.is_joint else UNSET,
        )

    def page() -> Page:
        add = "" if of.ledger.is_joint else "pledges add, pledges import, "
        first = next(iter(late or ahead or of.assessed), None)
        following = NEXT.format(id=first.pledge.id) if first else add
        return Page(
            title=quote(full_title(of.ledger)),
            lead=[line(f"Ledger: {elsewhere}", Tone.MUTED)] if elsewhere else [],
            sections=list(_sections(of, late, ahead)),
            notes=[hint_line(f"Next: {following}pledges --help")],
        )

    return Answer(page, document, columns_of(StandingCount), standings, sheet="Standings")


def _late_and_ahead(of: Snapshot) -> tuple[list[AssessedPledge], list[AssessedPledge]]:
    """What is overdue, the longest first, and what is due next, the nearest first.

    What was only asked for is neither.
    """
    late = [x for x in of.assessed if x.is_counted and x.assessment.standing is Standing.OVERDUE]
    ahead = [x for x in of.assessed if x.is_counted and x.assessment.standing.is_ahead]
    return sorted_pledges(late, [("due", False)]), sorted_pledges(ahead, [("due", False)])


def _news(of: Snapshot) -> list[Event]:
    """What moved, the newest first: a status, a figure or a deadline."""
    return [x for x in newest_first(of.ledger) if x.update and x.after != TermValues()]


def _sections(
    of: Snapshot, late: Sequence[AssessedPledge], ahead: Sequence[AssessedPledge]
) -> Iterator[Section]:
    matter = Matter(now=of, pledges=of.assessed, within_days=of.ledger.warn_days)
    text = bottom_line(matter) if of.assessed else no_match(0, of.as_of)
    yield Section(blocks=[Paragraph(line(text))])
    if of.ledger.is_joint and of.assessed:
        plans = roll_ups(of.assessed, "plan", of.ledger)
        plans.sort(key=lambda each: -each.tally.standings.get(Standing.OVERDUE, 0))
        counted = [(Cell(x.key), Cell(group_standings(x.tally))) for x in plans[:MOST_PLANS]]
        shown = _shown_of(len(plans), MOST_PLANS)
        yield Section("Plans", shown, [Table(PLANS, counted, has_head=False)])
    for title, pledges in (("Overdue", late), ("Due next", ahead)):
        rows = []
        for each in pledges[:MOST_SHOWN]:
            days = days_cell(each, of.ledger)
            due = ", ".join(filter(None, [deadline_text(each), days.text]))
            contested = " (contested)" if each.assessment.has_open_contest else ""
            name = Cell(f"{quote(each.pledge.title)}{contested}")
            rows.append((Cell(each.pledge.id), name, Cell(due, days.tone)))
        if rows:
            table = Table(PRESSING, rows, has_head=False)
            yield Section(title, _shown_of(len(pledges)), [table])
    if asks := open_asks(of.assessed, of.as_of):
        yield asks_section(asks[:MOST_SHOWN], _shown_of(len(asks)), of.ledger)
    if news := _news(of):
        rows = [
            (Cell(day(x.date)), Cell(x.pledge.id), Cell(event_text(x, of.ledger)))
            for x in news[:MOST_SHOWN]
        ]
        yield Section("Moved lately", _shown_of(len(news)), [Table(NEWS, rows, has_head=False)])


def _shown_of(every: int, most: int = MOST_SHOWN) -> str:
    return f"{most}{JOINT}of {every:,}" if every > most else ""
