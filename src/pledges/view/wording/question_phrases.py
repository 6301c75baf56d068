"""What is asked of who owes a pledge, and what the form tells of it."""

from collections.abc import Iterator, Sequence

from pledges.domain.assessment import AssessedPledge, Standing
from pledges.domain.pledge import Ask, Kind, Ledger
from pledges.view.wording.dates import contest, deadline_text, with_day
from pledges.view.wording.figures import amount, figures
from pledges.view.wording.history_phrases import request_text
from pledges.view.wording.standings import status_on_day
from pledges.view.wording.values import capital, day, excerpt, period, quote, sentence

LONGEST_NOTE = 240  # the characters of the last news that a form quotes


def questions(each: AssessedPledge, asks: Sequence[Ask], ledger: Ledger) -> Iterator[str]:
    """Yield what is asked about a pledge: the decisions first, then how far it is."""
    for ask in asks:
        by = f" by {day(ask.by)}" if ask.by else ""
        yield sentence(f"Please decide{by}: {quote(ask.what)}")
    if not each.pledge.is_agreed:
        yield f"{capital(request_text(each.pledge, ledger))}: what is the position on it?"
        return
    yield _status_question(each)
    measure = each.pledge.measure
    if measure:
        target = f" (target: {amount(measure.target, measure.unit)})" if measure.target else ""
        yield f"What is the figure now, in {quote(measure.unit)}{target}?"
    if each.assessment.has_open_contest:
        yield f"Which is right: {contest(each, ledger)}?"


def _status_question(each: AssessedPledge) -> str:
    """Whether a pledge is done, by what the calendar says."""
    now, pledge = each.assessment, each.pledge
    if now.standing.is_done:
        return "It is reported done; is there anything new?"
    if now.standing is Standing.DROPPED:
        return "It is reported dropped; is there anything new?"
    if pledge.kind is Kind.ONGOING:
        since = f"since {day(pledge.last_news_on)}" if pledge.last_news_on else "so far"
        return f"What was done {since}?"
    for_period = f" for {period(now.period)}" if now.period else ""
    if now.standing is Standing.OVERDUE:
        return f"Is it done{for_period}, and since which day? If not, when will it be?"
    if now.due:
        return f"Is it done{for_period}? If not, will it be by {day(now.due)}?"
    return "Is it done? If not, how far is it?"


def due_text(each: AssessedPledge) -> str:
    """The deadline with its day: "2026 (31 Dec 2026)"; empty if there is none."""
    due = each.assessment.due
    return with_day(deadline_text(each), due) if due else ""


def known_lines(each: AssessedPledge) -> list[str]:
    """What is known of a pledge: its status and its figure with their days, and the last note."""
    now, pledge = each.assessment, each.pledge
    lines = [capital(status_on_day(each))] if now.status else []
    if pledge.measure and now.value is not None:
        lines.append(figures(pledge.measure, now.value, now.value_on))
    news = next((x for x in reversed(pledge.history) if x.is_news and x.note), None)
    if news:
        lines.append(f"{day(news.date)}: {excerpt(news.note or '', LONGEST_NOTE)}")
    return lines or ["No news yet"]
