"""HTML for pasting into a mail: one table, styles on each element, and nothing that mail drops.

The elements, attributes and properties are those that every common mail program shows; colours
keep their contrast where lightness is inverted.
"""

from collections.abc import Iterator
from html import escape
from typing import Final

from pledges.render.paper import Envelope
from pledges.render.paper.fit import fitted
from pledges.render.paper.tidy import pieces, tidy, together
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

MOST_BYTES: Final = 50_000
"""Some mail programs cut a message near 102 KB, and pasting inflates it by up to 1.95."""

MOST_SENT: Final = 60_000
"""The same as a mail sends it, where a letter beyond ASCII takes up to twelve bytes."""

LONGEST_WORD: Final = 24
BREAK_EVERY: Final = 10
"""A longer word may be broken after so many letters: a phone has no room for it."""

PAGE: Final = "#fafaf7"
HEAD: Final = "#eceef1"
RULE: Final = "#c9ced4"
INK: Final = "#22272e"
LINK: Final = "#1250b0"
DONE: Final = "#2e7d4f"
REST: Final = "#d5dade"
FAMILY: Final = "Arial,Helvetica,sans-serif"
TEXT: Final = f"font:15px/22px {FAMILY};color:{INK};"
SMALL: Final = f"font:14px/20px {FAMILY};color:{INK};"
HEADINGS: Final = {
    1: f"font:bold 22px/28px {FAMILY};color:{INK};margin-top:0;margin-bottom:8px;",
    2: f"font:bold 18px/24px {FAMILY};color:{INK};margin-top:24px;margin-bottom:8px;",
    3: f"font:bold 15px/22px {FAMILY};color:{INK};margin-top:16px;margin-bottom:4px;",
}
PARAGRAPH: Final = f"{TEXT}margin-top:0;margin-bottom:8px;"
LIST: Final = f"{TEXT}margin-top:0;margin-bottom:8px;"
ITEM: Final = f"{TEXT}margin-bottom:4px;"
_JOINT: Final = "\x00"
CELL: Final = f"{SMALL}border-bottom:1px solid {RULE};vertical-align:top;"


def render(report: Report, _: Envelope) -> str:
    """The report as HTML, its lists shortened where it would be too large for a mail."""
    return fitted(report, _document, MOST_BYTES, MOST_SENT)


def _document(report: Report) -> str:
    title = escape(tidy(report.title))
    body = "\n".join(_parts(report))
    return (
        f'<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f"<title>{title}</title>\n</head>\n"
        f'<body bgcolor="{PAGE}" style="background-color:{PAGE};">\n'
        f'<table lang="en" role="presentation" width="640" border="0" cellspacing="0" '
        f'cellpadding="16" align="left" bgcolor="{PAGE}" '
        f'style="width:100%;max-width:640px;background-color:{PAGE};">\n'
        f'<tr>\n<td bgcolor="{PAGE}" style="{TEXT}background-color:{PAGE};text-align:left;">\n'
        f"{body}\n</td>\n</tr>\n</table>\n</body>\n</html>\n"
    )


def _parts(report: Report) -> Iterator[str]:
    yield _heading(report.title, 1)
    yield _paragraph(report.lead)
    for part in report.parts:
        yield from _part(part)
    yield f'<hr style="border-top:1px solid {RULE};">'
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
            return "\n".join(_table(block))


def _heading(title: str, level: int) -> str:
    return f'<h{level} style="{HEADINGS[level]}">{_text(title)}</h{level}>'


def _paragraph(line: Line) -> str:
    return f'<p style="{PARAGRAPH}">{_line(line)}</p>'


def _item(inner: str) -> str:
    return f'<li style="{ITEM}">{inner}</li>'


def _table(figures: Figures) -> Iterator[str]:
    """Figures under their heads; the first of each row is the head of that row."""
    yield (
        '<table border="0" cellspacing="0" cellpadding="6" '
        'style="border-collapse:collapse;margin-bottom:8px;">'
    )
    heads = zip(figures.head, _are_numbers(figures), strict=True)
    yield f"<tr>{''.join(_head(text, is_number) for text, is_number in heads)}</tr>"
    for first, *rest in figures.rows:
        name = f'<th scope="row" style="{CELL}text-align:left;">{_text(first.text)}</th>'
        yield f"<tr>{name}{''.join(_cell(each) for each in rest)}</tr>"
    yield "</table>"


def _are_numbers(figures: Figures) -> list[bool]:
    return [all(each.is_number for each in column) for column in zip(*figures.rows, strict=True)]


def _head(text: str, is_number: bool) -> str:  # noqa: FBT001  (of a column)
    align = "right" if is_number else "left"
    return (
        f'<th scope="col" align="{align}" bgcolor="{HEAD}" '
        f'style="{CELL}background-color:{HEAD};text-align:{align};">{_text(text)}</th>'
    )


def _cell(figure: Figure) -> str:
    align = "right" if figure.is_number else "left"
    bar = "" if figure.percents is None else _bar(figure.percents)
    return f'<td align="{align}" style="{CELL}text-align:{align};">{_text(figure.text)}{bar}</td>'


def _bar(done: int) -> str:
    """What is done and what is not, as two cells; one that would be empty is left out."""
    share = min(100, max(0, done))
    cells = "".join(
        f'<td width="{percent}%" bgcolor="{fill}" '
        f'style="font:13px/8px {FAMILY};color:{fill};background-color:{fill};">&nbsp;</td>'
        for percent, fill in ((share, DONE), (100 - share, REST))
        if percent
    )
    return (
        '<table role="presentation" width="100%" border="0" cellspacing="0" cellpadding="0">'
        f"<tr>{cells}</tr></table>"
    )


def _line(line: Line) -> str:
    return "".join(_run(run) for run in line)


def _run(run: Run) -> str:
    inner = _text(run.text)
    if run.link:
        address = escape(tidy(run.link))
        inner = f'<a href="{address}" style="color:{LINK};text-decoration:underline;">{inner}</a>'
    return f"<b>{inner}</b>" if run.is_bold else inner


def _text(text: str) -> str:
    """Text as HTML, with dates and figures kept on one line, and long words breakable."""
    words = together(tidy(text), _JOINT).split(" ")
    return " ".join("&nbsp;".join(map(_word, word.split(_JOINT))) for word in words)


def _word(word: str) -> str:
    return "<wbr>".join(escape(piece) for piece in pieces(word, LONGEST_WORD, BREAK_EVERY))
