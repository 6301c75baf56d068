"""The program in a process of its own: started anew, or forked off one that has it imported.

A fork takes a tenth of the time of a start, and differs in nothing that comes after the imports.
"""

import atexit
import io
import json
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from functools import cache
from pathlib import Path
from typing import Final, NamedTuple

import pytest

SCRIPT: Final = shutil.which("pledges", path=str(Path(sys.executable).parent))
PROGRAM: Final = (SCRIPT,) if SCRIPT else (sys.executable, "-m", "pledges")
"""What a shell would start."""

SERVER: Final = Path(__file__).with_name("fork_server.py")
HAS_FORK: Final = hasattr(os, "fork")


class Ended(NamedTuple):
    """How a command ended, as a shell tells it, and what it wrote."""

    code: int
    out: str
    err: str


def printed_text(printed: bytes) -> str:
    """What was printed, as a text; of a workbook the texts of its parts, one after another."""
    if not printed.startswith(b"PK"):
        return printed.decode()
    with zipfile.ZipFile(io.BytesIO(printed)) as parts:
        return "".join(parts.read(name).decode() for name in parts.namelist())


class Start(NamedTuple):
    """What a process is started with."""

    argv: Sequence[str]
    folder: Path
    environment: Mapping[str, str]
    ignored: Sequence[str] = ()


class ForkServer:
    """A process with all of the program imported, which forks."""

    def __init__(self, environment: Mapping[str, str]) -> None:
        self.link, theirs = socket.socketpair()
        with theirs:
            self.process = subprocess.Popen(
                [sys.executable, str(SERVER), str(theirs.fileno())],
                env=environment,
                stdin=subprocess.DEVNULL,
                pass_fds=[theirs.fileno()],
            )
        atexit.register(self.close)

    def start(self, start: Start, streams: Sequence[int]) -> int:
        """Start the program with these standard streams and return its process.

        After the standard streams there may be one more, of which the program reads a byte first.
        """
        return self._told(start._asdict() | {"folder": str(start.folder)}, streams)

    def wait(self, process: int) -> int:
        """The exit code of a process that was started, as a shell tells it."""
        code = self._told({"wait": process}, ())
        return code if code >= 0 else 128 - code

    def close(self) -> None:
        """Let it end."""
        self.link.close()
        self.process.wait()

    def _told(self, order: Mapping[str, object], streams: Sequence[int]) -> int:
        socket.send_fds(self.link, [json.dumps(order).encode() + b"\n"], streams)
        answer = b""
        while not answer.endswith(b"\n"):
            part = self.link.recv(64)
            assert part, "the fork server has ended"
            answer += part
        return int(answer)


def fork_server(environment: Mapping[str, str]) -> ForkServer:
    """The server whose interpreter was started with all that Python heeds of an environment."""
    heeded = ("PYTHON", "LC_", "LANG")
    return _server(
        tuple(sorted(each for each in environment.items() if each[0].startswith(heeded)))
    )


@cache
def _server(environment: tuple[tuple[str, str], ...]) -> ForkServer:
    return ForkServer(dict(environment))


def ended(start: Start) -> Ended:
    """Run the program with its output in a pipe and nothing to read, and wait for its end."""
    if not HAS_FORK:
        return finished(start, [*PROGRAM, *start.argv])
    return _forked(start, lambda _: nullcontext(), ())


def ended_at_gate(start: Start, entered: Callable[[int], AbstractContextManager[None]]) -> Ended:
    """The same, where something else is begun before the program, and is over after it."""
    gate, opener = os.pipe()

    @contextmanager
    def opened(process: int) -> Iterator[None]:
        os.close(gate)
        with entered(process):
            os.write(opener, b"!")
            os.close(opener)
            yield

    return _forked(start, opened, [gate])


def _forked(
    start: Start, entered: Callable[[int], AbstractContextManager[None]], more: Sequence[int]
) -> Ended:
    server = fork_server(start.environment)
    read, write = os.pipe()
    with tempfile.TemporaryFile() as err, open(os.devnull, "rb") as nothing:  # noqa: PTH123
        process = server.start(start, [nothing.fileno(), write, err.fileno(), *more])
        os.close(write)
        with entered(process), os.fdopen(read, "rb") as out:
            printed = printed_text(out.read())
        code = server.wait(process)
        err.seek(0)
        return Ended(code, printed, err.read().decode())


def ended_on_terminal(
    start: Start, width: int, answers: Sequence[tuple[str, str]] = (), *, is_all_there: bool = False
) -> Ended:
    """Run the program on a terminal and wait for its end.

    Standard error is a pipe, unless it ``is_all_there``: what is shown on the terminal then has it.
    Each of ``answers`` is typed once its prompt has been shown since the one before.
    """
    pty, termios = pytest.importorskip("pty"), pytest.importorskip("termios")
    ours, theirs = pty.openpty()
    termios.tcsetwinsize(theirs, (24, width))
    server = fork_server(start.environment)
    with tempfile.TemporaryFile() as err:
        apart = theirs if is_all_there else err.fileno()
        process = server.start(start, [theirs, theirs, apart])
        os.close(theirs)
        seen = b"".join(_conversation(ours, answers)) + _read_until(ours, None)
        os.close(ours)
        code = server.wait(process)
        err.seek(0)
        return Ended(code, seen.decode().replace("\r\n", "\n"), err.read().decode())


def _conversation(terminal: int, answers: Sequence[tuple[str, str]]) -> Iterator[bytes]:
    for prompt, typed in answers:
        told = _read_until(terminal, prompt.encode())
        yield told
        if not told.endswith(prompt.encode()):
            return
        os.write(terminal, typed.encode())


def _read_until(terminal: int, prompt: bytes | None) -> bytes:
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


def finished(start: Start, command: Sequence[str]) -> Ended:
    """Run any command and wait for its end."""
    run = subprocess.run(
        command,
        cwd=start.folder,
        env=dict(start.environment),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        check=False,
    )
    code = run.returncode if run.returncode >= 0 else 128 - run.returncode
    return Ended(code, printed_text(run.stdout), run.stderr.decode())


needs_fork = pytest.mark.skipif(not HAS_FORK, reason="this system has no fork")
needs_shell = pytest.mark.skipif(not shutil.which("sh"), reason="this system has no sh")
