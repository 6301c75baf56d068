"""Where a line may end: not at a joint, but within a word that is too long."""

import re
import unicodedata
from collections.abc import Iterator
from typing import Final

from pledges.cell_width import pieces
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
    return re.sub(
        _LONG_WORD, lambda word: BREAK.join(letter_pieces(word[0], BREAK_EVERY)), with_joints(text)
    )


def unbreakable_pieces(text: str) -> list[str]:
    """The pieces of a text with joints and breaks within which no line ends."""
    return re.split(_LINE_END, text)


def letter_pieces(word: str, most: int) -> Iterator[str]:
    """A word in pieces of ``most`` letters; a letter keeps the marks that belong to it."""
    return pieces(word, most, lambda text: 0 if unicodedata.combining(text[-1]) else len(text))
