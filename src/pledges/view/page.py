"""A page of an answer: sections of tables and lines, made of cells with a tone.

    Page ── Section ─┬─ Table ── rows of Cells, under Columns
                     └─ lines (Cells)

Nothing here knows a colour, a width or a format.
"""

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from enum import StrEnum

from msgspec import Struct

from pledges.domain.axis import Axis
from pledges.domain.marks import Mark, MarkKind, Stretch, StretchKind

Plain = str | int | float | bool | None


class Tone(StrEnum):
    """How a cell should strike a reader; a renderer decides how that looks."""

    GOOD = "good"
    WATCH = "watch"
    LATE = "late"
    MUTED = "muted"


class Bar(Struct, frozen=True):
    """Progress to be drawn, with a mark where time stands (both fractions), and a label behind."""

    done: float | None
    time: float | None
    label: str = ""


class Guide(StrEnum):
    """What helps to read a track: today, that more lies beyond an end, and a date beyond one."""

    TODAY = "today"
    EARLIER = "earlier"
    LATER = "later"
    DATE = "date"


Drawable = MarkKind | StretchKind | Guide


class Track(Struct, frozen=True):
    """What is drawn along a calendar: marks and stretches, each with its tone, and a label."""

    marks: Sequence[tuple[Mark, Tone | None]] = ()
    stretches: Sequence[tuple[Stretch, Tone | None]] = ()
    label: str = ""
    tone: Tone | None = None


class Calendar(Struct, frozen=True):
    """The axis that tracks are drawn along, today, and the words for what is drawn.

    ``meanings`` is the legend, in its order; what is not in it needs no word.
    """

    axis: Axis
    today: dt.date
    today_name: str
    meanings: Mapping[Drawable, str]


class Cell(Struct, frozen=True):
    """Some words; ``bar`` or ``track`` is what a renderer that draws shows instead.

    Empty means missing.  ``is_address`` says that the words are an address of the web, to be kept
    in one piece.
    """

    text: str = ""
    tone: Tone | None = None
    bar: Bar | None = None
    track: Track | None = None
    is_address: bool = False


class Column(Struct, frozen=True):
    """What stands in one place of every row.

    ``is_main`` marks the one that takes what width is left; ``wraps`` lets a cell run over several
    lines, of at least ``least`` cells, or better ``ease``.  Where there is no room, columns go
    below another one, the lowest ``fold`` first: ``under`` is the label of that other one.  Numbers
    stand on the right.
    """

    label: str
    is_main: bool = False
    wraps: bool = False
    least: int = 8
    ease: int = 0
    under: str | None = None
    fold: int = 0
    is_number: bool = False


class Table(Struct, frozen=True):
    """Rows of cells, one for each column; ``has_head`` shows the columns' labels.

    With a ``calendar`` the rows have tracks along it; where nothing is drawn they make a list.
    """

    columns: Sequence[Column]
    rows: Sequence[Sequence[Cell]]
    has_head: bool = True
    calendar: Calendar | None = None


class Section(Struct, frozen=True):
    """A part of a page: a title with a summary beside it, a table, and lines below."""

    title: str = ""
    summary: str = ""
    table: Table | None = None
    lines: Sequence[Cell] = ()


class Page(Struct, frozen=True):
    """A whole answer for people.

    ``caption`` says what it is an answer to, for documents that are read far from the question.
    """

    title: str = ""
    caption: str = ""
    lead: Sequence[Cell] = ()
    sections: Sequence[Section] = ()
    notes: Sequence[Cell] = ()


class Grid(Struct, frozen=True):
    """Named columns of plain values, for spreadsheets."""

    names: Sequence[str]
    rows: Iterable[Sequence[Plain]]


class Answer(Struct, frozen=True):
    """One answer in each of its shapes, made when asked for, and what is said about it.

    ``document`` is the whole for JSON, ``records`` its parts one by one, ``grid`` the same as a
    table of plain values, ``page`` what people read.
    """

    page: Callable[[], Page]
    document: Callable[[], object]
    records: Callable[[], Iterable[object]]
    grid: Callable[[], Grid]
    said: Sequence[str] = ()
