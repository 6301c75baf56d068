"""How words are compared, and how closed words are read."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from enum import StrEnum
from typing import TypeVar

from pledges.domain.pledge import UNREPORTED, Status
from pledges.errors import UnknownWord

Word = TypeVar("Word", bound=StrEnum)
Member = TypeVar("Member")


def match_key(text: str) -> str:
    """``text`` for comparisons: without regard to case, its accents composed."""
    return unicodedata.normalize("NFC", text).casefold()


def read_words(kind: type[Word], what: str, words: Iterable[str]) -> list[Word]:
    """The members of a closed set that ``words`` name; a text may name several, with commas.

    A word may be spelt as on a page: ``Due soon`` is ``due-soon``.

    Raises: ``UnknownWord`` with the nearest member, for the first word that is none.
    """
    known = {str(each): each for each in kind}
    return [_known(what, word, known) for word in _separate(words)]


def _separate(words: Iterable[str]) -> Iterator[str]:
    for text in words:
        yield from map(_spelt, text.split(","))


def _spelt(word: str) -> str:
    return re.sub(r"[\s_]+", "-", word.strip().lower())


def read_word(kind: type[Word], what: str, word: str) -> Word:
    """The one member of a closed set that ``word`` names.

    Raises: ``UnknownWord`` with the nearest member, if it names none.
    """
    return _known(what, _spelt(word), {str(each): each for each in kind})


def read_statuses(words: Iterable[str]) -> list[Status | None]:
    """The statuses that ``words`` name, as ``read_words`` does; ``unreported`` is None.

    Raises: ``UnknownWord`` with the nearest status, for the first word that is none.
    """
    known: dict[str, Status | None] = {str(each): each for each in Status}
    return [_known("status", word, {**known, UNREPORTED: None}) for word in _separate(words)]


def _known(what: str, word: str, known: Mapping[str, Member]) -> Member:
    if word not in known:
        raise UnknownWord(what, word, list(known))
    return known[word]
