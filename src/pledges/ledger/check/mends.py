"""The one right mend of what the rules find, proven by reading the new text."""

import datetime as dt
import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from typing import Final

import rtoml

from pledges.errors import CannotWrite, FaultyLedger
from pledges.ledger.check.check_rules import CheckRule
from pledges.ledger.check.checked_ledger import CheckedLedger
from pledges.ledger.check.text_warnings import visible_text
from pledges.ledger.editing.amend import Revision
from pledges.ledger.reading.decode import decode
from pledges.ledger.text.finding import Finding, Span
from pledges.ledger.text.salvage import read_tables

ROUNDS: Final = 5
"""A mend may show the next one: without a hidden character an accent is next to its letter."""

BY_HAND: Final = "mend it by hand, in an editor"


class Mended(Revision, frozen=True):
    """A revision by mends, and how many ``places`` are mended.

    ``unseen`` are those that no diff can show, each with its line and the word before it.
    """

    places: int
    unseen: Sequence[str] = ()


def mended(text: str, name: str, as_of: dt.date, rules: Sequence[CheckRule]) -> Mended:
    """The text with all that the rules can mend, which is the same ledger but for that.

    Raises: ``FaultyLedger`` if there are errors that are not mended; ``CannotWrite`` if it would be
    another ledger.
    """
    new, places = text, 0
    unseen: list[str] = []
    for _ in range(ROUNDS):
        checked = CheckedLedger.of(new, read_tables(new), as_of)
        found = [each for rule in rules if rule.can_fix for each in rule.warnings(checked)]
        if not (mends := [each.replacements for each in found if each.replacements]):
            break
        before, new = new, with_replacements(new, chain.from_iterable(mends))
        if not _say_the_same(before, new):
            message = f"mended, {name} would say something else; nothing was written"
            raise CannotWrite(message, BY_HAND)
        places += len(mends)
        unseen += chain.from_iterable(_unseen_places(each, before) for each in found)
    try:
        decode(new, name)
    except FaultyLedger as error:
        decode(text, name)  # if the error was there before, it is the ledger's, not the mend's
        first = error.faults[0]
        raise CannotWrite(f"mended, {name} would have an error: {first.message}", BY_HAND) from None
    return Mended(text, new, places, unseen)


def _unseen_places(finding: Finding, text: str) -> Iterator[str]:
    """Yield a line for each mend of a finding after which the text looks as before."""
    for span, new in finding.replacements:
        if as_seen(text[span.start : span.end]) == as_seen(new):
            start = text.rfind("\n", 0, span.start) + 1
            word = re.search(r"[\w\u0300-\u036f]+(?=\W*$)", text[start : span.start])
            after = f", after {word[0]!r}" if word else ""
            number = text.count("\n", 0, start) + 1
            yield f"line {number}{after}: {finding.message}"


def _say_the_same(before: str, after: str) -> bool:
    """Whether two texts are the same tables, as they are seen.

    A character that can't be seen may be all that keeps a text from being TOML: then the texts must
    be seen as the same.
    """
    try:
        old = rtoml.loads(before)
    except rtoml.TomlParsingError:
        return as_seen(before) == as_seen(after)
    try:
        return repr(as_seen(old)) == repr(as_seen(rtoml.loads(after)))
    except rtoml.TomlParsingError:
        return False


def with_replacements(text: str, replacements: Iterable[tuple[Span, str]]) -> str:
    """The text with parts replaced; of two that overlap the first, and the next round the other."""
    parts, at = [], 0
    for span, new in sorted(replacements):
        if span.start >= at:
            parts += [text[at : span.start], new]
            at = span.end
    return "".join([*parts, text[at:]])


def as_seen(value: object) -> object:
    """A value of a table with all its texts as they are seen, whatever they are made of."""
    if isinstance(value, dict):
        return {as_seen(key): as_seen(each) for key, each in value.items()}
    if isinstance(value, list):
        return [as_seen(each) for each in value]
    return unicodedata.normalize("NFC", visible_text(value)) if isinstance(value, str) else value
