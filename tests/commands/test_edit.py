"""``pledges edit``: the ledger in an editor, checked when that is closed."""

import json
import os
import shlex
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Final

import pytest

from desk import NAME, NOT_WRITTEN, WRITTEN, Desk, patched
from samples import SMALL_PLAN

EDITOR = """\
import json, os, sys
from pathlib import Path

steps = Path(os.environ["STEPS"])
edits = json.loads(steps.read_text(encoding="utf-8"))
(named,) = (word for word in sys.argv[1:] if ".toml" in word)
file = Path(named.partition(".toml")[0] + ".toml")
with open(os.environ["LOG"], "a", encoding="utf-8") as log:
    log.write(json.dumps([str(file), *sys.argv[1:]]) + "\\n")
if edits:
    text = file.read_bytes().decode()
    for old, new in edits.pop(0):
        text = text.replace(old, new) if old else new
    file.write_bytes(text.encode("utf-8", "surrogateescape"))
    steps.write_text(json.dumps(edits), encoding="utf-8")
"""
"""An editor that does the next edit of a list, and notes how it was called."""

OPEN = ("Open the market", "Open it")
BREAK = ("due = 2026-12-31", "due = 2026-13-31")
MEND = ("due = 2026-13-31", "due = 2027-01-31")
FAULT = """\
commitments.toml:27:7: error[date]: there is no month 13
   |
27 | due = 2026-13-31      # as signed
   |       ^^^^^^^^^^
   = hint: dates are YYYY-MM-DD, for example 2026-12-31

1 error in commitments.toml; nothing was written
"""
QUESTION = "Edit it again? No writes nothing, and keeps your copy. [Y/n]: "
SAVED = "Press Enter when you have saved: "
NEVER_WAITS = """\
pledges: error: the editor {} does not wait until you have saved
  = hint: set VISUAL to an editor that waits, for example 'code --wait'
"""
DIFF = """\
--- a/commitments.toml
+++ b/commitments.toml
@@ -20,7 +20,7 @@
{BLANK}
 [[pledge]]
 id = "ECO-01"
-title = "Open the market"
+title = "Open it"
 pillar = "economy"
 owed_by = ["VN"]
 made = 2025-03-12
""".replace("{BLANK}", " ")
NO_EDITOR = """\
the editor 'no-such-editor' can't be started: No such file or directory
  = hint: set VISUAL or EDITOR to one that is installed"""
UNCHANGED = "Nothing was changed.\n"


class Editing(Desk):
    """A desk with an editor that does what it is told."""

    def will(self, *edits: Sequence[tuple[str, str]], stem: str = "script") -> dict[str, str]:
        """Let the editor make these edits, one each time it is opened; what names it."""
        for name, text in (("editor.py", EDITOR), ("steps.json", json.dumps(edits)), ("log", "")):
            (self.place / name).write_text(text, encoding="utf-8")
        link = self.place / stem
        if not link.exists():
            link.write_text(
                f'#!/bin/sh\nexec {shlex.quote(sys.executable)} "{self.place}/editor.py" "$@"\n'
            )
            link.chmod(0o700)
        scratch = self.place / "scratch"
        scratch.mkdir(exist_ok=True)
        return {
            "VISUAL": shlex.quote(str(link)),
            "STEPS": str(self.place / "steps.json"),
            "LOG": str(self.place / "log"),
            "TMPDIR": str(scratch),
        }

    def edits(self, *edits: Sequence[tuple[str, str]], stem: str = "script") -> None:
        """As ``will``, from here on."""
        self.environment |= self.will(*edits, stem=stem)

    @property
    def calls(self) -> list[list[str]]:
        """How the editor was called: the file first, then every word."""
        return [json.loads(line) for line in (self.place / "log").read_text().splitlines()]

    @property
    def left(self) -> list[str]:
        """What was left where copies are made."""
        return [path.name for path in (self.place / "scratch").iterdir()]


pytestmark = pytest.mark.skipif(os.name != "posix", reason="the editor is a script of a shell")


@pytest.fixture
def desk(tmp_path: Path) -> Editing:
    """A desk with the ledger on it, and an editor."""
    return Editing(tmp_path)


def test_changed(desk: Editing) -> None:
    """A sound change is shown as a diff and written, and no copy is left."""
    desk.edits([OPEN])
    assert desk("edit") == (0, DIFF, WRITTEN)
    assert desk.text == SMALL_PLAN.replace(*OPEN)
    assert desk.left == []
    assert desk("undo", "--yes").code == 0
    assert desk.text == SMALL_PLAN


def test_copy(desk: Editing) -> None:
    """What is edited is a copy under the ledger's own name."""
    desk.edits([OPEN])
    desk("edit")
    (call,) = desk.calls
    assert Path(call[0]).name == NAME
    assert Path(call[0]) != desk.path
    assert Path(call[0]).parent.parent == desk.place / "scratch"


def test_unchanged(desk: Editing) -> None:
    """An editor that is closed without a change leaves bytes and time alone, and that is said."""
    desk.edits()
    stamp = desk.stamp
    assert desk("edit") == (0, "", UNCHANGED)
    assert desk.stamp == stamp
    assert desk.left == []
    assert desk("undo", "--yes").code == 2


def test_shown(desk: Editing) -> None:
    """With ``-n`` the diff is printed and nothing is written; ``patch`` reads it."""
    desk.edits([OPEN])
    stamp = desk.stamp
    assert desk("edit", "-n") == (0, DIFF, "")
    assert desk.stamp == stamp
    assert patched(desk, DIFF) == SMALL_PLAN.replace(*OPEN)


@pytest.mark.parametrize("edit", [OPEN, ("", SMALL_PLAN)])
def test_quiet(desk: Editing, edit: tuple[str, str]) -> None:
    """With ``-q`` nothing is said."""
    desk.edits([edit])
    assert desk("edit", "-q") == (0, "", "")


def test_diff_to_scripts(desk: Editing) -> None:
    """To scripts the diff is a text in JSON."""
    desk.edits([OPEN])
    document = json.loads(desk("edit", "--format", "json").out)
    assert (document["kind"], document["diff"]) == ("diff", DIFF)


@pytest.mark.parametrize(
    ("stem", "words"),
    [
        ("vi", ["+35", "FILE"]),
        ("vim", ["+35", "FILE"]),
        ("nano", ["+35", "FILE"]),
        ("emacs", ["+35", "FILE"]),
        ("code", ["--wait", "--goto", "FILE:35"]),
        ("gvim", ["-f", "+35", "FILE"]),
        ("kate", ["--block", "--line", "35", "FILE"]),
        ("gedit", ["--wait", "+35", "FILE"]),
        ("mate", ["--wait", "--line", "35", "FILE"]),
        ("open", ["-W", "FILE"]),
        ("subl", ["--wait", "FILE:35"]),
        ("hx", ["FILE:35"]),
        ("unheard-of", ["FILE"]),
    ],
)
def test_line(desk: Editing, stem: str, words: list[str]) -> None:
    """The editor is opened at the pledge's line, in the way that it is told it."""
    desk.edits(stem=stem)
    assert SMALL_PLAN.split("\n")[34] == 'id = "ECO-02"'
    assert desk("edit", "eco-02") == (0, "", UNCHANGED)
    (call,) = desk.calls
    assert call[1:] == [word.replace("FILE", call[0]) for word in words]


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("code --wait", ["--wait", "--goto", "FILE:35"]),
        ("subl -w", ["-w", "FILE:35"]),
        ("gvim --nofork -y", ["--nofork", "-y", "+35", "FILE"]),
        ("code --new-window", ["--new-window", "--wait", "--goto", "FILE:35"]),
        ("open -t", ["-t", "-W", "FILE"]),
    ],
)
def test_told_to_wait(desk: Editing, line: str, words: list[str]) -> None:
    """An editor that returns at once is told to wait, unless it is told so already."""
    stem, *options = line.split()
    desk.edits(stem=stem)
    desk.environment["VISUAL"] += f" {' '.join(options)}"
    assert desk("edit", "eco-02") == (0, "", UNCHANGED)
    (call,) = desk.calls
    assert call[1:] == [word.replace("FILE", call[0]) for word in words]


@pytest.mark.parametrize("line", ["xdg-open", "emacsclient -n"])
def test_never_waits(desk: Editing, line: str) -> None:
    """An editor that can't be waited for is not opened if the user can't be asked."""
    stem, *options = line.split()
    desk.edits([OPEN], stem=stem)
    editor = desk.place / stem
    desk.environment["VISUAL"] += f" {' '.join(options)}"
    assert desk("edit") == (2, "", NEVER_WAITS.format(repr(str(editor))))
    assert (desk.calls, desk.left, desk.text) == ([], [], SMALL_PLAN)


def test_first_line(desk: Editing) -> None:
    """Without an id the editor is opened at the top."""
    desk.edits(stem="vi")
    desk("edit")
    assert desk.calls[0][1] == "+1"


def test_first_fault(desk: Editing) -> None:
    """A ledger with a fault can be edited, at the fault, and is written once it is sound."""
    desk.text = SMALL_PLAN.replace(*BREAK)
    desk.edits([MEND], stem="vi")
    assert desk("edit").code == 0
    assert desk.calls[0][1] == "+27"
    assert desk.text == SMALL_PLAN.replace(BREAK[0], MEND[1])


def test_pledge_of_a_faulty_ledger(desk: Editing) -> None:
    """A pledge is found in a ledger with faults too."""
    desk.text = SMALL_PLAN.replace(*BREAK)
    desk.edits([MEND], stem="vi")
    assert desk("edit", "PPL-02").code == 0
    number = int(desk.calls[0][1][1:])
    assert SMALL_PLAN.split("\n")[number - 1] == 'id = "PPL-02"'


@pytest.mark.parametrize(
    ("pledge", "message"),
    [
        ("NOPE", "no pledge has the id 'NOPE'\n  = hint: to search: pledges list --search NOPE"),
        ("", "no pledge has the id ''\n  = hint: to see all: pledges list"),
        ("Z*", "no id matches 'Z*'\n  = hint: to see all: pledges list"),
        ("ECO-1", "no pledge has the id 'ECO-1'\n  = hint: did you mean ECO-01?"),
    ],
)
def test_no_such_pledge(desk: Editing, pledge: str, message: str) -> None:
    """An id or a pattern that names no pledge is refused before the editor is opened."""
    desk.edits([OPEN])
    assert desk("edit", pledge) == (5, "", f"pledges: error: {message}\n")
    assert (desk.calls, desk.left, desk.text) == ([], [], SMALL_PLAN)


def test_variables(desk: Editing) -> None:
    """VISUAL comes before EDITOR, and may have options and blanks in its path."""
    desk.edits(stem="my editor")
    visual = desk.environment["VISUAL"]
    desk.environment["VISUAL"] = f"{visual} --plain"
    desk.environment["EDITOR"] = "no-such-editor"
    assert desk("edit").code == 0
    assert desk.calls[0][1] == "--plain"
    desk.environment["VISUAL"] = ""
    desk.environment["EDITOR"] = visual
    assert desk("edit").code == 0
    assert len(desk.calls) == 2


@pytest.mark.parametrize(
    ("editor", "code", "message"),
    [
        ("no-such-editor", 2, NO_EDITOR),
        ("'", 2, '"\'" is not an editor\n  = hint: check VISUAL and EDITOR'),
        ("false", 7, "the editor 'false' ended with exit code 1; nothing was written"),
    ],
)
def test_no_editor(desk: Editing, editor: str, code: int, message: str) -> None:
    """An editor that can't be started, or that fails, changes nothing."""
    desk.edits()
    desk.environment["VISUAL"] = editor
    assert desk("edit") == (code, "", f"pledges: error: {message}\n")
    assert (desk.left, desk.text) == ([], SMALL_PLAN)


@pytest.mark.parametrize("option", ["", "--no-input", "--yes", "-n"])
def test_fault_unasked(desk: Editing, option: str) -> None:
    """Where nobody can be asked a fault ends it: the ledger stays, and what was written is kept."""
    desk.edits([BREAK])
    stamp = desk.stamp
    code, out, err = desk.line(f"edit {option}")
    (call,) = desk.calls
    assert (code, out, err) == (4, "", f"Your edited copy is kept in {call[0]}\n{FAULT}")
    assert desk.stamp == stamp
    assert Path(call[0]).read_bytes().decode() == SMALL_PLAN.replace(*BREAK)


@pytest.mark.parametrize(
    "edit",
    [
        ("", ""),
        ("", "not a ledger"),
        ("", "\udcff"),
        ('id = "ECO-02"', 'id = "ECO-01"'),
        ('pillar = "energy"', 'pillar = "enrgy"'),
        ('title = "Link the grids"\n', ""),
    ],
)
def test_only_a_sound_one(desk: Editing, edit: tuple[str, str]) -> None:
    """Nothing but a sound ledger takes the ledger's place."""
    desk.edits([edit])
    stamp = desk.stamp
    found = desk("edit")
    assert (found.code, found.out) == (4, "")
    assert desk.stamp == stamp


def meanwhile(desk: Editing, command: str) -> None:
    """Let a shell do something to the ledger before the editor saves."""
    script = desk.place / "script"
    script.write_text(script.read_text().replace("exec ", f"{command}\nexec "))


def test_changed_meanwhile(desk: Editing) -> None:
    """Where others change another part while the editor is open, both changes are written."""
    desk.edits([OPEN])
    meanwhile(desk, f"""sed -i 's/"Link the grids"/"Link both grids"/' '{desk.path}'""")
    theirs = SMALL_PLAN.replace("Link the grids", "Link both grids")
    said = f"{NAME} was changed meanwhile; both changes are in it.\n"
    assert desk("edit") == (0, DIFF, said + WRITTEN)
    assert desk.text == theirs.replace(*OPEN)
    assert desk.left == []
    assert desk("undo", "--yes").code == 0
    assert desk.text == theirs


@pytest.mark.parametrize("theirs", ["Close the market", '"'])
def test_same_changed_meanwhile(theirs: str, desk: Editing) -> None:
    """Where others change the same, or spoil the ledger, nothing is written, and the edit kept."""
    desk.edits([OPEN])
    meanwhile(desk, f"""sed -i 's/Open the market/{theirs}/' '{desk.path}'""")
    code, out, err = desk("edit")
    (call,) = desk.calls
    assert (code, out) == (6, DIFF)
    assert err == (
        f"Your edited copy is kept in {call[0]}\n"
        "pledges: error: commitments.toml was changed by another program; nothing was written\n"
        "  = hint: run it again: pledges edit\n"
    )
    assert desk.text != SMALL_PLAN
    assert OPEN[1] not in desk.text
    assert Path(call[0]).read_bytes().decode() == SMALL_PLAN.replace(*OPEN)


RESCUING: Final = """\
#!/bin/sh
trap 'printf rescued >"$1.swp"; exit 1' HUP TERM
kill -{signal} {whom}
sleep 60 & wait
"""
"""An editor that keeps what was typed in another file when it is ended."""


@pytest.mark.parametrize(("signal", "code"), [("HUP", 129), ("TERM", 143)])
@pytest.mark.parametrize("whom", ["$PPID $$", "$PPID; sleep 0.1; kill -TERM $$"])
def test_rescued(signal: str, code: int, whom: str, desk: Editing) -> None:
    """A signal to end lets the editor rescue what was typed; that stays, and where is said."""
    desk.edits()
    script = desk.place / "script"
    script.write_text(RESCUING.format(signal=signal, whom=whom))
    ended = desk.run("edit")
    (folder,) = (desk.place / "scratch").iterdir()
    assert ended == (code, "", f"What your editor has left is kept in {folder}\n")
    assert (folder / f"{NAME}.swp").read_text() == "rescued"
    assert desk.text == SMALL_PLAN


def test_nothing_to_rescue(desk: Editing) -> None:
    """Of an editor that was ended before anything was typed nothing stays."""
    desk.edits()
    (desk.place / "script").write_text("#!/bin/sh\nkill -TERM $PPID\n")
    assert desk.run("edit") == (143, "", "")
    assert desk.left == []


@pytest.mark.parametrize(
    "text", ["\ufeff" + SMALL_PLAN, SMALL_PLAN.replace("\n", "\r\n"), SMALL_PLAN[:-1]]
)
def test_bytes(desk: Editing, text: str) -> None:
    """The copy has the ledger's very bytes, line ends and byte order mark included."""
    desk.text = text
    desk.edits([OPEN])
    assert desk("edit").code == 0
    assert desk.text == text.replace(*OPEN)


# On a terminal


@pytest.mark.parametrize(
    ("editor", "said"),
    [
        ("rm", "does not exist"),
        ("ln -sf /dev/zero", "is larger than 64 MiB"),
        ("sh -c 'rm $0; mkdir $0'", "is a folder"),
    ],
)
def test_nothing_left(desk: Editing, editor: str, said: str) -> None:
    """An editor that leaves no text is told, and the ledger is as it was."""
    desk.environment["VISUAL"] = editor
    code, out, err = desk("edit")
    assert (code, out) == (7, "")
    assert "the edited ledger can't be read: " in err
    assert said in err
    assert desk.text == SMALL_PLAN


def test_on_terminal(desk: Editing) -> None:
    """On a terminal a sound change is shown and written, without a question."""
    code, seen = desk.answering("edit ECO-01", environment=desk.will([OPEN]))
    shown = "\n".join(line.rstrip() for line in DIFF.split("\n"))
    assert (code, seen) == (0, shown + WRITTEN)


@pytest.mark.parametrize("typed", ["\n", "y\n"])
def test_mended(desk: Editing, typed: str) -> None:
    """A fault is told, and the editor opened again at its line, with what was written so far."""
    more = desk.will([OPEN, BREAK], [MEND], stem="vi")
    code, seen = desk.answering("edit", [(QUESTION, typed)], environment=more)
    assert code == 0
    assert seen.startswith(f"{FAULT}{QUESTION.rstrip()}")
    assert seen.endswith(WRITTEN)
    assert [call[1] for call in desk.calls] == ["+1", "+27"]
    assert desk.text == SMALL_PLAN.replace(*OPEN).replace(BREAK[0], MEND[1])
    assert desk.left == []


def test_mended_after_two(desk: Editing) -> None:
    """The editor is opened as often as it takes."""
    worse = ("[pillars]", "[pilars]")
    more = desk.will([BREAK], [worse], [worse[::-1], MEND])
    code, seen = desk.answering("edit", [(QUESTION, "\n"), (QUESTION, "y\n")], environment=more)
    assert (code, seen.count(QUESTION.rstrip())) == (0, 2)
    assert desk.text == SMALL_PLAN.replace(BREAK[0], MEND[1])


@pytest.mark.parametrize("typed", ["n\n", "\x04"])
def test_dropped(desk: Editing, typed: str) -> None:
    """No, or the end of the input, writes nothing; what was typed is kept, and where is said."""
    stamp = desk.stamp
    code, seen = desk.answering("edit", [(QUESTION, typed)], environment=desk.will([BREAK]))
    said = f"{QUESTION}{typed.rstrip(chr(10) + chr(4))}".rstrip()
    ((copy, *_),) = desk.calls
    kept = f"{NOT_WRITTEN}Your edited copy is kept in {copy}\n"
    assert (code, seen) == (0, f"{FAULT}{said}\n{kept}")
    assert desk.stamp == stamp
    assert Path(copy).read_bytes().decode() == SMALL_PLAN.replace(*BREAK)


@pytest.mark.parametrize("stem", ["xdg-open", "script"])
def test_waited_for(desk: Editing, stem: str) -> None:
    """An editor that may have returned at once is waited for until the user says so."""
    more = desk.will(*([OPEN],) if stem == "xdg-open" else (), stem=stem)
    code, seen = desk.answering("edit", [(SAVED, "\n")], environment=more)
    assert code == 0
    assert seen.endswith(WRITTEN if stem == "xdg-open" else UNCHANGED)
    assert desk.left == []


def test_known_to_wait(desk: Editing) -> None:
    """An editor that is known to wait is not asked about."""
    code, seen = desk.answering("edit", environment=desk.will(stem="vim"))
    assert (code, seen) == (0, UNCHANGED)


def test_not_waited_for(desk: Editing) -> None:
    """Who stops waiting is told where the copy is: the editor may save it later."""
    code, seen = desk.answering("edit", [(SAVED, "\x04")], environment=desk.will())
    ((copy, *_),) = desk.calls
    assert (code, desk.text) == (0, SMALL_PLAN)
    assert seen.endswith(f"Your edited copy is kept in {copy}\n")
    assert Path(copy).exists()


def test_taken_back_by_hand(desk: Editing) -> None:
    """Who mends a fault by writing what was there before has changed nothing."""
    more = desk.will([BREAK], [BREAK[::-1]])
    code, seen = desk.answering("edit", [(QUESTION, "\n")], environment=more)
    assert (code, seen.endswith(UNCHANGED), desk.text) == (0, True, SMALL_PLAN)


def test_no_input(desk: Editing) -> None:
    """With ``--no-input`` nothing is asked on a terminal either."""
    code, seen = desk.answering("edit --no-input", environment=desk.will([BREAK]))
    assert (code, QUESTION in seen, desk.text) == (4, False, SMALL_PLAN)
