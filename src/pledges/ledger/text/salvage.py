"""Text into tables; and where that fails, every line that is no TOML, in words for who wrote it.

``rtoml`` is the judge of what is TOML, but it stops at the first fault.  So a text that it refuses
is scanned, what follows no grammar is taken out and told, and the rest is given to ``rtoml`` again
until it accepts what is left.
"""

import re
from collections.abc import Iterator
from typing import Any, Final

import rtoml
from msgspec import Struct

from pledges.domain.day import read_period
from pledges.errors import NotADate
from pledges.ledger.text.finding import Finding, Path, Span
from pledges.ledger.text.positions import Positions
from pledges.ledger.text.scan import BrokenStatement, Scan, scan
from pledges.ledger.text.syntax_errors import refusal_finding, repetition_finding, syntax_finding

_ROUNDS: Final = 50
_CHARACTERS_TO_REREAD: Final = 40_000_000


class Tables(Struct):
    """What could be read of a text, and what was wrong with the rest.

    ``content`` is None where nothing could be read at all.  ``found`` is None for a sound text.
    """

    content: dict[str, Any] | None
    findings: list[Finding] = []
    found: Scan | None = None


def read_tables(text: str) -> Tables:
    """The tables of a TOML text, with a finding for each statement that is none."""
    try:
        return Tables(rtoml.loads(text))
    except rtoml.TomlParsingError:
        return _salvaged(text)


def _salvaged(text: str) -> Tables:
    found = scan(text)
    found.broken_statements += list(_impossible_dates(text, found))
    findings = [syntax_finding(text, broken) for broken in found.broken_statements]
    findings += [repetition_finding(twice) for twice in found.repetitions]
    places = Positions(text, found, "")
    for _ in range(max(3, min(_ROUNDS, _CHARACTERS_TO_REREAD // (len(text) + 1)))):
        try:
            return Tables(rtoml.loads(_rest(text, found)), findings, found)
        except rtoml.TomlParsingError as error:
            reason, line, column = _verdict(error)
        offset = places.offset(line, column)
        path, lines = _statement_at(text, found, offset)
        findings.append(refusal_finding(reason, path, _visible(text, offset, lines, reason)))
        if lines in {each.lines for each in found.broken_statements}:
            break
        found.broken_statements.append(BrokenStatement(lines, path, lines.start))
    return Tables(None, findings, found)


def _rest(text: str, found: Scan) -> str:
    """The text without what is broken, every line where it was; broken headers are mended."""
    gone = [(each.lines, each.header or "") for each in found.broken_statements]
    gone += [
        (lines, "") for lines in (*(each.lines for each in found.repetitions), *found.ignored_lines)
    ]
    parts, at = [], 0
    for lines, instead in sorted(gone):
        breaks = text.count("\n", max(at, lines.start), lines.end)
        parts += [text[at : lines.start], instead, "\n" * breaks]
        at = max(at, lines.end)
    return "".join([*parts, text[at:]])


def _verdict(error: Exception) -> tuple[str, int, int]:
    """What the judge says, and the line and the column where it says so."""
    found = re.fullmatch(r"(.*?)(?: at line (\d+) column (\d+))?", str(error), re.DOTALL)
    return (found[1], int(found[2]), int(found[3])) if found and found[2] else (str(error), 1, 1)


def _statement_at(text: str, found: Scan, offset: int) -> tuple[Path, Span]:
    """The statement around an offset: its path and its lines, else the offset's own line."""
    for path, spot in found.positions.items():
        lines = _lines(text, Span(spot.key.start, max(spot.key.end, spot.value.end)))
        if lines.start <= offset < lines.end:
            return path, lines
    return (), _lines(text, Span(offset, offset))


def _visible(text: str, offset: int, lines: Span, reason: str) -> Span:
    """From the offset to the end of its line, without a line end to point at."""
    if re.match(r"missing escaped|too few unicode|invalid (unicode|hex)", reason):
        backslash = text.rfind("\\", lines.start, offset)
        return Span(backslash, backslash + 2)
    if re.match("invalid (basic|literal|multi-line|comment)", reason):
        return Span(offset, offset + 1)
    end = text.find("\n", offset)
    stop = min(lines.end, len(text) if end < 0 else end)
    return Span(offset, max(stop, offset + 1))


def _lines(text: str, span: Span) -> Span:
    end = text.find("\n", span.end)
    return Span(text.rfind("\n", 0, span.start) + 1, len(text) if end < 0 else end + 1)


def _impossible_dates(text: str, found: Scan) -> Iterator[BrokenStatement]:
    """The bare dates that look like one and are none, such as month 13."""
    for path, spot in found.positions.items():
        value = text[spot.value.start : spot.value.end]
        if (
            len(value) == len("2026-12-31")
            and value[4] == value[7] == "-"
            and spot.key != spot.value
        ):
            try:
                read_period(value)
            except NotADate:
                yield BrokenStatement(_lines(text, spot.key), path, spot.value.start)
