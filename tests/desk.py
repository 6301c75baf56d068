"""A desk with a ledger on it, where the command line is run, and a terminal to answer at."""

import io
import os
import re
import shlex
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, Final, NamedTuple

import pytest

from pledges.cli import main

NAME: Final = "commitments.toml"
DAY: Final = "2026-11-22"
SCRIPT: Final = shutil.which("pledges", path=str(Path(sys.executable).parent))
PROGRAM: Final = [SCRIPT] if SCRIPT else [sys.executable, "-m", "pledges"]

PARTS: Final = {
    "head": """\
# The record of a small plan, kept by hand.
schema = 1

[plan]
title = "Plan of Action"

[parties]
VN = "Viet Nam"
SG = "Singapore"

[pillars]
economy = "Economic cooperation"
energy = "Energy"
people = "People"
""",
    "sources": """
[sources.vov]
title = "Call of the ministers"
publisher = "VOV"
date = 2026-02-10
""",
    "ECO-01": """
[[pledge]]
id = "ECO-01"
title = "Open the market"
pillar = "economy"
owed_by = ["VN"]
made = 2025-03-12
due = 2026-12-31      # as signed

[[pledge.update]]
date = 2026-10-01
status = "in-progress"
""",
    "ECO-02": """
# Parks are counted by the ministry.
[[pledge]]
id = "ECO-02"
title = "Build parks"
pillar = "economy"
owed_by = ["VN", "SG"]
made = 2025-01-01
due = "2027"
measure = { unit = "parks", baseline = 0, baseline_date = 2025-01-01, target = 10 }

[[pledge.update]]
date = 2026-09-01
status = "in-progress"
value = 1
""",
    "ECO-02 asks": """
[[pledge.ask]]
what = "Confirm the year"
of = "VN"
date = 2026-09-01

[[pledge.ask]]
what = "Name the parks"
date = 2026-10-01
by = 2026-12-01
""",
    "ENE-01": """
[[pledge]]
id = "ENE-01"
title = "Link the grids"
pillar = "energy"
owed_by = ["VN", "SG"]
made = 2025-06-01
""",
    "PPL-01": """
[[pledge]]
id = "PPL-01"
title = "Hold the yearly forum"
pillar = "people"
kind = "recurring"
every = "year"
since = "2025"
made = 2025-01-15
""",
    "PPL-02": """
[[pledge]]
id = "PPL-02"
title = "Exchange youth"
pillar = "people"
due = 2026-06-30

[[pledge.update]]
date = 2026-06-01
status = "completed"
""",
    "PPL-03": """
[[pledge]]
id = "PPL-03"
title = "Found a school"
pillar = "people"

[[pledge.update]]
date = 2026-03-01
status = "withdrawn"
""",
}
"""A ledger in its parts, in their order."""


def holding(more: Mapping[str, str] | None = None) -> str:
    """The ledger with more text at the end of some of its parts."""
    return "".join(part + (more or {}).get(name, "") for name, part in PARTS.items())


LEDGER: Final = holding()
WRITTEN: Final = "Written to commitments.toml; pledges undo takes it back.\n"
NOT_WRITTEN: Final = "Nothing was written.\n"


class Told(NamedTuple):
    """What the program printed, and its exit code."""

    code: int
    out: str
    err: str


class Desk:
    """A folder with a ledger, where the command line is run."""

    def __init__(
        self, folder: Path, monkeypatch: pytest.MonkeyPatch, printed: Callable[[], tuple[str, str]]
    ) -> None:
        self.path = folder / "desk" / NAME
        self.monkeypatch = monkeypatch
        self.printed = printed
        self.path.parent.mkdir()
        (self.path.parent / ".git").mkdir()
        for name in ("PLEDGES_LEDGER", "NO_COLOR", "CLICOLOR_FORCE", "COLUMNS", "VISUAL", "EDITOR"):
            monkeypatch.delenv(name, raising=False)
        monkeypatch.setenv("XDG_STATE_HOME", str(folder / "state"))
        monkeypatch.setenv("PLEDGES_AS_OF", DAY)
        monkeypatch.setenv("LC_ALL", "C.UTF-8")
        monkeypatch.chdir(self.path.parent)
        self.text = LEDGER

    def __call__(self, *argv: str, stdin: bytes = b"") -> Told:
        """What ``argv`` prints, with ``stdin`` piped in."""
        piped = io.TextIOWrapper(io.BytesIO(stdin), encoding="utf-8")
        self.monkeypatch.setattr("sys.stdin", piped)
        code = main(argv)
        return Told(code, *self.printed())

    def line(self, line: str, *more: str) -> Told:
        """What a line prints that is split as a shell splits it."""
        return self(*shlex.split(line), *more)

    @property
    def text(self) -> str:
        """The ledger's text."""
        return self.path.read_bytes().decode()

    @text.setter
    def text(self, text: str) -> None:
        self.path.write_bytes(text.encode())

    @property
    def stamp(self) -> tuple[bytes, int, int]:
        """What changes with any write: bytes, time and inode."""
        status = self.path.stat()
        return self.path.read_bytes(), status.st_mtime_ns, status.st_ino

    def last_update(self, pledge: str = "ECO-01") -> dict[str, Any]:
        """The last update that a pledge has, as TOML reads it."""
        pledges = tomllib.loads(self.text)["pledge"]
        (found,) = (each for each in pledges if each["id"] == pledge)
        update: dict[str, Any] = found["update"][-1]
        return update


def on_terminal(
    desk: Desk,
    argv: str,
    answers: Sequence[tuple[str, str]] = (),
    width: int = 80,
    environment: Mapping[str, str] | None = None,
) -> tuple[int, str]:
    """How ``argv`` ends on a terminal, and all that is seen there, without its colours.

    Each of ``answers`` is typed once its prompt has been shown since the one before.
    """
    pty, termios = pytest.importorskip("pty"), pytest.importorskip("termios")
    ours, theirs = pty.openpty()
    termios.tcsetwinsize(theirs, (24, width))
    names = ("PATH", "HOME", "XDG_STATE_HOME")
    kept = {name: os.environ[name] for name in names if name in os.environ}
    plain = {"LC_ALL": "C.UTF-8", "TERM": "xterm-256color", "PLEDGES_AS_OF": DAY}
    with subprocess.Popen(
        [*PROGRAM, *shlex.split(argv)],
        cwd=desk.path.parent,
        env={**kept, **plain, **(environment or {})},
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
    ) as process:
        os.close(theirs)
        seen = b""
        for prompt, typed in answers:
            told = read_until(ours, prompt.encode())
            seen += told
            if not told.endswith(prompt.encode()):
                break
            os.write(ours, typed.encode())
        seen += read_until(ours, None)
        os.close(ours)
    shown = re.sub(r"\x1b\[[0-9;?]*[a-zA-Z]", "", seen.decode().replace("\r\n", "\n"))
    return process.returncode, "".join(f"{line.rstrip()}\n" for line in shown.splitlines())


def read_until(terminal: int, prompt: bytes | None) -> bytes:
    """What is written to a terminal until it ends with a prompt, or nobody can write any more."""
    seen = b""
    while not (prompt and seen.endswith(prompt)):
        try:
            part = os.read(terminal, 1 if prompt else 65536)
        except OSError:
            break  # that is how Linux tells the end
        if not part:
            break
        seen += part
    return seen


def patched(desk: Desk, diff: str) -> str:
    """The ledger as ``patch`` makes it of a diff."""
    program = shutil.which("patch")
    if not program:
        pytest.skip("this system has no patch")
    folder = desk.path.parent.parent / "patched"
    folder.mkdir(exist_ok=True)
    copy = shutil.copy(desk.path, folder)
    argv = [program, "--strip=1", "--force", "--silent", "--binary"]
    done = subprocess.run(argv, cwd=folder, input=diff.encode(), capture_output=True, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"")
    return Path(copy).read_bytes().decode()
