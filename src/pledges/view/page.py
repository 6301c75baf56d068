"""What people read, before how it looks: a page of sections, in every format the same.

    Page ── Section ── Block ─┬─ Table ── rows of Cells, under Columns
                              ├─ Bullets ── Lines of Runs
                              └─ Paragraph ── a Line of Runs

It contains words, tones, emphasis and links; nothing here knows a colour, a width or a format.
"""

import datetime as dt
from collections.abc import Mapping, Sequence
from enum import StrEnum

from msgspec import Struct

from pledges.domain.axis import Axis
from pledges.domain.marks import Mark, MarkKind, Stretch, StretchKind


class Tone(StrEnum):
    """How a cell should strike a reader; a renderer decides how that looks."""

    GOOD = "good"
    WATCH = "watch"
    LATE = "late"
    MUTED = "muted"


class Bar(Struct, frozen=True):
    """Progress, with a mark at the time used (both fractions), and a label after it."""

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
    """The axis that tracks are drawn along, today, and the legend in its order."""

    axis: Axis
    today: dt.date
    today_name: str
    meanings: Mapping[Drawable, str]


class Run(Struct, frozen=True):
    """Some words of a line, in one look; ``link`` is a URL."""

    text: str
    tone: Tone | None = None
    is_bold: bool = False
    link: str | None = None


Line = Sequence[Run]


def line(text: str, tone: Tone | None = None) -> Line:
    """Words of one look as a line."""
    return (Run(text, tone),)


class Cell(Struct, frozen=True):
    """Some words of a table; what can be drawn instead is a ``bar`` or ``track``."""

    text: str = ""
    tone: Tone | None = None
    bar: Bar | None = None
    track: Track | None = None


class Column(Struct, frozen=True):
    """A column, by its label.

    The one that ``is_main`` takes the width that is left.  One that ``wraps`` may have cells of
    several lines, at least ``least`` cells wide, or better ``ease``.  If there is no room, columns
    go below another one, ``under`` its label, the lowest ``fold`` first.  Numbers are on the right.
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

    Tracks are drawn along a ``calendar``.  ``lines`` say the same in a mail, which has no tables.
    """

    columns: Sequence[Column]
    rows: Sequence[Sequence[Cell]]
    has_head: bool = True
    calendar: Calendar | None = None
    lines: Sequence[Line] = ()


class Paragraph(Struct, frozen=True):
    """One line, as long as it is."""

    line: Line


class Bullets(Struct, frozen=True):
    """Lines of a list, and how many more there are; one that ``is_whole`` is never shortened."""

    items: Sequence[Line]
    left_out: int = 0
    is_whole: bool = False


Block = Table | Bullets | Paragraph


class Section(Struct, frozen=True):
    """Blocks under a title with its ``summary``; a ``level`` 3 is a part of a 2."""

    title: str = ""
    summary: str = ""
    blocks: Sequence[Block] = ()
    level: int = 2

    @property
    def is_top(self) -> bool:
        """Whether it is a part of the page itself."""
        return self.level == 2  # noqa: PLR2004  (the level below the title's)

    @property
    def table(self) -> Table | None:
        """Its table, if it has one."""
        return next((block for block in self.blocks if isinstance(block, Table)), None)


class Subject(Struct, frozen=True):
    """A page in one line of a list of mails: what it is about, its result, and the day."""

    name: str
    result: str = ""
    day: str = ""


class Page(Struct, frozen=True):
    """A whole answer for people; ``caption`` says what it is an answer to.

    If it ``is_mail`` its text is wrapped, and what can't be seen is left out, not escaped.
    """

    title: str = ""
    caption: str = ""
    lead: Sequence[Line] = ()
    sections: Sequence[Section] = ()
    notes: Sequence[Line] = ()
    is_mail: bool = False
    subject: Subject | None = None

    @property
    def tables(self) -> list[Table]:
        """All tables of its sections, in order."""
        return [section.table for section in self.sections if section.table]

    @property
    def calendar(self) -> Calendar | None:
        """The calendar that its tables share, if they have one."""
        return next((table.calendar for table in self.tables if table.calendar), None)


def more(left_out: int) -> str:
    """How many items of a list are not shown: "and 4 more"."""
    return f"and {left_out:,} more"
