"""Files as officials have them: titles above the heading, other encodings, workbooks, JSON."""

import datetime as dt
import io
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook

from pledges.errors import FaultyRows, WrongUse
from pledges.ledger.importing.delimited import csv_sheet
from pledges.ledger.importing.files import decoded_text, imported_sheet
from pledges.ledger.importing.mapping import NO_MAPPING, SheetMapping
from pledges.ledger.importing.records import json_sheet
from pledges.ledger.importing.sheets import Row
from pledges.ledger.importing.workbooks import workbook_sheet


def test_titles_above_the_heading() -> None:
    """Title and blank rows are passed over, and rows keep the numbers of the spreadsheet."""
    text = "Our plan, 2026;;\n;;\nId;Title, long;Due\nA;One, two, three;x\n;;\nB;Four, five;y\n"
    found = csv_sheet(text, "a.csv", None)
    assert (found.heading_row, found.title_rows, found.separator) == (3, [1], ";")
    assert found.headings == ["Id", "Title, long", "Due"]
    assert found.rows == [Row(4, ["A", "One, two, three", "x"]), Row(6, ["B", "Four, five", "y"])]


def test_heading_of_foreign_names() -> None:
    """If no heading is known, it is the first row that is about as wide as the others."""
    found = csv_sheet("Plan,,\nA,B,C\n1,2,3\n", "a.csv", None)
    assert (found.heading_row, found.headings) == (2, ["A", "B", "C"])


def test_heading_by_number() -> None:
    """A heading that is named by its number is that row, whatever is in it."""
    text = "Id,Title\nNr,Name\n1,x\n"
    found = csv_sheet(text, "a.csv", None, SheetMapping(heading=2))
    assert found.headings == ["Nr", "Name"]
    with pytest.raises(FaultyRows) as caught:
        csv_sheet(text, "a.csv", None, SheetMapping(heading=9))
    assert caught.value.faults[0].hint == (
        "check heading in [rows] of the mapping: it is the number of the row"
    )


@pytest.mark.parametrize("head", ["sep=|\n", '"sep=|"\n', "sep=|\r\n"])
def test_line_that_names_the_separator(head: str) -> None:
    """A line for Excel says what separates cells, and no spreadsheet counts it."""
    found = csv_sheet(f"{head}id|title\nA|b;c,d;e\n", "a.csv", None)
    assert found.rows == [Row(2, ["A", "b;c,d;e"])]


def test_separators_at_the_end() -> None:
    """Separators at the end of each line make no columns."""
    assert csv_sheet("id,title,,\nA,b,,\n", "a.csv", None).headings == ["id", "title"]


@pytest.mark.parametrize("encoding", ["cp1252", "cp1258", "utf-16", "latin-1"])
def test_named_encoding(encoding: str) -> None:
    """A text in an encoding that is named is read in it."""
    assert decoded_text("é à".encode(encoding), "a.csv", encoding) == "é à"


def test_wrong_encoding() -> None:
    """An encoding that the text is not in is told, with what to try."""
    with pytest.raises(FaultyRows) as caught:
        decoded_text("Hà Nội".encode(), "a.csv", "ascii")
    assert caught.value.faults[0].message == "byte 0xc3 is not valid ascii"
    with pytest.raises(WrongUse):
        decoded_text(b"x", "a.csv", "hex")


# --- JSON ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "below", "headings", "rows"),
    [
        ('{"updated": "x", "promises": [{"a": 1}]}', None, ["a"], [[1]]),
        ('{"x": [{"b": 2}], "promises": [{"a": 1}]}', "promises", ["a"], [[1]]),
        ('{"P1": {"a": 1}, "P2": {"a": 2}}', None, ["key", "a"], [["P1", 1], ["P2", 2]]),
        ('{"H": [{"a": 1}], "T": [{"a": 2}]}', "", ["key", "a"], [["H", 1], ["T", 2]]),
        ('{"of": {"H": {"a": 1}}}', "of", ["key", "a"], [["H", 1]]),
        ('{"id": "X", "update": [{"date": "2026-01-01"}]}', None, ["id", "update"], None),
    ],
)
def test_where_records_are(
    text: str, below: str | None, headings: list[str], rows: list[list[Any]] | None
) -> None:
    """Records are in a list, below a key, or in a map, whose keys have a column."""
    if below == "":
        with pytest.raises(FaultyRows) as caught:
            json_sheet(text, "a.json")
        assert 'below = "H", or another of H, T' in (caught.value.faults[0].hint or "")
        return
    found = json_sheet(text, "a.json", below)
    assert found.headings == headings
    assert rows is None or [each.cells for each in found.rows] == rows


def test_no_such_key() -> None:
    """A key that has no records is told, with those that have."""
    with pytest.raises(FaultyRows) as caught:
        json_sheet('{"promises": [{"a": 1}]}', "a.json", "promise")
    assert caught.value.faults[0].hint == "write one of promises"


# --- workbooks ----------------------------------------------------------------------------------


def content(book: Workbook) -> bytes:
    """The bytes of a workbook."""
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def a_workbook() -> Workbook:
    """A workbook with a title, merged cells, typed cells, a hidden row and a second sheet."""
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = "Plan"
    for row in (
        ("A plan", None, None, None, None),
        ("Id", "Area", "Due", "Done", "Value"),
        ("A", "Sea", dt.datetime(2026, 12, 31, tzinfo=dt.UTC).replace(tzinfo=None), 0.45, 3.0),
        ("B", None, "Q4 2026", 1, 7.5),
        (1.1, "Land", dt.date(2027, 1, 2), None, True),
    ):
        sheet.append(row)
    sheet.merge_cells("A1:E1")
    sheet.merge_cells("B3:B4")
    for at in (3, 4):
        sheet.cell(at, 4).number_format = "0%"
    sheet.row_dimensions[4].hidden = True
    book.create_sheet("Notes").append(["x"])
    return book


def test_workbook() -> None:
    """Dates are ISO days, percentages have their sign, merged cells are in each of their rows."""
    found = workbook_sheet(content(a_workbook()), "a.xlsx", NO_MAPPING)
    assert (found.heading_row, found.title_rows) == (2, [1])
    assert [each.cells for each in found.rows] == [
        ["A", "Sea", "2026-12-31", "45%", "3"],
        ["B", "Sea", "Q4 2026", "100%", "7.5"],
        ["1.1", "Land", "2027-01-02", "", "true"],
    ]
    assert (found.hidden_rows, found.title, found.other_sheets) == ([4], "Plan", ["Notes"])


def test_sheet_by_name() -> None:
    """A sheet that the mapping names is read; one that is not there is told with those that are."""
    book = a_workbook()
    found = workbook_sheet(content(book), "a.xlsx", SheetMapping(sheet="Notes"))
    assert found.headings == ["x"]
    with pytest.raises(WrongUse) as caught:
        workbook_sheet(content(book), "a.xlsx", SheetMapping(sheet="Plann"))
    assert caught.value.hint == "did you mean Plan?"


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"id,title\n", "it is not a workbook of Excel"),
        (b"PK\x03\x04broken", "it is not a workbook of Excel"),
        (
            b"\xd0\xcf\x11\xe0 old",
            "it is a workbook of an old format, or it is protected by a password",
        ),
    ],
)
def test_no_workbook(tmp_path: Path, content: bytes, message: str) -> None:
    """What is no workbook is told, with what to save it as."""
    (tmp_path / "a.xlsx").write_bytes(content)
    with pytest.raises(FaultyRows) as caught:
        imported_sheet(str(tmp_path / "a.xlsx"), None)
    [fault] = caught.value.faults
    assert fault.message == message
    assert (fault.hint or "").startswith("save it in the format .xlsx")


def test_formula_without_a_result() -> None:
    """A formula that no program has worked out is told at its cell, not taken for an empty one."""
    book = a_workbook()
    book.worksheets[0].cell(3, 5).value = "=1+2"
    with pytest.raises(FaultyRows) as caught:
        workbook_sheet(content(book), "a.xlsx", NO_MAPPING)
    assert [(each.line, each.column, each.message) for each in caught.value.faults] == [
        (3, 5, "the formula has no result")
    ]
