"""``schema``: what scripts can rely on in each answer, and where the schema goes."""

import json
import re
from importlib import import_module
from itertools import product
from pkgutil import walk_packages
from typing import Final

import pytest
from jsonschema_rs import meta

import pledges.view
from build import SHIPPED
from desk import Desk
from everything import OTHERS, READING, options
from pledges.cli import COMMANDS
from pledges.commands.schema import ANSWERS, answer_kinds
from pledges.errors import Exit
from pledges.own_commands import OVERVIEW
from pledges.render import Format
from pledges.view.answer import Document, LedgerDocument
from pledges.view.pledge_columns import FIELDS
from program import Ended
from samples import SMALL_PLAN
from schemas import SOUND, check_json


def test_every_answer_has_a_schema() -> None:
    """``--of`` knows every command that answers in JSON, and every document that there is."""
    names = ((name, each.opts) for name in (*COMMANDS, OVERVIEW) for each in options(name))
    answering = {name for name, flags in names if "--format" in flags}
    assert set(ANSWERS) == {*answering, "error"}
    for module in walk_packages(pledges.view.__path__, "pledges.view."):
        import_module(module.name)
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
    assert desk.line("schema --of due -o my.schema.json").err == exists
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
    above = "For editors, begin the ledger with this line: #:schema ../x.json\n"
    assert desk("schema", "-o", "../../x.json") == (0, "", above)
    assert desk("schema", "-o", "-") == desk("schema")


def test_without_a_ledger(desk: Desk) -> None:
    """The schema needs no ledger, and none that is sound."""
    sound = desk("schema")
    desk.text = "= broken"
    assert desk("schema") == sound
    desk.path.unlink()
    assert desk("schema") == sound
