"""What holds for every command that writes pledges: links, modes, faults, and what scripts get."""

import json
import shlex
import sys
from typing import Final

import pytest

from desk import WRITTEN, Desk
from samples import SMALL_PLAN

WRITES: Final = (
    "update ECO-01 --note 'All met.'",
    "update ECO-02 --settle 1",
    "update ECO-01 --claim-due 2027 --source vov",
    "add --title 'Open a school' --pillar people",
    "set ECO-01 --lead MPI",
    "set ECO-01 --id ECO-09 --pillar energy",
    "set ECO-02 --clear measure-source --clear baseline-date",
    "correct ECO-02 1 --value 2",
    "correct ECO-02 --ask 2 --clear ask-by",
    "remove ECO-01 1 --yes",
    "remove PPL-02 --yes",
)
"""A line for each kind of change; each changes something of the small plan."""

writes = pytest.mark.parametrize("line", WRITES)
posix = pytest.mark.skipif(sys.platform == "win32", reason="links and modes of POSIX")


@writes
def test_undone(desk: Desk, line: str) -> None:
    """It says where it wrote; undone, every byte is back, and redone it is there again."""
    code, out, err = desk.line(line)
    assert (code, err) == (0, WRITTEN)
    assert out
    new = desk.text
    assert new != SMALL_PLAN
    assert desk.line("undo --yes").code == 0
    assert desk.text == SMALL_PLAN
    assert desk.line("redo --yes").code == 0
    assert desk.text == new


@writes
def test_twice(desk: Desk, line: str) -> None:
    """A change that is asked for again changes nothing more, or is refused; never half of it."""
    assert desk.line(line).code == 0
    new = desk.text
    code = desk.line(line).code
    assert code in (0, 2, 5)
    assert desk.text == new


@posix
@writes
def test_link_and_mode(desk: Desk, line: str) -> None:
    """A link stays a link, and the file behind it keeps its mode."""
    place = desk.path.with_name("kept")
    place.mkdir()
    target = place / "real.toml"
    desk.path.rename(target)
    target.chmod(0o640)
    desk.path.symlink_to(target)
    assert desk.line(line).code == 0
    assert desk.path.is_symlink()
    assert target.stat().st_mode & 0o777 == 0o640
    assert target.read_bytes().decode() != SMALL_PLAN
    assert [each.name for each in place.iterdir()] == ["real.toml"]


@posix
@writes
def test_read_only(desk: Desk, line: str) -> None:
    """A ledger that is read-only is refused, with exit 7."""
    desk.path.chmod(0o444)
    found = desk.line(line)
    assert (found.code, found.out) == (7, "")
    assert desk.text == SMALL_PLAN


@writes
@pytest.mark.parametrize("option", ["", "-n"])
def test_faulty(desk: Desk, line: str, option: str) -> None:
    """A ledger with a fault is not written to: the fault is told, with exit 4."""
    desk.text = faulty = SMALL_PLAN.replace("made = 2025-03-12", "made = 2025-13-12")
    found = desk.line(f"{line} {option}")
    assert (found.code, found.out) == (4, "")
    assert "there is no month 13" in found.err
    assert desk.text == faulty


@writes
def test_standard_input(desk: Desk, line: str) -> None:
    """A ledger from standard input can't be written to."""
    found = desk(*shlex.split(line), "--ledger", "-", stdin=SMALL_PLAN.encode())
    assert (found.code, found.out) == (2, "")


@writes
def test_manners(desk: Desk, line: str) -> None:
    """Line ends of Windows, a byte order mark and a last line without an end stay."""
    manner = "\ufeff" + SMALL_PLAN.replace("\n", "\r\n").removesuffix("\r\n")
    desk.text = manner
    assert desk.line(line).code == 0
    assert desk.text != manner
    assert desk.text.startswith("\ufeff#")
    assert desk.text.count("\r\n") == desk.text.count("\n") == desk.text.count("\r")
    assert not desk.text.endswith("\n")


@writes
def test_json(desk: Desk, line: str) -> None:
    """For scripts it is one document, and an error is one too."""
    document = json.loads(desk.line(f"{line} --format json").out)
    assert document["kind"] in ("change", "pledge-list")
    desk.path.unlink()
    error = json.loads(desk.line(f"{line} --format json").err)
    assert (error["kind"], error["exit"]) == ("error", 3)
