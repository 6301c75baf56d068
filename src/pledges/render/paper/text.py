"""Plain text for the body of an email: lists and sentences, at most 72 cells wide."""

import re
from collections.abc import Iterator, Sequence
from typing import Final

from pledges.render.cell_width import width
from pledges.render.line_breaks import without_joints
from pledges.render.paper import Envelope
from pledges.render.paper.tidy import tidy
from pledges.view.paper import Block, Bullets, Figures, Line, Part, Report, Sentences, more
from pledges.view.wording.values import held_together

WIDEST: Final = 72
"""The cells of a line; quoted twice it stays below 78."""

ADDRESS: Final = r"""(?i)((?:https?://|www\.)[^\s<>()\[\]"']*[^\s<>()\[\]"'.,;:!?])"""
"""An address of the web, which stays whole."""


def render(report: Report, _: Envelope) -> str:
    """The report as text."""
    return "\n".join(_safe(line) for line in _lines(report)) + "\n"


def _safe(line: str) -> str:
    """A line that no mail program takes for something else: a quote, or an end of the text."""
    return f" {line}" if re.match(r"From |>|\.$|-- ?$", line) else line


def _lines(report: Report) -> Iterator[str]:
    yield from _wrapped(tidy(report.title))
    yield from _wrapped(_words(report.lead))
    for part in report.parts:
        yield from _part(part)
    yield ""
    for line in report.closing:
        yield from _wrapped(_words(line))


def _part(part: Part) -> Iterator[str]:
    title = tidy(part.title)
    yield ""
    yield from _wrapped(title.upper() if part.is_top else title)
    for block in part.blocks:
        yield from _block(block)


def _block(block: Block) -> Iterator[str]:
    match block:
        case Sentences():
            yield from _wrapped(_words(block.line))
        case Bullets():
            for item in block.items:
                yield from _item(item)
            if block.left_out:
                yield f"- {more(block.left_out)}"
        case Figures():
            for line in block.lines:
                yield from _item(line)


def _item(line: Line) -> Iterator[str]:
    """An item of a list; an address that its words don't name stands below them."""
    yield from _wrapped(_words(line), "- ", "  ")
    shown = _words(line)
    for run in line:
        if run.link and not run.is_bold and run.link not in shown:
            yield tidy(run.link)


def _words(line: Line) -> str:
    """The words of a line, each run tidied alone: what one leaves open does not reach the next."""
    return tidy("".join(tidy(run.text) for run in line))


def _wrapped(text: str, first: str = "", rest: str = "") -> Iterator[str]:
    """Lines of at most ``WIDEST`` cells, broken at spaces, but not within dates and figures.

    One cell is kept for what ``_safe`` may put before a line.
    """
    line, is_empty = first, True
    for word in _pieces(held_together(text).split(), WIDEST - len(rest or first) - 1):
        longer = f"{line}{word}" if is_empty else f"{line} {word}"
        if not is_empty and _cells(longer) > WIDEST - 1:
            yield without_joints(line)
            longer = f"{rest}{word}"
        line, is_empty = longer, False
    yield without_joints(line).rstrip()


def _pieces(words: Sequence[str], room: int) -> Iterator[str]:
    """The words; one that is wider than ``room`` is cut, but for an address in it."""
    for word in words:
        pieces = re.split(ADDRESS, word) if _cells(word) > room else [word]
        for piece in filter(None, pieces):
            yield from [piece] if re.fullmatch(ADDRESS, piece) else _cut(piece, room)


def _cut(word: str, room: int) -> Iterator[str]:
    if _cells(word) <= room:
        yield word
        return
    piece = ""
    for char in without_joints(word):
        if width(piece + char) > room:
            yield piece.rstrip()
            piece = ""
        piece += char
    yield piece


def _cells(text: str) -> int:
    return width(without_joints(text))
