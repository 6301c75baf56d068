"""``timeline``: what is due when, along the calendar."""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

from msgspec import Struct, field

from pledges.domain.assessment import Assessed, Standing
from pledges.domain.axis import Axis
from pledges.domain.day import Period
from pledges.domain.grouping import Group, GroupBy
from pledges.domain.milestones import Mark, MarkKind, is_settled, marks
from pledges.domain.pledge import Kind
from pledges.domain.progress import tally
from pledges.domain.snapshot import Snapshot
from pledges.view import wording, words
from pledges.view.page import (
    Answer,
    Calendar,
    Cell,
    Column,
    Grid,
    Page,
    Section,
    Sign,
    Stretch,
    StretchKind,
    Table,
    Tone,
    Track,
)
from pledges.view.records import Document, PledgeRecord, record

COLUMNS: Final = (
    Column("Id"),
    Column("Pledge", is_main=True, least=20),
    Column("Dates", wraps=True, least=20),
)
GRID: Final = ("id", "title", "pillar", "standing", "date", "kind", "period", "text")
TONES: Final[Mapping[MarkKind, Tone | None]] = {
    MarkKind.MADE: Tone.MUTED,
    MarkKind.FIRST_DUE: Tone.MUTED,
    MarkKind.CLAIMED: Tone.WATCH,
    MarkKind.DROPPED: Tone.MUTED,
    MarkKind.DONE_ON_TIME: Tone.GOOD,
    MarkKind.DONE_LATE: Tone.GOOD,
    MarkKind.OVERDUE: Tone.LATE,
}
MOST_NAMED: Final = 3
"""How many periods of one kind are told one by one in a sentence; more are counted."""


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


class Dated(Struct, frozen=True):
    """A pledge that has a row, with its marks."""

    each: Assessed
    marks: Sequence[Mark]


def dated(assessed: Iterable[Assessed], as_of: dt.date) -> list[Dated]:
    """The pledges that have a deadline or periods, in the order given."""
    return [Dated(each, marks(each, as_of)) for each in assessed if each.assessment.due]


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
    told = [MarkRecord(m.date, m.kind, m.period, _told(m, row.each, of)) for m in row.marks]
    return TimelineRecord(**terms, standing=row.each.assessment.standing, marks=told)


def _grid_rows(rows: Iterable[Dated], of: Snapshot) -> Iterator[list[str | None]]:
    for row in rows:
        pledge, standing = row.each.pledge, row.each.assessment.standing
        for mark in row.marks:
            period = mark.period.name if mark.period else None
            said = (mark.date.isoformat(), mark.kind, period, _told(mark, row.each, of))
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
    said = Cell(dates(row, of), tone, track=_track(row, of.as_of))
    return (Cell(pledge.id, tone), Cell(pledge.title), said)


def dates(row: Dated, of: Snapshot) -> str:
    """A pledge's dates in words: "due 2026 (31 Dec 2026), 39 days left, at first 2030; ..."."""
    claims = [mark for mark in row.marks if mark.kind is MarkKind.CLAIMED]
    own = [mark for mark in row.marks if mark.period or mark.kind in _TOLD_ALONE]
    if row.each.pledge.kind is Kind.RECURRING:
        parts = [_recurring(row, of), *(_told(m, row.each, of) for m in own if not m.period)]
    else:
        parts = [_due(row.each, of), *(_told(mark, row.each, of) for mark in own)]
    return "; ".join([*parts, *(_told(mark, row.each, of) for mark in claims)])


_TOLD_ALONE: Final = (MarkKind.DROPPED, MarkKind.DONE_ON_TIME, MarkKind.DONE_LATE)


def _due(each: Assessed, of: Snapshot) -> str:
    """Its deadline, with its day, how far off it is, and the first one where it was moved."""
    due, pledge = each.assessment.due, each.pledge
    worded = wording.worded_deadline(each)
    day = words.day(due) if due else ""
    parts = [f"due {worded}" if worded == day else f"due {worded} ({day})"]
    if due and not is_settled(each):
        parts.append(_far_off(due, of.as_of))
    if pledge.moves and pledge.due:
        parts.append(f"at first {_first_due(each)}")
    return ", ".join(parts)


def _far_off(day: dt.date, as_of: dt.date) -> str:
    """How a day that something is due on lies to today: "39 days left", "145 days late"."""
    away = (day - as_of).days
    if not away:
        return "today"
    return f"{words.days(away)} left" if away > 0 else f"{words.days(-away)} late"


def _first_due(each: Assessed) -> str:
    due = each.pledge.due
    return each.pledge.due_text or (words.period(due) if due else "")


def _recurring(row: Dated, of: Snapshot) -> str:
    """What is known of its periods: "every year from 2025: 2025 held on 28 Oct 2025; ..."."""
    pledge = row.each.pledge
    since = words.period(pledge.since) if pledge.since else ""
    kinds: dict[str, list[Mark]] = {}
    for mark in sorted((m for m in row.marks if m.period), key=_period_begins):
        kinds.setdefault(_PERIOD_WORDS[mark.kind], []).append(mark)
    parts = [part for word, alike in kinds.items() for part in _periods(word, alike, row.each, of)]
    return ": ".join(filter(None, [f"every {pledge.every} from {since}", "; ".join(parts)]))


def _period_begins(mark: Mark) -> dt.date:
    return mark.period.first if mark.period else mark.date


def _periods(word: str, alike: Sequence[Mark], each: Assessed, of: Snapshot) -> Iterator[str]:
    if len(alike) <= MOST_NAMED:
        yield from (_told(mark, each, of) for mark in alike)
        return
    yield f"{len(alike):,} {word}, the last {_told(alike[-1], each, of)}"


_PERIOD_WORDS: Final[Mapping[MarkKind, str]] = {
    MarkKind.DONE_ON_TIME: "held",
    MarkKind.DONE_LATE: "held late",
    MarkKind.DUE: "open",
    MarkKind.OVERDUE: "overdue",
    MarkKind.DROPPED: "dropped",
}


def _told(mark: Mark, each: Assessed, of: Snapshot) -> str:
    """A mark in words."""
    day = words.day(mark.date)
    if mark.claim:
        return wording.claim(mark.claim, of.ledger)
    if mark.period:
        return _told_of_period(mark, mark.period, of.as_of)
    if mark.kind is MarkKind.MADE:
        return f"made {words.period(each.pledge.made) if each.pledge.made else day}"
    if mark.kind is MarkKind.FIRST_DUE:
        return f"due {_first_due(each)} at first"
    if mark.kind in (MarkKind.DUE, MarkKind.OVERDUE):
        return _due(each, of)
    status = words.spoken(each.assessment.status or "")
    word = status if mark.kind is MarkKind.DROPPED else words.spoken(mark.kind)
    return f"{word} on {day}"


def _told_of_period(mark: Mark, period: Period, as_of: dt.date) -> str:
    name, day = words.period(period), words.day(mark.date)
    if mark.kind is MarkKind.OVERDUE:
        return f"{name} not held, {_far_off(mark.date, as_of)}"
    if mark.kind is MarkKind.DUE:
        return f"{name} open until {day}, {_far_off(mark.date, as_of)}"
    return f"{name} {_PERIOD_WORDS[mark.kind]} on {day}"


def _track(row: Dated, as_of: dt.date) -> Track:
    """What is drawn of a pledge."""
    each = row.each
    standing = each.assessment.standing
    settled = is_settled(each)
    label = words.spoken(standing) if settled else wording.time_left(each.assessment)
    return Track(
        signs=[Sign(mark.date, mark.kind, _tone(mark, each)) for mark in row.marks],
        stretches=list(_stretches(row, as_of)),
        label=label,
        tone=wording.STANDING_TONES[standing],
    )


def _tone(mark: Mark, each: Assessed) -> Tone | None:
    if mark.kind is not MarkKind.DUE:
        return TONES[mark.kind]
    is_next = mark.date == each.assessment.due
    return wording.STANDING_TONES[each.assessment.standing] if is_next else None


def _stretches(row: Dated, as_of: dt.date) -> Iterator[Stretch]:
    for mark in row.marks:
        if mark.period and mark.kind is not MarkKind.DROPPED:
            is_held = mark.kind.is_done
            kind = StretchKind.HELD if is_held else StretchKind.OPEN
            tone = Tone.GOOD if is_held else None
            yield Stretch(mark.period.first, mark.period.last, kind, tone)
    due, made = row.each.assessment.due, row.each.pledge.made
    if row.each.pledge.kind is not Kind.RECURRING and due:
        ends = [mark.date for mark in row.marks if mark.kind in _TOLD_ALONE]
        until = min([due, *ends])
        if made and made.first < until:
            yield Stretch(made.first, until, StretchKind.SPAN, Tone.MUTED)
        yield from _late(row.each, due, as_of)


def _late(each: Assessed, due: dt.date, as_of: dt.date) -> Iterator[Stretch]:
    """The time for which it was late, or is."""
    standing, done = each.assessment.standing, each.assessment.completed
    if standing is Standing.OVERDUE:
        yield Stretch(due, as_of, StretchKind.LATE, Tone.LATE)
    elif standing is Standing.DONE_LATE and done:
        yield Stretch(due, done, StretchKind.LATE, Tone.MUTED)
