"""Who recorded which entry of a ledger, from the history of git."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from operator import attrgetter

from msgspec import Struct
from msgspec.structs import replace

from pledges.domain.edits import RECORD_LISTS
from pledges.domain.events import Event, EventKind, Recording
from pledges.domain.pledge import Ledger, Pledge, Update
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
    written = _written(text, lines)
    numbers = {pledge.id: number for number, pledge in enumerate(ledger.pledges)}
    recordings = []
    for event in events:
        number = numbers[event.pledge.id]
        path = ("pledge", number, *_path(event, ledger.pledges[number]))
        recordings.append(min(written.get(path, ()), key=attrgetter("on"), default=None))
    return recordings


def _written(text: str, lines: Sequence[Recording | None]) -> Mapping[Path, Sequence[Recording]]:
    """Who wrote the lines of each pledge and of each of its entries, and of what settles one."""
    found = scan(text).positions
    positions = Positions(text, found, "")
    written: dict[Path, list[Recording]] = defaultdict(list)
    for path, position in found.items():
        line, _ = positions.line_and_column(position.key.start)
        if (recording := lines[line - 1]) and path[0] == "pledge":
            is_record = len(path) >= RECORD_LENGTH and isinstance(path[3], int)
            written[path[:RECORD_LENGTH] if is_record else path[:2]].append(recording)
            if path[-1] == "settled":
                written[path].append(recording)
    return written


def _path(event: Event, pledge: Pledge) -> Path:
    """Where an event is in the table of its pledge, which is as the ledger has it."""
    records: dict[str, Struct | None] = {
        "update": event.update,
        "claim": event.claim,
        "ask": event.ask,
    }
    for key, record in records.items():
        if record:
            # Of what was settled later than the as-of date the event does not know that it was.
            alike = [_unsettled(each) for each in getattr(pledge, RECORD_LISTS[key])]
            end = ("settled",) if event.event is EventKind.SETTLED else ()
            return (key, alike.index(_unsettled(record)), *end)
    return ()


def _unsettled(record: Struct) -> Struct:
    return record if isinstance(record, Update) else replace(record, settled=None)
