"""Two texts of a ledger as a unified diff, as ``patch`` and ``git apply`` read it."""

import io
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from typing import Final

CONTEXT: Final = 3
"""Lines that are shown around a change."""

UNENDED: Final = "\n\\ No newline at end of file\n"

Hunk = Sequence[tuple[str, int, int, int, int]]


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
    start = _shared(old, new)
    end = _shared(old[start:][::-1], new[start:][::-1])
    first = max(0, start - CONTEXT)
    last = max(0, end - CONTEXT)
    old, new = old[first : len(old) - last], new[first : len(new) - last]
    for hunk in SequenceMatcher(None, old, new, autojunk=False).get_grouped_opcodes(CONTEXT):
        yield _place(hunk, first)
        for tag, a, b, c, d in hunk:
            if tag == "equal":
                yield from map(" {}".format, map(_ended, old[a:b]))
            else:
                yield from map("-{}".format, map(_ended, old[a:b]))
                yield from map("+{}".format, map(_ended, new[c:d]))


def _shared(one: Sequence[str], other: Sequence[str]) -> int:
    """How many lines both begin with."""
    pairs = enumerate(zip(one, other, strict=False))
    return next((at for at, (a, b) in pairs if a != b), min(len(one), len(other)))


def _ended(line: str) -> str:
    return line if line.endswith("\n") else f"{line}{UNENDED}"


def _place(hunk: Hunk, first: int) -> str:
    old = _range(first + hunk[0][1], first + hunk[-1][2])
    new = _range(first + hunk[0][3], first + hunk[-1][4])
    return f"@@ -{old} +{new} @@\n"


def _range(start: int, end: int) -> str:
    """Lines as diffs count them: from 1, and an empty range by the line before it."""
    length = end - start
    return f"{start + 1 if length else start},{length}"
