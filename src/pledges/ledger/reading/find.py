"""Finding the file of the ledger, and reading it."""

import datetime as dt
import errno
import os
import sys
from pathlib import Path
from typing import Final

from msgspec import Struct

from pledges.clean import encodable
from pledges.domain.pledge import Ledger
from pledges.errors import Fault, FaultyLedger, NoLedger, WrongUse
from pledges.ledger.reading.lease import wait_until_whole
from pledges.streams import PIPE_PATIENCE, path_argument, standard_input, wait_for_pipe

LEDGER_NAME: Final = "commitments.toml"
STDIN: Final = "-"
LARGEST_FILE: Final = 64 * 1024 * 1024
LEDGER_SIZE_HINT: Final = "see that this is the right file"


FileId = tuple[int, int]  # a file by its device and inode, whatever its name is


class UnreadLedger(Struct, frozen=True):
    """The content of a ledger and the id of its file.

    ``name`` is the name of the file without its folder, ``-`` for standard input;
    ``name_in_messages`` is the path to it.
    """

    name: str
    file: FileId | None
    content: bytes
    name_in_messages: str

    @property
    def text(self) -> str:
        """The text of the ledger.

        Raises: ``FaultyLedger`` if it is not UTF-8.
        """
        return utf8_text(self.content, self.name_in_messages)


class LedgerFile(Struct, frozen=True):
    """A ledger, with the text that it was read from and the id and names of its file."""

    ledger: Ledger
    name: str
    file: FileId | None
    text: str
    name_in_messages: str


def find_content(location: str | None) -> UnreadLedger:
    """The ledger at a path; ``-`` is standard input, and None looks for the nearest one.

    Raises: ``NoLedger`` if it is not there or can't be read.
    """
    if location == STDIN:
        hints = ("pipe a ledger into the command, or leave out --ledger -", LEDGER_SIZE_HINT)
        content, file = read_standard_input(*hints)
        return UnreadLedger(STDIN, file, content, "<stdin>")
    path = ledger_path(location)
    content, file = read_file(path)
    return UnreadLedger(encodable(path.name), file, content, path_text(path))


def content_at(location: str | None, word: str, today: dt.date) -> UnreadLedger:
    """The ledger at a path as it was in a revision of git, or on a day, which a word names.

    Raises: ``NoLedger``; ``WrongUse`` if there is no such version.
    """
    from pledges.ledger.repository import Repository  # noqa: PLC0415  (only if it is needed)

    if location == STDIN:
        raise WrongUse("a ledger from standard input has no revisions", "leave out --at")
    path = ledger_path(location)
    repository = Repository(path)
    content = repository.content_at(repository.commit(word, today), word)
    names = (f"{word}:{each}" for each in (encodable(path.name), path_text(path)))
    return UnreadLedger(next(names), None, content, next(names))


def open_ledger(location: str | None) -> LedgerFile:
    """Read the ledger at a path; ``-`` is standard input, and None looks for the nearest one.

    Raises: ``NoLedger`` if it is not there or can't be read; ``FaultyLedger`` with every fault.
    """
    return decoded(find_content(location))


def decoded(found: UnreadLedger) -> LedgerFile:
    """What a ledger says.

    Raises: ``FaultyLedger`` with every fault.
    """
    from pledges.ledger.reading.decode import decode  # noqa: PLC0415  (after the cheap refusals)

    text, name = found.text, found.name_in_messages
    return LedgerFile(decode(text, name), found.name, found.file, text, name)


def ledger_path(location: str | None) -> Path:
    """The path of the ledger; None looks for the nearest one.

    Raises: ``NoLedger`` if none is found.
    """
    if location is not None:
        return home_path(location)
    try:
        folder = Path.cwd()
    except OSError:
        raise NoLedger("the current folder no longer exists", "change to another one") from None
    return find_ledger(folder, _home())


def home_path(text: str) -> Path:
    """The path that a text is, with a leading ``~`` as the home folder, as in a shell.

    A shell leaves it alone in ``--ledger=~/x`` and in quotes.
    """
    path = path_argument(text)
    try:
        return path.expanduser()
    except RuntimeError:  # there is no such user: then it is the name of a file
        return path


def file_id(status: os.stat_result) -> FileId:
    """The id of the file that has this status."""
    return status.st_dev, status.st_ino


def find_ledger(folder: Path, home: Path | None) -> Path:
    """The path of ``commitments.toml`` in ``folder``, or in the nearest folder above it.

    The search ends at the root of a git checkout and at ``home``, both included: what is above
    them belongs to something or somebody else.

    Raises: ``NoLedger`` if there is none.
    """
    for place in (folder, *folder.parents):
        if os.path.lexists(place / LEDGER_NAME):
            return place / LEDGER_NAME
        if place == home or os.path.lexists(place / ".git"):
            break
    raise NoLedger(
        f"there is no {LEDGER_NAME} in this folder or the folders above it",
        "change to its folder, give its path with --ledger, or create one: pledges init",
    )


def ledger_above(path: Path) -> Path | None:
    """The path of the ledger that is found from the folder above that of ``path``."""
    folder = Path(os.path.abspath(path)).parent  # noqa: PTH100  (links are not followed upwards)
    is_top = folder == _home() or os.path.lexists(folder / ".git")
    try:
        return None if is_top else find_ledger(folder.parent, _home())
    except NoLedger:
        return None


def _home() -> Path | None:
    try:
        return Path.home()
    except RuntimeError:
        return None


def path_text(path: Path) -> str:
    """A path as messages show it: relative to this folder if it is inside it."""
    try:
        return str(path.relative_to(Path.cwd())) if path.is_absolute() else str(path)
    except (ValueError, OSError):
        return str(path)


def read_file(path: Path, patience: float = PIPE_PATIENCE) -> tuple[bytes, FileId]:
    """The content of a file, and its id.

    ``patience`` is how many seconds a named pipe is waited for that nobody writes to.

    Raises: ``NoLedger`` if it can't be read, or is larger than a ledger may be.
    """
    name = path_text(path)
    try:
        with open(path, "rb", opener=_open_at_once) as file:
            number = file.fileno()
            wait_for_pipe(number, patience)
            wait_until_whole(number)
            content, status = file.read(LARGEST_FILE + 1), os.fstat(number)
    except (OSError, ValueError) as error:
        raise reading_error(path, error) from None
    return _within_limit(content, name), file_id(status)


def _open_at_once(path: str, flags: int) -> int:
    """Open a file; a pipe too that nobody writes to yet, for which the system would wait."""
    return os.open(path, flags | getattr(os, "O_NONBLOCK", 0))


def read_standard_input(closed_hint: str, size_hint: str) -> tuple[bytes, FileId | None]:
    """The content of standard input, and the id of the file that it is, if it is one.

    Raises: ``NoLedger`` if it can't be read, or is larger than a ledger may be.
    """
    if sys.stdin is None:
        raise NoLedger("standard input is closed", closed_hint)
    try:
        content = standard_input(LARGEST_FILE + 1)
    except OSError as error:
        raise NoLedger(f"can't read standard input: {error.strerror}") from None
    _within_limit(content, "standard input", size_hint)
    try:
        return content, file_id(os.fstat(sys.stdin.fileno()))
    except OSError:
        return content, None


def _within_limit(content: bytes, name: str, hint: str = LEDGER_SIZE_HINT) -> bytes:
    if len(content) > LARGEST_FILE:
        raise NoLedger(f"{name} is larger than 64 MiB", hint)
    return content


def reading_error(path: Path, error: OSError | ValueError) -> NoLedger:
    """Why a file can't be read."""
    name = path_text(path)
    if isinstance(error, ValueError):
        return NoLedger(f"{name!r} can't be the name of a file")
    inside = f"give the path of the file in it: {path / LEDGER_NAME}"
    inside = "give the path of a file" if path.name == LEDGER_NAME else inside
    reasons = {
        errno.ENOENT: (f"{name} does not exist", "check the path"),
        errno.EISDIR: (f"{name} is a folder", inside),
        errno.EACCES: (f"you have no permission to read {name}", "ask its owner for it"),
    }
    reason = error.strerror or str(error)
    return NoLedger(*reasons.get(error.errno or 0, (f"can't read {name}: {reason}", None)))


def utf8_text(content: bytes, name: str) -> str:
    """The text of the file called ``name``.

    Raises: ``FaultyLedger`` if it is not UTF-8, with the place of the first such byte.
    """
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as error:
        at = error.start
    start = content.rfind(b"\n", 0, at) + 1
    end = content.find(b"\n", at)
    line = content[start : end if end >= 0 else len(content)].decode("utf-8", "replace")
    number = content.count(b"\n", 0, at) + 1
    column = len(content[start:at].decode("utf-8", "replace")) + 1
    is_utf_16 = content[:2] in (b"\xff\xfe", b"\xfe\xff")
    message = "this file is UTF-16" if is_utf_16 else f"byte 0x{content[at]:02x} is not valid UTF-8"
    place = (name, number, column, 1, line.rstrip("\r"))
    raise FaultyLedger(name, [Fault(*place, "encoding", message, "save the file as UTF-8")])
