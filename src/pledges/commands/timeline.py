"""``pledges timeline``: what is due when, along the calendar."""

from typing import Annotated, Final

from pledges.commands._completion import Completed
from pledges.commands._help import CommandHelp, Example
from pledges.commands._options import (
    ARRANGEMENT,
    GROUP,
    Filters,
    Limit,
    Reading,
    Sort,
    Word,
    option,
)
from pledges.commands._session import (
    check_limit,
    left_out_lines,
    open_session,
    option_period,
    sort_keys,
)
from pledges.commands._spread import spread
from pledges.domain.axis import Unit, axis_through
from pledges.domain.marks import lifetimes
from pledges.domain.sorting import GroupBy, first_of, pledge_groups
from pledges.domain.spelling import read_word
from pledges.errors import Exit, WrongUse
from pledges.view.timeline_page import answer

BY_UNIT = f"Divide the axis by {', '.join(Unit)}; by default by what fits."
UNTIL = "End the axis at this date, and draw all of it."


HELP: Final = CommandHelp(
    "Draw what is due when, along a calendar.",
    [
        Example("All pledges with a deadline:", "pledges timeline"),
        Example("Two years:", "pledges timeline --from 2026 --to 2027"),
        Example("What Singapore owes, the next first:", "pledges timeline --party SG --sort due"),
    ],
    topics=["calendar", "dates", "filters"],
)


@spread
def run(
    reading: Reading,
    filters: Filters,
    by: Annotated[Word, option("WORD", BY_UNIT, ARRANGEMENT, completed=Completed(Unit))] = None,
    begin: Annotated[
        Word, option("DATE", "Begin the axis at this date.", ARRANGEMENT, "--from")
    ] = None,
    end: Annotated[Word, option("DATE", UNTIL, ARRANGEMENT, "--to")] = None,
    sort: Sort = None,
    group: Annotated[str, GROUP] = "pillar",
    limit: Limit = None,
) -> int:
    keys = sort_keys(sort)
    check_limit(limit)
    grouping = read_word(GroupBy, "grouping", group)
    unit = None if by is None else read_word(Unit, "unit", by)
    session = open_session(reading, filters)
    now = session.now
    last = None if end is None else option_period(end, "--to", now.as_of).last
    first = None if begin is None else option_period(begin, "--from", now.as_of).first
    if first and last and last < first:
        raise WrongUse(f"--to {end} is before --from {begin}", "give a later --to")
    found = session.selection(keys)
    all_groups = pledge_groups(found, grouping, now.ledger)
    lives = [lifetimes(each.members, now.as_of) for each in all_groups]
    groups = list(zip(all_groups, first_of(lives, limit), strict=True))
    days = [mark.date for _, drawn in groups for life in drawn for mark in life.marks]
    axis = axis_through([now.as_of, *days], unit, first, last)
    total = sum(map(len, lives))
    said = [*session.no_match_lines(found), *left_out_lines(min(limit or total, total), total)]
    session.write(answer(groups, grouping, axis, now, said))
    return Exit.DONE
