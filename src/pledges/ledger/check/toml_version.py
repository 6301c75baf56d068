r"""What is TOML 1.1 in a text, and refused by programs that read TOML 1.0.

These are inline tables over several lines or with a comma at their end, ``\e`` and ``\x41`` in
texts, times without seconds, and a byte order mark.
"""

import re
from collections.abc import Iterator
from itertools import chain
from typing import Final

from msgspec import Struct

from pledges.ledger.check.checked_ledger import MEND, CheckedLedger
from pledges.ledger.text.finding import Finding, Span

BYTE_ORDER_MARK: Final = "\ufeff"

_TOKEN: Final = re.compile(
    r'"""(?:[^"\\]|\\.|"{1,2}+(?!"))*+"{3,5}'
    r"|'''(?:[^']|'{1,2}+(?!'))*+'{3,5}"
    r'|"(?:[^"\\\n]|\\.)*+"'
    r"|'[^'\n]*+'"
    r"|\#[^\n]*+"
    r"|[\[\]{},]"
    r"|(?<![ \t\r])[ \t\r]*+\n\s*+"
    r"|(?<![\w.+-])(?:\d{4}-\d\d-\d\d[Tt ])?\d\d:\d\d(?::\d\d)?",
    re.DOTALL,
)
"""What a sound text is gone through by: texts, comments, brackets, commas, line ends and times."""

_ESCAPE: Final = re.compile(r"\\(?:u(.{4})|U(.{8})|x(..)|(.))", re.DOTALL)
_CONTROLS: Final = {"b": "\b", "f": "\f", "e": "\x1b"}
_BLANK: Final = re.compile(r"(?:\s|#[^\n]*)*+")


class OpenBracket(Struct):
    """A list or an inline table that is gone through, and what it has had so far.

    ``line_ends`` have the blanks around them; ``comma`` is the last one.
    """

    is_table: bool
    start: int
    line_ends: list[Span] = []
    has_comment: bool = False
    comma: int | None = None


def toml_1_0(checked: CheckedLedger) -> Iterator[Finding]:
    """What other programs may refuse although it is sound TOML 1.1."""
    text, open_brackets = checked.text, [OpenBracket(is_table=False, start=0)]
    if text.startswith(BYTE_ORDER_MARK):
        mark = Span(0, 1)
        message = "in TOML 1.0 no byte order mark (U+FEFF) begins a file"
        yield _finding(message, mark, (mark, ""))
    for found in _TOKEN.finditer(text) if checked.is_toml else ():
        part, here = found[0], open_brackets[-1]
        if part[0] == "#":
            here.has_comment = True
        elif part in ("[", "{"):
            open_brackets.append(OpenBracket(is_table=part == "{", start=found.start()))
        elif part in ("]", "}"):
            yield from _new_layout(text, open_brackets.pop(), found.start())
        elif part == ",":
            here.comma = found.start()
        elif here.is_table and part.isspace():
            here.line_ends.append(Span(*found.span()))
        elif part[0].isdigit() and part.count(":") == 1:
            end = Span(found.end(), found.end())
            message = "in TOML 1.0 a time has seconds"
            yield _finding(message, Span(*found.span()), (end, ":00"))
    found_escapes = escapes(text) if checked.is_toml else ()
    for span, char in (each for each in found_escapes if text[each[0].start + 1] in "ex"):
        message = f"TOML 1.0 has no escape {text[span.start : span.end]}"
        yield _finding(message, span, (span, f"\\u{ord(char):04x}"))


def _new_layout(text: str, table: OpenBracket, end: int) -> Iterator[Finding]:
    """What TOML 1.1 has allowed in an inline table that ends here."""
    if not table.is_table:
        return
    if table.line_ends:
        ends = () if table.has_comment else tuple((each, " ") for each in table.line_ends)
        message = "in TOML 1.0 an inline table is on one line"
        yield _finding(message, Span(table.start, table.start + 1), *ends)
    if table.comma is not None and _BLANK.fullmatch(text, table.comma + 1, end):
        comma = Span(table.comma, table.comma + 1)
        yield _finding("in TOML 1.0 no comma is before the closing }", comma, (comma, ""))


def _finding(message: str, span: Span, *replacements: tuple[Span, str]) -> Finding:
    by_hand = "write it on one line, and its comments above it"
    hint = MEND if replacements else by_hand
    return Finding("toml-1.0", (), message, hint, span=span, replacements=replacements)


def escapes(text: str) -> Iterator[tuple[Span, str]]:
    """Yield each escape in the texts of sound TOML, with the character that it stands for."""
    if "\\" not in text:
        return
    strings = (found for found in _TOKEN.finditer(text) if found[0][0] == '"')
    for found in chain.from_iterable(_ESCAPE.finditer(text, *x.span()) for x in strings):
        short, long, byte, letter = found.groups()
        number = short or long or byte
        char = chr(int(number, 16)) if number else _CONTROLS.get(letter, letter)
        yield Span(*found.span()), char
