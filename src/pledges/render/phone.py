"""How a table of a page fits a phone: what stands below what, and which words are broken."""

import re
from collections.abc import Iterator, Sequence
from typing import Final

from msgspec import Struct

from pledges.clean import clean
from pledges.render.layout import Stack, stacks
from pledges.render.line_breaks import BREAK, pieces, unbreakable_pieces, with_breaks
from pledges.view.page import Column, Table

ROOMS: Final = (44, 60)
"""The cells that tables are laid out for, as a phone has them; the wider where they need it."""

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
    """What stands in one place of every row, and how many pixels wide it is at least."""

    stack: Stack
    top: Column
    least: int
    is_head: bool


def layout(tables: Sequence[Table]) -> Sequence[Stack]:
    """What stands below what in the narrowest room; where a phone has none, all that can."""
    found = (stacks(tables, room, BAR) for room in ROOMS)
    fitting = (each for each in found if each and _pixels(tables, each) <= WIDTH)
    return next(fitting, None) or list(_below(tables))


def places(table: Table, stacked: Sequence[Stack]) -> Iterator[Place]:
    """Where the cells of a row stand; what stands before the main one is not broken."""
    is_before = True
    for number, stack in enumerate(stacked):
        top = table.columns[stack.members[0]]
        is_before = is_before and not top.is_main
        least = min(stack.width, LONGEST_ID) * LETTER if is_before else 0
        yield Place(stack, top, least, is_head=number == 0)


def narrow(text: str) -> str:
    """``text`` with joints and breaks; a single word breaks sooner, and after its hyphens."""
    if " " in text or len(text) <= LONGEST_ID:
        return with_breaks(text)
    parts = re.split("(?<=-)", text)
    return BREAK.join(
        with_breaks(x) for part in parts for x in pieces(part, LONGEST_ID, LONGEST_ID)
    )


def _pixels(tables: Sequence[Table], stacked: Sequence[Stack]) -> float:
    """How wide tables are at least: no narrower than the longest of what is not broken."""
    each_place = list(places(tables[0], stacked))
    letters = [max(_longest(tables, at) for at in each.stack.members) for each in each_place]
    least = (max(x.least, SMALL_LETTER * n) for x, n in zip(each_place, letters, strict=True))
    return sum(pixels + 2 * PADDING for pixels in least)


def _longest(tables: Sequence[Table], at: int) -> int:
    """The letters of the longest piece of a column's words that stays on one line."""
    column = tables[0].columns[at]
    texts = [column.label, *(row[at].text for table in tables for row in table.rows)]
    return max(len(piece) for text in texts for piece in unbreakable_pieces(narrow(clean(text))))


def _below(tables: Sequence[Table]) -> Iterator[Stack]:
    """The first column, and beside it all others below the main one."""
    columns = tables[0].columns
    mains = [at for at, column in enumerate(columns) if column.is_main]
    others = sorted(range(1, len(columns)), key=lambda at: at not in mains)
    yield Stack((0,), _longest(tables, 0))
    if others:
        yield Stack(tuple(others), 0)
