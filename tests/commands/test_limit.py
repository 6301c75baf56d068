"""``--limit``: the first of a list, and how many are left out."""

import json

import pytest

from desk import Desk

COMMANDS = ("list", "list --group pillar", "progress --all", "due --within 9y", "log", "timeline")


def records(document: str) -> list[object]:
    """The records of a JSON answer."""
    answer = json.loads(document)
    return list(answer["entries" if "entries" in answer else "pledges"])


@pytest.mark.parametrize("command", COMMANDS)
def test_the_first(desk: Desk, command: str) -> None:
    """The first are listed, in every format, and standard error says how many are not."""
    whole = records(desk.line(command, "-f", "json").out)
    code, out, err = desk.line(command, "-f", "json", "--limit", "1")
    assert (code, records(out)) == (0, whole[:1])
    left = len(whole) - 1
    thing = (
        ("entry" if left == 1 else "entries") if command == "log" else "pledges"[: 6 + (left > 1)]
    )
    line = f"{left} {thing} {'is' if left == 1 else 'are'} left out; --limit lists 1."
    assert line in err.splitlines()
    assert "left out" not in desk.line(command, "--limit", "1", "-q").err


@pytest.mark.parametrize("command", COMMANDS)
def test_more_than_there_are(desk: Desk, command: str) -> None:
    """With a limit above what there is, nothing is left out or said."""
    assert desk.line(command, "--limit", "1000") == desk.line(command)


@pytest.mark.parametrize("limit", ["0", "-1"])
def test_not_one(desk: Desk, limit: str) -> None:
    """A limit is at least 1."""
    told = f"pledges: error: --limit must be at least 1, not {limit}\n"
    for command in COMMANDS:
        code, out, err = desk.line(command, "--limit", limit)
        assert (code, out, err) == (2, "", f"{told}  = hint: leave it out to list all\n")


def test_counts_are_of_all(desk: Desk) -> None:
    """The totals of progress and due are those of all pledges."""
    whole, cut = (json.loads(desk.line("progress -f json", *x).out) for x in ((), ("--limit", "1")))
    assert (cut["total"], cut["pillars"]) == (whole["total"], whole["pillars"])
    titles = [line for line in desk("due", "--within", "9y").out.splitlines() if "(" in line]
    assert titles[0] in desk("due", "--within", "9y", "--limit", "1").out.splitlines()
