"""The log of what this program wrote to each ledger, so that it can be undone and redone.

The log of a ledger is a file in the user's state folder, named after the ledger's path.  It has
the writes that were done and those that were undone, and a digest of the ledger's content after
the last act.  By that digest

- a ledger that was moved finds its log again: the log says what the file contained, and the path
  that it was written for no longer exists.  The log is copied then, never taken away, and the copy
  of a ledger that is still in its place gets none: so two ledgers never share a log;
- an act that was killed between the log and the ledger is recognized: the log has the digest of
  the content before it too;
- a change by hand is recognized.  Then the lines of a write are looked for in the text as it is.
"""

import errno
import os
import stat
from collections.abc import Iterator, Sequence
from contextlib import suppress
from enum import StrEnum
from itertools import accumulate
from pathlib import Path
from typing import Final

import msgspec
from msgspec import Struct
from platformdirs import user_state_path

from pledges.errors import Busy
from pledges.ledger.reading.find import LARGEST_FILE, path_text
from pledges.ledger.storage.file_attributes import Tell
from pledges.ledger.storage.logged_write import LoggedWrite, content_digest

MOST_WRITES: Final = 50
MOST_BYTES: Final = 8 * 1024 * 1024
"""What the entries of a ledger may have changed together, compressed."""
MOST_LEDGERS: Final = 200

_HEAD: Final = 200
"""The bytes of a log that contain its digests."""


class Act(StrEnum):
    """What was done last to a ledger."""

    WRITE = "write"
    UNDO = "undo"
    REDO = "redo"


class UndoLog(Struct, frozen=True, rename={"digest": "is", "digest_before": "was"}):
    """The log of a ledger after an act: the digests of its content after and before that act.

    ``done`` has the latest write last, ``undone`` the one first that is redone first.  What was
    undone before a new write is kept until the next act, in case that write was killed.
    """

    digest: str
    digest_before: str
    act: Act
    path: bytes
    done: Sequence[LoggedWrite]
    undone: Sequence[LoggedWrite]


class History(Struct, frozen=True):
    """The writes that led to the content of a ledger, the latest last, and those after it.

    ``is_changed`` if others have changed it since the last act, so that no digest says where in
    its history it is.
    """

    done: Sequence[LoggedWrite] = ()
    undone: Sequence[LoggedWrite] = ()
    is_changed: bool = False


def history(path: Path, content: bytes) -> History:
    """The history of the ledger at ``path``; empty if its log can't be read."""
    with suppress(OSError):
        return _history(path, content)
    return History()


def _history(path: Path, content: bytes) -> History:
    digest = content_digest(content)
    log = _load(_log_file(path))
    if log is None or digest not in (log.digest, log.digest_before):
        log = _log_of_moved(path, digest) or log
    if log is None:
        return History()
    done, undone = log.done, () if log.act is Act.WRITE else log.undone
    if digest == log.digest:
        return History(done, undone)
    if digest != log.digest_before:
        return _history_of_text(done, undone, digest)
    # The act was killed before the ledger was replaced.
    if log.act is Act.UNDO:
        return History([*log.done, *log.undone[:1]], log.undone[1:])
    redone = log.done[-1:] if log.act is Act.REDO else ()
    return History(log.done[:-1], [*redone, *log.undone])


def _history_of_text(
    done: Sequence[LoggedWrite], undone: Sequence[LoggedWrite], digest: str
) -> History:
    """The history by the nearest write before or after which the ledger had this text.

    A checkout, or ``patch``, may have put it there again.
    """
    writes = [*done, *undone]
    at = [n for n, each in enumerate(writes) if each.before == digest]
    at += [n for n, each in enumerate(writes, 1) if each.after == digest]
    if not at:
        return History(done, undone, is_changed=True)
    nearest = min(at, key=lambda each: abs(each - len(done)))
    return History(writes[:nearest], writes[nearest:])


class UndoNote(Struct, frozen=True):
    """What the undo log is to call a write: ``act``, done ``on`` a moment, in ISO format."""

    act: str
    on: str

    def keep(self, path: Path, old: bytes, new: bytes, tell: Tell) -> None:
        """Log a write before it is done; if that fails, ``tell`` is called with the reason."""
        try:
            earlier = _history(path, old)
            writes = [*earlier.done, LoggedWrite.of(self.act, self.on, old, new)][-MOST_WRITES:]
            sizes = accumulate(len(each.hunks) for each in reversed(writes))
            kept = writes[len(writes) - sum(size <= MOST_BYTES for size in sizes) :]
            _save(path, (old, new), Act.WRITE, History(kept, earlier.undone))
        except OSError as error:
            tell(f"this can't be undone, because its record can't be written: {error.strerror}")
        else:
            if not kept:
                tell("this can't be undone, because it is too large to be kept")


class MoveNote(Struct, frozen=True):
    """The write that was undone, or redone."""

    write: LoggedWrite
    act: Act

    def keep(self, path: Path, old: bytes, new: bytes, tell: Tell) -> None:
        """Log the act before it is done; if that fails, ``tell`` is called with the reason.

        Raises: ``Busy`` if another program has undone, redone or written something meanwhile.
        """
        is_undo = self.act is Act.UNDO
        try:
            now = _history(path, old)
            nearest = now.done[-1:] if is_undo else now.undone[:1]
            if [*nearest] != [self.write]:
                message = f"{path_text(path)} was changed by another program; nothing was written"
                raise Busy(message, "run the command again")
            # What it changed this time, in a text that others may have changed elsewhere: so the
            # opposite act gives these very bytes.
            write = self.write.rebased(new, old) if is_undo else self.write.rebased(old, new)
            done = now.done[:-1] if is_undo else [*now.done, write]
            undone = [write, *now.undone] if is_undo else now.undone[1:]
            _save(path, (old, new), self.act, History(done, undone))
        except OSError as error:
            opposite = "redone" if is_undo else "undone"
            reason = f"its record can't be written: {error.strerror}"
            tell(f"this can't be {opposite}, because {reason}")


Note = UndoNote | MoveNote


def take_back(path: Path, content: bytes) -> None:
    """Log that the last act was not done after all, because others have changed the ledger.

    ``content`` is what it would have replaced.
    """
    with suppress(OSError):
        # An undo of nothing: it keeps what was undone before, which a write would drop.
        _save(path, (content, content), Act.UNDO, _history(path, content))


def set_log_aside(path: Path) -> None:
    """Keep the log at a path for a ledger that was moved away: a new one begins there."""
    with suppress(OSError):
        file = _log_file(path)
        if log := _load(file):
            _replace_log(file.with_stem(log.digest[:32]), msgspec.structs.replace(log, path=b""))
            file.unlink(missing_ok=True)


def state_folder(name: str) -> Path:
    """A folder for what this program remembers on this machine.

    Raises: ``OSError`` for a user who has none.
    """
    try:
        folder = user_state_path("pledges", appauthor=False)
    except RuntimeError:
        raise FileNotFoundError(errno.ENOENT, "there is no home folder") from None
    if not folder.is_absolute():  # each current folder would have one of its own
        raise FileNotFoundError(errno.ENOENT, f"{folder} is no absolute path")
    return folder / name


def _log_file(path: Path) -> Path:
    name = content_digest(os.fsencode(os.path.realpath(path)))[:32]
    return state_folder("undo") / f"{name}.json"


def _log_of_moved(path: Path, digest: str) -> UndoLog | None:
    """The latest log of a ledger with this content that is no longer where it was written."""
    for file in _newest_first(state_folder("undo")):
        with suppress(OSError):  # such as that of a file which went just now
            with file.open("rb") as opened:
                head = opened.read(_HEAD)
            # Logs may have megabytes; only the one that is looked for is read.
            log = _load(file) if digest.encode() in head else None
            if log and digest in (log.digest, log.digest_before):
                # It was moved, and not copied, if its old path is gone, or leads to the same file:
                # so it does if only capitals were changed and the file system takes them for one.
                old = os.fsdecode(log.path)  # none of a log that was set aside
                if not os.path.lexists(old) or Path(old).samefile(path):
                    return log
    return None


def _newest_first(folder: Path) -> Iterator[Path]:
    ages: list[tuple[float, Path]] = []
    for file in folder.glob("*.json"):
        with suppress(OSError):  # another process may remove it
            ages.append((file.stat().st_mtime, file))
    return (file for _, file in sorted(ages, reverse=True))


def _load(file: Path) -> UndoLog | None:
    """A log; None if there is none, or if it is of another form.

    Raises: ``OSError`` if it is there and can't be read.
    """
    try:
        status = file.stat()
        if stat.S_ISREG(status.st_mode) and status.st_size <= LARGEST_FILE:
            return msgspec.json.decode(file.read_bytes(), type=UndoLog)
    except (FileNotFoundError, ValueError, RecursionError):  # msgspec's errors are ValueErrors
        pass
    return None


def _save(path: Path, contents: tuple[bytes, bytes], act: Act, then: History) -> None:
    """Write a ledger's log, and remove the oldest logs of other ledgers.

    ``contents`` are the ledger's before and after the act, ``then`` is its history after it.
    """
    before, after = map(content_digest, contents)
    real = os.fsencode(os.path.realpath(path))
    file = _log_file(path)
    _replace_log(file, UndoLog(after, before, act, real, then.done, then.undone))
    for each in [*_newest_first(file.parent)][MOST_LEDGERS:]:
        with suppress(OSError):
            each.unlink(missing_ok=True)


def _replace_log(file: Path, log: UndoLog) -> None:
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    temporary = file.with_suffix(".new")
    temporary.unlink(missing_ok=True)
    # Only for the user: a log has parts of ledgers that others may not be allowed to read.
    with os.fdopen(os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as out:
        out.write(msgspec.json.encode(log))
    temporary.replace(file)
