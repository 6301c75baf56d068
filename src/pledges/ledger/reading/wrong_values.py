"""A value that is not what its key wants, in words; one function a kind of value."""

import datetime as dt
import math
import re
from collections.abc import Callable, Iterator, Mapping
from enum import StrEnum
from typing import Any, Final

import msgspec

from pledges.domain.day import DATE_HINT, INTERVAL_HINT, PERIOD_HINT, Interval, Period, read_period
from pledges.domain.fields import plain_types
from pledges.errors import NotADate, one_of
from pledges.ledger.reading.record_types import decode_hook
from pledges.ledger.text.finding import Finding, Path


def unfit(value: Any, declared: Any, path: Path) -> Iterator[Finding]:
    """A finding where a single value is not what is declared."""
    try:
        msgspec.convert(value, declared, dec_hook=decode_hook)
    except msgspec.ValidationError as error:
        yield _told(value, plain_types(declared), path, str(error))


def _told(value: Any, kinds: tuple[Any, ...], path: Path, otherwise: str) -> Finding:
    for kind in kinds:
        if kind in _TELLERS:
            return _TELLERS[kind](value, kinds, path)
        if isinstance(kind, type) and issubclass(kind, StrEnum):
            return _no_word(value, kind, path)
    return Finding("type", path, otherwise)


def _no_interval(_value: object, _kinds: tuple[Any, ...], path: Path) -> Finding:
    return Finding("date", path, "a length of time belongs here", INTERVAL_HINT)


def _no_period(value: object, _kinds: tuple[Any, ...], path: Path) -> Finding:
    if isinstance(value, int) and not isinstance(value, bool):
        return Finding("date", path, "a year stands in quotes", f'write "{value}"')
    if isinstance(value, dt.datetime):
        return _timed(value, path)
    try:
        read_period(str(value))
    except NotADate as error:
        return Finding("date", path, error.reason, error.hint)
    return Finding("date", path, "a day or a period belongs here", PERIOD_HINT)


def _no_day(value: object, _kinds: tuple[Any, ...], path: Path) -> Finding:
    if isinstance(value, dt.datetime):
        return _timed(value, path)
    if not isinstance(value, str):
        return Finding("date", path, "a day belongs here", DATE_HINT)
    try:
        period = read_period(value)
    except NotADate as error:
        hint = DATE_HINT if error.hint == PERIOD_HINT else error.hint
        return Finding("date", path, error.reason, hint)
    return Finding("date", path, f"a single day belongs here, and {period.name} is none", DATE_HINT)


def _timed(value: dt.datetime, path: Path) -> Finding:
    return Finding("date", path, "a date has no time of day here", f"write {value.date()}")


def _no_word(value: object, words: type[StrEnum], path: Path) -> Finding:
    members = [str(each) for each in words]
    name = "length of period" if words.__name__ == "Every" else words.__name__.lower()
    return Finding("word", path, f"there is no {name} {value!r}", one_of(str(value), members))


def _no_number(value: object, kinds: tuple[Any, ...], path: Path) -> Finding:
    whole = "a whole number" if float not in kinds else "a number"
    if isinstance(value, str):
        is_number = re.fullmatch(r"[+-]?\d+(\.\d+)?", value)
        hint = f"write {value}" if is_number else "for example 21"
        return Finding("number", path, f"{whole} belongs here, without quotes", hint)
    if path == ("schema",):
        hint = "this program reads schema = 1; a later one may read this file"
        return Finding("schema", path, f"schema {value} is not known", hint)
    if isinstance(value, float) and not math.isfinite(value):
        return Finding("number", path, f"{value} is no number here", "write it in digits")
    if isinstance(value, int | float) and not isinstance(value, bool):
        bounds = "0 or more" if float not in kinds else "between -1e15 and 1e15"
        return Finding("number", path, f"{whole} in a sensible range belongs here", bounds)
    return Finding("number", path, f"{whole} belongs here", "for example 21")


def _no_text(value: object, _kinds: tuple[Any, ...], path: Path) -> Finding:
    if value == "":
        return Finding("text", path, "this text is empty", "write it, or leave the line out")
    if isinstance(value, bool | int | float | dt.date | dt.time):
        written = str(value).lower() if isinstance(value, bool) else str(value)
        return Finding("type", path, "text stands in quotes", f'write "{written}"')
    return Finding("type", path, "a text belongs here", 'for example "Viet Nam"')


_TELLERS: Final[Mapping[Any, Callable[[Any, tuple[Any, ...], Path], Finding]]] = {
    Period: _no_period,
    Interval: _no_interval,
    dt.date: _no_day,
    int: _no_number,
    str: _no_text,
}
