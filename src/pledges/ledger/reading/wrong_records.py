"""A ledger that does not fit the model, gone through field by field.

``msgspec`` stops at the first fault, so ``wrong_fields`` reports them all; ``sound_part`` is the
ledger without them, so that the rules can still be checked on the rest.
"""

import datetime as dt
from collections.abc import Iterator, Mapping
from typing import Any, Final, get_args, get_origin

from msgspec import Struct
from msgspec.structs import FieldInfo

from pledges.domain.fields import fields, plain_types
from pledges.domain.pledge import Ledger
from pledges.ledger.reading.record_types import Table, nested_kinds
from pledges.ledger.reading.wrong_values import unfit
from pledges.ledger.text.finding import Finding, Path


def wrong_fields(table: object, kind: type[Struct], path: Path) -> Iterator[Finding]:
    """What a record lacks, and each of its fields whose value does not fit."""
    if not isinstance(table, dict):
        yield Finding("type", path, "a table belongs here", "its lines are key = value")
        return
    for key, declared in fields(kind).items():
        if key in table:
            yield from _misfit(table[key], declared, kind, (*path, key))
        elif declared.required:
            yield _missing(key, kind, path)


def _missing(key: str, kind: type[Struct], path: Path) -> Finding:
    if kind is Ledger:
        hint = 'begin with [plan] and title = "..."'
        return Finding("missing", (*path, key), "there is no [plan]", hint, on_key=True)
    name = kind.__name__.lower()
    record = f"an {name}" if name[0] in "au" else f"a {name}"
    wanted = "an id" if key == "id" else f"a {key}"
    example = EXAMPLES.get(key, '"..."')
    hint = f"add {key} = {example}"
    return Finding("missing", (*path, key), f"{record} needs {wanted}", hint, on_key=True)


EXAMPLES: Final = {"id": '"ECO-01"', "date": "2026-11-30", "unit": '"parks"'}


def _misfit(value: Any, declared: FieldInfo, kind: type[Struct], path: Path) -> Iterator[Finding]:
    record = nested_kinds(kind).get(declared.encode_name)
    shape = plain_types(declared.type)[0]
    outer = get_origin(shape)
    if outer is tuple and not isinstance(value, list):
        yield _not_a_list(value, declared.encode_name, record, path)
    elif outer is dict and not isinstance(value, dict):
        yield Finding("type", path, "a table belongs here", "its lines are key = value")
    elif record and outer in (tuple, dict):
        inside = enumerate(value) if outer is tuple else value.items()
        for key, each in inside:
            yield from wrong_fields(each, record, (*path, key))
    elif record:
        yield from wrong_fields(value, record, path)
    elif outer in (tuple, dict):
        part = get_args(shape)[0 if outer is tuple else 1]
        inside = enumerate(value) if outer is tuple else value.items()
        for key, each in inside:
            yield from unfit(each, part, (*path, key))
    else:
        yield from unfit(value, declared.type, path)


def _not_a_list(value: object, key: str, record: object, path: Path) -> Finding:
    if record:
        name = ".".join(str(part) for part in path if isinstance(part, str))
        hint = f"write [[{name}]], with two brackets on either side"
        return Finding("type", path, f"each {key} is one of several", hint)
    hint = f'write {key} = ["{value}"]'
    return Finding("type", path, f"{key} is a list, even of one", hint)


STAND_INS: Final[Mapping[Any, Any]] = {str: "?", dt.date: dt.date.max}
"""What a required value is for the moment, where the ledger's own can't be used."""


def sound_part(table: object, kind: type[Struct]) -> Table:
    """The table without what does not fit, so that the rest can be looked at too."""
    kept: Table = {}
    found = table if isinstance(table, dict) else {}
    for key, declared in fields(kind).items():
        value = _mended_value(found.get(key), declared, kind)
        if value is not None:
            kept[key] = value
        elif declared.required:
            kept[key] = _stand_in(declared)
    return kept


def _mended_value(value: Any, declared: FieldInfo, kind: type[Struct]) -> Any:
    """What can be kept of a value; None where nothing can."""
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
    return value if value is not None and not any(unfit(value, declared.type, ())) else None


def _stand_in(declared: FieldInfo) -> Any:
    kind = plain_types(declared.type)[0]
    return STAND_INS[kind] if kind in STAND_INS else sound_part({}, kind)
