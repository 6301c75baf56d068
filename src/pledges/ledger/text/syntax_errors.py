"""A statement that is none, in words: where it fails, and which of the ``slips`` it is."""

import re
from typing import Final

from pledges.ledger.text.finding import Finding, Path, Span
from pledges.ledger.text.scan import BrokenStatement, Repetition
from pledges.ledger.text.typos import (
    LINE_TYPOS,
    PARSER_REFUSALS,
    VALUE_TYPOS,
    Explanation,
    unquoted,
)

_LONGEST_READ: Final = 2000
"""Characters of a line that are looked at: a pattern may take the square of them."""

_LIST_EXAMPLES: Final = {
    "]": 'for example ["VN", "SG"]',
    "}": 'for example { unit = "parks", target = 30 }',
}

_SEVERAL_LINES: Final = 'a text of several lines stands in three quotes: """'


def syntax_finding(text: str, broken: BrokenStatement) -> Finding:
    """A statement that is none, in words."""
    whole = text[broken.lines.start : broken.lines.end].split("\n", 1)[0].rstrip("\r")
    line = whole.lstrip()[:_LONGEST_READ].rstrip()
    start = broken.lines.start + len(whole) - len(whole.lstrip())
    for pattern, tell in LINE_TYPOS:
        if found := re.match(pattern, line):
            return _finding(broken, start, start + len(line), tell(found))
    key = re.match(r"([^=]*?)\s*=\s*", line)
    at = start + (key.end() if key else 0)
    return _explained_value(text, broken, at, key[1] if key else "key")


def repetition_finding(twice: Repetition) -> Finding:
    """A key or a table that stands a second time."""
    name = ".".join(str(part) for part in twice.path if isinstance(part, str))
    is_record = twice.path[-1] in ("pledge", "update", "claim", "ask")
    hint = f"each one begins with [[{name}]]" if is_record else "keep one of the two"
    message = f"{name!r} stands twice; the first is at"
    return Finding(
        "duplicate", twice.path, message, hint, span=twice.again, other_place=twice.first
    )


def refusal_finding(reason: str, path: Path, span: Span) -> Finding:
    """What the parser refuses though it follows the grammar of lines, in words where known."""
    for pattern, told in PARSER_REFUSALS:
        if re.match(pattern, reason):
            return Finding(told.code, path, told.message, told.hint, span=span)
    return Finding("toml", path, f"this is no TOML: {reason}", span=span)


def _explained_value(text: str, broken: BrokenStatement, at: int, key: str) -> Finding:
    end = text.find("\n", at)
    rest = text[at : len(text) if end < 0 else end][:_LONGEST_READ].rstrip()
    if rest.startswith(("[", "{")):
        return _explained_inside(text, broken, at, key)
    runs_on = 0 <= end < broken.lines.end - 1 and not rest.startswith(('"""', "'''"))
    if runs_on and rest.startswith(("'", '"')):
        told = Explanation("quotes", "the closing quote is missing", _SEVERAL_LINES)
        return _finding(broken, at, at + len(rest), told)
    return _told_value(broken, at, re.sub(r"(?:^|\s+)#.*$", "", rest), key)


def _told_value(broken: BrokenStatement, at: int, value: str, key: str) -> Finding:
    for pattern, tell in VALUE_TYPOS:
        if found := re.match(pattern, value, re.DOTALL):
            return _finding(broken, at, at + len(value), tell(found))
    return _finding(broken, at, at + len(value), unquoted(value, key))


def _explained_inside(text: str, broken: BrokenStatement, at: int, key: str) -> Finding:
    """What is wrong inside a list or an inline table, at the place where reading it failed."""
    failed = min(broken.failed, broken.lines.end - 1)
    closing = "]" if text[at] == "[" else "}"
    before = text[max(at, failed - _LONGEST_READ) : failed]
    rest = text[failed : broken.lines.end][:_LONGEST_READ].strip()
    if text[failed] in "[{":
        return _finding(
            broken, failed, failed + 1, Explanation("toml", "this is nested too deeply")
        )
    if not rest:
        told = Explanation(
            "list", f"this is not closed with {closing}", f"add {closing} at its end"
        )
        return _finding(broken, at, at + 1, told)
    if before.rstrip()[-1:] == closing:
        message = f"something stands behind the closing {closing}"
        told = Explanation("toml", message, "a comment begins with #")
        return _finding(broken, failed, failed + len(rest), told)
    start = failed - _digits_before(before, rest, closing)
    value = _element(text[start : broken.lines.end])
    is_next = before.rstrip()[-1:] in ("[", "{", ",", "=")
    if joint := _told_element(value, closing, is_next=is_next):
        return _finding(broken, start, start + len(value), joint)
    return _told_value(broken, start, value, key)


def _digits_before(before: str, rest: str, closing: str) -> int:
    """How far back a number began that was read as ended by its comma: of 1,000 it is "1,"."""
    digits = r"\d+\s*[,}]" if closing == "}" else r"\d{3}\b"
    number = re.search(r"[+-]?\d[\d,]*,\s*$", before) if re.match(digits, rest) else None
    return len(number[0]) if number else 0


def _element(text: str) -> str:
    """The element of a list or inline table that a text begins with, a number with its commas."""
    found = re.match(r"[^,\]}\n#]*(?:,\d+\b)*", text[:_LONGEST_READ])
    return found[0].strip() if found else ""


def _told_element(value: str, closing: str, *, is_next: bool) -> Explanation | None:
    """What is wrong with how an element is joined to the others; None where it is its value."""
    pair = re.match(r"([\w-]+)\s*([=:])", value) if closing == "}" else None
    if not is_next and (pair or value[:1] in ("'", '"')):
        return Explanation("list", "a comma is missing before this", _LIST_EXAMPLES[closing])
    if value.startswith(";"):
        return Explanation("list", "a comma belongs here instead of ;", _LIST_EXAMPLES[closing])
    if pair and pair[2] == ":":
        return Explanation("equals", "a key is followed by =, not :", f"write {pair[1]} = ...")
    return None


def _finding(broken: BrokenStatement, start: int, end: int, told: Explanation) -> Finding:
    span = Span(start, max(end, start + 1))
    return Finding(told.code, broken.path, told.message, told.hint, span=span)
