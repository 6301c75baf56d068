"""The kinds of file that pledges are imported from, and the sheet that each holds."""

import re
import sys
from enum import StrEnum
from pathlib import Path
from typing import Final

import rtoml
from msgspec import Struct

from pledges.domain.pledge import Ledger
from pledges.errors import NoLedger, WrongUse
from pledges.ledger.importing.sheets import (
    CellPlace,
    Sheet,
    csv_sheet,
    json_sheet,
    ledger_sheet,
    ndjson_sheet,
)
from pledges.ledger.reading.decode import decode
from pledges.ledger.reading.find import LARGEST_FILE, path_text, read_file

STDIN: Final = "-"
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


class ImportedFile(Struct, frozen=True):
    """What a file holds; ``ledger`` if it is one itself."""

    sheet: Sheet
    ledger: Ledger | None = None


def imported_file(given: str, kind: FileKind | None) -> ImportedFile:
    """What the file ``given`` holds; ``-`` is standard input.

    Raises: ``WrongUse`` if its kind is not known; ``NoLedger`` if it can't be read;
    ``FaultyRows`` or ``FaultyLedger`` with all that is wrong with it.
    """
    if given == STDIN:
        name, text = "<stdin>", utf_text(_standard_input(), "<stdin>")
        kind = kind or _kind_of_text(text)
    else:
        path = Path(given)
        name, kind = path_text(path), kind or _kind_of_path(path)
        text = utf_text(read_file(path)[0], name)
    match kind:
        case FileKind.CSV:
            return ImportedFile(csv_sheet(text, name, None))
        case FileKind.TSV:
            return ImportedFile(csv_sheet(text, name, "\t"))
        case FileKind.JSON:
            return ImportedFile(json_sheet(text, name))
        case FileKind.NDJSON:
            return ImportedFile(ndjson_sheet(text, name))
        case FileKind.TOML:
            ledger = decode(text, name)
            return ImportedFile(ledger_sheet(ledger, name), ledger)


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
        message = f"byte 0x{content[at]:02x} is no UTF-8"
        raise CellPlace(name, line, column).refusal(message, SAVE_HINT, "encoding")
    return text


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


def _kind_of_path(path: Path) -> FileKind:
    suffix = path.suffix.lower()
    if suffix in SUFFIXES:
        return SUFFIXES[suffix]
    if suffix in WORKBOOKS:
        raise WrongUse(f"{path_text(path)} is a workbook, which is not read", SAVE_HINT)
    hint = f"--from {'|'.join(FileKind)} says what it is"
    raise WrongUse(f"it can't be told from its name what {path_text(path)} is", hint)


def _kind_of_text(text: str) -> FileKind:
    if re.match(r"\s*(\{|\[\s*[{\]])", text):
        lines = text.strip().split("\n")
        is_lines = len(lines) > 1 and lines[0].strip().endswith("}")  # an object on each line
        return FileKind.NDJSON if is_lines else FileKind.JSON
    try:
        return FileKind.TOML if "pledge" in rtoml.loads(text) else FileKind.CSV
    except rtoml.TomlParsingError:
        return FileKind.CSV
