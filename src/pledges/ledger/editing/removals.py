"""What is taken out of a ledger's text: whole lines, or pairs and elements inside one."""

import re
from collections.abc import Sequence
from typing import Final, NamedTuple

from pledges.ledger.editing.insertion_points import Layout, UnexpectedLayout
from pledges.ledger.text.finding import KeyPosition, Path, Span
from pledges.ledger.text.scan import line_end

END_OF_ELEMENT: Final = re.compile(r"[ \t]*(,?)[ \t]*(?:#[^\n]*?)?(\r?\n)")
"""What follows an element on its line, if nothing but a comma and a comment does."""

LINE, BLOCK, PLEDGE = range(3)
"""The order of what is put at one place: a line of the table above first, a pledge last."""


class Splice(NamedTuple):
    """What the new text has in the place of the old one from ``start`` up to ``end``."""

    start: int
    end: int
    text: str
    rank: int = LINE


class _Removed(NamedTuple):
    """What is taken out: whole lines, or a part of one."""

    start: int
    end: int
    is_lines: bool


class Removals:
    """Finds the splices that take things out.

    Raises, in all its methods: ``UnexpectedLayout`` if something is not where it should be.
    """

    def __init__(self, layout: Layout) -> None:
        self.layout = layout
        self.text = layout.text

    def splices(self, paths: Sequence[Path]) -> list[Splice]:
        """What is at these paths taken out: blocks and lines of their own whole, pairs of a line.

        What is next to each other is taken out at once, so that one comma or line end is kept.
        """
        spans = [span for path in self._with_whole_lists(paths) for span in self._spans(path)]
        of_lines = sorted(Span(each.start, each.end) for each in spans if each.is_lines)
        pairs = sorted(Span(each.start, each.end) for each in spans if not each.is_lines)
        inside = [
            each for each in pairs if not any(x.start <= each.start < x.end for x in of_lines)
        ]
        lines = [self.without_lines(each) for each in self._joined(of_lines, r"\s*")]
        return [*lines, *(self._without_pairs(x) for x in self._joined(inside, r"\s*,\s*"))]

    def _with_whole_lists(self, paths: Sequence[Path]) -> list[Path]:
        """The paths, with that of a list in brackets in the place of all its elements."""
        lists = {each[:-1] for each in paths if isinstance(each[-1], int)}
        for each in lists:
            inside = {path[: len(each) + 1] for path, _ in self.layout.within(each)} - {each}
            if inside <= {*paths} and self.layout.position(each):
                paths = [path for path in paths if path not in inside] + [each]
        return list(paths)

    def _spans(self, path: Path) -> list[_Removed]:
        """Where a key with its line, a pair, an element or a table under a header is."""
        position = self.layout.position(path)
        if position and self.layout.has_header(path):
            return [self.block_span(path)]
        if position:
            return [self._pair_span(position)]
        # A table of dotted keys has no place of its own: measure.unit = ..., measure.target = ...
        inside = [each for found, each in self.layout.within(path) if found != path]
        if not inside:
            raise UnexpectedLayout
        return [self._pair_span(each) for each in inside]

    def _pair_span(self, position: KeyPosition) -> _Removed:
        """The lines of a key or element that is on lines of its own; else it alone."""
        start, end = position.key.start, position.value.end
        indent, rest = self.layout.indent(start), END_OF_ELEMENT.match(self.text, end)
        is_last_line = end == len(self.text.rstrip("\r\n"))
        if indent is not None and (rest or is_last_line):
            stop = rest.end() if rest else len(self.text)
            return _Removed(start - len(indent), stop, is_lines=True)
        return _Removed(start, end, is_lines=False)

    def _joined(self, spans: Sequence[Span], between: str) -> list[Span]:
        """The spans in order, as one if there is only this between them."""
        joined: list[Span] = []
        for each in spans:
            last = joined[-1] if joined else None
            is_next = last and re.fullmatch(
                between, self.text[last.end : max(each.start, last.end)]
            )
            if last and (each.start < last.end or is_next):
                joined[-1] = Span(last.start, max(last.end, each.end))
            else:
                joined.append(each)
        return joined

    def _without_pairs(self, span: Span) -> Splice:
        """Pairs or elements taken out of a line, with the comma after them, or that before."""
        start, end = span.start, span.end
        before = self.text[:start].rstrip()
        if after := re.compile(r"[ \t]*,[ \t]*").match(self.text, end):
            return Splice(start, after.end(), "")
        return Splice(len(before) - 1 if before.endswith(",") else start, end, "")

    def block_span(self, path: Path) -> _Removed:
        """The lines of a table, and the blank line above it if there is one below it too."""
        start, end = self.block_lines(path)
        above = self.text.rfind("\n", 0, max(start - 1, 0)) + 1
        is_blank_above = start > 0 and not self.text[above:start].strip()
        is_blank_below = not self.text[end : line_end(self.text, end)].strip()
        return _Removed(above if is_blank_above and is_blank_below else start, end, is_lines=True)

    def block_lines(self, path: Path) -> tuple[int, int]:
        """Where the lines of a table are, with the comments right above them."""
        position = self.layout.position(path)
        if not position:
            raise UnexpectedLayout
        start = self.text.rfind("\n", 0, position.key.start) + 1
        while start:
            above = self.text.rfind("\n", 0, start - 1) + 1
            if not self.text[above:start].lstrip(" \t").startswith("#"):
                break
            start = above
        return start, self.layout.end(path)

    def without_lines(self, span: Span) -> Splice:
        """Lines taken out; if they were the last ones, the file ends as it did."""
        start, end = span.start, span.end
        if end == len(self.text) and self.layout.is_unended(end):
            start = len(self.text[:start].rstrip("\r\n"))
        return Splice(start, end, "")
