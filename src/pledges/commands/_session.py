"""From options to a ledger as it was known on a day, and to the pledges that were asked about.

The clock is read here, once, and nowhere else.
"""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence

from msgspec import Struct

from pledges.commands._options import Filters, Reading
from pledges.commands._output import check_output, emit, is_terminal
from pledges.domain.assessment import Assessed, Standing
from pledges.domain.day import Interval, read_when
from pledges.domain.pledge import Kind, Ledger, Strength
from pledges.domain.query import (
    Query,
    folded,
    is_pattern,
    pledge_ids,
    read_statuses,
    read_words,
    select,
)
from pledges.domain.snapshot import Snapshot, snapshot
from pledges.errors import NoSuchPledge, NotADate, nearest
from pledges.ledger.source import Opened, open_ledger
from pledges.view import words
from pledges.view.page import Answer


class Session(Struct, frozen=True):
    """What was asked, the ledger as it was opened, and what was known of it on the as-of date."""

    reading: Reading
    opened: Opened
    now: Snapshot


def opened(reading: Reading) -> Session:
    """The session that the options ask for.

    Raises: ``WrongUse``, ``NoLedger`` or ``FaultyLedger``.
    """
    check_output(reading)
    as_of = _as_of(reading.as_of)
    found = open_ledger(reading.ledger)
    return Session(reading, found, snapshot(found.ledger, found.name, as_of))


def answered(session: Session, answer: Answer) -> None:
    """Write the answer of a session where its options say.

    Raises: ``CannotWrite`` where that fails; ``BrokenPipeError`` where the reader has gone.
    """
    emit(answer, session.reading, session.opened.path)


def selected(
    session: Session,
    filters: Filters,
    ids: Sequence[str] | None,
    *,
    with_internal: bool = False,
) -> list[Assessed]:
    """The pledges that ids and filters leave.

    Raises: ``WrongUse`` for a word or date that is none; ``NoSuchPledge`` for an id.
    """
    named = [found for text in ids or () for found in _named(session, text)]
    query = _query(filters, named, session.now.as_of, with_internal=with_internal)
    return select(session.now.assessed, query, session.now.ledger)


def known_ids(session: Session, text: str) -> list[str]:
    """The ids that a word of the command line names.

    Raises: ``NoSuchPledge`` where an id is none, or of none that was made by the as-of date.
    """
    now = session.now
    ids = [each.id for each in now.ledger.pledges]
    later = {each.id: each.made for each in session.opened.ledger.pledges if each.id not in ids}
    if made := later.get(text):
        message = f"{text} was made on {words.period(made)}, after {words.day(now.as_of)}"
        raise NoSuchPledge(message, "ask for a later day with --as-of")
    return pledge_ids(text, ids)


def about(session: Session, filters: Filters, shown: int) -> list[str]:
    """What is said about a selection: words that mean nothing here, and how much of what it is.

    The count is for who sits at a terminal; elsewhere only that there is nothing is worth a word.
    """
    now = session.now
    total, lines = len(now.assessed), _open_words(now, filters)
    if not total:
        return [*lines, _nothing(session.opened.ledger, now.as_of)]
    if shown and not is_terminal():
        return lines
    of = "" if shown == total else f" of {total:,}"
    noun = "pledge" if total == 1 else "pledges"
    return [*lines, f"{shown:,}{of} {noun} as of {words.day(now.as_of)}."]


def _nothing(whole: Ledger, as_of: dt.date) -> str:
    """Why there are no pledges at all."""
    first = min((each.made.first for each in whole.pledges if each.made), default=None)
    if not first:
        return "The ledger has no pledges yet."
    return f"No pledges as of {words.day(as_of)}: the first was made on {words.day(first)}."


def split(words: str | None) -> list[str]:
    """The words of a list with commas between."""
    return [word.strip() for word in words.split(",")] if words else []


def _open_words(now: Snapshot, filters: Filters) -> list[str]:
    """A line for each word of an open filter that the ledger does not know, with the nearest."""
    ledger, pledges = now.ledger, now.ledger.pledges
    known: Mapping[str, tuple[Iterable[str] | None, Iterable[str]]] = {
        "pillar": (filters.pillar, (*ledger.pillars, *ledger.pillars.values())),
        "party": (filters.party, (*ledger.parties, *ledger.parties.values())),
        "source": (filters.source, ledger.sources),
        "lead": (filters.lead, (each.lead for each in pledges if each.lead)),
        "tag": (filters.tag, (tag for each in pledges for tag in each.tags)),
    }
    return [
        _not_known(what, word, list(register))
        for what, (given, register) in known.items()
        for word in given or ()
        if folded(word) not in {folded(each) for each in register}
    ]


def _not_known(what: str, word: str, register: Sequence[str]) -> str:
    close = nearest(word, register)
    return f"the ledger has no {what} {word!r}" + (f"; did you mean {close}?" if close else "")


def when(text: str, option: str, base: dt.date) -> dt.date:
    """The last day of what an option's date names, seen from ``base``.

    Raises: ``NotADate`` that names the option.
    """
    try:
        return read_when(text, base).last
    except NotADate as error:
        raise NotADate(text, f"{option}: {error.reason}", error.hint) from None


def _as_of(given: str | None) -> dt.date:
    today = dt.date.today()  # noqa: DTZ011  (a ledger's days are civil days, without a zone)
    return when(given, "--as-of", today) if given else today


def _query(filters: Filters, ids: Sequence[str], as_of: dt.date, *, with_internal: bool) -> Query:
    first, last = _due_span(filters, as_of)
    return Query(
        ids=ids,
        status=read_statuses(filters.status or ()),
        not_status=read_statuses(filters.not_status or ()),
        standing=read_words(Standing, "standing", filters.standing or ()),
        not_standing=read_words(Standing, "standing", filters.not_standing or ()),
        strength=read_words(Strength, "strength", filters.strength or ()),
        not_strength=read_words(Strength, "strength", filters.not_strength or ()),
        kind=read_words(Kind, "kind", filters.kind or ()),
        not_kind=read_words(Kind, "kind", filters.not_kind or ()),
        pillar=filters.pillar or (),
        party=filters.party or (),
        lead=filters.lead or (),
        source=filters.source or (),
        tag=filters.tag or (),
        due_from=first,
        due_to=last,
        overdue=filters.overdue,
        stale=filters.stale,
        behind=filters.behind,
        contested=filters.contested,
        no_deadline=filters.no_deadline,
        search=filters.search or (),
        search_internal=with_internal,
    )


def _named(session: Session, text: str) -> list[str]:
    return [text] if is_pattern(text) else known_ids(session, text)


def _due_span(filters: Filters, as_of: dt.date) -> tuple[dt.date | None, dt.date | None]:
    """The first and the last day that a deadline may have."""
    firsts, lasts = [], []
    if filters.due_by:
        lasts.append(when(filters.due_by, "--due-by", as_of))
    if filters.due_after:
        after = when(filters.due_after, "--due-after", as_of)
        firsts.append(Interval(1, "day").after(after))
    if filters.due_within:
        firsts.append(as_of)
        lasts.append(when(filters.due_within, "--due-within", as_of))
    return max(firsts, default=None), min(lasts, default=None)
