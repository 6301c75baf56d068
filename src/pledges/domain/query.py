"""Which pledges an answer is about, and in which order.

Words that the program defines (status, standing, strength, kind, sort keys) are closed: others are
refused.  Words that the ledger defines (pillars, parties, sources, tags, leads) are open: one that
the ledger does not know matches nothing.
"""

import datetime as dt
import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from enum import StrEnum
from typing import Final, TypeVar

from msgspec import Struct

from pledges.domain.assessment import Assessed, Pace, Standing
from pledges.domain.pledge import Kind, Ledger, Pledge, Status, Strength
from pledges.errors import NoSuchPledge, UnknownWord, nearest

Word = TypeVar("Word", bound=StrEnum)
Test = Callable[[Assessed], bool]
Key = float | str | Sequence[int | str]

UNREPORTED: Final = "unreported"


class Query(Struct, frozen=True, kw_only=True):
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
    """The members of a closed set that ``words`` name.

    Raises: ``UnknownWord`` with the nearest one, at the first that is none.
    """
    known = {str(each): each for each in kind}
    return [_known(what, word, known) for word in words]


def read_statuses(words: Iterable[str]) -> list[Status | None]:
    """The statuses that ``words`` name; ``unreported`` is None.

    Raises: ``UnknownWord`` with the nearest one, at the first that is none.
    """
    known: dict[str, Status | None] = {str(each): each for each in Status}
    return [_known("status", word, {**known, UNREPORTED: None}) for word in words]


Member = TypeVar("Member")


def _known(what: str, word: str, known: Mapping[str, Member]) -> Member:
    if word not in known:
        raise UnknownWord(what, word, list(known))
    return known[word]


def select(assessed: Iterable[Assessed], query: Query, ledger: Ledger) -> list[Assessed]:
    """The pledges of which every part of ``query`` holds, in the order given."""
    tests = list(_tests(query, ledger))
    return [each for each in assessed if all(test(each) for test in tests)]


def _tests(query: Query, ledger: Ledger) -> Iterator[Test]:
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


def _word_tests(query: Query) -> Iterator[Test]:
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


def _register_tests(query: Query, ledger: Ledger) -> Iterator[Test]:
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
        yield lambda each: not cited(each.pledge).isdisjoint(query.source)
    if query.tag:
        yield lambda each: not set(query.tag).isdisjoint(each.pledge.tags)


def _calendar_tests(query: Query) -> Iterator[Test]:
    first, last = query.due_from, query.due_to
    if first:
        yield lambda each: each.assessment.due is not None and each.assessment.due >= first
    if last:
        yield lambda each: each.assessment.due is not None and each.assessment.due <= last
    if query.no_deadline:
        yield lambda each: each.assessment.due is None


def _flag_tests(query: Query) -> Iterator[Test]:
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


def pledge_ids(text: str, ids: Sequence[str]) -> list[str]:
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
    close = nearest(text, ids)
    hint = f"did you mean {close}?" if close else "pledges list shows them all"
    raise NoSuchPledge(f"there is no pledge {text!r}", hint)


def _natural(text: str) -> list[int | str]:
    """A key that puts ``ECO-9`` before ``ECO-10``."""
    parts = re.split(r"(\d+)", folded(text))
    return [int(part) if part.isdecimal() else part for part in parts]


def _order(kind: type[StrEnum], word: StrEnum | None) -> int | None:
    return None if word is None else list(kind).index(word)


def _last_news(pledge: Pledge) -> float | None:
    return max((each.date.toordinal() for each in pledge.updates), default=None)


def _days(each: Assessed) -> int | None:
    late = each.assessment.days_late
    return each.assessment.days_left if late is None else -late


SORT_KEYS: Final[Mapping[str, Callable[[Assessed], Key | None]]] = {
    "id": lambda each: _natural(each.pledge.id),
    "title": lambda each: folded(each.pledge.title),
    "made": lambda each: each.pledge.made.first.toordinal() if each.pledge.made else None,
    "due": lambda each: each.assessment.due.toordinal() if each.assessment.due else None,
    "days": _days,
    "progress": lambda each: each.assessment.progress,
    "pace": lambda each: each.assessment.pace_points,
    "status": lambda each: _order(Status, each.assessment.status),
    "standing": lambda each: _order(Standing, each.assessment.standing),
    "strength": lambda each: _order(Strength, each.pledge.strength),
    "updated": lambda each: _last_news(each.pledge),
    "slip": lambda each: each.assessment.slip_days,
    "lead": lambda each: each.pledge.lead and folded(each.pledge.lead),
}


def read_sort(text: str) -> list[tuple[str, bool]]:
    """The keys of ``due,-progress``, each with whether it runs downwards.

    Raises: ``UnknownWord`` with the nearest key, at the first that is none.
    """
    keys = [
        (word.strip().removeprefix("-"), word.strip().startswith("-")) for word in text.split(",")
    ]
    for key, _ in keys:
        if key not in (*SORT_KEYS, "pillar"):
            raise UnknownWord("sort key", key, [*SORT_KEYS, "pillar"])
    return keys


def arranged(
    assessed: Iterable[Assessed], keys: Sequence[tuple[str, bool]], pillars: Iterable[str]
) -> list[Assessed]:
    """The pledges in the order of ``keys``; what has no value stands last either way."""
    rank = {pillar: number for number, pillar in enumerate(pillars)}
    getters = {**SORT_KEYS, "pillar": lambda each: rank.get(each.pledge.pillar)}
    result = list(assessed)
    for key, downwards in reversed(keys):
        result = _sorted_by(result, getters[key], downwards=downwards)
    return result


def _sorted_by(
    assessed: list[Assessed], key: Callable[[Assessed], Key | None], *, downwards: bool
) -> list[Assessed]:
    keyed = [(key(each), each) for each in assessed]
    known = [pair for pair in keyed if pair[0] is not None]
    known.sort(key=lambda pair: pair[0], reverse=downwards)  # type: ignore[arg-type,return-value]
    return [each for _, each in known] + [each for value, each in keyed if value is None]
