"""Tables into the model, with every fault of the file.

A sound ledger is converted in one step.  ``msgspec`` stops at the first fault, so one that it
refuses is gone through field by field; what is wrong is told and put right for the moment, so that
the rules can still be asked about all the rest.
"""

import datetime as dt
import math
from collections.abc import Iterator, Mapping
from enum import StrEnum
from functools import cache
from types import UnionType
from typing import Annotated, Any, Final, Union, get_args, get_origin

import msgspec
from msgspec import NODEFAULT, Struct
from msgspec.structs import FieldInfo

from pledges.domain.day import (
    DATE_HINT,
    INTERVAL_HINT,
    PERIOD_HINT,
    Interval,
    Period,
    one_day,
    read_interval,
    read_period,
)
from pledges.domain.pledge import Ledger, Measure, Plan, Pledge, Update
from pledges.errors import FaultyLedger, NotADate, nearest, one_of
from pledges.ledger.finding import Finding, Places
from pledges.ledger.locate import Path, scan
from pledges.ledger.rules import broken_rules
from pledges.ledger.syntax import Tables, read_tables

Table = dict[str, Any]


def decode(text: str, name: str) -> Ledger:
    """The ledger that ``text`` holds.

    Raises: ``FaultyLedger`` with every fault of it, placed in the file called ``name``.
    """
    tables = read_tables(text)
    content, findings = tables.content, list(tables.findings)
    ledger: Ledger | None = None
    if content is not None:
        findings += _unknown_keys(content, Ledger, ())
        try:
            ledger = _converted(content)
        except msgspec.ValidationError:
            findings += _unmet(_misshapen(content, Ledger, ()), tables)
            ledger = _converted(_mended(content, Ledger))
        broken = {each.path for each in findings}
        findings += broken_rules(ledger, broken)
    if ledger is None or findings:
        raise _faulty(text, name, tables, findings)
    return ledger


def _converted(content: Table) -> Ledger:
    return msgspec.convert(content, Ledger, dec_hook=_read)


def _read(kind: type, value: object) -> Period | Interval:
    """A period or an interval from what TOML gives for it."""
    if kind is Interval and isinstance(value, str):
        return read_interval(value)
    if kind is Period and isinstance(value, str):
        return read_period(value)
    if kind is Period and isinstance(value, dt.date) and not isinstance(value, dt.datetime):
        return one_day(value)
    raise NotADate(str(value), "not a date")


def _faulty(text: str, name: str, tables: Tables, findings: list[Finding]) -> FaultyLedger:
    places = Places(text, tables.found or scan(text), name)
    faults = sorted({places.fault(each) for each in findings}, key=lambda each: each[1:3])
    return FaultyLedger(name, faults)


def _unmet(findings: Iterator[Finding], tables: Tables) -> Iterator[Finding]:
    """The findings but for what is missing from a table where a line could not be read."""
    broken = tables.found.broken if tables.found else []
    unread = {each.path for each in broken} | {each.path[:-1] for each in broken}
    for finding in findings:
        if finding.code != "missing" or finding.path[:-1] not in unread:
            yield finding


@cache
def _fields(kind: type[Struct]) -> Mapping[str, FieldInfo]:
    return {each.encode_name: each for each in msgspec.structs.fields(kind)}


@cache
def _children(kind: type[Struct]) -> Mapping[str, type[Struct]]:
    """The kinds of record that stand inside a record, by their keys."""
    found = {key: _record_in(each.type) for key, each in _fields(kind).items()}
    return {key: record for key, record in found.items() if record}


def _record_in(declared: object) -> type[Struct] | None:
    kinds = (_plain_types(each) for each in (declared, *get_args(declared)))
    records = (each for each in (each for kind in kinds for each in kind) if _is_record(each))
    return next(records, None)


def _is_record(kind: object) -> bool:
    return isinstance(kind, type) and issubclass(kind, Struct)


@cache
def _plain_types(declared: Any) -> tuple[Any, ...]:
    """The types of a union, without their bounds."""
    if get_origin(declared) in (UnionType, Union):
        return tuple(each for part in get_args(declared) for each in _plain_types(part))
    return (get_args(declared)[0] if get_origin(declared) is Annotated else declared,)


def _records(table: Table, kind: type[Struct], path: Path) -> Iterator[tuple[Any, Any, Path]]:
    """The records directly inside a table, with their kinds and paths, where they are tables."""
    for key, record in _children(kind).items():
        value = table.get(key)
        if isinstance(value, list):
            yield from ((each, record, (*path, key, at)) for at, each in enumerate(value))
        elif isinstance(value, dict) and get_origin(_fields(kind)[key].type) is dict:
            yield from ((each, record, (*path, key, name)) for name, each in value.items())
        elif value is not None:
            yield value, record, (*path, key)


MISPLACED: Final[Mapping[type[Struct], tuple[type[Struct], ...]]] = {
    Ledger: (Plan, Pledge),
    Pledge: (Update, Measure),
}
"""Where a key may have slipped out of: the records whose keys mean nothing one level up."""

NOT_MISPLACED: Final = frozenset({"date", "by"})


def _unknown_keys(table: Table, kind: type[Struct], path: Path) -> Iterator[Finding]:
    """The keys that are misspelt, or that stand in the wrong table; others are let through."""
    known = _fields(kind)
    for key in table.keys() - known.keys():
        found = _misplaced(key, kind, table[key]) or _misspelt(key, known)
        if found:
            yield Finding("key", (*path, key), *found, on_key=True)
    for value, record, inside in _records(table, kind, path):
        if isinstance(value, dict):
            yield from _unknown_keys(value, record, inside)


def _misspelt(key: str, known: Mapping[str, FieldInfo]) -> tuple[str, str] | None:
    close = nearest(key.replace("-", "_").strip(), list(known), 0.8)
    return (f"there is no key {key!r}", f"did you mean {close}?") if close else None


def _misplaced(key: str, kind: type[Struct], value: object) -> tuple[str, str] | None:
    if key == "status" and kind is Pledge:
        return (
            "a status stands in an update, not beside a pledge's terms",
            f'write [[pledge.update]], then date = ... and status = "{value}"',
        )
    for owner in MISPLACED.get(kind, ()):
        if key in _fields(owner) and key not in NOT_MISPLACED:
            table = {Plan: "[plan]", Pledge: "[[pledge]]", Update: "[[pledge.update]]"}
            where = table.get(owner, "[pledge.measure]")
            if owner is Pledge and key in _children(Pledge):
                return f"[{key}] stands outside a pledge", f"write pledge.{key} in the brackets"
            return f"{key!r} does not belong here", f"it stands in {where}"
    return None


def _misshapen(table: object, kind: type[Struct], path: Path) -> Iterator[Finding]:
    """What a record lacks, and each of its fields whose value does not fit."""
    if not isinstance(table, dict):
        yield Finding("type", path, "a table belongs here", "its lines are key = value")
        return
    for key, declared in _fields(kind).items():
        if key in table:
            yield from _misfit(table[key], declared, kind, (*path, key))
        elif declared.required:
            yield _missing(key, kind, path)


def _missing(key: str, kind: type[Struct], path: Path) -> Finding:
    if kind is Ledger:
        hint = 'begin with [plan] and title = "..."'
        return Finding("missing", (*path, key), "there is no [plan]", hint, on_key=True)
    name = kind.__name__.lower()
    article = "an" if name[0] in "au" else "a"
    example = EXAMPLES.get(key, '"..."')
    hint = f"add {key} = {example}"
    return Finding("missing", (*path, key), f"{article} {name} needs a {key}", hint, on_key=True)


EXAMPLES: Final = {"id": '"ECO-01"', "date": "2026-11-30", "unit": '"parks"'}


def _misfit(value: Any, declared: FieldInfo, kind: type[Struct], path: Path) -> Iterator[Finding]:
    record = _children(kind).get(declared.encode_name)
    outer = get_origin(declared.type)
    if outer is tuple and not isinstance(value, list):
        yield _not_a_list(value, declared.encode_name, record, path)
    elif outer is dict and not isinstance(value, dict):
        yield Finding("type", path, "a table belongs here", "its lines are key = value")
    elif record and outer in (tuple, dict):
        inside = enumerate(value) if outer is tuple else value.items()
        for key, each in inside:
            yield from _misshapen(each, record, (*path, key))
    elif record:
        yield from _misshapen(value, record, path)
    elif outer in (tuple, dict):
        part = get_args(declared.type)[0 if outer is tuple else 1]
        inside = enumerate(value) if outer is tuple else value.items()
        for key, each in inside:
            yield from _unfit(each, part, (*path, key))
    else:
        yield from _unfit(value, declared.type, path)


def _not_a_list(value: object, key: str, record: object, path: Path) -> Finding:
    if record:
        name = ".".join(str(part) for part in path if isinstance(part, str))
        hint = f"write [[{name}]], with two brackets on either side"
        return Finding("type", path, f"each {key} is one of several", hint)
    hint = f'write {key} = ["{value}"]'
    return Finding("type", path, f"{key} is a list, even of one", hint)


def _unfit(value: Any, declared: Any, path: Path) -> Iterator[Finding]:
    """A finding where a single value is not what is declared."""
    try:
        msgspec.convert(value, declared, dec_hook=_read)
    except msgspec.ValidationError as error:
        yield _told(value, _plain_types(declared), path, str(error))


def _told(value: Any, kinds: tuple[Any, ...], path: Path, otherwise: str) -> Finding:
    words = next(
        (each for each in kinds if isinstance(each, type) and issubclass(each, StrEnum)), None
    )
    if Period in kinds:
        return _no_period(value, path)
    if Interval in kinds:
        return Finding("date", path, "a length of time belongs here", INTERVAL_HINT)
    if dt.date in kinds:
        return _no_day(value, path)
    if words:
        return _no_word(value, words, path)
    if int in kinds:
        return _no_number(value, kinds, path)
    if str in kinds:
        return _no_text(value, path)
    return Finding("type", path, otherwise)


def _no_period(value: object, path: Path) -> Finding:
    if isinstance(value, int) and not isinstance(value, bool):
        return Finding("date", path, "a year stands in quotes", f'write "{value}"')
    if isinstance(value, dt.datetime):
        return _timed(value, path)
    try:
        read_period(str(value))
    except NotADate as error:
        return Finding("date", path, error.reason, error.hint)
    return Finding("date", path, "a day or a period belongs here", PERIOD_HINT)


def _no_day(value: object, path: Path) -> Finding:
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
        return Finding("number", path, f"{whole} belongs here, without quotes", "for example 21")
    if path == ("schema",):
        hint = "this program reads schema = 1; a later one may read this file"
        return Finding("schema", path, f"schema {value} is not known", hint)
    if isinstance(value, float) and not math.isfinite(value):
        return Finding("number", path, f"{value} is no number here", "write it in digits")
    if isinstance(value, int | float) and not isinstance(value, bool):
        return Finding("number", path, f"{whole} in a sensible range belongs here", "0 or more")
    return Finding("number", path, f"{whole} belongs here", "for example 21")


def _no_text(value: object, path: Path) -> Finding:
    if value == "":
        return Finding("text", path, "this text is empty", "write it, or leave the line out")
    if isinstance(value, bool | int | float | dt.date | dt.time):
        written = str(value).lower() if isinstance(value, bool) else str(value)
        return Finding("type", path, "text stands in quotes", f'write "{written}"')
    return Finding("type", path, "a text belongs here", 'for example "Viet Nam"')


STAND_INS: Final[Mapping[Any, Any]] = {str: "?", dt.date: dt.date.max}
"""What a required value is for the moment, where the ledger's own can't be used."""


def _mended(table: object, kind: type[Struct]) -> Table:
    """The table without what does not fit, so that the rest can be looked at too."""
    kept: Table = {}
    found = table if isinstance(table, dict) else {}
    for key, declared in _fields(kind).items():
        value = _mended_value(found.get(key), declared, kind)
        if value is not None:
            kept[key] = value
        elif declared.required:
            kept[key] = _stand_in(declared)
    return kept


def _mended_value(value: Any, declared: FieldInfo, kind: type[Struct]) -> Any:
    record = _children(kind).get(declared.encode_name)
    outer = get_origin(declared.type)
    if value is None:
        return None
    if record and outer is tuple:
        return [_mended(each, record) for each in value] if isinstance(value, list) else []
    if record and outer is dict:
        pairs = value.items() if isinstance(value, dict) else ()
        return {key: _mended(each, record) for key, each in pairs}
    if record:
        return _mended(value, record) if isinstance(value, dict) else None
    if outer is dict and isinstance(value, dict):
        return {key: each if isinstance(each, str) and each else "?" for key, each in value.items()}
    try:
        msgspec.convert(value, declared.type, dec_hook=_read)
    except msgspec.ValidationError:
        return None
    return value


def _stand_in(declared: FieldInfo) -> Any:
    kind = _plain_types(declared.type)[0]
    return _mended({}, kind) if _is_record(kind) else STAND_INS[kind]
