"""``set``, ``correct`` and ``remove`` for scripts: what changed in the ledger, old and new."""

import json
from typing import Any, Final

import pytest

from desk import Desk

UPDATE: Final[dict[str, object]] = {
    "period": None,
    "due": None,
    "why": None,
    "by": None,
    "source": [],
    "seen": False,
}


def changes(desk: Desk, argv: str) -> list[dict[str, Any]]:
    """What a command says that it changed in the one pledge that it is about."""
    code, out, _ = desk.line(f"{argv} --format json")
    assert code == 0
    (record,) = json.loads(out)["pledges"]
    found: list[dict[str, Any]] = record["changes"]
    return found


@pytest.mark.parametrize(
    ("argv", "expected"),
    [
        ("set ECO-01 --lead MPI", [("lead", [], ["MPI"])]),
        ("set ECO-01 --due 2027", [("due", "2026-12-31", "2027")]),
        ("set ECO-01 --clear due", [("due", "2026-12-31", None)]),
        ("set ECO-02 --target 12 --clear baseline-date", [
            ("measure.baseline_date", "2025-01-01", None),
            ("measure.target", 10, 12),
        ]),
        ("set ECO-02 --id ECO-20", [("id", "ECO-02", "ECO-20")]),
        ("set ECO-02 --internal 'Not for others.'", []),
        ("correct ECO-02 1 --value 2 --by Minh", [
            ("update.1.value", 1, 2),
            ("update.1.by", None, "Minh"),
        ]),
        ("correct ECO-02 --ask 2 --clear ask-by", [("ask.2.by", "2026-12-01", None)]),
        ("remove ECO-02 1", [
            ("update.1", {"date": "2026-09-01", "status": "in-progress", "value": 1, "note": None,
                          **UPDATE}, None),
        ]),
        ("update ECO-01 --note x", [
            ("update.2", None, {"date": "2026-11-22", "status": None, "value": None, "note": "x",
                                **UPDATE}),
        ]),
    ],
)  # fmt: skip
def test_changes(desk: Desk, argv: str, expected: list[tuple[str, object, object]]) -> None:
    """Each term or entry that differs is named by its key, with its old and its new value."""
    found = changes(desk, f"{argv} --yes")
    assert found == [{"key": key, "old": old, "new": new} for key, old, new in expected]


def test_removed(desk: Desk) -> None:
    """A pledge that was removed is named by its id."""
    document = json.loads(desk.line("remove PPL-02 --yes --format json").out)
    assert (document["count"], document["pledges"], document["removed"]) == (0, [], ["PPL-02"])


def test_internal_note_stays_in_the_ledger(desk: Desk) -> None:
    """That an internal note changed is said, and not what it says."""
    code, out, _ = desk.line("set ECO-02 --internal 'Not for others.'")
    assert (code, out) == (0, "ECO-02  internal  changed\n")
