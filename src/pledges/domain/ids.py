"""Ids for new pledges."""

import re
from collections.abc import Iterable, Sequence
from typing import Final

SHORTEST: Final = 3
"""Letters of a pillar's key that its ids begin with, unless another pillar's do so too."""


def next_id(pillar: str, ledger_ids: Iterable[str], ids_of_pillar: Sequence[str]) -> str:
    """The next free id of a pillar: ``ECO-09`` after ``ECO-08``.

    Prefix and width are those of the highest of the pillar's last ids; where it has none with a
    number, the prefix is made from its key.
    """
    taken = {each.casefold() for each in ledger_ids}
    found = [parts for each in ids_of_pillar if (parts := re.fullmatch(r"(.*?)(\d+)", each))]
    prefix = found[-1][1] if found else _prefix(pillar, taken)
    numbers = [each[2] for each in found if each[1] == prefix]
    width = len(numbers[-1]) if numbers else 2
    number = max((int(each) for each in numbers), default=0) + 1
    while f"{prefix}{number:0{width}}".casefold() in taken:
        number += 1
    return f"{prefix}{number:0{width}}"


def _prefix(pillar: str, taken: Iterable[str]) -> str:
    """The beginning of a pillar's key that no other pillar's ids have."""
    letters = "".join(re.findall(r"\w", pillar)).replace("_", "") or "P"
    for length in range(SHORTEST, len(letters) + 1):
        prefix = f"{letters[:length].upper()}-"
        if not any(each.startswith(prefix.casefold()) for each in taken):
            return prefix
    return f"{letters.upper()}-"
