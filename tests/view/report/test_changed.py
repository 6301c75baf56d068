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

Completed (4)
- ECO-02 Pay: completed on 27 Sep 2026, 3 days early.
- ECO-04 Sign: completed on 20 Oct 2026, 20 days late.
- ECO-06 Ship: completed on 30 Sep 2026, on its last day.
- ECO-08 Ask: completed on 1 Oct 2026.

Held (1)
- ECO-10 Meet: Q3 2026 held on 3 Oct 2026, 3 days late.

Became overdue (1)
- ECO-32 Rest: due 30 Sep 2026, 53 days late.

Deadlines moved (1)
- ECO-34 Shift: 2026 -> Q1 2027, put back by 90 days: The visit was put
  off.

Deadlines set (1)
- ECO-26 Move: due 2027: A date was set.

Taken up again (1)
- ECO-18 Resume: in progress on 1 Oct 2026.

Suspended (1)
- ECO-12 Wait: suspended on 1 Oct 2026.

Withdrawn (1)
- ECO-14 Drop: withdrawn on 1 Oct 2026.

Superseded (1)
- ECO-16 Join: superseded on 1 Oct 2026.

New readings (2)
- ECO-20 Build: 40 -> 50 parks, 50% done on 1 Nov 2026.
- ECO-22 Speed up: 10 -> 95 parks, 95% done on 1 Nov 2026.

Pace fell (1)
- ECO-20 Build: behind -> far behind: 50% done, 325 of 364 days used
  (89%).

Pace rose (1)
- ECO-22 Speed up: far behind -> ahead: 95% done, 325 of 364 days used
  (89%).

New pledges (1)
- ECO-28 Host: made Aug 2026, owed by Viet Nam.

Other versions published (1)
- ECO-30 Claim: 2030 by SGGP, 14 Aug 2026.

New decisions asked for (1)
- ECO-24 Decide: Name the day (of Viet Nam), by 1 Dec 2026.

Decisions settled (1)
- ECO-24 Decide: Agree: settled on 2 Aug 2026.
"""


def test_each_kind_has_its_sentence(tmp_path: Path) -> None:
    """Each kind of change is told with its day and its figures, facts only."""
    text = paper(tmp_path, PLAN, "--since", "2026-Q3")
    start = text.index("CHANGED SINCE")
    assert text[start : text.index("\nDUE WITHIN")] == TOLD


def test_the_bottom_line_counts_the_most_important(tmp_path: Path) -> None:
    """What was completed, held, missed, moved or made since stands in the bottom line."""
    text = " ".join(paper(tmp_path, PLAN, "--since", "2026-Q3", "--brief").split())
    assert (
        "Since 1 Jul 2026: 4 completed, 1 period held, 1 became overdue, 1 deadline moved, "
        "1 new pledge. 1 decision is asked for."
    ) in text
