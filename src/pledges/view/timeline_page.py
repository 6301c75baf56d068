"""``timeline``: what is due when, along the calendar."""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from operator import itemgetter
from typing import Final

from msgspec import Struct, field

from pledges.domain.assessment import Assessed, Standing
from pledges.domain.axis import Axis
from pledges.domain.counts import tally
from pledges.domain.day import Period
from pledges.domain.marks import Lifetime, MarkKind, StretchKind
from pledges.domain.snapshot import Snapshot
from pledges.domain.sorting import Group, GroupBy
from pledges.view.answer import Answer, LedgerDocument, PledgeRecord, pledge_record
from pledges.view.page import (
    Calendar,
    Cell,
    Column,
    Drawable,
    Guide,
    Line,
    Page,
    Section,
    Table,
    Tone,
    Track,
    line,
)
from pledges.view.wording import values as words
from pledges.view.wording.dates import lifetime_text, mark_text
from pledges.view.wording.standings import (
    STANDINGS,
    group_title,
    short_title,
    time_left,
    word_counts,
)

COLUMNS: Final = (
    Column("Id"),
    Column("Pledge", is_main=True, least=20),
    Column("Dates", wraps=True, least=20),
)
GRID_NAMES: Final = ("id", "title", "pillar", "standing", "date", "kind", "period", "text")

GroupLives = tuple[Group, Sequence[Lifetime]]
"""A group, and the lifetimes of those of its members that have one."""

MEANINGS: Final[Mapping[Drawable, str]] = {
    Guide.TODAY: "today",
    MarkKind.MADE: "made",
    MarkKind.DUE: "deadline",
    MarkKind.OVERDUE: "overdue",
    StretchKind.LATE: "time late",
    MarkKind.FIRST_DUE: "first deadline (moved)",
    MarkKind.CLAIMED: "deadline by another source",
    MarkKind.DONE_ON_TIME: "done on time",
    MarkKind.DONE_LATE: "done late",
    MarkKind.DROPPED: "dropped",
    StretchKind.HELD: "period held",
    StretchKind.OPEN: "period open",
    Guide.EARLIER: "earlier than shown",
    Guide.LATER: "later than shown",
}
"""What the legend says of each kind, in its order; the time allowed and a date need no word."""

TONES: Final[Mapping[Drawable, Tone | None]] = {
    MarkKind.MADE: Tone.MUTED,
    MarkKind.FIRST_DUE: Tone.MUTED,
    MarkKind.CLAIMED: Tone.WATCH,
    MarkKind.DROPPED: Tone.MUTED,
    MarkKind.DONE_ON_TIME: Tone.GOOD,
    MarkKind.DONE_LATE: Tone.GOOD,
    MarkKind.DUE: None,
    MarkKind.OVERDUE: Tone.LATE,
    StretchKind.ALLOWED: Tone.MUTED,
    StretchKind.OPEN: None,
    StretchKind.HELD: Tone.GOOD,
}
"""How each kind strikes a reader; what depends on the pledge is in ``pledge_track``."""


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


class TimelineDocument(LedgerDocument, frozen=True, kw_only=True):
    """Pledges along an axis of whole years, quarters or months, from its first day to its last."""

    kind: str = "timeline"
    begin: dt.date = field(name="from")
    end: dt.date = field(name="to")
    by: str
    pledges: Sequence[TimelineRecord]


def answer(
    groups: Sequence[GroupLives], by: GroupBy, axis: Axis, of: Snapshot, remarks: Sequence[str]
) -> Answer:
    """The timeline in each shape."""
    lives = [life for _, members in groups for life in members]

    def document() -> TimelineDocument:
        found = [_record(life, of) for life in lives]
        return TimelineDocument.of(of, begin=axis.begin, end=axis.end, by=axis.by, pledges=found)

    columns = {name: itemgetter(at) for at, name in enumerate(GRID_NAMES)}
    return Answer(
        lambda: _page(groups, by, axis, of), document, columns, _grid_rows(lives, of), remarks
    )


def _record(life: Lifetime, of: Snapshot) -> TimelineRecord:
    marks = [MarkRecord(m.date, m.kind, m.period, mark_text(m, life.each, of)) for m in life.marks]
    standing = life.each.assessment.standing
    return pledge_record(TimelineRecord, life.each, standing=standing, marks=marks)


def _grid_rows(lives: Sequence[Lifetime], of: Snapshot) -> Iterator[list[str | None]]:
    for life in lives:
        pledge, standing = life.each.pledge, life.each.assessment.standing
        for mark in life.marks:
            period = mark.period.name if mark.period else None
            said = (mark.date.isoformat(), mark.kind, period, mark_text(mark, life.each, of))
            yield [pledge.id, pledge.title, pledge.pillar, standing, *said]


def _page(groups: Sequence[GroupLives], by: GroupBy, axis: Axis, of: Snapshot) -> Page:
    """A section for each group with a lifetime, and how many pledges have none."""
    members = [each for group, _ in groups for each in group.members]
    today = MEANINGS[Guide.TODAY]
    meanings = {**MEANINGS, Guide.TODAY: f"{today} ({words.day(of.as_of)})"}
    calendar = Calendar(axis, of.as_of, today, meanings)
    sections = [
        Section(group_title(by, group.key, of.ledger), blocks=[_table(lives, of, calendar)])
        for group, lives in groups
        if lives
    ]
    return Page(
        title=f"{short_title(of.ledger)}: timeline as of {words.day(of.as_of)}",
        lead=[line(_lead(members, of))],
        sections=sections,
        notes=list(_notes(members, of)),
    )


def _lead(members: Sequence[Assessed], of: Snapshot) -> str:
    if not members:
        return words.no_match(len(of.assessed), of.as_of)
    some = words.part(len(members), len(of.assessed))
    dated = [each for each in members if each.assessment.due]
    if not dated:
        return f"{some}, none with a deadline."
    standings = word_counts(tally(dated).standings)
    return f"{some}, {len(dated):,} with a deadline: {standings}."


def _notes(members: Sequence[Assessed], of: Snapshot) -> Iterator[Line]:
    undated = sum(not each.assessment.due for each in members)
    if undated:
        without = ("pledge without a deadline is", "pledges without a deadline are")
        some, them = words.count(undated, *without), "it" if undated == 1 else "them"
        same = "" if len(members) == len(of.assessed) else " with the same filters"
        asked = f"pledges list --no-deadline{same} names {them}"
        yield line(f"{some} not shown here; {asked}.", Tone.MUTED)


def _table(lives: Sequence[Lifetime], of: Snapshot, calendar: Calendar) -> Table:
    rows = []
    for life in lives:
        pledge, standing = life.each.pledge, life.each.assessment.standing
        tone = Tone.LATE if standing is Standing.OVERDUE else None
        cells = (Cell(pledge.id, tone), Cell(pledge.title))
        rows.append((*cells, Cell(lifetime_text(life, of), tone, track=pledge_track(life))))
    return Table(COLUMNS, rows, has_head=False, calendar=calendar)


def pledge_track(life: Lifetime) -> Track:
    """What is drawn of a pledge: its marks and stretches in their tones, and how far off it is."""
    assessment = life.each.assessment
    standing, tone = assessment.standing, STANDINGS[assessment.standing].tone
    # Only the deadline in force strikes as its standing does, and time late only while it lasts.
    in_force = (MarkKind.DUE, assessment.due)
    late = Tone.LATE if standing is Standing.OVERDUE else Tone.MUTED
    tones = {**TONES, StretchKind.LATE: late}
    return Track(
        marks=[(m, tone if (m.kind, m.date) == in_force else TONES[m.kind]) for m in life.marks],
        stretches=[(s, tones[s.kind]) for s in life.stretches],
        label=time_left(assessment) if standing.is_open else words.readable(standing),
        tone=tone,
    )
