"""A temporary file next to a ledger, which replaces it in one step or is removed.

It is locked, and gets the mode, the owner and the extended attributes of the old ledger.
"""

import errno
import os
import stat
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from hashlib import sha256
from pathlib import Path
from typing import BinaryIO, Final

from msgspec import Struct

from pledges.ledger.storage.lock import WriteTarget, create_locked
from pledges.streams import SignalGuard

Tell = Callable[[str], None]  # takes a sentence about what could not be kept

_NO_SUCH_THING: Final = (errno.EINVAL, errno.ENOTSUP, errno.EBADF)
"""What a file system answers that can't sync a folder, or has no extended attributes."""


class TemporaryFile(Struct):
    """A file that is being written."""

    file: BinaryIO
    path: Path
    signals: SignalGuard
    is_placed: bool = False

    def write(self, content: bytes, old: Path | None, tell: Tell) -> None:
        """Write it down to the disk, with the attributes of ``old`` if there is one.

        Raises: ``OSError`` if any of it fails.
        """
        self.file.write(content)
        self.file.flush()
        if old:  # after the content, because writing may take attributes away again
            _copy_attributes(old, self.file.fileno(), tell)
        os.fsync(self.file.fileno())

    def replace(self, path: Path) -> None:
        """Give it the name of another file, which it replaces; from now on signals are ignored."""
        self.signals.decide()
        if sys.platform == "win32":  # which renames no open file
            self.file.close()
        self.path.replace(path)
        self.is_placed = True

    def take_name(self, path: Path) -> None:
        """Give it a name that does not exist yet.

        Raises: ``FileExistsError`` if it does; ``OSError`` if that fails.
        """
        try:
            # A second name is refused if the name is taken; renaming would replace what has it.
            path.hardlink_to(self.path)
        except FileExistsError:
            raise
        except OSError:  # a file system without second names
            if os.path.lexists(path):
                raise FileExistsError(errno.EEXIST, "") from None
            self.path.rename(path)


@contextmanager
def temporary_file(target: WriteTarget, mode: int) -> Iterator[TemporaryFile]:
    """A temporary file for a ledger; a signal to end removes it.

    It has one fixed name for each ledger.  So the next write removes what a killed one left, and
    no folder fills up with leftovers.  The name is of a digest, which fits into a folder and is
    valid however long or odd the ledger's name is.

    Raises: ``Busy``, ``OSError``.
    """
    digest = sha256(os.fsencode(target.ledger.name)).hexdigest()[:12]
    path = target.ledger.with_name(f".pledges-{digest}.new")
    with SignalGuard() as signals:
        file = os.fdopen(create_locked(path, mode, target, signals), "wb")
        new = TemporaryFile(file, path, signals)
        try:
            try:
                signals.release()
                yield new
            finally:
                signals.decide()  # no signal may interrupt the cleanup below
        finally:
            if not new.is_placed:
                with suppress(OSError):
                    path.unlink(missing_ok=True)
            with suppress(OSError):
                file.close()  # only now, because that ends the lock


def sync_folder(folder: Path) -> None:
    """Write the names in a folder down to the disk.

    A file that is on the disk under a name that is not would be lost in a power cut.

    Raises: ``OSError`` if that fails; not if the file system can't do it at all.
    """
    if sys.platform == "win32":
        return
    file = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(file)
    except OSError as error:
        if error.errno not in _NO_SUCH_THING:
            raise
    finally:
        os.close(file)


def _copy_attributes(old: Path, new: int, tell: Tell) -> None:
    """Give an open file the owner, mode and extended attributes of the old one."""
    status = old.stat()
    if status.st_nlink > 1:
        tell(f"{old.name} has another name (a hard link), which keeps the old text")
    if sys.platform == "win32":
        return
    mine = os.fstat(new)
    # One at a time: who may not give a file away may still set its group.
    owners = (
        ("group", status.st_gid, mine.st_gid, (-1, status.st_gid)),
        ("owner", status.st_uid, mine.st_uid, (status.st_uid, -1)),
    )
    for what, theirs, ours, both in owners:
        try:
            if theirs != ours:
                os.fchown(new, *both)
        except PermissionError:
            tell(f"the ledger's {what} was {theirs} and is now {ours}: you can't set it")
    os.fchmod(new, stat.S_IMODE(status.st_mode))  # last: a new owner clears bits of it
    _copy_extended(old, new, tell)


def _copy_extended(old: Path, new: int, tell: Tell) -> None:
    """Give an open file the extended attributes of the old one, such as its access list."""
    if sys.platform != "linux":
        return
    try:
        names = os.listxattr(old)
    except OSError as error:
        if error.errno in _NO_SUCH_THING:
            return
        raise
    for name in names:
        try:
            os.setxattr(new, name, os.getxattr(old, name))
        except OSError as error:
            tell(f"the ledger's extended attribute {name} was not kept: {error.strerror}")
