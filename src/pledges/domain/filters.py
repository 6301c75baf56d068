"""Which pledges an answer is about.

Words that the program defines (status, standing, strength, kind) are closed: others are refused.
Words that the ledger defines (pillars, parties, sources, tags, leads) are open: one that the ledger
does not know matches nothing.
"""

import datetime as dt
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from msgspec import Struct

from pledges.domain.assessment import Assessed, Standing
from pledges.domain.citations import cited_sources
from pledges.domain.ids import id_pattern, is_pattern
from pledges.domain.pledge import Kind, Ledger, Pledge, Status, Strength
from pledges.domain.spelling import match_key

Test = Callable[[Assessed], bool]


class Filter(Struct, frozen=True, kw_only=True):
    """What must hold of a pledge: within a field *or*, between fields *and*.

    ``ids`` are ids as written, or patterns with ``*``, ``?`` and ``[...]``; ``due_from`` and
    ``due_to`` are inclusive days.
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


def select(assessed: Iterable[Assessed], query: Filter, ledger: Ledger) -> list[Assessed]:
    """The pledges of which every part of ``query`` holds, in the order given."""
    tests = list(_tests(query, ledger))
    return [each for each in assessed if all(test(each) for test in tests)]


def _tests(query: Filter, ledger: Ledger) -> Iterator[Test]:
    yield from _word_tests(query)
    yield from _register_tests(query, ledger)
    yield from _calendar_tests(query)
    yield from _flag_tests(query)
    if query.ids:
        patterns = [id_pattern(text) for text in query.ids if is_pattern(text)]
        named = re.compile("|".join(patterns) or "(?!)", re.IGNORECASE)
        ids = frozenset(query.ids)
        yield lambda each: each.pledge.id in ids or bool(named.fullmatch(each.pledge.id))
    if query.search:
        yield _contains(query.search, with_internal=query.search_internal)


def _word_tests(query: Filter) -> Iterator[Test]:
    if query.status:
        yield lambda each: each.assessment.status in query.status
    if query.not_status:
        yield lambda each: each.assessment.status not in query.not_status
    if query.standing:
        yield lambda each: each.assessment.standing in query.standing
    if query.not_standing:
        yield lambda each: each.assessment.standing not in query.not_standing
    if query.strength:
        yield lambda each: each.pledge.strength in query.strength
    if query.not_strength:
        yield lambda each: each.pledge.strength not in query.not_strength
    if query.kind:
        yield lambda each: each.pledge.kind in query.kind
    if query.not_kind:
        yield lambda each: each.pledge.kind not in query.not_kind


def _register_tests(query: Filter, ledger: Ledger) -> Iterator[Test]:
    if query.pillar:
        pillars = _keys(query.pillar, ledger.pillars)
        yield lambda each: each.pledge.pillar in pillars
    if query.party:
        parties = _keys(query.party, ledger.parties)
        yield lambda each: not parties.isdisjoint(each.pledge.owed_by)
    if query.lead:
        leads = {match_key(text) for text in query.lead}
        yield lambda each: each.pledge.lead is not None and match_key(each.pledge.lead) in leads
    if query.source:
        sources = {match_key(text) for text in query.source}
        yield lambda each: any(
            match_key(source) in sources for source in cited_sources(each.pledge)
        )
    if query.tag:
        tags = {match_key(text) for text in query.tag}
        yield lambda each: any(match_key(tag) in tags for tag in each.pledge.tags)


def _calendar_tests(query: Filter) -> Iterator[Test]:
    first, last = query.due_from, query.due_to
    if first:
        yield lambda each: each.assessment.due is not None and each.assessment.due >= first
    if last:
        yield lambda each: each.assessment.due is not None and each.assessment.due <= last
    if query.no_deadline:
        yield lambda each: each.assessment.due is None


def _flag_tests(query: Filter) -> Iterator[Test]:
    if query.overdue:
        yield lambda each: each.assessment.standing is Standing.OVERDUE
    if query.stale:
        yield lambda each: each.assessment.stale
    if query.behind:
        yield lambda each: bool(each.assessment.pace and each.assessment.pace.is_behind)
    if query.contested:
        yield lambda each: each.assessment.contested


def _keys(words: Iterable[str], register: Mapping[str, str]) -> set[str]:
    """The keys that words name, by key or by title, in any case."""
    wanted = {match_key(word) for word in words}
    return {key for key, title in register.items() if {match_key(key), match_key(title)} & wanted}


def _contains(wanted: Iterable[str], *, with_internal: bool) -> Test:
    """Whether any of the wanted texts stands in any text of a pledge."""
    parts = [match_key(text) for text in wanted]

    def test(each: Assessed) -> bool:
        texts = (match_key(text) for text in _texts(each.pledge, with_internal=with_internal))
        return any(part in text for text in texts for part in parts)

    return test


def _texts(pledge: Pledge, *, with_internal: bool) -> Iterator[str]:
    said = (pledge.id, pledge.title, pledge.lead, pledge.due_text, pledge.note, *pledge.tags)
    history = ((each.note, each.why, each.by) for each in pledge.updates)
    asked = (each.what for each in pledge.asks)
    claimed = (each.note for each in pledge.claims)
    every = (*said, *(text for texts in history for text in texts), *asked, *claimed)
    yield from (text for text in every if text)
    if with_internal and pledge.internal:
        yield pledge.internal
