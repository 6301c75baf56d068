"""Several ledgers as one, with the short name of its plan before each id: ``VN-SG:ECO-02``.

Pillars and sources are kept apart in the same way, because each ledger has its own.  A party is the
same one in all ledgers that give it the same key and name; otherwise it is kept apart, too.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import Any, TypeVar

from msgspec import Struct
from msgspec.structs import replace

from pledges.domain.fields import TextKind, terms
from pledges.domain.pledge import PLAN_MARK, Ledger, Plan, Pledge, Record, Source
from pledges.domain.spelling import match_key

AnyRecord = TypeVar("AnyRecord", bound=Record)
Names = Mapping[TextKind, Mapping[str, str]]  # new names by old ones, of each kind of thing


class JointLedger(Ledger, frozen=True, kw_only=True):
    """Several ledgers as one: their plans, and the names of their files, by short names.

    ``plan`` stands for all of them, with the titles of all.
    """

    plans: dict[str, Plan]
    files: dict[str, str]


class NamedLedger(Struct, frozen=True):
    """A ledger with the name of its file, without its folder."""

    ledger: Ledger
    file: str


def joint_ledger(members: Sequence[NamedLedger]) -> JointLedger:
    """Several ledgers as one, in their order."""
    by_key = dict(zip(plan_keys(members), members, strict=True))
    plans = {key: each.ledger.plan for key, each in by_key.items()}
    parties: dict[str, str] = {}
    pillars: dict[str, str] = {}
    sources: dict[str, Source] = {}
    pledges: list[Pledge] = []
    for plan, each in by_key.items():
        ledger, of_plan = each.ledger, f"{plan}{PLAN_MARK}"
        known = ledger.parties.items()
        others = [key for key, name in known if parties.setdefault(key, name) != name]
        of_kind: Mapping[TextKind, Iterable[str]] = {
            TextKind.PILLAR: ledger.pillars,
            TextKind.SOURCE: ledger.sources,
            TextKind.PLEDGE: ledger.titles,
            **dict.fromkeys((TextKind.PARTY, TextKind.PARTY_OR_TEXT), others),
        }
        names = {kind: {key: f"{of_plan}{key}" for key in keys} for kind, keys in of_kind.items()}
        parties |= {f"{of_plan}{key}": ledger.parties[key] for key in others}
        pillars |= {f"{of_plan}{key}": title for key, title in ledger.pillars.items()}
        sources |= {f"{of_plan}{key}": source for key, source in ledger.sources.items()}
        renamed = (_with_names(pledge, names) for pledge in ledger.pledges)
        pledges += [replace(pledge, id=f"{of_plan}{pledge.id}") for pledge in renamed]
    return JointLedger(
        plan=Plan(", ".join(plan.short or plan.title for plan in plans.values())),
        parties=parties,
        pillars=pillars,
        sources=sources,
        pledges=tuple(pledges),
        plans=plans,
        files={key: each.file for key, each in by_key.items()},
    )


def plan_keys(members: Sequence[NamedLedger]) -> list[str]:
    """The short name of each plan, without blanks; one that has none is called by its file.

    The second of one name is called ``VN-SG-2``.
    """
    keys: dict[str, str] = {}
    for each in members:
        stem = each.file.rpartition(".")[0] or each.file
        texts = (each.ledger.plan.short or "", stem, "plan")
        name = next(filter(None, (re.sub(r"[^\w.]+", "-", text).strip("-.") for text in texts)))
        key, number = name, 1
        while match_key(key) in keys:
            number += 1
            key = f"{name}-{number}"
        keys[match_key(key)] = key
    return [*keys.values()]


def _with_names(record: AnyRecord, names: Names) -> AnyRecord:
    """A record with new names for all that it, and each record in it, names."""
    changes: dict[str, Any] = {}
    for field, kind in _naming_fields(type(record)):
        if (old := getattr(record, field)) and (not kind or names[kind]):
            several = old if isinstance(old, tuple) else (old,)
            new = [names[kind].get(x, x) if kind else _with_names(x, names) for x in several]
            changes[field] = type(old)(new) if isinstance(old, tuple) else new[0]
    return replace(record, **changes) if changes else record


@cache
def _naming_fields(kind: type[Record]) -> Sequence[tuple[str, TextKind | None]]:
    """The fields of a kind of record that name something of the ledger, each with what.

    None is that it holds records, which do so.
    """
    known, names = terms(kind), kind.__struct_fields__
    found = ((each, known[each].text_kind if each in known else None) for each in names)
    return [(each, what) for each, what in found if what not in (TextKind.PLAIN, TextKind.PROSE)]
