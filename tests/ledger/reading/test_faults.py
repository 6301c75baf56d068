"""Broken ledgers as people write them, each with every word that the program says about it.

A case is a small ledger ``cases/faults/NAME.toml`` with the text of standard error beside it, in
``NAME.txt``.  Those called ``only-...`` are about what one slip must not cause besides.  After a
wanted change, ``UPDATE_GOLDEN=1 pytest`` of this file writes the texts again; read each of them.
"""

import os
import shutil
import sys
from pathlib import Path

import pytest

from desk import Desk
from pledges.errors import Exit

FAULTS = Path(__file__).parents[2] / "cases" / "faults"
CASES = sorted(path.stem for path in FAULTS.glob("*.toml"))


@pytest.mark.parametrize("name", CASES)
@pytest.mark.slow
def test_a_broken_ledger_is_told_whole(name: str, desk: Desk) -> None:
    """Every fault is told once, at its place, with what to do; nothing is printed as an answer."""
    shutil.copy(FAULTS / f"{name}.toml", desk.folder)
    code, out, err = desk("list", "--ledger", f"{name}.toml")
    if os.environ.get("UPDATE_GOLDEN"):
        (FAULTS / f"{name}.txt").write_text(err, encoding="utf-8")
    assert err == (FAULTS / f"{name}.txt").read_text(encoding="utf-8")
    assert (code, out) == (Exit.FAULTS, "")


def test_every_message_has_its_ledger() -> None:
    """There is no expected text without the broken ledger that it is about."""
    assert sorted(path.stem for path in FAULTS.glob("*.txt")) == CASES


TELL_ALL = """
import sys
from pledges.cli import main
for name in sys.argv[1:]:
    main(["list", "--ledger", f"{name}.toml"])
"""


def test_faults_keep_their_order(desk: Desk) -> None:
    """Faults are told in one order on every run, also those of one place."""
    names = ("missing-all-of-a-pledge", "title-above-plan", "eight-at-once")
    desk.folder = FAULTS
    told = {
        desk.command(sys.executable, "-c", TELL_ALL, *names, PYTHONHASHSEED=str(seed))
        for seed in range(1, 9)
    }
    ((code, _, only),) = told
    assert code == 0
    assert all(f"{name}.toml" in only for name in names)
