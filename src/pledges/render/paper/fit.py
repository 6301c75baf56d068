"""Reports that fit into a mail: their lists are shortened, and it is said by how much.

The cut is the same for every look, so that each has the same sentences.
"""

from binascii import b2a_qp
from collections.abc import Iterator, Sequence
from itertools import count, groupby
from typing import Final

from msgspec.structs import replace

from pledges.render.paper import Envelope, html, text
from pledges.view.items import MOST_SHOWN
from pledges.view.paper import Block, Bullets, Figures, Part, Report, Sentences, words

MOST_HTML: Final = 46_000
"""Some mail programs cut a message near 102 KB, and pasting inflates it by up to 2.2."""

MOST_HTML_SENT: Final = 60_000
"""The same as a mail sends it, where a letter beyond ASCII takes up to twelve bytes."""

MOST_TEXT_SENT: Final = 38_000
"""With the HTML beside it a draft stays below 100 KB."""

LONGEST_TABLE: Final = 12
"""Rows that a table keeps: the counts and their sum have no more."""

MOST_LISTS: Final = 10
"""Lists below one heading that are kept where nothing else helps."""


def fitted(report: Report) -> Report:
    """The report with as much of its lists as a mail has room for.

    Long lists are cut before those of ten are, and those before whole lists are left out.
    """
    if _fits(report):
        return report
    cut = shortened(report, *_lengths_that_fit(report))
    return cut if _fits(cut) else _with_fewer_lists(cut)


def with_long_lists(report: Report) -> Report:
    """The same with its long lists whole, for where there is room."""
    if _fits(report):
        return report
    _, most = _lengths_that_fit(report)
    return shortened(report, _longest(report), most)


def _lengths_that_fit(report: Report) -> tuple[int, int]:
    """How many lines a mail has room for: of lists that have more than ten, and of others."""
    cuts = [(1, most) for most in range(1, MOST_SHOWN)]
    cuts += [(most, MOST_SHOWN) for most in range(1, _longest(report) + 1)]
    low, high = 0, len(cuts) - 1
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if _fits(shortened(report, *cuts[middle])) else (low, middle - 1)
    return cuts[low]


def _fits(report: Report) -> bool:
    marked, plain = html.render(report, Envelope()).encode(), text.render(report, Envelope())
    sent = len(b2a_qp(marked)), len(b2a_qp(plain.encode()))
    return len(marked) <= MOST_HTML and sent[0] <= MOST_HTML_SENT and sent[1] <= MOST_TEXT_SENT


def shortened(report: Report, longest: int, most: int) -> Report:
    """The report with ``longest`` lines of lists that had more than ten, and ``most`` of others.

    Tables keep ``longest`` rows, or a few.
    """
    parts = [
        replace(part, blocks=[_shortened(block, longest, most) for block in part.blocks])
        for part in report.parts
    ]
    return replace(report, parts=parts)


def _shortened(block: Block, longest: int, most: int) -> Block:
    if isinstance(block, Bullets) and not block.is_whole:
        return _listed(block, longest) if len(block.items) > MOST_SHOWN else _first(block, most)
    if isinstance(block, Figures) and len(block.rows) > max(longest, LONGEST_TABLE):
        return _cut_rows(block, max(longest, LONGEST_TABLE))
    return block


def _cut_rows(block: Figures, kept: int) -> Figures:
    """The first rows of a table, and a last one that says how many there are."""
    told = replace(block.rows[0][0], text=_shown(kept, len(block.rows)))
    empty = [replace(each, text="", percents=None) for each in block.rows[0][1:]]
    rows = [*block.rows[:kept], [told, *empty]]
    return replace(block, rows=rows, lines=[*block.lines[:kept], words(told.text)])


def _listed(block: Bullets, longest: int) -> Bullets:
    total = len(block.items) + block.left_out
    if len(block.items) <= longest:
        return block
    return Bullets([*block.items[:longest], words(_shown(longest, total))])


def _first(block: Bullets, most: int) -> Bullets:
    kept = block.items[:most]
    return Bullets(kept, left_out=len(block.items) + block.left_out - len(kept))


def _with_fewer_lists(report: Report) -> Report:
    """The report with the first lists only below each heading that has many."""
    heading = count()
    groups = groupby(report.parts, lambda part: next(heading) if part.is_top else None)
    return replace(report, parts=[part for _, group in groups for part in _fewer(list(group))])


def _fewer(parts: Sequence[Part]) -> Iterator[Part]:
    yield from parts[:MOST_LISTS]
    if len(parts) > MOST_LISTS:
        told = Sentences(words(_shown(MOST_LISTS, len(parts))))
        yield replace(parts[MOST_LISTS], title="More", blocks=[told])


def _shown(some: int, total: int) -> str:
    return f"{some:,} of {total:,} shown"


def _longest(report: Report) -> int:
    return max(_lengths(report), default=1)


def _lengths(report: Report) -> Iterator[int]:
    for part in report.parts:
        for block in part.blocks:
            if isinstance(block, Bullets):
                yield len(block.items)
            elif isinstance(block, Figures):
                yield len(block.rows)
