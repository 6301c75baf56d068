"""Pledges in groups: by pillar, by who owes them, by one of their words."""

from collections.abc import Callable, Iterable, Mapping
from enum import StrEnum
from typing import Final

from msgspec import Struct

from pledges.domain.assessment import Assessed, Standing
from pledges.domain.counts import status_word
from pledges.domain.filters import UNREPORTED
from pledges.domain.pledge import Kind, Ledger, Status, Strength

NONE: Final = ""
"""The key of those that have none."""


class GroupBy(StrEnum):
    """What pledges can be grouped by."""

    PILLAR = "pillar"
    PARTY = "party"
    LEAD = "lead"
    STATUS = "status"
    STANDING = "standing"
    STRENGTH = "strength"
    KIND = "kind"


class Group(Struct, frozen=True):
    """Some pledges that share a key; of several parties the key is ``VN;SG``."""

    key: str
    members: list[Assessed]


_KEYS: Final[Mapping[GroupBy, Callable[[Assessed], str]]] = {
    GroupBy.PILLAR: lambda each: each.pledge.pillar,
    GroupBy.PARTY: lambda each: ";".join(each.pledge.owed_by),
    GroupBy.LEAD: lambda each: each.pledge.lead or NONE,
    GroupBy.STATUS: status_word,
    GroupBy.STANDING: lambda each: each.assessment.standing,
    GroupBy.STRENGTH: lambda each: each.pledge.strength or NONE,
    GroupBy.KIND: lambda each: each.pledge.kind,
}


def grouped(assessed: Iterable[Assessed], by: GroupBy, ledger: Ledger) -> list[Group]:
    """The groups that have members, in the order of the ledger or of the words.

    A pledge stands in one group only: one that two parties owe together is in a group of both.
    Leads and parties come as they first appear, and those that have none come last.
    """
    members: dict[str, list[Assessed]] = {key: [] for key in _order(by, ledger)}
    for each in assessed:
        members.setdefault(_KEYS[by](each), []).append(each)
    last = members.pop(NONE, [])
    return [Group(key, each) for key, each in [*members.items(), (NONE, last)] if each]


def _order(by: GroupBy, ledger: Ledger) -> Iterable[str]:
    orders: Mapping[GroupBy, Iterable[str]] = {
        GroupBy.PILLAR: ledger.pillars,
        GroupBy.STATUS: [*Status, UNREPORTED],
        GroupBy.STANDING: Standing,
        GroupBy.STRENGTH: Strength,
        GroupBy.KIND: Kind,
    }
    return [str(key) for key in orders.get(by, ())]
