"""Counts, shares and roll-ups of many pledges."""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from typing import Annotated, Final, Literal, TypeVar

from msgspec import Struct

from pledges.domain.assessment import AssessedPledge, Standing
from pledges.domain.fields import one_of
from pledges.domain.pledge import STATUS_WORDS, UNREPORTED, Kind, Ledger, Strength, cited_sources

Word = TypeVar("Word", bound=str)
StatusWord = Annotated[str, one_of(STATUS_WORDS)]

WordsOf = Callable[[AssessedPledge], Collection[str]]

WORDS_OF: Final[Mapping[str, WordsOf]] = {
    "plan": lambda each: (each.pledge.plan_key,),
    "pillar": lambda each: (each.pledge.pillar,),
    "party": lambda each: each.pledge.owed_by,
    "lead": lambda each: each.pledge.lead,
    "status": lambda each: (status_word(each),),
    "standing": lambda each: (each.assessment.standing,),
    "strength": lambda each: (each.pledge.strength,) if each.pledge.strength else (),
    "kind": lambda each: (each.pledge.kind,),
    "source": lambda each: cited_sources(each.pledge),
    "tag": lambda each: each.pledge.tags,
}
"""The words of a pledge that it is counted, grouped and filtered by."""

CLOSED_WORDS: Final[Mapping[str, Iterable[str]]] = {
    "status": STATUS_WORDS,
    "standing": Standing,
    "strength": Strength,
    "kind": Kind,
}
"""Those of the program, in their order; all others are the ledger's."""


class Tally(Struct, frozen=True, kw_only=True):
    """How many of some pledges are what; all counts but the last two are of those agreed.

    ``dated`` have a deadline that counts; ``dated_done`` of those are done, and
    ``dated_standings`` are theirs alone.  ``with_news`` were heard of at least once, ``measured``
    have a measure.  Standings and statuses that no pledge has are left out; standings begin with
    the worst.  ``asked`` were requested or proposed and are not agreed.  ``headings`` are told by
    their parts, which are counted in their place.
    """

    total: int
    standings: Mapping[Standing, int]
    statuses: Mapping[StatusWord, int]
    dated: int
    dated_done: int
    dated_standings: Mapping[Standing, int]
    with_news: int
    measured: int
    stale: int
    contested: int
    asked: int
    headings: int

    @property
    def done(self) -> int:
        """How many are done, on time or not."""
        return sum(number for standing, number in self.standings.items() if standing.is_done)


class RollUp(Struct, frozen=True):
    """One plan, pillar or party with the tally of its pledges."""

    key: str
    title: str
    tally: Tally


def tally(assessed: Sequence[AssessedPledge]) -> Tally:
    """The counts over ``assessed``."""
    counted = [each for each in assessed if each.is_counted]
    dated = [each for each in counted if each.assessment.is_dated]
    return Tally(
        total=len(counted),
        standings=standing_counts(counted),
        statuses=_counts(STATUS_WORDS, map(status_word, counted)),
        dated=len(dated),
        dated_standings=standing_counts(dated),
        dated_done=sum(each.assessment.standing.is_done for each in dated),
        with_news=sum(each.assessment.age_days is not None for each in counted),
        measured=sum(each.pledge.measure is not None for each in counted),
        stale=sum(each.assessment.stale for each in counted),
        contested=sum(each.assessment.contested for each in counted),
        asked=sum(not (x.assessment.agreed or x.assessment.heading) for x in assessed),
        headings=sum(each.assessment.heading for each in assessed),
    )


def standing_counts(assessed: Iterable[AssessedPledge]) -> Mapping[Standing, int]:
    """How many have which standing, agreed or not, the worst first."""
    return _counts(Standing, (each.assessment.standing for each in assessed))


def status_word(each: AssessedPledge) -> str:
    """The status that was reported of it, or ``unreported``."""
    return each.assessment.status or UNREPORTED


def roll_ups(
    assessed: Sequence[AssessedPledge], by: Literal["plan", "pillar", "party"], ledger: Ledger
) -> list[RollUp]:
    """A roll-up for each plan, pillar or party that has pledges, in the ledger's order.

    A pledge that two parties owe counts under both.
    """
    titles: Mapping[str, str] = ledger.pillars if by == "pillar" else ledger.parties
    if by == "plan":
        titles = {key: plan.title for key, plan in ledger.plans.items()}
    members: dict[str, list[AssessedPledge]] = {key: [] for key in titles}
    for each in assessed:
        for key in WORDS_OF[by](each):
            members[key].append(each)
    return [RollUp(key, titles[key], tally(each)) for key, each in members.items() if each]


def shares(counts: Sequence[int]) -> list[int]:
    """Whole percentages that add up to 100, by largest remainder, ties in the order of ``counts``.

    What is something has at least 1, and what is not all at most 99; of more than a hundred counts
    some have none.  All are 0 if the counts are.
    """
    if not (total := sum(counts)):
        return [0] * len(counts)
    least = 1 if sum(map(bool, counts)) <= 100 else 0  # noqa: PLR2004  (all of 100 percent)
    floors = [max(100 * count // total, least if count else 0) for count in counts]
    # What was raised to the least already has its share: more would put it before a larger one.
    exact = [at for at, count in enumerate(counts) if 100 * count // total == floors[at]]
    order = sorted(exact, key=lambda at: -(100 * counts[at] % total))
    for at in order[: max(0, 100 - sum(floors))]:
        floors[at] += 1
    while sum(floors) > 100:  # noqa: PLR2004  (what the least took is taken from the largest)
        floors[max(range(len(counts)), key=lambda at: (floors[at], -counts[at]))] -= 1
    return floors


def _counts(words: Iterable[Word], found: Iterable[Word]) -> Mapping[Word, int]:
    counts = Counter(found)
    return {word: counts[word] for word in words if counts[word]}
