"""Which entries of two histories are the same one: as they were, or corrected."""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from typing import Final, Generic, NamedTuple, TypeVar

from msgspec import Struct
from msgspec.structs import asdict

Entry = TypeVar("Entry")
Record = TypeVar("Record", bound=Struct)
Trait = Callable[[Entry], Hashable]

TELLING: Final[Mapping[str, str]] = {"update": "date", "claim": "source", "ask": "what"}
"""The key of an entry of each list that tells it from others, and so is most often the same."""


class EntryPair(NamedTuple, Generic[Record]):
    """An entry before and after, with its numbers from 1; None where it is not."""

    old_number: int | None
    old: Record | None
    number: int | None
    new: Record | None


def entry_pairs(
    key: str, old: Sequence[Record], new: Sequence[Record]
) -> Iterator[EntryPair[Record]]:
    """Yield the entries of a list, called ``key`` in the ledger: the new ones, then those gone.

    One that was corrected is known by the key that tells it from others, or by all other keys.
    """
    telling = TELLING[key]
    traits: list[Trait[Record]] = [
        lambda each: each,
        lambda each: getattr(each, telling),
        lambda each: tuple(value for name, value in asdict(each).items() if name != telling),
    ]
    if len(old) == len(new):  # then nothing was added, and what is left was corrected
        traits.append(lambda _: key)
    found = partners(old, new, traits)
    for at, entry in enumerate(new):
        was = found.get(at)
        if was is None:
            yield EntryPair(None, None, at + 1, entry)
        else:
            yield EntryPair(was + 1, old[was], at + 1, entry)
    gone = {*range(len(old))} - {*found.values()}
    yield from (EntryPair(at + 1, old[at], None, None) for at in sorted(gone))


def partners(
    old: Sequence[Entry], new: Sequence[Entry], traits: Sequence[Trait[Entry]]
) -> dict[int, int]:
    """Which of the ``new`` is which of the ``old``, by their places.

    They are known by each trait in turn, of those with the same one in their order; a trait that
    is None or empty tells nothing.
    """
    pairs: dict[int, int] = {}
    for trait in traits:
        free: dict[Hashable, list[int]] = defaultdict(list)
        for at in sorted({*range(len(old))} - {*pairs.values()}, reverse=True):
            if value := trait(old[at]):
                free[value].append(at)
        for to, each in enumerate(new):
            if to not in pairs and (left := free.get(trait(each))):
                pairs[to] = left.pop()
    return pairs
