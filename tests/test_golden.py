"""Whole answers of the shipped ledger on one day, as someone will be sent them.

After a wanted change, ``UPDATE_GOLDEN=1 pytest tests/test_golden.py`` writes them anew; read each
page before committing it.
"""

import os
import re
from pathlib import Path

import pytest

from build import SHIPPED
from desk import Desk
from picture import WIDTH, picture

GOLDEN = Path(__file__).parent / "golden"

MONTHS = "(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)"
SCREEN = ("--format", "terminal", "--color", "never", "--width")
PAGES = {
    "overview.80.txt": (*SCREEN, "80"),
    "progress.45.txt": ("progress", *SCREEN, "45"),
    "progress.60.txt": ("progress", *SCREEN, "60"),
    "progress.80.txt": ("progress", *SCREEN, "80"),
    "progress.100.txt": ("progress", *SCREEN, "100"),
    "progress.160.txt": ("progress", *SCREEN, "160"),
    "progress-all.100.txt": ("progress", "--all", *SCREEN, "100"),
    "progress-party.100.txt": ("progress", "--group", "party", *SCREEN, "100"),
    "progress.txt": ("progress", "--format", "text"),
    "progress.html": ("progress", "--format", "html"),
    "progress.md": ("progress", "--format", "md"),
    "progress.json": ("progress", "--format", "json"),
    "list.80.txt": ("list", *SCREEN, "80"),
    "list.txt": ("list", "--format", "text"),
    "list-by-standing.txt": ("list", "--group", "standing", "--format", "text"),
    "list.csv": ("list", "--format", "csv"),
    "list.tsv": ("list", "--format", "tsv"),
    "list.ndjson": ("list", "--format", "ndjson"),
    "show-ECO-02.80.txt": ("show", "ECO-02", *SCREEN, "80"),
    "show-ECO-02.json": ("show", "ECO-02", "--format", "json"),
    "show-several.txt": ("show", "SEC-04", "FRW-01", "--format", "text"),
    "due.80.txt": ("due", *SCREEN, "80"),
    "due.txt": ("due", "--within", "2y", "--format", "text"),
    "due.csv": ("due", "--format", "csv"),
    "timeline.60.txt": ("timeline", *SCREEN, "60"),
    "timeline.80.txt": ("timeline", *SCREEN, "80"),
    "timeline.100.txt": ("timeline", *SCREEN, "100"),
    "timeline.160.txt": ("timeline", *SCREEN, "160"),
    "timeline-quarters.80.txt": ("timeline", "--by", "quarter", *SCREEN, "80"),
    "timeline-SEC.80.txt": ("timeline", "--pillar", "security", *SCREEN, "80"),
    "timeline.txt": ("timeline", "--format", "text"),
    "timeline.html": ("timeline", "--format", "html"),
    "timeline.md": ("timeline", "--format", "md"),
    "timeline.csv": ("timeline", "--format", "csv"),
    "timeline-SEC-04.json": ("timeline", "SEC-04", "--format", "json"),
    "log.60.txt": ("log", *SCREEN, "60"),
    "log.80.txt": ("log", *SCREEN, "80"),
    "log.100.txt": ("log", *SCREEN, "100"),
    "log.160.txt": ("log", *SCREEN, "160"),
    "log-ECO-02.80.txt": ("log", "ECO-02", *SCREEN, "80"),
    "log.txt": ("log", "--format", "text"),
    "log.md": ("log", "--since", "2026", "--format", "md"),
    "log.json": ("log", "--since", "2026", "--format", "json"),
    "log.ndjson": ("log", "--since", "2026", "--format", "ndjson"),
    "log.csv": ("log", "--format", "csv"),
    "log.tsv": ("log", "--format", "tsv"),
    "overview.json": ("--format", "json"),
}


@pytest.fixture
def shipped_desk(tmp_path: Path) -> Desk:
    """A desk with the shipped ledger."""
    return Desk(tmp_path, SHIPPED.read_text(encoding="utf-8"))


def printed(desk: Desk, args: tuple[str, ...]) -> str:
    """What the program prints, without a word on standard error."""
    code, out, err = desk(*args)
    assert (code, err) == (0, "")
    return out


def check(name: str, text: str) -> None:
    """Compare a page with the one kept, byte for byte."""
    path = GOLDEN / name
    if os.environ.get("UPDATE_GOLDEN"):
        path.write_bytes(text.encode())
    assert text == path.read_bytes().decode()


@pytest.mark.parametrize("name", PAGES)
def test_page(name: str, shipped_desk: Desk) -> None:
    """A whole page of the shipped ledger is what was read and approved."""
    check(name, printed(shipped_desk, PAGES[name]))


@pytest.mark.parametrize("command", [("show", "ECO-02"), ("progress", "--all"), ("due",)])
def test_dates_are_kept_together(command: tuple[str, ...], shipped_desk: Desk) -> None:
    """No line of a terminal's page ends inside a date or a number of days, at any width."""
    for width in range(60, 161, 4):
        page = printed(shipped_desk, (*command, *SCREEN, str(width)))
        assert not re.search(rf"\d\n *(?:{MONTHS} \d{{4}}|days?\b)|{MONTHS}\n *\d{{4}}", page)


def test_picture(shipped_desk: Desk) -> None:
    """The picture in README is what the program shows on a terminal."""
    screen = ("--format", "terminal", "--color", "always", "--width", str(WIDTH))
    check("progress.svg", picture(printed(shipped_desk, ("progress", *screen))))
