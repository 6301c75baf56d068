"""Text into a ledger: a sound one in one step; why another is not sound is for ``faults``."""

import msgspec
import rtoml

from pledges.domain.pledge import Ledger
from pledges.ledger.reading.record_types import converted, has_unknown_keys
from pledges.ledger.reading.rules import broken_rules


def decode(text: str, name: str) -> Ledger:
    """The ledger that ``text`` holds.

    Raises: ``FaultyLedger`` with every fault of it, placed in the file called ``name``.
    """
    try:
        content = rtoml.loads(text)
        ledger = converted(content)
    except (rtoml.TomlParsingError, msgspec.ValidationError):
        pass
    else:
        if not broken_rules(ledger) and not has_unknown_keys(content, Ledger):
            return ledger
    from pledges.ledger.reading.faults import sound_or_faulty  # noqa: PLC0415  (not needed for most)

    return sound_or_faulty(text, name)
