"""README says what is so: its examples are run, its ledger is read, its lists are complete."""

import os
import re
import sys
from pathlib import Path

import pytest

from desk import Desk
from pledges.cli import COMMANDS
from pledges.errors import Exit
from pledges.ledger.check.check_rules import RULES
from pledges.ledger.reading.decode import decode

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
EXAMPLES: list[tuple[str, str]] = [
    (command, output.strip("\n"))
    for block in re.findall(r"```console\n(.*?)```", README, re.DOTALL)
    for command, output in re.findall(
        r"^\$ (.*?)\n(.*?)(?=^\$ |\Z)", block, re.DOTALL | re.MULTILINE
    )
]


def test_there_are_examples() -> None:
    """The pattern above finds what README shows."""
    assert len(EXAMPLES) == README.count("\n$ ")


@pytest.mark.skipif(os.name != "posix", reason="the examples are lines of a POSIX shell")
@pytest.mark.parametrize(("command", "output"), EXAMPLES)
def test_example(command: str, output: str, desk: Desk) -> None:
    """An example prints what README shows, on the day that README is about."""
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    desk.folder = ROOT
    shown = desk.command("/bin/sh", "-c", f"exec 2>&1\n{command}", PATH=path).out
    assert shown.replace("\r\n", "\n").strip("\n") == output


def test_the_ledger_by_example_is_sound() -> None:
    """The ledger that README shows can be used as it stands."""
    for example in re.findall(r"```toml\n(.*?)```", README, re.DOTALL):
        assert [each.id for each in decode(example, "README.md").pledges] == ["WAT-01", "WAT-02"]


def test_commands_and_exit_codes_are_complete() -> None:
    """Every command and every exit code has its line."""
    assert set(COMMANDS) == set(re.findall(r"^\| `pledges (\w+)", README, re.MULTILINE))
    shown = re.findall(r"^\| (\d[\d, ]*) \|", README, re.MULTILINE)
    assert {int(code) for codes in shown for code in codes.split(",")} == set(Exit)


def test_the_rules_of_check_are_complete() -> None:
    """Every rule has its line, in the words of the program."""
    rows = "".join(f"| `{each.name}` | {each.summary} |\n" for each in RULES)
    assert f"| rule | warns of |\n| --- | --- |\n{rows}\n" in README


def test_the_two_commands_are_there() -> None:
    """CI takes its test command from README; the first one ends in the progress table."""
    first, second = re.findall(r"```sh\n(.*?)\n```", README, re.DOTALL)
    assert first.endswith("pledges progress")
    assert "/pytest " in second
