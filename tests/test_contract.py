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
from typing import IO, Final

import pytest
from rich.cells import cell_len

from build import SHIPPED
from desk import Desk, bare
from everything import PIPED, lines
from pledges import __version__
from pledges.cli import COMMANDS
from pledges.render import Format
from program import PROGRAM, finished
from samples import entry, ledger_text, pledge_table

pytestmark = pytest.mark.slow

AS_OF: Final = ("--as-of", "2026-11-22")
LINES: Final = ["", *lines("ECO-01 ECO-02"), "progress --all"]
WAYS: Final = ["", *(f"--format {each}" for each in PIPED if each is not Format.TEXT)]

LEDGER: Final = ledger_text(
    pledge_table(
        "ECO-01",
        "Mở 10 khu công nghiệp 工业园",
        owed_by=["VN", "SG"],
        due="2026-12-31",
        internal="Nội bộ",
        measure={"unit": "khu", "baseline": 0, "baseline_date": "2026-01-01", "target": 10},
        update=[entry("2026-11-01", status="in-progress", value=4, note="Bốn khu đã mở.")],
    ),
    pledge_table("ECO-02", "Open the market", owed_by=["VN"], due="2026-06-30"),
    plan={"title": "Kế hoạch hành động 行动计划"},
    parties={"VN": "Việt Nam", "SG": "新加坡"},
    pillars={"economy": "Hợp tác kinh tế"},
)
LISTED: Final = """\
ECO-01  in progress  due soon  31 Dec 2026  39 days left   Mở 10 khu công nghiệp 工业园
ECO-02  no status    overdue   30 Jun 2026  5 months late  Open the market
"""
DRAWN: Final = """\
Id      Pledge                        Status       Standing  Deadline     Days
ECO-01  Mở 10 khu công nghiệp 工业园  in progress  due soon  31 Dec 2026  39 days left
ECO-02  Open the market               no status    overdue   30 Jun 2026  5 months late
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
        if event == "os.chmod":
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


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """A desk with a ledger of two pledges in letters of three scripts."""
    return Desk(tmp_path, LEDGER)


@pytest.fixture
def empty_desk(tmp_path: Path) -> Desk:
    """A desk without a ledger."""
    return Desk(tmp_path, None)


@pytest.fixture(scope="module")
def shipped(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """A desk with the shipped ledger, which nothing writes to."""
    return Desk(tmp_path_factory.mktemp("shipped"), SHIPPED.read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """A desk with a ledger so long that its list fills any pipe."""
    pledges = (pledge_table(f"ECO-{at}", f"Open market {at} to everyone") for at in range(MANY))
    return Desk(tmp_path_factory.mktemp("many"), ledger_text(*pledges))


def started(
    desk: Desk, *argv: str, stdout: int = subprocess.PIPE, **environment: str
) -> "subprocess.Popen[bytes]":
    """The program while it runs, all three streams piped, through pipes as small as there are."""
    return subprocess.Popen(
        [*PROGRAM, *argv],
        cwd=desk.folder,
        env=desk.environment | environment,
        stdin=subprocess.PIPE,
        stdout=stdout,
        stderr=subprocess.PIPE,
        pipesize=4096,
    )


def of(stream: IO[bytes] | None) -> IO[bytes]:
    """A stream that is piped."""
    assert stream
    return stream


# In a pipe


def test_one_line_a_pledge(shipped: Desk) -> None:
    """In a pipe the list is one line a pledge, with its whole title, in the ledger's order."""
    pledges = tomllib.loads(SHIPPED.read_text(encoding="utf-8"))["pledge"]
    code, out, err = shipped.run("list", *AS_OF)
    lines = out.splitlines()
    assert (code, err, len(lines)) == (0, "", 58)
    assert [line.split()[0] for line in lines] == [each["id"] for each in pledges]
    assert all(each["title"] in line for each, line in zip(pledges, lines, strict=True))


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("command", LINES)
def test_plain(command: str, way: str, shipped: Desk) -> None:
    """In a pipe nothing is coloured, drawn or cut, and nothing is said beside it."""
    code, out, err = shipped.run(*command.split(), *way.split(), *AS_OF)
    assert (code, err) == (0, "")
    assert out.endswith("\n")
    assert not re.search(r"[\x1b\u2500-\u259f\u2026\t]" if "tsv" not in way else "\x1b", out)


def test_whole_list(desk: Desk) -> None:
    """In a pipe the columns line up, wide characters and accents counted as they are seen."""
    assert desk.run("list", *AS_OF) == (0, LISTED, "")


@pytest.mark.parametrize("unbuffered", ["", "1"])
@pytest.mark.parametrize(
    "argv", ["list", "list --format json", "progress --all", "list --width 80"]
)
def test_first_line_only(many: Desk, argv: str, unbuffered: str) -> None:
    """A reader that leaves after a line ends the program quietly."""
    with started(many, *argv.split(), *AS_OF, PYTHONUNBUFFERED=unbuffered) as process:
        assert of(process.stdout).readline()
        of(process.stdout).close()
        assert of(process.stderr).read() == b""
    assert process.returncode == 141


@needs_shell
@pytest.mark.parametrize("command", LINES)
def test_head(command: str, shipped: Desk) -> None:
    """``| head -1`` is silent, be the answer longer than a pipe or not."""
    script = '{ "$@"; echo "$?" >&2; } | head -1'
    _, out, err = shipped.shell(script, *command.split(), *AS_OF)
    assert out.count("\n") == 1
    assert err.strip() in ("0", "141")


@pytest.mark.parametrize(
    "argv", ["", "list", "list --format json", "--help", "list --help", "--version"]
)
def test_reader_gone(desk: Desk, argv: str) -> None:
    """Where nobody reads any more, the program leaves with 141 and says nothing."""
    read, write = os.pipe()
    os.close(read)
    with started(desk, *argv.split(), stdout=write) as process:
        os.close(write)
        assert of(process.stderr).read() == b""
    assert process.returncode == 141


@needs_shell
@needs_posix
@pytest.mark.parametrize(
    ("argv", "codes"), [("list", {0}), ("list --tag ZZ", {0, 141}), ("list --nope", {2})]
)
def test_nobody_listens(desk: Desk, argv: str, codes: set[int]) -> None:
    """Where nobody reads what is said, the exit code is still that of the answer."""
    read, write = os.pipe()
    os.close(read)
    done = subprocess.run(
        [*PROGRAM, *argv.split()],
        cwd=desk.folder,
        env=desk.environment,
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
def test_interrupted_early(desk: Desk, module: str) -> None:
    """An interrupt is silent from the program's first lines on, while it still imports."""
    done = subprocess.run(
        [sys.executable, "-c", INTERRUPTED_AT, module],
        cwd=desk.folder,
        env=desk.environment,
        capture_output=True,
        check=False,
    )
    assert (done.returncode, done.stdout, done.stderr) == (130, b"", b"")


@needs_posix
def test_interrupted_reading(desk: Desk) -> None:
    """An interrupt while a ledger is still coming in is silent."""
    with started(desk, "list", "--ledger", "-") as process:
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
  = hint: pipe a ledger into the command, or leave out --ledger -
"""
NO_LEDGER: Final = """\
pledges: error: there is no commitments.toml in this folder or the folders above it
  = hint: change to its folder, give its path with --ledger, or create one: pledges init
"""


@needs_shell
@needs_posix
@pytest.mark.parametrize(
    ("script", "argv", "ended"),
    [
        ('"$@" >&-', "list", (7, "", NO_OUTPUT)),
        ('"$@" >&- 2>&-', "list", (7, "", "")),
        ('"$@" 2>&-', "list", (0, LISTED, "")),
        ('"$@" 2>&-', "list --tag ZZ", (0, "", "")),
        ('"$@" 2>&-', "list --nope", (2, "", "")),
        ('"$@" <&-', "list", (0, LISTED, "")),
        ('"$@" <&-', "list --ledger -", (3, "", NO_INPUT)),
    ],
)
def test_closed(desk: Desk, script: str, argv: str, ended: tuple[int, str, str]) -> None:
    """A stream that was closed before the start costs only what would have gone through it."""
    assert desk.shell(script, *argv.split(), *AS_OF) == ended


@needs_full
@needs_shell
@pytest.mark.parametrize(
    "argv", ["", "list", "list --format csv", "show ECO-01", "--version", "--help", "list --help"]
)
def test_full(desk: Desk, argv: str) -> None:
    """Where there is no room for the answer, one sentence says so."""
    said = "pledges: error: can't write to standard output: No space left on device\n"
    assert desk.shell('"$@" >/dev/full', *argv.split()) == (7, "", said)


@needs_full
@needs_shell
@pytest.mark.parametrize(
    ("argv", "code"), [("list", 0), ("list --tag ZZ", 0), ("list --nope", 2), ("due", 0)]
)
def test_full_error(desk: Desk, argv: str, code: int) -> None:
    """Where there is no room for what is said, the exit code is still that of the answer."""
    assert desk.shell('"$@" 2>/dev/full >/dev/null', *argv.split()).code == code


@needs_shell
@needs_posix
@pytest.mark.parametrize("unbuffered", ["", "1"])
def test_no_room_half_way(many: Desk, tmp_path: Path, unbuffered: str) -> None:
    """An answer of which only a part could be written is a failure."""
    script = f'ulimit -f 8; "$@" >"{tmp_path}/out.txt"'
    code, _, err = many.shell(script, "list", PYTHONUNBUFFERED=unbuffered)
    assert (code, err) == (7, "pledges: error: can't write to standard output: File too large\n")


@needs_shell
@needs_posix
def test_old_file_intact(many: Desk, tmp_path: Path) -> None:
    """A file that can't be replaced whole keeps what it held, and a new one is not left behind."""
    old, new = tmp_path / "old.txt", tmp_path / "new.txt"
    old.write_text("what was there\n", encoding="utf-8")
    for path in (old, new):
        argv = ("list", "--force", "--output", str(path))
        assert many.shell('ulimit -f 8; "$@"', *argv).code == 7
    assert old.read_text(encoding="utf-8") == "what was there\n"
    assert not new.exists()


@needs_posix
def test_replaced_file_keeps_its_mode(desk: Desk) -> None:
    """A file that only its owner may read is still so once it is replaced."""
    report = desk.folder / "report.txt"
    report.write_text("old", encoding="utf-8")
    report.chmod(0o600)
    assert desk.run("list", "--force", "--output", "report.txt").code == 0
    assert report.read_text(encoding="utf-8") == desk.run("list").out
    assert report.stat().st_mode & 0o777 == 0o600


@needs_posix
@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root may do it")
def test_replaced_file_keeps_its_owner(desk: Desk) -> None:
    """A report that somebody else owns is still theirs once it is replaced."""
    report = desk.folder / "report.txt"
    report.write_text("old", encoding="utf-8")
    os.chown(report, 12345, 12346)
    assert desk("list", "--force", "--output", "report.txt").code == 0
    assert (report.stat().st_uid, report.stat().st_gid) == (12345, 12346)


@needs_posix
def test_read_only_output(desk: Desk) -> None:
    """A file that nobody may write is not replaced, by root either."""
    report = desk.folder / "report.txt"
    report.write_text("old", encoding="utf-8")
    report.chmod(0o444)
    said = "pledges: error: report.txt is read-only\n"
    hint = "  = hint: to allow changes: chmod u+w report.txt\n"
    assert desk("list", "--force", "--output", "report.txt") == (7, "", said + hint)
    assert report.read_text(encoding="utf-8") == "old"


def test_output_has_a_name_of_its_own(desk: Desk) -> None:
    """What another program writes at the same time, with the same process id, is left alone."""
    other = desk.folder / f".pledges-{os.getpid()}.new"
    other.write_text("theirs", encoding="utf-8")
    assert desk("list", "--output", "report.txt").code == 0
    assert other.read_text(encoding="utf-8") == "theirs"
    assert desk.files == [other.name, "commitments.toml", "report.txt"]


@needs_posix
def test_output_through_links(desk: Desk) -> None:
    """A link to a file stays a link; one that leads to itself is refused."""
    (desk.folder / "link.txt").symlink_to("report.txt")
    (desk.folder / "loop.txt").symlink_to("loop.txt")
    assert desk.run("list", "--output", "link.txt").code == 0
    assert (desk.folder / "link.txt").is_symlink()
    assert (desk.folder / "report.txt").is_file()
    assert desk.run("list", "--output", "loop.txt").code == 7
    assert (desk.folder / "loop.txt").is_symlink()


@needs_shell
@pytest.mark.skipif(not Path("/dev/stdout").exists(), reason="this system has no /dev/stdout")
def test_output_to_standard_output(desk: Desk) -> None:
    """The file that standard output goes to is written to and not replaced."""
    script = '("$@" --output /dev/stdout; echo behind) >out.txt && cat out.txt'
    assert desk.shell(script, "list").out == desk.run("list").out + "behind\n"
    assert desk.shell('"$@" --output /dev/stdout | cat', "list").out == desk.run("list").out


@needs_posix
def test_interrupted_writing(desk: Desk) -> None:
    """An interrupt while a file is written ends with 130, and leaves the old file and no other."""
    (desk.folder / "list.txt").write_text("old", encoding="utf-8")
    before = sorted(path.name for path in desk.folder.iterdir())
    argv = ("list", "--force", "--output", "list.txt")
    done = subprocess.run(
        [sys.executable, "-c", INTERRUPT_A_WRITE, *argv],
        cwd=desk.folder,
        env=desk.environment,
        capture_output=True,
        check=False,
    )
    assert (done.returncode, done.stdout, done.stderr) == (130, b"", b"")
    assert sorted(path.name for path in desk.folder.iterdir()) == before
    assert (desk.folder / "list.txt").read_text(encoding="utf-8") == "old"


@needs_posix
def test_ignored_interrupt(desk: Desk) -> None:
    """An interrupt that was ignored before the program began stays ignored, as under nohup."""
    code, out, _ = desk.command(sys.executable, "-c", IGNORE_INTERRUPTS, *PROGRAM, "list")
    assert (code, out) == (0, desk.run("list").out)


# On a terminal


def test_table(desk: Desk) -> None:
    """On a terminal the list is a table under a head, with colours, and the count beside it."""
    code, out, err = desk.on_terminal("list", *AS_OF, width=100)
    assert (code, bare(out), err) == (0, DRAWN, "2 pledges as of 22 Nov 2026.\n")
    assert "\x1b[1;31moverdue\x1b[0m" in out
    assert "\x1b[33mdue soon\x1b[0m" in out


@pytest.mark.parametrize("width", [60, 80, 100, 160])
@pytest.mark.parametrize("command", LINES)
def test_fits(command: str, width: int, shipped: Desk) -> None:
    """A page is no wider than its terminal but for addresses; only a picture's titles are cut."""
    code, out, _ = shipped.on_terminal(*command.split(), *AS_OF, width=width)
    assert code == 0
    assert "\x1b[" in out
    assert command == "timeline" or "\u2026" not in out
    for line in bare(out).splitlines():
        assert cell_len(line) <= width or line.startswith("https://")


@pytest.mark.parametrize("width", [60, 80, 100, 160])
def test_bars(width: int, shipped: Desk) -> None:
    """Progress is drawn at every width, with what it is drawn with told below."""
    out = bare(shipped.on_terminal("progress", *AS_OF, width=width).out)
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
def test_no_colour(desk: Desk, argv: str, environment: Mapping[str, str]) -> None:
    """The table is the same without colour, and no colour asked for comes before any forced."""
    plain = desk.on_terminal("list", *argv.split(), *AS_OF, **environment, width=100)
    assert plain.out == DRAWN


@pytest.mark.parametrize("environment", [{"NO_COLOR": ""}, {"CLICOLOR_FORCE": "0"}])
def test_colour(desk: Desk, environment: Mapping[str, str]) -> None:
    """A variable that says nothing changes nothing."""
    assert "\x1b[" in desk.on_terminal("list", *AS_OF, **environment, width=100).out


def test_colour_in_any_case(desk: Desk) -> None:
    """The words of ``--color`` can be written in any case."""
    shown = desk.on_terminal("list", "--color", "auto", *AS_OF, width=100).out
    assert "\x1b[" in shown
    assert desk.on_terminal("list", "--color", "Auto", *AS_OF, width=100).out == shown


def test_forced_colour(desk: Desk) -> None:
    """Colour that is forced comes in a pipe too, by the environment or by option."""
    forced = desk.run("list", *AS_OF, CLICOLOR_FORCE="1", COLUMNS="100")
    assert (forced.code, bare(forced.out)) == (0, DRAWN)
    assert "\x1b[1;31moverdue" in forced.out
    assert desk.run("list", "--color", "always", *AS_OF, COLUMNS="100").out == forced.out
    assert desk.run("list", *AS_OF, CLICOLOR_FORCE="0").out == LISTED


def test_width(desk: Desk) -> None:
    """COLUMNS comes before the width of the terminal, and --width before both."""
    narrow = desk.on_terminal("list", *AS_OF, width=40).out
    assert narrow != desk.on_terminal("list", *AS_OF, width=100).out
    assert desk.on_terminal("list", *AS_OF, COLUMNS="40", width=100).out == narrow
    assert desk.on_terminal("list", "--width", "40", *AS_OF, COLUMNS="90", width=100).out == narrow
    assert desk.on_terminal("list", *AS_OF, COLUMNS="wide", width=40).out == narrow


@pytest.mark.parametrize("command", [*LINES, "--help", "list --help"])
def test_ascii_terminal(desk: Desk, command: str) -> None:
    """A terminal without UTF-8 gets ASCII, whatever the ledger says."""
    options = [] if "--help" in command else AS_OF
    code, out, _ = desk.on_terminal(*command.split(), *options, LC_ALL="C", width=80)
    assert code == 0
    assert out.isascii()


def test_internal_on_terminal(desk: Desk) -> None:
    """An internal note shows in ``show`` on a terminal, and not in a pipe or file."""
    assert "Nội bộ" in desk.on_terminal("show", "ECO-01", *AS_OF, width=80).out
    assert "Nội bộ" not in desk.run("show", "ECO-01", *AS_OF).out
    assert "Nội bộ" not in desk.run("show", "ECO-01", *AS_OF, CLICOLOR_FORCE="1").out
    desk.on_terminal("show", "ECO-01", "--output", "one.md", *AS_OF, width=80)
    assert "Nội bộ" not in (desk.folder / "one.md").read_text(encoding="utf-8")
    assert "Nội bộ" not in desk.on_terminal("progress", "--all", *AS_OF, width=80).out


# Wherever it is called from


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("command", LINES)
def test_same_bytes(desk: Desk, tmp_path: Path, command: str, way: str, shipped: Desk) -> None:
    """The same ledger and as-of date give the same bytes in any folder, locale or hash seed."""
    below, other = desk.folder / "a" / "b", tmp_path / "other"
    below.mkdir(parents=True)
    other.mkdir()
    shutil.copy(desk.folder / "commitments.toml", other)
    argv = (*command.split(), *way.split())
    first = desk.run(*argv, *AS_OF, PYTHONHASHSEED="1")
    assert (first.code, first.err) == (0, "")
    desk.folder = below
    assert desk.run(*argv, *AS_OF, PYTHONHASHSEED="2", LC_ALL="C") == first
    elsewhere = {"LC_ALL": "POSIX", "PYTHONUTF8": "0", "PLEDGES_AS_OF": "2026-11-22"}
    ledger = str(other / "commitments.toml")
    assert shipped.run(*argv, PLEDGES_LEDGER=ledger, **elsewhere) == first


def test_any_locale(desk: Desk) -> None:
    """In a pipe the bytes are UTF-8 in every locale and whatever Python is told."""
    for environment in (
        {"LC_ALL": "en_US.ISO-8859-1"},
        {"LC_ALL": "", "LANG": ""},
        {"PYTHONIOENCODING": "ascii"},
        {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
    ):
        assert desk.installed("list", *AS_OF, **environment) == (0, LISTED, "")


@needs_posix
def test_empty_environment(desk: Desk) -> None:
    """Without any environment the answer is the same."""
    start = desk.start()._replace(environment={})
    assert finished(start, [*PROGRAM, "list", *AS_OF]) == (0, LISTED, "")


def test_environment(desk: Desk, many: Desk) -> None:
    """PLEDGES_LEDGER and PLEDGES_AS_OF stand in for their options, which come before them."""
    environment = {"PLEDGES_LEDGER": str(many.path), "PLEDGES_AS_OF": "2026-07-01"}
    assert len(desk.run("list", **environment).out.splitlines()) == MANY
    late = desk.run("list", "ECO-02", "--ledger", "commitments.toml", **environment).out
    assert "1 day late" in late
    argv = ("list", "--ledger", "commitments.toml", *AS_OF)
    assert desk.run(*argv, **environment).out == LISTED


def test_standard_input(desk: Desk) -> None:
    """A ledger that is piped in is answered like one in a file."""
    with started(desk, "list", "--ledger", "-", *AS_OF) as process:
        assert process.communicate(LEDGER.encode()) == (LISTED.encode(), b"")
    assert process.returncode == 0


def test_no_ledger(desk: Desk) -> None:
    """Above the root of a checkout no ledger is looked for."""
    desk.folder /= "checkout"
    (desk.folder / ".git").mkdir(parents=True)
    assert desk.run("list") == (3, "", NO_LEDGER)


@needs_shell
@needs_posix
def test_folder_gone(desk: Desk) -> None:
    """In a folder that was removed there is no ledger, and that is no bug."""
    gone = desk.folder / "gone"
    gone.mkdir()
    desk.folder = gone
    code, out, err = desk.shell(f'rmdir "{gone}"; "$@"', "list")
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
def test_output(desk: Desk, name: str, form: str) -> None:
    """A file gets what a pipe gets, in the format that its suffix names, and nothing is said."""
    assert desk.run("list", "--output", name, *AS_OF) == (0, "", "")
    piped = desk.run("list", "--format", form, *AS_OF).out
    assert (desk.folder / name).read_bytes().decode() == piped


def test_output_exists(desk: Desk) -> None:
    """A file that is there is replaced by force only."""
    path = desk.folder / "list.txt"
    path.write_text("what was there\n", encoding="utf-8")
    argv = ("list", "--output", "list.txt", *AS_OF)
    said = "pledges: error: list.txt exists\n  = hint: --force overwrites it\n"
    assert desk.run(*argv) == (7, "", said)
    assert path.read_text(encoding="utf-8") == "what was there\n"
    assert desk.run(*argv, "--force") == (0, "", "")
    assert path.read_bytes().decode() == LISTED


@pytest.mark.parametrize("name", ["commitments.toml", "./a/../commitments.toml", "link.txt"])
@pytest.mark.parametrize("force", [[], ["--force"]])
def test_output_is_ledger(desk: Desk, name: str, force: list[str]) -> None:
    """No answer replaces the ledger itself, by whatever name it goes."""
    (desk.folder / "a").mkdir()
    try:
        (desk.folder / "link.txt").symlink_to("commitments.toml")
    except OSError:
        pytest.skip("this system makes no links")
    code, out, err = desk.run("list", "--format", "text", "--output", name, *force, *AS_OF)
    assert (code, out) == (7, "")
    assert err.count("pledges: error: ") == 1
    assert (desk.folder / "commitments.toml").read_bytes().decode() == LEDGER


@pytest.mark.parametrize("name", ["missing/list.txt", "commitments.toml/list.txt", "shut/list.txt"])
def test_output_folder(desk: Desk, name: str) -> None:
    """Where no file can be made, one sentence says which and why."""
    shut = desk.folder / "shut"
    shut.mkdir(mode=0o500)
    if name.startswith("shut") and os.access(shut, os.W_OK):
        pytest.skip("nothing is shut to this user")
    code, out, err = desk.run("list", "--output", name, *AS_OF)
    assert (code, out) == (7, "")
    assert err.startswith(f"pledges: error: can't write {Path(name)}: ")
    assert err.count("\n") == 1


def test_quiet(desk: Desk) -> None:
    """With ``-q`` nothing is said about an answer, but an error still is."""
    assert desk.run("list", "--search", "ZZ", "-q", *AS_OF) == (0, "", "")
    assert desk.run("list", "--search", "ZZ", *AS_OF).err
    assert desk.run("list", "--quiet", "--output", "no/such.txt", *AS_OF).err
    assert desk.on_terminal("list", "-q", *AS_OF, width=80).err == ""


# Help


@pytest.mark.parametrize("argv", ["--help", "-h", *(f"{name} --help" for name in COMMANDS)])
def test_help(empty_desk: Desk, argv: str) -> None:
    """Help needs no ledger, is plain in a pipe, and fits a terminal."""
    code, out, err = empty_desk.run(*argv.split())
    assert (code, err) == (0, "")
    assert out.startswith("Usage: pledges ")
    assert out.isascii()
    assert "\x1b" not in out
    code, shown, err = empty_desk.on_terminal(*argv.split())
    assert (code, err) == (0, "")
    assert "Usage: " in bare(shown)
    assert max(map(cell_len, bare(shown).splitlines())) <= 80


def test_help_of_every_command(empty_desk: Desk) -> None:
    """The help names every command, and each of them has a help."""
    out = empty_desk.run("--help").out
    for name in COMMANDS:
        assert re.search(rf"^  {name} ", out, re.MULTILINE)
        assert empty_desk.run(name, "--help").code == 0


def test_version(empty_desk: Desk) -> None:
    """The version is one line."""
    assert empty_desk.run("--version") == (0, f"pledges {__version__}\n", "")
