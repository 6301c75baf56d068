"""Mails that fit: what a page has no room for is left out from its end, and is counted there."""

from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from itertools import accumulate, groupby
from typing import Final

from msgspec.structs import replace

from pledges.render.html_elements import pasted_size
from pledges.view.page import (
    Block,
    Bullets,
    Entries,
    Page,
    Paragraph,
    Section,
    Table,
    line,
    not_shown,
)

MOST_BYTES: Final = 100_000
"""What a mail has room for, as it is sent and once a page is pasted: programs cut longer ones."""
MOST_BYTES_OF_HTML: Final = 60_000  # of a file

Shortenable = Table | Entries | Bullets


def draft_size(draft: str) -> int:
    """The bytes of a draft that mail programs show: what is attached to it is not cut."""
    return len(draft.partition("\r\nContent-Disposition: attachment")[0])


def html_fits(html: str) -> bool:
    """Whether a mail has room for a page of HTML, as it is and pasted."""
    return len(html.encode()) <= MOST_BYTES_OF_HTML and pasted_size(html) <= MOST_BYTES


def fitted(page: Page, fits: Callable[[Page], bool]) -> Page:
    """The page with as many rows, entries and items, from its start, as fit into a mail.

    A page that is not for a mail, or that fits, is whole.
    """
    if not page.is_mail or fits(page):
        return page
    if not fits(_first_items(page, 0)):  # what should be whole is too much by itself
        sections = []
        for old in page.sections:
            blocks = [replace(x, is_whole=False) if isinstance(x, Table) else x for x in old.blocks]
            sections.append(replace(old, blocks=blocks))
        page = replace(page, sections=sections)
    # The more is kept the larger a page is: the most that fits is found by halving.
    fewer = range(1, sum(map(_size, _blocks(page.sections))))
    most = bisect_left(fewer, True, key=lambda kept: not fits(_first_items(page, kept)))  # noqa: FBT003  (too much)
    return _first_items(page, most)


def _first_items(page: Page, most: int) -> Page:
    """The page with at most so many items of what can be shortened, and the number of the rest."""
    sections: list[Section] = []
    # A part of the page goes with the sections below it.
    numbers = accumulate(section.is_top for section in page.sections)
    for _, part in groupby(zip(numbers, page.sections, strict=True), lambda each: each[0]):
        group = [section for _, section in part]
        size = sum(map(_size, _blocks(group)))
        kept = min(size, most)
        most -= kept
        # "and 1 more" takes as much room as what it counts.
        kept -= kept > 0 and size - kept == 1
        sections += group if kept == size else _shortened_group(group, kept)
    return replace(page, sections=sections)


def _shortened_group(group: Sequence[Section], most: int) -> list[Section]:
    """A part of a page with its first items; what is below it and has none is left out.

    How many are not shown is said once, after the last item.
    """
    cut, shown = 0, []
    for section in group:
        blocks: list[Block] = []
        for block in section.blocks:
            size = _size(block)
            kept = min(size, most)
            most -= kept
            if kept == size:
                blocks.append(block)
            elif isinstance(block, Shortenable):
                cut += size - kept + block.left_out
                names = ("rows", "lines") if isinstance(block, Table) else ("items",)
                first_items = {name: getattr(block, name)[:kept] for name in names}
                blocks += [replace(block, **first_items, left_out=0)] if kept else []
        if blocks or section.is_top:
            shown.append(replace(section, blocks=blocks))
    for at, section in reversed([*enumerate(shown)]):
        for number, block in reversed([*enumerate(section.blocks)]):
            if isinstance(block, Shortenable) and _size(block):
                last = replace(block, left_out=block.left_out + cut)
                blocks = [*section.blocks[:number], last, *section.blocks[number + 1 :]]
                return [*shown[:at], replace(section, blocks=blocks), *shown[at + 1 :]]
    first, *others = shown
    told = Paragraph(line(not_shown(cut)), is_muted=True)
    return [replace(first, blocks=[*first.blocks, told]), *others]


def _blocks(sections: Sequence[Section]) -> Iterator[Block]:
    return (block for section in sections for block in section.blocks)


def _size(block: Block) -> int:
    """How many items of a block can be left out."""
    match block:
        case Table():
            return 0 if block.is_whole or block.calendar else len(block.rows)
        case Bullets() | Entries():
            return len(block.items)
    return 0
