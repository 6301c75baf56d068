"""Reports that fit into a mail: their lists are shortened, and it is said by how much."""

from binascii import b2a_qp
from collections.abc import Callable, Iterator
from typing import Final

from msgspec.structs import replace

from pledges.view.paper import Block, Bullets, Figures, Report, words

LONGEST_TABLE: Final = 12
"""Rows that a table keeps: the counts and their sum have no more."""


def fitted(report: Report, look: Callable[[Report], str], most: int, most_sent: int) -> str:
    """The report as it looks, in ``most`` bytes and ``most_sent`` as a mail sends them.

    Where it would be larger, each list is cut to the greatest length with which it is not.
    """

    def fits(text: str) -> bool:
        written = text.encode()
        return len(written) <= most and len(b2a_qp(written)) <= most_sent

    whole = look(report)
    if fits(whole):
        return whole
    low, high = 1, max(_lengths(report), default=1)
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if fits(look(shortened(report, middle))) else (low, middle - 1)
    return look(shortened(report, low))


def shortened(report: Report, most: int) -> Report:
    """The report with lists of at most so many lines, and tables of that or a few rows."""
    parts = [
        replace(part, blocks=[_shortened(block, most) for block in part.blocks])
        for part in report.parts
    ]
    return replace(report, parts=parts)


def _shortened(block: Block, most: int) -> Block:
    if isinstance(block, Bullets) and len(block.items) > most:
        total = len(block.items) + block.left_out
        return Bullets([*block.items[:most], words(_shown(most, total))])
    if isinstance(block, Figures) and len(block.rows) > max(most, LONGEST_TABLE):
        kept = max(most, LONGEST_TABLE)
        told = replace(block.rows[0][0], text=_shown(kept, len(block.rows)))
        empty = [replace(each, text="", percents=None) for each in block.rows[0][1:]]
        rows = [*block.rows[:kept], [told, *empty]]
        return replace(block, rows=rows, lines=[*block.lines[:kept], words(told.text)])
    return block


def _shown(some: int, total: int) -> str:
    return f"{some:,} of {total:,} shown"


def _lengths(report: Report) -> Iterator[int]:
    for part in report.parts:
        for block in part.blocks:
            if isinstance(block, Bullets):
                yield len(block.items)
            elif isinstance(block, Figures):
                yield len(block.rows)
