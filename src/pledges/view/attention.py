"""What needs attention, each with whose move it is and since when; and what is asked of whom."""

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Final

from pledges.domain.assessment import Assessed, Standing
from pledges.domain.pace import Pace
from pledges.domain.pledge import Ask, Ledger
from pledges.domain.progress import status_word
from pledges.domain.sorting import arranged
from pledges.view import sentences, wording
from pledges.view.items import MOST_SHOWN, Matter, bullets, clipped, item, name, whose_move
from pledges.view.paper import Line, Part, Run, Sentences, words
from pledges.view.screen import fitting
from pledges.view.words import day, days, spoken

Told = tuple[Assessed, str]
"""A pledge, and what there is to say of it but whose move it is."""

MANY: Final = 3
"""Pledges that are owed by the same parties, from which on that is said once."""


def overdue(matter: Matter) -> list[Told]:
    """What is overdue, the longest first."""
    late = [each for each in matter.chosen if each.assessment.standing is Standing.OVERDUE]
    return [(each, _late(each)) for each in arranged(late, [("due", False)], matter.ledger.pillars)]


def lines(told: Sequence[Told], ledger: Ledger, usual: str = "") -> list[Line]:
    """Each pledge with what is told of it, and whose move it is where that is not the usual."""
    return [item(each, f"{text}{_move(each, ledger, usual)}.", ledger) for each, text in told]


def brief(matter: Matter, above: Sequence[Part]) -> Iterator[Part]:
    """The longest overdue, as many as fit below ``above``, and how many more there are."""
    late = lines(overdue(matter), matter.ledger)
    title = f"Overdue ({len(late):,})"
    if late:
        yield Part(title, [fitting(title, late, above)])


def attention(matter: Matter, above: Sequence[Part]) -> Iterator[Part]:
    """What is overdue, behind, contested, up for review or stale, and the decisions asked for.

    The longest overdue fit on a mail's first screen, below ``above``; the others follow.  Whose
    move it is stands on top where that is mostly the same.
    """
    groups = [("Overdue", overdue(matter)), *_groups(matter)]
    usual = _usual([each for _, told in groups for each, _ in told], matter.ledger)
    (_, late), *lists = ((title, lines(told, matter.ledger, usual)) for title, told in groups)
    lists.append(("Decisions asked for", _asks(matter)))
    if not late and not any(found for _, found in lists):
        return
    on_top = f"{usual[:1].upper()}{usual[1:]}, unless others are named."
    top = Part("Needs attention", [Sentences(words(on_top))] if usual else [])
    yield top
    if late:
        yield from _overdue(late, [*above, top])
    for title, found in lists:
        if found:
            yield _list(title, found)


def _overdue(late: Sequence[Line], above: Sequence[Part]) -> Iterator[Part]:
    title = f"Overdue ({len(late):,})"
    first = fitting(title, late, above)
    yield Part(title, [first], level=3)
    if first.left_out:
        yield _list("Also overdue", late[-first.left_out :])


def _list(title: str, found: Sequence[Line]) -> Part:
    return Part(f"{title} ({len(found):,})", [bullets(found, MOST_SHOWN)], level=3)


def _groups(matter: Matter) -> Iterator[tuple[str, Sequence[Told]]]:
    chosen, ledger = matter.chosen, matter.ledger
    behind = (each for each in chosen if each.assessment.pace in (Pace.BEHIND, Pace.FAR_BEHIND))
    contested = (each for each in chosen if each.assessment.contested)
    review = (each for each in chosen if each.assessment.standing is Standing.REVIEW_DUE)
    stale = [each for each in chosen if each.assessment.stale]
    yield "Behind", [(each, _behind(each)) for each in behind]
    yield "Contested", [(each, wording.contest(each, ledger)) for each in contested]
    yield "Review due", [(each, _silent(each)) for each in review]
    longest_first = arranged(stale, [("updated", False)], ledger.pillars)
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
    return f"{days(each.assessment.days_late or 0)} late{since}; {wording.reported(each)}"


def _behind(each: Assessed) -> str:
    assessment, measure = each.assessment, each.pledge.measure
    needed = ""
    if assessment.rate_needed and measure:
        needed = f"; needed: {wording.rate(assessment.rate_needed, measure.unit)}"
    read = f"; last reading on {day(assessment.value_on)}" if assessment.value_on else ""
    return f"{sentences.pace(assessment)}{needed}{read}"


def _silent(each: Assessed) -> str:
    age = each.assessment.age_days
    news = (
        f"no news since {wording.last_news(each)}" if each.pledge.updates else "never reported on"
    )
    old = f", {days(age)} ago" if age is not None else ""
    return f"{news}{old}; {spoken(status_word(each))}"


def _asks(matter: Matter) -> list[Line]:
    asks = [(each, ask) for each in matter.chosen for ask in each.pledge.asks if not ask.settled]
    asks.sort(key=lambda pair: (pair[1].by or pair[1].date, pair[1].date))
    return [_asked(each, ask, matter.ledger) for each, ask in asks]


def _asked(each: Assessed, ask: Ask, ledger: Ledger) -> Line:
    wanted = clipped(sentences.ask(ask, ledger))
    return (name(each, ledger), Run(f": {wanted}; asked on {day(ask.date)}."))
