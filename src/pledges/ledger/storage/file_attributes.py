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


def write_to_disk(new: BinaryIO, content: bytes, old: Path | None, tell: Tell) -> None:
    """Write a file down to the disk, with the attributes of ``old`` if there is one.

    Raises: ``OSError`` if any of it fails.
    """
    new.write(content)
    new.flush()
    if old:  # after the content, because writing may take attributes away again
        _copy_attributes(old, new.fileno(), tell)
    os.fsync(new.fileno())


def put_new(temporary: Path, path: Path) -> None:
    """Give a file that is written its name, if nothing has that name yet.

    Raises: ``FileExistsError`` if something has; ``OSError`` if that fails.
    """
    try:
        # A second name is refused if the name is taken; renaming would replace what has it.
        path.hardlink_to(temporary)
    except FileExistsError:
        raise
    except OSError:  # a file system without second names
        if os.path.lexists(path):
            raise FileExistsError(errno.EEXIST, "") from None
        temporary.rename(path)


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
        tell(f"{old.name} has a second name (a hard link), under which the old text stays")
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
            tell(f"the ledger's {what} was {theirs} and is now {ours}: you may not set it")
    os.fchmod(new, status.st_mode & _MODE)  # after the owner, because that clears bits of it
    if sys.platform == "linux":
        _copy_extended(old, new, tell)


def _copy_extended(old: Path, new: int, tell: Tell) -> None:
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
            tell(f"the ledger's extended attribute {name} is not kept: {error.strerror}")
