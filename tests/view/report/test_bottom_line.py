"""The bottom line: a few true sentences that name things, in each ledger that is odd."""

from collections.abc import Callable, Sequence
from typing import Any, Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from papers import DAY, LEDGERS, late_by
from pledges.clean import without_joints
from pledges.domain.changes import changes
from pledges.domain.snapshot import snapshot
from pledges.ledger.reading.decode import decode
from pledges.view.report.bottom_line import bottom_line, subject
from pledges.view.report.matter import Matter
from samples import entry, ledger_text, numbered_pledge

OVERDUE: Final[dict[str, Any]] = {"due": late_by(9)}
PARKS: Final = {"unit": "parks", "baseline": 0, "baseline_date": "2025-06-01", "target": 10}
TRIPS: Final = {"unit": "trips", "baseline": 90, "baseline_date": "2025-06-01", "target": 20}
DONE: Final = [entry("2026-05-01", status="completed")]
WITHDRAWN: Final = [entry("2026-05-01", status="withdrawn")]
STARTED: Final = [entry("2026-11-01", status="in-progress")]

Case = tuple[Sequence[dict[str, Any]], str]


def told(*pledges: dict[str, Any], since: str = "2026-01-01") -> str:
    """The bottom line of a report of these pledges."""
    return of_text(ledger_text(*pledges), since)


def matter_of(text: str, since: str = "2026-01-01") -> Matter:
    """What a report of a ledger is about, compared with the end of the day before ``since``."""
    ledger = decode(text, "commitments.toml")
    now = snapshot(ledger, "commitments.toml", DAY)
    first = DAY.fromisoformat(since)
    before = snapshot(ledger, "commitments.toml", first.fromordinal(first.toordinal() - 1))
    return Matter(
        now=now,
        pledges=now.assessed,
        since=first,
        before=before,
        changes=changes(before, now),
        within_days=60,
    )


def of_text(text: str, since: str = "2026-01-01") -> str:
    """The bottom line of a ledger."""
    return without_joints(bottom_line(matter_of(text, since)))


pledge = numbered_pledge


CASES: Final[dict[str, Case]] = {
    "none": ((), "There are no pledges."),
    "one": (
        [pledge(1, "Train", due="2026-12-31")],
        'Due on 31 Dec 2026: "Train" (no news yet). Done: 0 of 1 agreed; none overdue.',
    ),
    "one without a deadline": (
        [pledge(1, "Train")],
        "No news has come yet. Done: 0 of 1 agreed; 1 with no status.",
    ),
    "two overdue": (
        [pledge(1, "Train", **OVERDUE), pledge(2, "Talk", due=late_by(4), update=STARTED)],
        (
            'Overdue: "Train" (due 13 Nov 2026) and "Talk" (due 18 Nov 2026). Last news: 1 '
            "Nov 2026. Since 1 Jan 2026: 1 reported in progress. Done: 0 of 2 agreed."
        ),
    ),
    "many overdue": (
        [pledge(at, f"Train {at}", due=late_by(at)) for at in range(1, 13)],
        (
            '12 are overdue, the longest of them "Train 12" (due 10 Nov 2026). No news has '
            "come yet. "
            "Done: 0 of 12 agreed."
        ),
    ),
    "due on several days": (
        [
            pledge(1, "Train", due="2026-12-31", update=STARTED),
            pledge(2, "Talk", due="2026-11", update=[entry("2026-02-01", status="in-progress")]),
        ],
        (
            'Due by 31 Dec 2026: "Talk" (on 30 Nov 2026, no recent news) and "Train" (on 31 '
            "Dec 2026, in progress). Last news: 1 Nov 2026. Since 1 Jan 2026: 2 reported in "
            "progress. Done: 0 of 2 agreed; none overdue."
        ),
    ),
    "many due": (
        [
            *(pledge(at, "Train", due="2026-12-31", update=STARTED) for at in range(1, 4)),
            pledge(4, "Talk", due="2027-01-05"),
        ],
        (
            "4 are due by 5 Jan 2027, 1 of them at risk. Last news: 1 Nov 2026. Since 1 Jan "
            "2026: 3 reported in progress. Done: 0 of 4 agreed; none overdue."
        ),
    ),
    "due today": (
        [pledge(1, "Train", due=DAY, update=[entry(DAY, status="in-progress")])],
        (
            'Due on 22 Nov 2026: "Train" (in progress). Last news: 22 Nov 2026. Since 1 Jan '
            "2026: 1 reported in progress. Done: 0 of 1 agreed; none overdue."
        ),
    ),
    "behind, and due later": (
        [pledge(1, "Fly less", due="2027", measure=TRIPS, update=[entry("2026-11-01", value=80)])],
        (
            'Behind: "Fly less" (due 31 Dec 2027, far behind, 80 trips, target 20). Last '
            "news: 1 Nov 2026. Since 1 Jan 2026: 1 new figure. Done: 0 of 1 agreed; none "
            "overdue."
        ),
    ),
    "contested, and due for review": (
        [
            pledge(1, due="2029", claim=[{"due": "2030", "source": "https://a.example"}]),
            pledge(
                2,
                kind="ongoing",
                review="1 month",
                update=[entry("2026-09-01", note="Talks.", by="Desk")],
            ),
        ],
        (
            "1 is contested and 1 is due for review. Last news: 1 Sep 2026. Since 1 Jan "
            "2026: 1 other news item. Done: 0 of 2 agreed; none overdue."
        ),
    ),
    "only requests": (
        [pledge(1, "Sign", strength="requested"), pledge(2, "Fly", strength="proposed", **OVERDUE)],
        (
            'No news has come yet. Only proposed, date passed: "Fly" (13 Nov 2026). Nothing '
            "is agreed: both pledges were only asked for."
        ),
    ),
    "one request": (
        [pledge(1, "Sign", strength="requested")],
        "No news has come yet. Nothing is agreed: the one pledge was only asked for.",
    ),
    "only ongoing": (
        [pledge(at, kind="ongoing", update=STARTED[: at > 1]) for at in range(3)],
        (
            "Last news: 1 Nov 2026. Since 1 Jan 2026: 1 reported in progress. Done: 0 of 3 "
            "agreed; 1 in progress, 2 with no status."
        ),
    ),
    "all done": (
        [pledge(at, f"Train {at}", due="2026-06", update=DONE) for at in (1, 2)],
        'Since 1 Jan 2026: "Train 1" and "Train 2" were completed. Both agreed pledges are done.',
    ),
    "all done, some late": (
        [pledge(at, due="2026-06" if at else "2026-04", update=DONE) for at in range(3)],
        "Since 1 Jan 2026: 3 completed. All 3 agreed pledges are done, 1 of them late.",
    ),
    "one done late": (
        [pledge(1, "Train", due="2026-04", update=DONE)],
        'Since 1 Jan 2026: "Train" was completed. The one agreed pledge is done, late.',
    ),
    "all dropped": (
        [pledge(at, update=WITHDRAWN) for at in range(3)],
        "Since 1 Jan 2026: 3 withdrawn. All 3 agreed pledges were withdrawn.",
    ),
    "done or dropped": (
        [pledge(1, "Train", due="2026-06", update=DONE), pledge(2, update=WITHDRAWN)],
        (
            'Since 1 Jan 2026: "Train" was completed, 1 withdrawn. '
            "Done: 1 of 2 agreed; 1 withdrawn or replaced; nothing is open."
        ),
    ),
    "open and dropped": (
        [pledge(1, "Train", due="2028"), pledge(2, update=WITHDRAWN)],
        (
            "No news since 1 May 2026. Since 1 Jan 2026: 1 withdrawn. Done: 0 of 2 agreed; "
            "none overdue; 1 withdrawn or replaced."
        ),
    ),
    "a heading": (
        [
            pledge(1, "Build all", due="2026-12"),
            pledge(3, "Build one", part_of="PPL-01", due="2027-06", update=STARTED),
            pledge(5, "Build two", part_of="PPL-01", due="2026-06", update=DONE),
        ],
        (
            'Last news: 1 Nov 2026. Since 1 Jan 2026: "Build two" was completed, 1 reported '
            "in progress. Done: 1 of 2 agreed; none overdue."
        ),
    ),
    "decisions": (
        [
            pledge(1, due="2028", ask=[entry("2026-09-01", what="Sign", of="VN", by=late_by(9))]),
            pledge(2, due="2028", ask=[entry("2026-09-01", what="Agree", of="SG")]),
        ],
        (
            "No news has come yet. 2 decisions are asked of Viet Nam and Singapore, 1 of "
            "them late. Done: 0 of 2 agreed; none overdue."
        ),
    ),
    "one decision": (
        [pledge(1, due="2028", ask=[entry("2026-09-01", what="Sign", by=late_by(9))])],
        ("No news has come yet. 1 decision is asked for, late. Done: 0 of 1 agreed; none overdue."),
    ),
    "a missed period": (
        [pledge(1, "Meet", kind="recurring", every="quarter", since="2026-Q1")],
        'Overdue: "Meet" (due 31 Mar 2026). Done: 0 of 1 agreed.',
    ),
    "a moved deadline": (
        [pledge(1, due="2026", update=[entry("2026-11-01", due="2028", why="It rained.")])],
        (
            "Last news: 1 Nov 2026. Since 1 Jan 2026: 1 deadline moved. Done: 0 of 1 "
            "agreed; none overdue."
        ),
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_it_is_true_of(name: str) -> None:
    """The bottom line is a true sentence if a figure is zero, one or all of them."""
    pledges, expected = CASES[name]
    assert told(*pledges) == expected


def test_nothing_that_was_chosen() -> None:
    """If filters leave nothing, it says of how many."""
    matter = matter_of(ledger_text(pledge(1), pledge(2)))
    none = Matter(now=matter.now, pledges=(), within_days=60)
    assert without_joints(bottom_line(none)) == "None of 2 pledges matches."


def test_only_a_heading() -> None:
    """A heading that was chosen alone is counted by its parts, and is no pledge asked for."""
    matter = matter_of(ledger_text(pledge(1), pledge(3, part_of="PPL-01")))
    chosen = Matter(now=matter.now, pledges=matter.pledges[:1], within_days=60)
    assert without_joints(bottom_line(chosen)).endswith("1 heading, counted by its parts.")


def test_what_is_told_first_is_kept() -> None:
    """If all is too long, titles are shortened, then the least important sentence is left out."""
    long = "Establish a comprehensive framework for the mutual recognition of skills"
    ask = [entry("2026-11-01", what="Sign", of="VN")]
    text = told(
        pledge(1, f"{long} in trade", **OVERDUE),
        pledge(2, f"{long} in law", due="2026-12-31", ask=ask),
        pledge(3, f"{long} in health", due="2026-12-31", strength="agreed"),
        pledge(4, f"{long} in sport", strength="proposed", **OVERDUE),
        pledge(5, f"{long} in art", due="2026-06", update=DONE),
    )
    short = '"Establish a comprehensive framework ..."'
    assert text == (
        f"Overdue: {short} (due 13 Nov 2026). "
        f"Due on 31 Dec 2026: {short} (no news yet) and {short} (no news yet). "
        "No news since 1 May 2026. "
        f"Only proposed, date passed: {short} (13 Nov 2026). Done: 1 of 4 agreed."
    )


@pytest.mark.parametrize("name", LEDGERS)
def test_its_length(name: str) -> None:
    """It has at most 60 words and 600 letters, and is there even if there is nothing to say."""
    line = of_text(LEDGERS[name])
    assert 3 <= len(line.split()) <= 60
    assert len(line) <= 600


TERMS: Final[list[Callable[[int], dict[str, Any]]]] = [
    lambda at: {"due": late_by(at)},
    lambda at: {"due": late_by(-at), "measure": PARKS, "update": [entry(late_by(at), value=at)]},
    lambda at: {"strength": "requested", "due": late_by(at - 20)},
    lambda at: {"due": "2027", "update": [entry(late_by(at), status="completed")]},
    lambda at: {"update": [entry(late_by(at), status="withdrawn")]},
    lambda at: {"kind": "ongoing", "ask": [entry(late_by(at), what="Sign", of="VN")]},
    lambda at: {"due": "2026-10", "update": [entry(late_by(at), due="2027", why="It rained.")]},
]


@given(
    kinds=st.lists(st.tuples(st.sampled_from(TERMS), st.integers(1, 60)), max_size=8),
    title=st.text(max_size=300),
)
def test_no_ledger_makes_it_long_or_wrong(
    kinds: list[tuple[Callable[[int], dict[str, Any]], int]], title: str
) -> None:
    """Whatever a ledger has, it has at most 60 words, and one is singular."""
    text = ledger_text(
        *(pledge(at, f"x {title}", **make(days)) for at, (make, days) in enumerate(kinds))
    )
    matter = matter_of(text)
    found = without_joints(bottom_line(matter))
    assert len(found.split()) <= 60
    own = found.replace(title.strip(), "")
    assert " 1 were" not in own
    assert " 1 are" not in own
    assert "of 1 agreed pledges" not in own
    assert ".." not in own.replace("...", "")
    assert subject(matter).result


@pytest.mark.parametrize(
    ("pledges", "expected"),
    [
        ([pledge(1, **OVERDUE), pledge(2, due="2028")], "1 overdue"),
        ([pledge(1, due="2026-12-31")], "1 due by 31 Dec; none overdue"),
        ([pledge(1, due="2027-01-05")], "1 due by 5 Jan 2027; none overdue"),
        (
            [pledge(1, due="2026", measure=PARKS, update=[entry("2026-11-01", value=1)])],
            "1 due by 31 Dec, 1 far behind; none overdue",
        ),
        ([pledge(1, due="2026-06", update=DONE)], "none overdue; 1 of 1 pledge done"),
        ([pledge(1), pledge(2)], "0 of 2 pledges done"),
    ],
)
def test_the_subject(pledges: list[dict[str, Any]], expected: str) -> None:
    """The subject of a draft is the result in a few words."""
    result = subject(matter_of(ledger_text(*pledges))).result
    assert without_joints(result) == expected
