"""Six pledges of every kind, seen on 22 November 2026, to filter and to sort."""

from datetime import date

from build import a_ledger, a_pledge, an_update, assessed_on

RICE = a_pledge(
    an_update("2026-05-01", status="in-progress", source="https://example.org/rice", by="Lan"),
    id="ECO-1",
    title="Trade rice",
    owed_by=["VN"],
    lead="Ministry of Trade",
    strength="signed",
    made="2025-03",
    due="2026-06-30",
    due_text="by mid-2026",
    source="call",
    tags=["food", "trade"],
)
CENTRE = a_pledge(
    an_update("2026-10-01", status="completed", note="It opened."),
    id="ECO-2",
    title="Open a centre in Đà Nẵng",
    owed_by=["SG"],
    lead="Đà Nẵng",
    strength="agreed",
    made="2025-12-18",
    due="2026",
    note="In two cities.",
    tags=["finance"],
)
PARKS = a_pledge(
    an_update("2026-01-12", status="in-progress", value=21),
    an_update("2026-02-10", due="2026", why="The call named it."),
    id="ECO-10",
    title="Run 30 parks",
    owed_by=["VN", "SG"],
    strength="agreed",
    made="2025-12-18",
    due="2029",
    measure={
        "unit": "parks",
        "baseline": 20,
        "baseline_date": "2025-03-26",
        "target": 30,
        "source": "ground",
    },
    claim=[{"due": "2030", "source": "paper", "note": "The year differs."}],
    ask=[{"what": "Confirm the year", "date": "2026-11-02"}],
)
CABLES = a_pledge(
    an_update("2026-08-01", value=60),
    id="DIG-1",
    title="Mend cables",
    pillar="digital",
    kind="ongoing",
    owed_by=["SG"],
    made="2025-04",
    measure={"unit": "km", "baseline": 0, "target": 100},
    internal="Ask Minh first.",
)
MEETING = a_pledge(
    id="DIG-2",
    title="Hold the meeting",
    pillar="digital",
    kind="recurring",
    every="year",
    since="2026",
    strength="reaffirmed",
)
SANDBOX = a_pledge(
    an_update("2026-07-01", status="withdrawn"),
    id="DIG-3",
    title="Build a sandbox",
    pillar="digital",
    strength="requested",
    due="2028",
)
LEDGER = a_ledger(
    *(RICE, CENTRE, PARKS, CABLES, MEETING, SANDBOX),
    parties={"VN": "Viet Nam", "SG": "Singapore"},
    pillars={"digital": "Digital and emerging", "economy": "Economic cooperation"},
    sources={"call": {"title": "A call"}, "paper": {"title": "A paper"}},
)
ASSESSED = assessed_on(LEDGER, date(2026, 11, 22))
