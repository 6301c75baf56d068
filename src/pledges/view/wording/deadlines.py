"""The dates of a pledge in words: what is due when, how far off it is, and what became of it."""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from pledges.domain.assessment import Assessed
from pledges.domain.day import Period
from pledges.domain.marks import Lifetime, Mark, MarkKind
from pledges.domain.pledge import Kind
from pledges.domain.snapshot import Snapshot
from pledges.view.wording import phrases as wording
from pledges.view.wording import values as words

MOST_NAMED: Final = 3
"""How many periods of one kind are told one by one in a sentence; more are counted."""
PERIOD_WORDS: Final[Mapping[MarkKind, str]] = {
    MarkKind.DONE_ON_TIME: "held",
    MarkKind.DONE_LATE: "held late",
    MarkKind.DUE: "open",
    MarkKind.OVERDUE: "overdue",
    MarkKind.DROPPED: "dropped",
}


def dates(life: Lifetime, of: Snapshot) -> str:
    """A pledge's dates in words: "due 2026 (31 Dec 2026), 39 days left, at first 2030; ..."."""
    claims = [mark for mark in life.marks if mark.kind is MarkKind.CLAIMED]
    own = [mark for mark in life.marks if mark.period or mark.kind.is_end]
    if life.each.pledge.kind is Kind.RECURRING:
        parts = [_recurring(life, of), *(told(m, life.each, of) for m in own if not m.period)]
    else:
        parts = [_due(life.each, of), *(told(mark, life.each, of) for mark in own)]
    return "; ".join([*parts, *(told(mark, life.each, of) for mark in claims)])


def _due(each: Assessed, of: Snapshot) -> str:
    """Its deadline, with its day, how far off it is, and the first one where it was moved."""
    due, pledge = each.assessment.due, each.pledge
    worded = wording.worded_deadline(each)
    day = words.day(due) if due else ""
    parts = [f"due {worded}" if worded == day else f"due {worded} ({day})"]
    if due and each.assessment.standing.is_open:
        parts.append(_far_off(due, of.as_of))
    if pledge.moves and pledge.due:
        parts.append(f"at first {wording.first_deadline(pledge)}")
    return ", ".join(parts)


def _far_off(day: dt.date, as_of: dt.date) -> str:
    """How a day that something is due on lies to today: "39 days left", "145 days late"."""
    away = (day - as_of).days
    if not away:
        return "today"
    return f"{words.days(away)} left" if away > 0 else f"{words.days(-away)} late"


def _recurring(life: Lifetime, of: Snapshot) -> str:
    """What is known of its periods: "every year from 2025: 2025 held on 28 Oct 2025; ..."."""
    pledge = life.each.pledge
    since = words.period(pledge.since) if pledge.since else ""
    kinds: dict[str, list[Mark]] = {}
    for mark in sorted((m for m in life.marks if m.period), key=_period_begins):
        kinds.setdefault(PERIOD_WORDS[mark.kind], []).append(mark)
    parts = [part for word, alike in kinds.items() for part in _periods(word, alike, life.each, of)]
    return ": ".join(filter(None, [f"every {pledge.every} from {since}", "; ".join(parts)]))


def _period_begins(mark: Mark) -> dt.date:
    return mark.period.first if mark.period else mark.date


def _periods(word: str, alike: Sequence[Mark], each: Assessed, of: Snapshot) -> Iterator[str]:
    if len(alike) <= MOST_NAMED:
        yield from (told(mark, each, of) for mark in alike)
        return
    yield f"{len(alike):,} {word}, the last {told(alike[-1], each, of)}"


def told(mark: Mark, each: Assessed, of: Snapshot) -> str:
    """A mark in words."""
    day = words.day(mark.date)
    if mark.claim:
        return wording.claim(mark.claim, of.ledger)
    if mark.period:
        return _told_of_period(mark, mark.period, of.as_of)
    if mark.kind is MarkKind.MADE:
        return f"made {words.period(each.pledge.made) if each.pledge.made else day}"
    if mark.kind is MarkKind.FIRST_DUE:
        return f"due {wording.first_deadline(each.pledge)} at first"
    if mark.kind in (MarkKind.DUE, MarkKind.OVERDUE):
        return _due(each, of)
    status = words.spoken(each.assessment.status or "")
    word = status if mark.kind is MarkKind.DROPPED else words.spoken(mark.kind)
    return f"{word} on {day}"


def _told_of_period(mark: Mark, period: Period, as_of: dt.date) -> str:
    name, day = words.period(period), words.day(mark.date)
    if mark.kind is MarkKind.OVERDUE:
        return f"{name} not held, {_far_off(mark.date, as_of)}"
    if mark.kind is MarkKind.DUE:
        return f"{name} open until {day}, {_far_off(mark.date, as_of)}"
    return f"{name} {PERIOD_WORDS[mark.kind]} on {day}"
