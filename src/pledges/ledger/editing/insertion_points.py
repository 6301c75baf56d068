"""Where the parts of a sound ledger stand in its text, without walking through all of it.

A pledge stands between its ``[[pledge]]`` line and the next one, and what is changed in it lies
there too: only that part is walked through.  The headers are found by their look, which a text in
quotes may share, so what is built on this must be proven; ``whole`` walks through everything.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Final

from pledges.ledger.text.finding import Path, Span
from pledges.ledger.text.scan import KeyPosition, Scan, scan

_PLEDGE: Final = re.compile(r"^[ \t]*\[\[[ \t]*pledge[ \t]*\]\]", re.MULTILINE)

Spots = Mapping[Path, KeyPosition]


class Lost(Exception):
    """Something does not stand where it was looked for."""


class Layout:
    """The spots of each part: of a pledge by its number, and of all that is no pledge by None.

    Raises, in all its methods: ``Lost`` where something does not stand where it should.
    """

    def __init__(self, text: str, find: Callable[[int | None], Spots]) -> None:
        self.text = text
        self._find = find
        self._found: dict[int | None, Spots] = {}

    def spots(self, path: Path) -> Spots:
        """Everything that stands in the same part as ``path`` does, by its path."""
        part = _part(path)
        if part not in self._found:
            self._found[part] = self._find(part)
        return self._found[part]

    def spot(self, path: Path) -> KeyPosition | None:
        """Where something stands; None where it has no place of its own."""
        return self.spots(path).get(path)

    def within(self, path: Path) -> Iterator[tuple[Path, KeyPosition]]:
        """What stands at ``path`` and inside it."""
        found = self.spots(path).items()
        return ((each, spot) for each, spot in found if each[: len(path)] == path)

    def is_inline(self, spot: KeyPosition) -> bool:
        """Whether a table is written in braces, not under a header."""
        return self.text[spot.value.start] == "{"

    def has_header(self, path: Path) -> bool:
        """Whether a table stands under a header of its own."""
        spot = self.spot(path)
        return bool(spot and spot.key == spot.value and not self.is_inline(spot))

    def line_end(self, at: int) -> int:
        """The start of the next line."""
        end = self.text.find("\n", at)
        return len(self.text) if end < 0 else end + 1

    def end(self, path: Path) -> int:
        """Where the lines of a table end, with those of the tables inside it.

        The comment lines right below them are theirs, unless a header or key follows at once.
        """
        last = max((spot.value.end for _, spot in self.within(path)), default=None)
        if last is None:
            raise Lost
        return self._behind_comments(self.line_end(last))

    def last_key(self, path: Path) -> KeyPosition:
        """The last key of a table that has a header, before the tables inside it; else the header.

        It ends where the last of the values inside it does.
        """
        found = dict(self.within(path))
        if not self.has_header(path):
            raise Lost
        header = found[path]
        later = [spot.key.start for each, spot in found.items() if self._is_later(each, header)]
        last = min(later, default=len(self.text))
        own = (each for each in found.values() if header.key.start <= each.key.start < last)
        return max(own, key=lambda each: (each.value.end, -each.key.start))

    def _is_later(self, path: Path, header: KeyPosition) -> bool:
        return self.has_header(path) and self.spots(path)[path].key.start > header.key.start

    def _behind_comments(self, at: int) -> int:
        end = at
        while self.text[end : self.line_end(end)].lstrip(" \t").startswith("#"):
            end = self.line_end(end)
        is_theirs = not self.text[end : self.line_end(end)].strip()
        return end if is_theirs else at


def guessed(text: str, pledges: int) -> Layout | None:
    """The layout of a ledger of so many pledges, by the look of their headers."""
    starts = [found.start() for found in _PLEDGE.finditer(text)]
    bounds = [*starts, len(text)]

    def find(part: int | None) -> Spots:
        if part is None:
            return _sound(scan(text[: bounds[0]]))
        found = _sound(scan(text[bounds[part] : bounds[part + 1]]))
        inside = {path: spot for path, spot in found.items() if path[0] == "pledge"}
        return {("pledge", part, *path[2:]): _moved(inside[path], bounds[part]) for path in inside}

    return Layout(text, find) if len(starts) == pledges else None


def whole(text: str) -> Layout:
    """The layout of a ledger, however it is written."""
    parts: dict[int | None, dict[Path, KeyPosition]] = {}
    for path, spot in scan(text).positions.items():
        parts.setdefault(_part(path), {})[path] = spot
    return Layout(text, lambda part: parts.get(part, {}))


def _part(path: Path) -> int | None:
    number = path[1] if len(path) > 1 and path[0] == "pledge" else None
    return number if isinstance(number, int) else None


def _sound(found: Scan) -> Spots:
    """The spots, where all of a part could be read; else none, for a guess that was wrong."""
    return {} if found.broken_statements or found.repetitions else found.positions


def _moved(spot: KeyPosition, by: int) -> KeyPosition:
    return KeyPosition(*(Span(each.start + by, each.end + by) for each in spot))
