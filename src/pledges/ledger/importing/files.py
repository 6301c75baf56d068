"""Finding out what kind of file is imported, and reading it."""

import re
from enum import StrEnum
from pathlib import Path
from typing import Final

import rtoml

from pledges.errors import WrongUse
from pledges.ledger.importing.delimited import csv_sheet
from pledges.ledger.importing.mapping import NO_MAPPING, SheetMapping
from pledges.ledger.importing.records import json_sheet, ledger_sheet, ndjson_sheet
from pledges.ledger.importing.sheets import STANDARD_INPUT, Sheet, row_refusal
from pledges.ledger.reading.find import home_path, path_text, read_file, read_standard_input
from pledges.ledger.text.finding import Explanation

WORKBOOKS: Final = (".xls", ".xlsb", ".ods", ".numbers")
MAILS: Final = (".eml", ".msg")
UTF_16_MARKS: Final = (b"\xff\xfe", b"\xfe\xff")
ZIP_MARK: Final = b"PK\x03\x04"


class FileKind(StrEnum):
    """A kind of file that is read."""

    CSV = "csv"
    TSV = "tsv"
    XLSX = "xlsx"
    JSON = "json"
    NDJSON = "ndjson"
    TOML = "toml"


SUFFIXES: Final = {
    ".jsonl": FileKind.NDJSON,
    ".xlsm": FileKind.XLSX,
    **{f".{kind}": kind for kind in FileKind},
}


def imported_sheet(location: str, kind: FileKind | None, how: SheetMapping = NO_MAPPING) -> Sheet:
    """The content of the file at a path; ``-`` reads standard input.

    Raises: ``WrongUse`` if its kind is not known; ``NoLedger`` if it can't be read;
    ``FaultyRows`` or ``FaultyLedger`` with all that is wrong with it.
    """
    path = home_path(location)
    if location == "-":
        hint = "pipe a file into the command, or give its path"
        name, content = STANDARD_INPUT, read_standard_input(hint, "import it in parts")[0]
    else:
        name, kind = path_text(path), kind or _kind_of_path(path)
        content = read_file(path)[0]
    if kind is FileKind.XLSX or (kind is None and content.startswith(ZIP_MARK)):
        # It imports a library that takes longer to load than most files to read.
        from pledges.ledger.importing.workbooks import workbook_sheet  # noqa: PLC0415

        return workbook_sheet(content, name, how)
    text = decoded_text(content, name, how.encoding)
    match kind or _kind_of_text(text):
        case FileKind.JSON:
            return json_sheet(text, name, how.below)
        case FileKind.NDJSON:
            return ndjson_sheet(text, name)
        case FileKind.TOML:
            return ledger_sheet(text, name)
        case flat:
            return csv_sheet(text, name, "\t" if flat is FileKind.TSV else None, how)


def decoded_text(content: bytes, name: str, encoding: str | None = None) -> str:
    """The text of a file; without an encoding UTF-8 or, if it begins with the mark, UTF-16.

    Raises: ``FaultyRows`` if it is in no such encoding, ``WrongUse`` if there is none of the name.
    """
    try:
        "".encode(encoding or "utf-8")  # which is no encoding of texts for names such as hex
    except (LookupError, ValueError):
        hint = "use one of utf-8, utf-16, cp1252, cp1258, latin-1, ..."
        raise WrongUse(f"there is no encoding {encoding!r}", hint) from None
    try:
        usual = "utf-16" if content[:2] in UTF_16_MARKS else "utf-8-sig"
        text = content.decode(encoding or usual)
        at = content.find(b"\0") if "\0" in text and not encoding else -1
    except UnicodeError as error:  # that of an encoding such as punycode names no place
        text, at = "", getattr(error, "start", 0)
    if at < 0:
        return text.removeprefix("\ufeff")
    line, column = content.count(b"\n", 0, at) + 1, at - content.rfind(b"\n", 0, at)
    message = f"byte 0x{content[at]:02x} is not valid {encoding or 'UTF-8'}"
    hint = 'save it as "CSV UTF-8", or name its encoding: --encoding cp1252'
    if encoding:
        hint = 'give another --encoding, or save it as "CSV UTF-8"'
    raise row_refusal(name, line, Explanation("encoding", message, hint), column)


def _kind_of_path(path: Path) -> FileKind:
    suffix = path.suffix.lower()
    if suffix in SUFFIXES:
        return SUFFIXES[suffix]
    if suffix in WORKBOOKS:
        message = f"{path_text(path)} is a workbook of a kind that is not read"
        raise WrongUse(message, "save it in the format .xlsx, or as CSV UTF-8")
    if suffix in MAILS:
        message = f"{path_text(path)} is a mail, which is not read"
        raise WrongUse(message, "save the attachment, and import that")
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
