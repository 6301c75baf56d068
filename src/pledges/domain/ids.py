"""Ids: patterns of them, the one that is meant, and the next free one."""

import re
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from itertools import count
from typing import Final

from pledges.domain.pledge import PLAN_MARK, own_name
from pledges.domain.spelling import LONGEST_NUMBER, match_key
from pledges.errors import NoSuchPledge, WrongUse, nearest

LONGEST_PATTERN: Final = 200  # characters: the time for it grows much faster than its length

FEW: Final = 10  # ids that are named of those that a text may mean


def next_id(pillar: str, ledger_ids: Iterable[str], ids_of_pillar: Sequence[str]) -> str:
    """The next free id of a pillar: ``ECO-09`` after ``ECO-08``.

    The prefix is that of most of the pillar's ids with a number, of several the last, and the width
    that of its last id; without any it is three letters of the pillar's key, or more if in use.
    """
    taken = {each.casefold() for each in ledger_ids}
    numbered = re.compile(rf"(.*\D|)(\d{{1,{LONGEST_NUMBER}}})")
    found = [parts for each in ids_of_pillar if (parts := numbered.fullmatch(each))]
    counts = Counter(each[1] for each in reversed(found))
    letters = "".join(re.findall(r"[^\W_]", pillar)) or "P"
    beginnings = (letters[:length].upper() for length in range(3, len(letters) + 1))
    free = (x for x in beginnings if not any(y.startswith(f"{x}-".casefold()) for y in taken))
    prefix = counts.most_common(1)[0][0] if found else f"{next(free, letters.upper())}-"
    numbers = [each[2] for each in found if each[1] == prefix]
    width = len(numbers[-1]) if numbers else 2
    ids = (f"{prefix}{n:0{width}}" for n in count(max(map(int, numbers), default=0) + 1))
    return next(each for each in ids if each.casefold() not in taken)


def id_pattern(text: str) -> str:
    """A regular expression for an id or a pattern of ids, to be matched with ``match_key``.

    Without the name of a plan it is that of a pledge of any plan.

    Raises: ``WrongUse`` if the pattern is too long.
    """
    from fnmatch import translate  # noqa: PLC0415  (only if there are ids)

    if is_pattern(text) and len(text) > LONGEST_PATTERN:
        message = f"a pattern has at most {LONGEST_PATTERN} characters, and this one {len(text):,}"
        raise WrongUse(message, "give a shorter one, for example 'ECO-*'")
    key = match_key(text)
    expression = translate(key) if is_pattern(key) else re.escape(key)
    # What follows the last mark is the id itself: a * of it must not match the name of its plan.
    return expression if PLAN_MARK in key else f"(?:.*{PLAN_MARK})?(?!.*{PLAN_MARK}){expression}"


def is_pattern(text: str) -> bool:
    """Whether ``text`` is a pattern of ids: it contains ``*``, ``?`` or ``[``."""
    return any(mark in text for mark in "*?[")


class KnownIds:
    """Ids by what they are compared by, so that thousands of them can be looked up."""

    def __init__(self, ids: Iterable[str]) -> None:
        self.keys = {each: match_key(each) for each in ids}
        self._alike: dict[str, list[str]] = {}
        for each, key in self.keys.items():
            # One of several ledgers' is found without the name of its plan, too.
            for name in {key, own_name(key)}:
                self._alike.setdefault(name, []).append(each)

    def matches(self, text: str) -> list[str]:
        """The ids that are ``text`` in any case, or that it matches as a pattern."""
        if not is_pattern(text):
            return self._alike.get(match_key(text), [])
        pattern = re.compile(id_pattern(text))
        return [each for each, key in self.keys.items() if pattern.fullmatch(key)]

    def named(self, text: str) -> list[str]:
        """The ids that ``text`` names: one, as written or in another case, or those of a pattern.

        Raises: ``NoSuchPledge`` if there is no such id, or if there are several that differ only in
        case; a pattern may match none.
        """
        if text in self.keys:
            return [text]
        found = self.matches(text)
        if is_pattern(text) or len(found) == 1:
            return found
        if found:
            hint = f"use one of {_few(found)}"
            raise NoSuchPledge(f"{text!r} matches more than one pledge", hint)
        raise NoSuchPledge(f"no pledge has the id {text!r}", _hint(text, self.keys))


def _few(ids: Sequence[str]) -> str:
    """Some ids; of many the others are counted."""
    rest = f" and {len(ids) - FEW:,} more" if len(ids) > FEW else ""
    return f"{', '.join(ids[:FEW])}{rest}"


def _hint(text: str, ids: Collection[str]) -> str:
    """The id that may be meant: with the same number, beginning, or nearly the same letters."""
    from shlex import quote  # noqa: PLC0415  (only if an id is wrong)

    names = dict.fromkeys([*map(own_name, ids), *ids])  # of a plan's pledge either will do
    plain = {re.sub(r"0+(?=\d)", "", each.casefold()): each for each in names}
    close = plain.get(re.sub(r"0+(?=\d)", "", text.casefold()))
    beginning = [each for each in names if each.casefold().startswith(text.casefold())]
    if text and not close and beginning:
        pattern = f"{beginning[0][: len(text)]}*"
        matches = re.compile(id_pattern(pattern)).fullmatch
        if (number := sum(bool(matches(match_key(each))) for each in ids)) > 1:
            return f"'{pattern}' matches {number} pledges"
    close = close or nearest(text, names)
    if close:
        meant = [each for each in ids if close in (each, own_name(each))]
        return f"did you mean {'' if len(meant) == 1 else 'one of '}{_few(meant)}?"
    return f"to search: pledges list --search {quote(text)}" if text else "to see all: pledges list"
