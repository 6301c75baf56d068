"""Ids: patterns of them, the one that is meant, and the next free one."""

import re
from collections import Counter
from collections.abc import Collection, Iterable, Sequence

from pledges.domain.spelling import match_key
from pledges.errors import NoSuchPledge, nearest


def next_id(pillar: str, ledger_ids: Iterable[str], ids_of_pillar: Sequence[str]) -> str:
    """The next free id of a pillar: ``ECO-09`` after ``ECO-08``.

    The prefix is the one that most of the pillar's ids with a number have, of several the last,
    and the width that of its last id; if there is none, the prefix is made from the pillar's key.
    """
    taken = {each.casefold() for each in ledger_ids}
    found = [parts for each in ids_of_pillar if (parts := re.fullmatch(r"(.*?)(\d+)", each))]
    counts = Counter(each[1] for each in reversed(found))
    prefix = counts.most_common(1)[0][0] if found else _prefix(pillar, taken)
    numbers = [each[2] for each in found if each[1] == prefix]
    width = len(numbers[-1]) if numbers else 2
    number = max((int(each) for each in numbers), default=0) + 1
    while f"{prefix}{number:0{width}}".casefold() in taken:
        number += 1
    return f"{prefix}{number:0{width}}"


def _prefix(pillar: str, taken: Iterable[str]) -> str:
    """The first three letters of a pillar's key, or more if ids in use begin with these."""
    letters = "".join(re.findall(r"\w", pillar)).replace("_", "") or "P"
    for length in range(3, len(letters) + 1):
        prefix = f"{letters[:length].upper()}-"
        if not any(each.startswith(prefix.casefold()) for each in taken):
            return prefix
    return f"{letters.upper()}-"


def id_pattern(text: str) -> str:
    """A regular expression for an id or a pattern of ids, to be matched with ``match_key``."""
    from fnmatch import translate  # noqa: PLC0415  (only if there are ids)

    key = match_key(text)
    return translate(key) if is_pattern(key) else re.escape(key)


def is_pattern(text: str) -> bool:
    """Whether ``text`` is a pattern of ids: it contains ``*``, ``?`` or ``[``."""
    return any(mark in text for mark in "*?[")


def pledge_ids(text: str, ids: Collection[str]) -> list[str]:
    """The ids that ``text`` names: one, as written or in another case, or those of a pattern.

    Raises: ``NoSuchPledge`` if there is no such id, or if there are several that differ only in
    case; a pattern may match none.
    """
    if text in ids:
        return [text]
    pattern = re.compile(id_pattern(text))
    found = [each for each in ids if pattern.fullmatch(match_key(each))]
    if is_pattern(text) or len(found) == 1:
        return found
    if found:
        raise NoSuchPledge(
            f"{text!r} matches more than one pledge", f"use one of {', '.join(found)}"
        )
    raise NoSuchPledge(f"no pledge has the id {text!r}", _hint(text, ids))


def _hint(text: str, ids: Iterable[str]) -> str:
    """The id that may be meant: with the same number, beginning, or nearly the same letters."""
    from shlex import quote  # noqa: PLC0415  (only if an id is wrong)

    plain = {re.sub(r"0+(?=\d)", "", each.casefold()): each for each in ids}
    close = plain.get(re.sub(r"0+(?=\d)", "", text.casefold()))
    beginning = [each for each in ids if each.casefold().startswith(text.casefold())]
    if text and not close and len(beginning) > 1:
        return f"'{beginning[0][: len(text)]}*' matches {len(beginning)} pledges"
    close = close or nearest(text, ids)
    if close:
        return f"did you mean {close}?"
    return f"to search: pledges list --search {quote(text)}" if text else "to see all: pledges list"
