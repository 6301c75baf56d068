"""Addresses of a mail, as they are given on a command line."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from typing import Final

from pledges.clean import clean
from pledges.errors import WrongUse
from pledges.render.paper.headers import encoded
from pledges.render.paper.tidy import tidy

HINT: Final = 'one at a time, such as desk@example.org or "Trade Desk <desk@example.org>"'
LONGEST: Final = 70
"""The characters of an address, and of a word of a name: a raw line has 78."""

_GIVEN: Final = re.compile(r'(?:"?(?P<name>[^<>"\\]*?)"?\s*<(?P<bare>[^<>\s]+)>|(?P<alone>\S+))')
_ATOM: Final = r"[\w!#$%&'*+/?^`{|}~=-]+"
_BARE: Final = re.compile(rf"{_ATOM}(?:\.{_ATOM})*@[a-zA-Z\d-]+(?:\.[a-zA-Z\d-]+)*", re.ASCII)


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
