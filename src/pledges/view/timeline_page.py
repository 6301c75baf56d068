"""``timeline``: what is due when, along the calendar."""

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from msgspec import Struct, field

from pledges.domain.assessment import Assessed, Standing
from pledges.domain.axis import Axis
from pledges.domain.counts import tally
from pledges.domain.day import Period
from pledges.domain.marks import Dated, MarkKind, dated
from pledges.domain.snapshot import Snapshot
from pledges.domain.sorting import Group, GroupBy
from pledges.view.page import Answer, Calendar, Cell, Column, Grid, Page, Section, Table, Tone
from pledges.view.records import Document, PledgeRecord, record
from pledges.view.timeline_tracks import track
from pledges.view.wording import phrases as wording
from pledges.view.wording import values as words
from pledges.view.wording.deadlines import dates, told

COLUMNS: Final = (
    Column("Id"),
    Column("Pledge", is_main=True, least=20),
    Column("Dates", wraps=True, least=20),
)
GRID: Final = ("id", "title", "pillar", "standing", "date", "kind", "period", "text")


class MarkRecord(Struct, frozen=True):
    """A day that matters to a pledge, for scripts."""

    date: dt.date
    kind: MarkKind
    period: Period | None
    text: str


class TimelineRecord(PledgeRecord, frozen=True, kw_only=True):
    """A pledge with its standing and the days that matter to it."""

    standing: Standing
    marks: Sequence[MarkRecord]


class TimelineDocument(Document, frozen=True, kw_only=True):
    """Pledges along an axis of whole years, quarters or months, from its first day to its last."""

    begin: dt.date = field(name="from")
    end: dt.date = field(name="to")
    by: str
    pledges: Sequence[TimelineRecord]


def answer(
    groups: Sequence[Group], by: GroupBy, axis: Axis, of: Snapshot, said: Sequence[str]
) -> Answer:
    """The timeline in each shape."""
    everything = [each for group in groups for each in group.members]

    def found() -> list[TimelineRecord]:
        return [_record(row, of) for row in dated(everything, of.as_of)]

    return Answer(
        page=lambda: _page(groups, by, axis, of),
        document=lambda: _document(found(), axis, of),
        records=found,
        grid=lambda: Grid(GRID, _grid_rows(dated(everything, of.as_of), of)),
        said=said,
    )


def _document(found: Sequence[TimelineRecord], axis: Axis, of: Snapshot) -> TimelineDocument:
    return TimelineDocument(
        kind="timeline",
        as_of=of.as_of,
        ledger=of.name,
        count=len(found),
        begin=axis.begin,
        end=axis.end,
        by=axis.by,
        pledges=found,
    )


def _record(row: Dated, of: Snapshot) -> TimelineRecord:
    plain = record(row.each, with_internal=False)
    terms = {name: getattr(plain, name) for name in plain.__struct_fields__}
    found = [MarkRecord(m.date, m.kind, m.period, told(m, row.each, of)) for m in row.marks]
    return TimelineRecord(**terms, standing=row.each.assessment.standing, marks=found)


def _grid_rows(rows: Iterable[Dated], of: Snapshot) -> Iterator[list[str | None]]:
    for row in rows:
        pledge, standing = row.each.pledge, row.each.assessment.standing
        for mark in row.marks:
            period = mark.period.name if mark.period else None
            said = (mark.date.isoformat(), mark.kind, period, told(mark, row.each, of))
            yield [pledge.id, pledge.title, pledge.pillar, standing, *said]


def _page(groups: Sequence[Group], by: GroupBy, axis: Axis, of: Snapshot) -> Page:
    """A section for each group that has something dated, and how many have no date."""
    everything = [each for group in groups for each in group.members]
    calendar = Calendar(axis, of.as_of)
    sections = (_section(group, by, calendar, of) for group in groups)
    return Page(
        title=f"{wording.short_title(of.ledger)}: timeline as of {words.day(of.as_of)}",
        lead=[Cell(_lead(everything, of))],
        sections=[section for section in sections if section],
        notes=list(_notes(everything, of)),
    )


def _lead(everything: Sequence[Assessed], of: Snapshot) -> str:
    if not everything:
        return words.nothing(len(of.assessed), of.as_of)
    some = words.part(len(everything), len(of.assessed))
    shown = [each for each in everything if each.assessment.due]
    if not shown:
        return f"{some}, none with a deadline."
    standings = wording.counted_standings(tally(shown).standings)
    return f"{some}, {len(shown):,} with a deadline: {standings}."


def _notes(everything: Sequence[Assessed], of: Snapshot) -> Iterator[Cell]:
    undated = sum(not each.assessment.due for each in everything)
    if undated:
        without = ("pledge without a deadline is", "pledges without a deadline are")
        some, them = words.count(undated, *without), "it" if undated == 1 else "them"
        same = "" if len(everything) == len(of.assessed) else " with the same filters"
        asked = f"pledges list --no-deadline{same} names {them}"
        yield Cell(f"{some} not shown here; {asked}.", Tone.MUTED)


def _section(group: Group, by: GroupBy, calendar: Calendar, of: Snapshot) -> Section | None:
    shown = dated(group.members, of.as_of)
    if not shown:
        return None
    rows = [_row(row, of) for row in shown]
    table = Table(COLUMNS, rows, has_head=False, calendar=calendar)
    return Section(wording.group(by, group.key, of.ledger), table=table)


def _row(row: Dated, of: Snapshot) -> Sequence[Cell]:
    pledge, standing = row.each.pledge, row.each.assessment.standing
    tone = Tone.LATE if standing is Standing.OVERDUE else None
    said = Cell(dates(row, of), tone, track=track(row, of.as_of))
    return (Cell(pledge.id, tone), Cell(pledge.title), said)
