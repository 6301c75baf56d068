"""What sources, plans and groups of pledges are called, and what the terms of a pledge are."""

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import groupby
from operator import itemgetter
from typing import Final

from msgspec.structs import replace

from pledges.domain.day import Period
from pledges.domain.fields import Term, TextKind
from pledges.domain.pledge import Ledger, Plan, is_url
from pledges.domain.sorting import GroupBy
from pledges.view.page import PART_GAP, Cell, Run, Section
from pledges.view.wording import values as words

FEW_PLANS: Final = 5  # so many plans are named in a title, more are counted


def group_title(by: GroupBy, key: str, ledger: Ledger) -> str:
    """The name of a group of pledges."""
    if by is GroupBy.PLAN:
        return plan_title(ledger, key)
    if by is GroupBy.PILLAR:
        return words.quote(ledger.pillars[key])
    if not key:
        nobody = {GroupBy.PARTY: "No party named", GroupBy.LEAD: "No lead named"}
        return nobody.get(by, f"No {by} given")
    if by is GroupBy.PARTY:
        return words.enumeration([ledger.parties[party] for party in key.split(";")])
    return key if by is GroupBy.LEAD else words.label(words.readable(key))


def plan_title(ledger: Ledger, key: str) -> str:
    """The title of one of the plans of a ledger, after the name that its ids begin with."""
    title = words.quote(ledger.plans[key].title)
    return f"{key}: {title}" if key else title


def under_plans(
    sections: Iterable[tuple[str, Section]],
    ledger: Ledger,
    summary_of: Callable[[str], str] = lambda _: "",
) -> Iterator[Section]:
    """Sections under a heading for each plan that they are of, by its key.

    Those of no plan in particular, and those of a single ledger, stay as they are.
    """
    for key, found in groupby(sections, key=itemgetter(0)):
        if key:
            yield Section(plan_title(ledger, key), summary_of(key))
        yield from (replace(each, level=3) if key else each for _, each in found)


def short_title(ledger: Ledger) -> str:
    """What the plan is called if there is little room; of several, how many there are."""
    return (
        words.count(len(ledger.plans), "plan") if ledger.is_joint else short_plan_title(ledger.plan)
    )


def short_plan_title(plan: Plan) -> str:
    """What one plan is called if there is little room."""
    return words.quote(plan.short or plan.title)


def full_title(ledger: Ledger) -> str:
    """The title of the plan; of several the names of a few, or how many there are."""
    if not ledger.is_joint:
        return ledger.plan.title
    titles = [plan.short or plan.title for plan in ledger.plans.values()]
    names = f": {words.enumeration(titles)}" if len(titles) <= FEW_PLANS else ""
    return f"{words.count(len(ledger.plans), 'plan')}{names}"


def publisher(key: str, ledger: Ledger) -> str:
    """Who published a source; its title if that is not known, or the citation itself."""
    source = ledger.sources.get(key)
    return words.quote((source.publisher or source.title) if source else key)


def citation(key: str, ledger: Ledger) -> str:
    """A source by its publisher and date: "SGGP, 14 Jan 2026"."""
    published = words.period(ledger.source_date(key))
    return ", ".join(filter(None, [publisher(key, ledger), published]))


def source_of(key: str, ledger: Ledger) -> str:
    """A source in a sentence: "SGGP of 14 Jan 2026"."""
    published = words.period(ledger.source_date(key))
    return " of ".join(filter(None, [publisher(key, ledger), published]))


def citations_cell(keys: Sequence[str], ledger: Ledger) -> Cell:
    """Some sources with their links: "SGGP, 14 Jan 2026; VOV, Feb 2026"."""
    parts = []
    for key in keys:
        source = ledger.sources.get(key)
        url = source.url if source else key if is_url(key) else None
        parts.append(Run(citation(key, ledger), link=url))
    links = parts if any(part.link for part in parts) else ()
    return Cell(PART_GAP.join(part.text for part in parts), links=links)


def citations_text(keys: Sequence[str], ledger: Ledger) -> str:
    """Some sources: "SGGP, 14 Jan 2026; VOV, Feb 2026"."""
    return PART_GAP.join(citation(key, ledger) for key in keys)


def term_lines(term: Term, value: object, ledger: Ledger) -> list[str]:
    """A term that has no phrase of its own, in a line or, if it is prose, in several."""
    if isinstance(value, tuple):
        parts = [part for each in value for part in term_lines(term, each, ledger)]
        return ["; ".join(parts) if term.text_kind is TextKind.SOURCE else ", ".join(parts)]
    if isinstance(value, str) and term.text_kind is TextKind.PROSE:
        return [*words.paragraphs(value)]
    if isinstance(value, str):
        return [words.quote(_term_name(term, str(value), ledger))]
    if isinstance(value, Period | dt.date):
        return [words.period(value) if isinstance(value, Period) else words.day(value)]
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    if not (value or is_number):
        return []
    return [words.number(value) if isinstance(value, int | float) else str(value)]


def _term_name(term: Term, key: str, ledger: Ledger) -> str:
    match term.text_kind:
        case TextKind.PILLAR:
            return ledger.pillars[key]
        case TextKind.PARTY | TextKind.PARTY_OR_TEXT:
            return ledger.party(key)
        case TextKind.SOURCE:
            return citation(key, ledger)
        case TextKind.PLEDGE:
            return f"{key} ({ledger.titles[key]})" if key in ledger.titles else key
        case _:
            return key
