"""The entries of another ledger's registers that its pledges use."""

from collections.abc import Iterator

from msgspec.structs import replace

from pledges.domain.citations import cited
from pledges.domain.edits import RegisterEntry
from pledges.domain.pledge import Ledger, Pledge, Source


def used_entries(other: Ledger) -> list[RegisterEntry]:
    """What the pledges of a ledger use of its registers, in its order."""
    pillars = {each.pillar for each in other.pledges}
    parties = {name for each in other.pledges for name in _named(each)}
    sources = {source for each in other.pledges for source in cited(each)}
    return [
        *(RegisterEntry("parties", key, x) for key, x in other.parties.items() if key in parties),
        *(RegisterEntry("pillars", key, x) for key, x in other.pillars.items() if key in pillars),
        *(RegisterEntry("sources", key, x) for key, x in other.sources.items() if key in sources),
    ]


def missing(used: list[RegisterEntry], ledger: Ledger) -> list[RegisterEntry]:
    """Those of the entries that a ledger does not have."""
    return [each for each in used if each.key not in getattr(ledger, each.register)]


def otherwise(used: list[RegisterEntry], ledger: Ledger) -> list[RegisterEntry]:
    """Those of the entries that a ledger has with another text."""
    known = (each for each in used if each.key in getattr(ledger, each.register))
    return [each for each in known if getattr(ledger, each.register)[each.key] != each.entry]


def registered(ledger: Ledger, entries: list[RegisterEntry]) -> Ledger:
    """The ledger with entries added to its registers."""
    parties, pillars, sources = dict(ledger.parties), dict(ledger.pillars), dict(ledger.sources)
    for each in entries:
        if isinstance(each.entry, Source):
            sources[each.key] = each.entry
        else:
            (parties if each.register == "parties" else pillars)[each.key] = each.entry
    return replace(ledger, parties=parties, pillars=pillars, sources=sources)


def _named(pledge: Pledge) -> Iterator[str]:
    """Whatever in a pledge may be the key of a party."""
    yield from pledge.owed_by
    yield from (name for name in (pledge.waiting_on, *(x.of for x in pledge.asks)) if name)
    yield from (each.by for each in pledge.updates if each.by)
