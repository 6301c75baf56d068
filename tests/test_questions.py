"""The questions that README answers with one command each, and how it puts things right."""

import re
import shlex
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

import pytest

from build import SHIPPED
from desk import Desk

README: Final = (SHIPPED.parent / "README.md").read_text(encoding="utf-8")
QUESTIONS: Final = re.findall(
    r"^\| (.*\?) \| `pledges (.*)` \|$", README.replace("\\|", "|"), re.MULTILINE
)
RIGHTING: Final = re.findall(
    r"`pledges ((?:set|correct|remove|add) [^`<]*)`",
    README.partition("### Putting things right")[2].partition("\n### ")[0],
)
PLEDGES: Final[list[dict[str, Any]]] = tomllib.loads(SHIPPED.read_text(encoding="utf-8"))["pledge"]


def reported(pledge: dict[str, Any]) -> list[str]:
    """The statuses that were reported of a pledge, oldest first."""
    return [each["status"] for each in pledge.get("update", []) if "status" in each]


def is_heard_of(pledge: dict[str, Any]) -> bool:
    """Whether anybody said anything of a pledge."""
    said = ("status", "value", "due")
    return any(
        any(key in each for key in said) or ("note" in each and ("source" in each or "by" in each))
        for each in pledge.get("update", [])
    )


def is_open(pledge: dict[str, Any]) -> bool:
    """Whether a pledge is neither done nor dropped."""
    final = ("completed", "withdrawn", "superseded")
    return pledge.get("kind") == "recurring" or not (
        reported(pledge) and reported(pledge)[-1] in final
    )


def is_asked_for(pledge: dict[str, Any]) -> bool:
    """Whether a pledge was asked for and not agreed."""
    return pledge.get("strength") in ("requested", "proposed")


ANSWERS: Final[dict[str, Callable[[dict[str, Any]], bool]]] = {
    "What does Singapore owe us in energy that nobody has reported on?": lambda x: (
        "SG" in x["owed_by"] and x["pillar"] == "energy" and not is_heard_of(x)
    ),
    "What was made in February 2026?": lambda x: str(x["made"]).startswith("2026-02"),
    "What is nobody leading?": lambda x: "lead" not in x and is_open(x),
    "What was asked for and is not agreed yet?": lambda x: is_asked_for(x) and is_open(x),
    "What is signed?": lambda x: x.get("strength") == "signed",
    "What recurs, and when is it next?": lambda x: x.get("kind") == "recurring",
    "Where do sources disagree?": lambda x: "claim" in x,
}


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """A desk with the shipped ledger."""
    return Desk(tmp_path, SHIPPED.read_text(encoding="utf-8"))


def test_there_are_questions() -> None:
    """The patterns above find what README shows."""
    assert len(QUESTIONS) == README.count("? | `pledges ")
    assert len(QUESTIONS) > 25
    assert len(RIGHTING) > 8
    assert ANSWERS.keys() <= {question for question, _ in QUESTIONS}


@pytest.mark.parametrize(("question", "command"), QUESTIONS)
def test_question(desk: Desk, question: str, command: str) -> None:
    """A question is answered by its command, with an answer or with the word that there is none."""
    code, out, err = desk(*shlex.split(command))
    assert code == 0
    assert out or err
    if answer := ANSWERS.get(question):
        ids = desk(*shlex.split(command), "--columns", "id", "--format", "ndjson").out
        wanted = [each["id"] for each in PLEDGES if answer(each)]
        assert re.findall('"id":"(.*?)"', ids) == wanted


@pytest.mark.parametrize("command", RIGHTING)
def test_righting(desk: Desk, command: str) -> None:
    """Each command that puts something right shows what it would change in the shipped ledger."""
    code, out, err = desk(*shlex.split(command), "--dry-run", "--yes")
    assert (code, err) == (0, "")
    assert out.startswith("--- a/commitments.toml\n")
