"""A value that is not what its key needs, in words."""

import datetime as dt
import math
import re
from collections.abc import Iterator
from enum import StrEnum
from typing import Any

import msgspec

from pledges.domain.day import (
    DATE_HINT,
    INTERVAL_HINT,
    NO_TIME_OF_DAY,
    PERIOD_HINT,
    Interval,
    Period,
    read_period,
)
from pledges.domain.fields import plain_types
from pledges.errors import NotADate, nearest_hint
from pledges.ledger.reading.record_types import decode_hook
from pledges.ledger.text.finding import Explanation, Finding, Path


def wrong_value(value: Any, declared: Any, path: Path) -> Iterator[Finding]:
    """Yield a finding if a single value does not have its declared type."""
    try:
        msgspec.convert(value, declared, dec_hook=decode_hook)
    except msgspec.ValidationError as error:
        kinds = plain_types(declared)
        known = (each for kind in kinds if (each := _explanation(value, kind, kinds, path)))
        code, message, hint = next(known, Explanation("type", str(error)))
        yield Finding(code, path, message, hint)


def _explanation(
    value: object, kind: Any, kinds: tuple[Any, ...], path: Path
) -> Explanation | None:
    """What is wrong with a value that should be of a kind; None if the kind has no words here."""
    if kind is Interval:
        return Explanation("date", "a length of time belongs here", INTERVAL_HINT)
    if kind in (Period, dt.date):
        return _wrong_date(value, is_day=kind is dt.date)
    if kind is int:
        return _wrong_number(value, path, is_whole=float not in kinds)
    if kind is str:
        return _wrong_text(value)
    if isinstance(kind, type) and issubclass(kind, StrEnum):
        name = "length of period" if kind.__name__ == "Every" else kind.__name__.lower()
        hint = nearest_hint(str(value), [str(each) for each in kind])
        return Explanation("word", f"there is no {name} {value!r}", hint)
    return None


def _wrong_date(value: object, *, is_day: bool) -> Explanation:
    if isinstance(value, dt.datetime):
        return Explanation("date", NO_TIME_OF_DAY, f"write {value.date()}")
    if is_day and not isinstance(value, str):
        return Explanation("date", "a day belongs here", DATE_HINT)
    if isinstance(value, int) and not isinstance(value, bool):
        return Explanation("date", "a year stands in quotes", f'write "{value}"')
    try:
        period = read_period(str(value))
    except NotADate as error:
        hint = DATE_HINT if is_day and error.hint == PERIOD_HINT else error.hint
        return Explanation("date", error.reason, hint)
    return Explanation("date", f"a single day belongs here, and {period.name} is none", DATE_HINT)


def _wrong_number(value: object, path: Path, *, is_whole: bool) -> Explanation:
    kind = "a whole number" if is_whole else "a number"
    if isinstance(value, str):
        is_number = re.fullmatch(r"[+-]?\d+(\.\d+)?", value)
        hint = f"write {value}" if is_number else "for example 21"
        return Explanation("number", f"{kind} belongs here, without quotes", hint)
    if path == ("schema",):
        hint = "this program reads schema = 1; a later one may read this file"
        return Explanation("schema", f"schema {value} is not known", hint)
    if isinstance(value, float) and not math.isfinite(value):
        return Explanation("number", f"{value} is no number here", "write it in digits")
    if isinstance(value, int | float) and not isinstance(value, bool):
        bounds = "0 or more" if is_whole else "between -1e15 and 1e15"
        return Explanation("number", f"{kind} in a sensible range belongs here", bounds)
    return Explanation("number", f"{kind} belongs here", "for example 21")


def _wrong_text(value: object) -> Explanation:
    if value == "":
        return Explanation("text", "this text is empty", "write it, or leave the line out")
    if isinstance(value, bool | int | float | dt.date | dt.time):
        written = str(value).lower() if isinstance(value, bool) else str(value)
        return Explanation("type", "text stands in quotes", f'write "{written}"')
    return Explanation("type", "a text belongs here", 'for example "Viet Nam"')
