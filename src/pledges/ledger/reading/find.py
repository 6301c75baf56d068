"""Finding the ledger and reading it."""

import errno
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Final, TextIO

from msgspec import Struct

from pledges.clean import encodable
from pledges.domain.pledge import Ledger
from pledges.errors import Fault, FaultyLedger, NoLedger

NAME: Final = "commitments.toml"
LARGEST: Final = 64 * 1024 * 1024


FileId = tuple[int, int]
"""A file by its device and inode, whatever it is called."""


class LedgerFile(Struct, frozen=True):
    """A ledger that was read, the name of its file (``-`` for standard input), and which it is."""

    ledger: Ledger
    name: str
    file: FileId | None


def open_ledger(given: str | None) -> LedgerFile:
    """The ledger that ``given`` names; ``-`` is standard input, None looks for it.

    Raises: ``NoLedger`` where it is not there or can't be read; ``FaultyLedger`` with every fault.
    """
    from pledges.ledger.reading.decode import decode  # noqa: PLC0415  (after the cheap refusals)

    if given == "-":
        content, file = _standard_input()
        return LedgerFile(decode(utf8_text(content, "<stdin>"), "<stdin>"), "-", file)
    path = ledger_path(given)
    name = path_text(path)
    content, file = read_file(path)
    return LedgerFile(decode(utf8_text(content, name), name), encodable(path.name), file)


def ledger_path(given: str | None) -> Path:
    """The path of the ledger that ``given`` names; None looks for it.

    Raises: ``NoLedger`` where none is found.
    """
    return find_ledger(_here(), _home()) if given is None else Path(given)


def file_id(status: os.stat_result) -> FileId:
    """Which file it is that has this status."""
    return status.st_dev, status.st_ino


def find_ledger(folder: Path, home: Path | None) -> Path:
    """``commitments.toml`` in ``folder`` or the nearest one above.

    The search ends at the root of a git checkout and at ``home``, both included.

    Raises: ``NoLedger`` where there is none.
    """
    for place in _upwards(folder, home):
        if os.path.lexists(place / NAME):
            return place / NAME
    raise NoLedger(
        f"there is no {NAME} in this folder or above it",
        "go to its folder, name it with --ledger or PLEDGES_LEDGER, or begin one: pledges init",
    )


def ledger_above(path: Path) -> Path | None:
    """The ledger that would be found from the folder above that of ``path``, where one would be."""
    folder = Path(os.path.abspath(path)).parent  # noqa: PTH100  (links are not followed upwards)
    is_top = folder == _home() or os.path.lexists(folder / ".git")
    try:
        return None if is_top else find_ledger(folder.parent, _home())
    except NoLedger:
        return None


def _upwards(folder: Path, home: Path | None) -> Iterator[Path]:
    for place in (folder, *folder.parents):
        yield place
        if place == home or os.path.lexists(place / ".git"):
            return


def _here() -> Path:
    try:
        return Path.cwd()
    except OSError:
        raise NoLedger("the current folder is gone", "go to another, or use --ledger") from None


def _home() -> Path | None:
    try:
        return Path.home()
    except RuntimeError:
        return None


def path_text(path: Path) -> str:
    """The path as it is best told from this folder: relative where it lies below."""
    try:
        return str(path.relative_to(Path.cwd())) if path.is_absolute() else str(path)
    except (ValueError, OSError):
        return str(path)


def _standard_input() -> tuple[bytes, FileId | None]:
    if sys.stdin is None:
        raise NoLedger("standard input is closed", "pipe a ledger into it, or leave --ledger - out")
    try:
        content = sys.stdin.buffer.read(LARGEST + 1)
    except OSError as error:
        raise NoLedger(f"standard input can't be read: {error.strerror}") from None
    return _bounded(content, "standard input"), _identity(sys.stdin)


def _identity(stream: TextIO) -> FileId | None:
    """Which file a stream reads; None where it reads none."""
    try:
        return file_id(os.fstat(stream.fileno()))
    except OSError:
        return None


def read_file(path: Path) -> tuple[bytes, FileId]:
    """What a file holds, and which file it is.

    Raises: ``NoLedger`` where it can't be read, or is larger than a ledger may be.
    """
    try:
        with path.open("rb") as file:
            return _bounded(file.read(LARGEST + 1), path_text(path)), file_id(
                os.fstat(file.fileno())
            )
    except (OSError, ValueError) as error:
        raise reading_error(path, error) from None


def _bounded(content: bytes, name: str) -> bytes:
    if len(content) > LARGEST:
        raise NoLedger(f"{name} is larger than 64 MiB", "a ledger is a text kept by hand")
    return content


def reading_error(path: Path, error: OSError | ValueError) -> NoLedger:
    """Why a file can't be read."""
    name = path_text(path)
    if isinstance(error, ValueError):
        return NoLedger(f"{name!r} can't be the name of a file")
    reasons = {
        errno.ENOENT: (f"there is no {name}", "see that the path is right"),
        errno.EISDIR: (f"{name} is a folder", _inside(path)),
        errno.EACCES: (f"{name} may not be read", "ask for permission to read it"),
    }
    reason = error.strerror or str(error)
    return NoLedger(*reasons.get(error.errno or 0, (f"{name} can't be read: {reason}", None)))


def _inside(path: Path) -> str:
    return "name a file" if path.name == NAME else f"name the file in it: {path / NAME}"


def utf8_text(content: bytes, name: str) -> str:
    """The text of the file called ``name``.

    Raises: ``FaultyLedger`` where a byte is no UTF-8.
    """
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as error:
        raise FaultyLedger(name, [_undecodable(content, error.start, name)]) from None


def _undecodable(content: bytes, at: int, name: str) -> Fault:
    start = content.rfind(b"\n", 0, at) + 1
    end = content.find(b"\n", at)
    line = content[start : end if end >= 0 else len(content)].decode("utf-8", "replace")
    column = len(content[start:at].decode("utf-8", "replace")) + 1
    is_wide = content[:2] in (b"\xff\xfe", b"\xfe\xff")
    message = "this file is UTF-16" if is_wide else f"byte 0x{content[at]:02x} is no UTF-8"
    hint = "save the file as UTF-8"
    number = content.count(b"\n", 0, at) + 1
    return Fault(name, number, column, 1, line.rstrip("\r"), "encoding", message, hint)
