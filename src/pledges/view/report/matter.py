"""What a report is about, and what every part of it asks for."""

import datetime as dt
from collections.abc import Iterator, Sequence
from typing import Final

from msgspec import Struct

from pledges.domain.assessment import AssessedPledge
from pledges.domain.attention import most_urgent_first
from pledges.domain.changes import Change
from pledges.domain.pledge import Ledger
from pledges.domain.snapshot import Snapshot
from pledges.view.page import Bullets, Line, Run, Section
from pledges.view.wording.values import excerpt

MOST_SHOWN: Final = 10  # the items of a list that are shown; the others are counted


class Matter(Struct, frozen=True, kw_only=True):
    """What a report is about, and what was asked of it.

    ``choice`` says how its pledges were chosen.  ``before`` are they at the end of the day before
    ``since``.
    """

    now: Snapshot
    pledges: Sequence[AssessedPledge]
    choice: str = ""
    since: dt.date | None = None
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

    @property
    def agreed(self) -> list[AssessedPledge]:
        """The pledges that are counted: agreed, and not told by their parts."""
        return [each for each in self.pledges if each.is_counted]

    @property
    def asked(self) -> list[AssessedPledge]:
        """The pledges that were only asked for."""
        return [
            each for each in self.pledges if not (each.assessment.agreed or each.assessment.heading)
        ]

    @property
    def pressing(self) -> list[AssessedPledge]:
        """The agreed pledges that need attention, the most urgent first."""
        return most_urgent_first(self.agreed, self.within_days)

    @property
    def asked_in_time(self) -> list[AssessedPledge]:
        """What was only asked for, if its day has passed or is near."""
        open_ones = (each for each in self.asked if each.assessment.due)
        return [
            each
            for each in most_urgent_first(open_ones, self.within_days)
            if each.assessment.days_late or each.assessment.is_due_within(self.within_days)
        ]

    @property
    def last_news_on(self) -> dt.date | None:
        """The day of the latest news of any of its pledges."""
        days = (each.pledge.last_news_on for each in self.pledges)
        return max((day for day in days if day), default=None)

    def shown(self, items: Sequence[AssessedPledge]) -> Sequence[AssessedPledge]:
        """The first items of a list, as many as a report shows; a full one shows all."""
        # "and 1 more" takes as much room as what it counts.
        most = len(items) if self.is_full or len(items) == MOST_SHOWN + 1 else MOST_SHOWN
        return items[:most]


def pledge_name(each: AssessedPledge) -> Line:
    """A pledge by its id and title."""
    return (Run(f"{each.pledge.id} {excerpt(each.pledge.title)}", is_bold=True),)


def list_section(
    title: str, items: Sequence[Line], most: int = MOST_SHOWN, *, level: int = 2
) -> Iterator[Section]:
    """A list under its title and number, unless it is empty."""
    if items:
        most = len(items) if len(items) == most + 1 else most
        block = Bullets(items[:most], left_out=max(0, len(items) - most))
        yield Section(f"{title} ({len(items):,})", blocks=[block], level=level)
