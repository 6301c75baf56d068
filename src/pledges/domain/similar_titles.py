"""Titles that are nearly the same: another ending or small word, or a slip of a letter.

Comparing each title with each other would take the square of their number.  So a title has keys,
which titles that are nearly the same share, and these are looked up.
"""

import re
from collections.abc import Iterator, Sequence
from typing import Final

from pledges.domain.pledge import Pledge
from pledges.domain.spelling import search_key
from pledges.errors import nearest

SMALL_WORDS: Final = frozenset(
    ("a", "an", "and", "at", "by", "for", "from", "in", "its", "of", "on", "or", "the", "to")
)
"""The words that make no other pledge of a title."""

SLIP_LENGTHS: Final = range(5, 41)
"""Letters of a word in which a slip is looked for: short ones have many neighbours."""

Words = Sequence[str]


def similar_titles(pledges: Sequence[Pledge]) -> Iterator[tuple[int, int]]:
    """Yield the place of each pledge whose title is nearly that of one before, and of that one.

    Only what the same parties owe is alike, and of parts only those of one whole.
    """
    owners = [(frozenset(each.owed_by), each.part_of) for each in pledges]
    titles = [title_words(each.title) for each in pledges]
    seen: dict[int, int] = {}
    for at, words in enumerate(titles):
        keys = [hash(owners[at]) + key for key in _keys(words)]
        before = (seen[key] for key in keys if key in seen)
        # Other titles may have the same hash, so those that are found are compared.
        alike = (x for x in before if owners[x] == owners[at] and _are_similar(words, titles[x]))
        first = next(alike, None)
        if first is not None:
            yield at, first
        for key in keys:
            seen.setdefault(key, at)


def title_words(title: str) -> Words:
    """The words that make a title, without regard to case, accents and plurals."""
    words = [x for x in re.findall(r"\w+", search_key(title)) if x not in SMALL_WORDS]
    return [x[:-1] if len(x) in SLIP_LENGTHS and re.search("[^s]s$", x) else x for x in words]


def _keys(words: Words) -> Iterator[int]:
    """What a title shares with all that differ from it in at most a letter of one word.

    Such words are the same once that letter is left out.  A sum of hashes is made with another
    word in no time, however many words there are.
    """
    hashes = [hash(each) for each in enumerate(words)]
    whole = sum(hashes)
    if words:
        yield whole
    for at, word in enumerate(words):
        if word.isalpha() and len(word) in SLIP_LENGTHS:
            shorter = {word, *(word[:x] + word[x + 1 :] for x in range(len(word)))}
            yield from (whole - hashes[at] + hash((at, "slip", each)) for each in shorter)


def _are_similar(words: Words, others: Words) -> bool:
    """Whether titles have the same words, but for one that is a slip of the other's."""
    if len(words) != len(others):
        return False
    pairs = [pair for pair in zip(words, others, strict=True) if pair[0] != pair[1]]
    return not pairs or (len(pairs) == 1 and nearest(pairs[0][0], pairs[0][1:]) is not None)
