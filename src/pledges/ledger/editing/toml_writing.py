"""Single values and blocks as TOML: what is added to a ledger, never a whole one."""

import datetime as dt
from functools import lru_cache
from typing import Any, Final

import tomli_w
from msgspec import Struct
from msgspec.structs import astuple

from pledges.clean import safe_toml
from pledges.domain.day import Interval, Period
from pledges.domain.fields import Several, fields
from pledges.ledger.reading.decode import Table

_PLAIN: Final = frozenset({str, int, float, bool, dt.date})
"""The types of values that TOML has as they are."""


def record_table(record: Struct) -> Table:
    """A record with the keys of the ledger; what is as by default is left out."""
    declared = fields(type(record)).items()
    # Most fields are None by default, and most are so: to compare periods takes longer.
    return {
        key: value if type(value) in _PLAIN else toml_value(value)
        for (key, field), value in zip(declared, astuple(record), strict=True)
        if value is not (default := field.default) and (default is None or value != default)
    }


def toml_value(value: Any) -> Any:
    """A value of the model as TOML has it: a day as a date, a period as its name."""
    if isinstance(value, tuple):
        if len(value) == 1 and isinstance(value, Several):
            return value[0]
        return [each if type(each) is str else toml_value(each) for each in value]
    if isinstance(value, Period):
        return value.first if value.is_day else value.name
    if isinstance(value, Struct):
        return record_table(value)
    return str(value) if isinstance(value, str | Interval) else value


def value_text(value: Any, *, has_room: bool = False) -> str:
    """A value as it is written after a key.

    If it ``has_room``, a text of several lines is written on as many, in three quotes.
    """
    # Most values are plain: the library, which treats each one as a document, takes much longer.
    if type(value) is str and value.isprintable() and not ('"' in value or "\\" in value):
        return f'"{value}"'
    if type(value) in (int, dt.date):
        return str(value)
    if isinstance(value, dict):
        pairs = ", ".join(pair_text(*each) for each in value.items())
        return f"{{ {pairs} }}" if pairs else "{}"
    if isinstance(value, list):
        return f"[{', '.join(map(value_text, value))}]"
    is_long = has_room and isinstance(value, str) and "\n" in value and "\r" not in value
    # Only single values are given to the library: it would write a list or table on many lines.
    written = tomli_w.dumps({"_": value}, multiline_strings=is_long)
    text = safe_toml(written.removeprefix("_ = ")[:-1])
    needs_escapes = is_long and ("\\" in value or '"""' in value or value.endswith('"'))
    return text.replace('\\"', '"') if is_long and not needs_escapes else text


def pair_text(key: str, value: Any, *, has_room: bool = False) -> str:
    """A key with its value."""
    return f"{key_text(key)} = {value_text(value, has_room=has_room)}"


@lru_cache(maxsize=1024)
def key_text(key: str) -> str:
    """A key, in quotes if it needs them."""
    return safe_toml(tomli_w.dumps({key: 0}).removesuffix(" = 0\n"))


def block_text(
    path: tuple[str, ...], content: Table, *, is_one_of_several: bool = True, has_room: bool = True
) -> str:
    """A table under its header, then a block for each record of its lists of records."""
    name = ".".join(map(key_text, path))
    lines = [f"[[{name}]]" if is_one_of_several else f"[{name}]"]
    blocks = []
    for key, value in content.items():
        if isinstance(value, list) and value and isinstance(value[0], dict):
            blocks += [block_text((*path, key), each, has_room=has_room) for each in value]
        else:
            lines.append(f"{key_text(key)} = {value_text(value, has_room=has_room)}")
    return "\n".join(["\n".join(lines) + "\n", *blocks])
