"""What a new file takes over from the old one: owner, mode, extended attributes and flags.

And how the names in its folder are written down to the disk.
"""

import errno
import os
import stat
import struct
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Final

Tell = Callable[[str], None]  # takes a sentence about what could not be kept

NO_SUCH_THING: Final = (errno.EINVAL, errno.ENOTSUP, errno.EBADF)
"""What a file system answers that can't sync a folder, or has no extended attributes."""

_ACCESS_LIST: Final = "system.posix_acl_access"

_LONG: Final = struct.calcsize("l")
_GET_FLAGS: Final = 0x8000_6601 | _LONG << 16  # FS_IOC_GETFLAGS
_SET_FLAGS: Final = 0x4000_6602 | _LONG << 16  # FS_IOC_SETFLAGS
_OWN_FLAGS: Final = 0x0080_00CF
"""The flags of ``chattr`` that say how a file is kept: s, u, c, S, d, A and C."""


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
        if error.errno not in NO_SUCH_THING:
            raise
    finally:
        os.close(file)


def copy_attributes(old: Path, new: int, name: str, tell: Tell) -> None:
    """Give an open file the owner, mode, extended attributes and flags of the old one.

    ``name`` is what ``tell`` calls it if something can't be kept.
    """
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
            tell(f"{name}'s {what} was {theirs} and is now {ours}: you can't set it")
    extended = _extended(old)
    _drop_access_list(new, extended, name, tell)
    os.fchmod(new, stat.S_IMODE(status.st_mode))  # last: a new owner clears bits of it
    for attribute, value in extended.items():
        try:
            os.setxattr(new, attribute, value)
        except OSError as error:
            tell(f"{name}'s extended attribute {attribute} was not kept: {error.strerror}")
    _copy_flags(old, new, name, tell)


def _extended(old: Path) -> dict[str, bytes]:
    """The extended attributes of a file, such as its access list."""
    if sys.platform != "linux":
        return {}
    try:
        return {each: os.getxattr(old, each) for each in os.listxattr(old)}
    except OSError as error:
        if error.errno in NO_SUCH_THING:
            return {}
        raise


def _drop_access_list(new: int, extended: dict[str, bytes], name: str, tell: Tell) -> None:
    """Take away the access list that the folder gives to every new file.

    By it others could read the new file who could not read the old one.
    """
    if sys.platform != "linux" or _ACCESS_LIST in extended:
        return
    try:
        os.removexattr(new, _ACCESS_LIST)
    except OSError as error:
        if error.errno not in (errno.ENODATA, *NO_SUCH_THING):
            tell(f"others may read {name} by its folder's access list: {error.strerror}")


def _copy_flags(old: Path, new: int, name: str, tell: Tell) -> None:
    """Give a file the flags of the old one that a user may set with ``chattr``."""
    if sys.platform != "linux":
        return
    import fcntl  # noqa: PLC0415  (only where it is)

    def flags_of(file: int) -> int:
        found: int = struct.unpack_from("i", fcntl.ioctl(file, _GET_FLAGS, bytes(_LONG)))[0]
        return found

    file = os.open(old, os.O_RDONLY)
    try:
        theirs, ours = flags_of(file) & _OWN_FLAGS, flags_of(new)
        if theirs == ours & _OWN_FLAGS:
            return
        with suppress(OSError):
            fcntl.ioctl(new, _SET_FLAGS, struct.pack("i4x", ours & ~_OWN_FLAGS | theirs))
        if flags_of(new) & _OWN_FLAGS != theirs:
            tell(f"{name}'s file flags were not kept; to see them: lsattr")
    except OSError as error:
        if error.errno not in (errno.ENOTTY, *NO_SUCH_THING):
            raise
    finally:
        os.close(file)
