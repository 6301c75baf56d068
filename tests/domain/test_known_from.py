"""What was known on a day: an entry from its own day or its source's, whichever is later."""

from datetime import timedelta

import pytest

from build import a_ledger, a_pledge, an_update, assessed_on, day
from pledges.domain.assessment import AssessedPledge, Standing
from pledges.domain.known import LaterKind, later_entries
from pledges.domain.pledge import Ledger
from pledges.domain.snapshot import snapshot

SOURCES = {
    "early": {"title": "Early", "date": "2026-03-01"},
    "late": {"title": "Late", "date": "2026-06"},
    "undated": {"title": "Undated"},
}


def a_cited_ledger(source: object, on: str = "2026-04-01") -> Ledger:
    """A ledger with one update of that day, which cites that."""
    update = an_update(on, status="in-progress", source=source)
    return a_ledger(a_pledge(update, made="2026-01-01"), sources=SOURCES)


def on(ledger: Ledger, as_of: str, name: str = "ECO-01") -> AssessedPledge:
    """One pledge of a ledger, with what was known of the whole ledger."""
    now = snapshot(ledger, "commitments.toml", day(as_of))
    return next(each for each in now.assessed if each.pledge.id == name)


@pytest.mark.parametrize(
    ("source", "known"),
    [
        ("early", "2026-04-01"),
        ("late", "2026-06-01"),
        ("undated", "2026-04-01"),
        ("https://example.org/a", "2026-04-01"),
        (["late", "early"], "2026-04-01"),
        (["late", "https://example.org/a"], "2026-04-01"),
    ],
)
def test_an_update_is_known_from_the_later_day(source: object, known: str) -> None:
    """Of several sources the earliest counts; one without a date was there all along."""
    ledger = a_cited_ledger(source)
    assert on(ledger, known).pledge.updates
    assert not on(ledger, str(day(known) - timedelta(days=1))).pledge.updates


def test_a_pledge_is_known_from_the_day_of_its_source() -> None:
    """A pledge that was made in secret is in no answer before it is published."""
    ledger = a_ledger(a_pledge(made="2026-01-01", source="late"), sources=SOURCES)
    assert not assessed_on(ledger, day("2026-05-31"))
    assert assessed_on(ledger, day("2026-06-01"))


def test_a_settled_claim_contests_until_it_is_settled() -> None:
    """Whether a claim contests is judged on the as-of date."""
    claim = {"due": "2028", "source": "early", "settled": "2026-05-01"}
    ledger = a_ledger(a_pledge(due="2027", claim=[claim]), sources=SOURCES)
    days = ("2026-02-28", "2026-03-01", "2026-04-30", "2026-05-01")
    contested = [on(ledger, each).assessment.contested for each in days]
    assert contested == [False, True, True, False]


def test_a_heading_is_told_by_its_parts() -> None:
    """What has parts and no news of its own counts them; those that were dropped are no parts."""
    done, dropped = (
        an_update("2026-02-01", status=word, by="MOIT") for word in ("completed", "withdrawn")
    )
    parts = [
        a_pledge(*history, id=f"P-{number}", part_of="ECO-01")
        for number, history in enumerate([[done], [], [dropped]])
    ]
    whole = on(a_ledger(a_pledge(), *parts), "2026-03-01").assessment
    assert (whole.heading, whole.parts, whole.parts_done) == (True, 2, 1)
    said = a_pledge(an_update("2026-01-01", status="in-progress"))
    whole = on(a_ledger(said, *parts), "2026-03-01").assessment
    assert (whole.heading, whole.parts, whole.parts_done) == (False, 2, 1)
    whole = on(a_ledger(a_pledge(), *parts), "2026-01-31").assessment
    assert (whole.heading, whole.parts, whole.parts_done) == (True, 3, 0)


def test_a_remark_makes_no_news() -> None:
    """A note without a source or a reporter leaves a heading what it is, and a pledge stale."""
    remark = an_update("2026-03-01", note="Asked both ministries.")
    ledger = a_ledger(a_pledge(remark), a_pledge(id="P-1", part_of="ECO-01"))
    whole = on(ledger, "2026-03-02")
    assert (whole.assessment.heading, whole.pledge.last_news_on) == (True, None)


@pytest.mark.parametrize("depth", [2, 5000])
def test_parts_of_parts(depth: int) -> None:
    """A heading that is a part is done once all its parts are, however deep they are."""
    chain = [a_pledge(id=f"P-{at}", part_of=f"P-{at - 1}") for at in range(2, depth + 1)]
    done = a_pledge(an_update("2026-02-01", status="completed"), id="END", part_of=f"P-{depth}")
    ledger = a_ledger(a_pledge(), a_pledge(id="P-1", part_of="ECO-01"), *chain, done)
    assert on(ledger, "2026-03-01").assessment.parts_done == 1
    assert on(ledger, "2026-01-01").assessment.parts_done == 0


def test_a_part_of_two_is_not_done_with_one() -> None:
    """A heading of which one part is open is no done part of what it belongs to."""
    done = an_update("2026-02-01", status="completed")
    middle = a_pledge(id="M", part_of="ECO-01")
    parts = [a_pledge(done, id="A", part_of="M"), a_pledge(id="B", part_of="M")]
    ledger = a_ledger(a_pledge(), middle, *parts)
    assert on(ledger, "2026-03-01").assessment.parts_done == 0
    assert on(ledger, "2026-03-01", "M").assessment.parts_done == 1


def test_later_entries() -> None:
    """Everything that is dated after a day by itself is found, with the path to its date."""
    claim = {"due": "2028", "source": "early", "settled": "2026-04-01"}
    asks = [
        {"what": "Who?", "date": "2026-04-01"},
        {"what": "When?", "date": "2026-01-01", "settled": "2026-04-01"},
    ]
    pledge = a_pledge(an_update("2026-03-31"), an_update("2026-04-01"), claim=[claim], ask=asks)
    ledger = a_ledger(pledge, a_pledge(id="B", made="2026-06"), sources=SOURCES)
    found = [
        (each.kind, each.key, each.path[-3:]) for each in later_entries(ledger, day("2026-03-31"))
    ]
    assert found == [
        (LaterKind.SOURCE, "late", ("sources", "late", "date")),
        (LaterKind.UPDATE, "ECO-01", ("update", 1, "date")),
        (LaterKind.CLAIM_SETTLED, "ECO-01", ("claim", 0, "settled")),
        (LaterKind.ASK, "ECO-01", ("ask", 0, "date")),
        (LaterKind.ASK_SETTLED, "ECO-01", ("ask", 1, "settled")),
        (LaterKind.PLEDGE, "B", ("pledge", 1, "made")),
    ]
    assert not list(later_entries(ledger, day("2026-06-01")))


def test_what_was_seen_is_neither_late_nor_on_time() -> None:
    """Seen to be done is done; the day on which it happened is not known."""
    seen = an_update("2026-09-01", status="completed", seen=True)
    found = on(a_ledger(a_pledge(seen, due="2026-06")), "2026-10-01").assessment
    assert (found.standing, found.completed, found.days_late) == (Standing.DONE, None, None)
    assert found.status_on == day("2026-09-01")


def test_the_day_of_what_was_seen_may_become_known() -> None:
    """A report of the day itself takes the place of having seen it later."""
    seen = an_update("2026-09-01", status="completed", seen=True)
    told = an_update("2026-05-01", status="completed")
    found = on(a_ledger(a_pledge(seen, told, due="2026-06")), "2026-10-01").assessment
    assert (found.standing, found.completed) == (Standing.DONE_ON_TIME, day("2026-05-01"))
