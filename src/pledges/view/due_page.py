"""``due``: what needs a look, the most pressing first."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from pledges.domain.asks import OpenAsk, open_asks
from pledges.domain.assessment import Assessed, Standing
from pledges.domain.pledge import Ledger
from pledges.domain.snapshot import Snapshot
from pledges.domain.sorting import sorted_pledges
from pledges.view import asks_section as decisions
from pledges.view.answer import Answer
from pledges.view.columns import chosen, grid_fields, value_columns
from pledges.view.list_page import table
from pledges.view.page import Line, Page, Section, Tone, line
from pledges.view.records import DueDocument, due_record
from pledges.view.wording import phrases as wording
from pledges.view.wording import values as words

OVERDUE: Final = "overdue"
DUE_SOON: Final = "due-soon"
REVIEW_DUE: Final = "review-due"
STALE: Final = "stale"

DATED: Final = (OVERDUE, DUE_SOON)
UNDATED: Final = (REVIEW_DUE, STALE)
"""The reasons that go by a deadline, and those that go by the last news."""

DATED_COLUMNS: Final = ("id", "title", "reported", "deadline", "days", "pace", "updated")
NEWS_COLUMNS: Final = ("id", "title", "reported", "updated")

Listed = Mapping[str, Sequence[Assessed]]


def listed(assessed: Sequence[Assessed], within_days: int) -> Listed:
    """The pledges that need a look, each under the first reason that holds of it."""
    found: dict[str, list[Assessed]] = {OVERDUE: [], DUE_SOON: [], REVIEW_DUE: [], STALE: []}
    for each in sorted_pledges(assessed, [("due", False)]):
        reason = _reason(each, within_days)
        if reason:
            found[reason].append(each)
    found[STALE] = sorted_pledges(found[STALE], [("updated", False)])
    return found


def answer(
    pressing: Listed, asked: Sequence[Assessed], of: Snapshot, within_days: int, said: Sequence[str]
) -> Answer:
    """What needs a look among the pledges asked about, in each shape."""
    reasons = {each.pledge.id: reason for reason, group in pressing.items() for each in group}
    members = [each for group in pressing.values() for each in group]

    def document() -> DueDocument:
        return DueDocument.of(
            of,
            within_days=within_days,
            pledges=[due_record(x, reasons[x.pledge.id], with_internal=False) for x in members],
            asks=open_asks(asked, of.as_of),
        )

    columns = {"listed_as": lambda each: reasons[each.pledge.id], **value_columns(grid_fields())}
    return Answer(lambda: _page(pressing, asked, of, within_days), document, columns, members, said)


def _page(found: Listed, asked: Sequence[Assessed], of: Snapshot, within_days: int) -> Page:
    """A section for each reason; the decisions asked for before what goes by its last news."""
    ledger, total = of.ledger, len(of.assessed)
    silent = sum(not each.pledge.updates for each in asked)
    return Page(
        title=f"{wording.short_title(ledger)}: what needs a look as of {words.day(of.as_of)}",
        lead=[line(f"Among {words.part(len(asked), total)}:")] if 0 < len(asked) < total else [],
        sections=[
            *_sections(DATED, found, ledger, within_days),
            *_decisions(open_asks(asked, of.as_of), ledger),
            *_sections(UNDATED, found, ledger, within_days),
        ],
        notes=_notes(found, ledger, silent) if asked else [line(words.nothing(total, of.as_of))],
    )


def _sections(
    reasons: Sequence[str], found: Listed, ledger: Ledger, within_days: int
) -> Iterator[Section]:
    titles = {
        OVERDUE: "Overdue",
        DUE_SOON: f"Due within {words.days(within_days)}",
        REVIEW_DUE: "Review due",
        STALE: f"Stale: no news for more than {words.days(ledger.plan.stale_days)}",
    }
    for reason in reasons:
        if found[reason]:
            shown = table(found[reason], chosen(_columns(reason)), ledger)
            yield Section(titles[reason], _summary(reason, found), [shown])


def _decisions(asks: Sequence[OpenAsk], ledger: Ledger) -> Iterator[Section]:
    if asks:
        yield decisions.section(asks, words.count(len(asks), "decision"), ledger)


def _summary(reason: str, found: Listed) -> str:
    """How many are listed for a reason; of the stale ones also how many stand further up."""
    count = words.count(len(found[reason]), "pledge")
    above = sum(x.assessment.stale for each in found if each != STALE for x in found[each])
    return f"{count}; {above:,} above are stale too" if reason == STALE and above else count


def _reason(each: Assessed, within_days: int) -> str | None:
    assessment = each.assessment
    if assessment.standing is Standing.OVERDUE:
        return OVERDUE
    if assessment.is_due_within(within_days):
        return DUE_SOON
    if assessment.standing is Standing.REVIEW_DUE:
        return REVIEW_DUE
    return STALE if assessment.stale else None


def _columns(reason: str) -> Sequence[str]:
    return DATED_COLUMNS if reason in DATED else NEWS_COLUMNS


def _notes(found: Listed, ledger: Ledger, silent: int) -> list[Line]:
    notes = [
        line(f"{each.pledge.id} is contested: {wording.contest(each, ledger)}.", Tone.WATCH)
        for members in found.values()
        for each in members
        if each.assessment.contested
    ]
    if not any(found.values()):
        notes.append(line("Nothing is overdue, due soon, up for review or stale.", Tone.GOOD))
    if silent:
        verb = "has" if silent == 1 else "have"
        text = f"{words.count(silent, 'pledge')} {verb} never been reported on."
        notes.append(line(text, Tone.MUTED))
    return notes
