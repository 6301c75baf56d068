"""A page's tracks along its calendar axis, as rows of table cells of a page of HTML.

Every row is so many equal cells wide; the words below each say the same as what is drawn.
"""

import math
from collections.abc import Iterator, Mapping
from itertools import groupby, pairwise
from typing import Final

from pledges.clean import JOINT, clean
from pledges.domain.marks import MarkKind, StretchKind
from pledges.render import html_elements as elements
from pledges.render.html_elements import SMALL, element, text_html, toned_html
from pledges.render.timeline.scale import scale
from pledges.render.timeline.track import EDGE, EMPTY, Drawing, Row, Signs, TrackCell
from pledges.view.page import Cell, Drawable, Guide, Page, Table

CELLS: Final = 50
SHARE: Final = 100 // CELLS  # the percents of the width that a cell takes

FILLS: Final[Mapping[Drawable, str]] = {
    MarkKind.MADE: "#8b949e",
    StretchKind.ALLOWED: "#b6bec7",
    StretchKind.OPEN: "#8fc7a0",
    StretchKind.HELD: elements.DONE,
    StretchKind.LATE: "#c4473a",
    Guide.TODAY: "#1f6feb",
}
SIGNS: Final[Signs] = {
    **dict.fromkeys(FILLS, ""),
    MarkKind.FIRST_DUE: "\u25a1",
    MarkKind.CLAIMED: "?",
    MarkKind.DROPPED: "\u00d7",
    MarkKind.DONE: "\u221a",
    MarkKind.DONE_ON_TIME: "\u25cf",
    MarkKind.DONE_LATE: "\u25cb",
    MarkKind.DUE: "\u25a0",
    MarkKind.OVERDUE: "!",
    Guide.EARLIER: "\u2039",
    Guide.LATER: "\u203a",
}
"""Signs that the common fonts of mail have, each narrower than two cells of a phone."""

NAME: Final = f"{elements.TEXT}{elements.margins(0, 4)}"
"""The look of what a row is, above its strip."""
DATES: Final = f"{SMALL}{elements.margins(4, 16)}"
"""The look of a row's dates in words, below its strip."""
SIGN: Final = elements.font(13, 16, weight="bold")
"""The look of the signs and letters on a strip, as high as its fills."""
UNIT: Final = elements.font(13, 18)
"""The look of the name of a year, quarter or month on the axis."""
EASE: Final = 1.3  # how many cells of a phone a sign or a letter takes


class Strips(Drawing):
    """The drawing of a page's tables, table by table, and then its legend."""

    def table(self, table: Table) -> Iterator[str]:
        """The axis, and below it each row: what it is, its track, and its dates in words."""
        yield from self._axis()
        for ident, title, dates in table.rows:
            yield element("p", f"<b>{_words(ident)}</b> {_words(title)}", style=NAME)
            row = self.row(dates)
            yield elements.strip(_strip_cells([*row, *[EMPTY] * (CELLS - len(row))]))
            yield element("p", _words(dates), style=DATES)

    def _axis(self) -> Iterator[str]:
        """The names of the units, each as wide as it is to the next one, and below them today."""
        for line in self.scale.names():
            names: list[tuple[int, str]] = []  # which have room on a phone
            for at, name in line:
                if not names or at - names[-1][0] > EASE * len(names[-1][1]) + 1:
                    names.append((at, name))
            starts = [*(at + EDGE for at, _ in names), CELLS]
            cells = (
                element("td", name, width=f"{SHARE * (end - start)}%", style=UNIT)
                for (_, name), (start, end) in zip(names, pairwise(starts), strict=True)
            )
            yield elements.strip([_gap(starts[0]), *cells])
        if self.scale.today_at is not None:
            at = self.scale.today_at + EDGE
            today = elements.fill_cell(f"{SHARE}%", FILLS[Guide.TODAY], height=5)
            yield elements.strip([_gap(at), today, _gap(CELLS - at - 1)])

    def legend(self) -> str:
        """What was drawn, each with its meaning; a screen reader skips it like the drawing."""
        rows = [
            elements.row([_cell([cell], width="22"), element("td", text_html(what), style=SMALL)])
            for cell, what in self.meanings()
        ]
        inner, role = "".join(rows), "presentation"
        return elements.table(inner, spacing=4, role=role, aria_hidden="true")


def strips(page: Page) -> Strips | None:
    """The drawing of a page's tables along a calendar; None without them."""
    shared = page.calendar
    along = scale(shared.axis, shared.today, CELLS - 2 * EDGE) if shared else None
    return Strips(shared, along, SIGNS) if shared and along else None


def _gap(cells: int) -> str:
    return element("td", "", width=f"{SHARE * cells}%")


def _strip_cells(row: Row) -> Iterator[str]:
    """The cells of a strip: one for each run of a fill, of nothing, or of signs and letters.

    Signs and letters are wider than their cells on a phone: they take what they need from the run
    after and from the one before, if that is of nothing or of a stretch, and are then aligned to
    the side of their own cells.
    """
    runs = [list(spots) for _, spots in groupby(row, _fill)]
    cells, aligns = [len(run) for run in runs], ["center"] * len(runs)
    for at, run in enumerate(runs):
        for beside, align in ((at + 1, "left"), (at - 1, "right")):
            if _fill(run[0]) is None and 0 <= beside < len(runs):
                needed = math.ceil(EASE * len(run)) - cells[at]
                taken = min(needed, _spare(runs[beside][0], cells[beside]))
                aligns[at] = align if taken and aligns[at] == "center" else aligns[at]
                cells[at], cells[beside] = cells[at] + taken, cells[beside] - taken
    laid_out = zip(runs, cells, aligns, strict=True)
    yield from (_cell(run, f"{SHARE * wide}%", align) for run, wide, align in laid_out if wide)


def _fill(spot: TrackCell) -> TrackCell | None:
    """What fills a cell, if only with nothing; None of a sign or a letter."""
    return spot if spot == EMPTY or spot.kind in FILLS else None


def _spare(spot: TrackCell, cells: int) -> int:
    """How many cells a run can give away: of a mark none, and of a stretch not the last one."""
    if spot == EMPTY:
        return cells
    return cells - 1 if isinstance(spot.kind, StretchKind) else 0


def _cell(spots: Row, width: str, align: str = "center") -> str:
    first = spots[0]
    if first.kind and (fill := FILLS.get(first.kind)):
        return elements.fill_cell(width, fill, height=16)
    if first == EMPTY:
        return element("td", "", width=width)
    inner = "".join(
        toned_html("".join(spot.text for spot in alike).replace(" ", "&nbsp;"), tone)
        for tone, alike in groupby(spots, lambda spot: spot.tone)
    )
    return element("td", inner, width=width, style=f"{SIGN}text-align:{align};")


def _words(cell: Cell) -> str:
    return toned_html(text_html(clean(cell.text, JOINT)), cell.tone)
