"""``pledges import``: what comes into a ledger, what is refused, and that nothing is lost."""

import csv
import datetime as dt
import io
import json
import re
import shlex
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

import pytest
import tomli_w
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import asdict, replace
from rich.cells import cell_len

from build import SHIPPED
from desk import NAME, Desk
from pledges.domain.day import read_period
from pledges.domain.deadlines import current_deadline
from pledges.domain.pledge import Kind, Ledger, Pledge, Status, Update
from pledges.errors import Exit, Fault, FaultyRows
from pledges.ledger.importing.files import FileKind
from pledges.ledger.reading.decode import decode
from pledges.render.error_text import error_lines
from program import Ended
from samples import PARTS

CASES: Final = Path(__file__).parent / "cases" / "import"
LATER: Final = "2100-01-01"
"""A day by which all is known."""

FLAT: Final = (FileKind.CSV, FileKind.TSV)
FORMATS: Final = [each for each in FileKind if each not in (FileKind.TOML, FileKind.XLSX)]
"""What a list is written in, to be brought in again."""

WHOLE: Final = [*FORMATS, "show", FileKind.XLSX]
"""The same, with a workbook, and what shows pledges."""

REGISTERS: Final = PARTS["head"] + PARTS["sources"]
LEDGER: Final = f"""{REGISTERS}
[[pledge]]
id = "ECO-01"
title = "Open the market"
pillar = "economy"
due = "2029"
measure = {{ unit = "parks", target = 30 }}

[[pledge.update]]
date = 2026-01-01
status = "in-progress"
due = "2026"
why = "The ministers' call named 2026."

[[pledge.ask]]
what = "Confirm the year"
date = 2026-02-01

[[pledge]]
id = "ECO-02"
title = "Meet"
pillar = "economy"
kind = "recurring"
every = "year"
since = "2025"

[[pledge.update]]
date = 2025-06-01
status = "completed"
period = "2025"
"""


class Importing(Desk):
    """A desk into whose ledger files are brought."""

    @property
    def pledges(self) -> dict[str, Pledge]:
        """The pledges of the ledger by their ids."""
        return {each.id: each for each in self.read().pledges}

    def read(self) -> Ledger:
        """What the ledger holds."""
        return decode(self.text, NAME)

    def file(self, name: str, text: str) -> str:
        """The path of a file with this text."""
        (self.folder / name).write_bytes(text.encode())
        return str(self.folder / name)

    def brought(self, name: str, text: str, *options: str) -> Ended:
        """What is said of bringing in a file with this text, by its bare name."""
        found = self.import_(self.file(name, text), *options)
        return found._replace(err=found.err.replace(f"{self.folder}/", ""))

    def import_(self, *argv: str, stdin: bytes = b"") -> Ended:
        """What ``pledges import`` prints here; a bug is raised as it is."""
        return self("import", *argv, "--debug", stdin=stdin)


@pytest.fixture
def desk(tmp_path: Path) -> Importing:
    """A desk with a ledger of two pledges."""
    return Importing(tmp_path, LEDGER)


WHY_HINT: Final = "give the reason of the move in a column why, or for all rows: --set why='...'"
MAPPED: Final = "To import them use --map or --learn"
WRITTEN: Final = "Written to commitments.toml. To undo this: pledges undo\n"


# --- what comes in ------------------------------------------------------------------------------


def test_new_and_changed(desk: Importing) -> None:
    """A row is matched by its id; what it gives is put there, and a row without one is new."""
    text = (
        "Id,Title,Pillar,Owed by,Due,Note,Tags\n"
        "ECO-01,,,VN;SG,,See the annex,rice;trade\n"
        ",Train officials,Economic cooperation,Singapore,2027-Q4,,\n"
        ",Link the grids,energy,VN,,,\n"
    )
    out = (
        "ECO-01  changed  owed_by none -> VN;SG; tags none -> rice;trade; "
        "note none -> See the annex\n"
        "ECO-03  new      Train officials\n"
        "ENE-01  new      Link the grids\n"
    )
    assert desk.brought("plan.csv", text) == (0, out, f"2 new, 1 changed.\n{WRITTEN}")
    found = desk.pledges
    assert list(found) == ["ECO-01", "ECO-02", "ECO-03", "ENE-01"]
    assert found["ECO-01"].owed_by == ("VN", "SG")
    assert found["ECO-01"].title == "Open the market"
    assert found["ECO-03"].due
    assert found["ECO-03"].due.name == "2027-Q4"


def test_news(desk: Importing) -> None:
    """A status or a value that is new becomes an update of its day; without one it was seen."""
    text = (
        "id,status,value,updated,update_note,period\n"
        "ECO-01,In progress,21,2026-11-01,Two more,\n"
        "ECO-02,Completed,,,,2026\n"
    )
    out = (
        "ECO-01  changed  value none -> 21 parks\n"
        "ECO-02  changed  +1 update: first seen: 2026, completed\n"
    )
    assert desk.brought("news.csv", text) == (0, out, f"2 changed.\n{WRITTEN}")
    first = 'date = 2026-11-01\nvalue = 21\nnote = "Two more"\n'
    second = 'date = 2026-11-22\nperiod = "2026"\nstatus = "completed"\n'
    before, ask, after = LEDGER.partition("\n[[pledge.ask]]")
    head = "\n[[pledge.update]]\n"
    added = f"{before}{head}{first}{ask}{after}{head}{second}seen = true\n"
    assert desk.path.read_text(encoding="utf-8") == added


@pytest.mark.parametrize("again", ["2026-11-22", "2026-12-24"])
def test_brought_in_twice(desk: Importing, again: str) -> None:
    """What was brought in once is known: nothing is written, on a later day neither."""
    text = "id,status,value,update_note\nECO-01,completed,30,All of them\n"
    assert desk.brought("news.csv", text).code == 0
    content = desk.path.read_bytes()
    said = (0, "", "1 as it was.\nNothing was written.\n")
    assert desk.brought("news.csv", text, "--as-of", again) == said
    assert desk.path.read_bytes() == content


def test_nothing_is_taken_away(desk: Importing) -> None:
    """An empty cell and an absent or null key remove nothing."""
    rows = '{"id": "ECO-01", "due": null, "note": "", "tags": [], "measure": {"target": null}}'
    assert desk.brought("a.json", rows).err == "1 as it was.\nNothing was written.\n"
    csv = "id,title,due,unit,target,status\nECO-01,,,,,unreported\n"
    assert desk.brought("a.csv", csv).err == "1 as it was.\nNothing was written.\n"


def test_measure_is_changed_by_its_parts(desk: Importing) -> None:
    """A part of a measure is changed alone; a pledge without one gets one if it has a target."""
    text = "id,target,unit,baseline\nECO-01,35,,\nECO-02,9,talks,0\n"
    assert desk.brought("a.csv", text).out == (
        "ECO-01  changed  target 30 -> 35\n"
        "ECO-02  changed  unit none -> talks; baseline none -> 0; target none -> 9\n"
    )
    text = desk.path.read_text(encoding="utf-8")
    assert 'measure = { unit = "parks", target = 35 }' in text


def test_records_of_json(desk: Importing) -> None:
    """Records that are not yet there are added; a decision is the same by its words and date."""
    ask = {"what": "Confirm the year", "date": "2026-02-01", "settled": "2026-03-01"}
    claim = {"due": "2030", "source": "vov", "assessment": {"standing": "overdue"}}
    record = {"id": "ECO-01", "ask": [ask], "claim": [claim], "assessment": {}, "mood": "good"}
    found = desk.brought("a.ndjson", json.dumps(record))
    assert found.out == "ECO-01  changed  +1 claim; +1 ask\n"
    assert found.err == f"Left out: mood. {MAPPED}\n1 changed.\n{WRITTEN}"
    [settled] = desk.pledges["ECO-01"].asks
    assert str(settled.settled) == "2026-03-01"
    assert desk.brought("a.ndjson", json.dumps(record)).err.endswith("Nothing was written.\n")


def test_deadline_in_force_is_no_new_one(desk: Importing) -> None:
    """The deadline that a plain list shows is left as the ledger words it, first and moved."""
    columns = ("--columns", "id,title,status,period,due,value,updated")
    for form in FORMATS:
        text = desk("list", *columns, "--format", form).out
        assert desk.brought(f"a.{form}", text).err == "2 as they were.\nNothing was written.\n"


def test_moved_deadline_is_not_overwritten(desk: Importing) -> None:
    """A deadline is not moved without a reason."""
    err = (
        "row  column  what is wrong                       what to do\n"
        f"  2  due     the deadline in the ledger is 2026  {WHY_HINT}\n"
        "\n1 error in a.csv; nothing was written\n"
    )
    assert desk.brought("a.csv", "id,due\nECO-01,2028\n") == (4, "", err)


def test_dry_run(desk: Importing) -> None:
    """With --dry-run the change is printed as a diff, and nothing is written."""
    content = desk.path.read_bytes()
    found = desk.brought("a.csv", "id,note\nECO-02,Yearly\n", "--dry-run")
    assert found.err == "1 changed.\nNothing was written.\n"
    assert '\n+note = "Yearly"\n' in found.out
    assert desk.path.read_bytes() == content


def test_for_scripts(desk: Importing) -> None:
    """JSON tells of every pledge what became of it."""
    text = "id,title,pillar,note\nECO-01,,,x\nECO-02,,,\nENE-01,Grid,energy,\n"
    found = desk.brought("a.csv", text, "--format", "json")
    document = json.loads(found.out)
    pledges = document.pop("pledges")
    assert document.pop("reading")["heading_row"] == 1
    assert document.pop("diff") is None
    assert document == {
        "schema_version": 1,
        "kind": "import",
        "ledger": "commitments.toml",
        "count": 3,
        "new": 1,
        "changed": 1,
        "same": 1,
    }
    assert [(each["id"], each["change"]) for each in pledges] == [
        ("ECO-01", "changed"),
        ("ECO-02", "same"),
        ("ENE-01", "new"),
    ]
    assert pledges[0]["terms"] == [{"term": "note", "old": None, "new": "x"}]


@pytest.mark.parametrize(
    ("text", "options"),
    [
        ("id,note\nECO-01,x\n", ()),
        ("id\tnote\nECO-01\tx\n", ("--from", "tsv")),
        ('{"id": "ECO-01", "note": "x"}\n', ()),
        ('[{"id": "ECO-01", "note": "x"}]', ()),
        ('{"id": "ECO-01", "note": "x"}\n{"id": "ECO-02"}\n', ()),
        (LEDGER.replace("due =", 'note = "x"\ndue =', 1), ()),
    ],
)
def test_standard_input(desk: Importing, text: str, options: tuple[str, ...]) -> None:
    """What standard input holds is told by its content, or by --from."""
    assert (
        desk.import_("-", *options, stdin=text.encode()).out == "ECO-01  changed  note none -> x\n"
    )


def test_another_ledger(desk: Importing) -> None:
    """Pledges of another ledger come with the entries that they use; those here stay."""
    other = """
[plan]
title = "Another plan"
[parties]
SG = "Singapura"
MY = "Malaysia"
TH = "Thailand"
[pillars]
energy = "Energy"
water = "Water"
[sources.minutes]
title = "Minutes"
[sources.unused]
title = "Unused"
[[pledge]]
id = "WAT-01"
title = "Share the river"
pillar = "water"
owed_by = ["SG", "MY"]
[[pledge.update]]
date = 2026-01-01
note = "Begun"
source = "minutes"
"""
    said = (
        "Added to the ledger: parties.MY, pillars.water, sources.minutes.\n"
        "Kept as they are in the ledger, although the file has other texts: parties.SG.\n"
        f"1 new.\n{WRITTEN}"
    )
    assert desk.brought("other.toml", other) == (0, "WAT-01  new  Share the river\n", said)
    ledger = desk.read()
    assert ledger.parties == {"VN": "Viet Nam", "SG": "Singapore", "MY": "Malaysia"}
    assert list(ledger.sources) == ["vov", "minutes"]
    assert desk.pledges["WAT-01"] == decode(other, "other.toml").pledges[0]


# --- what is refused ----------------------------------------------------------------------------

FAULTY: Final = """\
ID,Title,Pillar,Owed by,Deadline,Strength,Source,Baseline,Target,Unit,Made,Status,Value
,New one,Economic coperation,VN,2026,firm,vovv,"1,200",21%,parks,46387,Done,"2,5"
eco-01,,,,,,,,,,,,
ECO-09,,energy,,,,,,,,,,,extra
ECO-09,Twice,energy,,,,,,,,,,
,Open the market,economy,,,,,,,,,,
,Grid,energy,Vietnam,,,,10,10,MW,31/12/2026,,
"""
TABLE: Final = """\
row  column    what is wrong                                    what to do
  1  Deadline  there is no column 'Deadline'                    use --map "Deadline=due"
  2  Pillar    there is no pillar 'Economic coperation'         did you mean Economic cooperation?
  2  Strength  there is no strength 'firm'                      use one of requested, proposed, agreed, reaffirmed, signed, or in a mapping [words.strength] firm = "..."
  2  Source    there is no source 'vovv'                        did you mean vov?
  2  Baseline  '1,200' is not a number                          write it without separators: 1200
  2  Target    '21%' is not a number                            write 21, with % in the column unit
  2  Made      46387 is a spreadsheet's number for a day        it seems to be 2026-12-31; give the column the date format YYYY-MM-DD and save it again
  2  Status    there is no status 'Done'                        use one of not-started, in-progress, completed, suspended, withdrawn, superseded, or in a mapping [words.status] Done = "..."
  2  Value     '2,5' is not a number                            write it with a decimal point: 2.5
  3  ID        the ledger spells 'eco-01' differently           write ECO-01
  4  Title     a pledge needs a title                           fill it in
  4            this row has 14 cells, but there are 13 columns  put a cell that contains a separator in quotes
  5  ID        row 4 has the id 'ECO-09' too                    combine the two rows, or change one id; if they are its history, use [log]; if not, in a mapping [columns] ID = { to = "id", twice = "letter" }
  6  ID        ECO-01 has this title                            give its id, or another title
  7  Owed by   there is no party 'Vietnam'                      did you mean Viet Nam?
  7  Target    the target is the same as the baseline           progress runs from the baseline to the target, so they must differ; or leave it out: in a mapping [words.target] "10" = ""
  7  Made      31/12/2026 is not in the form YYYY-MM-DD         add --dates dmy

Row 1 was taken as the heading, cut at commas: ID | Title | Pillar | Owed by | Deadline | Strength | Source | Baseline | Target | Unit | Made | Status | Value

17 errors in plan.csv; nothing was written
"""  # noqa: E501  (the table as it is printed)


def test_all_problems_are_told(desk: Importing) -> None:
    """Everything that is wrong is told at its row and column, and nothing is written."""
    assert desk.brought("plan.csv", FAULTY) == (4, "", TABLE)
    assert desk.path.read_text(encoding="utf-8") == LEDGER


def test_problems_for_scripts(desk: Importing) -> None:
    """With --format json the problems are faults of the file, with row and column."""
    found = desk.brought("a.csv", "id,due\nECO-01,soon\nECO-02,2030\n", "--format", "json")
    error = json.loads(found.err)
    assert (found.code, error["code"], error["exit"]) == (4, "date", 4)
    assert [(each["file"], each["line"], each["column"]) for each in error["faults"]] == [
        ("a.csv", 2, 2),
        ("a.csv", 3, 2),
    ]


def test_problems_of_records(desk: Importing) -> None:
    """In JSON a problem is told by the number of the record and the path of the key."""
    updates = [{"date": "2026-05-05", "nte": "x"}, {"date": "2026-13-05"}]
    text = json.dumps([{"id": "ECO-01", "update": updates}, {"id": "ECO-02", "update": "x"}])
    assert desk.brought("a.json", text).err == (
        "row  column          what is wrong          what to do\n"
        "  1  update[1].date  there is no month 13   dates are YYYY-MM-DD, for example 2026-12-31\n"
        "  1  update[0].nte   there is no key 'nte'  did you mean note?\n"
        "  2  update          'x' is not valid JSON  "
        "this column holds records as JSON; for a note use update_note\n"
        "\n3 errors in a.json; nothing was written\n"
    )


@pytest.mark.parametrize(
    ("name", "text", "column", "message"),
    [
        (
            "a.json",
            '[{"id": "ECO-01", "measure": {"untit": "parks", "unit": 3}}]',
            "measure.untit",
            "there is no key 'untit'",
        ),
        ("a.json", '[{"id": "", "ID": 3}]', "ID", "'id' in column 1 gives id too"),
        (
            "a.csv",
            "id,kind,period\nECO-02,one-off,soon\n",
            "update[0].period",
            "only a recurring pledge has periods",
        ),
    ],
)
def test_place_of_a_problem(
    desk: Importing, name: str, text: str, column: str, message: str
) -> None:
    """A problem is told at the key that it is about, whatever else is wrong in its row."""
    lines = desk.brought(name, text).err.splitlines()
    assert [column, message] in [re.split("  +", line.strip())[1:3] for line in lines]


def test_most_problems_are_counted(desk: Importing) -> None:
    """Of very many problems fifty are told."""
    pledge = '[[pledge]]\nid = "N-{0}"\ntitle = "{0}"\npillar = "energy"\n'
    desk.path.write_text(LEDGER + "".join(map(pledge.format, range(60))))
    rows = "".join(f"n-{at}\n" for at in range(60))
    lines = desk.brought("a.csv", f"id\n{rows}").err.splitlines()
    assert lines[51:] == ["... and 10 more", "", "60 errors in a.csv; nothing was written"]


@pytest.mark.parametrize("value", [{}, [], {"a": 1}, [1]])
def test_what_is_no_text(desk: Importing, value: object) -> None:
    """In JSON of ours an empty object or list is no text either; elsewhere a list has none."""
    for is_ours in (True, False):
        record = {"id": "ECO-01", "note": value, **({"assessment": {}} if is_ours else {})}
        found = desk.brought("a.json", json.dumps([record]))
        is_refused = is_ours or value != []
        assert (found.code, "this must be a text" in found.err) == (4 * is_refused, is_refused)


def test_no_column_is_known(desk: Importing) -> None:
    """A file of nothing but foreign columns is told so once."""
    assert desk.brought("a.csv", "Foo,Bar\n1,2\n3,4\n").err == (
        "row  column  what is wrong                          what to do\n"
        "  1          it has no column that can be imported  "
        "say what its columns mean: pledges import a.csv --learn plan.map.toml\n"
        "\nRow 1 was taken as the heading, cut at commas: Foo | Bar\n"
        "\n1 error in a.csv; nothing was written\n"
    )


@pytest.mark.parametrize(
    ("argv", "code"),
    [
        (("nothing.csv",), 3),
        (("a.ods",), 2),
        (("a.csv", "--map", "Foo=title"), 2),
        (("a.csv", "--dates", "ymd"), 2),
        (("a.csv", "--from", "xml"), 2),
    ],
)
def test_used_wrongly(desk: Importing, argv: tuple[str, ...], code: int) -> None:
    """What can't be meant is refused before the ledger is touched."""
    desk.file("a.csv", "id,note\nECO-01,x\n")
    file, *options = argv
    assert desk.import_(str(desk.folder / file), *options).code == code
    assert desk.path.read_text(encoding="utf-8") == LEDGER


# --- a spreadsheet as people have them ----------------------------------------------------------

MAPPING: Final = (
    "Mã=id,Cam kết=title,Trụ cột=pillar,Bên thực hiện=owed_by,Cơ quan chủ trì=lead,Ngày ký=made,"
    "Thời hạn=due,Tình trạng=status,Số liệu=value,Đơn vị=unit,Mục tiêu=target,Cập nhật=updated,"
    "Ghi chú=update_note"
)


def test_spreadsheet(desk: Importing) -> None:
    """Thirty rows in Vietnamese, with semicolons, days first, a BOM and CRLF, as they come in."""
    shutil.copy(CASES / "cam-ket.toml", desk.path)
    found = desk.import_(str(CASES / "cam-ket.csv"), "--map", MAPPING, "--dates", "dmy")
    assert found.code == 0
    assert found.err == f"Left out: Màu. {MAPPED}\n30 new.\n{WRITTEN}"
    assert desk.path.read_bytes() == (CASES / "cam-ket.after.toml").read_bytes()


# --- nothing is lost ----------------------------------------------------------------------------


def exported(desk: Desk, form: str, as_of: str = LATER) -> str:
    """All pledges of a ledger in a format, with their internal notes."""
    ask = ("show", "*", "--format", "json") if form == "show" else ("list", "--format", form)
    return desk(*ask, "--internal", "--as-of", as_of).out


def exported_file(desk: Importing, form: str, as_of: str = LATER) -> str:
    """The path of a file with the same, which may be a workbook."""
    if form != FileKind.XLSX:
        suffix = "json" if form == "show" else form
        return desk.file(f"all.{suffix}", exported(desk, form, as_of))
    path = str(desk.folder / "all.xlsx")
    options = ("--internal", "--as-of", as_of, "--force", "--debug")
    assert desk("list", "--output", path, *options).code == 0
    return path


def check_laws(desk: Importing, text: str, head: str, form: str) -> None:
    """See that a ledger, written out and brought in, is what it was, here and elsewhere.

    ``head`` is the ledger without its pledges.  CSV and TSV have no histories to bring elsewhere.
    """
    desk.path.write_bytes(text.encode())
    original = desk.pledges
    written = exported_file(desk, form)
    before = desk.path.stat().st_mtime_ns
    assert desk.import_(written).code == 0
    assert desk.path.read_bytes() == text.encode()
    assert desk.path.stat().st_mtime_ns == before
    if form not in FLAT:
        desk.path.write_bytes(head.encode())
        assert desk.import_(written).code == 0
        assert desk.pledges == original


@pytest.mark.parametrize("form", WHOLE)
def test_shipped_ledger_comes_back(desk: Importing, form: str) -> None:
    """What is written of the shipped ledger can be read back without loss."""
    text = SHIPPED.read_text(encoding="utf-8")
    check_laws(desk, text, text.partition("[[pledge]]\n")[0], form)


@pytest.mark.parametrize("form", FLAT)
def test_flat_export_elsewhere(desk: Importing, form: str) -> None:
    """In another ledger a pledge of CSV has its terms, and how it stands as one update."""
    original = desk.pledges["ECO-01"]
    written = desk.file(f"all.{form}", exported(desk, form, "2026-11-22"))
    desk.path.write_text(REGISTERS)
    assert desk.import_(written).code == 0
    found = desk.pledges["ECO-01"]
    assert current_deadline(found) == read_period("2026-12-31")
    assert found == replace(original, due=found.due, updates=found.updates, asks=())
    assert [asdict(each) for each in found.updates] == [
        asdict(Update(date=dt.date(2026, 1, 1), status=Status.IN_PROGRESS))
    ]
    assert desk.pledges["ECO-02"].updates == ()


@pytest.mark.parametrize("form", FLAT)
def test_shipped_ledger_elsewhere(desk: Importing, form: str) -> None:
    """The terms, deadlines, statuses and values of the shipped ledger are the same elsewhere."""
    desk.text = SHIPPED.read_text(encoding="utf-8")
    written = desk.file(f"all.{form}", exported(desk, form, "2026-11-22"))
    desk.text = desk.text.partition("[[pledge]]\n")[0]
    assert desk.import_(written).code == 0
    columns = "id,title,kind,owed_by,made,due,status,value,target,lead,source,tags,note"
    argv = ("list", "--columns", columns, "--as-of", "2026-11-22", "--ledger")
    here, there = (desk(*argv, str(each)).out for each in (SHIPPED, desk.path))
    recurring = {each.id for each in desk.pledges.values() if each.kind is Kind.RECURRING}
    differing = {row.split()[0] for row in {*here.splitlines()} ^ {*there.splitlines()}}
    assert differing <= recurring


TEXT: Final = st.one_of(
    st.text(min_size=1, max_size=12),
    st.text(
        st.sampled_from("\\'\"=+-@;,\n\r\t nx0[{\x1b\u200b\ufeff\u00a0"), min_size=1, max_size=8
    ),
)
NUMBER: Final = st.one_of(
    st.integers(-(10**18), 10**18), st.floats(-1e18, 1e18, allow_nan=False, allow_subnormal=False)
)
DAY: Final = st.dates(min_value=dt.date(1990, 1, 1), max_value=dt.date(2099, 12, 31))
PERIOD: Final = st.one_of(
    DAY, st.sampled_from(["2026", "2026-H2", "2026-Q4", "2026-11", "1999-02"])
)
SOURCE: Final = st.sampled_from(["s", " odd; 'id", "https://example.org/a"])
SOURCES: Final = st.one_of(SOURCE, st.lists(SOURCE, min_size=1, max_size=2, unique=True))
PARTIES: Final = st.lists(st.sampled_from(["A", " B", "C,D", "'=E\\n"]), unique=True)


def some(**terms: st.SearchStrategy[Any]) -> Mapping[str, st.SearchStrategy[Any]]:
    """Terms that a record may have or not."""
    return terms


UPDATE: Final = st.fixed_dictionaries(
    {"date": DAY},
    optional=some(
        status=st.sampled_from(["in-progress", "completed"]),
        note=TEXT,
        source=SOURCES,
        by=TEXT,
        seen=st.booleans(),
    ),
)
POSTPONEMENT: Final = st.fixed_dictionaries({"date": DAY, "due": PERIOD, "why": TEXT})
ASK: Final = st.fixed_dictionaries(
    {"what": TEXT, "date": DAY}, optional=some(of=TEXT, by=DAY, settled=DAY)
)
CLAIM: Final = st.fixed_dictionaries(
    {"source": SOURCES, "due": PERIOD}, optional=some(note=TEXT, settled=DAY)
)
PLEDGE: Final = st.fixed_dictionaries(
    {"title": TEXT.filter(str.strip), "pillar": st.sampled_from(["p", "Other pillar"])},
    optional=some(
        owed_by=PARTIES,
        asked_by=PARTIES,
        lead=st.one_of(TEXT, st.lists(TEXT, max_size=3)),
        waiting_on=TEXT,
        strength=st.sampled_from(["agreed", "signed"]),
        kind=st.sampled_from(["one-off", "ongoing"]),
        review=st.sampled_from(["90 days", "1 year"]),
        made=PERIOD,
        due=PERIOD,
        due_text=TEXT,
        source=SOURCES,
        tags=st.lists(TEXT, max_size=3),
        note=TEXT,
        internal=TEXT,
        claim=st.lists(CLAIM, max_size=2),
        update=st.lists(st.one_of(UPDATE, POSTPONEMENT), max_size=3),
        ask=st.lists(ASK, max_size=2, unique_by=lambda ask: (ask["what"], ask["date"])),
        measure=st.fixed_dictionaries(
            {"unit": TEXT},
            optional=some(target=NUMBER, baseline_date=DAY, total_text=TEXT, source=SOURCE),
        ),
    ),
)


HEAD: Final = tomli_w.dumps(
    {
        "plan": {"title": "Plan"},
        "parties": {"A": "A", " B": "B", "C,D": "C", "'=E\\n": "E"},
        "pillars": {"p": "Other pillar", "Other pillar": "P"},
        "sources": {"s": {"title": "S"}, " odd; 'id": {"title": "Odd"}},
    }
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(pledges=st.lists(PLEDGE, min_size=1, max_size=4), form=st.sampled_from(WHOLE))
def test_any_ledger_comes_back(desk: Importing, pledges: list[dict[str, Any]], form: str) -> None:
    """Whatever a ledger says is read back from what is written of it, in every format."""
    named = [{"id": f"P-{at}", **each} for at, each in enumerate(pledges)]
    check_laws(desk, tomli_w.dumps({"pledge": named}) + HEAD, HEAD, form)


# --- what update and add refuse -----------------------------------------------------------------

KEPT: Final = f"""{REGISTERS}
[[pledge]]
id = "YTE-05"
title = "Build wind farms"
pillar = "energy"
made = 2026-01-10
due = "2027-Q4"
measure = {{ unit = "MW", target = 40 }}

[[pledge.update]]
date = 2026-05-01
status = "in-progress"
value = 20

[[pledge]]
id = "YTE-06"
title = "Link the grids"
pillar = "energy"

[[pledge.update]]
date = 2026-03-01
status = "completed"
"""
"""A ledger of a pledge that is open, and of one that is completed."""


@pytest.fixture
def kept(desk: Importing) -> Importing:
    """The desk with a pledge that is open and one that is completed."""
    desk.path.write_bytes(KEPT.encode())
    return desk


def problems(
    desk: Importing, name: str, text: str, *options: str
) -> list[tuple[int, str, str, str]]:
    """What is wrong with a file by row and column, with what to do; nothing is written."""
    before = desk.path.read_bytes()
    found = desk.brought(name, text, "--format", "json", *options)
    assert (found.code, found.out) == (4, "")
    assert desk.path.read_bytes() == before
    headings = next(iter(text.splitlines())).split(",")
    return [
        (each["line"], headings[each["column"] - 1], each["message"], each["hint"])
        for each in json.loads(found.err)["faults"]
    ]


MADE_HINT: Final = "give the day or the period in which it was made"
DUE_HINT: Final = "check due and made"


@pytest.mark.parametrize(
    ("headings", "row", "column", "message", "hint"),
    [
        (
            "id,status",
            "YTE-06,in-progress",
            "status",
            "it was reported completed; a change to in-progress needs a reason",
            "give the reason in a column update_note, or for all: --set update_note='...'",
        ),
        (
            "id,value,updated",
            "YTE-05,25,2026-01-09",
            "updated",
            "2026-01-09 is before the pledge was made, 2026-01-10",
            "give the day on which it happened",
        ),
        (
            "id,value,updated",
            "YTE-05,25,2026-11-23",
            "updated",
            "2026-11-23 is after 2026-11-22",
            "an update is about what has happened",
        ),
        (
            "id,title,pillar,made,status",
            ",New,energy,2027,in-progress",
            "made",
            "2027 is after 2026-11-22",
            MADE_HINT,
        ),
        ("id,made", "YTE-05,2027-12", "made", "2027-12 is after 2026-11-22", MADE_HINT),
        (
            "id,title,pillar,made,due",
            ",New,energy,2026-02,2025",
            "due",
            "the deadline 2025 is before the pledge was made, 2026-02",
            DUE_HINT,
        ),
        (
            "id,title,pillar,kind,every,since,status,period",
            ",New,energy,recurring,year,2025,completed,2024",
            "period",
            "2024 is before the first period, 2025",
            "give a later period here, or an earlier one in since",
        ),
    ],
)
def test_rules_of_update_and_add(  # noqa: PLR0913, PLR0917  (a problem has so many parts)
    kept: Importing, headings: str, row: str, column: str, message: str, hint: str
) -> None:
    """What update and add refuse is refused in a table too, at its row and column."""
    found = problems(kept, "a.csv", f"{headings}\n{row}\n")
    assert found == [(2, column, message, hint)]


def test_made_after_the_deadline_of_the_ledger(kept: Importing) -> None:
    """Where only the day is given on which a pledge was made, the problem stands there."""
    text = "id,made\nYTE-05,2028-01-02\n"
    found = problems(kept, "a.csv", text, "--as-of", "2028-02-01")
    said = "the deadline 2027-Q4 is before the pledge was made, 2028-01-02"
    assert found == [(2, "made", said, DUE_HINT)]


def test_steps_back_with_a_note(kept: Importing) -> None:
    """What was completed is taken up again with a word of why."""
    text = "id,status,update_note\nYTE-06,in-progress,A pylon fell.\n"
    assert kept.brought("a.csv", text).out == "YTE-06  changed  status completed -> in progress\n"


def test_what_is_known_is_not_judged(kept: Importing) -> None:
    """What the ledger says already is no news, whatever its dates are."""
    rows = "YTE-05,in-progress,20,2026-12-24,2026-01-10\nYTE-06,completed,,2027-01-01,\n"
    found = kept.brought("a.csv", f"id,status,value,updated,made\n{rows}")
    assert found.err == "2 as they were.\nNothing was written.\n"


def test_records_are_not_judged(kept: Importing) -> None:
    """Updates that are given whole are history, and come in as they are."""
    update = {"date": "2025-01-01", "value": 3}
    found = kept.brought("a.json", json.dumps({"id": "YTE-05", "update": [update]}))
    assert found.out == "YTE-05  changed  +1 update: 3 MW (an older value)\n"


# --- deadlines ----------------------------------------------------------------------------------

MOVE: Final = (
    "to move it: pledges update YTE-05 --due 2028 --why '...'; to correct it: pledges edit YTE-05"
)


@pytest.mark.parametrize(("column", "hint"), [("due", WHY_HINT), ("pledged_due", MOVE)])
def test_deadline_is_not_overwritten(kept: Importing, column: str, hint: str) -> None:
    """A deadline stays; a move needs a reason."""
    text = f"id,{column}\nYTE-05,2028\n"
    assert problems(kept, "a.csv", text) == [
        (2, column, "the deadline in the ledger is 2027-Q4", hint)
    ]


@pytest.mark.parametrize(
    ("text", "options", "why"),
    [
        ("id,due,why\nYTE-05,2028,Rain.\n", (), "Rain."),
        ("id,due\nYTE-05,2028\n", ("--set", "why=As listed."), "As listed."),
        ("id,due,why\nYTE-05,2028,Rain.\n", ("--set", "why=As listed."), "Rain."),
    ],
)
def test_deadline_is_moved(kept: Importing, text: str, options: tuple[str, ...], why: str) -> None:
    """A deadline that differs moves it, with the reason of a column, or that of all rows."""
    assert kept.brought("a.csv", text, *options).code == 0
    found = kept.pledges["YTE-05"]
    assert found.due == read_period("2027-Q4")
    [update] = [each for each in found.updates if each.due]
    assert update == Update(date=dt.date(2026, 11, 22), due=read_period("2028"), why=why)


@pytest.mark.parametrize("name", ["a.json", "a.ndjson", "a.toml"])
def test_deadline_is_not_overwritten_by_records(kept: Importing, name: str) -> None:
    """A deadline stays, also where JSON or another ledger gives another one."""
    record = {"id": "YTE-05", "due": "2028", "update": []}
    ledger = KEPT.replace('"2027-Q4"', '"2028"')
    found = kept.brought(name, ledger if name == "a.toml" else json.dumps(record))
    assert found.code == 4
    assert f"due     the deadline in the ledger is 2027-Q4  {MOVE}\n" in found.err


def test_deadline_in_other_words(kept: Importing) -> None:
    """The same last day in other words is the same deadline, and stays as it is worded."""
    for text in ("id,due\nYTE-05,2027-12-31\n", "id,pledged_due\nYTE-05,2027\n"):
        assert kept.brought("a.csv", text).err == "1 as it was.\nNothing was written.\n"


@pytest.mark.parametrize("column", ["due", "made", "baseline_date"])
def test_day_and_month_are_meant_to_change_places(kept: Importing, column: str) -> None:
    """The command that the hint for a swapped day names makes it the day of the ledger."""
    measure = 'unit = "MW", baseline = 10, baseline_date = 2026-02-01'
    text = kept.text.replace('unit = "MW"', measure).replace('"2027-Q4"', "2027-02-01")
    kept.text = text.replace("made = 2026-01-10", "made = 2026-02-01")
    year = "2027" if column == "due" else "2026"
    [(_, _, _, hint)] = problems(kept, "a.csv", f"id,{column}\nYTE-05,{year}-01-02\n")
    _, command = hint.split("; if it is right: pledges ")
    assert kept(*shlex.split(command)).code == 0, command
    again = kept.brought("a.csv", f"id,{column}\nYTE-05,{year}-01-02\n")
    assert again.err == "1 as it was.\nNothing was written.\n"


def test_first_deadline(kept: Importing) -> None:
    """A pledge without a deadline gets its first one."""
    assert kept.brought("a.csv", "id,due\nYTE-06,2028\n").out == (
        "YTE-06  changed  deadline none -> 2028\n"
    )


@pytest.mark.parametrize(
    "columns",
    [
        "id,due,status,value",
        "id,pledged_due,status,value,period",
        "id,made,due,pledged_due,updated",
    ],
)
@pytest.mark.parametrize("form", FORMATS)
def test_chosen_columns_come_back(desk: Importing, columns: str, form: str) -> None:
    """Whatever columns a list is written in, bringing it in again changes nothing."""
    text = desk("list", "--columns", columns, "--format", form).out
    assert desk.brought(f"a.{form}", text).err == "2 as they were.\nNothing was written.\n"


# --- a full export that was changed in a spreadsheet --------------------------------------------


def full(desk: Importing, *cells: tuple[str, str, str]) -> str:
    """All columns of the ledger's pledges, with some cells changed, by id and column."""
    rows = list(csv.DictReader(io.StringIO(exported(desk, "csv"))))
    for pledge, column, text in cells:
        next(row for row in rows if row["id"] == pledge)[column] = text
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, rows[0].keys(), lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()


def test_changed_export(kept: Importing) -> None:
    """A status or a value that was changed is news of the day; a deadline needs a reason."""
    text = full(
        kept,
        ("YTE-05", "status", "completed"),
        ("YTE-05", "value", "21"),
        ("YTE-06", "due", "2028"),
    )
    assert kept.brought("a.csv", text).out == (
        "YTE-05  changed  status in progress -> completed; value 20 MW -> 21 MW\n"
        "YTE-06  changed  deadline none -> 2028\n"
    )
    [_, update] = kept.pledges["YTE-05"].updates
    assert update == Update(
        date=dt.date(2026, 11, 22), status=Status.COMPLETED, value=21, seen=True
    )
    text = full(kept, ("YTE-05", "due", "2028"))
    assert problems(kept, "a.csv", text) == [
        (2, "due", "the deadline in the ledger is 2027-Q4", WHY_HINT)
    ]


def test_row_added_to_an_export(kept: Importing) -> None:
    """A row that was added by hand brings a pledge, with its deadline in either column."""
    head = full(kept).splitlines()[0]
    row = dict.fromkeys(head.split(","), "")
    for id_, column in (("N-1", "due"), ("N-2", "pledged_due")):
        new = {**row, "id": id_, "title": id_, "pillar": "energy", column: "2028"}
        assert kept.brought("a.csv", f"{head}\n{','.join(new.values())}\n").code == 0
        assert kept.pledges[id_].due == read_period("2028")


def test_older_export(kept: Importing) -> None:
    """An export of before is brought in, though the ledger says more by now."""
    text = full(kept)
    later = """\
date = 2026-05-01
status = "in-progress"
value = 20
note = "All at once."

[[pledge.update]]
date = 2026-06-01
value = 25

[[pledge.update]]
date = 2026-07-01
due = "2028"
why = "Rain."
"""
    kept.path.write_text(
        KEPT.replace('date = 2026-05-01\nstatus = "in-progress"\nvalue = 20\n', later)
    )
    assert kept.brought("a.csv", text).err == "2 as they were.\nNothing was written.\n"


def test_changed_export_of_what_recurs(desk: Importing) -> None:
    """The status of what recurs is of a period."""
    text = full(desk, ("ECO-02", "status", "in-progress"))
    assert desk.brought("a.csv", text).out == (
        "ECO-02  changed  +1 update: first seen: 2026, in progress\n"
    )


def test_texts_that_csv_does_not_show(kept: Importing) -> None:
    """Line ends and controls that CSV only shows are not changed by their coming back."""
    text = KEPT.replace(
        'title = "Build wind farms"',
        'title = "=Build\\twind "\nnote = "One\\n\\\\two"\ntags = ["a;b", " c\\u001b"]',
    )
    kept.path.write_text(text)
    for form in FLAT:
        written = kept.file(f"a.{form}", exported(kept, form))
        assert kept.import_(written).err == "2 as they were.\nNothing was written.\n"
    assert kept.path.read_text() == text


def test_guard_of_a_formula(kept: Importing) -> None:
    """The apostrophe before a formula is taken off, of several one."""
    sheet = "id,title,note\nYTE-05,'=1+1,''=2\nYTE-06,'tis,=3\n"
    assert kept.brought("a.csv", sheet).code == 0
    assert [(x.title, x.note) for x in kept.pledges.values()] == [("=1+1", "'=2"), ("'tis", "=3")]


def test_histories_are_no_cells(kept: Importing) -> None:
    """A column of a spreadsheet is never a list of records, by its name or by ``--map``."""
    text = 'id,update\nYTE-05,"[{""date"": ""2026-06-01""}]"\n'
    said = 'use --map "update=update_note"'
    assert problems(kept, "a.csv", text)[0][3] == said
    found = kept.brought("a.csv", "id,News\nYTE-05,x\n", "--map", "News=update")
    assert (found.code, found.err.splitlines()[0]) == (
        2,
        "pledges: error: --map: there is no column 'update'",
    )
    assert kept.brought("a.csv", "id,ask,claim,note\nYTE-05,x,y,z\n").err == (
        f"Left out: ask, claim. {MAPPED}\n1 changed.\n{WRITTEN}"
    )


# --- ids that are not there ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("given", "hint"),
    [
        ("YTE-77", "a new pledge needs a title and a pillar"),
        ("NAN-77", "a new pledge needs a title and a pillar"),
        ("YET-05", "did you mean YTE-05?"),
        ("YTE-5", "did you mean YTE-05?"),
        ("YTE-O5", "did you mean YTE-05?"),
    ],
)
def test_no_such_pledge(kept: Importing, given: str, hint: str) -> None:
    """A row of an id that is not there, and of nothing that makes a pledge, is told once."""
    text = f"id,status,value\n{given},completed,3\n"
    assert problems(kept, "a.csv", text) == [(2, "id", f"no pledge has the id '{given}'", hint)]


# --- how much is told ---------------------------------------------------------------------------


def test_many_problems_of_a_kind(kept: Importing) -> None:
    """Of more than three problems of one kind the first is told, and all are counted."""
    rows = "".join(f"N-{at},Title {at},energy,31/12/2026,\n" for at in range(29))
    text = f"id,title,pillar,due,strength\n{rows}N-99,Last,energy,,firm\n"
    assert kept.brought("a.csv", text).err == (
        "row  column    what is wrong                                                          "
        "what to do\n"
        "  2  due       31/12/2026 is not in the form YYYY-MM-DD (and 28 more in this column)  "
        "add --dates dmy\n"
        " 31  strength  there is no strength 'firm'                                            "
        "use one of requested, proposed, agreed, reaffirmed, signed, "
        'or in a mapping [words.strength] firm = "..."\n'
        "\n30 errors in a.csv; nothing was written\n"
    )


def test_thousands(kept: Importing) -> None:
    """Numbers that may be thousands or fractions are one kind of problem in a column."""
    rows = "".join(f"N-{at},Title {at},energy,MW,{at}.200\n" for at in range(1, 6))
    assert kept.brought("a.csv", f"id,title,pillar,unit,target\n{rows}").err == (
        "row  column  what is wrong                                              what to do\n"
        "  2  target  1.200 can be read in two ways (and 4 more in this column)  "
        "write 1200, or 1.2000 if it is a decimal\n"
        "\n5 errors in a.csv; nothing was written\n"
    )


# --- what is told of what was changed -----------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "text", "what"),
    [
        (
            "a.csv",
            "id,status,value\nYTE-05,Completed,21\n",
            "status in progress -> completed; value 20 MW -> 21 MW",
        ),
        ("a.csv", "id,value,updated\nYTE-05,12,2026-04-01\n", "+1 update: 12 MW (an older value)"),
        (
            "a.csv",
            "id,status,value,updated\nYTE-05,suspended,12,2026-04-01\n",
            "+1 update: suspended, 12 MW (an older value)",
        ),
        ("a.csv", "id,update_note\nYTE-05,Begun.\n", "+1 update: remark: Begun."),
        (
            "a.json",
            (
                '{"id": "YTE-05", "update": [{"date": "2026-04-01", "value": 9},'
                ' {"date": "2026-06-01", "value": 24}, {"date": "2026-06-02", "due": "2028",'
                ' "why": "Rain."}], "note": "x"}'
            ),
            (
                "note none -> x; value 20 MW -> 24 MW; deadline Q4 2027 -> 2028; "
                "+3 updates (1 with an older value)"
            ),
        ),
        (
            "a.json",
            '{"id": "YTE-05", "update": [{"date": "2027-04-01", "status": "completed"}]}',
            "+1 update: completed",
        ),
    ],
)
def test_what_was_changed(kept: Importing, name: str, text: str, what: str) -> None:
    """What updates made of a pledge is told as old and new, as of the day of the import."""
    assert kept.brought(name, text).out == f"YTE-05  changed  {what}\n"


# --- on a terminal ------------------------------------------------------------------------------


def test_problems_on_a_terminal() -> None:
    """Where there is little room, what to do stands below what is wrong, and no line is wider."""
    error = FaultyRows(
        "plan.csv",
        [
            Fault(
                "plan.csv", 2, 1, 0, "Due", "date", "31/12/2026 is not in the form YYYY-MM-DD", SAVE
            ),
            Fault("plan.csv", 12, 3, 0, "", "row", "this row has 14 cells", None),
            Fault("plan.csv", 13, 4, 0, "Cơ quan chủ trì", "x", "工" * 30, "y" * 60),
        ],
    )
    assert error_lines(error, 60) == [
        "row  column           what is wrong",
        "       what to do",
        "  2  Due              31/12/2026 is not in the form",
        "                      YYYY-MM-DD",
        "       add --dates dmy or --dates mdy, and all of the",
        "       columns are read so",
        " 12                   this row has 14 cells",
        " 13  Cơ quan chủ trì  工工工工工工工工工工工工工工工工工工工",
        "                      工工工工工工工工工工工",
        "       yyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyy",
        "       yyyyyyy",
        "",
        "3 errors in plan.csv; nothing was written",
    ]
    for room in range(20, 60):
        assert max(map(cell_len, error_lines(error, room))) <= room
    assert error_lines(error, 200) == error_lines(error)


SAVE: Final = "add --dates dmy or --dates mdy, and all of the columns are read so"


def test_problems_on_a_real_terminal(kept: Importing) -> None:
    """On a terminal problems are as wide as it is; in a pipe each stands on its line."""
    (kept.folder / "a.csv").write_text("id,due\nYTE-05,2028\n", encoding="utf-8")
    code, seen = kept.answering("import a.csv", width=50)
    assert code == Exit.FAULTS
    assert 40 < max(map(len, seen.splitlines())) <= 50


# --- which columns there are --------------------------------------------------------------------


def test_columns_are_listed(desk: Importing) -> None:
    """The help names every column, and what leaves one out names the help."""
    told = " ".join(desk("import", "--help").out.split())
    assert "update_note, update_source, updated, value, waiting_on" in told
    assert desk.brought("a.csv", "id,note,Colour\nECO-01,x,red\n").err == (
        f"Left out: Colour. {MAPPED}\n1 changed.\n{WRITTEN}"
    )


# --- decisions ----------------------------------------------------------------------------------

ALIKE: Final = st.lists(
    st.fixed_dictionaries(
        {"what": st.sampled_from(["Sign", "Pay"]), "date": st.just(dt.date(2026, 2, 1))},
        optional=some(
            of=st.sampled_from(["VN", "SG"]),
            by=st.sampled_from([dt.date(2026, 12, 1), dt.date(2026, 12, 2)]),
            settled=st.sampled_from([dt.date(2026, 3, 1), dt.date(2026, 9, 1)]),
        ),
    ),
    max_size=5,
)
"""Decisions that are the same, or nearly."""

TWICE: Final = st.lists(UPDATE, max_size=2).map(lambda x: [*x, *x])


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(
    asks=ALIKE,
    updates=TWICE,
    form=st.sampled_from([*WHOLE, "toml"]),
    on=st.sampled_from([LATER, "2026-04-01", "2026-11-22"]),
)
def test_alike_records_come_back(
    desk: Importing, asks: list[dict[str, Any]], updates: list[dict[str, Any]], form: str, on: str
) -> None:
    """Whatever decisions and updates there are twice, or nearly, a ledger is known again.

    What was written out of it as of an earlier day is known too.
    """
    pledge = {"id": "P-1", "title": "T", "pillar": "p", "ask": asks, "update": updates}
    text = tomli_w.dumps({"pledge": [pledge]}) + HEAD
    desk.path.write_bytes(text.encode())
    if form == "toml":
        shutil.copy(desk.path, desk.folder / "all.toml")
    else:
        exported_file(desk, form, on)
    suffix = "json" if form == "show" else form
    assert desk.import_(str(desk.folder / f"all.{suffix}")).code == 0
    assert desk.path.read_bytes() == text.encode()


A: Final = {"what": "Sign", "date": "2026-02-01"}


@pytest.mark.parametrize(
    ("old", "given", "found"),
    [
        ([A], [{**A, "of": "VN"}], [{**A, "of": "VN"}]),
        ([{**A, "of": "VN"}], [{**A, "by": "2026-12-01"}], [{**A, "of": "VN", "by": "2026-12-01"}]),
        ([{**A, "of": "VN"}], [{**A, "of": "SG"}], [{**A, "of": "VN"}, {**A, "of": "SG"}]),
        (
            [{**A, "of": "VN"}, {**A, "of": "SG"}],
            [{**A, "of": "SG", "settled": "2026-03-01"}],
            [{**A, "of": "VN"}, {**A, "of": "SG", "settled": "2026-03-01"}],
        ),
        (
            [{**A, "of": "VN"}, {**A, "of": "SG"}],
            [{**A, "by": "2026-12-01"}],
            [{**A, "of": "VN"}, {**A, "of": "SG"}, {**A, "by": "2026-12-01"}],
        ),
        (
            [{**A, "of": "VN"}, A],
            [{**A, "of": "VN"}, {**A, "by": "2026-12-01"}],
            [{**A, "of": "VN"}, {**A, "by": "2026-12-01"}],
        ),
    ],
)
def test_decisions(
    desk: Importing, old: list[object], given: list[object], found: list[object]
) -> None:
    """A decision is the same where it is equal, or where no other one can be meant."""
    pledge = {"id": "P-1", "title": "T", "pillar": "p"}
    desk.path.write_text(tomli_w.dumps({"pledge": [{**pledge, "ask": old}]}) + HEAD)
    assert desk.brought("a.json", json.dumps({"id": "P-1", "ask": given})).code == 0
    asks = [
        {key: str(x) for key, x in asdict(each).items() if x is not None}
        for each in desk.pledges["P-1"].asks
    ]
    assert asks == found
