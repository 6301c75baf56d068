"""What an editor marks and completes in a ledger, by its schema."""

import json
import re
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Mapping, Sequence
from itertools import product
from pathlib import Path
from typing import Any, Final

import pytest
from jsonschema_rs import Draft202012Validator

from build import SHIPPED
from desk import Desk
from pledges.domain.day import INTERVAL_PATTERN, PERIOD_PATTERN, read_interval, read_period
from pledges.errors import NotADate
from pledges.view.json_schema import ledger_schema
from samples import SMALL_PLAN
from schemas import SOUND

ROOT: Final = SHIPPED.parent
FILE: Final = ROOT / "docs" / "ledger.schema.json"
FAULTS: Final = ROOT / "tests" / "cases" / "faults"
TAPLO: Final = shutil.which("taplo", path=str(Path(sys.executable).parent)) or shutil.which("taplo")
VALIDATOR: Final = Draft202012Validator(ledger_schema(), validate_formats=True)

SEEN_BY_SCHEMA: Final = {"key", "date", "number", "word", "missing", "text", "type", "schema"}
"""The codes of faults that need no look at another place of the ledger."""

BEYOND_SCHEMA: Final = {
    "claim-source-list-empty": "a list of a pledge may be empty, and that of a claim may not",
    "recurring-without-every": "it depends on the kind of the pledge",
    "recurring-without-since": "likewise",
    "text-day": "editors take a day for a text",
    "title-blank": "a text of spaces is a text",
}


def plain(text: str) -> object:
    """A ledger as a JSON Schema sees it: with each date as a text."""
    decoded: object = json.loads(
        json.dumps(tomllib.loads(text), default=lambda day: day.isoformat())
    )
    return decoded


def marks(text: str) -> list[str]:
    """What an editor marks in a ledger: each place, and what is wrong there."""
    errors = VALIDATOR.iter_errors(plain(text))
    return [f"{'.'.join(map(str, each.instance_path))}: {each.message}" for each in errors]


@pytest.mark.parametrize("text", SOUND.values(), ids=SOUND)
def test_sound_ledgers(text: str) -> None:
    """Nothing is marked in a ledger that the program reads."""
    assert marks(text) == []


def test_misspelt_keys(desk: Desk) -> None:
    """An editor marks ``statsu``, and nothing in a key that begins as those of people's own do."""
    own = 'x-title = "Own"\nx_note = { of = "us" }\n'
    update = '\n[[pledge.update]]\ndate = 2026-11-01\n{} = "done"\n'
    desk.text = SMALL_PLAN + own
    assert (desk("list").code, marks(desk.text)) == (0, [])
    assert marks(SMALL_PLAN + update.format("statsu")) == [
        "pledge.5.update.1: Additional properties are not allowed ('statsu' was unexpected)"
    ]
    (found,) = marks(SMALL_PLAN + update.format("status"))
    assert found.startswith('pledge.5.update.1.status: "done" is not one of "not-started"')


def test_completion() -> None:
    """An editor completes ``strength`` and its words in their order, and says what it is."""
    parts = ledger_schema()["$defs"]
    strength = parts["Pledge"]["properties"]["strength"]
    assert strength == {
        "title": "Strength",
        "description": "How firm it is.",
        "$ref": "#/$defs/Strength",
    }
    words = ["requested", "proposed", "agreed", "reaffirmed", "signed"]
    assert parts["Strength"]["enum"] == words


def test_one_completion() -> None:
    """No key is of either of two kinds: Taplo would complete it twice, and describe it never."""
    assert "anyOf" not in json.dumps(ledger_schema())


def test_every_field_is_described() -> None:
    """An editor says of each key what it is: by its field, or by the record that it holds."""
    parts = ledger_schema()["$defs"]

    def is_described(value: Mapping[str, Any]) -> bool:
        kinds = (value, value.get("items", {}), value.get("additionalProperties", {}))
        refs = [each["$ref"].rpartition("/")[2] for each in kinds if "$ref" in each]
        return bool(value.get("description") or any(parts[each]["description"] for each in refs))

    fields = [(part, key, value) for part in parts for key, value in _properties(parts[part])]
    assert [(part, key) for part, key, value in fields if not is_described(value)] == []


def _properties(part: Mapping[str, Any]) -> Sequence[tuple[str, Any]]:
    return list(part.get("properties", {}).items())


def test_broken_ledgers() -> None:
    """An editor marks each fault that can be seen in its own place."""
    missed = []
    for path in sorted(FAULTS.glob("*.toml")):
        told = path.with_suffix(".txt").read_text("utf-8")
        try:
            found = marks(path.read_text("utf-8"))
        except tomllib.TOMLDecodeError:
            continue
        if not found and SEEN_BY_SCHEMA & set(re.findall(r"error\[([\w-]+)\]", told)):
            missed.append(path.stem)
    assert missed == sorted(BEYOND_SCHEMA)


def test_periods() -> None:
    """The pattern of periods is what the program reads, but for days that a month lacks."""
    parts = [f"{x:02}" for x in range(34)]
    names = [*parts, *(f"{x}{n}" for x in "QqHh" for n in range(6)), "Q", "1", "Q1-01", "1-1"]
    days = (f"-{month}-{day}" for month, day in product(parts[:15], parts))
    for text in ("2026", "26", "02026", *(f"2026-{x}" for x in names), *(f"2026{x}" for x in days)):
        matches = bool(re.fullmatch(PERIOD_PATTERN, text))
        is_lacking = text[4:] in ("-02-30", "-02-31", "-02-29") or text[8:] == "31"
        assert matches == _is_read(text) or (matches and is_lacking), text


def _is_read(text: str) -> bool:
    try:
        read_period(text)
    except NotADate:
        return False
    return True


def test_intervals() -> None:
    """The pattern of intervals is what the program reads."""
    assert str(read_interval("6 months")) == "6 months"
    assert re.fullmatch(INTERVAL_PATTERN, "6 months")
    assert not re.fullmatch(INTERVAL_PATTERN, "6m")


def test_the_file_of_this_repository(desk: Desk) -> None:
    """The schema that the shipped ledger names is the one that the command prints."""
    _, out, _ = desk("schema")
    assert SHIPPED.read_text("utf-8").startswith(f"#:schema ./{FILE.relative_to(ROOT)}\n")
    assert FILE.read_text("utf-8") == out


needs_taplo = pytest.mark.skipif(not TAPLO, reason="taplo is not installed")


def lint(ledger: Path) -> tuple[int, list[str]]:
    """What taplo, which editors ask, says of a ledger."""
    argv = [str(TAPLO), "lint", "--colors", "never", ledger.name]
    done = subprocess.run(argv, cwd=ledger.parent, capture_output=True, check=False, text=True)
    return done.returncode, re.findall("^error: (.*)", done.stderr, re.MULTILINE)


@needs_taplo
def test_taplo_and_the_shipped_ledger() -> None:
    """Taplo finds the schema of the shipped ledger, and nothing wrong."""
    assert lint(SHIPPED) == (0, [])


@needs_taplo
def test_taplo_and_a_new_ledger(desk: Desk) -> None:
    """Taplo checks a ledger that begins with the line that the command names."""
    desk.path.unlink()
    desk("init")
    assert desk("schema", "-o", "a schema.json").code == 0
    line = desk("schema", "-o", "a schema.json", "--force").err.partition(": ")[2]
    desk.text = line + desk.text
    assert lint(desk.path) == (0, [])
    desk.text = desk.text.replace("warn_days", "warm_days")
    code, errors = lint(desk.path)
    assert code == 1
    assert set(errors) == {"Additional properties are not allowed ('warm_days' was unexpected)"}
