"""What a change would do to the ledger's lines."""

import re
from typing import Final

from msgspec import Struct

from pledges.view.page import Answer, Cell, Grid, Page, Section, Tone

_TONES: Final = {"+": Tone.GOOD, "-": Tone.LATE, "@": Tone.MUTED}


class DiffDocument(Struct, frozen=True, kw_only=True):
    """A unified diff of a ledger."""

    schema_version: int = 1
    kind: str = "diff"
    ledger: str
    diff: str


def answer(diff: str, ledger: str) -> Answer:
    """A unified diff in each of its shapes."""
    document = DiffDocument(ledger=ledger, diff=diff)
    lines = diff.split("\n")[:-1]
    return Answer(
        page=lambda: Page(sections=[Section(lines=[_cell(line) for line in lines])]),
        document=lambda: document,
        records=lambda: [document],
        grid=lambda: Grid(["diff"], [[line] for line in lines]),
    )


def fenced(diff: str) -> str:
    """A diff as a block of code in Markdown."""
    fence = "`" * max(3, *(len(each) + 1 for each in re.findall("`+", diff)), 3)
    return f"{fence}diff\n{diff}{fence}\n" if diff else ""


def _cell(line: str) -> Cell:
    return Cell(line.removesuffix("\r"), _TONES.get(line[:1]))
