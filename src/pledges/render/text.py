"""Plain text for pipes: one record a line, nothing cut; a calendar is drawn above its rows."""

from collections.abc import Iterable, Iterator, Sequence
from textwrap import wrap
from typing import TYPE_CHECKING, Final

from pledges.clean import clean
from pledges.render import Canvas
from pledges.render.cell_width import padded, width
from pledges.render.layout import calendar
from pledges.render.line_breaks import without_joints
from pledges.view.page import Answer, Page, Section, Table
from pledges.view.wording.values import JOINT

if TYPE_CHECKING:
    from pledges.render.timeline.chart import Ink

MISSING: Final = "-"


def render(answer: Answer, _: Canvas) -> str:
    """The page as lines of text."""
    return "".join(f"{line}\n" for line in lines(answer.page()))


def lines(page: Page) -> Iterator[str]:
    """Every line of a page; parts are set apart by an empty one."""
    parts = [_head(page), *_picture(page), *(_section(each) for each in page.sections)]
    parts.append(clean(note.text) for note in page.notes)
    is_first = True
    for part in parts:
        for number, line in enumerate(part):
            if number == 0 and not is_first:
                yield ""
            yield line
            is_first = False


def _head(page: Page) -> Iterator[str]:
    if page.title:
        yield clean(page.title)
    yield from (clean(line.text) for line in page.lead)


def _picture(page: Page) -> Iterator[Iterable[str]]:
    """What is drawn along a calendar, and what its signs mean; the rows follow in words."""
    if calendar(page):
        from pledges.render.timeline.chart import ASCII, chart  # noqa: PLC0415  (only where one is drawn)

        drawing = chart(page, Canvas(), ASCII)
        if drawing:
            yield [_plain(line) for line in drawing.lines(page.sections)]
            yield _wrapped(drawing.legend())


def _plain(line: Sequence["Ink"]) -> str:
    return "".join(ink.text for ink in line).rstrip()


def _wrapped(parts: Sequence[str]) -> list[str]:
    """Parts with commas between, in lines that end between two of them."""
    joined = ", ".join(part.replace(" ", JOINT) for part in parts)
    return [without_joints(line) for line in wrap(joined, Canvas().width)]


def _section(section: Section) -> Iterator[str]:
    beside = f" ({section.summary})" if section.title and section.summary else section.summary
    head = f"{section.title}{beside}"
    if head:
        yield clean(head)
    if section.table:
        yield from rows(section.table)
    yield from (clean(line.text) for line in section.lines)


def rows(table: Table) -> Iterator[str]:
    """A line a row; what has no bounds stands last, so that the rest lines up."""
    order = sorted(range(len(table.columns)), key=lambda at: table.columns[at].is_main)
    texts = [[clean(row[at].text) or MISSING for at in order] for row in table.rows]
    widths = [max(map(width, column)) for column in zip(*texts, strict=True)]
    for row in texts:
        yield _line(row, widths, [table.columns[at].is_number for at in order])


def _line(row: Sequence[str], widths: Sequence[int], numbers: Sequence[bool]) -> str:
    cells = zip(row[:-1], widths[:-1], numbers[:-1], strict=True)
    return "  ".join([*(padded(*each) for each in cells), row[-1]]).rstrip()
