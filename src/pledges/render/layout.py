"""Which columns of a table are side by side at a width, and which go below others.

On a phone, and in a mail, words that are too long are broken as well.
"""

import re
from collections.abc import Mapping, Sequence
from itertools import chain
from typing import Final, NamedTuple

from pledges.cell_width import letter_pieces, width
from pledges.clean import JOINT, clean, without_joints
from pledges.view.page import Column, Page, Table

GAP: Final = 2  # empty cells between two columns


class Stack(NamedTuple):
    """One column on the screen: the table's columns in it, from the top, and its width."""

    members: tuple[int, ...]
    width: int


def tables_by_columns(page: Page) -> dict[tuple[Column, ...], list[Table]]:
    """The tables of a page by their columns: those that share them are laid out together."""
    found: dict[tuple[Column, ...], list[Table]] = {}
    for table in page.tables:
        found.setdefault(tuple(table.columns), []).append(table)
    return found


def stacks(tables: Sequence[Table], room: int, bar: int) -> list[Stack] | None:
    """The layout of tables that share their columns; None if they don't fit into ``room``.

    Columns are put below others, lowest ``fold`` first, until the rest is at ease; if that never
    happens, until the least widths fit.  Columns that can take more share the rest.  ``bar``
    is the width of a drawn bar.
    """
    columns = tables[0].columns
    natural = [width(x.label) if tables[0].has_head else 0 for x in columns]  # so that none wraps
    for row in chain.from_iterable(table.rows for table in tables):
        for at, cell in enumerate(row):
            lines = [cell.bar.label] if cell.bar else cell.lines or [cell.without_urls.text]
            before = bar + 1 if cell.bar else 0
            natural[at] = max(natural[at], before + max(map(width, lines)))
    for narrowest in ([max(x.least, x.ease) for x in columns], [x.least for x in columns]):
        if found := _folded_stacks(tables, natural, narrowest, room):
            return found
    return None


def widths_of_shares(counts: Sequence[int], room: int) -> list[int]:
    """How much of ``room`` each count takes: what is not nothing takes some, and all of it."""
    total = sum(counts)
    if not total:
        return [0] * len(counts)
    widths = [max(round(room * each / total), 1) if each else 0 for each in counts]
    while (beyond := sum(widths) - room) and max(widths) > 1:
        widths[widths.index(max(widths))] -= 1 if beyond > 0 else -1
    return widths


def _folded_stacks(
    tables: Sequence[Table], natural: Sequence[int], narrowest: Sequence[int], room: int
) -> list[Stack] | None:
    """Stacks of which none is narrower than its narrowest column can be; None if they don't fit."""
    columns, wanted = tables[0].columns, list(natural)
    least = [
        min(full, narrow) if column.is_main or column.wraps else full
        for column, full, narrow in zip(columns, natural, narrowest, strict=True)
    ]
    # A column without a word is left out, but not if it was asked for by name.
    is_asked_for = not any(column.is_main for column in columns)
    rows = [row for table in tables for row in table.rows]
    stacked = [
        [at]
        for at in range(len(columns))
        if not at or is_asked_for or any(row[at].text or row[at].bar for row in rows)
    ]
    places: Mapping[str | None, int] = {columns[at].label: at for (at,) in stacked}
    foldable = [at for (at,) in stacked if columns[at].under in places]
    folds = iter(sorted(foldable, key=lambda at: (columns[at].fold, at)))
    while sum(_widths(stacked, least)) + GAP * (len(stacked) - 1) > room:
        at = next(folds, None)
        if at is None:
            return None
        under = places[columns[at].under]
        moved = next(each for each in stacked if at in each)
        target = next(each for each in stacked if under in each)
        stacked.remove(moved)
        target[:] = sorted([*target, *moved])
        if columns[under].is_main:
            named = width(columns[at].name)
            wanted[at] += named
            least[at] += 0 if columns[at].wraps else named
    return _widened_stacks(stacked, _widths(stacked, least), _widths(stacked, wanted), room)


def _widths(stacked: Sequence[Sequence[int]], columns: Sequence[int]) -> list[int]:
    return [max(columns[at] for at in each) for each in stacked]


def _widened_stacks(
    stacked: Sequence[Sequence[int]], least: Sequence[int], wanted: Sequence[int], room: int
) -> list[Stack]:
    """The stacks, with the rest of the room shared among those that can take more."""
    widths = list(least)
    spare = room - sum(widths) - GAP * (len(widths) - 1)
    while spare > 0 and widths != wanted:
        for at, most in enumerate(wanted):
            if spare > 0 and widths[at] < most:
                widths[at] += 1
                spare -= 1
    return [Stack(tuple(columns), cells) for columns, cells in zip(stacked, widths, strict=True)]


ROOMS: Final = (44, 60)
"""The cells that tables are laid out for, as a phone has them; the wider one if they need it."""
WIDTH: Final = 280  # the pixels that a table may take on a small phone
PADDING: Final = 4  # the pixels around the words of a cell
SMALL_LETTER: Final = 6.5  # the pixels of a letter of a cell, on the average
LETTER: Final = 9  # the pixels that a letter of an id takes at most
LONGEST_ID: Final = 12
"""The letters of the longest word, such as an id, that a narrow column does not break."""
LEAST_MAIN: Final = 150  # the pixels that the main column has at least
BAR: Final = 8  # the cells that a bar is laid out for

BREAK: Final = "\uffff"
"""A place in a word at which a line may end; no cleaned text contains this character."""
LONGEST_WORD: Final = 24
"""The letters of the longest word that is not broken: a phone has no room for more."""
BREAK_EVERY: Final = 10  # after how many letters a longer word may be broken
_LONG_WORD: Final = f"[^ {JOINT}]{{{LONGEST_WORD + 1},}}"
_LINE_END: Final = rf" |{BREAK}|(?<=-)(?!\d)"  # where a browser may end a line


class Place(NamedTuple):
    """The columns of a table in one place, from the top, and how many pixels it has at least.

    The words of those up to the column ``top`` are on one line.
    """

    members: tuple[int, ...]
    top: int
    least: int = 0


def phone_places(tables: Sequence[Table]) -> list[Place]:
    """The places of columns in the narrowest room in which they fit a phone.

    If there is none, everything but the first column goes below the main one.
    """
    columns = tables[0].columns
    for room in ROOMS:
        found, pixels = _places(tables, stacks(tables, room, BAR) or ()), 0.0
        for members, _, least in found:  # none is narrower than its longest unbroken piece
            letters = max(_longest_piece(tables, at) for at in members)
            is_main = any(columns[at].is_main for at in members)
            pixels += max(least, LEAST_MAIN * is_main, SMALL_LETTER * letters) + 2 * PADDING
        if found and pixels <= WIDTH:
            return found
    others = range(1, len(columns))
    below = [Stack(tuple(others), 0)] if others else []
    return _places(tables, [Stack((0,), _longest_piece(tables, 0)), *below])


def _places(tables: Sequence[Table], stacked: Sequence[Stack]) -> list[Place]:
    """The places of stacks; a word before the main column, such as an id, is not broken."""
    places = []
    columns = tables[0].columns
    is_before = True
    for members, cells in stacked:
        is_before = is_before and not columns[members[0]].is_main
        has_words = any(not is_word(row[members[0]].text) for table in tables for row in table.rows)
        least = min(cells, LONGEST_ID) * LETTER if is_before and not has_words else 0
        top = next((at for at in members if columns[at].is_main), members[0])
        places.append(Place(members, top, least))
    return places


def is_word(text: str) -> bool:
    """Whether a text has no space, joined or not."""
    return " " not in without_joints(text)


def with_breaks(text: str) -> str:
    """``text`` with breaks in words that are too long."""
    return re.sub(_LONG_WORD, lambda word: BREAK.join(letter_pieces(word[0], BREAK_EVERY)), text)


def narrow_text(text: str) -> str:
    """``text`` with breaks; a single word breaks sooner, and after its hyphens."""
    if not is_word(text) or len(text) <= LONGEST_ID:
        return with_breaks(text)
    parts = re.split("(?<=-)", text)
    words = (word for part in parts for word in letter_pieces(part, LONGEST_ID))
    return BREAK.join(map(with_breaks, words))


def _longest_piece(tables: Sequence[Table], at: int) -> int:
    texts = [tables[0].columns[at].label, *(row[at].text for table in tables for row in table.rows)]
    narrow = (narrow_text(clean(text, JOINT)) for text in texts)
    return max(len(piece) for text in narrow for piece in re.split(_LINE_END, text))
