"""One track along a calendar axis: what stands in which cell."""

import datetime as dt
from collections.abc import Collection, Iterator, Mapping, Sequence
from enum import StrEnum
from typing import Final

from msgspec import Struct

from pledges.domain.axis import Unit
from pledges.domain.milestones import MarkKind
from pledges.render.scale import Scale
from pledges.view.page import Sign, StretchKind, Tone, Track
from pledges.view.words import MONTHS, day


class Limit(StrEnum):
    """What stands on a track besides its own days: today, and that more lies beyond an end."""

    BEFORE = "before"
    TODAY = "today"
    AFTER = "after"


Drawable = MarkKind | StretchKind | Limit
Signs = Mapping[Drawable, str]
"""What each is drawn with, in one cell."""


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


class Spot(Struct, frozen=True):
    """One cell of a track, and what it stands for."""

    text: str = " "
    tone: Tone | None = None
    kind: Drawable | None = None


EMPTY: Final = Spot()
KINDS: Final = list(MarkKind)
STRETCHES: Final = list(StretchKind)

Row = list[Spot]


def told(used: Collection[Drawable], today: dt.date) -> dict[Drawable, str]:
    """What a legend says of all that was drawn, in its order."""
    meant = {kind: said for kind, said in MEANINGS.items() if kind in used}
    if Limit.TODAY in meant:
        meant[Limit.TODAY] += f" ({day(today)})"
    return meant


def drawn(track: Track, scale: Scale, signs: Signs) -> Row:
    """The cells of a track, with one more at each end for what lies beyond it."""
    row = [EMPTY] * (scale.cells + 2)
    for each in sorted(track.stretches, key=lambda stretch: STRETCHES.index(stretch.kind)):
        for at in scale.cells_between(each.first, each.last):
            row[at + 1] = Spot(signs[each.kind], each.tone, each.kind)
    if scale.today_at is not None:
        row[scale.today_at + 1] = Spot(signs[Limit.TODAY], None, Limit.TODAY)
    for at, sign in _placed(track.signs, scale).items():
        row[at + 1] = Spot(signs[sign.kind], sign.tone, sign.kind)
    _draw_earlier([sign for sign in track.signs if sign.date < scale.axis.begin], row, scale, signs)
    _draw_later([sign for sign in track.signs if sign.date > scale.axis.end], row, scale, signs)
    return row


def note(text: str, tone: Tone | None, row: Row) -> None:
    """Put a text behind what is drawn, where that ends with today and there is room."""
    last = max((at for at, spot in enumerate(row) if spot is not EMPTY), default=0)
    start = last + 2
    if row[last].kind is Limit.TODAY and start + len(text) <= len(row):
        _write([Spot(char, tone) for char in text], row, start)


def _placed(signs: Sequence[Sign], scale: Scale) -> dict[int, Sign]:
    """Which sign stands in which cell: what matters more takes its own, others move aside."""
    placed: dict[int, Sign] = {}
    for sign in _by_weight(signs):
        if scale.axis.holds(sign.date):
            _place(sign, placed, scale)
    return placed


def _place(sign: Sign, placed: dict[int, Sign], scale: Scale) -> None:
    """Put a sign into its cell; where that is taken one of both moves, and they stay in order."""
    at = scale.cell(sign.date)
    if at not in placed:
        placed[at] = sign
        return
    aside = 1 if sign.date >= placed[at].date else -1
    if (free := _free(at, aside, placed, scale)) is not None:
        placed[free] = sign
    elif (free := _free(at, -aside, placed, scale)) is not None:
        placed[free], placed[at] = placed[at], sign


def _free(at: int, aside: int, placed: Mapping[int, Sign], scale: Scale) -> int | None:
    """The next free cell but one at most, on one side of a cell, and of today."""
    for cell in (at + aside, at + 2 * aside):
        if cell == scale.today_at or not 0 <= cell < scale.cells:
            return None
        if cell not in placed:
            return cell
    return None


def _draw_earlier(beyond: Sequence[Sign], row: Row, scale: Scale, signs: Signs) -> None:
    """At the left end, that something lies before it: with its date, where there is room."""
    arrow = Spot(signs[Limit.BEFORE], _tone(beyond), Limit.BEFORE)
    named = [sign for sign in beyond if sign.kind is not MarkKind.MADE]
    texts = ([arrow, *each] for each in _dated(named, scale, signs))
    text = next((text for text in texts if _is_free(row[: len(text)])), None)
    if beyond and text:
        _write(text, row, 0)


def _draw_later(beyond: Sequence[Sign], row: Row, scale: Scale, signs: Signs) -> None:
    """At the right end, that something lies after it: with its date, where there is room."""
    arrow = Spot(signs[Limit.AFTER], _tone(beyond), Limit.AFTER)
    texts = ([*each, arrow] for each in _dated(beyond, scale, signs))
    fitting = (text for text in texts if len(text) <= len(row))
    text = next((text for text in fitting if _is_free(row[-len(text) :])), None)
    if beyond and text:
        _write(text, row, len(row) - len(text))


def _is_free(row: Sequence[Spot]) -> bool:
    """Whether nothing is covered there but stretches."""
    return all(spot.kind is None or isinstance(spot.kind, StretchKind) for spot in row)


def _dated(beyond: Sequence[Sign], scale: Scale, signs: Signs) -> Iterator[Row]:
    """Signs with their dates: all of them, then ever fewer, at last none."""
    weighed = _by_weight(beyond)
    for most in range(min(len(weighed), len(KINDS)), -1, -1):
        row: Row = []
        for sign in sorted(weighed[:most], key=lambda sign: sign.date):
            row += [EMPTY] if row else []
            row.append(Spot(signs[sign.kind], sign.tone, sign.kind))
            row += [Spot(char, sign.tone) for char in _when(sign, scale)]
        yield row


def _when(sign: Sign, scale: Scale) -> str:
    """Its year, with the month where the axis is finer than years."""
    month = "" if scale.axis.by is Unit.YEAR else f"{MONTHS[sign.date.month - 1]} "
    return f"{month}{sign.date.year}"


def _write(text: Sequence[Spot], row: Row, start: int) -> None:
    row[start : start + len(text)] = text


def _tone(signs: Sequence[Sign]) -> Tone | None:
    return _by_weight(signs)[0].tone if signs else None


def _by_weight(signs: Sequence[Sign]) -> list[Sign]:
    return sorted(signs, key=lambda sign: KINDS.index(sign.kind), reverse=True)
