"""What this program last wrote to each ledger, kept so that it can be taken back.

The journal of a ledger is a file in the user's state folder, named after the ledger's path.  An
entry holds the bytes that a write took away, and the digests of the text before and after: what
was changed by others since can't be mistaken for what was written.
"""

import errno
import os
import stat
from collections.abc import Sequence
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from typing import Final
from zlib import compress, decompressobj
from zlib import error as zlib_error

import msgspec
from msgspec import Struct
from platformdirs import user_state_path

from pledges.ledger.reading.find import LARGEST_FILE
from pledges.ledger.storage.file_attributes import Tell

MOST_WRITES: Final = 50
MOST_BYTES: Final = 8 * 1024 * 1024
"""What the entries of a ledger may take away together."""
MOST_LEDGERS: Final = 200


class Write(Struct, frozen=True):
    """One write: at the offset ``at`` it put ``given`` bytes in the place of those ``taken``.

    ``act`` says what it was, ``on`` when, in ISO format; ``taken`` is compressed; digests are
    SHA-256 in hexadecimals.
    """

    act: str
    on: str
    at: int
    taken: bytes
    given: int
    before: str
    after: str

    def undone(self, content: bytes) -> bytes | None:
        """What a ledger held before this write, given what it held after; None where that is lost.

        It is lost where the entry is not what it was when it was written.
        """
        try:
            taken = decompressobj().decompress(self.taken, LARGEST_FILE)
        except zlib_error:
            return None
        before = content[: self.at] + taken + content[self.at + self.given :]
        return before if _digest(before) == self.before else None


class Witness(Struct, frozen=True):
    """Who is told about a write, and what it is called: ``act``, done ``on`` a moment.

    Taking a write back ``is_undoing``: the journal needs no entry of it.
    """

    act: str
    on: str
    tell: Tell
    is_undoing: bool = False

    def keep(self, path: Path, old: bytes, new: bytes, tell: Tell) -> None:
        """Note a write that is about to be done.  Where it can't be, that is told."""
        if self.is_undoing:
            return
        try:
            file = _file(path)
            kept = _bounded([*_on_the_way(_load(file), old), _write(self, old, new)])
            _save(file, kept)
        except OSError as error:
            tell(f"undo will not know of this: its notes can't be written: {error.strerror}")
        else:
            if not kept:
                tell("undo will not know of this: it is too much to be kept")


def state_folder(name: str) -> Path:
    """A folder for what this program remembers on this machine.

    Raises: ``OSError`` for a user who has none.
    """
    try:
        return user_state_path("pledges", appauthor=False) / name
    except RuntimeError:
        raise FileNotFoundError(errno.ENOENT, "there is no home folder") from None


def writes(path: Path, content: bytes) -> list[Write]:
    """The writes that led to what the ledger at ``path`` holds now, the last one last.

    Others have changed it since the last write where there are none.
    """
    return _on_the_way(_known(path), content)


def _on_the_way(entries: Sequence[Write], content: bytes) -> list[Write]:
    found: list[Write] = []
    digest = _digest(content)
    for write in reversed(entries):
        if write.after == digest:
            found.append(write)
            digest = write.before
    return found[::-1]


def is_changed(path: Path, content: bytes) -> bool:
    """Whether a ledger holds what this program neither found nor wrote there.

    Where it never wrote to it, there is nothing that could have been changed.
    """
    entries = _known(path)
    digest = _digest(content)
    return bool(entries) and all(digest not in (each.before, each.after) for each in entries)


def _known(path: Path) -> list[Write]:
    """The entries of a ledger's journal; none where it can't be read."""
    try:
        return _load(_file(path))
    except OSError:
        return []


def _write(witness: Witness, old: bytes, new: bytes) -> Write:
    start = _shared(old, new)
    end = _shared(old[start:][::-1], new[start:][::-1])
    return Write(
        act=witness.act,
        on=witness.on,
        at=start,
        taken=compress(old[start : len(old) - end], 1),
        given=len(new) - end - start,
        before=_digest(old),
        after=_digest(new),
    )


def _shared(one: bytes, other: bytes) -> int:
    """How many bytes both begin with."""
    low, high = 0, min(len(one), len(other))
    while low < high:
        middle = (low + high + 1) // 2
        if one[low:middle] == other[low:middle]:
            low = middle
        else:
            high = middle - 1
    return low


def _digest(content: bytes) -> str:
    return sha256(content).hexdigest()


def _file(path: Path) -> Path:
    name = _digest(os.fsencode(os.path.realpath(path)))[:32]
    return state_folder("undo") / f"{name}.json"


def _load(file: Path) -> list[Write]:
    """The entries of a journal; none where it is of another form.

    Raises: ``OSError`` where it is there and can't be read.
    """
    try:
        status = file.stat()
        if not stat.S_ISREG(status.st_mode) or status.st_size > LARGEST_FILE:
            return []
        return msgspec.json.decode(file.read_bytes(), type=list[Write])
    except (FileNotFoundError, ValueError, RecursionError):  # msgspec's errors are ValueErrors
        return []


def _save(file: Path, entries: Sequence[Write]) -> None:
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    beside = file.with_suffix(".new")
    beside.unlink(missing_ok=True)
    with os.fdopen(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as out:
        out.write(msgspec.json.encode(entries))
    beside.replace(file)
    _forget_oldest(file.parent)


def _bounded(entries: Sequence[Write]) -> list[Write]:
    """The newest entries, as many as may be kept."""
    kept: list[Write] = []
    room = MOST_BYTES
    for entry in reversed(entries[-MOST_WRITES:]):
        room -= len(entry.taken)
        if room < 0:
            break
        kept.insert(0, entry)
    return kept


def _forget_oldest(folder: Path) -> None:
    """Keep the journals of the ledgers that were written to last; others may do so too."""
    with suppress(OSError):
        journals = sorted(folder.glob("*.json"), key=lambda each: each.stat().st_mtime)
        for each in journals[:-MOST_LEDGERS]:
            each.unlink(missing_ok=True)
