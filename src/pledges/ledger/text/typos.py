"""Common typing errors in TOML, and how they are explained.

A row of a table is a pattern and the explanation for it, in which ``{0}`` is the matching text and
``{1}`` its first group.  The first row that matches is used, so special cases come before general
ones.  To explain another typo, add a row.
"""

import datetime as dt
import re
from collections.abc import Callable, Sequence
from typing import Final

from pledges.domain.day import NO_TIME_OF_DAY, Period, read_period
from pledges.domain.fields import fields, plain_types
from pledges.domain.pledge import Ask, Claim, Ledger, Measure, Plan, Pledge, Source, Update
from pledges.errors import NotADate
from pledges.ledger.text.finding import Explanation

_CURLY: Final = str.maketrans("\u201c\u201d\u201e\u201f\u00ab\u00bb\u2018\u2019", '""""""\'\'')
_QUOTES: Final = "\"'\u201c\u201d\u201e\u201f\u00ab\u00bb\u2018\u2019"
_LONGEST_SHOWN: Final = 60


def _keys_of(*wanted: type) -> frozenset[str]:
    """The keys, in any record, whose values are of these types."""
    kinds = (Ledger, Plan, Source, Measure, Claim, Update, Ask, Pledge)
    declared = ((key, each.type) for kind in kinds for key, each in fields(kind).items())
    return frozenset(key for key, types in declared if set(wanted) & set(plain_types(types)))


_DATE_KEYS: Final = _keys_of(Period, dt.date) - _keys_of(str)
_NUMBER_KEYS: Final = _keys_of(int)

Typo = tuple[str, tuple[str, str, str | None] | Callable[[re.Match[str]], Explanation]]


def line_explanation(line: str) -> Explanation | None:
    """What is wrong with a whole line; None if it is the value of its key."""
    return _explanation(_LINE_TYPOS, line)


def value_explanation(value: str, key: str) -> Explanation:
    """What is wrong with the text after ``=``; of one without quotes, by the type of its key."""
    if typo := _explanation(_VALUE_TYPOS, value):
        return typo
    name = key.rpartition(".")[2].strip()
    if name in _DATE_KEYS:
        return _date(value)
    if name in _NUMBER_KEYS:
        digits = re.match(r"[+-]?\d+(?:\.\d+)?", value)
        hint = f"write {digits[0]}" if digits else "for example 21"
        return Explanation("number", "this must be a number", hint)
    if '"' in value or "\\" in value or len(value) > _LONGEST_SHOWN:
        return Explanation("quotes", "text must be in straight quotes", f'write {key} = "..."')
    return Explanation("quotes", "text must be in quotes", f'write "{value.rstrip(",")}"')


def refusal_explanation(reason: str) -> Explanation:
    """A message of ``rtoml`` in plain words, if there are any."""
    unknown = Explanation("toml", f"this is not valid TOML: {reason}")
    return _explanation(_REFUSALS, reason) or unknown


def one_of_several(name: str) -> Explanation:
    """The explanation for a table that should be in an array of tables."""
    key = name.rpartition(".")[2].strip()
    return Explanation("type", f"each {key} needs a header in double brackets", f"write [[{name}]]")


def _explanation(typos: Sequence[Typo], text: str) -> Explanation | None:
    for pattern, words in typos:
        if found := re.match(pattern, text, re.DOTALL):
            if callable(words):
                return words(found)
            code, message, hint = words
            parts = (found[0], *found.groups())
            return Explanation(code, message.format(*parts), hint and hint.format(*parts))
    return None


def _date(value: str) -> Explanation:
    try:
        read_period(value)
    except NotADate as error:  # a hint that names a period must have the quotes that it needs
        hint = re.sub(r"^write (\d{4}(?:-[QH]\d|-\d\d)?)(?= |$)", r'write "\1"', error.hint or "")
        return Explanation("date", error.reason, hint or None)
    return Explanation("date", "a period must be in quotes", f'write "{value}"')


def _curly_quotes(found: re.Match[str]) -> Explanation:
    inside = found[0].strip(_QUOTES)
    quote = "'" if '"' in inside.translate(_CURLY) else '"'
    hint = f"write {quote}{inside}{quote}"
    return Explanation("quotes", "curly quotes can't be used here", hint)


def _key_of_words(found: re.Match[str]) -> Explanation:
    name = found[1].strip()
    if name.isascii():
        joined = re.sub(r"\s+", "_", name)
        return Explanation("key", "a key can't contain spaces", f"write {joined} = ...")
    return Explanation("key", "a key with accents must be in quotes", f'write "{name}" = ...')


def _separated_number(found: re.Match[str]) -> Explanation:
    plain = re.sub(r"[ ,'\u00a0\u202f]", "", found[0])
    return Explanation("number", "a number is written without separators", f"write {plain}")


COLON: Final = Explanation("equals", "a key is followed by =, not :", "write {1} = ...")
NO_CLOSING_QUOTE: Final = Explanation(
    "quotes", "the closing quote is missing", "add it at the end of the text"
)
_CARRIAGE_RETURN: Final = Explanation(
    "lines", "a line ends with CR alone", "save the file with LF or CRLF line endings"
)
_COMMA_AT_END: Final = r"(?:\"(?:[^\"\\]|\\.)*\"|'[^']*'|[\w.+-]+)\s*,$"

_LINE_TYPOS: Final[Sequence[Typo]] = (
    (
        r"<{7}|>{7}|={7}|\|{7}",
        (
            "conflict",
            "a merge conflict is left in the file",
            (
                "keep what is right, and delete the lines with <<<<<<<, ======= and >>>>>>>; if "
                "both versions are a pledge, keep both and give one another id"
            ),
        ),
    ),
    (r"[^\r]*\r+[^\r]", _CARRIAGE_RETURN),
    (r"\s*[\[\]]+\s*[\w-]+\s*=", ("table", "there is a bracket before the key", "delete it")),
    (r"\s*\[([^\[\]]+)\]\s*(?:#.*)?$", lambda found: one_of_several(found[1].strip())),
    (
        r"\s*\[",
        (
            "table",
            "a header must be alone on its line, in closed brackets",
            "for example [plan], [[pledge]] or [[pledge.update]]",
        ),
    ),
    (r"\s*([\w-]+)\s*:", COLON),
    (r"\s*((?=[^=\"'\[\]#]*[^\x00-\x7f=\"'\[\]#])[^=\"'\[\]#]*)=", _key_of_words),
    (r"\s*([\w-]+(?: +[\w-]+)+)\s*=", _key_of_words),
    (r"\s*=", ("key", "there is no key before =", "write key = value")),
    (r"[^=]*$", ("toml", "this is neither key = value nor a [header]", "begin a comment with #")),
)

_VALUE_TYPOS: Final[Sequence[Typo]] = (
    (r"$", ("value", "there is no value after =", "write a value, or delete the line")),
    (r"(\"\"\"|''')", ("quotes", "the closing {1} is missing", "add it at the end of the text")),
    (r".*[\u201c\u201d\u201e\u201f\u00ab\u00bb].*|[\u2018\u2019].*", _curly_quotes),
    (r"\"(?:[^\"\\]|\\.)*$|'[^']*$", NO_CLOSING_QUOTE),
    (_COMMA_AT_END, ("toml", "there is a comma at the end of the line", "delete it")),
    (
        r"[\"']",
        (
            "quotes",
            "there is something after the closing quote",
            'write a quote inside the text as \\", and begin a comment with #',
        ),
    ),
    (r"\d{4}-\d\d-\d\d[T ]\d", ("date", NO_TIME_OF_DAY, "write only the day")),
    (r"\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}$|\d{4}-[QqHh]?\d+$", lambda found: _date(found[0])),
    (
        r"([+-]?\d[\d.,]*)\s*%$",
        ("number", "a number is written without %", 'write {1}, and unit = "%" in the measure'),
    ),
    (r"[+-]?\d{1,3}(?:[ ,'\u00a0\u202f]\d{3})+(?:\.\d+)?$", _separated_number),
    (r"([+-]?\d+),(\d+)$", ("number", "a decimal is written with a point", "write {1}.{2}")),
    (r"0+(0|[1-9]\d*)$", ("number", "a number can't begin with 0", "write {1}")),
    (
        r"(?i)(?:yes|no|on|off|true|false)$",
        ("value", "{0} can't be used here", 'if it is text, write "{0}"'),
    ),
    (
        r"(?i)(?:null|none|nil|n/a|-|\?|tbd|tba)$",
        ("value", "{0} is not a value", "if nothing is known, delete the line"),
    ),
)

_REFUSALS: Final[Sequence[Typo]] = (
    (
        r"missing escaped value|too few unicode|invalid (unicode|hex)",
        ("quotes", "a backslash must be written twice", "write \\\\ instead of \\"),
    ),
    (
        r"invalid (basic|literal|multi-line|comment)",
        ("quotes", "there is a control character here", "delete it"),
    ),
    (r"duplicate key", ("duplicate", "this key is used twice", "delete one of the two")),
    (r"carriage return", _CARRIAGE_RETURN),
)
