"""How a table of a page fits a phone: what goes below what, and which words are broken."""

import re
from collections.abc import Iterator, Sequence
from typing import Final

from msgspec import Struct

from pledges.clean import clean
from pledges.render.layout import Stack, stacks
from pledges.render.line_breaks import BREAK, pieces, unbreakable_pieces, with_breaks
from pledges.view.page import Column, Table

ROOMS: Final = (44, 60)
"""The cells that tables are laid out for, as a phone has them; the wider one if they need it."""

WIDTH: Final = 327
"""The pixels that a table may take."""

PADDING: Final = 5
"""The pixels around the words of a cell."""

SMALL_LETTER: Final = 6.5
"""The pixels of a letter of a cell, on the average."""

LETTER: Final = 9
"""The pixels that a letter of an id takes at most."""

LONGEST_ID: Final = 12
"""The letters of the longest word, such as an id, that a narrow column does not break."""

BAR: Final = 8
"""The cells that a bar is laid out for."""


class Place(Struct, frozen=True):
    """One stack of a table, its top column, and how many pixels wide it is at least."""

    stack: Stack
    top: Column
    least: int
    is_head: bool


def phone_stacks(tables: Sequence[Table]) -> Sequence[Stack]:
    """The stacks in the narrowest room in which they fit a phone.

    If there is none, everything but the first column goes below the main one.
    """
    for room in ROOMS:
        found = stacks(tables, room, BAR)
        if found and _pixels(tables, found) <= WIDTH:
            return found
    columns = tables[0].columns
    others = sorted(range(1, len(columns)), key=lambda at: not columns[at].is_main)
    below = [Stack(tuple(others), 0)] if others else []
    return [Stack((0,), _longest_piece(tables, 0)), *below]


def places(table: Table, stacked: Sequence[Stack]) -> Iterator[Place]:
    """The places of each row; what comes before the main one is not broken."""
    is_before = True
    for number, stack in enumerate(stacked):
        top = table.columns[stack.members[0]]
        is_before = is_before and not top.is_main
        least = min(stack.width, LONGEST_ID) * LETTER if is_before else 0
        yield Place(stack, top, least, is_head=number == 0)


def narrow_text(text: str) -> str:
    """``text`` with joints and breaks; a single word breaks sooner, and after its hyphens."""
    if " " in text or len(text) <= LONGEST_ID:
        return with_breaks(text)
    parts = re.split("(?<=-)", text)
    words = (word for part in parts for word in pieces(part, LONGEST_ID, LONGEST_ID))
    return BREAK.join(map(with_breaks, words))


def _pixels(tables: Sequence[Table], stacked: Sequence[Stack]) -> float:
    """How wide tables are at least: no narrower than their longest unbroken piece."""
    pixels = 0.0
    for place in places(tables[0], stacked):
        letters = max(_longest_piece(tables, at) for at in place.stack.members)
        pixels += max(place.least, SMALL_LETTER * letters) + 2 * PADDING
    return pixels


def _longest_piece(tables: Sequence[Table], at: int) -> int:
    """The letters of the longest piece of a column's words that stays on one line."""
    texts = [tables[0].columns[at].label, *(row[at].text for table in tables for row in table.rows)]
    return max(
        len(piece) for text in texts for piece in unbreakable_pieces(narrow_text(clean(text)))
    )
