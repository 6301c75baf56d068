"""What a pledge's history says about its deadline, periods, statuses and claims.

None of it depends on today: what does is in a pledge's assessment.
"""

import datetime as dt
from collections.abc import Iterator, Sequence
from itertools import takewhile

from msgspec.structs import replace

from pledges.domain.day import Period, next_period
from pledges.domain.pledge import Claim, Kind, Pledge, Status, Update
from pledges.errors import NotADate


def current_deadline(pledge: Pledge) -> Period | None:
    """The deadline in force: the last one it was moved to, else the first."""
    moves = pledge.moves
    return moves[-1].due if moves else pledge.due


def deadline_on(pledge: Pledge, day: dt.date) -> Period | None:
    """The deadline that was in force on a day, by the moves up to it."""
    moved = [each.due for each in pledge.moves if each.date <= day]
    return moved[-1] if moved else pledge.due


def is_past(due: dt.date, day: dt.date) -> bool:
    """Whether ``day`` comes after a deadline; the deadline's own day still counts as in time."""
    return day > due


def slip_days(old: Period | None, new: Period | None) -> int | None:
    """How many days later the second deadline is than the first; earlier is negative."""
    return (new.last - old.last).days if old and new else None


def periods(pledge: Pledge) -> Iterator[Period]:
    """Yield the periods of a recurring pledge, from its first to its last.

    Without a last one they go on to the end of the calendar.
    """
    period, end = pledge.since, pledge.until.last if pledge.until else dt.date.max
    while period and period.first <= end:
        yield period
        period = next_period(period)


def open_period(pledge: Pledge) -> Period | None:
    """The earliest period of which no final status is in force; it may be in the future."""
    over = periods_over(pledge)
    return next((each for each in periods(pledge) if each not in over), None)


def assessed_period(pledge: Pledge) -> Period | None:
    """The open period of a recurring pledge; once it has ended, the last that was held, if any."""
    if found := open_period(pledge):
        return found
    held = [each.period for each in periods_held(pledge) if each.period]
    return max(held, key=lambda each: each.first, default=pledge.until)


def missed_periods(pledge: Pledge, as_of: dt.date) -> list[Period]:
    """The periods that have passed without being held or withdrawn."""
    over = periods_over(pledge)
    passed = takewhile(lambda each: is_past(each.last, as_of), periods(pledge))
    return [each for each in passed if each not in over]


def periods_over(pledge: Pledge) -> set[Period | None]:
    """The periods that are held, withdrawn or superseded."""
    turns = status_turns(pledge)
    return {about for about, turn in turns.items() if turn.status and turn.status.is_final}


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


def review_day(pledge: Pledge) -> dt.date | None:
    """The day by which it should be looked at: its interval after the last news, or its making."""
    last = pledge.last_news_on or (pledge.made and pledge.made.first)
    try:
        return pledge.review.after(last) if pledge.review and last else None
    except NotADate:  # it is after the year 9999
        return None


def is_contest(pledge: Pledge, claim: Claim) -> bool:
    """Whether a claim is open and differs from the terms that the pledge is assessed by."""
    if not claim.is_open:
        return False
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
