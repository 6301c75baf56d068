"""Findings as lines and columns of the user's file."""

import pytest

from pledges.ledger.text.finding import Finding, Path, Positions
from pledges.ledger.text.scan import scan


@pytest.mark.parametrize(
    ("text", "path", "place"),
    [
        ("a = 1\nb = 2\n", ("b",), (2, 5)),
        ("\ufeffa = 1\n", ("a",), (1, 5)),
        ("\ufeffa = 1\nb = 2\n", ("b",), (2, 5)),
        ("a = 1\r\nb = 2\r\n", ("b",), (2, 5)),
        ('"đầu mối" = 1\n', ("đầu mối",), (1, 13)),
        ("a = [\n  1,\n  2,\n]\n", ("a", 1), (3, 3)),
        ("[[a]]\nb = 1\n[[a]]\n", ("a", 1, "c"), (3, 3)),
        ("[[a]]\nb = 1\n", ("a",), (1, 3)),
        ("a = { b = 1 }\n", ("a", "c"), (1, 1)),
        ("a = 1\n", ("b",), (1, 1)),
        ("", ("b",), (1, 1)),
    ],
)
def test_a_finding_is_placed(text: str, path: Path, place: tuple[int, int]) -> None:
    """A value is told at its line and column, and a missing one at what it should be in."""
    fault = Positions(text, scan(text).positions, "x.toml").fault(Finding("code", path, "message"))
    assert (fault.line, fault.column) == place
    assert fault.width >= 1
    assert fault.text == text.removeprefix("\ufeff").split("\n")[place[0] - 1].rstrip("\r")
