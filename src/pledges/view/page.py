"""What people read, before how it looks: a page of sections, in every format the same.

    Page ── Section ── Block ─┬─ Table ── rows of Cells, under Columns
                              ├─ Figures ── a number each, with its label
                              ├─ Entries ── one a pledge: a name, a phrase, Lines, a source
                              ├─ Bullets ── Lines of Runs
                              └─ Paragraph ── a Line of Runs

It contains words, tones, emphasis and links; nothing here knows a colour, a width or a format.
"""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from enum import StrEnum
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from pledges.clean import JOINT
from pledges.domain.axis import Axis
from pledges.domain.marks import Mark, MarkKind, Stretch, StretchKind
from pledges.own_commands import with_ledger


class Tone(StrEnum):
    """How a cell should strike a reader; a renderer decides how that looks."""

    GOOD = "good"
    WATCH = "watch"
    LATE = "late"
    MUTED = "muted"


PART_GAP: Final = "; "  # what separates the parts of a cell


class Bar(Struct, frozen=True):
    """Progress, with a mark at the time used (both fractions), and a label after it."""

    done: float | None
    time: float | None
    label: str = ""


class Share(Struct, frozen=True):
    """A part of a whole that is counted: how many, and what they are."""

    count: int
    tone: Tone | None
    label: str


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
    """Some words of a line, in one look; ``link`` is a URL.

    What ``is_hint`` names a command to type next, which what is pasted leaves out.
    """

    text: str
    tone: Tone | None = None
    is_bold: bool = False
    link: str | None = None
    is_hint: bool = False


Line = Sequence[Run]


def line(text: str, tone: Tone | None = None) -> Line:
    """Words of one look as a line."""
    return (Run(text, tone),)


def hint_line(text: str) -> Line:
    """A line that names commands to type next, with the ledger that they are about."""
    return (Run(with_ledger(text), Tone.MUTED, is_hint=True),)


def bold(runs: Line) -> Line:
    """A line with all of its words bold."""
    return [replace(run, is_bold=True) for run in runs]


class Cell(Struct, frozen=True):
    """Some words of a table; what can be drawn instead is a ``bar`` or ``track``.

    A ``stack`` is drawn below the words, which say the same, as one bar of several parts.
    ``lines`` are the words line by line, if they have several; ``links`` are their parts, with
    their URLs, if some of them have one.
    """

    text: str = ""
    tone: Tone | None = None
    bar: Bar | None = None
    track: Track | None = None
    stack: Sequence[Share] = ()
    lines: Sequence[str] = ()
    links: Sequence[Run] = ()

    @property
    def urls(self) -> list[str]:
        """The parts that are URLs themselves, which no line may break."""
        return [run.text for run in self.links if run.link == run.text]

    @property
    def without_urls(self) -> "Cell":
        """The cell without the parts that are URLs themselves."""
        if not self.urls:
            return self
        rest = [run for run in self.links if run.link != run.text]
        return replace(self, text=PART_GAP.join(run.text for run in rest), links=rest)


def paragraphs_cell(texts: Sequence[str], tone: Tone | None = None) -> Cell:
    """A cell with a line for each of the ``texts``."""
    return Cell(" ".join(texts), tone, lines=texts if len(texts) > 1 else ())


class Column(Struct, frozen=True):
    """A column, by its label.

    The one that ``is_main`` takes the width that is left.  One that ``wraps`` may have cells of
    several lines, at least ``least`` cells wide, or better ``ease``.  If there is no room, columns
    go below another one, ``under`` its label, the lowest ``fold`` first.  Numbers are on the right.
    The cells of one that ``says_itself`` need no name if they are below others.  In HTML one may
    have a ``share`` of the width, in percent: tables below each other line up then.
    """

    label: str
    is_main: bool = False
    wraps: bool = False
    least: int = 8
    ease: int = 0
    under: str | None = None
    fold: int = 0
    is_number: bool = False
    says_itself: bool = False
    share: int = 0

    @property
    def name(self) -> str:
        """What its cells are named by if they are below others: "Status: "."""
        return "" if self.says_itself else f"{self.label}: "


class Table(Struct, frozen=True):
    """Rows of cells, one for each column; ``has_head`` shows the columns' labels.

    Tracks are drawn along a ``calendar``.  ``lines`` say the same in a mail, which has no tables.
    If a mail has no room, its last rows are ``left_out``, unless it ``is_whole``.
    """

    columns: Sequence[Column]
    rows: Sequence[Sequence[Cell]]
    has_head: bool = True
    calendar: Calendar | None = None
    lines: Sequence[Line] = ()
    left_out: int = 0
    is_whole: bool = False


class Paragraph(Struct, frozen=True):
    """One line, as long as it is; one that ``is_muted`` explains the others."""

    line: Line
    is_muted: bool = False


class Figure(Struct, frozen=True):
    """A number in large type, what it counts, and what it was."""

    number: str
    label: str
    note: str = ""
    tone: Tone | None = None


class Figures(Struct, frozen=True):
    """The few figures that say most, next to each other."""

    items: Sequence[Figure]


class Entry(Struct, frozen=True):
    """All that there is to say of a pledge: its name, one phrase that says most, and lines.

    ``tone`` is that of its edge, and of the phrase if that has none of its own.
    """

    name: Line
    phrase: Run
    lines: Sequence[Line] = ()
    source: Line = ()
    tone: Tone | None = None


class Entries(Struct, frozen=True):
    """Pledges one below the other, and how many more there are."""

    items: Sequence[Entry]
    left_out: int = 0


class Bullets(Struct, frozen=True):
    """Lines of a list, and how many more there are."""

    items: Sequence[Line]
    left_out: int = 0


class Definitions(Bullets, frozen=True):
    """Names with what they mean: a list whose items are a bold name, a colon and its meaning."""

    @property
    def pairs(self) -> Sequence[tuple[str, str]]:
        """The names, each with its meaning."""
        return [(name.text, meaning.text.removeprefix(": ")) for name, meaning in self.items]


def definitions(meanings: Iterable[tuple[str, str]]) -> Definitions:
    """Names with what they mean as a block."""
    return Definitions([(Run(name, is_bold=True), Run(f": {text}")) for name, text in meanings])


class Code(Struct, frozen=True):
    """Lines to copy: no line is broken, and nothing in them is changed."""

    lines: Sequence[str]


Block = Table | Figures | Entries | Bullets | Paragraph | Code


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

    If it ``is_mail`` its text is wrapped, and what can't be seen is left out, not escaped.  One
    that ``is_manual`` is wrapped too, and looks the same on a terminal and in a pipe.
    """

    title: str = ""
    caption: str = ""
    lead: Sequence[Line] = ()
    sections: Sequence[Section] = ()
    notes: Sequence[Line] = ()
    is_mail: bool = False
    is_manual: bool = False
    subject: Subject | None = None

    @property
    def head(self) -> list[str]:
        """Its title, and its caption if that is not all that it is called by."""
        return [text for text in (self.title, self.title and self.caption) if text]

    @property
    def for_pasting(self) -> "Page":
        """The page without commands to type: who is sent it has no use for them."""
        notes = ([run for run in note if not run.is_hint] for note in self.notes)
        return replace(self, notes=[note for note in notes if note])

    @property
    def tables(self) -> list[Table]:
        """All tables of its sections, in order."""
        return [section.table for section in self.sections if section.table]

    @property
    def calendar(self) -> Calendar | None:
        """The calendar that its tables share, if they have one."""
        return next((table.calendar for table in self.tables if table.calendar), None)


def figure_text(figure: Figure) -> str:
    """A figure in words: "2 due soon (was 0)"."""
    note = f" ({figure.note})" if figure.note else ""
    return f"{figure.number}{JOINT}{figure.label}{note}"


def not_shown(left_out: int) -> str:
    """How many items there are if none of them is shown: "12 not shown"."""
    return f"{left_out:,}{JOINT}not shown"


def more(left_out: int) -> str:
    """How many items of a list are not shown: "and 4 more"."""
    return f"and {left_out:,}{JOINT}more"
