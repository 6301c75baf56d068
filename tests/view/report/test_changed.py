"""What changed, in a report's sentences: one of each kind."""

from datetime import date
from pathlib import Path

from papers import paper
from samples import entry, ledger_text, numbered_pledge

TERMS = {"kind": "recurring", "every": "quarter", "since": "2026-Q2"}
PARKS = {"unit": "parks", "baseline": 0, "baseline_date": date(2026, 1, 1), "target": 100}


PLAN = ledger_text(
    numbered_pledge(2, "Pay", due="2026-09", update=[entry("2026-09-27", status="completed")]),
    numbered_pledge(4, "Sign", due="2026-09", update=[entry("2026-10-20", status="completed")]),
    numbered_pledge(6, "Ship", due="2026-09", update=[entry("2026-09-30", status="completed")]),
    numbered_pledge(8, "Ask", update=[entry("2026-10-01", status="completed")]),
    numbered_pledge(
        10, "Meet", **TERMS, update=[entry("2026-10-03", status="completed", period="2026-Q3")]
    ),
    numbered_pledge(12, "Wait", update=[entry("2026-10-01", status="suspended")]),
    numbered_pledge(14, "Drop", update=[entry("2026-10-01", status="withdrawn")]),
    numbered_pledge(
        16, "Join", superseded_by="ECO-02", update=[entry("2026-10-01", status="superseded")]
    ),
    numbered_pledge(
        18,
        "Resume",
        update=[entry("2026-02-01", status="suspended"), entry("2026-10-01", status="in-progress")],
    ),
    numbered_pledge(
        20,
        "Build",
        measure=PARKS,
        due="2026",
        update=[entry("2026-06-01", value=40), entry("2026-11-01", value=50)],
    ),
    numbered_pledge(
        22,
        "Speed up",
        measure=PARKS,
        due="2026",
        update=[entry("2026-06-01", value=10), entry("2026-11-01", value=95)],
    ),
    numbered_pledge(
        24,
        "Decide",
        ask=[
            {"what": "Name the day", "of": "VN", "date": date(2026, 8, 1), "by": date(2026, 12, 1)},
            {"what": "Agree", "date": date(2026, 5, 1), "settled": date(2026, 8, 2)},
        ],
    ),
    numbered_pledge(26, "Move", update=[entry("2026-08-01", due="2027", why="A date was set.")]),
    numbered_pledge(
        34,
        "Shift",
        due="2026",
        update=[entry("2026-08-01", due="2027-Q1", why="The visit was put off.")],
    ),
    numbered_pledge(28, "Host", made="2026-08"),
    numbered_pledge(30, "Claim", due="2029", claim=[{"source": "sggp", "due": "2030"}]),
    numbered_pledge(32, "Rest", due="2026-09"),
    sources={"sggp": {"title": "News", "publisher": "SGGP", "date": "2026-08-14"}},
)
TOLD = """\
CHANGED SINCE 1 JUL 2026
21 changes to 17 pledges.

Completed (4)
- ECO-02 Pay: completed on 27 Sep 2026, 3 days early.
- ECO-04 Sign: completed on 20 Oct 2026, 20 days late.
- ECO-06 Ship: completed on 30 Sep 2026, on its last day.
- ECO-08 Ask: completed on 1 Oct 2026.

Deadlines moved (1)
- ECO-34 Shift: 2026 -> Q1 2027, delayed by 3 months: The visit was put
  off.

Deadlines set (1)
- ECO-26 Move: due 2027: A date was set.

Taken up again (1)
- ECO-18 Resume: in progress on 1 Oct 2026.

Suspended (1)
- ECO-12 Wait: suspended on 1 Oct 2026.

Withdrawn (1)
- ECO-14 Drop: withdrawn on 1 Oct 2026.

Replaced (1)
- ECO-16 Join: replaced on 1 Oct 2026.

New pledges (1)
- ECO-28 Host: made Aug 2026, owed by Viet Nam.

Of the pledges above
- ECO-10: period completed and became overdue.
- ECO-32: became overdue.
- ECO-20: new figure and pace fell.
- ECO-22: new figure and pace rose.
- ECO-30: other version published.
- ECO-24: decision asked for and decision settled.
"""


def test_each_kind_has_its_sentence(tmp_path: Path) -> None:
    """Each change is told below its kind with its day and figures, or named if it stood above."""
    text = paper(tmp_path, PLAN, "--since", "2026-Q3")
    start = text.index("CHANGED SINCE")
    assert text[start : text.index("\nNO RECENT NEWS")] == TOLD


def test_several_changes_of_a_pledge_are_one_item(tmp_path: Path) -> None:
    """What changed of a pledge is told at one place, the weightiest kind first."""
    measure = {**PARKS, "baseline_date": date(2025, 1, 1)}
    news = [entry("2026-06-01", value=40), entry("2026-11-01", value=45, status="in-progress")]
    plan = ledger_text(numbered_pledge(2, "Build", measure=measure, due="2028", update=news))
    text = " ".join(paper(tmp_path, plan, "--since", "2026-Q3").split())
    assert (
        "2 changes to 1 pledge. Reported in progress (1) - ECO-02 Build: reported in "
        "progress on 1 Nov 2026; "
        "40 -> 45 parks, 45% done on 1 Nov 2026."
    ) in text


def test_news_that_changes_no_term(tmp_path: Path) -> None:
    """A note with a source is news of its own: with its day and who published it."""
    news = {"date": date(2026, 11, 13), "note": "The licence\nwas issued.", "source": "s"}
    sources = {"s": {"title": "Licence", "publisher": "VOV", "date": date(2026, 11, 14)}}
    plan = ledger_text(numbered_pledge(1, update=[news]), sources=sources)
    told = "Other news (1) - PPL-01 Open the market: The licence was issued (13 Nov 2026, VOV)."
    assert told in " ".join(paper(tmp_path, plan, "--since", "2026").split())


def test_new_requests_are_apart(tmp_path: Path) -> None:
    """What was newly asked for is no new pledge."""
    asked = numbered_pledge(1, made="2026-08", strength="requested", asked_by=["SG"])
    plan = ledger_text(asked, numbered_pledge(2, made="2026-08-01"))
    text = " ".join(paper(tmp_path, plan, "--since", "2026-Q3").split())
    assert "New pledges (1) - ECO-02 Open the market: made 1 Aug 2026, owed by Viet Nam." in text
    assert (
        "New requests and proposals (1) - PPL-01 Open the market: requested by Singapore of "
        "Viet Nam, Aug 2026."
    ) in text
