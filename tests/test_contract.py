"""What a script, a terminal and a mail can rely on: the installed program, real pipes and files."""

import os
import re
import shutil
import signal
import subprocess
import sys
import time
import tomllib
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import IO, Final, NamedTuple

import pytest
from rich.cells import cell_len

from build import SHIPPED
from pledges import __version__

AS_OF: Final = ("--as-of", "2026-11-22")
SCRIPT: Final = shutil.which("pledges", path=str(Path(sys.executable).parent))
PROGRAM: Final = [SCRIPT] if SCRIPT else [sys.executable, "-m", "pledges"]
PLAIN: Final = {
    "LC_ALL": "C.UTF-8",
    "TERM": "xterm-256color",
    **{name: os.environ[name] for name in ("SYSTEMROOT", "PATH", "HOME") if name in os.environ},
}
"""An environment with what every system needs, and nothing that changes an answer."""

COMMANDS: Final = (
    *("", "list", "show ECO-01 ECO-02", "progress", "progress --all", "due", "timeline", "log"),
)
WAYS: Final = (
    "",
    "--format md",
    "--format html",
    "--format json",
    "--format ndjson",
    "--format csv",
    "--format tsv",
)

LEDGER: Final = """
schema = 1

[plan]
title = "Kế hoạch hành động 行动计划"

[parties]
VN = "Việt Nam"
SG = "新加坡"

[pillars]
economy = "Hợp tác kinh tế"

[[pledge]]
id = "ECO-01"
title = "Mở 10 khu công nghiệp 工业园"
pillar = "economy"
owed_by = ["VN", "SG"]
due = 2026-12-31
internal = "Nội bộ"
measure = { unit = "khu", baseline = 0, baseline_date = 2026-01-01, target = 10 }

[[pledge.update]]
date = 2026-11-01
status = "in-progress"
value = 4
note = "Bốn khu đã mở."

[[pledge]]
id = "ECO-02"
title = "Open the market"
pillar = "economy"
owed_by = ["VN"]
due = 2026-06-30
"""
LISTED: Final = """\
ECO-01  in progress  due soon  31 Dec 2026  39 days left   Mở 10 khu công nghiệp 工业园
ECO-02  unreported   overdue   30 Jun 2026  145 days late  Open the market
"""
DRAWN: Final = """\
Id      Pledge                        Status       Standing  Deadline     Days
ECO-01  Mở 10 khu công nghiệp 工业园  in progress  due soon  31 Dec 2026  39 days left
ECO-02  Open the market               unreported   overdue   30 Jun 2026  145 days late
"""
MANY: Final = 3000

needs_shell = pytest.mark.skipif(not shutil.which("sh"), reason="this system has no sh")
needs_full = pytest.mark.skipif(
    not Path("/dev/full").exists(), reason="this system has no /dev/full"
)
needs_posix = pytest.mark.skipif(os.name != "posix", reason="only POSIX has this")


INTERRUPT_A_WRITE = """
import os, signal, sys

class Interrupt:
    def __call__(self, event, args):
        if event == "shutil.copymode":
            os.kill(os.getpid(), signal.SIGINT)

sys.addaudithook(Interrupt())
from pledges.__main__ import run
run()
"""
"""Interrupts the program once the new file is written and before it takes the old one's place."""

IGNORE_INTERRUPTS = """
import os, signal, sys

signal.signal(signal.SIGINT, signal.SIG_IGN)
check = "import os, signal, sys; from pledges.__main__ import run; "
check += "os.kill(os.getpid(), signal.SIGINT); run()"
os.execv(sys.executable, [sys.executable, "-c", check, *sys.argv[2:]])
"""


class Ended(NamedTuple):
    """How the program ended, and what it wrote."""

    code: int
    out: str
    err: str


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A folder with a small ledger and the root of a checkout, so that nothing above is found."""
    (tmp_path / ".git").mkdir()
    (tmp_path / "commitments.toml").write_text(LEDGER, encoding="utf-8", newline="\n")
    return tmp_path


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A ledger so long that its list fills any pipe."""
    path = tmp_path_factory.mktemp("many") / "commitments.toml"
    pledge = '[[pledge]]\nid = "ECO-{at}"\ntitle = "Open market {at} to everyone"\npillar = "e"\n'
    head = 'schema = 1\n[plan]\ntitle = "Plan"\n[pillars]\ne = "Economy"\n'
    path.write_text(head + "".join(pledge.format(at=at) for at in range(MANY)), encoding="utf-8")
    return path


def ran(home: Path, *argv: str, **environment: str) -> Ended:
    """How ``argv`` ends in the folder ``home``, its output in pipes."""
    done = subprocess.run(
        [*PROGRAM, *argv],
        cwd=home,
        env=PLAIN | environment,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        check=False,
    )
    return Ended(done.returncode, done.stdout.decode(), done.stderr.decode())


def in_shell(home: Path, script: str, *argv: str, **environment: str) -> Ended:
    """How ``argv`` ends where it is started by a line of shell, as ``"$@"``."""
    done = subprocess.run(
        ["sh", "-c", script, "sh", *PROGRAM, *argv],  # noqa: S607  (any sh will do)
        cwd=home,
        env=PLAIN | environment,
        capture_output=True,
        check=False,
    )
    return Ended(done.returncode, done.stdout.decode(), done.stderr.decode())


def started(
    home: Path, *argv: str, stdout: int = subprocess.PIPE, **environment: str
) -> "subprocess.Popen[bytes]":
    """The program while it runs, all three streams piped, through pipes as small as there are."""
    return subprocess.Popen(
        [*PROGRAM, *argv],
        cwd=home,
        env=PLAIN | environment,
        stdin=subprocess.PIPE,
        stdout=stdout,
        stderr=subprocess.PIPE,
        pipesize=4096,
    )


def of(stream: IO[bytes] | None) -> IO[bytes]:
    """A stream that is piped."""
    assert stream
    return stream


def on_terminal(home: Path, width: int, *argv: str, **environment: str) -> Ended:
    """How ``argv`` ends on a terminal of a width; standard error stays a pipe."""
    pty, termios = pytest.importorskip("pty"), pytest.importorskip("termios")
    ours, theirs = pty.openpty()
    termios.tcsetwinsize(theirs, (24, width))
    with subprocess.Popen(
        [*PROGRAM, *argv],
        cwd=home,
        env=PLAIN | environment,
        stdin=theirs,
        stdout=theirs,
        stderr=subprocess.PIPE,
    ) as process:
        os.close(theirs)
        shown = _drained(ours).decode().replace("\r\n", "\n")
        said = of(process.stderr).read().decode()
    return Ended(process.returncode, shown, said)


def _drained(terminal: int) -> bytes:
    """All that is written to a terminal until the last one who could write has left."""
    found = b""
    try:
        while part := os.read(terminal, 65536):
            found += part
    except OSError:
        pass  # that is how Linux tells the end
    finally:
        os.close(terminal)
    return found


def bare(shown: str) -> str:
    """What is left where colours and the spaces before a line's end are taken away."""
    plain = re.sub(r"\x1b\[[0-9;]*m", "", shown)
    return "".join(f"{line.rstrip()}\n" for line in plain.splitlines())


# In a pipe


def test_one_line_a_pledge() -> None:
    """In a pipe the list is one line a pledge, with its whole title, in the ledger's order."""
    pledges = tomllib.loads(SHIPPED.read_text(encoding="utf-8"))["pledge"]
    code, out, err = ran(SHIPPED.parent, "list", *AS_OF)
    lines = out.splitlines()
    assert (code, err, len(lines)) == (0, "", 58)
    assert [line.split()[0] for line in lines] == [each["id"] for each in pledges]
    assert all(each["title"] in line for each, line in zip(pledges, lines, strict=True))


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("command", COMMANDS)
def test_plain(command: str, way: str) -> None:
    """In a pipe nothing is coloured, drawn or cut, and nothing is said beside it."""
    code, out, err = ran(SHIPPED.parent, *command.split(), *way.split(), *AS_OF)
    assert (code, err) == (0, "")
    assert out.endswith("\n")
    assert not re.search(r"[\x1b\u2500-\u259f\u2026\t]" if "tsv" not in way else "\x1b", out)


def test_whole_list(home: Path) -> None:
    """In a pipe the columns line up, wide characters and accents counted as they are seen."""
    assert ran(home, "list", *AS_OF) == (0, LISTED, "")


@pytest.mark.parametrize("unbuffered", ["", "1"])
@pytest.mark.parametrize(
    "argv", ["list", "list --format json", "progress --all", "list --width 80"]
)
def test_first_line_only(many: Path, argv: str, unbuffered: str) -> None:
    """A reader that leaves after a line ends the program quietly."""
    with started(many.parent, *argv.split(), *AS_OF, PYTHONUNBUFFERED=unbuffered) as process:
        assert of(process.stdout).readline()
        of(process.stdout).close()
        assert of(process.stderr).read() == b""
    assert process.returncode == 141


@needs_shell
@pytest.mark.parametrize("command", COMMANDS)
def test_head(command: str) -> None:
    """``| head -1`` is silent, be the answer longer than a pipe or not."""
    script = '{ "$@"; echo "$?" >&2; } | head -1'
    _, out, err = in_shell(SHIPPED.parent, script, *command.split(), *AS_OF)
    assert out.count("\n") == 1
    assert err.strip() in ("0", "141")


@pytest.mark.parametrize(
    "argv", ["", "list", "list --format json", "--help", "list --help", "--version"]
)
def test_reader_gone(home: Path, argv: str) -> None:
    """Where nobody reads any more, the program leaves with 141 and says nothing."""
    read, write = os.pipe()
    os.close(read)
    with started(home, *argv.split(), stdout=write) as process:
        os.close(write)
        assert of(process.stderr).read() == b""
    assert process.returncode == 141


@needs_shell
@needs_posix
@pytest.mark.parametrize(
    ("argv", "codes"), [("list", {0}), ("list --party ZZ", {0, 141}), ("list --nope", {2})]
)
def test_nobody_listens(home: Path, argv: str, codes: set[int]) -> None:
    """Where nobody reads what is said, the exit code is still that of the answer."""
    read, write = os.pipe()
    os.close(read)
    done = subprocess.run(
        [*PROGRAM, *argv.split()],
        cwd=home,
        env=PLAIN,
        stdout=subprocess.DEVNULL,
        stderr=write,
        check=False,
    )
    os.close(write)
    assert done.returncode in codes


# Interrupts

INTERRUPTED_AT: Final = """
import os, signal, sys

class Interrupt:
    def find_spec(self, name, path=None, target=None):
        if name == sys.argv[-1]:
            os.kill(os.getpid(), signal.SIGINT)

sys.meta_path.insert(0, Interrupt())
from pledges.__main__ import run
sys.argv[1:] = ["list", sys.argv[-1]]
run()
"""
"""The program, with an interrupt at the moment when a module is first asked for."""


@needs_posix
@pytest.mark.parametrize("module", ["pledges.cli", "typer", "pledges.errors", "msgspec", "rtoml"])
def test_interrupted_early(home: Path, module: str) -> None:
    """An interrupt is silent from the program's first lines on, while it still imports."""
    done = subprocess.run(
        [sys.executable, "-c", INTERRUPTED_AT, module],
        cwd=home,
        env=PLAIN,
        capture_output=True,
        check=False,
    )
    assert (done.returncode, done.stdout, done.stderr) == (130, b"", b"")


@needs_posix
def test_interrupted_reading(home: Path) -> None:
    """An interrupt while a ledger is still coming in is silent."""
    with started(home, "list", "--ledger", "-") as process:
        more_than_a_pipe_holds = b"# a comment\n" * 100_000
        of(process.stdin).write(more_than_a_pipe_holds)
        interrupt(process)
        assert (of(process.stdout).read(), of(process.stderr).read()) == (b"", b"")
    assert process.returncode == 130


def interrupt(process: "subprocess.Popen[bytes]") -> None:
    """Interrupt a program until it has ended: Python misses what comes just before it waits."""
    deadline = time.monotonic() + 20
    while process.poll() is None:
        if time.monotonic() > deadline:
            process.kill()
        process.send_signal(signal.SIGINT)
        with suppress(subprocess.TimeoutExpired):
            process.wait(timeout=0.5)


# Streams that are closed or full

NO_OUTPUT: Final = """\
pledges: error: standard output is closed
  = hint: give a file with --output
"""
NO_INPUT: Final = """\
pledges: error: standard input is closed
  = hint: pipe a ledger into it, or leave --ledger - out
"""
NO_LEDGER: Final = """\
pledges: error: there is no commitments.toml in this folder or above it
  = hint: go to its folder, name it with --ledger or PLEDGES_LEDGER, or begin one: pledges init
"""


@needs_shell
@needs_posix
@pytest.mark.parametrize(
    ("script", "argv", "ended"),
    [
        ('"$@" >&-', "list", (7, "", NO_OUTPUT)),
        ('"$@" >&- 2>&-', "list", (7, "", "")),
        ('"$@" 2>&-', "list", (0, LISTED, "")),
        ('"$@" 2>&-', "list --party ZZ", (0, "", "")),
        ('"$@" 2>&-', "list --nope", (2, "", "")),
        ('"$@" <&-', "list", (0, LISTED, "")),
        ('"$@" <&-', "list --ledger -", (3, "", NO_INPUT)),
    ],
)
def test_closed(home: Path, script: str, argv: str, ended: tuple[int, str, str]) -> None:
    """A stream that was closed before the start costs only what would have gone through it."""
    assert in_shell(home, script, *argv.split(), *AS_OF) == ended


@needs_full
@needs_shell
@pytest.mark.parametrize(
    "argv", ["", "list", "list --format csv", "show ECO-01", "--version", "--help", "list --help"]
)
def test_full(home: Path, argv: str) -> None:
    """Where there is no room for the answer, one sentence says so."""
    said = "pledges: error: standard output can't be written: No space left on device\n"
    assert in_shell(home, '"$@" >/dev/full', *argv.split()) == (7, "", said)


@needs_full
@needs_shell
@pytest.mark.parametrize(
    ("argv", "code"), [("list", 0), ("list --party ZZ", 0), ("list --nope", 2), ("due", 0)]
)
def test_full_error(home: Path, argv: str, code: int) -> None:
    """Where there is no room for what is said, the exit code is still that of the answer."""
    assert in_shell(home, '"$@" 2>/dev/full >/dev/null', *argv.split()).code == code


@needs_shell
@needs_posix
@pytest.mark.parametrize("unbuffered", ["", "1"])
def test_no_room_half_way(many: Path, tmp_path: Path, unbuffered: str) -> None:
    """An answer of which only a part could be written is a failure."""
    script = f'ulimit -f 8; "$@" >"{tmp_path}/out.txt"'
    code, _, err = in_shell(many.parent, script, "list", PYTHONUNBUFFERED=unbuffered)
    assert (code, err) == (7, "pledges: error: standard output can't be written: File too large\n")


@needs_shell
@needs_posix
def test_old_file_intact(many: Path, tmp_path: Path) -> None:
    """A file that can't be replaced whole keeps what it held, and a new one is not left behind."""
    old, new = tmp_path / "old.txt", tmp_path / "new.txt"
    old.write_text("what was there\n", encoding="utf-8")
    for path in (old, new):
        argv = ("list", "--force", "--output", str(path))
        assert in_shell(many.parent, 'ulimit -f 8; "$@"', *argv).code == 7
    assert old.read_text(encoding="utf-8") == "what was there\n"
    assert not new.exists()


@needs_posix
def test_replaced_file_keeps_its_mode(home: Path) -> None:
    """A file that only its owner may read is still so once it is replaced."""
    report = home / "report.txt"
    report.write_text("old", encoding="utf-8")
    report.chmod(0o600)
    assert ran(home, "list", "--force", "--output", "report.txt").code == 0
    assert report.read_text(encoding="utf-8") == ran(home, "list").out
    assert report.stat().st_mode & 0o777 == 0o600


@needs_posix
def test_output_through_links(home: Path) -> None:
    """A link to a file stays a link; one that leads to itself is refused."""
    (home / "link.txt").symlink_to("report.txt")
    (home / "loop.txt").symlink_to("loop.txt")
    assert ran(home, "list", "--output", "link.txt").code == 0
    assert (home / "link.txt").is_symlink()
    assert (home / "report.txt").is_file()
    assert ran(home, "list", "--output", "loop.txt").code == 7
    assert (home / "loop.txt").is_symlink()


@needs_shell
@pytest.mark.skipif(not Path("/dev/stdout").exists(), reason="this system has no /dev/stdout")
def test_output_to_standard_output(home: Path) -> None:
    """The file that standard output goes to is written to and not replaced."""
    script = '("$@" --output /dev/stdout; echo behind) >out.txt && cat out.txt'
    assert in_shell(home, script, "list").out == ran(home, "list").out + "behind\n"
    assert in_shell(home, '"$@" --output /dev/stdout | cat', "list").out == ran(home, "list").out


@needs_posix
def test_interrupted_writing(home: Path) -> None:
    """An interrupt while a file is written ends with 130, and leaves the old file and no other."""
    (home / "list.txt").write_text("old", encoding="utf-8")
    before = sorted(path.name for path in home.iterdir())
    argv = ("list", "--force", "--output", "list.txt")
    done = subprocess.run(
        [sys.executable, "-c", INTERRUPT_A_WRITE, *argv],
        cwd=home,
        env=PLAIN,
        capture_output=True,
        check=False,
    )
    assert (done.returncode, done.stdout, done.stderr) == (130, b"", b"")
    assert sorted(path.name for path in home.iterdir()) == before
    assert (home / "list.txt").read_text(encoding="utf-8") == "old"


@needs_posix
def test_ignored_interrupt(home: Path) -> None:
    """An interrupt that was ignored before the program began stays ignored, as under nohup."""
    done = subprocess.run(
        [sys.executable, "-c", IGNORE_INTERRUPTS, *PROGRAM, "list"],
        cwd=home,
        env=PLAIN,
        capture_output=True,
        check=False,
    )
    assert (done.returncode, done.stdout.decode()) == (0, ran(home, "list").out)


# On a terminal


def test_table(home: Path) -> None:
    """On a terminal the list is a table under a head, with colours, and the count beside it."""
    code, out, err = on_terminal(home, 100, "list", *AS_OF)
    assert (code, bare(out), err) == (0, DRAWN, "2 pledges as of 22 Nov 2026.\n")
    assert "\x1b[1;31moverdue\x1b[0m" in out
    assert "\x1b[33mdue soon\x1b[0m" in out


@pytest.mark.parametrize("width", [60, 80, 100, 160])
@pytest.mark.parametrize("command", COMMANDS)
def test_fits(command: str, width: int) -> None:
    """A page is no wider than its terminal but for addresses; only a picture's titles are cut."""
    code, out, _ = on_terminal(SHIPPED.parent, width, *command.split(), *AS_OF)
    assert code == 0
    assert "\x1b[" in out
    assert command == "timeline" or "\u2026" not in out
    for line in bare(out).splitlines():
        assert cell_len(line) <= width or line.startswith("https://")


@pytest.mark.parametrize("width", [60, 80, 100, 160])
def test_bars(width: int) -> None:
    """Progress is drawn at every width, with what it is drawn with told below."""
    out = bare(on_terminal(SHIPPED.parent, width, "progress", *AS_OF).out)
    assert re.search("\u2588\u2591+\u2503?\u2591* 10%", out)
    assert "\u2588 done" in out


@pytest.mark.parametrize(
    ("argv", "environment"),
    [
        ("", {"NO_COLOR": "1"}),
        ("", {"TERM": "dumb"}),
        ("--color never", {}),
        ("--color never", {"CLICOLOR_FORCE": "1"}),
        ("", {"NO_COLOR": "1", "CLICOLOR_FORCE": "1"}),
    ],
)
def test_no_colour(home: Path, argv: str, environment: Mapping[str, str]) -> None:
    """The table is the same without colour, and no colour asked for comes before any forced."""
    plain = on_terminal(home, 100, "list", *argv.split(), *AS_OF, **environment)
    assert plain.out == DRAWN


@pytest.mark.parametrize("environment", [{"NO_COLOR": ""}, {"CLICOLOR_FORCE": "0"}])
def test_colour(home: Path, environment: Mapping[str, str]) -> None:
    """A variable that says nothing changes nothing."""
    assert "\x1b[" in on_terminal(home, 100, "list", *AS_OF, **environment).out


def test_forced_colour(home: Path) -> None:
    """Colour that is forced comes in a pipe too, by the environment or by option."""
    forced = ran(home, "list", *AS_OF, CLICOLOR_FORCE="1", COLUMNS="100")
    assert (forced.code, bare(forced.out)) == (0, DRAWN)
    assert "\x1b[1;31moverdue" in forced.out
    assert ran(home, "list", "--color", "always", *AS_OF, COLUMNS="100").out == forced.out
    assert ran(home, "list", *AS_OF, CLICOLOR_FORCE="0").out == LISTED


def test_width(home: Path) -> None:
    """COLUMNS comes before the width of the terminal, and --width before both."""
    narrow = on_terminal(home, 40, "list", *AS_OF).out
    assert narrow != on_terminal(home, 100, "list", *AS_OF).out
    assert on_terminal(home, 100, "list", *AS_OF, COLUMNS="40").out == narrow
    assert on_terminal(home, 100, "list", "--width", "40", *AS_OF, COLUMNS="90").out == narrow
    assert on_terminal(home, 40, "list", *AS_OF, COLUMNS="wide").out == narrow


@pytest.mark.parametrize("command", [*COMMANDS, "--help", "list --help"])
def test_ascii_terminal(home: Path, command: str) -> None:
    """A terminal without UTF-8 gets ASCII, whatever the ledger says."""
    options = [] if "--help" in command else AS_OF
    code, out, _ = on_terminal(home, 80, *command.split(), *options, LC_ALL="C")
    assert code == 0
    assert out.isascii()


def test_internal_on_terminal(home: Path) -> None:
    """An internal note shows in ``show`` on a terminal, and not in a pipe or file."""
    assert "Nội bộ" in on_terminal(home, 80, "show", "ECO-01", *AS_OF).out
    assert "Nội bộ" not in ran(home, "show", "ECO-01", *AS_OF).out
    assert "Nội bộ" not in ran(home, "show", "ECO-01", *AS_OF, CLICOLOR_FORCE="1").out
    on_terminal(home, 80, "show", "ECO-01", "--output", "one.md", *AS_OF)
    assert "Nội bộ" not in (home / "one.md").read_text(encoding="utf-8")
    assert "Nội bộ" not in on_terminal(home, 80, "progress", "--all", *AS_OF).out


# Wherever it is called from


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("command", COMMANDS)
def test_same_bytes(home: Path, tmp_path: Path, command: str, way: str) -> None:
    """The same ledger and as-of date give the same bytes in any folder, locale or hash seed."""
    below, other = home / "a" / "b", tmp_path / "other"
    below.mkdir(parents=True)
    other.mkdir()
    shutil.copy(home / "commitments.toml", other)
    argv = (*command.split(), *way.split())
    first = ran(home, *argv, *AS_OF, PYTHONHASHSEED="1")
    assert (first.code, first.err) == (0, "")
    assert ran(below, *argv, *AS_OF, PYTHONHASHSEED="2", LC_ALL="C") == first
    elsewhere = {"LC_ALL": "POSIX", "PYTHONUTF8": "0", "PLEDGES_AS_OF": "2026-11-22"}
    ledger = str(other / "commitments.toml")
    assert ran(SHIPPED.parent, *argv, PLEDGES_LEDGER=ledger, **elsewhere) == first


def test_any_locale(home: Path) -> None:
    """In a pipe the bytes are UTF-8 in every locale and whatever Python is told."""
    for environment in (
        {"LC_ALL": "en_US.ISO-8859-1"},
        {"LC_ALL": "", "LANG": ""},
        {"PYTHONIOENCODING": "ascii"},
        {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
    ):
        assert ran(home, "list", *AS_OF, **environment) == (0, LISTED, "")


@needs_posix
def test_empty_environment(home: Path) -> None:
    """Without any environment the answer is the same."""
    done = subprocess.run(
        [*PROGRAM, "list", *AS_OF], cwd=home, env={}, capture_output=True, check=False
    )
    assert (done.returncode, done.stdout.decode(), done.stderr) == (0, LISTED, b"")


def test_environment(home: Path, many: Path) -> None:
    """PLEDGES_LEDGER and PLEDGES_AS_OF stand in for their options, which come before them."""
    environment = {"PLEDGES_LEDGER": str(many), "PLEDGES_AS_OF": "2026-07-01"}
    assert len(ran(home, "list", **environment).out.splitlines()) == MANY
    late = ran(home, "list", "ECO-02", "--ledger", "commitments.toml", **environment).out
    assert "1 day late" in late
    argv = ("list", "--ledger", "commitments.toml", *AS_OF)
    assert ran(home, *argv, **environment).out == LISTED


def test_standard_input(home: Path) -> None:
    """A ledger that is piped in is answered like one in a file."""
    with started(home, "list", "--ledger", "-", *AS_OF) as process:
        assert process.communicate(LEDGER.encode()) == (LISTED.encode(), b"")
    assert process.returncode == 0


def test_no_ledger(tmp_path: Path) -> None:
    """Above the root of a checkout no ledger is looked for."""
    below = tmp_path / "checkout"
    (below / ".git").mkdir(parents=True)
    (tmp_path / "commitments.toml").write_text(LEDGER, encoding="utf-8")
    assert ran(below, "list") == (3, "", NO_LEDGER)


@needs_shell
@needs_posix
def test_folder_gone(home: Path) -> None:
    """In a folder that was removed there is no ledger, and that is no bug."""
    gone = home / "gone"
    gone.mkdir()
    code, out, err = in_shell(gone, f'rmdir "{gone}"; "$@"', "list")
    assert (code, out) == (3, "")
    assert err.startswith("pledges: error: ")


# Into a file


@pytest.mark.parametrize(
    ("name", "form"),
    [
        *(("a.txt", "text"), ("a.md", "md"), ("a.html", "html"), ("a.htm", "html")),
        *(("a.json", "json"), ("a.ndjson", "ndjson")),
        *(("a.jsonl", "ndjson"), ("a.csv", "csv"), ("a.tsv", "tsv"), ("A.JSON", "json")),
        ("Báo cáo", "text"),
    ],
)
def test_output(home: Path, name: str, form: str) -> None:
    """A file gets what a pipe gets, in the format that its suffix names, and nothing is said."""
    assert ran(home, "list", "--output", name, *AS_OF) == (0, "", "")
    piped = ran(home, "list", "--format", form, *AS_OF).out
    assert (home / name).read_bytes().decode() == piped


def test_output_exists(home: Path) -> None:
    """A file that is there is replaced by force only."""
    path = home / "list.txt"
    path.write_text("what was there\n", encoding="utf-8")
    argv = ("list", "--output", "list.txt", *AS_OF)
    said = "pledges: error: list.txt is there already\n  = hint: let it be replaced with --force\n"
    assert ran(home, *argv) == (7, "", said)
    assert path.read_text(encoding="utf-8") == "what was there\n"
    assert ran(home, *argv, "--force") == (0, "", "")
    assert path.read_bytes().decode() == LISTED


@pytest.mark.parametrize("name", ["commitments.toml", "./a/../commitments.toml", "link.txt"])
@pytest.mark.parametrize("force", [[], ["--force"]])
def test_output_is_ledger(home: Path, name: str, force: list[str]) -> None:
    """No answer replaces the ledger itself, by whatever name it goes."""
    (home / "a").mkdir()
    try:
        (home / "link.txt").symlink_to("commitments.toml")
    except OSError:
        pytest.skip("this system makes no links")
    code, out, err = ran(home, "list", "--format", "text", "--output", name, *force, *AS_OF)
    assert (code, out) == (7, "")
    assert err.count("pledges: error: ") == 1
    assert (home / "commitments.toml").read_bytes().decode() == LEDGER


@pytest.mark.parametrize("name", ["missing/list.txt", "commitments.toml/list.txt", "shut/list.txt"])
def test_output_folder(home: Path, name: str) -> None:
    """Where no file can be made, one sentence says which and why."""
    shut = home / "shut"
    shut.mkdir(mode=0o500)
    if name.startswith("shut") and os.access(shut, os.W_OK):
        pytest.skip("nothing is shut to this user")
    code, out, err = ran(home, "list", "--output", name, *AS_OF)
    assert (code, out) == (7, "")
    assert err.startswith(f"pledges: error: {Path(name)} can't be written: ")
    assert err.count("\n") == 1


def test_quiet(home: Path) -> None:
    """With ``-q`` nothing is said about an answer, but an error still is."""
    assert ran(home, "list", "--search", "ZZ", "-q", *AS_OF) == (0, "", "")
    assert ran(home, "list", "--search", "ZZ", *AS_OF).err
    assert ran(home, "list", "--quiet", "--output", "no/such.txt", *AS_OF).err
    assert on_terminal(home, 80, "list", "-q", *AS_OF).err == ""


# Help


@pytest.mark.parametrize("argv", ["--help", "-h", *(f"{name} --help" for name in ("list", "show"))])
def test_help(tmp_path: Path, argv: str) -> None:
    """Help needs no ledger, is plain in a pipe, and fits a terminal."""
    code, out, err = ran(tmp_path, *argv.split())
    assert (code, err) == (0, "")
    assert out.startswith("Usage: pledges ")
    assert out.isascii()
    assert "\x1b" not in out
    code, shown, err = on_terminal(tmp_path, 80, *argv.split())
    assert (code, err) == (0, "")
    assert "Usage: " in bare(shown)
    assert max(map(cell_len, bare(shown).splitlines())) <= 80


def test_help_of_every_command(tmp_path: Path) -> None:
    """The help names every command, and each of them has a help."""
    out = ran(tmp_path, "--help").out
    for name in ("list", "show", "progress", "due"):
        assert re.search(rf"^  {name} ", out, re.MULTILINE)
        assert ran(tmp_path, name, "--help").code == 0


def test_version(tmp_path: Path) -> None:
    """The version is one line."""
    assert ran(tmp_path, "--version") == (0, f"pledges {__version__}\n", "")
