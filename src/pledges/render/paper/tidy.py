"""Text of a ledger as a report shows it: composed, and only what can be seen.

Escape sequences, controls, zero-width and direction marks are left out, odd spaces and line ends
become a space.
"""

import re
import unicodedata
from collections.abc import Iterator
from typing import Final

_SEQUENCE: Final = re.compile(
    r"(?:\x1b\[|\x9b)[0-?]*[ -/]*[@-~]"  # colours, moves of the cursor
    r"|(?:\x1b[\]PX^_]|[\x90\x98\x9d-\x9f])[^\x07\x1b\x9c]*(?:\x07|\x1b\\|\x9c)"  # whole strings
    r"|\x1b[ -/]*[0-~]"  # other sequences, and what begins a string that has no end
)
_UNSEEN: Final = ("Cc", "Cf", "Cs", "Co")
_UNSEEN_LETTERS: Final = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0")
_VARIATIONS: Final = (range(0x180B, 0x1810), range(0xFE00, 0xFE10), range(0xE0100, 0xE01F0))
_MONTHS: Final = (
    "Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?"
    "|Sep(?:tember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?"
)
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
    is_mark = char in _UNSEEN_LETTERS or any(code in each for each in _VARIATIONS)
    return not is_nothing and not is_mark and unicodedata.category(char) not in _UNSEEN


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
