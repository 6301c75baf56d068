"""Mails that fit: a page that is too large for one is shortened once, and says by how much."""

from binascii import b2a_qp
from collections.abc import Iterator
from itertools import takewhile
from typing import Final

from msgspec.structs import replace

from pledges.view.page import Block, Bullets, Cell, Line, Page, Paragraph, Section, Table, line
from pledges.view.report.lists import MOST_SHOWN
from pledges.view.wording.values import excerpt

MOST: Final = (50_000, 100_000, 60_000, 38_000)
"""The bytes of the HTML, of that pasted, of that as a mail sends it, and of the text so sent.

Some mail programs cut a message near 102 KB.  Quoted-printable triples what is not ASCII.
"""
ELEMENT: Final = 300
"""What a line weighs besides its characters, so that the weights of lines are to each other as
their sizes in HTML that was pasted."""
SPARE: Final = 1.05  # how much more is cut than the weights say, which are no sizes
KEPT: Final = (5, 1)  # the items that each list keeps: a few, or one if that is not enough
PARAGRAPH: Final = 400
"""The characters that a paragraph keeps at least: the bottom line is long and says most."""
SHORTENED: Final = ((150, 3), (40, 1))
"""The characters of a text and the items of a list that are kept; fewer if it must be."""
ROWS: Final = 12  # the rows that a shortened table keeps
LISTS: Final = 10  # the lists that a shortened part of the page keeps


def fitted(page: Page) -> Page:
    """The page as a mail has room for it.

    Lines of lists are left out from the end of the page on; only if that is not enough, texts are
    shortened too.  Text and HTML are cut alike, so that each has the same sentences.
    """
    if not page.is_mail or _is_surely_small(page):
        return page
    share = _share_of_room(page)
    if share <= 1:
        return page
    lines = (each for section in page.sections for each in _lines(section))
    cut = _without_last(page, sum(map(_weight, lines)) * (1 - 1 / (share * SPARE)))
    short, shortest = SHORTENED
    fitting = (each for each in (cut, _shortened(page, *short)) if _share_of_room(each) <= 1)
    return next(fitting, None) or _shortened(page, *shortest)


def _is_surely_small(page: Page) -> bool:
    """Whether a page fits whatever its texts become: most do, and need not be rendered to see.

    An element takes at most 400 bytes when it is pasted, and half of that as it is sent; a byte of
    a text becomes at most six, an apostrophe that is escaped.
    """
    lines = [each for section in page.sections for each in _lines(section)]
    elements = len(lines) + sum(len(table.rows) * len(table.columns) for table in page.tables)
    texts = sum(len(run.text.encode()) + len(run.link or "") for each in lines for run in each)
    sent = 200 * elements + 6 * texts
    return sent + 200 * elements < MOST[1] and sent < MOST[0] and 3 * texts < MOST[3]


def _share_of_room(page: Page) -> float:
    """How large a page is, as a share of what a mail has room for; above 1 it does not fit."""
    from pledges.render.html import HtmlPage  # noqa: PLC0415  (they import this file)
    from pledges.render.html_elements import pasted_size  # noqa: PLC0415
    from pledges.render.text import mail_lines  # noqa: PLC0415

    document = HtmlPage(page).document()
    html = document.encode()
    text = "\n".join(mail_lines(page)).encode()
    sizes = (len(html), pasted_size(document), len(b2a_qp(html)), len(b2a_qp(text)))
    return max(size / most for size, most in zip(sizes, MOST, strict=True))


def _lines(section: Section) -> Iterator[Line]:
    yield line(section.title)
    for block in section.blocks:
        match block:
            case Paragraph():
                yield block.line
            case Bullets():
                yield from block.items
            case Table():
                yield from (line(cell.text) for row in block.rows for cell in row)


def _weight(runs: Line) -> int:
    return ELEMENT + sum(len(run.text) + len(run.link or "") for run in runs)


def _without_last(page: Page, weight: float) -> Page:
    """The page without lines of that weight of its last lists, each of which keeps some."""
    blocks = [block for section in page.sections for block in section.blocks]
    lists = {id(x): list(x.items) for x in blocks if isinstance(x, Bullets) and not x.is_whole}
    for least in KEPT:
        for items in reversed(lists.values()):
            while weight > 0 and len(items) > least:
                weight -= _weight(items.pop())

    def cut(block: Block) -> Block:
        kept = lists.get(id(block), [])
        return _first_items(block, len(kept)) if isinstance(block, Bullets) and kept else block

    return replace(page, sections=[replace(x, blocks=[*map(cut, x.blocks)]) for x in page.sections])


def _first_items(block: Bullets, most: int) -> Bullets:
    """A list without its last items: of a long one it is said how many are shown of how many."""
    cut = len(block.items) - most
    if cut > 0 and len(block.items) > MOST_SHOWN:
        told = _part_shown(most, len(block.items) + block.left_out)
        return Bullets([*block.items[:most], line(told)])
    return Bullets(block.items[:most], block.left_out + max(0, cut))


def _shortened(page: Page, longest: int, most: int) -> Page:
    """The page with its texts, lists, tables and the number of its lists cut."""
    sections: list[Section] = []
    lists = 0
    for at, section in enumerate(page.sections):
        lists = 0 if section.is_top else lists + 1
        title = _clip(section.title, longest)
        if lists <= LISTS:
            blocks = [_shortened_block(block, longest, most) for block in section.blocks]
            sections.append(replace(section, title=title, blocks=blocks))
        elif lists == LISTS + 1:
            rest = list(takewhile(lambda each: not each.is_top, page.sections[at:]))
            told = Paragraph(line(_part_shown(LISTS, LISTS + len(rest))))
            sections.append(replace(section, title="More", blocks=[told]))
    return replace(page, title=_clip(page.title, longest), sections=sections)


def _shortened_block(block: Block, longest: int, most: int) -> Block:
    match block:
        case Paragraph():
            return Paragraph(_excerpt(block.line, max(longest, PARAGRAPH)))
        case Table():
            rows = [[replace(x, text=_clip(x.text, longest)) for x in row] for row in block.rows]
            lines = [_excerpt(each, longest) for each in block.lines]
            if len(rows) > ROWS:
                told = _part_shown(ROWS, len(rows))
                rows = [*rows[:ROWS], [Cell(told), *(Cell() for _ in block.columns[1:])]]
                lines = [*lines[:ROWS], line(told)]
            return replace(block, rows=rows, lines=lines)
        case Bullets() if not block.is_whole:
            items = [_excerpt(item, longest) for item in block.items]
            return _first_items(replace(block, items=items), min(most, len(items)))
    return block


def _excerpt(runs: Line, longest: int) -> Line:
    return [replace(run, text=_clip(run.text, longest)) for run in runs]


def _clip(text: str, longest: int) -> str:
    return text if len(text) <= longest else excerpt(text, longest)


def _part_shown(some: int, total: int) -> str:
    return f"{some:,} of {total:,} shown"
