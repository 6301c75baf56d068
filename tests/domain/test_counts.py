"""Counts, shares and roll-ups."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from build import a_ledger, a_pledge, an_update, assessed_on, shipped
from pledges.domain.assessment import AssessedPledge, Standing
from pledges.domain.counts import Tally, roll_ups, shares, status_word, tally
from pledges.domain.snapshot import snapshot

AS_OF = date(2026, 11, 22)
LEDGER = a_ledger(
    a_pledge(
        an_update("2026-05-01", status="in-progress"), id="LATE", owed_by=["VN"], due="2026-H1"
    ),
    a_pledge(
        an_update("2026-10-01", status="completed", value=30),
        id="DONE",
        owed_by=["VN", "SG"],
        due="2026",
        measure={"unit": "parks", "baseline": 20, "target": 30},
    ),
    a_pledge(
        an_update("2026-10-01", status="withdrawn"),
        id="DROPPED",
        owed_by=["SG"],
        due="2026",
        claim=[{"due": "2030", "source": "paper"}],
    ),
    a_pledge(an_update("2026-06-01", status="completed"), id="DONE-UNDATED", owed_by=["SG"]),
    a_pledge(id="SOON", pillar="digital", owed_by=["VN"], due="2026-12"),
    a_pledge(
        an_update("2026-09-01", note="Seen.", by="Lan"),
        id="GOES-ON",
        pillar="digital",
        kind="ongoing",
    ),
    parties={"SG": "Singapore", "VN": "Viet Nam", "LA": "Laos"},
    pillars={"fora": "Fora", "digital": "Digital", "economy": "Economy"},
)
ASSESSED = assessed_on(LEDGER, AS_OF)


@pytest.mark.parametrize(
    ("counts", "percentages"),
    [
        ([], []),
        ([0, 0], [0, 0]),
        ([0, 7], [0, 100]),
        ([1, 1], [50, 50]),
        ([1, 1, 1], [34, 33, 33]),
        ([1, 1, 1, 0], [34, 33, 33, 0]),
        ([2, 1], [67, 33]),
        ([1, 2], [33, 67]),
        ([1, 1, 1, 1, 1, 1], [17, 17, 17, 17, 16, 16]),
        ([1, 199], [1, 99]),
        ([199, 1], [99, 1]),
        ([1, 998, 1], [1, 98, 1]),
        ([995, 5], [99, 1]),
        ([1] * 101, [1] * 100 + [0]),
    ],
)
def test_shares(counts: list[int], percentages: list[int]) -> None:
    """The largest remainders are rounded up, and of equal ones the first."""
    assert shares(counts) == percentages


@given(st.lists(st.integers(0, 10**6)).filter(any))
def test_shares_add_up(counts: list[int]) -> None:
    """Shares add up to 100, only what is all has 100, and something has 0 only among many."""
    percentages = shares(counts)
    assert sum(percentages) == 100
    pairs = list(zip(percentages, counts, strict=True))
    assert all(share == 0 for share, count in pairs if not count)
    assert all(share < 100 for share, count in pairs if count < sum(counts))
    if sum(map(bool, counts)) <= 100:
        assert all(share for share, count in pairs if count)


@given(st.lists(st.integers(0, 10**6), max_size=9).filter(any))
def test_shares_are_close(counts: list[int]) -> None:
    """Of what has at least one percent each share is less than a point from its exact value."""
    total = sum(counts)
    if all(100 * count >= total for count in counts):
        for share, count in zip(shares(counts), counts, strict=True):
            assert abs(share * total - 100 * count) < total


@given(st.lists(st.integers(0, 100)))
def test_shares_keep_the_order(counts: list[int]) -> None:
    """No smaller count has a larger share."""
    pairs = sorted(zip(counts, shares(counts), strict=True))
    percentages_by_count = [share for _, share in pairs]
    assert percentages_by_count == sorted(percentages_by_count)


def test_tally() -> None:
    """What was dropped has no deadline that counts, and what has no deadline is not on time."""
    assert tally(ASSESSED) == Tally(
        total=6,
        standings={
            Standing.OVERDUE: 1,
            Standing.DUE_SOON: 1,
            Standing.DONE_ON_TIME: 1,
            Standing.DONE: 1,
            Standing.ONGOING: 1,
            Standing.DROPPED: 1,
        },
        statuses={"in-progress": 1, "completed": 2, "withdrawn": 1, "unreported": 2},
        dated=3,
        dated_done=1,
        dated_standings={Standing.OVERDUE: 1, Standing.DUE_SOON: 1, Standing.DONE_ON_TIME: 1},
        with_news=5,
        measured=1,
        stale=1,
        contested=1,
        asked=0,
        headings=0,
    )


def test_asked_for_and_headings() -> None:
    """What was only asked for, and what is counted by its parts, is counted apart."""
    ledger = a_ledger(
        a_pledge(id="WHOLE", due="2026"),
        a_pledge(an_update("2026-10-01", status="completed"), id="ONE", part_of="WHOLE"),
        a_pledge(id="TWO", part_of="WHOLE"),
        a_pledge(id="ASKED", strength="requested", due="2026-H1"),
    )
    assessed = snapshot(ledger, "x.toml", AS_OF).assessed
    found = tally(assessed)
    assert (found.total, found.asked, found.headings, found.dated) == (2, 1, 1, 0)
    assert found.standings == {Standing.DONE: 1, Standing.UNDATED: 1}
    whole = assessed[0].assessment
    assert (whole.parts, whole.parts_done, whole.heading) == (2, 1, True)


def test_order_of_counts() -> None:
    """Standings are counted from the worst, statuses as the program lists them."""
    found = tally(ASSESSED[::-1])
    order = ["overdue", "due-soon", "done-on-time", "done", "ongoing", "dropped"]
    assert list(found.standings) == order
    assert list(found.statuses) == ["in-progress", "completed", "withdrawn", "unreported"]


def test_nothing_to_count() -> None:
    """A tally of nothing is all noughts, and names no standing."""
    assert tally([]) == Tally(
        total=0,
        standings={},
        statuses={},
        dated=0,
        dated_done=0,
        dated_standings={},
        with_news=0,
        measured=0,
        stale=0,
        contested=0,
        asked=0,
        headings=0,
    )


def test_late_is_done() -> None:
    """What was done late is done, and counts among the dated."""
    news = an_update("2026-07-01", status="completed")
    found = tally(assessed_on(a_ledger(a_pledge(news, due="2026-06-30")), AS_OF))
    assert (found.standings, found.dated, found.dated_done) == ({Standing.DONE_LATE: 1}, 1, 1)


def ids_of(assessed: list[AssessedPledge]) -> list[str]:
    """The ids, in order."""
    return [each.pledge.id for each in assessed]


def test_dated() -> None:
    """A pledge is dated where it has a deadline and was not dropped."""
    assert ids_of([each for each in ASSESSED if each.assessment.is_dated]) == [
        "LATE",
        "DONE",
        "SOON",
    ]


def test_status_word() -> None:
    """A pledge of which nothing was reported is called unreported."""
    words = [status_word(each) for each in ASSESSED]
    assert words == [
        *("in-progress", "completed", "withdrawn", "completed"),
        *("unreported", "unreported"),
    ]


def test_by_pillar() -> None:
    """Pillars come in the ledger's order, and those without pledges are left out."""
    found = roll_ups(ASSESSED, "pillar", LEDGER)
    assert [(each.key, each.title) for each in found] == [
        ("digital", "Digital"),
        ("economy", "Economy"),
    ]
    assert [each.tally for each in found] == [tally(ASSESSED[4:]), tally(ASSESSED[:4])]


def test_by_party() -> None:
    """A pledge owed by two parties counts under both, and one owed by nobody under none."""
    found = roll_ups(ASSESSED, "party", LEDGER)
    assert [(each.key, each.title, each.tally.total) for each in found] == [
        ("SG", "Singapore", 3),
        ("VN", "Viet Nam", 3),
    ]
    assert found[0].tally == tally(ASSESSED[1:4])


def test_shipped() -> None:
    """The shipped ledger counts as its page says: of 58 pledges 52 are agreed, 6 asked for."""
    assessed = assessed_on(shipped(), AS_OF)
    found = tally(assessed)
    assert (found.total, found.asked, found.dated, found.dated_done) == (52, 6, 6, 0)
    assert Standing.OVERDUE not in found.standings
    assert [(each.key, each.tally.total) for each in roll_ups(assessed, "pillar", shipped())] == [
        ("framework", 2),
        ("security", 9),
        ("economy", 12),
        ("energy", 6),
        ("people", 8),
        ("digital", 9),
        ("fora", 6),
    ]
