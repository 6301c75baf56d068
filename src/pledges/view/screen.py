"""What the first screen of a mail has room for."""

import unicodedata
from collections.abc import Iterator, Sequence
from typing import Final

from msgspec.structs import replace

from pledges.view.items import MOST_SHOWN, bullets, clipped
from pledges.view.paper import Block, Bullets, Figures, Line, Part, Sentences, more, words

MOST_WORDS: Final = 150
MOST_LINES: Final = 25
CELLS: Final = 60
"""What of a line's 72 cells is surely filled, however long its last word is."""

LONGEST_TITLE: Final = 80


def fitting(title: str, lines: Sequence[Line], above: Sequence[Part]) -> Bullets:
    """A list of what fits below ``above`` in a part of that title, of one line at least.

    Titles are whole where all lines fit, else shortened.
    """
    if _fits([*above, Part(title, [bullets(lines)])]):
        return bullets(lines)
    short = [_short(line) for line in lines]
    lengths = range(min(len(lines), MOST_SHOWN), 0, -1)
    lists = (bullets(short, most) for most in lengths)
    fits = (each for each in lists if _fits([*above, Part(title, [each])]))
    return next(fits, bullets(short, 1))


def _short(line: Line) -> Line:
    return [
        replace(run, text=clipped(run.text, LONGEST_TITLE)) if run.is_bold else run for run in line
    ]


def _fits(parts: Sequence[Part]) -> bool:
    texts = [text for part in parts for text in _texts(part)]
    taken = len(parts) - 1 + sum(-(-_cells(text) // CELLS) for text in texts)
    return taken <= MOST_LINES and sum(len(text.split()) for text in texts) <= MOST_WORDS


def _texts(part: Part) -> Iterator[str]:
    """What is on the page, a paragraph, an item or a heading at a time."""
    yield part.title
    for block in part.blocks:
        mark = "" if isinstance(block, Sentences) else "- "
        yield from (mark + "".join(run.text for run in line) for line in _block(block))


def _block(block: Block) -> Sequence[Line]:
    match block:
        case Sentences():
            return [block.line]
        case Figures():
            return block.lines
        case Bullets():
            rest = [words(more(block.left_out))] if block.left_out else []
            return [*block.items, *rest]


def _cells(text: str) -> int:
    return sum(1 + (unicodedata.east_asian_width(char) in "WF") for char in text)
