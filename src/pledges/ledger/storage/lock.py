"""One writer at a time: a lock on the ledger's own inode, or on a file elsewhere without flock.

A lock of the kernel on the ledger itself leaves no file in the folder, also if the program is
killed.  A lock file next to the ledger would stay, and removing it loses updates: a process may
lock the removed file while another locks its successor.
"""

import errno
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from hashlib import sha256
from pathlib import Path
from typing import Final, NamedTuple

from pledges.errors import Busy, CannotWrite
from pledges.ledger.reading.find import FileId, file_id, path_text
from pledges.ledger.reading.lease import has_lease, is_lease_whole, wait_until_whole
from pledges.ledger.storage.holders import lock_holder, owner_name, writing_process
from pledges.streams import SignalGuard

try:
    import fcntl
except ImportError:  # Windows
    fcntl = None  # type: ignore[assignment]

PATIENCE: Final = 15.0  # seconds that a writer waits for the others

_PAUSE: Final = 0.01
_SHORT: Final = 0.2
"""Seconds in which a program that only touches the ledger has closed it again."""


class LedgerReplaced(Exception):
    """The file that we have locked is no longer the ledger: it has to be read again."""


class HeldLedger(NamedTuple):
    """The ledger's own file, open and locked."""

    file: FileId
    descriptor: int


class WriteTarget(NamedTuple):
    """The ledger that a temporary file is for.

    ``locked`` is its file, if there is one; ``until`` is when waiting for others ends, on the clock
    of ``time.monotonic``; ``leasable`` is the open file if the system gives leases of it.
    """

    ledger: Path
    locked: FileId | None
    until: float
    leasable: int | None = None

    def keeps_others_out(self) -> bool:
        """Whether nobody writes into the ledger, or can from now on until the lock ends.

        Where there are no leases it is not known; then it is taken to be so.
        """
        return self.leasable is None or bool(has_lease(self.leasable))

    def is_untouched(self) -> bool:
        """Whether nobody has begun to write into the ledger since."""
        return self.leasable is None or is_lease_whole(self.leasable)


@contextmanager
def inode_lock(path: Path, until: float) -> Iterator[HeldLedger | None]:
    """Lock the ledger itself; gives the file that is locked."""
    access = os.O_RDONLY  # a file that we have open for writing ourselves gets no lease
    while True:
        file = os.open(path, access | os.O_NONBLOCK)
        try:
            _check_writable(path)
            _wait_for_lock(file, until, path)
            # Whoever had the lock before us may have put a new file in the place of this one.  Then
            # we have locked a file that no longer is the ledger, and its next writer locks another.
            if _is_at(file, path):
                yield HeldLedger(file_id(os.fstat(file)), file)
                return
        except _OnlyForWriters:
            access = os.O_RDWR
        finally:
            os.close(file)


class _OnlyForWriters(Exception):
    """A file system such as NFS locks only what is open for writing."""


def _check_writable(path: Path) -> None:
    """Raise what opening the ledger for writing would raise, without doing so if it is all right.

    Those who wait would disturb the lease of the one who writes.
    """
    if not os.access(path, os.W_OK, effective_ids=os.access in os.supports_effective_ids):
        os.close(os.open(path, os.O_RDWR | os.O_NONBLOCK))


def wait_for_writers(held: HeldLedger | None, until: float, path: Path) -> int | None:
    """Wait until nobody writes into the ledger in place; the open file if there is a lease of it.

    While the lease lasts nobody else can begin to.

    Raises: ``Busy`` if another program has it open for writing until waiting ends.
    """
    if held is None:
        return None
    start = time.monotonic()
    while (is_given := has_lease(held.descriptor)) is False:
        waited = time.monotonic() - start
        if waited > _SHORT:
            # A network file system may refuse a lease although nobody writes.
            if not (writer := writing_process(held.file)):
                break
            if start + waited > until:
                raise Busy(
                    f"{writer} has {path.name} open for writing; nothing was written",
                    "run the command again when it has closed the ledger",
                )
        time.sleep(_SHORT if waited > _SHORT else _PAUSE)
    if is_given:
        return held.descriptor
    wait_until_whole(held.descriptor)
    return None


@contextmanager
def state_folder_lock(path: Path, until: float) -> Iterator[HeldLedger | None]:
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
        raise _busy(path, None) from None
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

    Raises: ``Busy`` if another has it until waiting ends; ``LedgerReplaced``; ``OSError`` if it
    can't be created.
    """
    flags = os.O_RDWR | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
    while True:
        if fcntl:
            _remove_leftover(path, target)
        else:
            path.unlink(missing_ok=True)
        signals.hold()
        with suppress(FileExistsError):  # another writer was quicker
            file = os.open(path, flags, mode)
            try:
                # Between open and lock another writer may have removed it as a leftover.
                if not fcntl or (_try_lock(file) and _is_at(file, path)):
                    return file
            except BaseException:
                path.unlink(missing_ok=True)
                os.close(file)
                raise
            os.close(file)
        signals.release()


def _remove_leftover(path: Path, target: WriteTarget) -> None:
    """Remove a file that no other program has locked."""
    try:
        # A link is not followed: that would lock or remove a file that is not ours.
        file = None if path.is_symlink() else os.open(path, os.O_RDWR | os.O_NOFOLLOW)
    except FileNotFoundError:
        return
    except OSError as error:
        raise _in_the_way(path, error) from None
    try:
        # A second name of the ledger itself is locked by us: waiting for that would never end.
        if file is not None and file_id(os.fstat(file)) != target.locked:
            _wait_for_lock(file, target.until, target.ledger)
        # While another writer looks at what came out of an exchange, this name is that of a text
        # which an editor has just saved.  The ledger is not the file then that we have locked.
        if target.locked and file_id(target.ledger.stat()) != target.locked:
            raise LedgerReplaced
        if file is None or _is_at(file, path):
            path.unlink(missing_ok=True)
    finally:
        if file is not None:
            os.close(file)


def _in_the_way(path: Path, error: OSError) -> CannotWrite | OSError:
    """The error for a file that is not ours, where the new text has to be written first."""
    try:
        status = path.lstat()
    except OSError:
        return error
    owner = "you" if status.st_uid == os.geteuid() else owner_name(status)
    return CannotWrite(
        f"{path_text(path)}, which belongs to {owner}, is in the way: {error.strerror}",
        "it is what an interrupted write left: remove it, or ask its owner to",
    )


def _is_at(file: int, path: Path) -> bool:
    """Whether an open file is the one that has a name."""
    try:
        return file_id(os.fstat(file)) == file_id(path.stat())
    except FileNotFoundError:
        return False


def _wait_for_lock(file: int, until: float, ledger: Path) -> None:
    while not _try_lock(file):
        if time.monotonic() > until:
            raise _busy(ledger, lock_holder(file_id(os.fstat(file))))
        time.sleep(_PAUSE)


def _try_lock(file: int) -> bool:
    """Lock a file, unless another has locked it; the lock ends when the file is closed."""
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    except OSError as error:
        is_read_only = fcntl.fcntl(file, fcntl.F_GETFL) & os.O_ACCMODE == os.O_RDONLY
        if error.errno == errno.EBADF and is_read_only:
            raise _OnlyForWriters from None
        reason = error.strerror or str(error)
        hint = "copy the ledger to a local disk and change it there"
        raise CannotWrite(f"this file system has no locks: {reason}", hint) from None
    return True


def _busy(ledger: Path, holder: str | None) -> Busy:
    return Busy(
        f"{holder or 'another program'} is writing to {ledger.name}; nothing was written",
        "run the command again",
    )
