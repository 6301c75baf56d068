"""The man pages: the same text as the help, in files that are installed with the program."""

import os
import shutil
import subprocess
import tomllib
from pathlib import Path
from typing import Final

import pytest

from pledges.cli import COMMANDS
from pledges.commands._topics import topics
from pledges.render.man import man_text
from test_help import HELPS, LIBRARY

ROOT: Final = Path(__file__).parent.parent
FOLDER: Final = ROOT / "docs" / "man"
FILE_FORMATS: Final = ("ledger",)  # which section 5 is about
UPDATE: Final = "UPDATE_GOLDEN" in os.environ


def section_of(name: str) -> int:
    """The section that the man page of a command or topic is in."""
    return 1 if name in COMMANDS else 5 if name in FILE_FORMATS else 7


def reference(name: str) -> str:
    """The man page of a command or topic, as others name it."""
    return f"pledges-{name}({section_of(name)})"


def man_pages() -> dict[str, str]:
    """The man pages, by the paths of their files."""
    names = sorted({*COMMANDS, *topics()})
    root = man_text(LIBRARY.program_page(), "pledges", 1, [reference(each) for each in names])
    pages = {"man1/pledges.1": root}
    for name in names:
        section = section_of(name)
        said = HELPS[name].topics if name in HELPS else ()
        others = ["pledges(1)", *(reference(each) for each in said if each != name)]
        text = man_text(LIBRARY.page(name), f"pledges-{name}", section, others)
        pages[f"man{section}/pledges-{name}.{section}"] = text
    return pages


PAGES: Final = man_pages()


@pytest.mark.parametrize("path", PAGES)
def test_files(path: str) -> None:
    """The file of each man page is what the text makes; ``UPDATE_GOLDEN=1`` writes it again."""
    file = FOLDER / path
    if UPDATE:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(PAGES[path], encoding="utf-8", newline="\n")
    assert file.read_text(encoding="utf-8") == PAGES[path]


def test_no_file_is_left_over() -> None:
    """There is no man page of a command or topic that is gone."""
    assert {each.relative_to(FOLDER).as_posix() for each in FOLDER.rglob("*.?")} == {*PAGES}


def test_lint(tmp_path: Path) -> None:
    """Mandoc finds nothing wrong with any of them."""
    mandoc = shutil.which("mandoc")
    if not mandoc:
        pytest.skip("this system has no mandoc")
    files = sorted(str(each) for each in FOLDER.rglob("*.?"))
    done = subprocess.run(
        [mandoc, "-T", "lint", "-W", "warning", *files],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_they_are_installed() -> None:
    """The package takes the folder of each section to where ``man`` looks for it."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    shared = project["tool"]["hatch"]["build"]["targets"]["wheel"]["shared-data"]
    folders = {each.partition("/")[0] for each in PAGES}
    assert shared == {f"docs/man/{each}": f"share/man/{each}" for each in sorted(folders)}
