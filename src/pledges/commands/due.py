"""``pledges due``: what needs a look."""

from typing import Annotated

from pledges.commands._options import ARRANGEMENT, Filters, Ids, Reading, Word, flag, option, spread
from pledges.commands._session import open_session, selection, size_lines, window_days, write_answer
from pledges.errors import Exit
from pledges.view.due_page import answer, pressing_pledges

Within = Annotated[
    Word,
    option("SPAN", "How far ahead to look: 90d, 6m, eoq; else the plan's warn_days.", ARRANGEMENT),
]
ExitCode = Annotated[bool, flag("Leave with 1 where a pledge is listed.", None, "--exit-code")]


@spread
def run(
    reading: Reading,
    filters: Filters,
    ids: Ids = None,
    within: Within = None,
    exit_code: ExitCode = False,  # noqa: FBT002  (an option of the command line)
) -> int:
    """What is overdue, due soon, up for review or stale, and the decisions asked for."""
    session = open_session(reading)
    now = session.now
    days = window_days(within, "--within", now)
    found = selection(session, filters, ids)
    pressing = pressing_pledges(found, days)
    said = [] if found else size_lines(session, 0)
    write_answer(session, answer(pressing, found, now, days, said), filters)
    return Exit.BAD_ANSWER if exit_code and any(pressing.values()) else Exit.DONE
