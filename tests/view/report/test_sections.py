"""The parts of a report: what is in each, that counts add up, and that nothing is told twice."""

import json
import re
from collections import Counter
from pathlib import Path
from typing import Any, Final

import pytest

from papers import LEDGERS, SINCE, done, late_by, paper, part_texts
from samples import entry, ledger_text, numbered_pledge

pytestmark = pytest.mark.slow

TALKS: Final = {"note": "Talks.", "by": "Desk"}
PARTS: Final = (
    *("BOTTOM LINE", "NEEDS ATTENTION", "ASKED FOR, NOT AGREED", "DECISIONS ASKED FOR"),
    *("CHANGED SINCE 1 JAN 2026", "NO RECENT NEWS", "BY PILLAR", "ALL PLEDGES"),
    *("HOW TO READ THIS", "SOURCES"),
)

every_ledger = pytest.mark.parametrize("name", LEDGERS)


def document(folder: Path, text: str, *options: str) -> dict[str, Any]:
    """A report as scripts get it."""
    found: dict[str, Any] = json.loads(paper(folder, text, *SINCE, "--format", "json", *options))
    return found


def squeezed(text: str) -> str:
    """A text in one line."""
    return " ".join(text.split())


@every_ledger
def test_the_order_of_its_parts(name: str, tmp_path: Path) -> None:
    """Parts come in one order, those with nothing to say are left out; --brief stops early."""
    for options in ((), ("--full",)):
        found = list(part_texts(paper(tmp_path, LEDGERS[name], *SINCE, *options)))
        assert found == [part for part in PARTS if part in found]
    brief = part_texts(paper(tmp_path, LEDGERS[name], *SINCE, "--brief"))
    whole = part_texts(paper(tmp_path, LEDGERS[name], *SINCE))
    assert brief == {part: text for part, text in whole.items() if part in PARTS[:2]}


@every_ledger
def test_the_first_screen(name: str, tmp_path: Path) -> None:
    """Band, bottom line, figures and the first entry's phrase fit 25 lines and 150 words."""
    text = paper(tmp_path, LEDGERS[name], *SINCE)
    start = text.partition("\n\nAs of")[0].split("\n\nCHANGED")[0].split("\n\nNO RECENT")[0]
    start = re.split(r"\n\nNEEDS ATTENTION.*\n", start)[0]
    if name not in ("hostile", "sixty", "a thousand", "sixty in wide letters", "every standing"):
        assert len(start.split()) <= 120
        assert len(start.split("\n")) <= 18
    if name == "shipped":
        above, first, _ = re.split(r"(NEEDS ATTENTION.*\n- .*\n  .*\n)", text)
        assert len((above + first).split()) <= 150
        assert len((above + first).rstrip("\n").split("\n")) <= 25


@every_ledger
def test_counts_add_up(name: str, tmp_path: Path) -> None:
    """Agreed pledges, those asked for and headings are together what there is, in each pillar."""
    found = document(tmp_path, LEDGERS[name])
    total = found["total"]
    assert total["total"] + total["asked"] + total["headings"] == found["count"]
    for key in ("total", "asked", "headings"):
        assert sum(each["tally"][key] for each in found["pillars"]) == total[key]
    text = part_texts(paper(tmp_path, LEDGERS[name], *SINCE))
    said = squeezed(text.get("BY PILLAR", ""))
    for each in found["pillars"]:
        own = each["tally"]
        words = own["standings" if total["dated"] else "statuses"]
        assert sum(words.values()) == own["total"]
        if own["total"]:
            assert f"{own['total']:,} agreed: " in said
    agreed = sum(int(n.replace(",", "")) for n in re.findall(r"([\d,]+) agreed: ", said))
    assert agreed == total["total"]


@every_ledger
def test_lists_stop_at_ten(name: str, tmp_path: Path) -> None:
    """A list shows ten, or eleven, and says how many more there are; --full shows all."""
    for options in ((), ("--full",)):
        text = paper(tmp_path, LEDGERS[name], *SINCE, *options)
        for number, body in re.findall(
            r"^\S[^\n]* \(([\d,]+)(?: OF [\d,]+)?\)\n((?:(?:[ -]|http)[^\n]*\n)+)",
            text,
            re.MULTILINE,
        ):
            items = re.findall(r"^- (?!and [\d,]+ more$)", body, re.MULTILINE)
            more = re.search(r"^- and ([\d,]+) more$", body, re.MULTILINE)
            left_out = int(more[1].replace(",", "")) if more else 0
            assert len(items) <= (11 if not options else len(items))
            assert left_out != 1
            assert not (options and left_out)
            assert len(items) + left_out == int(number.replace(",", ""))


@pytest.mark.parametrize("name", [name for name in LEDGERS if name != "hostile"])
def test_a_pledge_is_told_once(name: str, tmp_path: Path) -> None:
    """No pledge is an item of two lists; what stood above is only named, also in --full."""
    text = paper(tmp_path, LEDGERS[name], *SINCE, "--full")
    above, _, below = text.partition("\n\nALL PLEDGES")
    told = re.findall(r"^- ([A-Z]{3}-\d+) ", above, re.MULTILINE)
    assert [key for key, times in Counter(told).items() if times > 1] == []
    listed = re.split(r"\n- (?=[A-Z]{3}-\d+ )", below.partition("\n\nHOW TO READ")[0])[1:]
    again = {each[:6].strip() for each in listed if "see above." in squeezed(each)}
    decided = set(re.findall(r"^- ([A-Z]{3}-\d+)", text_of(above, "DECISIONS"), re.MULTILINE))
    if name != "a thousand":  # whose ids have more digits
        assert again | decided | set(silent(above)) >= set(told)


def text_of(text: str, heading: str) -> str:
    """The part of a report below a heading."""
    return text.partition(f"\n{heading}")[2].partition("\n\n")[0]


def silent(text: str) -> list[str]:
    """The ids that are listed because there is no news of them."""
    return re.findall(r"^- ([A-Z]{3}-\d+)", text_of(text, "NO RECENT NEWS"), re.MULTILINE)


@every_ledger
def test_every_change_is_counted(name: str, tmp_path: Path) -> None:
    """How many changes there are is said, and each changed pledge is an item, named or counted."""
    found = document(tmp_path, LEDGERS[name])["changes"]
    changes = [each for each in found if each["change"] != "remarked"]
    text = part_texts(paper(tmp_path, LEDGERS[name], *SINCE, "--full"))
    changed = text.get("CHANGED SINCE 1 JAN 2026", "")
    said = squeezed(changed).partition(".")[0]
    ids = {each["id"] for each in changes}
    if not changes:
        assert said == ("" if name == "no pledge" else "Nothing changed")
        return
    assert re.fullmatch(r"\S+ changes? to [\d,]+ \w+( and [\d,]+ requests?)?", said)
    in_all, *of = (int(number.replace(",", "")) for number in re.findall(r"[\d,]+", said))
    assert (in_all, sum(of)) == (len(changes), len(ids))
    named = set(re.findall(r"\b[A-Z]{3}-\d+\b", changed))
    more = sum(map(int, re.findall(r" and (\d+) more:", squeezed(changed))))
    if name != "hostile":
        assert named <= ids
        assert len(named) + more == len(ids)


@pytest.mark.parametrize(
    ("pledges", "expected"),
    [
        ([numbered_pledge(1, update=[entry(late_by(3), **TALKS)])], None),
        ([numbered_pledge(1, due=late_by(3))], None),
        (
            [numbered_pledge(1), numbered_pledge(2, update=[entry("2025-06-01", **TALKS)])],
            (
                "- PPL-01 Open the market: no news at all. "
                "- ECO-02 Open the market: last news on 1 Jun 2025."
            ),
        ),
        (
            [numbered_pledge(1, due=late_by(3)), numbered_pledge(2)],
            "2 have had no news at all. - ECO-02 Open the market: no news at all.",
        ),
        (
            [numbered_pledge(at, owed_by=["VN", "SG"][at > 1 :]) for at in range(7)],
            "7 have had no news at all. 5 owed by Singapore; 2 owed by Viet Nam and Singapore.",
        ),
        (
            [numbered_pledge(at, lead="Trade Desk" if at else None) for at in range(1, 8)],
            "7 have had no news at all. 7 led by Trade Desk.",
        ),
    ],
)
def test_no_recent_news(
    pledges: list[dict[str, Any]], expected: str | None, tmp_path: Path
) -> None:
    """Silence is counted; a few are named, of more it is said who has how many."""
    found = part_texts(paper(tmp_path, ledger_text(*pledges))).get("NO RECENT NEWS")
    assert (squeezed(found) if found else None) == expected


def test_a_plan_without_deadlines(tmp_path: Path) -> None:
    """A plan without deadlines is counted by status, in the figures and by pillar."""
    plan = ledger_text(
        numbered_pledge(1, update=done("2026-05-01")),
        numbered_pledge(3, update=[entry("2026-05-01", status="in-progress")]),
        numbered_pledge(5),
        numbered_pledge(2, strength="requested"),
    )
    text = part_texts(paper(tmp_path, plan, *SINCE))
    assert (
        "- 1 done (0 before 1 Jan 2026)\n- 1 in progress (0 before 1 Jan 2026)\n"
        "- 1 no status (3 before 1 Jan 2026)"
    ) in text["BOTTOM LINE"]
    assert text["BY PILLAR"] == (
        "- Economic cooperation: 1 asked for.\n"
        "- People: 3 agreed: 1 in progress, 1 completed, 1 no status."
    )


def test_headings_are_told_by_their_parts(tmp_path: Path) -> None:
    """A heading is not counted, its parts are; in the list of all it says how many are done."""
    plan = ledger_text(
        numbered_pledge(1, "Build all"),
        numbered_pledge(3, "Build one", part_of="PPL-01"),
        numbered_pledge(5, "Build two", part_of="PPL-01", update=done("2026-05-01")),
    )
    text = paper(tmp_path, plan, "--full")
    assert "Counted: 2 agreed pledges; 1 heading, counted by its parts." in text
    assert "- PPL-01 Build all: 1 of 2 parts done.\n" in text


def test_nothing_agreed_has_no_figures(tmp_path: Path) -> None:
    """A plan in which nothing is agreed has no figures that would all be zero."""
    text = part_texts(paper(tmp_path, ledger_text(numbered_pledge(1, strength="requested"))))
    assert "- 0" not in text["BOTTOM LINE"]
    assert text["BY PILLAR"] == "- People: 1 asked for."


def test_nothing_changed(tmp_path: Path) -> None:
    """If nothing changed that is said; if nothing was known before, all is new."""
    text = paper(tmp_path, LEDGERS["all done"], "--since", "yesterday")
    assert part_texts(text)["CHANGED SINCE 21 NOV 2026"] == "Nothing changed."
    text = paper(tmp_path, LEDGERS["all done"], "--since", "2020")
    assert "8 changes to 4 pledges." in text
    assert "- 4 done (0 before 1 Jan 2020)" in text


def test_a_remark_is_no_news(tmp_path: Path) -> None:
    """A note without a source or a reporter changes nothing that a report says."""
    pledges = [numbered_pledge(1, due=late_by(9)), numbered_pledge(2)]
    remark = entry(late_by(1), note="Asked both ministries.")
    before = paper(tmp_path, ledger_text(*pledges), *SINCE, "--full")
    marked = [{**each, "update": [remark]} for each in pledges]
    assert paper(tmp_path, ledger_text(*marked), *SINCE, "--full") == before


def test_every_word_is_explained(tmp_path: Path) -> None:
    """Each standing, pace and mark that a report uses is defined in it, also those it counts."""
    measure = {"unit": "parks", "baseline": 0, "baseline_date": late_by(400), "target": 10}
    news = [entry(late_by(2), status="in-progress", value=1)]
    plan = ledger_text(
        numbered_pledge(1, due=late_by(1)),
        numbered_pledge(2, due="2028", measure=measure, update=news),
        numbered_pledge(5, kind="ongoing", review="1 month", update=[entry("2026-01-01", **TALKS)]),
        numbered_pledge(7, strength="requested"),
    )

    def explained(*options: str) -> list[str]:
        text = part_texts(paper(tmp_path, plan, *options))["HOW TO READ THIS"]
        return re.findall(r"([A-Z][a-z ]+):", squeezed(text))

    words = ["Overdue", "Due soon", "Review due", "Not due yet", "Far behind", "Asked for"]
    assert explained() == words
    assert explained("--full") == [*words, "No status"]


def test_what_it_is_about(tmp_path: Path) -> None:
    """A report of some pledges says at its head which, and its subject how many."""
    options = ("PPL-*", "--party", "vn", "--pillar", "people", "--not-status", "completed")
    text = paper(tmp_path, LEDGERS["all done"], *options, "--behind", "--search", "VN")
    assert squeezed(text.split("\n\n")[0]) == (
        "Plan of Action Status report as of 22 Nov 2026. "
        "Only: PPL-*; not status completed; pillar People; party Viet Nam; behind; search VN."
    )
    draft = paper(tmp_path, LEDGERS["all done"], "PPL-01", "--format", "eml")
    assert "22 Nov 2026: none overdue; 1 of 1 pledge done; 1 of 4 pledges" in squeezed(
        draft.partition("MIME-Version")[0]
    )


def test_filters_that_leave_nothing(tmp_path: Path) -> None:
    """A report of no pledge of several says of how many, and nothing else."""
    text = paper(tmp_path, LEDGERS["all done"], "--overdue")
    assert list(part_texts(text)) == ["BOTTOM LINE"]
    assert "None of 4 pledges matches." in text
    assert text.endswith("Source: commitments.toml, 0 of 4 pledges.\n")


def test_the_last_line(tmp_path: Path) -> None:
    """The last line says when the next report comes, as of when this one is, and of what."""
    text = paper(tmp_path, LEDGERS["shipped"], "--next", "2026-12-06")
    assert text.endswith(
        "\n\nNext report: 6 Dec 2026.\nAs of 22 Nov 2026. Source: commitments.toml, 58 pledges.\n"
    )
    assert str(tmp_path) not in text
