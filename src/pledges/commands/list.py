"""``pledges list``: one line a pledge, filtered, sorted, grouped, in columns of choice."""

from typing import Annotated

from pledges.commands._options import (
    ARRANGEMENT,
    Filters,
    Grouping,
    Ids,
    Internal,
    Reading,
    Sort,
    Word,
    option,
    spread,
)
from pledges.commands._session import open_session, selection, size_lines, write_answer
from pledges.domain.sorting import Group, GroupBy, pledge_groups, read_sort, sorted_pledges
from pledges.domain.spelling import read_word
from pledges.errors import Exit
from pledges.view.list_page import Listing, answer
from pledges.view.pledge_columns import FIELDS, pledge_fields

Columns = Annotated[
    Word,
    option(
        "NAMES",
        f"Only these, with commas between, in JSON too: {', '.join(FIELDS)}.",
        ARRANGEMENT,
    ),
]


@spread
def run(
    reading: Reading,
    filters: Filters,
    ids: Ids = None,
    sort: Sort = None,
    group: Grouping = None,
    columns: Columns = None,
    internal: Internal = False,  # noqa: FBT002  (an option of the command line)
) -> int:
    """One line a pledge, in columns of choice."""
    keys = [] if sort is None else read_sort(sort)
    by = read_word(GroupBy, "grouping", group) if group is not None else None
    names = [] if columns is None else [name.strip().lower() for name in columns.split(",")]
    pledge_fields(names)  # refuses an unknown one before the ledger is read
    session = open_session(reading)
    ledger = session.now.ledger
    found = selection(session, filters, ids, with_internal=internal)
    found = sorted_pledges(found, keys, ledger.pillars)
    groups = pledge_groups(found, by, ledger) if by else [Group("", found)] if found else []
    listing = Listing(groups, by, names, internal)
    write_answer(session, answer(listing, session.now, size_lines(session, len(found))), filters)
    return Exit.DONE
