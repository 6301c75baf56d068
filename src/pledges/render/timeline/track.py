"""One track along a calendar axis: what stands in which cell."""

import datetime as dt
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from enum import StrEnum
from typing import Final

from msgspec import Struct

from pledges.domain.axis import Unit
from pledges.domain.marks import MarkKind
from pledges.render.timeline.scale import Scale
from pledges.view.page import Sign, Stretch, StretchKind, Tone, Track
from pledges.view.wording.values import MONTHS, day


class Limit(StrEnum):
    """What stands on a track besides its own days: today, and that more lies beyond an end."""

    BEFORE = "before"
    TODAY = "today"
    AFTER = "after"


class Written(StrEnum):
    """What is written on a track: the dates of what lies beyond it, letter by letter."""

    DATE = "date"


Drawable = MarkKind | StretchKind | Limit | Written
Signs = Mapping[Drawable, str]
"""What each is drawn with, in one cell; a date is not drawn."""

MEANINGS: Final[Mapping[Drawable, str]] = {
    Limit.TODAY: "today",
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
    Limit.BEFORE: "earlier than shown",
    Limit.AFTER: "later than shown",
}
"""What the legend says of each, in its order; a plain span needs no word."""


class TrackCell(Struct, frozen=True):
    """One cell of a track, and what it stands for."""

    text: str = " "
    tone: Tone | None = None
    kind: Drawable | None = None


EMPTY: Final = TrackCell()
EDGE: Final = 1
"""The cells that a track has at each end, for what lies beyond."""
REACH: Final = 3
"""How many cells away from its own a sign takes one that is free."""
KINDS: Final = list(MarkKind)
STRETCHES: Final = list(StretchKind)

Row = list[TrackCell]


def meanings(used: Collection[Drawable], today: dt.date) -> dict[Drawable, str]:
    """What a legend says of all that was drawn, in its order."""
    meant = {kind: said for kind, said in MEANINGS.items() if kind in used}
    if Limit.TODAY in meant:
        meant[Limit.TODAY] += f" ({day(today)})"
    return meant


def drawn(track: Track, scale: Scale, signs: Signs) -> Row:
    """The cells of a track, with one more at each end that tells whether more lies beyond.

    What lies beyond stands at its end with its date; without room for that, as near as it can.
    Cells are laid out twice: first without what lies beyond, to see which room it has, then with
    those signs of it that had none for their dates.
    """
    earlier = [sign for sign in track.signs if sign.date < scale.axis.begin]
    later = [sign for sign in track.signs if sign.date > scale.axis.end]
    named = [sign for sign in earlier if sign.kind is not MarkKind.MADE]
    inside = [sign for sign in track.signs if scale.axis.holds(sign.date)]
    cells = _cells(track.stretches, inside, scale, signs)
    left = _fitting(_dated(named, scale, signs), cells[: len(cells) - len(later)])
    right = _fitting(_dated(later, scale, signs), cells[len(left or ()) :][::-1])
    inside += [*([] if left else named), *([] if right else later)]
    cells = _cells(track.stretches, inside, scale, signs)
    _write(left or [], cells, 0)
    _write(right or [], cells, len(cells) - len(right or []))
    return [_arrow(Limit.BEFORE, earlier, signs), *cells, _arrow(Limit.AFTER, later, signs)]


def _cells(stretches: Sequence[Stretch], of: Sequence[Sign], scale: Scale, signs: Signs) -> Row:
    """What goes on, over it today, and over that the signs."""
    row = [EMPTY] * scale.cells
    for each in sorted(stretches, key=lambda stretch: STRETCHES.index(stretch.kind)):
        for at in scale.cells_between(each.first, each.last):
            row[at] = TrackCell(signs[each.kind], each.tone, each.kind)
    if scale.today_at is not None:
        row[scale.today_at] = TrackCell(signs[Limit.TODAY], None, Limit.TODAY)
    for at, sign in _placed(of, scale).items():
        row[at] = TrackCell(signs[sign.kind], sign.tone, sign.kind)
    return row


def _placed(signs: Sequence[Sign], scale: Scale) -> dict[int, Sign]:
    """Which sign stands in which cell: what matters more takes its own, others move aside."""
    placed: dict[int, Sign] = {}
    for sign in _by_weight(signs):
        _place(sign, placed, scale)
    return placed


def _place(sign: Sign, placed: dict[int, Sign], scale: Scale) -> None:
    """Put a sign into its cell; where that is taken its like move aside, and stay in order.

    It stays undrawn where neither side has a free cell within reach.
    """
    at = scale.cell(sign.date)
    if at not in placed:
        placed[at] = sign
        return
    first, last = _end(at, -1, placed, scale), _end(at, 1, placed, scale)
    to_right = [first] if _is_within(last + 1, at, scale) else []
    to_left = [first - 1] if _is_within(first - 1, at, scale) else []
    if starts := to_right + to_left:
        start = starts[0 if sign.date >= placed[at].date else -1]
        beside = [*(placed[cell] for cell in range(first, last + 1)), sign]
        beside.sort(key=lambda each: each.date)
        placed.update(enumerate(beside, start))


def _end(at: int, step: int, placed: Mapping[int, Sign], scale: Scale) -> int:
    """The last cell with a sign, from one on in a direction; those beyond today are others."""
    while at + step in placed and at + step != scale.today_at:
        at += step
    return at


def _is_within(cell: int, at: int, scale: Scale) -> bool:
    """Whether a sign of the cell ``at`` may move others into ``cell``."""
    return abs(cell - at) <= REACH and 0 <= cell < scale.cells and cell != scale.today_at


def _arrow(limit: Limit, beyond: Sequence[Sign], signs: Signs) -> TrackCell:
    """That something lies beyond an end, where it does."""
    return TrackCell(signs[limit], _by_weight(beyond)[0].tone, limit) if beyond else EMPTY


def _fitting(texts: Iterable[Row], cells: Row) -> Row | None:
    """The first of some texts that has its room at the beginning of some cells."""
    fitting = (text for text in texts if len(text) <= len(cells))
    return next((text for text in fitting if _is_free(cells[: len(text)])), None)


def _is_free(row: Sequence[TrackCell]) -> bool:
    """Whether nothing is covered there but stretches."""
    return all(spot.kind is None or isinstance(spot.kind, StretchKind) for spot in row)


def _dated(beyond: Sequence[Sign], scale: Scale, signs: Signs) -> Iterator[Row]:
    """Signs with their dates, as fine as the axis is; then with their years; at last bare."""
    shown = sorted(_by_weight(beyond)[: len(KINDS)], key=lambda sign: sign.date)
    years = [f"{sign.date.year}" for sign in shown]
    months = [f"{MONTHS[sign.date.month - 1]} {sign.date.year}" for sign in shown]
    for dates in (years if scale.axis.by is Unit.YEAR else months, years, [""] * len(shown)):
        row: Row = []
        for sign, date in zip(shown, dates, strict=True):
            row += [TrackCell(" ", None, Written.DATE)] if row and date else []
            row.append(TrackCell(signs[sign.kind], sign.tone, sign.kind))
            row += [TrackCell(char, sign.tone, Written.DATE) for char in date]
        yield row


def _write(text: Sequence[TrackCell], row: Row, start: int) -> None:
    row[start : start + len(text)] = text


def _by_weight(signs: Sequence[Sign]) -> list[Sign]:
    return sorted(signs, key=lambda sign: KINDS.index(sign.kind), reverse=True)
