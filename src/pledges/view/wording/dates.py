"""Deadlines and the other days that matter to a pledge in words; which days are yet to come."""

import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from typing import Final

from pledges.clean import JOINT
from pledges.domain.assessment import AssessedPledge
from pledges.domain.deadlines import current_deadline, is_contest, missed_periods
from pledges.domain.known import LaterEntry, LaterKind
from pledges.domain.marks import Lifetime, Mark, MarkKind
from pledges.domain.pledge import Claim, Kind, Ledger, Pledge
from pledges.domain.snapshot import Snapshot
from pledges.view.wording import values as words
from pledges.view.wording.standings import distance, time_left
from pledges.view.wording.titles import source_of

MOST_NAMED: Final = 3
"""The most periods of one kind that are listed in a sentence; more are counted."""

MOST_MISSED: Final = 12
"""The most periods that were missed which are named, the latest of them."""

PERIOD_WORDS: Final[Mapping[MarkKind, str]] = {
    MarkKind.DONE: "completed, first seen",
    MarkKind.DONE_ON_TIME: "completed",
    MarkKind.DONE_LATE: "completed late",
    MarkKind.DUE: "open",
    MarkKind.OVERDUE: "overdue",
    MarkKind.DROPPED: "dropped",
}


def deadline_text(each: AssessedPledge) -> str:
    """The deadline in its source's words, or else by its period; empty if there is none."""
    if each.assessment.period or each.pledge.moves:
        return words.period(each.assessment.period or current_deadline(each.pledge))
    return first_deadline_text(each.pledge)


def first_deadline_text(pledge: Pledge) -> str:
    """The deadline that it was made with, in its source's words; empty if it had none."""
    return words.quote(pledge.due_text or "") or words.period(pledge.due)


def quoted_first_deadline(pledge: Pledge) -> str:
    """The deadline that it was made with, in quotes if these are the words of its source."""
    return words.quotation(pledge.due_text) if pledge.due_text else first_deadline_text(pledge)


def deadline_or_contested(each: AssessedPledge) -> str:
    """The deadline, with a mark if a source gives other terms: "2026 (contested)"."""
    text = deadline_text(each)
    if not each.assessment.has_open_contest:
        return text
    return f"{text} (contested)" if text else "contested"


def with_day(text: str, due: dt.date) -> str:
    """A deadline with its last day, unless it is a day itself: "2026 (31 Dec 2026)"."""
    return text if text == words.day(due) else f"{text} ({words.day(due)})"


def slip(slip_days: int) -> str:
    """How far a deadline was moved: "brought forward by 3 years"."""
    if slip_days < 0:
        return f"brought forward by {words.span(-slip_days)}"
    return f"delayed by {words.span(slip_days)}" if slip_days else "not moved"


def slip_note(each: AssessedPledge) -> str:
    """A moved deadline: "ECO-02 was delayed by 31 days, from Nov 2026 to Dec 2026."."""
    moved = f"{each.pledge.id} was {slip(each.assessment.slip_days or 0)}"
    first = first_deadline_text(each.pledge)
    return words.sentence(f"{moved}, from {first} to {deadline_text(each)}")


def moved_from(each: AssessedPledge) -> str:
    """The first deadline of one that was moved: `, moved from "before 2030"`; else empty."""
    if each.assessment.period or not each.assessment.slip_days:
        return ""
    return f", moved from {quoted_first_deadline(each.pledge)}"


def deadline_history(each: AssessedPledge) -> str:
    """Its deadline, and how it was moved: "2026 (31 Dec 2026); first due before 2030, ..."."""
    due, pledge = each.assessment.due, each.pledge
    if not due:
        return deadline_text(each) or "none"
    now = with_day(deadline_text(each), due)
    if not pledge.moves or not pledge.due:
        return now
    first = with_day(first_deadline_text(pledge), pledge.due.last)
    return f"{now}; first due {first}, {slip(each.assessment.slip_days or 0)}"


def claimed_terms(claim: Claim, due: str = "", target: str = "a target of ") -> list[str]:
    """What a claim says, with what comes before each term: "2030", "a target of 40"."""
    terms = [f"{due}{words.period(claim.due)}"] if claim.due else []
    return terms if claim.target is None else [*terms, f"{target}{words.number(claim.target)}"]


def claim_text(
    claim: Claim, ledger: Ledger, name_of: Callable[[str, Ledger], str] = source_of
) -> str:
    """What a source says: "SGGP of 14 Jan 2026 says 2030"."""
    who = words.enumeration([name_of(each, ledger) for each in claim.source])
    verb = "says" if len(claim.source) == 1 else "say"
    return f"{who} {verb} {words.enumeration(claimed_terms(claim))}"


def missed_periods_text(each: AssessedPledge, as_of: dt.date) -> str:
    """Which periods passed without being completed: "2 periods missed: 2023, 2024"."""
    if not each.assessment.missed:
        return ""
    missed = [words.period(x) for x in missed_periods(each.pledge, as_of)]
    named = missed[-MOST_MISSED:]
    dots = "... " if len(named) < len(missed) else ""
    return f"{words.count(len(missed), 'period')} missed: {dots}{', '.join(named)}"


def missed_text(each: AssessedPledge) -> str:
    """How many periods passed without being completed, if more than the one that is assessed."""
    missed = each.assessment.missed
    return f"{words.count(missed, 'period')} missed so far" if missed > 1 else ""


def claim_sentence(claim: Claim, ledger: Ledger) -> str:
    """What a source says, and when it was settled that it is not so, or is, if it was."""
    text = claim_text(claim, ledger)
    return f"{text} (settled on {words.day(claim.settled)})" if claim.settled else text


def contest(each: AssessedPledge, ledger: Ledger) -> str:
    """Its own terms, and what sources claim: "due 2026; SGGP of Jan 2026 says 2030"."""
    own = deadline_text(each)
    target = each.pledge.measure.target if each.pledge.measure else None
    terms = [f"due {own}" if own else "no deadline"]
    if target is not None and any(c.target is not None for c in each.pledge.claims):
        terms.append(f"target {words.number(target)}")
    claims = [claim_sentence(c, ledger) for c in each.pledge.claims if is_contest(each.pledge, c)]
    return "; ".join([", ".join(terms), *claims])


def contest_note(each: AssessedPledge, ledger: Ledger) -> str:
    """That it is contested: "ECO-02 is contested: due 2026; SGGP of 14 Jan 2026 says 2030."."""
    return words.sentence(f"{each.pledge.id} is contested: {contest(each, ledger)}")


def lifetime_text(life: Lifetime, of: Snapshot) -> str:
    """A pledge's dates: "due 2026 (31 Dec 2026), 39 days left, first due 2030; ..."."""
    each, pledge = life.each, life.each.pledge
    first = _deadline(each, of)
    if pledge.kind is Kind.RECURRING:
        head = f"every {pledge.every} from {words.period(pledge.since)}"
        first = ": ".join(filter(None, [head, "; ".join(_period_texts(life, of))]))
    ends = [mark for mark in life.marks if mark.kind.is_end and not mark.period]
    claims = [mark for mark in life.marks if mark.kind is MarkKind.CLAIMED]
    return "; ".join([first, *(mark_text(mark, each, of) for mark in [*ends, *claims])])


def _deadline(each: AssessedPledge, of: Snapshot) -> str:
    """Its deadline, with its day, how far off it is, and the first one if it was moved."""
    due, pledge, text = each.assessment.due, each.pledge, deadline_text(each)
    parts = [f"due {with_day(text, due) if due else text}"]
    if due and each.assessment.standing.is_open:
        is_past = each.assessment.days_late and not each.assessment.agreed
        parts.append(time_left(each.assessment) if is_past else distance((due - of.as_of).days))
    if pledge.moves and pledge.due:
        parts.append(f"first due {first_deadline_text(pledge)}")
    return ", ".join(parts)


def _period_texts(life: Lifetime, of: Snapshot) -> Iterator[str]:
    """The periods of a recurring pledge, kind by kind: "2025 completed on 28 Oct 2025"."""
    kinds: dict[str, list[Mark]] = {}
    of_periods = [(mark.period.first, mark) for mark in life.marks if mark.period]
    for _, mark in sorted(of_periods, key=lambda pair: pair[0]):
        kinds.setdefault(PERIOD_WORDS[mark.kind], []).append(mark)
    for word, alike in kinds.items():
        if len(alike) <= MOST_NAMED:
            yield from (mark_text(mark, life.each, of) for mark in alike)
        else:
            yield f"{len(alike):,}{JOINT}{word}, the last {mark_text(alike[-1], life.each, of)}"


def mark_text(mark: Mark, each: AssessedPledge, of: Snapshot) -> str:
    """What a mark says."""
    on = words.day(mark.date)
    if mark.claim:
        return claim_sentence(mark.claim, of.ledger)
    if mark.period:
        open_words = {MarkKind.DUE: f"open until {on}", MarkKind.OVERDUE: "not completed"}
        what = open_words.get(mark.kind, f"{PERIOD_WORDS[mark.kind]} on {on}")
        away = f", {distance((mark.date - of.as_of).days)}" if mark.kind in open_words else ""
        return f"{words.period(mark.period)} {what}{away}"
    if mark.kind is MarkKind.FIRST_DUE:
        return f"first due {first_deadline_text(each.pledge)}"
    if mark.kind in (MarkKind.DUE, MarkKind.OVERDUE):
        return _deadline(each, of)
    if mark.kind is MarkKind.MADE:
        return f"made {words.period(each.pledge.made)}"
    ends = {MarkKind.DROPPED: each.assessment.status or "", MarkKind.DONE: "done, first seen"}
    return f"{words.readable(ends.get(mark.kind, mark.kind))} on {on}"


LATER_ENTRIES: Final[Mapping[LaterKind, tuple[str, str]]] = {
    LaterKind.SOURCE: ("the source {}", "entries that cite it are left out until then"),
    LaterKind.PLEDGE: ("the pledge {}", "it is left out until then"),
    LaterKind.UPDATE: ("the update of {}", "it is left out until then"),
    LaterKind.ASK: ("the decision asked for {}", "it is left out until then"),
    LaterKind.CLAIM_SETTLED: ("the settlement of a claim of {}", "the claim is open until then"),
    LaterKind.ASK_SETTLED: ("the settlement of a decision for {}", "it is open until then"),
}
"""What entries that are dated after today are called, and what comes of that."""


def later_entry_text(entry: LaterEntry) -> str:
    """That an entry is dated after today, and what comes of that."""
    name, what_follows = LATER_ENTRIES[entry.kind]
    on = words.period(entry.dated)
    return f"{name.format(entry.key)} is dated {on}, after today; {what_follows}"


def more_later_entries(how_many: int) -> str:
    """That so many more are dated after today than were named."""
    more = words.count(how_many, "more entry", "more entries")
    return f"{more} {words.be(how_many)} dated after today"


def clock_text(today: dt.date) -> str:
    """That the computer's clock may be wrong, because nothing had been promised by today."""
    clock = f"{words.day(today)}, which this computer takes for today: check its clock"
    return f"No pledge was made before {clock}."
