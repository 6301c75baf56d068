"""Figures in words: measures and their progress, time used, pace, rates."""

import datetime as dt
from typing import Final

from pledges.clean import JOINT
from pledges.domain.assessment import AssessedPledge, Assessment, Standing
from pledges.domain.counts import status_word
from pledges.domain.pace import Rate, difference
from pledges.domain.pledge import Measure, Number
from pledges.view.wording import values as words

SINGULARS: Final = (("ies", "y"), ("xes", "x"), ("ches", "ch"), ("ss", "ss"), ("s", ""))
"""Endings of plurals that English makes with an s, and those of their singulars."""


def amount(value: Number, unit: str) -> str:
    """A number of a unit: "9 parks", "1 park"."""
    if abs(value) == 1:
        singular = (unit.removesuffix(many) + one for many, one in SINGULARS if unit.endswith(many))
        unit = next(singular, unit)
    return f"{words.number(value)}{JOINT}{unit}"


def rate(change: Rate, unit: str) -> str:
    """A rate with both its sides: "9 parks in 39 days", "90 parks in 13 months (6.9 a month)"."""
    text = f"{amount(change.amount, unit)} in {words.span(change.days)}"
    monthly = change.amount / change.days * words.DAYS_IN_A_MONTH
    if change.days <= words.DAYS_UP_TO or abs(monthly) < 1:
        return text
    shown = round(monthly) if abs(monthly) >= 10 else float(f"{monthly:.2g}")  # noqa: PLR2004
    return f"{text} ({words.number(shown)}{JOINT}a month)"


def share_of_target(each: AssessedPledge) -> str:
    """The last value and the target: "21 of 30 parks", "90 trips, target 20"; else empty."""
    now, measure = each.assessment, each.pledge.measure
    if now.value is None or not measure or measure.target is None:
        return ""
    if measure.baseline is not None and measure.target < measure.baseline:
        return f"{amount(now.value, measure.unit)}, target {words.number(measure.target)}"
    return f"{words.number(now.value)}{JOINT}of {words.number(measure.target)}{JOINT}{measure.unit}"


def still_needed(each: AssessedPledge) -> str:
    """What is missing from the target, and in how many days: "9 more in 33 days"; else empty."""
    now, measure = each.assessment, each.pledge.measure
    if not now.remaining or not measure or measure.target is None:
        return ""
    is_less = measure.baseline is not None and measure.target < measure.baseline
    by_when = f"in {words.span(now.rate_needed.days)}" if now.rate_needed else "to reach"
    more = "fewer" if is_less else "more"
    return f"{words.number(abs(now.remaining))}{JOINT}{more} {by_when}"


def measure_terms(measure: Measure) -> str:
    """What is counted, from where to where: "parks, from 20 (26 Mar 2025) to 30"."""
    start = f"from {words.number(measure.baseline)}" if measure.baseline is not None else ""
    when = f" ({words.day(measure.baseline_date)})" if measure.baseline_date else ""
    end = f"to {words.number(measure.target)}" if measure.target is not None else ""
    return ", ".join(part for part in (measure.unit, f"{start}{when} {end}".strip()) if part)


def figures(measure: Measure, value: Number, on: dt.date | None = None) -> str:
    """How far a measure is, and when: "21 of 30 parks on 12 Jan 2026 (1 of the 10 to add)"."""
    unit, baseline, target = measure.unit, measure.baseline, measure.target
    said = f" {measure.total_text}" if measure.total_text else ""
    said += f" on {words.day(on)}" if on else ""
    if target is None:
        return f"{amount(value, unit)}{said}"
    text, falls = f"{words.number(value)}{JOINT}of {amount(target, unit)}{said}", False
    if baseline is not None and target < baseline:
        text, falls = f"{amount(value, unit)}{said}, to be reduced to {words.number(target)}", True
    if not baseline or value == target or (value > target) is not falls:
        return text
    moved, way = difference(value, baseline), difference(target, baseline)
    far = f"{words.number(abs(moved))}{JOINT}"
    if moved and (moved > 0) is falls:
        return f"{text} ({far}{'more' if falls else 'fewer'} than at the start)"
    return f"{text} ({far}of the {words.number(abs(way))}{JOINT}to {'cut' if falls else 'add'})"


def parts_done(assessment: Assessment) -> str:
    """How many of its parts are done: "3 of 5 parts done"; empty if it has none."""
    if not assessment.parts:
        return ""
    return f"{assessment.parts_done:,}{JOINT}of {words.count(assessment.parts, 'part')} done"


def status_text(each: AssessedPledge) -> str:
    """The status that was reported; of a heading, how many of its parts are done."""
    now = each.assessment
    return parts_done(now) if now.heading else words.readable(status_word(each))


def figures_and_status(each: AssessedPledge) -> str:
    """What was reported: "21 of 30 parks (1 of the 10 to add); in progress"."""
    measure, assessment = each.pledge.measure, each.assessment
    status = status_text(each)
    if assessment.completed:
        status = f"{status} on {words.day(assessment.completed)}"
    elif assessment.standing.is_done and assessment.status_on:
        status = f"{status}, first seen on {words.day(assessment.status_on)}"
    if not measure:
        return status
    if assessment.value is None:
        return f"{status}, no figure yet"
    return f"{figures(measure, assessment.value)}; {status}"


def progress_and_time(assessment: Assessment) -> str:
    """Progress and time used: "10% done, 94% of its time used"."""
    done, used = assessment.progress, assessment.time_used
    parts = [f"{words.percent(done)}{JOINT}done"] if done is not None else []
    if used is not None and assessment.standing.is_open:
        parts.append(time_used_text(assessment))
    return ", ".join(parts)


def time_used_text(assessment: Assessment) -> str:
    """How much of its time has passed: "94% of its time used"; empty if that is not known."""
    used = assessment.time_used
    if used is None:
        return ""
    if used < 0:
        return f"it starts in {words.span(-(assessment.days_used or 0))}"
    return "all of its time used" if used >= 1 else f"{words.percent(used)}{JOINT}of its time used"


def progress_sentence(each: AssessedPledge) -> str:
    """How far it is, with the day of the reading."""
    measure, assessment = each.pledge.measure, each.assessment
    if not measure or assessment.value is None or not assessment.value_on:
        return "no figure yet"
    text = figures(measure, assessment.value, assessment.value_on)
    done = assessment.progress
    return text if done is None else f"{words.percent(done)}{JOINT}done: {text}"


def pace_sentence(assessment: Assessment) -> str:
    """The pace with both its sides: "far behind: 10% done, 94% of its time used"."""
    return f"{words.readable(assessment.pace or '')}: {progress_and_time(assessment)}"


def behind_text(assessment: Assessment) -> str:
    """Since when it is behind with its last figure, by the terms in force on each day."""
    since, figure = assessment.behind_since, assessment.value_on
    if not since or not figure:
        return ""
    on = f"already on {words.day(figure)}"
    return f"behind {f'since {words.day(since)}' if since > figure else on}"


def rate_and_outlook(assessment: Assessment, unit: str) -> str:
    """The rate up to the last reading, and when the target is met if it goes on like that."""
    text = rate(assessment.rate_so_far, unit) if assessment.rate_so_far else ""
    outlook = outlook_text(assessment)
    return f"{text}; at that rate {outlook}" if outlook else text


def outlook_text(assessment: Assessment) -> str:
    """When the target is met at the rate so far; a day that has passed is never named."""
    if assessment.met_on:
        return f"it is met on {words.day(assessment.met_on)}"
    if assessment.forecast_passed and assessment.value_on:
        if assessment.standing is Standing.OVERDUE:
            return "it would have been met by now, and was not"
        figure = f"the last figure is of {words.day(assessment.value_on)}"
        return f"it would have been met by now, but {figure}"
    return "it is never met" if assessment.remaining and assessment.rate_so_far else ""
