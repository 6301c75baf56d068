"""New lines and values put where they belong in a ledger's text, in the manner of what is there."""

import re
from collections.abc import Callable, Sequence
from functools import partial
from typing import Any, Final, NamedTuple

from msgspec import Struct

from pledges.ledger.editing.insertion_points import Layout, UnexpectedLayout
from pledges.ledger.editing.toml_writing import block_text, key_text, pair_text, value_text
from pledges.ledger.reading.decode import Table
from pledges.ledger.text.finding import LISTS, KeyPosition, Path, Span
from pledges.ledger.text.scan import line_end

BEFORE_PLEDGES: Final = ("sources", "pillars", "parties", "plan")
"""The tables after which a new register is put: the first of these that there is."""

_END_OF_ELEMENT: Final = re.compile(r"[ \t]*(,?)[ \t]*(?:#[^\n]*?)?(\r?\n)")

LINE, BLOCK, PLEDGE = range(3)
"""The order of what is put at one place: a line of the table above first, a pledge last."""


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


class SplicePlanner:
    """Finds the splices for each step.

    Raises, in all its methods: ``UnexpectedLayout`` if something is not where it should be.
    """

    def __init__(self, layout: Layout) -> None:
        self.layout = layout
        self.text = layout.text
        self.inserters: dict[tuple[Path, int], Callable[[Table], Splice]] = {}

    def text_after(self, steps: Sequence[Step]) -> str:
        """The text with the steps done, if the layout is right."""
        splices: list[Splice] = []
        for step in steps:
            match step:
                case SetValue():
                    splices.append(self._set_value(step))
                case InsertRecord():
                    splices.append(self._insert_record(step))
                case RemoveKey() | RemoveRecord():
                    pass
        gone = [each.path for each in steps if isinstance(each, RemoveKey | RemoveRecord)]
        return self._spliced([*splices, *self._removals(gone)])

    def text_with_moved(self, number: int, after: int) -> str:
        """The text with one pledge put after another, with the comments right above it.

        ``after`` is -1 if there is no other one.
        """
        if after < 0:
            return self.text
        path, last = ("pledge", number), ("pledge", after)
        if not (self.layout.has_header(path) and self.layout.has_header(last)):
            raise UnexpectedLayout
        gone, at = self._block_span(path), self.layout.end(last)
        start, end = self._block_lines(path)
        if after == number - 1 and not self.text[at:start].strip():
            return self.text  # it is there, and below no heading of the next pillar
        newline = self._newline(at)
        block = self.text[start:end].rstrip("\r\n")
        is_dense = gone.start == start  # there was no blank line above
        above = "" if is_dense else newline
        text = f"{newline}{above}{block}" if self._is_unended(at) else f"{above}{block}{newline}"
        old = self._without_lines(Span(gone.start, gone.end))
        return self._spliced([old, Splice(at, at, text, PLEDGE)])

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

    def _insert_record(self, step: InsertRecord) -> Splice:
        """A table after another one of its list, or the first one at the end of its owner."""
        place = step.path, step.after
        if place not in self.inserters:  # thousands of pledges may be put at one place
            self.inserters[place] = self._inserter(*place)
        return self.inserters[place](step.record)

    def _inserter(self, path: Path, after: int) -> Callable[[Table], Splice]:
        """How a table is put at a place of its list."""
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

    def _removals(self, paths: Sequence[Path]) -> list[Splice]:
        """What is at these paths taken out: blocks and lines of their own whole, pairs of a line.

        What is next to each other is taken out at once, so that one comma or line end is kept.
        """
        spans = [span for path in self._with_whole_lists(paths) for span in self._spans(path)]
        of_lines = sorted(Span(each.start, each.end) for each in spans if each.is_lines)
        pairs = sorted(Span(each.start, each.end) for each in spans if not each.is_lines)
        inside = [
            each for each in pairs if not any(x.start <= each.start < x.end for x in of_lines)
        ]
        lines = [self._without_lines(each) for each in self._joined(of_lines, r"\s*")]
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
            return [self._block_span(path)]
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
        indent, rest = self._indent(start), _END_OF_ELEMENT.match(self.text, end)
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

    def _block_span(self, path: Path) -> _Removed:
        """The lines of a table, and the blank line above it if there is one below it too."""
        start, end = self._block_lines(path)
        above = self.text.rfind("\n", 0, max(start - 1, 0)) + 1
        is_blank_above = start > 0 and not self.text[above:start].strip()
        is_blank_below = not self.text[end : line_end(self.text, end)].strip()
        return _Removed(above if is_blank_above and is_blank_below else start, end, is_lines=True)

    def _block_lines(self, path: Path) -> tuple[int, int]:
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

    def _without_lines(self, span: Span) -> Splice:
        """Lines taken out; if they were the last ones, the file ends as it did."""
        start, end = span.start, span.end
        if end == len(self.text) and self._is_unended(end):
            start = len(self.text[:start].rstrip("\r\n"))
        return Splice(start, end, "")

    def _replaced_value(self, path: Path, position: KeyPosition, value: Any) -> Splice:
        start, end = position.value.start, position.value.end
        if self._has_comments(path, position.value):
            raise UnexpectedLayout(f"the comments inside the brackets of {path[-1]} would be lost")
        is_on_its_own_line = self._indent(position.key.start) is not None
        has_room = is_on_its_own_line and self._newline(end) == "\n"
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
        text = pair_text(str(path[-1]), value, has_room=self._newline(at) == "\n")
        return self._line(at, f"{self._indent(last.key.start) or ''}{text}")

    def _dotted_key(self, path: Path, value: Any) -> Splice:
        """A key of a table that has no place of its own, named from the nearest one that has."""
        owners = [path[:length] for length in range(len(path) - 1, 0, -1)]
        above = next((each for each in owners if self.layout.has_header(each)), ())
        name = ".".join(key_text(str(each)) for each in path[len(above) :])
        return self._line(self.layout.end(path[:-1]), f"{name} = {value_text(value)}")

    def _line(self, at: int, line: str) -> Splice:
        newline = self._newline(at)
        text = f"{newline}{line}" if self._is_unended(at) else f"{line}{newline}"
        return Splice(at, at, text)

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
        rest = _END_OF_ELEMENT.match(self.text, at)
        indent = self._indent(last.value.start)
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
        newline = self._newline(at)
        position = self.layout.position(like) if like else None
        start = self.text.rfind("[[", 0, position.key.start) if position else -1
        indent = (position and self._indent(start)) or ""
        above = "" if self.text[at : line_end(self.text, at)].strip() else "\n"
        is_unended = self._is_unended(at)
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

    def _indent(self, at: int) -> str | None:
        """What is before a place on its line, if that is blank; else None."""
        before = self.text[self.text.rfind("\n", 0, at) + 1 : at]
        return None if before.strip(" \t\ufeff") else before.lstrip("\ufeff")

    def _is_unended(self, at: int) -> bool:
        """Whether a place is the end of a file whose last line has no end."""
        return at == len(self.text) and self.text[-1:] not in ("\n", "")

    def _newline(self, at: int) -> str:
        """How the line above a place ends, so that a new one there ends the same."""
        before = self.text.rfind("\n", 0, at)
        end = before if before >= 0 else self.text.find("\n")
        return "\r\n" if end > 0 and self.text[end - 1] == "\r" else "\n"
