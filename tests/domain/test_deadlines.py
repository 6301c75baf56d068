"""What a history says about deadlines and periods."""

import pytest

from build import a_pledge, an_update, day
from pledges.domain.day import read_period
from pledges.domain.deadlines import is_past, open_period, periods_held, slip_days, status_turns
from pledges.domain.pledge import Update

QUARTERLY = {"kind": "recurring", "every": "quarter", "since": "2026-Q1"}


def report(on: str, status: str, period: str | None = None) -> Update:
    """An update that reports a status."""
    return an_update(on, status=status, period=period)


@pytest.mark.parametrize(
    ("on", "is_late"), [("2026-12-30", False), ("2026-12-31", False), ("2027-01-01", True)]
)
def test_past(on: str, *, is_late: bool) -> None:
    """The day of a deadline is still in time, the next one is not."""
    assert is_past(day("2026-12-31"), day(on)) is is_late


@pytest.mark.parametrize(
    ("old", "new", "days"),
    [
        ("2026", "2027", 365),
        ("2026", "2026-12-31", 0),
        ("2027-Q1", "2026", -90),
        (None, "2026", None),
        ("2026", None, None),
    ],
)
def test_slip_days(old: str | None, new: str | None, days: int | None) -> None:
    """A slip is counted from last day to last day; without both deadlines there is none."""
    periods = [read_period(text) if text else None for text in (old, new)]
    assert slip_days(*periods) == days


@pytest.mark.parametrize(
    ("history", "on"),
    [
        ([("2026-01-01", "completed")], "2026-01-01"),
        ([("2026-01-01", "completed"), ("2026-02-01", "completed")], "2026-01-01"),
        ([("2026-02-01", "completed"), ("2026-01-01", "completed")], "2026-01-01"),
        ([("2026-01-01", "suspended"), ("2026-02-01", "completed")], "2026-02-01"),
        (
            [("2026-01-01", "completed"), ("2026-02-01", "suspended"), ("2026-03-01", "completed")],
            "2026-03-01",
        ),
    ],
)
def test_status_turns(history: list[tuple[str, str]], on: str) -> None:
    """A status is in force since the first of the last reports that all say it."""
    turns = status_turns(a_pledge(*(report(*each) for each in history)))
    assert {about: str(turn.date) for about, turn in turns.items()} == {None: on}


def test_status_turns_of_periods() -> None:
    """Each period of a recurring pledge has its own status, and the whole has one."""
    first = report("2026-03-01", "completed", "2026-Q1")
    whole = report("2026-04-01", "suspended")
    again = report("2026-05-01", "completed", "2026-Q1")
    turns = status_turns(a_pledge(first, whole, again, **QUARTERLY))
    assert turns == {read_period("2026-Q1"): first, None: whole}


@pytest.mark.parametrize(
    ("history", "period"),
    [
        ([], "2026-Q1"),
        ([("2026-03-01", "completed", "2026-Q1")], "2026-Q2"),
        ([("2026-03-01", "withdrawn", "2026-Q1")], "2026-Q2"),
        ([("2026-03-01", "in-progress", "2026-Q1")], "2026-Q1"),
        ([("2026-06-01", "completed", "2026-Q2")], "2026-Q1"),
        (
            [("2026-03-01", "completed", "2026-Q1"), ("2026-04-01", "in-progress", "2026-Q1")],
            "2026-Q1",
        ),
    ],
)
def test_open_period(history: list[tuple[str, str, str]], period: str) -> None:
    """The open period is the earliest without a final status, be it in the future."""
    found = open_period(a_pledge(*(report(*each) for each in history), **QUARTERLY))
    assert found == read_period(period)


def test_periods_held() -> None:
    """A period is held by news that names it and sets completed; the oldest comes first."""
    terms = {"kind": "recurring", "every": "year", "since": "2025"}
    last = an_update("2027-05-01", period="2026", status="completed")
    first = an_update("2025-10-28", period="2025", status="completed")
    others = (
        an_update("2026-05-01", period="2026", status="in-progress"),
        an_update("2026-06-01", status="completed"),
    )
    assert periods_held(a_pledge(last, *others, first, **terms)) == [first, last]
