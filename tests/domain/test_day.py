"""Days, periods and intervals: what a text means, and what comes next."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from build import day
from pledges.domain.day import (
    DATE_HINT,
    INTERVAL_HINT,
    PERIOD_HINT,
    WHEN_HINT,
    Interval,
    next_period,
    one_day,
    period_around,
    read_interval,
    read_period,
    read_when,
)
from pledges.errors import NotADate

TODAY = date(2026, 11, 22)
LENGTHS = ("month", "quarter", "half", "year")
DAYS = st.dates()
DAYS_BEFORE_THE_LAST_YEAR = st.dates(max_value=date(9998, 12, 31))


@pytest.mark.parametrize(
    ("text", "first", "last", "length"),
    [
        ("2026-12-31", "2026-12-31", "2026-12-31", None),
        ("2024-02-29", "2024-02-29", "2024-02-29", None),
        ("2026-11", "2026-11-01", "2026-11-30", "month"),
        ("2026-02", "2026-02-01", "2026-02-28", "month"),
        ("2024-02", "2024-02-01", "2024-02-29", "month"),
        ("2000-02", "2000-02-01", "2000-02-29", "month"),
        ("2100-02", "2100-02-01", "2100-02-28", "month"),
        ("2026-Q1", "2026-01-01", "2026-03-31", "quarter"),
        ("2026-Q4", "2026-10-01", "2026-12-31", "quarter"),
        ("2026-H1", "2026-01-01", "2026-06-30", "half"),
        ("2026-H2", "2026-07-01", "2026-12-31", "half"),
        ("2026", "2026-01-01", "2026-12-31", "year"),
        ("0001", "0001-01-01", "0001-12-31", "year"),
        ("9999", "9999-01-01", "9999-12-31", "year"),
    ],
)
def test_period(text: str, first: str, last: str, length: str | None) -> None:
    """A period runs from its first day to its last, both included."""
    period = read_period(text)
    assert (period.first, period.last, period.name) == (day(first), day(last), text)
    assert (period.length, period.is_day) == (length, length is None)


@pytest.mark.parametrize("text", ["2026-q4", "2026-h2"])
def test_small_letters(text: str) -> None:
    """A quarter or a half may be written in small letters; its name has a large one."""
    assert read_period(text).name == text.upper()


def test_equal_periods() -> None:
    """Periods are the same where their days are, and nothing else is one."""
    assert read_period("2026-12-31") == one_day(date(2026, 12, 31))
    assert len({read_period("2026-q4"), period_around(date(2026, 12, 1), "quarter")}) == 1
    assert read_period("2026") != read_period("2026-H2")
    assert read_period("2026") != "2026"


@pytest.mark.parametrize(
    ("text", "reason", "hint"),
    [
        ("2026-13-01", "there is no month 13", DATE_HINT),
        ("2026-00-10", "there is no month 0", DATE_HINT),
        ("2026-02-29", "February 2026 has 28 days, not 29", DATE_HINT),
        ("2024-02-30", "February 2024 has 29 days, not 30", DATE_HINT),
        ("2026-04-00", "April 2026 has 30 days, not 0", DATE_HINT),
        ("2026-13", "there is no month 13", PERIOD_HINT),
        ("2026-00", "there is no month 0", PERIOD_HINT),
        ("2026-Q0", "there is no quarter 0", PERIOD_HINT),
        ("2026-Q5", "there is no quarter 5", PERIOD_HINT),
        ("2026-H3", "there is no half 3", PERIOD_HINT),
        ("0000", "there is no year 0", PERIOD_HINT),
        ("0000-01-01", "there is no year 0", PERIOD_HINT),
        ("", "'' is not a date", PERIOD_HINT),
        ("soon", "'soon' is not a date", PERIOD_HINT),
        ("26", "'26' is not a date", PERIOD_HINT),
        ("10000", "'10000' is not a date", PERIOD_HINT),
        ("2026-Q4\n", "'2026-Q4\\n' is not a date", PERIOD_HINT),
        ("\u0662\u0660\u0662\u0666", "'\u0662\u0660\u0662\u0666' is not a date", PERIOD_HINT),
        ("2026-12-31T09:00", "a date can't include a time", "write 2026-12-31"),
        ("2026-12-31 09:00", "a date can't include a time", "write 2026-12-31"),
        ("2026-1-5", "'2026-1-5' is not a date", "write 2026-01-05"),
        ("2026/12/31", "'2026/12/31' is not a date", "write 2026-12-31"),
        ("2026/13/31", "'2026/13/31' is not a date", PERIOD_HINT),
        ("31.12.2026", "'31.12.2026' is not a date", "write 2026-12-31"),
        ("13/12/2026", "'13/12/2026' is not a date", "write 2026-12-13"),
        ("12/13/2026", "'12/13/2026' is not a date", "write 2026-12-13"),
        ("5-5-2026", "'5-5-2026' is not a date", "write 2026-05-05"),
        (
            "12/11/2026",
            "'12/11/2026' is not a date",
            "write 2026-11-12 for 12 November, or 2026-12-11 for 11 December",
        ),
        (
            "1/2/2026",
            "'1/2/2026' is not a date",
            "write 2026-02-01 for 1 February, or 2026-01-02 for 2 January",
        ),
        ("31.02.2026", "'31.02.2026' is not a date", PERIOD_HINT),
        ("31/31/2026", "'31/31/2026' is not a date", PERIOD_HINT),
    ],
)
def test_no_period(text: str, reason: str, hint: str) -> None:
    """A text that is no period is refused with the reason, and the date where it must be one."""
    with pytest.raises(NotADate) as refused:
        read_period(text)
    assert (refused.value.reason, refused.value.hint) == (reason, hint)
    assert refused.value.text == text


@given(DAYS, st.sampled_from(LENGTHS))
def test_names_read_back(any_day: date, length: str) -> None:
    """Every period's name reads back to itself, and it holds the day that it was found by."""
    period = period_around(any_day, length)
    assert period.first <= any_day <= period.last
    assert (period.length, read_period(period.name)) == (length, period)
    assert read_period(one_day(any_day).name) == one_day(any_day)


@given(DAYS_BEFORE_THE_LAST_YEAR, st.sampled_from(LENGTHS))
def test_next_period(any_day: date, length: str) -> None:
    """The next period is as long, and begins on the morrow of the last day."""
    period = period_around(any_day, length)
    following = next_period(period)
    assert following
    assert following.first == period.last + timedelta(days=1)
    assert following.length == length


@pytest.mark.parametrize(
    ("text", "following"),
    [
        ("2026-12", "2027-01"),
        ("2024-01", "2024-02"),
        ("2026-Q3", "2026-Q4"),
        ("2026-Q4", "2027-Q1"),
        ("2026-H1", "2026-H2"),
        ("2026-H2", "2027-H1"),
        ("2026", "2027"),
    ],
)
def test_next_period_name(text: str, following: str) -> None:
    """The next period has the name that a reader expects."""
    found = next_period(read_period(text))
    assert found
    assert found.name == following


@pytest.mark.parametrize("text", ["9999", "9999-H2", "9999-Q4", "9999-12"])
def test_no_period_after_the_last(text: str) -> None:
    """Nothing follows the last period of the year 9999."""
    assert next_period(read_period(text)) is None


@pytest.mark.parametrize(
    ("text", "interval", "name"),
    [
        ("90 days", Interval(90, "day"), "90 days"),
        ("1 day", Interval(1, "day"), "1 day"),
        ("1 weeks", Interval(1, "week"), "1 week"),
        (" 6  months ", Interval(6, "month"), "6 months"),
        ("2 years", Interval(2, "year"), "2 years"),
    ],
)
def test_interval(text: str, interval: Interval, name: str) -> None:
    """An interval is a number and a unit, and says itself in good grammar."""
    assert read_interval(text) == interval
    assert str(interval) == name


@pytest.mark.parametrize(
    "text",
    ["", "6", "months", "6months", "0 days", "-1 day", "1.5 years", "6 moons", "123456 days"],
)
def test_no_interval(text: str) -> None:
    """What is no number with a unit, or is nothing at all, is no interval."""
    with pytest.raises(NotADate) as refused:
        read_interval(text)
    assert (refused.value.reason, refused.value.hint) == (
        f"{text!r} is not a length of time",
        INTERVAL_HINT,
    )


def test_equal_intervals() -> None:
    """Intervals are the same where count and unit are; a year is not twelve months."""
    assert len({Interval(6, "month"), read_interval("6 months")}) == 1
    assert Interval(1, "year") != Interval(12, "month")


@pytest.mark.parametrize(
    ("start", "count", "unit", "end"),
    [
        ("2026-11-22", 1, "day", "2026-11-23"),
        ("2026-12-31", 1, "day", "2027-01-01"),
        ("2024-02-28", 1, "day", "2024-02-29"),
        ("2026-11-22", -2, "week", "2026-11-08"),
        ("2026-01-31", 1, "month", "2026-02-28"),
        ("2024-01-31", 1, "month", "2024-02-29"),
        ("2026-02-28", 1, "month", "2026-03-28"),
        ("2026-08-31", 6, "month", "2027-02-28"),
        ("2026-12-31", -1, "month", "2026-11-30"),
        ("2026-01-15", -1, "month", "2025-12-15"),
        ("2026-11-30", 1, "month", "2026-12-30"),
        ("2024-02-29", 1, "year", "2025-02-28"),
        ("2024-02-29", 4, "year", "2028-02-29"),
        ("2024-02-29", 12, "month", "2025-02-28"),
        ("9998-12-31", 1, "year", "9999-12-31"),
        ("0002-01-01", -1, "year", "0001-01-01"),
    ],
)
def test_after(start: str, count: int, unit: str, end: str) -> None:
    """The 31st becomes a short month's last day, and the 29th of February the 28th."""
    assert Interval(count, unit).after(day(start)) == day(end)


@pytest.mark.parametrize(
    ("start", "count", "unit"),
    [
        (date.max, 1, "day"),
        (date.min, -1, "day"),
        (date.max, 1, "month"),
        (date.min, -1, "month"),
        (date.max, 1, "year"),
        (date.min, -1, "year"),
        (TODAY, 9_999_999, "day"),
        (TODAY, -9_999_999, "year"),
    ],
)
def test_after_the_end_of_time(start: date, count: int, unit: str) -> None:
    """A day outside the years 1 to 9999 is refused, never wrapped and never a crash."""
    with pytest.raises(NotADate, match="outside the years 1 to 9999"):
        Interval(count, unit).after(start)


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("2026-12-31", "2026-12-31"),
        ("today", "2026-11-22"),
        (" Today ", "2026-11-22"),
        ("yesterday", "2026-11-21"),
        ("90d", "2027-02-20"),
        ("+90d", "2027-02-20"),
        ("0d", "2026-11-22"),
        ("-2w", "2026-11-08"),
        ("6m", "2027-05-22"),
        ("1y", "2027-11-22"),
        ("-1Y", "2025-11-22"),
        ("eom", "2026-11-30"),
        ("eoq", "2026-12-31"),
        ("eoy", "2026-12-31"),
        ("2026-Q4", "2026-Q4"),
        ("2026-h2", "2026-H2"),
        ("2026-12", "2026-12"),
        (" 2026 ", "2026"),
    ],
)
def test_when(text: str, period: str) -> None:
    """Every word for a date on the command line, seen from 22 November 2026."""
    found = read_when(text, TODAY)
    assert (found, found.name) == (read_period(period), period)


@pytest.mark.parametrize(
    ("today", "month", "quarter", "year"),
    [
        ("2026-01-01", "2026-01-31", "2026-03-31", "2026-12-31"),
        ("2024-02-29", "2024-02-29", "2024-03-31", "2024-12-31"),
        ("2026-03-31", "2026-03-31", "2026-03-31", "2026-12-31"),
        ("2026-04-01", "2026-04-30", "2026-06-30", "2026-12-31"),
        ("2026-12-31", "2026-12-31", "2026-12-31", "2026-12-31"),
    ],
)
def test_ends(today: str, month: str, quarter: str, year: str) -> None:
    """The end of a month, quarter or year is the last day of the one that today lies in."""
    ends = [read_when(word, day(today)) for word in ("eom", "eoq", "eoy")]
    assert ends == [one_day(day(text)) for text in (month, quarter, year)]


@pytest.mark.parametrize(
    ("text", "reason", "hint"),
    [
        ("tomorow", "'tomorow' is not a date", WHEN_HINT),
        ("90", "'90' is not a date", "write 90d"),
        ("90 d", "'90 d' is not a date", "write 90d"),
        ("--2w", "'--2w' is not a date", WHEN_HINT),
        ("2026-13", "there is no month 13", WHEN_HINT),
        ("2026-02-30", "February 2026 has 28 days, not 30", WHEN_HINT),
        ("31.12.2026", "'31.12.2026' is not a date", "write 2026-12-31"),
        (
            "11/12/2026",
            "'11/12/2026' is not a date",
            "write 2026-12-11 for 11 December, or 2026-11-12 for 12 November",
        ),
        ("9999y", "this is outside the years 1 to 9999", None),
    ],
)
def test_no_when(text: str, reason: str, hint: str | None) -> None:
    """A word that is not a date is refused with the reason and with what to write."""
    with pytest.raises(NotADate) as refused:
        read_when(text, TODAY)
    assert (refused.value.reason, refused.value.hint) == (reason, hint)


def test_day_before_the_first() -> None:
    """There is no yesterday on the first day of the year 1."""
    with pytest.raises(NotADate, match="outside the years 1 to 9999"):
        read_when("yesterday", date.min)
