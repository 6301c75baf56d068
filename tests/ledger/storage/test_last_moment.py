"""What others save between the last look at the ledger and its replacement is never lost."""

import os
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Final

import pytest

from pledges.errors import Busy, NoLedger
from pledges.ledger.editing.amend import Revision
from pledges.ledger.reading.find import LEDGER_NAME as NAME
from pledges.ledger.storage.store import rewrite
from pledges.ledger.storage.undo_log import UndoNote, history

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="other systems are not hooked into")

EXCHANGE: Final = "ctypes.dlopen"
"""The event that Python reports right before two names are exchanged."""

moments: list[Callable[[], object]] = []
"""What happens before the next exchanges of names, one each."""


def happen(event: str, _: object) -> None:
    """Let happen what is next, before an exchange."""
    if event == EXCHANGE and moments:
        moments.pop(0)()


@pytest.fixture(scope="module", autouse=True)
def _hooked() -> None:
    sys.addaudithook(happen)


@pytest.fixture
def ledger(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A file in a folder of its own, in which the test runs."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    (tmp_path / "desk").mkdir()
    monkeypatch.chdir(tmp_path / "desk")
    path = tmp_path / "desk" / NAME
    path.write_bytes(b"old\n")
    yield path
    moments.clear()


def add(path: Path) -> list[str]:
    """Add a line; the texts to which it was added."""
    seen: list[str] = []

    def revise(text: str) -> Revision:
        seen.append(text)
        return Revision(text, f"{text}new\n")

    rewrite(path, revise, UndoNote("test", "2026-11-22T10:00:00+00:00"), print)
    assert [each.name for each in path.parent.iterdir()] == [NAME]
    return seen


def saved(path: Path, text: str) -> Callable[[], object]:
    """What most editors do: another file takes the name."""

    def save() -> None:
        beside = path.with_name("editor")
        beside.write_text(text, encoding="utf-8")
        beside.replace(path)

    return save


def test_a_save(ledger: Path) -> None:
    """A text that was saved in the last moment is the one that is revised, and can be undone to."""
    moments.append(saved(ledger, "saved\n"))
    assert add(ledger) == ["old\n", "saved\n"]
    assert ledger.read_text(encoding="utf-8") == "saved\nnew\n"
    past = history(ledger, ledger.read_bytes())
    assert ([each.act for each in past.done], past.undone) == (["test"], ())
    assert past.done[0].undone(ledger.read_bytes(), ledger) == b"saved\n"


@pytest.mark.parametrize(("count", "kept"), [(2, 0), (3, 1), (4, 2), (5, 3)])
def test_saves_while_one_is_put_back(count: int, kept: int, ledger: Path) -> None:
    """Of texts that are saved one after the other the last is revised, and the one before kept."""
    texts = [f"saved {each}\n" for each in range(count)]
    moments.extend(saved(ledger, each) for each in texts)
    told: list[str] = []
    rewrite(ledger, lambda text: Revision(text, f"{text}new\n"), None, told.append)
    beside = ledger.with_name(f"{NAME}.saved-1")
    assert told == [f"{NAME} was saved twice during the write; the first text is in {beside.name}"]
    assert ledger.read_text(encoding="utf-8") == f"{texts[-1]}new\n"
    assert beside.read_text(encoding="utf-8") == texts[kept]
    assert len([*ledger.parent.iterdir()]) == 2


def linked(path: Path, to: Path) -> Callable[[], object]:
    """A link takes the place of a file."""

    def link() -> None:
        path.unlink()
        path.symlink_to(to)

    return link


def test_a_link_in_the_place_of_the_ledger(ledger: Path, tmp_path: Path) -> None:
    """A link that took the ledger's place stays, and what it leads to is the ledger now."""
    other = tmp_path / "other"
    other.write_bytes(b"other\n")
    moments.append(linked(ledger, other))
    assert add(ledger) == ["old\n", "other\n"]
    assert (ledger.readlink(), other.read_bytes()) == (other, b"other\nnew\n")


@pytest.mark.parametrize("name", ["nowhere", "."])
def test_a_link_to_no_ledger(name: str, ledger: Path, tmp_path: Path) -> None:
    """A link that leads nowhere, or to a folder, stays; nothing is written."""
    moments.append(linked(ledger, tmp_path / name))
    with pytest.raises(NoLedger):
        add(ledger)
    assert [each.name for each in ledger.parent.iterdir()] == [NAME]
    assert ledger.readlink() == tmp_path / name


def test_a_ledger_that_is_removed(ledger: Path) -> None:
    """A ledger that was removed in the last moment is not written again."""
    moments.append(ledger.unlink)
    with pytest.raises(NoLedger, match="does not exist"):
        add(ledger)
    assert list(ledger.parent.iterdir()) == []


def breaking() -> bool:
    """Whether somebody waits to write into a file of which a lease was taken."""
    return " BREAKING " in Path("/proc/locks").read_text(encoding="utf-8")


@pytest.mark.skipif(not Path("/proc/locks").exists(), reason="the system tells of no locks")
def test_a_save_in_place(ledger: Path) -> None:
    """A text that is written into the ledger's own file in the last moment is revised."""

    def begin() -> None:
        writer.start()
        while not breaking():
            pass

    writer = threading.Thread(target=ledger.write_bytes, args=(b"written\n",))
    moments.append(begin)
    assert add(ledger)[-1] == "written\n"
    writer.join()
    assert ledger.read_text(encoding="utf-8") == "written\nnew\n"


def test_a_file_that_stays_open(ledger: Path) -> None:
    """A ledger that another program keeps open for writing is not replaced, and it is named."""
    child, pipe = os.pipe()
    pid = os.fork()
    if not pid:
        with ledger.open("r+b"):
            os.read(child, 1)
        os._exit(0)
    try:
        while ledger.stat().st_ino not in opened_by(pid):
            pass
        with pytest.raises(Busy) as busy:
            rewrite(ledger, lambda text: Revision(text, f"{text}new\n"), None, print, patience=0.1)
    finally:
        os.write(pipe, b"!")
        os.waitpid(pid, 0)
    name = Path(f"/proc/{os.getpid()}/comm").read_text(encoding="utf-8").rstrip()
    said = f"{name} (process {pid}) has {NAME} open for writing; nothing was written"
    assert (busy.value.exit, busy.value.message) == (6, said)
    assert ledger.read_bytes() == b"old\n"


def opened_by(process: int) -> set[int]:
    """The inodes of what a process has open."""
    found = set()
    for each in Path(f"/proc/{process}/fd").iterdir():
        with suppress(OSError):
            found.add(each.stat().st_ino)
    return found
