"""What the program is started with: time zones, locales, clocks, pipes and failing disks."""

import os
import sys
import threading
from pathlib import Path
from typing import Final

import pytest

from desk import NAME, Desk
from everything import READING
from pledges.errors import NoLedger
from pledges.ledger.reading.find import read_file
from pledges.ledger.storage.undo_log import state_folder
from pledges.streams import open_to_write, wait_for_pipe
from samples import SMALL_PLAN

needs_posix = pytest.mark.skipif(os.name != "posix", reason="only POSIX has this")
ASCII_ONLY: Final = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
"""A locale in which Python decodes arguments as ASCII."""


# Time.


@needs_posix
@pytest.mark.parametrize(
    ("zone", "argv"), [("AAA+24", ["update", "ECO-01", "--note", "Read."]), ("\udcff", ["list"])]
)
def test_absurd_time_zone(zone: str, argv: list[str], desk: Desk) -> None:
    """Whatever time zone is set, there is an answer, and a write."""
    del desk.environment["PLEDGES_AS_OF"]
    ended = desk.installed(*argv, TZ=zone)
    assert (ended.code, "bug" in ended.err) == (0, False)


CLOCK: Final = """
import datetime as dt, sys
class Stopped(dt.datetime):
    @classmethod
    def now(cls, tz=None):
        return cls(1970, 1, 2)
dt.datetime = Stopped
from pledges.cli import main
sys.exit(main(sys.argv[1:]))
"""
"""The program on a computer whose clock has lost the date."""


def test_clock_before_the_plan(desk: Desk) -> None:
    """Where all pledges were made after today, the clock is named: it may be wrong."""
    del desk.environment["PLEDGES_AS_OF"]
    code, _, err = desk.command(sys.executable, "-c", CLOCK, "list")
    said = "No pledge was made before 2 Jan 1970, which this computer takes for today: "
    assert (code, err.splitlines()[-1]) == (0, f"{said}check its clock.")


# Locales.


@needs_posix
def test_text_in_an_ascii_locale(desk: Desk) -> None:
    """A note in UTF-8 is a note, in a locale too that knows only ASCII; so is a file's name."""
    desk.path.rename(desk.folder / "kế hoạch.toml")
    note = "Đã họp với Bộ Kế hoạch"
    argv = ("update", "ECO-01", "--note", note, "--ledger", "kế hoạch.toml", "-q")
    assert desk.installed(*argv, **ASCII_ONLY) == (0, "", "")
    desk.path = desk.folder / "kế hoạch.toml"
    assert desk.last_update() == {"date": desk.last_update()["date"], "note": note}
    argv = ("list", "--search", "họp", "--output", "danh sách.txt", "--ledger", "kế hoạch.toml")
    assert desk.installed(*argv, **ASCII_ONLY) == (0, "", "")
    assert desk.files == ["danh sách.txt", "kế hoạch.toml"]


# Numbers that Python does not read.


@pytest.mark.parametrize("columns", ["9" * 5000, "-1", "0", "²", " 80 ", ""])
def test_columns(columns: str, desk: Desk) -> None:
    """A width of the environment that is none is not heeded."""
    code, seen = desk.answering("list --nope", environment={"COLUMNS": columns})
    assert (code, seen.split("\n")[0]) == (2, "pledges: error: there is no option --nope")


def test_long_width(desk: Desk) -> None:
    """A number of thousands of digits is no width."""
    code, out, err = desk("list", "--width", "9" * 5000)
    assert (code, out, err.count("\n")) == (2, "", 2)


def test_long_id(desk: Desk) -> None:
    """An id that ends in thousands of digits is an id, and the next one follows it."""
    long = f"ECO-{'9' * 5000}"
    desk.text = SMALL_PLAN.replace('"ECO-02"', f'"{long}"')
    assert desk("add", "--title", "Next", "--pillar", "economy", "-q").code == 0
    for each in READING:
        assert desk(*([each, long] if each == "show" else [each])).code == 0


# Pipes.


@needs_posix
def test_pipe_that_nobody_writes_to(tmp_path: Path) -> None:
    """A pipe with a name is waited for, but not without end."""
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(NoLedger) as error:
        read_file(tmp_path / "pipe", patience=0.01)
    said = f"can't read {tmp_path / 'pipe'}: it is a pipe that nobody writes to"
    assert (error.value.exit, error.value.message) == (3, said)
    file = os.open(tmp_path / "pipe", os.O_RDWR)
    with pytest.raises(TimeoutError):
        wait_for_pipe(file, patience=0.01)
    os.close(file)


@needs_posix
def test_pipe_that_nobody_reads_from(tmp_path: Path) -> None:
    """So it is where an answer is to be written."""
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(TimeoutError):
        open_to_write(tmp_path / "pipe", patience=0.01)


@needs_posix
def test_pipe_that_is_written_to_late(desk: Desk) -> None:
    """What comes through a pipe with a name is read to its end."""
    os.mkfifo(desk.folder / "pipe")
    text = SMALL_PLAN + "#" * 200_000
    writer = threading.Thread(target=(desk.folder / "pipe").write_text, args=(text,))
    writer.start()
    assert desk("list", "--ledger", "pipe") == desk("list")
    writer.join()


# Files that are being written.


@needs_posix
def test_file_that_is_half_written(desk: Desk) -> None:
    """A ledger that ``scp`` or ``tee`` has begun to write is read once it is whole."""
    whole = desk("list")
    middle = len(desk.content) // 2
    rest = desk.content[middle:]
    with desk.path.open("r+b", buffering=0) as file:
        file.truncate(middle)
        file.seek(middle)

        def finish() -> None:
            file.write(rest)
            file.close()

        finishing = threading.Timer(0.1, finish)
        finishing.start()
        assert desk("list") == whole
        finishing.join()


# Folders.


@needs_posix
@pytest.mark.parametrize("state", ["here", "~/state", "./x"])
def test_state_folder_of_no_absolute_path(state: str, desk: Desk) -> None:
    """What undo needs is never kept in a folder that is another one from each place."""
    desk.environment["XDG_STATE_HOME"] = state
    assert desk("update", "ECO-01", "--note", "Read.", "-q").code == 0
    assert desk.files == [NAME]
    with desk.entered():
        assert state_folder("undo").is_absolute()


# A disk that fails while an error is told.

UNREADABLE: Final = """
import sys
class Failing:
    def find_spec(self, name, *_):
        if name == "pledges.render.error_text":
            raise OSError(5, "Input/output error", "error_text.py")
sys.meta_path.insert(0, Failing())
from pledges.cli import main
sys.exit(main(sys.argv[1:]))
"""


@pytest.mark.parametrize("more", [(), ("--format", "json")])
def test_error_that_can_not_be_laid_out(more: tuple[str, ...], desk: Desk) -> None:
    """If what lays errors out can't be read, the error is still one line, with its exit code."""
    ended = desk.command(sys.executable, "-c", UNREADABLE, "show", "ZZ-99", *more)
    assert ended == (5, "", "pledges: error: no pledge has the id 'ZZ-99'\n")
