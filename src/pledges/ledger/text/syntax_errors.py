"""Statements that are not TOML, as findings: where each of them fails, and why."""

import re
from typing import Final

import rtoml

from pledges.clean import character_name, unseen_character
from pledges.ledger.text.finding import LISTS, Explanation, Finding, Span, table_name
from pledges.ledger.text.scan import BrokenStatement, Repetition
from pledges.ledger.text.typos import COLON, NO_CLOSING_QUOTE, line_explanation, value_explanation

_LONGEST_READ: Final = 2000
"""Characters of a line that are looked at: some patterns take the square of that in time."""

_TEXT_OR_COMMENT: Final = r"\"(?:[^\"\\\n]|\\.)*\"|'[^'\n]*'|#[^\n]*"

_Slip = tuple[Explanation, int, int]
"""What is wrong, the offset at which it begins, and how many characters it has."""


def syntax_finding(text: str, broken: BrokenStatement) -> Finding:
    """What is wrong with a statement that does not follow the grammar."""
    if strange := _strange_character(text, broken):
        slip, at, length = strange
        return slip.finding(broken.path, Span(at, at + length))
    whole = text[broken.lines.start : broken.lines.end].split("\n", 1)[0].rstrip("\r")
    line = whole.lstrip()[:_LONGEST_READ].rstrip()
    start, length = broken.lines.start + len(whole) - len(whole.lstrip()), len(line)
    explanation = line_explanation(line)
    if not explanation:
        key = re.match(r"([^=]*?)\s*=\s*", line)
        at = start + (key.end() if key else 0)
        explanation, start, length = _value_slip(text, broken, at, key[1] if key else "key")
    return explanation.finding(broken.path, Span(start, start + max(1, length)))


def repetition_finding(repetition: Repetition) -> Finding:
    """The finding for a key or a table that is set a second time."""
    path = repetition.path
    name = table_name(path)
    is_record = path[-1] in LISTS
    hint = f"begin each one with [[{name}]]" if is_record else "delete one of the two"
    message = f"{name!r} is used twice; first at"
    first, second = repetition.first, repetition.second
    return Finding("duplicate", path, message, hint, span=second, other_place=first)


def _strange_character(text: str, broken: BrokenStatement) -> _Slip | None:
    """A character that looks like a blank or like nothing; None if there are other faults, too."""
    whole = text[broken.lines.start : broken.lines.end][:_LONGEST_READ]
    masked = re.sub(_TEXT_OR_COMMENT, lambda found: "x" * len(found[0]), whole)
    strange = [
        (at, char)
        for at, char in enumerate(masked)
        if char not in " \t\r\n" and (char.isspace() or unseen_character(char))
    ]
    if not strange:
        return None
    plain = list(whole)
    for at, char in strange:
        plain[at] = " " if char.isspace() else ""
    at, char = strange[0]
    if char >= " ":  # a control is never right, others may be part of a text without quotes
        try:
            rtoml.loads("".join(plain))
        except rtoml.TomlParsingError:
            return None
    hint = "write a space instead" if char.isspace() and char >= " " else "delete it"
    message = f"{character_name(char)}, can't be here"
    return Explanation("character", message, hint), broken.lines.start + at, 1


def _value_slip(text: str, broken: BrokenStatement, at: int, key: str) -> _Slip:
    """What is wrong with the value that begins at an offset."""
    end = text.find("\n", at)
    rest = text[at : len(text) if end < 0 else end][:_LONGEST_READ].rstrip()
    if rest.startswith(("[", "{")):
        return _nested_slip(text, broken, at, key)
    runs_on = 0 <= end < broken.lines.end - 1 and not rest.startswith(('"""', "'''"))
    if runs_on and rest.startswith(("'", '"')):
        hint = 'put a text of several lines between three quotes: """'
        return NO_CLOSING_QUOTE._replace(hint=hint), at, len(rest)
    value = re.sub(r"(?:^|(?<!\s)\s+)#.*$", "", rest)
    return value_explanation(value, key), at, len(value)


def _nested_slip(text: str, broken: BrokenStatement, at: int, key: str) -> _Slip:
    """What is wrong inside a list or an inline table, at the place where reading it failed."""
    failed_at = min(broken.failed_at, broken.lines.end - 1)
    closing = "]" if text[at] == "[" else "}"
    before = text[max(at, failed_at - _LONGEST_READ) : failed_at]
    rest = text[broken.failed_at : broken.lines.end][:_LONGEST_READ].strip()
    if broken.failed_at < broken.lines.end and text[failed_at] in "[{":
        return Explanation("toml", "this is nested too deeply"), failed_at, 1
    if not rest:
        message = f"the closing {closing} is missing"
        return Explanation("list", message, f"add {closing} at the end"), at, 1
    if before.rstrip()[-1:] == closing:
        message = f"there is something after the closing {closing}"
        return Explanation("toml", message, "begin a comment with #"), failed_at, len(rest)
    # Of 1,000 the scan has read "1,": it takes the comma for the end of an element.
    digits = r"\d+\s*[,}]" if closing == "}" else r"\d{3}\b"
    number = re.search(r"[+-]?\d[\d,]*,\s*$", before) if re.match(digits, rest) else None
    start = failed_at - (len(number[0]) if number else 0)
    found = re.match(r"[^,\]}\n#]*(?:,\d+\b)*", text[start : broken.lines.end][:_LONGEST_READ])
    element = found[0].strip() if found else ""
    explanation = _separator_explanation(before, element, closing)
    return explanation or value_explanation(element, key), start, len(element)


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
        return Explanation("list", "the separator must be a comma, not ;", example)
    if pair and pair[2] == ":":
        return COLON._replace(hint=f"write {pair[1]} = ...")
    return None
