"""The text of a ledger as a ledger, for the case that nothing is wrong with it."""

import datetime as dt
from collections.abc import Mapping
from contextlib import suppress
from functools import cache
from typing import Any, get_args

import msgspec
import rtoml
from msgspec import Struct

from pledges.domain.day import Interval, Period, one_day, read_interval, read_period
from pledges.domain.fields import Several, fields
from pledges.domain.pledge import Ledger
from pledges.errors import NotADate
from pledges.ledger.reading.rules import broken_rules

Table = dict[str, Any]


def decode(text: str, name: str) -> Ledger:
    """Return the ledger that a text contains.

    Raises: ``FaultyLedger`` with all its faults, as places in the file called ``name``.
    """
    with suppress(rtoml.TomlParsingError):
        if ledger := sound_ledger(rtoml.loads(text)):
            return ledger
    # Most ledgers are sound: the search for all faults, and its modules, cost them nothing.
    from pledges.ledger.reading.faults import decode_with_faults  # noqa: PLC0415  (see above)

    return decode_with_faults(text, name)


def sound_ledger(content: Table) -> Ledger | None:
    """The ledger that tables contain; None if anything may be wrong with it."""
    try:
        ledger = to_ledger(content)
    except msgspec.ValidationError:
        return None
    if broken_rules(ledger):
        return None
    if has_unknown_keys(content, Ledger):
        # Only a ledger with keys of people's own pays for the question whether they are slips.
        from pledges.ledger.reading.unknown_keys import unknown_keys  # noqa: PLC0415  (see above)

        return None if any(unknown_keys(content, Ledger, ())) else ledger
    return ledger


def to_ledger(content: Table) -> Ledger:
    """Return tables as a ledger.

    Raises: ``msgspec.ValidationError`` at the first value that does not fit.
    """
    return msgspec.convert(content, Ledger, dec_hook=decode_hook)


def decode_hook(kind: type, value: object) -> Period | Interval | Several:
    """Return a period, an interval or texts for ``msgspec``, which does not know these types.

    Raises: ``NotADate`` or ``ValueError`` if the value is none.
    """
    if kind is Several:
        if type(value) is str and value:  # as most are
            return Several((value,))
        if isinstance(value, list) and all(isinstance(each, str) and each for each in value):
            return Several(value)
        raise ValueError
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


def has_unknown_keys(table: Table, kind: type[Struct]) -> bool:
    """Whether a table that fits the model has any key that the model does not declare."""
    if not table.keys() <= fields(kind).keys():
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
