"""The days that matter to a pledge in words: its deadline, its periods, what became of them."""

from collections.abc import Iterator, Mapping
from typing import Final

from pledges.domain.assessment import Assessed
from pledges.domain.marks import Lifetime, Mark, MarkKind
from pledges.domain.pledge import Kind
from pledges.domain.snapshot import Snapshot
from pledges.view.wording.timing import (
    claim_sentence,
    deadline_text,
    distance,
    first_deadline_text,
    with_day,
)
from pledges.view.wording.values import day, period, readable

MOST_NAMED: Final = 3
"""The most periods of one kind that are listed in a sentence; more are counted."""
PERIOD_WORDS: Final[Mapping[MarkKind, str]] = {
    MarkKind.DONE_ON_TIME: "held",
    MarkKind.DONE_LATE: "held late",
    MarkKind.DUE: "open",
    MarkKind.OVERDUE: "overdue",
    MarkKind.DROPPED: "dropped",
}


def lifetime_text(life: Lifetime, of: Snapshot) -> str:
    """A pledge's dates: "due 2026 (31 Dec 2026), 39 days left, at first 2030; ..."."""
    each, pledge = life.each, life.each.pledge
    first = _deadline(each, of)
    if pledge.kind is Kind.RECURRING:
        head = f"every {pledge.every} from {period(pledge.since) if pledge.since else ''}"
        first = ": ".join(filter(None, [head, "; ".join(_period_texts(life, of))]))
    ends = [mark for mark in life.marks if mark.kind.is_end and not mark.period]
    claims = [mark for mark in life.marks if mark.kind is MarkKind.CLAIMED]
    return "; ".join([first, *(mark_text(mark, each, of) for mark in [*ends, *claims])])


def _deadline(each: Assessed, of: Snapshot) -> str:
    """Its deadline, with its day, how far off it is, and the first one if it was moved."""
    due, pledge, text = each.assessment.due, each.pledge, deadline_text(each)
    parts = [f"due {with_day(text, due) if due else text}"]
    if due and each.assessment.standing.is_open:
        parts.append(distance((due - of.as_of).days))
    if pledge.moves and pledge.due:
        parts.append(f"at first {first_deadline_text(pledge)}")
    return ", ".join(parts)


def _period_texts(life: Lifetime, of: Snapshot) -> Iterator[str]:
    """The periods of a recurring pledge, kind by kind: "2025 held on 28 Oct 2025"."""
    kinds: dict[str, list[Mark]] = {}
    of_periods = [(mark.period.first, mark) for mark in life.marks if mark.period]
    for _, mark in sorted(of_periods, key=lambda pair: pair[0]):
        kinds.setdefault(PERIOD_WORDS[mark.kind], []).append(mark)
    for word, alike in kinds.items():
        if len(alike) <= MOST_NAMED:
            yield from (mark_text(mark, life.each, of) for mark in alike)
        else:
            yield f"{len(alike):,} {word}, the last {mark_text(alike[-1], life.each, of)}"


def mark_text(mark: Mark, each: Assessed, of: Snapshot) -> str:
    """What a mark says."""
    if mark.claim:
        return claim_sentence(mark.claim, of.ledger)
    if mark.period:
        return _period_text(mark, period(mark.period), of)
    if mark.kind is MarkKind.FIRST_DUE:
        return f"due {first_deadline_text(each.pledge)} at first"
    if mark.kind in (MarkKind.DUE, MarkKind.OVERDUE):
        return _deadline(each, of)
    if mark.kind is MarkKind.MADE:
        return f"made {period(each.pledge.made) if each.pledge.made else day(mark.date)}"
    word = each.assessment.status or "" if mark.kind is MarkKind.DROPPED else mark.kind
    return f"{readable(word)} on {day(mark.date)}"


def _period_text(mark: Mark, name: str, of: Snapshot) -> str:
    left = distance((mark.date - of.as_of).days)
    if mark.kind is MarkKind.OVERDUE:
        return f"{name} not held, {left}"
    if mark.kind is MarkKind.DUE:
        return f"{name} open until {day(mark.date)}, {left}"
    return f"{name} {PERIOD_WORDS[mark.kind]} on {day(mark.date)}"
