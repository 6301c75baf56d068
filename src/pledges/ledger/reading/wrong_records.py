"""A ledger that does not fit the model: everything that is wrong, and the part that is not.

``msgspec`` stops at the first fault, so ``sound_part`` goes through a record field by field.  It
leaves out what is wrong, so that the rules can still be checked on the rest and one run reports
everything.
"""

import datetime as dt
import math
import re
from enum import StrEnum
from typing import Any, Final, get_args, get_origin

import msgspec
from msgspec import Struct

from pledges.domain.day import (
    DATE_HINT,
    INTERVAL_HINT,
    NO_TIME_OF_DAY,
    PERIOD_HINT,
    Interval,
    Period,
    day_hint,
    read_interval,
    read_period,
)
from pledges.domain.fields import Several, fields, plain_types
from pledges.domain.pledge import Every, Ledger, Pledge, Text
from pledges.errors import NotADate, nearest_hint
from pledges.ledger.reading.decode import Table, decode_hook, nested_kinds
from pledges.ledger.text.finding import Explanation, Finding, Path, table_name
from pledges.ledger.text.typos import one_of_several

EXAMPLES: Final = {"id": '"ECO-01"', "date": "2026-11-30", "unit": '"parks"'}


def sound_part(value: Any, declared: Any, path: Path, findings: list[Finding]) -> Any:
    """The part of a value that fits its type, with stand-ins; None if nothing fits.

    What does not fit is added to ``findings``.
    """
    shape = plain_types(declared)[0]
    if shape is Several:
        declared = tuple[Text, ...] if isinstance(value, list) else Text
        shape = plain_types(declared)[0]
    outer = get_origin(shape)
    if (outer is dict or _is_record(shape)) and not isinstance(value, dict):
        name = table_name(path)
        header = f"[[{name}]]" if isinstance(path[-1], int) else f"[{name}]"
        hint = f"write {header} and, below it, lines of key = value"
        findings.append(Finding("type", path, "this must be a table", hint))
        return None
    if _is_record(shape):
        return _sound_record(value, shape, path, findings)
    if not outer:
        wrong = _wrong_value(value, declared, path)
        findings += [wrong.finding(path)] if wrong else []
        return None if wrong else value
    part = get_args(shape)[0 if outer is tuple else 1]
    if outer is tuple and not isinstance(value, list):
        one = Explanation("type", f"{path[-1]} must be a list", f'write {path[-1]} = ["{value}"]')
        words = one_of_several(table_name(path)) if _is_record(part) else one
        if part is Pledge and isinstance(value, dict) and value.keys() <= nested_kinds(part).keys():
            hint = "write [[pledge]] above it, with the id, title and pillar of the pledge"
            words = Explanation("type", "there is no [[pledge]] above this", hint)
        findings.append(words.finding(path))
        return None
    inside = enumerate(value) if outer is tuple else value.items()
    parts = {at: sound_part(each, part, (*path, at), findings) for at, each in inside}
    if outer is tuple and not _is_record(part):
        return None if None in parts.values() else value
    parts = {at: _stand_in(part) if each is None else each for at, each in parts.items()}
    return parts if outer is dict else list(parts.values())


def _is_record(kind: Any) -> bool:
    return isinstance(kind, type) and issubclass(kind, Struct)


def _sound_record(table: Table, kind: type[Struct], path: Path, findings: list[Finding]) -> Table:
    kept: Table = {}
    for key, declared in fields(kind).items():
        value = None
        if key in table:
            value = sound_part(table[key], declared.type, (*path, key), findings)
        elif declared.required:
            name, example = kind.__name__.lower(), EXAMPLES.get(key, '"..."')
            record = f"an {name}" if name[0] in "au" else f"a {name}"
            message = f"{record} needs {'an id' if key == 'id' else f'a {key}'}"
            hint = f"add a line such as {key} = {example}"
            if kind is Ledger:
                message = "there is no [plan]"
                hint = 'begin the file with [plan] and, on the next line, title = "..."'
            findings.append(Finding("missing", (*path, key), message, hint, on_key=True))
        if value is not None or declared.required:
            kept[key] = _stand_in(declared.type) if value is None else value
    return kept


def _stand_in(declared: Any) -> Any:
    """What takes the place of a required value that can't be used."""
    kind = plain_types(declared)[0]
    plain = {str: "?", Several: ["?"], dt.date: dt.date.max}
    return plain.get(kind) or _sound_record({}, kind, (), [])


def _wrong_value(value: object, declared: Any, path: Path) -> Explanation | None:
    """What is wrong with a single value; None if it has its declared type."""
    try:
        msgspec.convert(value, declared, dec_hook=decode_hook)
    except msgspec.ValidationError as error:
        wrong = Explanation("type", str(error))
    else:
        return None
    kinds = plain_types(declared)
    kind = kinds[0]
    if kind is bool:
        wrong = Explanation("type", "this must be true or false", f"write {path[-1]} = true")
    elif kind is Interval:
        hint: str | None = INTERVAL_HINT
        try:
            read_interval(str(value))
        except NotADate as error:
            hint = error.hint
        wrong = Explanation("date", "this must be a length of time", hint)
    elif kind in (Period, dt.date):
        wrong = _wrong_date(value, is_day=kind is dt.date)
    elif kind is int:
        wrong = _wrong_number(value, path, is_whole=float not in kinds)
    elif kind is str:
        wrong = _wrong_text(value)
    elif issubclass(kind, StrEnum):
        name = "period length" if kind is Every else kind.__name__.lower()
        hint = nearest_hint(str(value), [str(each) for each in kind])
        wrong = Explanation("word", f"there is no {name} {value!r}", hint)
    return wrong


def _wrong_date(value: object, *, is_day: bool) -> Explanation:
    if isinstance(value, dt.datetime):
        return Explanation("date", NO_TIME_OF_DAY, f"write {value.date()}")
    if is_day and not isinstance(value, str):
        return Explanation("date", "this must be a day", DATE_HINT)
    if isinstance(value, int) and not isinstance(value, bool):
        if not 1000 <= value <= 9999:  # noqa: PLR2004  (a year has four digits)
            return Explanation("date", f"{value} is not a date", PERIOD_HINT)
        return Explanation("date", "a year must be in quotes", f'write "{value}"')
    try:
        period = read_period(str(value))
    except NotADate as error:
        return Explanation("date", error.reason, day_hint(error) if is_day else error.hint)
    return Explanation("date", f"this must be a single day, not {period.name}", DATE_HINT)


def _wrong_number(value: object, path: Path, *, is_whole: bool) -> Explanation:
    kind = "a whole number" if is_whole else "a number"
    if isinstance(value, str):
        is_number = re.fullmatch(r"[+-]?\d+(\.\d+)?", value)
        hint = f"write {value}" if is_number else "for example 21"
        return Explanation("number", f"this must be {kind}, without quotes", hint)
    if path == ("schema",):
        hint = "this version reads schema = 1; a newer version may read this file"
        return Explanation("schema", f"schema {value} can't be read", hint)
    if isinstance(value, float) and not math.isfinite(value):
        return Explanation("number", f"{value} is not a number", "write it in digits")
    if isinstance(value, int | float) and not isinstance(value, bool):
        bounds = "from 0 to 100,000" if is_whole else "between -1e18 and 1e18"
        return Explanation("number", f"this must be {kind} {bounds}", "for example 21")
    return Explanation("number", f"this must be {kind}", "for example 21")


def _wrong_text(value: object) -> Explanation:
    if value == "":
        return Explanation("text", "this text is empty", "write something, or delete it")
    if isinstance(value, bool | int | float | dt.date | dt.time):
        written = str(value).lower() if isinstance(value, bool) else str(value)
        return Explanation("type", "text must be in quotes", f'write "{written}"')
    return Explanation("type", "this must be a text", 'for example "Viet Nam"')
