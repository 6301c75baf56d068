"""Which columns of a table are side by side at a width, and which go below others."""

from collections.abc import Mapping, Sequence
from typing import Final

from msgspec import Struct

from pledges.cell_width import width
from pledges.view.page import Column, Page, Table

GAP: Final = 2
"""Empty cells between two columns."""


class Stack(Struct, frozen=True):
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
    natural = [_natural_width(tables, at, bar) for at in range(len(columns))]
    at_ease = [max(column.least, column.ease) for column in columns]
    least = [column.least for column in columns]
    return _folded_stacks(columns, natural, at_ease, room) or _folded_stacks(
        columns, natural, least, room
    )


def _natural_width(tables: Sequence[Table], at: int, bar: int) -> int:
    """The width at which no cell of a column has to wrap."""
    column = tables[0].columns[at]
    label = width(column.label) if tables[0].has_head else 0
    cells = (row[at] for table in tables for row in table.rows)
    return max([label, *(bar + width(x.bar.label) + 1 if x.bar else width(x.text) for x in cells)])


def _folded_stacks(
    columns: Sequence[Column], natural: Sequence[int], narrowest: Sequence[int], room: int
) -> list[Stack] | None:
    """Stacks of which none is narrower than its narrowest column can be; None if they don't fit."""
    wanted = list(natural)
    least = [
        min(full, narrow) if column.is_main or column.wraps else full
        for column, full, narrow in zip(columns, natural, narrowest, strict=True)
    ]
    stacked = [[at] for at in range(len(columns))]
    places: Mapping[str | None, int] = {column.label: at for at, column in enumerate(columns)}
    foldable = [(x.fold, at, places[x.under]) for at, x in enumerate(columns) if x.under in places]
    folds = iter(sorted(foldable))
    while sum(_widths(stacked, least)) + GAP * (len(stacked) - 1) > room:
        fold = next(folds, None)
        if not fold:
            return None
        _, at, under = fold
        moved = next(each for each in stacked if at in each)
        target = next(each for each in stacked if under in each)
        stacked.remove(moved)
        target[:] = sorted([*target, *moved])
        if columns[under].is_main and not columns[at].wraps:
            named = width(f"{columns[at].label}: ")
            least[at] += named
            wanted[at] += named
    return _widened_stacks(stacked, _widths(stacked, least), _widths(stacked, wanted), room)


def _widths(stacked: Sequence[Sequence[int]], columns: Sequence[int]) -> list[int]:
    """The widths of stacks: each is as wide as its widest column."""
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
