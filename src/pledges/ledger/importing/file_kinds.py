"""A file that is to be brought in: what kind it is, and the sheet that it holds."""

import re
import sys
from enum import StrEnum
from pathlib import Path
from typing import Final

import rtoml
from msgspec import Struct

from pledges.domain.pledge import Ledger
from pledges.errors import FaultyRows, NoLedger, WrongUse
from pledges.ledger.importing.documents import json_sheet, ledger_sheet, ndjson_sheet
from pledges.ledger.importing.sheets import Sheet, fault, sheet
from pledges.ledger.reading.decode import decode
from pledges.ledger.reading.find import LARGEST_FILE, path_text, read_file

STDIN: Final = "-"
SAVE_HINT: Final = 'save it as "CSV UTF-8"'
WORKBOOKS: Final = (".xlsx", ".xls", ".xlsm", ".ods", ".numbers")
WIDE_MARKS: Final = (b"\xff\xfe", b"\xfe\xff")
"""What a text in UTF-16 begins with."""


class FileKind(StrEnum):
    """What a file can be."""

    CSV = "csv"
    TSV = "tsv"
    JSON = "json"
    NDJSON = "ndjson"
    TOML = "toml"


SUFFIXES: Final = {".jsonl": FileKind.NDJSON, **{f".{kind}": kind for kind in FileKind}}


class Incoming(Struct, frozen=True):
    """What a file holds; ``ledger`` where it is one itself."""

    sheet: Sheet
    ledger: Ledger | None = None


def incoming(given: str, kind: FileKind | None) -> Incoming:
    """What the file ``given`` holds; ``-`` is standard input.

    Raises: ``WrongUse`` where it can't be told what it is; ``NoLedger`` where it can't be read;
    ``FaultyRows`` or ``FaultyLedger`` with all that is wrong with it.
    """
    if given == STDIN:
        text = readable(_standard_input(), "<stdin>")
        return _read(text, "<stdin>", kind or _kind_of_text(text))
    path = Path(given)
    name = path_text(path)
    found = kind or _kind_of_file(path)
    content, _ = read_file(path)
    return _read(readable(content, name), name, found)


def readable(content: bytes, name: str) -> str:
    """The text of a file, in UTF-8 or, where it says so by its first bytes, in UTF-16.

    Raises: ``FaultyRows`` where it is neither.
    """
    try:
        text = content.decode("utf-16" if content[:2] in WIDE_MARKS else "utf-8-sig")
    except UnicodeDecodeError as error:
        raise _unreadable(content, error.start, name) from None
    if "\0" in text:
        raise _unreadable(content, content.find(b"\0"), name)
    return text


def _unreadable(content: bytes, at: int, name: str) -> FaultyRows:
    line = content.count(b"\n", 0, at) + 1
    column = at - content.rfind(b"\n", 0, at)
    message = f"byte 0x{content[at]:02x} is no UTF-8"
    return FaultyRows(name, [fault(name, line, column, "", message, SAVE_HINT, "encoding")])


def _read(text: str, name: str, kind: FileKind) -> Incoming:
    match kind:
        case FileKind.CSV:
            return Incoming(sheet(text, name, None))
        case FileKind.TSV:
            return Incoming(sheet(text, name, "\t"))
        case FileKind.JSON:
            return Incoming(json_sheet(text, name))
        case FileKind.NDJSON:
            return Incoming(ndjson_sheet(text, name))
        case FileKind.TOML:
            ledger = decode(text, name)
            return Incoming(ledger_sheet(ledger, name), ledger)


def _standard_input() -> bytes:
    if sys.stdin is None:
        raise NoLedger("standard input is closed", "pipe a file into it, or name one")
    try:
        content = sys.stdin.buffer.read(LARGEST_FILE + 1)
    except OSError as error:
        raise NoLedger(f"standard input can't be read: {error.strerror}") from None
    if len(content) > LARGEST_FILE:
        raise NoLedger("standard input is larger than 64 MiB", "bring it in by parts")
    return content


def _kind_of_file(path: Path) -> FileKind:
    suffix = path.suffix.lower()
    if suffix in SUFFIXES:
        return SUFFIXES[suffix]
    if suffix in WORKBOOKS:
        raise WrongUse(f"{path_text(path)} is a workbook, which is not read", SAVE_HINT)
    hint = f"--from {'|'.join(FileKind)} says what it is"
    raise WrongUse(f"it can't be told from its name what {path_text(path)} is", hint)


def _kind_of_text(text: str) -> FileKind:
    if re.match(r"\s*(\{|\[\s*[{\]])", text):
        return FileKind.JSON if _is_one_document(text) else FileKind.NDJSON
    try:
        return FileKind.TOML if "pledge" in rtoml.loads(text) else FileKind.CSV
    except rtoml.TomlParsingError:
        return FileKind.CSV


def _is_one_document(text: str) -> bool:
    """Whether a text is no row of objects, a line each."""
    lines = text.strip().split("\n")
    return len(lines) == 1 or not lines[0].strip().endswith("}")
