"""``pledges list``: one line a pledge, filtered, sorted, grouped, in columns of choice."""

from typing import Annotated, Final

from pledges.commands._completion import COLUMNS
from pledges.commands._help import CommandHelp, Example
from pledges.commands._options import (
    ARRANGEMENT,
    GROUP,
    Filters,
    Internal,
    Limit,
    Reading,
    Sort,
    Word,
    option,
)
from pledges.commands._session import check_limit, left_out_lines, open_session, sort_keys
from pledges.commands._spread import spread
from pledges.domain.sorting import Group, GroupBy, first_members, pledge_groups
from pledges.domain.spelling import read_word
from pledges.errors import Exit
from pledges.streams import is_terminal
from pledges.view.list_page import Listing, answer, list_count
from pledges.view.pledge_columns import pledge_fields

COLUMN_HELP = "Columns to show, separated by commas, in JSON too; see pledges help columns."

HELP: Final = CommandHelp(
    "List pledges, one per line, in the columns you choose.",
    [
        Example("What Viet Nam owes and is late with:", "pledges list --party VN --overdue"),
        Example(
            "The next deadlines first, in columns of your choice:",
            "pledges list --due-within 1y --sort due --columns id,due,days,title",
        ),
        Example("All that mentions rice, in any part:", "pledges list --search rice"),
        Example("A workbook that people can fill in:", "pledges list --output plan.xlsx"),
    ],
    topics=["filters", "columns", "formats"],
)


@spread
def run(
    reading: Reading,
    filters: Filters,
    sort: Sort = None,
    group: Annotated[Word, GROUP] = None,
    columns: Annotated[Word, option("NAMES", COLUMN_HELP, ARRANGEMENT, completed=COLUMNS)] = None,
    limit: Limit = None,
    internal: Internal = False,  # noqa: FBT002  (an option of the command line)
) -> int:
    keys = sort_keys(sort)
    check_limit(limit)
    by = read_word(GroupBy, "grouping", group) if group is not None else None
    names = [] if columns is None else [name.strip().lower() for name in columns.split(",")]
    pledge_fields(names)  # refuses an unknown one before the ledger is read
    session = open_session(reading, filters)
    now = session.now
    found = session.selection(keys, with_internal=internal)
    by = by or (GroupBy.PLAN if now.ledger.is_joint else None)
    groups = pledge_groups(found, by, now.ledger) if by else [Group("", found)] if found else []
    listed = Listing(first_members(groups, limit), by, names, internal)
    said = session.no_match_lines(found)
    if found and is_terminal():
        said = [list_count(listed.members, now)]
    said += left_out_lines(len(listed.members), len(found))
    session.write(answer(listed, now, said))
    return Exit.DONE
