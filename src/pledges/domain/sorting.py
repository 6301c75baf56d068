"""The order of pledges, and their groups."""

import datetime as dt
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from enum import StrEnum
from typing import Final, TypeVar

from msgspec import Struct

from pledges.domain.assessment import AssessedPledge, Standing
from pledges.domain.counts import CLOSED_WORDS, WORDS_OF
from pledges.domain.day import Interval, Period
from pledges.domain.pledge import Ledger, Status, Strength
from pledges.domain.spelling import search_key
from pledges.errors import UnknownWord

Listed = TypeVar("Listed")

Key = float | str | dt.date | Sequence[str] | Sequence[int]
SortKey = Callable[[AssessedPledge], Key | None]


def natural_order(text: str) -> list[str]:
    """A sort key that puts ``ECO-9`` before ``ECO-10``.

    A number is compared by its length first, so that it need not fit into a fixed width.
    """
    parts = re.split(r"(\d+)", search_key(text))
    numbers = (part.lstrip("0") for part in parts[1::2])
    parts[1::2] = [f"{len(number):06}{number}" for number in numbers]
    return parts


_RANKS: Final[Mapping[str | None, int]] = {
    word: rank for kind in (Status, Standing, Strength) for rank, word in enumerate(kind)
}


def days_to_deadline(each: AssessedPledge) -> int | None:
    """The days left; days late are negative.  None without a deadline that counts."""
    late = each.assessment.days_late
    return each.assessment.days_left if late is None else -late


SORT_KEYS: Final[Mapping[str, SortKey]] = {
    "id": lambda each: natural_order(each.pledge.id),
    "title": lambda each: search_key(each.pledge.title),
    "made": lambda each: each.pledge.made.first if each.pledge.made else None,
    "due": lambda each: each.assessment.due,
    "days": days_to_deadline,
    "progress": lambda each: each.assessment.progress,
    "pace": lambda each: each.assessment.pace_points,
    "status": lambda each: _RANKS.get(each.assessment.status),
    "standing": lambda each: _RANKS.get(each.assessment.standing),
    "strength": lambda each: _RANKS.get(each.pledge.strength),
    "updated": lambda each: each.pledge.last_news_on,
    "slip_days": lambda each: each.assessment.slip_days,
    "part_of": lambda each: natural_order(each.pledge.part_of) if each.pledge.part_of else None,
    "superseded_by": lambda each: natural_order(", ".join(each.pledge.superseded_by)) or None,
}
"""What sorts in an order of its own; anything else sorts by its value."""


def value_key(value: object) -> Key | None:
    """What a value of the model or of an assessment sorts by: a day, a number or folded text.

    Closed words are in the order in which they are declared, and periods in that of their last
    days.  None if there is no value.
    """
    match ", ".join(map(str, value)) if isinstance(value, tuple | list) else value:
        case StrEnum() as word:
            return [*type(word)].index(word)
        case str() as text:
            return search_key(text) or None
        case Period() as period:
            return period.last
        case Interval() as span:
            return span.after(dt.date(2000, 1, 1))  # whichever day, the longer ends later
        case int() | float() | dt.date() as number_or_day:
            return number_or_day
    return None


def read_sort(text: str, known: Sequence[str]) -> list[tuple[str, bool]]:
    """The keys of a text such as ``due,-progress``, each with whether it runs downwards.

    Raises: ``UnknownWord`` with the nearest key, for the first word that is not a known one.
    """
    words = [word.strip() for word in text.lower().split(",")]
    keys = [(word.removeprefix("-"), word.startswith("-")) for word in words]
    if unknown := [key for key, _ in keys if key not in known]:
        raise UnknownWord("sort key", unknown[0], known)
    return keys


def sorted_pledges(
    pledges: Iterable[AssessedPledge],
    keys: Sequence[tuple[str, bool]],
    key_of: Callable[[str], SortKey] = SORT_KEYS.__getitem__,
) -> list[AssessedPledge]:
    """The pledges in the order of ``keys``, each with whether it runs downwards.

    What has no value comes last either way.  ``key_of`` gives what sorts by a key's name.
    """
    result = list(pledges)
    for name, downwards in reversed(keys):  # sorting is stable, so the first key goes last
        sort_key = key_of(name)
        keyed = [(sort_key(each), each) for each in result]
        known = [pair for pair in keyed if pair[0] is not None]
        known.sort(key=lambda pair: pair[0], reverse=downwards)  # type: ignore[arg-type,return-value]
        result = [each for _, each in known] + [each for key, each in keyed if key is None]
    return result


class GroupBy(StrEnum):
    """What pledges can be grouped by."""

    PLAN = "plan"
    PILLAR = "pillar"
    PARTY = "party"
    LEAD = "lead"
    STATUS = "status"
    STANDING = "standing"
    STRENGTH = "strength"
    KIND = "kind"


class Group(Struct, frozen=True):
    """Some pledges with one key; the key of what two parties owe together is ``VN;SG``."""

    key: str
    members: list[AssessedPledge]

    @property
    def plan_key(self) -> str:
        """The short name of the plan that all its pledges are of; empty if there is none."""
        keys = {each.pledge.plan_key for each in self.members}
        return keys.pop() if len(keys) == 1 else ""


def pledge_groups(assessed: Iterable[AssessedPledge], by: GroupBy, ledger: Ledger) -> list[Group]:
    """The groups that have members, in the order of the ledger or of the words.

    A pledge is in one group only: one that two parties owe together is in a group of both.  Leads
    and parties are in the order in which they first appear; pledges without a key come last.
    """
    registers: Mapping[str, Iterable[str]] = {"plan": ledger.plans, "pillar": ledger.pillars}
    order = registers.get(by) or CLOSED_WORDS.get(by, ())
    members: dict[str, list[AssessedPledge]] = {key: [] for key in order}
    for each in assessed:
        members.setdefault(";".join(WORDS_OF[by](each)), []).append(each)
    members[""] = members.pop("", [])  # those without a key come last
    return [Group(key, each) for key, each in members.items() if each]


def first_members(groups: Iterable[Group], limit: int | None) -> list[Group]:
    """The groups with the first ``limit`` of their members only, all with None."""
    all_groups = [*groups]
    kept = first_of([each.members for each in all_groups], limit)
    pairs = zip(all_groups, kept, strict=True)
    return [Group(group.key, members) for group, members in pairs if members]


def first_of(lists: Sequence[list[Listed]], limit: int | None) -> list[list[Listed]]:
    """The first ``limit`` things of several lists together, list by list; all with None."""
    left = sum(map(len, lists)) if limit is None else limit
    kept = []
    for each in lists:
        kept.append(each[:left])
        left -= len(kept[-1])
    return kept
