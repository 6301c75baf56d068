"""HTML for pasting into a mail: one table, styles on each element, and nothing that mail drops.

The elements, attributes and properties are those that every common mail program shows; colours
keep their contrast where lightness is inverted.
"""

from collections.abc import Iterable, Mapping
from html import escape
from typing import Final

from pledges.render.paper.tidy import pieces, together
from pledges.view.page import Tone

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
INKS: Final[Mapping[Tone, str]] = {
    Tone.GOOD: "#1f6b3f",
    Tone.WATCH: "#7a4f00",
    Tone.LATE: "#a31621",
    Tone.MUTED: "#57606a",
}
FAMILY: Final = "Arial,Helvetica,sans-serif"
TEXT: Final = f"font:15px/22px {FAMILY};color:{INK};"
SMALL: Final = f"font:14px/20px {FAMILY};color:{INK};"
HEADINGS: Final = {
    1: f"font:bold 22px/28px {FAMILY};color:{INK};margin-top:0;margin-bottom:8px;",
    2: f"font:bold 18px/24px {FAMILY};color:{INK};margin-top:24px;margin-bottom:8px;",
    3: f"font:bold 15px/22px {FAMILY};color:{INK};margin-top:16px;margin-bottom:4px;",
}
PARAGRAPH: Final = f"{TEXT}margin-top:0;margin-bottom:8px;"
CELL: Final = f"{SMALL}border-bottom:1px solid {RULE};vertical-align:top;"
_JOINT: Final = "\x00"


def document(title: str, body: Iterable[str]) -> str:
    """A whole page of this title around the HTML of its parts."""
    inner = "\n".join(body)
    return (
        f'<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f"<title>{escape(title)}</title>\n</head>\n"
        f'<body bgcolor="{PAGE}" style="background-color:{PAGE};">\n'
        f'<table lang="en" role="presentation" width="640" border="0" cellspacing="0" '
        f'cellpadding="16" bgcolor="{PAGE}" '
        f'style="width:100%;max-width:640px;background-color:{PAGE};">\n'
        f'<tr>\n<td bgcolor="{PAGE}" style="{TEXT}background-color:{PAGE};text-align:left;">\n'
        f"{inner}\n</td>\n</tr>\n</table>\n</body>\n</html>\n"
    )


def heading(title: str, level: int) -> str:
    """A heading of level 1 to 3."""
    return f'<h{level} style="{HEADINGS[level]}">{text(title)}</h{level}>'


def paragraph(inner: str) -> str:
    """A paragraph around HTML."""
    return f'<p style="{PARAGRAPH}">{inner}</p>'


def link(inner: str, address: str) -> str:
    """A link around HTML."""
    style = f"color:{LINK};text-decoration:underline;"
    return f'<a href="{escape(address)}" style="{style}">{inner}</a>'


def column_head(inner: str, align: str = "left") -> str:
    """The head of a column around HTML."""
    return (
        f'<th scope="col" align="{align}" bgcolor="{HEAD}" '
        f'style="{CELL}background-color:{HEAD};text-align:{align};">{inner}</th>'
    )


def row_head(inner: str, least: int = 0) -> str:
    """The head of a row around HTML, at least so many pixels wide."""
    return f'<th scope="row"{_width(least)} style="{CELL}text-align:left;">{inner}</th>'


def cell(inner: str, align: str = "left", least: int = 0) -> str:
    """A cell of a table around HTML, at least so many pixels wide."""
    return f'<td align="{align}"{_width(least)} style="{CELL}text-align:{align};">{inner}</td>'


def _width(least: int) -> str:
    return f' width="{least}"' if least else ""


def bar(percents: int) -> str:
    """What is done and what is not, as two cells; one that would be empty is left out."""
    share = min(100, max(0, percents))
    parts = ((share, DONE), (100 - share, REST))
    cells = (filled(f"{part}%", fill, 8) for part, fill in parts if part)
    return (
        '<table role="presentation" width="100%" border="0" cellspacing="0" cellpadding="0">'
        f"<tr>{''.join(cells)}</tr></table>"
    )


def filled(width: str, fill: str, height: int) -> str:
    """A cell of one colour, so many pixels high."""
    style = f"font:13px/{height}px {FAMILY};color:{fill};background-color:{fill};"
    return f'<td width="{width}" bgcolor="{fill}" style="{style}">&nbsp;</td>'


def toned(inner: str, tone: Tone | None) -> str:
    """Words as they should strike a reader; what is late is bold as well."""
    if not inner or not tone:
        return inner
    coloured = f'<span style="color:{INKS[tone]};">{inner}</span>'
    return f"<b>{coloured}</b>" if tone is Tone.LATE else coloured


def text(plain: str) -> str:
    """Text without controls as HTML: dates and figures on one line, long words breakable."""
    words = together(plain, _JOINT).split(" ")
    return " ".join("&nbsp;".join(map(_word, word.split(_JOINT))) for word in words)


def _word(word: str) -> str:
    return "<wbr>".join(escape(piece) for piece in pieces(word, LONGEST_WORD, BREAK_EVERY))
