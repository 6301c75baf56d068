"""The standard streams: what they are, and what to do when nobody reads them."""

import os
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, TextIO

from pledges.errors import CannotWrite


def is_terminal() -> bool:
    """Whether standard output is a terminal."""
    return sys.stdout is not None and sys.stdout.isatty()


def is_stdout(path: str) -> bool:
    """Whether a path is the very file that standard output goes to, as ``/dev/stdout`` is."""
    try:
        here = os.fstat(sys.stdout.fileno()) if sys.stdout else None
        return here is not None and os.path.samestat(Path(path).stat(), here)
    except (OSError, ValueError):
        return False


@contextmanager
def interruptible() -> Iterator[None]:
    """While this lasts, an interrupt is an exception: what was begun can be cleared away."""
    before = signal.getsignal(signal.SIGINT)
    if before is not signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


def has_unicode() -> bool:
    """Whether the locale says that the terminal shows more than ASCII."""
    encoding = (sys.stdout.encoding if sys.stdout else None) or ""
    names = (os.environ.get(name) for name in ("LC_ALL", "LC_CTYPE", "LANG"))
    locale = next((name for name in names if name), "C")
    declared = os.name != "posix" or "utf" in locale.lower()
    return declared and "utf" in encoding.lower()


def complain(text: str) -> None:
    """Write to standard error what there is to say, if it can be."""
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
