"""What a pledge's history says about its deadline, periods, statuses and claims.

None of it depends on today: what does is in a pledge's assessment.
"""

import datetime as dt
from collections.abc import Sequence

from msgspec.structs import replace

from pledges.domain.day import Period, next_period
from pledges.domain.pledge import Claim, Kind, Pledge, Status, Update


def current_deadline(pledge: Pledge) -> Period | None:
    """The deadline in force: the last one it was moved to, else the first."""
    moves = pledge.moves
    return moves[-1].due if moves else pledge.due


def is_past(due: dt.date, day: dt.date) -> bool:
    """Whether ``day`` comes after a deadline; the deadline's own day still counts as in time."""
    return day > due


def slip_days(old: Period | None, new: Period | None) -> int | None:
    """How many days later the second deadline is than the first; earlier is negative."""
    return (new.last - old.last).days if old and new else None


def open_period(pledge: Pledge) -> Period | None:
    """The earliest period of a recurring pledge of which no final status is in force.

    It may be in the future.  None if there is none up to the end of the calendar.
    """
    turns = status_turns(pledge)
    over = {at for at, turn in turns.items() if turn.status and turn.status.is_final}
    period = pledge.since
    while period and period in over:
        period = next_period(period)
    return period


def status_turns(pledge: Pledge) -> dict[Period | None, Update]:
    """The update that brought the status in force: of each recurring period, and of the whole.

    The whole has the key None; all updates of a pledge that does not recur are about it.
    """
    reports: dict[Period | None, list[Update]] = {}
    for update in pledge.history:
        if update.status:
            about = update.period if pledge.kind is Kind.RECURRING else None
            reports.setdefault(about, []).append(update)
    return {about: latest_turn(each) for about, each in reports.items()}


def latest_turn(reports: Sequence[Update]) -> Update:
    """The report that brought the latest status: those after it only say the same again."""
    turn = reports[-1]
    for each in reversed(reports):
        if each.status is not turn.status:
            break
        turn = each
    return turn


def periods_held(pledge: Pledge) -> list[Update]:
    """For each period that is held the update that said so first, oldest first."""
    turns = (turn for period, turn in status_turns(pledge).items() if period)
    held = (turn for turn in turns if turn.status is Status.COMPLETED)
    return sorted(held, key=lambda turn: turn.date)


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
