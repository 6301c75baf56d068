"""``report``: its options, what it refuses, and the whole reports of the shipped ledger.

After a wanted change, ``UPDATE_GOLDEN=1 pytest tests/test_report.py`` writes them again; read each
report before committing it: it is a page that someone will be sent.
"""

import json
import os
import re
from pathlib import Path

import pytest

from desk import NAME, Desk
from papers import LEDGERS, SINCE, late_by, paper, refused
from samples import ledger_text, numbered_pledge

GOLDEN = Path(__file__).parent / "golden"
PAGES: dict[str, tuple[str, ...]] = {
    "report.txt": SINCE,
    "report.md": (*SINCE, "--format", "md"),
    "report.html": (*SINCE, "--format", "html"),
    "report.eml": (*SINCE, "--format", "eml", "--to", "Bùi Thị Xuân <xuan@example.org>"),
    "report-brief.txt": ("--brief",),
    "report-security.txt": (*SINCE, "--pillar", "security", "--full", "--next", "2026-12-06"),
}
TITLE = "47 weeks & more Internationalisierungsstrategien"
TALKS: dict[str, object] = {
    "tags": ["talks"],
    "source": "https://example.org",
    "strength": "proposed",
    "claim": [{"due": "2029", "source": "https://example.org"}],
}
PLAN = ledger_text(
    numbered_pledge(1, due=late_by(1)),
    numbered_pledge(2, "Build parks", due="2027-01", owed_by=["SG"], lead="Trade Desk"),
    numbered_pledge(3, "Hold talks", due="2028", **TALKS),
)


@pytest.mark.parametrize("name", PAGES)
def test_whole_report(name: str, tmp_path: Path) -> None:
    """A whole report of the shipped ledger is what was read and approved."""
    text = paper(tmp_path, LEDGERS["shipped"], *PAGES[name])
    path = GOLDEN / name
    if os.environ.get("UPDATE_GOLDEN"):
        path.write_bytes(text.encode())
    assert text == path.read_bytes().decode()


def squeezed(folder: Path, *options: str, plan: str = PLAN) -> str:
    """A report in one line."""
    return " ".join(paper(folder, plan, *options).split())


@pytest.mark.parametrize(
    ("since", "day"),
    [
        ("2026-05-01", "1 May 2026"),
        ("-7d", "15 Nov 2026"),
        ("-2w", "8 Nov 2026"),
        ("2026-Q3", "1 Jul 2026"),
        ("2026-11", "1 Nov 2026"),
        ("2026", "1 Jan 2026"),
        ("yesterday", "21 Nov 2026"),
        ("today", "22 Nov 2026"),
    ],
)
def test_since(since: str, day: str, tmp_path: Path) -> None:
    """--since is a day, a distance or a period, which begins on its first day."""
    text = squeezed(tmp_path, "--since", since)
    assert f"Status report as of 22 Nov 2026; changes since {day}." in text


def test_title_and_next(tmp_path: Path) -> None:
    """--title is the heading, in every format; --next says when the next report comes."""
    options = ("--title", TITLE, "--next", "2w")
    text = squeezed(tmp_path, *options)
    assert text.startswith(f"{TITLE} Status report as of 22 Nov 2026.")
    assert "Next report: 6 Dec 2026. As of 22 Nov 2026. Source: commitments.toml" in text
    md = paper(tmp_path, PLAN, *options, "--format", "md")
    assert md.startswith("# 47 weeks \\& more Internationalisierungsstrategien\n")
    html = paper(tmp_path, PLAN, *options, "--format", "html")
    assert "<title>47 weeks &amp; more Internationalisierungsstrategien</title>" in html


def test_a_title_of_nothing_is_none(tmp_path: Path) -> None:
    """A title of spaces alone leaves the plan's own."""
    for unseen in ("  ", "\x1b[31m", "\u200b", "\u202e\x00"):
        assert paper(tmp_path, PLAN, "--title", unseen) == paper(tmp_path, PLAN)


@pytest.mark.parametrize(
    ("within", "entries"),
    [
        (None, ["PPL-01"]),
        ("90d", ["PPL-01", "ECO-02"]),
        ("3y", ["PPL-01", "ECO-02", "PPL-03"]),
        ("today", ["PPL-01"]),
    ],
)
def test_within(within: str | None, entries: list[str], tmp_path: Path) -> None:
    """--within says how far ahead to look; it leaves no pledge out of the report."""
    options = ["--within", within] if within else []
    text = paper(tmp_path, PLAN, *options)
    above, _, _ = text.partition("NO RECENT NEWS")
    assert re.findall(r"^- ([A-Z]{3}-\d\d) ", above, re.MULTILINE) == entries
    assert text.endswith("3 pledges.\n")


@pytest.mark.parametrize(
    ("options", "ids", "total"),
    [
        (("--party", "SG"), ["ECO-02"], "1 of 3 pledges"),
        (("--pillar", "people"), ["PPL-01", "PPL-03"], "2 of 3 pledges"),
        (("ECO-*",), ["ECO-02"], "1 of 3 pledges"),
        (("ppl-01", "--overdue"), ["PPL-01"], "1 of 3 pledges"),
        ((), ["ECO-02", "PPL-01", "PPL-03"], "3 pledges"),
        (("--status", "unreported"), ["ECO-02", "PPL-01", "PPL-03"], "3 pledges"),
        (("--not-status", "unreported"), [], "0 of 3 pledges"),
        (("--standing", "overdue"), ["PPL-01"], "1 of 3 pledges"),
        (("--not-standing", "overdue"), ["ECO-02", "PPL-03"], "2 of 3 pledges"),
        (("--strength", "proposed"), ["PPL-03"], "1 of 3 pledges"),
        (("--not-strength", "proposed"), ["ECO-02", "PPL-01"], "2 of 3 pledges"),
        (("--kind", "one-off"), ["ECO-02", "PPL-01", "PPL-03"], "3 pledges"),
        (("--not-kind", "one-off"), [], "0 of 3 pledges"),
        (("--lead", "Trade Desk"), ["ECO-02"], "1 of 3 pledges"),
        (("--tag", "talks"), ["PPL-03"], "1 of 3 pledges"),
        (("--source", "https://example.org"), ["PPL-03"], "1 of 3 pledges"),
        (("--due-by", "2027"), ["ECO-02", "PPL-01"], "2 of 3 pledges"),
        (("--due-after", "2027"), ["PPL-03"], "1 of 3 pledges"),
        (("--contested",), ["PPL-03"], "1 of 3 pledges"),
        (("--stale",), [], "0 of 3 pledges"),
        (("--behind",), [], "0 of 3 pledges"),
        (("--no-deadline",), [], "0 of 3 pledges"),
        (("--search", "talks"), ["PPL-03"], "1 of 3 pledges"),
    ],
)
def test_filters_and_ids(
    options: tuple[str, ...], ids: list[str], total: str, tmp_path: Path
) -> None:
    """A report is about the pledges that ids and filters leave, and says of how many."""
    text = paper(tmp_path, PLAN, "--full", *SINCE, *options)
    assert sorted(set(re.findall(r"\b[A-Z]{3}-\d\d\b", text))) == ids
    assert text.endswith(f"Source: commitments.toml, {total}.\n")


def test_full_has_every_pledge(tmp_path: Path) -> None:
    """--full lists every pledge below its pillar; of those told above it says how they stand."""
    text = paper(tmp_path, PLAN, "--full")
    assert (
        "ALL PLEDGES (3)\n\n"
        "Economic cooperation\n"
        "- ECO-02 Build parks: due Jan 2027; 2 months left; no status; led by\n"
        "  Trade Desk.\n\n"
        "People\n"
        "- PPL-01 Open the market: overdue; see above.\n"
        "- PPL-03 Hold talks: due 2028 (contested); 2 years left; no status;\n"
        "  proposed for Viet Nam.\n"
    ) in text


@pytest.mark.parametrize(
    ("name", "begins"),
    [
        ("r.txt", b"Plan of Action\n"),
        ("r.md", b"# Plan of Action\n"),
        ("r.html", b"<!DOCTYPE html>\n"),
        ("r.HTM", b"<!DOCTYPE html>\n"),
        ("r.eml", b"X-Unsent: 1\r\nSubject: Plan of Action, 22 Nov 2026: 1 overdue\r\n"),
        ("report", b"Plan of Action\n"),
    ],
)
def test_output(name: str, begins: bytes, tmp_path: Path) -> None:
    """The suffix of --output gives the format, and what is written is what would be printed."""
    path = tmp_path / name
    assert paper(tmp_path, PLAN, "--output", str(path)) == ""
    assert path.read_bytes().startswith(begins)
    form = {".md": "md", ".html": "html", ".htm": "html", ".eml": "eml"}
    asked = form.get(path.suffix.lower(), "text")
    assert path.read_bytes().decode() == paper(tmp_path, PLAN, "--format", asked)


def test_a_file_is_replaced_only_with_force(tmp_path: Path) -> None:
    """A report never takes the place of a file unasked, nor of the ledger at all."""
    path = tmp_path / "report.html"
    path.write_text("kept", encoding="utf-8")
    code, err = refused(tmp_path, "--output", str(path))
    assert (code, path.read_text(encoding="utf-8")) == (7, "kept")
    assert "--force overwrites it" in err
    assert paper(tmp_path, PLAN, "--output", str(path), "--force") == ""
    assert path.read_text(encoding="utf-8").startswith("<!DOCTYPE html>")
    code, err = refused(tmp_path, "--output", NAME, "--force", "--format", "text")
    assert (code, "is the ledger" in err) == (7, True)


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (("--brief", "--full"), "--brief and --full can't be used together"),
        (("--format", "htm"), "there is no format 'htm'"),
        (("--output", "report.pdf"), "no format has the suffix .pdf"),
        (("--output", ""), "--output has no file name"),
        (("--force",), "--force needs --output"),
        (
            ("--width", "80", "--format", "text"),
            "--width works only with --format terminal, not text",
        ),
        (("--to", "a@b.c"), "--to is only for drafts, not text"),
        (("--to", "a@b.c", "--cc", "d@e.f"), "--to and --cc are only for drafts, not text"),
        (("--subject", "x", "--output", "x.md"), "--subject is only for drafts, not md"),
        (("--since", "2026-13-01"), "--since: there is no month 13"),
        (("--since", "3/4/2026"), "--since: '3/4/2026' can be read in two ways"),
        (("--since", "2026-11-23"), "--since 2026-11-23 is after 22 Nov 2026"),
        (("--next", "yesterday"), "--next yesterday is before 22 Nov 2026"),
        (("--next", "soon"), "--next: 'soon' is not a date"),
        (("--within", "-3d"), "--within -3d is before 22 Nov 2026"),
        (("--standing", "late"), "there is no standing 'late'"),
        (("--as-of", "x"), "--as-of: 'x' is not a date"),
    ],
)
def test_used_wrongly(options: tuple[str, ...], message: str, tmp_path: Path) -> None:
    """What does not go together, or is no word or date, is refused with what to do; exit 2."""
    code, err = refused(tmp_path, *options)
    assert code == 2
    assert message in err
    assert "hint" in err
    assert [each.name for each in (tmp_path / "desk").iterdir()] == ["commitments.toml"]


def test_no_such_pledge(tmp_path: Path) -> None:
    """An id that is none is refused; exit 5."""
    code, err = refused(tmp_path, "ECO-99")
    assert (code, err.startswith("pledges: error: ")) == (5, True)


def test_a_word_that_the_ledger_does_not_know(tmp_path: Path) -> None:
    """An open word that is none is told on standard error; the report is still there."""
    code, out, err = Desk(tmp_path, PLAN)("report", "--tag", "rice")
    assert code == 0
    assert "None of 3 pledges matches." in out
    assert err == "the ledger has no tag 'rice'; it has talks\n"


def test_the_day_of_since_is_in_it(tmp_path: Path) -> None:
    """What is dated on the day of --since is in the report; what was said the day before is not."""
    news = [{"date": late_by(7), "note": "Talks.", "by": "The desk"}]
    plan = ledger_text(numbered_pledge(1, update=news))
    assert "Talks (15 Nov 2026)." in paper(tmp_path, plan, "--since", "-7d")
    after = paper(tmp_path, plan, "--since", "-6d")
    assert "CHANGED SINCE 16 NOV 2026\nNothing changed.\n" in after
    assert "No news since 15 Nov 2026." in after


@pytest.mark.parametrize("note", ["Why?", "So be it!", 'They said "yes."', "Wait\u2026", "Done."])
def test_a_sentence_ends_once(note: str, tmp_path: Path) -> None:
    """What ends with a mark of its own gets no other one."""
    news = [{"date": late_by(3), "note": note, "by": "The desk"}]
    plan = ledger_text(numbered_pledge(1, due=late_by(1), update=news))
    assert f"19 Nov 2026: {note} " in " ".join(paper(tmp_path, plan, *SINCE).split())


@pytest.mark.parametrize(
    ("note", "told"), [("Done.", "Done"), ("Why?", "Why?"), ("x " * 700, "x x...")]
)
def test_a_note_before_its_day(note: str, told: str, tmp_path: Path) -> None:
    """A note loses its full stop before the day in brackets; the dots of a cut one stay."""
    news = [{"date": late_by(3), "note": note, "by": "The desk"}]
    text = paper(tmp_path, ledger_text(numbered_pledge(1, update=news)), *SINCE)
    assert f"{told} (19 Nov 2026)." in " ".join(text.split())


@pytest.mark.parametrize("form", ["html", "eml"])
@pytest.mark.parametrize(("pillars", "told"), [(20, False), (60, True), (400, True)])
def test_many_pillars(pillars: int, told: bool, form: str, tmp_path: Path) -> None:  # noqa: FBT001
    """Where whole lists have to be left out, it is said how many there are."""
    keys = [f"p{at:03}" for at in range(pillars)]
    pledges = (numbered_pledge(at, due="2027", pillar=key) for at, key in enumerate(keys))
    plan = ledger_text(*pledges, pillars={key: f"Pillar {key}" for key in keys})
    text = paper(tmp_path, plan, "--full", "--format", form)
    assert len(text) <= (60_000 if form == "html" else 100_000)
    text = text.replace("=\r\n", "").replace("&nbsp;", " ")
    assert bool(re.search(r"and \d+ more|\d+ not shown", text)) is told
    assert "HOW TO READ THIS" in text.upper()


def test_a_change_of_pace_is_explained(tmp_path: Path) -> None:
    """A pace that only a change speaks of is defined too."""
    measure = {"unit": "parks", "baseline": 0, "baseline_date": late_by(325), "target": 100}
    news = [{"date": late_by(200), "value": 1}, {"date": late_by(1), "value": 95}]
    plan = ledger_text(numbered_pledge(1, due="2027", measure=measure, update=news))
    text = squeezed(tmp_path, "--since", "2026-10-01", plan=plan)
    assert "far behind -> ahead: 95% done" in text
    assert "Ahead: its progress is 5 or more" in text
    assert "Far behind: its progress is 20 or more" in text


@pytest.mark.slow
@pytest.mark.parametrize("letters", ["\u5de5\u4e1a\u56ed\u533a", "\u0e19\u0e34\u0e04\u0e21 ", "x "])
@pytest.mark.parametrize("form", ["html", "eml"])
def test_long_texts_everywhere(letters: str, form: str, tmp_path: Path) -> None:
    """However long the texts of a ledger are, in any script, a mail is no larger than it may be."""
    long = (letters * 300)[:900]
    news = [{"date": late_by(at), "note": long, "status": "in-progress"} for at in (30, 20)]
    moved = {"date": late_by(10), "due": "2027", "why": long}
    ask = [{"what": long, "of": long, "date": late_by(9)}]
    claim = [{"due": "2029", "source": "s"}]
    plan = ledger_text(
        *(
            numbered_pledge(
                at, long, due=late_by(at), update=[*news, moved][at % 2 :], ask=ask, claim=claim
            )
            for at in range(1, 60)
        ),
        plan={"title": long},
        parties={"VN": long, "SG": long},
        pillars={"economy": long, "people": long},
        sources={"s": {"title": long, "publisher": long, "date": late_by(40)}},
    )
    for more in ((), ("--full",), ("--search", long)):
        text = paper(tmp_path, plan, *SINCE, *more, "--format", form)
        assert len(text.encode()) <= (60_000 if form == "html" else 100_000)


def test_what_it_is_about_is_short(tmp_path: Path) -> None:
    """Of many ids only their number is said, and a blank search is no filter."""
    ids = [f"ECO-{at:02}" for at in range(0, 40, 2)]
    plan = ledger_text(*(numbered_pledge(at) for at in range(0, 40, 2)), numbered_pledge(41))
    assert "Only: 20 ids and patterns." in squeezed(tmp_path, *ids, plan=plan)
    assert "Only:" not in squeezed(tmp_path, "--search", " ", plan=plan)


@pytest.mark.parametrize(
    ("options", "only"),
    [
        (("--party", "vn", "--party", "SG"), "party Viet Nam or Singapore"),
        (("--not-party", "vn"), "not party Viet Nam"),
        (("--not-standing", "done-on-time"), "not standing done on time"),
        (("--due-within", "90d"), "due within 90d"),
        (("--agreed", "--no-news", "--no-lead"), "agreed; no news; no lead"),
        (("ECO-02", "--made-after", "2020"), "ECO-02; made after 2020"),
    ],
)
def test_what_it_is_about(options: tuple[str, ...], only: str, tmp_path: Path) -> None:
    """A report says at its head how its pledges were chosen, in titles, not keys."""
    text = squeezed(tmp_path, *options)
    assert f"Status report as of 22 Nov 2026. Only: {only}. BOTTOM LINE" in text


def test_a_url_after_a_figure(tmp_path: Path) -> None:
    """No line ends with a space, also if a long URL comes after a figure."""
    note = [
        {
            "date": late_by(2),
            "note": f"See item 5 https://example.org/{'a' * 80} for more.",
            "by": "x",
        }
    ]
    text = paper(tmp_path, ledger_text(numbered_pledge(1, update=note)), *SINCE)
    assert not re.search(r"[ \t]\n", text)


def test_a_report_for_scripts(tmp_path: Path) -> None:
    """As JSON it has the figures, what changed in words, and the pledges that it is about."""
    found = json.loads(paper(tmp_path, LEDGERS["shipped"], *SINCE, "--format", "json"))
    assert (found["kind"], found["since"], found["count"]) == ("report", "2026-01-01", 58)
    assert found["bottom_line"].startswith("Due on 31 Dec 2026: ")
    assert [each["id"] for each in found["attention"]] == ["ECO-02", "SEC-04"]
    assert found["attention"][0]["reasons"] == ["due", "behind", "contested"]
    assert found["asked"] == [{"id": "SEC-03", "reasons": ["overdue"]}]
    moved = [each["text"] for each in found["changes"] if each["change"] == "deadline-moved"]
    assert [text.split(",")[0] for text in moved] == ["before 2030 -> 2026"]
    assert found["next_due"] == ["FOR-06"]
    assert sum(each["tally"]["total"] for each in found["pillars"]) == found["total"]["total"]
    assert found["total"]["total"] + found["total"]["asked"] == 58


def test_a_report_on_a_terminal(tmp_path: Path) -> None:
    """On a terminal what is said of a pledge is indented below its name, at the width there is."""
    options = ("--brief", "--format", "terminal", "--width", "50")
    text = paper(tmp_path, LEDGERS["shipped"], *options)
    assert "Parks\n(VSIPs) in operation\n  39 days left, far behind, contested\n  Due on" in text
    assert max(map(len, text.split("\n"))) <= 50
