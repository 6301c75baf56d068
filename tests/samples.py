"""Sample ledgers: those that many tests are about, and texts made of a test's own pledges."""

import re
from collections.abc import Mapping
from datetime import date
from typing import Any, Final

import tomli_w

PILLARS: Final = {"economy": "Economic cooperation", "energy": "Energy", "people": "People"}


def ledger_text(*pledges: Mapping[str, Any], **tables: object) -> str:
    """A ledger of these pledges as a file has it, with these tables in place of the usual ones."""
    content = {
        "schema": 1,
        "plan": {"title": "Plan of Action"},
        "parties": {"VN": "Viet Nam", "SG": "Singapore"},
        "pillars": PILLARS,
        **tables,
        "pledge": list(pledges),
    }
    return tomli_w.dumps({key: _with_dates(each) for key, each in content.items()})


def pledge_table(name: str, title: str, **terms: object) -> dict[str, Any]:
    """A pledge of this id, in the pillar that its id begins like unless another is given."""
    pillars = {"ECO": "economy", "ENE": "energy", "PPL": "people"}
    return {"id": name, "title": title, "pillar": pillars.get(name[:3]), **terms}


def numbered_pledge(number: int, title: str = "Open the market", **terms: object) -> dict[str, Any]:
    """A pledge of that number, in one of two pillars."""
    name = f"{('ECO', 'PPL')[number % 2]}-{number:02}"
    return pledge_table(name, title, **{"owed_by": ["VN"], "made": "2025-06-01", **terms})


def entry(day: str | date, **terms: object) -> dict[str, Any]:
    """A dated entry of a pledge: an update or an ask."""
    return {"date": day, **terms}


def _with_dates(value: object) -> object:
    """The same with each text that is a day, such as ``2026-12-31``, as a date of TOML."""
    match value:
        case dict():
            return {key: _with_dates(each) for key, each in value.items()}
        case list():
            return [_with_dates(each) for each in value]
        case str() if re.fullmatch(r"\d{4}-\d\d-\d\d", value):
            return date.fromisoformat(value)
        case _:
            return value


PARTS: Final = {
    "head": """\
# The record of a small plan, kept by hand.
schema = 1

[plan]
title = "Plan of Action"

[parties]
VN = "Viet Nam"
SG = "Singapore"

[pillars]
economy = "Economic cooperation"
energy = "Energy"
people = "People"
""",
    "sources": """
[sources.vov]
title = "Call of the ministers"
publisher = "VOV"
date = 2026-02-10
""",
    "ECO-01": """
[[pledge]]
id = "ECO-01"
title = "Open the market"
pillar = "economy"
owed_by = ["VN"]
made = 2025-03-12
due = 2026-12-31      # as signed

[[pledge.update]]
date = 2026-10-01
status = "in-progress"
""",
    "ECO-02": """
# Parks are counted by the ministry.
[[pledge]]
id = "ECO-02"
title = "Build parks"
pillar = "economy"
owed_by = ["VN", "SG"]
made = 2025-01-01
due = "2027"
measure = { unit = "parks", baseline = 0, baseline_date = 2025-01-01, target = 10 }

[[pledge.update]]
date = 2026-09-01
status = "in-progress"
value = 1
""",
    "ECO-02 asks": """
[[pledge.ask]]
what = "Confirm the year"
of = "VN"
date = 2026-09-01

[[pledge.ask]]
what = "Name the parks"
date = 2026-10-01
by = 2026-12-01
""",
    "ENE-01": """
[[pledge]]
id = "ENE-01"
title = "Link the grids"
pillar = "energy"
owed_by = ["VN", "SG"]
made = 2025-06-01
""",
    "PPL-01": """
[[pledge]]
id = "PPL-01"
title = "Hold the yearly forum"
pillar = "people"
kind = "recurring"
every = "year"
since = "2025"
made = 2025-01-15
""",
    "PPL-02": """
[[pledge]]
id = "PPL-02"
title = "Exchange youth"
pillar = "people"
due = 2026-06-30

[[pledge.update]]
date = 2026-06-01
status = "completed"
""",
    "PPL-03": """
[[pledge]]
id = "PPL-03"
title = "Found a school"
pillar = "people"

[[pledge.update]]
date = 2026-03-01
status = "withdrawn"
""",
}
"""The parts of ``SMALL_PLAN``, in their order."""


def holding(more: Mapping[str, str] | None = None) -> str:
    """The small plan with more text at the end of some of its parts."""
    return "".join(part + (more or {}).get(name, "") for name, part in PARTS.items())


SMALL_PLAN: Final = holding()
"""The ledger of a desk, unless another is asked for: its comments and its order are to stay."""

ONE_PLEDGE: Final = """\
# Kept by hand.
[plan]
title = "Kế hoạch"

[pillars]
economy = "Economy"

[[pledge]]
id = "ECO-01"
title = "Open the market"     # as was said
pillar = "economy"
"""
"""The least that a ledger with a pledge has, and comments."""

NINE_PLEDGES: Final = ledger_text(
    pledge_table(
        "ECO-01",
        "Open the market",
        owed_by=["VN"],
        lead="Ministry of Trade",
        strength="signed",
        made="2025-03-12",
        due="2026-10-31",
        tags=["rice"],
        source="vov",
        update=[entry("2026-10-01", status="in-progress")],
    ),
    pledge_table(
        "ECO-02",
        "Build parks",
        owed_by=["SG"],
        strength="agreed",
        made="2025-01-01",
        due="2026",
        measure={"unit": "parks", "baseline": 0, "baseline_date": "2025-01-01", "target": 10},
        claim=[{"due": "2030", "source": "sggp"}],
        update=[entry("2026-09-01", status="in-progress", value=1)],
    ),
    pledge_table(
        "ENE-01",
        "Link the grids",
        owed_by=["VN", "SG"],
        strength="proposed",
        made="2025-06-01",
        due="2027-Q4",
    ),
    pledge_table(
        "ENE-02",
        "Agree on carbon",
        owed_by=["SG"],
        lead="Energy Board",
        strength="agreed",
        made="2025",
        due="2026-03-31",
        update=[
            entry("2026-02-01", due="2026-06-30", why="The text was late."),
            entry("2026-06-01", status="completed"),
        ],
    ),
    pledge_table(
        "PPL-01",
        "Train officials",
        kind="ongoing",
        owed_by=["SG"],
        review="6 months",
        made="2025-08-01",
        update=[entry("2026-01-10", status="in-progress", note="A first course was held.")],
    ),
    pledge_table("PPL-02", "Study offshore wind", made="2025-09-01", internal="SECRET word"),
    pledge_table(
        "PPL-03",
        "Hold the yearly forum",
        kind="recurring",
        every="year",
        since="2026",
        made="2025-06-01",
    ),
    pledge_table(
        "PPL-10",
        "Exchange youth",
        made="2025-07-01",
        update=[entry("2026-05-05", status="withdrawn")],
    ),
    pledge_table("PPL-11", "Found a school", made="2026-12-01"),
    sources={"vov": {"title": "Call of the ministers"}, "sggp": {"title": "Visit"}},
)
"""A ledger of pledges in many standings, one of them made only later, and one with a secret."""

OPEN_DECISIONS: Final = ledger_text(
    pledge_table(
        "ECO-01",
        "Open the market",
        owed_by=["VN"],
        due="2026-06-30",
        update=[entry("2026-10-01", status="in-progress")],
        ask=[entry("2026-10-01", what="Say when the customs desk opens", of="SG", by="2026-11-13")],
    ),
    pledge_table(
        "ECO-02",
        "Build parks",
        owed_by=["VN", "SG"],
        due="2026",
        update=[entry("2026-09-01", status="in-progress")],
        ask=[
            entry("2026-09-01", what="Confirm the year of the 30 parks", of="VN", by="2026-12-01"),
            entry("2026-09-15", what="Choose a site", of="VN", settled="2026-11-20"),
            entry("2026-11-02", what="Publish the list of parks"),
        ],
    ),
    pledge_table(
        "ENE-01",
        "Link the grids",
        owed_by=["VN", "SG"],
        update=[entry("2026-01-05", note="Talks were held.", by="Desk")],
        ask=[
            entry(
                "2026-08-01", what="Approve the study", of="Ministry of Industry", by="2026-11-22"
            )
        ],
    ),
)
"""Three pledges with four open asks: one late, one for today, one ahead, one without a day."""

EVERY_EVENT: Final = ledger_text(
    pledge_table(
        "ECO-01",
        "Build parks",
        owed_by=["VN"],
        made="2025",
        due="2029",
        due_text="before 2030",
        source="book",
        internal="SECRET",
        measure={"unit": "parks", "baseline": 20, "target": 30},
        claim=[
            {"due": "2030", "target": 40, "note": "Over two\nlines.", "source": "call"},
            {"due": "2031", "source": "book"},
        ],
        update=[
            entry(
                "2026-01-02",
                status="in-progress",
                value=21,
                note="Work began.",
                by="Ministry of Trade",
                source="https://example.org/x",
            ),
            entry("2026-01-03", status="in-progress", value=21),
            entry("2026-01-04", due="2026", why="The ministers said so.", note="And more."),
            entry("2026-01-05", status="suspended", value=22.5, due="2029", why="It was late."),
            entry("2026-01-06", due="2029", why="Said again."),
            entry("2026-01-06", source="call"),
            entry("2026-01-07", by="Ministry of Trade"),
            entry("2026-01-08", status="completed", value=1000),
        ],
        ask=[
            entry(
                "2026-03-01",
                what="Confirm the year",
                of="VN",
                by="2026-12-01",
                settled="2026-04-01",
            ),
            entry("2026-03-02", what="Name a lead", of="The cabinet"),
            entry("2026-03-03", what="Agree"),
        ],
    ),
    pledge_table(
        "PPL-01",
        "Meet",
        kind="recurring",
        every="year",
        since="2025",
        made="2025-01-01",
        measure={"unit": "visits", "baseline": 0, "target": 3},
        update=[
            entry("2025-05-01", period="2025", status="in-progress", value=1),
            entry("2025-06-01", period="2025", status="completed", value=3),
            entry("2026-06-01", period="2026", note="Talks were held."),
            entry("2026-06-02", period="2026", value=1),
            entry("2026-06-03", status="withdrawn"),
        ],
    ),
    pledge_table(
        "PPL-02",
        "Train",
        measure={"unit": "officials"},
        update=[entry("2026-06-03", value=1), entry("2026-06-04", due="2027", why="It was set.")],
    ),
    pledge_table("PPL-03", "Found a school"),
    sources={
        "call": {"title": "Call of the ministers", "publisher": "VOV", "date": "2026-02"},
        "book": {"title": "Book without a date"},
    },
)
"""A ledger in which all that can happen has happened."""
