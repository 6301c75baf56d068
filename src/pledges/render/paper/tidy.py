"""Text of a ledger as a report shows it: composed, and only what can be seen.

Escape sequences, controls, zero-width and direction marks are left out, odd spaces and line ends
become a space.
"""

import re
import unicodedata
from typing import Final

_SEQUENCE: Final = re.compile(r"\x1b(?:\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b]*(?:\x07|\x1b\\)?|[@-_])")
_UNSEEN: Final = ("Cc", "Cf", "Cs", "Co", "Cn")
_MONTHS: Final = "Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec"
_DATE: Final = re.compile(rf"\b(?:\d{{1,2}} )?(?:{_MONTHS}|Q[1-4]|H[12]) \d{{4}}\b")
_FIGURE: Final = re.compile(r"(?<=\d)%? (?=[^\W\d])")


def tidy(text: str) -> str:
    """``text`` in one line of letters, marks and single spaces."""
    if text.isascii() and text.isprintable():
        return re.sub(" {2,}", " ", text)
    spaced = re.sub(r"\s+", " ", _SEQUENCE.sub("", text))
    seen = "".join(char for char in spaced if unicodedata.category(char) not in _UNSEEN)
    return re.sub(" {2,}", " ", unicodedata.normalize("NFC", seen))


def together(text: str, joint: str) -> str:
    """``text`` with ``joint`` for the spaces inside dates and between a figure and its unit."""
    dates = _DATE.sub(lambda found: found[0].replace(" ", joint), text)
    return _FIGURE.sub(lambda found: found[0].replace(" ", joint), dates)
