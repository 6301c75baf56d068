"""What the first screen of a mail has room for."""

import unicodedata
from collections.abc import Iterator, Sequence
from typing import Final

from msgspec.structs import replace

from pledges.view.page import Block, Bullets, Line, Paragraph, Section, Table, line, more
from pledges.view.report.entries import LONGEST_ITEM, MOST_SHOWN, bullets, clipped

MOST_WORDS: Final = 150
MOST_LINES: Final = 25
LINE: Final = 72
LONGEST_WORD: Final = 12
"""The cells of a line of text, and of a word up to which it leaves no more than that empty."""

CELLS: Final = LINE - LONGEST_WORD
"""What of a line is filled at least, where its last word is no longer."""

FEW_WORDS: Final = 10
"""Of a title, and of what is said of it, where there is no room for more."""

LONGEST_TITLE: Final = 80
SHORT_TITLE: Final = 40
SHORT_REST: Final = 80
"""The characters of a title, and of what is said of it, where there is little room."""


def fitting(title: str, lines: Sequence[Line], above: Sequence[Section]) -> Bullets:
    """A list of what fits below ``above`` in a part of that title, of one line at least.

    Titles are whole where all lines fit, else shortened; at worst all of one line is.
    """
    shorter = [_clipped(line, LONGEST_TITLE) for line in lines]
    lengths = range(min(len(lines), MOST_SHOWN), 0, -1)
    last = bullets([_in_few_words(_clipped(line, SHORT_TITLE, SHORT_REST)) for line in lines], 1)
    found = [bullets(lines), *(bullets(shorter, most) for most in lengths)]
    return next((each for each in found if _fits([*above, Section(title, blocks=[each])])), last)


def _clipped(line: Line, title: int, rest: int = LONGEST_ITEM) -> Line:
    return [replace(run, text=clipped(run.text, title if run.is_bold else rest)) for run in line]


def _in_few_words(line: Line) -> Line:
    return [replace(run, text=_first_words(run.text)) for run in line]


def _first_words(text: str) -> str:
    kept = text.split()[:FEW_WORDS]
    return text if len(text.split()) <= FEW_WORDS else f"{' '.join(kept)}..."


def _fits(parts: Sequence[Section]) -> bool:
    texts = [text for part in parts for text in _texts(part)]
    taken = len(parts) - 1 + sum(map(_lines, texts))
    return taken <= MOST_LINES and sum(len(text.split()) for text in texts) <= MOST_WORDS


def _texts(part: Section) -> Iterator[str]:
    """What is on the page, a paragraph, an item or a heading at a time."""
    yield part.title
    for block in part.blocks:
        mark = "" if isinstance(block, Paragraph) else "- "
        yield from (mark + "".join(run.text for run in line) for line in _block(block))


def _block(block: Block) -> Sequence[Line]:
    match block:
        case Paragraph():
            return [block.line]
        case Table():
            return block.lines
        case Bullets():
            rest = [line(more(block.left_out))] if block.left_out else []
            return [*block.items, *rest]


def _lines(text: str) -> int:
    """How many lines a text takes at most; a long word may leave as much of one empty."""
    cells = [_cells(word) for word in text.split()]
    empty = sum(min(each - LONGEST_WORD, CELLS) for each in cells if each > LONGEST_WORD)
    return -(-(_cells(text) + empty) // CELLS)


def _cells(text: str) -> int:
    return sum(1 + (unicodedata.east_asian_width(char) in "WF") for char in text)
