"""The same figures and sentences in all four formats, and those that the other commands give."""

import json
import re
from collections import Counter
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from markdown_it import MarkdownIt

from desk import Desk
from papers import LEDGERS, SINCE, paper, part_texts

pytestmark = pytest.mark.slow

every_ledger = pytest.mark.parametrize("name", [each for each in LEDGERS if each != "hostile"])
every_length = pytest.mark.parametrize("length", ["", "--brief", "--full"])


def of_md(text: str) -> list[str]:
    """Headings, sentences, items and cells of Markdown, as a parser reads it."""
    tokens = MarkdownIt("commonmark").enable("table").parse(text)
    inline = (token.children or () for token in tokens if token.type == "inline")
    return ["".join(child.content for child in children) for children in inline]


def of_html(text: str) -> str:
    """All words of HTML."""
    body = re.sub(r"<wbr>|</?b>|</?a[^>]*>|</?span[^>]*>", "", text.partition("<body")[2])
    return unescape(re.sub(r"<[^>]+>", " ", body.partition(">")[2])).replace("\xa0", " ")


def squeezed(text: str) -> str:
    """A text without spaces and capital letters: headings of a mail are in capitals."""
    return "".join(text.split()).casefold()


@every_ledger
@every_length
def test_the_same_in_each_format(name: str, length: str, tmp_path: Path) -> None:
    """Text and HTML have what Markdown has, in the same order; only HTML may be cut, and says so.

    Marks between the parts of a sentence differ: a list has what a table has in cells.
    """
    options = [*SINCE, *([length] if length else [])]
    text, md, html = (
        paper(tmp_path, LEDGERS[name], *options, "--format", form)
        for form in ("text", "md", "html")
    )
    said = [each for each in of_md(md) if each not in ("Pillar", "Pledges", "Pledge", "So far")]
    plain = squeezed(re.sub(r"\n *https?://\S+(?=\n)", "", text))
    at = 0
    for each in said:
        words = squeezed(each).rstrip(".")
        at = plain.index(words, at) + len(words)
    words, at = squeezed(of_html(html)), 0
    if re.search(r"\d\s(?:more|not shown)", of_html(html)):
        return
    for each in said:
        parts = re.split(r"[:.] ?|[()]", each)  # as figures and entries are laid out
        for part in filter(None, map(squeezed, parts)):
            at = words.index(part, at) + len(part)


def answer(folder: Path, name: str, command: str) -> dict[str, Any]:
    """What a command gives as JSON of the ledger that was reported on."""
    code, out, _ = Desk(folder, LEDGERS[name])(command, "--format", "json")
    assert code == 0
    found: dict[str, Any] = json.loads(out)
    return found


@pytest.mark.parametrize("name", LEDGERS)
def test_list_gives_the_same_counts(name: str, tmp_path: Path) -> None:
    """The three figures are those of the agreed pledges that list gives."""
    pledges = answer(tmp_path, name, "list")["pledges"]
    found = Counter(
        each["assessment"]["standing"] for each in pledges if each["assessment"]["agreed"]
    )
    done = sum(number for word, number in found.items() if word.startswith("done"))
    text = part_texts(paper(tmp_path, LEDGERS[name]))["BOTTOM LINE"]
    expected = {"overdue": found["overdue"], "due soon": found["due-soon"], "done": done}
    figures = re.findall(r"^- ([\d,]+) (overdue|due soon|done)$", text, re.MULTILINE)
    assert figures or not found
    for number, label in figures:
        assert int(number.replace(",", "")) == expected[label]


@pytest.mark.parametrize("name", ["shipped", "all done", "all overdue", "sixty", "a thousand"])
def test_progress_gives_the_same_tallies(name: str, tmp_path: Path) -> None:
    """The whole and the pillars have the counts that progress gives."""
    progress, report = (answer(tmp_path, name, command) for command in ("progress", "report"))
    assert report["total"] == progress["total"]
    assert report["pillars"] == progress["pillars"]
