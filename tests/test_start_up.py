"""What is imported to answer: nothing that the command at hand does not use."""

import sys

import pytest

from build import SHIPPED
from desk import Desk
from pledges.cli import COMMANDS, MODULE_NAMES, UNLISTED

pytestmark = pytest.mark.slow

ASK = """
import sys
from pledges.cli import main
assert main(sys.argv[1:]) == 0
print(*sys.modules, file=sys.stderr)
"""

NEVER = {
    "importlib.metadata",
    "pydantic",
    "asyncio",
    "http",
    "sqlite3",
    "pledges.ledger.reading.faults",
}
FAULTS = {
    "pledges.ledger.text.syntax_errors",
    "pledges.ledger.text.scan",
    "pledges.ledger.reading.wrong_records",
}
WRITING = {
    "pledges.ledger.storage.store",
    "pledges.ledger.editing.amend",
    "tomli_w",
    "platformdirs",
}
MODULES = {f"pledges.commands.{MODULE_NAMES.get(name, name)}" for name in (*COMMANDS, *UNLISTED)}


def modules(desk: Desk, *args: str, **environment: str) -> set[str]:
    """The modules that are loaded once the program has answered about the shipped ledger."""
    desk.text = SHIPPED.read_text(encoding="utf-8")
    code, _, err = desk.command(sys.executable, "-c", ASK, *args, **environment)
    assert not code, err
    return set(err.split())


@pytest.mark.parametrize(
    ("args", "unused"),
    [
        (("--version",), {"rtoml", "rich", "msgspec", "pledges.domain", "pledges.ledger"}),
        (("list", "--format", "json"), {"rich", "rich.console", "csv"}),
        (("list", "--format", "text"), {"rich.console", "pledges.render.json", "csv"}),
        (("list", "--format", "csv"), {"rich.console", "pledges.render.json"}),
        (("progress", "--format", "md"), {"rich.console", "csv"}),
        (("progress", "--format", "terminal"), {"rich.live", "rich.markdown", "rich.traceback"}),
        (("show", "ECO-02", "--format", "json"), {"rich", "csv"}),
        (("report", "ECO-02", "--format", "text"), {"rich", "email", "csv"}),
        (("report", "ECO-02", "--format", "html"), {"rich", "email", "csv"}),
        (("report", "ECO-02", "--format", "eml"), {"rich", "csv"}),
    ],
)
def test_nothing_is_loaded_in_vain(args: tuple[str, ...], unused: set[str], desk: Desk) -> None:
    """An answer loads no format, no library and no command but its own."""
    loaded = modules(desk, *args)
    others = MODULES - {f"pledges.commands.{args[0]}"}
    assert not loaded & (unused | NEVER | FAULTS | WRITING | others)


def test_a_write_loads_what_it_needs(desk: Desk) -> None:
    """An update loads no editor, no drawing, no other format, and no walk through all faults."""
    loaded = modules(desk, "update", "ECO-02", "--note", "Read.")
    unused = {"rich", "csv", "filelock"} | FAULTS - {"pledges.ledger.text.scan"}
    assert {"pledges.ledger.storage.store", "tomli_w"} <= loaded
    assert not loaded & (unused | NEVER | (MODULES - {"pledges.commands.update"}))


@pytest.mark.parametrize(
    ("line", "unused"),
    [
        ("pledges sh", {"msgspec", "rtoml", "pledges.domain", "pledges.view", "pledges.render"}),
        ("pledges show ", {"pledges.render.json", "pledges.ledger.editing"}),
        ("pledges list --status c", {"rtoml", "pledges.ledger.reading.decode"}),
        ("pledges list --", {"rtoml", "pledges.ledger.reading.decode"}),
        ("pledges report --pillar e", {"pledges.render.html", "pledges.ledger.editing"}),
    ],
)
def test_a_completion_loads_what_it_needs(line: str, unused: set[str], desk: Desk) -> None:
    """A shell is answered without any format, and without the ledger if no word is in it."""
    asked = {"_PLEDGES_COMPLETE": "complete_zsh", "_TYPER_COMPLETE_ARGS": line}
    loaded = modules(desk, **asked)
    others = MODULES - {f"pledges.commands.{line.split()[1]}"}
    assert not loaded & (unused | {"rich", "csv", "openpyxl"} | NEVER | FAULTS | WRITING | others)
