"""Which parts of three versions are the same one, and the order in which all of them stand."""

from collections import Counter, defaultdict, deque
from collections.abc import Callable, Hashable, Iterator, Sequence
from itertools import product
from typing import Any, Final, Generic, NamedTuple, TypeVar

from pledges.domain.partners import TELLING, Trait, partners
from pledges.domain.sorting import natural_order
from pledges.ledger.merging.tree import Block, Key, Part, value_digest
from pledges.ledger.reading.decode import Table

Name = TypeVar("Name", bound=Hashable)
OnePart = TypeVar("OnePart", bound=Part)

BlockName = tuple[str, ...]
PLEDGE: Final = ("pledge",)
FIGURES: Final = ("status", "value", "due")
"""What two entries of one day can't both be right about."""


class Versions(NamedTuple, Generic[OnePart]):
    """One part in the base, in ours and in theirs; None where it is not."""

    base: OnePart | None
    ours: OnePart | None
    theirs: OnePart | None

    @property
    def one(self) -> OnePart:
        """The first of them that is there."""
        return next(each for each in self if each)


def part_versions(base: Block, ours: Block, theirs: Block) -> Iterator[Versions[Any]]:
    """Yield the keys of a table in its three versions, then the tables inside of it."""
    one, two, three = ({x.key: x for x in block.entries} for block in (base, ours, theirs))
    for key in merged_order([*one], [*two], [*three], rank=lambda each: each):
        yield Versions(one.get(key), two.get(key), three.get(key))
    yield from block_versions(base, ours, theirs)


def block_versions(base: Block, ours: Block, theirs: Block) -> Iterator[Versions[Block]]:
    """Yield the tables inside of a table in its three versions.

    The tables of each version get names that are the same for the same table.
    """
    named: list[dict[BlockName, Block]] = [
        {(str(number),): block for number, block in enumerate(base.blocks)}
    ]
    of_base = _numbers_of_kinds(base)
    for side in (ours, theirs):
        names: dict[int, BlockName] = {}
        for (key, is_record), numbers in _numbers_of_kinds(side).items():
            old = of_base.get((key, is_record), [])
            lists = [base.blocks[at] for at in old], [side.blocks[at] for at in numbers]
            traits = _traits(key) if is_record else [lambda each: each.key]
            found = partners(*lists, traits)
            names.update({numbers[to]: (str(old[at]),) for to, at in found.items()})
        times: Counter[BlockName] = Counter()
        blocks: dict[BlockName, Block] = {}
        for number, block in enumerate(side.blocks):
            # Two pledges that were given one id are one place, so that both are seen there.
            told = value_digest(block.content.get("id")) if block.key == PLEDGE else block.digest
            new = (*block.key, told if block.is_record else "")
            times[new] += 1
            blocks[names.get(number, (*new, str(times[new])))] = block
        named.append(blocks)
    one, two, three = named
    there = {**one, **two, **three}
    for name in merged_order([*one], [*two], [*three], rank=lambda each: _rank(there[each])):
        yield Versions(one.get(name), two.get(name), three.get(name))


def twins(base: Block, ours: Block, theirs: Block) -> Iterator[tuple[Table, Table, bool]]:
    """Yield the entries of one day that the sides have added, one each, with other figures.

    Whether that of theirs comes after that of ours, and so is the one that counts, comes with them.
    """
    sides: tuple[dict[Any, list[tuple[int, Table]]], ...] = (defaultdict(list), defaultdict(list))
    for at, versions in enumerate(block_versions(base, ours, theirs)):
        if not versions.base and not (versions.ours and versions.theirs):
            content = versions.one.content
            sides[0 if versions.ours else 1][content.get("date")].append((at, content))
    for day in (each for each in sides[0] if each is not None):
        for (at, one), (to, other) in product(sides[0][day], sides[1].get(day, ())):
            both = [each for each in FIGURES if each in one and each in other]
            if any(one[each] != other[each] for each in both):
                yield one, other, to > at


def _numbers_of_kinds(block: Block) -> dict[tuple[Key, bool], list[int]]:
    numbers: dict[tuple[Key, bool], list[int]] = defaultdict(list)
    for number, each in enumerate(block.blocks):
        numbers[each.key, each.is_record].append(number)
    return numbers


def _rank(block: Block) -> tuple[Key, list[str], str]:
    """What orders tables that both sides have added in one place."""
    told = block.content.get("id", block.content.get("date", ""))
    return block.key, natural_order(str(told)), block.digest


def _traits(key: Key) -> Sequence[Trait[Block]]:
    """By what a table that may be there several times is known, the surest first.

    A pledge goes by its id; one that has another id now, by its title.  An entry goes by what it
    says; one that was corrected, by the key that tells it from others, or by all its other keys.
    """
    if key == PLEDGE:
        return [lambda each: each.content.get("id"), lambda each: each.content.get("title")]
    name = TELLING.get(key[-1], "")
    return [
        lambda each: each.digest,
        lambda each: value_digest(each.content[name]) if name in each.content else None,
        lambda each: value_digest({k: v for k, v in each.content.items() if k != name}),
    ]


def merged_order(
    base: Sequence[Name], ours: Sequence[Name], theirs: Sequence[Name], rank: Callable[[Name], Any]
) -> Iterator[Name]:
    """Yield the names of all versions, each once, in an order that fits all.

    What was moved in one version is where it is there.  What was added comes after what it was
    added after; if both added something in one place, the heads of both lists are compared by
    ``rank``, so that the order is the same for either side.
    """
    kept = set(base)
    orders = [[each for each in side if each in kept] for side in (ours, theirs)]
    still_there = set(orders[0])
    is_moved = orders[0] != [each for each in base if each in still_there]
    order = orders[0] if is_moved else orders[1]
    missing = _additions(base, set(order))
    spine = [*missing[None], *(each for name in order for each in (name, *missing[name]))]
    added = [_additions(side, kept) for side in (ours, theirs)]
    given: set[Name] = set()
    for anchor in (None, *spine):
        if anchor is not None:
            yield anchor
        one, two = (deque(each[anchor]) for each in added)
        while one or two:
            is_ours = not two or bool(one and rank(one[0]) <= rank(two[0]))
            name = (one if is_ours else two).popleft()
            if is_ours and two and two[0] == name:  # both have added it
                two.popleft()
            if name not in given:
                given.add(name)
                yield name


def _additions(side: Sequence[Name], kept: set[Name]) -> defaultdict[Name | None, list[Name]]:
    """What only a side has, by what of the kept names it follows there."""
    added = defaultdict[Name | None, list[Name]](list)
    anchor: Name | None = None
    for name in side:
        if name in kept:
            anchor = name
        else:
            added[anchor].append(name)
    return added
