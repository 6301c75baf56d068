"""Who recorded which entry of a ledger, from the history of git."""

from collections import defaultdict
from collections.abc import Sequence
from operator import attrgetter

from msgspec import Struct
from msgspec.structs import replace

from pledges.domain.edits import RECORD_LISTS
from pledges.domain.events import Event, EventKind, Recording
from pledges.domain.pledge import Ask, Claim, Ledger
from pledges.ledger.text.finding import Path, Positions
from pledges.ledger.text.scan import scan

RECORD_LENGTH = 4  # the path of an entry: its list of a pledge by its number, and its place there


def event_recordings(
    events: Sequence[Event], ledger: Ledger, text: str, lines: Sequence[Recording | None]
) -> list[Recording | None]:
    """Who recorded each event of a ledger; ``lines`` says who wrote each line of its text.

    An entry is its first author's, although others may have corrected it since; None if no line
    of it is in a commit yet.
    """
    # Who wrote the lines of each pledge and of each of its entries, and of what settles one.
    written: dict[Path, list[Recording]] = defaultdict(list)
    found = scan(text).positions
    positions = Positions(text, found, "")
    for path, position in found.items():
        line, _ = positions.line_and_column(position.key.start)
        if (recording := lines[line - 1]) and path[0] == "pledge":
            is_record = len(path) >= RECORD_LENGTH and isinstance(path[3], int)
            written[path[:RECORD_LENGTH] if is_record else path[:2]].append(recording)
            if path[-1] == "settled":
                written[path].append(recording)
    places: dict[tuple[str, Struct | None], Path] = {}
    for number, pledge in enumerate(ledger.pledges):
        places[pledge.id, None] = ("pledge", number)
        for key, field in RECORD_LISTS.items():
            for at, record in enumerate(getattr(pledge, field)):
                places.setdefault((pledge.id, _unsettled(record)), ("pledge", number, key, at))
    recordings = []
    for event in events:
        # Of what was settled later than the as-of date the event does not know that it was.
        place = places[event.pledge.id, _unsettled(event.update or event.claim or event.ask)]
        path = (*place, "settled") if event.event is EventKind.SETTLED else place
        recordings.append(min(written.get(path, ()), key=attrgetter("on"), default=None))
    return recordings


def _unsettled(record: Struct | None) -> Struct | None:
    return replace(record, settled=None) if isinstance(record, Claim | Ask) else record
