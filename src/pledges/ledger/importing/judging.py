"""What rows bring, by the rules that ``update`` and ``add`` hold.

A row is what a person says today of a pledge.  Records that are given whole are history, and come
in as they are.
"""

import datetime as dt
from collections.abc import Iterator
from typing import Final

from pledges.domain.pledge import Kind, Ledger, Pledge, Update
from pledges.domain.update_rules import Addition, made_before, steps_back_with_a_word
from pledges.ledger.importing.matching import Candidate
from pledges.ledger.text.finding import Finding

MADE_HINT: Final = "give the day or the period in which it was made"
DAY_HINT: Final = "give the day on which it happened"
DUE_HINT: Final = "give a later deadline, or see whether made is right"
NOTE_HINT: Final = "say why in a column update_note"


def judged(each: Candidate, ledger: Ledger, as_of: dt.date) -> Iterator[Finding]:
    """What speaks against the terms and the news of a row on the day that counts as today."""
    yield from _terms(each, as_of)
    news = _news(each)
    if news:
        yield from _found(news, each, ledger, as_of)


def _terms(each: Candidate, as_of: dt.date) -> Iterator[Finding]:
    """A pledge was made by now, and is due after that."""
    made, due, old = each.new.made, each.new.due, each.old
    is_made_new, is_due_new = (not old or made != old.made), (not old or due != old.due)
    if made and is_made_new and made.first > as_of:
        message = f"{made.name} lies after {as_of}"
        yield Finding("rule", ("made",), message, MADE_HINT)
    elif made and due and (is_made_new or is_due_new) and due.last < made.first:
        message = f"the deadline {due.name} lies before it was made, {made.name}"
        yield Finding("rule", ("due" if is_due_new else "made",), message, DUE_HINT)


def _news(each: Candidate) -> Update | None:
    """The update that was made of single cells, where all of them could be read."""
    at = each.news_at
    is_misread = any(path[0] == "news" for path in each.entry.unread)
    is_misfit = any(finding.path[:2] == ("update", at) for finding in each.findings)
    return None if at is None or is_misread or is_misfit else each.new.updates[at]


def _found(update: Update, each: Candidate, ledger: Ledger, as_of: dt.date) -> Iterator[Finding]:
    """What speaks against news."""
    news, at = Addition(update=update), ("update", each.news_at or 0)
    if update.date > as_of:
        message = f"{update.date} lies after {as_of}"
        yield Finding("rule", (*at, "date"), message, "an update says what has happened")
    elif not (each.new.made and each.new.made.first > as_of):
        for refusal in made_before(news, each.new, ledger):
            yield Finding("rule", (*at, "date"), refusal.reason, DAY_HINT)
    for refusal in steps_back_with_a_word(news, each.old, ledger) if each.old else ():
        yield Finding("rule", (*at, "status"), refusal.reason, NOTE_HINT)
    if _is_ahead(update, each.new):
        message = f"{update.period and update.period.name} has not begun on {update.date}"
        yield Finding("rule", (*at, "period"), message, "name an earlier one")


def _is_ahead(update: Update, pledge: Pledge) -> bool:
    """Whether an update names a period that begins after it."""
    period = update.period
    is_one = period is not None and pledge.kind is Kind.RECURRING and period.length == pledge.every
    return is_one and period is not None and period.first > update.date
