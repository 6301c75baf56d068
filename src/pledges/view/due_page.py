"""``due``: what needs attention, the most pressing first."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import chain
from typing import Annotated, Final

from pledges.clean import JOINT
from pledges.domain.assessment import AssessedPledge, Standing
from pledges.domain.counts import tally
from pledges.domain.fields import one_of
from pledges.domain.pledge import Ledger, plan_key_of
from pledges.domain.snapshot import OpenAsk, Snapshot, open_asks
from pledges.domain.sorting import Group, first_members, sorted_pledges
from pledges.view.answer import Answer, LedgerDocument, PledgeRecord
from pledges.view.page import Cell, Column, Line, Page, Section, Table, Tone, hint_line, line
from pledges.view.pledge_columns import grid_columns, pledge_table
from pledges.view.wording import values as words
from pledges.view.wording.dates import contest_note
from pledges.view.wording.standings import time_left
from pledges.view.wording.tallies import agreed_and_asked, group_count
from pledges.view.wording.titles import short_title, under_plans

OVERDUE: Final = "overdue"
DUE_SOON: Final = "due-soon"
ASKED_FOR: Final = "asked-for"
REVIEW_DUE: Final = "review-due"
STALE: Final = "stale"

DATED_COLUMNS: Final = ("id", "title", "reported", "deadline", "days", "pace", "updated")
NEWS_COLUMNS: Final = ("id", "title", "reported", "updated")
COLUMNS: Final[Mapping[str, Sequence[str]]] = {
    OVERDUE: DATED_COLUMNS,
    DUE_SOON: DATED_COLUMNS,
    ASKED_FOR: DATED_COLUMNS,
    REVIEW_DUE: NEWS_COLUMNS,
    STALE: NEWS_COLUMNS,
}
"""The reasons for attention, the most pressing first, and what is shown of pledges for each."""

ASK_COLUMNS: Final = (
    Column("Id"),
    Column("Decision", is_main=True, least=20, ease=25),
    Column("Asked of", wraps=True, least=12, ease=16, under="Decision", fold=3),
    Column("By"),
    Column("Days", under="By", fold=1),
    Column("Asked on", under="Decision", fold=2),
)

Pressing = Mapping[str, Sequence[AssessedPledge]]  # the pledges that need attention, by the reason


class DueRecord(PledgeRecord, frozen=True, kw_only=True):
    """A pledge with the reason why it needs attention."""

    listed_as: Annotated[str, one_of(COLUMNS)]


class DueDocument(LedgerDocument, frozen=True, kw_only=True):
    """The pledges that need attention, within so many days, and the decisions asked for."""

    kind: str = "due"
    within_days: int | None
    pledges: Sequence[DueRecord]
    asks: Sequence[OpenAsk]


def pressing_pledges(assessed: Sequence[AssessedPledge], within_days: int | None) -> Pressing:
    """The pledges that need attention, each under the first reason that applies to it.

    What was only asked for is neither overdue nor due: its date has passed, or is near.
    """
    pressing: dict[str, list[AssessedPledge]] = {reason: [] for reason in COLUMNS}
    for each in sorted_pledges(assessed, [("due", False)]):
        now = each.assessment
        is_late, is_near = now.standing is Standing.OVERDUE, now.is_due_within(within_days)
        review = now.standing is Standing.REVIEW_DUE
        holds = {OVERDUE: is_late, DUE_SOON: is_near, REVIEW_DUE: review, STALE: now.stale}
        holds = holds if now.agreed else {ASKED_FOR: is_late or is_near}
        if reason := next((reason for reason, is_so in holds.items() if is_so), None):
            pressing[reason].append(each)
    pressing[STALE] = sorted_pledges(pressing[STALE], [("updated", False)])
    return pressing


def answer(
    pressing: Pressing,
    chosen: Sequence[AssessedPledge],
    of: Snapshot,
    within_days: int | None,
    limit: int | None = None,
) -> Answer:
    """What needs attention among the chosen pledges, in every format.

    ``limit`` is how many pledges are listed at most; the counts are of all.
    """
    reasons = {each.pledge.id: reason for reason, group in pressing.items() for each in group}
    groups = (Group(reason, [*group]) for reason, group in pressing.items())
    listed = {each.key: each.members for each in first_members(groups, limit)}
    members, asks = [*chain(*listed.values())], open_asks(chosen, of.as_of)

    def document() -> DueDocument:
        records = [DueRecord.of(each, listed_as=reasons[each.pledge.id]) for each in members]
        return DueDocument.of(of, within_days=within_days, pledges=records, asks=asks)

    def page() -> Page:
        ledger, total = of.ledger, len(of.assessed)
        among = f"Chosen: {agreed_and_asked(tally(chosen), tally(of.assessed))}."
        none = [line(words.no_match(total, of.as_of))]
        sections = _sections(pressing, listed, asks, ledger, within_days)
        return Page(
            title=f"{short_title(ledger)}: what needs attention as of {words.day(of.as_of)}",
            lead=[line(among)] if 0 < len(chosen) < total else [],
            sections=[*under_plans(sections, ledger)],
            notes=list(_notes(members, chosen, ledger)) if chosen else none,
        )

    columns = {"listed_as": lambda each: reasons[each.pledge.id], **grid_columns(of.ledger)}
    return Answer(page, document, columns, members, scheduled=(members, of))


def _by_plan(pressing: Pressing) -> Mapping[tuple[str, str], Sequence[AssessedPledge]]:
    """The pledges of each plan for each reason; a single ledger's has an empty key."""
    found = defaultdict[tuple[str, str], list[AssessedPledge]](list)
    for reason, members in pressing.items():
        for each in members:
            found[each.pledge.plan_key, reason].append(each)
    return found


def _sections(
    pressing: Pressing,
    listed: Pressing,
    asks: Sequence[OpenAsk],
    ledger: Ledger,
    within_days: int | None,
) -> Iterator[tuple[str, Section]]:
    """A section for each reason, by plan; decisions come after those that go by a deadline."""
    every, shown = _by_plan(pressing), _by_plan(listed)
    wanted = defaultdict[str, list[OpenAsk]](list)
    for ask in asks:
        wanted[plan_key_of(ask.id)].append(ask)
    for key, plan in ledger.plans.items():
        ahead, above = plan.warn_days if within_days is None else within_days, 0
        titles = {
            OVERDUE: "Overdue",
            DUE_SOON: f"Due within {words.days(ahead)}",
            ASKED_FOR: "Asked for, not agreed; its date has passed or is near",
            REVIEW_DUE: "Review due",
            STALE: f"Stale: no news for more than {words.days(plan.stale_days)}",
        }
        for reason in COLUMNS:
            members, rows = every[key, reason], shown[key, reason]
            count = group_count(tally(members))
            if reason == ASKED_FOR:
                count = words.count(len(members), "request")
            if reason == STALE and above:
                count = f"{count}; {above:,}{JOINT}of those above {words.be(above)} also stale"
            above += sum(each.assessment.stale for each in members)
            if members:
                tables = [pledge_table(rows, COLUMNS[reason], ledger)] if rows else []
                yield key, Section(titles[reason], count, tables)
            if reason == ASKED_FOR and (of_plan := wanted[key]):
                yield key, asks_section(of_plan, words.count(len(of_plan), "decision"), ledger)


def _notes(
    members: Sequence[AssessedPledge], chosen: Sequence[AssessedPledge], ledger: Ledger
) -> Iterator[Line]:
    for each in members:
        if each.assessment.has_open_contest:
            yield line(contest_note(each, ledger), Tone.WATCH)
    if not members:
        yield line("Nothing is overdue, due soon, due for review or stale.", Tone.GOOD)
    silent = tally([each for each in chosen if each.pledge.last_news_on is None])
    asked = f"{silent.asked:,}{JOINT}more asked for"
    if not silent.total:
        asked = words.count(silent.asked, "request")
    texts = [words.count(silent.total, "pledge")] if silent.total else []
    if texts := [*texts, *[asked] * bool(silent.asked)]:
        were = words.be(silent.total + silent.asked, past=True)
        yield line(f"{words.enumeration(texts)} {were} never heard of.", Tone.MUTED)
        yield hint_line("To list them: pledges list --no-news")


def asks_section(asks: Sequence[OpenAsk], summary: str, ledger: Ledger) -> Section:
    """What is asked of whom, by when, and how many days are left or late."""
    rows = [
        (
            Cell(ask.id),
            Cell(words.quote(ask.what)),
            Cell(ledger.party(ask.of) if ask.of else ""),
            Cell(words.day(ask.by)),
            Cell(time_left(ask), Tone.WATCH if ask.days_late is None else Tone.LATE),
            Cell(words.day(ask.date)),
        )
        for ask in asks
    ]
    return Section("Decisions asked for", summary, [Table(ASK_COLUMNS, rows)])
