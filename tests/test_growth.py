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
from ledgers import ledger
from nightly import IS_NIGHT, number
from pledges.domain.events import newest_first
from pledges.ledger.reading.decode import decode
from pledges.ledger.recordings import event_recordings

pytestmark = pytest.mark.slow

SOURCE: Final = str(Path(program.__file__).parent)
SMALL: Final = number(by_day=40, at_night=80)
MOST: Final = 2.2
"""How many times as much work the second doubling may add as the first one: twice, and a little."""

Tracer = Callable[[FrameType, str, object], Any]

WORST: Final = (
    ("list", "updates"),
    ("log", "moved deadlines"),
    ("show *", "settled claims"),
    ("show *", "successors of a pledge"),
)
"""What once took the square of the time, by command and dimension."""

MAKERS: Final[Mapping[str, Maker]] = {**MANY, **HISTORY}


def cases() -> Iterator[tuple[str, str]]:
    """What is tried: by night also all that there can be many of, shown in full."""
    yield from WORST
    if IS_NIGHT:
        yield from (("show *", what) for what in (*MANY, *HISTORY))


def work(desk: Desk, made: Maker, command: str, size: int) -> int:
    """How many instructions of ours a command takes for an input of a size."""
    desk.text = made(size).ledger
    return instructions(desk, *command.split())


def instructions(act: Callable[..., object], *given: object) -> int:
    """How many instructions of ours it takes to do something, such as a command line."""
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
        act(*given)
    finally:
        sys.settrace(before)
    return count


@pytest.mark.parametrize(("command", "what"), [*dict.fromkeys(cases())])
def test_work_grows_with_the_ledger(desk: Desk, command: str, what: str) -> None:
    """Twice the entries are at most twice the work."""
    made = MAKERS[what]
    work(desk, made, command, SMALL)  # imports, and fills what is kept of patterns
    first, second, third = (work(desk, made, command, SMALL * times) for times in (1, 2, 4))
    assert third - second <= MOST * (second - first)


def test_who_recorded_a_long_history_is_found_in_one_walk() -> None:
    """Twice the entries of a pledge are at most twice the work."""

    def recorded(size: int) -> int:
        text = MAKERS["updates"](size).ledger
        known = decode(text, "ledger.toml")
        lines = [None] * (text.count("\n") + 1)
        return instructions(event_recordings, newest_first(known), known, text, lines)

    first, second, third = (recorded(SMALL * times) for times in (1, 2, 4))
    assert third - second <= MOST * (second - first)


@pytest.mark.parametrize("command", ["progress", "due"])
def test_many_ledgers_are_little_more_work_than_one(desk: Desk, command: str) -> None:
    """Ledgers with as many pledges together as one are at most twice its work."""
    number_of_ledgers = number(by_day=10, at_night=100)
    (desk.folder / "one.toml").write_text(ledger(10 * number_of_ledgers, 0), encoding="utf-8")
    for at in range(number_of_ledgers):
        (desk.folder / f"plan-{at}.toml").write_text(ledger(10, 0), encoding="utf-8")
    alone, together = ("--ledger", "one.toml"), ("--ledger", "plan-*.toml")
    instructions(desk, command, *alone)  # imports
    assert instructions(desk, command, *together) <= 2 * instructions(desk, command, *alone)
