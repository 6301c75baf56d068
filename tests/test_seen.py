"""What was only seen: the day on which it happened is not known."""

import json

import pytest

from desk import Desk
from samples import SMALL_PLAN, holding

SEEN = '\n[[pledge.update]]\ndate = {}\nstatus = "completed"\nseen = true\n'


def test_update(desk: Desk) -> None:
    """``update --seen`` writes that its date is when it was found to be so."""
    assert desk.line("update ECO-01 --seen --status completed").code == 0
    assert desk.text == holding({"ECO-01": SEEN.format("2026-11-22")})
    again = desk.line("update ECO-01 --seen --status completed")
    assert (again.code, "Nothing was written" in again.err) == (0, True)


@pytest.mark.parametrize("options", ["--seen", "--seen --date 2026-11-01"])
def test_nothing_was_seen(desk: Desk, options: str) -> None:
    """Without anything that was seen there is nothing to add."""
    ended = desk.line(f"update ECO-01 {options}")
    assert (ended.code, "there is nothing to add" in ended.err) == (2, True)
    assert desk.text == SMALL_PLAN


@pytest.mark.parametrize("on", ["2026-11-01", "2027-03-01"])
def test_neither_late_nor_on_time(desk: Desk, on: str) -> None:
    """Whether it was seen before or after the deadline, it is done, and no more is said."""
    desk.text = holding({"ECO-01": SEEN.format(on)})
    out = desk.line("list ECO-01 --as-of 2027-06-01 --format json").out
    (pledge,) = json.loads(out)["pledges"]
    found = pledge["assessment"]
    assert (found["standing"], found["days_late"], found["days_left"]) == ("done", None, None)
    assert pledge["update"][-1]["seen"] is True


def test_it_is_first_seen_among_the_changes(desk: Desk) -> None:
    """A report tells it as first seen, not as completed since."""
    desk.text = holding({"ECO-01": SEEN.format("2026-11-20")})
    out = desk.line("report --since 2026-11-15 --format json").out
    changes = [(each["id"], each["change"]) for each in json.loads(out)["changes"]]
    assert ("ECO-01", "first-seen") in changes
    assert ("ECO-01", "completed") not in changes


def test_timeline(desk: Desk) -> None:
    """Its day has a mark of its own on the timeline, in every look a word."""
    desk.text = holding({"ECO-01": SEEN.format("2026-11-20")})
    out = desk.line("timeline ECO-01 --format json").out
    marks = json.loads(out)["pledges"][0]["marks"]
    assert [(each["kind"], each["date"]) for each in marks][-2:] == [
        ("done", "2026-11-20"),
        ("due", "2026-12-31"),
    ]
    assert "done, first seen on 20 Nov 2026" in desk.line("timeline ECO-01").out


def test_a_period_that_was_seen_held(desk: Desk) -> None:
    """A period that was only seen to be held is neither late nor on time."""
    held = SEEN.format("2026-03-01").replace("seen", 'period = "2025"\nseen')
    desk.text = holding({"PPL-01": held})
    marks = json.loads(desk.line("timeline PPL-01 --format json").out)["pledges"][0]["marks"]
    assert ("done", "2025") in [(each["kind"], each["period"]) for each in marks]
