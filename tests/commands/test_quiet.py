"""With ``-q`` a command that writes prints nothing, unless something is wrong or was asked for."""

from pathlib import Path
from typing import Final

import pytest

from desk import Desk
from everything import WRITING

LINES: Final = {
    "update": "ECO-01 --note x",
    "add": "--title T --pillar economy",
    "set": "ECO-01 --lead Ministry --yes",
    "correct": "ECO-01 1 --note x",
    "remove": "ECO-01 1 --yes",
    "edit": "",
    "undo": "--yes",
    "redo": "--yes",
    "import": "register.csv",
    "init": "--ledger new.toml",
}
"""How each command writes."""


@pytest.mark.parametrize("command", WRITING)
def test_quiet(desk: Desk, command: str) -> None:
    """Nothing is printed when all went well."""
    desk.environment["VISUAL"] = "sed -i s/Exchange/Send/"
    (desk.folder / "register.csv").write_text("id,title,pillar\nECO-77,Trade,economy\n")
    for act in ("update ECO-01 --note First.", "update ECO-01 --note Second.", "undo --yes"):
        assert desk.line(act).code == 0
    before = desk.files, desk.text
    assert desk.line(f"{command} {LINES[command]} -q") == (0, "", "")
    assert (desk.files, desk.text) != before


@pytest.mark.parametrize("command", ["update", "add", "set", "correct"])
def test_asked_for(desk: Desk, command: str) -> None:
    """A format that is named, and the diff of ``-n``, are printed."""
    line = f"{command} {LINES[command]} -q"
    shown = desk.line(f"{line} -n")
    assert (shown.code, shown.err) == (0, "")
    assert shown.out.startswith("--- a/")
    assert desk.line(f"{line} --format json").out.startswith("{")


def test_error(desk: Desk) -> None:
    """An error is reported."""
    assert desk.line("update NOPE --note x -q").err.startswith("pledges: error: ")


@pytest.mark.parametrize("variable", ["", "PLEDGES_LEDGER"])
def test_home_folder(desk: Desk, variable: str) -> None:
    """A leading ``~`` is the home folder, in ``--ledger`` and PLEDGES_LEDGER."""
    home = Path(desk.environment["HOME"])
    home.mkdir(exist_ok=True)
    moved = desk.path.rename(home / "plan.toml")
    if variable:
        desk.environment[variable] = "~/plan.toml"
    option = "" if variable else " --ledger=~/plan.toml"
    assert desk.line(f"list{option}").code == 0
    ended = desk.line(f"update ECO-01 --note x{option}")
    assert (ended.code, f"Written to {moved}." in ended.err) == (0, True)
    assert desk.line(f"undo --yes{option}").code == 0
    moved.unlink()
    assert desk.line(f"init{option}").code == 0
    assert moved.exists()


def test_way_to_the_ledger(desk: Desk) -> None:
    """A write names the path that leads to the ledger from here, not only its name."""
    (desk.folder / "plans").mkdir()
    desk.path.rename(desk.folder / "plans" / "x.toml")
    path = Path("plans", "x.toml")
    ended = desk("update", "ECO-01", "--note", "x", "--ledger", str(path))
    assert ended.err == f"Written to {path}. To undo this: pledges undo --ledger {path}\n"
