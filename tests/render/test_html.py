"""Reports and the other pages as HTML: what survives pasting into every common mail program."""

import re
from html import unescape
from itertools import pairwise
from pathlib import Path

import html5lib
import pytest
from markup import INLINE, Parsed, contrast, inverted, strange

from papers import HOSTILE, LEDGERS, PAGES, SINCE, late_by, paper, web_page
from pledges.clean import tidy
from pledges.render.html_elements import pasted_size
from samples import ledger_text, numbered_pledge

pytestmark = pytest.mark.slow

FONT = {"font-family", "font-size", "line-height", "color"}

every_ledger = pytest.mark.parametrize("name", LEDGERS)
every_page = pytest.mark.parametrize("name", PAGES)


def page(folder: Path, text: str, *options: str) -> str:
    """The report as HTML, whole."""
    return paper(folder, text, *SINCE, "--full", "--format", "html", *options)


@every_page
def test_only_what_mail_keeps(name: str, tmp_path: Path) -> None:
    """Tags, attributes and properties are those that every mail program keeps, and no others."""
    parsed = Parsed(web_page(tmp_path, name))
    assert list(strange(parsed)) == []
    assert parsed.open == []
    assert parsed.declarations == ["DOCTYPE html"]


@every_ledger
def test_it_is_no_larger_than_mail_shows(name: str, tmp_path: Path) -> None:
    """The whole file has at most 60 KB, and at most 100 KB once it is pasted."""
    text = page(tmp_path, LEDGERS[name])
    assert len(text.encode()) <= 60_000
    assert pasted_size(text) <= 100_000


def test_what_is_left_out_is_said(tmp_path: Path) -> None:
    """Of 60 pledges with long titles those that fit are shown, and how many more there are."""
    text = page(tmp_path, LEDGERS["sixty"])
    assert re.search(r"and&nbsp;\d+ more|\d+&nbsp;not shown|and \d+&nbsp;more|and \d+ more", text)


@every_page
def test_it_parses_without_an_error(name: str, tmp_path: Path) -> None:
    """An HTML parser finds nothing wrong."""
    parser = html5lib.HTMLParser(strict=False)
    parser.parse(web_page(tmp_path, name))
    assert parser.errors == []


def test_the_table_that_holds_it(tmp_path: Path) -> None:
    """One table of 640 pixels stands directly in the body, with room to write above and below."""
    parsed = Parsed(page(tmp_path, LEDGERS["shipped"]))
    above, outer, below = (
        each for each in parsed.elements if each.within and each.within[-1].tag == "body"
    )
    assert (above.tag, outer.tag, below.tag) == ("p", "table", "p")
    assert outer.attributes["width"] == "640"
    assert "align" not in outer.attributes  # that makes it float beside what is written below
    assert outer.style["max-width"] == "100%"


@every_page
def test_fills_stand_twice(name: str, tmp_path: Path) -> None:
    """Every fill is there as bgcolor and as background-color, the same; none is white or black."""
    for tag, attributes, style, _ in Parsed(web_page(tmp_path, name)).elements:
        fill = attributes.get("bgcolor")
        assert fill == style.get("background-color"), tag
        assert fill not in ("#ffffff", "#000000")


@every_page
def test_text_names_its_font_and_colour(name: str, tmp_path: Path) -> None:
    """Every block of text has a font of at least 13 pixels and a colour of its own."""
    for words in Parsed(web_page(tmp_path, name)).words:
        block = next(each for each in reversed(words.within) if each.tag not in INLINE)
        if block.tag != "title":
            assert block.style.keys() >= FONT, words
            assert block.tag != "th" or "font-weight" in block.style


@every_page
def test_contrast(name: str, tmp_path: Path) -> None:
    """Text stands out at least 4.5:1, with lightness inverted too."""
    seen = set()
    for words in Parsed(web_page(tmp_path, name)).words:
        if words.within[-1].tag != "title" and words.text != "\xa0":
            seen.add((words.inherited("color"), words.inherited("background-color")))
    assert seen
    for ink, fill in seen:
        assert contrast(ink, fill) >= 4.5
        assert contrast(inverted(ink), inverted(fill)) >= 4.5


@pytest.mark.parametrize(
    ("one", "other", "ratio"),
    [("#000000", "#ffffff", 21.0), ("#777777", "#ffffff", 4.48), ("#ffffff", "#ffffff", 1.0)],
)
def test_contrast_is_what_wcag_says(one: str, other: str, ratio: float) -> None:
    """The measure of contrast is right for pairs that are known."""
    assert round(contrast(one, other), 2) == ratio
    assert (inverted("#ffffff"), inverted("#22272e")) == ("#000000", "#d1d6dd")


@every_page
def test_headings(name: str, tmp_path: Path) -> None:
    """There is one h1, and no level is skipped."""
    parsed = Parsed(web_page(tmp_path, name))
    levels = [int(each.tag[1]) for each in parsed.elements if re.fullmatch("h[1-6]", each.tag)]
    assert levels.count(1) == 1
    assert levels[0] == 1
    assert all(low <= high + 1 for high, low in pairwise(levels))


@every_page
def test_tables_can_be_read_aloud(name: str, tmp_path: Path) -> None:
    """Layout says that it is layout; a table of data has heads for its columns and its rows."""
    parsed = Parsed(web_page(tmp_path, name))
    root, *_ = parsed.elements
    tables = [each for each in parsed.elements if each.tag == "table"]
    assert root.attributes == {"lang": "en"}
    assert tables[0].attributes["lang"] == "en"
    for table in tables:
        cells = [each for each in parsed.elements if _nearest(each.within, "table") is table]
        scopes = [each.attributes.get("scope") for each in cells if each.tag == "th"]
        if table.attributes.get("role") == "presentation":
            assert scopes == []
        else:
            rows = sum(each.tag == "tr" for each in cells)
            has_head = "col" in scopes
            assert has_head or name not in LEDGERS
            assert scopes.index("row") == scopes.count("col")
            assert scopes.count("row") == rows - has_head


def _nearest(within: tuple[object, ...], tag: str) -> object:
    return next((each for each in reversed(within) if getattr(each, "tag", "") == tag), None)


@pytest.mark.parametrize("title", HOSTILE)
def test_a_title_is_its_letters(title: str, tmp_path: Path) -> None:
    """Whatever a title holds, it is shown letter by letter, and makes no element."""
    text = page(tmp_path, ledger_text(numbered_pledge(1, title, due=late_by(1))))
    shown = f"PPL-01 {' '.join(tidy(title).split())}"
    named = re.findall(r"<b>(PPL-01.*?)</b>", text)
    assert unescape(re.sub("<[^>]+>", "", named[0])).replace("\xa0", " ") == shown


def test_links_name_their_source(tmp_path: Path) -> None:
    """The text of a link is the title of a source, never a pledge, a URL or "here"."""
    text = page(tmp_path, LEDGERS["shipped"])
    links = re.findall(r'<a href="([^"]+)"[^>]*>(.*?)</a>', text)
    assert links
    for address, shown in links:
        assert address.startswith("https://")
        assert len(unescape(shown)) >= 10
        assert "://" not in shown
        assert not re.search(r"[A-Z]{3}-\d\d", shown)


def test_dates_and_figures_stay_together(tmp_path: Path) -> None:
    """A date, and a figure with its unit, has no space where a line could end."""
    text = page(tmp_path, LEDGERS["shipped"])
    shown = re.sub(r"<[^>]+>", "", text.partition("<body")[2])
    months = "Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec"
    assert not re.search(rf"\d (?:{months}) |(?:{months}) \d{{4}}|\d% done|\d days?\b", shown)
    assert "39&nbsp;days left" in shown
    assert "30&nbsp;Jun&nbsp;2026" in shown


@pytest.mark.parametrize(("done", "cells"), [(0, ["100%"]), (5, ["38%", "62%"]), (8, ["100%"])])
def test_bars(done: int, cells: list[str], tmp_path: Path) -> None:
    """A stacked bar has a cell for each standing that there is, as wide as its share."""
    history = [{"date": late_by(9), "status": "completed"}]
    plan = ledger_text(
        *(numbered_pledge(2 * at, due="2027", update=history[: at < done]) for at in range(8))
    )
    bars = page(tmp_path, plan).partition("By pillar")[2]
    assert re.findall(r'<td width="(\d+%)"', bars) == cells


def test_a_table_of_many_rows_is_shortened(tmp_path: Path) -> None:
    """If a plan has more pillars than a mail has room for, it says how many are not shown."""
    keys = [f"p{at:03}" for at in range(400)]
    pledges = (numbered_pledge(at, due="2027", pillar=key) for at, key in enumerate(keys))
    plan = ledger_text(*pledges, pillars={key: f"Pillar {key}" for key in keys})
    text = paper(tmp_path, plan, "--format", "html")
    assert len(text.encode()) <= 60_000
    assert re.search(r"and \d+&nbsp;more|\d+&nbsp;not shown", text)
    assert list(strange(Parsed(text))) == []
