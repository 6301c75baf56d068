"""One text of a ledger made into another: what is read, what is intended, and what came of it."""

from collections.abc import Callable, Sequence

import msgspec
import rtoml
from msgspec import Struct

from pledges.domain.edits import Edit
from pledges.domain.pledge import Ledger
from pledges.errors import FaultyLedger, WrongUse
from pledges.ledger.editing.amend import apply_edits
from pledges.ledger.reading.decode import Table, decode, sound_ledger, to_ledger


class Revision(Struct, frozen=True):
    """A ledger's text before and after."""

    old: str
    new: str


class Amendment(Revision, frozen=True):
    """A revision by edits, with the ledger before and after."""

    before: Ledger
    after: Ledger


Plan = Callable[[Ledger], Sequence[Edit]]
"""What is to be done, depending on what the ledger says."""


def amendment(text: str, name: str, plan: Plan) -> Amendment:
    """The text with what is planned done, or the same text if that is nothing.

    Raises: ``FaultyLedger`` if the text is not a sound ledger, ``WrongUse`` if the new one would
    not be, ``CannotWrite`` if it can't be written exactly; and what ``plan`` raises.
    """
    try:
        # Its rules are not tried: the new text contains the old one, and is tried by all of them.
        content = rtoml.loads(text)
        before = to_ledger(content)
    except (rtoml.TomlParsingError, msgspec.ValidationError):
        decode(text, name)  # which raises every fault with its place
        raise
    edits = plan(before)
    if not edits:
        return Amendment(text, text, before, before)
    new, tables = apply_edits(text, content, before, edits)
    return Amendment(text, new, before, _sound_ledger(new, tables, text, name))


def _sound_ledger(new: str, tables: Table, old: str, name: str) -> Ledger:
    """The ledger of the new text, which breaks no rule."""
    if ledger := sound_ledger(tables):
        return ledger
    try:
        return decode(new, name)
    except FaultyLedger as error:
        decode(old, name)  # if the fault was there before, it is the ledger's, not the edit's
        first = error.faults[0]
        raise WrongUse(first.message, first.hint) from None
