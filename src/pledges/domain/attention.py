"""Which pledges need attention, and why: the one rule for reports and for what is due."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from enum import StrEnum
from operator import itemgetter

from pledges.domain.assessment import AssessedPledge, Standing


class Reason(StrEnum):
    """Why a pledge needs attention, the most urgent first."""

    OVERDUE = "overdue"
    DUE = "due"
    BEHIND = "behind"
    CONTESTED = "contested"
    REVIEW = "review-due"


def reasons(each: AssessedPledge, within_days: int | None) -> list[Reason]:
    """Why a pledge needs attention, for somebody who looks so many days ahead."""
    now = each.assessment
    holds: Mapping[Reason, bool] = {
        Reason.OVERDUE: now.standing is Standing.OVERDUE,
        Reason.DUE: now.is_due_within(within_days),
        Reason.BEHIND: now.pace is not None and now.pace.is_behind,
        Reason.CONTESTED: now.has_open_contest,
        Reason.REVIEW: now.standing is Standing.REVIEW_DUE,
    }
    return [reason for reason in Reason if holds[reason]]


def most_urgent_first(
    pledges: Iterable[AssessedPledge], within_days: int | None
) -> list[AssessedPledge]:
    """Those that need attention: overdue and due ones by their days, then the furthest behind.

    Headings are told by their parts, and left out.
    """
    found = []
    for each in pledges:
        now, why = each.assessment, reasons(each, within_days)
        if why and not now.heading:
            urgency = [*Reason].index(why[0]), now.due or dt.date.max, now.pace_points or 0
            found.append((urgency, each))
    return [each for _, each in sorted(found, key=itemgetter(0))]


def silent_pledges(pledges: Iterable[AssessedPledge]) -> Sequence[AssessedPledge]:
    """The open pledges that were never heard of, or not for so long that they are stale."""
    return [
        each
        for each in pledges
        if each.assessment.standing.is_open
        and (each.assessment.stale or each.assessment.age_days is None)
    ]
