"""Text of a ledger as a report shows it: composed, and only what can be seen.

Escape sequences, controls, zero-width and direction marks are left out, odd spaces and line ends
become a space.
"""

import re
import unicodedata
from functools import lru_cache
from typing import Final

from pledges.clean import is_never_used

_SEQUENCE: Final = re.compile(
    r"(?:\x1b\[|\x9b)[0-?]*[ -/]*[@-~]"  # colours, moves of the cursor
    r"|(?:\x1b[\]PX^_]|[\x90\x98\x9d-\x9f])[^\x07\x1b\x9c]*(?:\x07|\x1b\\|\x9c)"  # whole strings
    r"|\x1b[ -/]*[0-~]"  # other sequences, and what begins a string that has no end
)
_UNSEEN: Final = ("Cc", "Cf", "Cs", "Co")
_UNSEEN_LETTERS: Final = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0")
_VARIATIONS: Final = (range(0x180B, 0x1810), range(0xFE00, 0xFE10), range(0xE0100, 0xE01F0))


@lru_cache(maxsize=4096)  # a title is tidied in each place that names its pledge
def tidy(text: str) -> str:
    """``text`` in one line of letters, marks and single spaces."""
    if text.isascii() and text.isprintable():
        return re.sub(" {2,}", " ", text)
    spaced = re.sub(r"\s+", " ", _SEQUENCE.sub("", text))
    seen = "".join(char for char in spaced if _is_seen(char))
    return re.sub(" {2,}", " ", unicodedata.normalize("NFC", seen))


def _is_seen(char: str) -> bool:
    """Whether it is more than a mark for machines; what Unicode will never use is none."""
    is_mark = char in _UNSEEN_LETTERS or any(ord(char) in each for each in _VARIATIONS)
    is_unseen = is_mark or unicodedata.category(char) in _UNSEEN
    return not is_unseen and not is_never_used(char)
