"""JSON, JSON lines and ledgers, as rows: one for each record, a column for each key."""

from collections.abc import Iterable, Mapping, Sequence
from itertools import islice
from typing import Any, Final

import msgspec

from pledges.domain.pledge import Ledger
from pledges.errors import Fault, FaultyRows
from pledges.ledger.editing.toml_writing import record_table
from pledges.ledger.importing.sheets import Row, Sheet, cell_fault, row_refusal
from pledges.ledger.reading.decode import decode
from pledges.ledger.text.finding import Explanation

MOST_KEYS: Final = 500
"""Each of the keys is a column, which every record gets: a key of its own in each is no table."""

KEY: Final = "key"
"""The heading of the keys under which a map has its records."""


def ledger_sheet(text: str, name: str) -> Sheet:
    """The pledges of another ledger.

    Raises: ``FaultyLedger`` with all that is wrong with it.
    """
    ledger = decode(text, name)
    tables = enumerate(map(record_table, ledger.pledges), start=1)
    return _record_sheet(tables, name, ledger=ledger, is_verbatim=True)


def json_sheet(text: str, name: str, below: str | None = None) -> Sheet:
    """The records of a JSON document: a list of them, or the one ``below`` a key.

    Without a key it is the only list of records that the document has, or the document is one
    record itself.  A map of records, or of lists of them, gives its keys in a column of their own.

    Raises: ``FaultyRows`` if it is not JSON, or it is not clear where the records are.
    """
    document = _json_value(text, name, 1)
    is_ours = isinstance(document, dict) and {"schema_version", "kind"} <= document.keys()
    return _record_sheet(
        enumerate(_records(document, name, below), start=1), name, is_verbatim=is_ours
    )


def _records(document: Any, name: str, below: str | None) -> Sequence[Any]:
    if isinstance(document, list) and below is None:
        return document
    places = document if isinstance(document, dict) else {}
    if below is None and "pledges" in places:
        below = "pledges"
    if below is not None:
        found = _as_list(places.get(below))
        if found is None:
            named = ", ".join(key for key, each in places.items() if _as_list(each) is not None)
            hint = f"write one of {named}" if named else "leave out below in [rows]"
            message = f"there are no records below {below!r}"
            raise row_refusal(name, 1, Explanation("json", message, hint))
        return found
    is_pledge = isinstance(places.get("id"), str)  # the lists of which are its history
    lists = [] if is_pledge else [x for x, each in places.items() if _is_list_of_records(each)]
    if len(lists) == 1:
        return _as_list(places[lists[0]]) or []
    if not lists and places and "kind" not in places:
        return [places] if is_pledge else _as_list(places) or [places]
    hint = "give a list of pledges, as pledges list --format json writes it"
    if lists:
        hint = f'write in the mapping [rows] below = "{lists[0]}", or another of {", ".join(lists)}'
    raise row_refusal(
        name, 1, Explanation("json", "it is not clear where the pledges are in it", hint)
    )


def _is_list_of_records(value: Any) -> bool:
    return isinstance(value, list) and bool(value) and all(isinstance(x, dict) for x in value)


def _as_list(value: Any) -> Sequence[Any] | None:
    """A list as it is, a map of records or of lists of records as a list; None if it is neither."""
    if isinstance(value, list):
        return value
    if isinstance(value, dict) and value:
        if all(isinstance(each, dict) for each in value.values()):
            return [{KEY: key, **each} for key, each in value.items()]
        if all(map(_is_list_of_records, value.values())):
            return [{KEY: key, **each} for key, inside in value.items() for each in inside]
    return None


def ndjson_sheet(text: str, name: str) -> Sheet:
    """The records of JSON lines, one a line.

    Raises: ``FaultyRows`` with every line that is not JSON.
    """
    records: list[tuple[int, Any]] = []
    faults: list[Fault] = []
    for number, line in enumerate(text.split("\n"), start=1):
        if line.strip():
            try:
                records.append((number, _json_value(line, name, number)))
            except FaultyRows as error:
                faults += error.faults
    if faults:
        raise FaultyRows(name, faults)
    return _record_sheet(records, name)


def _json_value(text: str, name: str, line: int) -> Any:
    try:
        return msgspec.json.decode(text)
    except (msgspec.DecodeError, RecursionError) as error:
        reason, _, place = str(error).partition(" (byte ")
        before = text.encode()[: int(place.rstrip(")") or 0)].decode(errors="ignore")
        line, column = line + before.count("\n"), len(before) - before.rfind("\n")
        message = f"this is not valid JSON: {reason.removeprefix('JSON is malformed: ')}"
        raise row_refusal(name, line, Explanation("json", message), column) from None


def _record_sheet(
    records: Iterable[tuple[int, Any]],
    name: str,
    *,
    ledger: Ledger | None = None,
    is_verbatim: bool = False,
) -> Sheet:
    """Numbered records as a sheet: a row for each, a column for each of their keys."""
    tables: list[tuple[int, Mapping[str, Any]]] = []
    faults: list[Fault] = []
    message = "this must be an object with the keys of a pledge"
    words = Explanation("json", message, 'for example {"id": "ECO-01"}')
    for number, each in records:
        if isinstance(each, dict):
            tables.append((number, each))
            is_verbatim |= "assessment" in each
        else:
            faults.append(cell_fault(name, number, words))
    headings: dict[str, None] = {}
    for number, each in tables:
        headings |= dict.fromkeys(islice(each, MOST_KEYS + 1))
        if len(headings) > MOST_KEYS:
            message = f"the records up to this one have more than {MOST_KEYS} different keys"
            hint = 'if the keys are names, put them in the records: {"name": "...", "title": "..."}'
            raise row_refusal(name, number, Explanation("json", message, hint))
    rows = [Row(number, [each.get(key) for key in headings]) for number, each in tables]
    return Sheet(
        name,
        list(headings),
        rows,
        is_text=False,
        faults=faults,
        ledger=ledger,
        is_verbatim=is_verbatim,
    )
