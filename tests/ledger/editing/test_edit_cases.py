"""Edits of whole files, by every command that writes, as ``cases/edits`` has them.

A case is NAME.before.toml, NAME.after.toml, and NAME.txt with the command line, and behind it
everything that is printed.
"""

import shlex
from pathlib import Path
from typing import Final

import pytest

from desk import Desk, patched

CASES: Final = Path(__file__).parents[2] / "cases" / "edits"
NAMES: Final = sorted(path.stem for path in CASES.glob("*.txt"))

PIPED: Final = b'One line.\nAnd another: "quoted".\n'
"""What stands in standard input of every case."""


def case(name: str) -> tuple[list[str], str]:
    """The command line of a case, and what is to be printed."""
    line, _, printed = (CASES / f"{name}.txt").read_bytes().decode().partition("\n")
    return shlex.split(line.removeprefix("$ pledges ")), printed


def before(name: str) -> str:
    """The ledger of a case before its command."""
    return (CASES / f"{name}.before.toml").read_bytes().decode()


def after(name: str) -> str:
    """The ledger of a case behind its command."""
    return (CASES / f"{name}.after.toml").read_bytes().decode()


@pytest.mark.parametrize("name", NAMES)
def test_case(desk: Desk, name: str) -> None:
    """A command changes what it is about in the ledger, no other byte, and tells it."""
    desk.text = before(name)
    argv, printed = case(name)
    code, out, err = desk(*argv, stdin=PIPED)
    assert out + err == printed
    assert code == 0
    assert desk.text == after(name)


@pytest.mark.parametrize("name", NAMES)
def test_case_is_shown_first(desk: Desk, name: str) -> None:
    """With ``-n`` nothing is written, and the diff that is printed makes what would be."""
    desk.text = before(name)
    stamp = desk.stamp
    code, diff, _ = desk(*case(name)[0], "--dry-run", stdin=PIPED)
    assert code == 0
    assert desk.stamp == stamp
    assert patched(desk, diff) == after(name)


@pytest.mark.parametrize("name", NAMES)
def test_case_is_taken_back(desk: Desk, name: str) -> None:
    """``undo`` gives back every byte."""
    desk.text = before(name)
    desk(*case(name)[0], stdin=PIPED)
    assert desk("undo", "--yes").code == 0
    assert desk.text == before(name)


def test_every_case_is_whole() -> None:
    """There is no ledger before or after without its command."""
    stems = {path.name.split(".")[0] for path in CASES.iterdir()}
    assert sorted(stems) == NAMES
    assert len(list(CASES.iterdir())) == 3 * len(NAMES)
