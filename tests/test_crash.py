"""No line of a ledger is lost: by writers at once, by kills, by failing disks, by signals."""

import errno
import os
import random
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Final

import pytest
from msgspec import Struct

from desk import NAME
from nightly import number
from program import PROGRAM, Ended, needs_fork, needs_shell
from writing import (
    AS_OF,
    FORK_WRITERS,
    LOOKS,
    Call,
    Kept,
    at,
    needs_strace,
    notes_in,
    noting,
    the,
    traced,
)

pytestmark = pytest.mark.slow

KILLED: Final = 137
WRITERS: Final = number(6, 20)
EACH: Final = number(5, 20)
KILLS: Final = number(60, 2000)
WRITTEN: Final = f"Written to {NAME}. To undo this: pledges undo\n"

DISK: Final = (errno.ENOSPC, errno.EIO)
NAMES: Final = (errno.ENOSPC, errno.EIO, errno.EACCES, errno.EROFS)


class Act(Struct, frozen=True):
    """What a command does to a desk: the ledger before and after it, and the calls of it all."""

    args: tuple[str, ...]
    old: bytes
    new: bytes
    calls: list[Call]

    @property
    def writing(self) -> list[Call]:
        """The calls from the opening of the ledger for its lock on."""
        return self.calls[self.calls.index(the(self.calls, "flock", "ledger")) - 1 :]

    def until(self, call: Call) -> list[Call]:
        """The calls up to this one."""
        return self.calls[: self.calls.index(call) + 1]


NOTE: Final = noting("second")


def act_at(desk: Kept, *args: str) -> Act:
    """What a command does, found out by doing it; then the desk is put back as it was."""
    old = desk.content
    with restored(desk):
        ended, calls = traced(desk, args)
        assert ended.code == 0
        return Act(args, old, desk.content, calls)


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Kept:
    """A desk whose ledger was written to before."""
    desk = Kept(tmp_path_factory.mktemp("written"))
    assert desk.noted("first").code == 0
    return desk


@pytest.fixture
def desk(written: Kept) -> Iterator[Kept]:
    """The same desk for every test, which is put back as it was."""
    with restored(written):
        yield written


@pytest.fixture(scope="module")
def act(written: Kept) -> Act:
    """What a note that is added to its ledger does."""
    return act_at(written, *NOTE)


@contextmanager
def restored(desk: Kept) -> Iterator[None]:
    """Put the desk and its journals back to what they were before."""
    before = held(desk)
    yield
    for path in held(desk):
        path.unlink()
    for path, content in before.items():
        path.write_bytes(content)


def held(desk: Kept) -> dict[Path, bytes]:
    """What the files at a desk and in its journal hold."""
    journals = (desk.state / "pledges" / "undo").glob("*")
    return {path: path.read_bytes() for path in (*desk.folder.iterdir(), *journals)}


# Writers at once.


WRITE_IN_A_LOOP: Final = """
for n in $(seq "$EACH"); do
    until "$@" update ECO-01 --note "$WRITER-$n" --as-of 2026-11-22; do
        [ $? -eq 6 ] || exit 1
    done
done
"""
"""Writes again if others kept the ledger too long, which a busy machine makes likely."""

BUSY: Final = f"""\
pledges: error: another program is writing to {NAME}; nothing was written
  = hint: run the command again
"""


def the_notes(writers: int) -> list[str]:
    """What all writers have to say, in the order of names."""
    return sorted(f"{writer}-{n}" for writer in range(writers) for n in range(1, EACH + 1))


def acknowledged(out: IO[bytes], desk: Kept) -> list[str]:
    """The notes that writers say are written: each is in the ledger, which is a sound one."""
    found: list[str] = []
    for line in out:
        note = line.decode().split()[-1]
        assert note in notes_in(desk.content)
        found.append(note)
    return found


one_after_the_other = pytest.mark.xdist_group("writers")


@pytest.mark.slow
@one_after_the_other
@needs_shell
def test_writers_at_once_lose_nothing(tmp_path: Path) -> None:
    """Scripts of many updates each, run at once, write all their notes; none fails.

    Whoever reads meanwhile finds a sound ledger with all that was told to be written.
    """
    desk = Kept(tmp_path)
    read_end, write_end = os.pipe()
    running = [
        subprocess.Popen(
            ["sh", "-c", WRITE_IN_A_LOOP, "sh", *PROGRAM],  # noqa: S607  (whichever is there)
            cwd=desk.folder,
            env={**desk.environment, "WRITER": str(writer), "EACH": str(EACH)},
            stdout=write_end,
            stderr=subprocess.PIPE,
        )
        for writer in range(WRITERS)
    ]
    os.close(write_end)
    with os.fdopen(read_end, "rb") as out:
        told = acknowledged(out, desk)
    said = [each.communicate()[1].decode() for each in running]
    assert [each.returncode for each in running] == [0] * WRITERS
    assert [each.replace(BUSY, "") for each in said] == [WRITTEN * EACH] * WRITERS
    assert sorted(told) == sorted(map(str, desk.notes)) == the_notes(WRITERS)
    assert desk.files == [NAME]


@pytest.mark.slow
@one_after_the_other
@needs_fork
def test_writers_at_once_that_are_warm(tmp_path: Path) -> None:
    """The same where hardly any time passes but that of writing."""
    desk = Kept(tmp_path)
    with subprocess.Popen(
        [sys.executable, "-c", FORK_WRITERS, str(WRITERS), str(EACH)],
        cwd=desk.folder,
        env=desk.environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as running:
        assert running.stdout
        assert running.stderr
        told = acknowledged(running.stdout, desk)
        said = running.stderr.read().decode()
    assert running.returncode == 0
    assert said.replace(BUSY, "") == WRITTEN * (WRITERS * EACH + 1)
    assert sorted(told) == sorted(map(str, desk.notes)) == sorted(["warm", *the_notes(WRITERS)])
    assert desk.files == [NAME]


# Kills.


UNDO: Final = ("undo", "--yes")
REDO: Final = ("redo", "--yes")
KILLED_ACTS: Final = (
    NOTE,
    ("set", "ECO-01", "--lead", "MPI", "--pillar", "economy"),
    ("correct", "ECO-01", "1", "--note", "corrected", *AS_OF),
    ("remove", "ECO-01", "1", "--yes"),
    UNDO,
    REDO,
)


@pytest.mark.slow
@needs_strace
@pytest.mark.parametrize("args", KILLED_ACTS, ids=lambda args: args[0])
def test_killed_at_any_call(args: Sequence[str], desk: Kept) -> None:
    """Killed at any call of a write, the ledger is the old one or the new one, byte for byte.

    Nothing was told to be written then.  Another write and its undo work, and leave nothing behind.
    """
    if args == REDO:
        assert desk.run(*UNDO).code == 0
    act = act_at(desk, *args)
    tried = []
    for call in act.writing:
        with restored(desk):
            ended, calls = traced(desk, args, at(call, "signal=KILL"))
            assert (ended.code, ended.err, calls) == (KILLED, "", act.until(call))
            is_done = the(act.calls, "rename", "temporary") in calls[:-1]
            assert desk.content == (act.new if is_done else act.old)
            if (left := held(desk)) not in tried:
                tried.append(left)
                check_that_it_goes_on(desk)
    assert len(tried) > 3


def check_that_it_goes_on(desk: Kept) -> None:
    """See that a write and its undo work as if nothing had been."""
    left = desk.content
    assert desk.noted("third").code == 0
    assert (desk.notes, desk.files) == ([*notes_in(left), "third"], [NAME])
    assert desk.run("undo", "--yes").code == 0
    assert (desk.content, desk.files) == (left, [NAME])


@needs_strace
@pytest.mark.parametrize("args", [UNDO, REDO], ids=["undo", "redo"])
def test_what_was_killed_can_be_repeated(args: Sequence[str], desk: Kept) -> None:
    """What an undo did not come to take back can still be taken back, and redone; so with redo."""
    if args == REDO:
        assert desk.run(*UNDO).code == 0
    act = act_at(desk, *args)
    traced(desk, act.args, at(the(act.calls, "rename", "temporary"), "signal=KILL"))
    assert desk.content == act.old
    for again, content in ((args, act.new), ((UNDO if args == REDO else REDO), act.old)):
        assert desk.run(*again).code == 0
        assert desk.content == content


@needs_strace
def test_a_write_that_was_killed_is_no_history(desk: Kept) -> None:
    """A killed write is not offered for redo, and ends nothing that could be redone."""
    before = desk.content
    assert desk.run(*UNDO).code == 0
    act = act_at(desk, *NOTE)
    traced(desk, act.args, at(the(act.calls, "rename", "temporary"), "signal=KILL"))
    assert desk.content == act.old
    assert desk.run(*REDO).code == 0
    assert desk.content == before
    assert desk.run(*REDO).code == 2


@pytest.mark.slow
@needs_strace
def test_init_killed_at_any_call(tmp_path: Path) -> None:
    """Killed at any call of its writing, there is no new ledger or the whole of it."""
    desk = Kept(tmp_path)
    desk.path.unlink()
    args = ("init", "--pillar", "economy=Economy", "--ledger", str(desk.path))
    calls = traced(desk, args)[1]
    whole = desk.content
    for call in calls[calls.index(the(calls, "open", "temporary")) :]:
        desk.path.unlink(missing_ok=True)
        assert traced(desk, args, at(call, "signal=KILL"))[0] == (KILLED, "", "")
        is_there = NAME in desk.files
        assert desk.run(*args).code == (7 if is_there else 0)
        assert desk.content == whole
        added = desk.run("add", "--title", "Open", "--pillar", "economy")
        assert (added.code, added.err, desk.files) == (0, WRITTEN, [NAME])


KILL_WHEN_TOLD: Final = """
import os, signal, sys, time
from pathlib import Path
from pledges.cli import main

ledger = Path("commitments.toml")
old = ledger.read_bytes()
ready = os.pipe()
main(sys.argv[1:])

def tell(event, args):
    if event == "open" and str(args[0]).endswith(ledger.name):
        os.write(ready[1], b"r")

def begun():
    ledger.write_bytes(old)
    pid = os.fork()
    if not pid:
        sys.addaudithook(tell)
        os._exit(main(sys.argv[1:]))
    os.read(ready[0], 1)
    return pid

def killed(after):
    start, pid = time.perf_counter(), begun()
    while time.perf_counter() - start < after and not os.waitid(os.P_PID, pid, LOOK):
        pass
    os.kill(pid, signal.SIGKILL)
    os.waitpid(pid, 0)
    return time.perf_counter() - start

LOOK = os.WEXITED | os.WNOHANG | os.WNOWAIT
usual = max(killed(60) for _ in range(5))
print("ready", flush=True)
for share in sys.stdin:
    killed(float(share) * usual)
    print("killed", flush=True)
"""
"""Forks a writer of the old ledger, and kills it after a share of the time that its work takes.

That time begins when the ledger is opened.
"""


@pytest.mark.slow
@needs_fork
def test_killed_at_random_moments(tmp_path: Path) -> None:
    """Killed at any moment, the ledger is the old one or, surely where that was told, the new."""
    desk, other = Kept(tmp_path), Kept(tmp_path / "other")
    assert other.noted("second").code == 0
    old, new = desk.content, other.content
    moments = random.Random(20261122)  # noqa: S311  (the same moments each time)
    outcomes = set()
    with driven(desk, KILL_WHEN_TOLD, *NOTE) as (orders, answers):
        assert "".join(iter(answers.readline, "ready\n")).startswith("ECO-01  update")
        for share in (0, *(moments.random() for _ in range(KILLS)), 60):
            print(share, file=orders, flush=True)
            is_told = answers.readline() != "killed\n"
            assert not is_told or answers.readline() == "killed\n"
            left = desk.content
            assert left in ((new,) if is_told else (old, new))
            outcomes.add((left == new, is_told))
    assert outcomes >= {(False, False), (True, True)}
    check_that_it_goes_on(desk)


@contextmanager
def driven(desk: Kept, script: str, *args: str) -> Iterator[tuple[IO[str], IO[str]]]:
    """A script that does what it is told line by line: what it reads, and what it answers."""
    with subprocess.Popen(
        [sys.executable, "-c", script, *args],
        cwd=desk.folder,
        env=desk.environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    ) as driver:
        assert driver.stdin
        assert driver.stdout
        yield driver.stdin, driver.stdout
        driver.stdin.close()


# Failures of the disk.

Place = tuple[str, str, int]
"""The name of a call, the file it is about, and its number among such calls."""

WRITES: Final[Sequence[Place]] = (
    ("open", "ledger", 1),
    ("open", "temporary", 1),
    ("write", "temporary", 1),
    ("fchmod", "temporary", 1),
    ("listxattr", "ledger", 1),
    ("open", "ledger", 3),
    ("fsync", "temporary", 1),
    ("open", "folder", 1),
    ("fsync", "folder", 1),
    ("rename", "temporary", 1),
)
READS: Final[Sequence[Place]] = (
    ("open", "ledger", 2),
    ("read", "ledger", 1),
    ("open", "ledger", 4),
    ("read", "ledger", 3),
)
NOTES: Final[Sequence[Place]] = (
    ("unlink", "notes", 1),
    ("open", "notes", 1),
    ("write", "notes", 1),
    ("close", "notes", 1),
    ("rename", "notes", 1),
)
SETTLING: Final[Sequence[Place]] = (("open", "folder", 2), ("fsync", "folder", 2))


def spelt(place: Place) -> str:
    """A place as the name of a test."""
    return " ".join(map(str, place))


def struck(desk: Kept, act: Act, place: Place) -> Iterator[tuple[int, Ended]]:
    """How an act ends for each way in which the disk may fail at a place."""
    changes_a_name = place[0] in ("open", "unlink", "rename")
    for reason in NAMES if changes_a_name else DISK:
        strike = at(the(act.calls, *place), f"error={errno.errorcode[reason]}")
        with restored(desk):
            yield reason, traced(desk, act.args, strike)[0]


@needs_strace
@pytest.mark.parametrize("place", WRITES, ids=spelt)
def test_a_disk_that_fails_a_write(place: Place, act: Act, desk: Kept) -> None:
    """It is said in a sentence; the old ledger stays, and nothing beside it."""
    for reason, ended in struck(desk, act, place):
        assert ended == (7, "", told_unwritable(reason))
        assert (desk.content, desk.files) == (act.old, [NAME])
    check_that_it_goes_on(desk)


def told_unwritable(reason: int) -> str:
    """What is said where nothing could be written."""
    return f"pledges: error: can't write {NAME}: {os.strerror(reason)}; nothing was written\n"


@needs_strace
@pytest.mark.parametrize("place", READS, ids=spelt)
def test_a_disk_that_fails_a_read(place: Place, act: Act, desk: Kept) -> None:
    """A ledger that can't be read is not written; nothing lies beside it."""
    for _, ended in struck(desk, act, place):
        assert (ended.code, ended.out) == (3, "")
        assert ended.err.startswith("pledges: error: ")
        assert NAME in ended.err
        assert (desk.content, desk.files) == (act.old, [NAME])


@needs_strace
@pytest.mark.parametrize("place", NOTES, ids=spelt)
def test_a_disk_that_fails_the_journal(place: Place, act: Act, desk: Kept) -> None:
    """A write whose undoing can't be kept is done, and that is said."""
    for reason, ended in struck(desk, act, place):
        lost = f"this can't be undone, because its record can't be written: {os.strerror(reason)}\n"
        assert (ended.code, ended.err) == (0, f"{lost}Written to {NAME}.\n")
        assert (desk.content, desk.files) == (act.new, [NAME])


@needs_strace
@pytest.mark.parametrize("place", SETTLING, ids=spelt)
def test_a_disk_that_fails_behind_the_write(place: Place, act: Act, desk: Kept) -> None:
    """What has taken the old ledger's place is written; what may become of it is said."""
    for reason, ended in struck(desk, act, place):
        message = "the ledger was written, but a power cut could still lose it"
        assert (ended.code, ended.err) == (0, f"{message}: {os.strerror(reason)}\n{WRITTEN}")
        assert (desk.content, desk.files) == (act.new, [NAME])
        assert desk.run("undo", "--yes").code == 0
        assert desk.content == act.old


@pytest.mark.slow
@needs_strace
def test_a_look_that_fails(desk: Kept) -> None:
    """Whatever can't be looked at, the ledger is the old one or the new one, and alone."""
    old = desk.content
    with restored(desk):
        ended, calls = traced(desk, NOTE, traceable=LOOKS)
        new = desk.content
    assert ended.code == 0
    assert {"ledger", "temporary"} <= {each.on for each in calls}
    for call in calls:
        with restored(desk):
            ended, _ = traced(desk, NOTE, at(call, "error=EIO"), traceable=LOOKS)
            assert (desk.content, desk.files) == (old if ended.code else new, [NAME])
            assert ended.code in (0, 3, 7)
            assert "Traceback" not in ended.err


@needs_strace
@pytest.mark.parametrize("place", [("fsync", "folder", 1), ("fsync", "folder", 2)], ids=spelt)
def test_a_file_system_that_syncs_no_folders(place: Place, act: Act, desk: Kept) -> None:
    """Where a folder can't be synced at all, that is no failure."""
    ended, _ = traced(desk, act.args, at(the(act.calls, *place), "error=EINVAL"))
    assert (ended.code, ended.err, desk.content) == (0, WRITTEN, act.new)


@needs_strace
def test_a_file_system_without_locks(act: Act, desk: Kept) -> None:
    """Where nothing can be locked, nothing is written."""
    ended, _ = traced(desk, act.args, "flock:error=ENOLCK")
    reason = f"this file system has no locks: {os.strerror(errno.ENOLCK)}"
    hint = "copy the ledger to a local disk and change it there"
    assert ended == (7, "", f"pledges: error: {reason}\n  = hint: {hint}\n")
    assert (desk.content, desk.files) == (act.old, [NAME])


@needs_strace
def test_a_file_system_that_locks_only_for_writers(act: Act, desk: Kept) -> None:
    """Where only a file that is open for writing can be locked, as on NFS, it is opened so."""
    ended, calls = traced(desk, act.args, "flock:error=EBADF:when=1")
    assert (ended.code, ended.err, desk.content) == (0, WRITTEN, act.new)
    assert [each.on for each in calls if each.name == "flock"] == ["ledger", "ledger", "temporary"]


@needs_strace
@pytest.mark.parametrize("reason", ["EINVAL", "ENOSYS", "EPERM"])
def test_a_file_system_that_exchanges_no_names(reason: str, act: Act, desk: Kept) -> None:
    """Where two names can't be exchanged in one step, the new file replaces the old one."""
    exchange = the(act.calls, "rename", "temporary")
    ended, calls = traced(desk, act.args, at(exchange, f"error={reason}"))
    assert (ended.code, ended.err, desk.content) == (0, WRITTEN, act.new)
    assert desk.files == [NAME]
    assert [each.on for each in calls if each.name.startswith("rename")][-1] == "temporary"


@needs_shell
def test_a_disk_that_takes_only_a_part(desk: Kept) -> None:
    """A new ledger of which only the first half fits is none."""
    old = b"# " + b"-" * 2000 + b"\n" + desk.content
    desk.path.write_bytes(old)
    ended = desk.shell('ulimit -f 2 && exec "$@"', *NOTE)
    assert ended == (7, "", told_unwritable(errno.EFBIG))
    assert (desk.content, desk.files) == (old, [NAME])


INITIAL: Final[Sequence[Place]] = (
    ("open", "temporary", 1),
    ("write", "temporary", 1),
    ("fsync", "temporary", 1),
)


@needs_strace
@pytest.mark.parametrize("place", INITIAL, ids=spelt)
def test_a_disk_that_fails_a_new_ledger(place: Place, tmp_path: Path) -> None:
    """It is said in a sentence, and there is nothing in the folder."""
    desk, act = a_beginning(tmp_path)
    for reason, ended in struck(desk, act, place):
        assert ended == (7, "", told_unwritable(reason))
        assert desk.files == []


@needs_strace
@pytest.mark.parametrize("place", [("open", "folder", 1), ("fsync", "folder", 1)], ids=spelt)
def test_a_disk_that_fails_behind_a_new_ledger(place: Place, tmp_path: Path) -> None:
    """A new ledger that is there is never said to be none."""
    desk, act = a_beginning(tmp_path)
    for _, ended in struck(desk, act, place):
        assert ended.code == 0
        assert "Created" in ended.err
        assert (desk.content, desk.files) == (act.new, [NAME])


def a_beginning(place: Path) -> tuple[Kept, Act]:
    """A desk without a ledger, and how one is begun."""
    desk = Kept(place)
    desk.path.unlink()
    args = ("init", "--pillar", "economy=Economy", "--ledger", str(desk.path))
    with restored(desk):
        calls = traced(desk, args)[1]
        return desk, Act(args, b"", desk.content, calls)


# Signals.

SIGNALS: Final = {"SIGINT": 130, "SIGTERM": 143, "SIGHUP": 129}
"""The signals by which people and systems end a program, with what a shell tells of it."""
BEFORE: Final[Sequence[Place]] = (
    ("open", "ledger", 1),
    ("open", "temporary", 1),
    ("open", "temporary", 2),
    ("write", "temporary", 1),
    ("fsync", "temporary", 1),
    ("fsync", "folder", 1),
    ("read", "ledger", 3),
    ("write", "notes", 1),
    ("rename", "notes", 1),
)


def signalled(desk: Kept, act: Act, place: Place, *ignored: str) -> Iterator[tuple[int, Ended]]:
    """How the act ends for each signal to end that may come at a place, as a shell tells it."""
    for signal, code in SIGNALS.items():
        strike = at(the(act.calls, *place), f"signal={signal}")
        with restored(desk):
            yield code, traced(desk, act.args, strike, ignored=ignored)[0]


@needs_strace
@pytest.mark.parametrize("place", BEFORE, ids=spelt)
def test_a_signal_before_the_write(place: Place, act: Act, desk: Kept) -> None:
    """A signal to end leaves the old ledger and nothing beside it, without a word."""
    for code, ended in signalled(desk, act, place):
        assert ended == (code, "", "")
        assert (desk.content, desk.files) == (act.old, [NAME])


@needs_strace
def test_a_signal_in_the_write(act: Act, desk: Kept) -> None:
    """A signal while the new ledger takes the old one's place comes too late, and it is told."""
    for _, ended in signalled(desk, act, ("rename", "temporary", 1)):
        assert (ended.code, ended.err) == (0, WRITTEN)
        assert (desk.content, desk.files) == (act.new, [NAME])


@needs_strace
def test_a_signal_behind_the_write(act: Act, desk: Kept) -> None:
    """A signal once it is written takes nothing back."""
    for code, ended in signalled(desk, act, ("fsync", "folder", 2)):
        assert ended == (code, "", "")
        assert (desk.content, desk.files) == (act.new, [NAME])
        assert desk.run("undo", "--yes").code == 0
        assert desk.content == act.old


@needs_strace
def test_a_signal_that_is_ignored(act: Act, desk: Kept) -> None:
    """What was ignored before, as under nohup, stays ignored."""
    for place in (("open", "ledger", 1), ("fsync", "temporary", 1), ("fsync", "folder", 2)):
        for _, ended in signalled(desk, act, place, *SIGNALS):
            assert (ended.code, ended.err) == (0, WRITTEN)
            assert (desk.content, desk.files) == (act.new, [NAME])


@needs_strace
@pytest.mark.parametrize("place", [("fsync", "temporary", 1), ("open", "folder", 1)], ids=spelt)
def test_a_signal_while_the_disk_fails(place: Place, act: Act, desk: Kept) -> None:
    """Both at once leave the old ledger and nothing beside it."""
    strike = at(the(act.calls, *place), "error=EIO:signal=SIGTERM")
    ended, _ = traced(desk, act.args, strike)
    assert ended.code in (7, SIGNALS["SIGTERM"])
    assert (desk.content, desk.files) == (act.old, [NAME])


# Closed standard streams.

CLOSED: Final = ("<&-", ">&-", "2>&-", "<&- >&-", "<&- 2>&-", ">&- 2>&-", "<&- >&- 2>&-")


@needs_shell
@pytest.mark.parametrize("closed", CLOSED)
def test_closed_streams(closed: str, desk: Kept, tmp_path: Path) -> None:
    """No closed stream is taken for the ledger: it holds what was asked for and nothing else."""
    old = desk.content
    other = Kept(tmp_path / "other", old.decode())
    assert other.noted("second").code == 0
    ended = desk.shell(f'exec "$@" {closed}', *NOTE)
    assert ended.code == (7 if ">&-" in closed.split() else 0)
    assert (desk.content, desk.files) == (other.content, [NAME])
    assert desk.run("undo", "--yes").code == 0
    assert (desk.content, desk.files) == (old, [NAME])


@needs_shell
@pytest.mark.parametrize("closed", CLOSED)
def test_init_with_closed_streams(closed: str, tmp_path: Path) -> None:
    """A new ledger holds nothing that was meant for a stream."""
    desk, other = Kept(tmp_path), Kept(tmp_path / "other")
    for each in (desk, other):
        each.path.unlink()
    assert other.run("init").code == 0
    assert desk.shell(f'exec "$@" {closed}', "init").code == 0
    assert (desk.content, desk.files) == (other.content, [NAME])
