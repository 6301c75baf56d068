"""What is overdue, in the little room that the first screen of a mail has left."""

import unicodedata
from collections.abc import Iterator, Sequence
from typing import Final

from msgspec.structs import replace

from pledges.view.attention import lines, overdue
from pledges.view.items import Matter, bullets, clipped
from pledges.view.paper import Block, Bullets, Figures, Line, Part, Sentences, more, words

MOST_WORDS: Final = 150
MOST_LINES: Final = 25
CELLS: Final = 60
"""What of a line's 72 cells is surely filled, however long its last word is."""

LONGEST_TITLE: Final = 80
MOST: Final = 3
"""Overdue pledges that are shown."""


def brief(matter: Matter, above: Sequence[Part]) -> Iterator[Part]:
    """The longest overdue pledges, as many as fit below ``above``, and how many more there are."""
    late = lines(overdue(matter), matter.ledger)
    if not late:
        return
    title, short = f"Overdue ({len(late):,})", [_short(line) for line in late]
    for most in range(MOST, 0, -1):
        part = Part(title, [bullets(short, most)])
        if most == 1 or _fits([*above, part]):
            yield part
            return


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
        yield from ("".join(run.text for run in line) for line in _block(block))


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
