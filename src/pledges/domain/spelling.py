"""How words are compared, and how closed words and numbers are read."""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import Final, TypeVar

from pledges.domain.pledge import UNREPORTED, Number, Status
from pledges.errors import UnknownWord

Word = TypeVar("Word", bound=StrEnum)
Member = TypeVar("Member")

LONGEST_NUMBER: Final = 100
"""Characters of a number that are read."""

_NUMBER: Final = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)(e[+-]?\d+)?", re.ASCII | re.IGNORECASE)
_THOUSANDS: Final = re.compile(r"[+-]?[1-9]\d{0,2}(\.\d{3})+", re.ASCII)


def match_key(text: str) -> str:
    """``text`` for comparisons: without regard to case, its accents composed."""
    return unicodedata.normalize("NFC", text).casefold()


def read_words(kind: type[Word], what: str, words: Iterable[str]) -> list[Word]:
    """The members of a closed set that ``words`` name; a text may name several, with commas.

    A word may be spelt as on a page: ``Due soon`` is ``due-soon``.

    Raises: ``UnknownWord`` with the nearest member, for the first word that is none.
    """
    return [read_word(kind, what, word) for text in words for word in text.split(",")]


def read_word(kind: type[Word], what: str, word: str) -> Word:
    """The one member of a closed set that ``word`` names.

    Raises: ``UnknownWord`` with the nearest member, if it names none.
    """
    return _member(what, word, {str(each): each for each in kind})


def read_statuses(words: Iterable[str]) -> list[Status | None]:
    """The statuses that ``words`` name, as ``read_words`` does; ``unreported`` is None.

    Raises: ``UnknownWord`` with the nearest status, for the first word that is none.
    """
    known: dict[str, Status | None] = {**{str(each): each for each in Status}, UNREPORTED: None}
    return [_member("status", word, known) for text in words for word in text.split(",")]


def _member(what: str, word: str, known: Mapping[str, Member]) -> Member:
    spelt = re.sub(r"[\s_]+", "-", word.strip().lower())
    if spelt not in known:
        raise UnknownWord(what, spelt, list(known))
    return known[spelt]


def is_number(text: str) -> bool:
    """Whether ``text`` is a number; it may be too long or too large."""
    return bool(_NUMBER.fullmatch(text))


def may_have_thousands(text: str) -> bool:
    """Whether the points may separate thousands, as in 1.200: a guess could be far off."""
    return bool(_THOUSANDS.fullmatch(text))


def read_number(text: str) -> Number:
    """The number that ``text`` is, of at most ``LONGEST_NUMBER`` characters."""
    return int(text) if re.fullmatch(r"[+-]?\d+", text, re.ASCII) else float(text)
