"""Whatever a ledger says, a report stays what it is: in Markdown, in HTML, in a draft."""

from html import unescape

import html5lib
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markup import Parsed, strange

from papers import HOSTILE
from pledges.clean import tidy
from pledges.render import Canvas, Format, render
from pledges.view.answer import Answer, Document
from pledges.view.page import (
    Bar,
    Bullets,
    Cell,
    Column,
    Entries,
    Entry,
    Figure,
    Figures,
    Line,
    Page,
    Paragraph,
    Run,
    Section,
    Share,
    Subject,
    Table,
    Tone,
    line,
)

MARKS = {"text", "text_special", "strong_open", "strong_close", "link_open", "link_close"}
TEXTS = st.one_of(st.sampled_from(HOSTILE), st.text(min_size=1, max_size=80)).filter(
    lambda text: tidy(text).strip()
)


def report(text: str, address: str) -> Page:
    """A page for a mail that says a text wherever it can."""
    item: Line = (Run(text, is_bold=True, link=address), Run(f": {text}"))
    rows = [[Cell(text), Cell(text, bar=Bar(0.4, None))]]
    table = Table([Column(text), Column(text)], rows, lines=[line(text)])
    entry = Entry(line(text), Run(text), [line(text)], (Run("Source: "), Run(text, link=address)))
    stacked = Cell(text, stack=[Share(1, Tone.LATE, text), Share(2, None, text)])
    return Page(
        title=text,
        caption=text,
        lead=[line(text)],
        sections=[
            Section(text, blocks=[Paragraph(line(text)), Paragraph(line(text), is_muted=True)]),
            Section("F", blocks=[Figures([Figure(text, text, text, Tone.WATCH)])]),
            Section("E", blocks=[Entries([entry], 2)]),
            Section("S", blocks=[Table([Column(text)], [[stacked]], lines=[line(text)])]),
            Section("P", blocks=[Bullets([item], 3), table]),
        ],
        notes=[line(text)],
        is_mail=True,
        subject=Subject(text, text[:20]),
    )


def rendered(page: Page, form: Format) -> str:
    """A page in a format."""
    text = render(Answer(lambda: page, Document, {}, []), form, Canvas())
    assert isinstance(text, str)
    return text


def squeezed(text: str) -> str:
    """A text without its spaces."""
    return "".join(text.split())


@given(text=TEXTS, address=TEXTS)
def test_html(text: str, address: str) -> None:
    """HTML has no element, attribute or property but its own, and every letter of the text."""
    marked = rendered(report(text, address), Format.HTML)
    parsed = Parsed(marked)
    assert list(strange(parsed)) == []
    tags = [x.tag for x in parsed.elements if x.tag != "wbr" and "dir" not in x.attributes]
    plain = Parsed(rendered(report("x", "y"), Format.HTML))
    assert tags == [each.tag for each in plain.elements]
    parser = html5lib.HTMLParser(strict=False)
    parser.parse(marked)
    assert parser.errors == []
    shown = "".join(each.text for each in parsed.words)
    assert squeezed(shown).count(squeezed(tidy(text))) >= 18


@given(text=TEXTS, address=TEXTS)
def test_md(text: str, address: str) -> None:
    """Markdown has no block and no markup but its own, and every letter of the text."""
    parser = MarkdownIt("commonmark").enable(["table", "strikethrough"])
    kinds = []
    for given_, link in ((text, address), ("x", "y")):
        tokens = parser.parse(rendered(report(given_, link), Format.MD))
        kinds.append([token.type for token in tokens])
        inline = [each for token in tokens for each in token.children or ()]
        marks = {each.type for each in inline}
        assert marks <= MARKS
        if given_ is text:
            shown = "".join(each.content for each in inline)
            assert squeezed(shown).count(squeezed(tidy(text))) >= 18
    assert kinds[0] == kinds[1]


@given(text=TEXTS)
def test_eml(text: str) -> None:
    """A draft is 7-bit, its lines have at most 78 characters, whatever is in it."""
    lines = rendered(report(text, text), Format.EML).split("\r\n")
    assert all(line.isascii() and len(line) <= 78 and "\n" not in line for line in lines)
    assert unescape("".join(lines[:1])) == "X-Unsent: 1"
