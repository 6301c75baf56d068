"""Headers of a mail, written by hand: the same bytes on every Python, and no space lost or added.

The standard library's own folding parts letters beyond ASCII with spaces, puts an empty line
before a long subject, and decodes what looks encoded.
"""

import re
import unicodedata
from base64 import b64encode
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from pledges.clean import clean
from pledges.errors import WrongUse
from pledges.render.tidy import tidy

LONGEST_LINE: Final = 76
MOST_BYTES: Final = 39
"""Of a text in one encoded word: with its marks it fits behind any header's name."""

HINT: Final = 'one at a time, such as desk@example.org or "Trade Desk <desk@example.org>"'
LONGEST: Final = 70
"""The characters of an address, and of a word of a name: a raw line has 78."""

_GIVEN: Final = re.compile(r'(?:"?(?P<name>[^<>"\\]*?)"?\s*<(?P<bare>[^<>\s]+)>|(?P<alone>\S+))')
_ATOM: Final = r"[\w!#$%&'*+/?^`{|}~=-]+"
_BARE: Final = re.compile(rf"{_ATOM}(?:\.{_ATOM})*@[a-zA-Z\d-]+(?:\.[a-zA-Z\d-]+)*", re.ASCII)


def header(name: str, words: Iterable[str]) -> str:
    """A header in lines that end as mail's do, broken between ``words``."""
    lines = [f"{name}:"]
    for word in words:
        if len(lines[-1]) + 1 + len(word) > LONGEST_LINE and lines[-1] != f"{name}:":
            lines.append("")
        lines[-1] += f" {word}"
    return "".join(f"{line}\r\n" for line in lines)


def encoded(text: str) -> Sequence[str]:
    """A text as the words of a header: as they are, or as RFC 2047 writes what is beyond ASCII."""
    if text.isascii():
        return text.split()
    return [f"=?utf-8?b?{b64encode(piece).decode()}?=" for piece in _pieces(text)]


def _pieces(text: str) -> Iterator[bytes]:
    """The bytes of a text, parted between letters."""
    piece = b""
    for char in text:
        if len(piece) + len(char.encode()) > MOST_BYTES:
            yield piece
            piece = b""
        piece += char.encode()
    yield piece


def addresses(given: Sequence[str], option: str) -> Iterator[str]:
    """The words of a header that names all of ``given``.

    Raises: ``WrongUse`` for what is no address, or is more than one.
    """
    for at, text in enumerate(given, 1):
        *words, last = _words(text, option)
        yield from words
        yield last if at == len(given) else f"{last},"


def _words(text: str, option: str) -> Sequence[str]:
    composed = re.sub(" {2,}", " ", unicodedata.normalize("NFC", text)).strip()
    found = _GIVEN.fullmatch(composed)
    bare = (found["bare"] or found["alone"]) if found else ""
    is_long = max(map(len, composed.replace("<", " ").split()), default=0) > LONGEST
    is_odd = "=?" in composed or tidy(composed) != composed
    if not found or not _BARE.fullmatch(bare) or is_long or is_odd:
        raise WrongUse(f"{option} {clean(text)!r} is no address", HINT)
    return [*_phrase(found["name"]), f"<{bare}>"] if found["name"] else [bare]


def _phrase(name: str) -> Sequence[str]:
    """A name, in quotes where a mark in it would mean something."""
    is_plain = not name.isascii() or re.fullmatch(rf"(?:{_ATOM} ?)+", name, re.ASCII)
    return encoded(name if is_plain else f'"{name}"')
