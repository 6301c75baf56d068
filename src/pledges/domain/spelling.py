"""How words are compared, and how closed words and numbers are read."""

import re
import unicodedata
from collections.abc import Iterable
from typing import Final, TypeVar

from pledges.domain.pledge import Number
from pledges.errors import UnknownWord

Word = TypeVar("Word", bound=str)

LONGEST_NUMBER: Final = 100  # characters of a number that are read

_NUMBER: Final = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)(e[+-]?\d+)?", re.ASCII | re.IGNORECASE)
_THOUSANDS: Final = re.compile(r"[+-]?[1-9]\d{0,2}(\.\d{3})+", re.ASCII)

_PLAIN: Final = {
    **dict.fromkeys(map(ord, "\u2018\u2019\u201a\u201b\u02bc\u2032`"), "'"),
    **dict.fromkeys(map(ord, "\u201c\u201d\u201e\u201f\u00ab\u00bb"), '"'),
    **dict.fromkeys(map(ord, "\u2010\u2011\u2012\u2013\u2014\u2015\u2212"), "-"),
    **dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u2060\ufeff")),  # they take no room
    # Letters that have a stroke, or lack a dot: no accent that could be taken off.
    **dict(zip(map(ord, "\u0111\u0142\u00f8\u0131"), "dloi", strict=True)),
    # The accents of Latin, Greek and Cyrillic letters only: marks of other scripts are letters.
    **dict.fromkeys(range(0x300, 0x370)),
}
"""What a character becomes that is typed in several ways, once accents are taken apart."""


def match_key(text: str) -> str:
    """``text`` for comparisons: without regard to case, its accents composed."""
    return (text if text.isascii() else unicodedata.normalize("NFC", text)).casefold()


def search_key(text: str) -> str:
    """``text`` for searching and sorting: without regard to how its letters and signs are typed.

    Case and accents do not count, and neither do the kinds of apostrophe, quote, dash and blank.
    """
    if text.isascii():
        return " ".join(text.casefold().replace("`", "'").split())
    # An acute accent without a letter would be taken apart into a blank and an accent.
    apart = unicodedata.normalize("NFKD", text.replace("\u00b4", "'")).casefold()
    return " ".join(unicodedata.normalize("NFC", apart.translate(_PLAIN)).split())


def read_words(known: Iterable[Word], what: str, words: Iterable[str]) -> list[Word]:
    """The known words that ``words`` name; a text may name several, with commas.

    Raises: ``UnknownWord`` with the nearest known word, for the first one that names none.
    """
    return [read_word(known, what, word) for text in words for word in text.split(",")]


def read_word(known: Iterable[Word], what: str, word: str) -> Word:
    """The one of the known words that ``word`` names; ``Due soon`` is ``due-soon``.

    Raises: ``UnknownWord`` with the nearest known word, if it names none.
    """
    spelt = re.sub(r"[\s_]+", "-", word.strip().lower())
    names = {str(each): each for each in known}
    if spelt not in names:
        raise UnknownWord(what, spelt, list(names))
    return names[spelt]


def is_number(text: str) -> bool:
    """Whether ``text`` is a number; it may be too long or too large."""
    return bool(_NUMBER.fullmatch(text))


def may_have_thousands(text: str) -> bool:
    """Whether the points may separate thousands, as in 1.200: a guess could be far off."""
    return bool(_THOUSANDS.fullmatch(text))


def read_number(text: str) -> Number:
    """The number that ``text`` is, of at most ``LONGEST_NUMBER`` characters."""
    return int(text) if re.fullmatch(r"[+-]?\d+", text, re.ASCII) else float(text)
