"""New lines and values put where they belong in a ledger's text, in the manner of what is there."""

import re
from collections.abc import Sequence
from typing import Any, Final

from msgspec import Struct

from pledges.ledger.editing.insertion_points import Layout, Lost
from pledges.ledger.editing.toml_writing import bare_or_quoted, block, inline, long_or_inline, pair
from pledges.ledger.reading.record_types import Table
from pledges.ledger.text.finding import Path, Span
from pledges.ledger.text.scan import KeyPosition

BEFORE_PLEDGES: Final = ("sources", "pillars", "parties", "plan")
"""The tables behind which a new register is put: the first of these that there is."""


LISTS: Final = ("pledge", "update", "claim", "ask")
"""The tables of which there may be several."""

_END_OF_ELEMENT: Final = re.compile(r"[ \t]*(,?)[ \t]*(?:#[^\n]*?)?(\r?\n)")

LINE, BLOCK, PLEDGE = range(3)
"""In which order things stand that are put at one place."""


class Splice(Struct, frozen=True):
    """What stands in the new text at a span of the old one."""

    span: Span
    text: str
    rank: int = LINE


def spliced(text: str, splices: Sequence[Splice]) -> str:
    """The text with the splices made.

    Raises: ``Lost`` where one lies inside another.
    """
    parts, at = [], 0
    for splice in sorted(splices, key=lambda each: (each.span.start, each.rank)):
        if splice.span.start < at:
            raise Lost
        parts += [text[at : splice.span.start], splice.text]
        at = splice.span.end
    return "".join([*parts, text[at:]])


class Splicer:
    """Finds the splices for each step.

    Raises, in all its methods: ``Lost`` where a thing is not where it should be.
    """

    def __init__(self, layout: Layout) -> None:
        self.layout = layout
        self.text = layout.text

    def set(self, path: Path, value: Any, *, has_others: bool) -> list[Splice]:
        """A value in the place of another, or a new key at the end of its table.

        ``has_others`` says whether the table has any keys.
        """
        owner, key, spot = path[:-1], str(path[-1]), self.layout.spot(path)
        if has_others and not any(self.layout.within(owner)):
            raise Lost
        if spot and not self.layout.has_header(path):
            return [self._in_place(spot, value)]
        if isinstance(value, dict) and self._holds_tables(owner):
            at = self.layout.end(owner) if has_others and owner else self._end_of_head()
            return [self._block(at, path, value)]
        if self.layout.has_header(owner):
            return [self._key(owner, key, value)]
        if around := self.layout.spot(owner):
            return [self._in_braces(around, self._last_in(owner), pair(key, value))]
        return [self._dotted(path, value)]

    def add(self, path: Path, record: Table, count: int) -> list[Splice]:
        """A table behind the ``count`` that are at the path."""
        owner, last = path[:-1], (*path, count - 1)
        if count and self.layout.has_header(last):
            return [self._block(self.layout.end(last), path, record, like=last)]
        if around := self.layout.spot(path):
            return self._in_brackets(around, self.layout.spot(last), inline(record))
        if self.layout.has_header(owner):
            return [self._block(self.layout.end(owner), path, record, like=owner)]
        if around := self.layout.spot(owner):
            return [self._in_braces(around, self._last_in(owner), pair(str(path[-1]), [record]))]
        raise Lost

    def insert(self, after: int, pledge: Table) -> list[Splice]:
        """A pledge behind the one of the number ``after``; where that is -1, at the end."""
        before: Path = ("pledge", after)
        if around := self.layout.spot(("pledge",)):
            return self._in_brackets(around, self.layout.spot(before), inline(pledge))
        if after < 0:
            return [self._block(len(self.text), ("pledge",), pledge)]
        at = self.layout.end(before)
        return [self._block(at, ("pledge",), pledge, like=before)]

    def _in_place(self, spot: KeyPosition, value: Any) -> Splice:
        old = self.text[spot.value.start : spot.value.end]
        if old[0] in "[{" and "#" in old and "\n" in old:  # its comments would go
            raise Lost
        is_on_its_own_line = self._indent(spot.key.start) is not None
        has_long = is_on_its_own_line and self._newline(spot.value.end) == "\n"
        return Splice(spot.value, long_or_inline(value) if has_long else inline(value))

    def _holds_tables(self, owner: Path) -> bool:
        """Whether the tables inside a table have headers of their own, or would have."""
        inside = (path for path, _ in self.layout.within(owner) if len(path) == len(owner) + 1)
        return not self.layout.spot(owner) or any(map(self.layout.has_header, inside))

    def _end_of_head(self) -> int:
        for name in BEFORE_PLEDGES:
            if any(self.layout.within((name,))):
                return self.layout.end((name,))
        raise Lost

    def _key(self, owner: Path, key: str, value: Any) -> Splice:
        """A key at the end of a table under a header, indented as the last one is."""
        last = self.layout.last_key(owner)
        at = self.layout.line_end(last.value.end)
        has_long = self._newline(at) == "\n"
        text = f"{bare_or_quoted(key)} = {long_or_inline(value) if has_long else inline(value)}"
        return self._line(at, (self._indent(last.key.start) or "") + text)

    def _dotted(self, path: Path, value: Any) -> Splice:
        """A key of a table that has no place of its own, named from the nearest one that has."""
        owners = [path[:length] for length in range(len(path) - 1, 0, -1)]
        above = next((each for each in owners if self.layout.has_header(each)), ())
        name = ".".join(bare_or_quoted(str(each)) for each in path[len(above) :])
        return self._line(self.layout.end(path[:-1]), f"{name} = {inline(value)}")

    def _last_in(self, owner: Path) -> int | None:
        """Where the last key in a table in braces ends."""
        ends = [spot.value.end for path, spot in self.layout.within(owner) if path != owner]
        return max(ends, default=None)

    def _in_braces(self, around: KeyPosition, last: int | None, new: str) -> Splice:
        at = last or around.value.start + 1
        return Splice(Span(at, at), f", {new}" if last else f" {new} ")

    def _in_brackets(self, around: KeyPosition, last: KeyPosition | None, new: str) -> list[Splice]:
        """An element at the end of a list, on a line of its own where the last one has its own."""
        start = around.value.start + 1
        if not last:
            return [Splice(Span(start, start), new)]
        at = last.value.end
        rest = _END_OF_ELEMENT.match(self.text, at)
        indent = self._indent(last.value.start)
        if not rest or indent is None:
            return [Splice(Span(at, at), f", {new}")]
        line = Splice(Span(rest.end(), rest.end()), f"{indent}{new}{rest[1]}{rest[2]}")
        return [line] if rest[1] else [Splice(Span(at, at), ","), line]

    def _line(self, at: int, line: str) -> Splice:
        newline = self._newline(at)
        if self._is_unended(at):
            return Splice(Span(at, at), f"{newline}{line}")
        return Splice(Span(at, at), f"{line}{newline}")

    def _block(self, at: int, path: Path, content: Table, like: Path | None = None) -> Splice:
        """A table under its header; the last line of the file ends as it did.

        A blank line stands before it where one stands before others; ``like`` is the path of a
        table whose indentation it takes.
        """
        names = [str(each) for each in path if isinstance(each, str)]
        newline = self._newline(at)
        spot = self.layout.spot(like) if like else None
        indent = (spot and self._indent(self.text.rfind("[[", 0, spot.key.start))) or ""
        lines = block(
            names,
            content,
            is_one_of_several=names[0] == "pledge" and names[-1] in LISTS,
            has_long=newline == "\n" and not indent,
        )
        lines = re.sub(r"^(?=.)", indent, lines, flags=re.MULTILINE)
        above = "" if self._is_dense(at) else "\n"
        text = f"\n{above}{lines[:-1]}" if self._is_unended(at) else f"{above}{lines}"
        rank = PLEDGE if path == ("pledge",) else BLOCK
        return Splice(Span(at, at), text.replace("\n", newline), rank)

    def _indent(self, at: int) -> str | None:
        """What stands before a place on its line, where that is blank; else None."""
        before = self.text[self.text.rfind("\n", 0, at) + 1 : at]
        return None if before.strip(" \t\ufeff") else before.lstrip("\ufeff")

    def _is_dense(self, at: int) -> bool:
        """Whether blocks stand without blank lines between them where a new one is put."""
        return bool(self.text[at : self.layout.line_end(at)].strip())

    def _is_unended(self, at: int) -> bool:
        """Whether a place is the end of a file whose last line has no end."""
        return at == len(self.text) and self.text[-1:] not in ("\n", "")

    def _newline(self, at: int) -> str:
        """How lines end where a new one is put."""
        before = self.text.rfind("\n", 0, at)
        end = before if before >= 0 else self.text.find("\n")
        return "\r\n" if end > 0 and self.text[end - 1] == "\r" else "\n"
