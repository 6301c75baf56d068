"""What came later than the as-of date is in no answer, and nothing that cites it breaks."""

from pathlib import Path

import pytest

from desk import Desk
from everything import lines
from pledges.render import Format
from samples import holding

LATER = """source = "later"

[[pledge.claim]]
due = "2031"
source = "later"
"""
LEDGER = holding(
    {
        "sources": '\n[sources.later]\ntitle = "Published in the future"\ndate = "2027-03"\n',
        "ECO-01": LATER,
    }
)
ANSWERS = [
    *(f"{line} --format {form}" for line in lines("ECO-01") for form in Format),
    *(f"report --full --since 2026-01-01 --format {form}" for form in Format),
    "list --source later",
    "list --contested",
]


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """A desk with a ledger on it of which an update cites a source of March 2027."""
    return Desk(tmp_path, LEDGER)


@pytest.mark.parametrize("line", ANSWERS)
def test_a_source_of_the_future_is_not_shown(desk: Desk, line: str) -> None:
    """Until it is published, a source is nothing but the id by which an update cites it."""
    told = desk.line(line)
    assert (told.code, "Published in the future" in told.out + told.err) == (0, False)
    assert "2031" not in told.out


def test_a_source_is_shown_once_it_is_published(desk: Desk) -> None:
    """From the first day of the month in which it was published, a source has its title."""
    assert "Published in the future" in desk.line("show ECO-01 --as-of 2027-03-01").out
