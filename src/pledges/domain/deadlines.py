"""What a pledge's history says of its terms: deadline, periods, statuses, claims.

None of it depends on the day it is asked on: how a pledge stands on a day is its assessment.
"""

import datetime as dt
from collections.abc import Sequence

from msgspec.structs import replace

from pledges.domain.day import Period, following
from pledges.domain.pledge import Claim, Kind, Pledge, Status, Update


def current_deadline(pledge: Pledge) -> Period | None:
    """The deadline in force: the last one it was moved to, else the first."""
    return pledge.moves[-1].due if pledge.updates and pledge.moves else pledge.due


def is_past(due: dt.date, day: dt.date) -> bool:
    """Whether ``day`` comes after a deadline; the deadline's own day still counts as in time."""
    return day > due


def slip_days(old: Period | None, new: Period | None) -> int | None:
    """How many days later the second deadline is than the first; earlier is negative.

    None if there is no first or no second one.
    """
    return (new.last - old.last).days if old and new else None


def open_period(pledge: Pledge) -> Period | None:
    """The earliest period of a recurring pledge that is not settled, be it in the future or not.

    A period is settled once the last status reported of it is final.  None where all are, to the
    end of the calendar.
    """
    said = {each.period: each.status for each in pledge.history if each.period and each.status}
    settled = {period for period, status in said.items() if status.is_final}
    period = pledge.since
    while period and period in settled:
        period = following(period)
    return period


def said_of(pledge: Pledge) -> dict[Period | None, list[Update]]:
    """The updates that report a status, oldest first: of each period that recurs, and the whole."""
    found: dict[Period | None, list[Update]] = {}
    for update in pledge.history:
        if update.status:
            about = update.period if pledge.kind is Kind.RECURRING else None
            found.setdefault(about, []).append(update)
    return found


def brought_by(reports: Sequence[Update]) -> Update | None:
    """The report since which all say the same status."""
    found = None
    for report in reversed(reports):
        if report.status is not reports[-1].status:
            break
        found = report
    return found


def periods_held(pledge: Pledge) -> list[Update]:
    """For each period that is held the update that said so first, oldest first."""
    found = (brought_by(said) for period, said in said_of(pledge).items() if period)
    held = (each for each in found if each and each.status is Status.COMPLETED)
    return sorted(held, key=lambda each: each.date)


def is_contest(pledge: Pledge, claim: Claim) -> bool:
    """Whether a claim differs from the terms that the pledge is assessed by."""
    deadline = current_deadline(pledge)
    other_due = claim.due is not None and (not deadline or claim.due.last != deadline.last)
    target = pledge.measure.target if pledge.measure else None
    return other_due or (claim.target is not None and claim.target != target)


def as_claimed(pledge: Pledge, claim: Claim) -> Pledge:
    """The pledge with the claim's terms in place of its own."""
    if claim.due:
        kept = tuple(replace(each, due=None, why=None) for each in pledge.updates)
        pledge = replace(pledge, due=claim.due, due_text=None, updates=kept)
    if claim.target is not None and pledge.measure:
        pledge = replace(pledge, measure=replace(pledge.measure, target=claim.target))
    return pledge
