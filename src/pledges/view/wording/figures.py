"""Figures in words: measures and their progress, time used, pace, rates."""

from typing import Final

from pledges.domain.assessment import AssessedPledge, Assessment
from pledges.domain.counts import status_word
from pledges.domain.pace import Rate, behind_since, difference
from pledges.domain.pledge import Measure, Number
from pledges.view.wording.values import day, days, number, percent, readable

SINGULARS: Final = (("ies", "y"), ("xes", "x"), ("ches", "ch"), ("ss", "ss"), ("s", ""))
"""Endings of plurals that English makes with an s, and those of their singulars."""


def amount(value: Number, unit: str) -> str:
    """A number of a unit: "9 parks", "1 park"."""
    if abs(value) == 1:
        singular = (unit.removesuffix(many) + one for many, one in SINGULARS if unit.endswith(many))
        unit = next(singular, unit)
    return f"{number(value)} {unit}"


def rate(change: Rate, unit: str) -> str:
    """A rate with both its sides: "9 parks in 39 days"."""
    return f"{amount(change.amount, unit)} in {days(change.days)}"


def measure_terms(measure: Measure) -> str:
    """What is counted, from where to where: "parks, from 20 (26 Mar 2025) to 30"."""
    start = f"from {number(measure.baseline)}" if measure.baseline is not None else ""
    when = f" ({day(measure.baseline_date)})" if measure.baseline_date else ""
    end = f"to {number(measure.target)}" if measure.target is not None else ""
    return ", ".join(part for part in (measure.unit, f"{start}{when} {end}".strip()) if part)


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


def figures_and_status(each: AssessedPledge) -> str:
    """What was reported: "1 of 10 parks, 21 of 30 in operation; in progress"."""
    measure, assessment = each.pledge.measure, each.assessment
    status = readable(status_word(each))
    if assessment.completed:
        status = f"{status} on {day(assessment.completed)}"
    if not measure:
        return status
    if assessment.value is None:
        return f"{status}, no figure yet"
    return f"{figures(measure, assessment.value)}; {status}"


def progress_and_time(assessment: Assessment) -> str:
    """Progress and time used: "10% done, 94% of its time used"."""
    done, used = assessment.progress, assessment.time_used
    parts = [f"{percent(done)} done"] if done is not None else []
    if used is not None and assessment.standing.is_open:
        parts.append("all of its time used" if used >= 1 else f"{percent(used)} of its time used")
    return ", ".join(parts)


def progress_sentence(each: AssessedPledge) -> str:
    """How far it is, with the day of the reading."""
    measure, assessment = each.pledge.measure, each.assessment
    if not measure or assessment.value is None or not assessment.value_on:
        return "no figure yet"
    text = f"{figures(measure, assessment.value)} on {day(assessment.value_on)}"
    done = assessment.progress
    return text if done is None else f"{percent(done)} done: {text}"


def days_used(assessment: Assessment) -> str:
    """How much of its time has passed: "606 of 645 days used (94%)"."""
    used, total = assessment.days_used or 0, assessment.days_in_all or 0
    if used < 0:
        return f"its {days(total)} begin in {days(-used)}"
    if used > total:
        return f"all {days(total)} used, and {used - total:,} more"
    share = f" ({percent(assessment.time_used)})" if assessment.time_used is not None else ""
    return f"{used:,} of {days(total)} used{share}"


def pace_sentence(assessment: Assessment) -> str:
    """The pace with both its sides: "far behind: 10% done, 606 of 645 days used (94%)"."""
    done = f"{percent(assessment.progress)} done" if assessment.progress is not None else ""
    return f"{readable(assessment.pace or '')}: {done}, {days_used(assessment)}"


def lag(each: AssessedPledge) -> str:
    """How far behind it is, at which rate it would still be met, and since when it is behind."""
    now, measure, due = each.assessment, each.pledge.measure, each.assessment.due
    text = pace_sentence(now)
    if now.rate_needed and measure:
        text += f"; needed: {rate(now.rate_needed, measure.unit)}"
    if not now.value_on or not due or now.progress is None or now.days_in_all is None:
        return text
    since = behind_since(now.progress, now.days_in_all, due)
    is_older = since <= now.value_on
    behind = ", already behind then" if is_older else f"; behind since {day(since)}"
    return f"{text}; last reading on {day(now.value_on)}{behind}"


def rate_and_outlook(assessment: Assessment, unit: str) -> str:
    """The rate up to the last reading, and when the target is met if it goes on like that."""
    text = rate(assessment.rate_so_far, unit) if assessment.rate_so_far else ""
    if not assessment.met_on:
        return text if not assessment.remaining else f"{text}; never met at that rate"
    return f"{text}; at that rate met on {day(assessment.met_on)}"
