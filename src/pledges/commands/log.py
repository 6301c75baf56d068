"""``pledges log``: the history across the ledger."""

import datetime as dt
from typing import Annotated

from msgspec.structs import replace

from pledges.commands._options import ARRANGEMENT, Filters, Ids, Reading, Word, option, spread
from pledges.commands._session import (
    Session,
    last_day,
    open_session,
    option_period,
    selection,
    size_lines,
    write_answer,
)
from pledges.domain.events import events_between, newest_first
from pledges.errors import Exit, WrongUse
from pledges.streams import is_terminal
from pledges.view.log_page import Log, answer, entry_count
from pledges.view.wording import values as words

Since = Annotated[
    Word,
    option("DATE", "From that day on: -7d, 2026-10-01; of a period its first day.", ARRANGEMENT),
]
Until = Annotated[
    Word,
    option("DATE", "Up to that day; of a period its last day.", ARRANGEMENT),
]


@spread
def run(
    reading: Reading,
    filters: Filters,
    ids: Ids = None,
    since: Since = None,
    until: Until = None,
) -> int:
    """What happened, entry by entry, newest first."""
    session = open_session(reading)
    first, last = _span(since, until, session.now.as_of)
    found = selection(session, filters, ids)
    pledges = tuple(each.pledge for each in found)
    entries = newest_first(replace(session.now.ledger, pledges=pledges))
    log = Log(events_between(entries, first, last), pledges, first, last)
    write_answer(session, answer(log, session.now, _said(log, session)), filters)
    return Exit.DONE


def _span(
    since: str | None, until: str | None, as_of: dt.date
) -> tuple[dt.date | None, dt.date | None]:
    """The first and the last day of the history that is wanted.

    Raises: ``WrongUse`` if the first comes after the last; ``NotADate``.
    """
    last = last_day(until, "--until", as_of) if until is not None else None
    if since is None:
        return None, last
    first = option_period(since, "--since", as_of).first
    if last and first > last:
        message = f"--since {since} begins on {words.day(first)}, after {words.day(last)}"
        raise WrongUse(message, f"--until {until} ends there: let it be later, or --since earlier")
    return first, last


def _said(log: Log, session: Session) -> list[str]:
    """How many entries there are, for a user at a terminal; elsewhere only that there are none."""
    if not log.pledges:
        return size_lines(session, 0)
    if log.entries and not is_terminal():
        return []
    ahead = log.since and log.since > session.now.as_of
    hint = "--since lies ahead of that day; 7 days back is written -7d."
    return [entry_count(log, session.now), *([hint] if ahead else [])]
