"""Plain text: for pipes a record a line and nothing cut, for the body of a mail at most 72 cells.

A page that is written for pipes has each calendar drawn above its rows.  A mail has sentences and
lists only: in the proportional fonts of mail programs nothing lines up.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from typing import Final

from pledges.cell_width import GAP, column_widths, filled_lines, padded, pieces, width
from pledges.clean import JOINT, clean, tidy, without_joints
from pledges.render import Canvas
from pledges.view.answer import Answer
from pledges.view.page import (
    PART_GAP,
    Block,
    Bullets,
    Cell,
    Code,
    Entries,
    Entry,
    Figures,
    Line,
    Page,
    Paragraph,
    Run,
    Section,
    Table,
    figure_text,
    more,
)
from pledges.view.wording.values import sentence

MISSING: Final = "-"
WIDEST: Final = 72  # the cells of a line of a mail; quoted twice it stays below 78

ADDRESS: Final = (
    rf"""(?i)((?:https?://|www\.)[^\s{JOINT}<>()\[\]"']*[^\s{JOINT}<>()\[\]"'.,;:!?])"""
)
"""A URL, which stays whole."""


def render_text(answer: Answer, canvas: Canvas) -> str:
    """The page as lines of text."""
    page = answer.page()
    if page.is_manual:
        from pledges.render.manual import manual_lines  # noqa: PLC0415  (most pages are none)

        lines: Iterable[str] = map(words, manual_lines(page, canvas.width))
    else:
        lines = mail_lines(page.for_pasting) if page.is_mail else pipe_lines(page)
    return "".join(f"{line}\n" for line in lines)


def pipe_lines(page: Page) -> Iterator[str]:
    """Every line of a page for a pipe; an empty one separates its parts."""
    parts: list[Iterable[str]] = [map(clean, (*page.head, *map(words, page.lead)))]
    if page.calendar:
        from pledges.render.timeline.chart import ASCII, chart  # noqa: PLC0415  (only if drawn)

        if drawing := chart(page, Canvas(), ASCII):
            parts.append([words(each).rstrip() for each in drawing.lines(page.sections)])
            legend = filled_lines(drawing.legend().split(" "), Canvas().width)
            parts.append(map(without_joints, legend))
    parts += map(_section_lines, page.sections)
    parts.append(clean(words(note)) for note in page.notes)
    for number, part in enumerate(filter(None, map(list, parts))):
        yield from ["", *part] if number else part


def words(line: Line) -> str:
    """The words of a line."""
    return "".join(run.text for run in line)


def _section_lines(section: Section) -> Iterator[str]:
    summary = f" ({section.summary})" if section.title and section.summary else section.summary
    yield from filter(None, [clean(section.title + summary)])
    for block in section.blocks:
        match block:
            case Table():
                yield from table_lines(block)
            case Figures():
                yield from (clean(figure_text(each)) for each in block.items)
            case Entries():
                for entry in block.items:
                    yield f"- {clean(_entry_head(entry))}"
                    yield from (f"  {clean(words(each))}" for each in _below_head(entry))
            case Bullets():
                yield from (f"- {clean(words(item))}" for item in block.items)
            case Paragraph():
                yield clean(words(block.line))
        yield from left_out_item(block)


def _entry_head(entry: Entry) -> str:
    return f"{words(entry.name)}: {sentence(entry.phrase.text)}"


def _below_head(entry: Entry) -> Iterator[Line]:
    """The lines of an entry, and its source, if it has them."""
    yield from filter(None, (*entry.lines, entry.source))


def left_out_item(block: Block) -> Iterator[str]:
    """An item of a list which says how many others are left out, if any are."""
    if isinstance(block, Table | Bullets | Entries) and block.left_out:
        yield f"- {clean(more(block.left_out))}"


def table_lines(table: Table) -> Iterator[str]:
    """A line a row; the main column comes last, so that the rest lines up."""
    order = sorted(range(len(table.columns)), key=lambda at: table.columns[at].is_main)
    texts = [[clean(row[at].text) or MISSING for at in order] for row in table.rows]
    widths = column_widths(texts)
    numbers = [table.columns[at].is_number for at in order]
    for row in texts:
        cells = zip(row[:-1], widths[:-1], numbers[:-1], strict=True)
        yield GAP.join([*(padded(*each) for each in cells), row[-1]]).rstrip()


def mail_lines(page: Page) -> Iterator[str]:
    """Every line of the body of a mail.

    A line that a mail program would take for a quote, or for the end of the text, is indented.
    """
    head = (tidy(text, JOINT) for text in page.head or [page.caption])
    parts: list[Iterable[str]] = [*map(mail_wrapped, (*head, *map(tidy_words, page.lead)))]
    for section in page.sections:
        parts.append([""])
        if title := tidy(section.title, JOINT):
            parts.append(mail_wrapped(title.upper() if section.is_top else title))
        if section.summary:
            parts.append(mail_wrapped(tidy(section.summary)))
        parts += map(_mail_block, section.blocks)
    parts += [[""], *(mail_wrapped(tidy_words(note)) for note in page.notes)] if page.notes else []
    for line in chain.from_iterable(parts):
        yield f" {line}" if re.match(r"From |>|\.$|-- ?$", line) else line


def _mail_block(block: Block) -> Iterator[str]:
    match block:
        case Paragraph():
            yield from _with_links([block.line])
        case Code():
            yield from (f"    {clean(each)}" for each in block.lines)
        case Figures():
            figures = [(Run(figure_text(each)),) for each in block.items]
            yield from ("", *_with_links(figures, "- "), "")
        case Entries():
            for entry in block.items:
                yield from mail_wrapped(tidy(_entry_head(entry), JOINT), "- ")
                yield from _with_links(_below_head(entry), "  ")
        case Table():
            yield from _with_links(block.lines or [_row_line(block, x) for x in block.rows], "- ")
        case Bullets():
            yield from _with_links(block.items, "- ")
    yield from left_out_item(block)


def _row_line(table: Table, row: Sequence[Cell]) -> Line:
    """A row of a table that has no lines of its own: "A-1: Build it; Status: in progress"."""
    main = next((at for at, column in enumerate(table.columns) if column.is_main), 0)
    before = ", ".join(cell.text for cell in row[:main] if cell.text)
    text = ": ".join(filter(None, (before, row[main].text)))
    for column, cell in zip(table.columns[main + 1 :], row[main + 1 :], strict=True):
        if cell.text:
            gap = " " if sentence(text) == text else PART_GAP
            text += gap + (f"{column.name}{cell.text}" if table.has_head else cell.text)
    links = (Run("", link=part.link) for cell in row for part in cell.links)
    return (Run(text), *links)


def _with_links(lines: Iterable[Line], start: str = "") -> Iterator[str]:
    """The words of each line; a URL that they don't name is on a line of its own."""
    for line in lines:
        shown = tidy_words(line)
        yield from mail_wrapped(shown, start)
        named = set(re.findall(ADDRESS, shown))  # once: a line may have thousands of links
        for run in line:
            if run.link and not run.is_bold and not (run.link in named or run.link in run.text):
                yield f"{' ' * len(start)}{tidy(run.link)}"


def tidy_words(line: Line) -> str:
    """The words of a line, each run tidied alone: what one leaves open does not reach the next."""
    return tidy("".join(tidy(run.text, JOINT) for run in line), JOINT)


def mail_wrapped(text: str, bullet: str = "") -> Iterator[str]:
    """Lines of at most ``WIDEST`` cells, broken at spaces, but not at joints.

    The first one begins with ``bullet``, and the others below its words.  A word that is wider is
    cut, but for a URL in it.  One cell is kept for what ``mail_lines`` may put before a line.
    """
    room = WIDEST - 1
    parts: list[str] = []
    for word in text.split():
        if width(word) <= room - len(bullet):
            parts.append(word)  # most are, and to go through their letters would take longer
            continue
        for part in filter(None, re.split(f"{ADDRESS}|{JOINT}", word)):
            is_url = re.fullmatch(ADDRESS, part)
            parts += [part] if is_url else pieces(part, room - len(bullet))
    for line in filled_lines(parts, room, bullet, " " * len(bullet)):
        yield without_joints(line).rstrip()
