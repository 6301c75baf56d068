"""JSON Schema of the ledger, and of the answers that scripts get: made of the types of both.

An editor has no types but these: what the model declares next to a field is shown there.
"""

from collections.abc import Mapping, Sequence
from enum import Enum
from typing import Any, Final, get_args

from msgspec import Struct, UnsetType, structs
from msgspec.json import schema_components

from pledges.domain.day import INTERVAL_PATTERN, PERIOD_PATTERN, Interval, Period
from pledges.domain.fields import OWN_KEY, Several, plain_types
from pledges.domain.pledge import Ledger
from pledges.view.answer import Document

Schema = dict[str, Any]

DIALECT: Final = "https://json-schema.org/draft/2020-12/schema"
REF: Final = "#/$defs/{name}"

HEAD: Final = ("schema_version", "kind")
"""The keys of an answer that say what it is: they have one value each."""

TEXT: Final[Schema] = {"type": "string", "minLength": 1}
TEXTS: Final[Schema] = {"type": "array", "items": TEXT}
TEXT_OR_TEXTS: Final[Schema] = {**TEXT, **TEXTS, "type": ["string", "array"]}

CUSTOM: Final[Mapping[object, Schema]] = {
    Period: {"type": "string", "pattern": f"^{PERIOD_PATTERN}$"},
    Interval: {"type": "string", "pattern": f"^{INTERVAL_PATTERN}$"},
    Several: TEXTS,
    object: {"type": ["string", "number", "boolean", "array", "object", "null"]},
}
"""The types that are not those of JSON."""


def ledger_schema() -> Schema:
    """The schema of a ledger as TOML is decoded, with each date as a text.

    It is stricter than the program, which warns of a key that it does not know: an editor marks it.
    """
    custom = {**CUSTOM, Several: TEXT_OR_TEXTS}
    whole, parts = _components([Ledger], custom)
    for part in parts.values():
        if "properties" in part:
            part["properties"] = {key: _ledger_field(x) for key, x in part["properties"].items()}
            part |= {"patternProperties": {f"^{OWN_KEY}": True}, "additionalProperties": False}
    return _schema(whole, parts)


def answer_schema(documents: Sequence[type[Struct]], *, is_line: bool = False) -> Schema:
    """The schema of an answer that is one of these documents, or of a line of it in NDJSON."""
    kinds = [each.schema_type() if issubclass(each, Document) else each for each in documents]
    whole, parts = _components(kinds, CUSTOM)
    for name, kind in _kinds_in(kinds).items():
        if issubclass(kind, Struct):  # it has all keys, unless they can be left out, and no other
            keys = parts[name]["properties"]
            for key, value in keys.items():
                default = value.pop("default", None)
                if key in HEAD and "schema_version" in keys:
                    value["const"] = default
            declared = structs.fields(kind)
            needed = [x.encode_name for x in declared if UnsetType not in plain_types(x.type)]
            parts[name] |= {"required": needed, "additionalProperties": False}
    if is_line:  # a document without records is one itself
        lists = [parts[x.__name__]["properties"].get(getattr(x, "RECORDS", "")) for x in kinds]
        whole = [found["items"] if found else one for found, one in zip(lists, whole, strict=True)]
    return _schema(whole, parts)


def _schema(whole: Sequence[Schema], parts: Mapping[str, Schema]) -> Schema:
    one_of = whole[0] if len(whole) == 1 else {"anyOf": [*whole]}
    return {"$schema": DIALECT, **one_of, "$defs": parts}


def _components(
    kinds: Sequence[type[Struct]], custom: Mapping[object, Schema]
) -> tuple[list[Schema], dict[str, Schema]]:
    """The schemas of some types, and of those that they are made of, in words that people read."""
    whole, parts = schema_components(kinds, schema_hook=custom.__getitem__, ref_template=REF)
    for name, kind in _kinds_in(kinds).items():
        part = parts[name]
        paragraphs = part.get("description", "").replace("``", "`").split("\n\n")
        part["description"] = "\n\n".join(" ".join(each.split()) for each in paragraphs)
        if issubclass(kind, Enum):  # which msgspec sorts: their own order says more
            part["enum"] = [each.value for each in kind]
        for value in part.get("properties", {}).values():
            if value.get("description") == "":
                del value["description"]
    return [*whole], parts


def _kinds_in(kinds: Sequence[type[Struct]]) -> dict[str, type]:
    """These records, and those and the closed words that they are made of, by their names."""
    found: dict[str, type] = {}
    parts: list[object] = [*kinds]
    while parts:
        part = parts.pop()
        parts += get_args(part)
        name = getattr(part, "__name__", "")
        if name not in found and isinstance(part, type) and issubclass(part, Struct | Enum):
            found[name] = part
            if issubclass(part, Struct):
                parts += [each.type for each in structs.fields(part)]
    return found


def _ledger_field(value: Schema) -> Schema:
    """The schema of a field of the ledger where it is written: TOML has no null.

    Taplo completes a key once for each kind that it may be of, so they are made one.
    """
    if value.get("default", 0) in (None, [], {}):
        del value["default"]
    kinds = {each.get("type"): each for each in value.pop("anyOf", ())}
    if "number" in kinds:  # which a whole number is, too
        kinds.pop("integer", None)
    kinds.pop("null", None)
    return value | next(iter(kinds.values()), {})
