"""What is said of entries that are dated after today."""

import datetime as dt
from collections.abc import Mapping
from typing import Final

from pledges.domain.known import LaterEntry, LaterKind
from pledges.view.wording.values import be, count, period
from pledges.view.wording.values import day as day_text

LATER_ENTRIES: Final[Mapping[LaterKind, tuple[str, str]]] = {
    LaterKind.SOURCE: ("the source {}", "entries that cite it are left out until then"),
    LaterKind.PLEDGE: ("the pledge {}", "it is left out until then"),
    LaterKind.UPDATE: ("the update of {}", "it is left out until then"),
    LaterKind.ASK: ("the decision asked for {}", "it is left out until then"),
    LaterKind.CLAIM_SETTLED: ("the settlement of a claim of {}", "the claim is open until then"),
    LaterKind.ASK_SETTLED: ("the settlement of a decision for {}", "it is open until then"),
}
"""What each is called, and what comes of its date."""


def later_entry_text(entry: LaterEntry) -> str:
    """That an entry is dated after today, and what comes of that."""
    name, what_follows = LATER_ENTRIES[entry.kind]
    return f"{name.format(entry.key)} is dated {period(entry.dated)}, after today; {what_follows}"


def more_later_entries(how_many: int) -> str:
    """That so many more are dated after today than were named."""
    return f"{count(how_many, 'more entry', 'more entries')} {be(how_many)} dated after today"


def clock_text(today: dt.date) -> str:
    """That the computer's clock may be wrong, because nothing had been promised by today."""
    day = day_text(today)
    return f"No pledge was made before {day}, which this computer takes for today: check its clock."
