"""Two files exchange their names in one step, on systems that can do it."""

import ctypes
import errno
import os
import sys
from pathlib import Path
from typing import Final

_EXCHANGE: Final = 2  # RENAME_EXCHANGE of Linux, RENAME_SWAP of macOS
_THIS_FOLDER: Final = -100  # AT_FDCWD: relative paths begin at the current folder

_UNABLE: Final = (errno.ENOSYS, errno.EINVAL, errno.ENOTSUP, errno.EPERM)
"""What a system, a file system or a sandbox answers that can't do it."""


def exchange_names(one: Path, other: Path) -> bool:
    """Exchange the names of two files; False if that is not possible here.

    Raises: ``OSError`` if it is, and failed.
    """
    if sys.platform == "win32":
        return False
    names, system = (os.fsencode(one), os.fsencode(other)), ctypes.CDLL(None, use_errno=True)
    if sys.platform == "darwin":
        failed = system.renamex_np(*names, _EXCHANGE)
    elif hasattr(system, "renameat2"):
        failed = system.renameat2(_THIS_FOLDER, names[0], _THIS_FOLDER, names[1], _EXCHANGE)
    else:
        return False
    number = ctypes.get_errno() if failed else 0
    if number and number not in _UNABLE:
        raise OSError(number, os.strerror(number))
    return number == 0
