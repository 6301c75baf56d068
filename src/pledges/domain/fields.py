"""What the model declares next to its fields: for options, columns and rows that are made of it."""

import datetime as dt
from collections.abc import Iterable, Mapping
from enum import StrEnum
from functools import cache
from types import UnionType
from typing import Annotated, Any, Final, Union, get_args, get_origin

from msgspec import Meta, Struct, structs
from msgspec.structs import FieldInfo

from pledges.domain.day import Interval, Period

OWN_KEY: Final = "[xX][-_]"
"""What a key of people's own begins with, in any table of the ledger, as a pattern."""


class TextKind(StrEnum):
    """What a text of the ledger is, or what it names."""

    PLAIN = "plain"
    PROSE = "prose"
    PILLAR = "pillar"
    PARTY = "party"
    PARTY_OR_TEXT = "party-or-text"
    SOURCE = "source"
    PLEDGE = "pledge"


class Several(tuple[str, ...]):
    """One text or more; a single one may be written without the brackets of a list."""

    __slots__ = ()


class Term(Struct, frozen=True):
    """A field that holds values, with what is declared next to it.

    ``kind`` is the type of its values, ``float`` for any number; ``option`` is its name on the
    command line.  ``flat_name`` is its name as a column: a row has the terms of a pledge and those
    of its measure next to each other.
    """

    name: str
    title: str
    description: str
    metavar: str
    option: str
    flat_name: str
    kind: type
    text_kind: TextKind
    is_list: bool
    list_kind: type[tuple[Any, ...]]
    is_required: bool

    @property
    def empty(self) -> object:
        """What the field holds if nothing is said."""
        if self.kind is bool:
            return False
        return self.list_kind() if self.is_list else None


def text_of(kind: TextKind) -> Meta:
    """The bounds of a text of this kind."""
    return Meta(min_length=1, extra={"kind": kind})


def text_kind(kind: TextKind) -> Meta:
    """What the texts of a ``Several`` are."""
    return Meta(extra={"kind": kind})


def term(title: str, description: str = "", metavar: str = "", **names: str) -> Meta:
    """What people see of a field: its title, its help, and the metavar of its option.

    ``names`` are ``option`` and ``flat_name``, if these differ from the field's own name.
    """
    return Meta(title=title, description=description, extra={"metavar": metavar, **names})


def meaning(description: str) -> Meta:
    """What a field means that nobody fills in."""
    return Meta(description=description)


def one_of(words: Iterable[str]) -> Meta:
    """That a text is one of these words, for the schema of an answer."""
    return Meta(extra_json_schema={"enum": [*words]})


@cache
def fields(record: type[Struct]) -> Mapping[str, FieldInfo]:
    """The fields of a kind of record, by their keys in the ledger."""
    return {each.encode_name: each for each in structs.fields(record)}


@cache
def terms(record: type[Struct]) -> Mapping[str, Term]:
    """The fields of a kind of record that hold values, not records, by their names."""
    found = {}
    for field in structs.fields(record):
        declared = plain_types(field.type)[0]
        is_several = declared is Several
        is_list = is_several or get_origin(declared) is tuple
        kinds = plain_types(get_args(declared)[0] if is_list and not is_several else field.type)
        if issubclass(kinds[0], Struct):
            continue
        notes = _notes(field.type)
        extra = {key: value for each in notes for key, value in (each.extra or {}).items()}
        found[field.name] = Term(
            name=field.name,
            title=next((each.title for each in notes if each.title), field.name),
            description=next((each.description for each in notes if each.description), ""),
            metavar=extra.get("metavar", ""),
            option=extra.get("option", field.name),
            flat_name=extra.get("flat_name", field.name),
            kind=str if is_several else float if float in kinds else kinds[0],
            text_kind=extra.get("kind", TextKind.PLAIN),
            is_list=is_list,
            list_kind=Several if is_several else tuple,
            is_required=field.required,
        )
    return found


def _notes(declared: object) -> list[Meta]:
    """Everything that is noted of a type and of the types that it is made of."""
    inside = [note for part in get_args(declared) for note in _notes(part)]
    return [declared] if isinstance(declared, Meta) else inside


@cache
def plain_types(declared: Any) -> tuple[Any, ...]:  # noqa: ANN401  (a type, or what typing makes)
    """The types of a union, without their bounds."""
    if get_origin(declared) is Annotated:
        return plain_types(get_args(declared)[0])
    if get_origin(declared) in (UnionType, Union):
        return tuple(each for part in get_args(declared) for each in plain_types(part))
    return (declared,)


def script_value(value: object) -> str | int | float | None:
    """A value of the model for scripts: a period by its name, a list with semicolons between."""
    if value is None or isinstance(value, (int, float)):
        return value
    if isinstance(value, (str, Interval, dt.date)):
        return str(value)
    if isinstance(value, Period):
        return value.name
    if isinstance(value, tuple):
        return ";".join(str(script_value(each)) for each in value)
    return None
