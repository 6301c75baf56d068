"""Filters: which pledges an answer is about.

Words of the program (status, standing, strength, kind) and of the ledger's registers (pillars,
parties, sources) are closed: others are refused before they get here.  Tags and leads are open: an
unknown one matches nothing.
"""

import datetime as dt
import re
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from typing import Final

from msgspec import Struct

from pledges.domain.assessment import AssessedPledge, Standing
from pledges.domain.counts import WORDS_OF, WordsOf
from pledges.domain.ids import id_pattern, is_pattern
from pledges.domain.pledge import Kind, Ledger, Pledge, Strength, cited_sources
from pledges.domain.spelling import match_key, search_key

Test = Callable[[AssessedPledge], bool]


class Filter(Struct, frozen=True, kw_only=True):
    """What must be true of a pledge: one value of each field, and all fields that are given.

    ``ids`` are ids as in the ledger, or patterns with ``*``, ``?`` and ``[...]``; the days from
    which and up to which it was made, or is due, are included.  ``search`` finds the
    pledges that contain all words of any of its texts.
    """

    ids: Sequence[str] = ()
    status: Sequence[str] = ()
    not_status: Sequence[str] = ()
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
    not_pillar: Sequence[str] = ()
    not_party: Sequence[str] = ()
    not_lead: Sequence[str] = ()
    not_source: Sequence[str] = ()
    not_tag: Sequence[str] = ()
    made_from: dt.date | None = None
    made_to: dt.date | None = None
    due_from: dt.date | None = None
    due_to: dt.date | None = None
    agreed: bool = False
    asked: bool = False
    open: bool = False
    overdue: bool = False
    stale: bool = False
    behind: bool = False
    contested: bool = False
    moved: bool = False
    no_deadline: bool = False
    no_news: bool = False
    no_lead: bool = False
    search: Sequence[str] = ()
    search_internal: bool = False


CLAIMS: Final[Mapping[str, Test]] = {
    "agreed": lambda each: each.assessment.agreed,
    "asked": lambda each: not each.assessment.agreed,
    "open": lambda each: each.assessment.standing.is_open,
    "overdue": lambda each: each.assessment.standing is Standing.OVERDUE,
    "stale": lambda each: each.assessment.stale,
    "behind": lambda each: bool(each.assessment.pace and each.assessment.pace.is_behind),
    "contested": lambda each: each.assessment.contested,
    "moved": lambda each: bool(each.assessment.slip_days),
    "no_deadline": lambda each: each.assessment.due is None,
    "no_news": lambda each: each.pledge.last_news_on is None and not each.assessment.heading,
    "no_lead": lambda each: not each.pledge.lead,
}
"""The fields that are true or false."""


def select(
    assessed: Iterable[AssessedPledge], query: Filter, ledger: Ledger
) -> list[AssessedPledge]:
    """The pledges for which every part of ``query`` is true, in the order given."""
    tests = [*_word_tests(query, ledger), *_other_tests(query, ledger)]
    return [each for each in assessed if all(test(each) for test in tests)]


def _word_tests(query: Filter, ledger: Ledger) -> Iterator[Test]:
    titles = {"pillar": ledger.pillars, "party": ledger.parties}
    for name, words_of in WORDS_OF.items():
        for field in (name, f"not_{name}"):
            if words := getattr(query, field, ()):
                keys = {match_key(word) for word in words}
                named = titles.get(name, {}).items()
                keys |= {match_key(key) for key, title in named if match_key(title) in keys}
                yield _word_test(words_of, keys, is_wanted=field == name)


def _word_test(words_of: WordsOf, keys: Container[str], *, is_wanted: bool) -> Test:
    return lambda each: any(match_key(word) in keys for word in words_of(each)) is is_wanted


def _other_tests(query: Filter, ledger: Ledger) -> Iterator[Test]:
    if query.due_from or query.due_to:
        yield _day_test(lambda each: each.assessment.due, query.due_from, query.due_to)
    if query.made_from or query.made_to:
        yield _day_test(
            lambda x: x.pledge.made.first if x.pledge.made else None, query.made_from, query.made_to
        )
    yield from (test for name, test in CLAIMS.items() if getattr(query, name))
    if query.ids:
        patterns = [id_pattern(text) for text in query.ids if is_pattern(text)]
        named = re.compile("|".join(patterns) or "(?!)")
        ids = frozenset(query.ids)
        yield lambda each: each.pledge.id in ids or bool(named.fullmatch(match_key(each.pledge.id)))
    if query.search:
        yield _search_test(query, ledger)


def _day_test(
    day_of: Callable[[AssessedPledge], dt.date | None], since: dt.date | None, until: dt.date | None
) -> Test:
    first, last = since or dt.date.min, until or dt.date.max
    return lambda each: (day := day_of(each)) is not None and first <= day <= last


def _search_test(query: Filter, ledger: Ledger) -> Test:
    searches = [search_key(text).split() for text in query.search]

    def has_all_words(each: AssessedPledge) -> bool:
        texts = _texts(each.pledge, ledger, with_internal=query.search_internal)
        # A blank between two texts keeps a word from being found across both.
        content = search_key(" ".join(texts))
        return any(all(word in content for word in words) for words in searches)

    return has_all_words


def _texts(pledge: Pledge, ledger: Ledger, *, with_internal: bool) -> Iterator[str]:
    """All that people wrote about a pledge; the internal note only if it is asked for."""
    texts = [pledge.id, pledge.title, *pledge.tags, *pledge.lead, pledge.due_text, pledge.note]
    texts += [text for each in pledge.updates for text in (each.note, each.why, each.by)]
    texts += [text for each in pledge.asks for text in (each.what, ledger.party(each.of or ""))]
    texts += [each.note for each in pledge.claims]
    for party in (*pledge.owed_by, *pledge.asked_by, pledge.waiting_on or ""):
        texts += [party, ledger.party(party)]
    for source in filter(None, map(ledger.sources.get, sorted(cited_sources(pledge)))):
        texts += [source.title, source.publisher]
    return filter(None, [*texts, pledge.internal or None] if with_internal else texts)
