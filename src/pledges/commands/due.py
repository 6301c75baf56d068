"""``pledges due``: what needs a look."""

from typing import Annotated

from pledges.commands._options import ARRANGEMENT, Filters, Reading, Word, flag, option, spread
from pledges.commands._session import open_session
from pledges.errors import Exit
from pledges.view.due_page import answer, pressing_pledges

WITHIN = "How far ahead to look: 90d, 6m, eoq; by default the plan's warn_days."
Within = Annotated[Word, option("SPAN", WITHIN, ARRANGEMENT)]
ExitCode = Annotated[bool, flag("Exit with 1 if any pledge is listed.", None, "--exit-code")]


@spread
def run(
    reading: Reading,
    filters: Filters,
    within: Within = None,
    exit_code: ExitCode = False,  # noqa: FBT002  (an option of the command line)
) -> int:
    """Show what needs attention.

    It lists what is overdue, due soon, due for review or stale, and the decisions asked for.
    """
    session = open_session(reading, filters)
    days = session.window_days(within, "--within")
    found = session.selection()
    pressing = pressing_pledges(found, days)
    said = session.no_match_lines(found)
    session.write(answer(pressing, found, session.now, days, said))
    return Exit.BAD_ANSWER if exit_code and any(pressing.values()) else Exit.DONE
