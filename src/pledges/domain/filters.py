"""Filters: which pledges an answer is about.

Words of the program (status, standing, strength, kind) and of the ledger's registers (pillars,
parties, sources) are closed: others are refused before they get here.  Tags and leads are open: an
unknown one matches nothing.
"""

import datetime as dt
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Final

from msgspec import Struct

from pledges.domain.assessment import AssessedPledge, Standing
from pledges.domain.counts import WORDS_OF
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
    found = _with_words(assessed, query, ledger)
    if query.made_from or query.made_to:
        days = query.made_from, query.made_to
        found = [x for x in found if x.pledge.made and _is_within(x.pledge.made.first, *days)]
    if query.due_from or query.due_to:
        found = [x for x in found if _is_within(x.assessment.due, query.due_from, query.due_to)]
    if query.ids:
        patterns = [id_pattern(text) for text in query.ids if is_pattern(text)]
        named, ids = re.compile("|".join(patterns) or "(?!)"), frozenset(query.ids)
        found = [x for x in found if x.pledge.id in ids or named.fullmatch(match_key(x.pledge.id))]
    if query.search:
        searches = [search_key(text).split() for text in query.search]
        found = [x for x in found if _contains(x.pledge, searches, query, ledger)]
    return found


def _with_words(
    assessed: Iterable[AssessedPledge], query: Filter, ledger: Ledger
) -> list[AssessedPledge]:
    """The pledges with the words and claims wanted; a pillar or party goes by its title, too."""
    claims = [holds for name, holds in CLAIMS.items() if getattr(query, name)]
    found = [each for each in assessed if all(holds(each) for holds in claims)]
    titles = {"pillar": ledger.pillars, "party": ledger.parties}
    for name, words_of in WORDS_OF.items():
        for field, is_unwanted in ((name, False), (f"not_{name}", True)):
            if words := getattr(query, field, ()):
                keys = {match_key(word) for word in words}
                named = titles.get(name, {}).items()
                keys |= {match_key(key) for key, title in named if match_key(title) in keys}
                names_none = keys.isdisjoint
                found = [x for x in found if names_none(map(match_key, words_of(x))) is is_unwanted]
    return found


def _is_within(day: dt.date | None, first: dt.date | None, last: dt.date | None) -> bool:
    return day is not None and (first or dt.date.min) <= day <= (last or dt.date.max)


def _contains(
    pledge: Pledge, searches: Sequence[Sequence[str]], query: Filter, ledger: Ledger
) -> bool:
    """Whether what people wrote about a pledge has all words of any of the searches."""
    texts = [pledge.id, pledge.title, *pledge.tags, *pledge.lead, pledge.due_text, pledge.note]
    texts += [text for each in pledge.updates for text in (each.note, each.why, each.by)]
    texts += [text for each in pledge.asks for text in (each.what, ledger.party(each.of or ""))]
    texts += [each.note for each in pledge.claims]
    for party in (*pledge.owed_by, *pledge.asked_by, pledge.waiting_on or ""):
        texts += [party, ledger.party(party)]
    for source in filter(None, map(ledger.sources.get, sorted(cited_sources(pledge)))):
        texts += [source.title, source.publisher]
    if query.search_internal:
        texts.append(pledge.internal or None)
    # A blank between two texts keeps a word from being found across both.
    content = search_key(" ".join(filter(None, texts)))
    return any(all(word in content for word in words) for words in searches)
