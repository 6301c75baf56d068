"""Writing a ledger: the new text takes the place of the old one at once, or nothing happens.

    lock -> read -> revise -> write beside -> read once more -> replace

Whoever reads meanwhile finds the old ledger or the new one.  An editor or a checkout knows no
locks: what they put there in between is read, and revised anew.
"""

import errno
import os
import stat
import time
from collections.abc import Callable
from pathlib import Path
from typing import Final, TypeVar

from msgspec import Struct

from pledges.errors import Busy, CannotWrite
from pledges.ledger.editing.revision import Revision
from pledges.ledger.reading.find import (
    LARGEST_FILE,
    FileId,
    path_text,
    read_file,
    reading_error,
    utf8_text,
)
from pledges.ledger.storage.file_attributes import Tell, put_new, sync_folder, write_like, write_new
from pledges.ledger.storage.lock import PATIENCE, DraftOwner, locked
from pledges.ledger.storage.temporary_file import draft_beside
from pledges.ledger.storage.undo_log import Witness
from pledges.streams import hold_standard_streams

_WRITABLE: Final = 0o222
_ONLY_MINE: Final = 0o600
_AS_USUAL: Final = 0o666
Revised = TypeVar("Revised", bound=Revision)


class Found(Struct, frozen=True):
    """What a ledger held when it was read, and which file that was."""

    content: bytes
    file: FileId


def rewrite(path: Path, revise: Callable[[str], Revised], witness: Witness) -> Revised:
    """Replace a ledger by its revision, and give that.

    ``revise`` may be called again, should the ledger be changed by others meanwhile.  A revision
    to the same text writes nothing.  ``witness`` keeps what undoing it takes, and is told what of
    the old file could not be kept.

    Raises: ``NoLedger``, ``Busy``, ``CannotWrite``, and what ``revise`` raises.  Nothing was
    written then.
    """
    hold_standard_streams()
    real = _real(path)
    try:
        return _rewritten(path, real, revise, witness)
    except OSError as error:
        raise _unwritable(path, error) from None


def create(path: Path, text: str, tell: Tell) -> None:
    """Write a new ledger, whole or not at all, where there is no file of that name.

    ``tell`` is called with what may be amiss though it is written.

    Raises: ``CannotWrite`` where there is one, or where it can't be written.
    """
    hold_standard_streams()
    check_free(path)
    claim = DraftOwner(path, None, time.monotonic() + PATIENCE)
    try:
        with draft_beside(claim, _AS_USUAL) as draft:
            write_new(draft.file, text.encode())
            put_new(draft.path, path)
    except FileExistsError:
        raise _is_there(path) from None
    except (OSError, ValueError) as error:
        raise _unwritable(path, error) from None
    _settle(path.parent, tell)


def check_free(path: Path) -> None:
    """Refuse a path where there is something already.

    Raises: ``CannotWrite``.
    """
    if os.path.lexists(path):
        raise _is_there(path)


def _is_there(path: Path) -> CannotWrite:
    return CannotWrite(f"{path_text(path)} is there already", "pledges add adds to it")


def _rewritten(
    path: Path, real: Path, revise: Callable[[str], Revised], witness: Witness
) -> Revised:
    until = time.monotonic() + PATIENCE
    while time.monotonic() <= until:
        with locked(real, until) as held:
            found = Found(*read_file(real))
            if held and held != found.file:
                continue
            revision = revise(utf8_text(found.content, path_text(path)))
            if revision.new == revision.old or _replaced(real, found, revision, witness, until):
                return revision
    raise Busy(f"{path_text(path)} is being changed by others; nothing was written", "try it again")


def _replaced(path: Path, found: Found, revision: Revision, witness: Witness, until: float) -> bool:
    """Put the new text in the place of the old one; False where that is no longer there."""
    new = revision.new.encode()
    if len(new) > LARGEST_FILE:
        raise CannotWrite(f"{path.name} would be larger than 64 MiB", "split it into two ledgers")
    told: list[str] = []
    with draft_beside(DraftOwner(path, found.file, until), _ONLY_MINE) as draft:
        write_like(path, draft.file, new, told.append)
        sync_folder(path.parent)
        if Found(*read_file(path)) != found:
            return False
        witness.keep(path, found.content, new, told.append)
        draft.take_place_of(path)
    _settle(path.parent, told.append)
    for sentence in told:
        witness.tell(sentence)
    return True


def _settle(folder: Path, tell: Tell) -> None:
    """Sync the folder once more; the ledger is written, so that a failure is only told."""
    try:
        sync_folder(folder)
    except OSError as error:
        tell(f"the ledger is written, but may not outlast a power cut: {error.strerror}")


def _real(path: Path) -> Path:
    """The file that is meant, behind all links.

    Raises: ``NoLedger`` where it is not there, ``CannotWrite`` where it can't be replaced.
    """
    try:
        real = Path(os.path.realpath(path, strict=True))
        status = real.stat()
    except (OSError, ValueError) as error:
        raise reading_error(path, error) from None
    if stat.S_ISDIR(status.st_mode):
        raise reading_error(path, IsADirectoryError(errno.EISDIR, "a folder"))
    if not stat.S_ISREG(status.st_mode):
        raise CannotWrite(f"{path_text(path)} is no regular file", "a ledger is a text file")
    if not status.st_mode & _WRITABLE:
        raise CannotWrite(
            f"{path_text(path)} is read-only", f"chmod u+w {path_text(path)} lets it change"
        )
    return real


def _unwritable(path: Path, error: OSError | ValueError) -> CannotWrite:
    reason = getattr(error, "strerror", None) or str(error)
    hint = "nothing was written; what was there is as it was"
    return CannotWrite(f"{path_text(path)} can't be written: {reason}", hint)
