"""What people really type where TOML wants something else, and what to tell them.

``explained`` goes through the ``_LINES`` and then the ``_VALUES`` in order: the first pattern that
fits tells the fault.  A sentence that is wanted for one more slip is one more row.
"""

import re
from collections.abc import Callable
from typing import Final, NamedTuple

from pledges.domain.day import read_period
from pledges.errors import NotADate
from pledges.ledger.finding import Finding, Path, Span
from pledges.ledger.locate import Broken, Twice

_CURLY: Final = str.maketrans("\u201c\u201d\u201e\u201f\u00ab\u00bb\u2018\u2019", '""""""\'\'')
_QUOTES: Final = "\"'\u201c\u201d\u201e\u201f\u00ab\u00bb\u2018\u2019"

_LONGEST_SHOWN: Final = 60
_LONGEST_READ: Final = 2000
"""Characters of a line that are looked at: a pattern may take the square of them."""


_PERIODS: Final = frozenset({"due", "made", "since", "period", "date", "baseline_date", "settled"})
_NUMBERS: Final = frozenset({"value", "baseline", "target", "warn_days", "stale_days", "schema"})


class Told(NamedTuple):
    """A fault in words: its code, what is wrong, and what to do."""

    code: str
    message: str
    hint: str | None = None


_LIST_EXAMPLES: Final = {
    "]": 'for example ["VN", "SG"]',
    "}": 'for example { unit = "parks", target = 30 }',
}

_SEVERAL_LINES: Final = 'a text of several lines stands in three quotes: """'

Slip = tuple[str, Callable[[re.Match[str]], Told]]


def explained(text: str, broken: Broken) -> Finding:
    """A statement that is none, in words."""
    whole = text[broken.lines.start : broken.lines.end].split("\n", 1)[0].rstrip("\r")
    line = whole.lstrip()[:_LONGEST_READ].rstrip()
    start = broken.lines.start + len(whole) - len(whole.lstrip())
    for pattern, tell in _LINES:
        if found := re.match(pattern, line):
            return _finding(broken, start, start + len(line), tell(found))
    key = re.match(r"([^=]*?)\s*=\s*", line)
    at = start + (key.end() if key else 0)
    return _explained_value(text, broken, at, key[1] if key else "key")


def repeated(twice: Twice) -> Finding:
    """A key or a table that stands a second time."""
    name = ".".join(str(part) for part in twice.path if isinstance(part, str))
    is_record = twice.path[-1] in ("pledge", "update", "claim", "ask")
    hint = f"each one begins with [[{name}]]" if is_record else "keep one of the two"
    message = f"{name!r} stands twice; the first is at"
    return Finding("duplicate", twice.path, message, hint, span=twice.again, also=twice.first)


def refused(reason: str, path: Path, span: Span) -> Finding:
    """What the parser refuses though it follows the grammar of lines, in words where known."""
    for pattern, told in _REFUSALS:
        if re.match(pattern, reason):
            return Finding(told.code, path, told.message, told.hint, span=span)
    return Finding("toml", path, f"this is no TOML: {reason}", span=span)


def _explained_value(text: str, broken: Broken, at: int, key: str) -> Finding:
    end = text.find("\n", at)
    rest = text[at : len(text) if end < 0 else end][:_LONGEST_READ].rstrip()
    if rest.startswith(("[", "{")):
        return _explained_inside(text, broken, at, key)
    runs_on = 0 <= end < broken.lines.end - 1 and not rest.startswith(('"""', "'''"))
    if runs_on and rest.startswith(("'", '"')):
        told = Told("quotes", "the closing quote is missing", _SEVERAL_LINES)
        return _finding(broken, at, at + len(rest), told)
    return _told_value(broken, at, re.sub(r"(?:^|\s+)#.*$", "", rest), key)


def _told_value(broken: Broken, at: int, value: str, key: str) -> Finding:
    for pattern, tell in _VALUES:
        if found := re.match(pattern, value, re.DOTALL):
            return _finding(broken, at, at + len(value), tell(found))
    return _finding(broken, at, at + len(value), _unquoted(value, key))


def _explained_inside(text: str, broken: Broken, at: int, key: str) -> Finding:
    """What is wrong inside a list or an inline table, at the place where reading it failed."""
    failed = min(broken.failed, broken.lines.end - 1)
    closing = "]" if text[at] == "[" else "}"
    before = text[max(at, failed - _LONGEST_READ) : failed].rstrip()
    rest = text[failed : broken.lines.end][:_LONGEST_READ]
    if text[failed] in "[{":
        return _finding(broken, failed, failed + 1, Told("toml", "this is nested too deeply"))
    if not rest.strip():
        told = Told("list", f"this is not closed with {closing}", f"add {closing} at its end")
        return _finding(broken, at, at + 1, told)
    if before[-1:] == closing:
        told = Told(
            "toml", f"something stands behind the closing {closing}", "a comment begins with #"
        )
        return _finding(broken, failed, failed + len(rest.strip()), told)
    digits = r"\d+\s*[,}]" if closing == "}" else r"\d{3}\b"
    number = re.search(r"[+-]?\d[\d,]*,$", before) if re.match(digits, rest) else None
    start = failed - len(text[max(at, failed - _LONGEST_READ) : failed]) if number else failed
    start += number.start() if number else 0
    word = re.match(r"[^,\]}\n#]*(?:,\d+\b)*", text[start : broken.lines.end])
    value = word[0].strip() if word else ""
    pair = re.match(r"([\w-]+)\s*([=:])", value) if closing == "}" else None
    if before[-1:] not in ("[", "{", ",", "=") and (pair or value[:1] in ("'", '"')):
        told = Told("list", "a comma is missing before this", _LIST_EXAMPLES[closing])
        return _finding(broken, start, start + len(value), told)
    if pair and pair[2] == ":":
        told = Told("equals", "a key is followed by =, not :", f"write {pair[1]} = ...")
        return _finding(broken, start, start + len(value), told)
    return _told_value(broken, start, value, key)


def _finding(broken: Broken, start: int, end: int, told: Told) -> Finding:
    span = Span(start, max(end, start + 1))
    return Finding(told.code, broken.path, told.message, told.hint, span=span)


def _unquoted(value: str, key: str) -> Told:
    name = key.rpartition(".")[2].strip()
    if name in _PERIODS:
        return _date_told(value)
    if name in _NUMBERS:
        digits = re.match(r"[+-]?\d+(?:\.\d+)?", value)
        return Told("number", "a number belongs here", f"write {digits[0] if digits else 21}")
    if '"' in value or "\\" in value or len(value) > _LONGEST_SHOWN:
        return Told("quotes", "text stands in straight quotes", f'{key} = "..."')
    return Told("quotes", "text stands in quotes", f'write "{value.rstrip(",")}"')


def _curly(found: re.Match[str]) -> Told:
    inside = found[0].strip(_QUOTES)
    quote = "'" if '"' in inside.translate(_CURLY) else '"'
    return Told("quotes", "curly quotes are no quotes here", f"write {quote}{inside}{quote}")


def _date(found: re.Match[str]) -> Told:
    return _date_told(found[0])


def _date_told(value: str) -> Told:
    try:
        read_period(value)
    except NotADate as error:
        return Told("date", error.reason, error.hint)
    return Told("date", "a period stands in quotes", f'write "{value}"')


def _number(found: re.Match[str]) -> Told:
    plain = re.sub(r"[ ,'\u00a0\u202f]", "", found[0])
    return Told("number", "a number has no separators", f"write {plain}")


def _key(found: re.Match[str]) -> Told:
    name = found[1].strip()
    if name.isascii():
        joined = re.sub(r"\s+", "_", name)
        return Told("key", "a name has no spaces", f"write {joined} = ...")
    return Told("key", "a name with accents stands in quotes", f'write "{name}" = ...')


_LINES: Final[tuple[Slip, ...]] = (
    (
        r"(<{7}|>{7}|={7}|\|{7})",
        lambda _: Told(
            "conflict",
            "a merge conflict is left in the file",
            "keep one version, and delete the lines with <<<<<<<, ======= and >>>>>>>",
        ),
    ),
    (
        r"[^\r]*\r[^\r]",
        lambda _: Told(
            "lines", "a line ends in CR alone", "save the file with LF or CRLF line ends"
        ),
    ),
    (
        r"\s*[\[\]]+\s*[\w-]+\s*=",
        lambda _: Told("table", "a bracket stands before the key", "take it out"),
    ),
    (
        r"\s*\[([^\[\]]+)\]\s*(?:#.*)?$",
        lambda found: Told(
            "type",
            f"each {found[1].rpartition('.')[2].strip()} is one of several",
            f"write [[{found[1].strip()}]], with two brackets on either side",
        ),
    ),
    (
        r"\s*\[",
        lambda _: Told(
            "table",
            "a table's name stands alone, in closed brackets",
            "for example [plan], [[pledge]] or [[pledge.update]]",
        ),
    ),
    (
        r"\s*([\w-]+)\s*:\s*(.*)$",
        lambda found: Told("equals", "a key is followed by =, not :", f"write {found[1]} = ..."),
    ),
    (r"\s*([^=\"'\[\]#]*[^\x00-\x7f=\"'\[\]#][^=\"'\[\]#]*)=", _key),
    (r"\s*([\w-]+(?: +[\w-]+)+)\s*=", _key),
    (r"\s*=", lambda _: Told("key", "a name is missing before =", "write name = value")),
    (
        r"\s*[^=]*$",
        lambda _: Told(
            "toml", "this is neither key = value nor a [table]", "a comment begins with #"
        ),
    ),
)

_REFUSALS: Final[tuple[tuple[str, Told], ...]] = (
    (
        r"missing escaped value|too few unicode|invalid (unicode|hex)",
        Told("quotes", "a backslash stands before a sign here", "write two: \\\\"),
    ),
    (
        r"invalid (basic|literal|multi-line|comment)",
        Told("quotes", "a control character stands in the text", "take it out"),
    ),
    (
        r"duplicate key",
        Told("duplicate", "this key stands twice", "keep one of the two"),
    ),
    (
        r"carriage return",
        Told("lines", "a line ends in CR alone", "save the file with LF or CRLF line ends"),
    ),
)

_VALUES: Final[tuple[Slip, ...]] = (
    (
        r"$",
        lambda _: Told("value", "there is no value after =", "leave the line out if none is known"),
    ),
    (
        r"(\"\"\"|''')",
        lambda found: Told("quotes", f"the text is never closed with {found[1]}", "close it"),
    ),
    (r".*[\u201c\u201d\u201e\u201f\u00ab\u00bb].*", _curly),
    (r"[\u2018\u2019].*", _curly),
    (
        r"\"(?:[^\"\\]|\\.)*$|'[^']*$",
        lambda _: Told("quotes", "the closing quote is missing", "add it at the end of the text"),
    ),
    (
        r"(?:\"(?:[^\"\\]|\\.)*\"|'[^']*'|[\w.+-]+)\s*,$",
        lambda _: Told("toml", "a comma stands at the end of the line", "take the comma out"),
    ),
    (
        r"[\"']",
        lambda _: Told(
            "quotes",
            "something stands behind the closing quote",
            'a quote inside a text is written \\", and a comment begins with #',
        ),
    ),
    (
        r"\d{4}-\d\d-\d\d[T ]\d",
        lambda _: Told("date", "a date has no time of day here", "write the day alone"),
    ),
    (r"\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}$", _date),
    (r"\d{4}-(?:[QqHh]?\d+)$", _date),
    (
        r"([+-]?\d[\d.,]*)\s*%$",
        lambda found: Told(
            "number", "a number has no % sign", f'write {found[1]}, and unit = "%" in the measure'
        ),
    ),
    (r"[+-]?\d{1,3}(?:[ ,'\u00a0\u202f]\d{3})+(?:\.\d+)?$", _number),
    (
        r"([+-]?\d+),(\d+)$",
        lambda found: Told("number", "a decimal has a point", f"write {found[1]}.{found[2]}"),
    ),
    (
        r"0+(\d+)$",
        lambda found: Told("number", "a number does not begin with 0", f"write {found[1]}"),
    ),
    (
        r"(?i)(?:yes|no|on|off|true|false)$",
        lambda found: Told(
            "value", f"{found[0]} is no value here", f'text stands in quotes: "{found[0]}"'
        ),
    ),
    (
        r"(?i)(?:null|none|nil|n/a|-|\?|tbd|tba)$",
        lambda found: Told(
            "value", f"{found[0]} is no value", "leave the line out if nothing is known"
        ),
    ),
)
