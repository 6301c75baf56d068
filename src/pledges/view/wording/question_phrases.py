"""What is asked of who owes a pledge, and what the form tells of it."""

from collections.abc import Iterator, Sequence

from pledges.domain.assessment import AssessedPledge, Standing
from pledges.domain.deadlines import missed_periods
from pledges.domain.pledge import Ask, Kind
from pledges.domain.snapshot import Snapshot
from pledges.view.wording import values as words
from pledges.view.wording.dates import contest, deadline_text, with_day
from pledges.view.wording.figures import amount, figures
from pledges.view.wording.history_phrases import request_text
from pledges.view.wording.standings import status_on_day

LONGEST_NOTE = 240  # the characters of the last news that a form quotes


def decision_questions(asks: Sequence[Ask]) -> Iterator[str]:
    """Yield the decisions that are wanted."""
    for ask in asks:
        by = f" by {words.day(ask.by)}" if ask.by else ""
        yield words.sentence(f"Please decide{by}: {words.quote(ask.what)}")


def questions(each: AssessedPledge, now: Snapshot) -> Iterator[str]:
    """Yield what is asked about a pledge: how far it is, and what is not clear of it."""
    if not each.pledge.is_agreed:
        yield f"{words.capital(request_text(each.pledge, now.ledger))}: what is the position on it?"
        return
    yield _status_question(each)
    missed = missed_periods(each.pledge, now.as_of) if each.assessment.missed > 1 else []
    if others := [words.period(x) for x in missed if x != each.assessment.period]:
        about = f"The status is that of {words.period(each.assessment.period)} alone"
        which = words.enumeration(words.first_few(others))
        yield f"{about}; please say in the note which others are done: {which}."
    measure = each.pledge.measure
    if measure:
        target = f" (target: {amount(measure.target, measure.unit)})" if measure.target else ""
        yield f"What is the figure now, in {words.quote(measure.unit)}{target}?"
    if each.assessment.has_open_contest:
        yield f"Which is right? Sources differ: {words.sentence(contest(each, now.ledger))}"


def _status_question(each: AssessedPledge) -> str:
    """Whether a pledge is done, by what the calendar says."""
    now, pledge = each.assessment, each.pledge
    if now.standing.is_done:
        return "It is reported done; is there anything new?"
    if now.standing is Standing.DROPPED:
        return "It is reported dropped; is there anything new?"
    if pledge.kind is Kind.ONGOING:
        since = f"since {words.day(pledge.last_news_on)}" if pledge.last_news_on else "so far"
        return f"What was done {since}?"
    for_period = f" for {words.period(now.period)}" if now.period else ""
    if now.standing is Standing.OVERDUE:
        return f"Is it done{for_period}, and since which day? If not, when will it be?"
    if now.due:
        return f"Is it done{for_period}? If not, will it be by {words.day(now.due)}?"
    return "Is it done? If not, how far is it?"


def due_text(each: AssessedPledge) -> str:
    """The deadline with its day: "2026 (31 Dec 2026)"; empty if there is none."""
    due = each.assessment.due
    return with_day(deadline_text(each), due) if due else ""


def known_lines(each: AssessedPledge) -> list[str]:
    """What is known of a pledge: its status and its figure with their days, and the last note.

    A day is told once if it is that of several lines.
    """
    now, pledge = each.assessment, each.pledge
    lines = [words.capital(status_on_day(each))] if now.status else []
    told_on = now.status_on if now.status else None
    if pledge.measure and now.value is not None:
        on = None if now.value_on == told_on else now.value_on
        lines.append(figures(pledge.measure, now.value, on))
        told_on = now.value_on
    news = next((x for x in reversed(pledge.history) if x.is_news and x.note), None)
    if news:
        on_day = "" if news.date == told_on else f"{words.day(news.date)}: "
        lines.append(f"{on_day}{words.excerpt(news.note or '', LONGEST_NOTE)}")
    return lines or ["No news yet"]


def left_out_text(pledges: Sequence[AssessedPledge]) -> str:
    """Which pledges nobody is asked about, and why: "1 pledge is left out: ECO-03 (done)."."""
    reasons: dict[str, list[str]] = {}
    for each in pledges:
        reason = "done" if each.assessment.standing.is_done else "dropped"
        reason = "its parts tell" if each.assessment.heading else reason
        reasons.setdefault(reason, []).append(each.pledge.id)
    few = ((words.enumeration(words.first_few(ids)), why) for why, ids in reasons.items())
    which = "; ".join(f"{ids} ({why})" for ids, why in few)
    what = f"{words.count(len(pledges), 'pledge')} {words.be(len(pledges))}"
    return f"{what} left out: {which}. To ask about one, give its id."
