"""Deadlines in a calendar, read back by a library and by a calendar program."""

import datetime as dt
import shutil
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from icalendar import Calendar

from desk import Desk
from samples import SMALL_PLAN, entry, ledger_text, pledge_table

KHAL = shutil.which("khal", path=str(Path(sys.executable).parent))

JUNE = "2026-06-01"
PLAN = ledger_text(
    pledge_table("ECO-01", "Open the market; now", due="2026-12-31", owed_by=["VN"]),
    pledge_table(
        "ECO-02",
        "Build parks",
        due="2026",
        update=[entry("2026-02-01", due="2027-Q1", why="Land is late.")],
    ),
    pledge_table("ECO-03", "Link ports", due="2026-05-01", strength="requested"),
    pledge_table("ECO-04", "Dig", due="2026-06-30", update=[entry(JUNE, status="completed")]),
    pledge_table("ECO-05", "Fly", due="2027-06-30", update=[entry(JUNE, status="withdrawn")]),
    pledge_table(
        "PPL-01",
        "Meet",
        kind="recurring",
        every="quarter",
        since="2026-Q1",
        until="2027-Q4",
        update=[
            entry("2026-03-01", period="2026-Q1", status="completed"),
            entry(JUNE, period="2026-Q2", status="completed"),
            entry(JUNE, period="2026-Q3", status="completed"),
            entry(JUNE, period="2027-Q1", status="completed"),
        ],
    ),
    pledge_table(
        "PPL-02",
        "Talk",
        kind="ongoing",
        review="6 months",
        made="2026-01-15",
        ask=[
            entry("2026-02-01", what="Name a place", by="2026-12-20"),
            entry("2026-02-01", what="Name a day", by="2026-03-01", settled="2026-02-20"),
        ],
    ),
    pledge_table("PPL-03", "Some day"),
    plan={"title": "Plan: A/B", "warn_days": 30},
)


def events(desk: Desk, line: str = "list") -> dict[str, Any]:
    """The events of an answer, by their names up to the ``@``."""
    ended = desk.line(line, "-f", "ics")
    assert (ended.code, ended.err) == (0, "")
    found = Calendar.from_ical(ended.out.replace("\r\n", "\n").replace("\n", "\r\n"))
    return {str(each["uid"]).partition("@")[0]: each for each in found.walk("VEVENT")}


@pytest.fixture
def planned(desk: Desk) -> Desk:
    """A desk with a pledge of each kind that a calendar knows."""
    desk.text = PLAN
    return desk


def test_each_deadline_review_and_decision_is_a_whole_day(planned: Desk) -> None:
    """On the last day of a period; what has no date is not there."""
    found = events(planned)
    assert {name: each["dtstart"].dt for name, each in found.items()} == {
        "ECO-01-due": dt.date(2026, 12, 31),
        "ECO-02-due": dt.date(2027, 3, 31),
        "ECO-03-due": dt.date(2026, 5, 1),
        "ECO-04-due": dt.date(2026, 6, 30),
        "ECO-05-due": dt.date(2027, 6, 30),
        "PPL-01-due": dt.date(2026, 12, 31),
        "PPL-02-review": dt.date(2026, 7, 15),
        "PPL-02-ask-1": dt.date(2026, 12, 20),
        "PPL-02-ask-2": dt.date(2026, 3, 1),
    }
    assert found["ECO-01-due"]["dtend"].dt == dt.date(2027, 1, 1)
    assert [str(found[f"ECO-0{n}-due"]["summary"]) for n in (1, 3, 4)] == [
        "Due: Open the market; now (ECO-01)",
        "Asked for: Link ports (ECO-03)",
        "Done: Dig (ECO-04)",
    ]
    assert [str(found[f"PPL-02-{x}"]["summary"]) for x in ("review", "ask-1", "ask-2")] == [
        "Review: Talk (PPL-02)",
        "Decision wanted: Name a place (PPL-02)",
        "Decided: Name a day (PPL-02)",
    ]


def test_an_entry_says_what_is_known(planned: Desk) -> None:
    """Who owes it, how it stands and in which plan it is, in sentences."""
    found = events(planned)["ECO-01-due"]
    assert str(found["description"]).split("\n") == [
        "Owed by Viet Nam.",
        "Not due yet: 39 days left, until 31 Dec 2026.",
        "No status.",
        "Plan: A/B.",
    ]
    assert str(found["uid"]) == "ECO-01-due@commitments"


def test_reminders_come_as_early_as_the_plan_warns(planned: Desk) -> None:
    """What is done, dropped or past needs none; a quarter's is not from the quarter before."""
    found = events(planned)
    alarms = [(n, x["trigger"].dt.days) for n, each in found.items() for x in each.walk("VALARM")]
    reminded = ("ECO-01-due", "ECO-02-due", "PPL-01-due", "PPL-02-ask-1")
    assert alarms == [(name, -30) for name in reminded]


def test_what_recurs_recurs_and_what_is_held_is_left_out(planned: Desk) -> None:
    """From the first open period to the last; each quarter ends on its own last day."""
    found = events(planned)["PPL-01-due"]
    rule = found["rrule"]
    assert (rule["freq"], rule["interval"], rule["bymonthday"]) == (["MONTHLY"], [3], [-1])
    assert rule["until"] == [dt.date(2027, 12, 31)]
    assert found["exdate"].dts[0].dt == dt.date(2027, 3, 31)


def test_what_was_held_for_the_last_time_is_a_day_and_what_is_late_still_reminds(
    desk: Desk,
) -> None:
    """A rule whose days are all left out would be no entry; the next period has a reminder."""
    yearly = {"kind": "recurring", "every": "year", "since": "2025"}
    held = [entry(JUNE, period=year, status="completed") for year in ("2025", "2026")]
    desk.text = ledger_text(
        pledge_table("ECO-01", "Meet", until="2026", update=held, **yearly),
        pledge_table("ECO-02", "Talk", **yearly),
    )
    done, late = events(desk).values()
    assert (str(done["summary"]), done["dtstart"].dt) == (
        "Done: Meet (ECO-01)",
        dt.date(2026, 12, 31),
    )
    assert "rrule" not in done
    assert "exdate" not in done
    assert (late["dtstart"].dt, late["rrule"]["freq"]) == (dt.date(2025, 12, 31), ["YEARLY"])
    assert len(late.walk("VALARM")) == 1


@pytest.mark.parametrize(
    ("title", "written", "name"),
    [
        ("Kế hoạch; 2026, A", r"Kế hoạch\; 2026\, A", "ke-hoach-2026-a"),
        ("行動計画", "行動計画", "行動計画"),
        ("실행 계획", "실행 계획", "실행-계획"),
    ],
)
def test_the_short_title_of_a_plan_is_in_any_script(
    desk: Desk, title: str, written: str, name: str
) -> None:
    """Entries of two plans never have one name, and separators in a title are no separators."""
    desk.text = SMALL_PLAN.replace('"Plan of Action"', f'"x"\nshort = "{title}"')
    assert f"X-WR-CALNAME:{written}\n" in desk("list", "-f", "ics").out.replace("\r", "")
    assert {str(x["uid"]).partition("@")[2] for x in events(desk).values()} == {name}


def test_what_was_dropped_is_cancelled_and_what_was_moved_is_newer(planned: Desk) -> None:
    """So that calendars that have it already follow; the names stay."""
    found = events(planned)
    assert [str(found[f"ECO-0{n}-due"]["status"]) for n in (1, 5)] == ["CONFIRMED", "CANCELLED"]
    assert [int(found[f"ECO-0{n}-due"]["sequence"]) for n in (1, 2, 5)] == [0, 1, 1]


@pytest.mark.parametrize("line", ["list --overdue", "due", "timeline"])
def test_commands_that_have_deadlines(planned: Desk, line: str) -> None:
    """Filters count; each command has the pledges that it lists."""
    names = {"list --overdue": 1, "due": 5, "timeline": 6}
    assert len(events(planned, line)) == names[line]


def test_an_empty_calendar_is_valid(planned: Desk) -> None:
    """An answer without any day."""
    assert events(planned, "list PPL-03") == {}


@pytest.mark.parametrize("line", ["log", "progress", "sources", "show ECO-01", "report"])
def test_answers_without_deadlines_are_refused(planned: Desk, line: str) -> None:
    """The message names the commands that have them."""
    ended = planned.line(line, "-f", "ics")
    assert (ended.code, ended.out) == (2, "")
    assert "use list, due or timeline" in ended.err


def test_the_same_ledger_gives_the_same_bytes(planned: Desk) -> None:
    """No clock, no chance; lines as RFC 5545 has them, and no time zone."""
    first, second = (planned("list", "-o", f"{n}.ics").code for n in (1, 2))
    assert (first, second) == (0, 0)
    content = (planned.folder / "1.ics").read_bytes()
    assert content == (planned.folder / "2.ics").read_bytes()
    lines = content.split(b"\r\n")
    assert max(map(len, lines)) <= 75
    assert b"\n" not in b"".join(lines)
    assert b"TZID" not in content


def test_no_text_of_the_ledger_makes_a_line_of_its_own(desk: Desk) -> None:
    """A title or a pillar with line ends, separators and controls stays in its value."""
    nasty = 'a\\r\\nEND:VEVENT\\nX-EVIL:1;x=\\"y\\",z\\u001b[31m\\u202e'
    desk.text = SMALL_PLAN.replace("Open the market", nasty).replace("Economic coop", nasty)
    found = events(desk)
    assert len(found) == 5
    assert all("X-EVIL" not in each for each in found.values())
    assert "\x1b" not in desk("list", "-f", "ics").out


def khal(desk: Desk, *arguments: str) -> Sequence[str]:
    """What khal prints, in lines."""
    home = desk.place / "khal"
    (home / "calendar").mkdir(parents=True, exist_ok=True)
    config = home / "config"
    config.write_text(
        f"[calendars]\n[[plan]]\npath = {home / 'calendar'}\n[locale]\ndateformat = %Y-%m-%d\n"
        f"longdateformat = %Y-%m-%d\n[sqlite]\npath = {home / 'khal.db'}\n[default]\n"
        "default_calendar = plan\n",
        encoding="utf-8",
    )
    ended = desk.command(str(KHAL), "-c", str(config), *arguments, HOME=str(home))
    assert ended.code == 0, ended
    return ended.out.splitlines()


@pytest.mark.slow
@pytest.mark.skipif(not KHAL, reason="khal is not installed")
def test_a_calendar_program_shows_the_days(planned: Desk) -> None:
    """Khal imports the file, and lists what is on the days, again and again for what recurs."""
    assert planned("list", "-o", "plan.ics").code == 0
    khal(planned, "import", "--batch", "-a", "plan", "plan.ics")
    shown = khal(planned, "list", "--format", "{start-date} {title}", "2026-12-01", "2027-12-31")
    assert [each for each in shown if "(PPL-01)" in each] == [
        f"{day} Due: Meet (PPL-01)"
        for day in ("2026-12-31", "2027-06-30", "2027-09-30", "2027-12-31")
    ]
    assert "2026-12-31 Due: Open the market; now (ECO-01)" in shown
