"""A text as tables; if it is not TOML, as much of it as can be read, and a finding for the rest.

``rtoml`` decides what is TOML: it is what reads sound ledgers, so nothing that it accepts may be
called a fault here, and nothing that it refuses may pass.  But it stops at the first fault, and
says little about it.  So a text that it refuses is scanned, the statements that are not TOML are
taken out and explained, and the rest is given to ``rtoml`` again, until it accepts what is left.
"""

import re
from collections.abc import Iterator
from contextlib import suppress
from typing import Any, Final

import rtoml
from msgspec import Struct

from pledges.domain.day import read_period
from pledges.errors import NotADate
from pledges.ledger.text.finding import Finding, Path, Positions, Span
from pledges.ledger.text.scan import BrokenStatement, Scan, line_end, scan
from pledges.ledger.text.syntax_errors import repetition_finding, syntax_finding
from pledges.ledger.text.typos import refusal_explanation

# Each round reads all of the text, so a large one gets few rounds: otherwise a malicious file of
# some megabytes would keep the program busy for minutes.
_ROUNDS: Final = 50
_CHARACTERS_TO_REREAD: Final = 40_000_000


class Tables(Struct):
    """The tables of a text, and what is wrong with the statements that could not be read.

    ``content`` is None if nothing could be read at all; ``scan`` is None for sound TOML.
    """

    content: dict[str, Any] | None
    findings: list[Finding] = []
    scan: Scan | None = None


def read_tables(text: str) -> Tables:
    """The tables of a TOML text, with a finding for each statement that is not TOML."""
    with suppress(rtoml.TomlParsingError):
        return Tables(rtoml.loads(text))
    found = scan(text)
    found.broken_statements += list(_impossible_dates(text, found))
    findings = [syntax_finding(text, broken) for broken in found.broken_statements]
    findings += [repetition_finding(each) for each in found.repetitions]
    positions = Positions(text, found.positions, "")
    for _ in range(max(3, min(_ROUNDS, _CHARACTERS_TO_REREAD // (len(text) + 1)))):
        try:
            return Tables(rtoml.loads(_text_without_broken(text, found)), findings, found)
        except rtoml.TomlParsingError as error:
            refusal = re.fullmatch(r"(.*) at line (\d+) column (\d+)", str(error), re.DOTALL)
            reason, *place = refusal.groups() if refusal else (str(error), 1, 1)
        offset = positions.offset(*map(int, place))
        path: Path = ()
        lines = _lines(text, Span(offset, offset))
        for each, (key, value) in found.positions.items():
            whole = _lines(text, Span(key.start, max(key.end, value.end)))
            if whole.start <= offset < whole.end:
                path, lines = each, whole
                break
        span = _marked_span(text, offset, lines, reason)
        findings.append(refusal_explanation(reason).finding(path, span))
        # What is refused although its lines are taken out would be refused in every round.
        if lines in {each.lines for each in found.broken_statements}:
            break
        found.broken_statements.append(BrokenStatement(lines, path, lines.start))
    return Tables(None, findings, found)


def _text_without_broken(text: str, found: Scan) -> str:
    """The text without what is broken, and with headers as they were meant.

    Every line keeps its number, so that ``rtoml`` reports places of the user's own text.
    """
    cuts = [(each.lines, each.header or "") for each in found.broken_statements]
    cuts += [(lines, "") for lines in found.ignored_lines]
    parts, at = [], 0
    for lines, header in sorted(cuts):
        breaks = text.count("\n", max(at, lines.start), lines.end)
        parts += [text[at : lines.start], header, "\n" * breaks]
        at = max(at, lines.end)
    return "".join([*parts, text[at:]])


def _marked_span(text: str, offset: int, lines: Span, reason: str) -> Span:
    """What to mark of a statement that is refused at an offset; never a line break."""
    if re.match(r"missing escaped|too few unicode|invalid (unicode|hex)", reason):
        # The place is somewhere after the backslash that causes this.
        backslash = text.rfind("\\", lines.start, offset)
        return Span(backslash, backslash + 2)
    if re.match("invalid (basic|literal|multi-line|comment)", reason):
        return Span(offset, offset + 1)
    end = text.find("\n", offset)
    stop = min(lines.end, len(text) if end < 0 else end)
    return Span(offset, max(stop, offset + 1))


def _lines(text: str, span: Span) -> Span:
    """The whole lines that a span is in."""
    return Span(text.rfind("\n", 0, span.start) + 1, line_end(text, span.end))


def _impossible_dates(text: str, found: Scan) -> Iterator[BrokenStatement]:
    """The bare dates that are in no calendar, such as those of month 13.

    They follow the grammar; ``rtoml`` would refuse them one a round, without a useful reason.
    """
    for path, position in found.positions.items():
        value = text[position.value.start : position.value.end]
        is_header = position.key == position.value
        if len(value) == len("2026-12-31") and value[4] == value[7] == "-" and not is_header:
            try:
                read_period(value)
            except NotADate:
                yield BrokenStatement(_lines(text, position.key), path, position.value.start)
