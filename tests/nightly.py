"""How much is tried: little by day and much at night, by the same tests."""

import os
from typing import Final

IS_NIGHT: Final = os.environ.get("NIGHTLY") == "1"


def number(by_day: int, at_night: int) -> int:
    """How often something is tried in this run."""
    return at_night if IS_NIGHT else by_day
