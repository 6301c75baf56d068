"""The rules of ``check`` about characters: those that can't be seen, and accents in two forms."""

import re
import unicodedata
from collections.abc import Iterator
from itertools import groupby
from typing import Final

from pledges.clean import character_name, unseen_character, unseen_offsets, without_unseen
from pledges.ledger.check.checked_ledger import MEND, CheckedLedger
from pledges.ledger.check.toml_version import BYTE_ORDER_MARK, escapes
from pledges.ledger.text.finding import Finding, Span

SPACES: Final = {0x2028: " ", 0x2029: " "}
"""Unicode's own ends of lines and paragraphs, which no editor of TOML takes for such."""


def hidden_character(checked: CheckedLedger) -> Iterator[Finding]:
    """Characters that can't be seen, but for those that a script or a picture needs."""
    text = checked.text
    found = () if text.isascii() else unseen_offsets(text)
    places = [at for at in found if (at, text[at]) != (0, BYTE_ORDER_MARK)]
    # Those in a row are one finding.
    for _, row in groupby(enumerate(places), lambda each: each[1] - each[0]):
        ends = [at for _, at in row]
        span = Span(ends[0], ends[-1] + 1)
        yield _hidden_finding(text[span.start : span.end], span)
    for span, char in escapes(text) if checked.is_toml else ():
        if char not in "\t\n\r" and unseen_character(char):
            yield _hidden_finding(char, span)


def visible_text(text: str) -> str:
    """``text`` without the characters that can't be seen, and with spaces for ends of lines."""
    return without_unseen(text.translate(SPACES))


def _hidden_finding(chars: str, span: Span) -> Finding:
    more = f", and {len(chars) - 1:,} more" if len(chars) > 1 else ""
    message = f"a character here can't be seen: {character_name(chars[0])}{more}"
    mend = ((span, visible_text(chars)),)
    return Finding("hidden-character", (), message, MEND, span=span, replacements=mend)


def mixed_form(checked: CheckedLedger) -> Iterator[Finding]:
    """Words whose accents are characters of their own, if other letters of the ledger have them."""
    text = checked.text
    if unicodedata.is_normalized("NFC", text):
        return
    if all(len(unicodedata.normalize("NFD", char)) == 1 for char in set(text)):
        return
    for found in re.finditer(r"[\w\u0300-\u036f]+", text):
        word, composed = found[0], unicodedata.normalize("NFC", found[0])
        if len(composed) < len(word):
            span = Span(*found.span())
            message = (
                f"the accents of {composed!r} are characters of their own, those of others not"
            )
            mend = ((span, composed),)
            yield Finding("mixed-form", (), message, MEND, span=span, replacements=mend)
