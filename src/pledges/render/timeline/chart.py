"""A page's tracks along its calendar axis, as lines of a terminal.

Every row and the axis above share one scale; today goes through all of them.
"""

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from typing import Final

from pledges.cell_width import column_widths, cut, padded, width
from pledges.clean import JOINT, screen_text
from pledges.domain.marks import MarkKind, StretchKind
from pledges.render import Canvas
from pledges.render.layout import GAP
from pledges.render.timeline.scale import names_line, scale
from pledges.render.timeline.track import EDGE, EMPTY, Drawing, Signs, TrackCell
from pledges.view.page import Cell, Drawable, Guide, Line, Page, Run, Section, Tone, Track

LEAST_TITLE: Final = 14
LEAST_TRACK: Final = 20  # the cells without which a row can't be drawn
MOST_TITLE: Final = 44
TITLE_SHARE: Final = 3
"""A title takes one of so many cells that it shares with the track, and what the track leaves."""
LABELLED: Final = 90  # from which width of the page on every row has a label after its track
ROWS_ON_A_SCREEN: Final = 30

_SIGNS: Final[Mapping[Drawable, str]] = {
    MarkKind.MADE: "\u251c[",
    MarkKind.FIRST_DUE: "\u25c7o",
    MarkKind.CLAIMED: "??",
    MarkKind.DROPPED: "xx",
    MarkKind.DONE: "\u25c9v",
    MarkKind.DONE_ON_TIME: "\u25cf+",
    MarkKind.DONE_LATE: "\u25cb~",
    MarkKind.DUE: "\u25c6*",
    MarkKind.OVERDUE: "!!",
    StretchKind.ALLOWED: "\u2500-",
    StretchKind.OPEN: "\u2591.",
    StretchKind.HELD: "\u2588#",
    StretchKind.LATE: "\u2550=",
    Guide.EARLIER: "\u25c2<",
    Guide.TODAY: "\u2503|",
    Guide.LATER: "\u25b8>",
}
"""The sign of each kind, and the one for a terminal that shows ASCII only."""
UNICODE: Final[Signs] = {kind: signs[0] for kind, signs in _SIGNS.items()}
ASCII: Final[Signs] = {kind: signs[1] for kind, signs in _SIGNS.items()}


class Chart(Drawing, kw_only=True):
    """The drawing of a page's tables, line by line, and then its legend.

    Ids, titles and labels take so many cells; if labels take none, there are none.
    """

    canvas: Canvas
    ids: int
    titles: int
    labels: int

    @property
    def before(self) -> int:
        """The cells before the tracks."""
        return self.ids + self.titles + 2 * GAP

    def lines(self, sections: Sequence[Section]) -> Iterator[Line]:
        """The axis, and the rows of each section below its title; below many the axis again."""
        names = [names_line(each, self.scale.cells) for each in self.scale.names()]
        axis = [[Run(" " * self.before + line, Tone.MUTED)] for line in names]
        rows = 0
        drawn = ((x.title, x.table) for x in sections if x.table and x.table.calendar)
        for title, table in drawn:
            if rows:
                yield self._between("")
            else:
                yield from (*self._today(), *axis[:-1])
                start = self._start(*(column.label for column in table.columns[:2]))
                yield [Run(f"{start} {names[-1]}", Tone.MUTED)]
            yield self._between(title)
            yield from map(self._row, table.rows)
            rows += len(table.rows)
        if rows > ROWS_ON_A_SCREEN:
            yield from (*axis, *self._today())

    def legend(self) -> str:
        """What was drawn, each with its meaning, from which no line end parts it."""
        parts = (f"{cell.text} {meaning}" for cell, meaning in self.meanings())
        return ", ".join(part.replace(" ", JOINT) for part in parts)

    def _today(self) -> Iterator[Line]:
        """Today's sign with its name, on the side that has room for it."""
        at, name = self.scale.today_at, self.calendar.today_name
        if at is not None:
            is_right = at + GAP + width(name) <= self.scale.cells
            left = " " * at if is_right else f"{name} ".rjust(at)[-at:] if at else ""
            sign = Run(self.signs[Guide.TODAY], is_bold=True)
            right = [Run(f" {name}")] if is_right else []
            yield [Run(" " * self.before), Run(left), sign, *right]

    def _between(self, title: str) -> Line:
        """A line between rows, with today if the title leaves room for it."""
        text = Run(self._cut(title, self.canvas.width), is_bold=True)
        at = self.scale.today_at
        gap = -1 if at is None else self.before + at - width(text.text)
        if gap > 0 or (gap == 0 and not title):
            return [text, Run(" " * gap), Run(self.signs[Guide.TODAY])]
        return [text]

    def _row(self, cells: Sequence[Cell]) -> Line:
        ident, title, dates = cells
        track = dates.track or Track()
        label = self._words(track.label)
        row = self.row(dates)
        if track.tone is Tone.LATE and not self.labels:
            # A track that is late ends with today: after that it has room for how late it is.
            last = max((at for at, spot in enumerate(row) if spot is not EMPTY), default=0)
            start, end = last + GAP, last + GAP + len(label)
            if row[last].kind is Guide.TODAY and end <= len(row):
                row[start:end] = [TrackCell(letter, track.tone) for letter in label]
        runs = (
            Run("".join(spot.text for spot in spots), tone)
            for tone, spots in groupby(row, lambda spot: spot.tone)
        )
        after = [Run(f" {label}", track.tone)] if self.labels else []
        return [Run(self._start(ident.text, title.text), ident.tone), *runs, *after]

    def _start(self, ident: str, title: str) -> str:
        first = padded(self._words(ident), self.ids + GAP, is_number=False)
        short = self._cut(title, self.titles)
        return first + padded(short, self.titles + GAP - EDGE, is_number=False)

    def _cut(self, text: str, cells: int) -> str:
        return cut(self._words(text), cells, ".." if self.signs is ASCII else "\u2026")

    def _words(self, text: str) -> str:
        return screen_text(text, is_ascii=self.canvas.is_ascii)


def chart(page: Page, canvas: Canvas, signs: Signs | None = None) -> Chart | None:
    """The drawing of a page's tables along a calendar; None without them, or without room.

    Without ``signs`` it has those that the canvas can show.
    """
    shared = page.calendar
    if not shared:
        return None
    tables = [each.table for each in page.sections if each.table and each.table.calendar]
    rows = [row for table in tables for row in table.rows]
    names = [[head.label for head in tables[0].columns], *([x.text for x in row] for row in rows)]
    ids, titles = column_widths(
        [[screen_text(text, is_ascii=canvas.is_ascii) for text in each[:2]] for each in names]
    )
    tracks = [row[2].track for row in rows if row[2].track and canvas.width >= LABELLED]
    labels = max((width(track.label) for track in tracks), default=0)
    room = canvas.width - ids - 2 * GAP - (labels + GAP if labels else EDGE)
    title = max(LEAST_TITLE, min(titles, room // TITLE_SHARE, MOST_TITLE))
    along = scale(shared.axis, shared.today, room - title) if room - title >= LEAST_TRACK else None
    if not along:
        return None
    signs = signs or (ASCII if canvas.is_ascii else UNICODE)
    titles = min(titles, room - along.cells)
    return Chart(shared, along, signs, canvas=canvas, ids=ids, titles=titles, labels=labels)
