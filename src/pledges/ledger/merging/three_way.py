"""Two versions of a ledger merged by what each has changed since their common base.

It goes by pledge, key and entry of a history.  What only one side has changed is taken from there,
with its comments; what both have changed to different values is a conflict, which is marked in the
text and never decided.  The text is good only if it is read as what both sides say together.
"""

import io
import re
from collections.abc import Callable, Sequence
from itertools import chain
from operator import attrgetter
from typing import Any, NamedTuple, TypeVar

import rtoml
from msgspec.structs import replace

from pledges.domain.conflicts import ABSENT, Conflict, ConflictPlace, Twins
from pledges.ledger.editing.amend import is_same
from pledges.ledger.editing.text_diff import line_changes
from pledges.ledger.editing.toml_writing import value_text
from pledges.ledger.merging.order import Versions, part_versions, twins
from pledges.ledger.merging.tree import Block, Part, Statement, put, tree, value_digest
from pledges.ledger.reading.decode import Table

Piece = str | Conflict
AnyVersion = TypeVar("AnyVersion")


class MergedPart(NamedTuple):
    """What comes of a part: its text in pieces, and its value for either choice in conflicts."""

    pieces: Sequence[Piece] = ()
    values: tuple[Any, Any] = (ABSENT, ABSENT)


class Merge(NamedTuple):
    """The merged text, its conflicts by the lines of their marks, and the twins in it."""

    text: str
    conflicts: Sequence[tuple[int, Conflict]]
    twins: Sequence[Twins]


def merged(base: str, ours: str, theirs: str, marker_size: int = 7) -> Merge:
    """Merge the texts of three versions.

    Raises: ``NoTree`` if one of them is not TOML, or if the result can't be proven to say what
    both sides say.
    """
    texts = (base, ours, theirs)
    if (same := _undisputed(*texts)) is not None:
        return Merge(same, (), ())
    styles = [_Style.of(each) for each in texts]
    plain = (style.plain(text) for style, text in zip(styles, texts, strict=True))
    merger = _Merger()
    try:
        one, two, three = map(tree, plain)
    except rtoml.TomlParsingError:
        raise NoTree("a version of it is not valid TOML") from None
    outcome = merger.block(one, two, three, ConflictPlace())
    if not _is_proven(outcome, outcome.values):
        raise NoTree("its versions are written in forms that do not go together")
    marked, line, conflicts = list[str](), 1, list[tuple[int, Conflict]]()
    for each in outcome.pieces:
        if isinstance(each, Conflict):
            conflicts.append((line, each))
            # The marks are those that editors and git know.
            begin, middle, end = (sign * marker_size for sign in "<=>")
            our_lines, their_lines = each.lines
            marked.append(f"{begin} ours\n{our_lines}{middle}\n{their_lines}{end} theirs\n")
        else:
            marked.append(each)
        line += marked[-1].count("\n")
    style = styles[2] if styles[1] == styles[0] else styles[1]
    return Merge(style.styled("".join(marked)), conflicts, merger.twins)


class NoTree(Exception):
    """Why versions can't be merged by their parts, as the beginning of a sentence."""


class _Style(NamedTuple):
    """What holds for all lines of a file: a mark before the first, and how they end."""

    mark: str
    newline: str
    is_ended: bool

    @classmethod
    def of(cls, text: str) -> "_Style":
        is_crlf = "\r\n" in text and not re.search(r"(?<!\r)\n", text)
        mark = "\ufeff" if text.startswith("\ufeff") else ""
        return cls(mark, "\r\n" if is_crlf else "\n", text.endswith("\n") or not text)

    def plain(self, text: str) -> str:
        """The text without its style, with the last line ended."""
        text = text.removeprefix(self.mark)
        text = text.replace("\r\n", "\n") if self.newline == "\r\n" else text
        return text if not text or text.endswith("\n") else f"{text}\n"

    def styled(self, text: str) -> str:
        """The text in this style."""
        text = text if self.is_ended else text.removesuffix("\n")
        return self.mark + (text.replace("\n", "\r\n") if self.newline == "\r\n" else text)


def _is_proven(outcome: MergedPart, values: tuple[Table, Table]) -> bool:
    """Whether the text, with either side chosen in each conflict, is read as the values."""
    for side, value in enumerate(values):
        lines = (x if isinstance(x, str) else x.lines[side] for x in outcome.pieces)
        try:
            if not is_same(rtoml.loads("".join(lines)), value):
                return False
        except rtoml.TomlParsingError:
            return False
    return True


class _Merger:
    """Merges the parts of three trees, and collects the twins in them."""

    def __init__(self) -> None:
        self.twins: list[Twins] = []

    def block(self, base: Block, ours: Block, theirs: Block, place: ConflictPlace) -> MergedPart:
        """Merge a table that both sides have."""
        if block := _undisputed(base, ours, theirs, attrgetter("text")):
            return MergedPart([block.text], (block.content, block.content))
        pieces = [*self.statement(base.header, ours.header, theirs.header, place).pieces]
        values: tuple[Table, Table] = ({}, {})
        for versions in part_versions(base, ours, theirs):
            outcome = self.part(versions, _place_of(versions.one, place))
            pieces += outcome.pieces
            _put_each(values, versions.one, outcome)
        self.twins += [Twins(place.table, *each) for each in twins(base, ours, theirs)]
        pieces.append(_merged_lines(base.ending, ours.ending, theirs.ending))
        return MergedPart(pieces, values)

    def part(self, versions: Versions[Any], place: ConflictPlace) -> MergedPart:
        """Merge a key or a table that not all versions may have."""
        base, ours, theirs = versions
        if isinstance(ours, Statement) and theirs:
            return self.statement(base, ours, theirs, place)
        if ours and theirs:
            return self.blocks(base, ours, theirs, place)
        if not base:
            return MergedPart([versions.one.text], (versions.one.content,) * 2)
        there: Part | None = ours or theirs
        if there and there.digest != base.digest:
            return _conflict(place, ours, theirs)
        # What one side has taken out is gone; but the other may have put a comment there.
        comments = there.comments if there else ()
        return MergedPart(["".join(f"{x}\n" for x in comments if x not in base.comments)])

    def blocks(
        self, base: Block | None, ours: Block, theirs: Block, place: ConflictPlace
    ) -> MergedPart:
        """Merge a table that both sides have, if it is the same one and can be merged."""
        if not base and ours.content.get("title") != theirs.content.get("title"):
            return _conflict(place, ours, theirs)  # two pledges that were given one id
        outcome = self.block(base or Block(), ours, theirs, place)
        around: tuple[Table, Table] = ({}, {})
        _put_each(around, ours, outcome)
        # One side may have written it in another form, as measure.target and [pledge.measure].
        is_inside = place.record or place.key
        is_good = is_inside or _is_proven(outcome, around)
        return outcome if is_good else _conflict(place, ours, theirs)

    def statement(
        self, base: Statement | None, ours: Statement, theirs: Statement, place: ConflictPlace
    ) -> MergedPart:
        """Merge a key with its value, or a header, that both sides have."""
        was, lead_was, rest_was = (base.digest, base.lead, base.rest) if base else (None, "", "\n")
        lead = _merged_lines(lead_was, ours.lead, theirs.lead)
        chosen: Statement | None = theirs
        if theirs.digest in (was, ours.digest):
            # If the values are the same, the one of which the layout was changed is taken.
            chosen = theirs if base and ours.lines == base.lines else ours
        elif ours.digest != was:
            chosen = _with_both(base, ours, theirs)
        if not chosen:
            values = ours.content, theirs.content
            return MergedPart([lead, Conflict(place, (ours.lines, theirs.lines), values)], values)
        rest, comment = _merged_rest(rest_was, ours.rest, theirs.rest)
        text = f"{lead}{comment}{chosen.head}{chosen.written}{rest}"
        return MergedPart([text], (chosen.content, chosen.content))


def _place_of(part: Part, around: ConflictPlace) -> ConflictPlace:
    """The place of a key or a table that is inside of another."""
    if isinstance(part, Block) and not around.table:
        name = str(part.content.get("id", "")) if part.is_record else ".".join(part.key)
        return ConflictPlace(name)
    if part.is_record:
        return around._replace(record=(part.key[-1], part.content))
    return around._replace(key=".".join([around.key, *part.key] if around.key else part.key))


def _undisputed(
    base: Any, ours: AnyVersion, theirs: AnyVersion, key: Callable[[Any], object] = str
) -> AnyVersion | None:
    """The version to take if only one side has changed it, or both have changed it alike."""
    was, one, two = map(key, (base, ours, theirs))
    return ours if two in (was, one) else theirs if one == was else None


def _conflict(place: ConflictPlace, ours: Part | None, theirs: Part | None) -> MergedPart:
    """A conflict about the whole of a part, which one side may have taken out."""
    lines = ours.text if ours else "", theirs.text if theirs else ""
    values = ours.content if ours else ABSENT, theirs.content if theirs else ABSENT
    return MergedPart([Conflict(place, lines, values)], values)


def _put_each(values: tuple[Table, Table], part: Part, outcome: MergedPart) -> None:
    """Put what comes of a part into the tables that it is in, for either choice."""
    for table, value in zip(values, outcome.values, strict=True):
        if value is not ABSENT:
            put(table, part.key, value, is_record=part.is_record)


def _with_both(base: Statement | None, ours: Statement, theirs: Statement) -> Statement | None:
    """A table in braces with the changes of both; None if they differ, or there are comments."""
    content = _merged_value(base.content if base else ABSENT, ours.content, theirs.content)
    if content is ABSENT or "#" in ours.written + theirs.written:
        return None
    return replace(ours, content=content, written=value_text(content))


def _merged_value(base: Any, ours: Any, theirs: Any) -> Any:
    """What a value becomes by both changes; ``ABSENT`` if they differ."""
    if (value := _undisputed(base, ours, theirs, value_digest)) is not None:
        return value
    if not (isinstance(ours, dict) and isinstance(theirs, dict)):
        return ABSENT
    was = base if isinstance(base, dict) else {}
    merged_table = {}
    for key in dict.fromkeys([*ours, *theirs]):
        versions = [each.get(key, ABSENT) for each in (was, ours, theirs)]
        value = _merged_value(*versions)
        if value is ABSENT and ABSENT not in versions[1:]:
            return ABSENT
        if value is not ABSENT:
            merged_table[key] = value
    return merged_table


def _merged_lines(base: str, ours: str, theirs: str) -> str:
    """Blank lines and comments with what both sides have changed; no line is a conflict there."""
    if (same := _undisputed(base, ours, theirs)) is not None:
        return same
    was = list(io.StringIO(base))
    added: list[list[str]] = [[] for _ in range(len(was) + 1)]
    gone: set[int] = set()
    for side in (ours, theirs):
        lines = list(io.StringIO(side))
        for first, last, start, end in line_changes(was, lines):
            gone.update(range(first, last))
            added[first] += [each for each in lines[start:end] if each not in added[first]]
    kept = [[] if at in gone else [line] for at, line in enumerate(was)]
    return "".join(chain(*chain(*zip(added, [*kept, []], strict=True))))


def _merged_rest(base: str, ours: str, theirs: str) -> tuple[str, str]:
    """What follows a value, and a comment that has no room there and goes above."""
    if (same := _undisputed(base, ours, theirs)) is not None:
        return same, ""
    (end, _, below), (other_end, _, other_below) = ours.partition("\n"), theirs.partition("\n")
    is_lost = other_end.strip() not in ("", end.strip(), base.partition("\n")[0].strip())
    comment = f"{other_end.strip()}\n" if is_lost else ""
    return f"{end}\n{_merged_lines('', below, other_below)}", comment
