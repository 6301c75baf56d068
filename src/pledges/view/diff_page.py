"""What a change would do to the ledger's lines."""

import re
from collections.abc import Sequence
from typing import Final

from pledges.view.answer import Answer, Document
from pledges.view.page import Line, Page, Paragraph, Section, Tone, line

_TONES: Final = {"+": Tone.GOOD, "-": Tone.LATE, "@": Tone.MUTED}


class DiffDocument(Document, frozen=True, kw_only=True):
    """A unified diff of a ledger."""

    schema_version: int = 1
    kind: str = "diff"
    ledger: str
    diff: str

    @property
    def records(self) -> Sequence[object]:
        """The whole document as its one record."""
        return [self]


def answer(diff: str, ledger: str) -> Answer:
    """A unified diff in every format."""
    document = DiffDocument(ledger=ledger, diff=diff)
    lines = diff.split("\n")[:-1]
    paragraphs = [Paragraph(_toned(each)) for each in lines]
    page = Page(sections=[Section(blocks=paragraphs)])
    return Answer(lambda: page, lambda: document, {"diff": str}, lines)


def fenced(diff: str) -> str:
    """A diff as a block of code in Markdown."""
    fence = "`" * max(3, *(len(each) + 1 for each in re.findall("`+", diff)), 3)
    return f"{fence}diff\n{diff}{fence}\n" if diff else ""


def _toned(text: str) -> Line:
    return line(text.removesuffix("\r"), _TONES.get(text[:1]))
