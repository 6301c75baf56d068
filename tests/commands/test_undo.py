"""``pledges undo`` and ``redo``: the last write of this program is taken back, and done again."""

import csv
import io
import json
import re
from pathlib import Path

import pytest

from desk import NAME, NOT_WRITTEN, Desk, patched
from samples import SMALL_PLAN

TAKEN = "Undone. commitments.toml is as it was before. To redo it: pledges redo\n"
REDONE = "Redone. commitments.toml is as it was before the undo. To undo it: pledges undo\n"
QUESTION = "Undo this change? [y/N]: "
NOTHING = """\
pledges: error: there is nothing to undo in commitments.toml
  = hint: only what pledges wrote on this computer can be undone
"""
NOTHING_UNDONE = """\
pledges: error: there is nothing to redo in commitments.toml
  = hint: only what was undone can be redone, until the next change
"""
CHANGED = """\
pledges: error: the last change can't be undone: commitments.toml was changed by hand or by another\
 program since, in the same lines
  = hint: correct the ledger by hand: pledges edit
"""
UNASKED = """\
pledges: error: --yes is needed to undo this change
  = hint: --dry-run shows the change first
"""
ONLY_THESE = """\
commitments.toml was changed by hand or by another program since; only these lines are taken back.
"""
KEPT = "Undone. The other changes are kept. To redo it: pledges redo\n"
NO_HISTORY = "There is nothing to undo or redo.\n"
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
    assert desk("undo", "--yes") == (0, DIFF, TAKEN)
    assert desk.text == SMALL_PLAN


@pytest.mark.parametrize("option", ["", "--no-input", "-q"])
@pytest.mark.parametrize("act", ["undo", "redo"])
def test_never_unasked(desk: Desk, act: str, option: str) -> None:
    """In a script nothing is taken back, or done again, unless ``--yes`` is given."""
    if act == "redo":
        desk("undo", "--yes")
    stamp = desk.stamp
    assert desk.line(f"{act} {option}") == (2, "", UNASKED.replace("undo", act))
    assert desk.stamp == stamp


def test_quiet(desk: Desk) -> None:
    """With ``-q`` nothing is said."""
    assert desk("undo", "-q", "--yes") == (0, "", "")
    assert desk.text == SMALL_PLAN
    assert desk("redo", "-q", "--yes") == (0, "", "")


def test_shown(desk: Desk) -> None:
    """With ``-n`` the same diff is printed and nothing is written; ``patch`` reads it."""
    stamp = desk.stamp
    assert desk("undo", "-n") == (0, DIFF, "")
    assert desk.stamp == stamp
    assert patched(desk, DIFF) == SMALL_PLAN
    assert desk("undo", "--yes").out == DIFF


def test_one_after_the_other(desk: Desk) -> None:
    """Each call takes one write back, the last one first, until none is left."""
    texts = [SMALL_PLAN, desk.text, noted(desk, "Two."), noted(desk, "Three.")]
    assert desk("add", "--title", "T", "--pillar", "energy").code == 0
    for text in reversed(texts):
        assert desk("undo", "--yes").code == 0
        assert desk.text == text
    assert desk("undo", "--yes") == (2, "", NOTHING)


def test_write_after_undo(desk: Desk) -> None:
    """What is written once something was taken back is the last write."""
    desk("undo", "--yes")
    noted(desk, "Two.")
    assert '-note = "Two."\n' in desk("undo", "--yes").out
    assert desk.text == SMALL_PLAN
    assert desk("undo", "--yes") == (2, "", NOTHING)


def test_nothing_to_take_back(desk: Desk, tmp_path: Path) -> None:
    """Of a ledger that this program never wrote to there is nothing to undo."""
    desk.environment["XDG_STATE_HOME"] = str(tmp_path / "another")
    stamp = desk.stamp
    assert desk("undo", "--yes") == (2, "", NOTHING)
    assert desk("undo", "--list") == (0, "", NO_HISTORY)
    assert desk.stamp == stamp


def test_nothing_to_redo(desk: Desk) -> None:
    """Nothing is redone but what was undone."""
    assert desk("redo", "--yes") == (2, "", NOTHING_UNDONE)


def test_redone(desk: Desk) -> None:
    """What was undone is shown and done again, to the last byte."""
    written = desk.text
    desk("undo", "--yes")
    shown = desk("redo", "-n")
    assert (shown.code, shown.err, desk.text) == (0, "", SMALL_PLAN)
    assert patched(desk, shown.out) == written
    assert desk("redo", "--yes") == (0, shown.out, REDONE)
    assert desk.text == written
    assert desk("redo", "--yes") == (2, "", NOTHING_UNDONE)


def test_redo_ends_with_a_write(desk: Desk) -> None:
    """A new write ends what could be redone."""
    desk("undo", "--yes")
    noted(desk, "Two.")
    assert desk("redo", "--yes") == (2, "", NOTHING_UNDONE)


def test_there_and_back(desk: Desk) -> None:
    """A write that makes the text of before once more is not mistaken for an undo."""
    for title in ("Join the grids", "Link the grids", "Join the grids"):
        assert desk("set", "ENE-01", "--title", title, "--yes").code == 0
    texts = []
    for _ in range(4):
        texts.append(desk.text)
        assert desk("undo", "--yes").code == 0
    assert desk.text == SMALL_PLAN
    for text in reversed(texts):
        assert desk("redo", "--yes").code == 0
        assert desk.text == text


# Changed by hand


@pytest.mark.parametrize("hand", ["# by hand\n", "\n\n", "# schema\n"])
def test_changed_elsewhere(desk: Desk, hand: str) -> None:
    """If others changed other lines, only the lines of the write are taken back, as is said."""
    written = desk.text
    desk.text = f"{hand}{written}{hand}"
    code, out, err = desk("undo", "--yes")
    assert (code, err) == (0, ONLY_THESE + KEPT)
    assert out.splitlines()[3:] == DIFF.splitlines()[3:]
    assert desk.text == f"{hand}{SMALL_PLAN}{hand}"
    assert desk("redo", "--yes").code == 0
    assert desk.text == f"{hand}{written}{hand}"


def test_changed_between(desk: Desk) -> None:
    """A change by hand between two writes ends the history of neither."""
    desk.text = desk.text.replace("Exchange youth", "Exchange the youth")
    noted(desk, "Two.")
    assert desk("undo", "--yes").err == TAKEN
    assert desk("undo", "--yes").err == ONLY_THESE + KEPT
    assert desk.text == SMALL_PLAN.replace("Exchange youth", "Exchange the youth")


def test_redone_after_a_change(desk: Desk) -> None:
    """If others changed other lines after an undo, only the lines of the write are done again."""
    written = desk.text
    desk("undo", "--yes")
    desk.text = f"# by hand\n{SMALL_PLAN}"
    code, _, err = desk("redo", "--yes")
    assert code == 0
    assert err.startswith(ONLY_THESE.replace("taken back", "changed again"))
    assert desk.text == f"# by hand\n{written}"


@pytest.mark.parametrize(
    "edit",
    [
        ('note = "One."', 'note = "One more."'),
        ('note = "One."\n', 'note = "One."\nsource = "vov"\n'),
        ('date = 2026-11-22\nnote = "One."', 'note = "One."\ndate = 2026-11-22'),
        ('id = "ECO-01"', 'id = "ECO-07"'),
    ],
)
@pytest.mark.parametrize("option", ["-n", "--yes"])
def test_changed_lines(desk: Desk, option: str, edit: tuple[str, str]) -> None:
    """If others changed these lines, or what they belong to, nothing is taken back."""
    assert edit[0] in desk.text
    desk.text = desk.text.replace(*edit)
    stamp = desk.stamp
    assert desk("undo", option) == (6, "", CHANGED)
    assert desk.stamp == stamp


@pytest.mark.parametrize("entry", ['[[pledge.claim]]\ndue = 2027-01-01\nsource = "vov"\n'])
def test_next_entry(desk: Desk, entry: str) -> None:
    """What others put next to the lines of a write stays."""
    ours = '[[pledge.update]]\ndate = 2026-11-22\nnote = "One."\n\n'
    desk.text = desk.text.replace(ours, f"{ours}{entry}\n")
    assert desk("undo", "--yes").code == 0
    assert f"{entry}\n# Parks" in desk.text
    assert desk.text.replace(f"{entry}\n", "") == SMALL_PLAN


def test_moved_lines(desk: Desk) -> None:
    """An entry that others moved to another pledge is not taken from that one."""
    entry = '[[pledge.update]]\ndate = 2026-11-22\nnote = "One."\n'
    desk.text = f"{desk.text.replace(entry, '')}\n{entry}"
    assert desk("undo", "--yes") == (6, "", CHANGED)


def test_what_an_added_pledge_was_given(desk: Desk) -> None:
    """A pledge to which others gave a history is not taken out under it."""
    desk("add", "--title", "Hold a forum", "--pillar", "people")
    new = desk.text.replace('title = "Hold a forum"\npillar = "people"\n', "\\g")
    entry = '\n[[pledge.update]]\ndate = 2026-11-22\nnote = "Theirs."\n'
    desk.text = new.replace("\\g", f'title = "Hold a forum"\npillar = "people"\n{entry}')
    assert desk("undo", "--yes") == (6, "", CHANGED)


def test_a_faulty_ledger(desk: Desk) -> None:
    """If others left an error in the ledger, that is what is reported."""
    desk.text = f"schema = 2026-13-01\n{desk.text}"
    assert desk("undo", "--yes").code == 4


def test_changed_back(desk: Desk) -> None:
    """Once the change of others is gone the write can be taken back again."""
    written = desk.text
    desk.text = written.replace("One.", "Two.")
    assert desk("undo", "--yes").code == 6
    desk.text = written
    assert desk("undo", "--yes").code == 0
    assert desk.text == SMALL_PLAN


def test_dry_run_is_no_write(desk: Desk) -> None:
    """What was only shown can't be taken back."""
    desk("undo", "--yes")
    desk("update", "ECO-01", "--note", "x", "-n")
    assert desk("undo", "--yes") == (2, "", NOTHING)


def test_error_to_scripts(desk: Desk) -> None:
    """Where JSON was asked for, the refusal is JSON."""
    desk.text = desk.text.replace("One.", "Two.")
    code, out, err = desk("undo", "--yes", "--format", "json")
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
    assert desk("undo", "--yes").code == 0
    assert desk.text == text


# The list


def test_list(desk: Desk) -> None:
    """``--list`` tells the writes that can be undone or redone, the last one first."""
    desk("update", "ECO-01", "ECO-02", "--note", "x")
    desk("add", "--title", "Hold a forum", "--pillar", "people")
    desk("update", "*", "--note", "x", "--yes")
    desk("undo", "--yes")
    code, out, err = desk("undo", "--list")
    assert (code, err) == (0, "")
    assert desk("redo", "--list").out == out
    assert re.sub(r"\d{4}-\d\d-\d\d \d\d:\d\d", "WHEN", out) == (
        "WHEN  undone  update 7 pledges: note\n"
        "WHEN  done    add Hold a forum\n"
        "WHEN  done    update ECO-01, ECO-02: note\n"
        "WHEN  done    update ECO-01: note\n"
    )


def test_list_changes_nothing(desk: Desk) -> None:
    """Looking at the list takes nothing back."""
    stamp = desk.stamp
    desk("undo", "--list")
    assert desk.stamp == stamp
    assert desk("undo", "--yes").code == 0


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
    assert rows == [["on", "act", "undone"], [write["on"], "update ECO-01: note", "false"]]


def test_empty_list(desk: Desk) -> None:
    """An empty list is valid in every format, and no failure."""
    desk.environment["XDG_STATE_HOME"] = str(desk.place / "another")
    assert desk("undo", "--list") == (0, "", NO_HISTORY)
    assert json.loads(desk("undo", "--list", "--format", "json").out)["writes"] == []
    assert desk("undo", "--list", "--format", "csv", "-q") == (0, "on,act,undone\r\n", "")


def test_list_of_a_changed_ledger(desk: Desk) -> None:
    """Where others changed the ledger the list says so, as undo itself does."""
    desk.text += "# by hand\n"
    code, out, err = desk("undo", "--list")
    assert (code, out.count("\n")) == (0, 1)
    assert err == "commitments.toml was changed since, by hand or by another program.\n"


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


@pytest.mark.parametrize(("option", "code"), [("--yes", 0), ("--no-input", 2), ("-n", 0)])
def test_no_question(desk: Desk, option: str, code: int) -> None:
    """Where yes was said, or nothing may be asked or nothing is written, nothing is asked."""
    ended, seen = desk.answering(f"undo {option}")
    assert (ended, "]: " in seen) == (code, False)


def test_quiet_question(desk: Desk) -> None:
    """Who is asked is shown what it is about, with ``-q`` too."""
    code, seen = desk.answering("undo -q", [(QUESTION, "y\n")])
    assert (code, "-note" in seen, TAKEN in seen) == (0, True, False)


def test_redo_question(desk: Desk) -> None:
    """Redo asks too."""
    written = desk.text
    desk("undo", "--yes")
    code, seen = desk.answering("redo", [("Redo this change? [y/N]: ", "y\n")])
    assert (code, seen.endswith(REDONE), desk.text) == (0, True, written)


# A ledger that is moved


def test_moved(desk: Desk) -> None:
    """A ledger that was moved or renamed keeps its history."""
    written = desk.text
    (desk.folder / "plans").mkdir()
    moved = desk.path.rename(desk.folder / "plans" / "plan.toml")
    for act, text in (("undo", SMALL_PLAN), ("redo", written), ("undo", SMALL_PLAN)):
        assert desk(act, "--yes", "--ledger", str(moved)).code == 0
        assert moved.read_bytes().decode() == text


def test_copied(desk: Desk) -> None:
    """A copy has a history of its own, and takes nothing from that of the ledger."""
    copy = desk.folder / "copy.toml"
    copy.write_bytes(desk.content)
    assert desk("undo", "--yes", "--ledger", "copy.toml").code == 2
    assert desk("update", "ECO-02", "--note", "Two.", "--ledger", "copy.toml").code == 0
    assert desk("undo", "--yes", "--ledger", "copy.toml").code == 0
    assert desk("undo", "--yes", "--ledger", "copy.toml").code == 2
    assert desk("undo", "--yes") == (0, DIFF, TAKEN)


def test_another_name(desk: Desk) -> None:
    """A second name of the same file has the history of the first."""
    other = desk.folder / "other.toml"
    other.hardlink_to(desk.path)
    assert desk("undo", "--yes", "--ledger", "other.toml").code == 0
    assert other.read_bytes().decode() == SMALL_PLAN
    assert desk("undo", "--yes") == (0, DIFF, TAKEN)


def test_moved_and_begun_again(desk: Desk) -> None:
    """A new ledger in the old place begins without a history, and the moved one keeps its own."""
    moved = desk.path.rename(desk.folder / "old.toml")
    assert desk("init").code == 0
    assert desk("undo", "--yes") == (2, "", NOTHING)
    assert desk("add", "--title", "T", "--pillar", "general", "--owed-by", "x").code in (0, 2)
    assert desk("undo", "--yes", "--ledger", "old.toml").code == 0
    assert moved.read_bytes().decode() == SMALL_PLAN


def test_moved_and_back(desk: Desk) -> None:
    """What was written in another place is part of the history in the old place too."""
    moved = desk.path.rename(desk.folder / "other.toml")
    assert desk("update", "ECO-02", "--note", "Two.", "--ledger", "other.toml").code == 0
    moved.rename(desk.path)
    assert desk("undo", "--yes").code == 0
    assert desk("undo", "--yes").code == 0
    assert desk.text == SMALL_PLAN
