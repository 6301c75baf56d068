"""``due``: what needs attention, the most pressing first."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import chain
from typing import Annotated, Final

from pledges.clean import JOINT
from pledges.domain.assessment import AssessedPledge, Standing
from pledges.domain.counts import tally
from pledges.domain.fields import one_of
from pledges.domain.pledge import Ledger
from pledges.domain.snapshot import OpenAsk, Snapshot, open_asks
from pledges.domain.sorting import Group, first_members, sorted_pledges
from pledges.view.answer import Answer, LedgerDocument, PledgeRecord
from pledges.view.page import Cell, Column, Line, Page, Run, Section, Table, Tone, line
from pledges.view.pledge_columns import grid_columns, pledge_table
from pledges.view.wording import values as words
from pledges.view.wording.dates import contest_note
from pledges.view.wording.standings import agreed_and_asked, group_count, short_title, time_left

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
    within_days: int
    pledges: Sequence[DueRecord]
    asks: Sequence[OpenAsk]


def pressing_pledges(assessed: Sequence[AssessedPledge], within_days: int) -> Pressing:
    """The pledges that need attention, each under the first reason that applies to it.

    What was only asked for is neither overdue nor due: its date has passed, or is near.
    """
    pressing: dict[str, list[AssessedPledge]] = {reason: [] for reason in COLUMNS}
    for each in sorted_pledges(assessed, [("due", False)]):
        is_late = each.assessment.standing is Standing.OVERDUE
        if not each.assessment.agreed:
            if is_late or each.assessment.is_due_within(within_days):
                pressing[ASKED_FOR].append(each)
        elif is_late:
            pressing[OVERDUE].append(each)
        elif each.assessment.is_due_within(within_days):
            pressing[DUE_SOON].append(each)
        elif each.assessment.standing is Standing.REVIEW_DUE:
            pressing[REVIEW_DUE].append(each)
        elif each.assessment.stale:
            pressing[STALE].append(each)
    pressing[STALE] = sorted_pledges(pressing[STALE], [("updated", False)])
    return pressing


def answer(
    pressing: Pressing,
    chosen: Sequence[AssessedPledge],
    of: Snapshot,
    within_days: int,
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
        """A section for each reason; decisions come after those that go by a deadline."""
        ledger, total, is_part = of.ledger, len(of.assessed), len(chosen) < len(of.assessed)
        among = f"Chosen: {agreed_and_asked(tally(chosen), tally(of.assessed))}."
        sections = dict(_sections(pressing, listed, ledger, within_days))
        decisions = asks_section(asks, words.count(len(asks), "decision"), ledger)
        dated = [each for each in (OVERDUE, DUE_SOON, ASKED_FOR) if each in sections]
        by_deadline = [sections.pop(reason) for reason in dated]
        none = [line(words.no_match(total, of.as_of))]
        return Page(
            title=f"{short_title(ledger)}: what needs attention as of {words.day(of.as_of)}",
            lead=[line(among)] if chosen and is_part else [],
            sections=[*by_deadline, *[decisions] * bool(asks), *sections.values()],
            notes=list(_notes(members, chosen, ledger)) if chosen else none,
        )

    columns = {"listed_as": lambda each: reasons[each.pledge.id], **grid_columns()}
    return Answer(page, document, columns, members, scheduled=(members, of))


def _sections(
    pressing: Pressing, listed: Pressing, ledger: Ledger, within_days: int
) -> Iterator[tuple[str, Section]]:
    titles = {
        OVERDUE: "Overdue",
        DUE_SOON: f"Due within {words.days(within_days)}",
        ASKED_FOR: "Asked for, not agreed; its date has passed or is near",
        REVIEW_DUE: "Review due",
        STALE: f"Stale: no news for more than {words.days(ledger.plan.stale_days)}",
    }
    above = sum(x.assessment.stale for each in pressing if each != STALE for x in pressing[each])
    for reason, members in pressing.items():
        if members:
            counts = tally(members)
            count = words.count(len(members), "request")
            if reason != ASKED_FOR:
                count = group_count(counts)
            if reason == STALE and above:
                count = f"{count}; {above:,}{JOINT}of those above {words.be(above)} also stale"
            rows = listed.get(reason)
            tables = [pledge_table(rows, COLUMNS[reason], ledger)] if rows else []
            yield reason, Section(titles[reason], count, tables)


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
        were = "was" if silent.total + silent.asked == 1 else "were"
        yield line(f"{words.enumeration(texts)} {were} never heard of.", Tone.MUTED)
        yield (Run("To list them: pledges list --no-news", Tone.MUTED, is_hint=True),)


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
