"""Which columns of a table stand beside each other at a width, and which go below others."""

from collections.abc import Mapping, Sequence
from typing import Final

from msgspec import Struct

from pledges.render.cell_width import width
from pledges.view.page import Calendar, Column, Page, Table

GAP: Final = 2
"""Empty cells between two columns."""


class Stack(Struct, frozen=True):
    """One column on the screen: the table's columns that stand in it, from above, and its width."""

    members: tuple[int, ...]
    width: int


def alike(page: Page) -> dict[tuple[Column, ...], list[Table]]:
    """The tables of a page by their columns: those that share them are laid out together."""
    found: dict[tuple[Column, ...], list[Table]] = {}
    for section in page.sections:
        if section.table:
            found.setdefault(tuple(section.table.columns), []).append(section.table)
    return found


def calendar(page: Page) -> Calendar | None:
    """The calendar that a page's tables have in common; None where none has one."""
    tables = (section.table for section in page.sections if section.table)
    return next((table.calendar for table in tables if table.calendar), None)


def stacks(tables: Sequence[Table], room: int, bar: int) -> list[Stack] | None:
    """The layout of tables that share their columns; None where they don't fit into ``room``.

    Columns are put below others, lowest ``fold`` first, until the rest is at ease; where that is
    never so, until the least widths fit.  Columns that can take more share what is left.  ``bar``
    is the width of a drawn bar.
    """
    columns = tables[0].columns
    natural = [_natural(tables, at, bar) for at in range(len(columns))]
    at_ease = [max(column.least, column.ease) for column in columns]
    least = [column.least for column in columns]
    return _folded(columns, natural, at_ease, room) or _folded(columns, natural, least, room)


def _folded(
    columns: Sequence[Column], natural: Sequence[int], narrowest: Sequence[int], room: int
) -> list[Stack] | None:
    wanted = list(natural)
    least = [
        min(full, narrow) if column.is_main or column.wraps else full
        for column, full, narrow in zip(columns, natural, narrowest, strict=True)
    ]
    members = [[at] for at in range(len(columns))]
    order = iter(_foldable(columns))
    while _total(members, least) > room:
        at, under = next(order, (None, None))
        if at is None or under is None:
            return None
        _fold(members, at, under)
        if columns[under].is_main and not columns[at].wraps:
            named = width(columns[at].label) + len(": ")
            least[at] += named
            wanted[at] += named
    return _widened(members, least, wanted, room)


def _natural(tables: Sequence[Table], at: int, bar: int) -> int:
    """The width at which no cell of a column has to wrap."""
    column = tables[0].columns[at]
    label = width(column.label) if tables[0].has_head else 0
    cells = (row[at] for table in tables for row in table.rows)
    return max([label, *(bar + width(x.bar.label) + 1 if x.bar else width(x.text) for x in cells)])


def _foldable(columns: Sequence[Column]) -> list[tuple[int, int]]:
    """Which column goes below which, in the order in which they go."""
    places: Mapping[str | None, int] = {column.label: at for at, column in enumerate(columns)}
    found = [
        (column.fold, at, places[column.under])
        for at, column in enumerate(columns)
        if column.under in places
    ]
    return [(at, under) for _, at, under in sorted(found)]


def _fold(members: list[list[int]], at: int, under: int) -> None:
    moved = next(each for each in members if at in each)
    target = next(each for each in members if under in each)
    members.remove(moved)
    target.extend(moved)
    target.sort()


def _total(members: Sequence[Sequence[int]], widths: Sequence[int]) -> int:
    each = [max(widths[at] for at in group) for group in members]
    return sum(each) + GAP * (len(each) - 1)


def _widened(
    members: Sequence[Sequence[int]], least: Sequence[int], natural: Sequence[int], room: int
) -> list[Stack]:
    wanted = [max(natural[at] for at in group) for group in members]
    given = [max(least[at] for at in group) for group in members]
    spare = room - sum(given) - GAP * (len(given) - 1)
    while spare > 0 and given != wanted:
        for at, most in enumerate(wanted):
            if spare > 0 and given[at] < most:
                given[at] += 1
                spare -= 1
    return [Stack(tuple(group), cells) for group, cells in zip(members, given, strict=True)]
