"""Markdown (CommonMark with pipe tables) for wikis and chat; every special character is escaped."""

import re
from collections.abc import Callable, Iterable, Iterator
from itertools import zip_longest

from msgspec.structs import replace

from pledges.clean import clean, is_plain_url, tidy
from pledges.render import Canvas
from pledges.render.text import left_out_item
from pledges.view.answer import Answer
from pledges.view.page import (
    PART_GAP,
    Block,
    Bullets,
    Code,
    Entries,
    Figures,
    Line,
    Paragraph,
    Run,
    Table,
    bold,
    figure_text,
    line,
)
from pledges.view.wording.values import sentence

Words = Callable[[str], str]  # makes a text of the ledger fit to be shown


def render_md(answer: Answer, _: Canvas) -> str:
    """The page as Markdown."""
    page = answer.page().for_pasting
    words: Words = tidy if page.is_mail else clean
    blocks = [f"# {escaped(words(page.title))}"] if page.title else []
    lead = [line(page.caption)] if page.caption else []
    blocks += [_line(each, words) for each in (*lead, *page.lead)]
    for section in page.sections:
        if section.title:
            blocks.append(f"{'#' * section.level} {escaped(words(section.title))}")
        if section.summary:
            blocks.append(escaped(words(section.summary)))
        blocks += ["\n".join(_block(each, words)) for each in section.blocks]
    blocks += [_line(note, words) for note in page.notes]
    return "\n".join(f"{block}\n" for block in blocks)


def escaped(text: str) -> str:
    """``text`` with all that Markdown, HTML or a chat could read as markup escaped.

    Marks that mean something only at the start of a line are escaped there alone; a colon or a
    point is where it would make a URL or an emoji.
    """
    plain = re.sub(r"([\\`*_{}\[\]<>#|~!$&@^]|:(?=\S)|(?<=www)\.)", r"\\\1", text)
    return re.sub(r"^ *(?=[-+=])|^ *\d+(?=[.)])", r"\g<0>\\", plain)


def _block(block: Block, words: Words) -> Iterator[str]:
    match block:
        case Table() if block.calendar:  # a row an item: what it is, a colon, what is said of it
            for row in block.rows:
                *which, said = (escaped(words(cell.text)) for cell in row)
                yield f"- {' '.join(which)}: {said}"
        case Table():
            yield from _table(block, words)
        case Figures():
            yield from (f"- {escaped(words(figure_text(each)))}" for each in block.items)
        case Entries():
            for entry in block.items:
                phrase = replace(entry.phrase, text=sentence(entry.phrase.text), is_bold=True)
                yield f"- {_line(bold(entry.name), words)}: {_run(phrase, words)}"
                lines = filter(None, (*entry.lines, entry.source))
                yield from (f"  - {_line(each, words)}" for each in lines)
        case Bullets():
            yield from (f"- {_line(item, words)}" for item in block.items)
        case Paragraph():
            yield _line(block.line, words)
        case Code():
            yield from ("```", *map(words, block.lines), "```")
    yield from left_out_item(block)


def _table(table: Table, words: Words) -> Iterator[str]:
    heads = (escaped(words(column.label)) if table.has_head else " " for column in table.columns)
    yield _row(heads)
    yield _row("---:" if column.is_number else "---" for column in table.columns)
    for row in table.rows:
        cells = []
        for cell in row:
            if cell.links:
                runs = (
                    x if is_plain_url(x.link or "") else replace(x, link=None) for x in cell.links
                )
                cells.append([PART_GAP.join(_run(run, words) for run in runs)])
            else:
                cells.append([escaped(words(each)) or " " for each in cell.lines or [cell.text]])
        for parts in zip_longest(*cells, fillvalue=" "):  # a cell of several lines goes on below
            yield _row(parts)


def _row(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _line(runs: Line, words: Words) -> str:
    """Some words without blanks before them: with four they would be code."""
    return "".join(_run(run, words) for run in runs).lstrip(" ")


def _run(run: Run, words: Words) -> str:
    """Some words; their link is one if it can't be anything else."""
    if run.link == run.text and words is clean:
        return f"<{run.text}>" if is_plain_url(run.text) else escaped(words(run.text))
    plain = words(run.text)
    text = escaped(plain.strip() if run.is_bold else plain)
    if run.link and not set(run.link) & set("<> \\"):
        text = f"[{text}](<{words(run.link)}>)"
    return f"**{text}**" if run.is_bold else text
