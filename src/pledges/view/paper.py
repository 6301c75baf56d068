"""What a report is made of: parts with headings, sentences, lists and small tables.

    Report ── Part ── Block ─┬─ Sentences
                             ├─ Bullets ── Line ── Run
                             └─ Figures ── rows of Figure, and the same as lines

It holds words, emphasis and links; nothing here knows a width, a colour or a format.
"""

import datetime as dt
from collections.abc import Sequence

from msgspec import Struct


class Run(Struct, frozen=True):
    """Some words of a line; ``link`` is an address of the web."""

    text: str
    is_bold: bool = False
    link: str | None = None


Line = Sequence[Run]


class Sentences(Struct, frozen=True):
    """A paragraph."""

    line: Line


class Bullets(Struct, frozen=True):
    """Lines of a list, and how many more there are; one that ``is_whole`` is never shortened."""

    items: Sequence[Line]
    left_out: int = 0
    is_whole: bool = False


class Figure(Struct, frozen=True):
    """A cell of a table of figures, that explains itself where the table is lost.

    ``percents`` are drawn as a bar where there are bars.
    """

    text: str
    percents: int | None = None
    is_number: bool = False


class Figures(Struct, frozen=True):
    """A small table; ``lines`` say the same where there are no tables."""

    head: Sequence[str]
    rows: Sequence[Sequence[Figure]]
    lines: Sequence[Line]


Block = Sentences | Bullets | Figures


class Part(Struct, frozen=True):
    """Blocks under a heading; ``level`` 2 is a part of the report, 3 a part of that."""

    title: str
    blocks: Sequence[Block]
    level: int = 2

    @property
    def is_top(self) -> bool:
        """Whether it is a part of the report itself."""
        return self.level == 2  # noqa: PLR2004  (the level below the title's)


class Subject(Struct, frozen=True):
    """A report in one line of a list of mails: what it is about, its result, and the day."""

    name: str
    result: str = ""
    day: str = ""


class Report(Struct, frozen=True):
    """A whole report.  ``lead`` are the sentences below the title, ``closing`` the last ones."""

    subject: Subject
    title: str
    as_of: dt.date
    lead: Line
    parts: Sequence[Part]
    closing: Sequence[Line]


def words(text: str) -> Line:
    """Plain words as a line."""
    return (Run(text),)


def more(left_out: int) -> str:
    """How many items of a list are not shown: "and 4 more"."""
    return f"and {left_out:,} more"
