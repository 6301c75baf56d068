"""A new file beside a ledger: held alone, and gone unless it takes the ledger's place."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from hashlib import sha256
from pathlib import Path
from typing import BinaryIO

from pledges.ledger.storage.lock import DraftOwner, claimed
from pledges.streams import Interruptible


class Draft:
    """A file that is being written."""

    def __init__(self, file: BinaryIO, path: Path, signals: Interruptible) -> None:
        self.file = file
        self.path = path
        self._signals = signals
        self.is_placed = False

    def take_place_of(self, path: Path) -> None:
        """Give it the name of another file, at once; from here on no signal ends this."""
        self._signals.decide()
        if sys.platform == "win32":  # which renames no open file
            self.file.close()
        self.path.replace(path)
        self.is_placed = True


@contextmanager
def draft_beside(claim: DraftOwner, mode: int) -> Iterator[Draft]:
    """A draft with the one name that a ledger's drafts have, which the next write uses again.

    A signal to end takes it away.

    Raises: ``Busy``, ``OSError``.
    """
    name = sha256(os.fsencode(claim.ledger.name)).hexdigest()[:12]
    with Interruptible() as signals:
        beside = claim.ledger.with_name(f".pledges-{name}.new")
        file = os.fdopen(claimed(beside, mode, claim, signals), "wb")
        draft = Draft(file, beside, signals)
        try:
            try:
                signals.release()
                yield draft
            finally:
                signals.decide()
        finally:
            if not draft.is_placed:
                with suppress(OSError):
                    beside.unlink(missing_ok=True)
            with suppress(OSError):
                file.close()
