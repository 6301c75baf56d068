"""Unified diffs: what ``patch`` and ``git apply`` make of them is the new text, byte for byte."""

import datetime as dt
import shutil
import subprocess
from pathlib import Path
from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk import Desk, patched
from pledges.ledger.editing.text_diff import unified_diff
from samples import SMALL_PLAN

TEXT: Final = "one\ntwo\nthree\nfour\nfive\nsix\nseven\neight\n"
BARE: Final = "\\ No newline at end of file\n"

needs_patch = pytest.mark.skipif(not shutil.which("patch"), reason="this system has no patch")
needs_git = pytest.mark.skipif(not shutil.which("git"), reason="this system has no git")


@pytest.mark.parametrize(
    ("old", "new", "body"),
    [
        (TEXT, TEXT, ""),
        ("", "", ""),
        (
            TEXT,
            TEXT.replace("five\n", "5\n"),
            "@@ -2,7 +2,7 @@\n two\n three\n four\n-five\n+5\n six\n seven\n eight\n",
        ),
        (TEXT, f"zero\n{TEXT}", "@@ -1,3 +1,4 @@\n+zero\n one\n two\n three\n"),
        (TEXT, f"{TEXT}nine\n", "@@ -6,3 +6,4 @@\n six\n seven\n eight\n+nine\n"),
        (TEXT, TEXT[4:], "@@ -1,4 +1,3 @@\n-one\n two\n three\n four\n"),
        ("a\n", "", "@@ -1,1 +0,0 @@\n-a\n"),
        ("a", "a\n", f"@@ -1,1 +1,1 @@\n-a\n{BARE}+a\n"),
        ("a\n", "a\nb", f"@@ -1,1 +1,2 @@\n a\n+b\n{BARE}"),
        ("a\r\nb\r\n", "a\r\nc\r\n", "@@ -1,2 +1,2 @@\n a\r\n-b\r\n+c\r\n"),
        ("a\rb\n", "a\rc\n", "@@ -1,1 +1,1 @@\n-a\rb\n+a\rc\n"),
        ("a\u2028b\x0c\n", "c\u2028b\x0c\n", "@@ -1,1 +1,1 @@\n-a\u2028b\x0c\n+c\u2028b\x0c\n"),
    ],
)
def test_unified(old: str, new: str, body: str) -> None:
    """A change is shown with three lines around it, and an end that is missing is told."""
    head = "--- a/plan.toml\n+++ b/plan.toml\n"
    assert unified_diff(old, new, "plan.toml") == (head + body if body else "")


def test_new_file() -> None:
    """A file that is made is made out of nothing."""
    made = unified_diff("", "a\nb\n", "plan.toml")
    assert made == "--- /dev/null\n+++ b/plan.toml\n@@ -0,0 +1,2 @@\n+a\n+b\n"


@pytest.mark.parametrize(
    ("name", "label"),
    [
        ("plan.toml", "plan.toml"),
        ("sub/plan.toml", "sub/plan.toml"),
        ("/tmp/plan.toml", "tmp/plan.toml"),  # noqa: S108  (a name only)
        ("my plan.toml", "my plan.toml\t"),
        ("Kế hoạch.toml", "Kế hoạch.toml\t"),
    ],
)
def test_name(name: str, label: str) -> None:
    """A name keeps its folders; one with blanks is ended so that ``patch`` reads it whole."""
    assert unified_diff("a\n", "b\n", name).splitlines()[:2] == [f"--- a/{label}", f"+++ b/{label}"]


@pytest.mark.parametrize(
    ("name", "label"),
    [("e\n+++ b", '"a/e\\012+++ b"'), ('a "b"', '"a/a \\042b\\042"'), ("a\\b", '"a/a\\134b"')],
)
def test_odd_name(name: str, label: str) -> None:
    """A name with a line end, a quote or a backslash stands in quotes, and makes no other head."""
    assert unified_diff("a\n", "b\n", name).splitlines()[0] == f"--- {label}"


BLOCKS: Final = 20_000


def test_many_changes_in_like_lines() -> None:
    """In a ledger of many like lines each change is found by itself, without comparing all."""
    old = [f'[[pledge]]\nid = "{number}"\nkind = "ongoing"\n\n' for number in range(BLOCKS)]
    new = [f'{block}[[pledge.update]]\nnote = "Asked."\n\n' for block in old]
    diff = unified_diff("".join(old), "".join(new), "x")
    added = [line for line in diff.splitlines()[2:] if line.startswith("+")]
    assert len(added) == 3 * BLOCKS
    assert not any(line.startswith("-") for line in diff.splitlines()[2:])


def test_nothing_in_common() -> None:
    """Long texts without a line in common are replaced as wholes."""
    old, new = ("".join(f"{name}\n" * 3 for _ in range(BLOCKS)) for name in ("old", "new"))
    lines = unified_diff(old, new, "x").splitlines()
    assert lines[2:4] == [f"@@ -1,{3 * BLOCKS} +1,{3 * BLOCKS} @@", "-old"]


def test_two_places() -> None:
    """What lies far apart is shown in places of its own, and only that."""
    old = "".join(f"{number}\n" for number in range(1, 41))
    new = old.replace("\n5\n", "\nfive\n").replace("\n30\n", "\nthirty\n")
    places = "@@ -2,7 +2,7 @@\n 2\n 3\n 4\n-5\n+five\n 6\n 7\n 8\n"
    places += "@@ -27,7 +27,7 @@\n 27\n 28\n 29\n-30\n+thirty\n 31\n 32\n 33\n"
    assert unified_diff(old, new, "n") == f"--- a/n\n+++ b/n\n{places}"


LINES: Final = st.lists(st.sampled_from(["", "a", "b", "\r", "-a", "+++ b", "@@", "đ", "\t"]))
TEXTS: Final = st.builds(
    lambda lines, end: "\n".join(lines) + end, LINES, st.sampled_from(["", "\n"])
)


@needs_patch
@given(old=TEXTS, new=TEXTS)
def test_patch(tmp_path_factory: pytest.TempPathFactory, old: str, new: str) -> None:
    """``patch`` makes the new text of the old one, whatever lines they have."""
    if not old or not new or old == new:
        return
    folder = tmp_path_factory.mktemp("patch")
    (folder / "plan.toml").write_bytes(old.encode())
    argv = ["patch", "--strip=1", "--force", "--silent", "--binary"]
    diff = unified_diff(old, new, "plan.toml").encode()
    done = subprocess.run(argv, cwd=folder, input=diff, capture_output=True, check=False)
    assert (done.returncode, done.stdout) == (0, b"")
    assert (folder / "plan.toml").read_bytes().decode() == new


@needs_git
@pytest.mark.parametrize("name", ["plan.toml", "my plan.toml", "sub/Kế hoạch.toml"])
@pytest.mark.parametrize("old", ["", SMALL_PLAN, SMALL_PLAN.replace("\n", "\r\n"), SMALL_PLAN[:-1]])
def test_git(tmp_path: Path, name: str, old: str) -> None:
    """``git apply`` makes the new text as well, and a file that is not there yet."""
    new = f"{old or SMALL_PLAN}# more"
    path = tmp_path / name
    path.parent.mkdir(exist_ok=True)
    if old:
        path.write_bytes(old.encode())
    argv = ["git", "-c", "core.autocrlf=false", "apply", "--whitespace=nowarn", "-"]
    diff = unified_diff(old, new, name).encode()
    done = subprocess.run(argv, cwd=tmp_path, input=diff, capture_output=True, check=False)
    assert (done.returncode, done.stderr) == (0, b"")
    assert path.read_bytes().decode() == new


# Any edit of any ledger, through the command line


IDS: Final = ("A-1", "A-2", "B-1")
WORDS: Final = st.text(
    st.one_of(st.sampled_from("ab \"'\\#[]={}\n\tđệ"), st.characters(codec="utf-8")),
    min_size=1,
    max_size=12,
).filter(lambda text: bool(text.strip()) and "\x00" not in text)
DATES: Final = st.dates(min_value=dt.date(2026, 1, 1), max_value=dt.date(2026, 11, 22)).map(str)
NEWS: Final = (
    ("--status", "completed"),
    ("--value", "3"),
    ("--due", "2028", "--why=TEXT"),
    ("--note=TEXT",),
    ("--ask=TEXT", "--ask-by", "2026-12-01"),
    ("--settle", "1"),
    ("--settle", "1", "--note=TEXT", "--value", "2.5"),
)


@st.composite
def ledgers(draw: st.DrawFn) -> str:
    """A small ledger as hands might have written it."""
    lines = ["[plan]", 'title = "P"', "", "[pillars]", 'a = "A"', 'b = "B"  # second']
    for name in draw(st.permutations(IDS)):
        lines += draw(st.sampled_from([[], [""], ["", "# a comment", ""]]))
        lines += ["[[pledge]]", f'id = "{name}"', 'title = "T"', f'pillar = "{name[0].lower()}"']
        lines += draw(st.sampled_from([[], ["due = 2027-01-01  # day"], ['x-key = "kept"']]))
        lines += draw(st.sampled_from([[], ['measure = { unit = "u", baseline = 0, target = 4 }']]))
        for _ in range(draw(st.integers(0, 2))):
            lines += draw(st.sampled_from([[], [""]]))
            lines += ["[[pledge.update]]", f"date = {draw(DATES)}", 'note = "n"']
        if draw(st.booleans()):
            lines += ["[[pledge.ask]]", 'what = "Which?"', "date = 2026-01-01", "# below"]
    end = draw(st.sampled_from(["\n", "\r\n"]))
    return end.join(lines) + draw(st.sampled_from(["", end, end + end, f"{end}# last"]))


@st.composite
def edits(draw: st.DrawFn) -> list[str]:
    """A command line that may change such a ledger."""
    text = draw(WORDS)
    source = ["--source", "new", f"--source-title={text}"] if draw(st.booleans()) else []
    if draw(st.booleans()):
        more = draw(st.sampled_from([[], ["--due", "2027-Q4"], [f"--tag={text}"]]))
        return ["add", f"--title={text}", "--pillar", draw(st.sampled_from("ab")), *more, *source]
    named = draw(st.lists(st.sampled_from(IDS), min_size=1, max_size=3))
    news = [word.replace("TEXT", text) for word in draw(st.sampled_from(NEWS))]
    return ["update", *named, *news, *source, "--date", draw(DATES)]


@needs_patch
@given(text=ledgers(), argv=edits())
def test_diff_is_the_write(
    tmp_path_factory: pytest.TempPathFactory, text: str, argv: list[str]
) -> None:
    """What ``patch`` makes of the diff of ``-n`` is what is written, and undo gives all back."""
    desk = Desk(tmp_path_factory.mktemp("any"))
    desk.text = text
    shown = desk(*argv, "-n")
    assert desk.text == text
    code, _, err = desk(*argv)
    assert code == shown.code
    if code:
        assert (code, shown.out, shown.err, desk.text) == (2, "", err, text)
        return
    now, desk.text = desk.text, text
    assert patched(desk, shown.out) == now
    desk.text = now
    assert desk("undo", "--yes").code == (0 if now != text else 2)
    assert desk.text == text
