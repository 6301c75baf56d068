"""Deadlines in words: as agreed, as moved, as other sources give them, and how far off they are."""

import datetime as dt

from pledges.domain.assessment import Assessed, Assessment
from pledges.domain.deadlines import is_contest
from pledges.domain.pledge import Claim, Ledger, Pledge
from pledges.domain.snapshot import OpenAsk
from pledges.view.wording.names import citation
from pledges.view.wording.values import day, days, enumeration, number, period


def distance(days_left: int) -> str:
    """How a day lies to the as-of date: "39 days left", "145 days late", "today"."""
    if not days_left:
        return "today"
    return f"{days(days_left)} left" if days_left > 0 else f"{days(-days_left)} late"


def time_left(to: Assessment | OpenAsk) -> str:
    """How a deadline lies to the as-of date: "39 days left", "145 days late", "due today".

    Of a pledge that was completed late it is how late; it is empty if nothing is awaited.
    """
    if to.days_left == 0:
        return "due today"
    if to.days_late is not None:
        return distance(-to.days_late)
    return "" if to.days_left is None else distance(to.days_left)


def deadline_text(each: Assessed) -> str:
    """The deadline in its source's words, or else by its period; empty if there is none."""
    pledge, moves = each.pledge, each.pledge.moves
    if each.assessment.period:
        return period(each.assessment.period)
    if moves and moves[-1].due:
        return period(moves[-1].due)
    return first_deadline_text(pledge)


def first_deadline_text(pledge: Pledge) -> str:
    """The deadline that it was made with, in its source's words; empty if it had none."""
    return pledge.due_text or (period(pledge.due) if pledge.due else "")


def deadline_or_contested(each: Assessed) -> str:
    """The deadline, with a mark if a source gives other terms: "2026 (contested)"."""
    text = deadline_text(each)
    if not each.assessment.contested:
        return text
    return f"{text} (contested)" if text else "contested"


def with_day(text: str, due: dt.date) -> str:
    """A deadline with its last day, unless it is a day itself: "2026 (31 Dec 2026)"."""
    return text if text == day(due) else f"{text} ({day(due)})"


def slip(slip_days: int) -> str:
    """How far a deadline was moved: "brought forward by 1,096 days"."""
    if slip_days < 0:
        return f"brought forward by {days(-slip_days)}"
    return f"put back by {days(slip_days)}" if slip_days else "not moved"


def slip_note(each: Assessed) -> str:
    """A moved deadline: "ECO-02 was put back by 31 days, from Nov 2026 to Dec 2026."."""
    moved = f"{each.pledge.id} was {slip(each.assessment.slip_days or 0)}"
    return f"{moved}, from {first_deadline_text(each.pledge)} to {deadline_text(each)}."


def moved_from(each: Assessed) -> str:
    """The first deadline of one that was moved: ", moved from before 2030"; else empty."""
    if each.assessment.period or not each.assessment.is_moved:
        return ""
    return f", moved from {first_deadline_text(each.pledge)}"


def deadline_history(each: Assessed) -> str:
    """Its deadline, and how it was moved: "2026 (31 Dec 2026); at first before 2030, ..."."""
    due, pledge = each.assessment.due, each.pledge
    if not due:
        return deadline_text(each) or "none"
    now = with_day(deadline_text(each), due)
    if not pledge.moves or not pledge.due:
        return now
    first = with_day(first_deadline_text(pledge), pledge.due.last)
    return f"{now}; at first {first}, {slip(each.assessment.slip_days or 0)}"


def past_deadline(each: Assessed) -> str:
    """How late it is, since when: "145 days late, since 30 Jun 2026 (due before July)"."""
    due, worded = each.assessment.due, moved_from(each).removeprefix(", ")
    if each.pledge.due_text and not each.pledge.moves:
        worded = f"due {deadline_text(each)}"
    since = f", since {day(due)}" if due else ""
    return f"{time_left(each.assessment)}{since}{f' ({worded})' if worded else ''}"


def next_deadline(each: Assessed) -> str:
    """When it is due: "2026 (31 Dec 2026), moved from before 2030, 39 days left, contested"."""
    due, text = each.assessment.due, deadline_text(each)
    on = f" ({day(due)})" if due and day(due) not in text else ""
    contested = ", contested" if each.assessment.contested else ""
    return f"{text}{on}{moved_from(each)}, {time_left(each.assessment)}{contested}"


def claimed_terms(claim: Claim, due: str = "", target: str = "a target of ") -> list[str]:
    """What a claim says, with what comes before each term: "2030", "a target of 40"."""
    terms = [f"{due}{period(claim.due)}"] if claim.due else []
    return terms if claim.target is None else [*terms, f"{target}{number(claim.target)}"]


def claim_sentence(claim: Claim, ledger: Ledger) -> str:
    """A claim's terms and source: "2030 by SGGP, 14 Jan 2026"."""
    return f"{enumeration(claimed_terms(claim))} by {citation(claim.source, ledger)}"


def contest(each: Assessed, ledger: Ledger, moved: str = "") -> str:
    """Its own terms against the claims: "due 2026; 2030 by SGGP, 14 Jan 2026".

    ``moved`` follows its own deadline.
    """
    own = deadline_text(each)
    target = each.pledge.measure.target if each.pledge.measure else None
    terms = [f"due {own}{moved}" if own else "undated"]
    if target is not None and any(c.target is not None for c in each.pledge.claims):
        terms.append(f"target {number(target)}")
    claims = [claim_sentence(c, ledger) for c in each.pledge.claims if is_contest(each.pledge, c)]
    return "; ".join([", ".join(terms), *claims])


def contest_note(each: Assessed, ledger: Ledger) -> str:
    """That a pledge is contested: "ECO-02 is contested: due 2026; 2030 by SGGP, 14 Jan 2026."."""
    return f"{each.pledge.id} is contested: {contest(each, ledger)}."
