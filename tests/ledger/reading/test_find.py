"""Finding the ledger and reading it: where it is looked for, and what is refused."""

import codecs
import json
import os
import sys
from pathlib import Path

import pytest

from desk import NAME, Desk
from pledges.errors import Exit, NoLedger
from pledges.ledger.reading.find import LARGEST_FILE, find_ledger
from program import PROGRAM, Ended, needs_fork, needs_shell
from samples import ONE_PLEDGE

SEEK = "change to its folder, give its path with --ledger, or create one: pledges init"
NOT_THERE = (
    f"pledges: error: there is no {NAME} in this folder or the folders above it\n  = hint: {SEEK}\n"
)


def a_text(pledge: str) -> str:
    """A sound ledger with one pledge of this id."""
    return ONE_PLEDGE.replace("ECO-01", pledge)


def write(path: Path, pledge: str) -> Path:
    """A sound ledger at ``path``, its folders made where they are missing."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(a_text(pledge).encode())
    return path


def ids(listed: Ended) -> list[str]:
    """The ids in the ledger that was read to list it as JSON."""
    assert listed.code == Exit.DONE
    return [each["id"] for each in json.loads(listed.out)["pledges"]]


@pytest.mark.parametrize(
    ("ledgers", "start", "git", "home", "found"),
    [
        (["a/b"], "a/b", None, None, "a/b"),
        (["a"], "a/b", None, None, "a"),
        ([""], "a/b/c", None, None, ""),
        (["a", "a/b"], "a/b/c", None, None, "a/b"),
        (["a/b"], "a", None, None, None),
        (["a/x"], "a/b", None, None, None),
        (["a"], "a/b/c", "a", None, "a"),
        (["a"], "a/b/c", "a/b", None, None),
        (["a"], "a/b/c", "a/b/c", None, None),
        (["a"], "a/b", "a/x", None, "a"),
        (["a"], "a/b/c", None, "a", "a"),
        (["a"], "a/b/c", None, "a/b", None),
        ([""], "a/b", None, "x", ""),
    ],
)
def test_the_nearest_ledger_above_is_found(  # noqa: PLR0913, PLR0917  (a row has six cells)
    ledgers: list[str],
    start: str,
    git: str | None,
    home: str | None,
    found: str | None,
    tmp_path: Path,
) -> None:
    """It lies here or above, no higher than the root of a git checkout or the home folder."""
    top = tmp_path / "top"
    for folder in (start, *ledgers):
        (top / folder).mkdir(parents=True, exist_ok=True)
    for folder in ledgers:
        write(top / folder / NAME, "ECO-01")
    if git is not None:
        (top / git / ".git").mkdir(parents=True)
    (tmp_path / ".git").mkdir()
    home_path = top / home if home is not None else None
    if found is None:
        with pytest.raises(NoLedger):
            find_ledger(top / start, home_path)
    else:
        assert find_ledger(top / start, home_path) == top / found / NAME


def test_a_git_worktree_ends_the_search(tmp_path: Path) -> None:
    """The root of a worktree or submodule, where .git is a file, ends the search too."""
    write(tmp_path / NAME, "ECO-01")
    (tmp_path / "work" / "deep").mkdir(parents=True)
    (tmp_path / "work" / ".git").write_text("gitdir: elsewhere\n", encoding="utf-8")
    with pytest.raises(NoLedger):
        find_ledger(tmp_path / "work" / "deep", None)


def test_a_ledger_above_the_current_folder_is_read(desk: Desk) -> None:
    """Without an option it is the nearest commitments.toml that is read."""
    desk.text = a_text("ABOVE")
    desk.folder /= "deep/down"
    desk.folder.mkdir(parents=True)
    assert ids(desk("list", "--format", "json")) == ["ABOVE"]


def test_no_ledger_is_told(tmp_path: Path) -> None:
    """Where there is no ledger up to the home folder, it is said how to name one."""
    write(tmp_path / NAME, "OUTSIDE")
    home = Desk(tmp_path, None, home="desk")
    home.folder /= "work"
    home.folder.mkdir()
    assert home("list") == (Exit.NO_LEDGER, "", NOT_THERE)


def test_the_option_beats_the_environment_and_that_the_folder(desk: Desk) -> None:
    """--ledger is taken first, then PLEDGES_LEDGER, then the folder's own."""
    desk.text = a_text("FOLDER")
    by_environment = write(desk.place / "environment.toml", "ENVIRONMENT")
    by_option = write(desk.place / "option.toml", "OPTION")
    assert ids(desk("list", "--format", "json")) == ["FOLDER"]
    desk.environment["PLEDGES_LEDGER"] = str(by_environment)
    assert ids(desk("list", "--format", "json")) == ["ENVIRONMENT"]
    assert ids(desk("list", "--format", "json", "--ledger", str(by_option))) == ["OPTION"]


def test_a_dash_is_standard_input(desk: Desk) -> None:
    """With --ledger - the ledger is read from standard input, in UTF-8 whatever the locale."""
    piped = a_text("PIPED").encode()
    assert ids(desk("list", "--format", "json", "--ledger", "-", stdin=piped)) == ["PIPED"]


def test_faults_of_standard_input_name_it(desk: Desk) -> None:
    """A fault of a piped ledger stands in the file <stdin>."""
    assert desk("list", "--ledger", "-", stdin=b"[plan]\ntitle = 7\n") == (
        Exit.FAULTS,
        "",
        (
            "<stdin>:2:9: error[type]: text must be in quotes\n"
            "  |\n"
            "2 | title = 7\n"
            "  |         ^\n"
            '  = hint: write "7"\n'
            "\n"
            "1 error in <stdin>; nothing was read\n"
        ),
    )


def test_a_closed_standard_input_is_refused(desk: Desk) -> None:
    """Where standard input is closed, as under some schedulers, that is said."""
    assert desk("list", "--ledger", "-", stdin=None) == (
        Exit.NO_LEDGER,
        "",
        (
            "pledges: error: standard input is closed\n"
            "  = hint: pipe a ledger into the command, or leave out --ledger -\n"
        ),
    )


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(ONE_PLEDGE.encode(), id="LF"),
        pytest.param(ONE_PLEDGE.replace("\n", "\r\n").encode(), id="CRLF"),
        pytest.param(codecs.BOM_UTF8 + ONE_PLEDGE.encode(), id="mark"),
        pytest.param(ONE_PLEDGE.rstrip().encode(), id="no last line end"),
        pytest.param(
            codecs.BOM_UTF8 + ONE_PLEDGE.replace("\n", "\r\n").encode(), id="mark and CRLF"
        ),
    ],
)
def test_what_editors_write_is_read(content: bytes, desk: Desk) -> None:
    """A byte order mark and CRLF line ends change nothing of what is read."""
    desk.path.write_bytes(content)
    assert ids(desk("list", "--format", "json")) == ["ECO-01"]


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (
            b'[plan]\ntitle = "K\xea ho\xa1ch"\n',
            (
                f"{NAME}:2:11: error[encoding]: byte 0xea is not valid UTF-8\n"
                "  |\n"
                '2 | title = "K\ufffd ho\ufffdch"\n'
                "  |           ^\n"
                "  = hint: save the file as UTF-8\n"
            ),
        ),
        (
            '[plan]\r\ntitle = "Đường '.encode() + b'\xf0n"\r\n',
            (
                f"{NAME}:2:16: error[encoding]: byte 0xf0 is not valid UTF-8\n"
                "  |\n"
                '2 | title = "Đường \ufffdn"\n'
                "  |                ^\n"
                "  = hint: save the file as UTF-8\n"
            ),
        ),
        (
            '[plan]\ntitle = "Đườ'.encode()[:-1],
            (
                f"{NAME}:2:12: error[encoding]: byte 0xe1 is not valid UTF-8\n"
                "  |\n"
                '2 | title = "Đư\ufffd\n'
                "  |            ^\n"
                "  = hint: save the file as UTF-8\n"
            ),
        ),
    ],
    ids=["legacy code page", "behind accents", "cut short"],
)
def test_what_is_not_utf_8_is_placed(content: bytes, told: str, desk: Desk) -> None:
    """The first byte that is no UTF-8 is told with its line and column."""
    desk.path.write_bytes(content)
    told = f"{told}\n1 error in {NAME}; nothing was read\n"
    assert desk("list", "--ledger", NAME) == (Exit.FAULTS, "", told)


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf_16_is_named(encoding: str, desk: Desk) -> None:
    """A file that an editor saved as "Unicode" is said to be UTF-16."""
    desk.path.write_bytes(("\ufeff" + ONE_PLEDGE).encode(encoding))
    code, out, told = desk("list")
    assert (code, out) == (Exit.FAULTS, "")
    assert ":1:1: error[encoding]: this file is UTF-16\n" in told
    assert "= hint: save the file as UTF-8\n" in told


@pytest.mark.parametrize(
    ("given", "told"),
    [
        (
            "folder",
            (
                "folder is a folder\n"
                "  = hint: give the path of the file in it: folder/commitments.toml\n"
            ),
        ),
        ("absent.toml", "absent.toml does not exist\n  = hint: check the path\n"),
        ("no/such.toml", "no/such.toml does not exist\n  = hint: check the path\n"),
        ("with\0nul.toml", "'with\\x00nul.toml' can't be the name of a file\n"),
        ("file.toml/x.toml", "can't read file.toml/x.toml: Not a directory\n"),
    ],
    ids=["folder", "absent", "no such folder", "NUL", "below a file"],
)
@pytest.mark.skipif(os.sep != "/", reason="paths and reasons are spelt otherwise there")
def test_what_is_no_file_is_refused(given: str, told: str, desk: Desk) -> None:
    """A path that leads to no readable file is named as it was given, with what is wrong."""
    (desk.folder / "folder").mkdir()
    write(desk.folder / "file.toml", "ECO-01")
    refused = desk("list", "--ledger", given)
    assert refused == (Exit.NO_LEDGER, "", f"pledges: error: {told}")


def test_a_very_large_file_is_refused(desk: Desk) -> None:
    """A file over 64 MiB is refused before anything in it is looked at."""
    os.truncate(desk.path, LARGEST_FILE + 1)
    assert desk("list", "--ledger", NAME) == (
        Exit.NO_LEDGER,
        "",
        (
            f"pledges: error: {NAME} is larger than 64 MiB\n"
            "  = hint: see that this is the right file\n"
        ),
    )


def test_a_file_without_permission_is_refused(desk: Desk) -> None:
    """A ledger that this user may not read is no ledger for them."""
    desk.path.chmod(0)
    if os.access(desk.path, os.R_OK):
        pytest.skip("this user may read everything")
    assert desk("list", "--ledger", NAME) == (
        Exit.NO_LEDGER,
        "",
        f"pledges: error: {NAME} may not be read\n  = hint: ask for permission to read it\n",
    )


@needs_shell
def test_a_removed_current_folder_is_no_bug(desk: Desk) -> None:
    """In a folder that was removed meanwhile there is no ledger; a full path is still read."""
    remove_it = 'mkdir gone && cd gone && rmdir ../gone && exec "$@"'
    named = ("--ledger", str(write(desk.path, "ECO-01")))
    assert ids(desk.shell(remove_it, "list", "--format", "json", *named)) == ["ECO-01"]
    code, out, _ = desk.shell(remove_it, "list")
    assert (code, out) == (Exit.NO_LEDGER, "")


def test_a_path_below_the_current_folder_is_told_relative(desk: Desk) -> None:
    """A fault's file is told as it is best typed from here."""
    desk.text = ""
    for folder, shown in ((desk.place, Path("desk") / NAME), (desk.folder, NAME)):
        desk.folder = folder
        code, out, told = desk("list", "--ledger", str(desk.path))
        assert (code, out) == (Exit.FAULTS, "")
        assert told.startswith(f"{shown}:1:1: error[missing]")


GONE = """
import os, pty, sys

os.mkdir("gone")
os.chdir("gone")
os.rmdir("../gone")
sys.exit(os.waitstatus_to_exitcode(pty.spawn(sys.argv[1:])))
"""
"""A command on a terminal, in a folder that was removed."""


@needs_fork
def test_the_overview_in_a_removed_folder(desk: Desk) -> None:
    """A ledger that is given by its whole path is read in a folder that no longer exists."""
    command = (sys.executable, "-c", GONE, *PROGRAM, "--ledger", str(desk.path))
    code, out, _ = desk.command(*command)
    assert "Plan of Action" in out
    assert code == 0
