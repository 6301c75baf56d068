"""``pledges update``: what was changed, on a terminal, in a document, and to scripts."""

import csv
import io
import json
from typing import Final

import pytest

from desk import DAY, NAME, WRITTEN, Desk
from everything import PIPED
from samples import holding


def test_json(desk: Desk) -> None:
    """JSON gives both assessments of each pledge, and what was added."""
    argv = "update ECO-02 --value 5 --ask Who? --settle 1 --format json"
    code, out, err = desk.line(argv)
    assert (code, err) == (0, WRITTEN)
    document = json.loads(out)
    (change,) = document.pop("pledges")
    assert document == {
        "schema_version": 1,
        "kind": "change",
        "as_of": DAY,
        "ledger": NAME,
        "count": 1,
        "removed": [],
    }
    assert [change[at]["value"] for at in ("before", "after")] == [1, 5]
    assert [change[at]["progress"] for at in ("before", "after")] == [0.1, 0.5]
    assert [change[at]["pace"] for at in ("before", "after")] == ["far-behind", "behind"]
    rest = dict.fromkeys(("period", "status", "due", "why", "note", "by"))
    rest |= {"source": [], "seen": False}
    assert change["updates"] == [{"date": DAY, "value": 5, **rest}]
    new = dict.fromkeys(("of", "by", "settled"))
    assert change["asks"] == [{"what": "Who?", "date": DAY, **new}]
    assert [each["what"] for each in change["settled"]] == ["Confirm the year"]
    assert (change["claims"], change["settled_claims"]) == ([], [])
    assert [each["key"] for each in change["changes"]] == ["update.2", "ask.1.settled", "ask.3"]


@pytest.mark.parametrize(("form", "comma"), [("csv", ","), ("tsv", "\t")])
def test_rows(desk: Desk, form: str, comma: str) -> None:
    """For spreadsheets each thing that changed is a row under a head."""
    out = desk.line("update ECO-01 --status completed --note =1+1 --format", form).out
    assert list(csv.reader(io.StringIO(out, newline=""), delimiter=comma)) == [
        ["id", "what", "change"],
        ["ECO-01", "status", "in progress -> completed"],
        ["ECO-01", "standing", "due soon -> done on time"],
        ["ECO-01", "update", "22 Nov 2026: completed: =1+1"],
    ]


def test_ndjson(desk: Desk) -> None:
    """NDJSON is a line for each pledge."""
    out = desk.line("update ECO-01 ECO-02 --note x --format ndjson").out
    assert [json.loads(line)["id"] for line in out.splitlines()] == ["ECO-01", "ECO-02"]


def test_markdown(desk: Desk) -> None:
    """Markdown is a table with a head."""
    out = desk.line("update ECO-01 --status completed --format md").out
    assert out == (
        "| Id | What | Change |\n"
        "| --- | --- | --- |\n"
        "| ECO-01 | status | in progress -\\> completed |\n"
        "| ECO-01 | standing | due soon -\\> done on time |\n"
        "| ECO-01 | update | 22 Nov 2026: completed |\n"
    )


@pytest.mark.parametrize("form", PIPED)
def test_same_write_in_every_format(desk: Desk, form: str) -> None:
    """How it is told does not change what is written."""
    argv = "update ECO-01 --status completed --note x --format"
    code, out, err = desk.line(argv, form)
    assert (code, err) == (0, WRITTEN)
    assert out
    lines = 'date = 2026-11-22\nstatus = "completed"\nnote = "x"\n'
    assert desk.text == holding({"ECO-01": f"\n[[pledge.update]]\n{lines}"})


@pytest.mark.parametrize("form", ["json", "ndjson"])
def test_diff_to_scripts(desk: Desk, form: str) -> None:
    """With ``-n`` the diff is a text in JSON, and it is the one that is printed."""
    argv = ("update", "ECO-01", "--note", "x", "-n")
    document = json.loads(desk(*argv, "--format", form).out)
    assert document == {
        "schema_version": 1,
        "kind": "diff",
        "ledger": NAME,
        "diff": desk(*argv).out,
    }


HEAD: Final = "Id      What      Change\n"
WRAPPED: Final = {
    60: """\
ECO-02  deadline  2027 -> H1 2028
ECO-02  slip      not moved -> delayed by 6 months
ECO-02  update    22 Nov 2026: deadline moved to H1 2028:
                  The land was not there in time, and the
                  tender had to be repeated in both places.
""",
    80: """\
ECO-02  deadline  2027 -> H1 2028
ECO-02  slip      not moved -> delayed by 6 months
ECO-02  update    22 Nov 2026: deadline moved to H1 2028: The land was not there
                  in time, and the tender had to be repeated in both places.
""",
    100: """\
ECO-02  deadline  2027 -> H1 2028
ECO-02  slip      not moved -> delayed by 6 months
ECO-02  update    22 Nov 2026: deadline moved to H1 2028: The land was not there in time, and the
                  tender had to be repeated in both places.
""",
}


@pytest.mark.parametrize("width", WRAPPED)
def test_on_terminal(desk: Desk, width: int) -> None:
    """On a terminal what changed is a table that fits."""
    why = "The land was not there in time, and the tender had to be repeated in both places."
    argv = f"update ECO-02 --due 2028-H1 --why '{why}'"
    assert desk.answering(argv, width=width) == (0, HEAD + WRAPPED[width] + WRITTEN)


@pytest.mark.parametrize("which", ["ECO-01 --status in-progress", "--search none --note x"])
@pytest.mark.parametrize(
    ("form", "out"), [("ndjson", ""), ("csv", "id,what,change\r\n"), ("md", ""), ("text", "")]
)
def test_nothing(desk: Desk, which: str, form: str, out: str) -> None:
    """Where nothing is new, or no pledge matches, nothing is printed but a head."""
    assert desk.line(f"update {which} --format", form)[:2] == (0, out)


@pytest.mark.parametrize("which", ["ECO-01 --status in-progress", "--search none --note x"])
def test_nothing_in_json(desk: Desk, which: str) -> None:
    """Where nothing is new, or no pledge matches, JSON has an empty list."""
    code, out, _ = desk.line(f"update {which} --format json")
    document = json.loads(out)
    assert (code, document["count"], document["pledges"]) == (0, 0, [])


def test_diff_in_markdown(desk: Desk) -> None:
    """In Markdown a diff is a block of code, its lines as they are."""
    diff = desk("update", "ECO-01", "--note", "x", "-n").out
    out = desk("update", "ECO-01", "--note", "x", "-n", "--format", "md").out
    assert out == f"```diff\n{diff}```\n"


def test_diff_with_a_fence(desk: Desk) -> None:
    """A diff that has a fence of its own among its lines stands in a longer one."""
    argv = ("update", "ECO-01", "--note", "a ```` b", "-n")
    diff = desk(*argv).out
    assert desk(*argv, "--format", "md").out == f"`````diff\n{diff}`````\n"
