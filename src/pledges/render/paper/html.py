"""A report as HTML, for pasting into a mail."""

from collections.abc import Iterator
from typing import Final

from pledges.render import markup
from pledges.render.paper import Envelope
from pledges.render.paper.tidy import tidy
from pledges.view.paper import (
    Block,
    Bullets,
    Figure,
    Figures,
    Line,
    Part,
    Report,
    Run,
    Sentences,
    more,
)

LIST: Final = markup.PARAGRAPH
ITEM: Final = f"{markup.TEXT}margin-bottom:4px;"
PADDING: Final = 6
"""The pixels around the words of a cell."""


def render(report: Report, _: Envelope) -> str:
    """The report as HTML."""
    return markup.document(tidy(report.title), _parts(report))


def _parts(report: Report) -> Iterator[str]:
    yield _heading(report.title, 1)
    yield _paragraph(report.lead)
    for part in report.parts:
        yield from _part(part)
    yield f'<hr style="border-top:1px solid {markup.RULE};">'
    for line in report.closing:
        yield _paragraph(line)


def _part(part: Part) -> Iterator[str]:
    yield _heading(part.title, part.level)
    for block in part.blocks:
        yield _block(block)


def _block(block: Block) -> str:
    match block:
        case Sentences():
            return _paragraph(block.line)
        case Bullets():
            rest = [_item(more(block.left_out))] if block.left_out else []
            items = [_item(_line(item)) for item in block.items]
            return "\n".join([f'<ul style="{LIST}">', *items, *rest, "</ul>"])
        case Figures():
            return markup.data_table(_rows(block), PADDING)


def _heading(title: str, level: int) -> str:
    return markup.heading(tidy(title), level)


def _paragraph(line: Line) -> str:
    return markup.paragraph(_line(line))


def _item(inner: str) -> str:
    return f'<li style="{ITEM}">{inner}</li>'


def _rows(figures: Figures) -> Iterator[str]:
    """Figures under their heads; the first of each row is the head of that row."""
    heads = zip(figures.head, _alignments(figures), strict=True)
    yield markup.row(markup.column_head(_text(text), align) for text, align in heads)
    for first, *rest in figures.rows:
        yield markup.row([markup.row_head(_text(first.text)), *map(_cell, rest)])


def _alignments(figures: Figures) -> Iterator[str]:
    for column in zip(*figures.rows, strict=True):
        yield "right" if all(each.is_number for each in column) else "left"


def _cell(figure: Figure) -> str:
    bar = "" if figure.percents is None else markup.bar(figure.percents)
    return markup.cell(f"{_text(figure.text)}{bar}", "right" if figure.is_number else "left")


def _line(line: Line) -> str:
    return "".join(_run(run) for run in line)


def _run(run: Run) -> str:
    inner = markup.link(_text(run.text), tidy(run.link)) if run.link else _text(run.text)
    return f"<b>{inner}</b>" if run.is_bold else inner


def _text(text: str) -> str:
    return markup.text(tidy(text))
