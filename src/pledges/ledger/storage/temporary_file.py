"""A temporary file next to a ledger, which replaces it in one step or is removed.

It is locked, and gets the mode, the owner and the extended attributes of the old ledger.
"""

import errno
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from hashlib import sha256
from itertools import count
from pathlib import Path
from typing import BinaryIO

from msgspec import Struct

from pledges.errors import CannotWrite
from pledges.ledger.reading.find import LARGEST_FILE, FileId, file_id, path_text
from pledges.ledger.storage.exchange import exchange_names
from pledges.ledger.storage.file_attributes import Tell, copy_attributes
from pledges.ledger.storage.lock import WriteTarget, create_locked
from pledges.streams import SignalGuard

Look = tuple[FileId | None, bytes | None]
"""What a name leads to: a file, and its content if that can be read."""


class TemporaryFile(Struct):
    """A file that is being written."""

    file: BinaryIO
    path: Path
    signals: SignalGuard
    content: bytes = b""
    is_placed: bool = False

    def write(self, content: bytes, old: Path | None, tell: Tell) -> None:
        """Write it down to the disk, with the attributes of ``old`` if there is one.

        Raises: ``OSError`` if any of it fails.
        """
        self.content = content
        self.file.write(content)
        self.file.flush()
        if old:  # after the content, because writing may take attributes away again
            copy_attributes(old, self.file.fileno(), "the ledger", tell)
        os.fsync(self.file.fileno())

    def replace(self, path: Path, old: Look, is_untouched: Callable[[], bool], tell: Tell) -> bool:
        """Take the name of the file ``old``; False if another file has it by now, which stays.

        Where the system can, the two names are exchanged, and it is seen afterwards what the name
        led to: an editor may have saved a text in the last moment.

        From now on signals are ignored, unless another file stays.
        """
        self.signals.hold()
        if sys.platform == "win32":  # which renames no open file
            self.file.close()
        try:
            is_exchanged = exchange_names(self.path, path)
        except OSError:
            self.signals.release()
            raise
        if is_exchanged:
            self.is_placed = True  # from now on the temporary name is that of somebody's text
            came = _look(self.path)
            if came != old or not is_untouched():
                self._put_back(path, came, tell)
                self.signals.release()
                return False
            with suppress(OSError):  # a leftover is removed by the next write
                self.path.unlink()
        else:
            self.path.replace(path)
        self.is_placed = True
        self.signals.decide()
        return True

    def _put_back(self, path: Path, came: Look, tell: Tell) -> None:
        """Give a name back to the file that had it, or to one that was saved there even since.

        Each exchange should bring out what the one before it put there.  If it does not, somebody
        has saved a newer text in between, and that is the one that must have the name in the end.
        The older one is kept too: who saved the newer one may have seen ours in its place.
        """
        ours: Look = (file_id(os.fstat(self.file.fileno())), self.content)
        placed = ours
        while True:
            try:
                exchange_names(self.path, path)
            except OSError as error:
                message = f"{path.name} was saved by another program meanwhile, and that text"
                raise CannotWrite(
                    f"{message} could not be put back: {error.strerror}",
                    f"copy it from {path_text(self.path)} before the next write",
                ) from None
            out = _look(self.path)
            if out == placed:
                break
            placed, came = came, out
        if placed != ours:
            names = (path.with_name(f"{path.name}.saved-{number}") for number in count(1))
            kept = next(each for each in names if not os.path.lexists(each))
            self.path.rename(kept)
            tell(f"{path.name} was saved twice during the write; the first text is in {kept.name}")
        self.is_placed = False

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


def _look(path: Path) -> Look:
    """What a name leads to now; links are not followed, and nothing is waited for."""
    try:
        file = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
        with os.fdopen(file, "rb") as opened:
            return file_id(os.fstat(file)), opened.read(LARGEST_FILE + 1)
    except OSError:
        return file_id(path.lstat()), None
