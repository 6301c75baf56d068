"""What a file that is brought in holds: its kind, its columns, its cells and its dates."""

import csv
import encodings
import io
import json
import pkgutil
import re
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from build import a_ledger, a_pledge
from pledges.clean import clean, unguarded
from pledges.domain.day import DATE_HINT
from pledges.domain.fields import fields
from pledges.domain.ids import next_id
from pledges.domain.pledge import Ask, Claim, Measure, Pledge, Update
from pledges.errors import FaultyRows, NotADate, WrongUse
from pledges.ledger.importing.cell_texts import Misread
from pledges.ledger.importing.cells import CellReader
from pledges.ledger.importing.delimited import csv_sheet
from pledges.ledger.importing.files import FileKind, decoded_text, imported_sheet
from pledges.ledger.importing.headings import ImportColumns, import_columns
from pledges.ledger.importing.mapping import ColumnUse, SheetMapping
from pledges.ledger.importing.mapping_options import map_pairs
from pledges.ledger.importing.rows import pledge_rows
from pledges.ledger.importing.sheet_dates import DateOrder, read_date
from pledges.ledger.importing.targets import (
    IMPORTABLE,
    IN_FORCE,
    NEWS,
    OURS,
    RECORDS,
    TERMS,
    WORKED_OUT,
)
from pledges.render.csv import csv_cell
from pledges.view.pledge_columns import FIELDS

SERIAL_HINT = (
    "it seems to be 2026-12-31; give the column the date format YYYY-MM-DD and save it again"
)
PARTIES = {"VN": "Viet Nam", "SG": "Singapore", " X,Y": "Both, together"}
PILLARS = {"economy": "Economic cooperation", "energy": "Energy"}


def a_reader(*headings: str, target: float | None = None) -> CellReader:
    """How cells under headings are read, for two pillars, three parties and a target."""
    pledge = a_pledge(measure=Measure(unit="parks", target=target))
    ledger = replace(a_ledger(pledge), parties=PARTIES, pillars=PILLARS)
    return CellReader(ledger, SheetMapping(), matched(*headings or ("id",)))


def matched(*headings: str, mapping: Mapping[str, str] | None = None) -> ImportColumns:
    """The columns of a spreadsheet with these headings and a row of x's."""
    text = f"{','.join(headings)}\n{','.join('x' for _ in headings)}\n"
    pairs = mapping or {}
    columns = {heading: ColumnUse(target) for heading, target in pairs.items()}
    how = SheetMapping(columns=columns, for_once=frozenset(pairs))
    return import_columns(csv_sheet(text, "plan.csv", None), how)


def targets(found: ImportColumns) -> dict[str, str]:
    """What each heading gives."""
    return {each.heading: each.target for each in found.columns}


# --- texts --------------------------------------------------------------------------------------


@given(st.one_of(st.text(), st.text(st.sampled_from("'\"=+-@;n x\n\t\x1b\u200b\u00a0\uff1d"))))
def test_any_text_comes_back_from_a_cell(text: str) -> None:
    """What guards a formula is undone exactly."""
    assert unguarded(csv_cell(text)) == clean(text)


@given(st.lists(st.lists(st.text(), min_size=2, max_size=2), min_size=1, max_size=5))
def test_any_csv_gives_its_cells(rows: list[list[str]]) -> None:
    """Whatever a writer of CSV quotes is read as it was, cells of several lines too."""
    out = io.StringIO(newline="")
    csv.writer(out).writerows([["id", "note"], *rows])
    read = csv_sheet(out.getvalue(), "plan.csv", None)
    assert [row.cells for row in read.rows] == [row for row in rows if "".join(row).strip()]


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("'=1+1", "=1+1"),
        ("''=1", "'=1"),
        ("'tis", "'tis"),
        (r"a\nb", r"a\nb"),
        (r"C:\\new", r"C:\\new"),
        ("  spaced ", "spaced"),
    ],
)
def test_text(text: str, kept: str) -> None:
    """Only the apostrophe before a formula, and blanks around a text, are taken away."""
    assert a_reader().value(text, "note") == kept


@pytest.mark.parametrize(
    ("text", "headings", "is_read"),
    [
        ("1.234", ("id", "standing"), True),
        ("1.234", ("id",), False),
        ("7.125", ("id",), True),
        ("1.200", ("id", "standing"), False),
    ],
)
def test_fractions_of_ours(text: str, headings: tuple[str, ...], *, is_read: bool) -> None:
    """A number that this program wrote, or that the ledger has, is the fraction that it is."""
    ours = a_reader(*headings, target=7.125)
    if is_read:
        assert ours.value(text, "target") == float(text)
    else:
        with pytest.raises(Misread, match="can be read in two ways"):
            ours.value(text, "target")


# --- other values -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("target", "text", "found"),
    [
        ("pillar", "economy", "economy"),
        ("pillar", "ECONOMIC COOPERATION", "economy"),
        ("owed_by", "VN;SG", ["VN", "SG"]),
        ("owed_by", "Viet Nam; Singapore", ["VN", "SG"]),
        ("owed_by", "VN, Singapore", ["VN", "SG"]),
        ("owed_by", "both, together", [" X,Y"]),
        ("tags", "rice; trade ;", ["rice", "trade"]),
        ("kind", "One off", "one-off"),
        ("status", "In progress", "in-progress"),
        ("status", "unreported", None),
        ("every", "YEAR", "year"),
        ("review", " 6 months ", "6 months"),
        ("due", "2026-Q4", "2026-Q4"),
        ("baseline_date", "2026-12-31 00:00:00", "2026-12-31"),
        ("value", "21", 21),
        ("value", "21.0", 21.0),
        ("target", "-0.5", -0.5),
        ("target", "0.125", 0.125),
        ("target", "1.2000", 1.2),
        ("target", "1200.125", 1200.125),
        ("target", "1e-07", 1e-7),
        ("id", "  ECO-01 ", "ECO-01"),
        *((name, "   ", None) for name in ("due", "value", "kind", "pillar", "owed_by", "update")),
    ],
)
def test_value(target: str, text: str, found: object) -> None:
    """A cell is read as what its column holds."""
    assert a_reader().value(text, target) == found
    assert type(a_reader().value(text, target)) is type(found)


@pytest.mark.parametrize(
    ("target", "text", "message", "hint"),
    [
        ("value", "1,200", "'1,200' is not a number", "write it without separators: 1200"),
        (
            "value",
            "1 200 000",
            "'1 200 000' is not a number",
            "write it without separators: 1200000",
        ),
        ("value", "21%", "'21%' is not a number", "write 21, with % in the column unit"),
        (
            "value",
            "1.200",
            "1.200 can be read in two ways",
            "write 1200, or 1.2000 if it is a decimal",
        ),
        (
            "value",
            "-7.000",
            "-7.000 can be read in two ways",
            "write -7000, or -7.0000 if it is a decimal",
        ),
        (
            "value",
            "1.200.000",
            "'1.200.000' is not a number",
            "write it without separators: 1200000",
        ),
        ("value", "2,5", "'2,5' is not a number", "write it with a decimal point: 2.5"),
        (
            "value",
            "many",
            "'many' is not a number",
            (
                "write it in digits, for example 21 or 21.5, or what it means in a mapping "
                '[words.value] many = "21"'
            ),
        ),
        ("status", "done", "there is no status 'done'", None),
        (
            "kind",
            "oneoff",
            "there is no kind 'oneoff'",
            'did you mean one-off? Write that, or in a mapping [words.kind] oneoff = "one-off"',
        ),
        ("pillar", "Enery", "there is no pillar 'Enery'", "did you mean Energy?"),
        (
            "pillar",
            "water",
            "there is no pillar 'water'",
            'use one of economy, energy, or write in a mapping [register] pillars = "new"',
        ),
        ("owed_by", "VN;Singapur", "there is no party 'Singapur'", "did you mean Singapore?"),
        ("review", "often", "'often' is not a length of time", None),
        ("update", "Met in May", "'Met in May' is not valid JSON", None),
        ("due", "x" * 50, f"'{'x' * 37}...' is not a date", None),
        ("updated", "2026", "this must be a single day, not 2026", DATE_HINT),
    ],
)
def test_misread(target: str, text: str, message: str, hint: str | None) -> None:
    """A cell that is none of what its column holds is told, with what to do."""
    with pytest.raises(Misread) as caught:
        a_reader().value(text, target)
    assert caught.value.words.message == message
    assert hint in (None, caught.value.words.hint)


@pytest.mark.parametrize(
    ("text", "order", "name"),
    [
        ("2026-12-31", "iso", "2026-12-31"),
        ("2026-12-31T00:00:00", "iso", "2026-12-31"),
        ("2026-12-31", "dmy", "2026-12-31"),
        ("2026", "dmy", "2026"),
        ("2026-h2", "iso", "2026-H2"),
        ("31/12/2026", "dmy", "2026-12-31"),
        ("1.2.2026", "dmy", "2026-02-01"),
        ("1-2-2026", "mdy", "2026-01-02"),
        ("31/12/2026 0:00:00", "dmy", "2026-12-31"),
    ],
)
def test_date(text: str, order: str, name: str) -> None:
    """Days are ISO's, and those of the order that was said; midnight is no time of day."""
    assert read_date(text, DateOrder(order)).name == name


@pytest.mark.parametrize(
    ("text", "order", "reason", "hint"),
    [
        ("31/12/2026", "iso", "31/12/2026 is not in the form YYYY-MM-DD", "add --dates dmy"),
        ("12/31/2026", "iso", "12/31/2026 is not in the form YYYY-MM-DD", "add --dates mdy"),
        (
            "1/2/2026",
            "iso",
            "1/2/2026 is not in the form YYYY-MM-DD",
            "add --dates dmy or --dates mdy",
        ),
        ("31/12/26", "dmy", "the year of 31/12/26 has two digits", "write it with four"),
        ("12/31/2026", "dmy", "there is no month 31", None),
        ("46387", "dmy", "46387 is a spreadsheet's number for a day", SERIAL_HINT),
        ("soon", "iso", "'soon' is not a date", None),
    ],
)
def test_no_date(text: str, order: str, reason: str, hint: str | None) -> None:
    """What names no day, or may name two, is refused with what to do."""
    with pytest.raises(NotADate) as caught:
        read_date(text, DateOrder(order))
    assert caught.value.reason == reason
    assert hint in (None, caught.value.hint)


# --- headings -----------------------------------------------------------------------------------


def test_every_column_that_is_listed_is_known() -> None:
    """A column of ``list`` is a term, or news, or worked out; and every term has its column."""
    assert OURS | {"deadline", "seen", IN_FORCE} >= FIELDS.keys() | NEWS.keys()
    assert set(FIELDS) - WORKED_OUT <= TERMS.keys() | NEWS.keys()
    measured = {"measure_source" if key == "source" else key for key in fields(Measure)}
    assert FIELDS.keys() >= (fields(Pledge).keys() - RECORDS) | measured
    assert not WORKED_OUT & set(IMPORTABLE)


def test_records_have_no_other_keys() -> None:
    """The columns of records hold whatever a claim, an update or an ask can say."""
    assert {"claim", "update", "ask"} <= set(TERMS)
    assert all(fields(kind) for kind in (Claim, Update, Ask))


def test_names_are_found_in_any_spelling() -> None:
    """Case, spaces, hyphens and underscores make no difference."""
    found = matched("ID", "Owed by", "due-text", "PART_OF", "update note")
    assert targets(found) == {
        "ID": "id",
        "Owed by": "owed_by",
        "due-text": "due_text",
        "PART_OF": "part_of",
        "update note": "update_note",
    }
    assert not found.is_export


def test_worked_out_columns_are_left_alone() -> None:
    """What is worked out is passed over; due is the deadline in force beside pledged_due."""
    found = matched("id", "status", "value", "due", "pledged_due", "standing")
    assert list(targets(found).values()) == ["id", "status", "value", IN_FORCE, "pledged_due"]
    assert found.is_export
    assert not found.left_out
    assert targets(matched("id", "status", "due")) == {"id": "id", "status": "status", "due": "due"}


def test_others_are_left_out_by_name() -> None:
    """A column that means nothing here is named, so that nothing is lost without a word."""
    assert matched("ID", "Remarks", "Progress").left_out == ["Remarks", "Progress"]


@pytest.mark.parametrize(
    ("heading", "meant"),
    [("Deadline", "due"), ("deadline", "due"), ("Owner", "owed_by"), ("Pilar", "pillar")],
)
def test_slip(heading: str, meant: str) -> None:
    """A heading that may mean one of ours is told, not guessed."""
    [found] = matched("id", heading).faults
    assert (found.line, found.column, found.text) == (1, 2, heading)
    assert found.message == f"there is no column {heading!r}"
    assert found.hint == f'use --map "{heading}={meant}"'


def test_heading_twice() -> None:
    """Two columns can't give one thing; a mapping leaves one of them out."""
    [found] = matched("id", "Title", "title").faults
    assert (found.column, found.message) == (3, "'Title' in column 2 gives title too")
    assert not matched("id", "Title", "title", mapping={"Title": ""}).faults


def test_mapping() -> None:
    """Foreign headings are mapped by pairs, headings with commas too."""
    assert map_pairs(["Name=title,Owner, lead=lead", "A=B=owed by"]) == {
        "Name": "title",
        "Owner, lead": "lead",
        "A=B": "owed_by",
    }
    assert targets(matched("Name", mapping={"name": "title"})) == {"Name": "title"}


@pytest.mark.parametrize(
    ("text", "message", "hint"),
    [
        ("Name=titel", "--map: there is no column 'titel'", "did you mean title?"),
        ("Name", "--map 'Name' names no column", None),
    ],
)
def test_wrong_mapping(text: str, message: str, hint: str | None) -> None:
    """A mapping to what is not there is refused."""
    with pytest.raises(WrongUse) as caught:
        map_pairs([text])
    assert caught.value.message == message
    assert hint in (None, caught.value.hint)


def test_mapping_of_a_heading_that_is_not_there() -> None:
    """A mapping of a heading that the file does not have is refused with the nearest."""
    with pytest.raises(WrongUse) as caught:
        matched("Name", mapping={"Nmae": "title"})
    assert caught.value.message == "--map: there is no column 'Nmae' in the file"
    assert caught.value.hint == "did you mean Name?"


# --- files --------------------------------------------------------------------------------------

TEXT = "id;title\r\nECO-01;Khu công nghiệp\r\n"


@pytest.mark.parametrize("content", [b"id,title\n", TEXT.encode(), b"id\n\xff\xfe\x81\n"])
def test_each_encoding_of_python(content: bytes) -> None:
    """A file is read in an encoding, or refused; some encodings name no place of what is wrong."""
    for name in [each.name for each in pkgutil.iter_modules(encodings.__path__)]:
        with suppress(FaultyRows, WrongUse):
            assert isinstance(decoded_text(content, "a.csv", name), str)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_encoding(encoding: str) -> None:
    """UTF-8 is read with and without its mark, UTF-16 with it."""
    assert decoded_text(TEXT.encode(encoding), "plan.csv") == TEXT


@pytest.mark.parametrize(
    ("content", "line", "message"),
    [
        (b"id\nH\xe0 N\xf4i\n", 2, "byte 0xe0 is not valid UTF-8"),
        ("id\nx".encode("utf-16-le"), 1, "byte 0x00 is not valid UTF-8"),
    ],
)
def test_other_encodings(content: bytes, line: int, message: str) -> None:
    """Other bytes are refused with the line that they stand in."""
    with pytest.raises(FaultyRows) as caught:
        decoded_text(content, "plan.csv")
    [found] = caught.value.faults
    hint = 'save it as "CSV UTF-8", or name its encoding: --encoding cp1252'
    assert (found.line, found.message, found.hint) == (line, message, hint)


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_delimiter(delimiter: str) -> None:
    """The headings tell what stands between cells."""
    text = f'"Title, or; name"{delimiter}id{delimiter}note\n"a\n""b"""{delimiter}X{delimiter}\n\n'
    found = csv_sheet(text, "plan.csv", None)
    assert found.headings == ["Title, or; name", "id", "note"]
    assert [(row.number, row.cells) for row in found.rows] == [(2, ['a\n"b"', "X", ""])]


@pytest.mark.parametrize(
    ("text", "row", "message"),
    [
        ("", 1, "there is no heading row"),
        ('id\nA\n"B\n', 3, "the closing quote is missing"),
        ('id,a\nA,"B" c\n', 2, "there is something after a closing quote"),
    ],
)
def test_no_sheet(text: str, row: int, message: str) -> None:
    """A text that is no CSV is refused at its row."""
    with pytest.raises(FaultyRows) as caught:
        csv_sheet(text, "plan.csv", None)
    assert [(each.line, each.message) for each in caught.value.faults] == [(row, message)]


def test_row_with_too_many_cells() -> None:
    """A row with more cells than there are columns is told; blank ones are no matter."""
    found = csv_sheet("id,title\nA,b,,\n\nC,d,e\nF\n", "plan.csv", None)
    assert [(each.line, each.message) for each in found.faults] == [
        (4, "this row has 3 cells, but there are 2 columns")
    ]


@pytest.mark.parametrize(
    ("name", "text", "headings"),
    [
        ("a.csv", "id,title\nX,y\n", ["id", "title"]),
        ("a.TSV", "id\ttitle, long\nX\ty\n", ["id", "title, long"]),
        (
            "a.json",
            '{"kind": "pledge-list", "pledges": [{"id": "X"}, {"title": "y"}]}',
            ["id", "title"],
        ),
        ("a.json", '[{"id": "X"}]', ["id"]),
        ("a.json", '{"id": "X"}', ["id"]),
        ("a.ndjson", '{"id": "X"}\n\n{"title": "y"}\n', ["id", "title"]),
        ("a.jsonl", '{"id": "X"}\n', ["id"]),
    ],
)
def test_kind(tmp_path: Path, name: str, text: str, headings: list[str]) -> None:
    """The suffix tells what a file is."""
    (tmp_path / name).write_text(text, encoding="utf-8")
    assert imported_sheet(str(tmp_path / name), None).headings == headings


def test_kind_that_is_said(tmp_path: Path) -> None:
    """What is said of a file goes before its suffix."""
    path = tmp_path / "plan.txt"
    path.write_text("id\ttitle\nX\ty\n", encoding="utf-8")
    assert imported_sheet(str(path), FileKind.TSV).headings == ["id", "title"]


@pytest.mark.parametrize(
    ("name", "hint"),
    [
        ("plan.ods", "save it in the format .xlsx, or as CSV UTF-8"),
        ("plan.txt", "add --from and one of csv, tsv, xlsx, json, ndjson, toml"),
        ("plan", "add --from and one of csv, tsv, xlsx, json, ndjson, toml"),
    ],
)
def test_unknown_kind(name: str, hint: str) -> None:
    """A file of another suffix is refused with what to do."""
    with pytest.raises(WrongUse) as caught:
        imported_sheet(name, None)
    assert caught.value.hint == hint


@pytest.mark.parametrize(
    ("name", "text", "faults"),
    [
        ("a.json", '{"kind": "overview"}', [(1, "it is not clear where the pledges are in it")]),
        (
            "a.json",
            '[\n{"id": "X"},\n{]\n',
            [(3, "this is not valid JSON: object keys must be strings")],
        ),
        ("a.json", "[1]", [(1, "this must be an object with the keys of a pledge")]),
        (
            "a.json",
            json.dumps([{f"key {at}": at} for at in range(501)]),
            [(501, "the records up to this one have more than 500 different keys")],
        ),
        (
            "a.ndjson",
            '{"id": "X"}\n{"id"\nx\n',
            [
                (2, "this is not valid JSON: Input data was truncated"),
                (3, "this is not valid JSON: invalid character"),
            ],
        ),
    ],
)
def test_no_json(tmp_path: Path, name: str, text: str, faults: list[tuple[int, str]]) -> None:
    """JSON that is none, or holds no pledges, is told with its line or record."""
    (tmp_path / name).write_text(text, encoding="utf-8")
    try:
        found = imported_sheet(str(tmp_path / name), None).faults
    except FaultyRows as error:
        found = error.faults
    assert [(each.line, each.message) for each in found] == faults


# --- ids ----------------------------------------------------------------------------------------


def test_next_ids_avoid_those_given_later() -> None:
    """A row without an id takes none that another row gives, be it further down."""
    ledger = a_ledger(a_pledge(id="ECO-08"), a_pledge(id="ENE-01", pillar="energy"))
    ids = ["", "ECO-09", "", "ECO-11", ""]
    lines = [f"{given},Pledge {number},economy" for number, given in enumerate(ids)]
    sheet = csv_sheet("\n".join(["id,title,pillar", *lines]), "plan.csv", None)
    columns = import_columns(sheet, SheetMapping())
    reader = CellReader(ledger, SheetMapping(), columns)
    found = pledge_rows(columns, SheetMapping(), reader, ledger)
    assert [each.table["id"] for each in found.rows] == [
        *("ECO-12", "ECO-09", "ECO-13", "ECO-11", "ECO-14")
    ]
    assert not found.faults


def test_an_id_is_made_of_letters_and_digits() -> None:
    """Whatever a pillar is called, its ids are ids."""
    assert re.fullmatch(r"[\w-]+-01", next_id("kinh tế & hợp tác", [], []))
