"""The program's first lines: an interrupt is silent from here on, imports included."""

import gc
import os
import signal
import sys
from types import FrameType
from typing import NoReturn


def _leave(_signal: int, _frame: FrameType | None) -> NoReturn:
    os._exit(130)  # errors.Exit.INTERRUPTED, which is not imported yet


def run() -> NoReturn:
    """Run the command line and leave with its exit code.

    A run is short and leaves no cycles worth collecting: looking for them, while it works and once
    more as it ends, would be a quarter of its time.
    """
    gc.disable()
    signal.signal(signal.SIGINT, _leave)
    from pledges.cli import main  # noqa: PLC0415  (imported once an interrupt is silent)

    code = main(sys.argv[1:])
    gc.freeze()
    sys.exit(code)


if __name__ == "__main__":
    run()
