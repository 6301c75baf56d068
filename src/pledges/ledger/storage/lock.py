"""One writer at a time: a lock on the ledger's own inode, or on a file elsewhere without flock.

A lock of the kernel on the ledger itself leaves no file in the folder, also if the program is
killed.  A lock file next to the ledger would stay, and removing it loses updates: a process may
lock the removed file while another locks its successor.
"""

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from hashlib import sha256
from pathlib import Path
from typing import Final, NamedTuple

from pledges.errors import Busy, CannotWrite
from pledges.ledger.reading.find import FileId, file_id
from pledges.streams import SignalGuard

try:
    import fcntl
except ImportError:  # Windows
    fcntl = None  # type: ignore[assignment]

PATIENCE: Final = 15.0  # seconds that a writer waits for the others

_PAUSE: Final = 0.01


class WriteTarget(NamedTuple):
    """The ledger that a temporary file is for.

    ``locked`` is the ledger's own file, if there is one and we hold its lock; ``until`` is when
    waiting for others ends, on the clock of ``time.monotonic``.
    """

    ledger: Path
    locked: FileId | None
    until: float


@contextmanager
def inode_lock(path: Path, until: float) -> Iterator[FileId | None]:
    """Lock the ledger itself; gives the file that is locked."""
    while True:
        file = os.open(path, os.O_RDWR | os.O_NONBLOCK)
        try:
            _wait_for_lock(file, until, path)
            # Whoever had the lock before us may have put a new file in the place of this one.  Then
            # we have locked a file that no longer is the ledger, and its next writer locks another.
            if _is_at(file, path):
                yield file_id(os.fstat(file))
                return
        finally:
            os.close(file)


@contextmanager
def state_folder_lock(path: Path, until: float) -> Iterator[FileId | None]:
    """Lock a file in the user's state folder, named after the ledger."""
    from filelock import FileLock, Timeout  # noqa: PLC0415  (only if there is no flock)

    from pledges.ledger.storage.undo_log import state_folder  # noqa: PLC0415  (likewise)

    name = sha256(os.fsencode(path)).hexdigest()
    folder = state_folder("locks")
    folder.mkdir(parents=True, exist_ok=True)
    lock = FileLock(folder / f"{name}.lock")
    try:
        held = lock.acquire(timeout=max(0.0, until - time.monotonic()))
    except Timeout:
        raise _busy(path) from None
    with held:
        yield None


ledger_lock: Final = inode_lock if fcntl else state_folder_lock
"""Hold the ledger alone; gives the file that is locked, None if that is not the ledger's own.

``until`` is when waiting ends, on the clock of ``time.monotonic``.

Raises: ``Busy`` then; ``OSError`` if the ledger can't be opened for writing.
"""


def create_locked(path: Path, mode: int, target: WriteTarget, signals: SignalGuard) -> int:
    """Create a file, lock it and open it for writing; one that an interrupted write left goes.

    The lock is for writers that hold different files as the ledger, because an editor replaced it
    in between: they meet at this name, and the second waits for the first.

    Signals wait from here on, until the caller can remove the file again.

    Raises: ``Busy`` if another has it until waiting ends; ``OSError`` if it can't be created.
    """
    flags = os.O_RDWR | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
    if not fcntl:
        path.unlink(missing_ok=True)
        signals.hold()
        return os.open(path, flags, mode)
    while True:
        _remove_leftover(path, target)
        signals.hold()
        with suppress(FileExistsError):  # another writer was quicker
            file = os.open(path, flags, mode)
            try:
                # Between open and lock another writer may have removed it as a leftover.
                if _try_lock(file) and _is_at(file, path):
                    return file
            except CannotWrite:
                path.unlink(missing_ok=True)
                os.close(file)
                raise
            os.close(file)
        signals.release()


def _remove_leftover(path: Path, target: WriteTarget) -> None:
    """Remove a file that no other program has locked."""
    if path.is_symlink():  # to follow it would remove or lock a file that is not ours
        path.unlink(missing_ok=True)
    try:
        file = os.open(path, os.O_RDWR | os.O_NOFOLLOW)
    except FileNotFoundError:
        return
    try:
        # A second name of the ledger itself is locked by us: waiting for that would never end.
        if file_id(os.fstat(file)) != target.locked:
            _wait_for_lock(file, target.until, target.ledger)
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


def _wait_for_lock(file: int, until: float, ledger: Path) -> None:
    while not _try_lock(file):
        if time.monotonic() > until:
            raise _busy(ledger)
        time.sleep(_PAUSE)


def _try_lock(file: int) -> bool:
    """Lock a file, unless another has locked it; the lock ends when the file is closed."""
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    except OSError as error:
        reason = error.strerror or str(error)
        hint = "copy the ledger to a local disk and change it there"
        raise CannotWrite(f"this file system has no locks: {reason}", hint) from None
    return True


def _busy(ledger: Path) -> Busy:
    return Busy(
        f"another program is writing to {ledger.name}; nothing was written", "run the command again"
    )
