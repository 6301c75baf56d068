"""Excel: cells of their types, a head that stays, drop-down lists, and no formula."""

import csv
import datetime as dt
import io
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Final

import pytest
import tomli_w
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook
from openpyxl.cell import Cell, MergedCell

from desk import Desk
from everything import lines
from office import LIBREOFFICE, saved_by_libreoffice
from pledges.domain.pledge import Status, Strength
from samples import EVERY_EVENT

pytestmark = pytest.mark.slow

HEAD: Final = {"schema": 1, "plan": {"title": "Plan"}, "pillars": {"p": "Pillar"}}
PLEDGE: Final = {"id": "P-1", "title": "Open", "pillar": "p"}


def book(desk: Desk, *argv: str) -> Workbook:
    """The workbook that a command writes."""
    path = desk.folder / "plan.xlsx"
    code, _, err = desk(*(argv or ("list",)), "--output", str(path), "--force", "--debug")
    assert (code, err) == (0, "")
    return load_workbook(path)


def first_row(found: Workbook) -> Mapping[str, Cell | MergedCell]:
    """The cells of the first row below the head, by their columns."""
    head, row, *_ = found.worksheets[0].iter_rows()
    return {str(name.value): cell for name, cell in zip(head, row, strict=True)}


def test_cells_have_types(desk: Desk) -> None:
    """A day is a date, a figure a number, a share a percentage; a period is a text."""
    measure = {"unit": "parks", "baseline": 20.0, "target": 30}
    pledge = {**PLEDGE, "made": dt.date(2026, 1, 2), "due": "2026-Q4", "measure": measure}
    news = [{"date": dt.date(2026, 3, 1), "value": 25, "status": "in-progress"}]
    desk.text = tomli_w.dumps({**HEAD, "pledge": [{**pledge, "update": news}]})
    row = first_row(book(desk))
    assert row["made"].value == dt.datetime(2026, 1, 2)  # noqa: DTZ001
    assert row["made"].number_format == "yyyy-mm-dd"
    assert (row["pledged_due"].value, row["pledged_due"].data_type) == ("2026-Q4", "s")
    assert (row["target"].value, row["value"].value) == (30, 25)
    assert (row["progress"].value, row["progress"].number_format) == (0.5, "0.0%")
    assert (row["agreed"].value, row["contested"].value) == ("yes", "no")
    assert row["note"].value is None


def test_numbers_that_excel_would_round(desk: Desk) -> None:
    """A number of more than 15 digits, which Excel would round, is a text."""
    measure = {"unit": "dong", "baseline": 10**15, "target": 10**18 - 1}
    desk.text = tomli_w.dumps({**HEAD, "pledge": [{**PLEDGE, "measure": measure}]})
    row = first_row(book(desk))
    assert (row["baseline"].value, row["target"].value) == (10**15, "999999999999999999")


def test_sheet_can_be_worked_with(desk: Desk) -> None:
    """The head stays in sight, on paper too; columns have filters, closed words lists."""
    desk.text = tomli_w.dumps({**HEAD, "pledge": [{**PLEDGE, "note": "word " * 40}]})
    found = book(desk).worksheets[0]
    assert found.freeze_panes == "B2"
    page = found.page_setup
    wide = sum(each.width for each in found.column_dimensions.values())
    assert (page.orientation, page.fitToWidth, page.fitToHeight) == ("landscape", 3, 0)
    assert 2 * 230 < wide <= 3 * 230  # which is three pages that can be read
    assert (found.print_title_rows, found.print_title_cols) == ("$1:$1", "$A:$A")
    assert found.auto_filter.ref == found.dimensions
    names = {str(cell.value): cell.column_letter for cell in next(found.iter_rows())}  # type: ignore[union-attr]
    offered = {str(x.sqref)[0]: x.formula1 for x in found.data_validations.dataValidation}
    assert offered[names["strength"]] == f'"{",".join(Strength)}"'
    assert offered[names["status"]] == f'"{",".join(Status)}"'
    assert names["standing"] not in offered
    assert first_row(book(desk))["note"].alignment.wrap_text
    assert found.column_dimensions[names["note"]].width == 60


def test_histories_and_registers(desk: Desk) -> None:
    """A list has sheets of all updates, claims and asks, and of the registers."""
    desk.text = EVERY_EVENT
    found = book(desk, "list", "--as-of", "2100-01-01")
    assert found.sheetnames == ["Pledges", "History", "Registers"]
    _, *entries = found["History"].iter_rows(max_col=3, values_only=True)
    assert entries[7:13] == [
        ("ECO-01", "update", 8),
        ("ECO-01", "claim", 1),
        ("ECO-01", "claim", 2),
        ("ECO-01", "ask", 1),
        ("ECO-01", "ask", 2),
        ("ECO-01", "ask", 3),
    ]
    _, *registers = found["Registers"].iter_rows(max_col=2, values_only=True)
    assert ("plan", "title") in registers
    assert ("sources", "call") in registers


def test_chosen_columns_are_all(desk: Desk) -> None:
    """With columns of choice there is nothing else in the workbook."""
    found = book(desk, "list", "--columns", "id,title")
    assert found.sheetnames == ["Pledges"]
    assert [cell.value for cell in next(found.worksheets[0].iter_rows())] == ["id", "title"]


@pytest.mark.parametrize("line", lines("ECO-01"))
def test_every_command(line: str, desk: Desk) -> None:
    """Every reading command writes a workbook; the same ledger and day give the same bytes."""
    desk.text = EVERY_EVENT
    book(desk, *line.split())
    first = (desk.folder / "plan.xlsx").read_bytes()
    book(desk, *line.split())
    assert (desk.folder / "plan.xlsx").read_bytes() == first
    with zipfile.ZipFile(io.BytesIO(first)) as parts:
        assert {part.date_time[0] for part in parts.infolist()} == {1980}


def test_not_for_a_terminal(desk: Desk) -> None:
    """A terminal can't show a workbook; a pipe takes it."""
    code, seen = desk.answering("list --format xlsx")
    assert code == 2
    assert "can't be shown on a terminal" in seen
    assert desk("list", "--format", "xlsx").out == desk("list", "-f", "xlsx", "-o", "-").out


def test_a_text_that_no_cell_holds(desk: Desk) -> None:
    """A text that is too long for a cell is refused, not cut."""
    desk.text = tomli_w.dumps({**HEAD, "pledge": [{**PLEDGE, "note": "x" * 40_000}]})
    code, _, err = desk("list", "--format", "xlsx")
    assert code == 7
    assert "a cell has at most 32,767 characters, and note has 40,000" in err


TEXTS: Final = st.one_of(
    st.text(min_size=1, max_size=20).filter(str.strip),
    st.sampled_from(["=1+1", "+1", "-1", "@x", "#N/A", "12", "2026-01-01", "_x0041_", "TRUE"]),
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=TEXTS)
def test_no_text_is_a_formula(desk: Desk, text: str) -> None:
    """Any text is the text of a cell."""
    desk.text = tomli_w.dumps({**HEAD, "pledge": [{**PLEDGE, "title": text, "note": text}]})
    row = first_row(book(desk, "list"))
    assert (row["title"].data_type, row["note"].data_type) == ("s", "s")
    if text.isascii() and text.isprintable() and '"' not in text and "_x" not in text:
        assert row["note"].value == text


@pytest.mark.skipif(LIBREOFFICE is None, reason="this system has no LibreOffice")
def test_in_libreoffice(desk: Desk, tmp_path: Path) -> None:
    """LibreOffice opens a workbook, and shows days in ISO and no result of a formula."""
    pledge = {**PLEDGE, "made": dt.date(2026, 1, 2), "note": "=1+1"}
    desk.text = tomli_w.dumps({**HEAD, "pledge": [pledge]})
    book(desk)
    saved_by_libreoffice(desk.folder / "plan.xlsx", tmp_path, "csv")
    (row,) = csv.DictReader((tmp_path / "plan.csv").read_text(encoding="utf-8").splitlines())
    assert (row["id"], row["made"], row["note"]) == ("P-1", "2026-01-02", "=1+1")
