"""The program's first lines: an interrupt is silent from here on, imports included."""

import os
import signal

if signal.getsignal(signal.SIGINT) is not signal.SIG_IGN:
    # The code is errors.Exit.INTERRUPTED, which is not imported yet.
    signal.signal(signal.SIGINT, lambda *_: os._exit(130))

import gc  # from here on an interrupt is silent
import sys


def run() -> None:
    """Run the command line and leave with its exit code.

    A run is short and leaves no cycles worth collecting: looking for them, while it works and once
    more as it ends, would be a quarter of its time.
    """
    gc.disable()
    from pledges.cli import main  # noqa: PLC0415  (imported once nothing is looked for)

    code = main(sys.argv[1:])
    gc.freeze()
    sys.exit(code)


if __name__ == "__main__":
    run()
