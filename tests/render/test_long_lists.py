"""A list of more rows than Rich can draw in time looks as a shorter one does."""

from pathlib import Path

import pytest

from desk import Desk
from pledges.render.terminal_tables import LONGEST_PAGE
from samples import ledger_text, pledge_table

TITLES = ("A long title of a pledge that has to wrap somewhere", "Mở khu công nghiệp 工业园")


def page(tmp_path: Path, pledges: int, *options: str) -> list[str]:
    """The lines of a list of so many pledges, without the spaces at their ends."""
    tables = [
        pledge_table(f"ECO-{at:04}", TITLES[at % 2], due=f"{2026 + at % 5}", owed_by=["VN"])
        for at in range(pledges)
    ]
    code, out, err = Desk(tmp_path, ledger_text(*tables))("list", *options)
    assert (code, err) == (0, "")
    return out.splitlines()


@pytest.mark.parametrize("width", [60, 80, 160])
def test_columns_are_kept(tmp_path: Path, width: int) -> None:
    """One row more than Rich draws, and every line is where it was."""
    options = ("--width", str(width), "--color", "never")
    short = page(tmp_path, LONGEST_PAGE, *options)
    long = page(tmp_path, LONGEST_PAGE + 1, *options)
    assert long[: len(short)] == short
    assert long[len(short)].startswith(f"ECO-{LONGEST_PAGE:04}")


def test_colours_are_kept(tmp_path: Path) -> None:
    """Long lists have the colours of short ones."""
    out = "\n".join(page(tmp_path, LONGEST_PAGE + 1, "--width", "100", "--color", "always"))
    assert "\x1b[2mId\x1b[0m" in out
    assert "\x1b[33mdue soon\x1b[0m" in out
