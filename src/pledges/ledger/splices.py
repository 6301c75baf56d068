"""New lines and values put where they belong in a ledger's text, in the manner of what is there."""

from collections.abc import Sequence
from typing import Any, Final

from msgspec import Struct

from pledges.ledger.convert import Table
from pledges.ledger.finding import Path, Span
from pledges.ledger.layout import Layout, Lost
from pledges.ledger.locate import Spot
from pledges.ledger.toml import bare_or_quoted, block, inline, pair

BEFORE_PLEDGES: Final = ("sources", "pillars", "parties", "plan")
"""The tables behind which a new register is put: the first of these that there is."""


class Splice(Struct, frozen=True):
    """What stands in the new text at a span of the old one; of those at one place pledges last."""

    span: Span
    text: str
    is_pledge: bool = False


def spliced(text: str, splices: Sequence[Splice]) -> str:
    """The text with the splices made.

    Raises: ``Lost`` where one lies inside another.
    """
    parts, at = [], 0
    for splice in sorted(splices, key=lambda each: (each.span.start, each.is_pledge)):
        if splice.span.start < at:
            raise Lost
        parts += [text[at : splice.span.start], splice.text]
        at = splice.span.end
    return "".join([*parts, text[at:]])


class Splicer:
    """Finds the splice for each step.

    Raises, in all its methods: ``Lost`` where a thing is not where it should be.
    """

    def __init__(self, layout: Layout) -> None:
        self.layout = layout
        self.text = layout.text

    def set(self, path: Path, value: Any) -> Splice:
        """A value in the place of another, or a new key at the end of its table."""
        owner, key, spot = path[:-1], str(path[-1]), self.layout.spot(path)
        if spot and not self.layout.has_header(path):
            return Splice(spot.value, inline(value))
        if isinstance(value, dict) and self._holds_tables(owner):
            return self._new_table(owner, key, value)
        if self.layout.has_header(owner):
            return self._line(self.layout.end_of_keys(owner), pair(key, value))
        if around := self.layout.spot(owner):
            return self._in_braces(around, self._last_in(owner), pair(key, value))
        if any(self.layout.within(owner)):
            dotted = ".".join(bare_or_quoted(str(each)) for each in path)
            return self._line(self.layout.end(owner), f"{dotted} = {inline(value)}")
        return self._block(self._end_of_head(), owner, {key: value}, is_one_of_several=False)

    def add(self, path: Path, record: Table, count: int) -> Splice:
        """A table behind the ``count`` that are at the path."""
        owner, last = path[:-1], (*path, count - 1)
        if self.layout.has_header(last if count else owner):
            at = self.layout.end(last if count else owner)
            return self._block(at, path, record)
        if around := self.layout.spot(path):
            return self._in_brackets(around, self.layout.spot(last), inline(record))
        if around := self.layout.spot(owner):
            return self._in_braces(around, self._last_in(owner), pair(str(path[-1]), [record]))
        raise Lost

    def insert(self, after: int, pledge: Table) -> Splice:
        """A pledge behind the one of the number ``after``; where that is -1, at the end."""
        before: Path = ("pledge", after)
        if around := self.layout.spot(("pledge",)):
            return self._in_brackets(around, self.layout.spot(before), inline(pledge))
        at = len(self.text) if after < 0 else self.layout.end(before)
        new = self._block(at, ("pledge",), pledge)
        return Splice(new.span, new.text, is_pledge=True)

    def _holds_tables(self, owner: Path) -> bool:
        """Whether the tables inside a table have headers of their own, or would have."""
        inside = (path for path, _ in self.layout.within(owner) if len(path) == len(owner) + 1)
        return not self.layout.spot(owner) or any(map(self.layout.has_header, inside))

    def _new_table(self, owner: Path, key: str, content: Table) -> Splice:
        has_others = any(self.layout.within(owner))
        at = self.layout.end(owner) if has_others else self._end_of_head()
        return self._block(at, (*owner, key), content, is_one_of_several=False)

    def _end_of_head(self) -> int:
        for name in BEFORE_PLEDGES:
            if any(self.layout.within((name,))):
                return self.layout.end((name,))
        raise Lost

    def _last_in(self, owner: Path) -> int | None:
        """Where the last key in a table in braces ends."""
        ends = [spot.value.end for path, spot in self.layout.within(owner) if path != owner]
        return max(ends, default=None)

    def _in_braces(self, around: Spot, last: int | None, new: str) -> Splice:
        at = last or around.value.start + 1
        return Splice(Span(at, at), f", {new}" if last else f" {new} ")

    def _in_brackets(self, around: Spot, last: Spot | None, new: str) -> Splice:
        """An element at the end of a list, on a line of its own where the others are."""
        start = around.value.start + 1
        if not last:
            return Splice(Span(start, start), new)
        between = self.text[start:][: len(self.text[start:]) - len(self.text[start:].lstrip())]
        at = last.value.end
        return Splice(Span(at, at), f",{between or ' '}{new}")

    def _line(self, at: int, line: str) -> Splice:
        newline = self._newline(at)
        if self._is_unended(at):
            return Splice(Span(at, at), f"{newline}{line}")
        return Splice(Span(at, at), f"{line}{newline}")

    def _block(
        self, at: int, path: Path, content: Table, *, is_one_of_several: bool = True
    ) -> Splice:
        """A table under its header, behind a blank line; the last line ends as the file did."""
        newline = self._newline(at)
        names = [str(each) for each in path if isinstance(each, str)]
        lines = block(names, content, is_one_of_several=is_one_of_several, has_long=newline == "\n")
        text = "\n\n" + lines.removesuffix("\n") if self._is_unended(at) else "\n" + lines
        return Splice(Span(at, at), text.replace("\n", newline))

    def _is_unended(self, at: int) -> bool:
        """Whether a place is the end of a file whose last line has no end."""
        return at == len(self.text) and self.text[-1:] not in ("\n", "")

    def _newline(self, at: int) -> str:
        """How lines end where a new one is put."""
        before = self.text.rfind("\n", 0, at)
        end = before if before >= 0 else self.text.find("\n")
        return "\r\n" if end > 0 and self.text[end - 1] == "\r" else "\n"
