"""From options to a ledger as it was known on a day, and to the pledges that were asked about.

The clock is read here, once, and nowhere else.
"""

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import chain
from typing import Final

from msgspec import Struct

from pledges.commands._options import Filters, Reading
from pledges.commands._output import check_output, emit
from pledges.domain.assessment import Assessed, Standing
from pledges.domain.citations import cited
from pledges.domain.day import Period, read_when
from pledges.domain.filters import Filter, select
from pledges.domain.ids import is_pattern, pledge_ids
from pledges.domain.pledge import Kind, Ledger, Strength
from pledges.domain.snapshot import Snapshot, snapshot
from pledges.domain.spelling import folded, read_statuses, read_words
from pledges.errors import NoSuchPledge, NotADate, WrongUse, nearest
from pledges.ledger.reading.find import LedgerFile, open_ledger
from pledges.streams import is_terminal, notify
from pledges.view.answer import Answer
from pledges.view.wording import values as words

FEW: Final = 20
"""How many words of a register are told at most."""


class Session(Struct, frozen=True):
    """What was asked, the ledger as it was opened, and what was known of it on the as-of date."""

    reading: Reading
    found: LedgerFile
    now: Snapshot


def opened(reading: Reading) -> Session:
    """The session that the options ask for.

    Raises: ``WrongUse``, ``NoLedger`` or ``FaultyLedger``.
    """
    check_output(reading)
    as_of = as_of_day(reading.as_of)
    found = open_ledger(reading.ledger)
    return Session(reading, found, snapshot(found.ledger, found.name, as_of))


def answered(session: Session, answer: Answer, filters: Filters | None = None) -> None:
    """Write an answer where the options say.

    A word of ``filters`` that the ledger does not know is told even where nothing else is: it may
    be why nothing was found.

    Raises: ``CannotWrite`` where that fails; ``BrokenPipeError`` where the reader has gone.
    """
    emit(answer, session.reading, session.found.file)
    notify(unknown_words(session.now, filters) if filters else [])


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
    ids = dict.fromkeys(each.id for each in now.ledger.pledges)
    whole = session.found.ledger.pledges
    later = {each.id.casefold(): each.made for each in whole if each.id not in ids}
    if made := later.get(text.casefold()):
        message = f"{text} is of {words.period(made)}, after {words.day(now.as_of)}"
        raise NoSuchPledge(message, "ask for a later day with --as-of")
    return pledge_ids(text, ids)


def about(session: Session, shown: int) -> list[str]:
    """How much of what a selection is, for who sits at a terminal.

    Elsewhere only that there is nothing is worth a word.
    """
    now = session.now
    if not now.assessed:
        return [_nothing(session.found.ledger, now.as_of)]
    if shown and not is_terminal():
        return []
    if not shown:
        return [words.nothing(len(now.assessed), now.as_of)]
    return [f"{words.part(shown, len(now.assessed))} as of {words.day(now.as_of)}."]


def _nothing(whole: Ledger, as_of: dt.date) -> str:
    """Why there are no pledges at all."""
    made = [each.made for each in whole.pledges if each.made]
    if not made:
        return "The ledger has no pledges yet; pledges add makes the first."
    first = words.period(min(made, key=lambda each: each.first))
    return f"No pledges as of {words.day(as_of)}: the first is of {first}."


def split(text: str | None) -> list[str]:
    """The words of a list with commas between, in any case."""
    return [] if text is None else [word.strip().lower() for word in text.split(",")]


def unknown_words(now: Snapshot, filters: Filters) -> list[str]:
    """A line for each word of an open filter that the ledger does not know, with the nearest."""
    ledger, pledges = now.ledger, now.ledger.pledges
    known: Mapping[str, tuple[Iterable[str] | None, Callable[[], Iterable[str]]]] = {
        "pillar": (filters.pillar, lambda: (*ledger.pillars, *ledger.pillars.values())),
        "party": (filters.party, lambda: (*ledger.parties, *ledger.parties.values())),
        "source": (filters.source, lambda: (*ledger.sources, *chain(*map(cited, pledges)))),
        "lead": (filters.lead, lambda: (each.lead for each in pledges if each.lead)),
        "tag": (filters.tag, lambda: (tag for each in pledges for tag in each.tags)),
    }
    asked = (
        (what, given, list(dict.fromkeys(all_()))) for what, (given, all_) in known.items() if given
    )
    return [
        _not_known(what, word, register)
        for what, given, register in asked
        for word in given or ()
        if folded(word) not in {folded(each) for each in register}
    ]


def _not_known(what: str, word: str, register: Sequence[str]) -> str:
    close = nearest(word, register)
    known = f"it has {', '.join(register)}" if len(register) <= FEW else ""
    rest = f"did you mean {close}?" if close else known
    return "; ".join(part for part in (f"the ledger has no {what} {word!r}", rest) if part)


def when(text: str, option: str, base: dt.date) -> dt.date:
    """The last day of what an option's date names, seen from ``base``.

    Raises: ``NotADate`` that names the option.
    """
    return period_named(text, option, base).last


def period_named(text: str, option: str, base: dt.date) -> Period:
    """The day or period that an option's date names, seen from ``base``.

    Raises: ``NotADate`` that names the option.
    """
    try:
        return read_when(text, base)
    except NotADate as error:
        raise NotADate(text, f"{option}: {error.reason}", error.hint) from None


def ahead(text: str, option: str, as_of: dt.date) -> dt.date:
    """The last day of a span that an option gives from the as-of date on.

    Raises: ``WrongUse`` where it ends before that date; ``NotADate`` where it is none.
    """
    last = when(text, option, as_of)
    if last < as_of:
        message = f"{option} {text} lies before {words.day(as_of)}"
        raise WrongUse(message, "give a span such as 90d, or a later day")
    return last


def clock() -> dt.datetime:
    """The time of day where the program runs."""
    return dt.datetime.now().astimezone()


def as_of_day(given: str | None) -> dt.date:
    """The day that an answer is given for; a ledger's days are civil days, without a zone."""
    today = clock().date()
    return today if given is None else when(given, "--as-of", today)


def _query(filters: Filters, ids: Sequence[str], as_of: dt.date, *, with_internal: bool) -> Filter:
    first, last = _due_span(filters, as_of)
    return Filter(
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
    if filters.due_by is not None:
        lasts.append(when(filters.due_by, "--due-by", as_of))
    if filters.due_after is not None:
        after = when(filters.due_after, "--due-after", as_of)
        firsts.append(min(after, dt.date.max - dt.timedelta(days=1)) + dt.timedelta(days=1))
    if filters.due_within is not None:
        firsts.append(as_of)
        lasts.append(ahead(filters.due_within, "--due-within", as_of))
    return max(firsts, default=None), min(lasts, default=None)
