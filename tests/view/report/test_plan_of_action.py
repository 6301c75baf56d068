"""What a report of the shipped ledger has to say on 28 Nov 2026, through the command line."""

import re
from pathlib import Path
from typing import Final

import pytest

from desk import Desk
from everything import REPORTED
from papers import LEDGERS, part_texts
from pledges.render.html_elements import pasted_size

SHIPPED: Final = LEDGERS["shipped"]
ON: Final = ("--as-of", "2026-11-28")


def report(folder: Path, *options: str, text: str = SHIPPED) -> str:
    """A report of the shipped ledger, or of a text that was made of it."""
    code, out, err = Desk(folder, text)("report", *ON, *options)
    assert (code, err) == (0, "")
    return out


def squeezed(text: str) -> str:
    """A text in one line, without marks and elements."""
    plain = re.sub(r"<[^>]+>|=\r\n", "", text).replace("&nbsp;", " ").replace("&quot;", '"')
    return " ".join(plain.replace("\\", "").split())


@pytest.mark.parametrize("since", ["2026-10-01", "2026-01-01"])
@pytest.mark.parametrize("form", REPORTED)
def test_the_bottom_line_names_what_matters(since: str, form: str, tmp_path: Path) -> None:
    """The parks, the meeting, the day of what was only proposed, and the last news, each time."""
    text = squeezed(report(tmp_path, "--since", since, "--format", form))
    line = (
        'Due on 31 Dec 2026: "Have 30 Vietnam-Singapore Industrial Parks in operation" '
        "(far behind, contested, 21 of 30 parks) and "
        '"Hold the annual meeting of the two prime ministers" (no report yet). '
        "No news since 10 Feb 2026. "
        'Only proposed, date passed: "Sign a memorandum on a Strategic Dialogue ..." '
        "(30 Jun 2026). Done: 1 of 52 agreed; none overdue."
    )
    assert line in text
    assert len(line.split()) <= 60


@pytest.mark.parametrize("since", ["2026-10-01", "2026-01-01"])
def test_the_first_screen(since: str, tmp_path: Path) -> None:
    """Band, bottom line, figures and the first entries' phrases fit 25 lines and 150 words."""
    text = report(tmp_path, "--since", since)
    screen = text.split("\n")[:25]
    assert "- ECO-02 Have 30" in "\n".join(screen)
    assert len(" ".join(screen[:20]).split()) <= 150
    assert "33 days left, far behind, contested." in squeezed("\n".join(screen[:20]))


@pytest.mark.parametrize("since", ["2026-10-01", "2026-01-01"])
@pytest.mark.parametrize("form", ["text", "md"])
def test_no_pledge_is_told_twice(since: str, form: str, tmp_path: Path) -> None:
    """Each pledge is an item once, whatever the part; elsewhere its id alone is named."""
    text = report(tmp_path, "--since", since, "--format", form)
    items = re.findall(r"^- (?:\*\*)?([A-Z]{3}-\d\d) ", text, re.MULTILINE)
    assert len(items) == len(set(items))
    titles = re.findall(r"Industrial Parks", squeezed(text))
    assert len(titles) == 2  # in the bottom line, and in its entry


def test_a_remark_changes_no_count(tmp_path: Path) -> None:
    """Asking everybody for news is no news: what a report says stays as it was."""
    desk = Desk(tmp_path, SHIPPED)
    before = desk("report", *ON, "--since", "2026-10-01", "--full").out
    note = ("--note", "Asked both ministries.", "--yes", "--date", "2026-11-28", *ON)
    code, _, err = desk("update", "--stale", *note)
    assert (code, "Written to" in err) == (0, True)
    assert desk.text != SHIPPED
    assert desk("report", *ON, "--since", "2026-10-01", "--full").out == before


def test_what_was_ahead_by_its_own_terms(tmp_path: Path) -> None:
    """With 22 parks in January, nothing says that they were behind on that day."""
    text = SHIPPED.replace("value = 21\n", "value = 22\n")
    assert text != SHIPPED
    desk = Desk(tmp_path, text)
    for command in ("report --full", "progress", "show ECO-02", "due", "list", "timeline", "log"):
        code, out, _ = desk.line(
            command, *ON, *(["--since", "2025"] if "report" in command else [])
        )
        assert code == 0
        assert "already behind" not in out
        assert "behind since 12 Jan" not in out


def test_a_source_that_was_not_there_yet(tmp_path: Path) -> None:
    """On 1 Oct 2025 nothing of ENE-07 comes from the source of 21 Oct 2025."""
    code, out, _ = Desk(tmp_path, SHIPPED)("report", "--as-of", "2025-10-01", "--full")
    assert code == 0
    assert "21 Oct 2025" not in out
    assert "Allen" not in out
    part = part_texts(out)["ALL PLEDGES"]
    assert "ENE-07" not in part or "no status" in part.partition("ENE-07")[2].split(".")[0]


@pytest.mark.parametrize("form", REPORTED)
def test_all_pledges_in_each_look(form: str, tmp_path: Path) -> None:
    """--full has all 58, in every look, and the HTML is as small as mail programs want it."""
    text = report(tmp_path, "--full", "--since", "2026-01-01", "--format", form)
    found = set(re.findall(r"\b[A-Z]{3}-\d\d\b", squeezed(text)))
    assert len(found) == 58
    assert not re.search(r"and \d+ more|\d+ not shown", squeezed(text))
    if form == "html":
        assert len(text.encode()) <= 60_000
        assert pasted_size(text) <= 100_000


def test_all_pledges_line_up_in_html(tmp_path: Path) -> None:
    """How far each pledge is has the same share of the width in each pillar's table."""
    text = report(tmp_path, "--full", "--format", "html")
    heads = re.findall(r"<th ([^>]*)>So far</th>", text)
    assert len(heads) == 7
    assert all('width="40%"' in head for head in heads)
