"""Text into a ledger: a sound one in one step; why another is not sound is for ``faults``."""

import msgspec
import rtoml

from pledges.domain.pledge import Ledger
from pledges.ledger.reading.record_types import has_unknown_keys, to_ledger
from pledges.ledger.reading.rules import broken_rules


def decode(text: str, name: str) -> Ledger:
    """The ledger that ``text`` holds.

    Raises: ``FaultyLedger`` with every fault of it, placed in the file called ``name``.
    """
    try:
        content = rtoml.loads(text)
        ledger = to_ledger(content)
    except (rtoml.TomlParsingError, msgspec.ValidationError):
        pass
    else:
        if not broken_rules(ledger) and not has_unknown_keys(content, Ledger):
            return ledger
    from pledges.ledger.reading.faults import decode_with_faults  # noqa: PLC0415  (not needed for most)

    return decode_with_faults(text, name)
