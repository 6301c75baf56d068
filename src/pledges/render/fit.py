"""Mails that fit: a page that is too large for one is shortened once, and says by how much."""

from binascii import b2a_qp
from collections.abc import Iterator, Sequence
from itertools import takewhile
from typing import Final, NamedTuple

from msgspec.structs import replace

from pledges.render import Format
from pledges.view.page import Block, Bullets, Cell, Line, Page, Paragraph, Section, Table, line
from pledges.view.report.entries import MOST_SHOWN
from pledges.view.wording.values import excerpt

FONT: Final = 240
"""The bytes that pasting adds for each font."""

MOST: Final = (50_000, 100_000, 60_000, 38_000)
"""The bytes of the HTML, of that pasted, of that as a mail sends it, and of the text so sent.

Some mail programs cut a message near 102 KB.  Quoted-printable triples what is not ASCII.
"""

ELEMENT: Final = 300
"""What a line weighs besides its characters, so that the weights of lines are to each other as
their sizes in HTML that was pasted."""

SPARE: Final = 1.05
"""How much more is cut than the weights say, which are no sizes."""

PARAGRAPH: Final = 400
"""The characters that a paragraph keeps at least: the bottom line is long and says most."""


class Caps(NamedTuple):
    """How much of a page is kept: characters of a text, items of a list, lists of a part.

    Tables keep ``rows``.
    """

    text: int
    items: int
    rows: int
    lists: int


WITH_SHORT_TEXTS: Final = Caps(text=150, items=3, rows=12, lists=10)
WITH_STUMPS: Final = Caps(text=40, items=1, rows=12, lists=10)


def fitted(page: Page, form: Format) -> Page:
    """The page as a mail of that format has room for it; Markdown is for no mail, and is whole.

    Lines of lists are left out from the end of the page on; only if that is not enough, texts are
    shortened too.  Text and HTML are cut alike, so that each has the same sentences.
    """
    if not page.is_mail or form not in (Format.TEXT, Format.HTML) or _is_surely_small(page):
        return page
    share = _share_of_room(page)
    if share <= 1:
        return page
    lines = (each for section in page.sections for each in _lines(section))
    cut = _without_last(page, sum(map(_weight, lines)) * (1 - 1 / (share * SPARE)))
    shortened = (cut, _capped_page(page, WITH_SHORT_TEXTS))
    fitting = (each for each in shortened if _share_of_room(each) <= 1)
    return next(fitting, None) or _capped_page(page, WITH_STUMPS)


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
    from pledges.render.text import mail_lines  # noqa: PLC0415

    html = HtmlPage(page).document().encode()
    text = "\n".join(mail_lines(page)).encode()
    pasted = len(html) + FONT * html.count(b"font:")
    sizes = (len(html), pasted, len(b2a_qp(html)), len(b2a_qp(text)))
    return max(size / most for size, most in zip(sizes, MOST, strict=True))


def _lines(section: Section) -> Iterator[Line]:
    """Every line of a section, and every cell of its tables."""
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
    """The page without lines of that weight of its last lists, each of which keeps one at least."""
    sections: list[Section] = []
    for section in reversed(page.sections):
        blocks: list[Block] = []
        for block in section.blocks:
            if isinstance(block, Bullets) and not block.is_whole:
                items = list(block.items)
                while weight > 0 and len(items) > 1:
                    weight -= _weight(items.pop())
                blocks.append(_first_items(block, len(items)))
            else:
                blocks.append(block)
        sections.append(replace(section, blocks=blocks))
    return replace(page, sections=sections[::-1])


def _first_items(block: Bullets, most: int) -> Bullets:
    """A list without its last items: of a long one it is said how many are shown of how many."""
    cut = len(block.items) - most
    if cut > 0 and len(block.items) > MOST_SHOWN:
        told = _part_shown(most, len(block.items) + block.left_out)
        return Bullets([*block.items[:most], line(told)])
    return Bullets(block.items[:most], block.left_out + max(0, cut))


def _capped_page(page: Page, caps: Caps) -> Page:
    """The page with its texts, lists, tables and number of lists cut to ``caps``."""
    sections: list[Section] = []
    lists = 0
    for section in page.sections:
        lists = 0 if section.is_top else lists + 1
        if lists <= caps.lists:
            blocks = [_capped(block, caps) for block in section.blocks]
            sections.append(replace(section, title=_clip(section.title, caps), blocks=blocks))
        elif lists == caps.lists + 1:
            more = _lists_from(page.sections, section)
            told = Paragraph(line(_part_shown(caps.lists, caps.lists + more)))
            sections.append(replace(section, title="More", blocks=[told]))
    return replace(page, title=_clip(page.title, caps), sections=sections)


def _lists_from(sections: Sequence[Section], first: Section) -> int:
    """How many lists there are from one on, up to the next part of the page."""
    rest = sections[next(at for at, each in enumerate(sections) if each is first) :]
    return len(list(takewhile(lambda each: not each.is_top, rest)))


def _capped(block: Block, caps: Caps) -> Block:
    match block:
        case Paragraph():
            return Paragraph(_excerpt(block.line, caps._replace(text=max(caps.text, PARAGRAPH))))
        case Table():
            rows = [[replace(x, text=_clip(x.text, caps)) for x in row] for row in block.rows]
            lines = [_excerpt(each, caps) for each in block.lines]
            if len(rows) > caps.rows:
                told = _part_shown(caps.rows, len(rows))
                rows = [*rows[: caps.rows], [Cell(told), *(Cell() for _ in block.columns[1:])]]
                lines = [*lines[: caps.rows], line(told)]
            return replace(block, rows=rows, lines=lines)
        case Bullets() if not block.is_whole:
            short = replace(block, items=[_excerpt(item, caps) for item in block.items])
            return _first_items(short, min(caps.items, len(block.items)))
    return block


def _excerpt(runs: Line, caps: Caps) -> Line:
    return [replace(run, text=_clip(run.text, caps)) for run in runs]


def _clip(text: str, caps: Caps) -> str:
    return text if len(text) <= caps.text else excerpt(text, caps.text)


def _part_shown(some: int, total: int) -> str:
    return f"{some:,} of {total:,} shown"
