"""Names: of those who owe a pledge, of sources, of groups of pledges, of the plan."""

from collections.abc import Mapping
from typing import Final

from pledges.domain.assessment import Assessed
from pledges.domain.pledge import Ledger, Pledge, Strength
from pledges.domain.sorting import GroupBy
from pledges.view.wording.values import enumeration, label, period, readable

TENTATIVE: Final[Mapping[Strength | None, str]] = {
    Strength.REQUESTED: "requested of",
    Strength.PROPOSED: "proposed for",
}
"""What is said instead of "owed by" of pledges that are not agreed."""


def owed_by(pledge: Pledge, ledger: Ledger) -> str:
    """Who owes it, by name."""
    return enumeration([ledger.party(party) for party in pledge.owed_by])


def obligation(pledge: Pledge, ledger: Ledger, nobody: str = "") -> str:
    """Who owes it, or would if it were agreed: "owed by Viet Nam", "requested of Singapore".

    If the ledger names nobody, ``nobody`` is named; without it the text is empty.
    """
    debtors = owed_by(pledge, ledger) or nobody
    return f"{TENTATIVE.get(pledge.strength, 'owed by')} {debtors}" if debtors else ""


def whose_move(each: Assessed, ledger: Ledger) -> str:
    """Who has to act, as far as the ledger says: "waiting on Viet Nam", "owed by Singapore"."""
    if each.pledge.waiting_on:
        return f"waiting on {ledger.party(each.pledge.waiting_on)}"
    return obligation(each.pledge, ledger, nobody="nobody named")


def publisher(key: str, ledger: Ledger) -> str:
    """Who published a source; its title if that is not known, or the citation itself."""
    source = ledger.sources.get(key)
    return (source.publisher or source.title) if source else key


def citation(key: str, ledger: Ledger) -> str:
    """A source by its publisher and date: "SGGP, 14 Jan 2026"."""
    published = ledger.source_date(key)
    name = publisher(key, ledger)
    return f"{name}, {period(published)}" if published else name


def group_title(by: GroupBy, key: str, ledger: Ledger) -> str:
    """The name of a group of pledges."""
    if by is GroupBy.PILLAR:
        return ledger.pillars[key]
    if not key:
        nobody = {GroupBy.PARTY: "Owed by nobody named", GroupBy.LEAD: "No lead named"}
        return nobody.get(by, f"No {by} given")
    if by is GroupBy.PARTY:
        return enumeration([ledger.parties[party] for party in key.split(";")])
    return key if by is GroupBy.LEAD else label(readable(key))


def short_title(ledger: Ledger) -> str:
    """What the plan is called if there is little room."""
    return ledger.plan.short or ledger.plan.title
