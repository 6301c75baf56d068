"""A page's tracks along its calendar axis, as rows of table cells of a page of HTML.

Every row is so many equal cells wide; the words below each say the same as what is drawn.
"""

import math
from collections.abc import Iterator, Mapping
from itertools import groupby
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from pledges.domain.marks import MarkKind
from pledges.render import markup
from pledges.render.clean import clean
from pledges.render.layout import calendar
from pledges.render.timeline.scale import Names, Scale, scale
from pledges.render.timeline.track import (
    EDGE,
    EMPTY,
    Drawable,
    Limit,
    Row,
    Signs,
    TrackCell,
    drawn,
    meanings,
)
from pledges.view.page import Cell, Page, StretchKind, Table, Tone, Track

CELLS: Final = 50
SHARE: Final = 100 // CELLS
"""The percents of the width that a cell takes."""

SIGNS: Final[Signs] = {
    MarkKind.MADE: "",
    MarkKind.FIRST_DUE: "\u25a1",
    MarkKind.CLAIMED: "?",
    MarkKind.DROPPED: "\u00d7",
    MarkKind.DONE_ON_TIME: "\u25cf",
    MarkKind.DONE_LATE: "\u25cb",
    MarkKind.DUE: "\u25a0",
    MarkKind.OVERDUE: "!",
    StretchKind.SPAN: "",
    StretchKind.OPEN: "",
    StretchKind.HELD: "",
    StretchKind.LATE: "",
    Limit.BEFORE: "\u2039",
    Limit.TODAY: "",
    Limit.AFTER: "\u203a",
}
"""Signs that stand in the common fonts of mail, each narrower than two cells of a phone."""

FILLS: Final[Mapping[Drawable, str]] = {
    MarkKind.MADE: "#8b949e",
    StretchKind.SPAN: "#b6bec7",
    StretchKind.OPEN: "#8fc7a0",
    StretchKind.HELD: markup.DONE,
    StretchKind.LATE: "#c4473a",
    Limit.TODAY: "#1f6feb",
}

NAME: Final = f"{markup.TEXT}margin-top:0;margin-bottom:4px;"
"""The look of what a row is, above its strip."""

DATES: Final = f"{markup.SMALL}margin-top:4px;margin-bottom:16px;"
"""The look of a row's dates in words, below its strip."""

SIGN: Final = f"font:bold 13px/16px {markup.FAMILY};color:{markup.INK};"
"""The look of the signs and letters on a strip, as high as its fills."""

UNIT: Final = f"font:13px/18px {markup.FAMILY};color:{markup.INK};text-align:left;"
"""The look of the name of a year, quarter or month on the axis."""

HEIGHT: Final = 16
"""The pixels that a strip is high."""

TICK: Final = 5
"""The pixels that today's place on the axis is high."""

EASE: Final = 1.3
"""How many cells of a phone a sign or a letter takes."""

BETWEEN: Final = 4
"""The pixels between the rows of a legend."""

SWATCH: Final = "22"
"""The width of what a legend explains, in pixels."""


class Patch(Struct, frozen=True):
    """Spots that stand in one cell of the page, over how many cells of the track, and where."""

    spots: Row
    cells: int
    align: str = "center"

    @property
    def is_written(self) -> bool:
        """Whether it is of signs and letters, and so has a width of its own."""
        return _fill(self.spots[0]) is None

    @property
    def spare(self) -> int:
        """The cells that it can do without: none of a mark, and not the last one of a stretch."""
        if self.spots[0] == EMPTY:
            return self.cells
        return self.cells - 1 if isinstance(self.spots[0].kind, StretchKind) else 0


class Strips:
    """The parts of a drawing; it keeps in mind what it has drawn, and in which tone."""

    def __init__(self, along: Scale) -> None:
        self.scale = along
        self.used: dict[Drawable, Tone | None] = {}

    def drawn(self, table: Table) -> Iterator[str]:
        """The axis, and below it each row: what it is, its track, and its dates in words."""
        yield from self._axis()
        for ident, title, dates in table.rows:
            yield f'<p style="{NAME}"><b>{_words(ident)}</b> {_words(title)}</p>'
            yield markup.strip(self._track(drawn(dates.track or Track([], []), self.scale, SIGNS)))
            yield f'<p style="{DATES}">{_words(dates)}</p>'

    def _axis(self) -> Iterator[str]:
        """The names of the units, and below them where today stands."""
        yield from (markup.strip(_units(names)) for names in self.scale.names())
        if self.scale.today_at is not None:
            self.used[Limit.TODAY] = None
            yield markup.strip(_today(self.scale.today_at + EDGE))

    def _track(self, row: Row) -> Iterator[str]:
        self.used |= {spot.kind: spot.tone for spot in row if spot.kind}
        for patch in _patches([*row, *[EMPTY] * (CELLS - len(row))]):
            if patch.cells:
                yield _cell(patch.spots, f"{SHARE * patch.cells}%", patch.align)

    def legend(self) -> str:
        """What was drawn, each with its meaning."""
        meant = meanings(self.used, self.scale.today)
        rows = (
            markup.row([self._swatch(kind), f'<td style="{markup.SMALL}">{markup.text(said)}</td>'])
            for kind, said in meant.items()
        )
        return markup.layout_table(rows, spacing=BETWEEN)

    def _swatch(self, kind: Drawable) -> str:
        return _cell([TrackCell(SIGNS[kind], self.used[kind], kind)], SWATCH)


def strips(page: Page) -> Strips | None:
    """The drawing of a page's tables along a calendar; None without them."""
    shared = calendar(page)
    along = scale(shared, CELLS - 2 * EDGE) if shared else None
    return Strips(along) if along else None


def _today(at: int) -> Iterator[str]:
    yield f'<td width="{SHARE * at}%"></td>'
    yield markup.filled(f"{SHARE}%", FILLS[Limit.TODAY], TICK)
    yield f'<td width="{SHARE * (CELLS - at - 1)}%"></td>'


def _patches(row: Row) -> list[Patch]:
    """What stands beside its like as one: a fill, nothing, or signs with what is written."""
    together = [list(spots) for _, spots in groupby(row, _fill)]
    patches = [Patch(spots, len(spots)) for spots in together]
    for at in range(len(patches)):
        if patches[at].is_written and at + 1 < len(patches):
            patches[at], patches[at + 1] = _eased(patches[at], patches[at + 1], "left")
        if patches[at].is_written and at:
            patches[at], patches[at - 1] = _eased(patches[at], patches[at - 1], "right")
    return patches


def _fill(spot: TrackCell) -> TrackCell | None:
    """What fills a spot, or that nothing is there; None of a sign and of what is written."""
    return spot if spot == EMPTY or spot.kind in FILLS else None


def _eased(patch: Patch, beside: Patch, align: str) -> tuple[Patch, Patch]:
    """A patch with the cells that it needs from the one beside it, and that one without them.

    It stays at its place in them.
    """
    taken = min(math.ceil(EASE * len(patch.spots)) - patch.cells, beside.spare)
    placed = align if taken and patch.align == "center" else patch.align
    wider = replace(patch, cells=patch.cells + taken, align=placed)
    return wider, replace(beside, cells=beside.cells - taken)


def _cell(spots: Row, width: str, align: str = "center") -> str:
    """A cell with its fill or its signs; one with neither is empty."""
    first = spots[0]
    if first.kind and (fill := FILLS.get(first.kind)):
        return markup.filled(width, fill, HEIGHT)
    if first == EMPTY:
        return f'<td width="{width}"></td>'
    toned = groupby(spots, lambda spot: spot.tone)
    inner = "".join(markup.toned("".join(map(_letter, each)), tone) for tone, each in toned)
    return f'<td width="{width}" align="{align}" style="{SIGN}text-align:{align};">{inner}</td>'


def _letter(spot: TrackCell) -> str:
    return spot.text.replace(" ", "&nbsp;")


def _units(names: Names) -> Iterator[str]:
    """The names of units, each as wide as it is to the next one."""
    starts = [at + EDGE for at, _ in names]
    ends = [*starts[1:], CELLS]
    yield f'<td width="{SHARE * starts[0]}%"></td>'
    for (_, name), start, end in zip(names, starts, ends, strict=True):
        yield f'<td width="{SHARE * (end - start)}%" style="{UNIT}">{name}</td>'


def _words(cell: Cell) -> str:
    return markup.toned(markup.text(clean(cell.text)), cell.tone)
