"""The mapping file of a register: what is wrong with it, how a first one is learned, and hints."""

import csv
import datetime as dt
import io
import json
import re
import sys
import time
import tomllib
from pathlib import Path
from typing import Final

import pytest

from desk import Desk
from pledges.domain.day import read_period
from pledges.domain.pledge import Kind, Status, Update
from pledges.ledger.importing.mapping_file import CLOSED_WORDS
from test_import import Importing
from test_registers import CASES, EMPTY, OF_IMPORTS, expected

IMPORT_CASES: Final = Path(__file__).parent / "cases" / "import"
NEW: Final = '[register]\npillars = "new"\nparties = "new"\n'


@pytest.fixture
def desk(tmp_path: Path) -> Importing:
    """A desk with an empty ledger."""
    return Importing(tmp_path, EMPTY)


def mapped(desk: Importing, mapping: str) -> tuple[str, str]:
    """The options that name a mapping file with this text."""
    return "--mapping", desk.file("a.map.toml", mapping)


# --- what is wrong with a mapping ---------------------------------------------------------------


def test_all_faults_of_a_mapping(desk: Importing) -> None:
    """Everything that is wrong with a mapping is reported at its place, at once."""
    file = desk.file("a.csv", "id,title,pillar\nA,B,C\n")
    text = (IMPORT_CASES / "faulty.map.toml").read_text(encoding="utf-8")
    found = desk.import_(file, *mapped(desk, text))
    assert found.code == 4
    said = found.err.replace(f"{desk.folder}/", "")
    assert said == (IMPORT_CASES / "faulty.map.txt").read_text(encoding="utf-8")


def test_headings_that_the_file_does_not_have(desk: Importing) -> None:
    """Headings of the mapping that the file lacks are reported in the mapping, all at once."""
    file = desk.file("a.csv", "Nr,Task\n1,B\n")
    mapping = '[columns]\nNr = "id"\nTaks = "title"\n[make]\nnote = "{Who}"\n'
    found = desk.import_(file, *mapped(desk, mapping))
    lines = [each for each in found.err.splitlines() if "error" in each or "hint" in each]
    assert [each.replace(f"{desk.folder}/", "") for each in lines] == [
        "a.map.toml:3:1: error[mapping]: there is no column 'Taks' in a.csv",
        "  = hint: did you mean Task?",
        "a.map.toml:5:1: error[mapping]: there is no column 'Who' in a.csv",
        "  = hint: its columns are 'Nr', 'Task'",
        "2 errors in a.map.toml; nothing was read",
    ]


# --- learning -----------------------------------------------------------------------------------


def learned(desk: Desk, file: str, path: Path) -> str:
    """What the mapping at a path is after it has learned from a register."""
    argv = ("import", str(CASES / file), "--learn", str(path), "--debug")
    found = desk(*argv)
    if hint := re.search(r"--encoding cp1252", found.err):
        found = desk(*argv, *hint[0].split())
    assert found.code == 0, found.err
    return path.read_text(encoding="utf-8")


@pytest.mark.parametrize("name", OF_IMPORTS)
def test_a_first_mapping(desk: Importing, name: str) -> None:
    """A first mapping names every heading, can be used, and has nothing to learn from the file."""
    file = expected(name)["file"]
    path = desk.folder / "first.map.toml"
    text = learned(desk, file, path)
    assert tomllib.loads(text)["columns"]
    assert learned(desk, file, path) == text
    found = desk("import", str(CASES / file), "--mapping", str(path), "--format", "json")
    if found.code:  # only words and places are missing that somebody has to fill in
        codes = {each["code"] for each in json.loads(found.err)["faults"]}
        assert codes <= {"word", "date", "missing", "contradiction", "id", "number", "reference"}


@pytest.mark.parametrize("name", [each for each in OF_IMPORTS if "after" in expected(each)])
def test_what_is_new_is_added(desk: Importing, name: str) -> None:
    """From a later version only what is new is added; what was written by hand stays."""
    want = expected(name)
    path = desk.folder / "kept.map.toml"
    by_hand = (CASES / want["mapping"]).read_text(encoding="utf-8")
    path.write_text(by_hand, encoding="utf-8")
    text = learned(desk, want["file"], path)
    lines = iter(text.splitlines())
    assert all(line in lines for line in by_hand.splitlines())
    assert learned(desk, want["file"], path) == text
    found = desk("import", str(CASES / want["file"]), "--mapping", str(path), "--dry-run")
    assert found.code in (0, 4)


def test_guesses(desk: Importing) -> None:
    """Headings that only begin like known ones are guessed too, and words for what recurs."""
    text = (
        "No,What,Ministry in charge,When,Last update,Title of the chapter\n"
        "1,Open,Board,Annually,13/01/2026,Sea\n2,Close,Board,ongoing,,Sea\n"
    )
    out = desk("import", desk.file("a.csv", text), "--learn", "-").out
    assert re.findall(r'^(.+) = "(\w*)"  # ', out, re.MULTILINE)[:6] == [
        ("No", "id"),
        ("What", "title"),
        ('"Ministry in charge"', "lead"),
        ("When", "due"),
        ('"Last update"', "updated"),
        ('"Title of the chapter"', ""),
    ]
    assert (
        '[words.due]\n# Annually = { kind = "recurring", every = "year", since = "2026" }'
        '  # 1 row; a guess; check the year\n# ongoing = { kind = "ongoing" }  # 1 row; a guess\n'
    ) in out


def test_the_order_of_later_dates(desk: Importing) -> None:
    """The first version of a file may show no order of day and month, and the next one does."""
    path = desk.folder / "a.map.toml"
    for text, order in (("2026-12-31", ""), ("31/12/2026", '\n[dates]\norder = "dmy"\n')):
        file = desk.file("a.csv", f"id,title,pillar,due\nA,B,C,{text}\n")
        found = desk("import", file, "--learn", str(path))
        assert path.read_text().endswith(order)
    assert found.err.startswith("Written to a.map.toml: the order of dates.\n")
    assert "[words.due]" not in path.read_text()


def test_new_words_and_headings(desk: Importing) -> None:
    """New headings go to their table, new words to theirs, once, with how often they are there."""
    path = desk.folder / "a.map.toml"
    path.write_text(
        '[columns]\nTask = "title"\nState = "status"\n\n[words.status]\nDone = "completed"\n\n'
        '[set]\npillar = "P"\n'
    )
    file = desk.file("a.csv", "Task,State,Owner\nA,Done,X\nB,Stuck,X\nC,stuck,Y\n")
    assert desk("import", file, "--learn", str(path)).code == 0
    one_of = ", ".join(Status)
    assert path.read_text() == (
        '[columns]\nTask = "title"\nState = "status"\n'
        'Owner = "owed_by"  # 3 filled: X; Y\n\n'
        '[words.status]\nDone = "completed"\n'
        f'# Stuck = ""  # 2 rows; one of {one_of}; "" leaves it out\n\n'
        '[set]\npillar = "P"\n'
    )


# --- what a mapping can say ---------------------------------------------------------------------


def test_options_for_once(desk: Importing) -> None:
    """What is said by options needs no mapping file."""
    text = "Nr;Task;When\n1;Open the port;31/12/2026\n"
    options = ("--map", "Nr=id,Task=title,When=due", "--dates", "dmy")
    found = desk.brought("a.csv", text, *options, "--set", "pillar=Sea", "--dry-run")
    assert "there is no pillar 'Sea'" in found.err
    desk.path.write_text(f'{EMPTY}[pillars]\nsea = "Sea"\n')
    assert desk.brought("a.csv", text, *options, "--set", "pillar=Sea").code == 0
    pledge = desk.pledges["1"]
    assert (pledge.pillar, pledge.title) == ("sea", "Open the port")
    assert pledge.due == read_period("2026-12-31")


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (("--set", "titel=x"), "--set: there is no column 'titel'"),
        (("--set", "pillar"), "--set 'pillar' gives no value"),
        (("--set", "id=A"), "--set: no two pledges have one id"),
        (("--set", "note=x", "--set", "note=y"), "--set note is given twice"),
        (("--map", "id=id", "--map", "id=title"), "--map gives 'id' two columns"),
        (("--vanished", "gone"), "--vanished 'gone' gives no tag"),
        (("--encoding", "cp9999"), "there is no encoding 'cp9999'"),
        (("--dates", "ymd"), "there is no order of dates 'ymd'"),
    ],
)
def test_wrong_options(desk: Importing, options: tuple[str, ...], message: str) -> None:
    """An option that says nothing is refused with what to write."""
    found = desk.brought("a.csv", "id,title,pillar\nA,B,C\n", *options)
    assert (found.code, found.err.splitlines()[0]) == (2, f"pledges: error: {message}")


def test_vanished(desk: Importing) -> None:
    """Pledges that the register has no more are named, and marked if that is asked for; once."""
    mapping = f"{NEW}[set]\npillar = 'P'\n"
    assert desk.brought("a.csv", "id,title\nA,One\nB,Two\n", *mapped(desk, mapping)).code == 0
    less = "id,title\nA,One\n"
    found = desk.brought("a.csv", less, *mapped(desk, mapping))
    assert found.err == "No longer in the file: B.\n1 as it was.\nNothing was written.\n"
    marked = desk.brought("a.csv", less, *mapped(desk, mapping), "--vanished", "tag=gone")
    assert (marked.code, marked.out) == (0, "B  changed  tags none -> gone\n")
    assert desk.pledges["B"].tags == ("gone",)
    again = desk.brought("a.csv", less, *mapped(desk, mapping), "--vanished", "tag=gone")
    assert again.err == "1 as it was.\nNothing was written.\n"


def test_what_may_be_of_another_register(desk: Importing) -> None:
    """A pledge whose id begins otherwise than those in the file is named apart, and not marked."""
    for text in ("id,title\nA-1,One\nA-2,Two\n", "id,title\nB-1,Other\n"):
        assert desk.brought("a.csv", text, *mapped(desk, f"{NEW}[set]\npillar = 'P'\n")).code == 0
    argv = ("id,title\nA-1,One\n", *mapped(desk, f"{NEW}[set]\npillar = 'P'\n"))
    marked = desk.brought("a.csv", *argv, "--vanished", "tag=gone")
    assert marked.out == "A-2  changed  tags none -> gone\n"
    why = "perhaps of another register, because no id in the file begins like theirs"
    remarks = ["No longer in the file: A-2.", f"Not in the file, but {why}: B-1."]
    assert marked.err.splitlines()[:2] == remarks
    assert (desk.pledges["A-2"].tags, desk.pledges["B-1"].tags) == (("gone",), ())


def test_what_is_set_may_be_mistyped(desk: Importing) -> None:
    """New pillars and parties are those of a column: what is set once may be a slip."""
    desk.path.write_text(f'{EMPTY}[parties]\nVN = "Viet Nam"\n[pillars]\nsea = "Safety at sea"\n')
    text = "id,title\nA,One\n"
    mapping = f"{NEW}[set]\npillar = 'Saftey at sea'\nowed_by = ['Viet Nma']\n"
    found = desk.brought("a.csv", text, *mapped(desk, mapping))
    first = "if not, add it to the ledger first: pledges edit"
    for what, meant in (
        ("pillar 'Saftey at sea'", "Safety at sea"),
        ("party 'Viet Nma'", "Viet Nam"),
    ):
        assert f"there is no {what}  did you mean {meant}? {first}" in re.sub(
            " {2,}", "  ", found.err
        )
    mapping = f"{NEW}[set]\npillar = 'Land'\nowed_by = ['Laos']\n"
    assert desk.brought("a.csv", text, *mapped(desk, mapping)).code == 0
    assert desk.pledges["A"].pillar == "land"


def test_pledges_of_other_registers_do_not_vanish(desk: Importing) -> None:
    """What is set for all rows tells the pledges of a register from others."""
    for party in ("X", "Y"):
        mapping = f"{NEW}[set]\npillar = 'P'\nowed_by = ['{party}']\n"
        found = desk.brought("a.csv", f"id,title\n{party}-1,{party}\n", *mapped(desk, mapping))
        assert "No longer" not in found.err


def test_dry_run_shows_what_changes(desk: Importing) -> None:
    """A dry run shows what changes pledge by pledge, then the diff; for scripts both at once."""
    argv = ("id,title\nA,One\n", *mapped(desk, f"{NEW}[set]\npillar = 'P'\n"), "--dry-run")
    found = desk.brought("a.csv", *argv)
    assert found.out.startswith("A  new  One\n--- a/commitments.toml\n+++ b/")
    assert desk.text == EMPTY
    document = json.loads(desk.brought("a.csv", *argv, "--format", "json").out)
    assert document["pledges"][0]["change"] == "new"
    assert document["diff"].startswith("--- a/commitments.toml\n")


def test_a_word_for_a_date(desk: Importing) -> None:
    """The hint for a word that is no date offers what it may mean; followed, it is imported."""
    text = "id,title,pillar,due\nA,One,P,every year\n"
    found = desk.brought("a.csv", text, *mapped(desk, NEW), "--format", "json")
    [fault] = json.loads(found.err)["faults"]
    before, _, meanings = fault["hint"].partition(' "every year" = ')
    assert before == "write in a mapping [words.due]"
    for meaning, kind in zip(
        meanings.split(", or "), (Kind.ONE_OFF, Kind.ONGOING, Kind.RECURRING), strict=True
    ):
        desk.path.write_text(EMPTY)
        mapping = f'{NEW}[words.due]\n"every year" = {meaning}\n'
        assert desk.brought("a.csv", text, *mapped(desk, mapping)).code == 0
        assert desk.pledges["A"].kind is kind


def test_words_give_several_terms(desk: Importing) -> None:
    """A word can stand for several terms; its tags come on top of those of the pledge."""
    mapping = (
        f"{NEW}[set]\npillar = 'P'\n[words.status]\n"
        '"Broken" = { status = "withdrawn", update_note = "Given up.", tags = ["broken"] }\n'
        "[words.due]\n'Every year' = { kind = 'recurring', every = 'year', since = '2026' }\n"
    )
    text = "id,title,status,due,tags\nA,One,BROKEN,,x\nB,Two,,every  year,\n"
    assert desk.brought("a.csv", text, *mapped(desk, mapping)).code == 0
    first, second = desk.pledges["A"], desk.pledges["B"]
    assert first.tags == ("x", "broken")
    assert first.updates == (
        Update(date=dt.date(2026, 11, 22), status=Status.WITHDRAWN, note="Given up.", seen=True),
    )
    assert (second.kind, second.due) == (Kind.RECURRING, None)


def test_two_columns_of_one_heading(desk: Importing) -> None:
    """Two columns of one heading are refused; the hint joins them, or each gets its own."""
    text = "id,title,pillar,Label,Label\nA,One,P,x,y\n"
    said = desk.brought("a.csv", text, *mapped(desk, f'{NEW}[columns]\nLabel = "tags"\n'))
    assert said.code == 4
    [joined] = re.findall(r"\[columns\] (.*?)  *$", said.err.splitlines()[1] + " ")
    found = desk.brought("a.csv", text, *mapped(desk, f"{NEW}[columns]\n{joined}\n"))
    assert found.code == 0
    assert desk.pledges["A"].tags == ("x", "y")


def test_percentages(desk: Importing) -> None:
    """A percentage has a measure of its own; a fraction without a sign may be one of two."""
    text = "id,title,pillar,percent\nA,One,P,45 %\nB,Two,P,7\nC,Three,P,\n"
    assert desk.brought("a.csv", text, *mapped(desk, NEW)).code == 0
    measure = desk.pledges["A"].measure
    assert measure
    assert (measure.unit, measure.baseline, measure.target) == ("%", 0, 100)
    assert [x.value for x in desk.pledges["B"].updates] == [7]
    assert desk.pledges["C"].measure is None
    found = desk.brought("a.csv", "id,percent\nA,0.5\n")
    assert "0.5 can be read in two ways" in found.err
    assert "write 50% or 0.5%" in found.err


def test_a_value_that_falls(desk: Importing) -> None:
    """A figure that turns the record round needs a note, in a sheet too."""
    assert (
        desk.brought("a.csv", "id,title,pillar,percent\nA,One,P,45\n", *mapped(desk, NEW))[0] == 0
    )
    found = desk.brought("a.csv", "id,percent\nA,40\n", "--as-of", "2026-12-01")
    assert found.code == 4
    assert "40 is below the 45 of 2026-11-22" in found.err
    argv = ("id,percent,update_note\nA,40,Counted again.\n", "--as-of", "2026-12-01")
    assert desk.brought("a.csv", *argv).code == 0


def test_levels_by_indentation(desk: Importing) -> None:
    """If the column of levels holds texts, a row's level is how far its text is indented."""
    mapping = f'{NEW}[rows]\nparts = {{ by = "level", column = "title" }}\n'
    text = "id,title,pillar\n1,Whole,P\n2,  Part,P\n3,    Piece,P\n4,  Other part,P\n5,Next,P\n"
    assert desk.brought("a.csv", text, *mapped(desk, mapping)).code == 0
    wholes = {each.id: each.part_of for each in desk.pledges.values()}
    assert wholes == {"1": None, "2": "1", "3": "2", "4": "1", "5": None}


def test_a_register_without_ids(desk: Importing) -> None:
    """Rows without ids get the next ones; next month the same titles are the same pledges."""
    rows = "title,pillar,status\nOne,Sea,\nTwo,Sea,\n"
    assert desk.brought("a.csv", rows, *mapped(desk, NEW)).code == 0
    assert list(desk.pledges) == ["SEA-01", "SEA-02"]
    again = desk.brought("a.csv", rows, *mapped(desk, NEW))
    assert again.err == "2 as they were.\nNothing was written.\n"
    later = "title,pillar,status\nTwo,Sea,completed\nThree,Sea,\n"
    found = desk.brought("a.csv", later, *mapped(desk, NEW))
    assert found.out == "SEA-02  changed  status no status -> completed\nSEA-03  new      Three\n"
    assert "No longer in the file: SEA-01." in found.err
    twice = desk.brought("a.csv", "title,pillar\nTwo,Sea\nTwo,Sea\n", *mapped(desk, NEW))
    assert "SEA-02 has this title" in twice.err


def test_rounds(desk: Importing) -> None:
    """A column a round is an update of its day; what all rows say of moves is none of it."""
    mapping = (
        f'{NEW}[columns]\nJanuary = {{ to = "update_note", updated = "2026-01" }}\n'
        'June = { to = "status", updated = 2026-06-30 }\n[set]\nwhy = "As listed."\n'
    )
    text = "id,title,pillar,January,June\nA,One,P,Begun.,completed\nB,Two,P,,\n"
    assert desk.brought("a.csv", text, *mapped(desk, mapping)).code == 0
    assert desk.pledges["A"].updates == (
        Update(date=dt.date(2026, 1, 31), note="Begun."),
        Update(date=dt.date(2026, 6, 30), status=Status.COMPLETED),
    )
    again = desk.brought("a.csv", text, *mapped(desk, mapping))
    assert again.err == "2 as they were.\nNothing was written.\n"


def test_a_failed_formula(desk: Importing) -> None:
    """What a spreadsheet shows in the place of a result is no text."""
    found = desk.brought("a.csv", "id,title,pillar\nA,#REF!,P\n", *mapped(desk, NEW))
    assert "a formula failed here: #REF!" in found.err


@pytest.mark.parametrize("given", ["Eco-01", "MAR-01", "mar-2", "1-2", "A-2026-03-01"])
def test_ids_that_are_no_days(desk: Importing, given: str) -> None:
    """An id that only looks a little like a day is an id."""
    text = f"id,title,pillar\n{given},One,P\n"
    assert desk.brought("a.csv", text, *mapped(desk, NEW)).code == 0


# --- refusals lead on ---------------------------------------------------------------------------


def test_unknown_words_are_counted(desk: Importing) -> None:
    """Each unknown word is told once, with its first row and how many more there are."""
    rows = [("A", "X", "Stuck"), ("B", "X", "Stuck"), ("C", "Y", "Late"), ("D", "Z", "Stuck")]
    text = "id,title,pillar,status\n" + "".join(f"{x},{x},{y},{z}\n" for x, y, z in rows)
    lines = desk.brought("a.csv", text).err.splitlines()[1:-2]
    assert [re.split("  +", each.strip())[:3] for each in lines] == [
        ["2", "pillar", "there is no pillar 'X' (and 1 more in this column)"],
        ["2", "status", "there is no status 'Stuck' (and 2 more in this column)"],
        ["4", "pillar", "there is no pillar 'Y'"],
        ["4", "status", "there is no status 'Late'"],
        ["5", "pillar", "there is no pillar 'Z'"],
    ]


@pytest.mark.parametrize(
    ("text", "message", "followed"),
    [
        ("id,title,pillar\nA,One,X\n", "no pillar", '[register]\npillars = "new"\n'),
        (
            "id,title,pillar,status\nA,One,X,Stuck\n",
            "no status",
            f'{NEW}[words.status]\nStuck = "suspended"\n',
        ),
        (
            "id,title,pillar,due\nA,One,X,soon\n",
            "not a date",
            f'{NEW}[words.due]\n"soon" = "2026-12-31"\n',
        ),
        ("id,title,pillar,due\nA,One,X,31/12/2026\n", "YYYY", f'{NEW}[dates]\norder = "dmy"\n'),
        ("id,title,pillar,source\nA,One,X,The minutes\n", "no source", f'{NEW}sources = "new"\n'),
        (
            "id,title,pillar\n01-Mar,One,X\n",
            "the id is a day",
            f'{NEW}[words.id]\n"01-Mar" = "MAR-01"\n',
        ),
        ("id,title\nA,One\n", "needs a pillar", f'{NEW}[set]\npillar = "X"\n'),
    ],
)
def test_a_hint_leads_on(desk: Importing, text: str, message: str, followed: str) -> None:
    """What a hint says to write makes the file come in."""
    found = desk.brought("a.csv", text)
    assert (found.code, message in found.err) == (4, True)
    assert desk.brought("a.csv", text, *mapped(desk, followed)).code == 0


def test_many_rows_with_an_error_each(desk: Importing) -> None:
    """A thousand rows with an error each are told in a second."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(["id", "title", "pillar", "due", "status", "owed_by"])
    writer.writerows(
        [f"N-{x}", f"Title {x}", f"P{x}", f"{x}/x", f"S{x}", f"Q{x}"] for x in range(1000)
    )
    begin = time.process_time()
    found = desk.brought("a.csv", out.getvalue())
    assert time.process_time() - begin < 1
    assert found.err.endswith("4,000 errors in a.csv; nothing was written\n")


@pytest.mark.skipif(sys.platform == "win32", reason="names of files have no line ends there")
def test_a_mapping_of_hostile_headings(desk: Desk) -> None:
    """A first mapping shows what can't be seen in headings, words and the file's name."""
    name = "a\nb\u202e.csv"
    (desk.folder / name).write_text(
        "ID,Ti\u202etle,Status\n1,a\u200bb,x\u2028\u3164y\n2,c,d\n", "utf-8"
    )
    out = desk("import", name, "--learn", "-").out
    assert out.startswith("# How a\\nb\\u202e.csv is read.\n")
    assert '"Ti\\u202etle" = ""  # left out; 2 filled: ab; c\n' in out
    assert 'Status = "status"  # 2 filled: x y; d\n' in out
    assert '# "x\\u2028\\u3164y" = ""  # 1 row' in out
    assert not {*"\u202e\u200b\u2028\u3164"} & {*out}


def test_a_mapping_that_no_file_can_be(desk: Desk) -> None:
    """A name that no file can have is refused by its own name, not as standard output."""
    file, name = str(CASES / min(each.name for each in CASES.glob("*.csv"))), "x" * 300
    _, out, err = desk("import", file, "--learn", name)
    assert out == ""
    assert err.startswith(f"pledges: error: can't write {name}: ")


def test_progress_in_words(desk: Importing) -> None:
    """A column "Progress" in words is the status, next to one in percent, unless another is it."""
    rows = "Port,Completed,100\nRoad,Not started,0\n"
    file = desk.file("tasks.csv", f"Task Name,Progress,% complete\n{rows}")
    out = desk("import", file, "--learn", "-").out
    assert 'Progress = "status"' in out
    assert '"% complete" = "percent"' in out
    file = desk.file("more.csv", f"Task Name,Progress,Status\n{rows.replace('100', 'Done')}")
    assert 'Progress = ""' in desk("import", file, "--learn", "-").out


def test_truths_of_json_in_a_mapping(desk: Importing) -> None:
    """A first mapping shows the truths of JSON as the file has them."""
    file = desk.file(
        "plan.json", '[{"title": "Port", "Open": true}, {"title": "Road", "Open": false}]'
    )
    assert (
        'Open = ""  # left out; 2 filled: true; false\n' in desk("import", file, "--learn", "-").out
    )


@pytest.mark.parametrize("target", CLOSED_WORDS)
def test_guesses_of_words_fit_their_column(desk: Importing, target: str) -> None:
    """A first mapping guesses a word of the column itself, or else it names those that fit."""
    file = desk.file("plan.csv", f"Task,{target}\nPort,Done\n")
    out = desk("import", file, "--learn", "-").out
    [line] = [each for each in out.splitlines() if each.startswith("# Done = ")]
    words = CLOSED_WORDS[target]
    what = f'# Done = ""  # 1 row; one of {", ".join(words)}; "" leaves it out'
    assert line == ('# Done = "completed"  # 1 row; a guess' if "completed" in words else what)
