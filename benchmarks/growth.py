"""How time and memory grow with each part of the input, for every command, as exponents.

python benchmarks/growth.py, from the root of a checkout, with the package installed.  An exponent
of 1 is twice as much for twice the input; the program exits with 1 if one is above the limit.
``--only`` picks rows by a part of their text.  It needs ``fork``, which Windows does not have.
"""

import argparse
import gc
import os
import resource
import sys
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from importlib import import_module
from math import log2
from multiprocessing import get_context
from pathlib import Path
from statistics import linear_regression
from tempfile import TemporaryDirectory
from typing import Final

import rtoml

from dimensions import HISTORY, MANY, TEXTS, Input, Maker
from file_dimensions import FILES
from odd_dimensions import BROKEN, FAULTS, WORDS
from pledges.cli import COMMANDS, MODULE_NAMES, main
from pledges.errors import Exit
from pledges.own_commands import OVERVIEW
from pledges.render import Format

LIMIT: Final = 1.1
DOUBLINGS: Final = 3
LARGEST: Final = 8 << 20  # characters of an input
LEAST_MEMORY: Final = 24 << 20  # bytes: less is no more than how memory is shared out
MOST: Final = {resource.RLIMIT_CPU: 60, resource.RLIMIT_AS: 8 << 30}
"""The seconds and bytes of one run, after which it is stopped."""

MEASURES: Final = ((0.1, 1), (0.4, 2), (1.2, 4))
"""From how many seconds on a size is the last one, and how often it is measured.

What is above the limit is measured again in the next way: the less time something takes, the more
of it is chance.
"""

COMMON: Final = ("--ledger", "ledger.toml", "--as-of", "2026-11-22")
WRITE: Final = ("--yes", "--no-input")
NOTE: Final = ("--note", "A note.", *WRITE)
LINES: Final[Mapping[str, Sequence[Sequence[str]]]] = {
    "list": [(), ("-f", "terminal", "--width", "100"), ("--sort", "title", "--group", "party")],
    "show": [("*",)],
    "log": [(), ("--since", "2020-01-01")],
    "report": [(), ("--since", "2021-01-01")],
    "update": [("P-0", *NOTE), ("*", *NOTE)],
    "add": [("--title", "A new one", "--pillar", "p", *WRITE)],
    "set": [("P-0", "--lead", "Somebody", *WRITE), ("*", "--lead", "Somebody", *WRITE)],
    "correct": [("P-0", "1", "--note", "Another.", *WRITE)],
    "remove": [("P-0", "1", *WRITE)],
    "merge": [("ledger.toml", "ours.toml", "theirs.toml", *WRITE)],
    **{name: [WRITE] for name in ("edit", "undo", "redo")},
    "import": [("came", *WRITE)],
    **dict.fromkeys(("init", "schema", "completion", "help"), ()),  # these read no ledger
}
"""The words of each command; one that is not here is called without any."""

PARSE: Final = ("parse",)
"""In the place of a command: the ledger is only parsed."""

BEFORE: Final[Mapping[str, Sequence[Sequence[str]]]] = {
    "undo": [("update", "P-0", *NOTE)],
    "redo": [("update", "P-0", *NOTE), ("undo", *WRITE)],
}
"""What must have been done before a command."""

ALONE: Final = ("merge",)  # it is given its ledgers as words

FORMATTED: Final = "show"
"""The command that is tried in every format: it shows all that a ledger holds."""

GROUPS: Final[Sequence[tuple[Mapping[str, Maker], Sequence[str]]]] = (
    ({**MANY, **HISTORY}, ()),
    (TEXTS, ("list", "show", "report", "log", "timeline", "check", "update")),
    (FAULTS, ("list", "check", "update", "edit")),
    (BROKEN, ("list", "check")),
    (WORDS, ("list", "show", "report", "log")),
    (FILES, ("import",)),
)
"""What grows, and for which commands; none are all."""

Command = Sequence[str]


@dataclass(frozen=True)
class Cost:
    """What a command took: CPU seconds of its own, bytes, and its exit code."""

    seconds: float
    bytes: int
    exit: int


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


def growth(made: Maker, command: Command, enough: float, times: int) -> Growth:
    """A command on inputs that double until they are large, or it takes ``enough`` seconds."""
    sizes: list[int] = []
    costs: list[Cost] = []
    size, length = 1, 0
    while not costs or (costs[-1].seconds < enough and length < LARGEST):
        given = made(size)
        length = given.length
        try:
            found = [cost(given, command) for _ in range(times)]
        except OSError:  # no system takes so many words
            break
        sizes.append(size)
        costs.append(min(found, key=lambda each: each.seconds))
        size *= 2 if costs[-1].seconds > enough / 100 else 4
    return Growth(sizes, costs, length)


def cost(given: Input, command: Command) -> Cost:
    """What a command takes for an input, in a process of its own."""
    versions = {"ledger": "Growth", "ours": "Ours", "theirs": 'Growth"\nshort = "Theirs'}
    for file, title in versions.items():
        text = given.ledger.replace("Growth", title, 1)
        Path(f"{file}.toml").write_text(text, encoding="utf-8")
    came = f"came{given.suffix}"
    Path(came).write_text(given.file, encoding="utf-8")
    common = () if command[0] in ALONE else COMMON
    for before in BEFORE.get(command[0], ()):
        measured([*before, *common])
    words = [came if word == "came" else word for word in command]
    return measured([*words, *given.words, *common])


def measured(words: Command) -> Cost:
    """What a command line takes in a child that has imported everything already."""
    reader, writer = os.pipe()
    child = os.fork()
    if not child:
        for stream in (0, 1, 2):
            os.dup2(os.open(os.devnull, os.O_RDWR), stream)
        for limit, most in MOST.items():
            resource.setrlimit(limit, (most, most))
        gc.disable()  # as the program does
        before = resource.getrusage(resource.RUSAGE_SELF)
        code = -1
        try:
            if words[0] in PARSE:
                rtoml.loads(Path("ledger.toml").read_text(encoding="utf-8"))
            code = 0 if words[0] in PARSE else main(words)
        finally:
            after = resource.getrusage(resource.RUSAGE_SELF)
            kilobytes = after.ru_maxrss - before.ru_maxrss
            seconds = after.ru_utime - before.ru_utime
            os.write(writer, f"{seconds} {kilobytes} {code}".encode())
            os._exit(0)
    os.close(writer)
    with os.fdopen(reader) as answer:
        said = answer.read().split()
    os.waitpid(child, 0)
    return Cost(float(said[0]), 1024 * int(said[1]), int(said[2])) if said else STOPPED


def commands(only: Sequence[str]) -> Iterator[Command]:
    """Yield the command lines of these commands, or of all."""
    for name in only or (OVERVIEW, *COMMANDS):
        for words in LINES.get(name, [()]):
            yield (name, *words)
        if name == FORMATTED:
            yield from (
                (name, *LINES[name][0], "-f", form) for form in Format if form is not Format.TEXT
            )


def row(command: Command, what: str, made: Maker) -> tuple[str, bool]:
    """A line of the table, and whether an exponent in it is above the limit, or it is a bug."""
    for enough, times in MEASURES:
        found = growth(made, command, enough, times)
        if not found.is_over():
            break
    # Large tables do not fit the caches of a processor, which the parser shows by itself.
    parser = growth(made, PARSE, enough, times).exponents[0] if found.is_over() else None
    last = found.costs[-1]
    is_bug = last.exit == Exit.BUG
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
    with TemporaryDirectory() as folder:
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
