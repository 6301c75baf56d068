"""``schema``: what an editor marks and completes in a ledger, and what scripts can rely on."""

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
from jsonschema_rs import Draft202012Validator, meta

import samples
from build import SHIPPED
from desk import Desk
from everything import OTHERS, READING
from pledges.cli import COMMANDS, OVERVIEW
from pledges.commands.schema import ANSWERS, answer_kinds
from pledges.domain.day import INTERVAL_PATTERN, PERIOD_PATTERN, read_interval, read_period
from pledges.errors import Exit, NotADate
from pledges.render import Format
from pledges.view.answer import Document, LedgerDocument
from pledges.view.json_schema import ledger_schema
from pledges.view.pledge_columns import FIELDS
from program import Ended
from samples import SMALL_PLAN
from schemas import check_json

ROOT: Final = SHIPPED.parent
FILE: Final = ROOT / "docs" / "ledger.schema.json"
FAULTS: Final = ROOT / "tests" / "cases" / "faults"
TAPLO: Final = shutil.which("taplo", path=str(Path(sys.executable).parent)) or shutil.which("taplo")
VALIDATOR: Final = Draft202012Validator(ledger_schema(), validate_formats=True)

SOUND: Final = {
    name: text
    for name, text in vars(samples).items()
    if isinstance(text, str) and name.isupper() and "[[pledge]]" in text
}
"""The sample ledgers of all tests, by their names."""

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


@pytest.mark.parametrize(
    "text", [SHIPPED.read_text("utf-8"), *SOUND.values()], ids=["shipped", *SOUND]
)
def test_sound_ledgers(text: str) -> None:
    """Nothing is marked in a ledger that the program reads."""
    assert marks(text) == []


def test_misspelt_keys() -> None:
    """An editor marks ``statsu``, and nothing in a key that begins as those of people's own do."""
    own = 'x-title = "Own"\nx_note = { of = "us" }\n'
    update = '\n[[pledge.update]]\ndate = 2026-11-01\n{} = "done"\n'
    assert marks(SMALL_PLAN + own) == []
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


def test_every_answer_has_a_schema() -> None:
    """``--of`` knows every command that answers in JSON, and every document that there is."""
    assert set(ANSWERS) == {*COMMANDS, OVERVIEW, "error"} - {"schema", "completion"}
    kinds = {kind for of in ANSWERS for kind in answer_kinds(of)}
    documents = {*Document.__subclasses__(), *LedgerDocument.__subclasses__()}
    assert documents - {LedgerDocument} <= kinds


@pytest.mark.parametrize("of", ANSWERS)
def test_schemas_are_schemas(of: str, desk: Desk) -> None:
    """Each schema is one, of the whole answer and of a line, and no key is left undeclared."""
    for more in ([], ["--line"]):
        code, out, err = desk("schema", "--of", of, *more)
        assert (code, err) == (0, "")
        schema = json.loads(out)
        meta.validate(schema)
        closed = [x for x in schema["$defs"].values() if x.get("additionalProperties") is False]
        assert [x for x in schema["$defs"].values() if "properties" in x] == closed


@pytest.mark.parametrize("name", SOUND)
def test_all_answers(name: str, desk: Desk) -> None:
    """What reading commands answer is as their schemas say."""
    desk.text = SOUND[name]
    for command, form in product((*READING, *OTHERS), (Format.JSON, Format.NDJSON)):
        ids = re.findall(r'^id = "(.*)"', desk.text, re.MULTILINE) if command == "show" else []
        code, out, _ = desk(command, *ids, "--format", form, "--as-of", "2027-01-31")
        assert code == 0
        check_json([command], Ended(0, out, ""))


def test_all_columns(desk: Desk) -> None:
    """Each column that can be asked for is declared, with what it has for any pledge."""
    desk.text = SHIPPED.read_text("utf-8")
    desk("list", "--format", "json", "--columns", ",".join(FIELDS))
    _, out, _ = desk("schema", "--of", "list")
    assert list(json.loads(out)["$defs"]["ColumnRecord"]["properties"]) == [*FIELDS]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('"title": ', '"titel": '),
        ('"kind": "pledge-list"', '"kind": "list"'),
        ('"standing": "due-soon"', '"standing": "soon"'),
        ('"due": "2026-12-31"', '"due": "31 Dec 2026"'),
        ('"days_left": 39', '"days_left": "39"'),
        ('"slip_days": null,', ""),
        ('"stale": false', '"stale": null'),
    ],
)
def test_a_wrong_answer_is_noticed(old: str, new: str, desk: Desk) -> None:
    """A key or value that is not as declared is an error, so that the tests above can fail."""
    code, out, _ = desk("list", "--format", "json")
    assert old in out
    with pytest.raises(AssertionError, match=r"^list: "):
        check_json(["list"], Ended(code, out.replace(old, new), ""))


def test_an_error_is_held_against_its_schema(desk: Desk) -> None:
    """An error in JSON is as declared, and a wrong one is noticed."""
    desk.text = SMALL_PLAN.replace("title", "titel")
    code, out, err = desk("list", "--format", "json")
    assert (code, out) == (Exit.FAULTS, "")
    with pytest.raises(AssertionError, match=r"^list: "):
        check_json(["list"], Ended(code, out, err.replace('"line":', '"row":')))


REFUSED: Final = {
    "schema --of lst": ("there is no answer 'lst'", "did you mean list?"),
    "schema --of List --line --of show": (
        "--of is given twice",
        "it takes one value: give only one",
    ),
    "schema --line": ("--line needs --of", "for example --of list"),
    "schema --force": ("--force needs --output", "give the file to overwrite with --output"),
    "schema -o ''": ("--output has no file name", "for example --output list.csv"),
    "schema ECO-01": ("'ECO-01' is not expected here", "for its options: pledges schema --help"),
}


@pytest.mark.parametrize("line", REFUSED)
def test_refused(line: str, desk: Desk) -> None:
    """What can't be meant is refused, with what to do."""
    message, hint = REFUSED[line]
    told = f"pledges: error: {message}\n  = hint: {hint}\n"
    assert desk.line(line) == (Exit.USAGE, "", told)


def test_files(desk: Desk) -> None:
    """A file is written whole, never over another one unasked, and never over the ledger."""
    before = desk.stamp
    line = "For editors, begin the ledger with this line: #:schema ./my.schema.json\n"
    assert desk.line("schema -o my.schema.json") == (0, "", line)
    assert (desk.folder / "my.schema.json").read_text("utf-8") == desk("schema").out
    exists = "pledges: error: my.schema.json exists\n  = hint: --force overwrites it\n"
    assert desk.line("schema --of due -o my.schema.json -f").code == Exit.USAGE
    assert json.loads(desk.line("schema --of due -o my.schema.json").err)["message"] in exists
    assert desk.line("schema --of due -o my.schema.json --force") == (0, "", "")
    assert (desk.folder / "my.schema.json").read_text("utf-8") == desk.line("schema --of due").out
    is_ledger = "pledges: error: commitments.toml is the ledger\n"
    assert desk.line("schema -o commitments.toml --force").err.startswith(is_ledger)
    assert desk.stamp == before


def test_the_line_leads_from_the_ledger_to_the_schema(desk: Desk) -> None:
    """The line names the file as seen from the ledger, which may be in a folder above."""
    desk.folder = desk.folder / "sub"
    desk.folder.mkdir()
    line = "For editors, begin the ledger with this line: #:schema ./sub/x%20y.json\n"
    assert desk("schema", "-o", "x y.json") == (0, "", line)
    assert desk("schema", "-o", "x y.json", "--force", "-q") == (0, "", "")


def test_without_a_ledger(desk: Desk) -> None:
    """The schema needs no ledger, and none that is sound."""
    sound = desk("schema")
    desk.text = "= broken"
    assert desk("schema") == sound
    desk.path.unlink()
    assert desk("schema") == sound
