"""Dates as people write them in sheets, in English and Vietnamese."""

import pytest

from pledges.errors import NotADate
from pledges.ledger.importing.sheet_dates import DateOrder, read_date


@pytest.mark.parametrize(
    ("text", "order", "name"),
    [
        ("6/2025", "iso", "2025-06"),
        ("12.2025", "iso", "2025-12"),
        ("Tháng 12/2025", "iso", "2025-12"),
        ("tháng 3 năm 2026", "iso", "2026-03"),
        ("Tháng Tư 2026", "iso", "2026-04"),
        ("Dec 2026", "iso", "2026-12"),
        ("September, 2026", "iso", "2026-09"),
        ("Quý II/2025", "iso", "2025-Q2"),
        ("Quý 4 năm 2026", "iso", "2026-Q4"),
        ("Q4 2026", "iso", "2026-Q4"),
        ("2026 Q4", "iso", "2026-Q4"),
        ("Quarter 1, 2027", "iso", "2027-Q1"),
        ("H2/2026", "iso", "2026-H2"),
        ("first half of 2026", "iso", "2026-H1"),
        ("6 tháng cuối năm 2026", "iso", "2026-H2"),
        ("năm 2026", "iso", "2026"),
        ("2026", "mdy", "2026"),
        ("31 December 2026", "iso", "2026-12-31"),
        ("31-Dec-2026", "iso", "2026-12-31"),
        ("December 31st, 2026", "iso", "2026-12-31"),
        ("ngày 31 tháng 12 năm 2026", "iso", "2026-12-31"),
        ("25/Feb/26 10:17 PM", "dmy", "2026-02-25"),
        ("2026-12-31T23:59:00.000+07:00", "iso", "2026-12-31"),
        ("2026-12-31 08:30", "iso", "2026-12-31"),
        ("31/12/2026, 14:05", "dmy", "2026-12-31"),
    ],
)
def test_date_in_words(text: str, order: str, name: str) -> None:
    """Months by name, quarters, halves, years and time stamps are what they say."""
    assert read_date(text, DateOrder(order)).name == name


@pytest.mark.parametrize(
    ("text", "order", "reason"),
    [
        ("Dec-26", "iso", "'Dec-26' can be read in two ways"),
        ("25/Feb/26", "iso", "the year of 25/Feb/26 has two digits"),
        ("31 Feb 2026", "iso", "February 2026 has 28 days, not 31"),
        ("13/2025", "iso", "there is no month 13"),
        ("31 December", "iso", "'31 December' has no year"),
        ("2025-2026", "iso", "'2025-2026' is not a date"),
    ],
)
def test_no_date_in_words(text: str, order: str, reason: str) -> None:
    """What names no day, or may name two, is refused."""
    with pytest.raises(NotADate) as caught:
        read_date(text, DateOrder(order))
    assert caught.value.reason == reason
