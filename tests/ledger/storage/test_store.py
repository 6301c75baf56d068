"""Writing a ledger: what stays as it was, what is refused, and who else writes meanwhile."""

import os
import select
import shutil
import socket
import struct
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

import pytest

from pledges.errors import Busy, CannotWrite, NoLedger, PledgesError
from pledges.ledger.editing.amend import Revision
from pledges.ledger.reading.find import LARGEST_FILE
from pledges.ledger.reading.find import LEDGER_NAME as NAME
from pledges.ledger.storage.file_attributes import Tell
from pledges.ledger.storage.store import create, rewrite
from pledges.ledger.storage.undo_log import UndoNote, history

OLD: Final = "old\n"
TEMPORARY: Final = ".pledges-82c305a76351.new"
NOBODY: Final = 65534

needs_posix = pytest.mark.skipif(os.name != "posix", reason="only POSIX has this")
needs_root = pytest.mark.skipif(
    not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root may give files away"
)
needs_fork = pytest.mark.skipif(not hasattr(os, "fork"), reason="this system has no fork")


@pytest.fixture(autouse=True)
def _own_state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    monkeypatch.setenv("LOCALAPPDATA", str(tmp_path / "state"))


@pytest.fixture
def ledger(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A file in a folder of its own, in which the test stands."""
    (tmp_path / "desk").mkdir()
    monkeypatch.chdir(tmp_path / "desk")
    path = tmp_path / "desk" / NAME
    path.write_bytes(OLD.encode())
    return path


def with_line(line: str) -> Callable[[str], Revision]:
    """A revision that adds a line."""
    return lambda text: Revision(text, f"{text}{line}\n")


def told_by_writing(path: Path, revise: Callable[[str], Revision]) -> list[str]:
    """Write a revision; what is said of it."""
    told: list[str] = []
    rewrite(path, revise, UndoNote("test", "2026-11-22T10:00:00+00:00"), told.append)
    return told


def add(path: Path, line: str) -> list[str]:
    """Add a line; what is said of it."""
    return told_by_writing(path, with_line(line))


def refused(path: Path, revise: Callable[[str], Revision] | None = None) -> PledgesError:
    """The refusal to write; nothing lies beside the ledger then."""
    with pytest.raises(PledgesError) as error:
        told_by_writing(path, revise or with_line("new"))
    assert not list(path.parent.glob(".pledges-*"))
    return error.value


def files(path: Path) -> list[str]:
    """What lies in a ledger's folder."""
    return sorted(each.name for each in path.parent.iterdir())


# What stays as it was.


def test_written(ledger: Path) -> None:
    """The new text is there, with a new time, and nothing beside it."""
    os.utime(ledger, ns=(10**18, 10**18))
    assert add(ledger, "new") == []
    assert ledger.read_bytes() == b"old\nnew\n"
    assert ledger.stat().st_mtime_ns > 10**18
    assert files(ledger) == [NAME]


def test_the_same_text_writes_nothing(ledger: Path) -> None:
    """A revision to the same text leaves the very file, and is no write to take back."""
    os.utime(ledger, ns=(10**18, 10**18))
    before = ledger.stat()
    assert told_by_writing(ledger, lambda text: Revision(text, text)) == []
    after = ledger.stat()
    assert (after.st_ino, after.st_mtime_ns) == (before.st_ino, before.st_mtime_ns)
    assert not history(ledger, ledger.read_bytes()).done


@needs_posix
@pytest.mark.parametrize("mode", [0o600, 0o640, 0o644, 0o664, 0o666, 0o755, 0o2664])
def test_the_mode_stays(mode: int, ledger: Path) -> None:
    """Whoever might read or write it before still may, and nobody else."""
    ledger.chmod(mode)
    before = os.umask(0o077)
    try:
        assert add(ledger, "new") == []
    finally:
        os.umask(before)
    assert ledger.stat().st_mode & 0o7777 == mode


@needs_root
@pytest.mark.parametrize("owners", [(NOBODY, NOBODY), (0, NOBODY), (NOBODY, 0)])
def test_the_owner_and_the_group_stay(owners: tuple[int, int], ledger: Path) -> None:
    """A write by root does not take a ledger from its owner."""
    os.chown(ledger, *owners)
    ledger.chmod(0o660)
    assert add(ledger, "new") == []
    status = ledger.stat()
    assert (status.st_uid, status.st_gid, status.st_mode & 0o7777) == (*owners, 0o660)


@needs_root
def test_an_owner_that_may_not_be_set_is_told(open_ledger: Path) -> None:
    """Who may write but give nothing away becomes the owner, and that is said."""
    assert as_nobody(open_ledger, 0o777, 0o666) == (
        "the ledger's group was 0 and is now 65534: you can't set it\n"
        "the ledger's owner was 0 and is now 65534: you can't set it\n"
    )
    assert open_ledger.read_bytes() == b"old\nnew\n"
    assert open_ledger.stat().st_mode & 0o7777 == 0o666


@needs_root
@pytest.mark.parametrize(("folder_mode", "mode"), [(0o755, 0o666), (0o777, 0o644), (0o1777, 0o666)])
def test_what_may_not_be_written(folder_mode: int, mode: int, open_ledger: Path) -> None:
    """Who may not write the ledger, beside it, or in its place is refused; the ledger stays."""
    told = as_nobody(open_ledger, folder_mode, mode).splitlines()
    assert told[-1].startswith("7 can't write commitments.toml: ")
    assert (open_ledger.read_bytes(), files(open_ledger)) == (b"old\n", [NAME])


@needs_root
def test_a_file_of_others_in_the_way(open_ledger: Path) -> None:
    """Who can't write for another user's leftover is told whose it is."""
    open_ledger.with_name(TEMPORARY).touch(0o600)
    assert as_nobody(open_ledger, 0o777, 0o666) == (
        f"7 {TEMPORARY}, which belongs to root, is in the way: Permission denied\n"
    )
    assert open_ledger.read_bytes() == b"old\n"


def test_a_folder_in_the_way(ledger: Path) -> None:
    """A folder of the name of the temporary file is named."""
    ledger.with_name(TEMPORARY).mkdir()
    with pytest.raises(CannotWrite) as error:
        add(ledger, "new")
    assert error.value.message == (
        f"{TEMPORARY}, which belongs to you, is in the way: Is a directory"
    )


AS_NOBODY: Final = """
import os
from pathlib import Path
from pledges.errors import PledgesError
from pledges.ledger.storage.undo_log import UndoNote
from pledges.ledger.editing.amend import Revision
from pledges.ledger.storage.store import rewrite

def quiet(sentence):
    if not sentence.startswith("this can't be undone"):
        print(sentence)

os.setgroups([])
os.setgid(65534)
os.setuid(65534)
try:
    rewrite(Path("commitments.toml"), lambda text: Revision(text, text + "new\\n"),
            UndoNote("test", "2026-11-22"), quiet)
except PledgesError as error:
    print(int(error.exit), error.message)
"""


@pytest.fixture
def open_ledger() -> Iterator[Path]:
    """A ledger in a folder that everybody can get to."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / NAME
        path.write_bytes(OLD.encode())
        yield path


def as_nobody(ledger: Path, folder_mode: int, mode: int) -> str:
    """What is said where a user without any rights adds a line to a ledger."""
    ledger.parent.chmod(folder_mode)
    ledger.chmod(mode)
    ended = subprocess.run(
        [sys.executable, "-c", AS_NOBODY],
        cwd=ledger.parent,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (ended.returncode, ended.stderr) == (0, "")
    return ended.stdout


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux has these")
def test_extended_attributes_stay(ledger: Path) -> None:
    """What others noted about the file is still noted."""
    if sys.platform != "linux":
        return
    try:
        os.setxattr(ledger, "user.origin", b"minutes \0\xff")
    except OSError:
        pytest.skip("this file system has no extended attributes")
    assert add(ledger, "new") == []
    assert os.getxattr(ledger, "user.origin") == b"minutes \0\xff"


EVERYBODYS: Final = b"".join(
    struct.pack("<HHI", tag, permissions, who)
    for tag, permissions, who in (
        *((0x01, 7, 0xFFFF_FFFF), (0x02, 7, 12345), (0x04, 5, 0xFFFF_FFFF)),
        *((0x10, 7, 0xFFFF_FFFF), (0x20, 5, 0xFFFF_FFFF)),
    )
)
"""The entries of an access list by which user 12345 may read and write."""


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux has these")
def test_the_access_list_of_the_folder_is_not_taken_on(ledger: Path) -> None:
    """Who could not read the ledger before can't after it, whatever its folder gives new files."""
    if sys.platform != "linux":
        return
    ledger.chmod(0o660)
    try:
        access_list = struct.pack("<I", 2) + EVERYBODYS
        os.setxattr(ledger.parent, "system.posix_acl_default", access_list)
    except OSError:
        pytest.skip("this file system has no access lists")
    assert add(ledger, "new") == []
    assert os.listxattr(ledger) == []
    assert ledger.stat().st_mode & 0o7777 == 0o660


@pytest.mark.skipif(not shutil.which("chattr"), reason="this system has no chattr")
@pytest.mark.parametrize("flag", "dSA")
def test_flags_stay(flag: str, ledger: Path) -> None:
    """That a ledger is left out of dumps, or is always written to the disk at once, stays."""
    if subprocess.run(["chattr", f"+{flag}", ledger], check=False).returncode:  # noqa: S607
        pytest.skip("this file system has no such flags")
    assert add(ledger, "new") == []
    told = subprocess.run(["lsattr", ledger], check=True, capture_output=True, text=True)  # noqa: S607
    assert flag in told.stdout.split()[0]


@needs_posix
def test_a_link_stays_a_link(ledger: Path, tmp_path: Path) -> None:
    """What the link leads to is changed, in its own folder; the links are what they were."""
    (tmp_path / "links").mkdir()
    first, second = tmp_path / "links" / "first", tmp_path / "links" / "second"
    first.symlink_to("../desk/commitments.toml")
    second.symlink_to(first)
    assert add(second, "new") == []
    assert ledger.read_bytes() == b"old\nnew\n"
    assert (first.readlink(), second.readlink()) == (Path("../desk/commitments.toml"), first)
    assert (files(ledger), files(first)) == ([NAME], ["first", "second"])


def test_a_hard_link_is_told(ledger: Path) -> None:
    """The other name keeps the old text, and that is said, once."""
    other = ledger.with_name("other.toml")
    other.hardlink_to(ledger)
    sentence = f"{NAME} has another name (a hard link), which keeps the old text"
    assert add(ledger, "new") == [sentence]
    assert (ledger.read_bytes(), other.read_bytes()) == (b"old\nnew\n", b"old\n")


# What is refused.


def test_a_read_only_ledger(ledger: Path) -> None:
    """It is refused to everybody, root included; how to let it change is said."""
    ledger.chmod(0o444)
    error = refused(ledger)
    assert (error.exit, error.message) == (7, f"{NAME} is read-only")
    assert error.hint == f"to allow changes: chmod u+w {NAME}"
    assert ledger.read_bytes() == b"old\n"
    ledger.chmod(0o644)


def test_a_folder(tmp_path: Path) -> None:
    """A folder is no ledger."""
    assert isinstance(refused(tmp_path), NoLedger)


def test_no_file(tmp_path: Path) -> None:
    """Nothing is made where there is no ledger."""
    assert isinstance(refused(tmp_path / NAME), NoLedger)
    assert not (tmp_path / NAME).exists()


@needs_posix
def test_a_link_that_leads_nowhere(tmp_path: Path) -> None:
    """Nothing is made behind a link that leads nowhere, or back to itself."""
    (tmp_path / NAME).symlink_to(tmp_path / "nowhere")
    (tmp_path / "circle").symlink_to(tmp_path / "circle")
    for name in (NAME, "circle"):
        assert isinstance(refused(tmp_path / name), NoLedger)
    assert files(tmp_path / NAME) == ["circle", NAME]


@needs_posix
def test_what_is_no_regular_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A pipe, a socket and a device are refused at once, without being opened."""
    monkeypatch.chdir(tmp_path)
    os.mkfifo("pipe")
    with socket.socket(socket.AF_UNIX) as server:
        server.bind("socket")
        for path in (tmp_path / "pipe", tmp_path / "socket", Path(os.devnull)):
            error = refused(path)
            assert error.exit == 7
            assert error.message.endswith(f"{path.name} is not a regular file")


def test_a_ledger_that_is_too_large(ledger: Path) -> None:
    """A file over 64 MiB is refused before anything is made of it."""
    os.truncate(ledger, LARGEST_FILE + 1)
    error = refused(ledger, lambda _: pytest.fail("it was read"))
    assert (error.exit, error.message) == (3, f"{NAME} is larger than 64 MiB")
    assert ledger.stat().st_size == LARGEST_FILE + 1


def test_a_ledger_that_would_be_too_large(ledger: Path) -> None:
    """No write makes a ledger that could not be read again."""
    error = refused(ledger, with_line("x" * (LARGEST_FILE - len(OLD))))
    assert (error.exit, error.message) == (7, f"{NAME} would be larger than 64 MiB")
    assert ledger.read_bytes() == b"old\n"


def test_the_largest_ledger(ledger: Path) -> None:
    """A ledger of 64 MiB can be written, and taken for what it is."""
    add(ledger, "x" * (LARGEST_FILE - len(OLD) - 1))
    assert ledger.stat().st_size == LARGEST_FILE


# What was left over.


@pytest.mark.parametrize("content", [b"", b"half of a ledg"])
def test_a_left_over_is_replaced(content: bytes, ledger: Path) -> None:
    """What a kill left beside the ledger is gone after the next write."""
    ledger.with_name(TEMPORARY).write_bytes(content)
    assert add(ledger, "new") == []
    assert (ledger.read_bytes(), files(ledger)) == (b"old\nnew\n", [NAME])


@needs_posix
def test_a_left_over_is_never_followed(ledger: Path, tmp_path: Path) -> None:
    """A link that somebody laid where the new text is written leads nowhere."""
    (tmp_path / "other").write_bytes(b"other\n")
    ledger.with_name(TEMPORARY).symlink_to(tmp_path / "other")
    assert add(ledger, "new") == []
    assert (tmp_path / "other").read_bytes() == b"other\n"
    assert (ledger.read_bytes(), files(ledger)) == (b"old\nnew\n", [NAME])


def test_two_ledgers_in_one_folder(ledger: Path) -> None:
    """Each has a lock and a place for its new text of its own."""
    other = ledger.with_name("other.toml")
    other.write_bytes(b"other\n")

    def revise(text: str) -> Revision:
        add(other, "written meanwhile")
        return Revision(text, f"{text}new\n")

    told_by_writing(ledger, revise)
    assert ledger.read_bytes() == b"old\nnew\n"
    assert other.read_bytes() == b"other\nwritten meanwhile\n"
    assert files(ledger) == [NAME, "other.toml"]


# Who else writes meanwhile.


def replaced(path: Path, content: bytes) -> None:
    """What most editors and git do: another file takes the name."""
    beside = path.with_name("editor")
    beside.write_bytes(content)
    beside.replace(path)


def written_into(path: Path, content: bytes) -> None:
    """What other editors do: the same file is filled anew."""
    path.write_bytes(content)


@pytest.mark.parametrize("edit", [replaced, written_into])
@pytest.mark.parametrize("times", [1, 3])
def test_an_edit_meanwhile(edit: Callable[[Path, bytes], None], times: int, ledger: Path) -> None:
    """What an editor saved while the ledger was revised is revised anew: both changes are in it."""
    seen: list[str] = []

    def revise(text: str) -> Revision:
        seen.append(text)
        if len(seen) <= times:
            edit(ledger, f"edited {len(seen)}\n".encode())
        return Revision(text, f"{text}new\n")

    told_by_writing(ledger, revise)
    assert seen == [OLD, *(f"edited {each}\n" for each in range(1, times + 1))]
    assert ledger.read_text(encoding="utf-8") == f"edited {times}\nnew\n"
    assert files(ledger) == [NAME]


def test_the_same_text_put_there_meanwhile(ledger: Path) -> None:
    """A file that was replaced by one with the same text is another file, read anew."""
    seen: list[str] = []

    def revise(text: str) -> Revision:
        if not seen:
            replaced(ledger, OLD.encode())
            ledger.chmod(0o640)
        seen.append(text)
        return Revision(text, f"{text}new\n")

    told_by_writing(ledger, revise)
    assert seen == [OLD, OLD]
    assert ledger.read_bytes() == b"old\nnew\n"
    assert os.name != "posix" or ledger.stat().st_mode & 0o7777 == 0o640


def test_what_is_told_is_told_once(ledger: Path) -> None:
    """What is said about a ledger is not said again where it is revised anew."""
    seen: list[str] = []

    def revise(text: str) -> Revision:
        if not seen:
            written_into(ledger, b"edited\n")
        seen.append(text)
        return Revision(text, f"{text}new\n")

    ledger.with_name("other.toml").hardlink_to(ledger)
    assert len(told_by_writing(ledger, revise)) == 1


def test_a_ledger_that_is_gone_meanwhile(ledger: Path) -> None:
    """A ledger that was removed is not put back."""

    def revise(text: str) -> Revision:
        ledger.unlink()
        return Revision(text, f"{text}new\n")

    assert refused(ledger, revise).exit in (3, 7)
    assert files(ledger) == []


def test_a_link_that_is_turned_meanwhile(ledger: Path, tmp_path: Path) -> None:
    """The file that was read is the one that is written, wherever its link leads by now."""
    other, link = tmp_path / "other.toml", tmp_path / "link.toml"
    other.write_bytes(b"other\n")
    link.symlink_to(ledger)

    def revise(text: str) -> Revision:
        link.unlink()
        link.symlink_to(other)
        return Revision(text, f"{text}new\n")

    told_by_writing(link, revise)
    assert (ledger.read_bytes(), other.read_bytes()) == (b"old\nnew\n", b"other\n")


def test_a_refusal_writes_nothing(ledger: Path) -> None:
    """What a revision raises comes through; the ledger is free again then."""

    def revise(_: str) -> Revision:
        raise Busy("changed meanwhile")

    assert refused(ledger, revise).message == "changed meanwhile"
    assert add(ledger, "new") == []


class Meanwhile(UndoNote, frozen=True):
    """A note during whose keeping, just before the replacing, something happens."""

    happens: Callable[[], None] = print

    def keep(self, path: Path, old: bytes, new: bytes, tell: Tell) -> None:
        """Let it happen, and note the write."""
        self.happens()
        super().keep(path, old, new, tell)


ANOTHER_WRITER: Final = """
import sys
from pathlib import Path
from pledges.errors import PledgesError
from pledges.ledger.storage.undo_log import UndoNote
from pledges.ledger.editing.amend import Revision
from pledges.ledger.storage.store import create, rewrite

def waits(event="os.link", args=()):
    if event == "os.link":
        print("beside", flush=True)
        sys.stdin.readline()

class Waiting(UndoNote, frozen=True):
    def keep(self, path, old, new, tell):
        waits()

ledger, (act, line) = Path("commitments.toml"), sys.argv[1:]
sys.stdin.readline()
try:
    if act == "create":
        sys.addaudithook(waits)
        create(ledger, f"{line}\\n", print)
    else:
        rewrite(ledger, lambda text: Revision(text, f"{text}{line}\\n"), Waiting("", ""), print)
    print("written")
except PledgesError as error:
    print(int(error.exit), error.message)
"""
"""Begins when told so, and waits for a word between writing beside the ledger and replacing it."""


@contextmanager
def another_writer(act: str, line: str) -> Iterator[subprocess.Popen[str]]:
    """Another process that writes a line to the ledger of this folder, bit by bit."""
    with subprocess.Popen(
        [sys.executable, "-c", ANOTHER_WRITER, act, line],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as other:
        yield other


def begun(writer: subprocess.Popen[str]) -> None:
    """Have a writer begin, until it waits to replace the ledger, or for others."""
    assert writer.stdin
    assert writer.stdout
    print("begin", file=writer.stdin, flush=True)
    if select.select([writer.stdout], [], [], 2)[0]:
        assert writer.stdout.readline() == "beside\n"


def ended(writer: subprocess.Popen[str]) -> str:
    """Let a writer go on; what came of it."""
    return writer.communicate("go on\n" * 9)[0].splitlines()[-1]


def wait_until_locked(path: Path) -> None:
    """Wait until another process has locked a file."""
    fcntl = pytest.importorskip("fcntl")
    with path.open("rb") as file, suppress(BlockingIOError):
        while True:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            fcntl.flock(file, fcntl.LOCK_UN)


@needs_posix
def test_an_editor_between_two_writers(ledger: Path) -> None:
    """Where an editor's save lets two writers in at once, both lines are in the ledger."""

    def happens() -> None:
        if not ledger.read_bytes().startswith(b"edited"):
            replaced(ledger, b"edited\n")
            print("begin\ngo on", file=other.stdin, flush=True)
            wait_until_locked(ledger)

    with another_writer("rewrite", "theirs") as other:
        rewrite(ledger, with_line("mine"), Meanwhile("", "", happens=happens), print)
        assert ended(other) == "written"
    assert ledger.read_bytes() == b"edited\ntheirs\nmine\n"
    assert files(ledger) == [NAME]


# A new ledger.


def test_created(ledger: Path) -> None:
    """A new ledger has the mode that new files have, and nothing beside it."""
    ledger.unlink()
    before = os.umask(0o027)
    try:
        create(ledger, "new\n", print)
    finally:
        os.umask(before)
    assert (ledger.read_bytes(), files(ledger)) == (b"new\n", [NAME])
    assert os.name != "posix" or ledger.stat().st_mode & 0o7777 == 0o640


@needs_posix
def test_two_beginners(ledger: Path) -> None:
    """Of two who begin a ledger at once one is told that it is written, and that one's is there."""
    ledger.unlink()
    with another_writer("create", "first") as first, another_writer("create", "second") as second:
        begun(first)
        begun(second)
        outcomes = {"first": ended(first), "second": ended(second)}
    (winner,) = (each for each, outcome in outcomes.items() if outcome == "written")
    assert ledger.read_text(encoding="utf-8") == f"{winner}\n"
    assert files(ledger) == [NAME]


@pytest.mark.parametrize("what", ["file", "folder", "link"])
def test_nothing_is_created_over(what: str, tmp_path: Path) -> None:
    """Whatever already exists stays, a link that leads nowhere too."""
    path = tmp_path / NAME
    if what == "file":
        path.write_bytes(b"old\n")
    elif what == "folder":
        path.mkdir()
    else:
        path.symlink_to(tmp_path / "nowhere")
    with pytest.raises(CannotWrite, match="already exists"):
        create(path, "new\n", print)
    assert files(path) == [NAME]
    assert what != "file" or path.read_bytes() == b"old\n"


def test_a_new_ledger_needs_a_folder(tmp_path: Path) -> None:
    """Where there is no such folder, or its name is none, that is said."""
    for path in (tmp_path / "no" / NAME, tmp_path / "nul\0"):
        with pytest.raises(CannotWrite, match="can't write"):
            create(path, "new\n", print)
    assert list(tmp_path.iterdir()) == []
