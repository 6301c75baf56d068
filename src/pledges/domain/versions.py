"""What differs between two versions of a ledger, whatever the days are that its entries are of."""

import datetime as dt
from collections.abc import Iterator, Sequence

from msgspec import Struct
from msgspec.structs import asdict

from pledges.domain.assessment import AssessedPledge
from pledges.domain.changes import Comparison
from pledges.domain.partners import partners
from pledges.domain.pledge import Ledger, Plan, Pledge
from pledges.domain.snapshot import assess_alone


class EntryChange(Struct, frozen=True):
    """An entry of the plan or of a register that differs: ``key`` is as in ``parties.VN``.

    The values are null where there is none.
    """

    key: str
    old: object
    new: object


class VersionChange(Struct, frozen=True):
    """Two versions of a ledger: the pledges of both that differ, those added and those gone."""

    changed: Sequence[Comparison]
    added: Sequence[Comparison]
    removed: Sequence[Pledge]
    entries: Sequence[EntryChange]

    def __bool__(self) -> bool:
        return any((self.changed, self.added, self.removed, self.entries))


def version_change(old: Ledger, new: Ledger, as_of: dt.date) -> VersionChange:
    """What makes the new version of the old one; both are assessed on the same day.

    A pledge goes by its id; one that has another id now, by its title.
    """
    found = partners(old.pledges, new.pledges, [lambda x: x.id, lambda x: x.title])
    gone = set(range(len(old.pledges))) - set(found.values())
    changed, added = [], []
    for at, pledge in enumerate(new.pledges):
        if at not in found:
            added.append(Comparison(None, _assessed(pledge, new, as_of)))
        elif (was := old.pledges[found[at]]) != pledge:
            pair = _assessed(was, old, as_of), _assessed(pledge, new, as_of)
            changed.append(Comparison(*pair))
    removed = [old.pledges[at] for at in sorted(gone)]
    return VersionChange(changed, added, removed, [*_entry_changes(old, new)])


def _entry_changes(old: Ledger, new: Ledger) -> Iterator[EntryChange]:
    """Yield what differs in the plan, then in each register."""
    for name in ("plan", "parties", "pillars", "sources"):
        tables = (getattr(each, name) for each in (old, new))
        before, after = (asdict(x) if isinstance(x, Plan) else x for x in tables)
        for key in dict.fromkeys([*before, *after]):
            if before.get(key) != after.get(key):
                yield EntryChange(f"{name}.{key}", before.get(key), after.get(key))


def _assessed(pledge: Pledge, ledger: Ledger, as_of: dt.date) -> AssessedPledge:
    """The whole pledge, with what is dated later, and its assessment on the day."""
    return AssessedPledge(pledge, assess_alone(pledge, ledger, as_of).assessment)
