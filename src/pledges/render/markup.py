"""HTML for pasting into a mail: one table, styles on each element, and nothing that mail drops.

The elements, attributes and properties are those that every common mail program shows; colours
keep their contrast if lightness is inverted.
"""

from collections.abc import Iterable, Mapping
from functools import lru_cache
from html import escape
from typing import Final

from pledges.render.line_breaks import BREAK, with_breaks
from pledges.view.page import Tone
from pledges.view.wording.values import JOINT

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
ROOM: Final = f'<p style="{TEXT}margin-top:0;margin-bottom:0;"><br></p>'
"""An empty line above and below the table: it is room to write in a draft."""

BAR_HEIGHT: Final = 8
"""The pixels that a bar is high."""


def document(title: str, body: Iterable[str]) -> str:
    """A whole page of this title around the HTML of its parts."""
    cell = f"{TEXT}background-color:{PAGE};text-align:left;"
    inner = "\n".join([f'<td bgcolor="{PAGE}" style="{cell}">', *body, "</td>"])
    table = _table(
        f"\n<tr>\n{inner}\n</tr>\n",
        lang="en",
        role="presentation",
        width="640",
        **_spaces(padding=16),
        bgcolor=PAGE,
        style=f"width:100%;max-width:640px;background-color:{PAGE};",
    )
    return (
        f'<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f"<title>{escape(title)}</title>\n</head>\n"
        f'<body bgcolor="{PAGE}" style="background-color:{PAGE};">\n'
        f"{ROOM}\n{table}\n{ROOM}\n</body>\n</html>\n"
    )


def _table(inner: str, **attributes: str) -> str:
    """A table around HTML, with those of its attributes that are not empty."""
    some = (f' {name.replace("_", "-")}="{value}"' for name, value in attributes.items() if value)
    return f"<table{''.join(some)}>{inner}</table>"


def _spaces(padding: int = 0, spacing: int = 0) -> dict[str, str]:
    """The attributes for the pixels around and between cells: mail drops the styles for them."""
    return {"border": "0", "cellspacing": f"{spacing}", "cellpadding": f"{padding}"}


def heading(title: str, level: int) -> str:
    """A heading of level 1 to 3."""
    return f'<h{level} style="{HEADINGS[level]}">{text_html(title)}</h{level}>'


def paragraph(inner: str) -> str:
    """A paragraph around HTML."""
    return f'<p style="{PARAGRAPH}">{inner}</p>'


def link(inner: str, address: str) -> str:
    """A link around HTML."""
    style = f"color:{LINK};text-decoration:underline;"
    return f'<a href="{escape(address)}" style="{style}">{inner}</a>'


def data_table(rows: Iterable[str], padding: int, width: str = "") -> str:
    """A table that is read as one, each row on a line of its own."""
    wide = f"width:{width};" if width else ""
    style = f"{wide}border-collapse:collapse;margin-bottom:8px;"
    return _table("\n".join(["", *rows, ""]), width=width, **_spaces(padding), style=style)


def layout_table(rows: Iterable[str], width: str = "", spacing: int = 0) -> str:
    """A table that only puts things side by side."""
    return _table("".join(rows), role="presentation", width=width, **_spaces(spacing=spacing))


def strip(cells: Iterable[str]) -> str:
    """A row of a drawing on the colour of heads; a screen reader skips it."""
    return _table(
        row(cells),
        role="presentation",
        aria_hidden="true",
        width="100%",
        **_spaces(),
        bgcolor=HEAD,
        style=f"background-color:{HEAD};",
    )


def row(cells: Iterable[str]) -> str:
    """A row of a table."""
    return f"<tr>{''.join(cells)}</tr>"


def column_head(inner: str, align: str) -> str:
    """The head of a column around HTML."""
    return (
        f'<th scope="col" align="{align}" bgcolor="{HEAD}" '
        f'style="{CELL}background-color:{HEAD};text-align:{align};">'
        f"{_with_space(inner, align)}</th>"
    )


def row_head(inner: str, least: int = 0) -> str:
    """The head of a row around HTML, at least so many pixels wide."""
    return f'<th scope="row"{_width(least)} style="{CELL}text-align:left;">{inner}</th>'


def cell(inner: str, align: str, least: int = 0) -> str:
    """A cell of a table around HTML, at least so many pixels wide."""
    style = f"{CELL}text-align:{align};"
    return f'<td align="{align}"{_width(least)} style="{style}">{_with_space(inner, align)}</td>'


def _with_space(inner: str, align: str) -> str:
    """HTML that is aligned right with a space after it: some programs drop the cells' padding."""
    return f"{inner}&nbsp;" if align == "right" else inner


def _width(least: int) -> str:
    return f' width="{least}"' if least else ""


def bar(percents: int) -> str:
    """The done and the open part as two cells; an empty one is left out."""
    share = min(100, max(0, percents))
    parts = ((share, DONE), (100 - share, REST))
    cells = (fill_cell(f"{part}%", fill, BAR_HEIGHT) for part, fill in parts if part)
    return layout_table([row(cells)], width="100%")


def fill_cell(width: str, fill: str, height: int) -> str:
    """A cell of one colour, so many pixels high."""
    style = f"font:13px/{height}px {FAMILY};color:{fill};background-color:{fill};"
    return f'<td width="{width}" bgcolor="{fill}" style="{style}">&nbsp;</td>'


def toned_html(inner: str, tone: Tone | None) -> str:
    """HTML in the colour of a tone; what is late is bold as well."""
    if not inner or not tone:
        return inner
    coloured = f'<span style="color:{INKS[tone]};">{inner}</span>'
    return f"<b>{coloured}</b>" if tone is Tone.LATE else coloured


@lru_cache(maxsize=4096)  # to see whether a report fits, its texts are made into HTML twice
def text_html(plain: str) -> str:
    """Text without controls as HTML: dates and figures on one line, long words breakable."""
    return marked_html(with_breaks(plain))


def marked_html(marked: str) -> str:
    """Text with joints and breaks as HTML."""
    return escape(marked).replace(JOINT, "&nbsp;").replace(BREAK, "<wbr>")
