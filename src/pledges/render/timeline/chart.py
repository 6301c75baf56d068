"""A page's tracks along its calendar axis, as lines of a terminal.

Every row and the axis above share one scale; today goes through all of them.
"""

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Final

from msgspec import Struct

from pledges.domain.marks import MarkKind
from pledges.render import Canvas
from pledges.render.cell_width import cut, width
from pledges.render.clean import shown
from pledges.render.layout import GAP, calendar
from pledges.render.timeline.scale import Scale, lined_up, scale
from pledges.render.timeline.track import (
    EDGE,
    EMPTY,
    MEANINGS,
    Drawable,
    Limit,
    Row,
    Signs,
    TrackCell,
    drawn,
    meanings,
)
from pledges.view.page import Calendar, Cell, Page, Section, StretchKind, Table, Tone, Track

LEAST_TITLE: Final = 14
LEAST_TRACK: Final = 20
"""Below these a row can't be drawn."""
MOST_TITLE: Final = 44
TITLE_SHARE: Final = 3
"""A title takes one cell of so many that it shares with the track, and what the track leaves."""
LABELLED: Final = 90
"""From which width of the page on every row has a label behind its track."""
ROWS_ON_A_SCREEN: Final = 30

UNICODE: Final[Signs] = {
    MarkKind.MADE: "\u251c",
    MarkKind.FIRST_DUE: "\u25c7",
    MarkKind.CLAIMED: "?",
    MarkKind.DROPPED: "x",
    MarkKind.DONE_ON_TIME: "\u25cf",
    MarkKind.DONE_LATE: "\u25cb",
    MarkKind.DUE: "\u25c6",
    MarkKind.OVERDUE: "!",
    StretchKind.SPAN: "\u2500",
    StretchKind.OPEN: "\u2591",
    StretchKind.HELD: "\u2588",
    StretchKind.LATE: "\u2550",
    Limit.BEFORE: "\u25c2",
    Limit.TODAY: "\u2503",
    Limit.AFTER: "\u25b8",
}
ASCII: Final[Signs] = {
    MarkKind.MADE: "[",
    MarkKind.FIRST_DUE: "o",
    MarkKind.CLAIMED: "?",
    MarkKind.DROPPED: "x",
    MarkKind.DONE_ON_TIME: "+",
    MarkKind.DONE_LATE: "~",
    MarkKind.DUE: "*",
    MarkKind.OVERDUE: "!",
    StretchKind.SPAN: "-",
    StretchKind.OPEN: ".",
    StretchKind.HELD: "#",
    StretchKind.LATE: "=",
    Limit.BEFORE: "<",
    Limit.TODAY: "|",
    Limit.AFTER: ">",
}


class Ink(Struct, frozen=True):
    """Some cells of a line in one tone; ``is_strong`` makes them stand out."""

    text: str
    tone: Tone | None = None
    is_strong: bool = False


class ChartWidths(Struct, frozen=True):
    """How many cells ids, titles and labels take; no labels are shown where these take none."""

    ids: int
    titles: int
    labels: int

    @property
    def before(self) -> int:
        """The cells before the tracks."""
        return self.ids + self.titles + 2 * GAP


Line = Sequence[Ink]


class Chart:
    """The parts of a drawing, line by line; it keeps in mind what it has drawn."""

    def __init__(self, along: Scale, columns: ChartWidths, canvas: Canvas, signs: Signs) -> None:
        self.scale = along
        self.columns = columns
        self.canvas = canvas
        self.signs = signs
        self.used: set[Drawable] = set()
        self.is_begun = False
        self.rows = 0

    def lines(self, sections: Sequence[Section]) -> Iterator[Line]:
        """All that is drawn: the axis, the rows of each section below its title, the axis again."""
        for section in sections:
            table = section.table
            if table and table.calendar:
                yield from [self.between()] if self.is_begun else [[], *self.head(table)]
                yield self.between(section.title)
                yield from (self.row(row) for row in table.rows)
        yield from self.foot()

    def head(self, table: Table) -> Iterator[Line]:
        """The axis: today, and the names of its units; on the last line those of the columns."""
        self.is_begun = True
        yield from self._named_today()
        *above, last = self._names()
        yield from ([Ink(f"{self._before}{line}", Tone.MUTED)] for line in above)
        first, second = (column.label for column in table.columns[:2])
        yield [Ink(f"{self._start(first, second)} {last}", Tone.MUTED)]

    def foot(self) -> Iterator[Line]:
        """The axis again, below a drawing that may not fit on a screen with the one above it."""
        if self.rows > ROWS_ON_A_SCREEN:
            yield from ([Ink(f"{self._before}{line}", Tone.MUTED)] for line in self._names())
            yield from self._named_today()

    @property
    def _before(self) -> str:
        return " " * self.columns.before

    def _names(self) -> list[str]:
        return ["".join(lined_up(each, self.scale.cells)) for each in self.scale.names()]

    def _named_today(self) -> Iterator[Line]:
        if self.scale.today_at is not None:
            self.used.add(Limit.TODAY)
            yield [Ink(self._before), *self._today(self.scale.today_at)]

    def _today(self, at: int) -> Line:
        """Today's sign with its name, on the side where there is room."""
        name, sign = MEANINGS[Limit.TODAY], Ink(self.signs[Limit.TODAY], is_strong=True)
        if at + GAP + len(name) <= self.scale.cells:
            return [Ink(" " * at), sign, Ink(f" {name}")]
        return [Ink(f"{name} ".rjust(at)[-at:] if at else ""), sign]

    def between(self, text: str = "") -> Line:
        """A line between rows, with today where the text leaves room for it."""
        said = Ink(self._cut(text, self.canvas.width), is_strong=True)
        at = self.scale.today_at
        gap = -1 if at is None else self.columns.before + at - width(said.text)
        is_clear = gap > 0 or (gap == 0 and not text)
        return [said, Ink(" " * gap), Ink(self.signs[Limit.TODAY])] if is_clear else [said]

    def row(self, cells: Sequence[Cell]) -> Line:
        """An id, a title that is cut where it must be, and the track with its label."""
        ident, title, dates = cells
        track = dates.track or Track([], [])
        self.rows += 1
        row = drawn(track, self.scale, self.signs)
        self.used.update(spot.kind for spot in row if spot.kind)
        if track.tone is Tone.LATE and not self.columns.labels:
            _note(self._words(track.label), track.tone, row)
        behind = [Ink(f" {self._words(track.label)}", track.tone)] if self.columns.labels else []
        return [Ink(self._start(ident.text, title.text), ident.tone), *_runs(row), *behind]

    def legend(self) -> list[str]:
        """What was drawn, each with its meaning."""
        meant = meanings(self.used, self.scale.today)
        return [f"{self.signs[kind]} {said}" for kind, said in meant.items()]

    def _start(self, ident: str, title: str) -> str:
        """What stands before a track, up to its edge."""
        short = self._cut(title, self.columns.titles)
        which = _filled(self._words(ident), self.columns.ids + GAP)
        return which + _filled(short, self.columns.titles + GAP - EDGE)

    def _cut(self, text: str, cells: int) -> str:
        return cut(self._words(text), cells, ".." if self.signs is ASCII else "\u2026")

    def _words(self, text: str) -> str:
        return shown(text, is_ascii=self.canvas.is_ascii)


def chart(page: Page, canvas: Canvas, signs: Signs | None = None) -> Chart | None:
    """The drawing of a page's tables along a calendar; None without them, or without room.

    It is drawn with the signs that the canvas can show, unless others are given.
    """
    own = ASCII if canvas.is_ascii else UNICODE
    shared = calendar(page)
    tables = [each.table for each in page.sections if each.table and each.table.calendar]
    return _chart(tables, shared, canvas, signs or own) if shared else None


def _chart(tables: Sequence[Table], shared: Calendar, canvas: Canvas, signs: Signs) -> Chart | None:
    ids, titles, labels = _natural(tables, canvas)
    behind = labels + GAP if labels else EDGE
    room = canvas.width - ids - 2 * GAP - behind
    title = max(LEAST_TITLE, min(titles, room // TITLE_SHARE, MOST_TITLE))
    along = scale(shared, room - title) if room - title >= LEAST_TRACK else None
    if not along:
        return None
    columns = ChartWidths(ids, min(titles, room - along.cells), labels)
    return Chart(along, columns, canvas, signs)


def _natural(tables: Sequence[Table], canvas: Canvas) -> tuple[int, int, int]:
    """The widths of ids, titles and labels that nothing has to be cut for."""
    rows = [row for table in tables for row in table.rows]
    heads = tables[0].columns
    texts = ([heads[at].label, *(row[at].text for row in rows)] for at in (0, 1))
    ids, titles = (max(width(shown(x, is_ascii=canvas.is_ascii)) for x in each) for each in texts)
    labels = max((len(row[2].track.label) for row in rows if row[2].track), default=0)
    return ids, titles, labels if canvas.width >= LABELLED else 0


def _filled(text: str, cells: int) -> str:
    return text + " " * (cells - width(text))


def _note(text: str, tone: Tone | None, row: Row) -> None:
    """Put a text behind what is drawn, where that ends with today and there is room."""
    last = max((at for at, spot in enumerate(row) if spot is not EMPTY), default=0)
    start = last + 2
    if row[last].kind is Limit.TODAY and start + len(text) <= len(row):
        row[start : start + len(text)] = [TrackCell(char, tone) for char in text]


def _runs(row: Row) -> Iterator[Ink]:
    for tone, spots in groupby(row, key=lambda spot: spot.tone):
        yield Ink("".join(spot.text for spot in spots), tone)
