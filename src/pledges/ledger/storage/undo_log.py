"""The log of what this program wrote to each ledger, so that it can be undone.

The log of a ledger is a file in the user's state folder, named after the ledger's path.  An entry
has the bytes that a write removed, and digests of the content before and after.  By the digests
what others changed since is never mistaken for what was written, and no entry is applied to a
content that it does not fit.
"""

import errno
import os
import stat
from collections.abc import Sequence
from contextlib import suppress
from hashlib import sha256
from itertools import accumulate
from pathlib import Path
from typing import Final
from zlib import compress, decompressobj
from zlib import error as zlib_error

import msgspec
from msgspec import Struct
from platformdirs import user_state_path

from pledges.ledger.editing.diff import shared_ends
from pledges.ledger.reading.find import LARGEST_FILE
from pledges.ledger.storage.temporary_file import Tell

MOST_WRITES: Final = 50
MOST_BYTES: Final = 8 * 1024 * 1024
"""What the entries of a ledger may have removed together, compressed."""
MOST_LEDGERS: Final = 200


class LoggedWrite(Struct, frozen=True, rename={"removed": "taken", "added": "given"}):
    """One write: at the offset ``at`` it put ``added`` bytes in the place of those ``removed``.

    ``act`` says what it was, ``on`` when, in ISO format; ``removed`` is compressed; digests are
    SHA-256 in hexadecimals.
    """

    act: str
    on: str
    at: int
    removed: bytes
    added: int
    before: str
    after: str

    def content_before(self, content: bytes) -> bytes | None:
        """What a ledger contained before this write, by what it contained after; None if lost.

        It is lost if the entry is not what it was when it was written.
        """
        try:
            removed = decompressobj().decompress(self.removed, LARGEST_FILE)
        except zlib_error:
            return None
        before = content[: self.at] + removed + content[self.at + self.added :]
        return before if _digest(before) == self.before else None


class UndoNote(Struct, frozen=True):
    """What the undo log is to call a write: ``act``, done ``on`` a moment, in ISO format."""

    act: str
    on: str

    def keep(self, path: Path, old: bytes, new: bytes, tell: Tell) -> None:
        """Log a write before it is done; if that fails, ``tell`` is called with the reason."""
        try:
            # Entries that did not lead to the old content can't be taken back any more.
            entries = [*_chain(_load(path), old), self._entry(old, new)][-MOST_WRITES:]
            sizes = accumulate(len(each.removed) for each in reversed(entries))
            count = sum(size <= MOST_BYTES for size in sizes)
            kept = entries[len(entries) - count :]
            _save(path, kept)
        except OSError as error:
            tell(f"this can't be undone, because its record can't be written: {error.strerror}")
        else:
            if not kept:
                tell("this can't be undone, because it is too large to be kept")

    def _entry(self, old: bytes, new: bytes) -> LoggedWrite:
        start, end = shared_ends(old, new)
        return LoggedWrite(
            act=self.act,
            on=self.on,
            at=start,
            removed=compress(old[start : len(old) - end], 1),
            added=len(new) - end - start,
            before=_digest(old),
            after=_digest(new),
        )


def undoable_writes(path: Path, content: bytes) -> list[LoggedWrite]:
    """The writes that led to the content of the ledger at ``path``, the latest last.

    If there are none, others have changed it since the last write.
    """
    return _chain(_readable_log(path), content)


def is_changed_by_others(path: Path, content: bytes) -> bool:
    """Whether a ledger was changed by hand or by another program since the last write.

    False if this program never wrote to it.
    """
    entries = _readable_log(path)
    digest = _digest(content)
    return bool(entries) and all(digest not in (each.before, each.after) for each in entries)


def state_folder(name: str) -> Path:
    """A folder for what this program remembers on this machine.

    Raises: ``OSError`` for a user who has none.
    """
    try:
        return user_state_path("pledges", appauthor=False) / name
    except RuntimeError:
        raise FileNotFoundError(errno.ENOENT, "there is no home folder") from None


def _chain(entries: Sequence[LoggedWrite], content: bytes) -> list[LoggedWrite]:
    """The entries that led to a content, each from what the one before it left."""
    found: list[LoggedWrite] = []
    digest = _digest(content)
    for entry in reversed(entries):
        if entry.after == digest:
            found.append(entry)
            digest = entry.before
    return found[::-1]


def _digest(content: bytes) -> str:
    return sha256(content).hexdigest()


def _log_file(path: Path) -> Path:
    name = _digest(os.fsencode(os.path.realpath(path)))[:32]
    return state_folder("undo") / f"{name}.json"


def _readable_log(path: Path) -> list[LoggedWrite]:
    """The entries of a ledger's log; none if it can't be read."""
    with suppress(OSError):
        return _load(path)
    return []


def _load(path: Path) -> list[LoggedWrite]:
    """The entries of a ledger's log; none if it is of another form.

    Raises: ``OSError`` if it is there and can't be read.
    """
    file = _log_file(path)
    try:
        status = file.stat()
        if stat.S_ISREG(status.st_mode) and status.st_size <= LARGEST_FILE:
            return msgspec.json.decode(file.read_bytes(), type=list[LoggedWrite])
    except (FileNotFoundError, ValueError, RecursionError):  # msgspec's errors are ValueErrors
        pass
    return []


def _save(path: Path, entries: Sequence[LoggedWrite]) -> None:
    """Write a ledger's log, and remove the oldest logs of other ledgers."""
    file = _log_file(path)
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    temporary = file.with_suffix(".new")
    temporary.unlink(missing_ok=True)
    # Only for the user: a log has parts of ledgers that others may not be allowed to read.
    with os.fdopen(os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as out:
        out.write(msgspec.json.encode(entries))
    temporary.replace(file)
    with suppress(OSError):  # another process may remove the same ones
        logs = sorted(file.parent.glob("*.json"), key=lambda each: each.stat().st_mtime)
        for each in logs[:-MOST_LEDGERS]:
            each.unlink(missing_ok=True)
