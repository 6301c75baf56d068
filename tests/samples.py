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


def entry_table(day: str | date, **terms: object) -> dict[str, Any]:
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
"""The ledger at which programs that write are tried, in its parts, in their order."""


def holding(more: Mapping[str, str] | None = None) -> str:
    """The ledger with more text at the end of some of its parts."""
    return "".join(part + (more or {}).get(name, "") for name, part in PARTS.items())


LEDGER: Final = holding()

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
