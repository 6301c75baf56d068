"""The words of pace, and since when a pledge is behind."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pledges.domain.pace import Pace, behind_since, pace, pace_points, time_used


@pytest.mark.parametrize(
    ("points", "word"),
    [
        (100, Pace.AHEAD),
        (5, Pace.AHEAD),
        (4.999, Pace.ON_PACE),
        (0, Pace.ON_PACE),
        (-4.999, Pace.ON_PACE),
        (-5, Pace.BEHIND),
        (-19.999, Pace.BEHIND),
        (-20, Pace.FAR_BEHIND),
        (-100, Pace.FAR_BEHIND),
    ],
)
def test_pace(points: float, word: Pace) -> None:
    """Exactly +5 points is ahead, -5 is behind and -20 is far behind."""
    assert pace(points) is word


def test_behind() -> None:
    """Behind and far behind are behind; each pace is worse than the ones before it."""
    assert [each for each in Pace if each.is_behind] == [Pace.BEHIND, Pace.FAR_BEHIND]
    for better, worse in pairwise(Pace):
        assert worse.is_worse_than(better)
        assert not better.is_worse_than(worse)
    assert not Pace.BEHIND.is_worse_than(Pace.BEHIND)


@given(st.integers(0, 900).map(lambda each: each / 1000), st.integers(30, 2000))
def test_behind_since(done: float, days: int) -> None:
    """A pledge is behind from the first day on which its pace says so, not a day before."""
    start = date(2020, 1, 1)
    deadline = start + timedelta(days=days)
    first = behind_since(done, days, deadline)

    def is_behind(on: date) -> bool:
        points = pace_points(done, time_used(start, deadline, on))
        return points is not None and pace(points).is_behind

    assert is_behind(first)
    assert first == start or not is_behind(first - timedelta(days=1))


@pytest.mark.parametrize("done", [1e3, 1e6, 1e18, 1e27])
def test_far_beyond_the_target_is_not_behind_in_this_calendar(done: float) -> None:
    """A figure of thousands of times the target has no day on which it is behind."""
    assert behind_since(done, 4000, date(2030, 1, 1)) == date.max
