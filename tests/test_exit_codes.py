"""Each exit code that a script can rely on, through the installed program."""

import os
import subprocess
import sys
from collections.abc import Callable, Mapping
from typing import Final

import pytest

from desk import Desk
from pledges.errors import Exit
from program import PROGRAM, Ended

needs_posix = pytest.mark.skipif(os.name != "posix", reason="only POSIX has this")

UPDATE: Final = ("update", "ECO-01", "--note", "Read.")
FAULTY: Final = ("= 2026-12-31", "= 2026-13-31")

BUG: Final = """
import sys
import pledges.commands.list
import pledges.cli
pledges.commands.list.open_session = None
sys.exit(pledges.cli.main(["list"]))
"""
"""The program with a mistake in it."""


def interrupted(desk: Desk) -> Ended:
    """The program is interrupted in its first moment."""
    raise_it = "import os, signal; from pledges.__main__ import run; os.kill(os.getpid(), 2); run()"
    return desk.command(sys.executable, "-c", raise_it)


def read_only(desk: Desk) -> Ended:
    """The ledger may not be written."""
    desk.path.chmod(0o444)
    return desk.installed(*UPDATE)


def faulty(desk: Desk) -> Ended:
    """The ledger has an error."""
    desk.text = desk.text.replace(*FAULTY)
    return desk.installed("list")


def missing(desk: Desk) -> Ended:
    """There is no ledger."""
    desk.path.unlink()
    return desk.installed("list")


def changed(desk: Desk) -> Ended:
    """The lines that are to be taken back were changed by another program."""
    assert desk.run(*UPDATE).code == 0
    desk.text = desk.text.replace("Read.", "Read twice.")
    return desk.installed("undo", "--yes")


def unread(desk: Desk) -> Ended:
    """Whoever was to read the answer has gone."""
    read, write = os.pipe()
    os.close(read)
    start = desk.start("list")
    done = subprocess.run(
        [*PROGRAM, *start.argv], cwd=start.folder, env=start.environment, stdout=write, check=False
    )
    os.close(write)
    return Ended(done.returncode, "", "")


CASES: Final[Mapping[str, tuple[int, Callable[[Desk], Ended]]]] = {
    "done": (Exit.DONE, lambda desk: desk.installed("list")),
    "nothing found": (Exit.DONE, lambda desk: desk.run("list", "--search", "nothing")),
    "nothing overdue": (Exit.DONE, lambda desk: desk.run("due", "--exit-code", "ENE-01")),
    "overdue": (Exit.BAD_ANSWER, lambda desk: desk.installed("due", "--exit-code")),
    "wrong option": (Exit.USAGE, lambda desk: desk.installed("list", "--nope")),
    "unknown pillar": (Exit.USAGE, lambda desk: desk.run("list", "--pillar", "nope")),
    "no ledger": (Exit.NO_LEDGER, missing),
    "broken ledger": (Exit.FAULTS, faulty),
    "no such pledge": (Exit.NO_PLEDGE, lambda desk: desk.installed("show", "ZZ-99")),
    "pattern of none": (Exit.NO_PLEDGE, lambda desk: desk.run("set", "Z*", "--tag", "a")),
    "busy": (Exit.BUSY, changed),
    "cannot write": (Exit.CANNOT_WRITE, read_only),
    "a bug": (Exit.BUG, lambda desk: desk.command(sys.executable, "-c", BUG)),
    "interrupted": (Exit.INTERRUPTED, interrupted),
    "nobody reads": (Exit.PIPE_CLOSED, unread),
}


@needs_posix
@pytest.mark.parametrize("case", CASES)
def test_exit_code(case: str, desk: Desk) -> None:
    """What became of a command can be told by its exit code alone."""
    code, act = CASES[case]
    assert act(desk).code == code


def test_every_exit_code_is_tried() -> None:
    """The table has each code that there is."""
    assert {code for code, _ in CASES.values()} == {*Exit}
