"""A page's tracks along its calendar axis, as rows of table cells of a page of HTML.

Every row is so many equal cells wide; the words below each say the same as what is drawn.
"""

from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby
from typing import Final

from pledges.domain.milestones import MarkKind
from pledges.render.clean import clean
from pledges.render.paper import markup
from pledges.render.scale import Names, Scale, scale
from pledges.render.track import EMPTY, Drawable, Limit, Row, Signs, Spot, drawn, told
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
"""Signs that stand in the common fonts of mail programs, each narrower than a cell of a phone."""

FILLS: Final[Mapping[Drawable, str]] = {
    MarkKind.MADE: "#8b949e",
    StretchKind.SPAN: "#b6bec7",
    StretchKind.OPEN: "#b9dcc4",
    StretchKind.HELD: markup.DONE,
    StretchKind.LATE: "#c4473a",
    Limit.TODAY: markup.INK,
}

NAME: Final = f"{markup.TEXT}margin-top:0;margin-bottom:4px;"
DATES: Final = f"{markup.SMALL}margin-top:4px;margin-bottom:16px;"
SIGN: Final = f"font:bold 13px/16px {markup.FAMILY};color:{markup.INK};text-align:center;"
UNIT: Final = f"font:13px/18px {markup.FAMILY};color:{markup.INK};text-align:left;"
HEIGHT: Final = 16
"""Of a strip, in pixels."""

EDGES: Final = 2
"""The cells at the ends of a track, for what lies beyond."""

SWATCH: Final = "22"
"""The width of what a legend explains, in pixels."""


class Strips:
    """The parts of a drawing; it keeps in mind what it has drawn, and in which tone."""

    def __init__(self, along: Scale) -> None:
        self.scale = along
        self.used: dict[Drawable, Tone | None] = {}

    def drawn(self, table: Table) -> Iterator[str]:
        """The axis, and below it each row: what it is, its track, and its dates in words."""
        yield from (_strip(_units(names)) for names in self.scale.names())
        for ident, title, dates in table.rows:
            yield f'<p style="{NAME}"><b>{_words(ident)}</b> {_words(title)}</p>'
            yield _strip(self._track(drawn(dates.track or Track([], []), self.scale, SIGNS)))
            yield f'<p style="{DATES}">{_words(dates)}</p>'

    def _track(self, row: Row) -> Iterator[str]:
        for spot, cells in _runs([*row, *[EMPTY] * (CELLS - len(row))]):
            if spot.kind:
                self.used[spot.kind] = spot.tone
            yield _cell(spot, f"{SHARE * cells}%")

    def legend(self) -> str:
        """What was drawn, each with its meaning."""
        meant = told(self.used, self.scale.today)
        rows = (
            f"<tr>{_cell(Spot(SIGNS[kind], self.used[kind], kind), SWATCH)}"
            f'<td style="{markup.SMALL}">{markup.text(said)}</td></tr>'
            for kind, said in meant.items()
        )
        return (
            '<table role="presentation" border="0" cellspacing="4" cellpadding="0">'
            f"{''.join(rows)}</table>"
        )


def strips(page: Page) -> Strips | None:
    """The drawing of a page's tables along a calendar; None without them, or without room."""
    tables = (section.table for section in page.sections if section.table)
    calendar = next((table.calendar for table in tables if table.calendar), None)
    along = scale(calendar, CELLS - EDGES) if calendar else None
    return Strips(along) if along else None


def _strip(cells: Iterable[str]) -> str:
    return (
        '<table role="presentation" aria-hidden="true" width="100%" border="0" cellspacing="0" '
        f'cellpadding="0" bgcolor="{markup.HEAD}" style="background-color:{markup.HEAD};">'
        f"<tr>{''.join(cells)}</tr></table>"
    )


def _runs(row: Row) -> Iterator[tuple[Spot, int]]:
    """What stands beside its like as one, and over how many cells."""
    for (kind, tone, _), spots in groupby(row, lambda x: (x.kind, x.tone, x == EMPTY)):
        texts = [spot.text for spot in spots]
        yield Spot("".join(texts).strip(), tone, kind), len(texts)


def _cell(spot: Spot, width: str) -> str:
    """A cell with its fill or its sign; one with neither is empty."""
    if spot.kind and (fill := FILLS.get(spot.kind)):
        return markup.filled(width, fill, HEIGHT)
    if not spot.text:
        return f'<td width="{width}"></td>'
    return f'<td width="{width}" align="center" style="{SIGN}">{_toned(spot)}</td>'


def _units(names: Names) -> Iterator[str]:
    """The names of units, each as wide as it is to the next one."""
    starts = [at + 1 for at, _ in names]
    ends = [*starts[1:], CELLS]
    yield f'<td width="{SHARE * starts[0]}%"></td>'
    for (_, name), start, end in zip(names, starts, ends, strict=True):
        yield f'<td width="{SHARE * (end - start)}%" style="{UNIT}">{name}</td>'


def _toned(spot: Spot) -> str:
    return markup.toned(spot.text, spot.tone)


def _words(cell: Cell) -> str:
    return markup.toned(markup.text(clean(cell.text)), cell.tone)
