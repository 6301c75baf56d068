"""``pledges undo``: the last write of this program is taken back."""

import csv
import io
import json
import re
from pathlib import Path

import pytest

from desk import NAME, NOT_WRITTEN, Desk, patched
from samples import SMALL_PLAN

TAKEN = "Undone. commitments.toml is as it was before.\n"
QUESTION = "Undo this change? [y/N]: "
NOTHING = """\
pledges: error: there is nothing to undo in commitments.toml
  = hint: only what pledges wrote on this computer can be undone
"""
CHANGED = """\
pledges: error: commitments.toml was changed by hand or by another program since the last change
  = hint: correct the ledger by hand: pledges edit
"""
BLANK = " "
DIFF = f"""\
--- a/commitments.toml
+++ b/commitments.toml
@@ -30,10 +30,6 @@
 date = 2026-10-01
 status = "in-progress"
{BLANK}
-[[pledge.update]]
-date = 2026-11-22
-note = "One."
-
 # Parks are counted by the ministry.
 [[pledge]]
 id = "ECO-02"
"""


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """A desk with the ledger on it, to which a note was written."""
    desk = Desk(tmp_path)
    noted(desk, "One.")
    return desk


def noted(desk: Desk, note: str) -> str:
    """The ledger once a note is added to its first pledge."""
    assert desk("update", "ECO-01", "--note", note).code == 0
    return desk.text


def test_taken_back(desk: Desk) -> None:
    """The diff is shown, and every byte is as it was."""
    assert desk("undo") == (0, DIFF, TAKEN)
    assert desk.text == SMALL_PLAN


@pytest.mark.parametrize("option", ["--yes", "--no-input"])
def test_taken_back_unasked(desk: Desk, option: str) -> None:
    """Nobody is asked in a script."""
    assert desk("undo", option) == (0, DIFF, TAKEN)
    assert desk.text == SMALL_PLAN


def test_quiet(desk: Desk) -> None:
    """With ``-q`` nothing is said beside the diff."""
    assert desk("undo", "-q") == (0, DIFF, "")
    assert desk.text == SMALL_PLAN


def test_shown(desk: Desk) -> None:
    """With ``-n`` the same diff is printed and nothing is written; ``patch`` reads it."""
    stamp = desk.stamp
    assert desk("undo", "-n") == (0, DIFF, "")
    assert desk.stamp == stamp
    assert patched(desk, DIFF) == SMALL_PLAN
    assert desk("undo").out == DIFF


def test_one_after_the_other(desk: Desk) -> None:
    """Each call takes one write back, the last one first, until none is left."""
    texts = [SMALL_PLAN, desk.text, noted(desk, "Two."), noted(desk, "Three.")]
    assert desk("add", "--title", "T", "--pillar", "energy").code == 0
    for text in reversed(texts):
        assert desk("undo").code == 0
        assert desk.text == text
    assert desk("undo") == (2, "", NOTHING)


def test_write_after_undo(desk: Desk) -> None:
    """What is written once something was taken back is the last write."""
    desk("undo")
    noted(desk, "Two.")
    assert '-note = "Two."\n' in desk("undo").out
    assert desk.text == SMALL_PLAN
    assert desk("undo") == (2, "", NOTHING)


def test_nothing_to_take_back(desk: Desk, tmp_path: Path) -> None:
    """Of a ledger that this program never wrote to there is nothing to undo."""
    desk.environment["XDG_STATE_HOME"] = str(tmp_path / "another")
    stamp = desk.stamp
    assert desk("undo") == (2, "", NOTHING)
    assert desk("undo", "--list") == (0, "", "There is nothing to take back.\n")
    assert desk.stamp == stamp


@pytest.mark.parametrize("option", ["", "-n", "--yes"])
def test_changed_since(desk: Desk, option: str) -> None:
    """Where the ledger was changed since by others, nothing is taken back, and that is said."""
    desk.text += "# by hand\n"
    stamp = desk.stamp
    assert desk.line(f"undo {option}") == (6, "", CHANGED)
    assert desk.stamp == stamp


def test_changed_back(desk: Desk) -> None:
    """Once the change of others is gone the write can be taken back again."""
    written = desk.text
    desk.text += "# by hand\n"
    assert desk("undo").code == 6
    desk.text = written
    assert desk("undo").code == 0
    assert desk.text == SMALL_PLAN


def test_write_after_a_change_of_others(desk: Desk) -> None:
    """A write to what others changed can be taken back, and what they did stays."""
    desk.text += "# by hand\n"
    theirs = desk.text
    noted(desk, "Two.")
    assert desk("undo").code == 0
    assert desk.text == theirs
    code, out, _ = desk("undo")
    assert (code != 0, out, desk.text) == (True, "", theirs)


def test_dry_run_is_no_write(desk: Desk) -> None:
    """What was only shown can't be taken back."""
    desk("undo")
    desk("update", "ECO-01", "--note", "x", "-n")
    assert desk("undo") == (2, "", NOTHING)


def test_error_to_scripts(desk: Desk) -> None:
    """Where JSON was asked for, the refusal is JSON."""
    desk.text += "# by hand\n"
    code, out, err = desk("undo", "--format", "json")
    error = json.loads(err)
    assert (code, out) == (6, "")
    assert (error["code"], error["exit"], error["kind"]) == ("busy", 6, "error")


@pytest.mark.parametrize(
    "written",
    [
        "update ECO-02 --settle 1 --value 3 --due 2028 --why Late.",
        "update --status in-progress --note x --yes --no-deadline",
        "add --title T --pillar economy --source new --source-title S",
    ],
)
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_any_write(desk: Desk, written: str, end: str) -> None:
    """Every kind of write is taken back whole, in any line ends."""
    desk.text = text = SMALL_PLAN.replace("\n", end)
    assert desk.line(written).code == 0
    assert desk.text != text
    assert desk("undo").code == 0
    assert desk.text == text


# The list


def test_list(desk: Desk) -> None:
    """``--list`` tells the writes that can be taken back, the last one first."""
    desk("update", "ECO-01", "ECO-02", "--note", "x")
    desk("add", "--title", "Hold a forum", "--pillar", "people")
    desk("update", "*", "--note", "x", "--yes")
    code, out, err = desk("undo", "--list")
    assert (code, err) == (0, "")
    assert re.sub(r"\d{4}-\d\d-\d\d \d\d:\d\d", "WHEN", out) == (
        "WHEN  update 7 pledges: note\n"
        "WHEN  add Hold a forum\n"
        "WHEN  update ECO-01, ECO-02: note\n"
        "WHEN  update ECO-01: note\n"
    )


def test_list_changes_nothing(desk: Desk) -> None:
    """Looking at the list takes nothing back."""
    stamp = desk.stamp
    desk("undo", "--list")
    assert desk.stamp == stamp
    assert desk("undo").code == 0


def test_list_in_formats(desk: Desk) -> None:
    """To scripts a write is when it was done and what it did."""
    document = json.loads(desk("undo", "--list", "--format", "json").out)
    (write,) = document.pop("writes")
    assert document == {"schema_version": 1, "kind": "write-list", "ledger": NAME, "count": 1}
    assert write["act"] == "update ECO-01: note"
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[+-]\d\d:\d\d", write["on"])
    assert json.loads(desk("undo", "--list", "--format", "ndjson").out) == write
    out = desk("undo", "--list", "--format", "csv").out
    rows = list(csv.reader(io.StringIO(out, newline="")))
    assert rows == [["on", "act"], [write["on"], "update ECO-01: note"]]


def test_empty_list(desk: Desk) -> None:
    """An empty list is valid in every format, and no failure."""
    desk("undo")
    assert desk("undo", "--list") == (0, "", "There is nothing to take back.\n")
    assert json.loads(desk("undo", "--list", "--format", "json").out)["writes"] == []
    assert desk("undo", "--list", "--format", "csv", "-q") == (0, "on,act\r\n", "")


def test_list_of_a_changed_ledger(desk: Desk) -> None:
    """Where others changed the ledger the list says so, as undo itself does."""
    desk.text += "# by hand\n"
    assert desk("undo", "--list") == (
        0,
        "",
        "commitments.toml was changed since, by hand or by another program.\n",
    )
    assert json.loads(desk("undo", "--list", "--format", "json").out)["writes"] == []


# On a terminal


@pytest.mark.parametrize("typed", ["y\n", "YES\n"])
def test_question_yes(desk: Desk, typed: str) -> None:
    """On a terminal the diff is shown and a question asked; yes takes it back."""
    code, seen = desk.answering("undo", [(QUESTION, typed)])
    shown = "\n".join(line.rstrip() for line in DIFF.split("\n"))
    assert (code, seen) == (0, f"{shown}{QUESTION}{typed}{TAKEN}")
    assert desk.text == SMALL_PLAN


@pytest.mark.parametrize("typed", ["n\n", "\n", "\x04"])
def test_question_no(desk: Desk, typed: str) -> None:
    """No, nothing or the end of the input takes nothing back, and that is said."""
    stamp = desk.stamp
    code, seen = desk.answering("undo", [(QUESTION, typed)])
    assert code == 0
    assert seen.endswith(NOT_WRITTEN)
    assert desk.stamp == stamp


@pytest.mark.parametrize("option", ["--yes", "--no-input", "-n", "--list"])
def test_no_question(desk: Desk, option: str) -> None:
    """Where yes was said, or nothing may be asked or nothing is written, nothing is asked."""
    code, seen = desk.answering(f"undo {option}")
    assert (code, "]: " in seen) == (0, False)
