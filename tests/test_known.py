"""What came later than the as-of date is in no answer, and nothing that cites it breaks."""

from pathlib import Path

import pytest

from desk import Desk
from everything import FORMS, lines
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
    *(f"{line} --format {form}" for line in lines("ECO-01") for form in FORMS),
    *(f"report --full --since 2026-01-01 --format {form}" for form in FORMS),
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


PUBLISHED_LATER = """
[[pledge]]
id = "PPL-04"
title = "Hold a forum"
pillar = "people"
made = 2026-01-01
source = "later"
"""


def test_a_pledge_that_was_published_later(desk: Desk) -> None:
    """Who asks for a pledge before it is published is told when that was."""
    desk.text = LEDGER + PUBLISHED_LATER
    told = "pledges: error: PPL-04 was published after 22 Nov 2026 (1 Mar 2027)\n"
    ended = desk("show", "PPL-04")
    assert (ended.code, ended.err.startswith(told)) == (5, True)
    assert desk("show", "PPL-04", "--as-of", "2027-03-01").code == 0


def test_nothing_is_known_yet(desk: Desk) -> None:
    """Of a ledger without any known pledge it is said from when on there is one."""
    desk.text = LEDGER.split("[[pledge]]", maxsplit=1)[0] + PUBLISHED_LATER
    assert desk("list").err == "No pledges as of 22 Nov 2026; the first is from 1 Mar 2027.\n"


def test_the_log_counts_from_when_it_was_known(desk: Desk) -> None:
    """An entry that was published later is new on the day of its source."""
    line = "log ECO-01 --as-of 2027-04-01"
    assert "1 Oct 2026" in desk.line(f"{line} --since 2027-03-01").out
    assert "1 Oct 2026" not in desk.line(f"{line} --since 2027-03-02").out
    assert "1 Oct 2026" not in desk.line(f"{line} --until 2027-02-28").out
