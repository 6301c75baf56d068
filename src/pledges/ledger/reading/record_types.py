"""The kinds of record that the model declares: their fields, and tables read as records."""

import datetime as dt
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any, get_args, get_origin

import msgspec
from msgspec import Struct

from pledges.domain.day import Interval, Period, one_day, read_interval, read_period
from pledges.domain.fields import fields
from pledges.domain.pledge import Ledger
from pledges.errors import NotADate
from pledges.ledger.text.finding import Path

Table = dict[str, Any]


def to_ledger(content: Table) -> Ledger:
    """Return tables as a ledger.

    Raises: ``msgspec.ValidationError`` at the first value that does not fit.
    """
    return msgspec.convert(content, Ledger, dec_hook=decode_hook)


def decode_hook(kind: type, value: object) -> Period | Interval:
    """Return a period or an interval for ``msgspec``, which does not know these types.

    Raises: ``NotADate`` if the value is none.
    """
    if kind is Interval and isinstance(value, str):
        return read_interval(value)
    if kind is Period and isinstance(value, str):
        return read_period(value)
    if kind is Period and isinstance(value, dt.date) and not isinstance(value, dt.datetime):
        return one_day(value)
    raise NotADate(str(value), "not a date")


@cache
def nested_kinds(kind: type[Struct]) -> Mapping[str, type[Struct]]:
    """The kinds of record that are inside a record, by their keys."""
    names = zip(kind.__struct_fields__, kind.__struct_encode_fields__, strict=True)
    found = {key: _record_in(kind.__annotations__[name]) for name, key in names}
    return {key: record for key, record in found.items() if record}


def _record_in(declared: object) -> type[Struct] | None:
    if isinstance(declared, type) and issubclass(declared, Struct):
        return declared
    return next((found for part in get_args(declared) if (found := _record_in(part))), None)


@cache
def _keys(kind: type[Struct]) -> frozenset[str]:
    return frozenset(kind.__struct_encode_fields__)


def has_unknown_keys(table: Table, kind: type[Struct]) -> bool:
    """Whether a table that fits the model has any key that the model does not declare."""
    if not table.keys() <= _keys(kind):
        return True
    records = nested_kinds(kind)
    for key in table.keys() & records.keys():
        inside = table[key]
        if isinstance(inside, dict):
            is_register = all(isinstance(each, dict) for each in inside.values())
            inside = inside.values() if is_register else [inside]
        for each in inside:
            if has_unknown_keys(each, records[key]):
                return True
    return False


def nested_records(
    table: Table, kind: type[Struct], path: Path
) -> Iterator[tuple[object, type[Struct], Path]]:
    """Yield what is directly inside a table in the place of a record, with its kind and path."""
    for key, record in nested_kinds(kind).items():
        value = table.get(key)
        if isinstance(value, list):
            yield from ((each, record, (*path, key, at)) for at, each in enumerate(value))
        elif isinstance(value, dict) and get_origin(fields(kind)[key].type) is dict:
            yield from ((each, record, (*path, key, name)) for name, each in value.items())
        elif value is not None:
            yield value, record, (*path, key)
