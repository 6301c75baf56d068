"""What changed between two dates in sentences: what happened, when, and by how much."""

from collections.abc import Callable, Mapping
from typing import Final

from msgspec import Struct

from pledges.domain.changes import Change, ChangeKind
from pledges.domain.pledge import Ledger
from pledges.view.wording.figures import amount, pace_sentence
from pledges.view.wording.history import ask_text, deadline_move
from pledges.view.wording.names import obligation, publisher
from pledges.view.wording.timing import claim_sentence, time_left
from pledges.view.wording.values import (
    count,
    day,
    days,
    excerpt,
    number,
    percent,
    period,
    readable,
    sentence,
)


class ChangeWords(Struct, frozen=True):
    """The title of a list of changes, their name in counts of one and of many, and a sentence."""

    title: str
    one: str
    many: str
    sentence: Callable[[Change, Ledger], str]


def change_text(change: Change, ledger: Ledger) -> str:
    """What is new about a pledge, without its name: "completed on 28 Oct 2025, 3 days early"."""
    text = KINDS[change.what].sentence(change, ledger)
    if not change.note:
        return text
    has_reason = change.what in (ChangeKind.MOVED, ChangeKind.DATED)
    return f"{sentence(text) if has_reason else f'{text}:'} {excerpt(change.note)}"


def change_counts(counts: Mapping[ChangeKind, int]) -> str:
    """How many changes of which kind: "1 became overdue, 1 deadline moved, 9 new pledges"."""
    return ", ".join(count(n, KINDS[what].one, KINDS[what].many) for what, n in counts.items())


def _on(change: Change) -> str:
    return f" on {day(change.on)}" if change.on else ""


def _of_period(change: Change) -> str:
    """The period of a recurring pledge that it is about."""
    about = change.update.period if change.update else None
    return f"{period(about)} " if about else ""


def _status(change: Change, _: Ledger) -> str:
    """A status, and how its day lies to the deadline: "completed on 1 Mar 2026, 3 days early"."""
    update, late = change.update, change.days_late
    status = readable(update.status) if update and update.status else ""
    if change.what in (ChangeKind.STARTED, ChangeKind.NOT_STARTED):
        status = f"reported {status}"
    if change.what is ChangeKind.HELD:
        status, late = "held", late if late and late > 0 else None
    against = ""
    if late is not None:
        away = f"{days(abs(late))} {'late' if late > 0 else 'early'}"
        against = f", {away}" if late else ", on its last day"
    return f"{_of_period(change)}{status}{_on(change)}{against}"


def _overdue(change: Change, _: Ledger) -> str:
    due = change.now.assessment.due
    return f"{f'due {day(due)}, ' if due else ''}{time_left(change.now.assessment)}"


def _deadline(change: Change, _: Ledger) -> str:
    """A deadline that was moved or set, and why."""
    pledge, new = change.now.pledge, change.after.due
    why = f": {excerpt(change.update.why)}" if change.update and change.update.why else ""
    if change.what is ChangeKind.DATED:
        return f"due {period(new) if new else ''}{why}"
    is_first = change.before.due == pledge.due
    return f"{deadline_move(change, pledge if is_first else None)}{why}"


def _reading(change: Change, _: Ledger) -> str:
    measure, now, old = change.now.pledge.measure, change.now.assessment, change.before.value
    if not measure or now.value is None:
        return ""
    before = "" if old is None or old == now.value else f"{number(old)} -> "
    done = f", {percent(now.progress)} done" if now.progress is not None else ""
    return f"{before}{amount(now.value, measure.unit)}{done}{_on(change)}"


def _pace(change: Change, _: Ledger) -> str:
    return f"{readable(change.old_pace or '')} -> {pace_sentence(change.now.assessment)}"


def _news(change: Change, ledger: Ledger) -> str:
    """Of when the news is, and who published it: "10 Feb 2026, VOV"."""
    key = change.update.source if change.update else None
    by = f", {publisher(key, ledger)}" if key in ledger.sources else ""
    return f"{day(change.on)}{by}" if change.on else ""


def _new_pledge(change: Change, ledger: Ledger) -> str:
    pledge = change.now.pledge
    made = f"made {period(pledge.made)}" if pledge.made else ""
    return ", ".join(part for part in (made, obligation(pledge, ledger)) if part)


def _claim_or_ask(change: Change, ledger: Ledger) -> str:
    if change.claim:
        return claim_sentence(change.claim, ledger)
    if not change.ask:
        return ""
    if change.what is ChangeKind.SETTLED:
        return f"{excerpt(change.ask.what)}: settled{_on(change)}"
    return excerpt(ask_text(change.ask, ledger))


KINDS: Final[Mapping[ChangeKind, ChangeWords]] = {
    ChangeKind.COMPLETED: ChangeWords("Completed", "completed", "completed", _status),
    ChangeKind.HELD: ChangeWords("Held", "period held", "periods held", _status),
    ChangeKind.OVERDUE: ChangeWords("Became overdue", "became overdue", "became overdue", _overdue),
    ChangeKind.MOVED: ChangeWords(
        "Deadlines moved", "deadline moved", "deadlines moved", _deadline
    ),
    ChangeKind.DATED: ChangeWords("Deadlines set", "deadline set", "deadlines set", _deadline),
    ChangeKind.STARTED: ChangeWords("Started", "started", "started", _status),
    ChangeKind.NOT_STARTED: ChangeWords("Not started", "not started", "not started", _status),
    ChangeKind.RESUMED: ChangeWords("Taken up again", "taken up again", "taken up again", _status),
    ChangeKind.SUSPENDED: ChangeWords("Suspended", "suspended", "suspended", _status),
    ChangeKind.WITHDRAWN: ChangeWords("Withdrawn", "withdrawn", "withdrawn", _status),
    ChangeKind.SUPERSEDED: ChangeWords("Superseded", "superseded", "superseded", _status),
    ChangeKind.READING: ChangeWords("New readings", "new reading", "new readings", _reading),
    ChangeKind.WORSE: ChangeWords("Pace fell", "pace fell", "paces fell", _pace),
    ChangeKind.BETTER: ChangeWords("Pace rose", "pace rose", "paces rose", _pace),
    ChangeKind.NOTED: ChangeWords("Other news", "other report", "other reports", _news),
    ChangeKind.PLEDGED: ChangeWords("New pledges", "new pledge", "new pledges", _new_pledge),
    ChangeKind.CLAIMED: ChangeWords(
        "Other versions published", "other version", "other versions", _claim_or_ask
    ),
    ChangeKind.ASKED: ChangeWords(
        "New decisions asked for", "decision asked for", "decisions asked for", _claim_or_ask
    ),
    ChangeKind.SETTLED: ChangeWords(
        "Decisions settled", "decision settled", "decisions settled", _claim_or_ask
    ),
}
