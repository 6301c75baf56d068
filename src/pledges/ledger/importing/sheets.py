"""A file as rows of cells under headings, be it CSV, JSON or another ledger."""

import csv
import io
import re
from collections.abc import Iterable, Sequence
from enum import StrEnum
from pathlib import Path
from typing import Any, Final, NamedTuple

import msgspec
import rtoml
from msgspec import Struct

from pledges.domain.pledge import Ledger
from pledges.errors import Fault, FaultyRows, WrongUse
from pledges.ledger.editing.toml_writing import record_table
from pledges.ledger.reading.decode import decode
from pledges.ledger.reading.find import LARGEST_FILE, path_text, read_file, read_standard_input
from pledges.ledger.text.finding import Explanation

DELIMITERS: Final = ",;\t"
SAVE_HINT: Final = 'save it as "CSV UTF-8"'
WORKBOOKS: Final = (".xlsx", ".xls", ".xlsm", ".ods", ".numbers")
UTF_16_MARKS: Final = (b"\xff\xfe", b"\xfe\xff")


class FileKind(StrEnum):
    """A kind of file that is read."""

    CSV = "csv"
    TSV = "tsv"
    JSON = "json"
    NDJSON = "ndjson"
    TOML = "toml"


SUFFIXES: Final = {".jsonl": FileKind.NDJSON, **{f".{kind}": kind for kind in FileKind}}


class Row(NamedTuple):
    """The cells of a row, one under each heading; the heading of CSV is row 1."""

    number: int
    cells: Sequence[Any]


class Sheet(Struct, frozen=True):
    """Rows under headings; with ``is_text`` each cell is a text, else a value of JSON.

    ``faults`` are the rows that can't be read; ``ledger`` is the one that the rows are made from.
    """

    name: str
    headings: Sequence[str]
    rows: Sequence[Row]
    is_text: bool
    faults: Sequence[Fault] = ()
    ledger: Ledger | None = None


def cell_fault(
    name: str, row: int, words: Explanation, column: int = 1, heading: str = ""
) -> Fault:
    """What is wrong with a cell, by its row and column, both from 1, and its heading."""
    return Fault(name, row, column, len(heading), heading, *words)


def _refusal(name: str, row: int, words: Explanation, column: int = 1) -> FaultyRows:
    return FaultyRows(name, [cell_fault(name, row, words, column)])


def imported_sheet(location: str, kind: FileKind | None) -> Sheet:
    """The content of the file at a path; ``-`` reads standard input.

    Raises: ``WrongUse`` if its kind is not known; ``NoLedger`` if it can't be read;
    ``FaultyRows`` or ``FaultyLedger`` with all that is wrong with it.
    """
    if location == "-":
        name = "<stdin>"
        content = read_standard_input(
            "pipe a file into the command, or give its path", "import it in parts"
        )[0]
    else:
        path = Path(location)
        name, kind = path_text(path), kind or _kind_of_path(path)
        content = read_file(path)[0]
    text = utf_text(content, name)
    match kind or _kind_of_text(text):
        case FileKind.JSON:
            return json_sheet(text, name)
        case FileKind.NDJSON:
            return ndjson_sheet(text, name)
        case FileKind.TOML:
            ledger = decode(text, name)
            tables = enumerate(map(record_table, ledger.pledges), start=1)
            return _record_sheet(tables, name, ledger)
        case flat:
            return csv_sheet(text, name, "\t" if flat is FileKind.TSV else None)


def utf_text(content: bytes, name: str) -> str:
    """The text of a file, in UTF-8 or, if it begins with the mark of that, in UTF-16.

    Raises: ``FaultyRows`` if it is in neither.
    """
    try:
        text = content.decode("utf-16" if content[:2] in UTF_16_MARKS else "utf-8-sig")
        at = content.find(b"\0") if "\0" in text else -1
    except UnicodeDecodeError as error:
        text, at = "", error.start
    if at >= 0:
        line, column = content.count(b"\n", 0, at) + 1, at - content.rfind(b"\n", 0, at)
        message = f"byte 0x{content[at]:02x} is not valid UTF-8"
        raise _refusal(name, line, Explanation("encoding", message, SAVE_HINT), column)
    return text


def _kind_of_path(path: Path) -> FileKind:
    suffix = path.suffix.lower()
    if suffix in SUFFIXES:
        return SUFFIXES[suffix]
    if suffix in WORKBOOKS:
        raise WrongUse(f"{path_text(path)} is a workbook, which can't be imported", SAVE_HINT)
    hint = f"add --from and one of {', '.join(FileKind)}"
    raise WrongUse(f"the name of {path_text(path)} does not show what kind of file it is", hint)


def _kind_of_text(text: str) -> FileKind:
    if re.match(r"\s*(\{|\[\s*[{\]])", text):
        lines = text.strip().split("\n")
        is_lines = len(lines) > 1 and lines[0].strip().endswith("}")  # an object on each line
        return FileKind.NDJSON if is_lines else FileKind.JSON
    try:
        return FileKind.TOML if "pledge" in rtoml.loads(text) else FileKind.CSV
    except rtoml.TomlParsingError:
        return FileKind.CSV


def csv_sheet(text: str, name: str, delimiter: str | None) -> Sheet:
    """The sheet in a text of CSV; without a delimiter its first line shows which it is.

    Raises: ``FaultyRows`` if it has no heading, or a quote that is out of place.
    """
    rows = [row for row in _csv_rows(text, name, delimiter) if any(map(str.strip, row.cells))]
    if not rows:
        hint = "the first row must be the names of the columns, such as id, title, pillar"
        raise _refusal(name, 1, Explanation("row", "there is no heading row", hint))
    headings = rows.pop(0).cells
    width = len(headings)
    faults = []
    for row in rows:
        if any(map(str.strip, row.cells[width:])):
            message = f"this row has {len(row.cells)} cells, but there are {width} columns"
            words = Explanation("row", message, "put a cell that contains a separator in quotes")
            faults.append(cell_fault(name, row.number, words, width + 1))
    rows = [Row(number, [*cells, *[""] * (width - len(cells))]) for number, cells in rows]
    return Sheet(name, headings, rows, is_text=True, faults=faults)


def _csv_rows(text: str, name: str, delimiter: str | None) -> list[Row]:
    """Every row of CSV, blank ones too; the delimiter is what the first line has most of."""
    head = next(filter(str.strip, io.StringIO(text)), "")
    bare = "".join(head.split('"')[::2])  # a heading in quotes may hold any of them
    delimiter = delimiter or max(DELIMITERS, key=bare.count)
    csv.field_size_limit(LARGEST_FILE)
    rows: list[Row] = []
    try:
        for cells in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True):
            rows.append(Row(len(rows) + 1, cells))
    except csv.Error as error:
        is_open = "unexpected end" in str(error)
        message = (
            "the closing quote is missing"
            if is_open
            else "there is something after a closing quote"
        )
        hint = 'write a quote inside a quoted cell twice: ""'
        raise _refusal(name, len(rows) + 1, Explanation("quotes", message, hint)) from None
    return rows


def json_sheet(text: str, name: str) -> Sheet:
    """The pledges of a JSON document: its ``pledges``, a list of them, or a single one.

    Raises: ``FaultyRows`` if it is not JSON, or has no pledges.
    """
    records = document = _json_value(text, name, 1)
    if isinstance(document, dict):  # an answer such as the overview has no pledges
        records = document.get("pledges", None if "kind" in document else [document])
    if not isinstance(records, list):
        hint = "give a list of pledges, as pledges list --format json writes it"
        raise _refusal(name, 1, Explanation("json", "there is no list of pledges in it", hint))
    return _record_sheet(enumerate(records, start=1), name)


def ndjson_sheet(text: str, name: str) -> Sheet:
    """The pledges of JSON lines, one a line.

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
        raise _refusal(name, line, Explanation("json", message), column) from None


def _record_sheet(
    records: Iterable[tuple[int, Any]], name: str, ledger: Ledger | None = None
) -> Sheet:
    """Numbered records as a sheet: a row for each, a column for each of their keys."""
    tables: list[tuple[int, dict[str, Any]]] = []
    faults: list[Fault] = []
    message = "this must be an object with the keys of a pledge"
    words = Explanation("json", message, 'for example {"id": "ECO-01"}')
    for number, each in records:
        if isinstance(each, dict):
            tables.append((number, each))
        else:
            faults.append(cell_fault(name, number, words))
    headings = list(dict.fromkeys(key for _, each in tables for key in each))
    rows = [Row(number, [each.get(key) for key in headings]) for number, each in tables]
    return Sheet(name, headings, rows, is_text=False, faults=faults, ledger=ledger)
