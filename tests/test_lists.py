"""Leads, sources and successors: one or several, in the ledger, in options, and for scripts."""

import csv
import io
import json
from typing import Final

import pytest

from desk import Desk
from samples import SMALL_PLAN, holding

SHORT: Final = ["add", "--title", "Hold a forum", "--pillar", "people"]
BLOCK: Final = '\n[[pledge]]\nid = "PPL-04"\ntitle = "Hold a forum"\npillar = "people"\n'
BOTH: Final = 'lead = ["MOIT", "MTI, of Singapore"]\nsource = ["vov", "https://a.vn/1"]\n'


@pytest.mark.parametrize(
    ("options", "written"),
    [
        (["--lead", "MOIT"], 'lead = "MOIT"\n'),
        (["--lead", "MOIT", "--lead", "MTI"], 'lead = ["MOIT", "MTI"]\n'),
        (["--lead", "MOIT", "--lead", "MOIT"], 'lead = "MOIT"\n'),
        (["--lead", "Trade, industry"], 'lead = "Trade, industry"\n'),
        (["--source", "VOV"], 'source = "vov"\n'),
        (["--source", "vov", "--source", "https://a.vn/1"], 'source = ["vov", "https://a.vn/1"]\n'),
        (["--superseded-by", "eco-01"], 'superseded_by = "ECO-01"\n'),
        (
            ["--superseded-by", "ECO-01", "--superseded-by", "ECO-02"],
            'superseded_by = ["ECO-01", "ECO-02"]\n',
        ),
        (["--asked-by", "viet nam"], 'asked_by = ["VN"]\n'),
        (["--asked-by", "VN", "--asked-by", "SG"], 'asked_by = ["VN", "SG"]\n'),
    ],
)
def test_add(desk: Desk, options: list[str], written: str) -> None:
    """A single one is written as a text, several as a list; parties are always a list."""
    assert desk(*SHORT, *options).code == 0
    assert desk.text == holding({"PPL-03": BLOCK + written})


def test_update(desk: Desk) -> None:
    """An update may cite several sources."""
    argv = ["update", "ECO-01", "--note", "Both say so.", "--source", "vov", "--source"]
    assert desk(*argv, "https://a.vn/1").code == 0
    assert desk.text.count('source = ["vov", "https://a.vn/1"]\n') == 1
    shown = desk("show", "ECO-01").out
    assert "https://a.vn/1" in shown
    assert "vov" in shown


def test_update_with_a_new_source_next_to_a_known_one(desk: Desk) -> None:
    """The options of a new source are about the one that the register does not have."""
    argv = ["update", "ECO-01", "--note", "x", "--source", "vov", "--source", "new"]
    assert desk(*argv, "--source-title", "New").code == 0
    assert '[sources.new]\ntitle = "New"\n' in desk.text
    assert 'source = ["vov", "new"]\n' in desk.text
    again = [*argv[:3], "y", "--source", "one", "--source", "two", "--source-title", "T"]
    assert desk(*again).code == 2


def test_scripts(desk: Desk) -> None:
    """JSON always has lists, of one or none too; a spreadsheet has semicolons between."""
    desk.text = SMALL_PLAN + BLOCK + BOTH
    pledges = json.loads(desk("list", "--format", "json").out)["pledges"]
    leads = {each["id"]: (each["lead"], each["source"], each["superseded_by"]) for each in pledges}
    assert leads["PPL-04"] == (["MOIT", "MTI, of Singapore"], ["vov", "https://a.vn/1"], [])
    assert leads["ECO-02"] == ([], [], [])
    out = desk("list", "--format", "csv", "--columns", "id,lead,source").out
    rows = {row["id"]: row for row in csv.DictReader(io.StringIO(out))}
    assert (rows["PPL-04"]["lead"], rows["PPL-04"]["source"]) == (
        "MOIT;MTI, of Singapore",
        "vov;https://a.vn/1",
    )


@pytest.mark.parametrize("form", ["csv", "tsv", "json", "ndjson"])
def test_they_come_back(desk: Desk, form: str) -> None:
    """What was exported and is imported again changes nothing."""
    desk.text = SMALL_PLAN + BLOCK + BOTH
    exported = desk("list", "--format", form).out
    (desk.folder / f"a.{form}").write_text(exported, encoding="utf-8", newline="")
    before = desk.text
    assert desk("import", f"a.{form}").code == 0
    assert desk.text == before


@pytest.mark.parametrize(
    ("cell", "written"), [("MOIT", 'lead = "MOIT"\n'), ("MOIT; MTI", 'lead = ["MOIT", "MTI"]\n')]
)
def test_import(desk: Desk, cell: str, written: str) -> None:
    """A cell may hold several, with semicolons between."""
    (desk.folder / "a.csv").write_text(f"title,pillar,lead\nHold a forum,people,{cell}\n")
    assert desk("import", "a.csv").code == 0
    assert desk.text == holding({"PPL-03": BLOCK + written})


@pytest.mark.parametrize("lead", ["MOIT", "moit", "MTI, of Singapore"])
def test_filter_by_any(desk: Desk, lead: str) -> None:
    """A pledge is found by each of its leads."""
    desk.text = SMALL_PLAN + BLOCK + BOTH
    assert desk("list", "--lead", lead, "--columns", "id").out == "PPL-04\n"
