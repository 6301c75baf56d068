"""Programs and editors that save the ledger at once lose nothing that either has saved.

An editor here notes what it overwrites itself, as any editor does to what was saved since it was
opened: that is not lost by us.
"""

import os
import random
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

import pytest
from msgspec import Struct, field

from nightly import number
from pledges.ledger.storage.exchange import exchange_names
from writing import FORK_WRITERS, Kept

pytestmark = [
    pytest.mark.skipif(sys.platform != "linux", reason="other systems keep less"),
    pytest.mark.xdist_group("writers"),
    pytest.mark.slow,
]

WRITERS: Final = number(2, 8)
EACH: Final = number(4, 100)


class Saves(Struct):
    """The lines that an editor has saved, and those that it has overwritten itself."""

    saved: list[bytes] = field(default_factory=list)
    overwritten: set[bytes] = field(default_factory=set)

    def next_line(self) -> bytes:
        """A comment that tells this save from all others."""
        return f"# save {len(self.saved)}\n".encode()


@contextmanager
def writing(desk: Kept) -> Iterator[subprocess.Popen[bytes]]:
    """Many writers at once; those that meet no ledger, or a busy one, try again."""
    with subprocess.Popen(
        [sys.executable, "-c", FORK_WRITERS, str(WRITERS), str(EACH)],
        cwd=desk.folder,
        env=desk.environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    ) as running:
        yield running
        assert running.wait() == 0


def moments(desk: Kept, running: subprocess.Popen[bytes]) -> Iterator[None]:
    """Some milliseconds after a writer has written, again and again while writers write."""
    after = random.Random(20261122)  # noqa: S311  (the same moments each time)
    while running.poll() is None:
        before = noted(desk.path)
        while noted(desk.path) <= before and running.poll() is None:
            pass
        with suppress(subprocess.TimeoutExpired):
            running.wait(after.random() / 50)
        yield


def acknowledged(running: subprocess.Popen[bytes]) -> list[bytes]:
    """The lines that the ledger has for what writers have said is written."""
    assert running.stdout
    return [b'note = "%s"\n' % line.split()[-1] for line in running.stdout.read().splitlines()]


def save_by_name(path: Path, saves: Saves) -> None:
    """Save as most editors do: another file takes the name."""
    line = saves.next_line()
    beside = path.with_name("editor")
    new = path.read_bytes() + line
    beside.write_bytes(new)
    exchange_names(beside, path)
    came = beside.read_bytes()
    beside.unlink()
    saves.overwritten |= {*came.splitlines(keepends=True)} - {*new.splitlines(keepends=True)}
    saves.saved.append(line)


def save_in_place(path: Path, saves: Saves) -> None:
    """Save as other editors and ``tee`` do: the file itself is filled again, bit by bit."""
    line = saves.next_line()
    with path.open("r+b", buffering=0) as file:
        if os.path.samestat(os.fstat(file.fileno()), path.stat()):
            new = file.read() + line
            file.seek(0)
            for at in range(0, len(new), 512):
                file.write(new[at : at + 512])
            assert os.path.samestat(os.fstat(file.fileno()), path.stat())
            saves.saved.append(line)


@pytest.mark.parametrize("save", [save_by_name, save_in_place])
def test_an_editor_at_once(save: Callable[[Path, Saves], None], tmp_path: Path) -> None:
    """What writers have acknowledged and what an editor has saved is in the ledger."""
    desk, saves = Kept(tmp_path), Saves()
    with writing(desk) as running:
        for _ in moments(desk, running):
            save(desk.path, saves)
        written = acknowledged(running)
    content = b"".join(each.read_bytes() for each in desk.folder.iterdir())
    left = {*content.splitlines(keepends=True)}
    assert (len(written), len(saves.saved) > 2) == (WRITERS * EACH + 1, True)
    assert {*written, *saves.saved} - left <= saves.overwritten


def test_checkouts_at_once(tmp_path: Path) -> None:
    """After a checkout nothing is left of what was written before, and all that is written since.

    As git does, it removes the ledger and creates another one.
    """
    desk, before = Kept(tmp_path), set[bytes]()
    committed = desk.content
    with writing(desk) as running:
        for _ in moments(desk, running):
            aside = desk.path.rename(desk.place / "aside")  # which shows what is removed
            before |= noted(aside)
            with desk.path.open("xb", buffering=0) as file:
                for at in range(0, len(committed), 512):
                    file.write(committed[at : at + 512])
        written = acknowledged(running)
    assert len({*written}) == WRITERS * EACH + 1
    assert not noted(desk.path) & before
    assert {*written} - before == noted(desk.path)


def noted(path: Path) -> set[bytes]:
    """The notes in the ledger, if it is there."""
    with suppress(FileNotFoundError):
        lines = path.read_bytes().splitlines(keepends=True)
        return {line for line in lines if line.startswith(b"note = ")}
    return set()
