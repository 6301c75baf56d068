"""What needs attention, each with whose move it is and since when; and what is asked of whom."""

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Final

from pledges.domain.asks import OpenAsk, open_asks
from pledges.domain.assessment import Assessed, Assessment, Standing
from pledges.domain.counts import status_word
from pledges.domain.pace import behind_since
from pledges.domain.pledge import UNREPORTED, Ledger
from pledges.domain.sorting import sorted_pledges
from pledges.view.page import Bullets, Line, Paragraph, Run, Section, line
from pledges.view.report.entries import (
    Matter,
    bullets,
    clipped,
    ended,
    item,
    moved_from,
    name,
    whose_move,
)
from pledges.view.report.first_screen import fitting
from pledges.view.wording import phrases as wording
from pledges.view.wording import sentences
from pledges.view.wording.values import day, days, period, spoken

Told = tuple[Assessed, str]
"""A pledge, and what there is to say of it but whose move it is."""

MANY: Final = 3
"""Pledges that are owed by the same parties, from which on that is said once."""


def overdue(matter: Matter, above: Sequence[Section]) -> Section | None:
    """The longest overdue, as many as a mail's first screen holds below ``above``."""
    late = _lines(_overdue(matter), matter.ledger)
    title = f"Overdue ({len(late):,})"
    return Section(title, blocks=[fitting(title, late, above)]) if late else None


def attention(matter: Matter, late: Section | None) -> Iterator[Section]:
    """What else is overdue than ``late`` tells, behind, contested, up for review or stale.

    Then the decisions asked for.  Whose move it is stands on top where that is mostly the same.
    """
    groups = [("Also overdue", _overdue(matter)[_told(late) :]), *_groups(matter)]
    usual = _usual([each for _, told in groups for each, _ in told], matter.ledger)
    lists = [(title, _lines(told, matter.ledger, usual)) for title, told in groups]
    lists.append(("Decisions asked for", _asks(matter)))
    if not any(found for _, found in lists):
        return
    on_top = f"{usual[:1].upper()}{clipped(usual[1:])}, unless others are named."
    yield Section("Needs attention", blocks=[Paragraph(line(on_top))] if usual else [])
    for title, found in lists:
        if found:
            yield Section(f"{title} ({len(found):,})", blocks=[bullets(found)], level=3)


def _told(part: Section | None) -> int:
    """How many items a part shows."""
    blocks = part.blocks if part else ()
    return sum(len(block.items) for block in blocks if isinstance(block, Bullets))


def _overdue(matter: Matter) -> list[Told]:
    late = [each for each in matter.chosen if each.assessment.standing is Standing.OVERDUE]
    return [(each, _late(each)) for each in sorted_pledges(late, [("due", False)])]


def _lines(told: Sequence[Told], ledger: Ledger, usual: str = "") -> list[Line]:
    """Each pledge with what is told of it, and whose move it is where that is not the usual."""
    return [item(each, ended(f"{text}{_move(each, ledger, usual)}"), ledger) for each, text in told]


def _groups(matter: Matter) -> Iterator[tuple[str, Sequence[Told]]]:
    chosen, ledger = matter.chosen, matter.ledger
    behind = (x for x in chosen if x.assessment.pace and x.assessment.pace.is_behind)
    contested = (each for each in chosen if each.assessment.has_open_contest)
    review = (each for each in chosen if each.assessment.standing is Standing.REVIEW_DUE)
    stale = [each for each in chosen if each.assessment.stale]
    yield "Behind", [(each, _behind(each)) for each in behind]
    yield (
        "Contested",
        [(each, wording.contest(each, ledger, moved_from(each))) for each in contested],
    )
    yield "Review due", [(each, _silent(each)) for each in review]
    longest_first = sorted_pledges(stale, [("updated", False)])
    yield "Stale", [(each, _silent(each)) for each in longest_first]


def _usual(pledges: Sequence[Assessed], ledger: Ledger) -> str:
    """Who owes most of what is listed: "owed by Viet Nam and Singapore"; nothing for a few."""
    named = {each.pledge.id: each for each in pledges if each.pledge.owed_by}
    found = Counter(whose_move(each, ledger) for each in named.values())
    [(move, number)] = found.most_common(1) or [("", 0)]
    return move if number >= MANY and move.startswith("owed") else ""


def _move(each: Assessed, ledger: Ledger, usual: str) -> str:
    move = whose_move(each, ledger)
    return "" if move == usual else f"; {move}"


def _late(each: Assessed) -> str:
    due = each.assessment.due
    since = f", since {day(due)}" if due else ""
    told = wording.worded_deadline(each) if each.pledge.due_text else ""
    worded = f"due {told}" if told and not each.pledge.moves else ""
    old = moved_from(each).removeprefix(", ")
    beside = f" ({worded or old})" if worded or old else ""
    return f"{days(each.assessment.days_late or 0)} late{since}{beside}; {wording.reported(each)}"


def _behind(each: Assessed) -> str:
    assessment, measure = each.assessment, each.pledge.measure
    needed = ""
    if assessment.rate_needed and measure:
        needed = f"; needed: {wording.rate(assessment.rate_needed, measure.unit)}"
    return f"{sentences.pace_sentence(assessment)}{needed}{_since(assessment)}"


def _since(assessment: Assessment) -> str:
    """Since when it is behind, by its last reading."""
    read, due, done = assessment.value_on, assessment.due, assessment.progress
    if not read or not due or done is None or assessment.days_in_all is None:
        return ""
    since = behind_since(done, assessment.days_in_all, due)
    told = f"; last reading on {day(read)}"
    return f"{told}, already behind then" if since <= read else f"{told}; behind since {day(since)}"


def _silent(each: Assessed) -> str:
    age = each.assessment.age_days
    news = (
        f"no news since {wording.last_news(each)}" if each.pledge.updates else "never reported on"
    )
    old = f", {days(age)} ago" if age is not None else ""
    return f"{news}{old}; {_status(each)}"


def _status(each: Assessed) -> str:
    """What was reported of it; where there was news without a status, that it had none."""
    status = status_word(each)
    if status != UNREPORTED or not each.pledge.updates:
        return spoken(status)
    now = each.assessment.period
    return f"nothing yet of {period(now)}" if now else "no status reported"


def _asks(matter: Matter) -> list[Line]:
    pledges = {each.pledge.id: each for each in matter.chosen}
    asks = open_asks(matter.chosen, matter.now.as_of)
    return [_asked(pledges[ask.id], ask, matter.ledger) for ask in asks]


def _asked(each: Assessed, ask: OpenAsk, ledger: Ledger) -> Line:
    """What is to be decided, of whom that was asked and when, by when, and how late that is."""
    of = f" of {ledger.party(ask.of)}" if ask.of else ""
    by = f", to be settled by {day(ask.by)}" if ask.by else ""
    late = f", {days(ask.days_late)} late" if ask.days_late else ""
    text = f": {clipped(ask.what).rstrip('.')}; asked{of} on {day(ask.date)}{by}{late}."
    return (name(each, ledger), Run(text))
