"""What was written can be taken back, byte for byte, and nothing else is taken for it."""

import base64
import json
import os
import shutil
import subprocess
import sys
import tempfile
import zlib
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any, Final

import msgspec
import pytest

from pledges.errors import Busy
from pledges.ledger.reading.find import LEDGER_NAME as NAME
from pledges.ledger.storage.logged_write import content_digest
from pledges.ledger.storage.undo_log import (
    MOST_BYTES,
    MOST_LEDGERS,
    MOST_WRITES,
    Act,
    History,
    MoveNote,
    UndoNote,
    history,
    set_log_aside,
    state_folder,
)
from program import Start, ended, needs_shell
from samples import ONE_PLEDGE
from writing import AS_OF, Kept, noting

BINARY: Final = (b"", b"a", b"\r\n\xff\0", b"aaaa", b"aaa", "Kế hoạch\n".encode(), b"aaaab")


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Kept]:
    """A desk whose journal this process reads and writes too."""
    desk = Kept(tmp_path)
    with desk.entered():
        yield desk


def kept(path: Path, old: bytes, new: bytes) -> list[str]:
    """Note a write; what is said of it."""
    told: list[str] = []
    UndoNote("test", "2026-11-22T10:00:00+00:00").keep(path, old, new, told.append)
    return told


def journal() -> Path:
    """The only journal that there is."""
    (found,) = state_folder("undo").glob("*.json")
    return found


def contents_before(desk: Kept, content: bytes) -> list[bytes]:
    """What the ledger held before each of the writes that led to a short content."""
    past = history(desk.path, content)
    contents: list[bytes] = []
    for write in reversed(past.done):
        content = write.undone(content, desk.path)
        contents.append(content)
    return contents[::-1]


# What is kept.


@pytest.mark.parametrize("old", BINARY)
@pytest.mark.parametrize("new", BINARY)
def test_any_write_is_taken_back(old: bytes, new: bytes, desk: Kept) -> None:
    """What a write took away and what it put there tell what was there before."""
    assert kept(desk.path, old, new) == []
    (write,) = history(desk.path, new).done
    assert write.undone(new, desk.path) == old
    assert write.redone(old, desk.path) == new


def test_only_what_was_written_is_found(desk: Kept) -> None:
    """The writes that led to a text are found, the last one last, and those that follow it."""
    for old, new in ((b"0", b"1"), (b"1", b"2"), (b"2", b"3")):
        kept(desk.path, old, new)
    assert contents_before(desk, b"3") == [b"0", b"1", b"2"]
    assert contents_before(desk, b"2") == [b"0", b"1"]
    assert [each.after for each in history(desk.path, b"1").undone] == [
        content_digest(each) for each in (b"2", b"3")
    ]
    assert history(desk.path, b"by others").is_changed
    kept(desk.path, b"by others", b"4")
    assert not history(desk.path, b"4").is_changed
    assert history(desk.path, b"4").done[-1].undone(b"4", desk.path) == b"by others"


def test_the_number_of_writes_is_bounded(desk: Kept) -> None:
    """The newest writes are kept."""
    for number in range(MOST_WRITES + 5):
        assert kept(desk.path, b"%d" % number, b"%d" % (number + 1)) == []
    found = contents_before(desk, b"%d" % (MOST_WRITES + 5))
    assert len(found) == MOST_WRITES
    assert found[0] == b"5"


def test_the_bytes_of_writes_are_bounded(desk: Kept) -> None:
    """What takes away too much is not kept, nor is what was before it; that is said."""
    large = os.urandom(MOST_BYTES // 4 - 9999)
    contents = [b"a", large, b"b", large[::-1], b"c"]
    for old, new in pairwise(contents):
        assert kept(desk.path, old, new) == []
    assert len(history(desk.path, b"c").done) == 4
    assert kept(desk.path, b"c", b"d" + large) == []
    assert kept(desk.path, b"d" + large, b"e") == []
    assert len(history(desk.path, b"e").done) == 4
    told = kept(desk.path, os.urandom(MOST_BYTES + 1000), b"f")
    assert told == ["this can't be undone, because it is too large to be kept"]
    assert journal().stat().st_size < 2 * MOST_BYTES


def test_the_number_of_journals_is_bounded(desk: Kept) -> None:
    """The journals of the ledgers that were written to last are kept."""
    for number in range(MOST_LEDGERS + 3):
        kept(desk.folder / f"{number}.toml", b"old", b"new")
        os.utime(max(state_folder("undo").iterdir(), key=_age), (number, number))
    assert len(list(state_folder("undo").iterdir())) == MOST_LEDGERS
    assert history(desk.folder / f"{MOST_LEDGERS + 2}.toml", b"new").done
    (desk.folder / "0.toml").write_bytes(b"new")
    (desk.folder / "1.toml").write_bytes(b"new")
    assert not history(desk.folder / "0.toml", b"x").done


def _age(path: Path) -> float:
    return path.stat().st_mtime


@needs_shell
def test_a_journal_is_for_its_owner(desk: Kept) -> None:
    """What a ledger held is told to nobody else."""
    before = os.umask(0)
    try:
        kept(desk.path, b"old", b"new")
    finally:
        os.umask(before)
    assert journal().stat().st_mode & 0o777 == 0o600
    assert journal().parent.stat().st_mode & 0o777 == 0o700


def test_overtaken(desk: Kept) -> None:
    """If others wrote and the same text came of it, what was shown is not the last write."""
    kept(desk.path, b"a", b"b")
    shown = history(desk.path, b"b").done[-1]
    kept(desk.path, b"b", b"a")
    UndoNote("another", "2026-11-22T10:00:01+00:00").keep(desk.path, b"a", b"b", print)
    with pytest.raises(Busy):
        MoveNote(shown, Act.UNDO).keep(desk.path, b"b", b"a", print)
    assert len(history(desk.path, b"b").done) == 3


def test_a_log_that_is_set_aside(desk: Kept) -> None:
    """A ledger that begins where another was has no history; that of the other is not lost."""
    kept(desk.path, b"a", b"b")
    set_log_aside(desk.path)
    assert history(desk.path, b"x") == History()
    assert len(history(desk.folder / "moved.toml", b"b").done) == 1
    assert journal().stat().st_mode & 0o777 == 0o600
    kept(desk.path, b"x", b"y")
    assert len(history(desk.path, b"y").done) == 1
    assert len(history(desk.folder / "moved.toml", b"b").done) == 1


# Undo.


def test_many_writes_are_taken_back(desk: Kept) -> None:
    """As many undos as writes lead back to the first byte."""
    texts = [desk.content]
    for number in range(8):
        assert desk.noted(f"n{number}").code == 0
        texts.append(desk.content)
    for text in reversed(texts[:-1]):
        assert desk.run("undo", "--yes").code == 0
        assert desk.content == text
    assert desk.run("undo", "--yes").code == 2
    assert (desk.content, desk.files) == (ONE_PLEDGE.encode(), [NAME])


def test_nothing_to_take_back(desk: Kept) -> None:
    """Where this program never wrote, that is said."""
    ended = desk.run("undo", "--yes")
    assert (ended.code, ended.out, desk.content) == (2, "", ONE_PLEDGE.encode())


def spoilt(content: bytes) -> list[bytes]:
    """What may be found in the place of a journal with this content."""
    log: dict[str, Any] = json.loads(content)
    old_form = {"act": "x", "on": "x", "at": 1, "taken": "", "given": 1, "before": "", "after": ""}
    half = content[: len(content) // 2]
    return [
        b"",
        half,
        b"\0" * 4096,
        b"{}",
        b"[1]",
        b"[{}]",
        json.dumps([old_form]).encode(),
        json.dumps({**log, "done": [1]}).encode(),
    ]


def untrue(content: bytes) -> list[bytes]:
    """Journals that are well formed, and tell what never was."""
    log: dict[str, Any] = json.loads(content)
    (entry,) = log["done"]
    packed = zlib.decompress(base64.b64decode(entry["hunks"]))
    (hunk,) = msgspec.msgpack.decode(packed)
    at, old, new, *around = hunk
    wrong = ([at + 1, old, new, *around], [-5, old, new, *around], [at, b"", b"x", *around], [1])
    texts = [b"no compressed text", *(zlib.compress(msgspec.msgpack.encode([w])) for w in wrong)]
    return [
        json.dumps({**log, "done": [{**entry, "hunks": base64.b64encode(x).decode()}]}).encode()
        for x in texts
    ]


def test_a_spoilt_journal_is_like_none(desk: Kept) -> None:
    """From a journal of another form nothing is taken back; the next write makes a new one."""
    assert desk.noted("first").code == 0
    before = desk.content
    for number, content in enumerate(spoilt(journal().read_bytes())):
        journal().write_bytes(content)
        ended = desk.run("undo", "--yes")
        assert (ended.code, ended.out, desk.content) == (2, "", before)
        assert desk.noted(f"n{number}").code == 0
        assert desk.run("undo", "--yes").code == 0
        assert desk.content == before


@pytest.mark.parametrize("which", range(5))
def test_an_untrue_journal_is_not_believed(which: int, desk: Kept) -> None:
    """Only the very text that was there before is put back."""
    assert desk.noted("first").code == 0
    before = desk.content
    journal().write_bytes(untrue(journal().read_bytes())[which])
    ended = desk.run("undo", "--yes")
    assert ended.code in (2, 6, 7)
    assert desk.content == before


# Where the journal lies.


def bare(desk: Kept, command: tuple[str, ...], environment: dict[str, str]) -> int:
    """Run the program with nothing in its environment but this."""
    needed = {name: os.environ[name] for name in ("SYSTEMROOT",) if name in os.environ}
    argv = [*command, "--ledger", str(desk.path)]
    return ended(Start(argv, desk.folder, {**needed, **environment})).code


@needs_shell
@pytest.mark.parametrize("home", ["HOME", "XDG_STATE_HOME"])
def test_a_bare_environment(home: str, desk: Kept, tmp_path: Path) -> None:
    """A home or a state folder is enough, and what is written can be taken back."""
    (tmp_path / "home").mkdir()
    where = {home: str(tmp_path / "home")}
    assert bare(desk, noting("first"), where) == 0
    assert bare(desk, ("undo", "--yes"), where) == 0
    assert (desk.content, desk.files) == (ONE_PLEDGE.encode(), [NAME])


AS_A_STRANGER: Final = """
import os, sys
from pledges.cli import main
for argv in (["list"], [*sys.argv[1:], "--dry-run"]):
    main(argv)  # what it imports can no longer be read later
os.environ.clear()
os.setuid(54321)
sys.exit(main(sys.argv[1:]))
"""


@pytest.mark.skipif(
    not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root may become somebody else"
)
def test_a_user_without_a_home() -> None:
    """A user whom the system does not know may write; undo does not know of it, as is said."""
    with tempfile.TemporaryDirectory() as place:
        desk = Kept(Path(place))
        for path, mode in ((place, 0o755), (desk.folder, 0o777), (desk.path, 0o666)):
            Path(path).chmod(mode)
        ended = desk.command(sys.executable, "-c", AS_A_STRANGER, *noting("first"))
        assert (ended.code, desk.notes, desk.files) == (0, ["first"], [NAME])
        assert "this can't be undone" in ended.err


@needs_shell
@pytest.mark.parametrize("obstacle", ["state", "state/pledges", "state/pledges/undo"])
def test_a_state_folder_that_is_none(obstacle: str, desk: Kept, tmp_path: Path) -> None:
    """Where nothing can be kept, the write is done, and that is said."""
    place = tmp_path / obstacle
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_bytes(b"")
    ended = desk.noted("first")
    assert ended.code == 0
    said = ended.err.splitlines()
    assert said[0].startswith("this can't be undone, because its record can't be written: ")
    assert (len(said), desk.notes, desk.files) == (2, ["first"], [NAME])


# The diffs that are shown.

TEXTS: Final = {
    "LF": ONE_PLEDGE,
    "CRLF": ONE_PLEDGE.replace("\n", "\r\n"),
    "no last line end": ONE_PLEDGE.rstrip("\n"),
    "CRLF, no last line end": ONE_PLEDGE.rstrip("\n").replace("\n", "\r\n"),
    "mark": f"\ufeff{ONE_PLEDGE}",
}
ACTS: Final = (
    noting("first"),
    ("update", "ECO-01", "--status", "completed", "--note", "Two\nlines"),
    ("add", "--title", "Open parks", "--pillar", "economy", *AS_OF),
)
TOOLS: Final = (("patch", "-p1", "--silent"), ("git", "apply", "--whitespace=nowarn"))

each_tool = pytest.mark.parametrize(
    "tool",
    [
        pytest.param(
            tool,
            id=tool[0],
            marks=pytest.mark.skipif(not shutil.which(tool[0]), reason=f"{tool[0]} is not here"),
        )
        for tool in TOOLS
    ],
)


def applied(desk: Kept, tool: tuple[str, ...], diff: str) -> None:
    """Have a tool apply a diff in the ledger's folder."""
    subprocess.run(
        tool,
        cwd=desk.folder,
        input=diff.encode(),
        env={**desk.environment, "GIT_CEILING_DIRECTORIES": str(desk.folder.parent)},
        check=True,
    )


@each_tool
@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
def test_a_diff_does_what_it_shows(tool: tuple[str, ...], text: str, tmp_path: Path) -> None:
    """What a dry run shows makes the very bytes that the command makes; undo's the old ones."""
    desk = Kept(tmp_path, text)
    for act in ACTS:
        old = desk.content
        diff = desk.run(*act, "--dry-run").out
        assert desk.content == old
        assert desk.run(*act).code == 0
        new = desk.content
        back = desk.run("undo", "--dry-run").out
        assert desk.content == new
        applied(desk, tool, back)
        assert desk.content == old
        applied(desk, tool, diff)
        assert (desk.content, desk.files) == (new, [NAME])


@each_tool
def test_the_diff_of_a_new_ledger(tool: tuple[str, ...], tmp_path: Path) -> None:
    """What a dry run of init shows makes the ledger that init makes."""
    desk, other = Kept(tmp_path), Kept(tmp_path / "other")
    for each in (desk, other):
        each.path.unlink()
    assert other.run("init").code == 0
    diff = desk.run("init", "--dry-run").out
    assert desk.files == []
    applied(desk, tool, diff)
    assert (desk.content, desk.files) == (other.content, [NAME])
