"""Days, periods and intervals: what a text means, and what comes next."""

import re
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from build import day
from pledges.clean import without_joints
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
    read_typed_interval,
    read_when,
)
from pledges.domain.refused_dates import FOUR_DIGITS, WHICH_YEAR
from pledges.errors import NotADate
from pledges.view.wording import values as words

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
        ("2026-Q4\n", "'2026-Q4\\n' is not a date", "write 2026-Q4"),
        ("\u0662\u0660\u0662\u0666", "'\u0662\u0660\u0662\u0666' is not a date", PERIOD_HINT),
        ("2026-12-31T09:00", "a date can't include a time", "write 2026-12-31"),
        ("2026-12-31 09:00", "a date can't include a time", "write 2026-12-31"),
        ("2026-1-5", "'2026-1-5' is not a date", "write 2026-01-05"),
        ("2026/12/31", "'2026/12/31' is not a date", "write 2026-12-31"),
        ("2026/13/31", "'2026/13/31' is not a date", DATE_HINT),
        ("31.12.2026", "'31.12.2026' is not a date", "write 2026-12-31"),
        ("13/12/2026", "'13/12/2026' is not a date", "write 2026-12-13"),
        ("12/13/2026", "'12/13/2026' is not a date", "write 2026-12-13"),
        ("5-5-2026", "'5-5-2026' is not a date", "write 2026-05-05"),
        (
            "12/11/2026",
            "'12/11/2026' can be read in two ways",
            "write 2026-11-12 for 12 November, or 2026-12-11 for 11 December",
        ),
        (
            "1/2/2026",
            "'1/2/2026' can be read in two ways",
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
    ["", "6", "months", "6.months", "0 days", "-1 day", "1.5 years", "6 moons", "123456 days"],
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
        ("tomorrow", "2026-11-23"),
        ("31 Dec 2026", "2026-12-31"),
        ("31 December 2026", "2026-12-31"),
        ("31 DECEMBER 2026", "2026-12-31"),
        ("1st Oct. 2026", "2026-10-01"),
        ("Dec 31, 2026", "2026-12-31"),
        ("31-Dec-2026", "2026-12-31"),
        ("31\u00a0Dec\u202f2026", "2026-12-31"),
        ("December 2026", "2026-12"),
        ("dec 2026", "2026-12"),
        ("Sept 2026", "2026-09"),
        ("Dec-2026", "2026-12"),
        ("2026/12/31", "2026-12-31"),
        ("2026-1-5", "2026-01-05"),
        ("2026\u201112\u201131", "2026-12-31"),
        ("Q4 2026", "2026-Q4"),
        ("q4\u00a02026", "2026-Q4"),
        ("H2 2026", "2026-H2"),
        ("Q4/2026", "2026-Q4"),
        ("90 days", "2027-02-20"),
        ("90 d", "2027-02-20"),
        ("2 weeks", "2026-12-06"),
        ("-2 weeks", "2026-11-08"),
        ("\u22122w", "2026-11-08"),
        ("6 Months", "2027-05-22"),
        ("1 year", "2027-11-22"),
        ("EOY", "2026-12-31"),
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
        ("--2w", "'--2w' is not a date", WHEN_HINT),
        ("2026-13", "there is no month 13", WHEN_HINT),
        ("2026-02-30", "February 2026 has 28 days, not 30", WHEN_HINT),
        ("31.12.2026", "'31.12.2026' is not a date", "write 2026-12-31"),
        (
            "11/12/2026",
            "'11/12/2026' can be read in two ways",
            "write 2026-12-11 for 11 December, or 2026-11-12 for 12 November",
        ),
        ("9999y", "this is outside the years 1 to 9999", None),
        ("31/12/2026", "'31/12/2026' is not a date", "write 2026-12-31"),
        ("12/31/2026", "'12/31/2026' is not a date", "write 2026-12-31"),
        ("31 12 2026", "'31 12 2026' is not a date", "write 2026-12-31"),
        ("5/5/2026", "'5/5/2026' is not a date", "write 2026-05-05"),
        ("31/02/2026", "'31/02/2026' is not a date", WHEN_HINT),
        ("31/12/2026 or so", "'31/12/2026 or so' is not a date", WHEN_HINT),
        ("2026-12-31 to 2027-01-31", "'2026-12-31 to 2027-01-31' is not a date", WHEN_HINT),
        ("12/2026", "'12/2026' is not a date", "write 2026-12 for December 2026"),
        ("2026/12", "'2026/12' is not a date", "write 2026-12 for December 2026"),
        ("13/2026", "'13/2026' is not a date", WHEN_HINT),
        ("1 October", "'1 October' has no year", WHICH_YEAR),
        ("October 1", "'October 1' has no year", WHICH_YEAR),
        ("October 31", "'October 31' has no year", WHICH_YEAR),
        ("26-Dec", "'26-Dec' has no year", WHICH_YEAR),
        ("December", "'December' has no year", WHICH_YEAR),
        ("Q4", "'Q4' has no year", WHICH_YEAR),
        (
            "Dec-26",
            "'Dec-26' can be read in two ways",
            "write 2026-12 for December 2026; for a day in December add its year at the end",
        ),
        ("Dec-45", "the year of 'Dec-45' has two digits", FOUR_DIGITS),
        ("31 Dec 26", "the year of '31 Dec 26' has two digits", FOUR_DIGITS),
        ("31/12/26", "the year of '31/12/26' has two digits", FOUR_DIGITS),
        ("31 Feb 2026", "February 2026 has 28 days, not 31", WHEN_HINT),
        ("Q5 2026", "there is no quarter 5", WHEN_HINT),
        ("Mai 2026", "'Mai 2026' is not a date", WHEN_HINT),
        ("3 decades", "'3 decades' is not a date", WHEN_HINT),
        ("90", "'90' is not a date", "write 90d if days are meant"),
        ("2 weeks ago", "'2 weeks ago' is not a date", "write -2w"),
        ("tomorow", "'tomorow' is not a date", "did you mean tomorrow?"),
        ("soon", "'soon' is not a date", WHEN_HINT),
    ],
)
def test_no_when(text: str, reason: str, hint: str | None) -> None:
    """A word that is not a date is refused with the reason and with what to write."""
    with pytest.raises(NotADate) as refused:
        read_when(text, TODAY)
    assert (refused.value.reason, refused.value.hint) == (reason, hint)


@given(DAYS, st.sampled_from((*LENGTHS, "day")), st.sampled_from((str, str.upper, str.lower)))
def test_what_is_printed_is_read(any_day: date, length: str, in_case: Callable[[str], str]) -> None:
    """Every day and every period is read as it is printed, in any case and with hard blanks."""
    span = one_day(any_day) if length == "day" else period_around(any_day, length)
    said = without_joints(words.day(any_day) if length == "day" else words.period(span))
    long = said.replace(words.month(any_day)[:3], f"{any_day:%B}")
    for text in (said, span.name, long, said.replace(" ", "\u00a0")):
        assert read_when(in_case(text), TODAY) == span
    if not span.is_day:
        assert read_when(without_joints(words.month(any_day)), TODAY) == period_around(
            any_day, "month"
        )


@given(DAYS, st.sampled_from("/.- "), st.booleans())
def test_figures_are_never_taken_for_another_day(
    any_day: date,
    separator: str,
    is_day_first: bool,  # noqa: FBT001  (a property's)
) -> None:
    """A day in figures is refused, and the hint names it, with the other that it can be."""
    parts = [f"{any_day.day}", f"{any_day.month}"][:: 1 if is_day_first else -1]
    with pytest.raises(NotADate) as refused:
        read_when(separator.join([*parts, f"{any_day.year:04}"]), TODAY)
    hint = refused.value.hint or ""
    named = [day(text) for text in re.findall(r"\d{4}-\d\d-\d\d", hint)]
    assert any_day in named
    assert {(each.day, each.month) for each in named} <= {
        (any_day.day, any_day.month),
        (any_day.month, any_day.day),
    }


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("31 Dec 2026", "write 2026-12-31"),
        ("Q4 2026", "write 2026-Q4"),
        ("December 2026", "write 2026-12"),
        ("1 October", PERIOD_HINT),
        ("today", PERIOD_HINT),
    ],
)
def test_in_the_ledger(text: str, hint: str) -> None:
    """The ledger has one spelling of a date, and the hint for another one names it."""
    with pytest.raises(NotADate) as refused:
        read_period(text)
    assert refused.value.hint == hint


@pytest.mark.parametrize(
    ("text", "interval"),
    [("6 months", "6 months"), ("6m", "6 months"), ("6 MONTHS", "6 months"), ("90d", "90 days"),
     ("1\u00a0year", "1 year"), (" 2 weeks ", "2 weeks")],
)  # fmt: skip
def test_typed_interval(text: str, interval: str) -> None:
    """On the command line an interval may be typed shorter than in the ledger."""
    assert str(read_typed_interval(text)) == interval


def test_interval_of_the_ledger() -> None:
    """The hint for an interval in another spelling names the one of the ledger."""
    with pytest.raises(NotADate) as refused:
        read_interval("6m")
    assert refused.value.hint == 'write "6 months"'


def test_day_before_the_first() -> None:
    """There is no yesterday on the first day of the year 1."""
    with pytest.raises(NotADate, match="outside the years 1 to 9999"):
        read_when("yesterday", date.min)
