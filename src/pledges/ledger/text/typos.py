"""What people really type where TOML wants something else, and what to tell them.

A row is a pattern and the words for what it finds.  ``LINE_TYPOS`` are tried first, on a whole
line, then ``VALUE_TYPOS``, on what follows ``=``; the first pattern that matches explains the
fault.  To explain one more typo, add a row.
"""

import datetime as dt
import re
from collections.abc import Callable
from typing import Final, NamedTuple

from pledges.domain.day import Period, read_period
from pledges.domain.fields import fields, plain_types
from pledges.domain.pledge import Ask, Claim, Ledger, Measure, Plan, Pledge, Source, Update
from pledges.errors import NotADate

_CURLY: Final = str.maketrans("\u201c\u201d\u201e\u201f\u00ab\u00bb\u2018\u2019", '""""""\'\'')
_QUOTES: Final = "\"'\u201c\u201d\u201e\u201f\u00ab\u00bb\u2018\u2019"
_LONGEST_SHOWN: Final = 60

_KINDS: Final = (Ledger, Plan, Source, Measure, Claim, Update, Ask, Pledge)


def _keys_of(*wanted: type) -> frozenset[str]:
    """The keys, of whatever record, whose values are of these types."""
    declared = ((key, each.type) for kind in _KINDS for key, each in fields(kind).items())
    return frozenset(key for key, types in declared if set(wanted) & set(plain_types(types)))


_PERIODS: Final = _keys_of(Period, dt.date) - _keys_of(str)
_NUMBERS: Final = _keys_of(int)


class Explanation(NamedTuple):
    """A fault in words: its code, what is wrong, and what to do."""

    code: str
    message: str
    hint: str | None = None


Typo = tuple[str, Callable[[re.Match[str]], Explanation]]


def unquoted(value: str, key: str) -> Explanation:
    """A value without quotes: a date, a number or a text, by what its key wants."""
    name = key.rpartition(".")[2].strip()
    if name in _PERIODS:
        return _date_told(value)
    if name in _NUMBERS:
        digits = re.match(r"[+-]?\d+(?:\.\d+)?", value)
        return Explanation(
            "number", "a number belongs here", f"write {digits[0] if digits else 21}"
        )
    if '"' in value or "\\" in value or len(value) > _LONGEST_SHOWN:
        return Explanation("quotes", "text stands in straight quotes", f'{key} = "..."')
    return Explanation("quotes", "text stands in quotes", f'write "{value.rstrip(",")}"')


def _curly(found: re.Match[str]) -> Explanation:
    inside = found[0].strip(_QUOTES)
    quote = "'" if '"' in inside.translate(_CURLY) else '"'
    return Explanation("quotes", "curly quotes are no quotes here", f"write {quote}{inside}{quote}")


def _date(found: re.Match[str]) -> Explanation:
    return _date_told(found[0])


def _date_told(value: str) -> Explanation:
    try:
        read_period(value)
    except NotADate as error:
        return Explanation("date", error.reason, error.hint)
    return Explanation("date", "a period stands in quotes", f'write "{value}"')


def _number(found: re.Match[str]) -> Explanation:
    plain = re.sub(r"[ ,'\u00a0\u202f]", "", found[0])
    return Explanation("number", "a number has no separators", f"write {plain}")


def _key(found: re.Match[str]) -> Explanation:
    name = found[1].strip()
    if name.isascii():
        joined = re.sub(r"\s+", "_", name)
        return Explanation("key", "a name has no spaces", f"write {joined} = ...")
    return Explanation("key", "a name with accents stands in quotes", f'write "{name}" = ...')


LINE_TYPOS: Final[tuple[Typo, ...]] = (
    (
        r"(<{7}|>{7}|={7}|\|{7})",
        lambda _: Explanation(
            "conflict",
            "a merge conflict is left in the file",
            "keep one version, and delete the lines with <<<<<<<, ======= and >>>>>>>",
        ),
    ),
    (
        r"[^\r]*\r[^\r]",
        lambda _: Explanation(
            "lines", "a line ends in CR alone", "save the file with LF or CRLF line ends"
        ),
    ),
    (
        r"\s*[\[\]]+\s*[\w-]+\s*=",
        lambda _: Explanation("table", "a bracket stands before the key", "take it out"),
    ),
    (
        r"\s*\[([^\[\]]+)\]\s*(?:#.*)?$",
        lambda found: Explanation(
            "type",
            f"each {found[1].rpartition('.')[2].strip()} is one of several",
            f"write [[{found[1].strip()}]], with two brackets on either side",
        ),
    ),
    (
        r"\s*\[",
        lambda _: Explanation(
            "table",
            "a table's name stands alone, in closed brackets",
            "for example [plan], [[pledge]] or [[pledge.update]]",
        ),
    ),
    (
        r"\s*([\w-]+)\s*:\s*(.*)$",
        lambda found: Explanation(
            "equals", "a key is followed by =, not :", f"write {found[1]} = ..."
        ),
    ),
    (r"\s*([^=\"'\[\]#]*[^\x00-\x7f=\"'\[\]#][^=\"'\[\]#]*)=", _key),
    (r"\s*([\w-]+(?: +[\w-]+)+)\s*=", _key),
    (r"\s*=", lambda _: Explanation("key", "a name is missing before =", "write name = value")),
    (
        r"\s*[^=]*$",
        lambda _: Explanation(
            "toml", "this is neither key = value nor a [table]", "a comment begins with #"
        ),
    ),
)

PARSER_REFUSALS: Final[tuple[tuple[str, Explanation], ...]] = (
    (
        r"missing escaped value|too few unicode|invalid (unicode|hex)",
        Explanation("quotes", "a backslash stands before a sign here", "write two: \\\\"),
    ),
    (
        r"invalid (basic|literal|multi-line|comment)",
        Explanation("quotes", "a control character stands in the text", "take it out"),
    ),
    (
        r"duplicate key",
        Explanation("duplicate", "this key stands twice", "keep one of the two"),
    ),
    (
        r"carriage return",
        Explanation("lines", "a line ends in CR alone", "save the file with LF or CRLF line ends"),
    ),
)

VALUE_TYPOS: Final[tuple[Typo, ...]] = (
    (
        r"$",
        lambda _: Explanation(
            "value", "there is no value after =", "leave the line out if none is known"
        ),
    ),
    (
        r"(\"\"\"|''')",
        lambda found: Explanation(
            "quotes", f"the text is never closed with {found[1]}", "close it"
        ),
    ),
    (r".*[\u201c\u201d\u201e\u201f\u00ab\u00bb].*", _curly),
    (r"[\u2018\u2019].*", _curly),
    (
        r"\"(?:[^\"\\]|\\.)*$|'[^']*$",
        lambda _: Explanation(
            "quotes", "the closing quote is missing", "add it at the end of the text"
        ),
    ),
    (
        r"(?:\"(?:[^\"\\]|\\.)*\"|'[^']*'|[\w.+-]+)\s*,$",
        lambda _: Explanation(
            "toml", "a comma stands at the end of the line", "take the comma out"
        ),
    ),
    (
        r"[\"']",
        lambda _: Explanation(
            "quotes",
            "something stands behind the closing quote",
            'a quote inside a text is written \\", and a comment begins with #',
        ),
    ),
    (
        r"\d{4}-\d\d-\d\d[T ]\d",
        lambda _: Explanation("date", "a date has no time of day here", "write the day alone"),
    ),
    (r"\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}$", _date),
    (r"\d{4}-(?:[QqHh]?\d+)$", _date),
    (
        r"([+-]?\d[\d.,]*)\s*%$",
        lambda found: Explanation(
            "number", "a number has no % sign", f'write {found[1]}, and unit = "%" in the measure'
        ),
    ),
    (r"[+-]?\d{1,3}(?:[ ,'\u00a0\u202f]\d{3})+(?:\.\d+)?$", _number),
    (
        r"([+-]?\d+),(\d+)$",
        lambda found: Explanation(
            "number", "a decimal has a point", f"write {found[1]}.{found[2]}"
        ),
    ),
    (
        r"0+(\d+)$",
        lambda found: Explanation("number", "a number does not begin with 0", f"write {found[1]}"),
    ),
    (
        r"(?i)(?:yes|no|on|off|true|false)$",
        lambda found: Explanation(
            "value", f"{found[0]} is no value here", f'text stands in quotes: "{found[0]}"'
        ),
    ),
    (
        r"(?i)(?:null|none|nil|n/a|-|\?|tbd|tba)$",
        lambda found: Explanation(
            "value", f"{found[0]} is no value", "leave the line out if nothing is known"
        ),
    ),
)
