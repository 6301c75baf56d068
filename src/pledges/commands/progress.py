"""``pledges progress``: the main table."""

from typing import Annotated, Final

from pledges.commands._help import CommandHelp, Example
from pledges.commands._options import GROUP, Filters, Limit, Reading, Sort, flag
from pledges.commands._session import check_limit, left_out_lines, open_session, sort_keys
from pledges.commands._spread import spread
from pledges.domain.sorting import GroupBy, pledge_groups
from pledges.domain.spelling import read_word
from pledges.errors import Exit
from pledges.view.progress_page import answer, shown_members

All = Annotated[
    bool, flag("Show every pledge, not only those with a measure or a deadline.", None, "--all")
]


HELP: Final = CommandHelp(
    "Show the progress of every pillar, next to the time used.",
    [
        Example("The pledges with a measure or a deadline:", "pledges progress"),
        Example("All of them, by who owes them:", "pledges progress --all --group party"),
        Example("What is behind, the worst first:", "pledges progress --behind --sort pace"),
    ],
    topics=["filters", "columns"],
)


@spread
def run(
    reading: Reading,
    filters: Filters,
    sort: Sort = None,
    group: Annotated[str, GROUP] = "pillar",
    limit: Limit = None,
    show_all: All = False,  # noqa: FBT002  (an option of the command line)
) -> int:
    keys = sort_keys(sort)
    check_limit(limit)
    by = read_word(GroupBy, "grouping", group)
    session = open_session(reading, filters)
    found = session.selection(keys)
    groups, said = pledge_groups(found, by, session.now.ledger), session.no_match_lines(found)
    total = sum(len(shown_members(each.members, show_all=show_all)) for each in groups)
    said += left_out_lines(min(limit or total, total), total)
    session.write(answer(groups, by, session.now, show_all=show_all, limit=limit), said)
    return Exit.DONE
