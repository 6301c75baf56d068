"""Markdown (CommonMark with pipe tables) for wikis and chat; every special character is escaped."""

import re
from collections.abc import Iterator

from pledges.clean import clean, is_plain_url
from pledges.render import Canvas
from pledges.view.page import Answer, Cell, Page, Section, Table


def render(answer: Answer, _: Canvas) -> str:
    """The page as Markdown."""
    return "\n".join(_blocks(answer.page()))


def escaped(text: str) -> str:
    """``text`` with all that Markdown, HTML or a chat could read as markup escaped.

    Marks that mean something only at the start of a line are escaped there alone; a colon or a
    point is where it would make an address or an emoji.
    """
    plain = re.sub(r"([\\`*_{}\[\]<>#|~!$&@^]|:(?=\S)|(?<=www)\.)", r"\\\1", clean(text))
    return re.sub(r"^([-+=]|\d+(?=[.)]))", _at_start, plain)


def _at_start(found: re.Match[str]) -> str:
    return f"{found[0]}\\" if found[0].isdecimal() else f"\\{found[0]}"


def _blocks(page: Page) -> Iterator[str]:
    if page.title:
        yield f"# {escaped(page.title)}\n"
    if page.caption:
        yield f"{escaped(page.caption)}\n"
    for line in page.lead:
        yield f"{escaped(line.text)}\n"
    for section in page.sections:
        yield from _section(section)
    for note in page.notes:
        yield f"{escaped(note.text)}\n"


def _section(section: Section) -> Iterator[str]:
    if section.title:
        yield f"## {escaped(section.title)}\n"
    if section.summary:
        yield f"{escaped(section.summary)}\n"
    if section.table:
        rows = _list if section.table.calendar else _table
        yield "\n".join(rows(section.table)) + "\n"
    for line in section.lines:
        yield f"{_line(line)}\n"


def _list(table: Table) -> Iterator[str]:
    """A row an item: what it is, a colon, and what is said of it."""
    for row in table.rows:
        *which, said = (escaped(cell.text) for cell in row)
        yield f"- {' '.join(which)}: {said}"


def _table(table: Table) -> Iterator[str]:
    yield _row(escaped(column.label) if table.has_head else " " for column in table.columns)
    yield _row("---:" if column.is_number else "---" for column in table.columns)
    for row in table.rows:
        yield _row(_cell(cell) for cell in row)


def _row(cells: Iterator[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _line(cell: Cell) -> str:
    """A line of words; an address becomes a link where it can't be anything else."""
    is_link = cell.is_address and is_plain_url(cell.text)
    return f"<{cell.text}>" if is_link else escaped(cell.text)


def _cell(cell: Cell) -> str:
    return escaped(cell.text) or " "
