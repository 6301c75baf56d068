"""Whether another program still writes into a file in place, as ``scp`` and ``tee`` do.

Linux gives a lease to read only while nobody has the file open for writing, and lets whoever opens
it for writing wait until the lease ends.  It does so for one's own files on a local disk; for
others it must do that a file does not change between two looks.
"""

import errno
import os
import signal
import time
from typing import Final

try:
    import fcntl
except ImportError:  # Windows
    fcntl = None  # type: ignore[assignment]

RECENT: Final = 1.0  # seconds: a file that was changed earlier is taken to be whole
_BETWEEN_LOOKS: Final = 0.05  # seconds
_MOST_LOOKS: Final = 40


def wait_until_whole(file: int) -> None:
    """Wait, two seconds at most, while others write into an open file that changed just now."""
    is_recent = abs(time.time() - os.fstat(file).st_mtime) < RECENT
    if is_recent and not has_lease(file):
        wait_for_equal_looks(file)


def wait_for_equal_looks(file: int) -> None:
    """Wait, two seconds at most, until an open file is the same at two looks."""
    for _ in range(_MOST_LOOKS):
        before = os.fstat(file)
        time.sleep(_BETWEEN_LOOKS)
        after = os.fstat(file)
        if (before.st_size, before.st_mtime_ns) == (after.st_size, after.st_mtime_ns):
            return


def has_lease(file: int) -> bool | None:
    """Take a lease of a file that is open for reading; it ends with the file's closing, or before.

    False if others have the file open for writing, None if the system can't tell.
    """
    if not hasattr(fcntl, "F_SETLEASE"):
        return None
    try:
        # By default the signal that somebody waits for its end would end this program.
        fcntl.fcntl(file, fcntl.F_SETSIG, signal.SIGURG)
        fcntl.fcntl(file, fcntl.F_SETLEASE, fcntl.F_RDLCK)
    except OSError as error:
        return False if error.errno == errno.EAGAIN else None
    return True


def is_lease_whole(file: int) -> bool:
    """Whether nobody has begun to open the file for writing since its lease was taken."""
    return fcntl.fcntl(file, fcntl.F_GETLEASE) == fcntl.F_RDLCK


def end_lease(file: int) -> None:
    """Let others write into a file of which a lease was taken."""
    fcntl.fcntl(file, fcntl.F_SETLEASE, fcntl.F_UNLCK)
