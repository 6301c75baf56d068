"""What a report says: the first screen, the counts, the lists, in each ledger that is odd."""

import re
from pathlib import Path

import pytest

from papers import LEDGERS, SINCE, a_plan, a_promise, done, late_by, paper

every_ledger = pytest.mark.parametrize("name", LEDGERS)


def parts(text: str) -> dict[str, str]:
    """The parts of a report by their headings."""
    body = re.split(r"\n\n(?:Next report|As of)", text)[0]
    found = re.split(r"\n\n([A-Z][A-Z0-9 ]+(?: \([\d,]+\))?)\n", body)
    return dict(zip(found[1::2], found[2::2], strict=True))


@every_ledger
def test_bottom_line(name: str, tmp_path: Path) -> None:
    """The bottom line has at most 50 words, and is there even where there is nothing to say."""
    line = parts(paper(tmp_path, LEDGERS[name], *SINCE))["BOTTOM LINE"]
    assert 3 <= len(line.split()) <= 50


@every_ledger
def test_the_first_screen(name: str, tmp_path: Path) -> None:
    """What --brief prints fits 25 lines and 150 words: bottom line, counts, overdue."""
    text = paper(tmp_path, LEDGERS[name], *SINCE, "--brief")
    start, end = text.index("BOTTOM LINE"), text.index("\n\nAs of")
    assert len(text[start:end].split("\n")) <= 25
    assert len(text[start:end].split()) <= 150
    assert [re.sub(r" \(.*", "", each) for each in parts(text)] in (
        ["BOTTOM LINE", "COUNTS"],
        ["BOTTOM LINE", "COUNTS", "OVERDUE"],
    )


@every_ledger
def test_the_first_screen_of_the_whole(name: str, tmp_path: Path) -> None:
    """The whole report needs no more up to its first list; who else is overdue comes after it."""
    text = paper(tmp_path, LEDGERS[name], *SINCE)
    start = text.index("BOTTOM LINE")
    late = re.search(r"^Overdue \(([\d,]+)\)\n(?:[- ].*\n)+", text, re.MULTILINE)
    end = late.end() if late else text.index("\n\n", text.index("COUNTS"))
    assert len(text[start:end].rstrip().split("\n")) <= 25
    assert len(text[start:end].split()) <= 150
    if late:
        also = re.search(r"^Also overdue \(([\d,]+)\)$", text, re.MULTILINE)
        more = re.search(r"^- and ([\d,]+) more$", late[0], re.MULTILINE)
        assert (also and also[1]) == (more and more[1])


@every_ledger
def test_counts_add_up(name: str, tmp_path: Path) -> None:
    """The counts come worst first and add up to all, now and then."""
    lines = parts(paper(tmp_path, LEDGERS[name], *SINCE))["COUNTS"].strip().split("\n")
    rows = [re.fullmatch(r"- ([\d,]+) ([a-z ]+?)(?: \(was ([\d,]+)\))?", each) for each in lines]
    found = [(row[2], row[1], row[3] or row[1]) for row in rows if row]
    assert len(found) == len(lines)
    *standings, (last, *totals) = found
    order = "overdue, due soon, review due, on course, done late, done on time, done, undated"
    ranks = [f"{order}, ongoing, dropped".split(", ").index(word) for word, _, _ in standings]
    assert (last, ranks) == ("in all", sorted(ranks))
    for at, total in enumerate(totals, 1):
        assert sum(int(each[at].replace(",", "")) for each in standings) == int(
            total.replace(",", "")
        )


@every_ledger
def test_lists_stop_at_ten(name: str, tmp_path: Path) -> None:
    """A list shows ten at most, and says how many more there are: together they are its number."""
    text = paper(tmp_path, LEDGERS[name], *SINCE)
    for number, body in re.findall(
        r"^\S[^\n]* \(([\d,]+)\)\n((?:(?:[ -]|http)[^\n]*\n)+)", text, re.MULTILINE
    ):
        items = re.findall(r"^- (?!and [\d,]+ more$)", body, re.MULTILINE)
        more = re.search(r"^- and ([\d,]+) more$", body, re.MULTILINE)
        left_out = int(more[1].replace(",", "")) if more else 0
        assert len(items) <= 10
        assert len(items) + left_out == int(number.replace(",", ""))


@pytest.mark.parametrize(
    ("name", "line"),
    [
        ("no pledge", "There are no pledges."),
        (
            "one pledge",
            "0 of 1 pledge with a deadline is done. None is overdue; 1 is due within 60 days.",
        ),
        ("one without a deadline", "The one pledge has no deadline."),
        (
            "none overdue",
            "0 of 2 pledges with a deadline are done. None is overdue; 1 is due within 60 days.",
        ),
        (
            "all overdue",
            "0 of 14 pledges with a deadline are done. 14 are overdue; none is due within 60 days.",
        ),
        (
            "all done",
            "4 of 4 pledges with a deadline are done. None is overdue; none is due within 60 days.",
        ),
    ],
)
def test_true_when_it_is_zero(name: str, line: str, tmp_path: Path) -> None:
    """The bottom line is a true sentence where a figure is zero, one or all."""
    text = parts(paper(tmp_path, LEDGERS[name]))["BOTTOM LINE"]
    assert " ".join(text.split()) == line


def test_a_deadlines_day(tmp_path: Path) -> None:
    """On its last day a pledge is due; a day later it is overdue."""
    plan = a_plan(a_promise(1, due="2026-Q3"))
    on = " ".join(paper(tmp_path, plan, "--as-of", "2026-09-30").split())
    assert "None is overdue; 1 is due within 60 days." in on
    assert "Q3 2026 (30 Sep 2026), due today; unreported." in on
    after = paper(tmp_path, plan, "--as-of", "2026-10-01", "--since", "2026-09-30")
    assert "1 became overdue" in after
    assert "- PPL-01 Open the market: 1 day late, since 30 Sep 2026" in after


def test_since_before_the_first_entry(tmp_path: Path) -> None:
    """Where nothing was known then, all is new."""
    text = paper(tmp_path, LEDGERS["all done"], "--since", "2020")
    assert "Since 1 Jan 2020: 4 completed, 4 new pledges." in " ".join(text.split())
    assert "- 4 in all (was 0)" in text


def test_nothing_changed(tmp_path: Path) -> None:
    """Where nothing is otherwise than it was, that is said, and there is no list of it."""
    text = paper(tmp_path, LEDGERS["all done"], "--since", "yesterday")
    assert "Since 21 Nov 2026: nothing completed, moved or new." in " ".join(text.split())
    assert "CHANGED" not in text


def test_filters_that_leave_nothing(tmp_path: Path) -> None:
    """A report of no pledge of several says of how many."""
    text = paper(tmp_path, LEDGERS["all done"], "--overdue")
    assert "None of 4 pledges matches." in text
    assert text.endswith("Source: commitments.toml, 0 of 4 pledges.\n")


def test_a_moved_deadline_shows_the_old_one(tmp_path: Path) -> None:
    """A moved deadline stands as old and new, with the days between and why."""
    move = {"date": late_by(20), "due": "2027-Q1", "why": "The visit\nwas put off."}
    plan = a_plan(a_promise(1, due="2026", due_text="by the end of 2026", update=[move]))
    text = " ".join(paper(tmp_path, plan, *SINCE).split())
    moved = "by the end of 2026 -> Q1 2027, put back by 90 days: The visit was put off."
    assert f"Deadlines moved (1) - PPL-01 Open the market: {moved}" in text


def test_whose_move_it_is(tmp_path: Path) -> None:
    """What is owed by the same parties says so once; others are named where they stand."""
    same = (a_promise(at, due=late_by(at)) for at in (2, 4, 6))
    other = a_promise(8, due=late_by(8), owed_by=["SG"])
    waiting = a_promise(10, due=late_by(10), waiting_on="SG")
    text = paper(tmp_path, a_plan(*same, other, waiting))
    assert parts(text)["NEEDS ATTENTION"] == (
        "Owed by Viet Nam, unless others are named.\n\n"
        "Overdue (5)\n"
        "- ECO-10 Open the market: 10 days late, since 12 Nov 2026; unreported;\n"
        "  waiting on Singapore.\n"
        "- ECO-08 Open the market: 8 days late, since 14 Nov 2026; unreported;\n"
        "  owed by Singapore.\n"
        "- ECO-06 Open the market: 6 days late, since 16 Nov 2026; unreported.\n"
        "- ECO-04 Open the market: 4 days late, since 18 Nov 2026; unreported.\n"
        "- ECO-02 Open the market: 2 days late, since 20 Nov 2026; unreported."
    )


def test_decisions_asked_for(tmp_path: Path) -> None:
    """Decisions that are not settled are listed with of whom and by when, the most urgent first."""
    asks = [
        {"what": "Name the year", "of": "VN", "date": late_by(30)},
        {"what": "Sign", "of": "SG", "date": late_by(20), "by": late_by(40)},
        {"what": "Meet", "date": late_by(10), "settled": late_by(5)},
    ]
    text = " ".join(paper(tmp_path, a_plan(a_promise(1, ask=asks))).split())
    assert "2 decisions are asked for." in text
    assert (
        "Decisions asked for (2) "
        "- PPL-01 Open the market: Sign (of Singapore), by 13 Oct 2026; asked on 2 Nov 2026. "
        "- PPL-01 Open the market: Name the year (of Viet Nam); asked on 23 Oct 2026. "
    ) in text


def test_every_word_is_explained(tmp_path: Path) -> None:
    """Each standing, pace and mark that a report uses is defined in it, and no other."""
    meeting = {"kind": "recurring", "every": "year", "since": "2025"}
    measure = {"unit": "parks", "baseline": 0, "baseline_date": late_by(90), "target": 10}
    news = [{"date": late_by(2), "status": "in-progress", "value": 8}]
    plan = a_plan(
        a_promise(1, due=late_by(1)),
        a_promise(2, due="2028", measure=measure, update=news),
        a_promise(3, **meeting),
        a_promise(5, kind="ongoing", review="1 month", update=done("2026-01-01")[:0]),
        a_promise(7, due="2027", update=[{"date": late_by(300), "note": "Talks."}]),
    )
    text = parts(paper(tmp_path, plan))["HOW TO READ THIS"]
    assert re.findall(r"^- ([A-Z][a-z ]+):", text, re.MULTILINE) == [
        "Overdue",
        "Review due",
        "On course",
        "Stale",
        "Unreported",
    ]


def test_percentages_are_rounded_half_up(tmp_path: Path) -> None:
    """62.5 % is 63 %, in words and in the bar."""
    plan = a_plan(
        *(a_promise(2 * at, due="2027", update=done("2026-05-01")[: at < 5]) for at in range(8))
    )
    assert "5 of 8 done (63%)" in paper(tmp_path, plan)
    assert '<td width="63%"' in paper(tmp_path, plan, "--format", "html")
    assert "5 of 8 done (63%)" in paper(tmp_path, plan, "--format", "md")


def test_the_last_line(tmp_path: Path) -> None:
    """The last line says as of when and of what; the line before it when the next one comes."""
    text = paper(tmp_path, LEDGERS["shipped"], "--next", "2026-12-06")
    assert text.endswith(
        "\n\nNext report: 6 Dec 2026.\nAs of 22 Nov 2026. Source: commitments.toml, 58 pledges.\n"
    )
    assert str(tmp_path) not in text
