"""The border that every text crosses on its way out, to a file, a terminal or standard error.

A character that could move a cursor, colour, hide or reorder text is shown as its escape sequence,
so that no terminal obeys it; in a report it is left out.  Cleaning a clean text changes nothing.
Joints become spaces here, unless a renderer that breaks lines asks for them.
"""

import re
import unicodedata
from functools import lru_cache
from typing import Final

JOINT: Final = "\ud800"
"""A space at which no line may end: half a pair, which no ledger and no argument can contain."""

_NEVER_USED: Final = "".join(map(chr, range(0xFDD0, 0xFDF0))) + "".join(
    f"{chr(at - 2)}{chr(at - 1)}" for at in range(0x10000, 0x110001, 0x10000)
)
"""The characters that Unicode keeps free for ever; no page of HTML may contain them."""

_ABOVE_ASCII: Final = (
    r"\x7f-\x9f\u00ad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f"
    r"\ufdd0-\ufdef\ufeff\ufff9-\ufffb\ufffe\uffff\ud800-\udfff\U0001fffe-\U0010ffff"
)
"""Controls, marks of direction, invisible characters, halves of pairs and what is no text.

Beyond U+1FFFD it has too many, because a search for single ones there would be ten times slower:
``_is_harmless`` tells which are to be left alone.
"""

_PLAIN_LETTERS: Final = str.maketrans(
    "\u0110\u0111\u2018\u2019\u201c\u201d\u2013\u2014", "Dd''\"\"--"
)
"""Letters and signs that have no accent to drop, for a terminal that shows ASCII only."""

_SEQUENCE: Final = (
    r"(?:\x1b\[|\x9b)[0-?]*[ -/]*[@-~]"  # colours, moves of the cursor
    r"|(?:\x1b[\]PX^_]|[\x90\x98\x9d-\x9f])[^\x07\x1b\x9c]*(?:\x07|\x1b\\|\x9c)"  # whole strings
    r"|\x1b[ -/]*[0-~]"  # other sequences, and what begins a string that has no end
)
_FORMULA: Final = r"[\s\"']*[=+\-@\uff1d\uff0b\uff0d\uff20\ufe66\ufe62\ufe63\ufe6b]"
"""The beginning of a formula; its sign may be one of full width, as in East Asian spreadsheets."""

_UNSEEN: Final = ("Cc", "Cf", "Cs", "Co")
_UNSEEN_LETTERS: Final = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0")
_VARIATIONS: Final = (range(0x180B, 0x1810), range(0xFE00, 0xFE10), range(0xE0100, 0xE01F0))


def without_joints(text: str) -> str:
    """``text`` with spaces for its joints, once its lines are broken."""
    return text.replace(JOINT, " ")


def clean(text: str, joint: str = " ") -> str:
    """``text`` with controls, direction marks and invisible characters shown as escapes."""
    if without_joints(text).isprintable():  # most texts are, and the search takes longer
        return text.replace(JOINT, joint)
    return re.sub(rf"[\x00-\x1f{_ABOVE_ASCII}]", _escape, text).replace(JOINT, joint)


@lru_cache(maxsize=4096)  # a title is tidied in each place that names its pledge
def tidy(text: str, joint: str = " ") -> str:
    """``text`` in one line of letters, marks and single spaces: composed, and only what is seen."""
    plain = without_joints(text)
    if plain.isascii() and plain.isprintable():
        return re.sub(" {2,}", " ", text).replace(JOINT, joint)
    spaced = re.sub(r"\s+", " ", re.sub(_SEQUENCE, "", text))
    seen = "".join(char for char in spaced if _is_seen(char))
    composed = unicodedata.normalize("NFC", seen)
    return re.sub(" {2,}", " ", composed).replace(JOINT, joint)


def _is_seen(char: str) -> bool:
    """Whether it is more than a mark for machines; what Unicode will never use is none."""
    is_mark = char in _UNSEEN_LETTERS or any(ord(char) in each for each in _VARIATIONS)
    is_unseen = is_mark or unicodedata.category(char) in _UNSEEN
    return char == JOINT or (not is_unseen and char not in _NEVER_USED)


def encodable(text: str) -> str:
    """``text`` with what is no character, such as a foreign byte of a file's name, escaped."""
    return without_joints(text).encode("utf-8", "backslashreplace").decode()


def is_plain_url(text: str) -> bool:
    """Whether ``text`` can't be anything but a URL."""
    return bool(re.fullmatch(r"https?://[\w./?=&%#~:,;+@!-]+", text, re.ASCII))


def screen_text(text: str, *, is_ascii: bool) -> str:
    """``text`` cleaned; for an ASCII terminal without accents, and other characters as ``?``."""
    text = clean(text)
    if text.isascii() or not is_ascii:
        return text
    plain = unicodedata.normalize("NFKD", text.translate(_PLAIN_LETTERS))
    bare = "".join(char for char in plain if not unicodedata.combining(char))
    return bare.encode("ascii", "replace").decode("ascii")


def guarded(text: str) -> str:
    """``text`` for a cell of a spreadsheet, with apostrophes where it could run as a formula.

    Blanks, quotes and apostrophes before the sign don't keep a spreadsheet from running it, and
    many take a semicolon for the end of a cell.  ``unguarded`` gives the text back exactly.
    """
    text = re.sub(rf";(?={_FORMULA})", ";'", text) if ";" in text else text
    return f"'{text}" if re.match(_FORMULA, text) else text


def unguarded(cell: str) -> str:
    """The text of a cell without the apostrophes that keep a spreadsheet from running it."""
    # Few cells have one, and there may be a million of them.
    return re.sub(rf"(^|;)'(?={_FORMULA})", r"\1", cell) if "'" in cell else cell


def safe_json(text: str) -> str:
    """JSON with the same characters as JSON's own escapes, so that no terminal obeys them."""
    is_safe = text.isascii() and "\x7f" not in text
    return text if is_safe else re.sub(f"[{_ABOVE_ASCII}]", _json_escape, text)


def _escape(found: re.Match[str]) -> str:
    char = found[0]
    return char if char == JOINT or _is_harmless(char) else char.encode("unicode_escape").decode()


def _json_escape(found: re.Match[str]) -> str:
    if _is_harmless(found[0]):
        return found[0]
    # JSON writes a character beyond U+FFFF as a pair of escapes, and half a pair as one.
    pairs = found[0].encode("utf-16-be", "surrogatepass")
    return "".join(f"\\u{pairs[at]:02x}{pairs[at + 1]:02x}" for at in range(0, len(pairs), 2))


def _is_harmless(char: str) -> bool:
    is_tag = "\U000e0000" <= char <= "\U000e007f"
    return char > "\U0001fffd" and char not in _NEVER_USED and not is_tag
