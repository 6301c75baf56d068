"""Writing a ledger: the new text replaces the old one in one step, or nothing happens.

    lock -> read -> revise -> write a temporary file -> note for undo -> read once more -> replace

A program that reads at the same time finds the old ledger or the new one.  Editors and ``git
checkout`` use no locks: if they change the ledger in between, it is read and revised again.  What
they save even after the last look comes out as the names are exchanged, and is put back.
"""

import errno
import os
import stat
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import TypeVar

from pledges.errors import Busy, CannotWrite
from pledges.ledger.editing.amend import Revision
from pledges.ledger.reading.find import LARGEST_FILE, path_text, read_file, reading_error, utf8_text
from pledges.ledger.reading.lease import end_lease
from pledges.ledger.storage.file_attributes import Tell, sync_folder
from pledges.ledger.storage.lock import (
    PATIENCE,
    LedgerReplaced,
    WriteTarget,
    ledger_lock,
    wait_for_writers,
)
from pledges.ledger.storage.temporary_file import temporary_file
from pledges.ledger.storage.undo_log import Note, set_log_aside, take_back
from pledges.streams import hold_standard_streams

Revised = TypeVar("Revised", bound=Revision)


def rewrite(
    path: Path,
    revise: Callable[[str], Revised],
    note: Note | None,
    tell: Tell,
    patience: float = PATIENCE,
) -> Revised:
    """Replace a ledger by its revision, and return that.

    ``revise`` may be called again, if the ledger is changed by others meanwhile.  A revision to
    the same text writes nothing.  ``note`` is what the undo log keeps of it.  After the write
    ``tell`` is called with what of the old file could not be kept.  Others are waited for as many
    seconds as ``patience``.

    Raises: ``NoLedger``, ``Busy``, ``CannotWrite``, and what ``revise`` raises.  Nothing was
    written then.
    """
    hold_standard_streams()
    until = time.monotonic() + patience
    try:
        while time.monotonic() <= until:
            real = _real_path(path)  # each time: somebody may put a link in the ledger's place
            # A ledger that is missing is looked for again: a checkout removes it for a moment.
            with suppress(LedgerReplaced, FileNotFoundError), ledger_lock(real, until) as held:
                leasable = wait_for_writers(held, until, path)
                content, file = read_file(real)
                if leasable is not None:
                    end_lease(leasable)  # or an editor would have to wait for the revision
                if held and held.file != file:  # an editor has put another file there meanwhile
                    continue
                revision = revise(utf8_text(content, path_text(path)))
                target, new = WriteTarget(real, file, until, leasable), revision.new.encode()
                if revision.new == revision.old or _replace(target, content, new, note, tell):
                    return revision
    except OSError as error:
        raise _unwritable(path, error) from None
    raise Busy(
        f"other programs keep changing {path_text(path)}; nothing was written",
        "run the command again",
    )


def _replace(target: WriteTarget, old: bytes, new: bytes, note: Note | None, tell: Tell) -> bool:
    """Replace the old content by the new one; False if the old one was changed."""
    path = target.ledger
    if len(new) > LARGEST_FILE:
        raise CannotWrite(f"{path.name} would be larger than 64 MiB", "split it into two ledgers")
    sentences: list[str] = []  # reported only after the write, because it may be tried again
    with temporary_file(target, 0o600) as temporary:  # which gets the mode of the old one
        temporary.write(new, path, sentences.append)
        sync_folder(path.parent)  # if this fails, then while the old ledger is still there
        if note:
            note.keep(path, old, new, sentences.append)
        # Editors and checkouts take no lock.  What they wrote since it was read would be lost, so
        # it is read again at the last moment: the record for undo, which takes long, is written.
        is_old = target.keeps_others_out() and read_file(path) == (old, target.locked)
        seen = (target.locked, old)
        if not is_old or not temporary.replace(path, seen, target.is_untouched, tell):
            if note:
                take_back(path, old)
            return False
    _sync_written(path.parent, sentences.append)
    for sentence in sentences:
        tell(sentence)
    return True


def create(path: Path, text: str, tell: Tell) -> None:
    """Write a new ledger, completely or not at all, if there is no file of that name.

    ``tell`` is called with what may be wrong although it is written.

    Raises: ``CannotWrite`` if there is one, or if it can't be written.
    """
    hold_standard_streams()
    check_free(path)
    target = WriteTarget(path, None, time.monotonic() + PATIENCE)
    try:
        with temporary_file(target, 0o666) as temporary:
            temporary.write(text.encode(), None, tell)
            set_log_aside(path)
            temporary.take_name(path)
    except FileExistsError:
        raise _exists_error(path) from None
    except (OSError, ValueError) as error:
        raise _unwritable(path, error) from None
    _sync_written(path.parent, tell)


def check_free(path: Path) -> None:
    """Refuse a path that already exists.

    Raises: ``CannotWrite``.
    """
    if os.path.lexists(path):
        raise _exists_error(path)


def _exists_error(path: Path) -> CannotWrite:
    return CannotWrite(f"{path_text(path)} already exists", "to add to it: pledges add")


def _sync_written(folder: Path, tell: Tell) -> None:
    """Sync the folder once more; the ledger is written, so a failure is only reported."""
    try:
        sync_folder(folder)
    except OSError as error:
        tell(f"the ledger was written, but a power cut could still lose it: {error.strerror}")


def _real_path(path: Path) -> Path:
    """The file that is meant, after all links.

    Raises: ``NoLedger`` if it is not there, ``CannotWrite`` if it can't be replaced.
    """
    name = path_text(path)
    try:
        real = Path(os.path.realpath(path, strict=True))
        status = real.stat()
    except (OSError, ValueError) as error:
        raise reading_error(path, error) from None
    if stat.S_ISDIR(status.st_mode):
        raise reading_error(path, IsADirectoryError(errno.EISDIR, "a folder"))
    if not stat.S_ISREG(status.st_mode):
        raise CannotWrite(f"{name} is not a regular file", "give the path of a text file")
    if not status.st_mode & 0o222:
        raise CannotWrite(f"{name} is read-only", f"to allow changes: chmod u+w {name}")
    return real


def _unwritable(path: Path, error: OSError | ValueError) -> CannotWrite:
    reason = getattr(error, "strerror", None) or str(error)
    return CannotWrite(f"can't write {path_text(path)}: {reason}; nothing was written")
