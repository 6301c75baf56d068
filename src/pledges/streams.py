"""The standard streams and the signals that end a program: what they are, and how to stay safe."""

import errno
import io
import os
import re
import signal
import stat
import sys
import time
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import Any, BinaryIO, Final, Self, TextIO

from pledges.clean import clean
from pledges.errors import CannotWrite

NARROWEST: Final = 20  # cells that a terminal is taken to have at least
USUAL_WIDTH: Final = 80  # cells of a terminal that does not tell how many it has
ENDING: Final = ("SIGINT", "SIGTERM", "SIGHUP")
"""The signals by which people and systems end a program; Windows knows the first two."""
LAST_STANDARD: Final = 2  # the descriptor of standard error
PIPE_PATIENCE: Final = 10.0  # seconds that a pipe with a name is waited for
PAUSE: Final = 0.02  # seconds between two attempts


def typed_arguments(arguments: Iterable[str]) -> list[str]:
    """The arguments of the program as UTF-8, in a locale too that knows only ASCII.

    There Python decodes no other byte; ``path_argument`` does the opposite for the name of a file.
    """
    if sys.getfilesystemencoding() != "ascii":
        return list(arguments)
    return [os.fsencode(each).decode("utf-8", "surrogateescape") for each in arguments]


def path_argument(text: str) -> Path:
    """The path that was typed as an argument."""
    if sys.getfilesystemencoding() != "ascii":
        return Path(text)
    return Path(os.fsdecode(text.encode("utf-8", "surrogateescape")))


def notify(lines: Iterable[str]) -> None:
    """Write lines to standard error, each cleaned here, because nothing else writes there.

    A closed standard error is ignored.
    """
    text = "".join(f"{clean(line)}\n" for line in lines)
    if text and sys.stderr is not None:
        try:
            sys.stderr.write(text)
            sys.stderr.flush()
        except OSError:
            close_quietly(sys.stderr)


def is_terminal() -> bool:
    """Whether standard output is a terminal."""
    return sys.stdout is not None and sys.stdout.isatty()


def has_unicode() -> bool:
    """Whether the locale says that the terminal shows more than ASCII."""
    encoding = (sys.stdout.encoding if sys.stdout else None) or ""
    names = (os.environ.get(name) for name in ("LC_ALL", "LC_CTYPE", "LANG"))
    locale = next((name for name in names if name), "C")
    # Python takes UTF-8 in the locale C too, which says nothing about the terminal.
    declared = os.name != "posix" or "utf" in locale.lower()
    return declared and "utf" in encoding.lower()


def error_width() -> int | None:
    """How many cells a line of standard error has; None if it is no terminal."""
    if sys.stderr is None or not sys.stderr.isatty():
        return None
    columns = os.environ.get("COLUMNS", "")
    if re.fullmatch(r"[1-9]\d{0,8}", columns, re.ASCII):  # Python reads no number of any length
        return max(int(columns), NARROWEST)
    try:
        return max(os.get_terminal_size(sys.stderr.fileno()).columns, NARROWEST)
    except (OSError, ValueError):
        return USUAL_WIDTH


def is_stdout(path: str) -> bool:
    """Whether a path is the very file that standard output goes to, as ``/dev/stdout`` is."""
    try:
        status = os.fstat(sys.stdout.fileno()) if sys.stdout else None
        return status is not None and os.path.samestat(path_argument(path).stat(), status)
    except (OSError, ValueError):
        return False


def standard_input(most: int = -1) -> bytes:
    """What can be read from standard input, at most so many bytes.

    Raises: ``OSError`` if it can't be read.
    """
    with suppress(io.UnsupportedOperation):  # it is no file
        wait_for_pipe(sys.stdin.fileno())
    return sys.stdin.buffer.read(most)


def wait_for_pipe(file: int, patience: float = PIPE_PATIENCE) -> None:
    """Wait until there is something to read in a pipe; other files need not be waited for.

    A pipe without a name, as shells make them, is waited for until its writer ends.

    Raises: ``TimeoutError`` for one with a name, to which nobody may ever write.
    """
    mode = os.fstat(file).st_mode
    if stat.S_ISREG(mode):
        return
    if stat.S_ISFIFO(mode) and os.path.realpath(f"/dev/fd/{file}")[:5] not in ("/dev/", "/proc"):
        from select import select  # noqa: PLC0415  (only for pipes)

        if not select([file], [], [], patience)[0]:
            raise TimeoutError(0, "it is a pipe that nobody writes to")
    os.set_blocking(file, True)


def open_to_write(path: Path, patience: float = PIPE_PATIENCE) -> int:
    """Open a pipe or a device; a pipe is waited for until somebody reads from it.

    Raises: ``TimeoutError`` if nobody does; ``OSError`` if it can't be opened.
    """
    until = time.monotonic() + patience
    while True:
        try:
            file = os.open(path, os.O_WRONLY | getattr(os, "O_NONBLOCK", 0))
        except OSError as error:
            if error.errno != errno.ENXIO:
                raise
        else:
            os.set_blocking(file, True)
            return file
        if time.monotonic() > until:
            raise TimeoutError(0, "it is a pipe that nobody reads from")
        time.sleep(PAUSE)


def write_all(out: BinaryIO, content: bytes) -> None:
    """Write it all: a stream without a buffer may take a part at a time."""
    rest = memoryview(content)
    while rest:
        rest = rest[out.write(rest) or 0 :]


def full_output(error: OSError) -> CannotWrite:
    """The error for a failed write to standard output; its buffer is discarded."""
    close_quietly(sys.stdout)
    return CannotWrite(f"can't write to standard output: {error.strerror}")


def close_quietly(stream: TextIO | None) -> None:
    """Discard the buffer of a stream whose reader has gone or whose disk is full.

    Python would try to write it as it ends, and print a second error.
    """
    if stream is None:
        return
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, stream.fileno())
    os.close(nowhere)


def hold_standard_streams() -> None:
    """Take the descriptors of standard streams that were closed.

    Otherwise a ledger that is opened later would get one of them, and messages would be written
    into it.
    """
    while (nowhere := os.open(os.devnull, os.O_RDWR)) <= LAST_STANDARD:
        pass
    os.close(nowhere)


class Interruption(BaseException):
    """A signal that ends the program after it has cleaned up."""

    def __init__(self, number: int) -> None:
        super().__init__(number)
        self.number = number


class SignalGuard:
    """A ``with`` block in which a signal to end raises an exception, so that it can clean up.

    Signals that were ignored before stay so.
    """

    def __init__(self) -> None:
        self.is_decided = False
        self.is_held = False
        self.pending: int | None = None
        self.handlers: dict[int, Any] = {}

    def __enter__(self) -> Self:
        for number in filter(None, (getattr(signal, name, None) for name in ENDING)):
            if signal.getsignal(number) is not signal.SIG_IGN:
                self.handlers[number] = signal.signal(number, self._interrupt)
        return self

    def __exit__(self, *_: object) -> None:
        for number, handler in self.handlers.items():
            signal.signal(number, handler)

    def hold(self) -> None:
        """Delay signals: an exception right after a file is created would leave the file behind."""
        self.is_held = True

    def release(self) -> None:
        """Let signals through again.

        Raises: ``Interruption`` if a signal was delayed.
        """
        self.is_held = False
        if self.pending is not None:
            self._interrupt(self.pending, None)

    def decide(self) -> None:
        """Ignore signals from now on: the change is made, and must be reported."""
        self.is_decided = True

    def _interrupt(self, number: int, _frame: object) -> None:
        if self.is_held:
            self.pending = number
        elif not self.is_decided:
            self.is_decided = True  # a second signal must not interrupt the cleanup
            raise Interruption(number)
