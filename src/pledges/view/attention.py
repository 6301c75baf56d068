"""What needs attention, each with whose move it is and since when; and what is asked of whom."""

from collections.abc import Iterator, Sequence

from pledges.domain.assessment import Assessed, Standing
from pledges.domain.pace import Pace
from pledges.domain.pledge import Ask, Ledger
from pledges.domain.progress import status_word
from pledges.domain.sorting import arranged
from pledges.view import sentences, wording
from pledges.view.items import MOST_SHOWN, Matter, bullets, item, name, whose_move
from pledges.view.paper import Line, Part, Run
from pledges.view.words import day, days, spoken


def overdue(chosen: Sequence[Assessed], ledger: Ledger) -> list[Assessed]:
    """What is overdue, the longest first."""
    late = [each for each in chosen if each.assessment.standing is Standing.OVERDUE]
    return arranged(late, [("due", False)], ledger.pillars)


def overdue_part(matter: Matter, most: int) -> Part | None:
    """What is past its deadline, the longest first."""
    late = overdue(matter.chosen, matter.ledger)
    lines = [item(each, _late(each, matter.ledger), matter.ledger) for each in late]
    return _part("Overdue", lines, most)


def other_parts(matter: Matter) -> Iterator[Part]:
    """What is behind, contested, up for review or stale, and the decisions asked for."""
    chosen, ledger = matter.chosen, matter.ledger
    behind = [each for each in chosen if each.assessment.pace in (Pace.BEHIND, Pace.FAR_BEHIND)]
    contested = [each for each in chosen if each.assessment.contested]
    stale = [each for each in chosen if each.assessment.stale]
    stale = arranged(stale, [("updated", False)], ledger.pillars)
    review = [each for each in chosen if each.assessment.standing is Standing.REVIEW_DUE]
    asks = [(each, ask) for each in chosen for ask in each.pledge.asks if not ask.settled]
    asks.sort(key=lambda pair: (pair[1].by or pair[1].date, pair[1].date))
    groups = (
        ("Behind", [item(each, _behind(each, ledger), ledger) for each in behind]),
        ("Contested", [item(each, _contested(each, ledger), ledger) for each in contested]),
        ("Review due", [item(each, _stale(each, ledger), ledger) for each in review]),
        ("Stale", [item(each, _stale(each, ledger), ledger) for each in stale]),
        ("Decisions asked for", [_asked(each, ask, ledger) for each, ask in asks]),
    )
    parts = (_part(title, lines, MOST_SHOWN) for title, lines in groups)
    yield from (part for part in parts if part)


def _part(title: str, lines: Sequence[Line], most: int) -> Part | None:
    return Part(f"{title} ({len(lines):,})", [bullets(lines, most)], level=3) if lines else None


def _late(each: Assessed, ledger: Ledger) -> str:
    due = each.assessment.due
    since = f", since {day(due)}" if due else ""
    late = f"{days(each.assessment.days_late or 0)} late{since}"
    return f"{late}; {wording.reported(each)}; {whose_move(each, ledger)}."


def _behind(each: Assessed, ledger: Ledger) -> str:
    assessment, measure = each.assessment, each.pledge.measure
    needed = ""
    if assessment.rate_needed and measure:
        needed = f"; needed: {wording.rate(assessment.rate_needed, measure.unit)}"
    read = f"; last reading on {day(assessment.value_on)}" if assessment.value_on else ""
    return f"{sentences.pace(assessment)}{needed}{read}; {whose_move(each, ledger)}."


def _contested(each: Assessed, ledger: Ledger) -> str:
    return f"{wording.contest(each, ledger)}; {whose_move(each, ledger)}."


def _stale(each: Assessed, ledger: Ledger) -> str:
    age = each.assessment.age_days
    news = (
        f"no news since {wording.last_news(each)}" if each.pledge.updates else "never reported on"
    )
    old = f", {days(age)} ago" if age is not None else ""
    status = spoken(status_word(each))
    return f"{news}{old}; {status}; {whose_move(each, ledger)}."


def _asked(each: Assessed, ask: Ask, ledger: Ledger) -> Line:
    return (name(each, ledger), Run(f": {sentences.ask(ask, ledger)}; asked on {day(ask.date)}."))
