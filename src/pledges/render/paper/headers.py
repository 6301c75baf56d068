"""Headers of a mail, written by hand: the same bytes on every Python, and no space lost or added.

The standard library's own folding parts letters beyond ASCII with spaces, puts an empty line
before a long subject, and decodes what looks encoded.
"""

from base64 import b64encode
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

LONGEST_LINE: Final = 76
MOST_BYTES: Final = 39
"""Of a text in one encoded word: with its marks it fits behind any header's name."""


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
