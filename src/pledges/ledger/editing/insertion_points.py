"""Where the parts of a sound ledger are in its text, if possible without scanning all of it.

What is changed in a pledge is between its ``[[pledge]]`` line and the next one: only that part is
scanned.  These lines are found by their look, which a line in a long text may have too.  So a
layout may be wrong, and what is written by it must be proven; ``full_layout`` scans everything.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from typing import Final

from pledges.ledger.text.finding import KeyPosition, Path, Span
from pledges.ledger.text.scan import line_end, scan

_PLEDGE: Final = re.compile(r"^[ \t]*\[\[[ \t]*pledge[ \t]*\]\]", re.MULTILINE)

Positions = Mapping[Path, KeyPosition]
Part = int | None  # a pledge by its number; None is all that is no pledge


class UnexpectedLayout(Exception):
    """Something is not in the text at the place where it was looked for, or must not be changed.

    Its text says why, if that is of use to the user.
    """


class Layout:
    """The positions of keys and tables, found part by part as they are asked for.

    Raises, in all its methods: ``UnexpectedLayout``.
    """

    def __init__(self, text: str, scan_part: Callable[[Part], Positions]) -> None:
        self.text = text
        self._scan_part = cache(scan_part)
        # Thousands of entries may be put into one table: what is in it is looked for once.
        self._insides = cache(self._inside)
        self.end = cache(self._end)
        self.last_key = cache(self._last_key)

    def position(self, path: Path) -> KeyPosition | None:
        """Where something is; None if it has no place of its own."""
        return self._scan_part(_part(path)).get(path)

    def within(self, path: Path) -> Iterator[tuple[Path, KeyPosition]]:
        """What is at ``path`` and inside it."""
        return iter(self._insides(_part(path)).get(path, {}).items())

    def has_header(self, path: Path) -> bool:
        """Whether a table is under a header of its own, not in braces."""
        position = self.position(path)
        if not position or position.key != position.value:
            return False
        return self.text[position.value.start] != "{"

    def indent(self, at: int) -> str | None:
        """What is before a place on its line, if that is blank; else None."""
        before = self.text[self.text.rfind("\n", 0, at) + 1 : at]
        return None if before.strip(" \t\ufeff") else before.lstrip("\ufeff")

    def is_unended(self, at: int) -> bool:
        """Whether a place is the end of a file whose last line has no end."""
        return at == len(self.text) and self.text[-1:] not in ("\n", "")

    def newline(self, at: int) -> str:
        """How the line above a place ends, so that a new one there ends the same."""
        before = self.text.rfind("\n", 0, at)
        end = before if before >= 0 else self.text.find("\n")
        return "\r\n" if end > 0 and self.text[end - 1] == "\r" else "\n"

    def _end(self, path: Path) -> int:
        """Where the lines of a table end, with those of the tables inside it.

        The comment lines right below are about them, unless a header or key follows at once.
        """
        last = max((position.value.end for _, position in self.within(path)), default=None)
        if last is None:
            raise UnexpectedLayout
        at = end = line_end(self.text, last)
        while self.text[end : line_end(self.text, end)].lstrip(" \t").startswith("#"):
            end = line_end(self.text, end)
        is_blank_below = not self.text[end : line_end(self.text, end)].strip()
        return end if is_blank_below else at

    def _last_key(self, path: Path) -> KeyPosition:
        """The last key of a table that has a header, before the tables inside it; else the header.

        It ends where the last of the values inside it does.
        """
        if not self.has_header(path):
            raise UnexpectedLayout
        found = dict(self.within(path))
        start = found[path].key.start
        headers = (found[each].key.start for each in found if self.has_header(each))
        end = min((at for at in headers if at > start), default=len(self.text))
        own = (each for each in found.values() if start <= each.key.start < end)
        return max(own, key=lambda each: (each.value.end, -each.key.start))

    def _inside(self, part: Part) -> Mapping[Path, Positions]:
        """What is at each path of a part and inside it."""
        inside: dict[Path, dict[Path, KeyPosition]] = {}
        for path, position in self._scan_part(part).items():
            for length in range(len(path) + 1):
                inside.setdefault(path[:length], {})[path] = position
        return inside


def guessed_layout(text: str, pledges: int) -> Layout:
    """The layout of a ledger of so many pledges, by the look of their headers.

    Raises: ``UnexpectedLayout`` if there are not as many headers.
    """
    starts = [found.start() for found in _PLEDGE.finditer(text)]
    if len(starts) != pledges:
        raise UnexpectedLayout
    bounds = [*starts, len(text)]

    def scan_part(part: Part) -> Positions:
        start = 0 if part is None else bounds[part]
        found = scan(text[start : bounds[0 if part is None else part + 1]])
        if found.broken_statements or found.repetitions:  # no ledger has these: it was no header
            return {}
        if part is None:
            return found.positions
        return {
            ("pledge", part, *path[2:]): KeyPosition(
                *(Span(each.start + start, each.end + start) for each in position)
            )
            for path, position in found.positions.items()
            if path[0] == "pledge"
        }

    return Layout(text, scan_part)


def full_layout(text: str) -> Layout:
    """The layout of a ledger, however it is written."""
    parts: dict[Part, dict[Path, KeyPosition]] = {}
    for path, position in scan(text).positions.items():
        parts.setdefault(_part(path), {})[path] = position
    return Layout(text, lambda part: parts.get(part, {}))


def _part(path: Path) -> Part:
    number = path[1] if len(path) > 1 and path[0] == "pledge" else None
    return number if isinstance(number, int) else None
