"""One text of a ledger made into another: what is read, what is intended, and what came of it."""

from collections.abc import Callable, Sequence

import msgspec
import rtoml
from msgspec import Struct

from pledges.domain.edits import Edit
from pledges.domain.pledge import Ledger
from pledges.errors import FaultyLedger, WrongUse
from pledges.ledger.editing.amend import amended
from pledges.ledger.reading.decode import decode
from pledges.ledger.reading.record_types import Table, has_unknown_keys, to_ledger
from pledges.ledger.reading.rules import broken_rules


class Revision(Struct, frozen=True):
    """A ledger's text before and after."""

    old: str
    new: str


class Amendment(Revision, frozen=True):
    """A revision by edits, with the ledger before and after."""

    before: Ledger
    after: Ledger


Plan = Callable[[Ledger], Sequence[Edit]]
"""What is to be done, given what the ledger says."""


def amendment(text: str, name: str, plan: Plan) -> Amendment:
    """The text with what is planned done, or the same text where that is nothing.

    Raises: ``FaultyLedger`` where the text is none of a sound ledger, ``WrongUse`` where the new
    one would not be, ``CannotWrite`` where it can't be written exactly; and what ``plan`` raises.
    """
    content, before = _read(text, name)
    edits = plan(before)
    if not edits:
        return Amendment(text, text, before, before)
    new, tables = amended(text, content, before, edits)
    return Amendment(text, new, before, _sound(new, tables, text, name))


def _read(text: str, name: str) -> tuple[Table, Ledger]:
    """The tables and the ledger; its rules are tried on the new text, which holds the old one."""
    try:
        content = rtoml.loads(text)
        return content, to_ledger(content)
    except (rtoml.TomlParsingError, msgspec.ValidationError):
        decode(text, name)
        raise


def _sound(new: str, tables: Table, old: str, name: str) -> Ledger:
    """The ledger of the new text, which breaks no rule."""
    try:
        ledger = to_ledger(tables)
        if not broken_rules(ledger) and not has_unknown_keys(tables, Ledger):
            return ledger
    except msgspec.ValidationError:
        pass
    try:
        return decode(new, name)
    except FaultyLedger as error:
        decode(old, name)
        first = error.faults[0]
        raise WrongUse(first.message, first.hint) from None
