"""What plans, and groups of their pledges, are called."""

from typing import Final

from pledges.domain.pledge import Ledger, Plan
from pledges.domain.sorting import GroupBy
from pledges.view.wording.values import count, enumeration, label, quote, readable

FEW_PLANS: Final = 5  # so many plans are named in a title, more are counted


def group_title(by: GroupBy, key: str, ledger: Ledger) -> str:
    """The name of a group of pledges."""
    if by is GroupBy.PLAN:
        return plan_title(ledger, key)
    if by is GroupBy.PILLAR:
        return quote(ledger.pillars[key])
    if not key:
        nobody = {GroupBy.PARTY: "No party named", GroupBy.LEAD: "No lead named"}
        return nobody.get(by, f"No {by} given")
    if by is GroupBy.PARTY:
        return enumeration([ledger.parties[party] for party in key.split(";")])
    return key if by is GroupBy.LEAD else label(readable(key))


def plan_title(ledger: Ledger, key: str) -> str:
    """The title of one of the plans of a ledger, after the name that its ids begin with."""
    title = quote(ledger.plans[key].title)
    return f"{key}: {title}" if key else title


def short_title(ledger: Ledger) -> str:
    """What the plan is called if there is little room; of several, how many there are."""
    return count(len(ledger.plans), "plan") if ledger.is_joint else short_plan_title(ledger.plan)


def short_plan_title(plan: Plan) -> str:
    """What one plan is called if there is little room."""
    return quote(plan.short or plan.title)


def full_title(ledger: Ledger) -> str:
    """The title of the plan; of several the names of a few, or how many there are."""
    if not ledger.is_joint:
        return ledger.plan.title
    titles = [plan.short or plan.title for plan in ledger.plans.values()]
    names = f": {enumeration(titles)}" if len(titles) <= FEW_PLANS else ""
    return f"{count(len(ledger.plans), 'plan')}{names}"
