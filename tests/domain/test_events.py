"""What happened, entry by entry: in which order, and what each entry made of what was known."""

from datetime import date

import pytest

from build import a_ledger, a_pledge, an_update, day, shipped
from pledges.domain.events import Event, EventKind, TermValues, events_between, newest_first
from pledges.domain.known import known_from, known_ledger, pledge_known_from
from pledges.domain.pledge import Ledger, Pledge, Update

PARKS = {"unit": "parks", "baseline": 20, "target": 30}
SOURCES = {
    "call": {"title": "Call", "date": "2026-02"},
    "visit": {"title": "Visit", "date": "2026-02-01"},
    "book": {"title": "Book"},
}
YEARLY = {"kind": "recurring", "every": "year", "since": "2025"}


def oldest_first(ledger: Ledger) -> list[Event]:
    """The same entries the other way round."""
    return newest_first(ledger)[::-1]


def happened(ledger: Ledger) -> list[tuple[str, str, str]]:
    """What there is, oldest first, each as date, id and kind."""
    return [told(entry) for entry in oldest_first(ledger)]


def told(entry: Event) -> tuple[str, str, str]:
    """An entry by its date as it was given, its pledge and its kind."""
    return entry.dated.name, entry.pledge.id, str(entry.event)


def changed(pledge: Pledge) -> list[tuple[object, ...]]:
    """What each update of a pledge says, old and new, without the terms that it leaves alone."""
    updates = [x for x in oldest_first(a_ledger(pledge)) if x.event is EventKind.UPDATED]
    return [
        tuple(
            (_name(old), _name(new))
            for old, new in zip(_terms(entry.before), _terms(entry.after), strict=True)
            if (old, new) != (None, None)
        )
        for entry in updates
    ]


def _terms(terms: TermValues) -> tuple[object, ...]:
    return terms.status, terms.value, terms.due


def _name(term: object) -> object:
    return getattr(term, "name", term) if not isinstance(term, str) else str(term)


def test_every_kind() -> None:
    """Making, claims, updates, asks and their settling are each an entry, by their dates."""
    pledge = a_pledge(
        an_update("2026-01-12", status="in-progress"),
        made="2025-12-18",
        claim=[{"source": "call", "due": "2030"}],
        ask=[{"what": "Confirm", "date": "2026-03-01", "settled": "2026-04-01"}],
    )
    assert happened(a_ledger(pledge, sources=SOURCES)) == [
        ("2025-12-18", "ECO-01", "pledged"),
        ("2026-01-12", "ECO-01", "updated"),
        ("2026-02", "ECO-01", "claimed"),
        ("2026-03-01", "ECO-01", "asked"),
        ("2026-04-01", "ECO-01", "settled"),
    ]


@pytest.mark.parametrize(
    "pledge",
    [
        a_pledge(),
        a_pledge(claim=[{"source": "book", "due": "2030"}]),
        a_pledge(claim=[{"source": "https://example.org", "due": "2030"}]),
    ],
    ids=["no day on which it was made", "source without a date", "source by its address"],
)
def test_undated(pledge: Pledge) -> None:
    """What has no date has no place in the history."""
    assert happened(a_ledger(pledge, sources=SOURCES)) == []


def test_empty() -> None:
    """A ledger without pledges has no history."""
    assert newest_first(a_ledger()) == []


def test_order() -> None:
    """A period counts from its first day; within a day and a pledge the later entry comes first."""
    first = a_pledge(
        an_update("2026-02-01", note="One."),
        an_update("2026-01-31", note="Earlier."),
        an_update("2026-02-01", note="Two."),
        id="A",
        made="2026-02",
    )
    second = a_pledge(id="B", made="2026-02-01", claim=[{"source": "visit", "due": "2030"}])
    third = a_pledge(id="C", made="2026")
    ledger = a_ledger(first, second, third, sources=SOURCES)
    latest = newest_first(ledger)
    assert [told(entry) for entry in latest] == [
        ("2026-02-01", "A", "updated"),
        ("2026-02-01", "A", "updated"),
        ("2026-02", "A", "pledged"),
        ("2026-02-01", "B", "claimed"),
        ("2026-02-01", "B", "pledged"),
        ("2026-01-31", "A", "updated"),
        ("2026", "C", "pledged"),
    ]
    assert [entry.update.note for entry in latest if entry.update] == ["Two.", "One.", "Earlier."]


UNREPORTED = (None, "in-progress")


@pytest.mark.parametrize(
    ("history", "terms", "expected"),
    [
        ([{"status": "in-progress"}], {}, [(UNREPORTED,)]),
        (
            [{"status": "in-progress"}, {"note": "Talks."}, {"status": "completed"}],
            {},
            [(UNREPORTED,), (), (("in-progress", "completed"),)],
        ),
        (
            [{"status": "in-progress"}, {"status": "in-progress"}],
            {},
            [(UNREPORTED,), (("in-progress", "in-progress"),)],
        ),
        (
            [{"value": 21}, {"status": "in-progress"}, {"value": 22.5}],
            {"measure": PARKS},
            [((20, 21),), (UNREPORTED,), ((21, 22.5),)],
        ),
        ([{"value": 0}, {"value": 1}], {"measure": {"unit": "x"}}, [((None, 0),), ((0, 1),)]),
        ([{"value": 19}], {"measure": {**PARKS, "baseline_date": "2026-01-01"}}, [((20, 19),)]),
        ([{"value": 19}], {"measure": {**PARKS, "baseline_date": "2026-01-02"}}, [((None, 19),)]),
        ([{"due": "2026", "why": "x"}], {"due": "2029"}, [(("2029", "2026"),)]),
        ([{"due": "2026", "why": "x"}], {}, [((None, "2026"),)]),
        (
            [{"due": "2026", "why": "x"}, {"value": 21}, {"due": "2030", "why": "x"}],
            {"due": "2029", "measure": PARKS},
            [(("2029", "2026"),), ((20, 21),), (("2026", "2030"),)],
        ),
        (
            [
                {"period": "2025", "status": "in-progress", "value": 21},
                {"period": "2026", "status": "in-progress", "value": 25},
                {"period": "2025", "status": "completed", "value": 30},
                {"status": "suspended"},
            ],
            {**YEARLY, "measure": PARKS},
            [
                (UNREPORTED, (20, 21)),
                (UNREPORTED, (20, 25)),
                (("in-progress", "completed"), (21, 30)),
                ((None, "suspended"),),
            ],
        ),
    ],
)
def test_old_and_new(
    history: list[dict[str, object]], terms: dict[str, object], expected: list[tuple[object, ...]]
) -> None:
    """An entry gives what it says, and what was known of that, and of that period, before it."""
    updates = [an_update(f"2026-01-{at + 1:02}", **said) for at, said in enumerate(history)]
    assert changed(a_pledge(*updates, **terms)) == expected


def test_old_and_new_by_date() -> None:
    """What was known before is what is dated earlier, wherever it stands in the ledger."""
    updates = [an_update("2026-02-01", value=22), an_update("2026-01-01", value=21)]
    assert changed(a_pledge(*updates, measure=PARKS)) == [((20, 21),), ((21, 22),)]


def test_first_deadline() -> None:
    """Making a pledge gives it its deadline."""
    (made,) = oldest_first(a_ledger(a_pledge(made="2025", due="2029")))
    assert (made.before, made.slip_days) == (TermValues(), None)
    assert made.after.due
    assert made.after.due.name == "2029"


@pytest.mark.parametrize(
    ("first", "update", "slip"),
    [
        ("2029", {"due": "2026", "why": "x"}, -1096),
        ("2026", {"due": "2029", "why": "x"}, 1096),
        ("2026", {"due": "2026-12-31", "why": "x"}, 0),
        ("2026-06-30", {"due": "2026-Q3", "why": "x"}, 92),
        (None, {"due": "2026", "why": "x"}, None),
        ("2026", {"note": "Talks."}, None),
    ],
)
def test_slip(first: str | None, update: dict[str, object], slip: int | None) -> None:
    """A slip is counted in days from last day to last day, later is positive."""
    (entry,) = oldest_first(a_ledger(a_pledge(an_update("2026-01-01", **update), due=first)))
    assert entry.slip_days == slip


def test_each_slip_is_its_own() -> None:
    """A second move is counted from the first one, not from the deadline that was pledged."""
    moves = [
        an_update("2026-01-01", due="2026-06-30", why="x"),
        an_update("2026-01-02", due="2026-07-01", why="x"),
    ]
    ledger = a_ledger(a_pledge(*moves, due="2026-01-31"))
    assert [entry.slip_days for entry in oldest_first(ledger)] == [150, 1]


@pytest.mark.parametrize(
    ("since", "until", "found"),
    [
        (None, None, ["2026", "2026-01-31", "2026-02", "2026-02-02"]),
        ("2026-01-01", None, ["2026", "2026-01-31", "2026-02", "2026-02-02"]),
        ("2026-01-02", None, ["2026-01-31", "2026-02", "2026-02-02"]),
        ("2026-02-01", None, ["2026-01-31", "2026-02", "2026-02-02"]),
        ("2026-02-02", None, ["2026-02-02"]),
        ("2026-02-03", None, []),
        (None, "2025-12-31", []),
        (None, "2026-01-01", ["2026"]),
        (None, "2026-02-01", ["2026", "2026-01-31", "2026-02"]),
        ("2026-01-31", "2026-02-01", ["2026-01-31", "2026-02"]),
        ("2026-01-31", "2026-01-31", []),
    ],
)
def test_between(since: str | None, until: str | None, found: list[str]) -> None:
    """Both days are included; an entry counts from when it and its pledge were known."""
    entries = oldest_first(
        a_ledger(
            a_pledge(made="2026", id="A"),
            a_pledge(an_update("2026-01-31"), an_update("2026-02-02"), made="2026-02", id="B"),
        )
    )
    kept = events_between(entries, day(since) if since else None, day(until) if until else None)
    assert [entry.dated.name for entry in kept] == found


def test_as_of() -> None:
    """Of the shipped ledger, what was known on a day had happened and was published by then."""
    whole = newest_first(shipped())
    for as_of in (date(2025, 3, 1), date(2025, 10, 27), date(2026, 1, 14), date(2026, 2, 10)):
        known = newest_first(known_ledger(shipped(), as_of))
        published = [
            told(each)
            for each in events_between(whole, None, as_of)
            if pledge_known_from(each.pledge, shipped()) <= as_of
            and known_from(shipped(), None, each.update.source if each.update else ()) <= as_of
        ]
        assert [told(x) for x in known] == published


def test_nothing_is_lost() -> None:
    """Every update and every ask of the shipped ledger is there once."""
    found = oldest_first(shipped())
    updates: list[Update] = [x for each in shipped().pledges for x in each.updates]
    assert len([x for x in found if x.update]) == len(updates)
    assert len([x for x in found if x.event is EventKind.PLEDGED]) == 52
    assert len([x for x in found if x.event is EventKind.REQUESTED]) == 6
