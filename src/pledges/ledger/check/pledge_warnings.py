"""The rules of ``check`` about single pledges: their terms, their history and their claims.

What is due, stale, done or contested is asked from the core, and never judged again here.
"""

import re
from collections.abc import Iterator
from typing import Final

from pledges.domain.assessment import Assessment
from pledges.domain.day import Period
from pledges.domain.deadlines import current_deadline, is_contest
from pledges.domain.known import later_entries
from pledges.domain.pledge import Kind, Status, Update, cited_sources
from pledges.domain.update_rules import odd_value_reason
from pledges.ledger.check.checked_ledger import CheckedLedger, CheckedPledge
from pledges.ledger.text.finding import Finding, Path

CHECK_YEAR: Final = "check the year"
LABELS: Final = {"due": "deadline", "target": "target"}


def future_date(checked: CheckedLedger) -> Iterator[Finding]:
    """Entries that are dated after the as-of date."""
    for each in later_entries(checked.ledger, checked.as_of):
        path = each.path
        if path[0] == "pledge":  # whose number is that among the pledges without an error
            path = (*checked.pledges[int(path[1])].path, *path[2:])
        message = f"{each.dated.name} is after {checked.as_of}: it does not count until then"
        yield Finding("future-date", path, message, "check the date")


def vague(checked: CheckedLedger) -> Iterator[Finding]:
    """Open pledges that nothing will bring up: without deadline, measure and review."""
    paths: dict[Kind, list[Path]] = {kind: [] for kind in Kind}
    for each, assessment in checked.assessed:
        pledge = each.pledge
        has_terms = current_deadline(pledge) or pledge.measure or pledge.review
        if not has_terms and not assessment.heading and assessment.standing.is_open:
            paths[pledge.kind].append((*each.path, "id"))
    for path in paths[Kind.ONE_OFF]:
        message = "this pledge has no deadline, no measure and no review"
        hint = 'add what its source says, such as due = "2027", or review = "6 months"'
        yield Finding("vague", path, message, hint)
    # That ongoing ones have no deadline is meant: what else they lack is one warning.
    if ongoing := paths[Kind.ONGOING]:
        are = "is" if len(ongoing) == 2 else "are"  # noqa: PLR2004  (it and one more)
        more = f"; {len(ongoing) - 1:,} more {are} like it" if len(ongoing) > 1 else ""
        message = f"this ongoing pledge has no measure and no review{more}"
        yield Finding("vague", ongoing[0], message, 'add review = "6 months" to be reminded of it')


def contradiction(checked: CheckedLedger) -> Iterator[Finding]:
    """Pledges whose status says something else than their figures or their history."""
    for each, assessment in checked.assessed:
        yield from _status_against_figures(each, assessment)
        over: dict[Period | None, Update] = {}
        for path, update in each.numbered_history:
            before = over.get(update.period)
            if update.status is Status.WITHDRAWN:
                over[update.period] = update
            elif update.status and before and not update.note:
                message = f"this is {update.status} after it was withdrawn on {before.date}"
                hint = "say why in a note"
                yield Finding("contradiction", (*path, "status"), message, hint)


def _status_against_figures(each: CheckedPledge, assessment: Assessment) -> Iterator[Finding]:
    measure, progress = each.pledge.measure, assessment.progress
    if not measure or progress is None:
        return
    figures = f"{assessment.value:,} of {measure.target:,} {measure.unit}"
    if assessment.standing.is_done and progress < 1:
        report = each.last_report(Status.COMPLETED)
        path = (*report[0], "status") if report else each.path
        message = f"this is completed, but the last figure is {figures}"
        hint = "add the figure that was reached, or correct the status"
        yield Finding("contradiction", path, message, hint)
    elif assessment.standing.is_open and progress >= 1:
        path = each.path_of_figure(assessment.value_on)
        message = f"the target is reached with {figures}, but nobody said that it is completed"
        hint = f"if it is done: pledges update {each.pledge.id} --status completed"
        yield Finding("contradiction", path, message, hint)


def stale(checked: CheckedLedger) -> Iterator[Finding]:
    """Open pledges without news for longer than the plan allows."""
    for each, assessment in checked.assessed:
        if assessment.stale:
            history = reversed(each.numbered_history)
            news = (path for path, x in history if x.is_news and x.date <= checked.as_of)
            message = f"there has been no news for {assessment.age_days:,} days"
            hint = f"if there is any: pledges update {each.pledge.id} --note ... --source ..."
            yield Finding("stale", (*next(news), "date"), message, hint)


def no_source(checked: CheckedLedger) -> Iterator[Finding]:
    """Pledges that are completed, withdrawn or moved, and nobody is named who says so."""
    for each in checked.pledges:
        # An update that sets a deadline where there was none is no move.
        first = None if each.pledge.due else next(iter(each.pledge.moves), None)
        for path, update in each.numbered_history:
            if update.source or update.by:
                continue
            hint = 'add source = "...", or by = "..." with the name of who said it'
            if update.status in (Status.COMPLETED, Status.WITHDRAWN):
                message = f"no source says that this was {update.status}"
                yield Finding("no-source", (*path, "status"), message, hint)
            if update.due and update is not first:
                message = "no source says that the deadline was moved"
                yield Finding("no-source", (*path, "due"), message, hint)


def one_source(checked: CheckedLedger) -> Iterator[Finding]:
    """Pledges that are completed or withdrawn by no other source than that of the pledge itself."""
    for each, assessment in checked.assessed:
        is_certain = len(cited_sources(each.pledge)) > 1 or any(x.by for x in each.pledge.updates)
        if is_certain or assessment.status not in (Status.COMPLETED, Status.WITHDRAWN):
            continue
        report = each.last_report(assessment.status)
        if report and report[1].source and each.pledge.source:
            message = f"only the source of the pledge itself says that it was {assessment.status}"
            hint = "cite another one, if there is any"
            yield Finding("one-source", (*report[0], "source"), message, hint)


def year_slip(checked: CheckedLedger) -> Iterator[Finding]:
    """Deadlines and updates that look as if the year was mistyped."""
    for each in checked.pledges:
        made, deadline = each.pledge.made, each.pledge.due
        dates: list[tuple[Path, Period | None]] = [((*each.path, "due"), deadline)]
        for at, claim in enumerate(each.pledge.claims):
            dates.append(((*each.path, "claim", at, "due"), claim.due))
        for path, update in each.numbered_history:
            dates.append(((*path, "due"), update.due))
            if made and update.date < made.first:
                yield _year_finding((*path, "date"), update.date.isoformat(), made)
            if update.due:
                yield from _slip_of_move((*path, "due"), update, deadline)
                deadline = update.due
        for path, due in dates:
            if made and due and due.last < made.first:
                yield _year_finding(path, due.name, made)


def _year_finding(path: Path, name: str, made: Period) -> Finding:
    message = f"{name} is before the pledge was made, {made.name}"
    return Finding("year-slip", path, message, CHECK_YEAR)


def _slip_of_move(path: Path, update: Update, before: Period | None) -> Iterator[Finding]:
    """A move to the same day of another year which is not given as a reason, or to the past."""
    due, reason = update.due, f"{update.why} {update.note}"
    if not due or update.seen:
        return
    year = rf"\b{due.last.year}\b|\byear"
    if due.last < update.date:
        message = f"the deadline is moved to {due.name}, which was over on {update.date}"
        yield Finding("year-slip", path, message, CHECK_YEAR)
    elif before and before.length != "year":  # which can't move by less
        days = [(each.first.month, each.first.day, each.length) for each in (due, before)]
        is_a_year_apart = days[0] == days[1] and abs(due.first.year - before.first.year) == 1
        if is_a_year_apart and not re.search(year, reason):
            message = f"the deadline is moved by exactly one year, from {before.name}"
            hint = "check the year; if it is right, name it in why"
            yield Finding("year-slip", path, message, hint)


def odd_figure(checked: CheckedLedger) -> Iterator[Finding]:
    """Values that turn the record round, without a note."""
    for each in checked.pledges:
        readings: dict[Period | None, Update] = {}
        for path, update in each.numbered_history:
            if update.value is None or not each.pledge.measure:
                continue
            before = readings.get(update.period)
            known = (before.value, before.date) if before else (None, None)
            readings[update.period] = update
            if reason := odd_value_reason(update, each.pledge.measure, *known):
                hint = "check the value; if it is right, say why in a note"
                yield Finding("odd-figure", (*path, "value"), reason, hint)


def claim_equals_term(checked: CheckedLedger) -> Iterator[Finding]:
    """Open claims that say what the pledge says itself, so that nothing is contested."""
    for each in checked.pledges:
        for at, claim in enumerate(each.pledge.claims):
            if claim.is_open and not is_contest(each.pledge, claim):
                key = "due" if claim.due else "target"
                message = f"this claim gives the {LABELS[key]} that the pledge has itself"
                hint = f"settle it: pledges update {each.pledge.id} --settle-claim {at + 1}"
                yield Finding("claim-equals-term", (*each.path, "claim", at, key), message, hint)


def heading_only(checked: CheckedLedger) -> Iterator[Finding]:
    """Superseded pledges that do not say what supersedes them."""
    for each, assessment in checked.assessed:
        report = each.last_report(Status.SUPERSEDED)
        if assessment.status is Status.SUPERSEDED and report and not each.pledge.superseded_by:
            message = "this is superseded, but not said by which pledge"
            hint = f"name it: pledges set {each.pledge.id} --superseded-by ID"
            yield Finding("heading-only", (*report[0], "status"), message, hint)
