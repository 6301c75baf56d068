"""HTML for pasting into a mail: tables, styles on each element, and nothing that mail drops.

The elements, attributes and properties are those that every common mail program shows; colours
keep their contrast if lightness is inverted.  Fonts are in longhands and no style has a width in
percent, because a browser writes both out when it copies: a shorthand as nine longhands, and a
percentage as the pixels of the screen, which then is too wide for a phone.
"""

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from html import escape
from typing import Final

from pledges.cell_width import STRETCH
from pledges.clean import JOINT, without_joints
from pledges.render.layout import BREAK, with_breaks
from pledges.view.page import Tone

PAGE: Final = "#fafaf7"
BAND: Final = "#12396b"
HEAD: Final = "#eceef1"
RULE: Final = "#c9ced4"
INK: Final = "#22272e"
BAND_INK: Final = "#f4f6f9"
LINK: Final = "#1250b0"
DONE: Final = "#2e7d4f"
REST: Final = "#d5dade"
INKS: Final[Mapping[Tone | None, str]] = {
    None: INK,
    Tone.GOOD: "#1f6b3f",
    Tone.WATCH: "#7a4f00",
    Tone.LATE: "#a31621",
    Tone.MUTED: "#57606a",
}
TINTS: Final[Mapping[Tone | None, str]] = {
    None: HEAD,
    Tone.GOOD: "#e6f1ea",
    Tone.WATCH: "#f7f0df",
    Tone.LATE: "#f7e9e9",
    Tone.MUTED: HEAD,
}
"""What figures are on."""
FILLS: Final[Mapping[Tone | None, str]] = {
    None: "#7f9cc4",
    Tone.GOOD: DONE,
    Tone.WATCH: "#d9a53a",
    Tone.LATE: "#c4473a",
    Tone.MUTED: REST,
}
"""The parts of stacked bars."""

AROUND: Final = 1_000  # the bytes that a browser puts around what it copies
OUTER_PADDING: Final = 12  # the pixels between a page and the edge of its table
FAMILY: Final = "font-family:Arial,sans-serif;"


def font(size: int, height: int, ink: str = INK, weight: str = "") -> str:
    """The properties of a text of that size and that height of a line, in pixels."""
    bold = f"font-weight:{weight};" if weight else ""
    return f"{FAMILY}font-size:{size}px;line-height:{height}px;{bold}color:{ink};"


def margins(top: int, bottom: int) -> str:
    """The properties of the room above and below a block, in pixels."""
    return f"margin-top:{top}px;margin-bottom:{bottom}px;"


TEXT: Final = font(15, 22)
SMALL: Final = font(14, 20)
BODY: Final = f"{TEXT}background-color:{PAGE};text-align:left;"
ROOM: Final = f'<p style="{TEXT}{margins(0, 0)}"><br></p>'
"""An empty line above and below the table: it is room to write in a draft."""


def document(title: str, body: Iterable[str]) -> str:
    """A whole page of this title around the HTML of its parts."""
    cell = element("td", "\n".join(["", *body, ""]), bgcolor=PAGE, style=BODY)
    whole = table(
        f"\n<tr>\n{cell}\n</tr>\n",
        padding=OUTER_PADDING,
        bgcolor=PAGE,
        style=f"max-width:100%;background-color:{PAGE};",
        lang="en",
        role="presentation",
        width="640",
    )
    return (
        f'<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f"<title>{escape(without_joints(title))}</title>\n</head>\n"
        f'<body bgcolor="{PAGE}" style="background-color:{PAGE};">\n'
        f"{ROOM}\n{whole}\n{ROOM}\n</body>\n</html>\n"
    )


def pasted_size(html: str) -> int:
    """The bytes that a page has at most once a browser copied it and a mail program has it.

    A browser writes colours as ``rgb(0, 0, 0)``, spaces into styles, the body of each table, and
    around it all what the page looks like by itself.
    """
    styles = "".join(each[1] for each in re.finditer(r'style="([^"]*)"', html))
    longer = 2 * styles.count(":") + styles.count(",") + 11 * styles.count("#")
    return AROUND + len(html.encode()) + longer + len("<tbody></tbody>") * html.count("<table")


def element(name: str, inner: str, **attributes: str | int) -> str:
    """An element around HTML, with those of its attributes that are not empty."""
    some = (f' {key.replace("_", "-")}="{value}"' for key, value in attributes.items() if value)
    return f"<{name}{''.join(some)}>{inner}</{name}>"


def table(
    inner: str,
    *,
    padding: int = 0,
    spacing: int = 0,
    bgcolor: str = "",
    style: str = "",
    **attributes: str,
) -> str:
    """A table, with the pixels around and between its cells: mail drops the styles for them."""
    spaces = {"border": "0", "cellspacing": f"{spacing}", "cellpadding": f"{padding}"}
    return element("table", inner, **attributes, **spaces, bgcolor=bgcolor, style=style)


def layout_table(cells: Iterable[str], *, padding: int = 0, style: str = "") -> str:
    """Cells next to each other, as wide as there is room, that are no data."""
    role = "presentation"
    return table(row(cells), padding=padding, style=style, role=role, width="100%")


def strip(cells: Iterable[str]) -> str:
    """A row of a drawing on the colour of heads; a screen reader skips it."""
    role, style = "presentation", f"background-color:{HEAD};"
    return table(row(cells), bgcolor=HEAD, style=style, role=role, aria_hidden="true", width="100%")


def row(cells: Iterable[str]) -> str:
    """A row of a table."""
    return f"<tr>{''.join(cells)}</tr>"


def data_row(cells: Iterable[str]) -> str:
    """A row of a table of data, with the words of its cells at the same height."""
    return f'<tr valign="top">{"".join(cells)}</tr>'


def fill_cell(width: str, fill: str, height: int) -> str:
    """A cell of one colour, so many pixels high."""
    style = f"font-size:13px;line-height:{height}px;color:{fill};background-color:{fill};"
    return element("td", "&nbsp;", width=width, bgcolor=fill, style=style)


def toned_html(inner: str, tone: Tone | None) -> str:
    """HTML in the colour of a tone; what is late is bold as well."""
    if not inner or not tone:
        return inner
    return element("b" if tone is Tone.LATE else "span", inner, style=f"color:{INKS[tone]};")


@lru_cache(maxsize=4096)  # to see whether a report fits, its texts are made into HTML many times
def text_html(plain: str) -> str:
    """Text without controls as HTML: no line ends at a joint, long words breakable."""
    return marked_html(with_breaks(plain))


def marked_html(marked: str) -> str:
    """Text with joints and breaks as HTML.

    Words that run from right to left are in an element of their own: the figures next to them
    would change places with them.
    """
    if marked.isascii():
        return escape(marked)
    parts = [escape(part) for part in STRETCH.split(marked)]
    parts[1::2] = [element("span", part, dir="auto") for part in parts[1::2]]
    return "".join(parts).replace(JOINT, "&nbsp;").replace(BREAK, "<wbr>")
