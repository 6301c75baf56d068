"""What cells of tables may be: links, paragraphs, nothing at all, words from right to left."""

import re
from pathlib import Path
from typing import Final

import pytest

from desk import Desk
from pledges.cell_width import isolated
from samples import entry, ledger_text, numbered_pledge

URL: Final = (
    "https://en.sggp.org.vn/viet-nam-seeks-a-stronger-partnership-with-singapore-123209.html"
)
NOTE: Final = "Two points:\n\n- the first park\n  is open\n- the second is planned\n\nMore in May."
NOTED: Final = [
    "Two points:",
    "- the first park is open",
    "- the second is planned",
    "More in May.",
]


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """A ledger with a long note that cites a registered source and a bare URL."""
    news = entry("2026-03-02", status="in-progress", note=NOTE, source=["vov", URL])
    vov = {"title": "Call", "publisher": "VOV", "date": "2026-02", "url": "https://vov.vn/a"}
    text = ledger_text(numbered_pledge(2, "Build", source=URL, update=[news]), sources={"vov": vov})
    return Desk(tmp_path, text)


@pytest.mark.parametrize("width", [20, 50, 60, 80, 100])
@pytest.mark.parametrize("command", ["log", "show ECO-02", "list --columns id,source"])
def test_a_url_is_whole(desk: Desk, command: str, width: int) -> None:
    """On a terminal a URL is on a line of its own, below its row, and nothing follows it."""
    out = desk(*command.split(), "--width", str(width)).out
    assert URL in [line.strip() for line in out.splitlines()]
    assert out.count(URL) == out.count("https://en.sggp.org.vn")


@pytest.mark.parametrize("command", ["log", "show ECO-02", "list --columns id,source"])
def test_a_source_is_a_link(desk: Desk, command: str) -> None:
    """In HTML and Markdown a source leads to its URL."""
    html = desk(*command.split(), "--format", "html").out
    assert f'<a href="{URL}"' in html
    assert f"<{URL}>" in desk(*command.split(), "--format", "md").out
    if not command.startswith("list"):
        assert '<a href="https://vov.vn/a"' in html
        assert "[VOV, Feb 2026](<https://vov.vn/a>)" in desk(*command.split(), "--format", "md").out


@pytest.mark.parametrize("command", ["log", "show ECO-02"])
def test_a_note_keeps_its_paragraphs(desk: Desk, command: str) -> None:
    """Each paragraph and item of a note has a line of its own, but in a pipe an entry has one."""
    first, *rest = NOTED
    page = [line.strip() for line in desk(*command.split(), "--width", "200").out.splitlines()]
    begin = next(at for at, line in enumerate(page) if first in line)
    assert page[begin + 1 : begin + 1 + len(rest)] == rest
    assert " ".join(NOTED) in desk(*command.split()).out
    assert "<br>".join(rest) in desk(*command.split(), "--format", "html").out.replace(
        "&nbsp;", " "
    )
    rows = desk(*command.split(), "--format", "md").out.splitlines()
    below = [re.sub(r"[|\\]", "", row).strip() for row in rows]
    assert below[below.index(rest[0]) : below.index(rest[-1]) + 1] == rest


def test_the_text_of_a_draft_has_all_rows(desk: Desk) -> None:
    """The text of a draft says what its HTML says, row by row, with URLs on lines of their own."""
    out = desk("log", "--format", "eml").out.replace("=\n", "").replace("=\r\n", "")
    assert "- 2 Mar 2026, ECO-02: no status -> in progress: Two points:" in out
    assert f"\n  {URL}" in out.replace("\r", "")


def test_isolated() -> None:
    """Words from right to left are isolated line by line and column by column."""
    words, more = "\u05d0\u05d1 30 \u05d2", "\u0627\u0628"
    assert isolated(f"A-1  {words}  33 days left\n{more}\n") == (
        f"A-1  \u2068{words}\u2069  33 days left\n\u2068{more}\u2069\n"
    )
    assert isolated(f"{words}  {more}") == f"\u2068{words}\u2069  \u2068{more}\u2069"
    assert isolated("Plain \u0110\u00e0") == "Plain \u0110\u00e0"


def test_a_column_without_a_word_is_left_out(tmp_path: Path) -> None:
    """A column without a word takes no room, but one that was asked for is kept."""
    desk = Desk(tmp_path, ledger_text(numbered_pledge(2, "Go on", kind="ongoing")))
    assert desk("list", "--width", "80").out == (
        "Id      Pledge  Status     Standing\nECO-02  Go on   no status  no end date\n"
    )
    assert "Tags" in desk("list", "--columns", "id,tags", "--width", "80").out


def test_requests_are_never_drawn_late(tmp_path: Path) -> None:
    """The picture of what was only asked for has its deadline, and no time late after it."""
    asked = numbered_pledge(2, "Ask", strength="requested", due="2026-06")
    out = Desk(tmp_path, ledger_text(asked))("timeline", "--width", "80").out
    assert "1 pledge that was only asked for, 1 with a deadline." in out
    assert "overdue" not in out
    assert "late" not in out
