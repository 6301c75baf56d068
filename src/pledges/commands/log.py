"""``pledges log``: the history across the ledger."""

from collections.abc import Sequence
from typing import Annotated, Final

from msgspec.structs import replace

from pledges.commands._completion import Completed
from pledges.commands._help import CommandHelp, Example
from pledges.commands._options import (
    ARRANGEMENT,
    Filters,
    Limit,
    Reading,
    Word,
    Words,
    flag,
    option,
)
from pledges.commands._session import (
    Session,
    check_limit,
    clock,
    left_out_lines,
    open_session,
    option_period,
)
from pledges.commands._spread import spread
from pledges.domain.events import Event, EventWord, Recording, events_between, newest_first
from pledges.domain.spelling import read_words
from pledges.errors import Exit, WrongUse
from pledges.ledger.reading.find import STDIN, ledger_path
from pledges.streams import is_terminal
from pledges.view.log_page import Log, answer, entry_count

SINCE = "Entries from this day on: -7d, 2026-10-01; of a period its first day."
EVENT = f"Entries of a kind: {', '.join(EventWord)}; repeatable."
EVENTS = Completed(EventWord, by_commas=True, meanings="event")
Git = Annotated[bool, flag("Say who recorded each entry, and when, by git.", ARRANGEMENT, "--git")]
UNTIL = "Entries up to this day; of a period its last day."

HELP: Final = CommandHelp(
    "List what happened, newest first.",
    [
        Example("This year:", "pledges log --since 2026"),
        Example("Every deadline that was moved, and why:", "pledges log --event moved"),
        Example("The history of one pledge:", "pledges log ECO-02"),
        Example("Who recorded it, in a ledger that is in git:", "pledges log ECO-02 --git"),
    ],
    topics=["git", "dates", "filters"],
)


@spread
def run(
    reading: Reading,
    filters: Filters,
    since: Annotated[Word, option("DATE", SINCE, ARRANGEMENT)] = None,
    until: Annotated[Word, option("DATE", UNTIL, ARRANGEMENT)] = None,
    limit: Limit = None,
    event: Annotated[Words, option("WORD", EVENT, ARRANGEMENT, completed=EVENTS)] = None,
    git: Git = False,  # noqa: FBT002  (an option of the command line)
) -> int:
    wanted = set(read_words(EventWord, "event", event or ()))
    check_limit(limit)
    session = open_session(reading, filters)
    now = session.now
    last = None if until is None else option_period(until, "--until", now.as_of).last
    first = None if since is None else option_period(since, "--since", now.as_of).first
    if first and last and first > last:
        message = f"--since {since} is after --until {until}"
        raise WrongUse(message, "give an earlier --since or a later --until")
    found = session.selection()
    pledges = tuple(each.pledge for each in found)
    entries = newest_first(replace(now.ledger, pledges=pledges))
    found_between = events_between(entries, first, last)
    kept = [x for x in found_between if not wanted or x.words & wanted]
    listed = kept[:limit]
    log = Log(listed, pledges, first, last, _recordings(session, listed) if git else None)
    said = session.no_match_lines(found)
    # The number of entries is reported on a terminal, or if there are none.
    if found and (is_terminal() or not log.entries):
        said = [entry_count(log, now)]
        if first and first > now.as_of:
            said.append("--since is after that day; for the last 7 days write -7d.")
    said += left_out_lines(len(log.entries), len(kept), "entry", "entries")
    session.write(answer(log, now, said))
    return Exit.DONE


def _recordings(session: Session, events: Sequence[Event]) -> list[Recording | None]:
    """Who recorded events of the ledgers, by the history of git.

    Raises: ``WrongUse`` if a ledger is not in git.
    """
    from pledges.ledger.recordings import event_recordings  # noqa: PLC0415  (only if asked for)
    from pledges.ledger.repository import Repository  # noqa: PLC0415

    whole, at, found = session.ledger, session.reading.at, dict[int, Recording | None]()
    for location, file, plan in zip(session.locations, session.files, whole.plans, strict=True):
        if location == STDIN:
            raise WrongUse("a ledger from standard input has no history", "leave out --git")
        repository = Repository(ledger_path(location))
        lines = repository.recordings(repository.commit(at, clock().date()) if at else None)
        own = [each for each in events if each.pledge.plan_key == plan]
        # The pledges are in the order of the file, with the ids that the events have.
        pledges = tuple(each for each in whole.pledges if each.plan_key == plan)
        recorded = event_recordings(own, replace(file.ledger, pledges=pledges), file.text, lines)
        found |= {id(event): who for event, who in zip(own, recorded, strict=True)}
    return [found[id(event)] for event in events]
