"""Two texts of a ledger as a unified diff, as ``patch`` and ``git apply`` read it."""

import io
import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from difflib import SequenceMatcher
from typing import Final

CONTEXT: Final = 3
"""Lines that are shown around a change."""

MOST_COMPARED: Final = 2000
"""Lines that are compared each with each; it takes the square of them, and more."""

UNENDED: Final = "\n\\ No newline at end of file\n"

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
    body = "".join(_body(_lines(old), _lines(new)))
    return f"--- {before}\n+++ {_label(f'b/{label}')}\n{body}"


def _label(name: str) -> str:
    """A file's name in the head of a diff: one with odd characters in quotes, as git has it."""
    if re.search(r'[\x00-\x1f"\\\x7f]', name):
        return '"' + re.sub(r'[\x00-\x1f"\\\x7f]', lambda odd: f"\\{ord(odd[0]):03o}", name) + '"'
    return f"{name}\t" if " " in name else name  # patch takes a name up to the first tab


def _lines(text: str) -> list[str]:
    """The lines with their ends; only a line feed ends one."""
    return list(io.StringIO(text, newline="\n"))


def _body(old: Sequence[str], new: Sequence[str]) -> Iterator[str]:
    """The hunks: each has changes with no more lines between them than are shown around them."""
    hunks: list[list[LineRange]] = []
    for change in _changes(old, new):
        if hunks and change[0] - hunks[-1][-1][1] <= 2 * CONTEXT:
            hunks[-1].append(change)
        else:
            hunks.append([change])
    for hunk in hunks:
        first, last = hunk[0], hunk[-1]
        before, after = min(CONTEXT, first[0]), min(CONTEXT, len(old) - last[1])
        old_range = _range(first[0] - before, last[1] + after)
        yield f"@@ -{old_range} +{_range(first[2] - before, last[3] + after)} @@\n"
        at = first[0] - before
        for a, b, c, d in hunk:
            yield from _marked_lines(" ", old[at:a])
            yield from _marked_lines("-", old[a:b])
            yield from _marked_lines("+", new[c:d])
            at = b
        yield from _marked_lines(" ", old[at : at + after])


def _changes(
    old: Sequence[str], new: Sequence[str], at: int = 0, to: int = 0
) -> Iterator[LineRange]:
    """The places where the texts differ; ``at`` and ``to`` are where these parts of them begin.

    What both begin or end with is set aside, then they are split at the lines that each has once
    (patience diff): these are rarely alike by chance, as blank lines and brackets are, so that a
    new block is shown as one.  What has none of them is compared line by line, unless it is long.
    """
    start = shared_length(old, new)
    end = shared_length(old[start:][::-1], new[start:][::-1])
    old, new = old[start : len(old) - end], new[start : len(new) - end]
    at, to = at + start, to + start
    anchors = _anchors(old, new) if old and new else []
    if anchors:
        a, c = 0, 0
        for b, d in [*anchors, (len(old), len(new))]:
            yield from _changes(old[a:b], new[c:d], at + a, to + c)
            a, c = b + 1, d + 1
    elif old and new and len(old) + len(new) <= MOST_COMPARED:
        matcher = SequenceMatcher(None, old, new, autojunk=False)
        for tag, a, b, c, d in matcher.get_opcodes():
            if tag != "equal":
                yield at + a, at + b, to + c, to + d
    elif old or new:
        yield at, at + len(old), to, to + len(new)


def _anchors(old: Sequence[str], new: Sequence[str]) -> list[tuple[int, int]]:
    """The lines that each has once, as many as are in the same order."""
    once = {line for line, count in Counter(new).items() if count == 1}
    once &= {line for line, count in Counter(old).items() if count == 1}
    places = {line: number for number, line in enumerate(new)}
    return _longest_rise([(at, places[line]) for at, line in enumerate(old) if line in once])


def _longest_rise(pairs: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """The most pairs whose second numbers rise, as the first ones do.

    Patience sorting: a pair goes on the first pile whose top is not below it, and remembers the
    top of the pile before.  From the top of the last pile these lead back through the longest rise.
    """
    tops: list[int] = []
    top_pairs: list[int] = []
    before: list[int] = []
    for number, (_, place) in enumerate(pairs):
        pile = bisect_left(tops, place)
        tops[pile : pile + 1] = [place]
        top_pairs[pile : pile + 1] = [number]
        before.append(top_pairs[pile - 1] if pile else -1)
    rise = []
    at = top_pairs[-1] if top_pairs else -1
    while at >= 0:
        rise.append(pairs[at])
        at = before[at]
    return rise[::-1]


def _marked_lines(mark: str, lines: Iterable[str]) -> Iterator[str]:
    return (mark + (line if line.endswith("\n") else line + UNENDED) for line in lines)


def shared_length(one: Sequence[object], other: Sequence[object]) -> int:
    """How many lines, or bytes, both begin with.

    By bisection: comparing slices is done in C, so that megabytes of bytes take milliseconds, and
    a loop over them would take seconds.
    """
    low, high = 0, min(len(one), len(other))
    while low < high:
        middle = (low + high + 1) // 2
        if one[low:middle] == other[low:middle]:
            low = middle
        else:
            high = middle - 1
    return low


def _range(start: int, end: int) -> str:
    """Lines as diffs count them: from 1, and an empty range by the line before it."""
    length = end - start
    return f"{start + 1 if length else start},{length}"
