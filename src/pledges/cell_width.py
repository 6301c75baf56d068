"""How a text fits on a screen: how wide it is, filled up, cut, wrapped, and from right to left.

A wide character counts 2, a combining one 0, a joint as the space that it is.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Final
from unicodedata import combining

from pledges.clean import clean, without_joints

GAP: Final = "  "  # what separates the columns of a table without lines

Size = Callable[[str], int]
"""How large a text is, in cells or otherwise."""

_LETTER: Final = (
    "[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff]"
)
_BETWEEN: Final = r"(?! {2}|\n)[\W\d_]"  # two spaces are between two columns
STRETCH: Final = re.compile(rf"({_LETTER}(?:(?:{_LETTER}|{_BETWEEN})*{_LETTER})?)")
"""Words from right to left with what is between them; figures and signs after them are ours."""

FIRST_STRONG_ISOLATE: Final = "\u2068"
POP_ISOLATE: Final = "\u2069"


def width(text: str) -> int:
    """The cells that ``text`` takes."""
    text = without_joints(text)
    if text.isascii():
        return len(text)
    from rich.cells import cell_len  # noqa: PLC0415  (most texts never need it)

    return cell_len(text)


def column_widths(rows: Sequence[Sequence[str]]) -> list[int]:
    """The cells that the widest text of each column takes."""
    return [max(map(width, column)) for column in zip(*rows, strict=True)]


def aligned(rows: Sequence[Sequence[str]]) -> Iterator[str]:
    """The rows as lines, their columns below each other.

    They are cleaned here, because an escape sequence is wider than what it replaces.
    """
    cleaned = [[clean(cell) for cell in row] for row in rows]
    widths = column_widths(cleaned)
    for *others, last in cleaned:
        cells = [padded(cell, widths[at], is_number=False) for at, cell in enumerate(others)]
        yield GAP.join([*cells, last])


def padded(text: str, cells: int, is_number: bool) -> str:  # noqa: FBT001  (of a column)
    """``text`` filled up with spaces to a width in cells; a number on its left."""
    gap = " " * (cells - width(text))
    return gap + text if is_number else text + gap


def cut(text: str, cells: int, ellipsis: str) -> str:
    """``text``, with an ellipsis in place of what is beyond a width in cells."""
    if width(text) <= cells:
        return text
    from rich.cells import set_cell_size  # noqa: PLC0415  (most texts never need it)

    kept = set_cell_size(text, max(cells - len(ellipsis), 0))
    while kept and width(kept) + len(ellipsis) > cells:
        kept = kept[:-1]
    return f"{kept.rstrip()}{ellipsis}"


def pieces(text: str, most: int, size: Size = width) -> Iterator[str]:
    """A text in pieces whose size is at most ``most``; an empty text is one piece."""
    piece = ""
    for letter in text:
        if piece and size(piece + letter) > most:
            yield piece
            piece = ""
        piece += letter
    yield piece


def letter_pieces(word: str, most: int) -> Iterator[str]:
    """A word in pieces of ``most`` letters; a letter keeps the marks that belong to it."""
    return pieces(word, most, lambda text: 0 if combining(text[-1]) else len(text))


def filled_lines(
    words: Iterable[str], room: int, first: str = "", rest: str = "", size: Size = width
) -> Iterator[str]:
    """Words in lines whose size is at most ``room``, or of one word that is longer.

    The first line begins with ``first``, the others with ``rest``.
    """
    line = start = first
    for word in words:
        longer = f"{line}{word}" if line == start else f"{line} {word}"
        if line != start and size(longer) > room:
            yield line
            start, longer = rest, f"{rest}{word}"
        line = longer
    yield line


def isolated(text: str) -> str:
    """Lines for a terminal in which words from right to left do not reorder what is around them.

    Without the marks a terminal would show the figure after such a word on the wrong side of it.
    """
    if text.isascii():
        return text
    return STRETCH.sub(rf"{FIRST_STRONG_ISOLATE}\1{POP_ISOLATE}", text)
