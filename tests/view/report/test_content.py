"""What a report says: the first screen, the counts, the lists, in each ledger that is odd."""

import re
from pathlib import Path

import pytest

from papers import LEDGERS, SINCE, done, late_by, paper
from samples import ledger_text, numbered_pledge

QUIET = "None is overdue; 1 is due within 60 days."
NONE = "none is due within 60 days."
ALL_SILENT = "14 were never reported on."

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
    """The whole report begins with what --brief prints; who else is overdue comes after it."""
    text = paper(tmp_path, LEDGERS[name], *SINCE)
    first = paper(tmp_path, LEDGERS[name], *SINCE, "--brief").rpartition("\n\nAs of")[0]
    assert text.startswith(first)
    also = re.search(r"^Also overdue \(([\d,]+)\)$", text, re.MULTILINE)
    more = re.search(r"^- and ([\d,]+) more$", first, re.MULTILINE)
    assert (also and also[1]) == (more and more[1])


@every_ledger
def test_counts_add_up(name: str, tmp_path: Path) -> None:
    """The counts come worst first and add up to all, now and then."""
    lines = parts(paper(tmp_path, LEDGERS[name], *SINCE))["COUNTS"].strip().split("\n")
    rows = [re.fullmatch(r"- ([\d,]+) ([a-z ]+?)(?: \(was ([\d,]+)\))?", each) for each in lines]
    found = [(row[2], row[1], row[3] or row[1]) for row in rows if row]
    assert len(found) == len(lines)
    *standings, (last, *totals) = found
    order = "overdue, due soon, review due, not due yet, done late, done on time, done, undated"
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
        ("one pledge", f"0 of 1 pledge with a deadline is done. {QUIET} 1 was never reported on."),
        ("one without a deadline", "The one pledge has no deadline. 1 was never reported on."),
        (
            "none overdue",
            f"0 of 2 pledges with a deadline are done. {QUIET} 2 were never reported on.",
        ),
        (
            "all overdue",
            f"0 of 14 pledges with a deadline are done. 14 are overdue; {NONE} {ALL_SILENT}",
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


@pytest.mark.parametrize(
    ("statuses", "line"),
    [
        (["withdrawn"], "The one pledge was dropped."),
        (["withdrawn", "superseded"], "All 2 were dropped."),
        (
            ["withdrawn", "in-progress", "in-progress"],
            f"0 of 2 pledges with a deadline are done; 1 was dropped. None is overdue; {NONE}",
        ),
    ],
)
def test_what_was_dropped(statuses: list[str], line: str, tmp_path: Path) -> None:
    """What was dropped is neither without a deadline nor contested."""
    plan = ledger_text(
        *(
            numbered_pledge(
                at,
                due="2028",
                superseded_by="ECO-00" if status == "superseded" else "",
                claim=[{"due": "2027", "source": "https://example.org"}],
                update=[{"date": late_by(1), "status": status}],
            )
            for at, status in enumerate(statuses)
        )
    ).replace('superseded_by = ""\n', "")
    text = parts(paper(tmp_path, plan))
    assert " ".join(text["BOTTOM LINE"].split()) == line
    assert ("Contested (2)" in text.get("NEEDS ATTENTION", "")) is (len(statuses) == 3)


def test_fifty_words(tmp_path: Path) -> None:
    """Where everything is to be told, the bottom line leaves out what matters least."""
    ask = [{"what": "Sign", "date": late_by(5)}]
    moved = {"date": late_by(30), "due": "2028", "why": "x"}
    held = {"date": late_by(30), "status": "completed", "period": "2025"}
    plan = ledger_text(
        numbered_pledge(1, due="2026", update=done("2026-05-01")),
        numbered_pledge(3, kind="recurring", every="year", since="2025", update=[held]),
        numbered_pledge(5, due=late_by(3), ask=ask),
        numbered_pledge(7, due="2027", update=[moved]),
        numbered_pledge(9, made=late_by(20)),
        numbered_pledge(11, due="2027", update=[{"date": late_by(9), "status": "withdrawn"}]),
    )
    line = parts(paper(tmp_path, plan, *SINCE))["BOTTOM LINE"].split()
    assert len(line) <= 50
    assert " ".join(line).endswith("1 decision is asked for.")


def test_a_deadlines_day(tmp_path: Path) -> None:
    """On its last day a pledge is due; a day later it is overdue."""
    plan = ledger_text(numbered_pledge(1, due="2026-Q3"))
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
    assert "Since 21 Nov 2026: nothing reported has changed." in " ".join(text.split())
    assert "CHANGED" not in text


@pytest.mark.parametrize(
    ("update", "told"),
    [
        ({"note": "Talks."}, "1 other report"),
        ({"status": "in-progress", "note": "Talks."}, "1 started"),
        ({"value": 3, "note": "Talks."}, "1 new reading"),
    ],
)
def test_every_change_is_counted(update: dict[str, object], told: str, tmp_path: Path) -> None:
    """Where nothing weighty changed, the bottom line counts what did, and its note is told."""
    measure = {"unit": "parks", "baseline": 0, "target": 10}
    plan = ledger_text(numbered_pledge(1, measure=measure, update=[{"date": late_by(9), **update}]))
    text = " ".join(paper(tmp_path, plan, *SINCE).split())
    assert f"Since 1 Jan 2026: {told}." in text
    assert text.count("Talks.") == 1


def test_news_that_changes_no_term(tmp_path: Path) -> None:
    """A note is news of its own: with its day and who published it."""
    news = {"date": late_by(9), "note": "The licence\nwas issued.", "source": "s"}
    sources = {"s": {"title": "Licence", "publisher": "VOV", "date": late_by(8)}}
    text = paper(tmp_path, ledger_text(numbered_pledge(1, update=[news]), sources=sources), *SINCE)
    told = "Other news (1) - PPL-01 Open the market: 13 Nov 2026, VOV: The licence was issued."
    assert told in " ".join(text.split())


def test_a_held_period_is_not_early(tmp_path: Path) -> None:
    """A period is held in time or late; a meeting before the year's end is not early."""
    held = {"status": "completed", "note": "In Hà Nội."}
    news = [
        {"date": late_by(300), "period": "2025", **held},
        {"date": late_by(9), "period": "2026", **held},
    ]
    meeting = numbered_pledge(1, kind="recurring", every="year", since="2025", update=news)
    text = " ".join(paper(tmp_path, ledger_text(meeting), *SINCE).split())
    assert "2025 held on 26 Jan 2026, 26 days late: In Hà Nội." in text
    assert "2026 held on 13 Nov 2026: In Hà Nội." in text


def test_what_is_not_agreed_is_not_owed(tmp_path: Path) -> None:
    """What was only requested or proposed is told so wherever somebody would owe it."""
    made, due = late_by(90), late_by(3)
    kinds = {1: "requested", 3: "proposed", 5: "agreed"}
    plan = ledger_text(
        *(numbered_pledge(at, strength=kinds[at], made=made, due=due) for at in kinds)
    )
    text = parts(paper(tmp_path, plan, *SINCE, "--full"))
    for part in ("OVERDUE (3)", "ALL PLEDGES (3)", "CHANGED SINCE 1 JAN 2026"):
        told = " ".join(text[part].split())
        assert "requested of Viet Nam" in told
        assert "proposed for Viet Nam" in told
        assert "owed by Viet Nam" in told
    assert "- Requested, proposed: it was asked for or put forward" in text["HOW TO READ THIS"]


def test_a_deadline_in_a_sources_words(tmp_path: Path) -> None:
    """What is overdue shows how its deadline was worded, beside the day it counts to."""
    plan = ledger_text(numbered_pledge(1, due="2026-H1", due_text="early 2026"))
    text = " ".join(paper(tmp_path, plan).split())
    assert "145 days late, since 30 Jun 2026 (due early 2026); unreported" in text


def test_what_it_is_about(tmp_path: Path) -> None:
    """A report of some pledges says at its head which, and its subject how many."""
    options = ("PPL-*", "--party", "vn", "--pillar", "people", "--not-status", "completed")
    text = paper(tmp_path, LEDGERS["all done"], *options, "--behind", "--search", "VN")
    assert text.split("\n\n")[0].split("\n", 1)[1].replace("\n", " ") == (
        "As of 22 Nov 2026. Only: PPL-*; not status completed; pillar People; party Viet Nam; "
        "behind; search VN."
    )
    draft = paper(tmp_path, LEDGERS["all done"], "PPL-01", "--format", "eml")
    assert "1 of 1 dated pledge done, 0 overdue (22 Nov 2026, 1 of 4 pledges)" in " ".join(
        draft.partition("MIME-Version")[0].split()
    )


def test_filters_that_leave_nothing(tmp_path: Path) -> None:
    """A report of no pledge of several says of how many."""
    text = paper(tmp_path, LEDGERS["all done"], "--overdue")
    assert "None of 4 pledges matches." in text
    assert text.endswith("Source: commitments.toml, 0 of 4 pledges.\n")


def test_a_moved_deadline_shows_the_old_one(tmp_path: Path) -> None:
    """A moved deadline stands as old and new, with the days between and why."""
    move = {"date": late_by(20), "due": "2027-Q1", "why": "The visit\nwas put off."}
    plan = ledger_text(numbered_pledge(1, due="2026", due_text="by the end of 2026", update=[move]))
    text = " ".join(paper(tmp_path, plan, *SINCE).split())
    moved = "by the end of 2026 -> Q1 2027, put back by 90 days: The visit was put off."
    assert f"Deadlines moved (1) - PPL-01 Open the market: {moved}" in text


def test_whose_move_it_is(tmp_path: Path) -> None:
    """What is owed by the same parties says so once; others are named where they stand."""
    news = [{"date": late_by(300), "note": "Talks."}]
    same = (numbered_pledge(at, update=news) for at in (2, 4, 6))
    other = numbered_pledge(8, owed_by=["SG"], update=news)
    waiting = numbered_pledge(10, waiting_on="SG", update=news)
    text = paper(tmp_path, ledger_text(*same, other, waiting))
    silent = "Open the market: no news since 26 Jan 2026, 300 days ago; no\n  status reported"
    assert parts(text)["NEEDS ATTENTION"] == (
        "Owed by Viet Nam, unless others are named.\n\n"
        "Stale (5)\n"
        f"- ECO-02 {silent}.\n"
        f"- ECO-04 {silent}.\n"
        f"- ECO-06 {silent}.\n"
        f"- ECO-08 {silent}; owed by Singapore.\n"
        f"- ECO-10 {silent}; waiting on Singapore."
    )


def test_overdue_names_who_has_to_move(tmp_path: Path) -> None:
    """Each of the overdue, the longest first, says by whom it is owed or whom it waits for."""
    waiting = numbered_pledge(10, due=late_by(10), waiting_on="SG")
    text = paper(tmp_path, ledger_text(numbered_pledge(8, due=late_by(8)), waiting))
    assert parts(text)["OVERDUE (2)"] == (
        "- ECO-10 Open the market: 10 days late, since 12 Nov 2026; unreported;\n"
        "  waiting on Singapore.\n"
        "- ECO-08 Open the market: 8 days late, since 14 Nov 2026; unreported;\n"
        "  owed by Viet Nam."
    )


def test_since_when_it_is_behind(tmp_path: Path) -> None:
    """What is behind says since when: by its last reading already, or from a day after it."""
    span = {"made": "2026-01-01", "due": "2026"}
    measure = {"unit": "parks", "baseline": 0, "baseline_date": late_by(325), "target": 100}
    early = [{"date": late_by(280), "value": 20}]
    late = [{"date": late_by(20), "value": 20}]
    plan = ledger_text(
        numbered_pledge(1, **span, measure=measure, update=early),
        numbered_pledge(3, **span, measure=measure, update=late),
    )
    text = " ".join(parts(paper(tmp_path, plan))["NEEDS ATTENTION"].split())
    used = "325 of 364 days used (89%); needed: 80 parks in 39 days"
    assert f"{used}; last reading on 15 Feb 2026; behind since 2 Apr 2026;" in text
    assert f"{used}; last reading on 2 Nov 2026, already behind then;" in text


@pytest.mark.parametrize("option", ["", "--full"])
def test_an_old_deadline_stands_beside_the_new(option: str, tmp_path: Path) -> None:
    """Wherever a moved deadline stands, the first one stands beside it."""
    ahead = {"date": late_by(20), "due": "2026-12-15", "why": "x"}
    past = {"date": late_by(40), "due": late_by(9), "why": "x"}
    claim = [{"due": "2029", "source": "https://example.org"}]
    plan = ledger_text(
        numbered_pledge(1, due="2026-06", due_text="by the summer", claim=claim, update=[ahead]),
        numbered_pledge(3, due="2026-H1", update=[past]),
    )
    text = " ".join(paper(tmp_path, plan, *filter(None, [option])).split())
    assert "15 Dec 2026, moved from by the summer, 23 days left, contested" in text
    assert "due 15 Dec 2026, moved from by the summer; 2029 by https://example.org" in text
    assert "9 days late, since 13 Nov 2026 (moved from H1 2026)" in text
    if option:
        assert "due 15 Dec 2026 (contested), moved from by the summer; 23 days left" in text


def test_decisions_asked_for(tmp_path: Path) -> None:
    """Decisions that are not settled are listed with of whom and by when, the most urgent first."""
    asks = [
        {"what": "Name the year", "of": "VN", "date": late_by(30)},
        {"what": "Sign", "of": "SG", "date": late_by(20), "by": late_by(40)},
        {"what": "Meet", "date": late_by(10), "settled": late_by(5)},
    ]
    text = " ".join(paper(tmp_path, ledger_text(numbered_pledge(1, ask=asks))).split())
    assert "2 decisions are asked for." in text
    assert (
        "Decisions asked for (2) "
        "- PPL-01 Open the market: Sign; asked of Singapore on 2 Nov 2026, to be settled by "
        "13 Oct 2026, 40 days late. "
        "- PPL-01 Open the market: Name the year; asked of Viet Nam on 23 Oct 2026. "
    ) in text


def test_every_word_is_explained(tmp_path: Path) -> None:
    """Each standing, pace and mark that a report uses is defined in it, and no other."""
    meeting = {"kind": "recurring", "every": "year", "since": "2025"}
    measure = {"unit": "parks", "baseline": 0, "baseline_date": late_by(90), "target": 10}
    news = [{"date": late_by(2), "status": "in-progress", "value": 8}]
    plan = ledger_text(
        numbered_pledge(1, due=late_by(1)),
        numbered_pledge(2, due="2028", measure=measure, update=news),
        numbered_pledge(3, **meeting),
        numbered_pledge(5, kind="ongoing", review="1 month", update=done("2026-01-01")[:0]),
        numbered_pledge(7, due="2027", update=[{"date": late_by(300), "note": "Talks."}]),
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
    plan = ledger_text(
        *(
            numbered_pledge(2 * at, due="2027", update=done("2026-05-01")[: at < 5])
            for at in range(8)
        )
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
