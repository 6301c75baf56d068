"""What changed between two dates, in words."""

import re
from collections.abc import Callable, Mapping
from typing import Final

from msgspec import Struct

from pledges.clean import JOINT
from pledges.domain.changes import Change, ChangeKind
from pledges.domain.pledge import Ledger
from pledges.view.wording import values as words
from pledges.view.wording.dates import claim_text
from pledges.view.wording.figures import amount, pace_sentence
from pledges.view.wording.history_phrases import ask_text, deadline_move, request_text
from pledges.view.wording.standings import obligation, time_left
from pledges.view.wording.titles import publisher


class ChangeWords(Struct, frozen=True):
    """The title of a list of changes, their name if ``counted``, and a sentence.

    ``(s)`` in the name is an ending that only several have.
    """

    title: str
    counted: str
    sentence: Callable[[Change, Ledger], str]


def change_text(change: Change, ledger: Ledger) -> str:
    """What is new about a pledge, without its name: "completed on 28 Oct 2025, 3 days early"."""
    text = KINDS[change.what].sentence(change, ledger)
    if not change.note:
        return text
    if change.what is ChangeKind.NOTED:
        note = words.without_stop(words.excerpt(change.note))
        return f"{note} ({text})" if text else note
    has_reason = change.what in (ChangeKind.MOVED, ChangeKind.DATED)
    return f"{words.sentence(text) if has_reason else f'{text}:'} {words.excerpt(change.note)}"


def _on(change: Change) -> str:
    return f" on {words.day(change.on)}" if change.on else ""


def _status(change: Change, _: Ledger) -> str:
    """A status, and how its day lies to the deadline: "completed on 1 Mar 2026, 3 days early"."""
    update, late = change.update, change.days_late
    status = words.readable(update.status) if update and update.status else ""
    of = words.period(update.period if update else None)
    if change.what is ChangeKind.SEEN:
        return f"{of} {status}, first seen{_on(change)}".lstrip()
    if change.what in (ChangeKind.STARTED, ChangeKind.NOT_STARTED):
        status = f"reported {status}"
    if change.what is ChangeKind.HELD:
        status, late = "completed", late if late and late > 0 else None
    against = ""
    if late is not None:
        away = f"{words.span(abs(late))} {'late' if late > 0 else 'early'}"
        against = f", {away}" if late else ", on its last day"
    return f"{of} {status}{_on(change)}{against}".lstrip()


def _deadline(change: Change, _: Ledger) -> str:
    pledge, now = change.now.pledge, change.now.assessment
    if change.what is ChangeKind.OVERDUE:
        return f"{f'due {words.day(now.due)}, ' if now.due else ''}{time_left(now)}"
    why = f": {words.excerpt(change.update.why)}" if change.update and change.update.why else ""
    if change.what is ChangeKind.DATED:
        return f"due {words.period(change.after.due)}{why}"
    is_first = change.before.due == pledge.due
    return f"{deadline_move(change, pledge if is_first else None)}{why}"


def _reading(change: Change, _: Ledger) -> str:
    measure, now, old = change.now.pledge.measure, change.now.assessment, change.before.value
    if not measure or now.value is None:
        return ""
    before = "" if old is None or old == now.value else f"{words.number(old)} -> "
    done = f", {words.percent(now.progress)}{JOINT}done" if now.progress is not None else ""
    return f"{before}{amount(now.value, measure.unit)}{done}{_on(change)}"


def _pace(change: Change, _: Ledger) -> str:
    return f"{words.readable(change.old_pace or '')} -> {pace_sentence(change.now.assessment)}"


def _news(change: Change, ledger: Ledger) -> str:
    """Of when the news is, and who published it: "10 Feb 2026, VOV"."""
    cited = change.update.source if change.update else ()
    known = [publisher(each, ledger) for each in cited if each in ledger.sources]
    by = f", {words.enumeration(known)}" if known else ""
    return f"{words.day(change.on)}{by}" if change.on else ""


def _new_pledge(change: Change, ledger: Ledger) -> str:
    pledge = change.now.pledge
    if not pledge.is_agreed:
        on = f", {words.period(pledge.made)}" if pledge.made else ""
        return f"{request_text(pledge, ledger)}{on}"
    made = f"made {words.period(pledge.made)}" if pledge.made else ""
    return ", ".join(part for part in (made, obligation(pledge, ledger)) if part)


def _claim_or_ask(change: Change, ledger: Ledger) -> str:
    if change.claim and change.what is ChangeKind.CLAIM_SETTLED:
        return f"{claim_text(change.claim, ledger)}: settled{_on(change)}"
    if change.claim:
        return claim_text(change.claim, ledger)
    if not change.ask:
        return ""
    if change.what is ChangeKind.SETTLED:
        return f"{words.excerpt(change.ask.what)}: settled{_on(change)}"
    return words.excerpt(ask_text(change.ask, ledger))


KINDS: Final[Mapping[ChangeKind, ChangeWords]] = {
    ChangeKind.COMPLETED: ChangeWords("Completed", "completed", _status),
    ChangeKind.SEEN: ChangeWords("First seen", "status(es) first seen", _status),
    ChangeKind.HELD: ChangeWords("Periods completed", "period(s) completed", _status),
    ChangeKind.OVERDUE: ChangeWords("Became overdue", "became overdue", _deadline),
    ChangeKind.MOVED: ChangeWords("Deadlines moved", "deadline(s) moved", _deadline),
    ChangeKind.DATED: ChangeWords("Deadlines set", "deadline(s) set", _deadline),
    ChangeKind.STARTED: ChangeWords("Reported in progress", "reported in progress", _status),
    ChangeKind.NOT_STARTED: ChangeWords("Not started", "not started", _status),
    ChangeKind.RESUMED: ChangeWords("Taken up again", "taken up again", _status),
    ChangeKind.SUSPENDED: ChangeWords("Suspended", "suspended", _status),
    ChangeKind.WITHDRAWN: ChangeWords("Withdrawn", "withdrawn", _status),
    ChangeKind.SUPERSEDED: ChangeWords("Replaced", "replaced", _status),
    ChangeKind.READING: ChangeWords("New figures", "new figure(s)", _reading),
    ChangeKind.WORSE: ChangeWords("Pace fell", "pace(s) fell", _pace),
    ChangeKind.BETTER: ChangeWords("Pace rose", "pace(s) rose", _pace),
    ChangeKind.NOTED: ChangeWords("Other news", "other news item(s)", _news),
    ChangeKind.REMARKED: ChangeWords("Remarks", "remark(s)", _news),
    ChangeKind.PLEDGED: ChangeWords("New pledges", "new pledge(s)", _new_pledge),
    ChangeKind.REQUESTED: ChangeWords("New requests and proposals", "new request(s)", _new_pledge),
    ChangeKind.CLAIM_SETTLED: ChangeWords("Versions settled", "version(s) settled", _claim_or_ask),
    ChangeKind.CLAIMED: ChangeWords(
        "Other versions published", "other version(s) published", _claim_or_ask
    ),
    ChangeKind.ASKED: ChangeWords(
        "New decisions asked for", "decision(s) asked for", _claim_or_ask
    ),
    ChangeKind.SETTLED: ChangeWords("Decisions settled", "decision(s) settled", _claim_or_ask),
}


def kind_name(kind: ChangeKind, how_many: int) -> str:
    """What so many changes of a kind are called: "deadline moved", "deadlines moved"."""
    return re.sub(r"\((e?s)\)", "" if how_many == 1 else r"\1", KINDS[kind].counted)


def kind_count(kind: ChangeKind, how_many: int) -> str:
    """How many changes there are of a kind: "1 deadline moved", "2 completed"."""
    return f"{how_many:,}{JOINT}{kind_name(kind, how_many)}"
