"""What may stand in the HTML of a mail, and the colours in it, as a parser finds them."""

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from typing import Final, NamedTuple

TABLES: Final = {"table", "tr", "td", "th"}
TAGS: Final = {
    *("html", "head", "meta", "title", "body", *TABLES),
    *("h1", "h2", "h3", "h4", "p", "b", "i", "a", "br", "wbr", "span", "div", "ul", "ol", "li"),
    "hr",
}
ATTRIBUTES: Final = {
    "html": {"lang"},
    "meta": {"charset"},
    "body": {"bgcolor", "style"},
    "table": {
        *("lang", "role", "width", "border", "cellspacing", "cellpadding", "bgcolor"),
        "style",
        "aria-hidden",
    },
    "tr": {"valign"},
    "td": {"width", "bgcolor", "style"},
    "th": {"scope", "width", "bgcolor", "style"},
    "a": {"href", "style"},
    "span": {"style", "dir"},
    **{tag: {"style"} for tag in ("h1", "h2", "h3", "p", "ul", "li", "hr", "b")},
}
PROPERTIES: Final = {
    "font-family": "Arial,sans-serif",
    "font-size": r"(1[3-9]|2\d)px",
    "line-height": r"\d+px",
    "font-weight": "bold|normal",
    "color": r"#[0-9a-f]{6}",
    "background-color": r"#[0-9a-f]{6}",
    "border-left": r"4px solid #[0-9a-f]{6}",
    "border-top": r"1px solid #[0-9a-f]{6}",
    "border-bottom": r"1px solid #[0-9a-f]{6}",
    "border-collapse": "collapse",
    "text-align": "left|right|center",
    "text-decoration": "underline",
    "max-width": "100%",
    "margin-top": r"\d+px",
    "margin-bottom": r"\d+px",
    "padding": r"\d+px",
}
VOID: Final = {"meta", "br", "wbr", "hr"}
INLINE: Final = {"b", "i", "a", "span", "wbr", "br"}


class Element(NamedTuple):
    """A tag with its attributes and its style, and the tags it stands in."""

    tag: str
    attributes: dict[str, str]
    style: dict[str, str]
    within: tuple["Element", ...]


class Words(NamedTuple):
    """A text with the elements that it stands in."""

    text: str
    within: tuple[Element, ...]

    def inherited(self, name: str) -> str:
        """What the nearest element says of a property."""
        return next(each.style[name] for each in reversed(self.within) if name in each.style)


class Parsed(HTMLParser):
    """The elements and the texts of a page; anything else is a fault."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[Element] = []
        self.elements: list[Element] = []
        self.words: list[Words] = []
        self.declarations: list[str] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note an element; none names an attribute twice."""
        attributes = {name: value or "" for name, value in attrs}
        assert len(attributes) == len(attrs)
        element = Element(tag, attributes, _style(attributes.get("style", "")), tuple(self.open))
        self.elements.append(element)
        if tag not in VOID:
            self.open.append(element)

    def handle_endtag(self, tag: str) -> None:
        """Close the element that was opened last."""
        assert self.open.pop().tag == tag

    def handle_data(self, data: str) -> None:
        """Note a text with where it stands."""
        if data.strip():
            self.words.append(Words(data, tuple(self.open)))

    def handle_decl(self, decl: str) -> None:
        """Note the document type."""
        self.declarations.append(decl)

    def handle_comment(self, data: str) -> None:
        """There are no comments."""
        raise AssertionError(data)


def _style(text: str) -> dict[str, str]:
    pairs = [each.partition(":") for each in text.split(";") if each]
    assert len({name for name, _, _ in pairs}) == len(pairs)
    return {name: value for name, _, value in pairs}


def strange(page: Parsed) -> Iterator[str]:
    """What is beyond the tags, attributes and properties that every mail program has."""
    for tag, attributes, style, _ in page.elements:
        if tag not in TAGS:
            yield tag
        yield from (f"{tag} {name}" for name in attributes.keys() - ATTRIBUTES.get(tag, set()))
        for name, value in style.items():
            if not re.fullmatch(PROPERTIES.get(name, "(?!)"), value):
                yield f"{tag} {name}:{value}"


def contrast(one: str, other: str) -> float:
    """The contrast of two colours as WCAG defines it, 1 to 21."""
    low, high = sorted((_luminance(one), _luminance(other)))
    return (high + 0.05) / (low + 0.05)


def _luminance(colour: str) -> float:
    parts = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    red, green, blue = (x / 12.92 if x <= 0.04045 else ((x + 0.055) / 1.055) ** 2.4 for x in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def inverted(colour: str) -> str:
    """A colour with its lightness turned round, as a forced dark mode does."""
    import colorsys  # noqa: PLC0415  (only here)

    hue, lightness, saturation = colorsys.rgb_to_hls(
        *(int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    )
    parts = colorsys.hls_to_rgb(hue, 1 - lightness, saturation)
    return "#" + "".join(f"{round(255 * part):02x}" for part in parts)
