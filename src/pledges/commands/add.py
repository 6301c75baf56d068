"""``pledges add``: a new pledge, behind the last one of its pillar."""

import datetime as dt
from collections.abc import Sequence

import typer
from msgspec.structs import replace

from pledges.commands import _values as given
from pledges.commands._options import Writing, spread
from pledges.commands._pledge_options import PledgeOptions, pledge
from pledges.commands._questions import asked
from pledges.commands._session import as_of_day, opened
from pledges.commands._values import NewSource
from pledges.commands._writing import amended, can_ask, tell, writable_path
from pledges.domain.edits import Edit, NewPledge
from pledges.domain.pledge import Ledger
from pledges.domain.snapshot import Snapshot, assessed_alone
from pledges.domain.sorting import Group
from pledges.errors import Exit, WrongUse
from pledges.ledger.editing.revision import Amendment
from pledges.streams import notify
from pledges.view.list_page import Listing, answer


@spread
def run(terms: PledgeOptions, new: NewSource, writing: Writing) -> int:
    """Add a pledge, behind the last one of its pillar."""
    today = as_of_day(writing.as_of)
    terms = replace(terms, note=given.long_text(terms.note, "--note"))
    if terms.missing:
        if not can_ask(writing):
            hint = "for example: pledges add --title 'Open the market' --pillar economy"
            raise WrongUse(f"a pledge needs {terms.missing}", hint)
        ledger = opened(writing.reading).found.ledger
        try:
            terms = asked(terms, ledger, today, is_new_source=new != NewSource())
        except typer.Abort:
            notify(["", "Nothing was written."])
            return Exit.DONE

    def plan(ledger: Ledger) -> Sequence[Edit]:
        added = given.new_source(new, terms.source, ledger, today)
        cited = given.source(terms.source, ledger, added)
        return [*added, NewPledge(pledge(terms, ledger, cited, today))]

    amendment = amended(writing, f"add {terms.title}", plan)
    if not writing.dry_run:
        _tell(amendment, writing, today)
    return Exit.DONE


def _tell(amendment: Amendment, writing: Writing, today: dt.date) -> None:
    """The new pledge, as a list shows it."""
    before = {each.id for each in amendment.before.pledges}
    (new,) = (each.id for each in amendment.after.pledges if each.id not in before)
    assessed = [assessed_alone(amendment.after, new, today)]
    now = Snapshot(amendment.after, writable_path(writing).name, today, assessed)
    tell(writing, amendment, answer(Listing([Group("", assessed)]), now, ()))
