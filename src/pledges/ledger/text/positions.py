"""Paths and offsets as lines and columns of the user's file."""

from bisect import bisect_right

from pledges.errors import Fault
from pledges.ledger.text.finding import Finding, Path, Span
from pledges.ledger.text.scan import KeyPosition, Scan


class Positions:
    """Where things stand in one text; lines and columns count from 1, in characters."""

    def __init__(self, text: str, found: Scan, name: str) -> None:
        self.text = text
        self.found = found
        self.name = name
        self.lines: dict[int, str] = {}
        self.firsts: dict[Path, KeyPosition] = {}
        self.starts = [0]
        self.starts.extend(at + 1 for at, char in enumerate(text) if char == "\n")

    def fault(self, finding: Finding) -> Fault:
        """The finding as a fault of the user's file."""
        span = finding.span or self.span(finding.path, on_key=finding.on_key)
        line, column = self.place(span.start)
        text = self.line(line)
        also = "" if finding.other_place is None else f" {self._named(finding.other_place)}"
        width = max(1, min(span.end - span.start, len(text) - column + 1))
        return Fault(
            self.name, line, column, width, text, finding.code, finding.message + also, finding.hint
        )

    def span(self, path: Path, *, on_key: bool = False) -> Span:
        """Where the nearest thing on ``path`` stands: itself, else what it should be in."""
        while path and not self._spot(path):
            path, on_key = path[:-1], True
        spot = self._spot(path)
        if not spot:
            return Span(0, 1)
        return spot.key if on_key else spot.value

    def _spot(self, path: Path) -> KeyPosition | None:
        """Where ``path`` stands; of several tables of one name, the first."""
        spots = self.found.positions
        return spots.get(path) or spots.get((*path, 0)) or self._first_under(path)

    def _first_under(self, path: Path) -> KeyPosition | None:
        """The first thing inside a table that has no header of its own, as in ``[[a.b]]``."""
        if not self.firsts:
            for inside, spot in self.found.positions.items():
                for length in range(1, len(inside)):
                    self.firsts.setdefault(inside[:length], spot)
        return self.firsts.get(path)

    def place(self, offset: int) -> tuple[int, int]:
        """The line and the column of an offset, both from 1."""
        line = bisect_right(self.starts, offset)
        start = self.starts[line - 1]
        has_mark = line == 1 and self.text.startswith("\ufeff")
        return line, max(1, offset - start + (0 if has_mark else 1))

    def offset(self, line: int, column: int) -> int:
        """The offset of a line and a column, both from 1."""
        return min(self.starts[min(line, len(self.starts)) - 1] + column - 1, len(self.text))

    def line(self, number: int) -> str:
        """The text of a line, without its end; one text, however many faults are in it."""
        if number not in self.lines:
            self.lines[number] = self._line(number)
        return self.lines[number]

    def _line(self, number: int) -> str:
        start = self.starts[number - 1]
        text = self.text[start : self._line_end(start)].rstrip("\r")
        return text.removeprefix("\ufeff") if number == 1 else text

    def _line_end(self, start: int) -> int:
        end = self.text.find("\n", start)
        return len(self.text) if end < 0 else end

    def _named(self, other: Path | Span) -> str:
        span = other if isinstance(other, Span) else self.span(other)
        line, column = self.place(span.start)
        return f"{self.name}:{line}:{column}"
