"""Where each key and value of a TOML text stands, and which statements are none.

``scan`` walks a text statement by statement.  It never judges what a value means: it finds the
span of every table header, key and value, and sets aside the lines that don't follow the grammar,
so that the rest can still be read and everything that is wrong can be told at once.
"""

import re
from itertools import islice
from typing import Final, NamedTuple

import rtoml
from msgspec import Struct

from pledges.ledger.text.finding import Path, Span

_PART: Final = r"""(?:[A-Za-z0-9_-]+|"(?:[^"\\\n]|\\[^\n])*"|'[^'\n]*')"""
_KEY: Final = rf"{_PART}(?:[ \t]*\.[ \t]*{_PART})*"
_END: Final = re.compile(r"[ \t]*(?:#[^\n]*)?\r?(?:\n|\Z)")
_HEADER: Final = re.compile(rf"[ \t]*(?:\[\[[ \t]*({_KEY})[ \t]*\]\]|\[[ \t]*({_KEY})[ \t]*\])")
_ASSIGNMENT: Final = re.compile(rf"[ \t]*({_KEY})[ \t]*=[ \t]*")
_LIKE_HEADER: Final = re.compile(rf"[ \t]*[\"'\]]*(\[+)[ \t]*({_KEY})(?![^\]\n]*=)")
_LIKE_ASSIGNMENT: Final = re.compile(rf"[ \t\[\]]*({_KEY})[ \t]*[=:][ \t]*")
_SPACE: Final = re.compile(r"(?:[ \t\r\n]|#[^\n]*)*")
_STRING: Final = re.compile(
    r'"""(?:[^\\]|\\.)*?"""(?:"{0,2})'
    r"|'''.*?'''(?:'{0,2})"
    r'|"(?!"")(?:[^"\\\n]|\\[^\n])*"'
    r"|'(?!'')[^'\n]*'",
    re.DOTALL,
)
_SCALAR: Final = re.compile(
    r"(?:true|false|[+-]?(?:inf|nan)"
    r"|\d{4}-\d\d-\d\d(?:[Tt ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:[Zz]|[+-]\d\d:\d\d)?)?"
    r"|\d\d:\d\d(?::\d\d(?:\.\d+)?)?"
    r"|0x[0-9A-Fa-f_]+|0o[0-7_]+|0b[01_]+"
    r"|[+-]?(?:0|[1-9](?:_?\d)*)(?:\.\d(?:_?\d)*)?(?:[eE][+-]?\d(?:_?\d)*)?)"
    r"(?=[ \t\r\n,\]}#]|\Z)"
)
_DEEPEST: Final = 80


class KeyPosition(NamedTuple):
    """Where a key or a table header stands, and its value (of a header: the header again)."""

    key: Span
    value: Span


class BrokenStatement(NamedTuple):
    """A statement that is none: its lines, what it seems to set, and where reading it failed.

    ``header`` is the table header that was meant, where one was.
    """

    lines: Span
    path: Path
    failed: int
    header: str | None = None


class Repetition(NamedTuple):
    """A key or table that is set a second time."""

    path: Path
    first: Span
    again: Span
    lines: Span


class Scan(Struct):
    """What was found in a text; ``muted`` are the lines of a table that stands twice."""

    positions: dict[Path, KeyPosition] = {}
    broken_statements: list[BrokenStatement] = []
    repetitions: list[Repetition] = []
    ignored_lines: list[Span] = []


def scan(text: str) -> Scan:
    """Where everything in ``text`` stands."""
    scanner = _Scanner(text)
    scanner.run()
    return scanner.found


def keys_of(dotted: str) -> list[str]:
    """The parts of a dotted key, without their quotes; no more than the judge would read."""
    parts = (found[0] for found in re.finditer(_PART, dotted))
    return [_without_quotes(part) for part in islice(parts, _DEEPEST + 1)]


def _without_quotes(part: str) -> str:
    """A bare or quoted part of a key as the judge reads it."""
    if part[:1] == '"' and "\\" in part:
        try:
            return next(iter(rtoml.loads(f"{part} = 0")))
        except rtoml.TomlParsingError:
            pass
    return part[1:-1] if part[:1] in ("'", '"') else part


class _Scanner:
    """Walks the text once, from its start to its end."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 1 if text.startswith("\ufeff") else 0
        self.table: Path = ()
        self.counts: dict[Path, int] = {}
        self.found = Scan()
        self.failed = 0
        self.is_muted = False
        self.last_conflict_end = text.rfind("\n>>>>>>> ")

    def run(self) -> None:
        while self.at < len(self.text):
            if end := _END.match(self.text, self.at):
                self.at = end.end()
            else:
                self._statement()

    def _statement(self) -> None:
        self.failed = start = self.at
        header = _HEADER.match(self.text, start)
        if header and (end := _END.match(self.text, header.end())):
            self._open_table(header, Span(start, end.end()))
        elif header or not self._assignment(start):
            self._set_aside(start)

    def _open_table(self, header: re.Match[str], lines: Span) -> None:
        keys = keys_of(header[1] or header[2])
        span = Span(*header.span(1 if header[1] else 2))
        path = self._inside(keys)
        self.at = lines.end
        if header[1] and path in self.found.positions:  # [[pledge]] after [pledge], which is told
            self.is_muted = True
            self.found.ignored_lines.append(lines)
            return
        is_one_of_several = bool(header[1]) or path in self.counts
        self.table = self._array(keys) if is_one_of_several else path
        self.is_muted = False
        self.is_muted = not self._note(self.table, KeyPosition(span, span), lines)
        if is_one_of_several and not header[1]:  # [pledge] after [[pledge]]
            self.found.broken_statements.append(
                BrokenStatement(lines, self.table, lines.start, f"[[{header[2]}]]")
            )

    def _assignment(self, start: int) -> bool:
        found = _ASSIGNMENT.match(self.text, start)
        if not found:
            return False
        path = (*self.table, *keys_of(found[1]))
        self.failed = found.end()
        nested: dict[Path, KeyPosition] = {}
        value_end = self._value(found.end(), path, nested, depth=0)
        end = _END.match(self.text, value_end) if value_end else None
        if not value_end or not end:
            self.failed = value_end or self.failed
            return False
        spot = KeyPosition(Span(*found.span(1)), Span(found.end(), value_end))
        if self._note(path, spot, Span(start, end.end())):
            self.found.positions.update(nested)
        self.at = end.end()
        return True

    def _note(self, path: Path, spot: KeyPosition, lines: Span) -> bool:
        if self.is_muted:
            self.found.ignored_lines.append(lines)
            return False
        if first := self.found.positions.get(path):
            self.found.repetitions.append(Repetition(path, first.key, spot.key, lines))
            return False
        self.found.positions[path] = spot
        return True

    def _array(self, keys: list[str]) -> Path:
        path = self._inside(keys)
        self.counts[path] = self.counts.get(path, -1) + 1
        return (*path, self.counts[path])

    def _inside(self, keys: list[str]) -> Path:
        path: Path = ()
        for key in keys[:-1]:
            path = (*path, key)
            if path in self.counts:
                path = (*path, self.counts[path])
        return (*path, keys[-1])

    def _value(
        self, at: int, path: Path, nested: dict[Path, KeyPosition], depth: int
    ) -> int | None:
        """The end of the value that begins at ``at``; None where there is no value."""
        self.failed = at
        if found := _STRING.match(self.text, at) or _SCALAR.match(self.text, at):
            return found.end()
        opening = self.text[at : at + 1]
        if depth > _DEEPEST or opening not in ("[", "{"):
            return None
        return (self._list if opening == "[" else self._inline)(at + 1, path, nested, depth + 1)

    def _list(self, at: int, path: Path, nested: dict[Path, KeyPosition], depth: int) -> int | None:
        for number in range(len(self.text)):
            at = self._skip(at)
            if self.text[at : at + 1] == "]":
                return at + 1
            end = self._value(at, (*path, number), nested, depth)
            if not end:
                return None
            nested[(*path, number)] = KeyPosition(Span(at, end), Span(at, end))
            at = self._skip(end)
            if self.text[at : at + 1] == ",":
                at += 1
            elif self.text[at : at + 1] != "]":
                self.failed = at
                return None
        return None

    def _inline(
        self, at: int, path: Path, nested: dict[Path, KeyPosition], depth: int
    ) -> int | None:
        at = self._skip(at)
        while self.text[at : at + 1] != "}":
            self.failed = at
            found = _ASSIGNMENT.match(self.text, at)
            end = found and self._value(
                found.end(), inside := (*path, *keys_of(found[1])), nested, depth
            )
            if not found or not end:
                return None
            nested[inside] = KeyPosition(Span(*found.span(1)), Span(found.end(), end))
            at = self._skip(end)
            if self.text[at : at + 1] == ",":
                at = self._skip(at + 1)
            elif self.text[at : at + 1] != "}":
                self.failed = at
                return None
        return at + 1

    def _skip(self, at: int) -> int:
        found = _SPACE.match(self.text, at)
        return found.end() if found else at

    def _set_aside(self, start: int) -> None:
        """Put a statement that is none aside, and go on behind it."""
        end = self._end_of_broken(start)
        path, meant = self.table, None
        if header := _LIKE_HEADER.match(self.text, start):
            is_array = len(header[1]) > 1
            meant = f"[[{header[2]}]]" if is_array else f"[{header[2]}]"
            keys = keys_of(header[2])
            path = self.table = self._array(keys) if is_array else self._inside(keys)
            span = Span(*header.span(2))
            self.found.positions.setdefault(path, KeyPosition(span, span))
        elif key := _LIKE_ASSIGNMENT.match(self.text, start):
            path = (*self.table, *keys_of(key[1]))
        self.found.broken_statements.append(
            BrokenStatement(Span(start, end), path, self.failed, meant)
        )
        self.at = end

    def _end_of_broken(self, start: int) -> int:
        """The end of its line; of an unclosed list or text that runs on, the end of that."""
        if self.text.startswith("<<<<<<< ", start) and start < self.last_conflict_end:
            return self._line_end(self.text.index("\n>>>>>>> ", start) + 1)
        key = _LIKE_ASSIGNMENT.match(self.text, start)
        value = self.text[key.end() : key.end() + 3] if key else ""
        if value in ('"""', "'''"):
            return len(self.text)
        end = self._line_end(start)
        if value[:1] in ("'", '"'):
            return self._end_of_text(value[0], end)
        while value.startswith("[") and end < len(self.text):
            if "]" in self.text[start:end] or self._begins_statement(end):
                break
            start, end = end, self._line_end(end)
        return end

    def _end_of_text(self, quote: str, end: int) -> int:
        """Of a text that runs on over lines, the end of the one that closes it; else ``end``."""
        stop = end
        while stop < len(self.text) and not self._begins_statement(stop):
            start, stop = stop, self._line_end(stop)
            if not self.text[start:stop].strip():
                break
            if quote in self.text[start:stop]:
                return stop
        return end

    def _begins_statement(self, at: int) -> bool:
        return bool(_ASSIGNMENT.match(self.text, at) or _HEADER.match(self.text, at))

    def _line_end(self, at: int) -> int:
        end = self.text.find("\n", at)
        return len(self.text) if end < 0 else end + 1
