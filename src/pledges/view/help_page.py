"""The help of a command, of a topic, and of the whole program, as a page.

The first line of the text of a topic is what it is about.  Blank lines separate its blocks: a
paragraph, ``# `` and the title of a section, ``- `` and the items of a list, code that is indented
by four spaces, or ``{name}`` for a table that is made of what the program itself goes by.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from msgspec import Struct
from msgspec.structs import replace

from pledges.errors import Exit
from pledges.view.answer import Answer, Document, columns_of
from pledges.view.page import (
    Block,
    Bullets,
    Code,
    Definitions,
    Page,
    Paragraph,
    Run,
    Section,
    definitions,
    line,
)


class Manual(Struct, frozen=True):
    """What there is to say of a command; ``options`` are its groups, each name with its help.

    ``exits`` are its exit codes with their meanings, and ``examples`` command lines with theirs.
    """

    usage: str
    summary: str
    about: str
    examples: Sequence[tuple[str, str]]
    options: Mapping[str, Sequence[tuple[str, str]]]
    exits: Sequence[tuple[str, str]]
    topics: Sequence[str]


EVERY_EXIT = (
    f"Every command can also end with {Exit.BUG} (a bug), {Exit.INTERRUPTED} (interrupted) and "
    f"{Exit.PIPE_CLOSED} (the pipe was closed)."
)


def manual_page(manual: Manual) -> Page:
    """The help of a command as a page."""
    blocks: list[Block] = [
        block
        for purpose, command in manual.examples
        for block in (Paragraph(line(purpose)), Code([command]))
    ]
    sections = [Section("Examples", blocks=blocks)] if blocks else []
    for group, rows in manual.options.items():
        title, _, summary = group.removesuffix(")").partition(" (")
        sections.append(Section(title, summary, [definitions(rows)]))
    if manual.exits:
        codes: list[Block] = [definitions(manual.exits), Paragraph(line(EVERY_EXIT))]
        sections.append(Section("Exit codes", blocks=codes))
    lead = [line(each) for each in manual.about.split("\n\n") if each]
    next_ = ", ".join(f"pledges help {each}" for each in manual.topics)
    notes = [line(f"To read next: {next_}")] if next_ else []
    return Page(f"Usage: {manual.usage}", manual.summary, lead, sections, notes, is_manual=True)


def topic_list_page(topics: Mapping[str, str]) -> Page:
    """The topics that can be read about, each with what it is about."""
    sections = [Section("Topics", blocks=[definitions(topics.items())])]
    notes = [line("About a command: pledges help COMMAND. The commands: pledges --help")]
    title = "Usage: pledges help [OPTIONS] [TOPIC]"
    return Page(title, "Explain a topic or a command.", (), sections, notes, is_manual=True)


Tables = Mapping[str, Callable[[], Iterable[tuple[str, str]]]]
"""The tables that a text can name: what gives their rows, each a name and its meaning."""


def text_page(text: str, tables: Tables) -> Page:
    """The page of a topic, made of its text."""
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


def joined_page(command: Page, topic: Page) -> Page:
    """The help of a command, and after it what there is to read about it."""
    first, *others = topic.sections
    about = replace(first, title=topic.title)
    return replace(command, sections=[*command.sections, about, *others])


class HelpEntry(Struct, frozen=True):
    """A part of a help: a paragraph or some code of a section, or a name with its meaning."""

    section: str | None
    name: str | None
    text: str


class HelpDocument(Document, frozen=True, kw_only=True):
    """A help for scripts."""

    RECORDS = "entries"

    kind: str = "help"
    topic: str
    title: str
    entries: Sequence[HelpEntry]


def answer(page: Page, topic: str) -> Answer:
    """A page of the manual in every format."""
    entries = [*_entries(page)]
    document = HelpDocument(topic=topic, title=page.title, entries=entries)
    return Answer(lambda: page, lambda: document, columns_of(HelpEntry), entries, sheet="Help")


def _entries(page: Page) -> Iterator[HelpEntry]:
    for text in filter(None, (page.caption, *map(_words, page.lead))):
        yield HelpEntry(None, None, text)
    for title, block in ((x.title or None, block) for x in page.sections for block in x.blocks):
        match block:
            case Definitions():
                yield from (HelpEntry(title, name, text) for name, text in block.pairs)
            case Bullets():
                yield from (HelpEntry(title, None, _words(each)) for each in block.items)
            case Code():
                yield HelpEntry(title, None, "\n".join(block.lines))
            case Paragraph():
                yield HelpEntry(title, None, _words(block.line))
    for note in page.notes:
        yield HelpEntry(None, None, _words(note))


def _words(runs: Sequence[Run]) -> str:
    return "".join(run.text for run in runs)
