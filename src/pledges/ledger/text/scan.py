"""The position of each key and value in a TOML text, and the statements that are not TOML.

``scan`` walks through a text statement by statement.  It finds the span of every table header, key
and value without asking what they mean, and sets aside the lines that don't follow the grammar, so
that the rest can still be read and everything that is wrong is reported at once.
"""

import re
from contextlib import suppress
from itertools import islice
from typing import Final, NamedTuple

import rtoml
from msgspec import Struct

from pledges.ledger.text.finding import LISTS, KeyPosition, Path, Span

# Each pattern matches from an offset of the whole text, which is never cut or copied: a ledger of
# many megabytes is scanned in one pass.
_PART: Final = r"""(?:[A-Za-z0-9_-]+|"(?:[^"\\\n]|\\[^\n])*"|'[^'\n]*')"""
# What is a key is not tried as a shorter one, or a long one would take the square of its length.
_KEY: Final = rf"(?>{_PART}(?:[ \t]*\.[ \t]*{_PART})*)"
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
"""How many lists or tables may be inside each other: as many as rtoml reads, which a test holds."""


class BrokenStatement(NamedTuple):
    """A statement that is not TOML: its lines, the path it seems to set, where reading it failed.

    ``header`` is the table header that was probably meant.
    """

    lines: Span
    path: Path
    failed_at: int
    header: str | None = None


class Repetition(NamedTuple):
    """A key or table that is set a second time."""

    path: Path
    first: Span
    second: Span


class Scan(Struct):
    """What a text contains; ``ignored_lines`` are those of what is repeated."""

    positions: dict[Path, KeyPosition] = {}
    broken_statements: list[BrokenStatement] = []
    repetitions: list[Repetition] = []
    ignored_lines: list[Span] = []


def scan(text: str) -> Scan:
    """Return the positions of everything in ``text``."""
    return _Scanner(text).scan()


def line_end(text: str, at: int) -> int:
    """The offset after the line that contains ``at``, its line break included."""
    end = text.find("\n", at)
    return len(text) if end < 0 else end + 1


def _key_parts(dotted: str) -> list[str]:
    """The parts of a dotted key, without their quotes and with their escapes read."""
    if "." not in dotted and '"' not in dotted and "'" not in dotted:
        return [dotted]  # as nearly all keys are
    parts = []
    # More parts than can be nested are never needed, and a line may hold millions of them.
    for found in islice(re.finditer(_PART, dotted), _DEEPEST + 1):
        part = found[0]
        is_quoted = part[:1] in ("'", '"')
        if part[:1] == '"' and "\\" in part:
            with suppress(rtoml.TomlParsingError):
                part, is_quoted = next(iter(rtoml.loads(f"{part} = 0"))), False
        parts.append(part[1:-1] if is_quoted else part)
    return parts


class _Scanner:
    """Walks through a text once, from its start to its end."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 1 if text.startswith("\ufeff") else 0
        self.table: Path = ()
        self.is_ignored = False
        self.counts: dict[Path, int] = {}
        self.nested: dict[Path, KeyPosition] = {}
        self.result = Scan()
        self.failed_at = 0
        self.last_conflict_end = text.rfind("\n>>>>>>> ")

    def scan(self) -> Scan:
        while self.at < len(self.text):
            if end := _END.match(self.text, self.at):
                self.at = end.end()
                continue
            self.failed_at = start = self.at
            header = _HEADER.match(self.text, start)
            if header and (end := _END.match(self.text, header.end())):
                self._open_table(header, Span(start, end.end()))
            elif header or not self._read_assignment(start):
                self._set_aside(start)
        return self.result

    def _ignore_repeated(self, path: Path, span: Span, lines: Span) -> None:
        """Leave out a table of a list whose path is already that of a single table.

        Of [[pledge]] after [pledge] the first one is reported, as a table without a list.
        """
        if path[-1] not in LISTS:
            first = self.result.positions[path].key
            self.result.repetitions.append(Repetition(path, first, span))
        self.is_ignored = True
        self.result.ignored_lines.append(lines)

    def _open_table(self, header: re.Match[str], lines: Span) -> None:
        group = 1 if header[1] else 2
        span, path = Span(*header.span(group)), self._header_path(header[group])
        self.at = lines.end
        if header[1] and path in self.result.positions:
            self._ignore_repeated(path, span, lines)
            return
        is_one_of_several = bool(header[1]) or path in self.counts
        self.table = self._next_of_array(path) if is_one_of_several else path
        self.is_ignored = False
        self.is_ignored = not self._note(self.table, KeyPosition(span, span), lines)
        if is_one_of_several and not header[1]:
            # [pledge] after [[pledge]] is read as if it had two brackets, and reported.
            meant = f"[[{header[2]}]]"
            broken = BrokenStatement(lines, self.table, lines.start, meant)
            self.result.broken_statements.append(broken)

    def _read_assignment(self, start: int) -> bool:
        """Note a key and its value; False if there is none at ``start``."""
        found = _ASSIGNMENT.match(self.text, start)
        if not found:
            return False
        path = (*self.table, *_key_parts(found[1]))
        self.failed_at = found.end()
        self.nested = {}
        value_end = self._value_end(found.end(), path, depth=0)
        end = _END.match(self.text, value_end) if value_end else None
        if not value_end or not end:
            self.failed_at = value_end or self.failed_at
            return False
        position = KeyPosition(Span(*found.span(1)), Span(found.end(), value_end))
        if self._note(path, position, Span(start, end.end())):
            self.result.positions.update(self.nested)
        self.at = end.end()
        return True

    def _note(self, path: Path, position: KeyPosition, lines: Span) -> bool:
        """Keep a position; False if it is repeated, or inside a table that is."""
        first = self.result.positions.get(path)
        if not (first or self.is_ignored):
            self.result.positions[path] = position
            return True
        if first and not self.is_ignored:
            self.result.repetitions.append(Repetition(path, first.key, position.key))
        self.result.ignored_lines.append(lines)
        return False

    def _next_of_array(self, path: Path) -> Path:
        self.counts[path] = self.counts.get(path, -1) + 1
        return (*path, self.counts[path])

    def _header_path(self, dotted: str) -> Path:
        """The path of a header's keys; inside an array of tables it is in the last of these."""
        path: Path = ()
        keys = _key_parts(dotted)
        for key in keys[:-1]:
            path = (*path, key)
            if path in self.counts:
                path = (*path, self.counts[path])
        return (*path, keys[-1])

    def _value_end(self, at: int, path: Path, depth: int) -> int | None:
        """The end of the value that begins at ``at``; None if there is no value."""
        self.failed_at = at
        if found := _STRING.match(self.text, at) or _SCALAR.match(self.text, at):
            return found.end()
        opening = self.text[at : at + 1]
        if depth > _DEEPEST or opening not in ("[", "{"):
            return None
        return self._nested_end(at + 1, path, depth + 1, "]" if opening == "[" else "}")

    def _nested_end(self, at: int, path: Path, depth: int, closing: str) -> int | None:
        """The end of a list or an inline table, after its ``closing`` bracket; None if it fails."""
        number = 0
        while True:
            at = begin = self._skip_space(at)
            if self.text[at : at + 1] == closing:
                return at + 1
            self.failed_at = at
            key, inside = None, (*path, number)
            if closing == "}":
                key = _ASSIGNMENT.match(self.text, at)
                if not key:
                    return None
                begin, inside = key.end(), (*path, *_key_parts(key[1]))
            end = self._value_end(begin, inside, depth)
            if not end:
                return None
            value = Span(begin, end)
            self.nested[inside] = KeyPosition(Span(*key.span(1)) if key else value, value)
            at = self._skip_space(end)
            if self.text[at : at + 1] == ",":
                at += 1
            elif self.text[at : at + 1] != closing:
                self.failed_at = at
                return None
            number += 1

    def _skip_space(self, at: int) -> int:
        found = _SPACE.match(self.text, at)
        return found.end() if found else at

    def _set_aside(self, start: int) -> None:
        """Note a statement that is not TOML, and go on after it."""
        end = self._broken_end(start)
        path, meant = self.table, None
        if header := _LIKE_HEADER.match(self.text, start):
            # What follows a broken header belongs to the table that was meant, so it is opened:
            # otherwise one missing bracket would make a fault of each line below it.
            is_array = len(header[1]) > 1
            meant = f"[[{header[2]}]]" if is_array else f"[{header[2]}]"
            path = self._header_path(header[2])
            path = self.table = self._next_of_array(path) if is_array else path
            span = Span(*header.span(2))
            self.result.positions.setdefault(path, KeyPosition(span, span))
        elif key := _LIKE_ASSIGNMENT.match(self.text, start):
            path = (*self.table, *_key_parts(key[1]))
        broken = BrokenStatement(Span(start, end), path, self.failed_at, meant)
        self.result.broken_statements.append(broken)
        self.at = end

    def _broken_end(self, start: int) -> int:
        """The end of the line; of an unclosed list or text that goes on, the end of that."""
        if self.text.startswith("<<<<<<< ", start) and start < self.last_conflict_end:
            # The two sides of a merge conflict repeat each other: they are one fault.
            return line_end(self.text, self.text.index("\n>>>>>>> ", start) + 1)
        key = _LIKE_ASSIGNMENT.match(self.text, start)
        value = self.text[key.end() : key.end() + 3] if key else ""
        if value in ('"""', "'''"):
            return len(self.text)
        end = line_end(self.text, start)
        if value[:1] in ("'", '"'):
            return self._quoted_text_end(value[0], end)
        while value.startswith("[") and end < len(self.text):
            if "]" in self.text[start:end] or self._begins_statement(end):
                break
            start, end = end, line_end(self.text, end)
        return end

    def _quoted_text_end(self, quote: str, end: int) -> int:
        """The end of the line that closes a text of several lines; if none does, ``end``.

        An empty line or another statement shows that the quote was never meant to go on.
        """
        stop = end
        while stop < len(self.text) and not self._begins_statement(stop):
            start, stop = stop, line_end(self.text, stop)
            if not self.text[start:stop].strip():
                break
            if quote in self.text[start:stop]:
                return stop
        return end

    def _begins_statement(self, at: int) -> bool:
        return bool(_ASSIGNMENT.match(self.text, at) or _HEADER.match(self.text, at))
