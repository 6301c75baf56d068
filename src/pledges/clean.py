"""The border that every text crosses on its way out, to a file, a terminal or standard error.

A character that could move a cursor, colour, hide or reorder text is shown as its escape sequence,
so that no terminal obeys it; in a report it is left out.  Cleaning a clean text changes nothing.
Joints become spaces here, unless a renderer that breaks lines asks for them.
"""

import re
import unicodedata
from collections.abc import Callable, Iterator
from functools import lru_cache, partial
from typing import Final

JOINT: Final = "\ud800"
"""A space at which no line may end: half a pair, which no ledger and no argument can contain."""

_NEVER_USED: Final = "".join(map(chr, range(0xFDD0, 0xFDF0))) + "".join(
    f"{chr(at - 2)}{chr(at - 1)}" for at in range(0x10000, 0x110001, 0x10000)
)
"""The characters that Unicode keeps free for ever; no page of HTML may contain them."""

_UNSEEN: Final = (
    r"\x7f-\x9f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u2028-\u202e"
    r"\u2060-\u206f\u2800\u3164\ufdd0-\ufdef\ufe00-\ufe0f\ufeff\uffa0\ufff9-\ufffb\ufffe\uffff"
    r"\ud801-\udfff\U0001bca0-\U0010ffff"
)
"""Controls, marks of direction, invisible characters, halves of pairs and what is no text.

Beyond U+FFFF it has too many, because a search for single ones there would be ten times slower:
``_is_seen`` tells which are to be left alone.
"""

_FAR_MARKS: Final = (
    *(("\U0001bca0", "\U0001bca3"), ("\U0001d173", "\U0001d17a"), ("\U000e0000", "\U000e0fff")),
)
"""The marks for machines beyond U+FFFF: of shorthand, of music, and tags."""

_PICTURE: Final = (
    r"\u00a9\u00ae\u203c\u2049\u2122\u2139\u2190-\u21ff\u2300-\u27bf\u2900-\u297f\u2b00-\u2bff"
    r"\u3030\u303d\u3297\u3299\U0001f000-\U0001faff"
)
_JOINED: Final = (
    r"\u0600-\u061b\u061d-\u0dff\u1000-\u109f\u1780-\u17b3\u17b6-\u180a\u1810-\u18af\u1a20-\u1cff"
    r"\ua840-\uabff\ufb50-\ufdcf\ufdf0-\ufdff\ufe70-\ufefc\U00010a00-\U00011fff"
)
_NO_SPACES: Final = r"\u0e00-\u0eff\u1000-\u109f\u1780-\u17b3\u17b6-\u17ff"
_IDEOGRAPH: Final = r"\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_FLAG: Final = "\U0001f3f4[\U000e0030-\U000e0039\U000e0061-\U000e007a]{3,6}\U000e007f"
"""A flag of a part of a country, as of Scotland, which tags spell."""
_LONGEST_FLAG: Final = 8

_NEEDED: Final = (
    rf"(?<=[{_JOINED}])[\u200c\u200d]"  # Persian and Hindi spelling
    rf"|(?:(?<=[{_PICTURE}])|(?<=[{_PICTURE}]\ufe0f))\u200d(?=[{_PICTURE}])"  # one emoji of two
    rf"|(?<=[{_PICTURE}])[\ufe0e\ufe0f]|(?<=[#*0-9])\ufe0f(?=\u20e3)"
    rf"|(?<=[{_IDEOGRAPH}])[\ufe00-\ufe0f\U000e0100-\U000e01ef]"  # of names in Japanese
    r"|(?<=[\u1820-\u18aa])[\u180b-\u180d\u180f]"  # Mongolian
    rf"|(?<=[{_NO_SPACES}])\u200b(?=[{_NO_SPACES}])"  # where a line of Thai or Khmer may end
)
"""An invisible character in a place where what is seen depends on it."""

_MARKS: Final = (
    r"\u0300-\u036f\u0483-\u0489\u0591-\u1dff\u200b-\u200d\u20d0-\u20ff\u302a-\u302f\u3099\u309a"
    r"\ua66f-\uabff\ufb1e\ufe00-\ufe2f"
)
_MOST_MARKS: Final = 10  # on one letter: Tibetan has the most, eight
_FLOOD: Final = rf"[{_MARKS}\U00010a00-\U0001e94a]{{{_MOST_MARKS + 1},}}"
"""Perhaps more marks on a letter than anybody writes: other letters of these scripts, too."""

_DOUBTFUL: Final = rf"[{_MARKS}\u2800\u3164\uffa0\U00010a00-\U0010ffff]"
"""All that may be unseen or a mark among what Python calls printable: a quick first look."""

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


def without_joints(text: str) -> str:
    """``text`` with spaces for its joints, once its lines are broken."""
    return text.replace(JOINT, " ")


def clean(text: str, joint: str = " ") -> str:
    """``text`` with controls, direction marks and invisible characters shown as escapes.

    An invisible character is left alone in an emoji, or in a script that needs it; and so are a
    letter's marks; if there are more than anybody writes, the others are left out.
    """
    plain = without_joints(text)
    # Most texts have nothing of this, and the whole search takes longer.
    is_doubtful = not plain.isascii() and re.search(_DOUBTFUL, plain)
    if not plain.isprintable() or (is_doubtful and re.search(rf"[{_UNSEEN}]|{_FLOOD}", plain)):
        shown = _with_escapes(text, rf"[\x00-\x1f{_UNSEEN}]", _escaped)
        text = re.sub(_FLOOD, partial(_bounded_marks, next_one=_escaped), shown)
    return text.replace(JOINT, joint)


def unseen_character(text: str) -> str | None:
    """The first character of ``text`` that can't be seen, needed or not; None if there is none."""
    found = (x[0] for x in re.finditer(rf"[\x00-\x1f{_UNSEEN}]", text) if not _is_seen(x[0]))
    return next(found, None)


def unseen_offsets(text: str) -> Iterator[int]:
    """Yield where ``text`` has a character that can't be seen and is not needed.

    Tabs and ends of lines are no such characters here.
    """
    found = re.finditer(rf"[\x00-\x08\x0b\x0c\x0e-\x1f{_UNSEEN}]", text)
    return (each.start() for each in found if not _is_needed(each))


def without_unseen(text: str) -> str:
    """``text`` without all characters that can't be seen, needed or not."""
    unseen = rf"[\x00-\x08\x0b\x0c\x0e-\x1f{_UNSEEN}]"
    return re.sub(unseen, lambda found: found[0] * _is_seen(found[0]), text)


def character_name(char: str) -> str:
    """A character by its number and name: ``U+200B, a zero width space``."""
    name = unicodedata.name(char, "control character").lower()
    return f"U+{ord(char):04X}, {'an' if name[0] in 'aeiou' else 'a'} {name}"


@lru_cache(maxsize=4096)  # a title is tidied in each place that names its pledge
def tidy(text: str, joint: str = " ") -> str:
    """``text`` in one line of letters, marks and single spaces: composed, and only what is seen."""
    plain = without_joints(text)
    if plain.isascii() and plain.isprintable():
        return re.sub(" {2,}", " ", text).replace(JOINT, joint)
    # How a character for private use looks is not known to the reader of a mail.
    spaced = re.sub(
        r"\s+", " ", re.sub(rf"{_SEQUENCE}|[\ue000-\uf8ff\U000f0000-\U0010fffd]", "", text)
    )
    seen = _with_escapes(spaced, rf"[\x00-\x1f{_UNSEEN}]", lambda _: "")
    bounded = re.sub(_FLOOD, partial(_bounded_marks, next_one=lambda _: ""), seen)
    composed = unicodedata.normalize("NFC", bounded)
    return re.sub(" {2,}", " ", composed).replace(JOINT, joint)


def _is_seen(char: str) -> bool:
    """Whether one of ``_UNSEEN`` is a character beyond U+FFFF that is no mark for machines."""
    is_mark = any(first <= char <= last for first, last in _FAR_MARKS)
    return char > "\uffff" and not is_mark and char not in _NEVER_USED


def _is_needed(found: re.Match[str]) -> bool:
    """Whether a character that was found is seen, or what is seen depends on it."""
    text, at = found.string, found.start()
    if "\U000e0020" <= found[0] <= "\U000e007f":
        flags = re.finditer(_FLAG, text[max(0, at - _LONGEST_FLAG) : at + _LONGEST_FLAG])
        return any(each.start() < min(at, _LONGEST_FLAG) < each.end() for each in flags)
    return _is_seen(found[0]) or bool(re.compile(_NEEDED).match(text, at))


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
    return text if is_safe else _with_escapes(text, f"[{_UNSEEN}{JOINT}]", _json_escape)


def safe_toml(text: str) -> str:
    """TOML without single quotes, with the same characters as TOML's own escapes."""
    if text.isascii() and "\x7f" not in text:
        return text
    unseen = f"[{_UNSEEN}{JOINT}]"
    # TOML writes a character beyond U+FFFF with eight digits, and others with four.
    return _with_escapes(
        text, unseen, lambda x: f"\\u{ord(x):04x}" if x <= "\uffff" else f"\\U{ord(x):08x}"
    )


def _with_escapes(text: str, unseen: str, escape: Callable[[str], str]) -> str:
    """``text`` with an escape for each of the characters in ``unseen`` that is not needed."""
    return re.sub(unseen, lambda found: found[0] if _is_needed(found) else escape(found[0]), text)


def _escaped(char: str) -> str:
    return char.encode("unicode_escape").decode()


def _json_escape(char: str) -> str:
    # JSON writes a character beyond U+FFFF as a pair of escapes, and half a pair as one.
    pairs = char.encode("utf-16-be", "surrogatepass")
    return "".join(f"\\u{pairs[at]:02x}{pairs[at + 1]:02x}" for at in range(0, len(pairs), 2))


def _bounded_marks(found: re.Match[str], next_one: Callable[[str], str]) -> str:
    """Letters with the most marks that they can have, and what is shown for the one after these."""
    shown, count = [], 0
    for char in found[0]:
        count = count + 1 if unicodedata.category(char) in ("Mn", "Me", "Cf") else 0
        if count <= _MOST_MARKS + 1:
            shown.append(char if count <= _MOST_MARKS else next_one(char))
    return "".join(shown)
