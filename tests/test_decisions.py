"""Decisions asked for: where the desk officer looks each morning, ``due`` and bare ``pledges``."""

import json
import re
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

import pytest
from rich.cells import cell_len

from desk import Desk
from everything import FLAT, FORMS
from pledges.domain.pledge import Ask
from pledges.render import Format
from samples import OPEN_DECISIONS, entry, ledger_text

WHOLE_DUE: Final = """\
Plan of Action: what needs attention as of 22 Nov 2026

Overdue  1 pledge
Id      Pledge           Status       Deadline     Days           Last news
ECO-01  Open the market  in progress  30 Jun 2026  5 months late  1 Oct 2026

Due within 60 days  1 pledge
ECO-02  Build parks      in progress  2026         39 days left   1 Sep 2026

Decisions asked for  4 decisions
Id      Decision                     Asked of            By           Asked on
ECO-01  Say when the customs desk    Singapore           13 Nov 2026  1 Oct 2026
        opens                                            9 days late
ENE-01  Approve the study            Ministry of         22 Nov 2026  1 Aug 2026
                                     Industry            due today
ECO-02  Confirm the year of the      Viet Nam            1 Dec 2026   1 Sep 2026
        30 parks                                         9 days left
ECO-02  Publish the list of parks                                     2 Nov 2026

Stale: no news for more than 180 days  1 pledge
Id      Pledge          Status     Last news
ENE-01  Link the grids  no status  5 Jan 2026
"""

WHOLE_OVERVIEW: Final = """\
Plan of Action

Overdue: "Open the market" (due 30 Jun 2026). Due on 31 Dec 2026: "Build parks"
(in progress). Last news: 1 Oct 2026. 4 decisions are asked for, 1 of them late.
Done: 0 of 3 agreed.

Overdue
ECO-01  Open the market  30 Jun 2026, 5 months late

Due next
ECO-02  Build parks      2026, 39 days left

Decisions asked for  3 of 4
Id      Decision                     Asked of            By           Asked on
ECO-01  Say when the customs desk    Singapore           13 Nov 2026  1 Oct 2026
        opens                                            9 days late
ENE-01  Approve the study            Ministry of         22 Nov 2026  1 Aug 2026
                                     Industry            due today
ECO-02  Confirm the year of the      Viet Nam            1 Dec 2026   1 Sep 2026
        30 parks                                         9 days left

Moved lately
1 Oct 2026  ECO-01  no status -> in progress
1 Sep 2026  ECO-02  no status -> in progress

Next: pledges progress, pledges due, pledges show ECO-01, pledges --help
"""

AT_WIDTH: Final = {
    45: """\
Decisions asked for  4 decisions
ECO-01  Say when the customs desk opens
  Asked of: Singapore
  By: 13 Nov 2026
  Days: 9 days late
  Asked on: 1 Oct 2026

ENE-01  Approve the study
  Asked of: Ministry of Industry
  By: 22 Nov 2026
  Days: due today
  Asked on: 1 Aug 2026

ECO-02  Confirm the year of the 30 parks
  Asked of: Viet Nam
  By: 1 Dec 2026
  Days: 9 days left
  Asked on: 1 Sep 2026

ECO-02  Publish the list of parks
  Asked on: 2 Nov 2026
""",
    60: """\
Decisions asked for  4 decisions
Id      Decision                          By
ECO-01  Say when the customs desk opens   13 Nov 2026
        Asked of: Singapore               9 days late
        Asked on: 1 Oct 2026
ENE-01  Approve the study                 22 Nov 2026
        Asked of: Ministry of Industry    due today
        Asked on: 1 Aug 2026
ECO-02  Confirm the year of the 30 parks  1 Dec 2026
        Asked of: Viet Nam                9 days left
        Asked on: 1 Sep 2026
ECO-02  Publish the list of parks
        Asked on: 2 Nov 2026
""",
    80: """\
Decisions asked for  4 decisions
Id      Decision                     Asked of            By           Asked on
ECO-01  Say when the customs desk    Singapore           13 Nov 2026  1 Oct 2026
        opens                                            9 days late
ENE-01  Approve the study            Ministry of         22 Nov 2026  1 Aug 2026
                                     Industry            due today
ECO-02  Confirm the year of the      Viet Nam            1 Dec 2026   1 Sep 2026
        30 parks                                         9 days left
ECO-02  Publish the list of parks                                     2 Nov 2026
""",
    100: """\
Decisions asked for  4 decisions
Id      Decision                          Asked of              By           Days         Asked on
ECO-01  Say when the customs desk opens   Singapore             13 Nov 2026  9 days late  1 Oct 2026
ENE-01  Approve the study                 Ministry of Industry  22 Nov 2026  due today    1 Aug 2026
ECO-02  Confirm the year of the 30 parks  Viet Nam              1 Dec 2026   9 days left  1 Sep 2026
ECO-02  Publish the list of parks                                                         2 Nov 2026
""",
}
"""The section on a terminal of so many cells; below 60 a decision is a block."""

TEXT: Final = """\
Plan of Action: what needs attention as of 22 Nov 2026

Overdue (1 pledge)
ECO-01  in progress  30 Jun 2026  5 months late  -  1 Oct 2026  Open the market

Due within 60 days (1 pledge)
ECO-02  in progress  2026  39 days left  -  1 Sep 2026  Build parks

Decisions asked for (4 decisions)
ECO-01  Singapore             13 Nov 2026  9 days late  1 Oct 2026  Say when the customs desk opens
ENE-01  Ministry of Industry  22 Nov 2026  due today    1 Aug 2026  Approve the study
ECO-02  Viet Nam              1 Dec 2026   9 days left  1 Sep 2026  Confirm the year of the 30 parks
ECO-02  -                     -            -            2 Nov 2026  Publish the list of parks

Stale: no news for more than 180 days (1 pledge)
ENE-01  no status  5 Jan 2026  Link the grids
"""

MD: Final = """\
## Decisions asked for

4 decisions

| Id | Decision | Asked of | By | Days | Asked on |
| --- | --- | --- | --- | --- | --- |
| ECO-01 | Say when the customs desk opens | Singapore | 13 Nov 2026 | 9 days late | 1 Oct 2026 |
| ENE-01 | Approve the study | Ministry of Industry | 22 Nov 2026 | due today | 1 Aug 2026 |
| ECO-02 | Confirm the year of the 30 parks | Viet Nam | 1 Dec 2026 | 9 days left | 1 Sep 2026 |
| ECO-02 | Publish the list of parks |   |   |   | 2 Nov 2026 |
"""

ASKS: Final[list[dict[str, Any]]] = [
    {
        "id": "ECO-01",
        "number": 1,
        "what": "Say when the customs desk opens",
        "of": "SG",
        "date": "2026-10-01",
        "by": "2026-11-13",
        "days_left": None,
        "days_late": 9,
    },
    {
        "id": "ENE-01",
        "number": 1,
        "what": "Approve the study",
        "of": "Ministry of Industry",
        "date": "2026-08-01",
        "by": "2026-11-22",
        "days_left": 0,
        "days_late": None,
    },
    {
        "id": "ECO-02",
        "number": 1,
        "what": "Confirm the year of the 30 parks",
        "of": "VN",
        "date": "2026-09-01",
        "by": "2026-12-01",
        "days_left": 9,
        "days_late": None,
    },
    {
        "id": "ECO-02",
        "number": 3,
        "what": "Publish the list of parks",
        "of": None,
        "date": "2026-11-02",
        "by": None,
        "days_left": None,
        "days_late": None,
    },
]

ONLY_ASKS: Final = """\
Plan of Action: what needs attention as of 20 Sep 2026
Chosen: 1 of 3 pledges.

Decisions asked for (2 decisions)
ECO-02  Viet Nam  1 Dec 2026  2 months left  1 Sep 2026   Confirm the year of the 30 parks
ECO-02  Viet Nam  -           -              15 Sep 2026  Choose a site

Nothing is overdue, due soon, due for review or stale.
"""

HTML: Final = [
    "|Id|Decision|",
    (
        "|ECO-01|Say when the customs desk opens|"
        "Asked of: Singapore · By: 13 Nov 2026 · Days: |9 days late| · Asked on: 1 Oct 2026|"
    ),
    (
        "|ENE-01|Approve the study|"
        "Asked of: Ministry of Industry · By: 22 Nov 2026 · Days: |due today| · "
        "Asked on: 1 Aug 2026|"
    ),
    (
        "|ECO-02|Confirm the year of the 30 parks|"
        "Asked of: Viet Nam · By: 1 Dec 2026 · Days: |9 days left| · Asked on: 1 Sep 2026|"
    ),
    "|ECO-02|Publish the list of parks|Asked on: 2 Nov 2026|",
]
"""The rows of the section, with a bar where elements begin or end."""

FORMATS: Final = [each for each in FORMS if each not in (*FLAT, Format.EML)]
"""Formats that show decisions as they are worded; those that are flat are about pledges."""


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """A desk with the ledger on it."""
    return Desk(tmp_path, OPEN_DECISIONS)


def printed(desk: Desk, line: str) -> str:
    """What a line prints that is answered without a word beside it."""
    code, out, err = desk.line(line)
    assert (code, err) == (0, "")
    return out


def told(desk: Desk, line: str) -> list[dict[str, Any]]:
    """The asks that the JSON of a line holds."""
    found: list[dict[str, Any]] = json.loads(printed(desk, f"{line} --format json"))["asks"]
    return found


def section(page: str) -> str:
    """The part of a page that is about decisions."""
    return page[page.index("Decisions asked for") : page.index("\n\nStale") + 1]


def with_asks(*asks: dict[str, Any]) -> str:
    """The ledger with only these asks, each of the last pledge."""
    *others, last = (each | {"ask": []} for each in tomllib.loads(OPEN_DECISIONS)["pledge"])
    return ledger_text(*others, last | {"ask": list(asks)})


def test_due(desk: Desk) -> None:
    """What is asked for stands behind what is due and before what is stale, the late first."""
    assert printed(desk, "due --width 80") == WHOLE_DUE


def test_overview(desk: Desk) -> None:
    """The first screen shows the three most pressing decisions, and of how many."""
    assert printed(desk, "--width 80") == WHOLE_OVERVIEW


@pytest.mark.parametrize("width", AT_WIDTH)
def test_width(desk: Desk, width: int) -> None:
    """At any width no line is too long, and nothing that was asked is left out."""
    found = section(printed(desk, f"due --width {width}"))
    assert found == AT_WIDTH[width]
    assert all(cell_len(line) <= width for line in found.splitlines())


def test_text(desk: Desk) -> None:
    """In a pipe a decision is a line, with a dash for what is not known."""
    assert printed(desk, "due --format text") == TEXT


def test_md(desk: Desk) -> None:
    """In Markdown the decisions are a table of their own."""
    page = printed(desk, "due --format md")
    assert MD in page
    assert re.findall("(?m)^## .*", page) == [
        "## Overdue",
        "## Due within 60 days",
        "## Decisions asked for",
        "## Stale: no news for more than 180 days",
    ]


def test_html(desk: Desk) -> None:
    """In HTML a decision is a row that says the same, what is late in the tone of that."""
    page = printed(desk, "due --format html").replace("&nbsp;", " ")
    table = page.partition("Decisions asked for</h2>")[2].partition("</table>")[0]
    rows = re.findall("<tr[^>]*>(.*?)</tr>", table)
    assert [re.sub("(<[^>]+>)+", "|", row) for row in rows] == HTML
    overdue, late = re.findall(r'<b style="([^"]+)">[0-9]+ (?:days|months) late<', page)
    assert overdue == late


def test_tones(desk: Desk) -> None:
    """What is late is said in the tone of what is overdue, what is open in that of a watch."""
    page = printed(desk, "due --width 80 --color always")
    assert "\x1b[1;31m9 days late\x1b[0m" in page
    assert "\x1b[33mdue today\x1b[0m" in page
    assert "\x1b[33m9 days left\x1b[0m" in page


@pytest.mark.parametrize("command", ["due", "overview"])
def test_json(desk: Desk, command: str) -> None:
    """In JSON all open asks stand beside the pledges, with their numbers there."""
    assert told(desk, command) == ASKS


def test_json_counts_pledges(desk: Desk) -> None:
    """The count of a JSON answer is of pledges; the asks stand behind them."""
    document = json.loads(printed(desk, "due --format json"))
    assert document["count"] == len(document["pledges"]) == 3
    assert list(document) == [
        *("schema_version", "kind", "as_of", "ledger", "count", "within_days"),
        *("pledges", "asks"),
    ]


def test_ndjson(desk: Desk) -> None:
    """NDJSON is a pledge a line, and no line is an ask."""
    lines = printed(desk, "due --format ndjson").splitlines()
    assert [json.loads(line)["id"] for line in lines] == ["ECO-01", "ECO-02", "ENE-01"]


@pytest.mark.parametrize(("form", "separator"), [("csv", ","), ("tsv", "\t")])
def test_grid(desk: Desk, form: str, separator: str) -> None:
    """CSV and TSV are a pledge a row, and no row is an ask."""
    lines = printed(desk, f"due --format {form}").splitlines()
    ids = [line.split(separator)[1] for line in lines]
    assert ids == ["id", "ECO-01", "ECO-02", "ENE-01"]


@pytest.mark.parametrize("ask", ASKS, ids=lambda ask: f"{ask['id']}, {ask['number']}")
def test_number(desk: Desk, ask: Mapping[str, Any]) -> None:
    """A decision's number is the one that ``show`` gives it, and ``--settle`` takes."""
    shown = printed(desk, f"show {ask['id']} --format text")
    assert f"{ask['number']}: {ask['what']}" in shown
    assert desk.line(f"update {ask['id']} --settle {ask['number']}").code == 0
    left = [(each["id"], each["what"]) for each in told(desk, "due")]
    assert left == [(x["id"], x["what"]) for x in ASKS if x is not ask]


@pytest.mark.parametrize(
    ("chosen", "ids"),
    [
        ("ECO-02", ["ECO-02", "ECO-02"]),
        ("--overdue", ["ECO-01"]),
        ("--pillar energy", ["ENE-01"]),
        ("--within 0d", ["ECO-01", "ENE-01", "ECO-02", "ECO-02"]),
        ("--search nothing", []),
    ],
)
def test_selection(desk: Desk, chosen: str, ids: list[str]) -> None:
    """The asks are those of the pledges asked about; how far ahead is looked is about pledges."""
    answer = desk.line(f"due {chosen} --format json")
    assert [ask["id"] for ask in json.loads(answer.out)["asks"]] == ids


def test_only_asks(desk: Desk) -> None:
    """If only a decision is open, it is shown, and that no pledge needs attention is said too."""
    line = "due ECO-02 --as-of 2026-09-20 --format text"
    assert printed(desk, line) == ONLY_ASKS
    assert desk.line(f"{line} --exit-code").code == 0


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("command", ["due", "overview"])
def test_nothing_asked(desk: Desk, command: str, form: str) -> None:
    """Where all is settled or nothing was asked, no page has a word of it."""
    desk.text = with_asks(entry("2026-01-01", what="Choose", settled="2026-11-22"))
    page = printed(desk, f"{command} --format {form}")
    assert "Decisions" not in page
    assert form != "json" or json.loads(page)["asks"] == []


@pytest.mark.parametrize(
    ("as_of", "ids"),
    [
        ("2026-07-31", []),
        ("2026-08-01", ["ENE-01 1"]),
        ("2026-09-14", ["ENE-01 1", "ECO-02 1"]),
        ("2026-11-19", ["ECO-01 1", "ENE-01 1", "ECO-02 1", "ECO-02 2", "ECO-02 3"]),
        ("2026-11-20", ["ECO-01 1", "ENE-01 1", "ECO-02 1", "ECO-02 3"]),
    ],
)
@pytest.mark.parametrize("command", ["due", "overview"])
def test_as_of(desk: Desk, command: str, as_of: str, ids: list[str]) -> None:
    """An ask is hidden before its day, and open until the day on which it is settled."""
    asks = told(desk, f"{command} --as-of {as_of}")
    assert [f"{ask['id']} {ask['number']}" for ask in asks] == ids


@pytest.mark.parametrize(
    ("as_of", "left", "late", "words"),
    [
        ("2026-11-11", 2, None, "2 days left"),
        ("2026-11-12", 1, None, "1 day left"),
        ("2026-11-13", 0, None, "due today"),
        ("2026-11-14", None, 1, "1 day late"),
        ("2029-11-14", None, 1097, "3 years late"),
    ],
)
def test_days(desk: Desk, as_of: str, left: int | None, late: int | None, words: str) -> None:
    """A decision is late from the day after the one by which it is wanted."""
    line = f"due ECO-01 --as-of {as_of}"
    assert [(ask["days_left"], ask["days_late"]) for ask in told(desk, line)] == [(left, late)]
    assert f"  13 Nov 2026  {words}  1 Oct 2026  " in printed(desk, f"{line} --format text")


def test_order(desk: Desk) -> None:
    """By their day, those without one last; then by when they were asked, then as in the ledger."""
    desk.text = with_asks(
        entry("2026-10-02", what="G"),
        entry("2026-10-02", what="E", by="2026-12-01"),
        entry("2026-10-01", what="F"),
        entry("2026-10-02", what="C", by="2026-11-30"),
        entry("2026-10-01", what="B", by="2026-11-30"),
        entry("2026-10-02", what="H"),
        entry("2026-10-03", what="A", by="2026-10-04"),
        entry("2026-10-02", what="D", by="2026-11-30"),
    )
    assert "".join(ask["what"] for ask in told(desk, "due")) == "ABCDEFGH"


@pytest.mark.parametrize("many", [1, 3, 4])
def test_how_many(desk: Desk, many: int) -> None:
    """``due`` says how many decisions there are; the overview only where it leaves some out."""
    desk.text = with_asks(*(entry("2026-01-01", what=f"Decide {at}") for at in range(many)))
    beside = {1: "1 decision", 3: "3 decisions", 4: "4 decisions"}[many]
    assert f"\nDecisions asked for ({beside})\n" in printed(desk, "due --format text")
    shown = " (3 of 4)" if many == 4 else ""
    overview = printed(desk, "overview --format text")
    assert f"\nDecisions asked for{shown}\n" in overview
    assert overview.count("Decide") == min(many, 3)


def test_every_key(desk: Desk) -> None:
    """Whatever an ask says but that it is settled is told to scripts."""
    assert {*Ask.__struct_fields__} - {"settled"} <= told(desk, "due")[0].keys()
