"""What was known on a day: nothing that is dated later, and everything else."""

from collections.abc import Sequence
from datetime import date
from itertools import chain
from typing import NamedTuple

import pytest
import six_pledges
from hypothesis import given
from hypothesis import strategies as st

from build import a_ledger, a_pledge, an_update, assessed_on, day, shipped
from pledges.domain.assessment import assess
from pledges.domain.day import Period, read_period
from pledges.domain.known import known_ledger
from pledges.domain.pledge import Ask, Kind, Ledger, Status, Update, cited_sources

SOURCES = {
    "spring": {"title": "Of a month", "date": "2026-03"},
    "august": {"title": "Of a day", "date": "2026-08-15"},
    "some-day": {"title": "Of no day"},
}
PUBLISHED = {"spring": date(2026, 3, 1), "august": date(2026, 8, 15)}
PARKS = {"unit": "parks", "baseline": 20, "target": 30}


@pytest.mark.parametrize(
    ("as_of", "ids"),
    [
        ("2026-02-28", "OLD ALWAYS"),
        ("2026-03-01", "OLD MONTH ALWAYS"),
        ("2026-03-15", "OLD MONTH ALWAYS"),
        ("2026-03-16", "OLD MONTH DAY ALWAYS"),
    ],
)
def test_pledges_known(as_of: str, ids: str) -> None:
    """A pledge is known from the first day of when it was made, and always where none is told."""
    ledger = a_ledger(
        a_pledge(id="OLD", made="2025"),
        a_pledge(id="MONTH", made="2026-03"),
        a_pledge(id="DAY", made="2026-03-16"),
        a_pledge(id="ALWAYS"),
    )
    assert [each.id for each in known_ledger(ledger, day(as_of)).pledges] == ids.split()


@pytest.mark.parametrize(
    ("as_of", "notes"),
    [
        ("2026-01-11", []),
        ("2026-01-12", ["Begun."]),
        ("2026-02-09", ["Begun."]),
        ("2026-02-10", ["Moved.", "Begun."]),
    ],
)
def test_updates_known(as_of: str, notes: list[str]) -> None:
    """An update is known from its own day, and those that are stay in the file's order."""
    moved = an_update("2026-02-10", note="Moved.")
    begun = an_update("2026-01-12", note="Begun.")
    pledge = known_ledger(a_ledger(a_pledge(moved, begun)), day(as_of)).pledges[0]
    assert [each.note for each in pledge.updates] == notes


@pytest.mark.parametrize(
    ("as_of", "sources"),
    [
        ("2026-02-28", ["some-day", "https://example.org/"]),
        ("2026-03-01", ["some-day", "https://example.org/", "spring"]),
        ("2026-08-14", ["some-day", "https://example.org/", "spring"]),
        ("2026-08-15", ["some-day", "https://example.org/", "spring", "august"]),
    ],
)
def test_claims_known(as_of: str, sources: list[str]) -> None:
    """A claim is known from the first day of its source's date, and always where it has none."""
    cited = ["some-day", "https://example.org/", "spring", "august"]
    claims = [{"source": each, "due": "2030"} for each in cited]
    ledger = a_ledger(a_pledge(claim=claims), sources=SOURCES)
    pledge = known_ledger(ledger, day(as_of)).pledges[0]
    assert [*chain(*(each.source for each in pledge.claims))] == sources


@pytest.mark.parametrize(
    ("as_of", "asks"),
    [
        ("2026-11-01", []),
        ("2026-11-02", [None]),
        ("2026-11-19", [None]),
        ("2026-11-20", [date(2026, 11, 20)]),
    ],
)
def test_asks_known(as_of: str, asks: list[date | None]) -> None:
    """An ask is known from its day, and stands until the day on which it was settled."""
    ask = {"what": "Name the year", "date": "2026-11-02", "settled": "2026-11-20"}
    pledge = known_ledger(a_ledger(a_pledge(ask=[ask])), day(as_of)).pledges[0]
    assert [each.settled for each in pledge.asks] == asks


@pytest.mark.parametrize(
    ("as_of", "sources"),
    [
        ("2026-02-28", {"some-day"}),
        ("2026-03-01", {"some-day", "spring"}),
        ("2026-08-14", {"some-day", "spring"}),
        ("2026-08-15", {"some-day", "spring", "august"}),
    ],
)
def test_sources_known(as_of: str, sources: set[str]) -> None:
    """A source is known from the first day of its date, and so is what cites it."""
    ledger = a_ledger(a_pledge(an_update("2026-01-01", source="august")), sources=SOURCES)
    known = known_ledger(ledger, day(as_of))
    assert known.sources.keys() == sources
    assert len(known.pledges[0].updates) == ("august" in sources)


@pytest.mark.parametrize(
    ("cited", "published"),
    [("spring", "2026-03"), ("august", "2026-08-15"), ("some-day", None), ("nobody", None)],
)
def test_source_date(cited: str, published: str | None) -> None:
    """A source's date is the day or period of its register, if that has one."""
    expected = read_period(published) if published else None
    assert a_ledger(sources=SOURCES).source_date(cited) == expected


def test_history() -> None:
    """A history is told oldest first, one day's entries in the file's order; so are its moves."""
    later = an_update("2026-05-01", due="2027", why="Later.")
    one = an_update("2026-01-12", note="One.")
    other = an_update("2026-01-12", due="2026", why="Sooner.")
    pledge = a_pledge(later, one, other)
    assert pledge.history == (one, other, later)
    assert pledge.moves == (other, later)


def test_shipped_before_the_call() -> None:
    """On 1 February 2026 nothing of the call of 10 February was known."""
    known = known_ledger(shipped(), date(2026, 2, 1))
    made = [each.made.first for each in known.pledges if each.made]
    assert max(made) == date(2025, 12, 18)
    assert len(shipped().pledges) - len(known.pledges) == 9
    assert max(each.date for pledge in known.pledges for each in pledge.updates) < date(2026, 2, 1)
    due = {each.pledge.id: each.assessment.due for each in assessed_on(shipped(), date(2026, 2, 1))}
    assert due["ECO-02"] == date(2029, 12, 31)


def test_shipped_at_first() -> None:
    """On 1 January 2025 nothing had been pledged yet."""
    assert known_ledger(shipped(), date(2025, 1, 1)).pledges == ()


def test_defaults() -> None:
    """Unless a plan says otherwise, it warns 60 days ahead, and news is stale after 180."""
    ledger = a_ledger(a_pledge())
    assert (ledger.plan.warn_days, ledger.plan.stale_days) == (60, 180)
    assert (ledger.schema, ledger.pledges[0].kind) == (1, Kind.ONE_OFF)


@pytest.mark.parametrize(
    ("status", "is_final"),
    [
        (Status.NOT_STARTED, False),
        (Status.IN_PROGRESS, False),
        (Status.SUSPENDED, False),
        (Status.COMPLETED, True),
        (Status.WITHDRAWN, True),
        (Status.SUPERSEDED, True),
    ],
)
def test_final(status: Status, *, is_final: bool) -> None:
    """After completed, withdrawn and superseded nothing more is awaited."""
    assert status.is_final is is_final


class Promise(NamedTuple):
    """A pledge with everything that was ever written of it."""

    made: date | None
    due: str | None
    updates: list[Update]
    claims: list[str]
    asks: list[tuple[date, date | None]]


DAYS = st.dates(date(2026, 1, 1), date(2026, 12, 31))
PERIODS = st.sampled_from(["2026-03", "2026-Q3", "2026-12-31", "2027"])
UPDATES = st.builds(
    Update,
    date=DAYS,
    status=st.none() | st.sampled_from(Status),
    value=st.none() | st.integers(0, 40),
    due=st.none() | PERIODS.map(read_period),
)
PROMISES = st.lists(
    st.builds(
        Promise,
        made=st.none() | DAYS,
        due=st.none() | PERIODS,
        updates=st.lists(UPDATES, max_size=4),
        claims=st.lists(st.sampled_from(sorted(SOURCES)), max_size=3),
        asks=st.lists(st.tuples(DAYS, st.none() | DAYS), max_size=3),
    ),
    max_size=3,
)


def written_by(last: date, promises: Sequence[Promise]) -> Ledger:
    """The ledger of someone who wrote each thing down on its day, and stopped after ``last``."""
    register = {key: x for key, x in SOURCES.items() if PUBLISHED.get(key, last) <= last}
    ledger = a_ledger(sources=register)
    for number, promise in enumerate(promises):
        if promise.made is None or promise.made <= last:
            asks = [
                Ask("Decide", asked, settled=settled if settled and settled <= last else None)
                for asked, settled in promise.asks
                if asked <= last
            ]
            pledge = a_pledge(
                *(update for update in promise.updates if update.date <= last),
                id=f"ECO-{number}",
                made=promise.made,
                due=promise.due,
                measure=PARKS,
                claim=[
                    {"source": source, "due": "2030"}
                    for source in promise.claims
                    if PUBLISHED.get(source, last) <= last
                ],
                ask=asks,
            )
            ledger = a_ledger(*ledger.pledges, pledge, sources=register)
    return ledger


@given(PROMISES, DAYS)
def test_later_entries_are_hidden(promises: list[Promise], as_of: date) -> None:
    """A report of last June is what the ledger would have said last June."""
    then, now = written_by(as_of, promises), written_by(date.max, promises)
    assert known_ledger(now, as_of) == then
    assert [each.assessment for each in assessed_on(now, as_of)] == [
        assess(each, as_of, then.plan) for each in then.pledges
    ]


@given(PROMISES, DAYS, DAYS)
def test_looking_back_twice(promises: list[Promise], one: date, other: date) -> None:
    """What was known on a day does not depend on when one looks back."""
    earlier, later = sorted((one, other))
    ledger = written_by(date.max, promises)
    assert known_ledger(known_ledger(ledger, later), earlier) == known_ledger(ledger, earlier)


@given(PROMISES)
def test_everything_is_known_at_last(promises: list[Promise]) -> None:
    """In the end nothing is hidden."""
    ledger = written_by(date.max, promises)
    assert known_ledger(ledger, date.max) == ledger


def test_periods_are_kept_as_written() -> None:
    """A made period keeps its name: "2026-03" is not turned into a day."""
    made = known_ledger(a_ledger(a_pledge(made="2026-03")), date(2026, 3, 1)).pledges[0].made
    assert isinstance(made, Period)
    assert made.name == "2026-03"


def test_cited() -> None:
    """A pledge cites the sources of its terms, its measure, its claims and its news."""
    assert cited_sources(six_pledges.PARKS) == {"ground", "paper"}
    assert cited_sources(six_pledges.RICE) == {"call", "https://example.org/rice"}
    assert cited_sources(six_pledges.MEETING) == set()
