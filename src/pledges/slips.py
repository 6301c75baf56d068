"""Whether a word is a slip of another: of the letters, not of the meaning.

A hint that names a word with another meaning is worse than none: ``Started`` is not
``not-started``, and ``export`` is not ``import``.  So a slip costs little and keeps the first
letter, which people hardly ever miss, and short words, which have many neighbours, take less of it.
"""

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache
from typing import Final

ONE_LETTER: Final = 2  # the cost of a letter too many or missing, or of two that changed places
WRONG_LETTER: Final = 3  # of one in the place of another: most other words differ in that
ENDINGS: Final = ("s", "es", "d", "ed", "n", "ly")  # of one word in its other forms
MOST: Final = ((3, 2), (6, 3), (8, 5), (16, 7))  # what a slip costs at most, from so many letters
LONGEST: Final = 100
"""Letters of the longest words that are compared: the time for it grows with their square."""

OTHER_WORDS: Final = frozenset(
    ("updated", "undated", "unit", "until", "date", "days", "made", "short", "resort", "shoe")
)
"""Words that are near to some of the program's and have a meaning of their own."""


def slip_cost(typed: str, word: str) -> int | None:
    """How far ``typed`` is from ``word``, 0 if only in case, accents or hyphens; None if too far.

    Digits are no letters that slip: ``ECO-03`` is another id than ``ECO-08``, though ``ECO-3`` is
    the same as ``ECO-03``.
    """
    if max(len(typed), len(word)) > LONGEST:
        return 0 if typed == word else None
    (one, its), (other, others) = _letters_and_numbers(typed), _letters_and_numbers(word)
    if its != others or not one or not other:
        return None
    if one == other:
        return 0
    if any(one + end == other or one == other + end for end in ENDINGS):
        return 1
    length = min(len(one), len(other)) + (2 if its else 0)  # the same number is two letters more
    most = max((cost for least, cost in MOST if length >= least), default=0)
    more = abs(len(one) - len(other))
    is_part = more > 1 and (one.startswith(other) or other.startswith(one))
    keeps_beginning = one[0] == other[0] or one[:2] == other[1::-1]
    if one in OTHER_WORDS or is_part or not keeps_beginning or more * ONE_LETTER > most:
        return None
    cost = _distance(one, other)
    return cost if cost <= most else None


@lru_cache(maxsize=4096)  # each of many unknown words is compared with the same known ones
def _letters_and_numbers(text: str) -> tuple[str, list[str]]:
    """The letters of a text without accents, blanks and hyphens, and its numbers.

    \u0111 is a d, and O5 a slip of 05.
    """
    parts = unicodedata.normalize("NFD", text.casefold()).replace("\u0111", "d")
    plain = "".join(each for each in parts if not unicodedata.combining(each))
    digits = re.sub(r"(?<![^\W_])o(?=\d)|(?<=\d)o", "0", plain, flags=re.ASCII)
    numbers = [each.lstrip("0") for each in re.findall(r"[0-9]+", digits)]
    return re.sub(r"[\s\d_.,:/'\u2010-\u2019-]", "", digits), numbers


def _distance(one: Sequence[str], other: Sequence[str]) -> int:
    """The least that it costs to make the one of the other, two neighbours changing places once."""
    before: list[int] = []
    row = [at * ONE_LETTER for at in range(len(other) + 1)]
    for at, letter in enumerate(one):
        earlier, before, row = before, row, [(at + 1) * ONE_LETTER]
        for to, wanted in enumerate(other):
            costs = [row[to] + ONE_LETTER, before[to + 1] + ONE_LETTER]
            costs.append(before[to] + (0 if letter == wanted else WRONG_LETTER))
            if at and to and letter == other[to - 1] and one[at - 1] == wanted:
                costs.append(earlier[to - 1] + ONE_LETTER)
            row.append(min(costs))
    return row[-1]
