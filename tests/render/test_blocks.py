"""The blocks of a page in every look: figures, entries, and bars of several parts."""

import re
from itertools import pairwise

import pytest
from markup import Parsed

from pledges.render import Canvas, Format, render
from pledges.render.layout import widths_of_shares
from pledges.view.answer import Answer, Document
from pledges.view.page import (
    Block,
    Cell,
    Column,
    Entries,
    Entry,
    Figure,
    Figures,
    Page,
    Paragraph,
    Run,
    Section,
    Share,
    Table,
    Tone,
    line,
)
from pledges.view.wording.values import quote

ADDRESS = "https://example.org/parks"
FIGURES = Figures(
    [Figure("1", "overdue", "was 1", Tone.LATE), Figure("2", "due soon", "was 0", Tone.WATCH)]
)
ENTRIES = Entries(
    [
        Entry(
            line("ECO-02 Open 30 parks"),
            Run("33 days left, far behind"),
            [line("21 of 30 parks on 12 Jan 2026."), line("SGGP of 14 Jan 2026 says 2030.")],
            (Run("Source: "), Run("Viet Nam News, 18 Dec 2025", link=ADDRESS)),
            Tone.WATCH,
        ),
        Entry(line("SEC-03 Sign a memorandum"), Run("151 days late", Tone.LATE)),
    ],
    left_out=4,
)
STACK = [Share(1, Tone.LATE, "overdue"), Share(0, Tone.WATCH, "due"), Share(3, None, "later")]
PILLARS = Table(
    [Column("Pillar"), Column("Pledges", is_main=True)],
    [[Cell("Trade"), Cell("4 pledges: 1 overdue, 3 later", stack=STACK)]],
    lines=[line("Trade (4 pledges): 1 overdue, 3 later.")],
)
MUTED = Paragraph(line("Overdue: the deadline has passed."), is_muted=True)


def look(form: Format, *blocks: Block, canvas: Canvas | None = None, is_mail: bool = True) -> str:
    """A page of these blocks in a format."""
    page = Page("Plan", "As of 28 Nov 2026.", sections=[Section("P", blocks=blocks)])
    page = Page(page.title, page.caption, sections=page.sections, is_mail=is_mail)
    text = render(Answer(lambda: page, Document, {}, []), form, canvas or Canvas())
    assert isinstance(text, str)
    return text


def test_text() -> None:
    """In a mail's text each is a list, with an entry's lines below its words."""
    assert look(Format.TEXT, FIGURES, ENTRIES, PILLARS, MUTED) == (
        "Plan\nAs of 28 Nov 2026.\n\nP\n\n- 1 overdue (was 1)\n- 2 due soon (was 0)\n\n"
        "- ECO-02 Open 30 parks: 33 days left, far behind.\n"
        "  21 of 30 parks on 12 Jan 2026.\n"
        "  SGGP of 14 Jan 2026 says 2030.\n"
        "  Source: Viet Nam News, 18 Dec 2025\n"
        f"  {ADDRESS}\n"
        "- SEC-03 Sign a memorandum: 151 days late.\n"
        "- and 4 more\n"
        "- Trade (4 pledges): 1 overdue, 3 later.\n"
        "Overdue: the deadline has passed.\n"
    )


def test_a_pipe() -> None:
    """In a pipe nothing is wrapped, and a bar is its words."""
    assert look(Format.TEXT, FIGURES, ENTRIES, PILLARS, is_mail=False) == (
        "Plan\nAs of 28 Nov 2026.\n\nP\n1 overdue (was 1)\n2 due soon (was 0)\n"
        "- ECO-02 Open 30 parks: 33 days left, far behind.\n"
        "  21 of 30 parks on 12 Jan 2026.\n"
        "  SGGP of 14 Jan 2026 says 2030.\n"
        "  Source: Viet Nam News, 18 Dec 2025\n"
        "- SEC-03 Sign a memorandum: 151 days late.\n"
        "- and 4 more\n"
        "Trade  4 pledges: 1 overdue, 3 later\n"
    )


def test_md() -> None:
    """In Markdown an entry is an item with its lines as items below it."""
    assert look(Format.MD, FIGURES, ENTRIES, PILLARS) == (
        "# Plan\n\nAs of 28 Nov 2026.\n\n## P\n\n- 1 overdue (was 1)\n- 2 due soon (was 0)\n\n"
        "- **ECO-02 Open 30 parks**: **33 days left, far behind.**\n"
        "  - 21 of 30 parks on 12 Jan 2026.\n"
        "  - SGGP of 14 Jan 2026 says 2030.\n"
        f"  - Source: [Viet Nam News, 18 Dec 2025](<{ADDRESS}>)\n"
        "- **SEC-03 Sign a memorandum**: **151 days late.**\n"
        "- and 4 more\n\n"
        "| Pillar | Pledges |\n| --- | --- |\n| Trade | 4 pledges: 1 overdue, 3 later |\n"
    )


def test_a_terminal() -> None:
    """On a terminal an entry is a block; a bar is drawn only in colour: its parts look alike."""
    plain = look(Format.TERMINAL, FIGURES, ENTRIES, PILLARS)
    assert plain == (
        "Plan\nAs of 28 Nov 2026.\n\nP\n\n1 overdue (was 1)    2 due soon (was 0)\n\n"
        "ECO-02 Open 30 parks\n"
        "  33 days left, far behind\n"
        "  21 of 30 parks on 12 Jan 2026.\n"
        "  SGGP of 14 Jan 2026 says 2030.\n"
        "  Source: Viet Nam News, 18 Dec 2025\n\n"
        "SEC-03 Sign a memorandum\n"
        "  151 days late\n\n"
        "and 4 more\n"
        "Pillar  Pledges\n"
        "Trade   4 pledges: 1 overdue, 3 later\n"
    )
    coloured = look(Format.TERMINAL, PILLARS, canvas=Canvas(has_colour=True))
    assert "\x1b[31m▀▀▀▀▀▀\x1b[0m\x1b[34m▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀\x1b[0m" in coloured


def test_html() -> None:
    """In HTML figures and entries have an edge in the colour of their tone, and words say it."""
    parsed = Parsed(look(Format.HTML, FIGURES, ENTRIES, PILLARS, MUTED))
    edges = [x.style["border-left"] for x in parsed.elements if "border-left" in x.style]
    red, amber = "4px solid #a31621", "4px solid #7a4f00"
    assert edges == [red, amber, amber, red]
    _, *words_shown = parsed.words  # the first ones are the title of the document
    large = [words.text for words in words_shown if words.inherited("font-size") == "28px"]
    assert large == ["1", "2"]
    bold = [words.text for words in parsed.words if words.within[-1].tag == "b"]
    assert [text.replace("\xa0", " ") for text in bold[4:]] == [
        *("ECO-02 Open 30 parks", "33 days left, far behind"),
        *("SEC-03 Sign a memorandum", "151 days late"),
    ]
    [muted] = [words for words in parsed.words if words.text.startswith("Overdue:")]
    assert (muted.inherited("font-size"), muted.inherited("color")) == ("14px", "#57606a")
    widths = [x.attributes.get("width") for x in parsed.elements if x.tag == "td"]
    assert widths[-2:] == ["25%", "75%"]


@pytest.mark.parametrize(
    ("counts", "widths"),
    [([1, 1], [50, 50]), ([0, 0], [0, 0]), ([1, 999], [1, 99]), ([1, 1, 1], [34, 33, 33])],
)
def test_shares(counts: list[int], widths: list[int]) -> None:
    """What is counted shows, and the parts are together the whole."""
    assert widths_of_shares(counts, 100) == widths


@pytest.mark.parametrize(
    ("text", "apart"),
    [
        ("ECO-02 اتفاقية الشراكة: 33 days left", ["اتفاقية الشراكة"]),
        ("الشراكة 2030", ["الشراكة"]),
        ("الشراكة (2030) الجديدة", ["الشراكة (2030) الجديدة"]),
        ("שותפות, then ASEAN, then الشراكة", ["שותפות", "الشراكة"]),
        ("Viet Nam", []),
    ],
)
def test_words_from_right_to_left(text: str, apart: list[str]) -> None:
    """Words from right to left are an element of their own: figures next to them stay there."""
    html = look(Format.HTML, Paragraph(line(text)))
    found = re.findall(r'<span dir="auto">(.*?)</span>', html)
    assert [each.replace("&nbsp;", " ") for each in found] == apart


def test_what_is_below_a_title_shares_lines() -> None:
    """On the narrow columns of a page short cells below a title are on one line, each named."""
    columns = [
        Column("Id"),
        Column("Pledge", is_main=True, least=20),
        *(Column(name, under="Pledge", fold=at) for at, name in enumerate(["Status", "Deadline"])),
        Column("Note", wraps=True, under="Pledge"),
    ]
    row = ["ECO-02", "Open 30 parks", "in progress", "31 Dec 2026", "Thirty parks in 14 provinces."]
    html = look(Format.HTML, Table(columns, [[*map(Cell, map(quote, row))]]))
    [cell] = re.findall(r"<td[^>]*>(Open.*?)</td>", html)
    lines = cell.replace("&nbsp;", " ").split("<br>")
    assert lines == [
        "Open 30 parks",
        "Status: in progress \u00b7 Deadline: 31 Dec 2026",
        "Note: Thirty parks in 14 provinces.",
    ]
    assert all(len(one) <= 100 for one, _ in pairwise([*lines, ""]))
