"""A workbook that ``list`` wrote comes back: as it is without loss, filled in as what was meant."""

import datetime as dt
import re
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

import pytest
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from build import SHIPPED
from desk import DAY, Desk
from office import LIBREOFFICE, saved_by_libreoffice
from pledges.domain.pledge import Status
from pledges.ledger.importing.targets import WORKED_OUT
from program import Ended
from samples import EVERY_EVENT

pytestmark = pytest.mark.slow

LATER: Final = "2100-01-01"
"""A day by which all is known."""

FILE: Final = "plan.xlsx"


def written(desk: Desk, name: str) -> str:
    """The path of a file that has all pledges of the ledger."""
    path = str(desk.folder / name)
    assert desk("list", "--internal", "--as-of", LATER, "--output", path).code == 0
    return path


def filled_in(
    desk: Desk, fill: Callable[[dict[str, Worksheet]], None], *options: str, as_of: str = LATER
) -> Ended:
    """What is said of a workbook of the ledger that somebody filled in."""
    path = desk.folder / FILE
    assert desk("list", "--as-of", as_of, "--output", str(path)).code == 0
    book = load_workbook(path)
    fill({each.title: each for each in book.worksheets})
    book.save(path)
    return desk("import", FILE, "--as-of", as_of, "--debug", *options)


def put(sheet: Worksheet, row: int, **values: Any) -> None:  # noqa: ANN401  (any cell)
    """Fill in cells of a row by the names of their columns."""
    places = {cell.value: cell.column for cell in next(sheet.iter_rows(max_row=1))}
    for name, value in values.items():
        sheet.cell(row, places[name] or 0).value = value


@pytest.mark.parametrize("text", [SHIPPED.read_text(encoding="utf-8"), EVERY_EVENT])
def test_the_same_ledger_as_by_json(text: str, desk: Desk) -> None:
    """Elsewhere the very ledger comes of a workbook that comes of JSON."""
    desk.text = text
    files = [written(desk, name) for name in ("all.json", FILE)]
    contents = []
    for each in files:
        desk.text = text.partition("[[pledge]]\n")[0]
        assert desk("import", each, "--debug").code == 0
        contents.append(desk.content)
    assert contents[0] == contents[1]


def test_registers_come_along(desk: Desk) -> None:
    """A ledger without registers gets what the pledges use, as from another ledger."""
    desk.text = EVERY_EVENT
    path = written(desk, FILE)
    Path(desk.folder / "all.toml").write_text(EVERY_EVENT, encoding="utf-8")
    contents = []
    for each in ("all.toml", path):
        desk.text = 'schema = 1\n\n[plan]\ntitle = "Plan"\n'
        assert desk("import", each, "--debug").code == 0
        contents.append(desk.content)
    assert contents[0] == contents[1]


def test_filled_in(desk: Desk) -> None:
    """A status is news of the day, a term is changed, and a row without an id is new."""
    desk.text = EVERY_EVENT

    def fill(sheets: dict[str, Worksheet]) -> None:
        put(sheets["Pledges"], 4, status="In progress", lead="Ministry; Board", owed_by="Viet Nam")
        new = sheets["Pledges"].max_row + 1
        put(sheets["Pledges"], new, title="Link", pillar="energy", due=2027, note=12)

    found = filled_in(desk, fill, as_of="2026-11-22")
    assert found.code == 0
    assert found.out == (
        "PPL-02  changed  owed_by none -> VN; lead none -> Ministry;Board; "
        "status no status -> in progress\n"
        "ENE-01  new      Link\n"
    )
    news = desk.last_update("PPL-02")
    assert (str(news["date"]), news["seen"]) == ("2026-11-22", True)


def test_an_entry_is_added(desk: Desk) -> None:
    """A row of the history is one more entry of its pledge."""
    desk.text = EVERY_EVENT

    def fill(sheets: dict[str, Worksheet]) -> None:
        history = sheets["History"]
        new = history.max_row + 1
        put(history, new, id="PPL-03", entry="update", date="2026-11-20", note="Met.", by="VN")
        put(history, new + 1, id="PPL-03", entry="ask", date="2026-11-20", what="Say when")

    assert filled_in(desk, fill).out.splitlines() == [
        "PPL-03  changed  +1 update: Met. (reported by VN); +1 ask"
    ]
    assert desk.last_update("PPL-03")["note"] == "Met."


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"id": "PPL-99"}, "the sheet History has an entry of no pledge of the sheet Pledges"),
        ({"entry": "news"}, "there is no kind of entry 'news' on the sheet History"),
    ],
)
def test_what_no_pledge_has(values: dict[str, str], said: str, desk: Desk) -> None:
    """An entry of the history belongs to a pledge, and is of a kind."""
    desk.text = EVERY_EVENT
    found = filled_in(desk, lambda sheets: put(sheets["History"], 2, **values))
    assert found.code == 4
    assert said in found.err


def test_registers_are_checked(desk: Desk) -> None:
    """A source has a date that is one."""
    desk.text = EVERY_EVENT

    def fill(sheets: dict[str, Worksheet]) -> None:
        put(sheets["Registers"], sheets["Registers"].max_row, date="soon")

    found = filled_in(desk, fill)
    assert found.code == 4
    assert "the sheet Registers does not say what 'book' is" in found.err


def test_a_sheet_of_it_is_read_alone(desk: Desk) -> None:
    """With chosen columns, or a sheet that a mapping names, it is a sheet like any other."""
    desk.text = EVERY_EVENT
    path = str(desk.folder / FILE)
    assert desk("list", "--columns", "id,title,tags", "--output", path).code == 0
    assert desk("import", path).err == "4 as they were.\nNothing was written.\n"


@pytest.mark.parametrize(
    ("sheet", "heading"), [("History", "id"), ("History", "entry"), ("Registers", "register")]
)
def test_a_sheet_without_its_column(sheet: str, heading: str, desk: Desk) -> None:
    """If the history or registers lack a column that they can't be without, they are not read."""
    stamp = desk.stamp

    def fill(sheets: dict[str, Worksheet]) -> None:
        names = [cell.value for cell in next(sheets[sheet].iter_rows(max_row=1))]
        sheets[sheet].delete_cols(names.index(heading) + 1)

    found = filled_in(desk, fill, as_of=DAY)
    assert (found.code, desk.stamp) == (0, stamp), found.err
    assert "Other sheets are not read: History, Registers." in found.err


def test_what_nobody_fills_in(desk: Desk) -> None:
    """The heads of the columns that are worked out, and never imported, are not bold."""
    desk.text = EVERY_EVENT
    path = written(desk, FILE)
    heads = next(load_workbook(path)["Pledges"].iter_rows(max_row=1))
    muted = {str(cell.value) for cell in heads if not cell.font.b}
    assert muted == WORKED_OUT & {str(cell.value) for cell in heads}


NASTY: Final = r"""
schema = 1

[plan]
title = "Plan"

[pillars]
p = "Pillar"

[[pledge]]
id = "P-1"
title = " =1+1 "
pillar = "p"
lead = ["A; B", "C"]
made = 1850-02-03
due = "2026"
due_text = "  "
tags = ["[x]", "\"q\\\"", "a  b"]
note = "line\nnext\n\n  two\ttab"
internal = "_x0041_ \u202e \r\n"
measure = { unit = "%", baseline = 30.0, target = 123456789012345678 }

[[pledge.update]]
date = 2026-01-02
value = 1e17
note = "#N/A"
by = "2026-01-01"
"""
"""What a spreadsheet takes for something else."""


@pytest.mark.skipif(LIBREOFFICE is None, reason="this system has no LibreOffice")
def test_saved_by_libreoffice(desk: Desk, tmp_path: Path) -> None:
    """What LibreOffice opens and saves comes back as it was."""
    desk.text = NASTY
    original = desk.text
    saved_by_libreoffice(Path(written(desk, FILE)), tmp_path, "xlsx")
    desk.text = original.partition("[[pledge]]\n")[0]
    assert desk("import", str(tmp_path / FILE), "--debug").code == 0
    assert tomllib.loads(desk.text) == tomllib.loads(original)


def test_a_deadline_that_is_moved(desk: Desk) -> None:
    """The sheet of pledges has empty columns for the reason of a move and for a note."""
    desk.text = OPEN

    def fill(sheets: dict[str, Worksheet]) -> None:
        put(sheets["Pledges"], 2, due="2028-06", why="The storm.")
        put(sheets["Pledges"], 3, status="withdrawn", update_note="Given up.")

    found = filled_in(desk, fill, as_of="2026-11-22")
    assert (found.code, found.err.splitlines()[0]) == (0, "2 changed.")
    assert desk.last_update("A-1") == {
        "date": dt.date(2026, 11, 22),
        "due": "2028-06",
        "why": "The storm.",
    }
    assert desk.last_update("A-2")["note"] == "Given up."


def test_parties_with_commas_between(desk: Desk) -> None:
    """Parties are a list with semicolons, or with commas if every piece is one, new ones too."""
    desk.text = OPEN

    def fill(sheets: dict[str, Worksheet]) -> None:
        registers = sheets["Registers"]
        put(registers, registers.max_row + 1, register="parties", key="LA", title="Laos")
        put(sheets["Pledges"], 2, owed_by="VN, Laos")

    assert filled_in(desk, fill, as_of="2026-11-22").code == 0
    ledger = tomllib.loads(desk.text)
    assert ledger["pledge"][0]["owed_by"] == ["VN", "LA"]
    assert ledger["parties"] == {"VN": "Viet Nam", "LA": "Laos"}


def test_a_fault_of_the_history(desk: Desk) -> None:
    """What is wrong with an entry is reported at its row and column of the history."""
    desk.text = OPEN

    def fill(sheets: dict[str, Worksheet]) -> None:
        put(sheets["History"], 2, id="A-2", entry="update", date="45/12/2026", note="Met.")
        put(sheets["History"], 3, id="A-2", entry="update", date="2026-11-20", status="fine")
        put(sheets["History"], 4, id="A-1", entry="ask", date="2026-11-20")

    found = filled_in(desk, fill, as_of="2026-11-22")
    rows = [re.split(" {2,}", each.strip()) for each in found.err.splitlines()[1:4]]
    assert [(x[0], x[1], x[3]) for x in rows] == [
        ("2", "History.date", "dates are YYYY-MM-DD, for example 2026-12-31"),
        ("3", "History.status", f"use one of {', '.join(Status)}"),
        ("4", "History.what", "fill it in"),
    ]


OPEN: Final = """\
[plan]
title = "Plan"

[parties]
VN = "Viet Nam"

[pillars]
a = "A"

[[pledge]]
id = "A-1"
title = "Open the port"
pillar = "a"
due = 2027-12-31

[[pledge]]
id = "A-2"
title = "Open the road"
pillar = "a"
"""
