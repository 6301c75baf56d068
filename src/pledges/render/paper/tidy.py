"""Text of a ledger as a report shows it: composed, and only what can be seen.

Escape sequences, controls, zero-width and direction marks are left out, odd spaces and line ends
become a space.
"""

import re
import unicodedata
from collections.abc import Iterator
from typing import Final

_SEQUENCE: Final = re.compile(r"\x1b(?:\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b]*(?:\x07|\x1b\\)?|[@-_])")
_UNSEEN: Final = ("Cc", "Cf", "Cs", "Co")
_MONTHS: Final = "Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec"
_DATE: Final = re.compile(rf"\b(?:\d{{1,2}} )?(?:{_MONTHS}|Q[1-4]|H[12]) \d{{4}}\b")
_FIGURE: Final = re.compile(r"(?<!\S)([^\w\s]*\d[\d.,]*%?) (?=[^\W\d])")


def tidy(text: str) -> str:
    """``text`` in one line of letters, marks and single spaces."""
    if text.isascii() and text.isprintable():
        return re.sub(" {2,}", " ", text)
    spaced = re.sub(r"\s+", " ", _SEQUENCE.sub("", text))
    seen = "".join(char for char in spaced if _is_seen(char))
    return re.sub(" {2,}", " ", unicodedata.normalize("NFC", seen))


def _is_seen(char: str) -> bool:
    """Whether it is more than a mark for machines; what Unicode will never use is none."""
    code = ord(char)
    is_nothing = code & 0xFFFE == 0xFFFE or 0xFDD0 <= code <= 0xFDEF  # noqa: PLR2004
    return not is_nothing and unicodedata.category(char) not in _UNSEEN


def together(text: str, joint: str) -> str:
    """``text`` with ``joint`` for the spaces inside dates and between a figure and its unit."""
    dates = _DATE.sub(lambda found: found[0].replace(" ", joint), text)
    return _FIGURE.sub(lambda found: f"{found[1]}{joint}", dates)


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
