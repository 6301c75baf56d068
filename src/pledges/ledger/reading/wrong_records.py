"""A ledger that does not fit the model: everything that is wrong, and the part that is not.

``msgspec`` stops at the first fault, so ``wrong_fields`` goes through a record field by field.
``sound_part`` leaves out what is wrong, so that the rules can still be checked on the rest and one
run reports everything.
"""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final, get_args, get_origin

from msgspec import Struct
from msgspec.structs import FieldInfo

from pledges.domain.fields import fields, plain_types
from pledges.domain.pledge import Ledger
from pledges.ledger.reading.record_types import Table, nested_kinds
from pledges.ledger.reading.wrong_values import wrong_value
from pledges.ledger.text.finding import Finding, Path
from pledges.ledger.text.typos import one_of_several

EXAMPLES: Final = {"id": '"ECO-01"', "date": "2026-11-30", "unit": '"parks"'}
STAND_INS: Final[Mapping[Any, Any]] = {str: "?", dt.date: dt.date.max}
"""What takes the place of a required value that can't be used, by its type."""


def wrong_fields(table: object, kind: type[Struct], path: Path) -> Iterator[Finding]:
    """Yield what a record lacks, and each of its fields whose value does not fit."""
    if not isinstance(table, dict):
        yield _not_a_table(path)
        return
    for key, declared in fields(kind).items():
        if key in table:
            yield from _wrong_field(table[key], declared, kind, (*path, key))
        elif declared.required:
            yield _missing_field(key, kind, path)


def _not_a_table(path: Path) -> Finding:
    return Finding("type", path, "a table belongs here", "its lines are key = value")


def _missing_field(key: str, kind: type[Struct], path: Path) -> Finding:
    path = (*path, key)
    if kind is Ledger:
        hint = 'begin with [plan] and title = "..."'
        return Finding("missing", path, "there is no [plan]", hint, on_key=True)
    name = kind.__name__.lower()
    record = f"an {name}" if name[0] in "au" else f"a {name}"
    wanted = "an id" if key == "id" else f"a {key}"
    example = EXAMPLES.get(key, '"..."')
    hint = f"add {key} = {example}"
    return Finding("missing", path, f"{record} needs {wanted}", hint, on_key=True)


def _wrong_field(
    value: Any, declared: FieldInfo, kind: type[Struct], path: Path
) -> Iterator[Finding]:
    key, part = declared.encode_name, declared.type
    shape = plain_types(part)[0]
    outer = get_origin(shape)
    record = nested_kinds(kind).get(key)
    places: Iterable[tuple[Path, Any]] = [(path, value)]
    if outer is tuple and not isinstance(value, list):
        yield _not_a_list(value, key, record, path)
        return
    if outer is dict and not isinstance(value, dict):
        yield _not_a_table(path)
        return
    if outer in (tuple, dict):
        part = get_args(shape)[0 if outer is tuple else 1]
        inside = enumerate(value) if outer is tuple else value.items()
        places = (((*path, at), each) for at, each in inside)
    for place, each in places:
        yield from wrong_fields(each, record, place) if record else wrong_value(each, part, place)


def _not_a_list(value: object, key: str, record: type[Struct] | None, path: Path) -> Finding:
    if record:
        name = ".".join(str(part) for part in path if isinstance(part, str))
        code, message, hint = one_of_several(key, name)
        return Finding(code, path, message, hint)
    return Finding("type", path, f"{key} is a list, even of one", f'write {key} = ["{value}"]')


def sound_part(table: object, kind: type[Struct]) -> Table:
    """The part of a table that fits the model, with stand-ins for required values."""
    kept: Table = {}
    found = table if isinstance(table, dict) else {}
    for key, declared in fields(kind).items():
        value = _sound_value(found.get(key), declared, kind)
        if value is not None:
            kept[key] = value
        elif declared.required:
            wanted = plain_types(declared.type)[0]
            kept[key] = STAND_INS[wanted] if wanted in STAND_INS else sound_part({}, wanted)
    return kept


def _sound_value(value: Any, declared: FieldInfo, kind: type[Struct]) -> Any:
    """As much of a value as fits; None if nothing does."""
    record = nested_kinds(kind).get(declared.encode_name)
    outer = get_origin(plain_types(declared.type)[0])
    if record and outer is tuple:
        return [sound_part(each, record) for each in value] if isinstance(value, list) else None
    if record and outer is dict and isinstance(value, dict):
        return {key: sound_part(each, record) for key, each in value.items()}
    if record:
        return sound_part(value, record) if isinstance(value, dict) else None
    if outer is dict and isinstance(value, dict):
        return {key: each if isinstance(each, str) and each else "?" for key, each in value.items()}
    return value if value is not None and not any(wrong_value(value, declared.type, ())) else None
