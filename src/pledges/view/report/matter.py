"""What a report is about, and what every part of it asks for."""

import datetime as dt
from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import Final, TypeVar

from msgspec import Struct

from pledges.domain.assessment import AssessedPledge
from pledges.domain.attention import Reason, most_urgent_first, reasons
from pledges.domain.changes import Change, ChangeKind
from pledges.domain.counts import Tally, tally
from pledges.domain.pledge import Ledger
from pledges.domain.snapshot import OpenAsk, Snapshot, open_asks
from pledges.view.page import Bullets, Line, Run, Section
from pledges.view.wording.values import excerpt

Shown = TypeVar("Shown")

FEW: Final = 2  # so many pledges are named in a sentence, more are counted
MOST_SHOWN: Final = 10  # the items of a list that are shown; the others are counted


class Matter(Struct, frozen=True, kw_only=True, dict=True):
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
    within_days: int | None
    next_on: dt.date | None = None
    title: str | None = None
    subject: str | None = None
    is_brief: bool = False
    is_full: bool = False

    # What several parts ask for is found once: a ledger may have ten thousand pledges.

    @property
    def ledger(self) -> Ledger:
        """The ledger as it was known on the day of the report."""
        return self.now.ledger

    @cached_property
    def known(self) -> dict[str, AssessedPledge]:
        """Every pledge of the ledger by its id."""
        return {each.pledge.id: each for each in self.now.assessed}

    @cached_property
    def counts(self) -> Tally:
        """How many of its pledges are what."""
        return tally(self.pledges)

    @cached_property
    def agreed(self) -> list[AssessedPledge]:
        """The pledges that are counted: agreed, and not told by their parts."""
        return [each for each in self.pledges if each.is_counted]

    @cached_property
    def pressing(self) -> list[AssessedPledge]:
        """The agreed pledges that need attention, the most urgent first."""
        return most_urgent_first(self.agreed, self.within_days)

    @cached_property
    def pressing_because(self) -> dict[Reason, list[AssessedPledge]]:
        """The same by the most urgent reason why."""
        found: dict[Reason, list[AssessedPledge]] = {reason: [] for reason in Reason}
        for each in self.pressing:
            found[reasons(each, self.within_days)[0]].append(each)
        return found

    @cached_property
    def asked_in_time(self) -> list[AssessedPledge]:
        """What was only asked for, if its day has passed or is near."""
        dated = (each for each in self.pledges if each.assessment.due and not each.is_counted)
        return [
            each
            for each in most_urgent_first(dated, self.within_days)
            if each.assessment.days_late or each.assessment.is_due_within(self.within_days)
        ]

    @cached_property
    def next_due(self) -> list[AssessedPledge]:
        """What falls due next after the days that it looks ahead, unless it has an entry."""
        ahead = (x for x in self.agreed if x.assessment.days_left is not None)
        later = [x for x in ahead if not x.assessment.is_due_within(self.within_days)]
        first = min((each.assessment.due for each in later if each.assessment.due), default=None)
        told = {each.pledge.id for each in self.with_entry}
        return [x for x in later if x.assessment.due == first and x.pledge.id not in told]

    @cached_property
    def asks(self) -> list[OpenAsk]:
        """The decisions that are still asked for, the one with the earliest day first."""
        return open_asks(self.pledges, self.now.as_of)

    @cached_property
    def changes_by_pledge(self) -> dict[str, list[Change]]:
        """What changed of each pledge; the desk's own remarks are no change."""
        found: dict[str, list[Change]] = {}
        for change in self.changes:
            if change.what is not ChangeKind.REMARKED:
                found.setdefault(change.now.pledge.id, []).append(change)
        return found

    @cached_property
    def with_entry(self) -> list[AssessedPledge]:
        """The pledges that have an entry of their own, and are only named below it."""
        return [*self.shown(self.pressing), *self.shown(self.asked_in_time)]

    @cached_property
    def ids_above(self) -> frozenset[str]:
        """The ids of what is told above the changes: an entry, or a decision asked for."""
        ids = [each.pledge.id for each in self.with_entry]
        return frozenset([*ids, *(each.id for each in self.shown(self.asks))])

    @property
    def last_news_on(self) -> dt.date | None:
        """The day of the latest news of any of its pledges."""
        days = (each.pledge.last_news_on for each in self.pledges)
        return max((day for day in days if day), default=None)

    def shown(self, items: Sequence[Shown]) -> Sequence[Shown]:
        """The first items of a list, as many as a report shows; a full one shows all."""
        # "and 1 more" takes as much room as what it counts.
        most = len(items) if self.is_full or len(items) == MOST_SHOWN + 1 else MOST_SHOWN
        return items[:most]


def list_section(
    title: str, lines: Sequence[Line], in_all: int, *, level: int = 2
) -> Iterator[Section]:
    """A list below its title and the number of all its items, of which some may not be shown."""
    if lines:
        block = Bullets(lines, left_out=in_all - len(lines))
        yield Section(f"{title} ({in_all:,})", blocks=[block], level=level)


def pledge_name(each: AssessedPledge) -> Line:
    """A pledge by its id and title."""
    return (Run(f"{each.pledge.id} {excerpt(each.pledge.title)}", is_bold=True),)
