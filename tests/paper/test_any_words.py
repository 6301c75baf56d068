"""Whatever a ledger says, a report stays what it is: in Markdown, in HTML, in a draft."""

from html import unescape

import html5lib
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markup import Parsed, strange

from papers import HOSTILE, late_by
from pledges.render.paper import Envelope, PaperFormat, render
from pledges.render.paper.tidy import tidy
from pledges.view.paper import (
    Bullets,
    Figure,
    Figures,
    Line,
    Part,
    Report,
    Run,
    Sentences,
    Subject,
    words,
)

MARKS = {"text", "text_special", "strong_open", "strong_close", "link_open", "link_close"}
TEXTS = st.one_of(st.sampled_from(HOSTILE), st.text(min_size=1, max_size=80)).filter(
    lambda text: tidy(text).strip()
)


def report(text: str, address: str) -> Report:
    """A report that says a text wherever it can."""
    line: Line = (Run(text, is_bold=True, link=address), Run(f": {text}"))
    table = Figures([text, text], [[Figure(text), Figure(text, percents=40)]], [words(text)])
    parts = [Part(text, [Sentences(words(text))]), Part("P", [Bullets([line], 3), table])]
    return Report(Subject(text, text[:20]), text, late_by(0), words(text), parts, [words(text)])


def squeezed(text: str) -> str:
    """A text without its spaces."""
    return "".join(text.split())


@given(text=TEXTS, address=TEXTS)
def test_html(text: str, address: str) -> None:
    """HTML has no element, attribute or property but its own, and every letter of the text."""
    marked = render(report(text, address), PaperFormat.HTML, Envelope())
    parsed = Parsed(marked)
    assert list(strange(parsed)) == []
    tags = [each.tag for each in parsed.elements if each.tag != "wbr"]
    plain = Parsed(render(report("x", "y"), PaperFormat.HTML, Envelope()))
    assert tags == [each.tag for each in plain.elements]
    parser = html5lib.HTMLParser(strict=False)
    parser.parse(marked)
    assert parser.errors == []
    shown = "".join(each.text for each in parsed.words)
    assert squeezed(shown).count(squeezed(tidy(text))) >= 7


@given(text=TEXTS, address=TEXTS)
def test_md(text: str, address: str) -> None:
    """Markdown has no block and no markup but its own, and every letter of the text."""
    parser = MarkdownIt("commonmark").enable(["table", "strikethrough"])
    kinds = []
    for given_, link in ((text, address), ("x", "y")):
        tokens = parser.parse(render(report(given_, link), PaperFormat.MD, Envelope()))
        kinds.append([token.type for token in tokens])
        inline = [each for token in tokens for each in token.children or ()]
        marks = {each.type for each in inline}
        assert marks <= MARKS
        if given_ is text:
            shown = "".join(each.content for each in inline)
            assert squeezed(shown).count(squeezed(tidy(text))) >= 7
    assert kinds[0] == kinds[1]


@given(text=TEXTS)
def test_eml(text: str) -> None:
    """A draft is 7-bit, its lines have at most 78 characters, whatever is in it."""
    lines = render(report(text, text), PaperFormat.EML, Envelope()).split("\r\n")
    assert all(line.isascii() and len(line) <= 78 and "\n" not in line for line in lines)
    assert unescape("".join(lines[:1])) == "X-Unsent: 1"
