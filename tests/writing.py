"""A desk with one ledger on it, the installed program, and strace to strike at a chosen call."""

import re
import subprocess
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Final, NamedTuple

import pytest

from desk import NAME, Desk
from pledges.ledger.reading.decode import decode
from program import Ended, ended_at_gate
from samples import ONE_PLEDGE

TEMPORARY: Final = ".pledges-82c305a76351.new"
"""What a new text of a ledger of that name is called until it takes the old one's place."""

AS_OF: Final = ("--as-of", "2026-11-22")


class Kept(Desk):
    """A desk whose ledger has one pledge, to which notes are added."""

    def __init__(self, place: Path, text: str = ONE_PLEDGE) -> None:
        super().__init__(place, text)

    @property
    def notes(self) -> list[str | None]:
        """The notes in the ledger, which is a sound one."""
        return notes_in(self.content)

    def noted(self, note: str) -> Ended:
        """Add a note to the pledge, in a process of its own."""
        return self.run(*noting(note))


def notes_in(content: bytes) -> list[str | None]:
    """The notes in a ledger; a test fails here where it is no sound one."""
    ledger = decode(content.decode(), NAME)
    return [update.note for pledge in ledger.pledges for update in pledge.updates]


def noting(note: str) -> tuple[str, ...]:
    """The arguments that add a note to the pledge."""
    return ("update", "ECO-01", "--note", note, *AS_OF)


FORK_WRITERS: Final = """
import gc, os, sys
from pledges.cli import main

def forked(act):
    pid = os.fork()
    if not pid:
        os._exit(act())
    return pid

def ended(pid):
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])

def write(note):
    return main(["update", "ECO-01", "--note", note, "--as-of", "2026-11-22"])

def written(note):
    while (code := ended(forked(lambda: write(note)))) in (3, 6):
        pass
    return code

def writes(writer):
    return max([written(f"{writer}-{n}") for n in range(1, each + 1)])

writers, each = map(int, sys.argv[1:])
write("warm")
sys.exit(max([ended(each) for each in [forked(lambda: writes(n)) for n in range(writers)]]))
"""
"""Each update in a process of its own, forked off one that has everything imported."""


# Calls of the operating system, and what can be made to happen at one of them.


CALLS: Final = (
    "/^(open(at)?|flock|read|pread64|write|pwrite64|fsync|fdatasync|ftruncate|fch(own|mod)(at)?"
    "|ch(own|mod)|l?listxattr|[fl]?setxattr|link(at)?|unlink(at)?|rename(at2?)?|mkdir(at)?"
    "|getdents64|close|copy_file_range|sendfile)$"
)
"""What a write may do to files and folders, but for looking at what they are."""

LOOKS: Final = "/^(new)?(f|l)?stat(at|x)?(64)?$"
"""The calls that look at what files and folders are."""


class Call(NamedTuple):
    """A call that touches a desk: the ``nth`` of its name on this file, the ``number``th of all."""

    name: str
    on: str
    nth: int
    number: int


def traced(
    desk: Kept,
    args: Sequence[str],
    *strikes: str,
    ignored: Sequence[str] = (),
    traceable: str = CALLS,
) -> tuple[Ended, list[Call]]:
    """Run the program at a desk, and tell what of it was touched in which order.

    A strike is what strace is to do, such as ``fsync:error=EIO:when=2``; ``ignored`` are signals,
    and ``traceable`` are the calls that are looked at.
    Files go by the names ledger, temporary, folder, journal and notes (what becomes the journal).
    """
    log = desk.state.with_name("calls.txt")
    watched = [f"-P{path}" for path in _watched(desk)]
    struck = [word for strike in strikes for word in ("-e", f"inject={strike}")]
    command = ("strace", "-y", "-e", f"trace={traceable}", "-o", str(log), *watched, *struck)
    start = desk.start(*args)._replace(ignored=ignored)
    ended = ended_at_gate(start, lambda process: _tracing((*command, "-p", str(process))))
    return ended, _calls(log.read_text(encoding="utf-8"))


@contextmanager
def _tracing(command: Sequence[str]) -> Iterator[None]:
    """Trace a process from here on until it ends."""
    with subprocess.Popen(command, stderr=subprocess.PIPE) as tracer:
        assert tracer.stderr
        assert b" attached" in tracer.stderr.readline()
        yield
        tracer.stderr.read()


def at(call: Call, what: str) -> str:
    """The strike that makes something happen at a call."""
    return f"{call.name}:{what}:when={call.number}"


def the(calls: Sequence[Call], name: str, on: str, nth: int = 1) -> Call:
    """The call of this name, on whatever system: ``rename`` is ``renameat`` elsewhere."""
    wanted = (name, on, nth)
    (found,) = (each for each in calls if (each.name[: len(name)], *each[1:3]) == wanted)
    return found


def _watched(desk: Kept) -> list[Path]:
    journals = sorted((desk.state / "pledges" / "undo").glob("*.json"))
    notes = [path for each in journals for path in (each, each.with_suffix(".new"), each.parent)]
    return [desk.folder, desk.path, desk.folder / TEMPORARY, *notes]


def _calls(log: str) -> list[Call]:
    found: list[Call] = []
    counts = Counter[str]()
    on_each = Counter[tuple[str, str]]()
    for name, rest in re.findall(r"^(\w+)\((.*)", log, re.MULTILINE):
        on = _touched(rest)
        counts[name] += 1
        on_each[name, on] += 1
        found.append(Call(name, on, on_each[name, on], counts[name]))
    return found


def _touched(told: str) -> str:
    """Which of a desk's files a line of strace is about."""
    names = {
        TEMPORARY: "temporary",
        "/undo/[0-9a-f]+[.]new": "notes",
        "/undo/[0-9a-f]+[.]json": "journal",
        '/undo[">]': "journals",
        f'{NAME}[">(]': "ledger",
    }
    return next((what for path, what in names.items() if re.search(path, told)), "folder")


@cache
def _can_trace() -> bool:
    """Whether strace is here, and may do its work."""
    tried = ("strace", "-e", "trace=fsync", "true")
    try:
        return not subprocess.run(tried, capture_output=True, check=False).returncode
    except OSError:
        return False


needs_strace = pytest.mark.skipif(not _can_trace(), reason="strace is not here, or may not trace")
