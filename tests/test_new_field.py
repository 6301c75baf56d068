"""A field that is added to the model: one line, and every command has it."""

import shutil
import sys
from pathlib import Path
from typing import Final

import pledges
from desk import Desk
from samples import PARTS

LINE: Final = """\
    budget: Annotated[Text | None, Meta(title="Budget", description="What it costs.")] = None
"""
ASK: Final = """
import sys
from pledges.cli import main
for line in sys.argv[1:]:
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


def told(desk: Desk, *commands: str) -> str:
    """What the program with the field says to some commands."""
    environment = {"PYTHONPATH": str(with_field(desk.place)), "COLUMNS": "80"}
    code, out, err = desk.command(sys.executable, "-c", ASK, *commands, **environment)
    assert not code, err
    return out.replace("\r\n", "\n")


def test_one_line(desk: Desk) -> None:
    """A field of a pledge is an option, a column of every format and of a sheet, and a row."""
    desk.text = PARTS["head"]
    (desk.folder / "sheet.csv").write_text("id,title,pillar,Budget\nECO-02,Y,economy,5m\n", "utf-8")
    out = told(
        desk,
        "add --help",
        "add --title X --pillar economy --budget 2m",
        "import sheet.csv",
        "list --columns id,budget --format csv",
        "list ECO-02 --format json",
        "show ECO-01 --format text",
        "schema",
    )
    assert "  --budget TEXT       What it costs.\n" in out
    assert "id,budget\nECO-01,2m\nECO-02,5m\n" in out
    assert '"budget": "5m"' in out
    assert (
        '"budget": {\n          "title": "Budget",\n          "description": "What it costs.' in out
    )
    assert "\nBudget    2m\n" in out
    assert 'budget = "2m"\n' in desk.text
