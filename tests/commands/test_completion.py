"""``pledges completion``: what a shell is answered, in a process of its own and in this one."""

import os
import shlex
from collections.abc import Mapping, Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st
from typer.core import TyperOption

from desk import Desk
from everything import parameters
from pledges.cli import COMMANDS
from pledges.commands._completion import Completed, FileName
from pledges.commands._shells import COMPLETIONS, Shell
from pledges.domain.assessment import Standing
from pledges.domain.events import EventWord
from pledges.domain.pledge import STATUS_WORDS, Kind, Strength
from pledges.domain.sorting import GroupBy
from pledges.ledger.check.check_rules import RULES
from pledges.ledger.importing.files import FileKind
from pledges.own_commands import OVERVIEW
from pledges.render import CheckFormat, Format
from pledges.view.pledge_columns import FIELDS
from samples import entry, ledger_text, pledge_table

PLEDGES = ledger_text(
    pledge_table(
        "ECO-01",
        "Open the market",
        owed_by=["VN", "SG"],
        lead="Ministry of Planning",
        tags=["trade"],
        source=["vov-1"],
        made="2025-01-01",
        due="2027",
        measure={"unit": "parks", "baseline": 0, "target": 10},
        update=[
            entry("2025-02-01", status="in-progress", value=3, note="Three parks."),
            entry("2025-05-01", note="Talks were held."),
        ],
        claim=[{"due": "2028", "source": "vov-1"}],
        ask=[{"date": "2025-05-02", "what": "Say who pays.", "of": "VN"}],
    ),
    pledge_table("ECO-02", "Build parks", lead=["B\u1ed9 C\u00f4ng Th\u01b0\u01a1ng", "Bank"]),
    pledge_table("ENE-01", "Trade electricity", pillar="energy"),
    plan={"title": "Completed"},
    sources={"vov-1": {"title": "A telephone call"}},
)
FREE = {
    *("as_of", "made_by", "made_after", "due_by", "due_after", "due_within", "within", "since"),
    *("until", "begin", "end", "next", "date", "period", "due", "made", "review"),
    *("source_date", "baseline_date", "ask_by", "answer_by", "settled"),
    *("limit", "width", "value", "target", "baseline", "claim_due", "claim_target"),
    *(
        "search",
        "title",
        "subject",
        "to",
        "cc",
        "sender",
        "note",
        "by",
        "why",
        "ask",
        "what",
        "claim_note",
    ),
    *("source_title", "source_publisher", "source_url", "due_text", "total_text", "internal"),
    *(
        "id",
        "unit",
        "marker_size",
        "pairs",
        "fixed",
        "encoding",
        "vanished",
        "init party",
        "init pillar",
    ),
}
"""The options whose values no list can have: days, numbers, and texts that are new."""


@pytest.fixture
def desk(desk: Desk) -> Desk:
    """A desk with the ledger above."""
    desk.text = PLEDGES
    return desk


def asked(line: str, shell: Shell, **more: str) -> Mapping[str, str]:
    """The environment in which a shell asks what a line may go on with."""
    return {
        "_PLEDGES_COMPLETE": f"complete_{shell}",
        "_TYPER_COMPLETE_ARGS": f"pledges {line}",
        **more,
    }


def offers(desk: Desk, line: str, **more: str) -> list[str]:
    """What fish is answered; nothing is said on standard error."""
    code, out, err = desk.run(**asked(line, Shell.FISH, **more))
    assert (code, err) == (0, "")
    return out.splitlines()


def words(desk: Desk, line: str, **more: str) -> list[str]:
    """The words of it."""
    return [each.partition("\t")[0] for each in offers(desk, line, **more)]


def test_scripts(desk: Desk) -> None:
    """There is a script for each shell, which asks the program; others are refused."""
    for shell in Shell:
        code, out, err = desk("completion", shell)
        assert (code, err) == (0, "")
        assert f"complete_{shell}" in out
        assert "%(" not in out
    assert desk("completion", "FISH") == desk("completion", "fish")
    code, _, err = desk("completion", "tcsh")
    assert (code, err.splitlines()) == (
        2,
        [
            "pledges: error: there is no shell 'tcsh'",
            "  = hint: use one of bash, zsh, fish, powershell",
        ],
    )


def test_powershell_script(desk: Desk) -> None:
    """PowerShell gets Typer's own script, for our program and our variable."""
    out = desk("completion", "powershell").out
    assert out.endswith(
        "Register-ArgumentCompleter -Native -CommandName pledges -ScriptBlock $scriptblock\n"
    )
    assert '$Env:_PLEDGES_COMPLETE = "complete_powershell"' in out
    assert "\n    pledges | ForEach-Object {\n" in out


def test_commands(desk: Desk) -> None:
    """The commands are completed in their order, and the options of the overview."""
    assert words(desk, "") == list(COMMANDS)
    assert words(desk, "sh") == ["show"]
    assert words(desk, "no-such ") == []
    assert offers(desk, "--ve") == ["--version\tShow the version."]
    assert words(desk, "--f") == ["--format", "--force"]
    assert words(desk, "--version ") == list(COMMANDS)
    assert words(desk, "completion ") == list(Shell)
    assert words(desk, "ls --ove") == ["--overdue"]


CLOSED: Sequence[tuple[str, Sequence[str]]] = [
    ("list --status ", STATUS_WORDS),
    ("list --not-status=", [f"--not-status={each}" for each in STATUS_WORDS]),
    ("list --standing ", [*Standing]),
    ("report --strength ", [*Strength]),
    ("due --kind ", [*Kind]),
    ("list --columns ", [*FIELDS]),
    ("list --sort ", [*FIELDS]),
    ("list --sort -", [f"-{each}" for each in FIELDS]),
    ("progress --group ", [*GroupBy]),
    ("log --event ", [*EventWord]),
    ("show --format ", [*Format]),
    ("show -f j", ["json"]),
    ("show --color ", ["auto", "always", "never"]),
    ("import --from ", [*FileKind]),
    ("update ECO-01 --status C", ["completed"]),
    ("add --kind ", [*Kind]),
    ("list --columns ID,ti", ["ID,title", "ID,time_used"]),
    ("list --columns id,i", ["id,internal"]),
    ("list --sort due,-pro", ["due,-progress"]),
    ("list --status completed --status c", []),
    ("list --status completed,s", ["completed,suspended", "completed,superseded"]),
    ("set ECO-01 --clear mea", ["measure", "measure-source"]),
    ("correct ECO-01 1 --clear v", ["value"]),
    ("list -- --sta", []),
    ("help da", ["dates"]),
    ("schema --of du", ["due"]),
    ("check --rule ", [each.name for each in RULES]),
    ("check --no-rule stale,one", ["stale,one-source"]),
    ("check --format ", [*CheckFormat]),
]


@pytest.mark.parametrize(("line", "expected"), CLOSED)
def test_closed_words(line: str, expected: Sequence[str], desk: Desk) -> None:
    """Words of the program are completed without a ledger, in lists and with signs too."""
    desk.path.unlink()
    assert words(desk, line) == [str(each) for each in expected]


def test_meanings(desk: Desk) -> None:
    """Words of the program have what they mean, the same as in the help."""
    assert offers(desk, "list --status susp") == ["suspended\tit rests for now; its deadline stays"]
    assert offers(desk, "update ECO-01 --status w") == ["withdrawn\tit was given up"]
    assert offers(desk, "log --event mov") == ["moved\ta deadline was moved"]
    assert offers(desk, "add --every y") == ["year\tonce a year"]
    assert offers(desk, "list --standing over") == [
        "overdue\tits deadline has passed, and it is not reported completed"
    ]
    assert offers(desk, "check --rule sta") == [
        "stale\tno news for longer than the plan's stale_days"
    ]
    assert offers(desk, "list --sort -titl") == ["-title\tWhat was promised."]


IN_LEDGER: Sequence[tuple[str, Sequence[str]]] = [
    ("show eco", ["ECO-01\tOpen the market", "ECO-02\tBuild parks"]),
    ("show ECO-01 eco", ["ECO-02\tBuild parks"]),
    ("edit en", ["ENE-01\tTrade electricity"]),
    ("set ECO-01 --part-of ene", ["ENE-01\tTrade electricity"]),
    ("list --pillar e", ["economy\tEconomic cooperation", "energy\tEnergy"]),
    ("list --pillar economy,e", ["economy,energy\tEnergy"]),
    ("add --owed-by S", ["SG\tSingapore"]),
    ("list --party=v", ["--party=VN\tViet Nam"]),
    ("list --lead min", ["Ministry of Planning\t"]),
    ('list --lead "Ministry o', ["Ministry of Planning\t"]),
    ("list --lead Ministry\\ ", ["Ministry of Planning\t"]),
    ("set ECO-02 --lead bo", ["B\u1ed9 C\u00f4ng Th\u01b0\u01a1ng\t"]),
    ("list --not-tag t", ["trade\t"]),
    ("sources ", ["vov-1\tA telephone call"]),
    ("update ECO-01 --source vo", ["vov-1\tA telephone call"]),
    (
        "correct ECO-01 ",
        [
            "1\t2025-02-01 in progress, 3 parks: Three parks.",
            "2\t2025-05-01 remark: Talks were held.",
        ],
    ),
    ("remove eco-01 2", ["2\t2025-05-01 remark: Talks were held."]),
    ("remove ECO-01 --claim ", ["1\tA telephone call says 2028"]),
    ("correct ECO-01 --ask=", ["--ask=1\tSay who pays. (of Viet Nam)"]),
    ("update ECO-01 --settle ", ["1\tSay who pays. (of Viet Nam)"]),
    ("correct ECO-02 ", []),
    ("correct NO-1 ", []),
]


@pytest.mark.parametrize(("line", "expected"), IN_LEDGER)
def test_words_of_the_ledger(line: str, expected: Sequence[str], desk: Desk) -> None:
    """What is in the ledger is completed in any case, each with what it stands for."""
    assert offers(desk, line) == expected


def test_files(desk: Desk) -> None:
    """Names of files are left to the shell, which is told so."""
    for line in (
        "list --output ",
        "list --ledger=x",
        "import ",
        "import x --mapping y",
        "init --ledger ",
    ):
        assert desk.run(**asked(line, Shell.FISH)) == (0, "\t\n", "")


def test_which_ledger(desk: Desk) -> None:
    """The ledger is that of ``--ledger`` or of the environment, else the nearest one."""
    other = desk.folder / "other.toml"
    other.write_text(PLEDGES.replace("ECO-", "OTH-"), encoding="utf-8")
    assert words(desk, "show --ledger other.toml o") == ["OTH-01", "OTH-02"]
    assert words(desk, "list --ledger=other.toml OTH-01 o") == ["OTH-02"]
    assert words(desk, "show o", PLEDGES_LEDGER="other.toml") == ["OTH-01", "OTH-02"]
    assert words(desk, "show --ledger ./commitments.toml o", PLEDGES_LEDGER="other.toml") == []
    assert words(desk, "show --ledger - o") == []


BROKEN = ("", "x", "schema = 1\n[plan]\ntitle = 3", "a = [" * 900, "\x00\x1b]0;x\x07", "[" * 3000)


@pytest.mark.parametrize("text", BROKEN)
def test_broken_ledger(text: str, desk: Desk) -> None:
    """Nothing is completed from a broken ledger, and nothing is said of it."""
    desk.text = text
    for line in ("show ", "list --pillar ", "correct ECO-01 "):
        assert offers(desk, line) == []
    assert words(desk, "list --color a") == ["auto", "always"]


def test_no_ledger(desk: Desk) -> None:
    """Nothing is completed from what is no file, and no shell waits for it."""
    desk.path.unlink()
    assert offers(desk, "show ") == []
    desk.path.mkdir()
    assert offers(desk, "show ") == []
    if hasattr(os, "mkfifo"):
        os.mkfifo(desk.folder / "pipe")
        assert offers(desk, "show --ledger pipe ") == []


def test_nonsense(desk: Desk) -> None:
    """Whatever a shell asks, the answer is silent."""
    for line in (
        "list --columns zz,",
        "list 'x",
        "list \\",
        "",
        "-",
        "--",
        "list --as-of",
        "= =",
        "\x00",
    ):
        if "\x00" not in line:
            offers(desk, line)
    for request in ("complete_tcsh", "source_bash", "x"):
        assert desk.run(_PLEDGES_COMPLETE=request) == (0, "", "")
    assert desk.run(_PLEDGES_COMPLETE="complete_bash") == (0, "\n".join(COMMANDS) + "\n", "")


@given(st.text(min_size=1, max_size=12), st.text(min_size=1, max_size=12))
def test_any_text(lead: str, title: str) -> None:
    """Each word is one line, whatever it is, and is read by bash as it is in the ledger."""
    if lead.strip() != lead or not lead.isprintable():
        return
    for shell in Shell:
        completion = COMPLETIONS[shell]
        lines = [*completion.lines(completion.__new__(completion), {lead: "", "x": title})]
        assert len(lines) == 2
        if shell is Shell.BASH:
            assert shlex.split(lines[0]) == [lead]


def test_several_ledgers(desk: Desk) -> None:
    """The ids and pillars of several ledgers are completed with the names of their plans."""
    (desk.folder / "other.toml").write_text(PLEDGES.replace("ECO-", "OTH-"), encoding="utf-8")
    both = "--ledger commitments.toml --ledger 'oth*.toml'"
    assert words(desk, f"show {both} other:oth") == ["other:OTH-01", "other:OTH-02"]
    assert words(desk, f"list {both} --pillar other:ec") == ["other:economy"]


def test_bash_lists(desk: Desk) -> None:
    """Where bash only lists the words, what they stand for is next to them."""
    line = asked("list --pillar=e", Shell.BASH, _TYPER_COMPLETE_WORD_TO_COMPLETE="e")
    assert desk.run(**line, COMP_TYPE="9").out == "economy\nenergy\n"
    assert desk.run(**line, COMP_TYPE="63").out == (
        "economy  Economic cooperation\nenergy   Energy\n"
    )
    assert desk.run(**line, COMP_TYPE="63", COLUMNS="20").out == (
        "economy  Economi...\nenergy   Energy\n"
    )


def test_powershell_answer(desk: Desk) -> None:
    """PowerShell gets a word in quotes if it needs them; its line has no space at the end."""
    line = asked("list --lead", Shell.POWERSHELL)
    assert desk.run(**line).out.splitlines()[1:] == [
        "'B\u1ed9 C\u00f4ng Th\u01b0\u01a1ng':::B\u1ed9 C\u00f4ng Th\u01b0\u01a1ng",
        "Bank:::Bank",
    ]
    line = asked("list --lead Ba", Shell.POWERSHELL, _TYPER_COMPLETE_WORD_TO_COMPLETE="Ba")
    assert desk.run(**line).out == "Bank:::Bank\n"


def test_quotes_of_powershell() -> None:
    """No quote in a text ends it, and those that PowerShell takes for quotes are doubled."""
    completion = COMPLETIONS[Shell.POWERSHELL]
    words = {"a'; b": "", "a\u2019; $(b)": "", "plain-1": "x"}
    assert [*completion.lines(completion.__new__(completion), words)] == [
        "'a''; b':::a'; b",
        "'a\u2019\u2019; $(b)':::a\u2019; $(b)",
        "plain-1:::x",
    ]


def test_every_option_says_what_completes_it() -> None:
    """An option or argument with a value has words to complete, unless its text is free."""
    free = set()
    for command in (*COMMANDS, OVERVIEW):
        for each in parameters(command):
            is_completed = isinstance(each.type, Completed | FileName)
            if not is_completed and not (isinstance(each, TyperOption) and each.is_flag):
                names = {str(each.name), f"{command} {each.name}"}
                free |= names & FREE or {str(each.name)}
    assert free == FREE
