"""Two texts of a ledger as a unified diff, as ``patch`` and ``git apply`` read it."""

import io
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from typing import Final

CONTEXT: Final = 3
"""Lines that are shown around a change."""

UNENDED: Final = "\n\\ No newline at end of file\n"

Change = tuple[int, int, int, int]
"""Lines of the old text, from one up to another, and those of the new one in their place."""


def unified(old: str, new: str, name: str) -> str:
    """What has to be done to ``old`` to make ``new``; nothing where they are the same.

    Where ``old`` is empty, the file is made.
    """
    if old == new:
        return ""
    label = name.lstrip("/") + ("\t" if " " in name else "")
    before = f"a/{label}" if old else "/dev/null"
    return f"--- {before}\n+++ b/{label}\n{''.join(_body(_lines(old), _lines(new)))}"


def _lines(text: str) -> list[str]:
    """The lines with their ends; only a line feed ends one."""
    return list(io.StringIO(text, newline="\n"))


def _body(old: Sequence[str], new: Sequence[str]) -> Iterator[str]:
    for hunk in _hunks(_changes(old, new)):
        first, last = hunk[0], hunk[-1]
        before = min(CONTEXT, first[0])
        after = min(CONTEXT, len(old) - last[1])
        yield _place(first[0] - before, last[1] + after, first[2] - before, last[3] + after)
        at = first[0] - before
        for a, b, c, d in hunk:
            yield from _marked(" ", old[at:a])
            yield from _marked("-", old[a:b])
            yield from _marked("+", new[c:d])
            at = b
        yield from _marked(" ", old[at : at + after])


def _changes(old: Sequence[str], new: Sequence[str]) -> list[Change]:
    """The places where the texts differ; what both begin or end with is not compared twice."""
    start = _shared(old, new)
    end = _shared(old[start:][::-1], new[start:][::-1])
    matcher = SequenceMatcher(
        None, old[start : len(old) - end], new[start : len(new) - end], autojunk=False
    )
    return [
        (start + a, start + b, start + c, start + d)
        for tag, a, b, c, d in matcher.get_opcodes()
        if tag != "equal"
    ]


def _hunks(changes: Sequence[Change]) -> list[list[Change]]:
    """The changes, together where no more lines lie between than are shown around them."""
    hunks: list[list[Change]] = []
    for change in changes:
        if hunks and change[0] - hunks[-1][-1][1] <= 2 * CONTEXT:
            hunks[-1].append(change)
        else:
            hunks.append([change])
    return hunks


def _marked(mark: str, lines: Sequence[str]) -> Iterator[str]:
    return (mark + (line if line.endswith("\n") else line + UNENDED) for line in lines)


def _shared(one: Sequence[str], other: Sequence[str]) -> int:
    """How many lines both begin with."""
    pairs = enumerate(zip(one, other, strict=False))
    return next((at for at, (a, b) in pairs if a != b), min(len(one), len(other)))


def _place(start: int, end: int, new_start: int, new_end: int) -> str:
    return f"@@ -{_range(start, end)} +{_range(new_start, new_end)} @@\n"


def _range(start: int, end: int) -> str:
    """Lines as diffs count them: from 1, and an empty range by the line before it."""
    length = end - start
    return f"{start + 1 if length else start},{length}"
