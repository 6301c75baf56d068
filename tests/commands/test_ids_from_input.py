"""Ids from standard input, one per line, for every command that takes ids."""

import pytest

from desk import Desk

LINES = b"""\xef\xbb\xbf# those of the visit

  ECO-02
ENE-01 # asked for
"""


@pytest.mark.parametrize("command", ["list -", "show -", "due - --within 9y", "log -", "report -"])
def test_read(desk: Desk, command: str) -> None:
    """They are read in the place of ``-``; blank lines and comments are left out."""
    named = desk.line(command.replace("-", "ECO-02 ENE-01", 1), "--format", "json")
    assert desk.line(command, "--format", "json", stdin=LINES) == named
    assert named.code == 0


@pytest.mark.parametrize("command", ["update", "set"])
def test_written(desk: Desk, command: str) -> None:
    """A command that writes takes them too."""
    option = ("--note", "Called.") if command == "update" else ("--lead", "MFA")
    code, out, _ = desk(command, "-", *option, "--dry-run", stdin=LINES)
    wanted = desk(command, "ECO-02", "ENE-01", *option, "--dry-run").out
    assert (code, out) == (0, wanted)
    assert out.count("@@") >= len(("one", "two"))


def test_none(desk: Desk) -> None:
    """Without any id nothing is found, and nothing is written: not everything."""
    total = len(desk("list", "--columns", "id", "--format", "csv").out.split()) - 1
    nothing = f"No pledge matches ({total} as of 22 Nov 2026).\n"
    assert desk("list", "-") == (0, "", nothing)
    assert desk("update", "-", "--note", "x", "--yes") == (0, "", nothing)
    assert desk("update", "-", "--pillar", "economy", "--note", "x", "--yes").code == 2
    assert desk("show", "-").code == 2
    assert desk("set", "-", "--lead", "MFA").code == 2


@pytest.mark.parametrize(
    "line", ["list - -", "list - --ledger -", "update - --note -", "show - --ledger -"]
)
def test_read_twice(desk: Desk, line: str) -> None:
    """Standard input is read once: for ids, a ledger or a note."""
    told = (
        "pledges: error: standard input can be read only once\n  = hint: give - in one place only\n"
    )
    assert desk.line(line) == (2, "", told)


def test_not_readable(desk: Desk) -> None:
    """What is not UTF-8 is refused, and so is a closed stream."""
    assert desk("list", "-", stdin=b"\xff").code == 2
    assert desk("list", "-", stdin=None).code == 2
