"""A plan of 760 pledges in 38 pillars: text and Markdown have all, HTML what is most urgent."""

import re
from pathlib import Path
from typing import Any, Final

import pytest

from papers import late_by, paper
from samples import entry, ledger_text, pledge_table

PILLARS: Final = {f"p{at:02}": f"Pillar {at}" for at in range(38)}
TITLE: Final = "Establish a framework for the mutual recognition of vocational skills"


def terms(at: int) -> dict[str, Any]:
    """The terms of one of many pledges: some overdue, due, done, asked for, ongoing."""
    kinds: list[dict[str, Any]] = [
        {"due": late_by(at // 10 + 1)},
        {"due": late_by(-(at // 20))},
        {"due": "2026-12", "update": [entry("2026-05-01", status="completed")]},
        {"strength": "requested", "due": late_by(at // 20)},
        {"kind": "ongoing"},
        *[{"due": "2030"}] * 15,
    ]
    return kinds[at % len(kinds)]


LARGE: Final = ledger_text(
    *(
        pledge_table(f"P{at % 38:02}-{at:03}", TITLE, made="2025", owed_by=["VN"], **terms(at))
        | {"pillar": f"p{at % 38:02}"}
        for at in range(760)
    ),
    pillars=PILLARS,
)
OPTIONS: Final = ("--full", "--since", "2026-01-01")


def plain(html: str) -> str:
    """The words of HTML, an element's on a line."""
    text = re.sub(r"<wbr>|</?(?:b|span)[^>]*>", "", html).replace("&nbsp;", " ")
    return re.sub(r"<[^>]+>", "\n", text)


@pytest.mark.parametrize("form", ["text", "md"])
def test_all_are_there(form: str, tmp_path: Path) -> None:
    """No pledge is missing from text and Markdown, and nothing is cut."""
    text = paper(tmp_path, LARGE, *OPTIONS, "--format", form)
    listed = text.partition("ALL PLEDGES" if form == "text" else "## All pledges")[2]
    assert len(set(re.findall(r"P\d\d-\d{3}", listed))) == 760
    assert not re.search(r"and [\d,]+ more|not shown", text)


def test_html_is_cut_from_the_least_urgent_end(tmp_path: Path) -> None:
    """HTML has every overdue pledge that fits, the most urgent first, and says what it left out."""
    text = plain(paper(tmp_path, LARGE, *OPTIONS, "--format", "html"))
    whole = paper(tmp_path, LARGE, *OPTIONS)
    order = re.findall(r"^- (P\d\d-\d{3}) ", whole.partition("\n\nASKED FOR")[0], re.MULTILINE)
    part = text.partition("Needs attention")[2].partition("Asked for, not agreed (")[0]
    found = re.findall(r"^(P\d\d-\d{3}) ", part, re.MULTILINE)
    assert found == order[: len(found)]
    assert len(found) >= 38  # all that are overdue
    [left_out] = re.findall(r"and (\d+) more", part)
    assert len(found) + int(left_out) == len(order)


@pytest.mark.parametrize("full", [True, False])
def test_counts_add_up(full: bool, tmp_path: Path) -> None:  # noqa: FBT001
    """What each part of the HTML shows and what it leaves out are together its number."""
    options = OPTIONS if full else OPTIONS[1:]
    html = paper(tmp_path, LARGE, *options, "--format", "html")
    assert len(html.encode()) <= 60_000
    parts = re.split(r"<h[23][^>]*>([^<]*)</h[23]>", html)
    numbered = 0
    for heading, body in zip(parts[1::2], parts[2::2], strict=True):
        number = re.search(r"\((\d+)\)$", heading)
        if not number or heading.startswith("All"):
            continue
        shown = len(re.findall(r"<b>P\d\d-<?|<b>P\d\d", body))
        left_out = re.findall(r"and (\d+)(?: |&nbsp;)more|(\d+)(?: |&nbsp;)not shown", plain(body))
        numbered += 1
        assert shown + sum(int(one or other) for one, other in left_out) == int(number[1])
    assert numbered >= 2
