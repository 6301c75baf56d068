"""Two texts of a ledger as a unified diff, as ``patch`` and ``git apply`` read it."""

import io
import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from typing import Final, TypeVar

CONTEXT: Final = 3  # lines that are shown around a change

MOST_COMPARED: Final = 2000
"""Lines that are compared each with each; it takes the square of them, and more."""

UNENDED: Final = "\n\\ No newline at end of file\n"

Line = TypeVar("Line", str, bytes)

LineRange = tuple[int, int, int, int]
"""Lines of the old text, from one up to another, and those of the new one in their place."""


def unified_diff(old: str, new: str, name: str) -> str:
    """What has to be done to ``old`` to make ``new``; nothing if they are the same.

    If ``old`` is empty, the file is made.
    """
    if old == new:
        return ""
    label = name.lstrip("/")
    before = _label(f"a/{label}") if old else "/dev/null"
    # Only a line feed ends a line here; ``splitlines`` knows ten more ends.
    body = "".join(_body(*(io.StringIO(each, newline="\n").readlines() for each in (old, new))))
    return f"--- {before}\n+++ {_label(f'b/{label}')}\n{body}"


def _label(name: str) -> str:
    """A file's name in the head of a diff: one with odd characters in quotes, as git has it."""
    escaped = re.sub(r'[\x00-\x1f"\\\x7f]', lambda odd: f"\\{ord(odd[0]):03o}", name)
    if escaped != name:
        return f'"{escaped}"'
    return f"{name}\t" if " " in name else name  # patch takes a name up to the first tab


def _body(old: Sequence[str], new: Sequence[str]) -> Iterator[str]:
    """The hunks: each has changes with no more lines between them than are shown around them."""
    for hunk in near_changes(old, new, 2 * CONTEXT):
        (first, _, new_first, _), (_, last, _, new_last) = hunk[0], hunk[-1]
        before, after = min(CONTEXT, first), min(CONTEXT, len(old) - last)
        at, end = first - before, last + after
        yield f"@@ -{_range(at, end)} +{_range(new_first - before, new_last + after)} @@\n"
        for a, b, c, d in [*hunk, (end, end, 0, 0)]:
            for mark, lines in ((" ", old[at:a]), ("-", old[a:b]), ("+", new[c:d])):
                yield from (mark + (each if each[-1] == "\n" else each + UNENDED) for each in lines)
            at = b


def _range(start: int, end: int) -> str:
    """Lines as diffs count them: from 1, and an empty range by the line before it."""
    length = end - start
    return f"{start + 1 if length else start},{length}"


def near_changes(
    old: Sequence[Line], new: Sequence[Line], gap: int
) -> Sequence[Sequence[LineRange]]:
    """The places where the texts differ, those together with at most ``gap`` lines in between."""
    groups: list[list[LineRange]] = []
    for change in line_changes(old, new):
        if groups and change[0] - groups[-1][-1][1] <= gap:
            groups[-1].append(change)
        else:
            groups.append([change])
    return groups


def line_changes(
    old: Sequence[Line], new: Sequence[Line], at: int = 0, to: int = 0
) -> Iterator[LineRange]:
    """The places where the texts differ; ``at`` and ``to`` are where these parts of them begin.

    What both begin or end with is set aside, then they are split at the lines that each has once
    (patience diff): these are rarely alike by chance, as blank lines and brackets are, so that a
    new block is shown as one.  What has none of them is compared line by line, unless it is long.
    """
    start, end = shared_ends(old, new)
    old, new = old[start : len(old) - end], new[start : len(new) - end]
    at, to = at + start, to + start
    anchors: list[tuple[int, int]] = _anchors(old, new) if old and new else []
    if anchors:
        a, c = 0, 0
        for b, d in [*anchors, (len(old), len(new))]:
            yield from line_changes(old[a:b], new[c:d], at + a, to + c)
            a, c = b + 1, d + 1
    elif old and new and len(old) + len(new) <= MOST_COMPARED:
        matcher = SequenceMatcher(None, old, new, autojunk=False)
        for tag, a, b, c, d in matcher.get_opcodes():
            if tag != "equal":
                yield at + a, at + b, to + c, to + d
    elif old or new:
        yield at, at + len(old), to, to + len(new)


def _anchors(old: Sequence[Line], new: Sequence[Line]) -> list[tuple[int, int]]:
    """The lines that each has once, by their numbers: as many as are in the same order in both.

    Patience sorting: a line goes on the first pile whose top is not before it in ``new``, and
    remembers the top of the pile before.  From the top of the last pile these lead back through
    the longest rise.
    """
    once = {line for line, count in Counter(old).items() if count == 1}
    once &= {line for line, count in Counter(new).items() if count == 1}
    places = {line: place for place, line in enumerate(new)}
    numbers = {places[line]: at for at, line in enumerate(old) if line in once}
    tops: list[int] = []
    before: dict[int, int] = {}
    for place in numbers:
        pile = bisect_left(tops, place)
        before[place] = tops[pile - 1] if pile else -1
        tops[pile : pile + 1] = [place]
    rise = []
    place = tops[-1] if tops else -1
    while place >= 0:
        rise.append((numbers[place], place))
        place = before[place]
    return rise[::-1]


def shared_ends(one: Sequence[object], other: Sequence[object]) -> tuple[int, int]:
    """How many lines, or bytes, both begin with, and how many of the others both end with."""
    start = _shared_start(one, other)
    return start, _shared_start(one[start:][::-1], other[start:][::-1])


def _shared_start(one: Sequence[object], other: Sequence[object]) -> int:
    """By bisection: slices are compared in C, and a loop over megabytes would take seconds."""
    low, high = 0, min(len(one), len(other))
    while low < high:
        middle = (low + high + 1) // 2
        if one[low:middle] == other[low:middle]:
            low = middle
        else:
            high = middle - 1
    return low
