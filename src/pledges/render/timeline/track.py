"""One track along a calendar axis: what is drawn in which cell."""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from itertools import count
from typing import Final

from msgspec import Struct, field

from pledges.clean import without_joints
from pledges.domain.axis import Unit
from pledges.domain.marks import Mark, MarkKind, Stretch, StretchKind
from pledges.render.timeline.scale import Scale
from pledges.view.page import Calendar, Cell, Drawable, Guide, Tone, Track
from pledges.view.wording.values import month

Signs = Mapping[Drawable, str]  # what each kind is drawn with, in one cell; dates are written


class TrackCell(Struct, frozen=True):
    """One cell of a track, and of which kind it is."""

    text: str = " "
    tone: Tone | None = None
    kind: Drawable | None = None


EMPTY: Final = TrackCell()
EDGE: Final = 1  # the cells that a track has at each end, for what lies beyond
FREE: Final = (None, *StretchKind)  # what a date beyond an end may cover
REACH: Final = 3  # how many cells away from its own a mark takes one that is free
MARK_KINDS: Final = list(MarkKind)
STRETCH_KINDS: Final = list(StretchKind)
Row = list[TrackCell]
TonedMark = tuple[Mark, Tone | None]
TonedStretch = tuple[Stretch, Tone | None]


class Drawing(Struct):
    """A drawing of tracks along one scale; it remembers which kinds it drew, and in which tone."""

    calendar: Calendar
    scale: Scale
    signs: Signs
    used: dict[Drawable, Tone | None] = field(default_factory=dict)

    def row(self, dates: Cell) -> Row:
        """The cells of the track that goes with a pledge's dates."""
        row = track_row(dates.track or Track(), self.scale, self.signs)
        self.used |= {cell.kind: cell.tone for cell in row if cell.kind}
        return row

    def meanings(self) -> Iterator[tuple[TrackCell, str]]:
        """What was drawn so far, each as its cell, and what that means."""
        for kind, meaning in self.calendar.meanings.items():
            is_today = kind is Guide.TODAY and self.scale.today_at is not None
            if is_today or kind in self.used:
                yield TrackCell(self.signs[kind], self.used.get(kind), kind), meaning


def track_row(track: Track, scale: Scale, signs: Signs) -> Row:
    """The cells of a track, with one more at each end that shows whether more lies beyond.

    A mark beyond an end is drawn at that end with its date; without room for that, as near to it
    as it can.  Cells are laid out twice: first without the marks beyond, to see which room these
    have, then with those that had none for their dates.
    """
    axis, begin, end = scale.axis, scale.axis.begin, scale.axis.end
    stretches = [x for x in track.stretches if x[0].last >= begin and x[0].first <= end]
    stretches.sort(key=lambda toned: STRETCH_KINDS.index(toned[0].kind))
    earlier = [each for each in track.marks if each[0].date < begin]
    later = [each for each in track.marks if each[0].date > end]
    inside = [each for each in track.marks if begin <= each[0].date <= end]
    dated = [each for each in earlier if each[0].kind is not MarkKind.MADE]
    cells = _cells(stretches, inside, scale, signs)
    left = _dates_beyond(dated, axis.by, signs, cells[: len(cells) - len(later)])
    right = _dates_beyond(later, axis.by, signs, cells[len(left) :][::-1])
    # All marks beyond an end belong in its cell: more than have room around it are never drawn, and
    # a pledge may have thousands of periods before the axis begins.
    for beyond in ([] if left else dated, [] if right else later):
        inside += _by_weight(beyond)[: 2 * REACH + 1]
    cells = _cells(stretches, inside, scale, signs)
    cells[: len(left)] = left
    cells[len(cells) - len(right) :] = right
    first, last = (
        TrackCell(signs[guide], _by_weight(beyond)[0][1], guide) if beyond else EMPTY
        for guide, beyond in ((Guide.EARLIER, earlier), (Guide.LATER, later))
    )
    return [first, *cells, last]


def _cells(
    stretches: Sequence[TonedStretch], marks: Sequence[TonedMark], scale: Scale, signs: Signs
) -> Row:
    """The stretches, over them today, and over that the marks."""
    row = [EMPTY] * scale.cells
    for stretch, tone in stretches:
        for at in range(scale.cell(stretch.first), scale.cell(stretch.last) + 1):
            row[at] = TrackCell(signs[stretch.kind], tone, stretch.kind)
    if scale.today_at is not None:
        row[scale.today_at] = TrackCell(signs[Guide.TODAY], None, Guide.TODAY)
    places: dict[int, TonedMark] = {}
    for each in _by_weight(marks):
        _place(each, places, scale)
    for at, (mark, tone) in places.items():
        row[at] = TrackCell(signs[mark.kind], tone, mark.kind)
    return row


def _place(new: TonedMark, places: dict[int, TonedMark], scale: Scale) -> None:
    """Put a mark into its cell; if that is taken, move the marks next to it aside by one cell.

    So marks stay in the order of the calendar, and what matters more, which comes first, near its
    own cell.  Without a free cell within reach the mark is not drawn.  None goes past today.
    """
    at = scale.cell(new[0].date)
    if at not in places:
        places[at] = new
        return
    first = next(x for x in count(at, -1) if x - 1 not in places or x - 1 == scale.today_at)
    last = next(x for x in count(at) if x + 1 not in places or x + 1 == scale.today_at)
    inside = range(max(at - REACH, 0), min(at + REACH + 1, scale.cells))
    free = [cell for cell in (last + 1, first - 1) if cell in inside and cell != scale.today_at]
    if free:
        start = min(first, free[0 if new[0].date >= places[at][0].date else -1])
        crowd = [*(places[cell] for cell in range(first, last + 1)), new]
        places.update(enumerate(sorted(crowd, key=_date), start))


def _dates_beyond(marks: Sequence[TonedMark], by: Unit, signs: Signs, room: Row) -> Row:
    """Marks beyond an end with their dates, as far as the cells at that end have room for them.

    The dates are as fine as the axis is, else years, else left out; nothing may be covered but
    stretches.  Empty if not even the marks alone have room.
    """
    shown = sorted(_by_weight(marks)[: len(MARK_KINDS)], key=_date)
    years = [f"{mark.date.year}" for mark, _ in shown]
    months = [without_joints(month(mark.date)) for mark, _ in shown]
    for dates in (years if by is Unit.YEAR else months, years, [""] * len(shown)):
        row: Row = []
        for (mark, tone), date in zip(shown, dates, strict=True):
            row += [TrackCell(" ", None, Guide.DATE)] if row and date else []
            row.append(TrackCell(signs[mark.kind], tone, mark.kind))
            row += [TrackCell(letter, tone, Guide.DATE) for letter in date]
        if len(row) <= len(room) and all(cell.kind in FREE for cell in room[: len(row)]):
            return row
    return []


def _by_weight(marks: Sequence[TonedMark]) -> list[TonedMark]:
    return sorted(marks, key=lambda each: MARK_KINDS.index(each[0].kind), reverse=True)


def _date(each: TonedMark) -> dt.date:
    return each[0].date
