"""Reports that fit into a mail: their lists are shortened, and it is said by how much.

Lists of ten are cut alike for every look, so that each has the same sentences; longer ones, which
only a full report has, as far as each look must.
"""

from binascii import b2a_qp
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import count, groupby
from typing import Final

from msgspec.structs import replace

from pledges.render.paper import Envelope, PaperFormat, html, text
from pledges.view.paper import Block, Bullets, Figures, Line, Part, Report, Sentences, words
from pledges.view.report.entries import MOST_SHOWN, clipped

MOST_HTML: Final = 50_000
MOST_PASTED: Final = 100_000
FONT_PASTED: Final = 240
"""Some mail programs cut a message near 102 KB, and pasting writes out each font in so many bytes
more."""

MOST_HTML_SENT: Final = 60_000
"""Of the HTML as a mail sends it, where a letter beyond ASCII takes up to twelve bytes."""

MOST_TEXT_SENT: Final = 38_000
"""With the HTML beside it a draft stays below 100 KB."""

LONGEST_TABLE: Final = 12
"""Rows that a table keeps: the counts and their sum have no more."""

MOST_LISTS: Final = 10
"""Lists below one heading that are kept where nothing else helps."""

LENGTHS: Final = (300, 150, 80, 40)
"""The characters of a text, where not even one line of each list fits."""

Fits = Callable[[Report], bool]


def fitted(report: Report, form: PaperFormat) -> Report:
    """The report with as much of its lists as a mail of that look has room for.

    Long lists are cut before those of ten are, those before texts, and long texts before whole
    lists are left out.
    """
    if _fits_all(report):
        return report
    least = next((each for each in _smaller(report) if _fits_all(shortened(each, 1, 1))), report)
    most = _last(MOST_SHOWN, lambda lines: _fits_all(shortened(least, 1, lines)))
    fits = LOOKS.get(form, _fits_anything)
    longest = _last(_longest(least), lambda lines: fits(shortened(least, lines, most)))
    return shortened(least, longest, most)


def _last(highest: int, holds: Callable[[int], bool]) -> int:
    """The highest number from 1 on for which something holds; 1 where it holds for none."""
    low, high = 1, max(highest, 1)
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if holds(middle) else (low, middle - 1)
    return low


def _fits_all(report: Report) -> bool:
    return all(fits(report) for fits in LOOKS.values())


def _html_fits(report: Report) -> bool:
    written = html.render(report, Envelope())
    size = len(written.encode())
    pasted = size + FONT_PASTED * written.count("font:")
    is_small = size <= MOST_HTML and pasted <= MOST_PASTED
    return is_small and len(b2a_qp(written.encode())) <= MOST_HTML_SENT


def _text_fits(report: Report) -> bool:
    return len(b2a_qp(text.render(report, Envelope()).encode())) <= MOST_TEXT_SENT


def _fits_anything(_: Report) -> bool:
    return True


LOOKS: Final[Mapping[PaperFormat, Fits]] = {
    PaperFormat.HTML: _html_fits,
    PaperFormat.TEXT: _text_fits,
}
"""The looks that a mail has; another one has room for long lists."""


def _smaller(report: Report) -> Iterator[Report]:
    """The report with shorter texts, then with fewer lists, then with both ever more."""
    yield report
    yield from (_with_shorter_texts(report, longest) for longest in LENGTHS[:2])
    few = _with_fewer_lists(report)
    yield few
    yield from (_with_shorter_texts(few, longest) for longest in LENGTHS)


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


def _with_shorter_texts(report: Report, longest: int) -> Report:
    parts = [
        replace(
            part,
            title=clipped(part.title, longest),
            blocks=[_shorter(block, longest) for block in part.blocks],
        )
        for part in report.parts
    ]
    return replace(report, title=clipped(report.title, longest), parts=parts)


def _shorter(block: Block, longest: int) -> Block:
    match block:
        case Sentences():
            return Sentences(_line(block.line, longest))
        case Bullets():
            items = block.items if block.is_whole else [_line(x, longest) for x in block.items]
            return replace(block, items=items)
        case Figures():
            rows = [[replace(x, text=_clip(x.text, longest)) for x in row] for row in block.rows]
            lines = [_line(line, longest) for line in block.lines]
            return replace(block, rows=rows, lines=lines)


def _line(line: Line, longest: int) -> Line:
    return [replace(run, text=_clip(run.text, longest)) for run in line]


def _clip(said: str, longest: int) -> str:
    return said if len(said) <= longest else clipped(said, longest)


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
