"""JSON, NDJSON and ledgers as sheets: a row a record, a column a key."""

from collections.abc import Iterable, Iterator
from typing import Any, Final

import msgspec

from pledges.domain.pledge import Ledger
from pledges.errors import Fault, FaultyRows
from pledges.ledger.editing.toml_writing import table
from pledges.ledger.importing.sheets import Row, Sheet, fault

FORMS_HINT: Final = "what pledges list --format json writes, or a list of pledges"


def json_sheet(text: str, name: str) -> Sheet:
    """The pledges of a JSON document: its own ``pledges``, a list of them, or one alone.

    Raises: ``FaultyRows`` where it is no JSON, or holds no pledges.
    """
    document = _decoded(text, name, 1)
    found = document.get("pledges", [document]) if isinstance(document, dict) else document
    is_answer = isinstance(document, dict) and "kind" in document and "pledges" not in document
    if not isinstance(found, list) or is_answer:
        message = "there is no list of pledges in it"
        raise FaultyRows(name, [fault(name, 1, 1, "", message, FORMS_HINT, "json")])
    return _sheet(enumerate(found, start=1), name)


def ndjson_sheet(text: str, name: str) -> Sheet:
    """The pledges of JSON lines, one a line.

    Raises: ``FaultyRows`` with every line that is no JSON.
    """
    found: list[tuple[int, Any]] = []
    faults: list[Fault] = []
    for number, line in enumerate(text.split("\n"), start=1):
        if line.strip():
            try:
                found.append((number, _decoded(line, name, number)))
            except FaultyRows as error:
                faults += error.faults
    if faults:
        raise FaultyRows(name, faults)
    return _sheet(found, name)


def ledger_sheet(ledger: Ledger, name: str) -> Sheet:
    """The pledges of another ledger."""
    return _sheet(enumerate(map(table, ledger.pledges), start=1), name)


def _decoded(text: str, name: str, line: int) -> Any:
    try:
        return msgspec.json.decode(text)
    except (msgspec.DecodeError, RecursionError) as error:
        reason, _, place = str(error).partition(" (byte ")
        before = text.encode()[: int(place.rstrip(")") or 0)].decode(errors="ignore")
        at = line + before.count("\n")
        column = len(before) - before.rfind("\n")
        message = f"this is no JSON: {reason.removeprefix('JSON is malformed: ')}"
        found = fault(name, at, column, "", message, "each text stands in straight quotes", "json")
        raise FaultyRows(name, [found]) from None


def _sheet(records: Iterable[tuple[int, Any]], name: str) -> Sheet:
    numbered = list(records)
    good = [(number, each) for number, each in numbered if isinstance(each, dict)]
    headings = list(dict.fromkeys(key for _, each in good for key in each))
    rows = [Row(number, [each.get(key) for key in headings]) for number, each in good]
    faults = list(_no_records(numbered, name))
    return Sheet(name, headings, rows, is_text=False, faults=faults)


def _no_records(records: Iterable[tuple[int, Any]], name: str) -> Iterator[Fault]:
    for number, each in records:
        if not isinstance(each, dict):
            message = "this is no pledge: an object belongs here"
            yield fault(name, number, 1, "", message, 'for example {"id": "ECO-01"}', "json")
