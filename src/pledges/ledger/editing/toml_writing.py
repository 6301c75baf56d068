"""Single values and blocks as TOML: what is added to a ledger, never a whole one."""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import tomli_w
from msgspec import Struct

from pledges.domain.day import Interval, Period
from pledges.domain.fields import fields
from pledges.ledger.reading.record_types import Table


def table(record: Struct) -> Table:
    """A record with the keys of the ledger; what is as by default is left out."""
    given = (
        (key, getattr(record, each.name), each.default)
        for key, each in fields(type(record)).items()
    )
    return {key: tables(value) for key, value, default in given if value != default}


def tables(value: Any) -> Any:
    """A value of the model as TOML has it: a day bare, a period by its name."""
    if isinstance(value, Struct):
        return table(value)
    if isinstance(value, Period):
        return value.first if value.is_day else value.name
    if isinstance(value, Interval):
        return str(value)
    if isinstance(value, tuple):
        return [tables(each) for each in value]
    return str(value) if isinstance(value, str) else value


def inline(value: Any) -> str:
    """A value on one line, as it stands behind a key."""
    if isinstance(value, dict):
        pairs = ", ".join(pair(*each) for each in value.items())
        return f"{{ {pairs} }}" if pairs else "{}"
    if isinstance(value, list):
        return f"[{', '.join(inline(each) for each in value)}]"
    return _scalar(value)


def long_or_inline(value: Any) -> str:
    """A value behind a key: a text of several lines in three quotes, others on one line."""
    if not isinstance(value, str) or "\n" not in value or "\r" in value:
        return inline(value)
    long = tomli_w.dumps({"_": value}, multiline_strings=True).removeprefix("_ = ")[:-1]
    needs_escapes = "\\" in value or '"""' in value or value.endswith('"')
    return long if needs_escapes else long.replace('\\"', '"')


def pair(key: str, value: Any) -> str:
    """A key with its value, on one line."""
    return f"{bare_or_quoted(key)} = {inline(value)}"


def bare_or_quoted(key: str) -> str:
    """A key as it must be written."""
    return tomli_w.dumps({key: 0}).removesuffix(" = 0\n")


def block(
    path: Sequence[str], content: Table, *, is_one_of_several: bool = True, has_long: bool = True
) -> str:
    """A table under its header, then a block for each record of its lists of records.

    Texts of several lines stand in three quotes where ``has_long``.
    """
    name = ".".join(bare_or_quoted(key) for key in path)
    lines = [f"[[{name}]]" if is_one_of_several else f"[{name}]"]
    written = long_or_inline if has_long else inline
    lines += [
        f"{bare_or_quoted(key)} = {written(value)}"
        for key, value in content.items()
        if not _is_records(value)
    ]
    inner = [block((*path, key), each, has_long=has_long) for key, each in _records(content)]
    return "\n".join(["\n".join(lines) + "\n", *inner])


def _scalar(value: str | float | dt.date) -> str:
    return tomli_w.dumps({"_": value}).removeprefix("_ = ").removesuffix("\n")


def _records(content: Mapping[str, Any]) -> Iterator[tuple[str, Table]]:
    for key, value in content.items():
        if _is_records(value):
            yield from ((key, each) for each in value)


def _is_records(value: object) -> bool:
    return isinstance(value, list) and bool(value) and all(isinstance(x, dict) for x in value)
