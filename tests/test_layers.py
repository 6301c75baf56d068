"""The rooms of the house: which may import which, and what is imported only where it is used."""

import ast
import re
from functools import cache
from pathlib import Path

import pytest

SOURCE = Path(__file__).parent.parent / "src" / "pledges"

BELOW = {
    "__init__": set(),
    "__main__": {"cli"},
    "cli": {"__init__", "commands", "render", "streams", "errors", "own_commands"},
    "commands": {
        *("commands", "render", "view", "domain", "ledger"),
        *("streams", "errors", "clean", "cell_width", "own_commands"),
    },
    "render": {"render", "view", "domain", "errors", "clean", "cell_width"},
    "view": {"view", "domain", "errors", "clean", "cell_width", "own_commands"},
    "ledger": {"ledger", "domain", "streams", "errors", "clean"},
    "domain": {"domain", "errors"},
    "streams": {"errors", "clean"},
    "errors": {"slips"},
    "own_commands": {"errors", "clean"},
    "slips": set(),
    "cell_width": {"clean"},
    "clean": set(),
}
"""What each room may import."""

ONLY_IN = {
    "typer": ("cli.py", "commands/"),
    "rich": (
        "render/terminal.py",
        "render/terminal_tables.py",
        "render/wrapped_text.py",
        "cell_width.py",
    ),
    "rtoml": ("ledger/",),
    "tomli_w": ("ledger/",),
    "filelock": ("ledger/",),
    "icalendar": ("render/ics.py",),
    "openpyxl": ("ledger/importing/workbooks.py", "render/xlsx.py", "render/form_workbook.py"),
    "platformdirs": ("ledger/",),
}
"""The libraries that only some places may import."""


def files() -> list[Path]:
    """Every file of the program."""
    return sorted(SOURCE.rglob("*.py"))


@cache
def imported(file: Path) -> list[str]:
    """The modules that a file imports, inside functions too."""
    found: list[str] = []
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom):
            found.append(node.module or "")
        elif isinstance(node, ast.Import):
            found += [name.name for name in node.names]
    return found


def room(module: str) -> str:
    """The room that a module of ours is in."""
    return [*module.split("."), "__init__"][1]


@pytest.mark.parametrize("file", files(), ids=lambda file: str(file.relative_to(SOURCE)))
def test_imports_point_one_way(file: Path) -> None:
    """No room imports one above it."""
    here = file.relative_to(SOURCE).parts[0].removesuffix(".py")
    ours = {room(name) for name in imported(file) if name.split(".")[0] == "pledges"}
    assert ours <= BELOW[here]


@pytest.mark.parametrize("library", ONLY_IN)
def test_a_library_stays_in_its_place(library: str) -> None:
    """A library is imported only where it is meant to be."""
    users = {
        str(file.relative_to(SOURCE).as_posix())
        for file in files()
        if library in {name.split(".")[0] for name in imported(file)}
    }
    assert users
    assert all(user.startswith(ONLY_IN[library]) for user in users)


def test_the_clock_is_read_in_one_place() -> None:
    """Only the session asks what day it is."""
    asks = (".now(", ".today(")
    users = [
        file.name
        for file in files()
        if any(ask in file.read_text(encoding="utf-8") for ask in asks)
    ]
    assert users == ["_session.py"]


def test_standard_error_is_written_in_one_place() -> None:
    """Only ``notify`` writes to standard error; what Typer asks there is cleaned by hand."""
    writers, questions = [], []
    for file in files():
        for line in file.read_text(encoding="utf-8").splitlines():
            if "stderr.write" in line or "file=sys.stderr" in line:
                writers.append(file.name)
            if "err=True" in line:
                questions.append(line)
    assert writers == ["streams.py"]
    assert questions
    assert all("(clean(" in line for line in questions)


def test_one_name_stands_for_one_thing() -> None:
    """No two classes, and no two modules, share a name; what one is searched by finds it alone."""
    places: dict[tuple[str, str], list[str]] = {}
    for file in files():
        places.setdefault(("module", file.stem), []).append(str(file))
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ClassDef):
                places.setdefault(("class", node.name), []).append(str(file))
    del places["module", "__init__"]
    assert [each for each in places.values() if len(each) > 1] == []


def test_the_page_about_the_rooms_names_what_is_there() -> None:
    """Each file that ``docs/layout.md`` names exists, but for those that it tells how to add."""
    page = (SOURCE.parent.parent / "docs" / "layout.md").read_text(encoding="utf-8")
    named = set(re.findall(r"`([\w/]+\.py)`", page))
    paths = [f"/{file.as_posix()}" for file in (*files(), *Path(__file__).parent.glob("*.py"))]
    there = {name for name in named if any(path.endswith(f"/{name}") for path in paths)}
    assert named - there == {"render/org.py", "commands/remind.py", "view/remind_page.py"}
