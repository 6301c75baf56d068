"""Words that run from right to left, and how the figures next to them keep their places."""

import re
from typing import Final

_LETTER: Final = (
    "[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff]"
)
_BETWEEN: Final = r"(?! {2}|\n)[\W\d_]"  # two spaces are between two columns
STRETCH: Final = re.compile(rf"({_LETTER}(?:(?:{_LETTER}|{_BETWEEN})*{_LETTER})?)")
"""Words from right to left with what is between them; figures and signs after them are ours."""

FIRST_STRONG_ISOLATE: Final = "\u2068"
POP_ISOLATE: Final = "\u2069"


def isolated(text: str) -> str:
    """Lines for a terminal in which words from right to left do not reorder what is around them.

    Without the marks a terminal would show the figure after such a word on the wrong side of it.
    """
    if text.isascii():
        return text
    return STRETCH.sub(rf"{FIRST_STRONG_ISOLATE}\1{POP_ISOLATE}", text)
