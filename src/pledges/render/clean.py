"""The border that every text of a ledger crosses once on its way out.

What could move a cursor, colour, hide or reorder is shown as its escape instead of being obeyed.
"""

import re
import unicodedata
from typing import Final

_ACTIVE: Final = (
    r"[\x00-\x1f\x7f-\x9f\u00ad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f"
    r"\ufdd0-\ufdef\ufeff\ufff9-\ufffb\ufffe\uffff\U000e0000-\U000e007f\ud800-\udfff]"
)
_NEVER_USED: Final = "".join(map(chr, range(0xFDD0, 0xFDF0))) + "".join(
    f"{chr(at - 2)}{chr(at - 1)}" for at in range(0x10000, 0x110001, 0x10000)
)
"""The characters that Unicode keeps free for ever; ``_ACTIVE`` has those that JSON escapes too."""

_UNFIT: Final = f"{_ACTIVE}|[{_NEVER_USED}]"
"""What is active, and what Unicode will never use, which no page of HTML may hold."""

_PLAIN_LETTERS: Final = str.maketrans(
    "\u0110\u0111\u2018\u2019\u201c\u201d\u2013\u2014", "Dd''\"\"--"
)


def clean(text: str) -> str:
    """``text`` with controls, direction marks and invisible characters shown as escapes."""
    return text if text.isprintable() else re.sub(_UNFIT, _escaped, text)


def is_never_used(char: str) -> bool:
    """Whether Unicode keeps a character free for ever: no text means anything by it."""
    return char in _NEVER_USED


def is_plain_url(text: str) -> bool:
    """Whether ``text`` can't be anything but an address of the web."""
    return bool(re.fullmatch(r"https?://[\w./?=&%#~:,;+@!-]+", text, re.ASCII))


def ascii_only(text: str) -> str:
    """``text`` for a terminal that shows nothing else: accents dropped, the rest as ``?``."""
    if text.isascii():
        return text
    plain = unicodedata.normalize("NFKD", text.translate(_PLAIN_LETTERS))
    bare = "".join(char for char in plain if not unicodedata.combining(char))
    return bare.encode("ascii", "replace").decode("ascii")


def shown(text: str, *, is_ascii: bool) -> str:
    """``text`` as a terminal can show it."""
    return ascii_only(clean(text)) if is_ascii else clean(text)


def json_safe(text: str) -> str:
    """JSON with the same characters as JSON's own escapes, so that no terminal obeys them."""
    is_safe = text.isascii() and "\x7f" not in text
    return text if is_safe else re.sub(_ACTIVE.replace(r"\x00-\x1f", ""), _json, text)


def _escaped(found: re.Match[str]) -> str:
    return found[0].encode("unicode_escape").decode()


def _json(found: re.Match[str]) -> str:
    pairs = found[0].encode("utf-16-be", "surrogatepass")
    return "".join(f"\\u{pairs[at]:02x}{pairs[at + 1]:02x}" for at in range(0, len(pairs), 2))
