"""``pledges add``: a new pledge, behind the last one of its pillar."""

import datetime as dt
from collections.abc import Sequence
from typing import Annotated

import typer

from pledges.commands._options import Writing, spread
from pledges.commands._pledge_options import NEW_PLEDGE, missing_option, pledge, read_terms
from pledges.commands._questions import ask_for_terms
from pledges.commands._session import as_of_day, open_session
from pledges.commands._term_options import Texts
from pledges.commands._values import NEW_SOURCE, new_source, read_values
from pledges.commands._writing import Desk, amend, can_ask, open_desk, tell_change
from pledges.domain.edits import Edit, NewPledge
from pledges.domain.pledge import Ledger
from pledges.domain.snapshot import Snapshot, assess_alone
from pledges.domain.sorting import Group
from pledges.errors import Exit, WrongUse
from pledges.ledger.editing.revision import Amendment
from pledges.streams import notify
from pledges.view.answer import Answer
from pledges.view.list_page import Listing, answer


@spread
def run(
    terms: Annotated[Texts, NEW_PLEDGE], source: Annotated[Texts, NEW_SOURCE], writing: Writing
) -> int:
    """Add a pledge, behind the last one of its pillar."""
    today = as_of_day(writing.as_of)
    missing = missing_option(terms)
    if missing and not can_ask(writing):
        hint = "for example: pledges add --title 'Open the market' --pillar economy"
        raise WrongUse(f"a pledge needs {missing}", hint)
    values = read_terms(terms, today)
    new = read_values(NEW_SOURCE, source, today)
    desk = open_desk(writing)
    if missing:
        ledger = open_session(desk.reading, today).file.ledger
        try:
            values = ask_for_terms(values, ledger, today, is_new_source=bool(new))
        except typer.Abort:
            notify(["", "Nothing was written."])
            return Exit.DONE

    def plan(ledger: Ledger) -> Sequence[Edit]:
        added = new_source(new, values.get("source"), ledger)
        return [*added, NewPledge(pledge(values, ledger, added, today))]

    amendment = amend(desk, f"add {values['title']}", plan)
    tell_change(desk, amendment, lambda: _list_of_one(amendment, desk, today))
    return Exit.DONE


def _list_of_one(amendment: Amendment, desk: Desk, today: dt.date) -> Answer:
    """The new pledge, as a list shows it."""
    before = {each.id for each in amendment.before.pledges}
    (new,) = (each for each in amendment.after.pledges if each.id not in before)
    assessed = [assess_alone(new, amendment.after, today)]
    now = Snapshot(amendment.after, desk.path.name, today, assessed)
    return answer(Listing([Group("", assessed)]), now, ())
