"""Counts, shares and roll-ups of many pledges."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TypeVar

from msgspec import Struct

from pledges.domain.assessment import Assessed, Standing
from pledges.domain.pledge import UNREPORTED, Ledger, Status

Word = TypeVar("Word", bound=str)


class Tally(Struct, frozen=True, kw_only=True):
    """How many of some pledges are what.

    ``dated`` have a deadline that counts; ``dated_done`` of those are done, and
    ``dated_standings`` are theirs alone.  ``with_news`` have at least one update, ``measured`` a
    measure.  Standings and statuses that no pledge has are left out; standings begin with the
    worst.
    """

    total: int
    standings: Mapping[Standing, int]
    statuses: Mapping[str, int]
    dated: int
    dated_done: int
    dated_standings: Mapping[Standing, int]
    with_news: int
    measured: int
    stale: int
    contested: int


class RollUp(Struct, frozen=True):
    """One pillar or party with the tally of its pledges."""

    key: str
    title: str
    tally: Tally


def tally(assessed: Sequence[Assessed]) -> Tally:
    """The counts over ``assessed``."""
    dated = [each for each in assessed if each.assessment.is_dated]
    return Tally(
        total=len(assessed),
        standings=_counts(Standing, (each.assessment.standing for each in assessed)),
        statuses=_counts([*Status, UNREPORTED], (status_word(each) for each in assessed)),
        dated=len(dated),
        dated_standings=_counts(Standing, (each.assessment.standing for each in dated)),
        dated_done=sum(each.assessment.standing.is_done for each in dated),
        with_news=sum(bool(each.pledge.updates) for each in assessed),
        measured=sum(each.pledge.measure is not None for each in assessed),
        stale=sum(each.assessment.stale for each in assessed),
        contested=sum(each.assessment.contested for each in assessed),
    )


def status_word(each: Assessed) -> str:
    """The status that was reported of it, or ``unreported``."""
    return each.assessment.status or UNREPORTED


def by_pillar(assessed: Sequence[Assessed], ledger: Ledger) -> list[RollUp]:
    """A roll-up for each pillar that has pledges, in the ledger's order."""
    return _roll_ups(assessed, ledger.pillars, lambda each: (each.pledge.pillar,))


def by_party(assessed: Sequence[Assessed], ledger: Ledger) -> list[RollUp]:
    """A roll-up for each party that owes pledges; one owed by two counts under both."""
    return _roll_ups(assessed, ledger.parties, lambda each: each.pledge.owed_by)


def shares(counts: Sequence[int]) -> list[int]:
    """Whole percentages that add up to 100, by largest remainder, ties in the order of ``counts``.

    All are 0 if the counts are.
    """
    total = sum(counts)
    if not total:
        return [0] * len(counts)
    floors = [100 * count // total for count in counts]
    order = sorted(range(len(counts)), key=lambda at: -(100 * counts[at] % total))
    for at in order[: 100 - sum(floors)]:
        floors[at] += 1
    return floors


def _roll_ups(
    assessed: Sequence[Assessed],
    register: Mapping[str, str],
    keys: Callable[[Assessed], Iterable[str]],
) -> list[RollUp]:
    members: dict[str, list[Assessed]] = {key: [] for key in register}
    for each in assessed:
        for key in keys(each):
            members[key].append(each)
    return [RollUp(key, register[key], tally(each)) for key, each in members.items() if each]


def _counts(words: Iterable[Word], found: Iterable[Word]) -> Mapping[Word, int]:
    counts = dict.fromkeys(words, 0)
    for word in found:
        counts[word] += 1
    return {word: count for word, count in counts.items() if count}
