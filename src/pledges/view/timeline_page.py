"""``timeline``: what is due when, along the calendar."""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from operator import itemgetter
from typing import Final

from msgspec import Struct, field
from msgspec.structs import astuple, replace

from pledges.clean import JOINT, without_joints
from pledges.domain.assessment import AssessedPledge, Standing
from pledges.domain.axis import Axis, Unit
from pledges.domain.counts import tally
from pledges.domain.day import Period
from pledges.domain.marks import Lifetime, MarkKind, StretchKind
from pledges.domain.pledge import plan_key_of
from pledges.domain.snapshot import Snapshot
from pledges.domain.sorting import Group, GroupBy
from pledges.view.answer import Answer, LedgerDocument, PledgeRecord
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
    hint_line,
    line,
)
from pledges.view.pledge_columns import title_text
from pledges.view.wording import values as words
from pledges.view.wording.dates import lifetime_text, mark_text
from pledges.view.wording.standings import WordEntry, standing_tone, standing_word, time_left
from pledges.view.wording.tallies import agreed_and_asked, beside_them, word_counts
from pledges.view.wording.titles import group_title, short_title
from pledges.view.wording.values import capital

COLUMNS: Final = (
    Column("Id"),
    Column("Pledge", is_main=True, least=20),
    Column("Dates", wraps=True, least=20),
)
GRID_NAMES: Final = ("id", "title", "pillar", "standing", "date", "kind", "period", "text")

GroupLives = tuple[Group, Sequence[Lifetime]]
"""A group, and the lifetimes of those of its members that have one."""

LOOKS: Final[Mapping[Drawable, WordEntry]] = {
    Guide.TODAY: WordEntry(None, "today"),
    MarkKind.MADE: WordEntry(Tone.MUTED, "made"),
    MarkKind.DUE: WordEntry(None, "deadline"),
    MarkKind.OVERDUE: WordEntry(Tone.LATE, "overdue"),
    StretchKind.LATE: WordEntry(Tone.MUTED, "time late"),
    MarkKind.FIRST_DUE: WordEntry(Tone.MUTED, "first deadline (moved)"),
    MarkKind.CLAIMED: WordEntry(Tone.WATCH, "deadline by another source"),
    MarkKind.DONE: WordEntry(Tone.GOOD, "done, first seen that day"),
    MarkKind.DONE_ON_TIME: WordEntry(Tone.GOOD, "done on time"),
    MarkKind.DONE_LATE: WordEntry(Tone.GOOD, "done late"),
    MarkKind.DROPPED: WordEntry(Tone.MUTED, "dropped"),
    StretchKind.HELD: WordEntry(Tone.GOOD, "period completed"),
    StretchKind.OPEN: WordEntry(None, "period open"),
    StretchKind.ALLOWED: WordEntry(Tone.MUTED, ""),
    Guide.EARLIER: WordEntry(None, "earlier than shown"),
    Guide.LATER: WordEntry(None, "later than shown"),
}
"""The tone of each kind, and what the legend says of it, in its order, if it needs a word."""


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
    by: Unit
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
    records = (_record(life, of) for life in lives)
    rows = ((x.id, x.title, x.pillar, x.standing, *astuple(m)) for x in records for m in x.marks)
    return Answer(
        lambda: _page(groups, by, axis, of),
        document,
        columns,
        rows,
        remarks,
        sheet="Timeline",
        scheduled=([life.each for life in lives], of),
    )


def _record(life: Lifetime, of: Snapshot) -> TimelineRecord:
    texts = [(m, without_joints(mark_text(m, life.each, of))) for m in life.marks]
    marks = [MarkRecord(m.date, m.kind, m.period, text) for m, text in texts]
    standing = life.each.assessment.standing
    return TimelineRecord.of(life.each, standing=standing, marks=marks)


def _page(groups: Sequence[GroupLives], by: GroupBy, axis: Axis, of: Snapshot) -> Page:
    """A section for each group with a lifetime, and how many pledges have none."""
    members = [each for group, _ in groups for each in group.members]
    today = LOOKS[Guide.TODAY].meaning
    meanings = {kind: look.meaning for kind, look in LOOKS.items() if look.meaning}
    meanings[Guide.TODAY] = f"{today} ({words.day(of.as_of)})"
    calendar = Calendar(axis, of.as_of, today, meanings)
    sections = []
    for group, lives in groups:
        table, title = _table(lives, of, calendar), group_title(by, group.key, of.ledger)
        if of.ledger.is_joint and by is GroupBy.PILLAR:  # one picture has all plans
            title = f"{plan_key_of(group.key)}: {title}"
        sections += [Section(title, blocks=[table])] if lives else []
    title = f"{short_title(of.ledger)}: timeline as of {words.day(of.as_of)}"
    return Page(title, "", [line(_lead(members, of))], sections, list(_notes(members, of)))


def _lead(members: Sequence[AssessedPledge], of: Snapshot) -> str:
    if not members:
        return words.no_match(len(of.assessed), of.as_of)
    some = agreed_and_asked(tally(members), tally(of.assessed))
    dated = tally([each for each in members if each.assessment.due])
    link = ". " if ";" in some else ", "
    if not (dated.total or dated.asked):
        return f"{some}{link}none with a deadline."
    if not dated.total:
        return f"{capital(some)}{link}{dated.asked:,}{JOINT}with a deadline."
    standings = "; ".join([word_counts(dated.standings), *beside_them(dated)])
    return f"{capital(some)}{link}{dated.total:,}{JOINT}with a deadline: {standings}."


def _notes(members: Sequence[AssessedPledge], of: Snapshot) -> Iterator[Line]:
    undated = sum(not each.assessment.due for each in members)
    if undated:
        without = ("pledge without a deadline is", "pledges without a deadline are")
        some, them = words.count(undated, *without), "it" if undated == 1 else "them"
        same = "" if len(members) == len(of.assessed) else " with the same filters"
        hint = f"To list {them}{same}: pledges list --no-deadline"
        yield line(f"{some} not shown here.", Tone.MUTED)
        yield hint_line(hint)


def _table(lives: Sequence[Lifetime], of: Snapshot, calendar: Calendar) -> Table:
    rows = []
    for life in lives:
        pledge = life.each.pledge
        is_late = life.each.assessment.standing is Standing.OVERDUE
        tone = standing_tone(life.each.assessment) if is_late else None
        cells = (Cell(pledge.id, tone), Cell(title_text(life.each)))
        rows.append((*cells, Cell(lifetime_text(life, of), tone, track=pledge_track(life))))
    return Table(COLUMNS, rows, has_head=False, calendar=calendar)


def pledge_track(life: Lifetime) -> Track:
    """What is drawn of a pledge: its marks and stretches in their tones, and how far off it is."""
    assessment = life.each.assessment
    standing, tone = assessment.standing, standing_tone(assessment)
    # Only the deadline in force strikes as its standing does, and time late only while it lasts.
    own = {(MarkKind.DUE, assessment.due): tone}
    late = {StretchKind.LATE: tone} if standing is Standing.OVERDUE else {}
    label = time_left(assessment) if standing.is_open else standing_word(assessment)
    marks, stretches = life.marks, life.stretches
    if not assessment.agreed:  # nobody is late with what was only asked for
        marks = [replace(m, kind=MarkKind.DUE) if m.kind is MarkKind.OVERDUE else m for m in marks]
        stretches = [s for s in stretches if s.kind is not StretchKind.LATE]
    return Track(
        marks=[(m, own.get((m.kind, m.date), LOOKS[m.kind].tone)) for m in marks],
        stretches=[(s, late.get(s.kind, LOOKS[s.kind].tone)) for s in stretches],
        label=label if assessment.agreed else "asked for",
        tone=tone,
    )
