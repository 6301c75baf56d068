"""The standard streams: what they are, and what to do when nobody reads them."""

import os
import signal
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any, BinaryIO, Final, Self, TextIO

from pledges.clean import clean
from pledges.errors import CannotWrite


def is_terminal() -> bool:
    """Whether standard output is a terminal."""
    return sys.stdout is not None and sys.stdout.isatty()


def error_width() -> int | None:
    """How many cells a line of standard error has; None where it is no terminal."""
    if sys.stderr is None or not sys.stderr.isatty():
        return None
    given = os.environ.get("COLUMNS", "")
    if given.isdecimal() and int(given):
        return max(int(given), NARROWEST)
    try:
        return max(os.get_terminal_size(sys.stderr.fileno()).columns, NARROWEST)
    except (OSError, ValueError):
        return USUAL_WIDTH


NARROWEST: Final = 20
"""Cells that a terminal is taken to have at least."""

USUAL_WIDTH: Final = 80
"""Cells of a terminal that does not tell how many it has."""


def is_stdout(path: str) -> bool:
    """Whether a path is the very file that standard output goes to, as ``/dev/stdout`` is."""
    try:
        here = os.fstat(sys.stdout.fileno()) if sys.stdout else None
        return here is not None and os.path.samestat(Path(path).stat(), here)
    except (OSError, ValueError):
        return False


class Interrupted(BaseException):
    """A signal that ends the program, once what was begun has been cleared away."""

    def __init__(self, number: int) -> None:
        super().__init__(number)
        self.number = number


class Interruptible:
    """While this lasts, a signal to end is an exception: what was begun can be cleared away.

    ``decide`` is for the moment from which on there is no way back: later signals are let pass, so
    that what is done can still be told.  Signals that were ignored before stay so.
    """

    def __init__(self) -> None:
        self.is_decided = False
        self.is_held = False
        self.waiting: int | None = None
        self.before: dict[int, Any] = {}

    def __enter__(self) -> Self:
        for number in filter(None, (getattr(signal, name, None) for name in ENDING)):
            if signal.getsignal(number) is not signal.SIG_IGN:
                self.before[number] = signal.signal(number, self._interrupt)
        return self

    def __exit__(self, *_: object) -> None:
        for number, handler in self.before.items():
            signal.signal(number, handler)

    def hold(self) -> None:
        """Let signals wait, while a thing is begun that must be known to be cleared away."""
        self.is_held = True

    def release(self) -> None:
        """Let signals through again.

        Raises: ``Interrupted`` where one has waited.
        """
        self.is_held = False
        if self.waiting is not None:
            self._interrupt(self.waiting, None)

    def decide(self) -> None:
        """From here on it is done, whatever signal comes."""
        self.is_decided = True

    def _interrupt(self, number: int, _frame: object) -> None:
        if self.is_held:
            self.waiting = number
        elif not self.is_decided:
            self.is_decided = True
            raise Interrupted(number)


ENDING: Final = ("SIGINT", "SIGTERM", "SIGHUP")
"""The signals by which people and systems end a program; Windows knows the first two."""


def hold_standard_streams() -> None:
    """See that no file that is opened later is taken for a standard stream that was closed."""
    while (nowhere := os.open(os.devnull, os.O_RDWR)) <= LAST_STANDARD:
        pass
    os.close(nowhere)


LAST_STANDARD: Final = 2
"""The descriptor of standard error."""


def has_unicode() -> bool:
    """Whether the locale says that the terminal shows more than ASCII."""
    encoding = (sys.stdout.encoding if sys.stdout else None) or ""
    names = (os.environ.get(name) for name in ("LC_ALL", "LC_CTYPE", "LANG"))
    locale = next((name for name in names if name), "C")
    declared = os.name != "posix" or "utf" in locale.lower()
    return declared and "utf" in encoding.lower()


def notify(lines: Iterable[str]) -> None:
    """Write lines to standard error, each cleaned here, because nothing else writes there.

    If nobody can read them, that is no error.
    """
    text = "".join(f"{clean(line)}\n" for line in lines)
    if text and sys.stderr is not None:
        try:
            sys.stderr.write(text)
            sys.stderr.flush()
        except OSError:
            close_quietly(sys.stderr)


def close_quietly(stream: TextIO | None) -> None:
    """Throw away what a stream still holds for a reader that has gone or a disk that is full."""
    if stream is None:
        return
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, stream.fileno())
    os.close(nowhere)


def full_output(error: OSError) -> CannotWrite:
    """That standard output takes no more; what it still holds is thrown away."""
    close_quietly(sys.stdout)
    return CannotWrite(f"standard output can't be written: {error.strerror}")


def write_all(out: BinaryIO, content: bytes) -> None:
    """Write it all: a stream without a buffer may take a part at a time."""
    rest = memoryview(content)
    while rest:
        rest = rest[out.write(rest) or 0 :]
