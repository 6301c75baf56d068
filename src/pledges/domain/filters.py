"""Filters: which pledges an answer is about.

Words of the program (status, standing, strength, kind) are closed: others are refused.  Words of
the ledger (pillars, parties, sources, tags, leads) are open: an unknown one matches nothing.
"""

import datetime as dt
import re
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from enum import StrEnum
from typing import Final

from msgspec import Struct

from pledges.domain.assessment import Assessed, Standing
from pledges.domain.ids import id_pattern, is_pattern
from pledges.domain.pledge import Kind, Ledger, Pledge, Status, Strength, cited_sources
from pledges.domain.spelling import match_key

Test = Callable[[Assessed], bool]
WordOf = Callable[[Assessed], StrEnum | None]
WordsOf = Callable[[Pledge], Iterable[str]]


class Filter(Struct, frozen=True, kw_only=True):
    """What must be true of a pledge: one value of each field, and all fields that are given.

    ``ids`` are ids as in the ledger, or patterns with ``*``, ``?`` and ``[...]``; ``due_from`` and
    ``due_to`` are included.  ``search`` looks for any of its texts.
    """

    ids: Sequence[str] = ()
    status: Sequence[Status | None] = ()
    not_status: Sequence[Status | None] = ()
    standing: Sequence[Standing] = ()
    not_standing: Sequence[Standing] = ()
    strength: Sequence[Strength] = ()
    not_strength: Sequence[Strength] = ()
    kind: Sequence[Kind] = ()
    not_kind: Sequence[Kind] = ()
    pillar: Sequence[str] = ()
    party: Sequence[str] = ()
    lead: Sequence[str] = ()
    source: Sequence[str] = ()
    tag: Sequence[str] = ()
    due_from: dt.date | None = None
    due_to: dt.date | None = None
    overdue: bool = False
    stale: bool = False
    behind: bool = False
    contested: bool = False
    no_deadline: bool = False
    search: Sequence[str] = ()
    search_internal: bool = False


CLOSED_WORDS: Final[Mapping[str, WordOf]] = {
    "status": lambda each: each.assessment.status,
    "standing": lambda each: each.assessment.standing,
    "strength": lambda each: each.pledge.strength,
    "kind": lambda each: each.pledge.kind,
}
"""The fields that ask for a word of the program, each with a twin ``not_...``."""

OPEN_WORDS: Final[Mapping[str, WordsOf]] = {
    "pillar": lambda pledge: (pledge.pillar,),
    "party": lambda pledge: pledge.owed_by,
    "lead": lambda pledge: (pledge.lead,) if pledge.lead else (),
    "source": cited_sources,
    "tag": lambda pledge: pledge.tags,
}
"""The fields that ask for a word of the ledger."""

CLAIMS: Final[Mapping[str, Test]] = {
    "overdue": lambda each: each.assessment.standing is Standing.OVERDUE,
    "stale": lambda each: each.assessment.stale,
    "behind": lambda each: bool(each.assessment.pace and each.assessment.pace.is_behind),
    "contested": lambda each: each.assessment.contested,
    "no_deadline": lambda each: each.assessment.due is None,
}
"""The fields that are true or false."""


def select(assessed: Iterable[Assessed], query: Filter, ledger: Ledger) -> list[Assessed]:
    """The pledges for which every part of ``query`` is true, in the order given."""
    tests = [*_word_tests(query, ledger), *_other_tests(query)]
    return [each for each in assessed if all(test(each) for test in tests)]


def _word_tests(query: Filter, ledger: Ledger) -> Iterator[Test]:
    for name, word_of in CLOSED_WORDS.items():
        if wanted := getattr(query, name):
            yield _word_test(word_of, wanted, is_wanted=True)
        if refused := getattr(query, f"not_{name}"):
            yield _word_test(word_of, refused, is_wanted=False)
    titles = {"pillar": ledger.pillars, "party": ledger.parties}
    for name, words_of in OPEN_WORDS.items():
        if words := getattr(query, name):
            keys = {match_key(word) for word in words}
            register = titles.get(name, {})
            keys |= {match_key(key) for key, title in register.items() if match_key(title) in keys}
            yield _name_test(words_of, keys)


def _word_test(word_of: WordOf, words: Container[object], *, is_wanted: bool) -> Test:
    return lambda each: (word_of(each) in words) is is_wanted


def _name_test(words_of: WordsOf, keys: Container[str]) -> Test:
    return lambda each: any(match_key(word) in keys for word in words_of(each.pledge))


def _other_tests(query: Filter) -> Iterator[Test]:
    first, last = query.due_from, query.due_to
    if first:
        yield lambda each: each.assessment.due is not None and each.assessment.due >= first
    if last:
        yield lambda each: each.assessment.due is not None and each.assessment.due <= last
    yield from (test for name, test in CLAIMS.items() if getattr(query, name))
    if query.ids:
        patterns = [id_pattern(text) for text in query.ids if is_pattern(text)]
        named = re.compile("|".join(patterns) or "(?!)", re.IGNORECASE)
        ids = frozenset(query.ids)
        yield lambda each: each.pledge.id in ids or bool(named.fullmatch(each.pledge.id))
    if query.search:
        parts = [match_key(text) for text in query.search]
        yield lambda each: any(
            part in text
            for text in map(match_key, _texts(each.pledge, with_internal=query.search_internal))
            for part in parts
        )


def _texts(pledge: Pledge, *, with_internal: bool) -> Iterator[str]:
    """Yield all that people wrote of a pledge; the internal note only if it is asked for."""
    yield from (pledge.id, pledge.title, *pledge.tags)
    yield from filter(None, (pledge.lead, pledge.due_text, pledge.note))
    for update in pledge.updates:
        yield from filter(None, (update.note, update.why, update.by))
    yield from (each.what for each in pledge.asks)
    yield from (each.note for each in pledge.claims if each.note)
    if with_internal and pledge.internal:
        yield pledge.internal
