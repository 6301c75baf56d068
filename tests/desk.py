"""A desk with a ledger on it: the one way in which tests run the program.

Whatever the program answers in JSON must be as ``pledges schema`` says.

``desk(...)`` runs it in this process, ``desk.run`` in a process of its own, ``desk.installed`` and
``desk.shell`` as a user starts it, ``desk.on_terminal`` and ``desk.answering`` on a terminal.
"""

import io
import os
import re
import shlex
import shutil
import subprocess
import sys
import tempfile
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

import pytest

from pledges.cli import main
from program import PROGRAM, Ended, Start, ended, ended_on_terminal, finished, printed_text
from samples import SMALL_PLAN
from schemas import check_json

NAME: Final = "commitments.toml"
DAY: Final = "2026-11-22"
"""The day on which all tests stand, unless they say another."""

KEPT: Final = ("PATH", "SYSTEMROOT", "TEMP")
"""What a desk takes over of the environment of the tests: what systems can't do without."""

WRITTEN: Final = "Written to commitments.toml. To undo this: pledges undo\n"
NOT_WRITTEN: Final = "Nothing was written.\n"


class Desk:
    """A folder with a ledger, where the command line is run in an environment of its own."""

    def __init__(self, place: Path, text: str | None = SMALL_PLAN, home: str = "state") -> None:
        self.place = place
        self.folder = place / "desk"
        self.state = place / "state"
        self.path = self.folder / NAME
        self.folder.mkdir(parents=True, exist_ok=True)
        (place / ".git").mkdir(exist_ok=True)  # nothing above is looked at
        self.environment = {
            **{name: os.environ[name] for name in KEPT if name in os.environ},
            **dict.fromkeys(("HOME", "USERPROFILE"), str(place / home)),
            **dict.fromkeys(("LOCALAPPDATA", "XDG_STATE_HOME"), str(self.state)),
            "LC_ALL": "C.UTF-8",
            "TERM": "xterm-256color",
            "PYTHONDONTWRITEBYTECODE": "1",
            "PLEDGES_AS_OF": DAY,
        }
        if text is not None:
            self.text = text

    def __call__(self, *argv: str, stdin: bytes | None = b"") -> Ended:
        """What ``argv`` prints in this process, with ``stdin`` piped in, or closed if ``None``."""
        with self.entered(), _streams(stdin) as written:
            code = main(argv)
        out, err = (printed_text(each.getvalue()) for each in written)
        return check_json(argv, Ended(code, out, err))

    def line(self, line: str, *more: str, stdin: bytes | None = b"") -> Ended:
        """What a line prints that is split as a shell splits it."""
        return self(*shlex.split(line), *more, stdin=stdin)

    @contextmanager
    def entered(self) -> Iterator[None]:
        """This process is in the desk's folder, and has the desk's environment and no other."""
        folder, before, temporary = Path.cwd(), dict(os.environ), tempfile.tempdir
        tempfile.tempdir = None  # which keeps what the environment said at first
        os.chdir(self.folder)
        os.environ.clear()
        os.environ.update(self.environment)
        try:
            yield
        finally:
            os.environ.clear()
            os.environ.update(before)
            os.chdir(folder)
            tempfile.tempdir = temporary

    def run(self, *argv: str, **environment: str) -> Ended:
        """How the program ends in a process of its own, its output in pipes."""
        return check_json(argv, ended(self.start(*argv, **environment)))

    def installed(self, *argv: str, **environment: str) -> Ended:
        """The same, where the installed program is started anew."""
        return check_json(argv, finished(self.start(**environment), [*PROGRAM, *argv]))

    def shell(self, script: str, *argv: str, **environment: str) -> Ended:
        """How the program ends that is started by a line of shell, as ``"$@"``."""
        return finished(self.start(**environment), ["sh", "-c", script, "sh", *PROGRAM, *argv])

    def command(self, *command: str, **environment: str) -> Ended:
        """How another command ends here."""
        return finished(self.start(**environment), command)

    def on_terminal(self, *argv: str, width: int = 80, **environment: str) -> Ended:
        """How the program ends on a terminal of a width; standard error stays a pipe."""
        return ended_on_terminal(self.start(*argv, **environment), width)

    def answering(
        self,
        line: str,
        answers: Sequence[tuple[str, str]] = (),
        width: int = 80,
        environment: Mapping[str, str] | None = None,
    ) -> tuple[int, str]:
        """How a line ends on a terminal, and all that is seen there, without its colours.

        Each of ``answers`` is typed once its prompt has been shown since the one before.
        """
        start = self.start(*shlex.split(line), **(environment or {}))
        code, seen, _ = ended_on_terminal(start, width, answers, is_all_there=True)
        shown = re.sub(r"\x1b\[[0-9;?]*[a-zA-Z]", "", seen)
        return code, "".join(f"{line.rstrip()}\n" for line in shown.splitlines())

    def start(self, *argv: str, **environment: str) -> Start:
        """What a process is started with here."""
        return Start(argv, self.folder, self.environment | environment)

    @property
    def text(self) -> str:
        """The ledger's text."""
        return self.content.decode()

    @text.setter
    def text(self, text: str) -> None:
        self.path.write_bytes(text.encode())

    @property
    def content(self) -> bytes:
        """The ledger's bytes."""
        return self.path.read_bytes()

    @property
    def files(self) -> list[str]:
        """What lies in the desk's folder."""
        return sorted(each.name for each in self.folder.iterdir())

    @property
    def stamp(self) -> tuple[bytes, int, int]:
        """What changes with any write: bytes, time and inode."""
        status = self.path.stat()
        return self.content, status.st_mtime_ns, status.st_ino

    def last_update(self, pledge: str = "ECO-01") -> dict[str, Any]:
        """The last update that a pledge has, as TOML reads it."""
        pledges = tomllib.loads(self.text)["pledge"]
        (found,) = (each for each in pledges if each["id"] == pledge)
        update: dict[str, Any] = found["update"][-1]
        return update


@contextmanager
def _streams(stdin: bytes | None) -> Iterator[tuple[io.BytesIO, io.BytesIO]]:
    """Standard input with these bytes, and what is written to standard output and error.

    Input is said to be ASCII, as in a bare locale: the program reads UTF-8 whatever is said.
    """
    before = sys.stdin, sys.stdout, sys.stderr
    written = io.BytesIO(), io.BytesIO()
    out, err = (
        io.TextIOWrapper(each, encoding="utf-8", newline="", write_through=True) for each in written
    )
    piped = None if stdin is None else io.TextIOWrapper(io.BytesIO(stdin), "ascii")
    sys.stdin, sys.stdout, sys.stderr = piped, out, err
    try:
        yield written
    finally:
        sys.stdin, sys.stdout, sys.stderr = before
        out.detach()
        err.detach()


def bare(shown: str) -> str:
    """What is left where colours and the spaces before a line's end are taken away."""
    plain = re.sub(r"\x1b\[[0-9;]*m", "", shown)
    return "".join(f"{line.rstrip()}\n" for line in plain.splitlines())


def patched(desk: Desk, diff: str) -> str:
    """The ledger as ``patch`` makes it of a diff."""
    program = shutil.which("patch")
    if not program:
        pytest.skip("this system has no patch")
    folder = desk.place / "patched"
    folder.mkdir(exist_ok=True)
    copy = shutil.copy(desk.path, folder)
    argv = [program, "--strip=1", "--force", "--silent", "--binary"]
    done = subprocess.run(argv, cwd=folder, input=diff.encode(), capture_output=True, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"")
    return Path(copy).read_bytes().decode()
