"""The marks and stretches of a pledge: which there are, and of what kind each is."""

import pytest

from build import a_ledger, a_pledge, an_update, assessed_on, day
from pledges.domain.marks import lifetimes, marks
from pledges.domain.pledge import Pledge, Update


def found(pledge: Pledge, on: str = "2026-11-22") -> list[str]:
    """The marks of a pledge as ``date kind`` or ``date kind period``."""
    sources = {"s": {"title": "S"}}
    (each,) = assessed_on(a_ledger(pledge, sources=sources), day(on))
    return [
        f"{mark.date} {mark.kind}{f' {mark.period.name}' if mark.period else ''}"
        for mark in marks(each, day(on))
    ]


def done(on: str, **terms: str) -> Update:
    """A report that something was completed."""
    return an_update(on, status="completed", **terms)


MOVED = an_update("2026-02-10", due="2026", why="A call.")


@pytest.mark.parametrize(
    ("pledge", "expected"),
    [
        (a_pledge(made="2025-03"), ["2025-03-01 made"]),
        (a_pledge(due="2026"), ["2026-12-31 due"]),
        (a_pledge(due="2026-11-22"), ["2026-11-22 due"]),
        (a_pledge(due="2026-11-21"), ["2026-11-21 overdue"]),
        (a_pledge(done("2026-12-30"), due="2026"), ["2026-12-31 due"]),
        (a_pledge(done("2026-05-03"), due="2026"), ["2026-05-03 done-on-time", "2026-12-31 due"]),
        (a_pledge(done("2026-05-03"), due="2025"), ["2025-12-31 due", "2026-05-03 done-late"]),
        (
            a_pledge(an_update("2026-05-03", status="withdrawn"), due="2025"),
            ["2025-12-31 due", "2026-05-03 dropped"],
        ),
        (a_pledge(MOVED, due="2029"), ["2026-12-31 due", "2029-12-31 first-due"]),
        (a_pledge(MOVED), ["2026-12-31 due"]),
        (
            a_pledge(due="2026", claim=[{"source": "s", "due": "2030"}]),
            ["2026-12-31 due", "2030-12-31 claimed"],
        ),
        (
            a_pledge(due="2026", claim=[{"source": "s", "due": "2030"}] * 2),
            ["2026-12-31 due", "2030-12-31 claimed"],
        ),
        (a_pledge(due="2026", claim=[{"source": "s", "due": "2026-Q4"}]), ["2026-12-31 due"]),
    ],
)
def test_one_off(pledge: Pledge, expected: list[str]) -> None:
    """A deadline, its first one, what others say of it, and the end."""
    assert found(pledge) == expected


YEARLY = {"kind": "recurring", "every": "year", "since": "2024"}


@pytest.mark.parametrize(
    ("pledge", "expected"),
    [
        (
            a_pledge(**YEARLY),
            ["2024-12-31 overdue 2024", "2025-12-31 overdue 2025", "2026-12-31 due 2026"],
        ),
        (
            a_pledge(
                done("2024-05-01", period="2024"), done("2026-01-02", period="2025"), **YEARLY
            ),
            ["2024-05-01 done-on-time 2024", "2026-01-02 done-late 2025", "2026-12-31 due 2026"],
        ),
        (
            a_pledge(
                *(done("2026-05-01", period=str(year)) for year in (2024, 2025, 2026)), **YEARLY
            ),
            [
                "2026-05-01 done-late 2024",
                "2026-05-01 done-late 2025",
                "2026-05-01 done-on-time 2026",
                "2027-12-31 due 2027",
            ],
        ),
        (
            a_pledge(an_update("2024-09-01", status="superseded", period="2024"), **YEARLY),
            ["2024-09-01 dropped 2024", "2025-12-31 overdue 2025", "2026-12-31 due 2026"],
        ),
        (
            a_pledge(
                done("2024-05-01", period="2024"),
                an_update("2026-03-01", status="withdrawn"),
                **YEARLY,
            ),
            ["2024-05-01 done-on-time 2024", "2026-03-01 dropped"],
        ),
        (
            a_pledge(done("2025-05-01", period="2025"), until="2025", **YEARLY),
            ["2024-12-31 overdue 2024", "2025-05-01 done-on-time 2025"],
        ),
        (a_pledge(kind="recurring", every="year", since="2028"), ["2028-12-31 due 2028"]),
        (a_pledge(kind="recurring", every="year", since="9999"), ["9999-12-31 due 9999"]),
    ],
)
def test_recurring(pledge: Pledge, expected: list[str]) -> None:
    """Every period up to now, or up to the next one: held, dropped, open or overdue."""
    assert found(pledge) == expected


@pytest.mark.parametrize(
    ("pledge", "expected"),
    [
        (a_pledge(due="2026-06-30"), ["2026-06-30 2026-11-22 late"]),
        (a_pledge(due="2027", made="2025-03"), ["2025-03-01 2027-12-31 allowed"]),
        (a_pledge(due="2027"), []),
        (a_pledge(done("2026-05-03"), due="2027", made="2025"), ["2025-01-01 2026-05-03 allowed"]),
        (
            a_pledge(done("2026-05-03"), due="2025", made="2025"),
            ["2025-01-01 2025-12-31 allowed", "2025-12-31 2026-05-03 late"],
        ),
        (
            a_pledge(
                done("2024-05-01", period="2024"),
                an_update("2025-09-01", status="superseded", period="2025"),
                **YEARLY,
            ),
            ["2024-01-01 2024-12-31 held", "2026-01-01 2026-12-31 open"],
        ),
    ],
)
def test_stretches(pledge: Pledge, expected: list[str]) -> None:
    """The time allowed for a pledge, the time it is late, and the periods of what recurs."""
    on = day("2026-11-22")
    (life,) = lifetimes(assessed_on(a_ledger(pledge), on), on)
    assert [f"{each.first} {each.last} {each.kind}" for each in life.stretches] == expected


def test_a_pledge_without_a_deadline_has_no_lifetime() -> None:
    """Only what has a deadline or periods can be drawn along a calendar."""
    on = day("2026-11-22")
    assert lifetimes(assessed_on(a_ledger(a_pledge(made="2025-03")), on), on) == []
