"""What was known of a ledger on a day, with the assessment of every pledge."""

import datetime as dt
from collections.abc import Sequence

from msgspec import Struct

from pledges.domain.assessment import Assessed, assess
from pledges.domain.pledge import Ledger, Pledge


class Snapshot(Struct, frozen=True):
    """What every answer is made from; ``name`` is the ledger's file, without its folder."""

    ledger: Ledger
    name: str
    as_of: dt.date
    assessed: Sequence[Assessed]


def snapshot(ledger: Ledger, name: str, as_of: dt.date) -> Snapshot:
    """The ledger without what came after ``as_of``, and its pledges assessed on that day."""
    known = ledger.known_on(as_of)
    assessed = [Assessed(each, assess(each, as_of, known.plan)) for each in known.pledges]
    return Snapshot(known, name, as_of, assessed)


def assess_alone(pledge: Pledge, ledger: Ledger, as_of: dt.date) -> Assessed:
    """One pledge of a ledger as it was known on ``as_of``, without a look at the others.

    One that was made later is assessed with all that the ledger says of it.
    """
    is_later = pledge.made is not None and pledge.made.first > as_of
    known = pledge if is_later else ledger.pledge_known_on(pledge, as_of)
    return Assessed(known, assess(known, as_of, ledger.plan))
