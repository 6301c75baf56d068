"""A hint can be copied: its commands are about the ledger that the user named."""

import re
from typing import Final

import pytest

from desk import Desk
from everything import options
from pledges.cli import COMMANDS
from pledges.own_commands import CHANGING, OVERVIEW, READING, ledgers_in, with_ledger
from samples import SMALL_PLAN

OTHER: Final = ("--ledger", "a plan.toml")

SAID: Final = """
to see all: pledges list
to see all: pledges list --ledger 'a plan.toml'

to move it: pledges update A-1 --due 2027 --why '...'; to correct it: pledges edit A-1
to move it: pledges update --ledger 'a plan.toml' A-1 --due 2027 --why '...'; {}

The ledger has no pledges yet. To add the first: pledges add
The ledger has no pledges yet. To add the first: pledges add --ledger 'a plan.toml'

did you mean: pledges list --sort due --ledger x
did you mean: pledges list --sort due --ledger x

for its options: pledges list --help
for its options: pledges list --help

pledges list, pledges due and pledges log have it
pledges list, pledges due and pledges log have it

give a list of pledges, as pledges list --format json writes it
give a list of pledges, as pledges list --format json writes it
""".format("to correct it: pledges edit --ledger 'a plan.toml' A-1")


def test_commands() -> None:
    """Every command that takes a ledger is known to do so, and no other is."""
    taking = {each for each in (*COMMANDS, OVERVIEW) if takes_ledger(each)}
    assert {*READING, *CHANGING} == taking


def takes_ledger(command: str) -> bool:
    """Whether a command has the option for a ledger."""
    return any("--ledger" in each.opts for each in options(command))


@pytest.mark.parametrize("case", SAID.strip().split("\n\n"))
def test_with_ledger(case: str) -> None:
    """Each command to type gets the ledger, unless it has one; words about commands do not."""
    hint, completed = case.split("\n")
    assert with_ledger(hint, ["a plan.toml"]) == completed
    assert with_ledger(hint, []) == hint


@pytest.mark.parametrize("named", [["a.toml", "b.toml"], ["*.toml"], ["-"]])
def test_not_one_file(named: list[str]) -> None:
    """A command that changes one ledger is left out if none is known."""
    assert with_ledger("to add one: pledges add; see the list", named) == "see the list"
    assert with_ledger("It is empty. To add one: pledges add", named) == "It is empty."
    assert with_ledger("to add one: pledges add", named) == ""
    assert with_ledger("to see it: pledges show A-1", named).startswith(
        "to see it: pledges show --ledger "
    )


def test_ledgers_in() -> None:
    """The ledgers of a command line are those of its options."""
    assert ledgers_in(["list", *OTHER, "--ledger=b", "--", "--ledger", "c"]) == [OTHER[1], "b"]


LINES: Final = (
    *("", "due", "timeline", "list ECO-99", "show ECO-99", "check", "list --overdue list"),
    *("update ECO-99 --note x", "set ECO-01 --note x", "remove ECO-99", "correct ECO-01 9"),
    *("add --title x --id ECO-01 --pillar economy", "update ECO-01 --note x -q", "undo --yes"),
    *("redo --yes", "import none.csv", "edit", "check --fix --dry-run", "log nothing"),
)


@pytest.mark.parametrize("line", LINES)
def test_other_ledger(line: str, desk: Desk) -> None:
    """Whatever a command says next, with another ledger it says it of that one."""
    (desk.folder / OTHER[1]).write_text(SMALL_PLAN.replace("ECO-02", "ECO-2 "))
    desk.path.unlink()
    _, out, err = desk(*line.split(), *OTHER)
    commands = re.findall(rf"[:,] (pledges (?:{'|'.join((*READING, *CHANGING))})\b.*)", out + err)
    assert all("--ledger 'a plan.toml'" in each for each in commands), commands
