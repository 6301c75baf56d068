"""How time and memory grow with each part of the input, for every command, as exponents.

python benchmarks/growth.py, from the root of a checkout, with the package installed.  An exponent
of 1 is twice as much for twice the input; the program exits with 1 if one is above the limit.
``--only`` picks rows by a part of their text.  It needs ``fork``, which Windows does not have.
"""

import argparse
import csv
import gc
import json
import os
import resource
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import partial
from importlib import import_module
from math import log2
from multiprocessing import get_context
from pathlib import Path
from statistics import linear_regression
from tempfile import TemporaryDirectory
from typing import Any, Final

import rtoml

from command_lines import APART, AS_OF, BEFORE, LEDGER, TODAY, VERSIONS, WRITE, Command, commands
from dimensions import HISTORY, MANY, TEXTS, Maker
from file_dimensions import FILES
from odd_dimensions import BROKEN, FAULTS, WORDS
from pledges.cli import COMMANDS, MODULE_NAMES, main
from pledges.errors import Exit
from pledges.own_commands import OVERVIEW
from pledges.render import Format

LIMIT: Final = 1.1
DOUBLINGS: Final = 3
LEAST_MEMORY: Final = 24 << 20  # bytes: less is no more than how memory is shared out
MOST: Final = {resource.RLIMIT_CPU: 60, resource.RLIMIT_AS: 8 << 30}
"""The seconds and bytes of one run, after which it is stopped."""

MEASURES: Final = ((0.1, 16 << 20, 1), (0.4, 16 << 20, 2), (2.0, 64 << 20, 2))
"""From how many seconds or bytes on a size is the last one, and how often it is measured.

What is above the limit is measured again in the next way: the less time something takes, the more
of it is chance, and it seems to grow faster while it outgrows the caches of the processor.  Nothing
is measured beyond the size that a ledger may have.
"""

FOLDER: Final = Path("/dev/shm")  # noqa: S108 - memory: no write waits for a disk
PARSE: Final = "parse"
"""In the place of a command: the file after it is only parsed."""

PARSERS: Final[Mapping[str, Callable[[str], object]]] = {
    ".toml": rtoml.loads,
    ".json": json.loads,
    ".ndjson": lambda text: [*map(json.loads, text.splitlines())],
    ".csv": lambda text: [*csv.reader(text.splitlines())],
}

GROUPS: Final[Sequence[tuple[Mapping[str, Maker], Sequence[str]]]] = (
    ({**MANY, **HISTORY}, ()),
    (TEXTS, ("list", "show", "report", "log", "timeline", "check", "update")),
    (FAULTS, ("progress", "check", "update", "edit")),
    (BROKEN, ("progress", "check")),
    (WORDS, ("list", "report", "log")),
    (FILES, ("import",)),
)
"""What grows, and for which commands; none are all."""


@dataclass(frozen=True)
class Cost:
    """What a command took: CPU seconds of its own, bytes, and its exit code.

    ``before`` is the seconds of what must have been done before it.
    """

    seconds: float
    bytes: int
    exit: int
    before: float = 0.0


STOPPED: Final = Cost(float(MOST[resource.RLIMIT_CPU]), MOST[resource.RLIMIT_AS], -1)


@dataclass(frozen=True)
class Growth:
    """What a command took for inputs of sizes that double."""

    sizes: Sequence[int]
    costs: Sequence[Cost]
    length: int

    @property
    def exponents(self) -> tuple[float | None, float | None]:
        """Those of the time and of the memory."""
        least = self.costs[-1].seconds / 50  # what is less than that is start-up and chance
        time = exponent(self.sizes, [each.seconds for each in self.costs], least)
        return time, exponent(self.sizes, [each.bytes for each in self.costs], LEAST_MEMORY)

    def is_over(self, limit: float = LIMIT) -> bool:
        """Whether one of both is above the limit."""
        return any(each is not None and each > limit for each in self.exponents)


def exponent(sizes: Sequence[int], costs: Sequence[float], least: float) -> float | None:
    """The slope of the costs over the last doublings, both as logarithms.

    What the smallest size costs is taken off.  None if too few sizes cost anything worth measuring.
    """
    beyond = [(log2(size), each - costs[0]) for size, each in zip(sizes, costs, strict=True)]
    last = [(size, log2(each)) for size, each in beyond if each > least][-DOUBLINGS - 1 :]
    return linear_regression(*zip(*last, strict=True)).slope if len(last) >= DOUBLINGS else None


def growth(made: Maker, command: Command, enough: float, largest: int, times: int) -> Growth:
    """A command on inputs that double until one is large, or it takes ``enough`` seconds."""
    sizes: list[int] = []
    costs: list[Cost] = []
    size, length, step = 1, 0, 1
    while not costs or (
        costs[-1].seconds < enough and costs[-1].before < 10 * enough and step * length < largest
    ):
        size *= step
        found = []
        for _ in range(times):
            # In a process of its own: the memory that this leaves free would be taken first.
            length, words = in_child(partial(written, made, size, command))
            found.append(cost(words))
        sizes.append(size)
        costs.append(min(found, key=lambda each: each.seconds))
        step = 2 if costs[-1].seconds > enough / 100 else 4
    return Growth(sizes, costs, length)


def written(made: Maker, size: int, command: Command) -> tuple[int, Sequence[str]]:
    """How many bytes an input has, and the command line for the files that are made of it."""
    given = made(size)
    for name, (old, new) in VERSIONS.items():
        if name == "ledger" or command[0] in APART:
            Path(f"{name}.toml").write_text(given.ledger.replace(old, new), encoding="utf-8")
    came = f"came{given.suffix}"
    Path(came).write_text(given.file, encoding="utf-8")
    words = [came if word == "came" else word for word in command]
    return given.length, [*words, *given.words]


def cost(words: Command) -> Cost:
    """What a command line takes for the files in this folder, after what must be done before it."""
    befores = [in_child(partial(measured, [*x, *LEDGER])) for x in BEFORE.get(words[0], ())]
    common = (() if words[0] in APART else LEDGER) + (() if words[0] in TODAY else AS_OF)
    taken = in_child(partial(measured, [*words, *common]))
    if not taken or None in befores:
        return STOPPED
    return replace(Cost(*taken), before=sum(seconds for seconds, *_ in befores))


def measured(words: Command) -> tuple[float, int, int]:
    """The seconds, bytes and exit code of a command line, if no other has run in this process."""
    for limit, most in MOST.items():
        resource.setrlimit(limit, (most, most))
    gc.disable()  # as the program does
    before = resource.getrusage(resource.RUSAGE_SELF)
    if words[0] == PARSE:
        file, code = Path(words[1]), 0
        with suppress(ValueError, csv.Error, RecursionError):
            PARSERS[file.suffix](file.read_text(encoding="utf-8"))
    else:
        code = main(words)
    after = resource.getrusage(resource.RUSAGE_SELF)
    return after.ru_utime - before.ru_utime, 1024 * (after.ru_maxrss - before.ru_maxrss), code


def in_child(act: Callable[[], object]) -> Any:  # noqa: ANN401 - it has passed through JSON
    """What a function returns in a process of its own, silent; None if that was stopped."""
    reader, writer = os.pipe()
    child = os.fork()
    if not child:
        for stream in (0, 1, 2):
            os.dup2(os.open(os.devnull, os.O_RDWR), stream)
        try:
            with os.fdopen(writer, "w") as answer:
                json.dump(act(), answer)
        finally:
            os._exit(0)
    os.close(writer)
    with os.fdopen(reader) as answer:
        said = answer.read()
    os.waitpid(child, 0)
    return json.loads(said) if said else None


def row(command: Command, what: str, made: Maker) -> tuple[str, bool]:
    """A line of the table, and whether an exponent in it is above the limit, or it is a bug."""
    for way in MEASURES:
        found = growth(made, command, *way)
        if not found.is_over():
            break
    # Large tables do not fit the caches of a processor, which the parser shows by itself.
    file = "came" if command[0] == "import" else "ledger.toml"
    parser = growth(made, (PARSE, file), *way).exponents[0] if found.is_over() else None
    last = found.costs[-1]
    # What the command line refuses is a bug of this table, if it is not made to be refused.
    is_bug = last.exit == Exit.BUG or (last.exit == Exit.USAGE and what not in WORDS)
    is_over = is_bug or found.is_over(max(parser or 1, 1) + LIMIT - 1)
    time, memory = ("     -" if each is None else f"{each:6.2f}" for each in found.exponents)
    verdict = f"{'OVER' if is_over else 'ok'}{f' (exit {last.exit})' if last.exit else ''}"
    size = f"{found.sizes[-1]:10,} {found.length >> 10:7,}"
    spent = f"{last.seconds:6.2f} {last.bytes >> 20:6,}"
    line = f"{name(command, what)[:70]:70} {time} {memory} {size} {spent}  {verdict}\n"
    return line, is_over


def name(command: Command, what: str) -> str:
    """What a row is called, by which ``--only`` picks it."""
    words = " ".join(word for word in command if word not in WRITE)
    return f"{words}: {what}"


def rows(only: Sequence[str]) -> Iterator[tuple[Command, str]]:
    """Yield the command and the dimension of each row whose name contains all these texts."""
    for makers, names in GROUPS:
        for command in commands(names):
            for what in makers:
                if all(each in name(command, what) for each in only):
                    yield command, what


def measured_row(at: tuple[Command, str]) -> tuple[str, bool]:
    """A line of the table, measured in a folder of its own."""
    command, what = at
    [made] = [
        makers[what] for makers, names in GROUPS if what in makers and _is_for(command, names)
    ]
    with TemporaryDirectory(dir=FOLDER if FOLDER.is_dir() else None) as folder:
        os.chdir(folder)
        os.environ |= {"XDG_STATE_HOME": folder, "VISUAL": 'sh -c \'echo "# end" >> "$1"\' --'}
        return row(command, what, made)


def _is_for(command: Command, names: Sequence[str]) -> bool:
    return not names or command[0] in names


def run() -> int:
    """Print the table as it is measured; 1 if an exponent is above the limit, else 0."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", action="append", default=[], metavar="TEXT")
    parser.add_argument("--over", action="store_true", help="print what is above the limit alone")
    asked = parser.parse_args()
    for each in (OVERVIEW, *COMMANDS):
        import_module(f"pledges.commands.{MODULE_NAMES.get(each, each)}")
    for form in Format:
        import_module(f"pledges.render.{form.module}")
    heads = ("what grows", "time", "memory", "size", "KiB", "s", "MiB")
    sys.stdout.write("{:70} {:>6} {:>6} {:>10} {:>7} {:>6} {:>6}\n".format(*heads))
    is_over = False
    with ProcessPoolExecutor(mp_context=get_context("fork")) as pool:
        for line, above in pool.map(measured_row, rows(asked.only)):
            is_over |= above
            if above or not asked.over:
                sys.stdout.write(line)
                sys.stdout.flush()
    return int(is_over)


if __name__ == "__main__":
    sys.exit(run())
