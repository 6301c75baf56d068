"""A field that is added to the model: one line, and every command has it."""

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Final

import pledges
from samples import PARTS

LINE: Final = """\
    budget: Annotated[Text | None, Meta(title="Budget", description="What it costs.")] = None
"""
ASK: Final = """
import sys
from pledges.cli import main
for line in sys.stdin.read().splitlines():
    assert main(line.split()) == 0
"""


def with_field(folder: Path) -> Path:
    """A copy of the program whose pledges have a budget."""
    copy = folder / "pledges"
    shutil.copytree(Path(pledges.__file__).parent, copy)
    model = copy / "domain" / "pledge.py"
    before, claims, after = model.read_text("utf-8").partition("    claims: tuple[Claim, ...]")
    model.write_text(f"{before}{LINE}{claims}{after}", "utf-8")
    return folder


def told(folder: Path, *commands: str) -> str:
    """What the program with the field says to some commands."""
    environment = {**os.environ, "PYTHONPATH": str(with_field(folder)), "COLUMNS": "80"}
    state = {"XDG_STATE_HOME": str(folder), "LOCALAPPDATA": str(folder)}
    run = subprocess.run(
        [sys.executable, "-c", ASK],
        input="\n".join(commands),
        cwd=folder,
        env={**environment, **state},
        capture_output=True,
        text=True,
        check=False,
    )
    assert not run.returncode, run.stderr
    return run.stdout


def test_one_line(tmp_path: Path) -> None:
    """A field of a pledge is an option, a column of every format and of a sheet, and a row."""
    (tmp_path / "commitments.toml").write_text(PARTS["head"], "utf-8")
    (tmp_path / "sheet.csv").write_text("id,title,pillar,Budget\nECO-02,Y,economy,5m\n", "utf-8")
    out = told(
        tmp_path,
        "add --help",
        "add --title X --pillar economy --budget 2m",
        "import sheet.csv",
        "list --columns id,budget --format csv",
        "list ECO-02 --format json",
        "show ECO-01 --format text",
    )
    assert "  --budget TEXT            What it costs.\n" in out
    assert "id,budget\nECO-01,2m\nECO-02,5m\n" in out
    assert '"budget": "5m"' in out
    assert "\nBudget    2m\n" in out
    assert 'budget = "2m"\n' in (tmp_path / "commitments.toml").read_text("utf-8")
