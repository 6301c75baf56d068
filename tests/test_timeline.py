"""``pledges timeline``: the picture, what stands for it elsewhere, and what it is asked for."""

import json
import re
from collections import Counter
from datetime import date
from html import unescape

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from build import a_ledger, a_pledge, an_update, day, shipped
from desk import Desk
from everything import FORMS, MACHINE
from nightly import number
from pledges.domain.axis import Unit, axis_through
from pledges.domain.day import WHEN_HINT
from pledges.domain.marks import MarkKind, lifetimes
from pledges.domain.pledge import Ledger
from pledges.domain.snapshot import snapshot
from pledges.domain.sorting import GroupBy, pledge_groups
from pledges.render import Canvas, Format, render
from pledges.render.timeline import strips
from pledges.render.timeline.chart import ASCII, UNICODE
from pledges.render.timeline.scale import Scale, names_line, scale
from pledges.render.timeline.track import Signs, track_row
from pledges.view.answer import Answer
from pledges.view.timeline_page import answer, pledge_track
from samples import entry, ledger_text, pledge_table

TODAY = day("2026-11-22")
SOURCES = {"s": {"title": "Speech", "publisher": "SGGP"}}
EVERY_KIND = a_ledger(
    a_pledge(id="A", title="Made and due", made="2024-03", due="2029"),
    a_pledge(id="B", title="Late", made="2024-01-01", due="2026-06-30"),
    a_pledge(
        an_update("2026-01-05", due="2028", why="A call."), id="C", title="Moved", due="2026-H1"
    ),
    a_pledge(id="D", title="Contested", due="2028", claim=[{"source": "s", "due": "2027"}]),
    a_pledge(
        an_update("2025-06-01", status="completed"),
        id="E",
        title="On time",
        made="2024",
        due="2027",
    ),
    a_pledge(
        an_update("2025-12-01", status="completed"),
        id="F",
        title="Too late",
        made="2024",
        due="2024",
    ),
    a_pledge(an_update("2025-12-01", status="withdrawn"), id="G", title="Dropped", due="2028"),
    a_pledge(
        an_update("2024-11-05", status="completed", period="2024"),
        an_update("2026-02-03", status="completed", period="2025"),
        id="H",
        title="Every year",
        kind="recurring",
        every="year",
        since="2023",
    ),
    a_pledge(id="I", title="Undated"),
    sources=SOURCES,
)


def asked(ledger: Ledger, by: Unit | None = None) -> Answer:
    """The timeline of a whole ledger on 22 Nov 2026."""
    now = snapshot(ledger, "ledger.toml", TODAY)
    groups = pledge_groups(now.assessed, GroupBy.PILLAR, now.ledger)
    lives = [(group, lifetimes(group.members, TODAY)) for group in groups]
    days = [mark.date for _, some in lives for life in some for mark in life.marks]
    return answer(lives, GroupBy.PILLAR, axis_through([TODAY, *days], by), now, [])


def shown(ledger: Ledger, form: Format = Format.TERMINAL, canvas: Canvas | None = None) -> str:
    """The timeline of a whole ledger on 22 Nov 2026, as it is printed."""
    text = render(asked(ledger), form, canvas or Canvas())
    assert isinstance(text, str)
    return text


PICTURE = """\
Plan of Action: timeline as of 22 Nov 2026
9 pledges, 8 with a deadline: 2 overdue, 3 not due yet, 1 done late, 1 done on
time, 1 withdrawn or replaced.

                                                ┃ today
Id  Pledge        2023    2024    2025    2026    2027    2028    2029
Economy                                         ┃
A   Made and due           ├────────────────────┃────────────────────────◆
B   Late                  ├──────────────────!══┃ 5 months late
C   Moved                                    ◇  ┃                ◆
D   Contested                                   ┃        ?       ◆
E   On time               ├──────────●          ┃        ◆
F   Too late              ├──────◆═══════○      ┃
G   Dropped                              x      ┃                ◆
H   Every year    ░░░░░░░!██████●█████████○░░░░░┃◆

1 pledge without a deadline is not shown here.
To list it: pledges list --no-deadline
┃ today (22 Nov 2026), ├ made, ◆ deadline, ! overdue, ═ time late,
◇ first deadline (moved), ? deadline by another source, ● done on time,
○ done late, x dropped, █ period completed, ░ period open
"""
IN_ASCII = """\
Plan of Action: timeline as of 22 Nov 2026
9 pledges, 8 with a deadline: 2 overdue, 3 not due yet, 1 done late, 1 done on
time, 1 withdrawn or replaced.

                                                | today
Id  Pledge        2023    2024    2025    2026    2027    2028    2029
Economy                                         |
A   Made and due           [--------------------|------------------------*
B   Late                  [------------------!==| 5 months late
C   Moved                                    o  |                *
D   Contested                                   |        ?       *
E   On time               [----------+          |        *
F   Too late              [------*=======~      |
G   Dropped                              x      |                *
H   Every year    .......!######+#########~.....|*

1 pledge without a deadline is not shown here.
To list it: pledges list --no-deadline
| today (22 Nov 2026), [ made, * deadline, ! overdue, = time late,
o first deadline (moved), ? deadline by another source, + done on time,
~ done late, x dropped, # period completed, . period open
"""
YEARS = (
    "every year from 2023: 2023 not completed, 3 years late; 2024 completed on 5 Nov 2024; "
    "2025 completed late on 3 Feb 2026; 2026 open until 31 Dec 2026, 39 days left"
)
WORDS = [
    "Economy",
    "A  due 2029 (31 Dec 2029), 3 years left  Made and due",
    "B  due 30 Jun 2026, 5 months late  Late",
    "C  due 2028 (31 Dec 2028), 2 years left, first due H1 2026  Moved",
    "D  due 2028 (31 Dec 2028), 2 years left; SGGP says 2027  Contested",
    "E  due 2027 (31 Dec 2027); done on time on 1 Jun 2025  On time",
    "F  due 2024 (31 Dec 2024); done late on 1 Dec 2025  Too late",
    "G  due 2028 (31 Dec 2028); withdrawn on 1 Dec 2025  Dropped",
    f"H  {YEARS}  Every year",
]
LIST = [
    "- A Made and due: due 2029 (31 Dec 2029), 3 years left",
    "- B Late: due 30 Jun 2026, 5 months late",
    "- C Moved: due 2028 (31 Dec 2028), 2 years left, first due H1 2026",
    "- D Contested: due 2028 (31 Dec 2028), 2 years left; SGGP says 2027",
    "- E On time: due 2027 (31 Dec 2027); done on time on 1 Jun 2025",
    "- F Too late: due 2024 (31 Dec 2024); done late on 1 Dec 2025",
    "- G Dropped: due 2028 (31 Dec 2028); withdrawn on 1 Dec 2025",
    f"- H Every year: {YEARS}",
]


def test_every_mark() -> None:
    """Each kind of mark has a sign of its own, and the legend tells those that are there."""
    assert shown(EVERY_KIND) == PICTURE


def test_every_mark_in_ascii() -> None:
    """A terminal that has ASCII only shows the same picture."""
    assert shown(EVERY_KIND, canvas=Canvas(is_ascii=True)) == IN_ASCII


def test_every_mark_in_words() -> None:
    """In plain text it is a line a pledge, with its dates in words, below the picture."""
    page = shown(EVERY_KIND, Format.TEXT)
    lines = [re.sub("  +", "  ", line) for line in page.splitlines()]
    assert lines[-len(WORDS) - 3 : -3] == WORDS


def test_text_has_the_picture() -> None:
    """Plain text has what a terminal of 80 cells draws, by signs that every program can show."""
    page = shown(EVERY_KIND, Format.TEXT).splitlines()
    drawn = shown(EVERY_KIND, canvas=Canvas(is_ascii=True)).splitlines()
    start = next(at for at, line in enumerate(drawn) if line.endswith("today"))
    picture = drawn[start : drawn.index("", start)]
    below = page.index(picture[0]) + len(picture)
    assert page[page.index(picture[0]) : below] == picture
    assert "today (22 Nov 2026)" in page[below + 1]
    assert max(map(cell_len, page[3 : page.index("", below + 1)])) <= 80


def test_every_mark_in_markdown() -> None:
    """In Markdown it is a list."""
    page = shown(EVERY_KIND, Format.MD)
    assert [line for line in page.splitlines() if line.startswith("- ")] == LIST


@pytest.mark.parametrize("signs", [UNICODE, ASCII])
def test_the_signs_differ(signs: Signs) -> None:
    """No two signs of a terminal are the same, and each takes one cell."""
    assert len(set(signs.values())) == len(signs)
    assert {cell_len(sign) for sign in signs.values()} == {1}


def test_the_signs_of_html_differ() -> None:
    """In HTML each kind has a sign or a fill of its own."""
    signs = {kind: sign for kind, sign in strips.SIGNS.items() if sign}
    assert len(set(signs.values())) == len(signs)
    assert len(set(strips.FILLS.values())) == len(strips.FILLS)
    assert signs.keys() ^ strips.FILLS.keys() == strips.SIGNS.keys()


def along(first: str, last: str, room: int, by: Unit, *, keeps_end: bool = False) -> Scale:
    """An axis from one day to another in so much room, seen from 22 Nov 2026."""
    axis = axis_through([day(first), day(last)], by, None, day(last) if keeps_end else None)
    found = scale(axis, TODAY, room)
    assert found
    return found


@pytest.mark.parametrize(
    ("first", "last", "room", "by", "cells", "names"),
    [
        ("2025-03-01", "2028-01-01", 20, Unit.YEAR, 20, ["2025 2026 2027 2028"]),
        ("2025-03-01", "2028-01-01", 23, Unit.YEAR, 20, ["2025 2026 2027 2028"]),
        ("2025-03-01", "2050-01-01", 12, Unit.YEAR, 12, ["2026  2027"]),
        ("2026-11-22", "2026-11-22", 80, Unit.MONTH, 31, ["2026", "Nov"]),
        (
            *("2026-08-01", "2027-08-01", 22, Unit.QUARTER, 20),
            ["2026    2027", "Q3  Q4  Q1  Q2  Q3"],
        ),
        ("2026-10-01", "2027-04-01", 9, Unit.QUARTER, 9, ["   2027", "Q4 Q1 Q2"]),
        ("2026-11-01", "2027-03-01", 20, Unit.MONTH, 20, ["2026    2027", "Nov Dec Jan Feb Mar"]),
    ],
)
def test_names_above(  # noqa: PLR0913, PLR0917  (a row of the table)
    first: str, last: str, room: int, by: Unit, cells: int, names: list[str]
) -> None:
    """Every unit is named where it begins, and a smaller one has its year above."""
    found = along(first, last, room, by)
    lines = [names_line(each, found.cells) for each in found.names()]
    assert (found.cells, [line.rstrip() for line in lines]) == (cells, names)
    assert {len(line) for line in lines} == {cells}


@pytest.mark.parametrize(
    ("last", "room", "by", "names"),
    [
        ("2050-12-31", 50, Unit.YEAR, "2026    2030      2035      2040      2045"),
        ("2226-12-31", 40, Unit.YEAR, "    2050      2100      2150      2200"),
        ("2030-12-31", 30, Unit.MONTH, "2026  2027  2028  2029  2030"),
    ],
)
def test_an_end_that_is_asked_for_makes_units_narrow(
    last: str, room: int, by: Unit, names: str
) -> None:
    """Up to an end that was asked for all is shown; then not every year is named."""
    found = along("2026-01-01", last, room, by, keeps_end=True)
    assert found.cells == room
    assert found.axis.end == day(last)
    (line, *_) = found.names()
    assert names_line(line, room).rstrip() == names


@given(st.dates(), st.dates(), st.integers(20, 200), st.sampled_from(Unit))
def test_a_day_stands_on_its_side_of_today(one: date, other: date, room: int, by: Unit) -> None:
    """Days stand in the order of the calendar, and none but today in the cell of today."""
    found = scale(axis_through([one, other, TODAY], by), TODAY, room)
    assert found
    assert found.cells <= room
    assert found.today_at is not None
    days = sorted(each for each in (one, other, TODAY) if found.axis.contains(each))
    cells = [found.cell(each) for each in days]
    assert cells == sorted(cells)
    assert [at for at, on in zip(cells, days, strict=True) if on == TODAY] <= [found.today_at] * 3
    assert all((found.cell(on) > found.today_at) == (on > TODAY) for on in days if on != TODAY)


@pytest.mark.parametrize(
    ("other", "width", "expected"),
    [
        ("2026-12-20", 80, "?\u25c6"),
        ("2026-12-31", 80, "\u25c6"),
        ("2027-01-05", 80, "\u25c6?"),
        ("2040", 80, "\u25c6     ?2040\u25b8"),
        ("2040", 45, "\u25c6     ?2040\u25b8"),
    ],
)
def test_both_deadlines_are_seen(other: str, width: int, expected: str) -> None:
    """A contested deadline shows both its marks, in one cell's time or beyond the axis."""
    claim = [{"source": "s", "due": other}]
    far = a_pledge(id="B", title="Far away", made="2024", due="2050")
    contested = a_pledge(due="2026-12-31", claim=claim)
    page = shown(a_ledger(contested, far, sources=SOURCES), canvas=Canvas(width=width))
    (row,) = (line for line in page.splitlines() if line.startswith("ECO-01"))
    assert re.sub(" {6,}", "     ", row.partition("\u2503")[2]) == expected


CROWDED = a_ledger(
    a_pledge(
        an_update("2026-02-10", due="2026", why="A call."),
        id="A",
        made="2025-12",
        due="2029",
        claim=[{"source": "s", "due": due} for due in ("2030", "2027-03", "2026-10", "2040")],
    ),
    a_pledge(
        an_update("2026-02-10", due="2027", why="A call."),
        an_update("2026-11-01", status="completed"),
        id="B",
        due="2026",
        claim=[{"source": "s", "due": "2026-06"}],
    ),
    a_pledge(id="C", due="2022", claim=[{"source": "s", "due": due} for due in ("2023", "2035")]),
    sources=SOURCES,
)


@pytest.mark.parametrize("ledger", [shipped(), EVERY_KIND, CROWDED])
@pytest.mark.parametrize("by", Unit)
def test_every_deadline_is_drawn(ledger: Ledger, by: Unit) -> None:
    """In any room each deadline, claim and end has its sign, on the axis or at an edge of it.

    What was only asked for is never drawn as overdue: its deadline is a deadline.
    """
    lives = lifetimes(snapshot(ledger, "ledger.toml", TODAY).assessed, TODAY)
    axis = axis_through([TODAY, *(mark.date for life in lives for mark in life.marks)], by)
    for room in range(20, 151):
        along = scale(axis, TODAY, room)
        assert along
        for life in lives:
            kinds = [mark.kind for mark in life.marks if mark.kind is not MarkKind.MADE]
            if not life.each.assessment.agreed:
                kinds = [MarkKind.DUE if x is MarkKind.OVERDUE else x for x in kinds]
            wanted = Counter(kinds)
            row = track_row(pledge_track(life), along, UNICODE)
            assert wanted <= Counter(spot.kind for spot in row)


@pytest.mark.parametrize(
    ("width", "expected"),
    [
        (80, "\u25c6        \u25c7Dec 2029 ?Dec 2030\u25b8"),
        (125, "\u25c6                                   \u25c7 ?2030\u25b8 39 days left"),
        (120, "\u25c6                                   \u25c7  ?\u25b8 39 days left"),
    ],
)
def test_what_lies_beyond_has_the_date_that_fits(width: int, expected: str) -> None:
    """At an edge it is the month, else the year, else the sign alone."""
    canvas = Canvas(width=width)
    page = render(asked(shipped(), Unit.QUARTER), Format.TERMINAL, canvas)
    assert isinstance(page, str)
    (row,) = (line for line in page.splitlines() if line.startswith("ECO-02"))
    assert row.partition("\u2503")[2] == expected


ONE = """\
Plan: timeline as of 22 Nov 2026
1 pledge, 1 with a deadline: 1 due soon.

                                        ┃ today
                   2026
Id   Pledge        Nov
Economy                                 ┃
A-1  Title of A-1                       ◆

┃ today (22 Nov 2026), ◆ deadline
"""
LONG = """\
Plan: timeline as of 22 Nov 2026
2 pledges, 2 with a deadline: 1 overdue, 1 not due yet.

                                ┃ today
Id   Pledge        2024 2025 2026 2027 2028 2029 2030
Economy                         ┃
A-1  Title of A-1 ◂─────────────┃────────────────◆2126▸
A-2  Title of A-2 ◂!1950════════┃ 76 years late

┃ today (22 Nov 2026), ◆ deadline, ! overdue, ═ time late,
◂ earlier than shown, ▸ later than shown
"""
WHOLE = """\
Plan: timeline as of 22 Nov 2026
2 pledges, 2 with a deadline: 1 overdue, 1 not due yet.

                                      ┃ today
Id   Pledge            1950     2000      2050     2100
Economy                               ┃
A-1  Title of A-1  ├──────────────────┃─────────────────◆
A-2  Title of A-2  ├───!══════════════┃ 76 years late

┃ today (22 Nov 2026), ├ made, ◆ deadline, ! overdue,
═ time late
"""
NARROW = """\
Plan: timeline as of
22 Nov 2026
1 pledge, 1 with a deadline:
1 not due yet.

Economy
A-1  Title of A-1
  Dates: due 2027
  (31 Dec 2027), 13 months
  left
"""


def a_plan(*pledges: dict[str, object], pillar: str = "Economy") -> str:
    """A ledger of pledges of one pillar."""
    return ledger_text(*pledges, plan={"title": "Plan"}, pillars={"economy": pillar})


def pledge(name: str, **terms: object) -> dict[str, object]:
    """A pledge of that pillar."""
    return pledge_table(name, f"Title of {name}", **{"pillar": "economy", **terms})


def printed(desk: Desk, *argv: str) -> str:
    """What ``timeline`` prints, without a word on standard error."""
    code, out, err = desk("timeline", *argv, "--debug")
    assert (code, err) == (0, "")
    return out


DUE_LATE_IN_2026 = "due late 2026 (31 Dec 2026), 39 days left"
NO_DEADLINE = pledge("A-1"), pledge("A-2", kind="ongoing")


@pytest.mark.parametrize("form", [Format.TEXT, Format.TERMINAL])
def test_no_deadlines(desk: Desk, form: str) -> None:
    """Where nothing has a deadline nothing is drawn, and that is told."""
    desk.text = a_plan(*NO_DEADLINE)
    assert " ".join(printed(desk, "--format", form).split()) == (
        "Plan: timeline as of 22 Nov 2026 2 pledges, none with a deadline."
        " 2 pledges without a deadline are not shown here. To list them: pledges list --no-deadline"
    )


def test_empty_ledger(desk: Desk) -> None:
    """A ledger without pledges is no error, in no format."""
    desk.text = a_plan()
    code, out, err = desk("timeline")
    assert code == 0
    assert out == "Plan: timeline as of 22 Nov 2026\nNo pledges as of 22 Nov 2026.\n"
    assert err == "The ledger has no pledges yet. To add the first: pledges add\n"
    for form in FORMS:
        code, _, err = desk("timeline", "--quiet", "--format", form)
        assert (code, err) == (0, "")


def test_one_deadline_today(desk: Desk) -> None:
    """A span of one day is drawn in its month; a deadline takes today's place."""
    desk.text = a_plan(pledge("A-1", due="2026-11-22"))
    assert printed(desk, "--width", "60") == ONE


def test_two_hundred_years(desk: Desk) -> None:
    """Of a long span the years around today are drawn; the rest stands at the edges."""
    terms = {"made": "1926", "due": "2126"}
    late = pledge("A-2", made="1926", due="1950")
    desk.text = a_plan(pledge("A-1", **terms), late)
    assert printed(desk, "--width", "60") == LONG
    assert printed(desk, "--width", "60", "--to", "2126") == WHOLE


@pytest.mark.parametrize("form", [*MACHINE, Format.MD])
@pytest.mark.parametrize("span", ["2026-11-22 2026-11-22", "1926-01-01 2126-12-31"])
def test_the_axis_changes_no_record(desk: Desk, form: str, span: str) -> None:
    """What is not drawn has every pledge and date, whatever axis is asked for."""
    desk.text = a_plan(pledge("A-1", due="2030"))
    begin, end = span.split()
    narrow = printed(desk, "--from", begin, "--to", end, "--by", "year", "--format", form)
    whole = printed(desk, "--format", form)
    ends = r'"(from|to|by)": ".*",\n'
    assert re.sub(ends, "", narrow) == re.sub(ends, "", whole)


def test_json(desk: Desk) -> None:
    """JSON names the axis by its ends and its unit, and each mark with its day and kind."""
    desk.text = a_plan(pledge("A-1", made="2025-03-01", due="2026-H1"))
    found = json.loads(printed(desk, "--format", "json"))
    assert [found[key] for key in ("kind", "from", "to", "by", "count")] == [
        *("timeline", "2025-01-01", "2026-12-31", "quarter", 1)
    ]
    (each,) = found["pledges"]
    assert [each[key] for key in ("id", "title", "pillar", "standing")] == [
        *("A-1", "Title of A-1", "economy", "overdue")
    ]
    assert each["marks"] == [
        {"date": "2025-03-01", "kind": "made", "period": None, "text": "made 1 Mar 2025"},
        {
            "date": "2026-06-30",
            "kind": "overdue",
            "period": None,
            "text": "due H1 2026 (30 Jun 2026), 5 months late",
        },
    ]


def test_many_periods_are_counted(desk: Desk) -> None:
    """In words a few periods are named, more are counted; a script gets each."""
    terms = {"kind": "recurring", "every": "month", "since": "2026-01"}
    held = [entry(f"2026-0{n}-05", period=f"2026-0{n}", status="completed") for n in range(1, 6)]
    desk.text = a_plan(pledge("A-1", **terms, update=held))
    assert printed(desk).splitlines()[-1] == (
        "A-1  every month from Jan 2026: 5 completed, the last May 2026 completed on 5 May 2026; "
        "5 overdue, the last Oct 2026 not completed, 22 days late; "
        "Nov 2026 open until 30 Nov 2026, 8 days left  Title of A-1"
    )
    assert len(json.loads(printed(desk, "--format", "ndjson"))["marks"]) == 11


@pytest.mark.parametrize(
    ("terms", "told"),
    [
        ({"due": "2026-11-22"}, "due 22 Nov 2026, today"),
        ({"due": "2026-11-23"}, "due 23 Nov 2026, 1 day left"),
        ({"due": "2026-11-21"}, "due 21 Nov 2026, 1 day late"),
        ({"due": "2026", "due_text": "late 2026"}, DUE_LATE_IN_2026),
    ],
)
def test_how_far_off_a_deadline_is(desk: Desk, terms: dict[str, object], told: str) -> None:
    """The words of a deadline tell how many days are left, or for how many it is late."""
    desk.text = a_plan(pledge("A-1", **terms))
    assert f"A-1  {told}  Title" in printed(desk)


def test_a_recurring_pledge_of_which_no_period_is_known(desk: Desk) -> None:
    """Of one that was withdrawn before a period was reported on, its terms and its end are told."""
    ended = [entry("2026-03-01", status="withdrawn")]
    yearly = pledge("A-1", kind="recurring", every="year", since="2024", update=ended)
    desk.text = a_plan(yearly)
    told = "A-1  every year from 2024; withdrawn on 1 Mar 2026  Title of A-1\n"
    assert told in printed(desk)


def test_filters_are_told(desk: Desk) -> None:
    """Of a selection it is told how many of how many, and that filters stand for the rest too."""
    desk.text = a_plan(*NO_DEADLINE, pledge("B-1", due="2027"))
    text = printed(desk, "A-1", "B-1")
    assert text.startswith(
        "Plan: timeline as of 22 Nov 2026\n2 of 3 pledges, 1 with a deadline: 1 not due yet.\n\n"
    )
    assert text.endswith(
        "\n\nEconomy\n"
        "B-1  due 2027 (31 Dec 2027), 13 months left  Title of B-1\n\n"
        "1 pledge without a deadline is not shown here.\n"
        "To list it with the same filters: pledges list --no-deadline\n"
    )


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (["--by", "week"], "there is no unit 'week'\n  = hint: use one of year, quarter, month\n"),
        (["--by", "years"], "there is no unit 'years'\n  = hint: did you mean year?\n"),
        (
            ["--from", "2027", "--to", "2026"],
            "--to 2026 is before --from 2027\n  = hint: give a later --to\n",
        ),
        (["--from", "2026-13"], f"--from: there is no month 13\n  = hint: {WHEN_HINT}\n"),
    ],
)
def test_wrong_use(desk: Desk, options: list[str], message: str) -> None:
    """A word or a date that is none is refused with what to write instead."""
    desk.text = a_plan()
    assert desk("timeline", *options) == (2, "", f"pledges: error: {message}")


@pytest.mark.parametrize("extra", [(), ("--by", "month"), ("--to", "2126"), ("--from", "1000")])
def test_no_line_is_too_wide(desk: Desk, extra: tuple[str, ...]) -> None:
    """From 20 cells to 200 no line is wider, in Unicode and where titles are of wide characters."""
    wide = pledge_table("W-1", "工业园" * 30, pillar="economy", due="2045")
    some = pledge("A-1", made="1950", due="2025"), pledge("A-2", made="2026", due="2027")
    desk.text = a_plan(wide, *some, pillar="Economy " * 12)
    for width in range(20, 201, number(4, 1)):
        page = printed(desk, "--width", str(width), *extra)
        assert max(map(cell_len, page.splitlines())) <= width
        assert all(name in page for name in ("W-1", "A-1", "A-2"))


def test_below_what_can_be_drawn(desk: Desk) -> None:
    """Where there is no room for a picture there is the list of dates."""
    desk.text = a_plan(pledge("A-1", due="2027"))
    assert printed(desk, "--width", "30") == NARROW


def test_a_long_picture_ends_with_its_axis(desk: Desk) -> None:
    """Below more rows than a screen has, the axis stands again."""
    desk.text = a_plan(*(pledge(f"A-{n}", due="2027-06") for n in range(31)))
    page = printed(desk, "--width", "80").splitlines()
    assert page[4:6] == page[-5:-3] or page[-5].split() == ["2026", "2027"]
    assert sum("today" in line for line in page) == 3


CONTESTED = pledge(
    "A-1",
    due="2030",
    update=[entry("2026-02-01", due="2027", why="x")],
    claim=[{"due": "2029", "source": "https://example.org"}],
)
STRIP = r'<table role="presentation" aria-hidden="true" width.*?</table>'
TODAY_FILL = 'bgcolor="#1f6feb"'


@pytest.mark.parametrize("span", ["", "--by quarter", "--by month", "--to 2126", "--from 2026-11"])
def test_html_shares_one_axis(desk: Desk, span: str) -> None:
    """In HTML every strip is as wide as the page, and today stands at the same place in each."""
    late = pledge("A-2", made="2020", due="2025")
    desk.text = a_plan(CONTESTED, late)
    page = printed(desk, *span.split(), "--format", "html")
    strips = re.findall(STRIP, page)
    before = [_widths(strip.partition(TODAY_FILL)[0]) for strip in strips if TODAY_FILL in strip]
    assert {sum(_widths(strip)) for strip in strips} == {100}
    assert len({sum(widths[:-1]) for widths in before}) == 1
    assert len(before) == 3


def _widths(strip: str) -> list[int]:
    return [int(each) for each in re.findall(r'<td width="(\d+)%"', strip)]


def test_html_marks_today_beside_a_deadline(desk: Desk) -> None:
    """Where a deadline takes today's place on its strip, today stands on the axis all the same."""
    desk.text = a_plan(pledge("A-1", due="2026-11-22"))
    page = printed(desk, "--format", "html")
    assert [TODAY_FILL in strip for strip in re.findall(STRIP, page)][-2:] == [True, False]
    assert "today (22&nbsp;Nov&nbsp;2026)" in page


def test_html_draws_and_tells(desk: Desk) -> None:
    """A contested, moved deadline has a sign for each, and the words say the same."""
    desk.text = a_plan(CONTESTED)
    page = printed(desk, "--format", "html")
    *_, track = re.findall(STRIP, page)
    signs = re.findall(r"[\u25a0\u25a1?]", re.sub("<[^>]+>", "", track))
    assert signs == ["\u25a0", "?", "\u25a1"]
    told = unescape(re.sub("<[^>]+>", "", page)).replace("\xa0", " ")
    assert (
        "due 2027 (31 Dec 2027), 13 months left, first due 2030; https://example.org says 2029"
        in told
    )
    for meaning in ("deadline", "first deadline (moved)", "deadline by another source"):
        assert meaning in told
