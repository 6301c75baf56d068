"""A command line that is refused is met with the one that was meant, whole, or with none."""

import json
import re
import shlex
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from typer.core import TyperOption

from desk import Desk
from nightly import number
from pledges.cli import COMMANDS
from pledges.commands._meant import OTHER_COMMANDS
from pledges.errors import Exit
from test_help import LIBRARY

MEANT: Final = """
--ledger x list --limit 2
pledges list --ledger x --limit 2

--pillar energy list
pledges list --pillar energy

list --due 2026
pledges list --due-by 2026

list --deadline=2026 --json
pledges list --due-by 2026 --format json

list --owner VN --csv
pledges list --party VN --format csv

list --file x
pledges list --ledger x

check commitments.toml
pledges check --ledger commitments.toml

show ECO-01 commitments.toml
pledges show ECO-01 --ledger commitments.toml

lst --overdue
pledges list --overdue

--overdue list
pledges list --overdue

--ledger x list --party 'Viet Nam'
pledges list --ledger x --party 'Viet Nam'

--overdue --party VN list ECO-02
pledges list --overdue --party VN ECO-02

'list --overdue'
pledges list --overdue

"list --search 'a b' overdue"
pledges list --search 'a b' --overdue

list overdue
pledges list --overdue

list Overdue party VN
pledges list --overdue --party VN

list -overdue
pledges list --overdue

list \u2013overdue
pledges list --overdue

list \u2014due_by 2027
pledges list --due-by 2027

list -ledger x
pledges list --ledger x

list --ovedue --search 'a b' -fcsv
pledges list --overdue --search 'a b' -fcsv

list format=json
pledges list --format=json

list --search overdue open
pledges list --search overdue --open

list help
pledges list --help

report since -7d
pledges report --since -7d

due within 90d
pledges due --within 90d

progress --lead "it's" all
pledges progress --lead 'it'"'"'s' --all

update ECO-02 status completed
pledges update ECO-02 --status completed

set ECO-02 lead X
pledges set ECO-02 --lead X

undo list
pledges undo --list

version
pledges --version

--lodger x
pledges --ledger x
"""

HINTS: Final = {
    "set ECO-01 --status completed": "pledges update has it: pledges update ECO-01 --status "
    "completed",
    "update ECO-01 --title x": "pledges set has it: pledges set ECO-01 --title x",
    "correct ECO-01 1 --title x": "pledges set and pledges add have it",
    "add --title x --status completed": "pledges update has it",
    "due --columns id": "pledges list has it: pledges list --columns id",
    "list --within 90d": "pledges due and pledges report have it",
    "--overdue": "write a command first, for example: pledges list --overdue",
    "overdue": "write a command first, for example: pledges list --overdue",
    "ECO-02": "to show a pledge: pledges show ECO-02",
}
UNKNOWN: Final = (
    "--pillar due list",  # two commands, each the value of the filter as well
    "list --overdu=x",
    "list --ovedue \x1b]0;x\x07",  # what can't be copied from a terminal
    "list --ovedue --limit ten",
    "list -x",
    "show ECO-99",
    "list -- overdue",
    "nonsense --overdue",
    " ",
    "'",
    "list --note x",  # only commands that write have it
    "-",
)


@pytest.mark.parametrize("block", MEANT.strip().split("\n\n"))
def test_meant(desk: Desk, block: str) -> None:
    """The whole line is given as it can be copied into a shell, in JSON too."""
    typed, line = block.split("\n")
    code, out, err = desk.line(typed)
    assert (out, err.splitlines()[-1]) == ("", f"  = hint: did you mean: {line}")
    assert code in (Exit.USAGE, Exit.NO_PLEDGE)
    meant = desk(*shlex.split(line)[1:])
    assert "did you mean" not in meant.err


def test_meant_in_json(desk: Desk) -> None:
    """To scripts the line is given in JSON."""
    err = desk.line("list --ovedue --party 'Viet Nam' --format json").err
    line = "pledges list --overdue --party 'Viet Nam' --format json"
    assert json.loads(err)["hint"] == f"did you mean: {line}"


@pytest.mark.parametrize(("typed", "hint"), HINTS.items())
def test_others(desk: Desk, typed: str, hint: str) -> None:
    """Where another command has the option, or no command is given, the hint says which."""
    assert desk.line(typed).err.splitlines()[-1] == f"  = hint: {hint}"


@pytest.mark.parametrize("typed", UNKNOWN)
def test_unknown(desk: Desk, typed: str) -> None:
    """No line is given that may be another than the one that was meant."""
    code, out, err = desk(*typed.split(" "))
    assert code in (Exit.USAGE, Exit.NO_PLEDGE)
    assert (out, "did you mean: " in err) == ("", False)


WORDS: Final = (
    *(*COMMANDS[:8], "update", "lst", "ECO-01", "VN", "status", "overdue", "party=VN", "x y"),
    *("--overdue", "-overdue", "--ovedue", "--party", "--status=x", "-o", "-", "--"),
    *("", " ", "'", "\x1b"),
)
"""What people type, as it is, as a slip of it, and in the wrong place."""


@settings(max_examples=number(40, 1500), deadline=None)
@given(st.lists(st.sampled_from(WORDS), max_size=5))
def test_a_line_that_is_meant_can_be_read(words: list[str]) -> None:
    """Whatever is typed is no bug, and what is offered instead has no wrong option or word."""
    with TemporaryDirectory() as folder:
        desk = Desk(Path(folder))
        code, _, err = desk(*words)
        assert code != Exit.BUG
        if found := re.search("did you mean: pledges ?(.*)", err):
            again = desk(*shlex.split(found[1])).err
            assert not re.search("no option|no command|not expected|did you mean: ", again)


@pytest.mark.parametrize("name", COMMANDS)
def test_options_before_any_command(desk: Desk, name: str) -> None:
    """Whatever the command, an option that is before it is put after it."""
    options = [each for each in LIBRARY.command(name)[0].params if isinstance(each, TyperOption)]
    flag = next(max(each.opts, key=len) for each in options if each.is_flag)
    ids = dict.fromkeys(("show", "set", "correct", "remove"), " ECO-01")
    rest = {**ids, "import": " x.csv", "completion": " bash"}.get(name, "")
    hint = desk.line(f"{flag} {name}{rest}").err.splitlines()[-1]
    assert hint == f"  = hint: did you mean: pledges {name} {flag}{rest}"


def test_a_value_may_look_like_an_option(desk: Desk) -> None:
    """What follows an option that takes a value is its value."""
    assert desk.line("list --search -overdue").code == Exit.DONE
    assert desk.line("list -o -overdue") == (Exit.DONE, "", "")
    assert desk.files == ["-overdue", "commitments.toml"]


def test_no_file_is_written_by_mistake(desk: Desk) -> None:
    """``-overdue`` is not the option ``-o`` with the file ``verdue``."""
    assert desk.line("list -overdue").code == desk.line("-overdue").code == Exit.USAGE
    assert desk.files == ["commitments.toml"]


@pytest.mark.parametrize("line", ["--ledger x list --limit 2", "--pillar energy list"])
def test_command_first(line: str, desk: Desk) -> None:
    """Who writes options before the command is told the order, and the whole line."""
    code, _, err = desk.line(line)
    assert code == Exit.USAGE
    assert err.startswith("pledges: error: the command comes first, then its options\n")


@pytest.mark.parametrize("word", OTHER_COMMANDS)
def test_other_commands(word: str, desk: Desk) -> None:
    """What other programs call a command leads to the one that does it here."""
    hint = OTHER_COMMANDS[word]
    assert desk(word) == (
        Exit.USAGE,
        "",
        f"pledges: error: there is no command {word!r}\n  = hint: {hint}\n",
    )
    assert word not in COMMANDS
    _, command, *_ = hint.partition(": ")[2].split()
    assert command in COMMANDS


def test_help_first(desk: Desk) -> None:
    """The option for help may come before the command."""
    assert desk("--help", "list") == desk("list", "--help")


def test_json_errors_by_format_only(desk: Desk) -> None:
    """An error is JSON only if --format says so: a suffix is about the answer."""
    (desk.folder / "x.json").touch()
    said = "pledges: error: x.json exists\n  = hint: --force overwrites it\n"
    assert desk("list", "-o", "x.json") == (Exit.CANNOT_WRITE, "", said)
    assert json.loads(desk("list", "-o", "x.json", "-f", "json").err)["code"] == "cannot-write"
