"""Numbers as people write them: digits, with a point before a fraction."""

import re
from typing import Final

from pledges.domain.pledge import Number

LONGEST_NUMBER: Final = 100
"""Characters of a number that are read."""

_NUMBER: Final = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)(e[+-]?\d+)?", re.ASCII | re.IGNORECASE)
_THOUSANDS: Final = re.compile(r"[+-]?[1-9]\d{0,2}(\.\d{3})+", re.ASCII)


def is_number(text: str) -> bool:
    """Whether ``text`` is a number; it may be too long or too large."""
    return bool(_NUMBER.fullmatch(text))


def may_have_thousands(text: str) -> bool:
    """Whether the points may separate thousands, as in 1.200: a guess could be far off."""
    return bool(_THOUSANDS.fullmatch(text))


def read_number(text: str) -> Number:
    """The number that ``text`` is, of at most ``LONGEST_NUMBER`` characters."""
    return int(text) if re.fullmatch(r"[+-]?\d+", text, re.ASCII) else float(text)
