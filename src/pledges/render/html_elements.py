"""HTML for pasting into a mail: one table, styles on each element, and nothing that mail drops.

The elements, attributes and properties are those that every common mail program shows; colours
keep their contrast if lightness is inverted.
"""

from collections.abc import Iterable, Mapping
from functools import lru_cache
from html import escape
from typing import Final

from pledges.render.layout import BREAK, with_breaks
from pledges.view.page import Tone
from pledges.view.wording.values import JOINT

PAGE: Final = "#fafaf7"
HEAD: Final = "#eceef1"
RULE: Final = "#c9ced4"
INK: Final = "#22272e"
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
    Tone.GOOD: "#e6f1ea",
    Tone.WATCH: "#f7f0df",
    Tone.LATE: "#f7e9e9",
    Tone.MUTED: HEAD,
    None: HEAD,
}
"""The ground below figures."""
FILLS: Final[Mapping[Tone | None, str]] = {
    Tone.GOOD: DONE,
    Tone.WATCH: "#d9a53a",
    Tone.LATE: "#c4473a",
    Tone.MUTED: REST,
    None: "#7f9cc4",
}
"""The parts of stacked bars."""
FAMILY: Final = "Arial,Helvetica,sans-serif"
TEXT: Final = f"font:15px/22px {FAMILY};color:{INK};"
SMALL: Final = f"font:14px/20px {FAMILY};color:{INK};"
ROOM: Final = f'<p style="{TEXT}margin-top:0;margin-bottom:0;"><br></p>'
"""An empty line above and below the table: it is room to write in a draft."""


def document(title: str, body: Iterable[str]) -> str:
    """A whole page of this title around the HTML of its parts."""
    style = f"{TEXT}background-color:{PAGE};text-align:left;"
    cell = element("td", "\n".join(["", *body, ""]), bgcolor=PAGE, style=style)
    style = f"width:100%;max-width:640px;background-color:{PAGE};"
    inner = f"\n<tr>\n{cell}\n</tr>\n"
    whole = table(
        inner, padding=16, bgcolor=PAGE, style=style, lang="en", role="presentation", width="640"
    )
    return (
        f'<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f"<title>{escape(title)}</title>\n</head>\n"
        f'<body bgcolor="{PAGE}" style="background-color:{PAGE};">\n'
        f"{ROOM}\n{whole}\n{ROOM}\n</body>\n</html>\n"
    )


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


def strip(cells: Iterable[str]) -> str:
    """A row of a drawing on the colour of heads; a screen reader skips it."""
    role, style = "presentation", f"background-color:{HEAD};"
    return table(row(cells), bgcolor=HEAD, style=style, role=role, aria_hidden="true", width="100%")


def row(cells: Iterable[str]) -> str:
    """A row of a table."""
    return f"<tr>{''.join(cells)}</tr>"


def fill_cell(width: str, fill: str, height: int) -> str:
    """A cell of one colour, so many pixels high."""
    style = f"font:13px/{height}px {FAMILY};color:{fill};background-color:{fill};"
    return element("td", "&nbsp;", width=width, bgcolor=fill, style=style)


def toned_html(inner: str, tone: Tone | None) -> str:
    """HTML in the colour of a tone; what is late is bold as well."""
    if not inner or not tone:
        return inner
    coloured = element("span", inner, style=f"color:{INKS[tone]};")
    return f"<b>{coloured}</b>" if tone is Tone.LATE else coloured


@lru_cache(maxsize=4096)  # to see whether a report fits, its texts are made into HTML twice
def text_html(plain: str) -> str:
    """Text without controls as HTML: dates and figures on one line, long words breakable."""
    return marked_html(with_breaks(plain))


def marked_html(marked: str) -> str:
    """Text with joints and breaks as HTML."""
    return escape(marked).replace(JOINT, "&nbsp;").replace(BREAK, "<wbr>")
