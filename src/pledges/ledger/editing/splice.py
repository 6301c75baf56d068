"""New lines and values put where they belong in a ledger's text, in the manner of what is there.

What is to be done to the tables of a ledger are steps, and what is done to its text are splices.
"""

import re
from collections.abc import Callable, Sequence
from functools import cache, partial
from typing import Any, Final

from msgspec import Struct

from pledges.ledger.editing.insertion_points import Layout, UnexpectedLayout
from pledges.ledger.editing.removals import BLOCK, END_OF_ELEMENT, LINE, PLEDGE, Removals, Splice
from pledges.ledger.editing.toml_writing import block_text, key_text, pair_text, value_text
from pledges.ledger.reading.decode import Table
from pledges.ledger.text.finding import LISTS, KeyPosition, Path, Span
from pledges.ledger.text.scan import line_end

BEFORE_PLEDGES: Final = ("sources", "pillars", "parties", "plan")
"""The tables after which a new register is put: the first of these that there is."""


class SetValue(Struct, frozen=True):
    """A value set or added at a path; ``has_others`` says that its table has keys already."""

    path: Path
    value: Any
    has_others: bool


class InsertRecord(Struct, frozen=True):
    """One more table in the list at a path, after the one of this number; -1 is before all."""

    path: Path
    after: int
    record: Table


class RemoveKey(Struct, frozen=True):
    """A key and its value, or a table, taken away."""

    path: Path


class RemoveRecord(Struct, frozen=True):
    """A table taken out of the list that it is in, by the path with its number."""

    path: Path


Step = SetValue | InsertRecord | RemoveKey | RemoveRecord


class SplicePlanner:
    """Finds the splices for each step.

    Raises, in all its methods: ``UnexpectedLayout`` if something is not where it should be.
    """

    def __init__(self, layout: Layout) -> None:
        self.layout = layout
        self.text = layout.text
        self.removals = Removals(layout)
        self.inserter = cache(self._inserter)  # thousands of pledges may be put at one place

    def text_after(self, steps: Sequence[Step]) -> str:
        """The text with the steps done, if the layout is right."""
        splices: list[Splice] = []
        for step in steps:
            if isinstance(step, SetValue):
                splices.append(self._set_value(step))
            elif isinstance(step, InsertRecord):
                splices.append(self.inserter(step.path, step.after)(step.record))
        gone = [each.path for each in steps if isinstance(each, RemoveKey | RemoveRecord)]
        return self._spliced([*splices, *self.removals.splices(gone)])

    def text_with_moved(self, number: int, after: int) -> str:
        """The text with one pledge put after another, with the comments right above it.

        ``after`` is -1 if there is no other one.
        """
        if after < 0:
            return self.text
        path, last = ("pledge", number), ("pledge", after)
        if not (self.layout.has_header(path) and self.layout.has_header(last)):
            raise UnexpectedLayout
        gone, at = self.removals.block_span(path), self.layout.end(last)
        start, end = self.removals.block_lines(path)
        if after == number - 1 and not self.text[at:start].strip():
            return self.text  # it is there, and below no heading of the next pillar
        block = self.text[start:end].rstrip("\r\n")
        above = "" if gone.start == start else self.layout.newline(at)  # as it had before
        old = self.removals.without_lines(Span(gone.start, gone.end))
        return self._spliced([old, self._line(at, f"{above}{block}", PLEDGE)])

    def _spliced(self, splices: Sequence[Splice]) -> str:
        parts: list[str] = []
        at = 0
        # What is put at the start of lines that are taken out comes before them.
        for splice in sorted(splices, key=lambda x: (x.start, x.end > x.start, x.rank)):
            if splice.start < at:  # one is inside another
                raise UnexpectedLayout
            parts += [self.text[at : splice.start], splice.text]
            at = splice.end
        return "".join([*parts, self.text[at:]])

    def _set_value(self, step: SetValue) -> Splice:
        """A value in the place of another, or a new key at the end of its table."""
        path, value, owner = step.path, step.value, step.path[:-1]
        if step.has_others and not any(self.layout.within(owner)):
            raise UnexpectedLayout
        position = self.layout.position(path)
        if position and not self.layout.has_header(path):
            return self._replaced_value(path, position, value)
        if isinstance(value, dict) and self._has_blocks(owner):
            at = self.layout.end(owner) if step.has_others and owner else self._end_of_head()
            return self._block_inserter(at, path)(value)
        if self.layout.has_header(owner):
            return self._key_below_header(path, value)
        if around := self.layout.position(owner):
            return self._pair_in_braces(around, path, value)
        return self._dotted_key(path, value)

    def _inserter(self, path: Path, after: int) -> Callable[[Table], Splice]:
        """How a table is put after another one of its list, or as the first one of its owner."""
        owner, last = path[:-1], (*path, after)
        if after >= 0 and self.layout.has_header(last):
            return self._block_inserter(self.layout.end(last), path, like=last)
        if around := self.layout.position(path):
            return partial(self._element, around, self.layout.position(last))
        if self.layout.has_header(owner):
            return self._block_inserter(self.layout.end(owner), path, like=owner)
        if around := self.layout.position(owner):
            whole = around
            return lambda record: self._pair_in_braces(whole, path, [record])
        if owner or after >= 0:
            raise UnexpectedLayout
        return self._block_inserter(len(self.text), path)

    def _replaced_value(self, path: Path, position: KeyPosition, value: Any) -> Splice:
        start, end = position.value.start, position.value.end
        if self._has_comments(path, position.value):
            raise UnexpectedLayout(f"the comments inside the brackets of {path[-1]} would be lost")
        is_on_its_own_line = self.layout.indent(position.key.start) is not None
        has_room = is_on_its_own_line and self.layout.newline(end) == "\n"
        return Splice(start, end, value_text(value, has_room=has_room))

    def _has_comments(self, path: Path, value: Span) -> bool:
        """Whether there are comments between the elements of a value in brackets."""
        if self.text[value.start] not in "[{":
            return False
        at = value.start
        inside = sorted(each.value for found, each in self.layout.within(path) if found != path)
        for element in [*inside, Span(value.end, value.end)]:
            if "#" in self.text[at : element.start]:
                return True
            is_nested = self.text[element.start : element.start + 1] in ("[", "{")
            at = max(at, element.start if is_nested else element.end)
        return False

    def _has_blocks(self, owner: Path) -> bool:
        """Whether the tables inside a table have headers of their own, or would have."""
        inside = (path for path, _ in self.layout.within(owner) if len(path) == len(owner) + 1)
        return not self.layout.position(owner) or any(map(self.layout.has_header, inside))

    def _end_of_head(self) -> int:
        for name in BEFORE_PLEDGES:
            if any(self.layout.within((name,))):
                return self.layout.end((name,))
        raise UnexpectedLayout

    def _key_below_header(self, path: Path, value: Any) -> Splice:
        """A key at the end of a table under a header, indented as the last one is."""
        last = self.layout.last_key(path[:-1])
        at = line_end(self.text, last.value.end)
        text = pair_text(str(path[-1]), value, has_room=self.layout.newline(at) == "\n")
        return self._line(at, f"{self.layout.indent(last.key.start) or ''}{text}")

    def _dotted_key(self, path: Path, value: Any) -> Splice:
        """A key of a table that has no place of its own, named from the nearest one that has."""
        owners = [path[:length] for length in range(len(path) - 1, 0, -1)]
        above = next((each for each in owners if self.layout.has_header(each)), ())
        name = ".".join(key_text(str(each)) for each in path[len(above) :])
        return self._line(self.layout.end(path[:-1]), f"{name} = {value_text(value)}")

    def _line(self, at: int, line: str, rank: int = LINE) -> Splice:
        newline = self.layout.newline(at)
        text = f"{newline}{line}" if self.layout.is_unended(at) else f"{line}{newline}"
        return Splice(at, at, text, rank)

    def _pair_in_braces(self, around: KeyPosition, path: Path, value: Any) -> Splice:
        """A key with its value at the end of a table in braces."""
        owner, new = path[:-1], pair_text(str(path[-1]), value)
        ends = [each.value.end for inside, each in self.layout.within(owner) if inside != owner]
        at = max(ends, default=around.value.start + 1)
        return Splice(at, at, f", {new}" if ends else f" {new} ")

    def _element(self, around: KeyPosition, last: KeyPosition | None, record: Table) -> Splice:
        """A table at the end of a list, on a line of its own if the last one is on its own."""
        new = value_text(record)
        if not last:
            at = around.value.start + 1
            return Splice(at, at, new)
        at = last.value.end
        rest = END_OF_ELEMENT.match(self.text, at)
        indent = self.layout.indent(last.value.start)
        if not rest or indent is None:
            return Splice(at, at, f", {new}")
        line = f"{indent}{new}{rest[1]}{rest[2]}"
        if rest[1]:
            return Splice(rest.end(), rest.end(), line)
        return Splice(at, rest.end(), f",{rest[0]}{line}")

    def _block_inserter(
        self, at: int, path: Path, like: Path | None = None
    ) -> Callable[[Table], Splice]:
        """How a table is put at a place under its header; the last line of the file ends as it did.

        A blank line is put before it if the blocks around have one; ``like`` is the path of a
        table whose indentation it takes.
        """
        newline = self.layout.newline(at)
        position = self.layout.position(like) if like else None
        start = self.text.rfind("[[", 0, position.key.start) if position else -1
        indent = (position and self.layout.indent(start)) or ""
        above = "" if self.text[at : line_end(self.text, at)].strip() else "\n"
        is_unended = self.layout.is_unended(at)
        names = tuple(str(each) for each in path if isinstance(each, str))
        is_one_of_several = names[0] == "pledge" and names[-1] in LISTS
        has_room = newline == "\n" and not indent
        rank = PLEDGE if path == ("pledge",) else BLOCK

        def block(content: Table) -> Splice:
            lines = block_text(
                names, content, is_one_of_several=is_one_of_several, has_room=has_room
            )
            if indent:
                lines = re.sub(r"^(?=.)", indent, lines, flags=re.MULTILINE)
            text = f"\n{above}{lines[:-1]}" if is_unended else f"{above}{lines}"
            return Splice(at, at, text if newline == "\n" else text.replace("\n", newline), rank)

        return block
