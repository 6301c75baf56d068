"""What needs attention: one entry a pledge, with all that there is to say of it."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

import pytest

from papers import DAY, LEDGERS, SINCE, late_by, paper, part_texts
from samples import entry, ledger_text, numbered_pledge

ATTENTION: Final = "NEEDS ATTENTION"
PARKS: Final = {"unit": "parks", "baseline": 0, "baseline_date": "2025-06-01", "target": 10}
SOURCES: Final = {
    "vov": {"title": "Call of the ministers", "publisher": "VOV", "date": "2026-02-10"},
    "call": {"title": "Visit", "url": "https://example.org/visit"},
}


def entries(folder: Path, *pledges: dict[str, Any], part: str = ATTENTION) -> list[str]:
    """The entries of a report, each in one line."""
    text = part_texts(paper(folder, ledger_text(*pledges, sources=SOURCES)))[part]
    return [" ".join(each.split()) for each in text.removeprefix("- ").split("\n- ")]


CASES: Final[dict[str, tuple[dict[str, Any], str]]] = {
    "overdue": (
        {
            "due": late_by(9),
            "due_text": "by the fair",
            "update": [
                entry("2026-11-01", status="in-progress", note="Talks began.", source="vov")
            ],
        },
        (
            '9 days late. Was due on 13 Nov 2026 ("by the fair"); in progress on 1 Nov 2026. '
            "Owed by Viet Nam, no lead named. Last news on 1 Nov 2026: Talks began. "
            "Source: VOV, 10 Feb 2026, Call of the ministers"
        ),
    ),
    "due today": (
        {"due": DAY},
        "due today, no news yet. Due on 22 Nov 2026. Owed by Viet Nam, no lead named.",
    ),
    "due soon, without a status": (
        {"due": "2026-12-31", "update": [entry("2026-11-01", note="Talks.", by="Desk")]},
        (
            "39 days left, no status. Due on 31 Dec 2026. "
            "Owed by Viet Nam, no lead named. Last news on 1 Nov 2026: Talks."
        ),
    ),
    "far behind": (
        {
            "due": "2026-12-31",
            "measure": PARKS,
            "update": [entry("2026-11-01", value=1, status="in-progress")],
        },
        (
            "39 days left, far behind. Due on 31 Dec 2026; 1 of 10 parks on 1 Nov 2026; 93% of "
            "its time used. "
            "9 more in 39 days; at the rate so far (1 park in 17 months) it is met on 7 Aug 2039. "
            "Owed by Viet Nam, no lead named. Last news on 1 Nov 2026."
        ),
    ),
    "overdue, its forecast has passed": (
        {
            "due": "2026-10",
            "measure": PARKS,
            "update": [entry("2026-06-01", value=9, status="in-progress")],
        },
        (
            "22 days late, behind. Was due on 31 Oct 2026; 9 of 10 parks on 1 Jun 2026; all of "
            "its time used. "
            "1 more to reach; at the rate so far (9 parks in 12 months) it would have been met "
            "by now, and was not. "
            "Owed by Viet Nam, no lead named. Last news on 1 Jun 2026."
        ),
    ),
    "a measure that falls": (
        {
            "due": "2027",
            "measure": {**PARKS, "unit": "trips", "baseline": 90, "target": 20},
            "update": [entry("2026-11-01", value=80)],
        },
        (
            "far behind. Due on 31 Dec 2027; 80 trips on 1 Nov 2026, to be reduced to 20 (10 "
            "of the 70 to cut); 57% of its time used. "
            "60 fewer in 13 months; at the rate so far (-10 trips in 17 months) it is met on 6 "
            "May 2035. "
            "Owed by Viet Nam, no lead named. Last news on 1 Nov 2026."
        ),
    ),
    "contested": (
        {"due": "2029", "claim": [{"due": "2030", "source": "https://example.org/a"}]},
        (
            "contested, no news yet. Due on 31 Dec 2029. https://example.org/a says 2030. "
            "Owed by Viet Nam, no lead named."
        ),
    ),
    "moved": (
        {
            "due": "2026-06",
            "due_text": "by summer.",
            "source": "call",
            "update": [
                entry("2026-09-01", due="2027", why="It rained."),
                entry("2026-10-01", due="2026-12", why="It dried."),
            ],
        },
        (
            "39 days left, no status. Due on 31 Dec 2026. "
            'Moved 2 times, last on 1 Oct 2026, from "by summer" to Dec 2026: It dried. '
            "Owed by Viet Nam, no lead named. Last news on 1 Oct 2026. Source: Visit "
            "https://example.org/visit"
        ),
    ),
    "review due": (
        {
            "kind": "ongoing",
            "review": "1 month",
            "waiting_on": "SG",
            "update": [entry("2026-08-01", note="Talks.", by="Desk")],
        },
        "review due. Waiting on Singapore. Last news on 1 Aug 2026: Talks.",
    ),
    "recurring": (
        {
            "kind": "recurring",
            "every": "quarter",
            "since": "2026-Q1",
            "lead": ["Trade Desk", "Foreign Desk"],
            "update": [entry("2026-03-01", status="completed", period="2026-Q1")],
        },
        (
            "5 months late, no report of Q2 2026 yet. For Q2 2026: was due on 30 Jun 2026; 2 "
            "periods missed so far. "
            "Led by Trade Desk and Foreign Desk. Last news on 1 Mar 2026."
        ),
    ),
    "a remark of the desk": (
        {"due": late_by(9), "update": [entry("2026-11-20", note="Asked both ministries.")]},
        "9 days late, no news yet. Was due on 13 Nov 2026. Owed by Viet Nam, no lead named.",
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_what_an_entry_says(name: str, tmp_path: Path) -> None:
    """An entry has its date, how far it is, what differs, who has to move, the news, a source."""
    terms, expected = CASES[name]
    assert entries(tmp_path, numbered_pledge(2, "Talk", **terms)) == [f"ECO-02 Talk: {expected}"]


def test_a_part_names_its_whole(tmp_path: Path) -> None:
    """What is a part says of what, and how many of those parts are done; its whole has no entry."""
    done = [entry("2026-05-01", status="completed")]
    found = entries(
        tmp_path,
        numbered_pledge(1, "Build all", due="2026-12"),
        numbered_pledge(3, "Build one", part_of="PPL-01", due="2026-12-31"),
        numbered_pledge(5, "Build two", part_of="PPL-01", due="2026-06", update=done),
    )
    assert found == [
        (
            "PPL-03 Build one: 39 days left, no news yet. Due on 31 Dec 2026. "
            "Part of PPL-01 Build all: 1 of 2 parts done. Owed by Viet Nam, no lead named."
        )
    ]


def test_what_is_not_agreed_is_not_owed(tmp_path: Path) -> None:
    """What was only requested or proposed has a part of its own, and is never called overdue."""
    made, due = late_by(90), late_by(3)
    terms: dict[str, Any] = {"made": made, "due": due}
    pledges = [
        numbered_pledge(1, strength="requested", asked_by=["SG"], **terms),
        numbered_pledge(3, strength="proposed", **terms),
        numbered_pledge(5, strength="agreed", **terms),
    ]
    assert entries(tmp_path, *pledges, part="ASKED FOR, NOT AGREED") == [
        (
            "PPL-01 Open the market: its date passed 3 days ago, no news yet. Asked for by 19 "
            "Nov 2026. "
            "Requested by Singapore of Viet Nam."
        ),
        (
            "PPL-03 Open the market: its date passed 3 days ago, no news yet. Asked for by 19 "
            "Nov 2026. "
            "Proposed for Viet Nam."
        ),
    ]
    text = paper(tmp_path, ledger_text(*pledges), *SINCE, "--full")
    assert "- 1 overdue (0 before 1 Jan 2026)\n" in text
    assert "Counted: 1 agreed pledge; 2 more only asked for." in text
    assert "- PPL-01, PPL-03: its date passed and new request.\n- PPL-05: became overdue" in text


def test_what_falls_due_next(tmp_path: Path) -> None:
    """Below the entries is what falls due next after those days, unless it has an entry itself."""
    now, later = (numbered_pledge(at, due=due) for at, due in ((1, "2026-12-31"), (2, "2028")))
    next_one = numbered_pledge(3, "Build", due="2027-02")

    def told(*pledges: dict[str, Any], options: Sequence[str] = ()) -> str:
        return paper(tmp_path, ledger_text(*pledges), *options).partition("Next after that: ")[2]

    assert told(now, next_one, later).startswith("PPL-03 Build, due 28 Feb 2027.\n")
    two = [next_one, numbered_pledge(4, "Open", due="2027-02")]
    assert told(now, *two, later).startswith("PPL-03 Build and ECO-04 Open, due 28 Feb 2027.\n")
    three = [*two, numbered_pledge(6, due="2027-02")]
    assert told(now, *three).startswith("3 pledges, due 28 Feb 2027.\n")
    assert told(now, next_one, options=["--within", "2027-02"]) == ""
    claim = [{"due": "2030", "source": "https://example.org/a"}]
    assert told(now, numbered_pledge(5, due="2027", claim=claim), later) == ""
    assert told(next_one) == ""
    found = json.loads(paper(tmp_path, ledger_text(now, *two), "--format", "json"))
    assert found["next_due"] == ["PPL-03", "ECO-04"]


def test_how_many_were_asked_for(tmp_path: Path) -> None:
    """If only some of what was asked for is due, the title says of how many."""
    late = numbered_pledge(1, strength="requested", due=late_by(3))
    text = paper(tmp_path, ledger_text(late, numbered_pledge(3, strength="proposed")))
    assert "\nASKED FOR, NOT AGREED (1 OF 2)\n" in text
    assert "\nASKED FOR, NOT AGREED (1)\n" in paper(tmp_path, ledger_text(late))


def test_a_forecast_that_has_passed(tmp_path: Path) -> None:
    """That a target would have been met by now does not say that it was not: the figure is old."""
    terms: dict[str, Any] = {"measure": {**PARKS, "target": 20}, "due": "2026-12-31"}
    news = [entry("2026-08-01", value=17, status="in-progress")]
    [text] = entries(tmp_path, numbered_pledge(2, **terms, update=news))
    assert "it would have been met by now, but the last figure is of 1 Aug 2026." in text


def test_a_deadlines_day(tmp_path: Path) -> None:
    """On its last day a pledge is due; a day later it is overdue."""
    plan = ledger_text(numbered_pledge(1, due="2026-Q3"))
    on = paper(tmp_path, plan, "--as-of", "2026-09-30")
    assert "- PPL-01 Open the market: due today, no news yet.\n  Due on 30 Sep 2026.\n" in on
    after = paper(tmp_path, plan, "--as-of", "2026-10-01", "--since", "2026-10-01")
    assert "PPL-01: became overdue." in after
    assert "- PPL-01 Open the market: 1 day late, no news yet.\n" in after


def test_the_most_urgent_first(tmp_path: Path) -> None:
    """The longest overdue come first, then those due by their days, behind, contested, reviews."""
    measure = {**PARKS, "baseline_date": "2025-06-01"}
    found = entries(
        tmp_path,
        numbered_pledge(
            0, kind="ongoing", review="1 month", update=[entry("2026-01-01", note="x", by="y")]
        ),
        numbered_pledge(1, due="2029", claim=[{"due": "2030", "source": "vov"}]),
        numbered_pledge(2, due="2027", measure=measure, update=[entry("2026-11-01", value=4)]),
        numbered_pledge(3, due="2027", measure=measure, update=[entry("2026-11-01", value=1)]),
        numbered_pledge(4, due="2026-12-31"),
        numbered_pledge(5, due="2026-12-01"),
        numbered_pledge(6, due=late_by(3)),
        numbered_pledge(7, due=late_by(9)),
    )
    assert [int(each[4:6]) for each in found] == [7, 6, 5, 4, 3, 2, 1, 0]


@pytest.mark.parametrize("name", LEDGERS)
def test_its_lines(name: str, tmp_path: Path) -> None:
    """An entry has at most four lines below its name, and its source as the last one."""
    text = paper(tmp_path, LEDGERS[name], *SINCE, "--full", "--format", "md")
    above, _, _ = text.partition("## By pillar")
    for each in above.split("\n- ")[1:]:
        lines = each.split("\n\n")[0].split("\n  - ")[1:]
        sources = [at for at, line in enumerate(lines) if line.startswith("Source: ")]
        assert len(lines) - len(sources) <= 3  # the phrase is next to the name here
        assert sources in ([], [len(lines) - 1])
        assert all(line.strip(" .") for line in lines)


def test_decisions_asked_for(tmp_path: Path) -> None:
    """Open decisions have of whom and by when, the most urgent first; a title is given once."""
    asks = [
        entry(late_by(30), what="Name the year", of="VN"),
        entry(late_by(20), what="Sign.", of="Trade Desk", by=late_by(2)),
        entry(late_by(10), what="Meet", settled=late_by(5)),
    ]
    plan = [numbered_pledge(1, ask=asks), numbered_pledge(2, due=late_by(1), ask=asks[:1])]
    assert entries(tmp_path, *plan, part="DECISIONS ASKED FOR") == [
        (
            "PPL-01 Open the market: Sign; asked of Trade Desk on 2 Nov 2026, to be settled by "
            "20 Nov 2026, 2 days late."
        ),
        "PPL-01: Name the year; asked of Viet Nam on 23 Oct 2026.",
        "ECO-02: Name the year; asked of Viet Nam on 23 Oct 2026.",
    ]
