"""Several ledgers: what ``--ledger`` names more than once, or by a pattern, is read as one."""

import json
import os
import shlex
import shutil
from typing import Final

import pytest

from desk import Desk
from pledges.own_commands import READERS
from pledges.render import Format
from samples import entry, ledger_text, pledge_table

ASEAN: Final = ledger_text(
    pledge_table(
        "ECO-01",
        "Open the market",
        owed_by=["VN"],
        made="2026-01-05",
        due="2026-10-31",
        source="vov",
    ),
    pledge_table("ECO-02", "Cut the tariffs", owed_by=["SG"], due="2027-03-31", part_of="ECO-01"),
    plan={"title": "ASEAN Blueprint", "short": "ASEAN", "stale_days": 90},
    sources={"vov": {"title": "Call", "publisher": "VOV", "date": "2026-02"}},
)
VN_SG: Final = ledger_text(
    pledge_table(
        "ECO-02",
        "Build the parks",
        owed_by=["SG"],
        due="2027-02-28",
        update=[entry("2026-11-01", status="in-progress", source=["vov", "https://a.example/b"])],
        ask=[{"what": "Name a site", "date": "2026-11-02", "of": "SG", "by": "2026-12-01"}],
    ),
    pledge_table("ENE-07", "Link the grids", owed_by=["VN"], due="2027-12-31"),
    plan={"title": "Plan of Action", "short": "VN/SG plan", "warn_days": 100},
    parties={"VN": "Viet Nam", "SG": "Republic of Singapore"},
    sources={"vov": {"title": "Another call", "publisher": "VOV", "date": "2026-03"}},
)
ALL: Final = ("--ledger", "plans/*.toml")


@pytest.fixture
def desk(desk: Desk) -> Desk:
    """A desk with two plans in a folder."""
    (desk.folder / "plans").mkdir()
    for name, text in (("a", ASEAN), ("b", VN_SG)):
        (desk.folder / "plans" / f"{name}.toml").write_text(text, encoding="utf-8")
    return desk


LIST: Final = """\
ASEAN: ASEAN Blueprint (1 pledge; 1 heading)
ASEAN:ECO-01  0 of 1 part done  overdue      31 Oct 2026  22 days late   Open the market
ASEAN:ECO-02  no status         not due yet  31 Mar 2027  4 months left  Cut the tariffs

VN-SG-plan: Plan of Action (2 pledges)
VN-SG-plan:ECO-02  in progress  due soon     28 Feb 2027  3 months left   Build the parks
VN-SG-plan:ENE-07  no status    not due yet  31 Dec 2027  13 months left  Link the grids
"""
DUE: Final = """\
2 plans: what needs attention as of 22 Nov 2026

ASEAN: ASEAN Blueprint

Overdue (1 heading)
ASEAN:ECO-01  0 of 1 part done  31 Oct 2026  22 days late  -  never  Open the market

VN-SG-plan: Plan of Action

Due within 100 days (1 pledge)
VN-SG-plan:ECO-02  in progress  28 Feb 2027  3 months left  -  1 Nov 2026  Build the parks

Decisions asked for (1 decision)
VN-SG-plan:ECO-02  Republic of Singapore  1 Dec 2026  9 days left  2 Nov 2026  Name a site

2 pledges were never heard of.
To list them: pledges list --ledger 'plans/*.toml' --no-news
"""


def test_list(desk: Desk) -> None:
    """Pledges are below their plans, with ids that begin with the plans' short names."""
    assert desk("list", *ALL) == (0, LIST, "")
    assert desk("list", "--ledger", "plans/a.toml", "--ledger", "plans/b.toml").out == LIST


def test_due(desk: Desk) -> None:
    """Each plan warns as far ahead as it says itself, and gives its own name to a party."""
    assert desk("due", *ALL) == (0, DUE, "")
    soon = json.loads(desk("due", *ALL, "--format", "json").out)
    assert (soon["within_days"], soon["asks"][0]["of"]) == (None, "VN-SG-plan:SG")
    assert "Due within 10 days" not in desk("due", "--within", "10d", *ALL).out


@pytest.mark.parametrize("command", READERS)
def test_every_command_that_reads(desk: Desk, command: str) -> None:
    """Every command that reads a ledger answers over several, in text and in JSON."""
    words = {"show": ("show", "ECO-01", "ENE-07"), "overview": ()}.get(command, (command,))
    if command in (one := {"diff": ["plans/a.toml"], "ask": ["--party", "SG"]}):
        assert desk(command, *one[command], *ALL).code == 2
        return
    assert "ASEAN" in desk(*words, *ALL).out or command == "check"
    found = json.loads(desk(*words, *ALL, "--format", "json").out)
    assert found["ledger"] is None
    if command != "check":
        assert found["ledgers"] == [
            {"plan": "ASEAN", "title": "ASEAN Blueprint", "ledger": "a.toml"},
            {"plan": "VN-SG-plan", "title": "Plan of Action", "ledger": "b.toml"},
        ]


@pytest.mark.parametrize("form", Format)
def test_every_format(desk: Desk, form: Format) -> None:
    """Every format has pledges of every plan."""
    out = desk("due", *ALL, "--format", form).out.replace("\\", "")
    assert "ASEAN:ECO-01" in out or "Open the market (ECO-01)" in out


def test_records(desk: Desk) -> None:
    """Scripts get the plan in a column of its own, and references that lead to a record."""
    rows = desk("list", *ALL, "--format", "csv", "--sort", "due").out.splitlines()
    assert rows[0].startswith("id,plan,title,pillar,owed_by,")
    assert rows[1].startswith("ASEAN:ECO-01,ASEAN,Open the market,ASEAN:economy,VN,")
    shown = json.loads(desk("show", "ASEAN:ECO-02", "ENE-07", *ALL, "--format", "json").out)
    part, other = shown["pledges"]
    assert (part["part_of"], part["plan"], other["id"]) == (
        *("ASEAN:ECO-01", "ASEAN"),
        "VN-SG-plan:ENE-07",
    )
    log = json.loads(desk("log", *ALL, "--format", "json").out)
    assert log["entries"][1]["source"] == ["VN-SG-plan:vov", "https://a.example/b"]
    sources = desk("sources", *ALL, "vov", "--format", "csv").out.splitlines()
    assert [each.split(",")[:2] for each in sources[1:]] == [
        ["ASEAN:vov", "ASEAN"],
        ["VN-SG-plan:vov", "VN-SG-plan"],
    ]


def test_one_ledger_is_as_ever(desk: Desk) -> None:
    """A single file has ids, keys and headings without a plan."""
    assert "plan" not in desk("list", "--ledger", "plans/a.toml", "--format", "csv").out
    found = json.loads(desk("list", "--ledger", "plans/a.toml", "--format", "json").out)
    assert (found["ledger"], "ledgers" in found, "plan" in found["pledges"][0]) == (
        *("a.toml", False),
        False,
    )


@pytest.mark.parametrize(
    ("words", "ids"),
    [
        ("VN-SG-plan:ECO-02", ["VN-SG-plan:ECO-02"]),
        ("vn-sg-plan:eco-02", ["VN-SG-plan:ECO-02"]),
        ("ene-07", ["VN-SG-plan:ENE-07"]),
        ("ECO-*", ["ASEAN:ECO-01", "ASEAN:ECO-02", "VN-SG-plan:ECO-02"]),
        ("A*", []),
        ("ASEAN:*", ["ASEAN:ECO-01", "ASEAN:ECO-02"]),
        ("--pillar energy", ["VN-SG-plan:ENE-07"]),
        ("--pillar ASEAN:economy", ["ASEAN:ECO-01", "ASEAN:ECO-02"]),
        ("--party SG", ["ASEAN:ECO-02", "VN-SG-plan:ECO-02"]),
        ("--party 'Republic of Singapore'", ["VN-SG-plan:ECO-02"]),
        ("--source vov", ["ASEAN:ECO-01", "VN-SG-plan:ECO-02"]),
        ("--sort -id --group plan --limit 1", ["ASEAN:ECO-02"]),
    ],
)
def test_words(desk: Desk, words: str, ids: list[str]) -> None:
    """A word without a plan means that of any plan, and with it of that one."""
    found = desk.line(f"list {words} --columns id --format csv", *ALL)
    assert found.out.split()[1:] == ids


WRITES: Final = "a change is made to one ledger, and 'plans/*.toml' names several"
REFUSALS: Final = (
    (
        "show ECO-02 --ledger 'plans/*.toml'",
        5,
        "'ECO-02' matches more than one pledge",
        "use one of ASEAN:ECO-02, VN-SG-plan:ECO-02",
    ),
    (
        "show ECO-2 --ledger 'plans/*.toml'",
        5,
        "no pledge has the id 'ECO-2'",
        "did you mean one of ASEAN:ECO-02, VN-SG-plan:ECO-02?",
    ),
    ("list --ledger 'plans/*.tml'", 3, "no file matches 'plans/*.tml'", "check the path"),
    (
        "list --ledger - --ledger -",
        2,
        "standard input can be read only once",
        "give - in one place only",
    ),
    (
        "list --ledger plans/a.toml plans/b.toml",
        5,
        "'plans/b.toml' is a file, not the id of a pledge",
        "to read several ledgers, put the pattern in quotes: --ledger '*.toml'",
    ),
    (
        "update ENE-07 --note x --ledger 'plans/*.toml'",
        2,
        WRITES,
        "give the path of that one with --ledger",
    ),
    (
        "undo --ledger plans/a.toml --ledger plans/b.toml",
        2,
        "--ledger is given twice",
        "it takes one value: give only one",
    ),
    (
        "check --fix --yes --ledger 'plans/*.toml'",
        2,
        "this takes one ledger, not several",
        "give the path of one with --ledger",
    ),
    ("init --ledger 'plans/*.toml'", 2, WRITES, "give the path of that one with --ledger"),
)


@pytest.mark.parametrize(("argv", "code", "message", "hint"), REFUSALS)
def test_refusals(desk: Desk, argv: str, code: int, message: str, hint: str) -> None:
    """What can't be answered over several ledgers says what to do."""
    assert desk.line(argv) == (code, "", f"pledges: error: {message}\n  = hint: {hint}\n")


def test_several_that_cannot_be_read(desk: Desk) -> None:
    """All ledgers that can't be read are named."""
    found = desk("list", *ALL, "--ledger", "gone.toml", "--ledger", "lost.toml")
    said = "2 of 4 ledgers can't be read\n  gone.toml does not exist\n  lost.toml does not exist"
    assert found == (3, "", f"pledges: error: {said}\n")


def test_all_bad_ledgers_are_told(desk: Desk) -> None:
    """The faults of all ledgers are reported, each in its file, and nothing is answered."""
    for name, text in (("c", ASEAN.replace("due = 2027", "deu = 2027")), ("d", "x")):
        (desk.folder / "plans" / f"{name}.toml").write_text(text, encoding="utf-8")
    found = desk("list", *ALL, "--ledger", "gone.toml")
    places = [line.split(" error")[0] for line in found.err.splitlines() if " error[" in line]
    assert (found.code, found.out, places) == (
        *(4, ""),
        ["plans/c.toml:40:1:", "plans/d.toml:1:1:"],
    )
    assert found.err.endswith(
        "\ngone.toml does not exist\n2 errors in 2 of 5 ledgers; nothing was read\n"
    )


def test_the_variable_may_name_several(desk: Desk) -> None:
    """The variable has several ledgers as PATH has folders; a command that writes refuses them."""
    desk.environment["PLEDGES_LEDGER"] = os.pathsep.join(("plans/a.toml", "plans/b.toml"))
    assert desk("list").out == LIST
    assert desk("undo").code == 2


def test_places(desk: Desk) -> None:
    """An entry dated after today is named with the file that it is in."""
    text = VN_SG.replace("2026-11-01", "2062-11-01")
    (desk.folder / "plans" / "b.toml").write_text(text, encoding="utf-8")
    del desk.environment["PLEDGES_AS_OF"]
    assert "plans/b.toml:" in desk("list", *ALL).err


def test_a_report_counts_by_plan(desk: Desk) -> None:
    """A report has a line for each plan, and names what it was made from."""
    out = desk("report", *ALL).out
    assert out.startswith("2 plans: ASEAN and VN/SG plan\n")
    said = (
        "BY PLAN\n"
        "- ASEAN: ASEAN Blueprint: 1 agreed: 1 other; 1 heading, counted by its\n  parts.\n"
        "- VN-SG-plan: Plan of Action: 2 agreed: 1 due soon, 1 other.\n"
    )
    assert said in out
    assert "Due soon: its deadline is at most the warning span of its plan away." in " ".join(
        out.split()
    )
    assert out.endswith("Source: a.toml and b.toml, 4 pledges.\n")


def test_a_link_to_a_ledger_is_not_another_ledger(desk: Desk) -> None:
    """Its pledges are counted once, whatever the link is called."""
    (desk.folder / "plans" / "c.toml").symlink_to("a.toml")
    assert desk("list", *ALL).out == LIST
    assert desk("list", "--ledger", "plans/a.toml", *ALL).out == LIST


def test_words_of_the_registers(desk: Desk) -> None:
    """A word that no ledger has is refused with those that they have; a URL is named whole."""
    found = desk("list", "--source", "nhandan", *ALL)
    assert found.err.endswith("  = hint: use one of vov, https://a.example/b\n")
    alone = desk("list", "--source", "nhandan", "--ledger", "plans/b.toml")
    assert alone.err == found.err
    assert desk("list", "--pillar", "econmy", *ALL).err.endswith(
        "  = hint: did you mean economy?\n"
    )


def test_who_recorded_what(desk: Desk) -> None:
    """The history of git is asked for each ledger."""
    if not shutil.which("git"):
        pytest.skip("git is not installed")
    shutil.rmtree(desk.place / ".git")
    for words in ("init -q .", "add plans", f"{ANA} commit -q -m a"):
        assert desk.command("git", *shlex.split(words)).code == 0
    path = desk.folder / "plans" / "b.toml"
    path.write_text(path.read_text("utf-8").replace("Name a site", "Name two sites"), "utf-8")
    entries = json.loads(desk("log", "--git", *ALL, "--format", "json").out)["entries"]
    assert [(each["id"], each["recorded_by"]) for each in entries] == [
        ("VN-SG-plan:ECO-02", None),
        ("VN-SG-plan:ECO-02", "Ana"),
        ("ASEAN:ECO-01", "Ana"),
    ]
    assert "Name a site" in desk("log", "--at", "HEAD", *ALL).out


ANA: Final = "-c user.name=Ana -c user.email=ana@example.org"


def test_several_with_one_short_name(desk: Desk) -> None:
    """Plans of one short name are told apart, and one without is called by its file."""
    for name, old, new in (("c", "ASEAN", "ASEAN"), ("d d", 'short = "ASEAN"\n', "")):
        (desk.folder / "plans" / f"{name}.toml").write_text(ASEAN.replace(old, new), "utf-8")
    found = json.loads(desk("sources", *ALL, "--format", "json").out)
    assert [each["plan"] for each in found["ledgers"]] == ["ASEAN", "VN-SG-plan", "ASEAN-2", "d-d"]


def test_a_file_with_the_name_of_a_pattern(desk: Desk) -> None:
    """A file whose name has signs of a pattern is that file."""
    (desk.folder / "plan[1].toml").write_text(ASEAN, encoding="utf-8")
    assert desk("list", "--ledger", "plan[1].toml", "ECO-01").out.startswith("ECO-01 ")
    assert desk("update", "ECO-01", "--note", "x", "--ledger", "plan[1].toml").code == 0


@pytest.mark.parametrize("output", ["a.toml", "b.toml"])
def test_no_ledger_is_overwritten(desk: Desk, output: str) -> None:
    """An answer does not overwrite any of the ledgers that it is from."""
    path = f"plans/{output}"
    found = desk("list", *ALL, "--format", "text", "--force", "--output", path)
    assert (found.code, found.err.splitlines()[0]) == (
        *(7, f"pledges: error: {path} is the ledger"),
    )
