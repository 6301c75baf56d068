"""Where a line may end: not at a joint, but within a word that is too long."""

import re
import unicodedata
from collections.abc import Iterator
from typing import Final

from pledges.view.wording.values import JOINT, with_joints

BREAK: Final = "\uffff"
"""A place in a word at which a line may end; no cleaned text contains this character."""

LONGEST_WORD: Final = 24
"""The letters of the longest word that is not broken: a phone has no room for more."""

BREAK_EVERY: Final = 10
"""After how many letters a longer word may be broken."""

_LONG_WORD: Final = f"[^ {JOINT}]{{{LONGEST_WORD + 1},}}"
_LINE_END: Final = rf" |{BREAK}|(?<=-)(?!\d)"
"""Where a browser may end a line."""


def without_joints(text: str) -> str:
    """``text`` with spaces for its joints, once its lines are broken."""
    return text.replace(JOINT, " ")


def with_breaks(text: str) -> str:
    """``text`` with joints, and with breaks in words that are too long."""

    def word_with_breaks(word: re.Match[str]) -> str:
        return BREAK.join(pieces(word[0], LONGEST_WORD, BREAK_EVERY))

    return re.sub(_LONG_WORD, word_with_breaks, with_joints(text))


def unbreakable_pieces(text: str) -> list[str]:
    """The pieces of a text with joints and breaks within which no line ends."""
    return re.split(_LINE_END, text)


def pieces(word: str, most: int, letters: int) -> Iterator[str]:
    """A word of more than ``most`` letters in pieces of ``letters``; a shorter one whole.

    A piece does not begin with a mark that belongs to the letter before it.
    """
    piece = ""
    for letter in word if len(word) > most else ():
        if len(piece) >= letters and not unicodedata.combining(letter):
            yield piece
            piece = ""
        piece += letter
    yield piece or word
