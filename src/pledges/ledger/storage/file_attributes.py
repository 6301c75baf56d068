"""A new file in the place of an old one: with its mode, its owner and what else it carries."""

import errno
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO, Final

Tell = Callable[[str], None]
"""Takes a sentence about what could not be kept."""

_MODE: Final = 0o7777
_NO_SUCH_THING: Final = (errno.EINVAL, errno.ENOTSUP, errno.EBADF)
"""What a file system answers that can't sync a folder, or has no extended attributes."""


def write_like(old: Path, new: BinaryIO, content: bytes, tell: Tell) -> None:
    """Write a file down to the disk, with all that ``old`` is but its content.

    Raises: ``OSError`` where any of it fails.
    """
    new.write(content)
    new.flush()
    _keep(new.fileno(), old, tell)
    os.fsync(new.fileno())


def write_new(new: BinaryIO, content: bytes) -> None:
    """Write a file down to the disk.

    Raises: ``OSError`` where that fails.
    """
    new.write(content)
    new.flush()
    os.fsync(new.fileno())


def put_new(written: Path, path: Path) -> None:
    """Give a file that is written its name, where nothing has that name yet.

    Raises: ``FileExistsError`` where something has; ``OSError`` where that fails.
    """
    try:
        path.hardlink_to(written)
    except FileExistsError:
        raise
    except OSError:  # a file system without second names
        if os.path.lexists(path):
            raise FileExistsError(errno.EEXIST, "") from None
        written.rename(path)


def sync_folder(folder: Path) -> None:
    """See that the names in a folder are on the disk.

    Raises: ``OSError`` where that fails; not where the file system has no such thing.
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


def _keep(file: int, old: Path, tell: Tell) -> None:
    """Give a new file the owner, mode and extended attributes of the old one."""
    status = old.stat()
    if status.st_nlink > 1:
        tell(f"{old.name} has a second name (a hard link), under which the old text stays")
    if sys.platform != "win32":
        _keep_owner(file, status, tell)
        os.fchmod(file, status.st_mode & _MODE)
    if sys.platform == "linux":
        _keep_extended(file, old, tell)


def _keep_owner(file: int, status: os.stat_result, tell: Tell) -> None:
    if sys.platform == "win32":
        return
    mine = os.fstat(file)
    owners = (
        ("group", status.st_gid, mine.st_gid, (-1, status.st_gid)),
        ("owner", status.st_uid, mine.st_uid, (status.st_uid, -1)),
    )
    for what, theirs, ours, both in owners:
        try:
            if theirs != ours:
                os.fchown(file, *both)
        except PermissionError:
            tell(f"the ledger's {what} was {theirs} and is now {ours}: you may not set it")


def _keep_extended(file: int, old: Path, tell: Tell) -> None:
    if sys.platform != "linux":
        return
    for name in _extended(old):
        try:
            os.setxattr(file, name, os.getxattr(old, name))
        except OSError as error:
            tell(f"the ledger's extended attribute {name} is not kept: {error.strerror}")


def _extended(path: Path) -> list[str]:
    if sys.platform != "linux":
        return []
    try:
        return os.listxattr(path)
    except OSError as error:
        if error.errno in _NO_SUCH_THING:
            return []
        raise
