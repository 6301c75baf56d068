"""Paths and offsets as lines and columns of the user's file."""

from bisect import bisect_right

from pledges.errors import Fault
from pledges.ledger.text.finding import Finding, Path, Span
from pledges.ledger.text.scan import KeyPosition, Scan


class Positions:
    """Lines and columns in one text; both count from 1, in characters."""

    def __init__(self, text: str, scan: Scan, name: str) -> None:
        self.text = text
        self.positions = scan.positions
        self.name = name
        self.lines: dict[int, str] = {}
        self.first_inside: dict[Path, KeyPosition] = {}
        self.starts = [0]
        self.starts.extend(at + 1 for at, char in enumerate(text) if char == "\n")

    def fault(self, finding: Finding) -> Fault:
        """The finding as a fault of the user's file."""
        span = finding.span or self.span(finding.path, on_key=finding.on_key)
        line, column = self.line_and_column(span.start)
        text = self.line(line)
        message = finding.message
        if other := finding.other_place:
            other = other if isinstance(other, Span) else self.span(other)
            message += " {}:{}:{}".format(self.name, *self.line_and_column(other.start))
        width = max(1, min(span.end - span.start, len(text) - column + 1))
        return Fault(self.name, line, column, width, text, finding.code, message, finding.hint)

    def span(self, path: Path, *, on_key: bool = False) -> Span:
        """The span of a value or its key; if it is missing, the key of what it should be in."""
        while path and not self._position(path):
            path, on_key = path[:-1], True
        position = self._position(path)
        if not position:
            return Span(0, 1)
        return position.key if on_key else position.value

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
