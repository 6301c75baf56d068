"""One writer at a time: a lock on the ledger's own inode, or on a file elsewhere without flock."""

import errno
import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from typing import Final, NamedTuple

from pledges.errors import Busy, CannotWrite
from pledges.ledger.reading.find import FileId, file_id
from pledges.streams import Interruptible

try:
    import fcntl
except ImportError:  # Windows
    fcntl = None  # type: ignore[assignment]

PATIENCE: Final = 15.0
"""Seconds that a writer waits for the others."""

_PAUSE: Final = 0.01
_TAKEN: Final = (errno.EWOULDBLOCK, errno.EINTR)


@contextmanager
def locked(path: Path, until: float) -> Iterator[FileId | None]:
    """Hold the ledger alone, and give the file that is held, where that is known.

    ``until`` is when waiting ends, on the clock of ``time.monotonic``.

    Raises: ``Busy`` then; ``OSError`` where the ledger can't be opened for writing.
    """
    hold = _inode if fcntl else _elsewhere
    with hold(path, until) as held:
        yield held


class DraftOwner(NamedTuple):
    """Whose draft a file is to be: the ledger's, which is ``held`` where it is there and locked."""

    ledger: Path
    held: FileId | None
    until: float


def claimed(path: Path, mode: int, claim: DraftOwner, signals: Interruptible) -> int:
    """A new file of that name, opened for writing and held alone; a left-over goes first.

    Those who hold different files of a ledger, because an editor replaced it, meet here.

    Once it is there signals wait, until the caller can clear it away.

    Raises: ``Busy`` where another holds it until then; ``OSError`` where it can't be made.
    """
    flags = os.O_RDWR | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
    if not fcntl:
        path.unlink(missing_ok=True)
        signals.hold()
        return os.open(path, flags, mode)
    while True:
        _clear(path, claim)
        signals.hold()
        try:
            file = os.open(path, flags | os.O_CLOEXEC, mode)
        except FileExistsError:
            signals.release()
            continue
        try:
            if not _is_taken(file) and _is_at(file, path):
                return file
        except CannotWrite:
            path.unlink(missing_ok=True)
            os.close(file)
            raise
        os.close(file)
        signals.release()


def _clear(path: Path, claim: DraftOwner) -> None:
    """Take a left-over away, once nobody holds it; it may be a second name of the ledger."""
    if path.is_symlink():
        path.unlink(missing_ok=True)
    try:
        file = os.open(path, os.O_RDWR | os.O_CLOEXEC | os.O_NOFOLLOW)
    except FileNotFoundError:
        return
    try:
        if file_id(os.fstat(file)) != claim.held:
            _wait(lambda: _is_taken(file), claim.until, claim.ledger)
        if _is_at(file, path):
            path.unlink()
    finally:
        os.close(file)


def _is_at(file: int, path: Path) -> bool:
    """Whether an open file is the one that has a name."""
    try:
        return file_id(os.fstat(file)) == file_id(path.stat())
    except FileNotFoundError:
        return False


@contextmanager
def _inode(path: Path, until: float) -> Iterator[FileId | None]:
    """A lock that a kill leaves nothing of.  The one who held it may have put a new file there."""
    while True:
        file = os.open(path, os.O_RDWR | os.O_CLOEXEC | os.O_NONBLOCK)
        try:
            _wait(lambda: _is_taken(file), until, path)  # noqa: B023  (called at once)
            if _is_at(file, path):
                yield file_id(os.fstat(file))
                return
        finally:
            os.close(file)


def _is_taken(file: int) -> bool:
    """Whether another has the lock; where none has, it is ours from here on."""
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        if error.errno in _TAKEN:
            return True
        reason = error.strerror or str(error)
        hint = "copy it to a local disk, and write to it there"
        raise CannotWrite(f"this file system knows no locks: {reason}", hint) from None
    return False


def _wait(is_taken: Callable[[], bool], until: float, path: Path) -> None:
    while is_taken():
        if time.monotonic() > until:
            raise _busy(path)
        time.sleep(_PAUSE)


def _busy(path: Path) -> Busy:
    return Busy(f"others are writing to {path.name}; nothing was written", "try it again")


@contextmanager
def _elsewhere(path: Path, until: float) -> Iterator[None]:
    """A lock on a file in the user's state folder, named after the ledger."""
    from filelock import FileLock, Timeout  # noqa: PLC0415  (only where there is no flock)

    from pledges.ledger.storage.undo_log import state_folder  # noqa: PLC0415  (likewise)

    name = sha256(os.fsencode(path)).hexdigest()
    folder = state_folder("locks")
    folder.mkdir(parents=True, exist_ok=True)
    lock = FileLock(folder / f"{name}.lock")
    try:
        lock.acquire(timeout=max(0.0, until - time.monotonic()))
    except Timeout:
        raise _busy(path) from None
    try:
        yield None
    finally:
        lock.release()
