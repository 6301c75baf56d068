"""Findings: what is wrong with a ledger, with the line and column in the user's file."""

import re
from bisect import bisect_right
from collections.abc import Mapping
from typing import Final, NamedTuple

from msgspec import Struct

from pledges.errors import Fault

Path = tuple[str | int, ...]
"""The way to a value through the tables: ``("pledge", 3, "update", 0, "date")``."""

LISTS: Final = ("pledge", "update", "claim", "ask")
"""The tables of which there may be several."""


def table_name(path: Path) -> str:
    """A path as the header of a table gives it: ``pledge.update``."""
    return ".".join(str(part) for part in path if isinstance(part, str))


class Span(Struct, frozen=True, order=True):
    """A part of a text, from the offset ``start`` up to ``end``."""

    start: int
    end: int


class KeyPosition(NamedTuple):
    """The spans of a key or table header and of its value (of a header: the header again)."""

    key: Span
    value: Span


class Finding(Struct, frozen=True):
    """A fault by the path of the key or value that it is about.

    ``on_key`` marks the key instead of its value; ``span`` is given if the place is already known.
    ``other_place`` is a second place, which the message ends with.  ``premises`` are paths that
    must be sound for the finding to mean anything.  ``intended_path`` is the path that a misspelt
    key should have had.  ``replacements`` of parts of the text mend it, if there is one right way.
    """

    code: str
    path: Path
    message: str
    hint: str | None = None
    on_key: bool = False
    span: Span | None = None
    other_place: Path | Span | None = None
    premises: tuple[Path, ...] = ()
    intended_path: Path | None = None
    replacements: tuple[tuple[Span, str], ...] = ()


class Explanation(NamedTuple):
    """A fault in words: its code, what is wrong, and what to do."""

    code: str
    message: str
    hint: str | None = None

    def finding(self, path: Path, span: Span | None = None) -> Finding:
        """This fault at a path, and at a span if that is already known."""
        return Finding(self.code, path, self.message, self.hint, span=span)


class Positions:
    """Lines and columns in one text; both count from 1, in characters."""

    def __init__(self, text: str, positions: Mapping[Path, KeyPosition], name: str) -> None:
        self.text = text
        self.positions = positions
        self.name = name
        self.lines: dict[int, str] = {}
        self.first_inside: dict[Path, KeyPosition] = {}
        self.starts = [0, *(found.end() for found in re.finditer("\n", text))]

    def fault(self, finding: Finding) -> Fault:
        """The finding as a fault of the user's file."""
        span = finding.span or self.span(finding.path, on_key=finding.on_key)
        line, column = self.line_and_column(span.start)
        text = self.line(line)
        message = finding.message
        if other := finding.other_place:
            other = other if isinstance(other, Span) else self.span(other, on_key=finding.on_key)
            message += " {}:{}:{}".format(self.name, *self.line_and_column(other.start))
        width = max(1, min(span.end - span.start, len(text) - column + 1))
        return Fault(self.name, line, column, width, text, finding.code, message, finding.hint)

    def span(self, path: Path, *, on_key: bool = False) -> Span:
        """The span of a value or its key; if it is missing, the key of what it should be in."""
        while path:
            if position := self._position(path):
                return position.key if on_key else position.value
            path, on_key = path[:-1], True
        return Span(0, 1)

    def _position(self, path: Path) -> KeyPosition | None:
        """The position of ``path``; of several tables of one name, that of the first.

        A table without a header of its own, as ``a`` in ``[[a.b]]``, is where its contents begin.
        """
        if found := self.positions.get(path) or self.positions.get((*path, 0)):
            return found
        if not self.first_inside:
            for inside, position in self.positions.items():
                for length in range(1, len(inside)):
                    self.first_inside.setdefault(inside[:length], position)
        return self.first_inside.get(path)

    def line_and_column(self, offset: int) -> tuple[int, int]:
        """The line and the column of an offset."""
        line = bisect_right(self.starts, offset)
        start = self.starts[line - 1]
        # A byte order mark is a character of the text, but no editor counts it.
        has_mark = line == 1 and self.text.startswith("\ufeff")
        return line, max(1, offset - start + (0 if has_mark else 1))

    def offset(self, line: int, column: int) -> int:
        """The offset of a line and a column."""
        return min(self.starts[min(line, len(self.starts)) - 1] + column - 1, len(self.text))

    def line(self, number: int) -> str:
        """The text of a line, without its end."""
        # The faults of one line share its text: a thousand of them on a line of a megabyte
        # would need a gigabyte otherwise.
        if number not in self.lines:
            is_last = number == len(self.starts)
            end = len(self.text) if is_last else self.starts[number] - 1
            text = self.text[self.starts[number - 1] : end].rstrip("\r")
            self.lines[number] = text.removeprefix("\ufeff") if number == 1 else text
        return self.lines[number]
