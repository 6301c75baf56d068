"""``pledges due``: what needs attention."""

from typing import Annotated, Final

from pledges.commands._help import READING_EXITS, CommandHelp, Example
from pledges.commands._options import ARRANGEMENT, Filters, Limit, Reading, Word, flag, option
from pledges.commands._session import check_limit, left_out_lines, open_session
from pledges.commands._spread import spread
from pledges.errors import Exit
from pledges.view.due_page import answer, pressing_pledges

WITHIN = "How far ahead to look: 90d, 6m, eoq; by default the plan's warn_days."
Within = Annotated[Word, option("SPAN", WITHIN, ARRANGEMENT)]
ExitCode = Annotated[bool, flag("Exit with 1 if any pledge is listed.", None, "--exit-code")]

HELP: Final = CommandHelp(
    "Show what needs attention.",
    [
        Example("What needs attention now:", "pledges due"),
        Example("What falls due by the end of the quarter:", "pledges due --within eoq"),
        Example("Whether anything is overdue, in a script:", "pledges due --overdue --exit-code"),
    ],
    about="It lists what is overdue, due soon, due for review or stale, and the decisions asked "
    "for.",
    exits=[*READING_EXITS, Exit.BAD_ANSWER],
    bad_answer="a pledge is listed, and --exit-code was given",
    topics=["dates", "filters", "scripts"],
)


@spread
def run(
    reading: Reading,
    filters: Filters,
    within: Within = None,
    limit: Limit = None,
    exit_code: ExitCode = False,  # noqa: FBT002  (an option of the command line)
) -> int:
    check_limit(limit)
    session = open_session(reading, filters)
    days = session.window_days(within, "--within")
    found = session.selection()
    pressing = pressing_pledges(found, days)
    total = sum(map(len, pressing.values()))
    said = [*session.no_match_lines(found), *left_out_lines(min(limit or total, total), total)]
    session.write(answer(pressing, found, session.now, days, limit), said)
    return Exit.BAD_ANSWER if exit_code and any(pressing.values()) else Exit.DONE
