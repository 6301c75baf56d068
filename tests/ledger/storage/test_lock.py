"""One writer at a time, whoever holds the ledger and however that one ends."""

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Final

import pytest

from pledges.errors import Busy
from pledges.ledger.reading.find import LEDGER_NAME as NAME
from pledges.ledger.reading.find import file_id
from pledges.ledger.storage import lock
from pledges.ledger.storage.undo_log import state_folder

Hold = Callable[[Path, float], AbstractContextManager[lock.HeldLedger | None]]

HOLDER: Final = """
import sys, time
from pathlib import Path
from pledges.ledger.storage import lock
with getattr(lock, sys.argv[1])(Path(sys.argv[2]), time.monotonic() + 15):
    print("held", flush=True)
    sys.stdin.readline()
"""
needs_flock = pytest.mark.skipif(os.name != "posix", reason="this system has no flock")
WAYS: Final = (pytest.param("inode_lock", marks=needs_flock), "state_folder_lock")
"""The lock on the ledger's own inode, and the one of systems that have none."""

each_way = pytest.mark.parametrize("way", WAYS)


@pytest.fixture
def ledger(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A file to be locked; the user's state is kept beside its folder."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    monkeypatch.setenv("LOCALAPPDATA", str(tmp_path / "state"))
    (tmp_path / "desk").mkdir()
    path = tmp_path / "desk" / NAME
    path.write_bytes(b"")
    return path


def holding(way: str) -> Hold:
    """The lock of a kind."""
    found: Hold = getattr(lock, way)
    return found


def at_once() -> float:
    """The end of the patience of one who does not wait."""
    return time.monotonic()


def later() -> float:
    """The end of the patience of one who waits."""
    return time.monotonic() + lock.PATIENCE


@contextmanager
def held_by_another(way: str, path: Path) -> Iterator[subprocess.Popen[str]]:
    """Another process that holds a lock until it reads a line or is killed."""
    with subprocess.Popen(
        [sys.executable, "-c", HOLDER, way, str(path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as holder:
        assert holder.stdout
        assert holder.stdout.readline() == "held\n"
        yield holder
        holder.communicate("\n")


def comm(program: str) -> str:
    """What Linux calls the processes of a program."""
    return Path(program).name[:15]


@each_way
def test_a_lock_that_others_hold(way: str, ledger: Path) -> None:
    """Who has no patience left is told that others write."""
    with held_by_another(way, ledger) as holder:  # noqa: SIM117
        with pytest.raises(Busy) as busy, holding(way)(ledger, at_once()):
            pytest.fail("two hold it")
    is_named = way == "inode_lock" and sys.platform == "linux"
    who = f"{comm(sys.executable)} (process {holder.pid})" if is_named else "another program"
    assert busy.value.exit == 6
    assert busy.value.message == f"{who} is writing to {NAME}; nothing was written"
    with holding(way)(ledger, at_once()):
        pass


@each_way
def test_a_lock_whose_holder_is_killed(way: str, ledger: Path) -> None:
    """A kill leaves no lock behind."""
    with held_by_another(way, ledger) as holder:
        holder.kill()
        with holding(way)(ledger, later()):
            pass


@each_way
def test_a_lock_that_is_waited_for(way: str, ledger: Path) -> None:
    """Who waits has it once the other lets go."""
    with held_by_another(way, ledger) as holder:
        assert holder.stdin
        print(file=holder.stdin, flush=True)
        with holding(way)(ledger, later()):
            pass


@each_way
def test_a_lock_is_free_after_a_failure(way: str, ledger: Path) -> None:
    """Who fails while holding it lets go of it."""
    with pytest.raises(ValueError, match="on purpose"), holding(way)(ledger, at_once()):
        raise ValueError("on purpose")
    with holding(way)(ledger, at_once()):
        pass


@each_way
def test_two_ledgers_have_two_locks(way: str, ledger: Path) -> None:
    """A writer of one ledger does not keep one of another waiting."""
    other = ledger.with_name("other.toml")
    other.write_bytes(b"")
    with holding(way)(ledger, at_once()), holding(way)(other, at_once()):
        assert sorted(each.name for each in ledger.parent.iterdir()) == [NAME, "other.toml"]


@each_way
def test_nothing_lies_beside_the_ledger(way: str, ledger: Path) -> None:
    """A lock leaves nothing in the ledger's folder, and nothing in the ledger."""
    with holding(way)(ledger, at_once()):
        assert [each.name for each in ledger.parent.iterdir()] == [NAME]
    assert [each.name for each in ledger.parent.iterdir()] == [NAME]
    assert ledger.read_bytes() == b""


@needs_flock
def test_the_file_that_is_held_is_told(ledger: Path) -> None:
    """It is the one that has the name once the lock is had, not the one that was waited for."""
    with lock.ledger_lock(ledger, at_once()) as first:
        assert first
        assert first.file == file_id(ledger.stat())
        new = ledger.with_name("new")
        new.write_bytes(b"")
        new.replace(ledger)
        with lock.ledger_lock(ledger, at_once()) as second:
            assert second
            assert second.file == file_id(ledger.stat())
    assert first.file != second.file


@needs_flock
def test_a_ledger_that_is_replaced_while_it_is_waited_for(ledger: Path) -> None:
    """Who waited for the lock of a file that was replaced takes that of the new one."""
    with held_by_another("inode_lock", ledger) as holder:
        assert holder.stdin
        new = ledger.with_name("new")
        new.write_bytes(b"")
        print(file=holder.stdin, flush=True)
        new.replace(ledger)
        with lock.ledger_lock(ledger, later()) as held:
            assert held
            assert held.file == file_id(ledger.stat())


def test_a_lock_elsewhere_lies_in_the_state_folder(ledger: Path) -> None:
    """Where a system has no flock, the lock's file lies in the user's state folder."""
    with holding("state_folder_lock")(ledger, at_once()) as held:
        assert held is None
        assert list(state_folder("locks").glob("*.lock"))
