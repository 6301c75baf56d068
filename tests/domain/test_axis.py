"""The axis of a timeline: its units, where a day stands, and what of it is shown."""

from datetime import date

import pytest

from build import day
from pledges.domain.axis import Axis, Unit, axis_through, unit_at, unit_number, window

TODAY = day("2026-11-22")


def names(axis: Axis) -> tuple[str, str, str]:
    """An axis by its unit, and the names of its first and last one."""
    return axis.by, unit_at(axis.by, axis.first).name, unit_at(axis.by, axis.last).name


@pytest.mark.parametrize(
    ("days", "expected"),
    [
        ("2026-11-22", ("month", "2026-11", "2026-11")),
        ("2026-11-22 2026-11-23", ("month", "2026-11", "2026-11")),
        ("2026-06-30 2026-11-22", ("month", "2026-06", "2026-11")),
        ("2026-05-31 2026-11-22", ("quarter", "2026-Q2", "2026-Q4")),
        ("2026-12-31 2027-01-01", ("month", "2026-12", "2027-01")),
        ("2025-01-01 2026-12-31", ("quarter", "2025-Q1", "2026-Q4")),
        ("2024-12-31 2026-12-31", ("year", "2024", "2026")),
        ("2050-12-31 2025-03-01 2026-11-22", ("year", "2025", "2050")),
        ("1926-01-01 2126-01-01", ("year", "1926", "2126")),
        ("0001-01-01 9999-12-31", ("year", "0001", "9999")),
    ],
)
def test_the_unit_follows_the_span(days: str, expected: tuple[str, str, str]) -> None:
    """Months up to half a year, quarters up to two years, else years; all days lie on the axis."""
    found = axis_through(map(day, days.split()))
    assert names(found) == expected
    assert all(found.contains(each) for each in map(day, days.split()))


@pytest.mark.parametrize(
    ("by", "begin", "end", "expected"),
    [
        (Unit.QUARTER, None, None, ("quarter", "2025-Q1", "2030-Q4")),
        (Unit.MONTH, None, None, ("month", "2025-03", "2030-12")),
        (None, "2026-06-15", None, ("year", "2026", "2030")),
        (None, "2026-06-15", "2026-12-31", ("quarter", "2026-Q2", "2026-Q4")),
        (None, None, "2026-01-31", ("quarter", "2025-Q1", "2026-Q1")),
        (Unit.YEAR, "2040-01-01", None, ("year", "2040", "2040")),
        (Unit.YEAR, None, "2020-01-01", ("year", "2020", "2020")),
    ],
)
def test_what_is_asked_for(
    by: Unit | None, begin: str | None, end: str | None, expected: tuple[str, str, str]
) -> None:
    """The unit and the ends can be given; units are whole."""
    ends = (day(begin) if begin else None, day(end) if end else None)
    found = axis_through([day("2025-03-01"), TODAY, day("2030-12-31")], by, *ends)
    assert names(found) == expected
    assert (found.is_begin_fixed, found.is_end_fixed) == (begin is not None, end is not None)


@pytest.mark.parametrize(
    ("by", "on", "expected"),
    [
        (Unit.YEAR, "2025-01-01", 0),
        (Unit.YEAR, "2025-12-31", 364 / 365),
        (Unit.YEAR, "2026-01-01", 1),
        (Unit.YEAR, "2024-01-01", -1),
        (Unit.QUARTER, "2025-04-01", 1),
        (Unit.QUARTER, "2026-11-22", 7 + 52 / 92),
        (Unit.MONTH, "2025-01-16", 15 / 31),
        (Unit.MONTH, "2026-02-15", 13.5),
    ],
)
def test_where_a_day_stands(by: Unit, on: str, expected: float) -> None:
    """A day stands as many units behind the beginning as have passed."""
    first = day("2025-01-01")
    axis = Axis(by, unit_number(by, first), unit_number(by, day("2027-12-31")))
    assert axis.position(day(on)) == pytest.approx(expected)


@pytest.mark.parametrize("by", Unit)
@pytest.mark.parametrize("on", [date.min, TODAY, date.max])
def test_a_day_lies_in_its_unit(by: Unit, on: date) -> None:
    """A unit is found by its number, from the first year to the last."""
    whole = unit_at(by, unit_number(by, on))
    assert whole.first <= on <= whole.last


@pytest.mark.parametrize(
    ("first", "last", "begin", "end", "most", "expected"),
    [
        (2025, 2030, None, None, 6, ("2025", "2030")),
        (2025, 2050, None, None, 9, ("2025", "2033")),
        (2000, 2050, None, None, 9, ("2023", "2031")),
        (1990, 2026, None, None, 9, ("2018", "2026")),
        (2000, 2050, None, None, 1, ("2026", "2026")),
        (2000, 2050, 2001, None, 9, ("2001", "2009")),
        (2000, 2050, None, 2045, 9, ("2000", "2045")),
        (2000, 2050, 2010, 2045, 9, ("2010", "2045")),
    ],
)
def test_window(  # noqa: PLR0913, PLR0917  (a row of the table)
    first: int, last: int, begin: int | None, end: int | None, most: int, expected: tuple[str, str]
) -> None:
    """What doesn't fit is shown around today; ends that were asked for are kept."""
    days = [date(first, 1, 1), TODAY, date(last, 12, 31)]
    ends = (date(begin, 1, 1) if begin else None, date(end, 12, 31) if end else None)
    assert names(window(axis_through(days, Unit.YEAR, *ends), TODAY, most))[1:] == expected
