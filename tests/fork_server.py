"""Runs the program as a fork of itself, which has all of it imported: in a tenth of the time.

What it is told comes over the socket of its first argument: an order in JSON, with a descriptor
for each standard stream.  What it answers is a number on a line.
"""

import ctypes
import gc
import io
import json
import os
import pkgutil
import signal
import socket
import sys
from importlib import import_module
from typing import Any, Final, TextIO

import pledges
from pledges.__main__ import run

LARGEST: Final = 1 << 20
"""Bytes that are read of an order at a time."""

MOST_STREAMS: Final = 4
"""The standard streams and the gate: a pipe of which the program reads a byte before it begins."""

SET_TRACER: Final = 0x59616D61
"""By this call of ``prctl`` Linux lets other processes than the parent trace this one."""


def main() -> None:
    """Fork and wait as told, until nobody can tell any more."""
    for each in pkgutil.walk_packages(pledges.__path__, "pledges."):
        import_module(each.name)
    for name in ("rich.console", "rich.table", "rich.text", "rich.padding"):
        import_module(name)
    gc.freeze()
    with socket.socket(fileno=int(sys.argv[1])) as link:
        while order := received(link):
            told, streams = order
            link.sendall(b"%d\n" % answer(told, streams, link))


def received(link: socket.socket) -> tuple[dict[str, Any], list[int]] | None:
    """The next order and its streams; None at the end."""
    text, streams, _, _ = socket.recv_fds(link, LARGEST, MOST_STREAMS)
    while text and not text.endswith(b"\n"):
        text += link.recv(LARGEST)
    return (json.loads(text), streams) if text else None


def answer(order: dict[str, Any], streams: list[int], link: socket.socket) -> int:
    """The id of a process that was started, or the status of one that has ended."""
    if "wait" in order:
        return os.waitstatus_to_exitcode(os.waitpid(order["wait"], 0)[1])
    process = os.fork()
    if not process:
        link.close()
        become(order, streams)
    for each in streams:
        os.close(each)
    return process


def become(order: dict[str, Any], streams: list[int]) -> None:
    """Be the program, from its start to its end."""
    for standard, given in enumerate(streams[:3]):
        os.dup2(given, standard)
    if gates := streams[3:]:
        pass_gate(*gates)
    for given in streams:
        os.close(given)
    os.chdir(order["folder"])
    os.environ.clear()
    os.environ.update(order["environment"])
    sys.argv[1:] = order["argv"]
    for name in order["ignored"]:
        signal.signal(signal.Signals[name], signal.SIG_IGN)
    sys.stdin = opened(0, sys.stdin)
    sys.stdout = opened(1, sys.stdout)
    sys.stderr = opened(2, sys.stderr)
    try:
        run()
    except SystemExit as end:
        os._exit(flushed(int(end.code or 0)))
    finally:
        os._exit(flushed(1))


def pass_gate(gate: int) -> None:
    """Wait until whoever traces this process is ready."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(SET_TRACER, ctypes.c_ulong(-1), 0, 0, 0)
    os.read(gate, 1)


def opened(number: int, alike: TextIO) -> io.TextIOWrapper:
    """A standard stream as this interpreter opened its own."""
    binary = open(number, "rb" if number == 0 else "wb", closefd=False)  # noqa: SIM115
    return io.TextIOWrapper(
        binary,
        encoding=alike.encoding,
        errors=alike.errors,
        newline=None if number == 0 else "\n",
        line_buffering=number == 2 or binary.isatty(),
    )


def flushed(code: int) -> int:
    """The exit code, once what is held back is written; that of Python if that fails."""
    try:
        sys.stdout.flush()
        sys.stderr.flush()
    except OSError:
        return 120
    return code


if __name__ == "__main__":
    main()
