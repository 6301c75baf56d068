"""Entries that are dated after today are left out, and every reading command says so."""

import sys
from pathlib import Path

import pytest

from desk import Desk
from everything import lines
from samples import holding

ASK_OF_THE_FUTURE = '\n[[pledge.ask]]\nwhat = "Who pays?"\ndate = 9026-11-02\n'
SETTLED = """
[[pledge.claim]]
due = "2031"
source = "vov"
settled = 9026-01-01

[[pledge.ask]]
what = "Who pays?"
date = 2026-01-01
settled = 9026-01-01
"""
LATER = "after today; it is left out until then"
UPDATE = '\n[[pledge.update]]\ndate = 9026-01-12\nstatus = "completed"\n'
TOLD = "commitments.toml:{}: the update of {} is dated 12 Jan 9026, " + LATER + "\n"


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """A desk where nobody says which day it is."""
    desk = Desk(tmp_path)
    del desk.environment["PLEDGES_AS_OF"]
    return desk


def line_of(text: str, words: str) -> int:
    """The line of a text that holds these words first."""
    return text[: text.index(words)].count("\n") + 1


@pytest.mark.parametrize("line", lines("ECO-01"))
@pytest.mark.parametrize("quiet", ["", "-q"])
def test_every_reading_command_says_so(desk: Desk, line: str, quiet: str) -> None:
    """An update dated after today is told with its place, with ``--quiet`` too."""
    desk.text = holding({"ECO-01": UPDATE})
    told = TOLD.format(line_of(desk.text, "9026-01-12"), "ECO-01")
    ended = desk.line(line, *quiet.split())
    assert (ended.code, told in ended.err, "9026" in ended.out) == (0, True, False)


@pytest.mark.parametrize(
    ("key", "block", "told"),
    [
        (
            "ECO-01",
            ASK_OF_THE_FUTURE,
            f"the decision asked for ECO-01 is dated 2 Nov 9026, {LATER}",
        ),
        (
            "sources",
            '\n[sources.typo]\ntitle = "T"\ndate = "9026-03"\n',
            (
                "the source typo is dated Mar 9026, after today; "
                "entries that cite it are left out until then"
            ),
        ),
        (
            "PPL-03",
            '\n[[pledge]]\nid = "PPL-04"\ntitle = "T"\npillar = "people"\nmade = 9026-01-01\n',
            f"the pledge PPL-04 is dated 1 Jan 9026, {LATER}",
        ),
    ],
)
def test_kinds(desk: Desk, key: str, block: str, told: str) -> None:
    """Asks, sources and pledges are told as updates are."""
    desk.text = holding({key: block})
    line = line_of(desk.text, "9026-")
    assert desk("list").err == f"commitments.toml:{line}: {told}\n"


def test_what_is_settled_later_is_open(desk: Desk) -> None:
    """A claim or decision that is settled after today is open until then, and that is said."""
    desk.text = holding({"ECO-02": SETTLED})
    claim, ask = (at for at, x in enumerate(desk.text.splitlines(), 1) if "settled = 9026" in x)
    assert desk("list").err == (
        f"commitments.toml:{claim}: the settlement of a claim of ECO-02 is dated 1 Jan 9026, after "
        "today; the claim is open until then\n"
        f"commitments.toml:{ask}: the settlement of a decision for ECO-02 is dated 1 Jan 9026, "
        "after today; it is open until then\n"
    )


def test_many(desk: Desk) -> None:
    """Ten are listed, the others counted."""
    desk.text = holding({"ECO-01": UPDATE * 11})
    lines = desk("list").err.splitlines()
    assert (len(lines), lines[-1]) == (11, "1 more entry is dated after today")
    desk.text = holding({"ECO-01": UPDATE * 13})
    assert desk("list").err.endswith("\n3 more entries are dated after today\n")


@pytest.mark.parametrize("given", ["--as-of 2026-11-22", "--as-of today"])
def test_as_of(desk: Desk, given: str) -> None:
    """A user who gives the day knows that what is later is left out."""
    desk.text = holding({"ECO-01": UPDATE})
    assert desk.line(f"list {given}").err == ""
    desk.environment["PLEDGES_AS_OF"] = "2026-11-22"
    assert desk("list").err == ""


def test_standard_input(desk: Desk) -> None:
    """A ledger on standard input is named as its faults name it."""
    text = holding({"ECO-01": UPDATE})
    told = TOLD.format(line_of(text, "9026-01-12"), "ECO-01").replace("commitments.toml", "<stdin>")
    assert desk("list", "--ledger", "-", stdin=text.encode()).err == told


def test_path(desk: Desk) -> None:
    """A ledger is named by the path that leads there, so that an editor can follow."""
    (desk.folder / "sub").mkdir()
    (desk.folder / "sub" / "x.toml").write_text(holding({"ECO-01": UPDATE}), encoding="utf-8")
    assert desk("list", "--ledger", "sub/x.toml").err.startswith(str(Path("sub", "x.toml:")))


ASK_MODULES = """
import sys
from pledges.cli import main
main(["list"])
print("pledges.ledger.text.scan" in sys.modules)
"""


@pytest.mark.parametrize("block", ["", UPDATE])
def test_without_any_nothing_is_looked_for(desk: Desk, block: str) -> None:
    """Places are only looked for if there is anything to place."""
    desk.text = holding({"ECO-01": block})
    out = desk.command(sys.executable, "-c", ASK_MODULES).out
    assert out.splitlines()[-1] == str(bool(block))
