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
from papers import LEDGERS, SINCE, paper

every_ledger = pytest.mark.parametrize("name", [each for each in LEDGERS if each != "hostile"])


def of_md(text: str, *, with_tables: bool = True) -> list[str]:
    """Headings, sentences, items and cells of Markdown, as a parser reads it."""
    found, is_table = [], False
    for token in MarkdownIt("commonmark").enable("table").parse(text):
        is_table = token.type == "table_open" or (is_table and token.type != "table_close")
        if token.type == "inline" and (with_tables or not is_table):
            found.append("".join(child.content for child in token.children or ()))
    return found


def of_html(text: str) -> list[str]:
    """The same of HTML."""
    body = re.sub(r"<wbr>|</?b>|</?a[^>]*>", "", text.partition("<body")[2])
    found = re.findall(r"<(?:h\d|p|li|th|td)(?: [^>]*)?>([^<\n]+)", body)
    return [unescape(each).replace("\xa0", " ").strip() for each in found if each != "&nbsp;"]


def number(text: str) -> int:
    """A number with its thousands apart."""
    return int(re.sub(r",| pledges?$", "", text))


def counted(text: str) -> dict[str, tuple[int, int]]:
    """The counts of a text, now and then."""
    part = text.partition("COUNTS\n")[2].partition("\n\n")[0]
    rows = re.findall(r"^- ([\d,]+) ([a-z ]+?)(?: \(was ([\d,]+)\))?$", part, re.MULTILINE)
    return {name: (number(now), number(was or now)) for now, name, was in rows}


def tabled(cells: list[str]) -> dict[str, tuple[int, int]]:
    """The counts of a table, now and then."""
    rows = cells[cells.index("Counts") + 4 : cells.index("In all") + 3]
    return {
        name.lower(): (number(now), number(was.removeprefix("was ")))
        for name, now, was in zip(rows[::3], rows[1::3], rows[2::3], strict=True)
    }


@every_ledger
def test_the_same_in_each_format(name: str, tmp_path: Path) -> None:
    """Text, Markdown and HTML hold the same headings, sentences and items in the same order.

    Only Markdown is whole if a mail has no room for all.
    """
    text, md, html = (
        paper(tmp_path, LEDGERS[name], *SINCE, "--format", form) for form in ("text", "md", "html")
    )
    if of_md(md) != of_html(html):
        assert len(of_html(html)) < len(of_md(md))
        assert name in ("a thousand", "every standing", "sixty in wide letters")
        return
    assert counted(text) == tabled(of_md(md))
    squeezed = "".join(text.split()).casefold()
    at = 0
    for said in of_md(md, with_tables=False):
        at = squeezed.index("".join(said.split()).casefold(), at) + 1
    rows = len(re.findall(r"^\| (?!---|Standing|Pillar)", md, re.MULTILINE))
    assert text.count("\n- ") == md.count("\n- ") + rows


def answer(folder: Path, name: str, command: str) -> dict[str, Any]:
    """What a command gives as JSON of the ledger that was reported on."""
    code, out, _ = Desk(folder, LEDGERS[name])(command, "--format", "json")
    assert code == 0
    found: dict[str, Any] = json.loads(out)
    return found


@pytest.mark.parametrize("name", LEDGERS)
def test_list_gives_the_same_counts(name: str, tmp_path: Path) -> None:
    """The counts are those of the standings that list gives."""
    pledges = answer(tmp_path, name, "list")["pledges"]
    found = Counter(each["assessment"]["standing"].replace("-", " ") for each in pledges)
    told_ = counted(paper(tmp_path, LEDGERS[name]))
    assert told_ == {word: (n, n) for word, n in [*found.items(), ("in all", len(pledges))]}


@pytest.mark.parametrize("name", ["shipped", "all done", "all overdue", "sixty", "a thousand"])
def test_progress_gives_the_same_shares(name: str, tmp_path: Path) -> None:
    """The bottom line and the pillars have the figures that progress gives."""
    progress = answer(tmp_path, name, "progress")
    text = " ".join(paper(tmp_path, LEDGERS[name]).split())
    tally = progress["total"]
    done = f"{tally['dated_done']:,} of {tally['dated']:,} pledges with a deadline are done"
    assert done in text
    for pillar in progress["pillars"]:
        own = pillar["tally"]
        counts = ", ".join(
            f"{n:,} {word.replace('-', ' ')}" for word, n in own["standings"].items()
        )
        share = f"; with a deadline: {own['dated_done']:,} of {own['dated']:,} done ("
        line = f"- {pillar['title']} ({own['total']:,} pledges): {counts}"
        assert f"{line}{share if own['dated'] else '.'}" in text
