"""The sentences that every page is made of.  ASCII only: look is for renderers."""

from collections.abc import Mapping
from typing import Final

from pledges.domain.assessment import Assessed, Assessment, Standing
from pledges.domain.counts import Tally, status_word
from pledges.domain.deadlines import is_contest
from pledges.domain.pace import Pace, Rate, difference
from pledges.domain.pledge import Claim, Ledger, Measure, Number, Pledge, Update
from pledges.domain.sorting import GroupBy
from pledges.view.page import Tone
from pledges.view.wording.values import (
    day,
    days,
    label,
    listed,
    number,
    paragraphs,
    percent,
    period,
    spoken,
)

STANDING_TONES: Final[Mapping[Standing, Tone | None]] = {
    Standing.OVERDUE: Tone.LATE,
    Standing.DUE_SOON: Tone.WATCH,
    Standing.REVIEW_DUE: Tone.WATCH,
    Standing.ON_COURSE: None,
    Standing.DONE_LATE: Tone.GOOD,
    Standing.DONE_ON_TIME: Tone.GOOD,
    Standing.DONE: Tone.GOOD,
    Standing.UNDATED: Tone.MUTED,
    Standing.ONGOING: Tone.MUTED,
    Standing.DROPPED: Tone.MUTED,
}
PACE_TONES: Final[Mapping[Pace, Tone | None]] = {
    Pace.AHEAD: Tone.GOOD,
    Pace.ON_PACE: None,
    Pace.BEHIND: Tone.WATCH,
    Pace.FAR_BEHIND: Tone.LATE,
}


HOW_TO_READ: Final = (
    "Progress runs from the baseline to the target; pace is progress minus time used. "
    "Ongoing and undated pledges have no deadline to be held against."
)


def owed_by(pledge: Pledge, ledger: Ledger) -> str:
    """Who owes it, by name."""
    return listed([ledger.party(party) for party in pledge.owed_by])


def time_left(assessment: Assessment) -> str:
    """How its deadline lies to the as-of date: "39 days left", "145 days late", "due today"."""
    if assessment.days_late is not None:
        return f"{days(assessment.days_late)} late"
    if assessment.days_left == 0:
        return "due today"
    return "" if assessment.days_left is None else f"{days(assessment.days_left)} left"


def deadline(each: Assessed) -> str:
    """The deadline as it was worded, marked where it is contested."""
    text = worded_deadline(each)
    if not each.assessment.contested:
        return text
    return f"{text} (contested)" if text else "contested"


def worded_deadline(each: Assessed) -> str:
    """The deadline in its source's words, or else by its period."""
    pledge, moves = each.pledge, each.pledge.moves
    if each.assessment.period:
        return period(each.assessment.period)
    if moves and moves[-1].due:
        return period(moves[-1].due)
    return first_deadline(pledge)


def first_deadline(pledge: Pledge) -> str:
    """The deadline that it was made with, in its source's words; nothing where it had none."""
    return pledge.due_text or (period(pledge.due) if pledge.due else "")


def figures(measure: Measure, value: Number) -> str:
    """How far a measure is: "1 of 10 parks, 21 of 30 in operation"."""
    unit, baseline, target = measure.unit, measure.baseline, measure.target
    if target is None:
        return f"{number(value)} {unit}"
    if not baseline:
        return f"{number(value)} of {number(target)} {unit}"
    if target < baseline:
        moved, way = difference(baseline, value), difference(baseline, target)
        return f"{number(moved)} of {number(way)} {unit} less, {number(value)} now"
    moved, way = difference(value, baseline), difference(target, baseline)
    total = f"{number(value)} of {number(target)} {measure.total_text or 'in all'}"
    return f"{number(moved)} of {number(way)} {unit}, {total}"


def reported(each: Assessed) -> str:
    """What was reported: the figures where there are any, and the status."""
    measure, assessment = each.pledge.measure, each.assessment
    status = spoken(status_word(each))
    if assessment.completed:
        status = f"{status} on {day(assessment.completed)}"
    if not measure:
        return status
    if assessment.value is None:
        return f"{status}, no figure yet"
    return f"{figures(measure, assessment.value)}; {status}"


def track(assessment: Assessment) -> str:
    """Progress and time used in words: "10% done, 94% of its time used"."""
    done, used = assessment.progress, assessment.time_used
    parts = [f"{percent(done)} done"] if done is not None else []
    if used is not None and assessment.standing.is_open:
        parts.append("all of its time used" if used >= 1 else f"{percent(used)} of its time used")
    return ", ".join(parts)


def slip(slip_days: int) -> str:
    """How far a deadline was moved: "brought forward by 1,096 days"."""
    if slip_days < 0:
        return f"brought forward by {days(-slip_days)}"
    return f"put back by {days(slip_days)}" if slip_days else "not moved"


def move(each: Assessed) -> str:
    """A moved deadline, old and new: "brought forward by 1,096 days, from before 2030 to 2026"."""
    first = first_deadline(each.pledge)
    return f"{slip(each.assessment.slip_days or 0)}, from {first} to {worded_deadline(each)}"


def publisher(cited: str, ledger: Ledger) -> str:
    """Who published a cited source, as short as it can be told."""
    source = ledger.sources.get(cited)
    return (source.publisher or source.title) if source else cited


def citation(cited: str, ledger: Ledger) -> str:
    """A cited source by its publisher and date: "SGGP, 14 Jan 2026"."""
    published = ledger.source_date(cited)
    name = publisher(cited, ledger)
    return f"{name}, {period(published)}" if published else name


def claim(claimed: Claim, ledger: Ledger) -> str:
    """A claim's terms and source: "2030 by SGGP, 14 Jan 2026"."""
    terms = [period(claimed.due)] if claimed.due else []
    if claimed.target is not None:
        terms.append(f"a target of {number(claimed.target)}")
    return f"{listed(terms)} by {citation(claimed.source, ledger)}"


def contest(each: Assessed, ledger: Ledger, moved: str = "") -> str:
    """Its own terms against the claims: "due 2026; 2030 by SGGP, 14 Jan 2026"."""
    own = worded_deadline(each)
    target = each.pledge.measure.target if each.pledge.measure else None
    terms = [f"due {own}{moved}" if own else "undated"]
    if target is not None and any(c.target is not None for c in each.pledge.claims):
        terms.append(f"target {number(target)}")
    claims = [claim(c, ledger) for c in each.pledge.claims if is_contest(each.pledge, c)]
    return "; ".join([", ".join(terms), *claims])


def rate(change: Rate, unit: str) -> str:
    """A rate with both its sides: "9 parks in 39 days"."""
    return f"{amount(change.amount, unit)} in {days(change.days)}"


def amount(value: Number, unit: str) -> str:
    """A number of a unit: "9 parks", "1 park"."""
    return f"{number(value)} {_singular(unit) if abs(value) == 1 else unit}"


def _singular(unit: str) -> str:
    """One of what English counts with an s; other words as they are."""
    for ending, one in (("ies", "y"), ("xes", "x"), ("ches", "ch"), ("ss", "ss"), ("s", "")):
        if unit.endswith(ending):
            return unit.removesuffix(ending) + one
    return unit


def counted_standings(counts: Mapping[Standing, int]) -> str:
    """How many stand how, the worst first: "1 overdue, 2 due soon"."""
    return ", ".join(f"{n:,} {spoken(word)}" for word, n in counts.items())


def status_counts(tally: Tally) -> str:
    """How many were reported as what: "4 in progress, 8 unreported"."""
    return ", ".join(f"{n:,} {spoken(word)}" for word, n in tally.statuses.items())


def news(tally: Tally) -> str:
    """Of those reported on, how many are stale, and how many never were: "12 stale; 42 never"."""
    stale = f"{tally.stale:,} of these stale" if tally.stale else ""
    never = f"{tally.total - tally.with_news:,} never" if tally.total > tally.with_news else ""
    return "; ".join(part for part in (stale, never) if part) or "none stale"


def last_news(each: Assessed) -> str:
    """When it was last reported on: "18 Dec 2025", or "never"."""
    return day(each.pledge.last_news_on) if each.pledge.last_news_on else "never"


def update(pledge: Pledge, entry: Update) -> str:
    """What an update says, in one line: "in progress; 21 parks. 21 parks in 14 provinces."."""
    parts = [period(entry.period)] if entry.period else []
    parts += [spoken(entry.status)] if entry.status else []
    if entry.value is not None and pledge.measure:
        parts.append(amount(entry.value, pledge.measure.unit))
    if entry.due:
        is_first = pledge.due is None and pledge.moves[:1] == [entry]
        parts.append(f"deadline {'set' if is_first else 'moved'} to {period(entry.due)}")
    head = ", ".join(parts)
    by = f"(reported by {entry.by})" if entry.by else None
    said = (text for text in (entry.why, entry.note, by) if text)
    tail = " ".join(line for text in said for line in paragraphs(text))
    return ": ".join(text for text in (head, tail) if text) or "noted"


def on_time(tally: Tally) -> str:
    """Those with a deadline: "1 overdue, 2 due soon, 4 on course; 0 of 7 done"."""
    done = f"{tally.dated_done:,} of {tally.dated:,} done"
    return "; ".join(part for part in (counted_standings(tally.dated_standings), done) if part)


def group(by: GroupBy, key: str, ledger: Ledger) -> str:
    """The name of a group of pledges."""
    if by is GroupBy.PILLAR:
        return ledger.pillars[key]
    if not key:
        return {GroupBy.PARTY: "Owed by nobody named", GroupBy.LEAD: "No lead named"}.get(
            by, f"No {by} given"
        )
    if by is GroupBy.PARTY:
        return listed([ledger.parties[party] for party in key.split(";")])
    return key if by is GroupBy.LEAD else label(spoken(key))


def short_title(ledger: Ledger) -> str:
    """What the plan is called where there is little room."""
    return ledger.plan.short or ledger.plan.title
