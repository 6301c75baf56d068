"""A page of the manual: the same lines on a terminal and in a pipe, wrapped to a width."""

from collections.abc import Iterator
from typing import Final

from pledges.cell_width import GAP, filled_lines, padded, pieces, width
from pledges.clean import JOINT, clean, without_joints
from pledges.render.text import words
from pledges.view.page import (
    Block,
    Bullets,
    Code,
    Definitions,
    Line,
    Page,
    Paragraph,
    Run,
    Section,
    line,
)

INDENT: Final = "  "
CODE_INDENT: Final = "    "
MOST_NAME: Final = 28  # cells of a name that has its meaning next to it
BESIDE_NAME: Final = 32  # cells that a meaning has next to its name at least


def manual_lines(page: Page, room: int) -> Iterator[Line]:
    """Every line of a page in so many cells; an empty one separates its parts."""
    if page.title:
        yield line(clean(page.title))
    for text in (*filter(None, [page.caption]), *map(words, page.lead)):
        yield line("")
        yield from _wrapped(text, room)
    for section in page.sections:
        yield from _section_lines(section, room)
    for note in page.notes:
        yield line("")
        yield from _wrapped(words(note), room)


def _section_lines(section: Section, room: int) -> Iterator[Line]:
    if section.title or section.blocks:
        yield line("")
    if section.title:
        summary = f" ({section.summary})" if section.summary else ""
        for each in _filled(f"{section.title}{summary}", room):
            yield (Run(each, is_bold=True),)
    indent = INDENT if section.title else ""
    for before, block in zip((None, *section.blocks), section.blocks, strict=False):
        is_what_was_said = isinstance(before, Paragraph) and isinstance(block, Code)
        if before and not is_what_was_said:
            yield line("")
        yield from _block_lines(block, room, indent)


def _block_lines(block: Block, room: int, indent: str) -> Iterator[Line]:
    match block:
        case Definitions():
            yield from _definition_lines(block, room)
        case Bullets():
            for item in block.items:
                yield from _wrapped(words(item), room, f"{INDENT}- ", f"{INDENT}  ")
        case Code():
            yield from (line(f"{CODE_INDENT}{clean(each)}".rstrip()) for each in block.lines)
        case Paragraph():
            yield from _wrapped(words(block.line), room, indent, indent)


def _definition_lines(block: Definitions, room: int) -> Iterator[Line]:
    """Meanings in a column next to their names, or below names that are too long for that."""
    names = [clean(name) for name, _ in block.pairs]
    most = min(MOST_NAME, room - BESIDE_NAME)
    column = max((width(each) for each in names if width(each) <= most), default=0)
    start = INDENT + " " * max(column + len(GAP), len(CODE_INDENT))
    for name, (_, meaning) in zip(names, block.pairs, strict=True):
        head = f"{INDENT}{name}"
        is_beside = width(name) <= column
        first = padded(head, len(start), is_number=False) if is_beside else start
        lines = [*_filled(meaning, room, first, start)]
        yield (Run(head, is_bold=True), *line(lines.pop(0)[len(head) :] if is_beside else ""))
        yield from map(line, lines)


def _wrapped(text: str, room: int, first: str = "", rest: str = "") -> Iterator[Line]:
    yield from map(line, _filled(text, room, first, rest))


def _filled(text: str, room: int, first: str = "", rest: str = "") -> Iterator[str]:
    """Words in lines of so many cells; no line ends at a joint."""
    most = max(room - len(rest), 1)
    parts = (part for word in clean(text, JOINT).split(" ") for part in pieces(word, most))
    yield from map(without_joints, filled_lines(parts, room, first, rest))
