"""A pledge's terms and its assessment in sentences, for the page that shows one whole."""

import datetime as dt

from pledges.domain.assessment import Assessed, Assessment, Standing
from pledges.domain.pledge import Ask, Claim, Ledger, Measure, Pledge, Update
from pledges.view.wording.phrases import figures, rate, slip, time_left, worded_deadline
from pledges.view.wording.values import day, days, number, percent, period, spoken


def kind(pledge: Pledge) -> str:
    """Its kind, with how often it recurs or should be looked at."""
    text = str(pledge.kind)
    if pledge.every and pledge.since:
        text = f"{text}, every {pledge.every} from {period(pledge.since)}"
    return f"{text}, to be reviewed every {pledge.review}" if pledge.review else text


def deadline_history(each: Assessed) -> str:
    """Every deadline it has had: "2026 (31 Dec 2026); first before 2030 (31 Dec 2029), ..."."""
    due, pledge = each.assessment.due, each.pledge
    if not due:
        return worded_deadline(each) or "none"
    now = _with_day(worded_deadline(each), due)
    if not pledge.moves or not pledge.due:
        return now
    first = _with_day(pledge.due_text or period(pledge.due), pledge.due.last)
    return f"{now}; at first {first}, {slip(each.assessment.slip_days or 0)}"


def _with_day(worded: str, due: dt.date) -> str:
    return worded if worded == day(due) else f"{worded} ({day(due)})"


def measure(counted: Measure) -> str:
    """What is counted, from where to where: "parks, from 20 (26 Mar 2025) to 30"."""
    start = f"from {number(counted.baseline)}" if counted.baseline is not None else ""
    when = f" ({day(counted.baseline_date)})" if counted.baseline_date else ""
    end = f"to {number(counted.target)}" if counted.target is not None else ""
    return ", ".join(part for part in (counted.unit, f"{start}{when} {end}".strip()) if part)


def standing(assessment: Assessment) -> str:
    """The standing in full: "due soon for 2026: 39 days left, until 31 Dec 2026"."""
    text = standing_of(assessment)
    if assessment.completed:
        text = f"{text}, completed on {day(assessment.completed)}"
    left = time_left(assessment)
    if not left or not assessment.due:
        return text
    until = "since" if assessment.standing is Standing.OVERDUE else "until"
    late = assessment.completed is not None
    return f"{text}, {left}" if late else f"{text}: {left}, {until} {day(assessment.due)}"


def standing_of(assessment: Assessment) -> str:
    """The standing, of which period: "due soon for 2026"."""
    text = spoken(assessment.standing)
    return f"{text} for {period(assessment.period)}" if assessment.period else text


def status_since(each: Assessed) -> str:
    """What was reported, and when: "in progress, reported on 12 Jan 2026"."""
    assessment = each.assessment
    if assessment.status and assessment.status_on:
        return f"{spoken(assessment.status)}, reported on {day(assessment.status_on)}"
    if not each.pledge.updates:
        return "unreported: nothing is known, which is not the same as nothing done"
    of = f" of {period(assessment.period)}" if assessment.period else ""
    return f"unreported: no status{of} is known"


def progress_sentence(each: Assessed) -> str:
    """How far it is, with the day of the reading."""
    counted, assessment = each.pledge.measure, each.assessment
    if not counted or assessment.value is None or not assessment.value_on:
        return "no figure yet"
    text = f"{figures(counted, assessment.value)} on {day(assessment.value_on)}"
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
    return f"{spoken(assessment.pace or '')}: {done}, {days_used(assessment)}"


def so_far(assessment: Assessment, unit: str) -> str:
    """The rate up to the last reading, and where it leads."""
    text = rate(assessment.rate_so_far, unit) if assessment.rate_so_far else ""
    if not assessment.met_on:
        return text if not assessment.remaining else f"{text}; never met at that rate"
    return f"{text}; at that rate met on {day(assessment.met_on)}"


def held(update: Update) -> str:
    """A period that was held, and when: "2025 on 28 Oct 2025"."""
    return f"{period(update.period)} on {day(update.date)}" if update.period else day(update.date)


def news_age(assessment: Assessment) -> str:
    """How old the last news is: "285 days ago, stale"."""
    if assessment.age_days is None:
        return "never"
    ago = "today" if assessment.age_days == 0 else f"{days(assessment.age_days)} ago"
    return f"{ago}, stale" if assessment.stale else ago


def claimed_terms(claimed: Claim) -> str:
    """What a claim says: "due 2030"."""
    terms = [f"due {period(claimed.due)}"] if claimed.due else []
    if claimed.target is not None:
        terms.append(f"target {number(claimed.target)}")
    return ", ".join(terms)


def verdict(assessment: Assessment) -> str:
    """Standing and pace in one line, as they would be by other terms."""
    text = standing(assessment)
    return f"{text}; {pace_sentence(assessment)}" if assessment.pace else text


def ask(asked: Ask, ledger: Ledger) -> str:
    """A decision that is wanted: of whom, by when, and whether it is settled."""
    of = f" (of {ledger.party(asked.of)})" if asked.of else ""
    by = f", by {day(asked.by)}" if asked.by else ""
    settled = f"; settled on {day(asked.settled)}" if asked.settled else ""
    return f"{asked.what}{of}{by}{settled}"
