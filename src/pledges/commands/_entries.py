"""The records of a pledge by number, as ``show`` gives them: for ``correct`` and ``remove``."""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Annotated

from msgspec import Struct
from msgspec.structs import replace

from pledges.commands._completion import ASKS, CLAIMS, ENTRIES, IDS
from pledges.commands._lookups import named_pledges
from pledges.commands._options import argument, option
from pledges.commands._writing import Desk
from pledges.domain.changes import compared_alone
from pledges.domain.edits import RECORD_LISTS
from pledges.domain.ids import is_pattern
from pledges.domain.pledge import Ask, Claim, Ledger, Pledge, Update
from pledges.errors import NoSuchPledge, WrongUse
from pledges.ledger.editing.amend import Amendment
from pledges.view.answer import Answer
from pledges.view.update_page import answer, unchanged_text
from pledges.view.wording.values import count

PledgeIdArgument = Annotated[str, argument("ID", "The id of the pledge.", IDS)]
EntryNumber = Annotated[int | None, argument("[N]", "The number of the entry.", ENTRIES.as_number)]
ClaimNumber = Annotated[
    int | None, option("N", "The claim of this number instead.", completed=CLAIMS.as_number)
]
AskNumber = Annotated[
    int | None, option("N", "The decision of this number instead.", completed=ASKS.as_number)
]

TITLES = {"update": "entry", "claim": "claim", "ask": "decision"}


class RecordPlace(Struct, frozen=True):
    """A record of a pledge: the key of its list, and its place there from 0."""

    pledge: Pledge
    key: str
    number: int

    @property
    def record(self) -> Update | Claim | Ask:
        """The record itself."""
        found: Update | Claim | Ask = getattr(self.pledge, RECORD_LISTS[self.key])[self.number]
        return found

    def pledge_with(self, record: Update | Claim | Ask) -> Pledge:
        """The pledge with another record in this place."""
        field = RECORD_LISTS[self.key]
        records = list(getattr(self.pledge, field))
        records[self.number] = record
        return replace(self.pledge, **{field: tuple(records)})

    @property
    def title(self) -> str:
        """The record in a message: "entry 2 of ECO-02"."""
        return f"{TITLES[self.key]} {self.number + 1} of {self.pledge.id}"


def one_pledge(text: str, ledger: Ledger) -> Pledge:
    """The pledge of an id.

    Raises: ``NoSuchPledge``; ``WrongUse`` for a pattern.
    """
    if is_pattern(text):
        raise WrongUse(f"{text} is a pattern; this takes one pledge", "give its id")
    [found] = named_pledges([text], ledger)
    return found


def record_place(pledge: str, ledger: Ledger, *numbers: int | None) -> RecordPlace:
    """The record that a command line names by the ``numbers`` for the keys of ``TITLES``.

    Raises: ``NoSuchPledge``, also if the pledge has no such record; ``WrongUse`` without exactly
    one number.
    """
    found = one_pledge(pledge, ledger)
    given = [(key, x) for key, x in zip(TITLES, numbers, strict=True) if x is not None]
    if len(given) != 1:
        what = "which entry is not given" if not given else "more than one number is given"
        raise WrongUse(what, f"to see the numbers: pledges show {found.id}")
    [(key, chosen)] = given
    total = len(getattr(found, RECORD_LISTS[key]))
    if not 1 <= chosen <= total:
        entries = count(total, TITLES[key], "entries" if key == "update" else None)
        message = f"{found.id} has {entries}; there is no {TITLES[key]} {chosen}"
        raise NoSuchPledge(message, f"to see them: pledges show {found.id}")
    return RecordPlace(found, key, chosen - 1)


def change_answer(amendment: Amendment, pledge: str, desk: Desk, today: dt.date) -> Answer:
    """What a change of one pledge came to."""
    name = one_pledge(pledge, amendment.before).id
    return changes_answer(amendment, {name: name}, desk, today)


def changes_answer(
    amendment: Amendment,
    ids: Mapping[str, str],
    desk: Desk,
    today: dt.date,
    remarks: Sequence[str] = (),
) -> Answer:
    """What a change of pledges came to; ``ids`` are their old ones, each with the new one."""
    before, after = amendment.before, amendment.after
    was, now = ({each.id: each for each in ledger.pledges} for ledger in (before, after))
    pairs = compared_alone([(was[old], now[new]) for old, new in ids.items()], before, after, today)
    said = [unchanged_text(each) for each in pairs if not each.is_change]
    changed = [each for each in pairs if each.is_change]
    return replace(answer(changed, after, desk.path.name, today), remarks=[*said, *remarks])
