"""What people really type where TOML wants something else, and what to tell them.

A row is a pattern and the words for what it finds.  ``LINES`` are asked first, of a whole line,
then ``VALUES``, of what stands behind ``=``; the first pattern that fits tells the fault.  A
sentence that is wanted for one more slip is one more row.
"""

import datetime as dt
import re
from collections.abc import Callable
from typing import Final, NamedTuple

from pledges.domain.day import Period, read_period
from pledges.domain.pledge import Ask, Claim, Ledger, Measure, Plan, Pledge, Source, Update
from pledges.errors import NotADate
from pledges.ledger.reading.record_types import fields, plain_types

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


class Told(NamedTuple):
    """A fault in words: its code, what is wrong, and what to do."""

    code: str
    message: str
    hint: str | None = None


Slip = tuple[str, Callable[[re.Match[str]], Told]]


def unquoted(value: str, key: str) -> Told:
    """A value without quotes: a date, a number or a text, by what its key wants."""
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


LINES: Final[tuple[Slip, ...]] = (
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

REFUSALS: Final[tuple[tuple[str, Told], ...]] = (
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

VALUES: Final[tuple[Slip, ...]] = (
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
