"""The decisions that a pledge asks for beside those that are given: which of them are the same."""

from collections.abc import Iterator, Sequence

from msgspec import Struct
from msgspec.structs import replace

from pledges.domain.pledge import Ask


class Decisions(Struct, frozen=True):
    """The old decisions with what is given of them, and those that are new with their numbers."""

    old: tuple[Ask, ...]
    new: Sequence[tuple[int, Ask]]


def joined(old: tuple[Ask, ...], given: tuple[Ask, ...]) -> Decisions:
    """The decisions of a pledge, and those that are given of it.

    One that is equal is the same, also where it was not settled yet when it was written out.  Of
    the others one is the same by its words, its date and whom it is asked of, as far as both say
    it, where there is no second one that may be meant.
    """
    known = {*old, *(replace(each, settled=None) for each in old)}
    left = [at for at, each in enumerate(given) if each not in known]
    same = {replace(each, settled=None) for each in given if each in known}
    open_ = [at for at, each in enumerate(old) if replace(each, settled=None) not in same]
    pairs = dict(_pairs(old, open_, given, left))
    merged = (
        _merged(each, given[pairs[at]]) if at in pairs else each for at, each in enumerate(old)
    )
    taken = set(pairs.values())
    return Decisions(tuple(merged), [(at, given[at]) for at in left if at not in taken])


def _pairs(
    old: Sequence[Ask], open_: Sequence[int], given: Sequence[Ask], left: Sequence[int]
) -> Iterator[tuple[int, int]]:
    """The places of those that can only be the same."""
    for at in open_:
        others = [to for to in left if _agree(old[at], given[to])]
        if len(others) == 1 and sum(_agree(old[x], given[others[0]]) for x in open_) == 1:
            yield at, others[0]


def _agree(one: Ask, other: Ask) -> bool:
    is_of_one = one.of is None or other.of is None or one.of == other.of
    return (one.what, one.date) == (other.what, other.date) and is_of_one


def _merged(old: Ask, given: Ask) -> Ask:
    return Ask(
        old.what, old.date, given.of or old.of, given.by or old.by, given.settled or old.settled
    )
