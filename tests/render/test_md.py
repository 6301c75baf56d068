"""A report as Markdown, read by a CommonMark parser."""

import re
from itertools import pairwise
from pathlib import Path

import pytest
from markdown_it import MarkdownIt
from markdown_it.token import Token

from papers import HOSTILE, LEDGERS, SINCE, late_by, paper
from pledges.clean import tidy
from samples import ledger_text, numbered_pledge

every_ledger = pytest.mark.parametrize("name", LEDGERS)


def tokens(text: str) -> list[Token]:
    """What a parser makes of it, inline tokens too."""
    blocks = MarkdownIt("commonmark").enable(["table", "strikethrough"]).parse(text)
    return [token for block in blocks for token in (block, *(block.children or ()))]


def headings(text: str) -> list[str]:
    """The levels of the headings, in their order."""
    return [token.tag for token in tokens(text) if token.type == "heading_open"]


@every_ledger
def test_structure(name: str, tmp_path: Path) -> None:
    """One h1, no level skipped, no raw HTML, and only what the report itself marks up."""
    text = paper(tmp_path, LEDGERS[name], *SINCE, "--full", "--format", "md")
    levels = headings(text)
    assert levels.count("h1") == 1
    assert levels[0] == "h1"
    assert all(int(low[1]) <= int(high[1]) + 1 for high, low in pairwise(levels))
    found = {token.type.removesuffix("_open").removesuffix("_close") for token in tokens(text)}
    lists, tables = {"bullet_list", "list_item"}, {"table", "thead", "tbody", "tr", "th", "td"}
    inline = {"inline", "text", "strong", "link", "text_special"}
    assert found <= {"heading", "paragraph", *inline, *lists, *tables}
    assert text.endswith("\n")
    assert not re.search(r"[ \t]\n", text)


def test_tables(tmp_path: Path) -> None:
    """Tables are for the pillars, and for all pledges, one a pillar; the rest is lists."""
    text = paper(tmp_path, LEDGERS["shipped"], *SINCE, "--full", "--format", "md")
    heads = re.findall(r"^(\|.*)\n\| ---", text, re.MULTILINE)
    assert heads == ["| Pillar | Pledges |", *["| Pledge | So far |"] * 7]


@pytest.mark.parametrize("title", HOSTILE)
def test_a_title_is_its_letters(title: str, tmp_path: Path) -> None:
    """Whatever a title holds, it is shown letter by letter."""
    plan = ledger_text(numbered_pledge(1, title, due=late_by(1)))
    text = paper(tmp_path, plan, "--format", "md")
    [item] = [each for each in tokens(text) if each.type == "inline" and "PPL-01" in each.content]
    shown = "".join(token.content for token in item.children or ())
    assert shown.startswith(f"PPL-01 {' '.join(tidy(title).split())}: 1 day late")


def test_hostile_links(tmp_path: Path) -> None:
    """An address leads nowhere but where it says, and one that isn't an address is no link."""
    text = paper(tmp_path, LEDGERS["hostile"], "--format", "md", "--full")
    links = {str(token.attrs["href"]) for token in tokens(text) if token.type == "link_open"}
    assert links <= {"https://example.org/%22%3E%3Cscript%3E&x=1", "https://x.org/%3Ca%3E"}
