"""Mails that fit: the lists of a page are shortened once, and it is said by how much.

Some mail programs cut a message near 102 KB, and pasting writes each font out.  What an item costs
is reckoned from its own text, so that nothing has to be rendered to see whether it fits.
"""

from binascii import b2a_qp
from collections.abc import Iterator, Sequence
from html import escape
from itertools import takewhile
from typing import Final, NamedTuple

from msgspec.structs import replace

from pledges.render import Format
from pledges.render.line_breaks import BREAK, with_breaks
from pledges.render.tidy import tidy
from pledges.view.page import Block, Bullets, Cell, Line, Page, Paragraph, Section, Table, line
from pledges.view.report.entries import MOST_SHOWN, clipped
from pledges.view.wording.values import JOINT


class Size(NamedTuple):
    """Bytes of a page: as HTML, that pasted, that as a mail sends it, and the text so sent.

    Pasting writes each font out in 240 bytes; quoted-printable triples what is not ASCII.
    """

    html: int
    pasted: int
    html_sent: int
    text_sent: int

    def fits(self, room: "Size") -> bool:
        """Whether it is within ``room`` in every way."""
        return all(size <= most for size, most in zip(self, room, strict=True))


FONT: Final = 240
"""What pasting adds for each font."""

ROOM: Final = Size(50_000, 100_000, 60_000, 38_000)
"""With the HTML beside the text a draft stays below 100 KB."""

PAGE: Final = Size(2_000, 4_000, 2_400, 200)
"""What a page takes before anything is said on it."""

ELEMENT: Final = Size(106, 346, 116, 4)
"""What an item, a paragraph or a heading takes besides its text."""

CELL: Final = Size(165, 405, 180, 0)
BAR: Final = Size(480, 960, 520, 0)
BOLD: Final = Size(7, 7, 7, 0)
LINK: Final = Size(72, 72, 86, 0)


PARAGRAPH: Final = 400
"""The characters that a paragraph keeps at least."""


class Caps(NamedTuple):
    """How much of a page is kept: characters of a text, items of a list of ten, lists of a part.

    Tables keep ``rows``.
    """

    text: int
    items: int
    rows: int
    lists: int


SMALLER: Final = (
    Caps(text=10**6, items=MOST_SHOWN, rows=10**6, lists=10**6),
    Caps(text=10**6, items=5, rows=12, lists=10**6),
    Caps(text=300, items=3, rows=12, lists=10**6),
    Caps(text=150, items=3, rows=12, lists=10),
    Caps(text=80, items=2, rows=12, lists=10),
    Caps(text=40, items=1, rows=12, lists=10),
)
"""From the first of these on, what fits is taken."""


def fitted(page: Page, form: Format) -> Page:
    """The page with as much of its lists as a mail of that format has room for.

    Lists of ten are cut alike in every format, so that each has the same sentences; longer ones,
    which only a full report has, as far as each format must, from their end.
    """
    reckoned = _size(page) if page.is_mail else PAGE
    if form not in (Format.TEXT, Format.MD, Format.HTML) or reckoned.fits(ROOM):
        return page
    size = _rendered_size(page)  # the reckoning is generous: the page may fit all the same
    if size.fits(ROOM):
        return page
    room = Size(*(most * x // s for most, x, s in zip(ROOM, reckoned, size, strict=True)))
    found = (capped(page, caps) for caps in SMALLER)
    fitting = (each for each in found if _size(_with_long_lists(each, 0)).fits(room))
    least = next(fitting, None) or capped(page, SMALLER[-1])
    if form is Format.MD:
        return least
    return _with_long_lists(least, _lines_with_room(least, form, room))


def _rendered_size(page: Page) -> Size:
    from pledges.render.html import HtmlPage  # noqa: PLC0415  (they import this file)
    from pledges.render.text import mail_lines  # noqa: PLC0415

    html = HtmlPage(page).document().encode()
    text = "\n".join(mail_lines(page)).encode()
    pasted = len(html) + FONT * html.count(b"font:")
    return Size(len(html), pasted, len(b2a_qp(html)), len(b2a_qp(text)))


def capped(page: Page, caps: Caps) -> Page:
    """The page with its texts, lists of ten, tables and number of lists cut to ``caps``."""
    sections: list[Section] = []
    lists = 0
    for section in page.sections:
        lists = 0 if section.is_top else lists + 1
        blocks = [_capped(block, caps) for block in section.blocks]
        if lists <= caps.lists:
            sections.append(replace(section, title=_clip(section.title, caps), blocks=blocks))
        elif lists == caps.lists + 1:
            count = _lists_from(page.sections, section)
            told = Paragraph(line(_part_shown(caps.lists, caps.lists + count)))
            sections.append(replace(section, title="More", blocks=[told]))
    return replace(page, title=_clip(page.title, caps), sections=sections)


def _lists_from(sections: Sequence[Section], first: Section) -> int:
    """How many lists there are from one on, up to the next part of the page."""
    rest = sections[next(at for at, each in enumerate(sections) if each is first) :]
    return len(list(takewhile(lambda each: not each.is_top, rest)))


def _capped(block: Block, caps: Caps) -> Block:
    match block:
        case Paragraph():  # such as the bottom line, which is long and says most
            return Paragraph(_clipped(block.line, caps._replace(text=max(caps.text, PARAGRAPH))))
        case Table():
            rows = [[replace(x, text=_clip(x.text, caps)) for x in row] for row in block.rows]
            lines = [_clipped(each, caps) for each in block.lines]
            if len(rows) > caps.rows:
                told = _part_shown(caps.rows, len(rows))
                rest = [Cell() for _ in block.columns[1:]]
                rows = [*rows[: caps.rows], [Cell(told), *rest]]
                lines = [*lines[: caps.rows], line(told)]
            return replace(block, rows=rows, lines=lines)
        case Bullets() if not block.is_whole:
            most = caps.items if len(block.items) <= MOST_SHOWN else len(block.items)
            items = [_clipped(item, caps) for item in block.items[:most]]
            left_out = block.left_out + len(block.items) - len(items)
            return Bullets(items, left_out)
    return block


def _clipped(runs: Line, caps: Caps) -> Line:
    return [replace(run, text=_clip(run.text, caps)) for run in runs]


def _clip(text: str, caps: Caps) -> str:
    return text if len(text) <= caps.text else clipped(text, caps.text)


def _with_long_lists(page: Page, most: int) -> Page:
    """The page with the first ``most`` lines of its long lists, and one of each at least."""
    sections = []
    for section in page.sections:
        blocks: list[Block] = []
        for block in section.blocks:
            is_long = isinstance(block, Bullets) and len(block.items) > MOST_SHOWN
            if isinstance(block, Bullets) and is_long and not block.is_whole:
                kept = block.items[: max(most, 1)]
                most = max(most - len(block.items), 0)
                cut = len(kept) < len(block.items)
                told = [line(_part_shown(len(kept), len(block.items) + block.left_out))] * cut
                blocks.append(Bullets([*kept, *told], 0 if cut else block.left_out))
            else:
                blocks.append(block)
        sections.append(replace(section, blocks=blocks))
    return replace(page, sections=sections)


def _lines_with_room(page: Page, form: Format, room: Size) -> int:
    """How many lines of the long lists a format has room for, counted from the first."""
    size = _size(_with_long_lists(page, 0))
    lines = 0
    for section in page.sections:
        for block in section.blocks:
            if isinstance(block, Bullets) and len(block.items) > MOST_SHOWN and not block.is_whole:
                for item in block.items:
                    size = _sum(size, _line_size(item))
                    is_html = form is Format.HTML
                    seen = size._replace(text_sent=0) if is_html else Size(0, 0, 0, size.text_sent)
                    if not seen.fits(room):
                        return lines
                    lines += 1
    return lines


def _part_shown(some: int, total: int) -> str:
    return f"{some:,} of {total:,} shown"


def _size(page: Page) -> Size:
    """What a page takes at most."""
    texts = [line(page.title), *page.lead, *page.notes]
    return _sum(PAGE, *map(_line_size, texts), *(_section_size(each) for each in page.sections))


def _section_size(section: Section) -> Size:
    return _sum(_line_size(line(section.title)), *(x for b in section.blocks for x in _sizes(b)))


def _sizes(block: Block) -> Iterator[Size]:
    match block:
        case Paragraph():
            yield _line_size(block.line)
        case Bullets():
            yield from map(_line_size, [*block.items, line("and 1,000 more")])
        case Table():
            cells = [cell for row in block.rows for cell in row]
            texts = [*(column.label for column in block.columns), *(cell.text for cell in cells)]
            yield from (_sum(CELL, _text_size(each)._replace(text_sent=0)) for each in texts)
            yield from [BAR] * sum(bool(cell.bar) for cell in cells)
            yield from (Size(0, 0, 0, _line_size(each).text_sent) for each in block.lines)


def _line_size(runs: Line) -> Size:
    """What a line takes, with the element around it."""
    sizes = [ELEMENT, *(_text_size(run.text) for run in runs)]
    for run in runs:
        sizes += [BOLD] * run.is_bold
        if run.link:
            url = len(b2a_qp(escape(tidy(run.link)).encode()))
            sizes += [LINK, Size(url, url, url, url)]
    return _sum(*sizes)


def _text_size(text: str) -> Size:
    plain = tidy(text)
    marked = escape(with_breaks(plain)).replace(JOINT, "&nbsp;").replace(BREAK, "<wbr>").encode()
    sent, text_sent = len(b2a_qp(marked)), len(b2a_qp(plain.encode()))
    return Size(len(marked), len(marked), sent, text_sent)


def _sum(*sizes: Size) -> Size:
    return Size(*map(sum, zip(*sizes, strict=True)))
