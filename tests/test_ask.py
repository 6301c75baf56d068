"""A form goes out, is filled in, and comes back: the ledger says who said what."""

import datetime as dt
import json
from collections.abc import Mapping
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import SMTP
from typing import Any, Final

import pytest
from openpyxl import load_workbook

from desk import DAY, NOT_WRITTEN, WRITTEN, Desk
from everything import FORMS
from office import LIBREOFFICE, saved_by_libreoffice
from papers import LEDGERS
from pledges.render import Format
from samples import entry, ledger_text, pledge_table

pytestmark = pytest.mark.slow

LATER: Final = "2026-12-05"
"""The day on which forms come back."""

PARKS: Final = pledge_table(
    "ECO-01",
    "Build parks",
    owed_by=["VN", "SG"],
    made="2025-01-01",
    due="2026-12-31",
    measure={"unit": "parks", "baseline": 20, "target": 30},
    update=[entry("2026-01-12", status="in-progress", value=21, note="In 14 provinces.")],
    ask=[
        entry("2026-11-02", what="Name the parks", of="SG", by="2026-12-01"),
        entry("2026-11-02", what="Confirm the year", of="VN"),
    ],
)
MEETING: Final = pledge_table(
    "PPL-01",
    "Meet every year",
    owed_by=["SG"],
    lead="Ministry of Trade",
    kind="recurring",
    every="year",
    since="2025",
    update=[entry("2025-10-28", period="2025", status="completed")],
)
RICE: Final = pledge_table(
    "ECO-02", "Sell rice", owed_by=["SG"], asked_by=["VN"], strength="requested"
)
DONE: Final = pledge_table(
    "ECO-03", "Sign", owed_by=["SG"], update=[entry("2026-01-01", status="completed")]
)
OTHER: Final = pledge_table("ENE-01", "Light up", owed_by=["VN"], lead="Ministry of Trade")
PLAN: Final = ledger_text(PARKS, RICE, DONE, OTHER, MEETING)

TWO_FIGURES: Final = (
    "ECO-01: value 23 in the ledger (1 Dec 2026, by Singapore (Lim Mei)), added after the form was "
    "made on 22 Nov 2026, and 25 in the form (2 Dec 2026, by Singapore (Tan Wei)); both are kept, "
    "and 25 counts.\n"
)

Cells = Mapping[str, Mapping[str, object]]


@pytest.fixture
def asking(desk: Desk) -> Desk:
    """A desk with the plan, and a form for Singapore in ``form.xlsx``."""
    desk.text = PLAN
    assert desk("ask", "--party", "SG", "--output", "form.xlsx", "--quiet").code == 0
    return desk


def filled_in(
    desk: Desk, answers: Cells, by: str | None = "Lim Mei", day: object = dt.date(2026, 12, 1)
) -> str:
    """The form with answers by the ids and headings of their cells, in another file."""
    book = load_workbook(desk.folder / "form.xlsx")
    fill(book, answers, by, day)
    name = f"{by}.xlsx"
    book.save(desk.folder / name)
    return name


def fill(book: Any, answers: Cells, by: str | None, day: object) -> None:  # noqa: ANN401
    """Fill in cells of a form."""
    fields = {"Filled in by": by, "Answers as of": day}
    for label, cell in book["Read first"].iter_rows(max_col=2):
        if label.value in fields:
            cell.value = fields[label.value]
    _, headings, *rows = book["Answers"].iter_rows()
    columns = {cell.value: at for at, cell in enumerate(headings)}
    for row in rows:
        for heading, value in answers.get(str(row[0].value), {}).items():
            row[columns[heading]].value = value


def last_update(desk: Desk, name: str) -> Mapping[str, object]:
    """What the last entry of a pledge says."""
    [found] = json.loads(desk("show", name, "--format", "json", "--as-of", LATER).out)["pledges"]
    return {key: x for key, x in found["update"][-1].items() if x not in (None, False, [])}


def test_what_is_asked(desk: Desk) -> None:
    """The letter tells what is known and asks in words; the decisions of others are not in it."""
    desk.text = PLAN
    code, out, err = desk("ask", "--party", "SG", "--sender", "Trade Desk")
    assert code == 0
    assert (
        out
        == """\
Please answer by 6 Dec 2026: Plan of Action
Please tell us what is new about 3 pledges that concern Singapore.
The plan: Plan of Action.
Asked by: Trade Desk
Please fill in the form pledges-SG-2026-11-22.xlsx, and send it back to
Trade Desk by 6 Dec 2026.

WHAT IS ASKED (3)
- ECO-01 Build parks: due 31 Dec 2026, 39 days left.
  In progress on 12 Jan 2026; 21 of 30 parks (1 of the 10 to add); In
  14 provinces.
  Please decide by 1 Dec 2026: Name the parks.
  Is it done? If not, will it be by 31 Dec 2026?
  What is the figure now, in parks (target: 30 parks)?
- ECO-02 Sell rice: no deadline.
  No news yet.
  Requested by Viet Nam of Singapore: what is the position on it?
- PPL-01 Meet every year: due 2026 (31 Dec 2026), 39 days left.
  No news yet.
  Is it done for 2026? If not, will it be by 31 Dec 2026?

HOW TO ANSWER
- Each pledge has a row on the sheet "Answers": fill in its white
  cells.
- Leave empty what you have nothing new on: it stays as it is.
- A figure is the new total, as a number alone, not what was added.
- If something happened on another day than "Answers as of", give that
  day in its row.
- A new deadline is a day or a year, such as 2026-12-31 or 2027.
- If a figure falls, a deadline moves or a pledge is withdrawn, please
  say why in its note.
- Say on the sheet "Read first" who filled it in, and as of which day.
- Save it as an Excel workbook, and send it back to Trade Desk by
  6 Dec 2026.

As of 22 Nov 2026.
"""
    )
    assert err == (
        "1 pledge is left out: ECO-03 (done). To ask about one, give its id.\n"
        "To write the form, add: --output pledges-SG-2026-11-22.xlsx\n"
    )


def test_who_is_asked_for_a_decision_alone(desk: Desk) -> None:
    """Of a pledge of others only the decision is asked; its status is theirs to tell."""
    mine = pledge_table(
        "ECO-04", "Dig", owed_by=["VN"], ask=[entry("2026-11-02", what="Choose a site", of="SG")]
    )
    desk.text = ledger_text(mine)
    assert desk("ask", "--party", "SG", "--output", "form.xlsx").code == 0
    headings, row = list(load_workbook(desk.folder / "form.xlsx")["Answers"].iter_rows())[1:]
    told = {name.value: cell for name, cell in zip(headings, row, strict=True)}
    assert told["Question"].value == "Please decide: Choose a site."
    assert [x for x, cell in told.items() if not cell.protection.locked] == [
        *("Day", "Note", "Source")
    ]


def test_which_period_is_asked_about(desk: Desk) -> None:
    """The status is that of one period; of others that were missed the note is to tell."""
    monthly = pledge_table(
        "PPL-02", "Meet", owed_by=["SG"], kind="recurring", every="month", since="2026-01"
    )
    desk.text = ledger_text(monthly)
    [found] = json.loads(desk("ask", "--party", "SG", "--format", "json").out)["pledges"]
    rest = "Feb 2026, Mar 2026, Apr 2026, May 2026, Jun 2026, Jul 2026, Aug 2026, Sep 2026 and Oct"
    alone = "The status is that of Jan 2026 alone"
    assert found["questions"] == [
        "Is it done for Jan 2026, and since which day? If not, when will it be?",
        f"{alone}; please say in the note which others are done: {rest} 2026.",
    ]


def test_two_sources_that_differ(desk: Desk) -> None:
    """Which of them is right is a question of its own."""
    pledge = pledge_table(
        "ECO-05",
        "Link",
        owed_by=["SG"],
        due="2026",
        claim=[{"source": "https://example.org/a", "due": "2030"}],
    )
    desk.text = ledger_text(pledge)
    [found] = json.loads(desk("ask", "--party", "SG", "--format", "json").out)["pledges"]
    assert found["questions"][-1] == (
        "Which is right? Sources differ: due 2026; https://example.org/a says 2030."
    )


def test_what_a_form_is(asking: Desk) -> None:
    """What is told is locked, what is asked is open; no cell is a formula; a page is as wide."""
    book = load_workbook(asking.folder / "form.xlsx")
    assert [(x.title, x.sheet_state) for x in book.worksheets] == [
        ("Read first", "visible"),
        ("Answers", "visible"),
        ("As told", "hidden"),
    ]
    _, headings, parks, rice, _ = book["Answers"].iter_rows()
    names = [cell.value for cell in headings]
    assert [x for x, cell in zip(names, parks, strict=True) if not cell.protection.locked] == [
        *("Status", "Figure", "Day", "New deadline", "Note", "Source")
    ]
    assert [x for x, cell in zip(names, rice, strict=True) if not cell.protection.locked] == [
        *("Status", "Day", "New deadline", "Note", "Source")  # it has no measure
    ]
    for sheet in book.worksheets:
        assert sheet.protection.sheet
        assert {cell.data_type for row in sheet.iter_rows() for cell in row} <= {"s", "n", "d"}
    lists = book["Answers"].data_validations.dataValidation
    assert [each.formula1 for each in lists if each.type == "list"] == [
        '"not started,in progress,completed,suspended,withdrawn"'
    ]
    page = book["Answers"].page_setup
    assert (page.orientation, page.fitToWidth, page.fitToHeight) == ("landscape", 1, 0)


def test_it_comes_back(asking: Desk) -> None:
    """Answers are news by who gave them; what was left empty is left alone, also the next time."""
    name = filled_in(
        asking,
        {
            "ECO-01": {"Status": "in progress", "Figure": 23, "Note": "Two more."},
            "ECO-02": {"Note": "Not agreed.", "Source": "Letter of the ministry; vns"},
            "PPL-01": {"Status": "completed", "Day": dt.date(2026, 11, 30)},
        },
    )
    assert asking("import", name, "--as-of", LATER) == (
        0,
        """\
ECO-01  changed  value 21 parks -> 23 parks
ECO-02  changed  +1 update: Not agreed. (reported by Singapore (Lim Mei))
PPL-01  changed  +1 update: 2026, completed (reported by Singapore (Lim Mei))
""",
        """\
Added to the ledger: sources.letter-of-the-ministry, sources.vns.
ECO-01: if its note settles "Name the parks": pledges update ECO-01 --settle 1
3 changed.
"""
        + WRITTEN,
    )
    by = "Singapore (Lim Mei)"
    figure = entry("2026-12-01", status="in-progress", value=23, note="Two more.", by=by)
    source = ["letter-of-the-ministry", "vns"]
    assert {name: last_update(asking, name) for name in ("ECO-01", "ECO-02", "PPL-01")} == {
        "ECO-01": figure,
        "ECO-02": entry("2026-12-01", note="Not agreed.", source=source, by=by),
        "PPL-01": entry("2026-11-30", period="2026", status="completed", by=by),
    }
    before = asking.content
    assert asking("import", name, "--as-of", LATER) == (0, "", "3 as they were.\n" + NOT_WRITTEN)
    assert asking.content == before


def test_nothing_is_filled_in(asking: Desk) -> None:
    """A form that comes back as it went out changes nothing."""
    assert asking("import", "form.xlsx") == (0, "", "The form has no answers.\n" + NOT_WRITTEN)


def test_two_people_answer(asking: Desk) -> None:
    """The second of two answers with other figures is told with both, and which one counts."""
    forms = [
        filled_in(asking, {"ECO-01": {"Figure": 23}}),
        filled_in(asking, {"ECO-01": {"Figure": 25}}, "Tan Wei", dt.date(2026, 12, 2)),
        filled_in(asking, {"ECO-01": {"Figure": 25}}, "Ong", dt.date(2026, 12, 3)),
    ]
    told = [asking("import", each, "--as-of", LATER).err.removesuffix(WRITTEN) for each in forms]
    assert told == [
        "1 changed.\n",
        TWO_FIGURES + "1 changed.\n",
        "1 changed.\n",  # it says what the ledger says
    ]


def test_two_answers_of_one_day(asking: Desk) -> None:
    """Two figures of one day are told, even if the second form was made after the first."""
    first = filled_in(asking, {"ECO-01": {"Figure": 23}})
    assert asking("import", first, "--as-of", LATER).code == 0
    again = ("ask", "--party", "SG", "--as-of", LATER, "--force", "-q", "--output", "form.xlsx")
    assert asking(*again).code == 0
    second = filled_in(asking, {"ECO-01": {"Figure": 24}}, "Tan Wei")
    assert asking("import", second, "--as-of", LATER).err.startswith(
        "ECO-01: value 23 in the ledger (1 Dec 2026, by Singapore (Lim Mei)), and 24 in the form "
        "(1 Dec 2026, by Singapore (Tan Wei)); both are kept, and 24 counts.\n"
    )


def test_two_answers_about_a_period(asking: Desk) -> None:
    """Of a recurring pledge, what was said of the period that was asked about is compared."""
    done = filled_in(asking, {"PPL-01": {"Status": "completed", "Day": dt.date(2026, 11, 30)}})
    held = filled_in(asking, {"PPL-01": {"Status": "suspended", "Note": "Why"}}, "Tan Wei")
    assert asking("import", done, "--as-of", LATER).code == 0
    assert asking("import", held, "--as-of", LATER).err.startswith(
        "PPL-01: status completed in the ledger (30 Nov 2026, by Singapore (Lim Mei)), added after "
        "the form was made on 22 Nov 2026, and suspended in the form (1 Dec 2026, by Singapore (Tan"
        " Wei)); both are kept, and suspended counts.\n"
    )


def test_it_is_answered_late(asking: Desk) -> None:
    """What the ledger says since the form was made is told, of the pledges that are answered."""
    for line in (
        "update ECO-01 --date 2026-11-25 --due 2027 --why Delays --by VOV --value 22",
        "update ECO-02 --date 2026-11-25 --status suspended --by VOV",
        "set ECO-01 --title 'Build many parks'",
    ):
        assert asking.line(line, "--as-of", LATER).code == 0
    name = filled_in(asking, {"ECO-01": {"Status": "in progress"}})
    assert asking("import", name, "--as-of", LATER).err == (
        'ECO-01: title "Build parks" -> "Build many parks", changed after the form was made on '
        "22 Nov 2026.\n"
        "ECO-01: value 21 -> 22 (25 Nov 2026, by VOV), changed after the form was made on "
        "22 Nov 2026.\n"
        "ECO-01: due 2026-12-31 -> 2027 (25 Nov 2026, by VOV), changed after the form was made on "
        "22 Nov 2026.\n1 changed.\n" + WRITTEN
    )


def test_scripts_are_told(asking: Desk) -> None:
    """In JSON it is in the reading of the file."""
    asking.line("update ECO-01 --date 2026-11-25 --value 22 --by VOV", "--as-of", LATER)
    name = filled_in(asking, {"ECO-01": {"Figure": 23}})
    found = json.loads(asking("import", name, "--as-of", LATER, "--format", "json").out)
    assert found["reading"]["overtaken"] == [
        {
            "id": "ECO-01",
            "key": "value",
            "made": DAY,
            "told": "21",
            "now": "22",
            "now_on": "2026-11-25",
            "now_by": "VOV",
            "answer": "23",
            "answer_on": "2026-12-01",
            "answer_by": "Singapore (Lim Mei)",
            "in_force": "23",
        }
    ]


@pytest.mark.parametrize(
    ("answers", "day", "fault"),
    [
        (
            {"ECO-02": {"Pledge": "Build parks", "Note": "Yes."}},
            dt.date(2026, 12, 1),
            "  4  Pledge  the form asked about ECO-02, 'Sell rice'  ids and pledges no longer",
        ),
        ({"ECO-01": {"Figure": 20}}, dt.date(2026, 12, 1), "give the reason in its Note, row 3\n"),
        (
            {"ECO-01": {"Figure": "many"}},
            dt.date(2026, 12, 1),
            "ECO-01: 'many' is not a number  give a number alone",
        ),
        (
            {"ECO-02": {"Figure": 5}},
            dt.date(2026, 12, 1),
            "  leave the cell empty: the form asks for no figure of this pledge\n",
        ),
        ({"ECO-02": {"Note": "x"}}, "1/12/2026", "  7  Read first.Answers as of  1/12/2026 is"),
        (
            {"ECO-01": {"Figure": 22}, "ECO-02": {"Note": "x"}},
            dt.date(2027, 1, 1),
            "\n  7  Read first.Answers as of  2027-01-01 is after 2026-12-05  an answer",
        ),
        (
            {"ECO-01": {"Note": "x"}},
            dt.date(2024, 1, 1),
            "\n  7  Read first.Answers as of  ECO-01: 2024-01-01 is before the pledge was made, ",
        ),
        (
            {"ECO-01": {"Status": "superseded"}},
            dt.date(2026, 12, 1),
            "  3  Status  ECO-01: the form offers no status 'superseded'  choose one of not",
        ),
        (
            {"ECO-01": {"Note": "x", "Day": "last week"}},
            dt.date(2026, 12, 1),
            "  3  Day     ECO-01: 'last week' is not a date  give a day, such as 2026-12-31\n",
        ),
        (
            {"ECO-01": {"Id": None, "Note": "x"}},
            dt.date(2026, 12, 1),
            "\n  3  Id      this answer has no id  write the id of the pledge",
        ),
        (
            {"ECO-01": {"New deadline": "2027"}},
            dt.date(2026, 12, 1),
            "ECO-01: a moved deadline needs a reason  give the reason in its Note\n",
        ),
        (
            {"ECO-01": {"New deadline": "soon", "Note": "x"}},
            dt.date(2026, 12, 1),
            "'soon' is not a date  give a day or a period, such as 2026-12-31 or 2027\n",
        ),
        ({"ECO-02": {"Id": "ECO-77", "Note": "x"}}, dt.date(2026, 12, 1), "no pledge has the id"),
        (
            {"ECO-02": {"Id": None, "Note": "x"}},
            dt.date(2026, 12, 1),
            "  4  Id      this answer has no id  write the id of the pledge",
        ),
    ],
)
def test_what_is_not_believed(asking: Desk, answers: Cells, day: object, fault: str) -> None:
    """What contradicts the form or the ledger is told with row and column; nothing is written."""
    before = asking.content
    code, _, err = asking("import", filled_in(asking, answers, "Lim", day), "--as-of", LATER)
    assert code == 4
    assert fault in err
    assert asking.content == before


def test_what_is_written_elsewhere_is_told(asking: Desk) -> None:
    """A column of their own, a day alone and thanks below are no answers, but not lost silently."""
    book = load_workbook(asking.folder / filled_in(asking, {"ECO-01": {"Figure": 23}}))
    sheet = book["Answers"]
    end = sheet.max_row + 2
    for place, text in {
        "L2": "Note",
        "L3": "Mine",
        "M3": "?",
        "H4": "2 May",
        f"A{end}": "Bye",
    }.items():
        sheet[place] = text
    book.save(asking.folder / "more.xlsx")
    ended = asking("import", "more.xlsx", "--as-of", LATER)
    said = (
        'ECO-02: row 4, Day, "2 May": a day or a source alone is not imported, without a status, '
        "figure or note.\n"
        f"Not read, because no answer belongs there: L3, M3, A{end}.\n"
    )
    assert ended.err.startswith(said)
    assert last_update(asking, "ECO-01") == entry("2026-12-01", value=23, by="Singapore (Lim Mei)")


@pytest.mark.parametrize("column", ["Status", "Figure", "Note", "Source"])
def test_a_column_of_answers_is_deleted(asking: Desk, column: str) -> None:
    """The others are read."""
    answers = {"ECO-01": {"Figure": 23, "Note": "So it is.", "Status": "in progress"}}
    book = load_workbook(asking.folder / filled_in(asking, answers))
    headings = [cell.value for cell in book["Answers"][2]]
    book["Answers"].delete_cols(headings.index(column) + 1)
    book.save(asking.folder / "less.xlsx")
    assert asking("import", "less.xlsx", "--as-of", LATER).code == 0
    keys = {"Figure": "value", "Note": "note"}
    assert keys.get(column, "-") not in last_update(asking, "ECO-01")


def test_the_first_sheet_is_deleted(asking: Desk) -> None:
    """The answers are by the party then, and have no day."""
    book = load_workbook(asking.folder / filled_in(asking, {"ECO-01": {"Figure": 23}}))
    del book["Read first"]
    book.save(asking.folder / "less.xlsx")
    ended = asking("import", "less.xlsx", "--as-of", LATER)
    assert ended.err.startswith("The form gives no day for its answers.")
    assert last_update(asking, "ECO-01") == entry(LATER, value=23, by="Singapore", seen=True)


def test_what_is_known_is_confirmed_without_a_day(asking: Desk) -> None:
    """The entry says what was confirmed, not only by whom; once."""
    value = last_update(asking, "ECO-01")["value"]
    name = filled_in(asking, {"ECO-01": {"Figure": value}}, None, None)
    for _ in range(2):
        assert asking("import", name, "--as-of", LATER).code == 0
        updates = json.loads(asking("show", "ECO-01", "--format", "json", "--as-of", LATER).out)
        said = [x for x in updates["pledges"][0]["update"] if x["by"] == "Singapore"]
        assert [(x["value"], x["seen"]) for x in said] == [(value, False)]


def test_without_a_day_and_a_name(asking: Desk) -> None:
    """It is then by the party, and was seen on the day of the import; once, too."""
    name = filled_in(asking, {"ECO-01": {"Figure": 23}}, None, None)
    assert asking("import", name, "--as-of", LATER).code == 0
    assert last_update(asking, "ECO-01") == entry(LATER, value=23, by="Singapore", seen=True)
    assert asking("import", name, "--as-of", "2026-12-06").err == (
        "The form gives no day for its answers. To give one: --set updated=DATE\n"
        "1 as it was.\n" + NOT_WRITTEN
    )
    given = asking("import", name, "--as-of", LATER, "--set", "updated=2026-12-01")
    assert (given.code, given.err) == (0, "1 changed.\n" + WRITTEN)


@pytest.mark.parametrize("day", [None, dt.date(2026, 12, 5)])
def test_what_is_confirmed_is_news(asking: Desk, day: object) -> None:
    """A status and a figure that are as they were are news of the party, with a day or without."""
    name = filled_in(asking, {"ECO-01": {"Status": "in progress", "Figure": 21}}, None, day)
    assert asking("import", name, "--as-of", LATER).code == 0
    assert last_update(asking, "ECO-01") == entry(
        LATER, status="in-progress", value=21, by="Singapore"
    )
    before = asking.content
    assert asking("import", name, "--as-of", "2026-12-06").code == 0
    assert asking.content == before


def test_what_is_not_imported_is_told(asking: Desk) -> None:
    """A day or source alone is no answer, and what is written in grey cells is none either."""
    name = filled_in(
        asking,
        {
            "ECO-01": {"Day": dt.date(2026, 12, 1), "Due": "2027"},
            "ECO-02": {"Source": "A letter"},
            "PPL-01": {"Note": "x", "Last known": "Done"},
        },
    )
    found = asking("import", name, "--as-of", LATER, "--dry-run", "--format", "json")
    assert json.loads(found.out)["reading"]["unused"][2] == {
        "id": "ECO-02",
        "row": 4,
        "heading": "Source",
        "text": "A letter",
    }
    assert asking("import", name, "--as-of", LATER) == (
        0,
        "PPL-01  changed  +1 update: 2026: x (reported by Singapore (Lim Mei))\n",
        """\
ECO-01: row 3, Day, "2026-12-01": a day or a source alone is not imported, without a status, figure or note.
ECO-01: row 3, Due, "2027": what is written in grey cells is not imported; a new deadline belongs in New deadline.
ECO-02: row 4, Source, "A letter": a day or a source alone is not imported, without a status, figure or note.
PPL-01: row 5, Last known, "Done": what is written in grey cells is not imported.
1 changed.
"""  # noqa: E501
        + WRITTEN,
    )


@pytest.mark.parametrize(
    ("name", "cells", "said"),
    [
        ("ECO-01", {"New deadline": "2027"}, {"due": "2027", "why": "Floods."}),
        (
            "ECO-01",
            {"New deadline": dt.date(2027, 3, 1), "Figure": 20},
            {"due": "2027-03-01", "why": "Floods.", "note": "Floods.", "value": 20},
        ),
        ("ECO-01", {"New deadline": "2026"}, {"note": "Floods."}),  # as it is
        ("ECO-02", {"New deadline": "2027-06"}, {"due": "2027-06", "note": "Floods."}),
    ],
)
@pytest.mark.parametrize("day", [None, dt.date(2026, 12, 5)])
def test_a_new_deadline(
    asking: Desk, name: str, cells: Mapping[str, object], said: Mapping[str, Any], day: object
) -> None:
    """A deadline that is moved has the note as its reason; the same form again changes nothing."""
    file = filled_in(asking, {name: {**cells, "Note": "Floods."}}, day=day)
    assert asking("import", file, "--as-of", LATER).code == 0
    seen = {"seen": True} if day is None and "value" in said else {}
    by = "Singapore (Lim Mei)"
    assert last_update(asking, name) == entry(LATER, **said, by=by, **seen)
    assert asking("import", file, "--as-of", "2026-12-06").err.endswith(
        "1 as it was.\n" + NOT_WRITTEN
    )


def test_a_sheet_that_has_another_name(asking: Desk) -> None:
    """A form is known by its hidden sheet: it is said what it lacks."""
    book = load_workbook(asking.folder / "form.xlsx")
    book["Answers"].title = "Mine"
    book.save(asking.folder / "mine.xlsx")
    code, _, err = asking("import", "mine.xlsx")
    assert code == 4
    assert "it is a form of pledges ask, but it has no sheet 'Answers'  give the sheet of" in err


def test_a_mail_is_not_read(asking: Desk) -> None:
    """It is said that the form is what is attached to it."""
    code, _, err = asking("import", "ask-SG.eml")
    assert code == 2
    assert err == (
        "pledges: error: ask-SG.eml is a mail, which is not read\n"
        "  = hint: save the attachment, and import that\n"
    )


def test_a_body_in_charge(desk: Desk) -> None:
    """A body is asked about what it leads, whoever owes it, and answers by its own name."""
    desk.text = PLAN
    code, _, err = desk("ask", "--lead", "ministry of trade", "--output", "form.xlsx")
    assert (code, err) == (0, "Ministry of Trade is asked about 2 pledges, by 6 Dec 2026.\n")
    name = filled_in(desk, {"ENE-01": {"Status": "completed"}}, "ministry of Trade")
    assert desk("import", name, "--as-of", LATER).code == 0
    assert last_update(desk, "ENE-01") == entry(
        "2026-12-01", status="completed", by="Ministry of Trade", seen=True
    )


def test_a_draft_carries_the_form(asking: Desk) -> None:
    """A draft has the two looks of the letter, and the very form as a file."""
    code, out, _ = asking(
        *("ask", "--party", "SG", "--format", "eml", "--to", "Tan <tan@example.org>")
    )
    assert code == 0
    draft = message_from_bytes(out.encode("ascii"), policy=SMTP)
    assert isinstance(draft, EmailMessage)
    assert draft["Subject"] == "Please answer by 6 Dec 2026: Plan of Action"
    [form] = draft.iter_attachments()
    assert "Please fill in the attached form, pledges-SG-2026-11-22.xlsx, and send" in out
    assert form.get_filename() == "pledges-SG-2026-11-22.xlsx"
    assert form.get_content() == (asking.folder / "form.xlsx").read_bytes()
    assert [each.get_content_type() for each in draft.walk()][1:4] == [
        *("multipart/alternative", "text/plain", "text/html")
    ]


@pytest.mark.parametrize(
    ("line", "code", "err"),
    [
        ("ask", 2, "pledges: error: nobody is asked\n  = hint: add --party, or --lead for a body"),
        (
            "ask --party SG --party VN",
            2,
            "pledges: error: a form is for one, not for Singapore and Viet Nam\n  = hint: write a",
        ),
        ("ask --party XX", 2, "pledges: error: the ledger has no party 'XX'"),
        (
            "ask --party SG --answer-by 2026-01-01",
            2,
            "pledges: error: --answer-by 2026-01-01 is before",
        ),
        ("ask --party SG --to a@b.org", 2, "pledges: error: --to is only for drafts, not text\n"),
        ("ask --party SG --output form.xlsx", 7, "pledges: error: form.xlsx exists\n"),
        (
            "ask --party SG --status completed",
            0,
            "1 pledge is left out: ECO-03 (done). To ask about one, give its id.\nThere is nothing",
        ),
    ],
)
def test_what_is_refused(asking: Desk, line: str, code: int, err: str) -> None:
    """Each refusal says what to do; nothing to ask is no error."""
    found = asking.line(line)
    assert found.code == code
    assert found.err.startswith(err)


def test_no_form_of_nothing(asking: Desk) -> None:
    """If there is nothing to ask, no file is written."""
    code, _, err = asking.line("ask --party SG --tag none --output none.xlsx")
    assert (code, err.splitlines()[-2:]) == (
        0,
        ["There is nothing to ask.", "the ledger has no tag 'none'"],
    )
    assert not (asking.folder / "none.xlsx").exists()


@pytest.mark.parametrize("options", ["--vanished tag=gone", "--learn plan.map.toml"])
def test_what_is_not_for_forms(asking: Desk, options: str) -> None:
    """A form is no register: it needs no mapping, and lacks the pledges that it does not ask of."""
    name = filled_in(asking, {"ECO-01": {"Figure": 23}})
    assert asking.line(f"import '{name}' {options}").code == 2
    assert asking.text == PLAN


def test_what_is_done_is_asked_by_its_id(asking: Desk) -> None:
    """Who names a pledge that is done wants to know of it."""
    out = asking("ask", "ECO-03", "--party", "SG").out
    assert "It is reported done; is there anything new?" in out


@pytest.mark.parametrize("name", ["hostile", "every standing"])
@pytest.mark.parametrize("form", FORMS)
def test_any_ledger_in_every_format(form: Format, name: str, desk: Desk) -> None:
    """Whatever the ledger says, it is asked in every format, and the form has no formula."""
    desk.text = LEDGERS[name]
    code, _, err = desk("ask", "--party", "VN", "--format", form, "--output", f"asked.{form}")
    assert (code, "error" in err) == (0, False)
    if form is Format.XLSX:
        book = load_workbook(desk.folder / "asked.xlsx")
        cells = [cell for sheet in book.worksheets for row in sheet.iter_rows() for cell in row]
        assert {cell.data_type for cell in cells} <= {"s", "n", "d"}
        assert desk("import", "asked.xlsx").err == "The form has no answers.\n" + NOT_WRITTEN


@pytest.mark.slow
@pytest.mark.skipif(not LIBREOFFICE, reason="LibreOffice is not installed")
def test_libreoffice(asking: Desk) -> None:
    """A form that LibreOffice has saved comes back like that of another program."""
    name = filled_in(asking, {"ECO-01": {"Figure": 23, "Note": "Two\nlines"}})
    (asking.folder / "saved").mkdir()
    saved_by_libreoffice(asking.folder / name, asking.folder / "saved", "xlsx")
    assert asking("import", f"saved/{name}", "--as-of", LATER).code == 0
    assert last_update(asking, "ECO-01") == entry(
        "2026-12-01", value=23, note="Two\nlines", by="Singapore (Lim Mei)"
    )
    assert asking("import", name, "--as-of", LATER).err == "1 as it was.\n" + NOT_WRITTEN
