"""Who keeps a file from being written: its owner, who has locked it, who writes into it.

Linux tells it in ``/proc``, of one's own programs; elsewhere nobody is named.
"""

import os
import re
from contextlib import suppress
from pathlib import Path

from pledges.ledger.reading.find import FileId, file_id

_PROCESSES = Path("/proc")


def owner_name(status: os.stat_result) -> str:
    """The name of a file's owner, or the number if it has no name."""
    try:
        from pwd import getpwuid  # noqa: PLC0415  (only where it is)

        return getpwuid(status.st_uid).pw_name
    except (ImportError, KeyError):
        return f"user {status.st_uid}"


def lock_holder(file: FileId) -> str | None:
    """The process that has locked a file with ``flock``; None if the system does not tell."""
    device, inode = file
    place = f"{os.major(device):02x}:{os.minor(device):02x}:{inode}"
    with suppress(OSError):
        locks = (_PROCESSES / "locks").read_text(encoding="utf-8")
        if found := re.search(rf"^\d+: FLOCK +\S+ +WRITE ([1-9]\d*) {place} ", locks, re.MULTILINE):
            return _process_name(found[1])
    return None


def writing_process(file: FileId) -> str | None:
    """A process other than this one that has a file open for writing; None if none is found."""
    links: list[Path] = []  # to the open files of all processes that this user may look into
    for folder in _PROCESSES.glob("[0-9]*/fd"):
        with suppress(OSError):
            links.extend(folder.iterdir())
    for link in links:
        with suppress(OSError, ValueError):
            process = link.parts[2]
            if process != str(os.getpid()) and file_id(link.stat()) == file:
                about = (_PROCESSES / process / "fdinfo" / link.name).read_text(encoding="utf-8")
                if int(re.findall(r"flags:\s*(\d+)", about)[0], 8) & os.O_ACCMODE:
                    return _process_name(process)
    return None


def _process_name(process: str) -> str:
    with suppress(OSError):
        name = (_PROCESSES / process / "comm").read_text(encoding="utf-8", errors="replace")
        return f"{name.rstrip()} (process {process})"
    return f"process {process}"
