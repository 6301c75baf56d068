"""The text of a ledger as a ledger, for the case that nothing is wrong with it."""

import msgspec
import rtoml

from pledges.domain.pledge import Ledger
from pledges.ledger.reading.record_types import has_unknown_keys, to_ledger
from pledges.ledger.reading.rules import broken_rules


def decode(text: str, name: str) -> Ledger:
    """Return the ledger that a text contains.

    Raises: ``FaultyLedger`` with all its faults, as places in the file called ``name``.
    """
    try:
        content = rtoml.loads(text)
        ledger = to_ledger(content)
    except (rtoml.TomlParsingError, msgspec.ValidationError):
        pass
    else:
        if not broken_rules(ledger) and not has_unknown_keys(content, Ledger):
            return ledger
    # Most ledgers are sound: the search for all faults, and its modules, cost them nothing.
    from pledges.ledger.reading.faults import decode_with_faults  # noqa: PLC0415  (see above)

    return decode_with_faults(text, name)
