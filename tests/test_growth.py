"""Time grows with the work: what a command does for a ledger is counted, never timed.

Counted are the instructions of our own code, which no busy machine changes.  How libraries and
longer texts do is measured by ``benchmarks/growth.py``.
"""

import sys
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from types import FrameType
from typing import Any, Final

import pytest

import pledges as program
from desk import Desk
from dimensions import HISTORY, MANY, Maker
from file_dimensions import FILES
from nightly import IS_NIGHT, number
from odd_dimensions import FAULTS

SOURCE: Final = str(Path(program.__file__).parent)
SMALL: Final = number(by_day=20, at_night=40)
MOST: Final = 2.2
"""How many times as much work the second doubling may add as the first one: twice, and a little."""

Tracer = Callable[[FrameType, str, object], Any]

WORST: Final = (
    ("list", "updates"),
    ("list", "circles"),
    ("log", "moved deadlines"),
    ("show *", "settled claims"),
    ("show *", "parts of a pledge"),
)
"""What once took the square of the time, by command and dimension."""

READERS: Final = ("list", "show *", "log", "report --since 2021-01-01", "timeline", "sources")
COMPARED: Final = ("unknown wholes", "unknown sources of many", "unknown pillars of many")
"""Each is compared with all words of its kind, as long as these are few."""


MAKERS: Final[Mapping[str, Maker]] = {**MANY, **HISTORY, **FAULTS}


def cases() -> Iterator[tuple[str, str]]:
    """What is tried: by night every dimension."""
    yield from WORST
    if IS_NIGHT:
        yield from ((command, what) for command in READERS for what in MAKERS)
        yield from (("import came", what) for what in FILES)


def work(desk: Desk, made: Maker, command: str, size: int) -> int:
    """How many instructions of ours a command takes for an input of a size."""
    given = made(size)
    desk.text = given.ledger
    came = desk.folder / f"came{given.suffix}"
    came.write_text(given.file, encoding="utf-8")
    words = [came.name if word == "came" else word for word in command.split()]
    count = 0

    def in_frame(_: FrameType, event: str, __: object) -> Tracer:
        nonlocal count
        count += event == "opcode"
        return in_frame

    def in_program(frame: FrameType, _: str, __: object) -> Tracer | None:
        if not frame.f_code.co_filename.startswith(SOURCE):
            return None
        frame.f_trace_opcodes, frame.f_trace_lines = True, False
        return in_frame

    before = sys.gettrace()
    sys.settrace(in_program)
    try:
        desk(*words, *given.words, *(("--yes", "--no-input") if words[0] == "import" else ()))
    finally:
        sys.settrace(before)
    return count


@pytest.mark.parametrize(
    ("command", "what"), [case for case in dict.fromkeys(cases()) if case[1] not in COMPARED]
)
def test_work_grows_with_the_ledger(desk: Desk, command: str, what: str) -> None:
    """Twice the entries are at most twice the work."""
    made = FILES[what] if command.startswith("import") else MAKERS[what]
    work(desk, made, command, SMALL)  # imports, and fills what is kept of patterns
    first, second, third = (work(desk, made, command, SMALL * times) for times in (1, 2, 4))
    assert third - second <= MOST * (second - first)
