"""Which pledges an answer is about.

Words that the program defines (status, standing, strength, kind) are closed: others are refused.
Words that the ledger defines (pillars, parties, sources, tags, leads) are open: one that the ledger
does not know matches nothing.
"""

import datetime as dt
import re
import unicodedata
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from enum import StrEnum
from typing import Final, TypeVar

from msgspec import Struct

from pledges.domain.assessment import Assessed, Standing
from pledges.domain.pace import Pace
from pledges.domain.pledge import Kind, Ledger, Pledge, Status, Strength
from pledges.errors import NoSuchPledge, UnknownWord, nearest

Word = TypeVar("Word", bound=StrEnum)
Test = Callable[[Assessed], bool]

UNREPORTED: Final = "unreported"


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


def read_words(kind: type[Word], what: str, words: Iterable[str]) -> list[Word]:
    """The members of a closed set that ``words`` name, each or with commas between.

    A word may be spelt as pages spell it: ``Due soon`` is ``due-soon``.

    Raises: ``UnknownWord`` with the nearest one, at the first that is none.
    """
    known = {str(each): each for each in kind}
    return [_known(what, word, known) for word in _separate(words)]


def _separate(words: Iterable[str]) -> Iterator[str]:
    for text in words:
        yield from map(_spelt, text.split(","))


def _spelt(word: str) -> str:
    return re.sub(r"[\s_]+", "-", word.strip().lower())


def read_word(kind: type[Word], what: str, word: str) -> Word:
    """The one member of a closed set that ``word`` names.

    Raises: ``UnknownWord`` with the nearest one, where it is none.
    """
    return _known(what, _spelt(word), {str(each): each for each in kind})


def read_statuses(words: Iterable[str]) -> list[Status | None]:
    """The statuses that ``words`` name, as ``read_words`` does; ``unreported`` is None.

    Raises: ``UnknownWord`` with the nearest one, at the first that is none.
    """
    known: dict[str, Status | None] = {str(each): each for each in Status}
    return [_known("status", word, {**known, UNREPORTED: None}) for word in _separate(words)]


Member = TypeVar("Member")


def _known(what: str, word: str, known: Mapping[str, Member]) -> Member:
    if word not in known:
        raise UnknownWord(what, word, list(known))
    return known[word]


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
        leads = {folded(text) for text in query.lead}
        yield lambda each: each.pledge.lead is not None and folded(each.pledge.lead) in leads
    if query.source:
        sources = {folded(text) for text in query.source}
        yield lambda each: any(folded(source) in sources for source in cited(each.pledge))
    if query.tag:
        tags = {folded(text) for text in query.tag}
        yield lambda each: any(folded(tag) in tags for tag in each.pledge.tags)


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
        yield lambda each: each.assessment.pace in (Pace.BEHIND, Pace.FAR_BEHIND)
    if query.contested:
        yield lambda each: each.assessment.contested


def _keys(words: Iterable[str], register: Mapping[str, str]) -> set[str]:
    """The keys that words name, by key or by title, in any case."""
    wanted = {folded(word) for word in words}
    return {key for key, title in register.items() if {folded(key), folded(title)} & wanted}


def cited(pledge: Pledge) -> set[str]:
    """Every source that a pledge, its measure, claims or updates cite."""
    sources = [pledge.source, pledge.measure.source if pledge.measure else None]
    sources += [each.source for each in pledge.claims]
    sources += [each.source for each in pledge.updates]
    return {source for source in sources if source is not None}


def folded(text: str) -> str:
    """``text`` as it is compared: composed, and without regard to case."""
    return unicodedata.normalize("NFC", text).casefold()


def _contains(wanted: Iterable[str], *, with_internal: bool) -> Test:
    """Whether any of the wanted texts stands in any text of a pledge."""
    parts = [folded(text) for text in wanted]

    def test(each: Assessed) -> bool:
        texts = (folded(text) for text in _texts(each.pledge, with_internal=with_internal))
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


def id_pattern(text: str) -> str:
    """A regular expression for an id or a pattern of ids."""
    from fnmatch import translate  # noqa: PLC0415  (only where ids are given)

    return translate(text) if is_pattern(text) else re.escape(text)


def is_pattern(text: str) -> bool:
    """Whether ``text`` stands for several ids: it has one of ``*``, ``?`` and ``[``."""
    return any(mark in text for mark in "*?[")


def pledge_ids(text: str, ids: Collection[str]) -> list[str]:
    """The ids that ``text`` names: one, as written or in another case, or those of a pattern.

    Raises: ``NoSuchPledge`` where an id that is no pattern names none, or several that differ
    only in case.
    """
    if text in ids:
        return [text]
    pattern = re.compile(id_pattern(text), re.IGNORECASE)
    found = [each for each in ids if pattern.fullmatch(each)]
    if is_pattern(text) or len(found) == 1:
        return found
    if found:
        raise NoSuchPledge(f"{text!r} names more than one pledge", f"one of {', '.join(found)}")
    raise NoSuchPledge(f"there is no pledge {text!r}", _hint(text, ids))


def _hint(text: str, ids: Iterable[str]) -> str:
    """Which id may be meant: of the same number, of the same beginning, or of like letters."""
    plain = {re.sub(r"0+(?=\d)", "", each.casefold()): each for each in ids}
    close = plain.get(re.sub(r"0+(?=\d)", "", text.casefold()))
    beginning = [each for each in ids if each.casefold().startswith(text.casefold())]
    if text and not close and len(beginning) > 1:
        return f"'{beginning[0][: len(text)]}*' names {len(beginning)} of them"
    close = close or nearest(text, ids)
    return f"did you mean {close}?" if close else "pledges list shows them all"
