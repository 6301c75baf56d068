"""``pledges progress``: the main table."""

from typing import Annotated

from pledges.commands._options import Filters, Grouping, Ids, Reading, Sort, flag, spread
from pledges.commands._session import open_session, selection, size_lines, write_answer
from pledges.domain.sorting import GroupBy, pledge_groups, read_sort, sorted_pledges
from pledges.domain.spelling import read_word
from pledges.errors import Exit
from pledges.view.progress_page import answer

All = Annotated[bool, flag("Every pledge, not only what can be measured or dated.", None, "--all")]


@spread
def run(
    reading: Reading,
    filters: Filters,
    ids: Ids = None,
    sort: Sort = None,
    group: Grouping = "pillar",
    show_all: All = False,  # noqa: FBT002  (an option of the command line)
) -> int:
    """Where every pillar stands, with progress and time."""
    keys = [] if sort is None else read_sort(sort)
    by = read_word(GroupBy, "grouping", GroupBy.PILLAR if group is None else group)
    session = open_session(reading)
    ledger = session.now.ledger
    found = sorted_pledges(selection(session, filters, ids), keys, ledger.pillars)
    said = [] if found else size_lines(session, 0)
    write_answer(
        session,
        answer(pledge_groups(found, by, ledger), by, session.now, said, show_all=show_all),
        filters,
    )
    return Exit.DONE
