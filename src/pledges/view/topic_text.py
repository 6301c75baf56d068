"""The text of a topic of the help as a page.

Its first line is what it is about.  Blank lines separate its blocks: a paragraph, ``# `` and the
title of a section, ``- `` and the items of a list, code that is indented by four spaces, or
``{name}`` for a table that is made of what the program itself goes by.
"""

import re
from collections.abc import Callable, Iterable, Mapping

from pledges.view.page import Block, Bullets, Code, Page, Paragraph, Section, definitions, line

Tables = Mapping[str, Callable[[], Iterable[tuple[str, str]]]]
"""The tables that a text can name: what gives their rows, each a name and its meaning."""


def text_page(text: str, tables: Tables) -> Page:
    """The page of a text."""
    title, *parts = re.split(r"\n\s*\n", text.strip("\n"))
    sections: list[tuple[str, list[Block]]] = [("", [])]
    for part in parts:
        if part.startswith("# "):
            sections.append((part.removeprefix("# "), []))
            continue
        blocks, block = sections[-1][1], _block(part, tables)
        before = blocks[-1] if blocks else None
        if isinstance(before, Code) and isinstance(block, Code):
            block = Code([*before.lines, "", *block.lines])
            blocks.pop()
        blocks.append(block)
    filled = [Section(name, blocks=blocks) for name, blocks in sections if blocks]
    return Page(title, sections=filled, is_manual=True)


def _block(part: str, tables: Tables) -> Block:
    if table := re.fullmatch(r"\{([\w-]+)\}", part):
        return definitions(tables[table[1]]())
    lines = part.split("\n")
    if part.startswith("    "):
        return Code([each[4:] for each in lines])
    if part.startswith("- "):
        items = re.split(r"\n(?=- )", part)
        return Bullets([line(_joined(each.removeprefix("- "))) for each in items])
    return Paragraph(line(_joined(part)))


def _joined(text: str) -> str:
    return " ".join(text.split())
