"""A joint, at which no line ends, is known to what words and what draws, and to nobody else."""

import re
from pathlib import Path

import pytest

from desk import Desk
from everything import FORMS, lines
from pledges.domain.day import MONTH_NAMES
from pledges.render import Format

RENDERERS = Path(__file__).parent.parent / "src" / "pledges" / "render"
LEAKED = r"\ud800"
"""A joint as it is written where characters can't be: it is half a pair."""

LINES = [*lines("ECO-*"), "report --full --since 2026-01", "list --columns reported,track"]
REFUSED = ["report --since 2027", "log --since 2027 --until 2026", "list --due-by 12-2026"]


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("line", LINES)
def test_no_joint_leaves_the_program(line: str, form: Format, desk: Desk) -> None:
    """Every page has spaces, or what its format has in their place."""
    done = desk.line(line, "--format", form)
    assert (done.code, LEAKED in done.out + done.err) == (0, False)


@pytest.mark.parametrize("form", [Format.TEXT, Format.JSON])
@pytest.mark.parametrize("line", REFUSED)
def test_no_joint_is_in_a_message(line: str, form: Format, desk: Desk) -> None:
    """A message that names a day has spaces in it, for scripts too."""
    done = desk.line(line, "--format", form)
    assert (bool(done.code), LEAKED in done.out + done.err) == (True, False)


def test_what_is_remembered_of_a_write_has_no_joint(desk: Desk) -> None:
    """The list of writes that can be undone says what each was about."""
    assert desk.line("update --pillar economy --note Both. --yes").code == 0
    assert LEAKED not in desk.line("undo --list").out


@pytest.mark.parametrize("file", sorted(RENDERERS.rglob("*.py")), ids=lambda file: str(file.name))
def test_a_renderer_finds_no_dates(file: Path) -> None:
    """No renderer knows the name of a month, nor looks for days."""
    names = [*MONTH_NAMES, *(f"{name[:3]} " for name in MONTH_NAMES)]
    assert not re.search(rf"\b(?:{'|'.join(names)})\b|days\?", file.read_text(encoding="utf-8"))
