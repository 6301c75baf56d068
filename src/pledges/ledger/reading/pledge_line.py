"""On which line a pledge stands, in a ledger that may be faulty."""

from pledges.domain.ids import pledge_ids
from pledges.errors import FaultyLedger, NoSuchPledge
from pledges.ledger.reading.decode import decode
from pledges.ledger.text.scan import scan


def line_of(text: str, name: str, pledge: str | None) -> int:
    """The line of a pledge's id, from 1; without one that of the ledger's first fault, else 1.

    Raises: ``NoSuchPledge`` where no pledge has that id.
    """
    if pledge is None:
        return _first_fault(text, name)
    ids: dict[str, int] = {}
    for path, spot in scan(text).positions.items():
        if path[0] == "pledge" and path[2:] == ("id",):
            ids.setdefault(text[spot.value.start + 1 : spot.value.end - 1], spot.key.start)
    found = pledge_ids(pledge, ids)
    if not found:
        raise NoSuchPledge(f"no pledge has an id like {pledge!r}", "pledges list shows them all")
    return text.count("\n", 0, ids[found[0]]) + 1


def _first_fault(text: str, name: str) -> int:
    try:
        decode(text, name)
    except FaultyLedger as error:
        return error.faults[0].line
    return 1
