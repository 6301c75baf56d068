"""What a report is about, and pledges as the items of its lists."""

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from typing import Final

from msgspec import Struct

from pledges.domain.assessment import Assessed
from pledges.domain.changes import Change
from pledges.domain.citations import is_url
from pledges.domain.pledge import Ledger, Pledge, Strength
from pledges.domain.snapshot import Snapshot
from pledges.view.page import Bullets, Line, Run
from pledges.view.wording import phrases as wording

MOST_SHOWN: Final = 10
"""Items of a list that are shown; how many more there are is told."""

SENTENCE_END: Final = r"[.!?\u2026\u3002\uff01\uff1f\u061f][\"'\u201d\u2019)]?$"
"""A mark that ends a sentence, in the scripts of most ledgers, with what may close behind it."""

LONGEST: Final = 300
"""The characters of a text from the ledger; a longer one would be no line of a list."""


LONGEST_ITEM: Final = 900
"""The characters of what is said of a pledge: two texts of the ledger, and our words."""


class Matter(Struct, frozen=True, kw_only=True):
    """What a report is about, and what was asked of it.

    ``chosen`` are the pledges that it is about, and ``choice`` says how they were chosen;
    ``before`` are the same ones on the day of the last report, with what changed since.  It looks
    ``within_days`` ahead.
    """

    now: Snapshot
    chosen: Sequence[Assessed]
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


def item(each: Assessed, text: str, ledger: Ledger) -> Line:
    """A pledge by its id and title, then what there is to say of it."""
    return (name(each, ledger), Run(f": {clipped(text, LONGEST_ITEM)}" if text else ""))


def name(each: Assessed, ledger: Ledger) -> Run:
    """A pledge's id and title, with the address of its source where that has one."""
    source = ledger.sources.get(each.pledge.source or "")
    cited = each.pledge.source or ""
    address = source.url if source else cited if is_url(cited) else None
    return Run(f"{each.pledge.id} {clipped(each.pledge.title)}", is_bold=True, link=address)


def clipped(text: str, longest: int = LONGEST) -> str:
    """``text`` in one line of at most so many characters, where it can between two words."""
    line = " ".join(text.split())
    if len(line) <= longest:
        return line
    kept, _, rest = line[: longest - 3].rpartition(" ")
    return f"{kept if len(kept) > len(rest) else line[: longest - 3]}..."


def ended(text: str) -> str:
    """``text`` as a sentence: with a point, unless it ends with a mark of its own."""
    return text if re.search(SENTENCE_END, text) else f"{text}."


def bullets(items: Sequence[Line], most: int = MOST_SHOWN) -> Bullets:
    """A list of at most so many items."""
    return Bullets(items[:most], left_out=max(0, len(items) - most))


def moved_from(each: Assessed) -> str:
    """The first deadline of one that was moved: ", moved from before 2030"."""
    if each.assessment.period or not each.assessment.is_moved:
        return ""
    return f", moved from {wording.first_deadline(each.pledge)}"


def whose_move(each: Assessed, ledger: Ledger) -> str:
    """Who has to act, as far as the ledger says: "waiting on Viet Nam", "owed by Singapore"."""
    waiting = each.pledge.waiting_on
    if waiting:
        return f"waiting on {ledger.party(waiting)}"
    return owed(each.pledge, ledger) or f"{_link(each.pledge)} nobody named"


def owed(pledge: Pledge, ledger: Ledger) -> str:
    """Who owes it, by name, and of what was not agreed who would: "requested of Singapore"."""
    owed_by = wording.owed_by(pledge, ledger)
    return f"{_link(pledge)} {owed_by}" if owed_by else ""


def _link(pledge: Pledge) -> str:
    return TENTATIVE.get(pledge.strength, "owed by")


TENTATIVE: Final[Mapping[Strength | None, str]] = {
    Strength.REQUESTED: "requested of",
    Strength.PROPOSED: "proposed for",
}
