"""Whether another program still writes into a file in place, as ``scp`` and ``tee`` do.

Linux gives a lease to read only while nobody has the file open for writing, and lets whoever opens
it for writing wait until the lease ends.  It does so for one's own files on a local disk; for
others it must do that a file does not change between two looks.
"""

import errno
import os
import signal
import sys
import time
from typing import Final

RECENT: Final = 1.0  # seconds: a file that was changed earlier is taken to be whole
_PAUSE: Final = 0.05  # seconds between two looks
_MOST_REFUSALS: Final = 10
_MOST_LOOKS: Final = 40


def wait_until_whole(file: int) -> None:
    """Wait while others write into an open file that was changed just now.

    It takes two seconds at most, and half a second if nothing more is written.
    """
    if abs(time.time() - os.fstat(file).st_mtime) > RECENT:
        return
    # A network file system may refuse a lease for ever, so a refusal proves no writer.
    for _ in range(_MOST_REFUSALS):
        if (is_given := has_lease(file)) is not False:
            break
        time.sleep(_PAUSE)
    for _ in range(0 if is_given else _MOST_LOOKS):  # until it is the same for a moment
        before = os.fstat(file)
        time.sleep(_PAUSE)
        after = os.fstat(file)
        if (before.st_size, before.st_mtime_ns) == (after.st_size, after.st_mtime_ns):
            return


def has_lease(file: int) -> bool | None:
    """Take a lease of a file that is open for reading; it ends with the file's closing, or before.

    False if others have the file open for writing, None if the system can't tell.
    """
    if sys.platform != "linux":
        return None
    import fcntl  # noqa: PLC0415  (not for a ledger that only is read, and was not changed just now)

    try:
        # By default the signal that somebody waits for its end would end this program.
        fcntl.fcntl(file, fcntl.F_SETSIG, signal.SIGURG)
        fcntl.fcntl(file, fcntl.F_SETLEASE, fcntl.F_RDLCK)
    except OSError as error:
        return False if error.errno == errno.EAGAIN else None
    return True


def is_lease_whole(file: int) -> bool:
    """Whether nobody has begun to open the file for writing since its lease was taken."""
    if sys.platform != "linux":
        return True
    import fcntl  # noqa: PLC0415

    return fcntl.fcntl(file, fcntl.F_GETLEASE) == fcntl.F_RDLCK


def end_lease(file: int) -> None:
    """Let others write into a file of which a lease was taken."""
    if sys.platform != "linux":
        return
    import fcntl  # noqa: PLC0415

    fcntl.fcntl(file, fcntl.F_SETLEASE, fcntl.F_UNLCK)
