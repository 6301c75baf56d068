"""Where a line may end: not within a date or a figure, but within a word that is too long."""

import re
import unicodedata
from collections.abc import Iterator
from typing import Final

JOINT: Final = "\ufffe"
"""Stands for a space where no line ends; neither ``clean`` nor ``tidy`` leaves one in a text."""

BREAK: Final = "\uffff"
"""Stands where a line may end within a word; they leave none of these either."""

LONGEST_WORD: Final = 24
"""The letters of the longest word that is not broken: a phone has no room for more."""

BREAK_EVERY: Final = 10
"""After how many letters a longer word may be broken."""

_NAMES: Final = (
    ("Jan", "uary"),
    ("Feb", "ruary"),
    ("Mar", "ch"),
    ("Apr", "il"),
    ("May", ""),
    ("Jun", "e"),
    ("Jul", "y"),
    ("Aug", "ust"),
    ("Sep", "tember"),
    ("Oct", "ober"),
    ("Nov", "ember"),
    ("Dec", "ember"),
)
_SHORT_MONTH: Final = f"(?:{'|'.join(short for short, _ in _NAMES)})"
_MONTH: Final = f"(?:{'|'.join(f'{short}(?:{rest})?' for short, rest in _NAMES)})"

_DATE: Final = rf"\b(?:\d{{1,2}} )?(?:{_MONTH}|Q[1-4]|H[12]) \d{{4}}\b"
_FIGURE: Final = r"(?<!\S)([^\w\s]*\d[\d.,]*%?) (?=[^\W\d])(?!(?i:https?://|www\.))"
_DAYS: Final = rf"(?<=\d) (?={_SHORT_MONTH} \d{{4}}|days?\b)|(?<={_SHORT_MONTH}) (?=\d{{4}}\b)"
_LONG_WORD: Final = f"[^ {JOINT}]{{{LONGEST_WORD + 1},}}"
_END: Final = rf" |{BREAK}|(?<=-)(?!\d)"
"""Where a line of HTML may end."""


def together(text: str) -> str:
    """``text`` with joints for the spaces inside dates and between a figure and its unit."""
    dates = re.sub(_DATE, lambda found: found[0].replace(" ", JOINT), text)
    return re.sub(_FIGURE, rf"\1{JOINT}", dates)


def days_together(text: str) -> str:
    """``text`` with joints only inside dates with short months and inside numbers of days.

    A terminal's columns are too narrow for more: other figures would leave their lines half empty.
    """
    return re.sub(_DAYS, JOINT, text)


def apart(text: str) -> str:
    """``text`` with spaces for its joints, once its lines are broken."""
    return text.replace(JOINT, " ")


def breakable(text: str) -> str:
    """``text`` with joints, and with breaks in words that are too long."""
    return re.sub(_LONG_WORD, _broken, together(text))


def _broken(word: re.Match[str]) -> str:
    return BREAK.join(pieces(word[0], LONGEST_WORD, BREAK_EVERY))


def unbroken(text: str) -> list[str]:
    """The pieces of a breakable text within which no line ends."""
    return re.split(_END, text)


def pieces(word: str, most: int, width: int) -> Iterator[str]:
    """A word that is longer than ``most`` in pieces of ``width`` characters; others whole.

    A piece does not begin with a mark that belongs to the letter before it.
    """
    piece = ""
    for char in word if len(word) > most else ():
        if len(piece) >= width and not unicodedata.combining(char):
            yield piece
            piece = ""
        piece += char
    yield piece or word
