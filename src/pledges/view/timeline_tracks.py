"""What is drawn of a pledge beside a calendar: a sign for each mark, and the times between."""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from pledges.domain.assessment import Assessed, Standing
from pledges.domain.marks import Dated, Mark, MarkKind
from pledges.domain.pledge import Kind
from pledges.view.page import Sign, Stretch, StretchKind, Tone, Track
from pledges.view.wording import phrases as wording
from pledges.view.wording import values as words

TONES: Final[Mapping[MarkKind, Tone | None]] = {
    MarkKind.MADE: Tone.MUTED,
    MarkKind.FIRST_DUE: Tone.MUTED,
    MarkKind.CLAIMED: Tone.WATCH,
    MarkKind.DROPPED: Tone.MUTED,
    MarkKind.DONE_ON_TIME: Tone.GOOD,
    MarkKind.DONE_LATE: Tone.GOOD,
    MarkKind.DUE: None,
    MarkKind.OVERDUE: Tone.LATE,
}


def track(row: Dated, as_of: dt.date) -> Track:
    """What is drawn of a pledge on ``as_of``."""
    each, standing = row.each, row.each.assessment.standing
    left = wording.time_left(each.assessment)
    return Track(
        signs=[Sign(mark.date, mark.kind, _tone(mark, each)) for mark in row.marks],
        stretches=list(_stretches(row, as_of)),
        label=left if standing.is_open else words.spoken(standing),
        tone=wording.STANDING_TONES[standing],
    )


def _tone(mark: Mark, each: Assessed) -> Tone | None:
    is_next_due = mark.kind is MarkKind.DUE and mark.date == each.assessment.due
    return wording.STANDING_TONES[each.assessment.standing] if is_next_due else TONES[mark.kind]


def _stretches(row: Dated, as_of: dt.date) -> Iterator[Stretch]:
    """The periods of what recurs; of anything else the time that it was given, and took."""
    if row.each.pledge.kind is Kind.RECURRING:
        return _periods(row.marks)
    return _time(row, as_of)


def _periods(marks: Sequence[Mark]) -> Iterator[Stretch]:
    for mark in marks:
        if mark.period and mark.kind is not MarkKind.DROPPED:
            is_held = mark.kind.is_done
            kind = StretchKind.HELD if is_held else StretchKind.OPEN
            tone = Tone.GOOD if is_held else None
            yield Stretch(mark.period.first, mark.period.last, kind, tone)


def _time(row: Dated, as_of: dt.date) -> Iterator[Stretch]:
    """The time from when it was made to its deadline, or its end before, and beyond."""
    due, made = row.each.assessment.due, row.each.pledge.made
    if due:
        until = min([due, *(mark.date for mark in row.marks if mark.kind.is_end)])
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
