"""``progress``: where the plan stands, pillar by pillar; the main table."""

from collections.abc import Iterator, Sequence
from typing import Final

from pledges.domain.assessment import Assessed
from pledges.domain.counts import by_party, by_pillar, tally
from pledges.domain.pledge import Ledger
from pledges.domain.snapshot import Snapshot
from pledges.domain.sorting import Group, GroupBy
from pledges.view.answer import Answer
from pledges.view.columns import chosen, grid_fields, value_columns
from pledges.view.list_page import table
from pledges.view.page import Cell, Column, Line, Page, Paragraph, Section, Table, Tone, line
from pledges.view.records import ProgressDocument, records
from pledges.view.summary import summary
from pledges.view.wording import phrases as wording
from pledges.view.wording import values as words

COLUMNS: Final = ("id", "title", "track", "reported", "deadline", "days", "standing", "pace")


def has_something_to_show(each: Assessed) -> bool:
    """Whether a pledge can be measured or dated, or is done; the rest is summed up."""
    is_done = each.assessment.standing.is_done
    return bool(each.pledge.measure or each.assessment.due or is_done)


def answer(
    groups: Sequence[Group], by: GroupBy, of: Snapshot, said: Sequence[str], *, show_all: bool
) -> Answer:
    """Progress in each shape; scripts get the same pledges as people, and every roll-up."""
    everything = [each for group in groups for each in group.members]
    shown = [each for each in everything if show_all or has_something_to_show(each)]

    def document() -> ProgressDocument:
        return ProgressDocument.of(
            of,
            total=tally(everything),
            pillars=by_pillar(everything, of.ledger),
            parties=by_party(everything, of.ledger),
            pledges=records(shown, with_internal=False),
        )

    columns = value_columns(grid_fields())
    return Answer(lambda: _page(groups, by, of, show_all=show_all), document, columns, shown, said)


def _page(groups: Sequence[Group], by: GroupBy, of: Snapshot, *, show_all: bool) -> Page:
    """Each group with its roll-up and the pledges that have something to show, or all."""
    everything = [each for group in groups for each in group.members]
    if not everything:
        lead = [line(words.nothing(len(of.assessed), of.as_of))]
        return Page(title=of.ledger.plan.title, lead=lead)
    parts = (_section(group, by, of.ledger, show_all=show_all) for group in groups)
    return Page(
        title=of.ledger.plan.title,
        sections=[summary(everything, of), *parts, _parties(everything, of.ledger)],
        notes=list(_notes(everything, of.ledger)),
    )


def _parties(everything: Sequence[Assessed], ledger: Ledger) -> Section:
    columns = (Column("Party"), Column("Pledges"), Column("Of which", is_main=True, least=20))
    rows = [
        (
            Cell(party.title),
            Cell(words.count(party.tally.total, "pledge")),
            Cell(wording.counted_standings(party.tally.standings)),
        )
        for party in by_party(everything, ledger)
    ]
    together = "what several owe together counts for each"
    return Section("Owed by", together, [Table(columns, rows, has_head=False)])


def _section(group: Group, by: GroupBy, ledger: Ledger, *, show_all: bool) -> Section:
    counts = tally(group.members)
    shown = [each for each in group.members if show_all or has_something_to_show(each)]
    rest = [each for each in group.members if not (show_all or has_something_to_show(each))]
    total = words.count(counts.total, "pledge")
    return Section(
        title=wording.group(by, group.key, ledger),
        summary=f"{total}: {wording.counted_standings(counts.standings)}",
        blocks=[
            *([table(shown, chosen(COLUMNS), ledger)] if shown else []),
            *([Paragraph(line(_rest(rest, some_shown=bool(shown)), Tone.MUTED))] if rest else []),
        ],
    )


def _rest(rest: Sequence[Assessed], *, some_shown: bool) -> str:
    more = "more " if some_shown else ""
    what = f"{len(rest):,} {more}without a deadline or measure"
    return f"{what}: {wording.status_counts(tally(rest))}"


def _notes(everything: Sequence[Assessed], ledger: Ledger) -> Iterator[Line]:
    for each in everything:
        if each.assessment.is_moved:
            yield line(f"{each.pledge.id} was {wording.move(each)}.", Tone.WATCH)
        if each.assessment.contested:
            text = f"{each.pledge.id} is contested: {wording.contest(each, ledger)}."
            yield line(text, Tone.WATCH)
    if any(each.assessment.time_used is not None for each in everything):
        yield line(wording.HOW_TO_READ, Tone.MUTED)
