"""What changed between two dates, case by case: 1 June and 1 November 2026."""

from typing import Any

import pytest

from build import a_ledger, a_pledge, an_update, day
from pledges.domain.changes import Change, ChangeKind, changes
from pledges.domain.pace import Pace
from pledges.domain.pledge import Pledge, Update
from pledges.domain.snapshot import snapshot

AFTER = day("2026-11-01")
PARKS = {"unit": "parks", "baseline": 0, "baseline_date": day("2026-01-01"), "target": 100}
OLD = an_update("2026-03-01", status="in-progress")
ON = "2026-10-01"


def between(*pledges: Pledge, before: str = "2026-06-01", **tables: object) -> list[Change]:
    """The changes of these pledges up to 1 November 2026."""
    ledger = a_ledger(*pledges, **tables)
    then = snapshot(ledger, "commitments.toml", day(before))
    return changes(then, snapshot(ledger, "commitments.toml", AFTER))


def told(found: list[Change]) -> list[tuple[str, str | None, int | None]]:
    """Changes by what they are, when they were, and the days."""
    return [(each.what, each.on.isoformat() if each.on else None, days(each)) for each in found]


def days(change: Change) -> int | None:
    """The days that a completion was late, or that a deadline was moved."""
    return change.slip_days if change.days_late is None else change.days_late


def became(status: str, on: str = "2026-10-01") -> Update:
    """An update that sets a status."""
    return an_update(on, status=status)


FIRST_NOT, FIRST_SUSPENDED, FIRST_DONE = (
    became(status, "2026-03-01") for status in ("not-started", "suspended", "completed")
)


@pytest.mark.parametrize(
    ("history", "terms", "expected"),
    [
        ([became("completed")], {"due": "2026-10-04"}, [("completed", "2026-10-01", -3)]),
        ([became("completed")], {"due": "2026-10-01"}, [("completed", "2026-10-01", 0)]),
        ([became("completed")], {"due": "2026-09-11"}, [("completed", "2026-10-01", 20)]),
        ([became("completed")], {}, [("completed", ON, None)]),
        ([became("completed", "2026-06-01")], {}, []),
        ([became("in-progress")], {}, [("started", ON, None)]),
        ([became("not-started", "2026-03-01"), became("in-progress")], {}, [("started", ON, None)]),
        ([became("not-started")], {}, [("not-started", ON, None)]),
        ([OLD, became("not-started")], {}, [("not-started", ON, None)]),
        (
            [
                OLD,
                became("completed", "2026-05-01"),
                became("in-progress"),
                became("completed", "2026-10-02"),
            ],
            {},
            [("completed", "2026-10-02", None)],
        ),
        (
            [became("in-progress", "2026-07-01"), became("in-progress")],
            {},
            [("started", "2026-07-01", None)],
        ),
        ([OLD, became("in-progress")], {}, []),
        ([OLD, became("suspended")], {}, [("suspended", ON, None)]),
        ([OLD, became("withdrawn")], {}, [("withdrawn", ON, None)]),
        ([OLD, became("superseded")], {}, [("superseded", ON, None)]),
        ([became("suspended", "2026-03-01"), became("in-progress")], {}, [("resumed", ON, None)]),
        ([became("completed", "2026-03-01"), became("in-progress")], {}, [("resumed", ON, None)]),
        ([OLD, became("suspended", "2026-07-01"), became("in-progress")], {}, []),
        ([OLD, an_update("2026-10-01", note="Talks.")], {}, [("remarked", ON, None)]),
        ([OLD, an_update("2026-10-01", note="Talks.", by="Lan")], {}, [("noted", ON, None)]),
        ([OLD, an_update("2026-06-01", note="Talks.")], {}, []),
        ([], {"due": "2026-10-31"}, [("became-overdue", None, 1)]),
        ([], {"due": "2026-11-01"}, []),
        ([], {"due": "2026-05-31"}, []),
        ([], {"due": "2026-06-01"}, [("became-overdue", None, 153)]),
        ([], {"made": "2026-09"}, [("new-pledge", "2026-09-01", None)]),
        ([], {"made": "2026-06-01"}, []),
        ([], {"made": "2026-06-02"}, [("new-pledge", "2026-06-02", None)]),
        (
            [became("in-progress")],
            {"made": "2026-09"},
            [("started", ON, None), ("new-pledge", "2026-09-01", None)],
        ),
    ],
)
def test_status_deadline_and_start(
    history: list[Update], terms: dict[str, Any], expected: list[object]
) -> None:
    """What was reported, what the calendar did, and what is new."""
    assert told(between(a_pledge(*history, **terms))) == expected


MOVE = an_update("2026-08-01", due="2027-Q1", why="The visit was put off.")
LATER = an_update("2026-05-01", due="2028", why="It took long.")
SOONER = an_update("2026-08-01", due="2026-Q4", why="It went well.")


@pytest.mark.parametrize(
    ("due", "history", "expected"),
    [
        ("2026", [MOVE], [("deadline-moved", "2026-08-01", 90)]),
        ("2027-Q1", [SOONER], [("deadline-moved", "2026-08-01", -90)]),
        (None, [MOVE], [("deadline-set", "2026-08-01", None)]),
        ("2027-Q1", [an_update("2026-08-01", due="2027-03-31", why="Said so.")], []),
        ("2027-Q1", [MOVE], []),
        (
            "2026",
            [an_update("2026-05-01", due="2028", why="x"), MOVE],
            [("deadline-moved", "2026-08-01", -641)],
        ),
        ("2026", [MOVE, an_update("2026-09-01", due="2026", why="Back.")], []),
        ("2026", [LATER], []),
    ],
)
def test_moved_deadlines(due: str | None, history: list[Update], expected: list[object]) -> None:
    """A move counts from the deadline that was in force then; moved there and back is none."""
    terms = {"due": due} if due else {}
    assert told(between(a_pledge(*history, **terms))) == expected


def test_a_move_has_both_deadlines() -> None:
    """A moved deadline tells the old one, the new one and why."""
    [change] = between(a_pledge(MOVE, due="2026"))
    assert change.before.due
    assert change.after.due
    assert (change.before.due.name, change.after.due.name) == ("2026", "2027-Q1")
    assert change.update
    assert change.update.why == "The visit was put off."


@pytest.mark.parametrize(
    ("readings", "expected"),
    [
        ([("2026-03-01", 10), ("2026-10-01", 20)], [(10, 20, "2026-10-01")]),
        ([("2026-10-01", 20)], [(0, 20, "2026-10-01")]),
        ([("2026-03-01", 20), ("2026-10-01", 20)], [(20, 20, "2026-10-01")]),
        ([("2026-03-01", 20), ("2026-10-01", 10)], [(20, 10, "2026-10-01")]),
        ([("2026-03-01", 20), ("2026-07-01", 30), ("2026-10-01", 40)], [(20, 40, "2026-10-01")]),
        ([("2026-03-01", 20)], []),
    ],
)
def test_readings(readings: list[tuple[str, int]], expected: list[tuple[int, int, str]]) -> None:
    """A new reading replaces the one that was known, at first the baseline; the last counts."""
    news = [an_update(on, value=value) for on, value in readings]
    found = [
        each for each in between(a_pledge(*news, measure=PARKS)) if each.what is ChangeKind.READING
    ]
    assert [(each.before.value, each.after.value, str(each.on)) for each in found] == expected


@pytest.mark.parametrize(
    ("then", "now", "expected"),
    [
        (50, 55, [(ChangeKind.WORSE, Pace.AHEAD, Pace.FAR_BEHIND)]),
        (42, 70, [(ChangeKind.WORSE, Pace.ON_PACE, Pace.BEHIND)]),
        (30, 84, [(ChangeKind.BETTER, Pace.BEHIND, Pace.ON_PACE)]),
        (10, 100, [(ChangeKind.BETTER, Pace.FAR_BEHIND, Pace.AHEAD)]),
        (42, 84, []),
    ],
)
def test_pace(then: int, now: int, expected: list[tuple[ChangeKind, Pace, Pace]]) -> None:
    """A pace that is another than it was is worse or better."""
    news = [an_update("2026-06-01", value=then), an_update("2026-11-01", value=now)]
    found = between(a_pledge(*news, measure=PARKS, due="2026"))
    paces = [each for each in found if each.old_pace]
    assert [(each.what, each.old_pace, each.now.assessment.pace) for each in paces] == expected


def test_a_first_pace_is_no_change() -> None:
    """Where nothing was measured before, no pace became worse or better."""
    found = between(a_pledge(an_update("2026-10-01", value=1), measure=PARKS, due="2026"))
    assert [each.what for each in found] == [ChangeKind.READING]


def test_held_periods() -> None:
    """Periods that were held since are told one by one, with the days to their end."""
    history = [
        an_update("2026-03-01", status="completed", period="2026-Q1"),
        an_update("2026-06-20", status="completed", period="2026-Q2"),
        an_update("2026-10-05", status="completed", period="2026-Q3"),
    ]
    meeting = a_pledge(*history, kind="recurring", every="quarter", since="2026-Q1")
    assert told(between(meeting)) == [("held", "2026-06-20", -10), ("held", "2026-10-05", 5)]


def test_a_period_that_is_confirmed_or_taken_back() -> None:
    """A period is held since the first of the updates that say so, and no more once taken back."""
    first = an_update("2026-03-01", status="completed", period="2026-Q1")
    again = an_update("2026-08-01", status="completed", period="2026-Q1")
    taken_back = an_update("2026-09-01", status="in-progress", period="2026-Q1")
    terms = {"kind": "recurring", "every": "quarter", "since": "2026-Q1"}
    assert told(between(a_pledge(first, again, **terms))) == [("became-overdue", None, 124)]
    assert told(between(a_pledge(first, taken_back, **terms))) == [
        ("became-overdue", None, 215),
        ("resumed", "2026-09-01", None),
    ]


def test_a_recurring_pledge_that_ends() -> None:
    """What recurs can be withdrawn as a whole, and in one period."""
    terms = {"kind": "recurring", "every": "quarter", "since": "2026-Q4"}
    whole = an_update(ON, status="withdrawn")
    one = an_update(ON, status="withdrawn", period="2026-Q4")
    assert told(between(a_pledge(whole, **terms))) == [("withdrawn", ON, None)]
    assert told(between(a_pledge(one, **terms))) == [("withdrawn", ON, None)]


def test_figures_are_compared_within_a_period() -> None:
    """The first reading of a new period is no fall from the last one of another."""
    history = [
        an_update("2026-03-01", status="completed", value=4, period="2026-Q1"),
        an_update("2026-07-02", status="completed", value=4, period="2026-Q2"),
        an_update(ON, value=1, period="2026-Q3"),
    ]
    measure = {"unit": "meetings", "baseline": 0, "target": 4}
    terms = {"kind": "recurring", "every": "quarter", "since": "2026-Q1", "made": "2026-01-01"}
    found = between(a_pledge(*history, measure=measure, **terms))
    [reading] = [each for each in found if each.what is ChangeKind.READING]
    assert reading.before.value == 0
    assert not [each for each in found if each.old_pace]


def test_a_reading_is_told_once() -> None:
    """A reading that the last report told is none of this one, though another period is open."""
    history = [
        an_update("2026-05-01", value=2, period="2026-Q2"),
        an_update("2026-06-20", status="completed", period="2026-Q1"),
    ]
    measure = {"unit": "meetings", "baseline": 0, "target": 4}
    terms = {"kind": "recurring", "every": "quarter", "since": "2026-Q1"}
    found = between(a_pledge(*history, measure=measure, **terms))
    assert ChangeKind.READING not in [each.what for each in found]


def test_overdue_again() -> None:
    """A deadline that passed after a move is news, though another one had passed before."""
    moved = an_update("2026-07-01", due="2026-09", why="x")
    found = between(a_pledge(moved, due="2025"), before="2026-06-01")
    assert ChangeKind.OVERDUE in [each.what for each in found]


def test_one_question_to_two() -> None:
    """The same question to two parties is two decisions."""
    asks = [
        {"what": "A", "of": "VN", "date": day("2026-05-01"), "settled": day("2026-05-20")},
        {"what": "A", "of": "SG", "date": day("2026-05-01"), "settled": day("2026-07-01")},
    ]
    found = between(a_pledge(ask=asks))
    assert [(each.what, each.ask.of) for each in found if each.ask] == [(ChangeKind.SETTLED, "SG")]


def test_a_recurring_pledge_that_is_missed() -> None:
    """A period that ended without being held makes it overdue; what it does in one ends nothing."""
    meeting = a_pledge(kind="recurring", every="quarter", since="2026-Q2")
    assert told(between(meeting)) == [("became-overdue", None, 124)]


def test_claims() -> None:
    """Another version is new where its source was published since."""
    sources = {
        "old": {"title": "Speech", "date": "2026-05"},
        "new": {"title": "Article", "date": "2026-09-01"},
        "later": {"title": "Book", "date": "2026-12"},
        "never": {"title": "Leaflet"},
    }
    claims = [{"source": key, "due": "2030"} for key in sources]
    found = between(a_pledge(claim=claims, due="2029"), sources=sources)
    assert [(each.what, *each.claim.source) for each in found if each.claim] == [
        (ChangeKind.CLAIMED, "new")
    ]


def test_asks() -> None:
    """A decision is asked for and settled since, or both; one asked before can only be settled."""
    asks = [
        {"what": "A", "date": day("2026-05-01")},
        {"what": "B", "date": day("2026-05-01"), "settled": day("2026-07-01")},
        {"what": "C", "date": day("2026-08-01")},
        {"what": "D", "date": day("2026-08-01"), "settled": day("2026-09-01")},
        {"what": "E", "date": day("2026-08-01"), "settled": day("2026-12-01")},
        {"what": "F", "date": day("2026-04-01"), "settled": day("2026-05-01")},
    ]
    found = between(a_pledge(ask=asks))
    assert [(each.what.value, each.ask.what) for each in found if each.ask] == [
        ("asked", "C"),
        ("asked", "D"),
        ("asked", "E"),
        ("settled", "B"),
        ("settled", "D"),
    ]


def test_order() -> None:
    """Changes are told kind by kind, those of a kind in the ledger's order."""
    first = a_pledge(became("in-progress"), id="ECO-01", made="2026-09")
    second = a_pledge(became("completed"), id="ECO-02")
    third = a_pledge(became("in-progress"), id="ECO-03")
    found = between(first, second, third)
    assert [(each.what.value, each.now.pledge.id) for each in found] == [
        ("completed", "ECO-02"),
        ("started", "ECO-01"),
        ("started", "ECO-03"),
        ("new-pledge", "ECO-01"),
    ]


def test_a_note_is_told_once() -> None:
    """A note goes with the first change that its update brought; left over, it is one itself."""
    start = an_update(ON, status="in-progress", value=5, note="Begun.")
    talks = an_update("2026-10-02", note="Talks.", by="Lan")
    found = between(a_pledge(start, talks, MOVE, measure=PARKS, due="2026"))
    assert [(each.what.value, each.note) for each in found] == [
        ("deadline-moved", None),
        ("started", "Begun."),
        ("new-reading", None),
        ("noted", "Talks."),
    ]


def test_nothing_changes_in_no_time() -> None:
    """Between a day and itself there is no change, whatever happened on it."""
    pledge = a_pledge(became("completed", "2026-11-01"), made="2026-11-01")
    assert between(pledge, before="2026-11-01") == []
