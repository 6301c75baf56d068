"""``pledges init``: a commented ledger to begin with."""

import re
import tomllib
from pathlib import Path

import pytest

from desk import NAME, Desk
from pledges.ledger.reading.decode import decode
from samples import SMALL_PLAN

FIRST = "Created commitments.toml. To add a pledge: pledges add\n"
TAKEN = """\
pledges: error: commitments.toml already exists
  = hint: to add to it: pledges add
"""
EMPTY = "The ledger has no pledges yet. To add the first: pledges add\n"


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """A desk with no ledger on it."""
    return Desk(tmp_path, None)


def lesson(text: str) -> str:
    """What the comments of a starter ledger show, once their marks are taken away."""
    shown = re.findall(r"^#   (.*\n)", text, re.MULTILINE)
    return text + "".join(shown)


def test_starter(desk: Desk) -> None:
    """Without options there is a ledger with one pillar, sound and answering at once."""
    assert desk("init") == (0, "", FIRST)
    content = tomllib.loads(desk.text)
    assert content == {
        "schema": 1,
        "plan": {"title": "Plan of Action", "warn_days": 60, "stale_days": 180},
        "parties": {},
        "pillars": {"general": "General"},
    }
    for command in ("list", "progress", "due", "overview"):
        assert desk(command).code == 0
    assert desk("list") == (0, "", EMPTY)
    assert max(map(len, desk.text.splitlines())) <= 100
    assert desk.text.endswith(".\n")


OPTIONS = """\
--title 'Kế hoạch "A"' --party VN='Viet Nam' --party 'SG = Singapore' --pillar eco='A = B' --pillar
'năng_lượng-2=Energy'"""


def test_options(desk: Desk) -> None:
    """Title, parties and pillars are those of the options, in their order."""
    assert desk.line(f"init {OPTIONS}") == (0, "", FIRST)
    content = tomllib.loads(desk.text)
    assert content["plan"]["title"] == 'Kế hoạch "A"'
    assert list(content["parties"].items()) == [("VN", "Viet Nam"), ("SG", "Singapore")]
    assert list(content["pillars"].items()) == [("eco", "A = B"), ("năng_lượng-2", "Energy")]
    assert desk("add", "--title", "T", "--pillar", "eco", "--owed-by", "VN").code == 0
    assert desk("update", "ECO-01", "--status", "completed").code == 0


@pytest.mark.parametrize(
    "argv", ["", OPTIONS, "--pillar '0={id}'", "--party 's=%d'", "--pillar năng=x"]
)
def test_lesson(desk: Desk, argv: str) -> None:
    """What the comments show is a sound ledger too, once their marks are taken away."""
    assert desk.line(f"init {argv}").code == 0
    (pledge,) = decode(lesson(desk.text), NAME).pledges
    assert [update.date.isoformat() for update in pledge.updates] == ["2026-09-30", "2026-10-15"]
    assert pledge.measure
    assert pledge.moves


def test_lesson_names_a_party(desk: Desk) -> None:
    """The pledge of the lesson is owed by the parties of the ledger."""
    assert desk.line(f"init {OPTIONS}").code == 0
    assert decode(lesson(desk.text), NAME).pledges[0].owed_by == ("VN", "SG")


@pytest.mark.parametrize(
    ("option", "word"),
    [
        ("--title", "\udcff"),
        ("--party", "VN=\udcff"),
        ("--party", "\udcff=x"),
        ("--pillar", "x=\udcff"),
        ("--pillar", "\udcff=x"),
    ],
)
def test_foreign_byte(desk: Desk, option: str, word: str) -> None:
    """A byte that is no UTF-8 is refused."""
    told = f"pledges: error: {option} is not valid UTF-8\n"
    assert desk("init", option, word) == (2, "", told)
    assert not desk.path.exists()


def test_never_overwrites(desk: Desk) -> None:
    """What is there stays, be it a ledger or not."""
    for text in (SMALL_PLAN, "", "not a ledger"):
        desk.text = text
        stamp = desk.stamp
        for option in ("", "-n", "--yes", "--title X"):
            assert desk.line(f"init {option}") == (7, "", TAKEN)
        assert desk.stamp == stamp


def test_never_overwrites_others(desk: Desk) -> None:
    """A folder, and a link that leads nowhere, are not overwritten either."""
    desk.path.mkdir()
    assert desk("init").code == 7
    desk.path.rmdir()
    desk.path.symlink_to("nowhere.toml")
    assert desk("init").code == 7
    assert desk.path.is_symlink()
    assert not desk.path.exists()


def test_shown(desk: Desk) -> None:
    """With ``-n`` the whole ledger is printed as a diff, and nothing is made."""
    code, diff, err = desk("init", "-n")
    assert (code, err) == (0, "")
    assert not desk.path.exists()
    desk("init")
    lines = desk.text.splitlines()
    head = ["--- /dev/null", f"+++ b/{NAME}", f"@@ -0,0 +1,{len(lines)} @@"]
    assert diff.splitlines() == [*head, *(f"+{line}" for line in lines)]


def test_place(desk: Desk, tmp_path: Path) -> None:
    """A ledger is made in this folder, also below another, or where ``--ledger`` says."""
    assert desk("init").code == 0
    below = desk.path.parent / "below"
    below.mkdir()
    desk.folder = below
    above = f"There is another ledger in a folder above, {desk.path}; here the new one is used.\n"
    assert desk("init") == (0, "", FIRST + above)
    assert (below / NAME).exists()
    path = tmp_path / "plan.toml"
    said = f"Created {path}. To add a pledge: pledges add --ledger {path}\n"
    assert desk("init", "--ledger", str(path)) == (0, "", said)
    assert path.read_bytes() == desk.path.read_bytes()


def test_place_by_environment(desk: Desk, tmp_path: Path) -> None:
    """PLEDGES_LEDGER says where as well."""
    desk.environment["PLEDGES_LEDGER"] = str(tmp_path / "plan.toml")
    assert desk("init").code == 0
    assert (tmp_path / "plan.toml").exists()
    assert not desk.path.exists()


def test_no_folder(desk: Desk) -> None:
    """Where the folder is not there, one sentence says so."""
    code, out, err = desk("init", "--ledger", "nowhere/plan.toml")
    assert (code, out) == (7, "")
    assert err.startswith("pledges: error: can't write nowhere/plan.toml: ")


KEY = "use only letters, digits, - and _, for example energy"


@pytest.mark.parametrize(
    ("argv", "message", "hint"),
    [
        ("--party VN", "--party: 'VN' has no key and name", "write --party KEY=NAME"),
        ("--party VN=", "--party: 'VN=' has no key and name", "write --party KEY=NAME"),
        ("--party =x", "--party: '=x' has no key and name", "write --party KEY=NAME"),
        ("--party ' = '", "--party: '=' has no key and name", "write --party KEY=NAME"),
        ("--pillar ''", "--pillar is empty", "write something, or leave it out"),
        ("--pillar 'green energy=x'", "--pillar: 'green energy' can't be a key", KEY),
        ("--pillar 'a\"b=x'", "--pillar: 'a\"b' can't be a key", KEY),
        ("--party a.b=x", "--party: 'a.b' can't be a key", KEY),
        ("--pillar {0}=x", "--pillar: '{0}' can't be a key", KEY),
        ("--pillar 'a\nb=x'", r"--pillar: 'a\nb' can't be a key", KEY),
        ("--pillar 'a\n[pillars]\nc=x'", r"--pillar: 'a\n[pillars]\nc' can't be a key", KEY),
        (
            "--pillar a=b --pillar a=c",
            "--pillar: the key 'a' is given twice",
            "give each one a key of its own",
        ),
        (
            "--party VN=a --party vn=b",
            "--party: the key 'vn' is given twice",
            "give each one a key of its own",
        ),
        ("--title ''", "--title is empty", "write something, or leave it out"),
        ("--title ' '", "--title is empty", "write something, or leave it out"),
        ("--ledger -", "a new ledger needs a file", "give its path with --ledger"),
    ],
)
def test_refused(desk: Desk, argv: str, message: str, hint: str) -> None:
    """What makes no ledger is refused with what to do, and none is made."""
    told = f"pledges: error: {message}\n  = hint: {hint}\n"
    assert desk.line(f"init {argv}") == (2, "", told)
    assert not desk.path.exists()


def test_quiet(desk: Desk) -> None:
    """With ``-q`` nothing is said."""
    assert desk("init", "-q") == (0, "", "")
    assert desk.path.exists()
