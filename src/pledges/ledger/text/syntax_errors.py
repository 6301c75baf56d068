"""Statements that are not TOML, as findings: where each of them fails, and why."""

import re
from typing import Final

from pledges.ledger.text.finding import Explanation, Finding, Path, Span
from pledges.ledger.text.scan import BrokenStatement, Repetition
from pledges.ledger.text.typos import (
    COLON,
    NO_CLOSING_QUOTE,
    line_explanation,
    refusal_explanation,
    value_explanation,
)

_LONGEST_READ: Final = 2000
"""Characters of a line that are looked at: some patterns take the square of that in time."""


def syntax_finding(text: str, broken: BrokenStatement) -> Finding:
    """What is wrong with a statement that does not follow the grammar."""
    whole = text[broken.lines.start : broken.lines.end].split("\n", 1)[0].rstrip("\r")
    line = whole.lstrip()[:_LONGEST_READ].rstrip()
    start = broken.lines.start + len(whole) - len(whole.lstrip())
    if explanation := line_explanation(line):
        return _finding(broken, start, start + len(line), explanation)
    key = re.match(r"([^=]*?)\s*=\s*", line)
    at = start + (key.end() if key else 0)
    return _value_finding(text, broken, at, key[1] if key else "key")


def repetition_finding(repetition: Repetition) -> Finding:
    """The finding for a key or a table that is set a second time."""
    path = repetition.path
    name = ".".join(str(part) for part in path if isinstance(part, str))
    is_record = path[-1] in ("pledge", "update", "claim", "ask")
    hint = f"each one begins with [[{name}]]" if is_record else "keep one of the two"
    message = f"{name!r} stands twice; the first is at"
    first, second = repetition.first, repetition.second
    return Finding("duplicate", path, message, hint, span=second, other_place=first)


def refusal_finding(reason: str, path: Path, span: Span) -> Finding:
    """The finding for what ``rtoml`` refuses although it follows the grammar of ``scan``."""
    explanation = refusal_explanation(reason)
    return Finding(explanation.code, path, explanation.message, explanation.hint, span=span)


def _finding(broken: BrokenStatement, start: int, end: int, explanation: Explanation) -> Finding:
    code, message, hint = explanation
    return Finding(code, broken.path, message, hint, span=Span(start, max(end, start + 1)))


def _value_finding(text: str, broken: BrokenStatement, at: int, key: str) -> Finding:
    """What is wrong with the value that begins at an offset."""
    end = text.find("\n", at)
    rest = text[at : len(text) if end < 0 else end][:_LONGEST_READ].rstrip()
    if rest.startswith(("[", "{")):
        return _nested_finding(text, broken, at, key)
    runs_on = 0 <= end < broken.lines.end - 1 and not rest.startswith(('"""', "'''"))
    if runs_on and rest.startswith(("'", '"')):
        hint = 'a text of several lines stands in three quotes: """'
        return _finding(broken, at, at + len(rest), NO_CLOSING_QUOTE._replace(hint=hint))
    value = re.sub(r"(?:^|\s+)#.*$", "", rest)
    return _finding(broken, at, at + len(value), value_explanation(value, key))


def _nested_finding(text: str, broken: BrokenStatement, at: int, key: str) -> Finding:
    """What is wrong inside a list or an inline table, at the place where reading it failed."""
    failed_at = min(broken.failed_at, broken.lines.end - 1)
    closing = "]" if text[at] == "[" else "}"
    before = text[max(at, failed_at - _LONGEST_READ) : failed_at]
    rest = text[failed_at : broken.lines.end][:_LONGEST_READ].strip()
    if text[failed_at] in "[{":
        too_deep = Explanation("toml", "this is nested too deeply")
        return _finding(broken, failed_at, failed_at + 1, too_deep)
    if not rest:
        message = f"this is not closed with {closing}"
        return _finding(
            broken, at, at + 1, Explanation("list", message, f"add {closing} at its end")
        )
    if before.rstrip()[-1:] == closing:
        message = f"something stands behind the closing {closing}"
        after = Explanation("toml", message, "a comment begins with #")
        return _finding(broken, failed_at, failed_at + len(rest), after)
    start = failed_at - _digits_before(before, rest, closing)
    found = re.match(r"[^,\]}\n#]*(?:,\d+\b)*", text[start : broken.lines.end][:_LONGEST_READ])
    element = found[0].strip() if found else ""
    explanation = _separator_explanation(before, element, closing)
    explanation = explanation or value_explanation(element, key)
    return _finding(broken, start, start + len(element), explanation)


def _digits_before(before: str, rest: str, closing: str) -> int:
    """How many characters of a number were read before it failed.

    Of 1,000 these are "1,": the scan takes the comma for the end of an element.
    """
    digits = r"\d+\s*[,}]" if closing == "}" else r"\d{3}\b"
    number = re.search(r"[+-]?\d[\d,]*,\s*$", before) if re.match(digits, rest) else None
    return len(number[0]) if number else 0


def _separator_explanation(before: str, element: str, closing: str) -> Explanation | None:
    """What is wrong between an element and the one before it; None if its value is wrong."""
    example = 'for example ["VN", "SG"]'
    if closing == "}":
        example = 'for example { unit = "parks", target = 30 }'
    pair = re.match(r"([\w-]+)\s*([=:])", element) if closing == "}" else None
    is_separate = before.rstrip()[-1:] in ("[", "{", ",", "=")
    if not is_separate and (pair or element[:1] in ("'", '"')):
        return Explanation("list", "a comma is missing before this", example)
    if element.startswith(";"):
        return Explanation("list", "a comma belongs here instead of ;", example)
    if pair and pair[2] == ":":
        return COLON._replace(hint=f"write {pair[1]} = ...")
    return None
