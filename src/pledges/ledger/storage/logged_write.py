"""One write to a ledger, as the undo log has it, and how it is undone and redone."""

from hashlib import sha256
from pathlib import Path
from typing import Final, Self
from zlib import compress, decompressobj
from zlib import error as zlib_error

import msgspec
from msgspec import Struct

from pledges.errors import Busy, CannotWrite, FaultyLedger
from pledges.ledger.editing.hunks import Hunk, hunks_between, places_of, reversed_hunks, text_with
from pledges.ledger.editing.table_changes import change_digest, guessed_change_digest
from pledges.ledger.reading.decode import decode
from pledges.ledger.reading.find import LARGEST_FILE, path_text, utf8_text

_LARGEST_HUNKS: Final = 4 * LARGEST_FILE  # both texts of a ledger, with the lines around
_LARGEST_CHANGE: Final = 512 * 1024
"""A larger change, such as a whole register, can be undone only while the ledger is as it was: to
find it among the changes of others would take as long as to write it."""
_BY_HAND: Final = "correct the ledger by hand: pledges edit"


class LoggedWrite(Struct, frozen=True):
    """A write: ``act`` says what it was, ``on`` when, in ISO format.

    ``before`` and ``after`` are digests of the content, ``change`` of what it changed in the
    tables, None if the ledger was no TOML or too much was changed; ``hunks`` are compressed.
    """

    act: str
    on: str
    before: str
    after: str
    change: str | None
    hunks: bytes

    @classmethod
    def of(cls, act: str, on: str, old: bytes, new: bytes) -> Self:
        """The write that replaced one content by another."""
        packed = compress(msgspec.msgpack.encode(hunks_between(old, new)), 1)
        digests = content_digest(old), content_digest(new)
        is_large = abs(len(new) - len(old)) > _LARGEST_CHANGE
        change = None if is_large else guessed_change_digest(old, new)
        return cls(act, on, *digests, change, packed)

    def rebased(self, old: bytes, new: bytes) -> Self:
        """The same write from and to other contents, if they are others."""
        if (self.before, self.after) == (content_digest(old), content_digest(new)):
            return self
        return self.of(self.act, self.on, old, new)

    def undone(self, content: bytes, path: Path) -> bytes:
        """The content of the ledger at ``path`` without this write.

        Raises: ``Busy`` if others have changed its lines since; ``CannotWrite`` if the entry is
        damaged; ``FaultyLedger`` if others have made the ledger faulty.
        """
        hunks = reversed_hunks(self._hunks())
        if content_digest(content) == self.after:
            return _exact(content, hunks, self.before)
        new = _at_its_place(content, hunks, path)
        if new is None or self.change is None or change_digest(new, content) != self.change:
            raise _unfit("undone", path)
        return new

    def redone(self, content: bytes, path: Path) -> bytes:
        """The content of the ledger at ``path`` with this write again.

        Raises: what ``undone`` raises.
        """
        hunks = self._hunks()
        if content_digest(content) == self.before:
            return _exact(content, hunks, self.after)
        new = _at_its_place(content, hunks, path)
        if new is None or self.change is None or change_digest(content, new) != self.change:
            raise _unfit("redone", path)
        return new

    def _hunks(self) -> list[Hunk]:
        try:
            packed = decompressobj().decompress(self.hunks, _LARGEST_HUNKS)
            return msgspec.msgpack.decode(packed, type=list[Hunk])
        except (zlib_error, ValueError):  # msgspec's errors are ValueErrors
            raise _damaged() from None


def content_digest(content: bytes) -> str:
    """What identifies a content: SHA-256 in hexadecimals."""
    return sha256(content).hexdigest()


def _exact(content: bytes, hunks: list[Hunk], digest: str) -> bytes:
    """The content with the hunks done where they were, proven by its digest."""
    new = text_with(content, hunks, [each.at for each in hunks])
    if new is None or content_digest(new) != digest:
        raise _damaged()
    return new


def _at_its_place(content: bytes, hunks: list[Hunk], path: Path) -> bytes | None:
    """The content with the hunks done where their lines are now; None if that makes no ledger."""
    name = path_text(path)
    decode(utf8_text(content, name), name)  # a fault of the ledger is reported as such
    places = places_of(content, hunks)
    new = None if places is None else text_with(content, hunks, places)
    try:
        if new is not None:
            decode(utf8_text(new, name), name)
    except FaultyLedger:
        return None
    return new


def _damaged() -> CannotWrite:
    return CannotWrite("the record for undo is damaged; nothing was written", _BY_HAND)


def _unfit(what: str, path: Path) -> Busy:
    name = path_text(path)
    return Busy(
        f"the last change can't be {what}: {name} was changed by hand or by another program since, "
        "in the same lines",
        _BY_HAND,
    )
