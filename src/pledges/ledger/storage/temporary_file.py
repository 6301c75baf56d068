"""A new file next to a ledger: locked, and removed unless it takes the ledger's place."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from hashlib import sha256
from pathlib import Path
from typing import BinaryIO

from msgspec import Struct

from pledges.ledger.storage.lock import WriteTarget, create_locked
from pledges.streams import SignalGuard


class TemporaryFile(Struct):
    """A file that is being written."""

    file: BinaryIO
    path: Path
    signals: SignalGuard
    is_placed: bool = False

    def take_place_of(self, path: Path) -> None:
        """Give it the name of another file, at once; from here on no signal ends this."""
        self.signals.decide()
        if sys.platform == "win32":  # which renames no open file
            self.file.close()
        self.path.replace(path)
        self.is_placed = True


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
                signals.decide()  # no signal may end what clears away below
        finally:
            if not new.is_placed:
                with suppress(OSError):
                    path.unlink(missing_ok=True)
            with suppress(OSError):
                file.close()  # only now, because that ends the lock
