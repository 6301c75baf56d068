"""``pledges due``: what needs a look."""

from typing import Annotated

from pledges.commands._options import ARRANGEMENT, Filters, Reading, Word, flag, option, spread
from pledges.commands._session import (
    no_match_lines,
    open_session,
    selection,
    window_days,
    write_answer,
)
from pledges.errors import Exit
from pledges.view.due_page import answer, pressing_pledges

WITHIN = "How far ahead to look: 90d, 6m, eoq; else the plan's warn_days."
Within = Annotated[Word, option("SPAN", WITHIN, ARRANGEMENT)]
ExitCode = Annotated[bool, flag("Leave with 1 where a pledge is listed.", None, "--exit-code")]


@spread
def run(
    reading: Reading,
    filters: Filters,
    within: Within = None,
    exit_code: ExitCode = False,  # noqa: FBT002  (an option of the command line)
) -> int:
    """What is overdue, due soon, up for review or stale, and the decisions asked for."""
    session = open_session(reading, filters)
    days = window_days(within, "--within", session.now)
    found = selection(session)
    pressing = pressing_pledges(found, days)
    said = no_match_lines(session, found)
    write_answer(session, answer(pressing, found, session.now, days, said))
    return Exit.BAD_ANSWER if exit_code and any(pressing.values()) else Exit.DONE
