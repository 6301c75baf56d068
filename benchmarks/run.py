"""How long the program takes, as multiples of references that are measured in the same run.

python benchmarks/run.py, from the root of a checkout, with the package installed.  It exits with
1 where a limit is passed.
"""

import argparse
import os
import shlex
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median, quantiles
from tempfile import TemporaryDirectory
from typing import Final

from ledgers import ledger, register_text

ROOT: Final = Path(__file__).resolve().parent.parent
HIDDEN: Final = ("PYTHONDONTWRITEBYTECODE", "PLEDGES_LEDGER", "PLEDGES_AS_OF")
"""Variables that the children must not see: byte code is cached, as it is for a user."""

RUNS: Final = 15
QUICK_RUNS: Final = 5
PLEDGES: Final = 10_000
LEDGERS: Final = 100
UPDATES_EACH: Final = 3
READ: Final = "import rtoml, sys; text = open(sys.argv[1], encoding='utf-8').read()"

TURN: Final = "{turn}"
"""Stands in a command for the number of the run: what is written must be new each time."""

MOST_MEMORY: Final = 60
"""How many times the size of the big ledger a write to it may take."""

Command = Sequence[str]


@dataclass(frozen=True)
class Work:
    """A program; where only a part of it counts, with another that does all but that part."""

    program: Command
    less: Command = ()

    def seconds(self, turn: int) -> float:
        """What it takes the ``turn``-th time, in seconds."""
        less = _seconds(_of_turn(self.less, turn)) if self.less else 0.0
        return _seconds(_of_turn(self.program, turn)) - less


@dataclass(frozen=True)
class Case:
    """A row: what is measured, against what, and how many times as long it may take."""

    name: str
    work: Work
    reference: Work
    limit: float


@dataclass(frozen=True)
class Result:
    """A case with the seconds of its work and of its reference, a pair for each run."""

    case: Case
    pairs: Sequence[tuple[float, float]]

    @property
    def ratios(self) -> list[float]:
        """How many times as long as the reference, run by run."""
        return [work / reference for work, reference in self.pairs]

    @property
    def is_over(self) -> bool:
        """Whether it takes longer than it may."""
        return median(self.ratios) > self.case.limit


IMPORT: Final = """
import shutil, sys
empty, target, register = sys.argv[1:]
shutil.copy(empty, target)
sys.argv[1:] = ["import", register, "--ledger", target, "--as-of", "2026-11-22"]
from pledges.__main__ import run
run()
"""
"""A register that is brought into an empty ledger, each time another."""


def cases(big: Path, small: Path, empty: Path, pledges: int) -> list[Case]:
    """What is measured: on the ledger of this checkout, a big one, and ones that cost nothing.

    The references are Typer, without which nothing starts, and the parser of the ledger.
    """
    typer = Work((sys.executable, "-c", "import typer"))
    page = ("--format", "terminal", "--color", "always", "--width", "100")
    since, html = ("--as-of", "2026-11-22", "--since", "2026-01-01"), ("--format", "html")
    late = ("list", "--format", "json", "--overdue", "--as-of", "2026-11-22", "--ledger")
    parse = Work(_python(f"{READ}; rtoml.loads(text)", big), less=_python(READ, big))
    overdue = Work(_pledges(*late, str(big)), less=_pledges(*late, str(empty)))
    checked = ("check", "--as-of", "2026-11-22", "--ledger")
    check = Work(_pledges(*checked, str(big)), less=_pledges(*checked, str(empty)))
    update = Work(_update(big), less=_update(small))
    registers = [_register(each, size) for each, size in ((big, pledges), (small, 1))]
    came = big.with_name("came.toml")
    _run(_import(registers[0], empty, came))
    target = big.with_name(f"target-{TURN}.toml")
    imported = Work(*(_import(each, empty, target) for each in registers))
    one, many = (_all_of(str(each)) for each in (big, big.with_name("many") / "*.toml"))
    parse_came = Work(_python(f"{READ}; rtoml.loads(text)", came), less=_python(READ, came))
    return [
        Case("list --format json", Work(_pledges("list", "--format", "json")), typer, 1.5),
        Case("progress on a terminal", Work(_pledges("progress", *page)), typer, 2.4),
        Case("report", Work(_pledges("report", *since)), typer, 2.0),
        Case("report --format html", Work(_pledges("report", *since, *html)), typer, 2.5),
        Case("--version", Work(_pledges("--version")), typer, 1.2),
        Case("list --overdue, big ledger", overdue, parse, 3.0),
        Case("check, big ledger", check, parse, 14.0),
        Case("update, big ledger", update, parse, 4.0),
        Case("import, big register", imported, parse_came, 6.0),
        Case("progress, 100 ledgers", many["progress"], one["progress"], 3.0),
        Case("due, 100 ledgers", many["due"], one["due"], 3.0),
    ]


def _all_of(location: str) -> Mapping[str, Work]:
    """What answers about all pledges of a ledger, or of those that a pattern names."""
    rest = ("--as-of", "2026-11-22", "--ledger", location)
    return {command: Work(_pledges(command, *rest)) for command in ("progress", "due")}


def _register(path: Path, pledges: int) -> Path:
    """A register of so many pledges as CSV, next to a ledger."""
    register = path.with_suffix(".csv")
    register.write_text(register_text(pledges), encoding="utf-8")
    return register


def _import(register: Path, empty: Path, target: Path) -> Command:
    return (sys.executable, "-c", IMPORT, str(empty), str(target), str(register))


def _update(path: Path) -> Command:
    """An update of the last pledge of a ledger, with a note of its own."""
    last = path.read_text(encoding="utf-8").rpartition('\nid = "')[2].partition('"')[0]
    day = ("--as-of", "2026-11-22")
    return _pledges("update", last, "--note", f"Run {TURN}.", *day, "--ledger", str(path))


def _of_turn(command: Command, turn: int) -> Command:
    return [word.replace(TURN, str(turn)) for word in command]


def _pledges(*words: str) -> Command:
    """A command line of the program that is installed beside this Python."""
    script = shutil.which("pledges", path=str(Path(sys.executable).parent))
    return (script, *words) if script else (sys.executable, "-m", "pledges", *words)


def _python(code: str, path: Path) -> Command:
    return (sys.executable, "-c", code, str(path))


def measured(case: Case, runs: int) -> Result:
    """A case run so many times in turn with its reference, after one turn that is not counted."""
    turns = [(case.work.seconds(at), case.reference.seconds(at)) for at in range(runs + 1)]
    return Result(case, turns[1:])


def _seconds(command: Command) -> float:
    """What a program takes from its start to its exit, in seconds."""
    before = _spent()
    _run(command)
    return _spent() - before


def _spent() -> float:
    """CPU seconds of all children that have ended; on Windows, which counts none, of the clock."""
    if sys.platform == "win32":
        return time.perf_counter()
    import resource  # noqa: PLC0415  (not there on Windows)

    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def memory(command: Command) -> int | None:
    """The most that a program has in memory, in bytes; None where that is not counted."""
    if sys.platform == "win32":
        return None
    silent = [(os.POSIX_SPAWN_OPEN, 1, os.devnull, os.O_WRONLY, 0)]
    child = os.posix_spawn(command[0], [*command], _environment(), file_actions=silent)
    _, status, used = os.wait4(child, 0)
    if status:
        raise SystemExit(f"wait status {status} from {shlex.join(command)}")
    return used.ru_maxrss * (1 if sys.platform == "darwin" else 1024)


def _environment() -> dict[str, str]:
    return {key: value for key, value in os.environ.items() if key not in HIDDEN}


def _run(command: Command) -> None:
    done = subprocess.run(  # noqa: S603  (commands of this file)
        command,
        cwd=ROOT,
        env=_environment(),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        check=False,
    )
    if done.returncode:
        sys.stderr.buffer.write(done.stderr)
        raise SystemExit(f"exit {done.returncode} from {shlex.join(command)}")


def row(result: Result) -> str:
    """A line of the table: the median ratio, its quartiles, both sides in ms, the limit."""
    low, _, high = quantiles(result.ratios, n=4)
    work, reference = (1000 * median(side) for side in zip(*result.pairs, strict=True))
    return (
        f"{result.case.name:28}{median(result.ratios):6.2f}  {low:5.2f} to {high:5.2f}"
        f"{work:8.0f}{reference:11.0f}{result.case.limit:8.1f}"
        f"  {'OVER' if result.is_over else 'ok'}"
    )


def heading(runs: int, pledges: int) -> str:
    """What the table shows, and the names of its columns."""
    kind = "seconds by the clock" if sys.platform == "win32" else "CPU seconds"
    return (
        f"{kind}, median of {runs} runs in turn with the reference; "
        f"big ledger: {pledges:,} pledges, {pledges * UPDATES_EACH:,} updates\n\n"
        f"{'':28}{'ratio':>6}  {'quartiles':14}{'ms':>8}{'reference':>11}{'limit':>8}\n"
    )


def row_of_memory(most: int, size: int) -> str:
    """A line of the table: how many times the size of the ledger a write takes, less start-up."""
    ratio = most / size
    kilobytes = f"{most // 1024:8}{size // 1024:11}"
    verdict = "OVER" if ratio > MOST_MEMORY else "ok"
    return (
        f"{'update, memory (KiB, file)':28}{ratio:6.2f}  {'':14}"
        f"{kilobytes}{MOST_MEMORY:8.1f}  {verdict}"
    )


def results(ledgers: Sequence[Path], runs: int, pledges: int) -> Iterator[Result]:
    """Every case measured, one after the other."""
    big, small, empty = ledgers
    for case in cases(big, small, empty, pledges):
        yield measured(case, runs)


def written(folder: Path, pledges: int) -> list[Path]:
    """A big ledger, a small one and one without pledges, in a folder.

    In a folder there, many ledgers have as many pledges together as the big one.
    """
    sizes = {"big": pledges, "small": 1, "empty": 0}
    paths = [folder / f"{name}.toml" for name in sizes]
    for path, size in zip(paths, sizes.values(), strict=True):
        path.write_bytes(ledger(size, size * UPDATES_EACH).encode())
    (folder / "many").mkdir()
    for at in range(LEDGERS):
        size = pledges // LEDGERS
        text = ledger(size, size * UPDATES_EACH)
        (folder / "many" / f"plan-{at:03}.toml").write_bytes(text.encode())
    return paths


def main() -> int:
    """Print the table as it is measured; 1 where a limit is passed, else 0."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=_runs, help=f"{RUNS}, unless said; at least 2")
    parser.add_argument("--quick", action="store_true", help="5 runs, and a ledger of a tenth")
    asked = parser.parse_args()
    runs = asked.runs or (QUICK_RUNS if asked.quick else RUNS)
    pledges = PLEDGES // 10 if asked.quick else PLEDGES
    with TemporaryDirectory() as folder:
        os.environ["XDG_STATE_HOME"] = folder
        return _printed(written(Path(folder), pledges), runs, pledges)


def _printed(ledgers: Sequence[Path], runs: int, pledges: int) -> int:
    sys.stdout.write(heading(runs, pledges))
    is_over = False
    for result in results(ledgers, runs, pledges):
        sys.stdout.write(f"{row(result)}\n")
        sys.stdout.flush()
        is_over |= result.is_over
    size = ledgers[0].stat().st_size
    big, small = (memory([*_update(each), "--quiet"]) for each in ledgers[:2])
    if big and small:
        sys.stdout.write(f"{row_of_memory(big - small, size)}\n")
        is_over |= big - small > MOST_MEMORY * size
    return int(is_over)


def _runs(text: str) -> int:
    """A number of runs that has quartiles."""
    runs = int(text)
    if runs < 2:  # noqa: PLR2004  (quartiles need two)
        raise ValueError
    return runs


if __name__ == "__main__":
    sys.exit(main())
