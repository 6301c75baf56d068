"""``log``: what happened, entry by entry, in every format, and which entries are asked for."""

import csv
import io
import json
from pathlib import Path

import pytest
from rich.cells import cell_len

from desk import Desk, bare
from everything import FORMS
from pledges.render import Format
from program import Ended
from samples import EVERY_EVENT

TEXT = """\
4 Jun 2026  PPL-02  Train        -                      \
deadline none -> 2027: It was set.
3 Jun 2026  PPL-01  Meet         -                      \
no status -> withdrawn
3 Jun 2026  PPL-02  Train        -                      \
none -> 1 official
2 Jun 2026  PPL-01  Meet         -                      \
0 -> 1 visit for 2026
1 Jun 2026  PPL-01  Meet         -                      \
2026, remark: Talks were held.
1 Apr 2026  ECO-01  Build parks  -                      \
settled: Confirm the year (asked of Viet Nam on 1 Mar 2026)
3 Mar 2026  ECO-01  Build parks  -                      \
asked: Agree
2 Mar 2026  ECO-01  Build parks  -                      \
asked of The cabinet: Name a lead
1 Mar 2026  ECO-01  Build parks  -                      \
asked of Viet Nam: Confirm the year, by 1 Dec 2026
Feb 2026    ECO-01  Build parks  VOV, Feb 2026          \
VOV says 2030 and a target of 40: Over two lines.
8 Jan 2026  ECO-01  Build parks  -                      \
suspended -> completed; 22.5 -> 1,000 parks
7 Jan 2026  ECO-01  Build parks  -                      \
by Ministry of Trade
6 Jan 2026  ECO-01  Build parks  VOV, Feb 2026          \
noted
6 Jan 2026  ECO-01  Build parks  -                      \
deadline 2029 -> 2029, not moved: Said again.
5 Jan 2026  ECO-01  Build parks  -                      \
in progress -> suspended; 21 -> 22.5 parks; deadline 2026 -> 2029, delayed by 3 years: \
It was late.
4 Jan 2026  ECO-01  Build parks  -                      \
deadline before 2030 -> 2026, brought forward by 3 years: The ministers said so. And more.
3 Jan 2026  ECO-01  Build parks  -                      \
still in progress; still 21 parks
2 Jan 2026  ECO-01  Build parks  https://example.org/x  \
no status -> in progress; 20 -> 21 parks, by Ministry of Trade: Work began.
1 Jun 2025  PPL-01  Meet         -                      \
2025 completed; 1 -> 3 visits
1 May 2025  PPL-01  Meet         -                      \
no status -> in progress; 0 -> 1 visit for 2025
2025        ECO-01  Build parks  Book without a date    \
pledged, due before 2030
1 Jan 2025  PPL-01  Meet         -                      \
pledged
"""

COUNT = 22
NAMES = (
    "id,date,dated,event,title,text,period,status_before,status_after,value_before,value_after,"
    "unit,due_before,due_after,slip_days,why,note,by,source,claim_due,claim_target,ask,ask_of,"
    "ask_date,ask_by"
)


class Log(Desk):
    """A desk with a ledger in which all that can happen has happened; it runs ``log``."""

    def __call__(self, *argv: str, stdin: bytes | None = b"") -> Ended:
        """What ``log`` prints with these arguments."""
        return super().__call__("log", *argv, stdin=stdin)

    def days(self, *argv: str) -> list[str]:
        """The dates of the entries that ``argv`` asks for, as they were given."""
        return [json.loads(line)["dated"] for line in self.ndjson(*argv)]

    def ids(self, *argv: str) -> set[str]:
        """The pledges that the entries are of."""
        return {json.loads(line)["id"] for line in self.ndjson(*argv)}

    def ndjson(self, *argv: str) -> list[str]:
        """The lines that ``argv`` gives as NDJSON."""
        code, out, _ = self(*argv, "--format", "ndjson")
        assert code == 0
        return out.splitlines()


@pytest.fixture
def log(tmp_path: Path) -> Log:
    """The command, beside that ledger, on 22 Nov 2026."""
    return Log(tmp_path, EVERY_EVENT)


# Every format


def test_text(log: Log) -> None:
    """In a pipe an entry is one line: when, of which pledge, by which source, what."""
    assert log() == (0, TEXT, "")


def test_terminal(log: Log) -> None:
    """On a terminal an entry is a row, and its source goes below where there is little room."""
    argv = ("--since", "2026-01-05", "--until", "2026-02", "--color", "never", "--width")
    assert log("*", *argv, "70") == (
        0,
        """\
Date        Id      Pledge       What
Feb 2026    ECO-01  Build parks  VOV says 2030 and a target of 40:
                                 Over two lines.
                                 Source: VOV, Feb 2026
8 Jan 2026  ECO-01  Build parks  suspended -> completed; 22.5 ->
                                 1,000 parks
7 Jan 2026  ECO-01  Build parks  by Ministry of Trade
6 Jan 2026  ECO-01  Build parks  noted
                                 Source: VOV, Feb 2026
6 Jan 2026  ECO-01  Build parks  deadline 2029 -> 2029, not moved:
                                 Said again.
5 Jan 2026  ECO-01  Build parks  in progress -> suspended; 21 ->
                                 22.5 parks; deadline 2026 -> 2029,
                                 delayed by 3 years: It was late.
""",
        "",
    )


def test_one_pledge(log: Log) -> None:
    """Where one pledge was asked about, its title is not repeated in each row."""
    whole = [line.replace("Build parks  ", "") for line in TEXT.splitlines() if "ECO-01" in line]
    assert log("ECO-01").out.splitlines() == whole
    assert log("--search", "internal", "--search", "parks").out.splitlines() == whole


def test_md(log: Log) -> None:
    """Markdown says above the table what it is an answer to."""
    assert log("PPL-*", "--since", "2026-06-02", "--until", "2026-06-03", "--format", "md").out == (
        """\
Plan of Action: 3 entries for 3 of 4 pledges from 2 Jun 2026 to 3 Jun 2026, as of 22 Nov 2026.

| Date | Id | Pledge | What | Source |
| --- | --- | --- | --- | --- |
| 3 Jun 2026 | PPL-01 | Meet | no status -\\> withdrawn |   |
| 3 Jun 2026 | PPL-02 | Train | none -\\> 1 official |   |
| 2 Jun 2026 | PPL-01 | Meet | 0 -\\> 1 visit for 2026 |   |
"""
    )


NOTHING: dict[str, object] = {**dict.fromkeys(NAMES.split(",")), "source": []}
WHOLE = {"id": "ECO-01", "title": "Build parks"}


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (
            "2026-01-02",
            {
                "event": "updated",
                "text": "no status -> in progress; 20 -> 21 parks, by Ministry of Trade: "
                "Work began.",
                "status_after": "in-progress",
                "value_before": 20,
                "value_after": 21,
                "unit": "parks",
                "note": "Work began.",
                "by": "Ministry of Trade",
                "source": ["https://example.org/x"],
            },
        ),
        (
            "2026-01-04",
            {
                "event": "updated",
                "text": "deadline before 2030 -> 2026, brought forward by 3 years: "
                "The ministers said so. And more.",
                "due_before": "2029",
                "due_after": "2026",
                "slip_days": -1096,
                "why": "The ministers said so.",
                "note": "And more.",
            },
        ),
        (
            "2026-02",
            {
                "date": "2026-02-01",
                "event": "claimed",
                "text": "VOV says 2030 and a target of 40: Over two lines.",
                "note": "Over two\nlines.",
                "source": ["call"],
                "claim_due": "2030",
                "claim_target": 40,
            },
        ),
        (
            "2026-03-01",
            {
                "event": "asked",
                "text": "asked of Viet Nam: Confirm the year, by 1 Dec 2026",
                "ask": "Confirm the year",
                "ask_of": "VN",
                "ask_date": "2026-03-01",
                "ask_by": "2026-12-01",
            },
        ),
        (
            "2026-04-01",
            {
                "event": "settled",
                "text": "settled: Confirm the year (asked of Viet Nam on 1 Mar 2026)",
                "ask": "Confirm the year",
                "ask_of": "VN",
                "ask_date": "2026-03-01",
                "ask_by": "2026-12-01",
            },
        ),
    ],
)
def test_json(log: Log, day: str, expected: dict[str, object]) -> None:
    """In JSON an entry has all names, and what it does not speak of is null."""
    code, out, err = log("ECO-01", "--since", day, "--until", day, "--format", "json")
    document = json.loads(out)
    entry, *others = document.pop("entries")
    assert len(others) == (day == "2026-02")  # an older one became known in that month
    assert (code, err) == (0, "")
    assert entry == {**NOTHING, **WHOLE, "date": day, "dated": day, **expected}
    assert document == {
        "schema_version": 1,
        "kind": "log",
        "as_of": "2026-11-22",
        "ledger": "commitments.toml",
        "count": 1 + len(others),
        "since": entry["date"],
        "until": "2026-02-28" if day == "2026-02" else day,
    }


def test_json_of_periods(log: Log) -> None:
    """A period that was held is named, and a date that is a period is given as it stands too."""
    (held,) = (json.loads(x) for x in log.ndjson("--since", "2025-06", "--until", "2025-12"))
    assert held == NOTHING | {
        "id": "PPL-01",
        "date": "2025-06-01",
        "dated": "2025-06-01",
        "event": "updated",
        "title": "Meet",
        "text": "2025 completed; 1 -> 3 visits",
        "period": "2025",
        "status_before": "in-progress",
        "status_after": "completed",
        "value_before": 1,
        "value_after": 3,
        "unit": "visits",
    }
    (made,) = (json.loads(x) for x in log.ndjson("ECO-01", "--until", "2025"))
    assert (made["date"], made["dated"]) == ("2025-01-01", "2025")
    assert (made["event"], made["due_after"], made["source"]) == ("pledged", "2029", ["book"])


def test_same_in_every_format(log: Log) -> None:
    """JSON, NDJSON, CSV and TSV hold the same entries under the same names, in the same order."""
    entries = json.loads(log("--format", "json").out)["entries"]
    assert [json.loads(line) for line in log.ndjson()] == entries
    head, *rows = csv.reader(io.StringIO(log("--format", "csv").out, newline=""), strict=True)
    assert ",".join(head) == NAMES
    assert list(entries[0]) == head
    plain = [
        ["" if x is None else ";".join(x) if isinstance(x, list) else str(x) for x in each.values()]
        for each in entries
    ]
    assert [[x.replace("\\n", "\n") for x in row] for row in rows] == plain
    lines = log("--format", "tsv").out.splitlines()
    assert [line.split("\t") for line in lines] == [head, *rows]
    assert len(rows) == COUNT


# Which entries


@pytest.mark.parametrize(
    ("argv", "days"),
    [
        ("--since 2026-06-03", ["2026-06-04", "2026-06-03", "2026-06-03"]),
        ("--since 2026-06-04", ["2026-06-04"]),
        ("--since 2026-06-05", []),
        ("--since -171d", ["2026-06-04"]),
        ("--since -170d", []),
        ("--since 2026-Q3", []),
        ("--until 2024", []),
        ("--until 2024-12-31", []),
        ("--until 2025-01-01", ["2025", "2025-01-01"]),
        ("--until 2025-Q2", ["2025-06-01", "2025-05-01", "2025", "2025-01-01"]),
        ("--until 2025-05-31", ["2025-05-01", "2025", "2025-01-01"]),
        ("--since 2025-05 --until 2025-05", ["2025-05-01"]),
        ("--since 2025-05-01 --until 2025-05-01", ["2025-05-01"]),
        ("--since 2026-02-01 --until 2026-02-28", ["2026-02", "2026-01-06"]),
        ("--since 2026-02-02 --until 2026-02-28", []),
        ("--since today", []),
        ("--since yesterday --until eoy", []),
    ],
)
def test_span(log: Log, argv: str, days: list[str]) -> None:
    """Both days are included; of a period --since is its first day and --until its last."""
    assert log.days(*argv.split()) == days


@pytest.mark.parametrize(
    ("argv", "message", "hint"),
    [
        (
            "--since 2026-Q4 --until 2026-Q3",
            "--since 2026-Q4 is after --until 2026-Q3",
            "give an earlier --since or a later --until",
        ),
        (
            "--since today --until yesterday",
            "--since today is after --until yesterday",
            "give an earlier --since or a later --until",
        ),
        ("--since 2026-13", "--since: there is no month 13", None),
        ("--until soon", "--until: 'soon' is not a date", None),
        ("--since=", "--since: '' is not a date", None),
        ("--until 2026-02-30", "--until: February 2026 has 28 days, not 30", None),
    ],
)
def test_refused(log: Log, argv: str, message: str, hint: str | None) -> None:
    """What is not a date is refused by its option's name, and so is a span that ends too early."""
    code, out, err = log(*argv.split(), "--format", "json")
    told = json.loads(err)
    assert (code, out, told["message"]) == (2, "", message)
    assert hint in (None, told["hint"])


@pytest.mark.parametrize(
    ("argv", "days"),
    [
        ("--event moved", ["2026-06-04", "2026-01-06", "2026-01-05", "2026-01-04"]),
        ("--event completed", ["2026-01-08", "2025-06-01"]),
        ("--event started", ["2026-01-02", "2025-05-01"]),
        ("--event new", ["2025", "2025-01-01"]),
        ("--event claim", ["2026-02"]),
        ("--event ask", ["2026-04-01", "2026-03-03", "2026-03-02", "2026-03-01"]),
        ("--event note", ["2026-06-01", "2026-01-07", "2026-01-06"]),
        ("--event value --since 2026-06", ["2026-06-03", "2026-06-02"]),
        ("--event claim --event completed --until 2025", ["2025-06-01"]),
    ],
)
def test_event(log: Log, argv: str, days: list[str]) -> None:
    """An entry is asked for by what it is; several words are alternatives."""
    assert log.days(*argv.split()) == days


def test_unknown_event(log: Log) -> None:
    """A word that is no kind of entry is refused with the nearest."""
    code, out, err = log("--event", "complete")
    assert (code, out) == (2, "")
    assert "completed" in err


def test_entries_of_what_is_not_known_yet(log: Log) -> None:
    """Nothing is known of a pledge before the day on which it was published."""
    log.text = EVERY_EVENT.replace('source = "book"', 'source = "call"', 1)
    assert "ECO-01" not in log.ids("--until", "2026-01-31")


@pytest.mark.parametrize("as_of", ["2024", "2025-01-01", "2025-05", "2026-01-06", "2026-03-31"])
def test_as_of(log: Log, as_of: str) -> None:
    """What came after the as-of date is hidden; nothing else is."""
    assert log.ndjson("--as-of", as_of) == log.ndjson("--until", as_of)


def test_as_of_is_now(log: Log) -> None:
    """Distances are counted from the as-of date."""
    assert log.days("--as-of", "2026-01-05", "--since", "-1d") == ["2026-01-05", "2026-01-04"]


def test_settled_later(log: Log) -> None:
    """A decision that was settled after the as-of date is still only asked for."""
    days = log.days("ECO-01", "--as-of", "2026-03-31", "--since", "2026-03")
    assert days == ["2026-03-03", "2026-03-02", "2026-03-01"]


@pytest.mark.parametrize(
    ("argv", "ids"),
    [
        ("", {"ECO-01", "PPL-01", "PPL-02"}),
        ("ECO-01", {"ECO-01"}),
        ("eco-01 PPL-02", {"ECO-01", "PPL-02"}),
        ("PPL-*", {"PPL-01", "PPL-02"}),
        ("PPL-03", set()),
        ("--pillar people", {"PPL-01", "PPL-02"}),
        ("--status completed", {"ECO-01"}),
        ("--not-status completed", {"PPL-01", "PPL-02"}),
        ("--contested", {"ECO-01"}),
        ("--party VN", {"ECO-01"}),
        ("--search school", set()),
        ("PPL-* --kind recurring", {"PPL-01"}),
    ],
)
def test_filters(log: Log, argv: str, ids: set[str]) -> None:
    """Ids and filters choose pledges, as in ``list``."""
    assert log.ids(*argv.split()) == ids


def test_no_such_pledge(log: Log) -> None:
    """An id that no pledge has is refused."""
    assert log("ECO-09")[:2] == (5, "")


# What is said


@pytest.mark.parametrize(
    ("argv", "said"),
    [
        ("PPL-03", "No entries for PPL-03 (Found a school) as of 22 Nov 2026.\n"),
        ("--since 2026-07", "No entries for 4 pledges since 1 Jul 2026, as of 22 Nov 2026.\n"),
        ("--until 2024", "No entries for 4 pledges up to 31 Dec 2024, as of 22 Nov 2026.\n"),
        (
            "--since 7d",
            """\
No entries for 4 pledges since 29 Nov 2026, as of 22 Nov 2026.
--since is after that day; for the last 7 days write -7d.
""",
        ),
        ("--search nothing", "No pledge matches (4 as of 22 Nov 2026).\n"),
        (
            "--tag peeple",
            """\
No pledge matches (4 as of 22 Nov 2026).
the ledger has no tag 'peeple'
""",
        ),
    ],
)
def test_empty(log: Log, argv: str, said: str) -> None:
    """An empty answer is valid, in every format, and says why it is empty."""
    for form in FORMS:
        code, out, err = log(*argv.split(), "--format", form)
        assert (code, err) == (0, said)
        if form == "json":
            document = json.loads(out)
            assert (document["count"], document["entries"]) == (0, [])
        elif form in ("csv", "tsv"):
            assert out.splitlines() == [NAMES.replace(",", "," if form == "csv" else "\t")]
        else:
            assert out == "" or form in (Format.MD, Format.HTML, Format.EML, Format.XLSX)
    assert log(*argv.split(), "--format", "md").out.startswith("Plan of Action: No entries for ")


def test_no_pledges(log: Log) -> None:
    """A ledger without pledges has no history, and says so."""
    log.text = 'schema = 1\n[plan]\ntitle = "Plan"\n'
    said = "The ledger has no pledges yet. To add the first: pledges add\n"
    assert log() == (0, "", said)


def test_internal(log: Log) -> None:
    """An internal note is in no format."""
    for form in FORMS:
        assert "SECRET" not in log("--format", form).out


@pytest.mark.parametrize(
    ("argv", "said"),
    [
        ("", "22 entries for 4 pledges as of 22 Nov 2026.\n"),
        (
            "PPL-* --until 2025-04",
            "1 entry for 3 of 4 pledges up to 30 Apr 2025, as of 22 Nov 2026.\n",
        ),
        ("PPL-02", "2 entries for PPL-02 (Train) as of 22 Nov 2026.\n"),
        ("-q", ""),
    ],
)
def test_counted(log: Log, argv: str, said: str) -> None:
    """On a terminal the number of entries is told beside them, on standard error."""
    code, out, err = log.on_terminal("log", *argv.split(), width=100)
    assert (code, err) == (0, said)
    assert out.startswith("\x1b[2mDate")


@pytest.mark.parametrize("width", [20, 45, 60, 80, 100, 160])
def test_fits(log: Log, width: int) -> None:
    """No line is wider than the terminal but that of a URL, and nothing is cut."""
    code, out, _ = log("--width", str(width), "--color", "always")
    assert code == 0
    assert "\u2026" not in out
    lines = [line for line in bare(out).splitlines() if line.strip() != "https://example.org/x"]
    assert all(cell_len(line) <= width for line in lines)


def test_tones(log: Log) -> None:
    """Good news and what wants a look stand out; the making of a pledge steps back."""
    out = log("--width", "200", "--color", "always").out
    assert "\x1b[32msuspended -> completed" in out
    assert "\x1b[32m2025 completed" in out
    assert "\x1b[33min progress -> suspended; 21 -> 22.5 parks; deadline 2026 -> 2029" in out
    assert "\x1b[33mVOV says 2030" in out
    assert "\x1b[33masked: Agree" in out
    assert "\x1b[2mpledged" in out
    assert " asked of Viet Nam" in bare(out)
    assert "\x1b[33masked of Viet Nam" not in out
