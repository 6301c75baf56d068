"""What a report is about, and pledges as the items of its lists."""

import datetime as dt
from collections.abc import Sequence
from typing import Final

from msgspec import Struct

from pledges.domain.assessment import Assessed
from pledges.domain.changes import Change
from pledges.domain.pledge import Ledger, is_url
from pledges.domain.snapshot import Snapshot
from pledges.view.page import Bullets, Line, Run
from pledges.view.wording.values import excerpt

MOST_SHOWN: Final = 10
"""The items of a list that are shown; the others are counted."""

LONGEST_ITEM: Final = 900
"""The characters of what is said of a pledge: two texts of the ledger, and our words."""


class Matter(Struct, frozen=True, kw_only=True):
    """What a report is about, and what was asked of it.

    ``pledges`` are those that it is about, and ``choice`` says how they were chosen;
    ``before`` are the same ones on the day of the last report, with what changed since.  It looks
    ``within_days`` ahead.
    """

    now: Snapshot
    pledges: Sequence[Assessed]
    choice: str = ""
    before: Snapshot | None = None
    changes: Sequence[Change] = ()
    within_days: int
    next_on: dt.date | None = None
    title: str | None = None
    subject: str | None = None
    is_brief: bool = False
    is_full: bool = False

    @property
    def ledger(self) -> Ledger:
        """The ledger as it was known on the day of the report."""
        return self.now.ledger


def pledge_item(each: Assessed, text: str, ledger: Ledger) -> Line:
    """A pledge by its id and title, with a link to its source, then what there is to say of it."""
    key = each.pledge.source or ""
    source = ledger.sources.get(key)
    url = source.url if source else key if is_url(key) else None
    name = Run(f"{each.pledge.id} {excerpt(each.pledge.title)}", is_bold=True, link=url)
    return (name, Run(f": {excerpt(text, LONGEST_ITEM)}" if text else ""))


def shortlist(items: Sequence[Line], most: int = MOST_SHOWN) -> Bullets:
    """A list of at most so many items."""
    return Bullets(items[:most], left_out=max(0, len(items) - most))
