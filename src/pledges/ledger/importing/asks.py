"""Decisions of a pledge that come once more: which of them are the same."""

from collections.abc import Sequence

from msgspec.structs import replace

from pledges.domain.pledge import Ask


def merged_asks(old: Sequence[Ask], given: Sequence[Ask]) -> tuple[tuple[Ask, ...], list[int]]:
    """The old decisions with what is given of them, and the numbers of the new ones.

    One that is equal is the same, also if it was not settled yet when it was written out.  Of the
    others one is the same by its words, its date and whom it is asked of, as far as both say it,
    if there is no second one that may be meant.
    """
    known = {*old, *(replace(each, settled=None) for each in old)}
    left = [at for at, each in enumerate(given) if each not in known]
    same = {replace(each, settled=None) for each in given if each in known}
    unmatched = [at for at, each in enumerate(old) if replace(each, settled=None) not in same]
    merged, new = list(old), []
    for number in left:
        other = given[number]
        matches = [at for at in unmatched if _may_be_same(old[at], other)]
        if len(matches) == 1 and sum(_may_be_same(old[matches[0]], given[x]) for x in left) == 1:
            parts = {key: getattr(other, key) for key in ("of", "by", "settled")}
            known_parts = {key: value for key, value in parts.items() if value}
            merged[matches[0]] = replace(old[matches[0]], **known_parts)
        else:
            new.append(number)
    return tuple(merged), new


def _may_be_same(one: Ask, other: Ask) -> bool:
    is_of_one = one.of is None or other.of is None or one.of == other.of
    return (one.what, one.date) == (other.what, other.date) and is_of_one
