"""What the model declares of each kind of record, for the walks that tell its faults."""

from collections.abc import Iterator, Mapping
from functools import cache
from types import UnionType
from typing import Annotated, Any, Union, get_args, get_origin

import msgspec
from msgspec import Struct
from msgspec.structs import FieldInfo

from pledges.ledger.reading.convert import Table, children
from pledges.ledger.text.finding import Path


@cache
def fields(kind: type[Struct]) -> Mapping[str, FieldInfo]:
    """The fields of a kind of record, by their keys in the ledger."""
    return {each.encode_name: each for each in msgspec.structs.fields(kind)}


@cache
def plain_types(declared: Any) -> tuple[Any, ...]:
    """The types of a union, without their bounds."""
    if get_origin(declared) in (UnionType, Union):
        return tuple(each for part in get_args(declared) for each in plain_types(part))
    return (get_args(declared)[0] if get_origin(declared) is Annotated else declared,)


def records(
    table: Table, kind: type[Struct], path: Path
) -> Iterator[tuple[object, type[Struct], Path]]:
    """What stands where records belong directly inside a table, with its kind and path."""
    for key, record in children(kind).items():
        value = table.get(key)
        if isinstance(value, list):
            yield from ((each, record, (*path, key, at)) for at, each in enumerate(value))
        elif isinstance(value, dict) and get_origin(fields(kind)[key].type) is dict:
            yield from ((each, record, (*path, key, name)) for name, each in value.items())
        elif value is not None:
            yield value, record, (*path, key)
