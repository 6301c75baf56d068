"""``pledges update`` by filters and patterns: a preview, and a question where somebody sits."""

import shlex
from typing import Final

import pytest

from desk import NOT_WRITTEN, WRITTEN, Desk, patched
from samples import SMALL_PLAN, holding

PREVIEW: Final = """\
ECO-01  in progress, due soon     Open the market
ECO-02  in progress, not due yet  Build parks
"""
BOTH: Final = '\n[[pledge.update]]\ndate = 2026-11-22\nnote = "Both."\n'
CHANGED: Final = (
    "ECO-01  update  22 Nov 2026: remark: Both.\nECO-02  update  22 Nov 2026: remark: Both.\n"
)
HEAD: Final = "Id      What    Change\n"
QUESTION: Final = "Add this update to 2 of 6 pledges? [y/N]: "


@pytest.mark.parametrize(
    "which", ["--pillar economy", "'ECO-*'", "'eco-0?'", "--not-status completed --pillar economy"]
)
def test_by_filter(desk: Desk, which: str) -> None:
    """Filters and patterns name pledges; with ``--yes`` they are changed, after a preview."""
    argv = shlex.split(f"update {which} --note Both. --yes")
    assert desk(*argv) == (0, CHANGED, PREVIEW + WRITTEN)
    assert desk.text == holding({"ECO-01": BOTH, "ECO-02": BOTH})


@pytest.mark.parametrize("option", ["", "--no-input"])
def test_by_filter_unasked(desk: Desk, option: str) -> None:
    """Where nobody can be asked and nobody said yes, nothing is written."""
    stamp = desk.stamp
    told = """\
pledges: error: --yes is needed to add this update to 2 of 6 pledges
  = hint: --dry-run shows the change first
"""
    argv = f"update --pillar economy --note Both. {option}"
    assert desk.line(argv) == (2, "", PREVIEW + told)
    assert desk.stamp == stamp


def test_by_filter_shown(desk: Desk) -> None:
    """With ``-n`` nobody is asked and nothing is written, and the diff goes to standard output."""
    code, out, err = desk("update", "--pillar", "economy", "--note", "Both.", "-n")
    assert (code, err) == (0, PREVIEW)
    assert desk.text == SMALL_PLAN
    assert patched(desk, out) == holding({"ECO-01": BOTH, "ECO-02": BOTH})


@pytest.mark.parametrize("which", ["--search nothing", "--pillar economy --overdue"])
@pytest.mark.parametrize("option", ["", "--yes", "-n", "--no-input"])
def test_by_filter_none(desk: Desk, which: str, option: str) -> None:
    """Filters that leave no pledge change nothing, and that is said."""
    stamp = desk.stamp
    none = "No pledge matches (6 as of 22 Nov 2026).\n"
    assert desk.line(f"update {which} --note Both. {option}") == (0, "", none)
    assert desk.stamp == stamp


@pytest.mark.parametrize("which", ["'Z*'", "'ECO-*' 'Z*'", "ECO-01 'Z*'"])
@pytest.mark.parametrize("act", ["update", "set"])
@pytest.mark.parametrize("option", ["", "--yes", "-n", "--no-input"])
def test_pattern_of_none(desk: Desk, act: str, which: str, option: str) -> None:
    """A pattern that matches no pledge is refused: what is to be written to them would be lost."""
    stamp = desk.stamp
    said = "pledges: error: no id matches 'Z*'\n  = hint: to see all: pledges list\n"
    assert desk.line(f"{act} {which} --note Both. {option}") == (5, "", said)
    assert desk.stamp == stamp


@pytest.mark.parametrize("typed", ["y\n", "Y\n", "yes\n"])
def test_question_yes(desk: Desk, typed: str) -> None:
    """On a terminal the preview comes with a question, and yes writes."""
    seen = desk.answering("update --pillar economy --note Both.", [(QUESTION, typed)])
    assert seen == (0, f"{PREVIEW}{QUESTION}{typed}{HEAD}{CHANGED}{WRITTEN}")
    assert desk.text == holding({"ECO-01": BOTH, "ECO-02": BOTH})


def test_question_again(desk: Desk) -> None:
    """What is neither yes nor no is asked about again."""
    answers = [(QUESTION, "maybe\n"), (QUESTION, "y\n")]
    code, seen = desk.answering("update --pillar economy --note Both.", answers)
    assert (code, seen.count(QUESTION)) == (0, 2)
    assert desk.text == holding({"ECO-01": BOTH, "ECO-02": BOTH})


@pytest.mark.parametrize(
    ("typed", "shown"), [("n\n", " n"), ("No\n", " No"), ("\n", ""), ("\x04", "")]
)
def test_question_no(desk: Desk, typed: str, shown: str) -> None:
    """No, nothing or the end of the input writes nothing, and says so."""
    stamp = desk.stamp
    seen = desk.answering("update --pillar economy --note Both.", [(QUESTION, typed)])
    assert seen == (0, f"{PREVIEW}{QUESTION.rstrip()}{shown}\n{NOT_WRITTEN}")
    assert desk.stamp == stamp


@pytest.mark.parametrize("option", ["--yes", "-y"])
def test_no_question(desk: Desk, option: str) -> None:
    """With ``--yes`` nothing is asked on a terminal either."""
    code, seen = desk.answering(f"update --pillar economy --note Both. {option}")
    assert (code, seen) == (0, PREVIEW + HEAD + CHANGED + WRITTEN)


def test_no_input(desk: Desk) -> None:
    """With ``--no-input`` nothing is asked on a terminal either."""
    code, seen = desk.answering("update --pillar economy --note Both. --no-input")
    assert code == 2
    assert "]: " not in seen
    assert desk.text == SMALL_PLAN


def test_by_filter_quietly(desk: Desk) -> None:
    """With ``-q`` what filters leave is not said where it is not asked about."""
    argv = "update --pillar economy --note Both. -q"
    assert desk.line(argv, "-n").err == ""
    assert desk.line(argv, "--yes") == (0, "", "")
    assert desk.text == holding({"ECO-01": BOTH, "ECO-02": BOTH})
    assert desk.line("update --search nothing --note x -q") == (0, "", "")


@pytest.mark.parametrize("news", ["--value 2", "--period 2026 --note x"])
def test_refused_unasked(desk: Desk, news: str) -> None:
    """What some of the pledges can't take is refused before anybody is asked."""
    argv = f"update --pillar economy {news}"
    code, seen = desk.answering(argv, [("]: ", "n\n")])
    assert (code, "[y/N]" in seen) == (2, False)
