"""Markdown (CommonMark with pipe tables) for wikis and chat; every special character is escaped."""

from collections.abc import Iterator, Sequence
from typing import Final

from pledges.render.md import escaped
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

HASHES: Final = {1: "#", 2: "##", 3: "###"}


def render(report: Report, _: Envelope) -> str:
    """The report as Markdown."""
    return "\n\n".join(_blocks(report)) + "\n"


def _blocks(report: Report) -> Iterator[str]:
    yield _heading(report.title, 1)
    yield _line(report.lead)
    for part in report.parts:
        yield from _part(part)
    for line in report.closing:
        yield _line(line)


def _part(part: Part) -> Iterator[str]:
    yield _heading(part.title, part.level)
    for block in part.blocks:
        yield _block(block)


def _heading(title: str, level: int) -> str:
    return f"{HASHES[level]} {escaped(tidy(title))}"


def _block(block: Block) -> str:
    match block:
        case Sentences():
            return _line(block.line)
        case Bullets():
            rest = [f"- {more(block.left_out)}"] if block.left_out else []
            return "\n".join([*(f"- {_line(item)}" for item in block.items), *rest])
        case Figures():
            return "\n".join(_table(block))


def _table(figures: Figures) -> Iterator[str]:
    yield _row(figures.head)
    columns = zip(*figures.rows, strict=True)
    yield f"| {' | '.join('---:' if _are_numbers(each) else '---' for each in columns)} |"
    yield from (_row([each.text for each in row]) for row in figures.rows)


def _are_numbers(column: Sequence[Figure]) -> bool:
    return all(each.is_number for each in column)


def _row(texts: Sequence[str]) -> str:
    return f"| {' | '.join(escaped(tidy(text)) for text in texts)} |"


def _line(line: Line) -> str:
    return "".join(_run(run) for run in line)


def _run(run: Run) -> str:
    plain = tidy(run.text)
    text = escaped(plain.strip() if run.is_bold else plain)
    if run.link and not set(run.link) & set("<> \\"):
        text = f"[{text}](<{tidy(run.link)}>)"
    return f"**{text}**" if run.is_bold else text
