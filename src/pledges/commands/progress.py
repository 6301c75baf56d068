"""``pledges progress``: the main table."""

from typing import Annotated

from pledges.commands._options import GROUP, Filters, Reading, Sort, flag, spread
from pledges.commands._session import open_session
from pledges.domain.sorting import GroupBy, pledge_groups, read_sort
from pledges.domain.spelling import read_word
from pledges.errors import Exit
from pledges.view.progress_page import answer

All = Annotated[
    bool, flag("Show every pledge, not only those with a measure or a deadline.", None, "--all")
]


@spread
def run(
    reading: Reading,
    filters: Filters,
    sort: Sort = None,
    group: Annotated[str, GROUP] = "pillar",
    show_all: All = False,  # noqa: FBT002  (an option of the command line)
) -> int:
    """Show the progress of every pillar, next to the time used."""
    keys = [] if sort is None else read_sort(sort)
    by = read_word(GroupBy, "grouping", group)
    session = open_session(reading, filters)
    found = session.selection(keys)
    groups, said = pledge_groups(found, by, session.now.ledger), session.no_match_lines(found)
    session.write(answer(groups, by, session.now, said, show_all=show_all))
    return Exit.DONE
