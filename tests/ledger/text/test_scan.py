"""The positions of keys and values in a text, and that a scan reads TOML as rtoml does."""

from datetime import date, datetime, time
from typing import Any

import pytest
import rtoml
import tomli_w
from hypothesis import given
from hypothesis import strategies as st

from build import SHIPPED
from pledges.ledger.text.finding import KeyPosition, Path
from pledges.ledger.text.scan import Scan, scan

LEDGER = '''# The plan
[plan] # its title
title = "Plan" # of Action
"warn days"=60
short = """
Of "two"
lines""" # and no more

[parties.'no.1']
name = 'C:\\plans'

[[pledge]]
id = "A"
due = 2026-12-31
at = 2026-12-31 17:00:00
owed_by = [
  "VN", # both
  "S]G",
]
measure = { unit = "#", range = [1, -2.5e3], "to do" = { done = true } }
team.lead = "MOIT"

  [[ pledge . update ]]
  date = 2026-01-12

  [[pledge.update]]
  note = \'\'\'a '' b\'\'\'

[[pledge]]
id = "B"

[pledge.measure]
unit = ""

[[pledge.update]]
date = 2026-02-10'''

KEYS: dict[Path, str] = {
    ("plan",): "plan",
    ("plan", "title"): "title",
    ("plan", "warn days"): '"warn days"',
    ("parties", "no.1"): "parties.'no.1'",
    ("parties", "no.1", "name"): "name",
    ("pledge", 0): "pledge",
    ("pledge", 0, "measure", "to do"): '"to do"',
    ("pledge", 0, "measure", "to do", "done"): "done",
    ("pledge", 0, "team", "lead"): "team.lead",
    ("pledge", 0, "update", 0): "pledge . update",
    ("pledge", 0, "update", 1, "note"): "note",
    ("pledge", 1, "measure"): "pledge.measure",
    ("pledge", 1, "update", 0): "pledge.update",
}
VALUES: dict[Path, str] = {
    ("plan", "title"): '"Plan"',
    ("plan", "warn days"): "60",
    ("plan", "short"): '"""\nOf "two"\nlines"""',
    ("parties", "no.1", "name"): "'C:\\plans'",
    ("pledge", 0, "id"): '"A"',
    ("pledge", 0, "due"): "2026-12-31",
    ("pledge", 0, "at"): "2026-12-31 17:00:00",
    ("pledge", 0, "owed_by"): '[\n  "VN", # both\n  "S]G",\n]',
    ("pledge", 0, "owed_by", 1): '"S]G"',
    ("pledge", 0, "measure", "unit"): '"#"',
    ("pledge", 0, "measure", "range"): "[1, -2.5e3]",
    ("pledge", 0, "measure", "range", 1): "-2.5e3",
    ("pledge", 0, "measure", "to do"): "{ done = true }",
    ("pledge", 0, "measure", "to do", "done"): "true",
    ("pledge", 0, "team", "lead"): '"MOIT"',
    ("pledge", 0, "update", 0, "date"): "2026-01-12",
    ("pledge", 0, "update", 1, "note"): "'''a '' b'''",
    ("pledge", 1, "id"): '"B"',
    ("pledge", 1, "measure", "unit"): '""',
    ("pledge", 1, "update", 0, "date"): "2026-02-10",
}


@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
def test_keys_and_values_are_found(line_end: str) -> None:
    """Every key and value has its span, whatever table, list or text it stands in."""
    text = LEDGER.replace("\n", line_end)
    found = scan(text)
    assert {path: text[slice(*ends(found.positions[path], key=True))] for path in KEYS} == KEYS
    assert {
        path: text[slice(*ends(found.positions[path]))].replace("\r\n", "\n") for path in VALUES
    } == VALUES
    assert (found.broken_statements, found.repetitions, found.ignored_lines) == ([], [], [])


def ends(spot: KeyPosition, *, key: bool = False) -> tuple[int, int]:
    """The offsets at which a key, or else its value, begins and ends."""
    span = spot.key if key else spot.value
    return span.start, span.end


@pytest.mark.parametrize(
    ("text", "path", "first", "again"),
    [
        ("a = 1\nb = 2\na = 3\n", ("a",), 0, 12),
        ("[t]\na = 1\n[u]\n[t]\na = 2\n", ("t",), 1, 15),
        ("[[p]]\na = 1\n[[p]]\na = 2\na = 3\n", ("p", 1, "a"), 18, 24),
    ],
)
def test_what_stands_twice_is_set_aside(text: str, path: Path, first: int, again: int) -> None:
    """Of a key or table that stands twice both places are known, and the first one counts."""
    (twice,) = scan(text).repetitions
    assert (twice.path, twice.first.start, twice.second.start) == (path, first, again)
    assert scan(text).positions[path].key == twice.first


@pytest.mark.parametrize(
    ("text", "lines", "next_path"),
    [
        ("a = no\nb = 2\n", "a = no\n", ("b",)),
        ("a = [1, 2\nb = 2\n", "a = [1, 2\n", ("b",)),
        ("a = [\n  1,\n  x,\n]\nb = 2\n", "a = [\n  1,\n  x,\n]\n", ("b",)),
        ("a = { b = 1\nb = 2\n", "a = { b = 1\n", ("b",)),
        ('a = "x\nb = 2\n', 'a = "x\n', ("b",)),
        ("[t\nb = 2\n", "[t\n", ("t", "b")),
        ("[[t]\nb = 2\n", "[[t]\n", ("t", 0, "b")),
        ("<<<<<<< x\na = 1\n=======\na = 2\n>>>>>>> y\nb = 2\n", None, ("b",)),
        ("words\nb = 2", "words\n", ("b",)),
    ],
)
def test_a_broken_statement_hides_no_other(text: str, lines: str | None, next_path: Path) -> None:
    """Only the lines of what is broken are set aside, and what follows is found."""
    found = scan(text)
    (broken,) = found.broken_statements
    assert text[broken.lines.start : broken.lines.end] == (lines or text.removesuffix("b = 2\n"))
    assert next_path in found.positions


def test_a_scan_goes_as_deep_as_the_judge() -> None:
    """What rtoml reads of nested lists, and not a level less, has its place."""
    deepest = max(depth for depth in range(1, 200) if is_toml(nested(depth)))
    assert ("x", *[0] * (deepest - 1)) in scan(nested(deepest)).positions
    assert scan(nested(deepest)).broken_statements == []


def nested(depth: int) -> str:
    """A list in a list in a list."""
    return f"x = {'[' * depth}{']' * depth}\n"


def is_toml(text: str) -> bool:
    """Whether rtoml reads it."""
    try:
        rtoml.loads(text)
    except rtoml.TomlParsingError:
        return False
    return True


def test_the_shipped_ledger_is_scanned_whole() -> None:
    """Every value of the shipped ledger has its place."""
    text = SHIPPED.read_text(encoding="utf-8")
    assert_agrees(text, rtoml.loads(text))


TRICKY = st.text(st.sampled_from("ab \"'\\#[]{}=.,\n\r\tđ“事\u200e\x7f\x00-0"), max_size=12)
TEXTS = TRICKY | st.text(max_size=8)
BARE_KEYS = st.text(st.sampled_from("abAB01-_"), min_size=1, max_size=4)
SCALARS = st.one_of(
    TEXTS,
    st.booleans(),
    st.integers(-(2**63), 2**63 - 1),
    st.floats(allow_nan=False),
    st.dates(),
    st.datetimes(),
    st.times(),
)


def tables(keys: st.SearchStrategy[str]) -> st.SearchStrategy[dict[str, Any]]:
    """Nested tables of everything that TOML holds."""
    values = st.recursive(
        SCALARS,
        lambda inner: (
            st.lists(inner, max_size=3)
            | st.dictionaries(keys, inner, max_size=3)
            | st.lists(st.dictionaries(keys, inner, max_size=3), min_size=1, max_size=3)
        ),
        max_leaves=12,
    )
    return st.dictionaries(keys, values, max_size=4)


@given(tables(BARE_KEYS), st.booleans())
def test_a_scan_agrees_with_the_judge(
    content: dict[str, Any],
    multiline: bool,  # noqa: FBT001  (drawn by hypothesis)
) -> None:
    """In any sound text, the text at each value's span is that value, and nothing is set aside."""
    text = tomli_w.dumps(content, multiline_strings=multiline)
    assert_agrees(text, rtoml.loads(text))


@given(tables(BARE_KEYS | TEXTS))
def test_a_scan_knows_any_key(content: dict[str, Any]) -> None:
    """Keys with quotes, dots, escapes and line ends in them are the keys that the judge reads."""
    text = tomli_w.dumps(content)
    assert_agrees(text, rtoml.loads(text))


def assert_agrees(text: str, content: dict[str, Any]) -> None:
    """That a scan finds each value of ``content`` in ``text``, and nothing else."""
    found = scan(text)
    assert (found.broken_statements, found.repetitions, found.ignored_lines) == ([], [], [])
    assert set(leaves(content, ())) <= found.positions.keys()
    for path, spot in found.positions.items():
        if is_value(found, path):
            written = text[spot.value.start : spot.value.end]
            assert rtoml.loads(f"x = {written}")["x"] == at(content, path)
        else:
            assert isinstance(at(content, path), dict)


def is_value(found: Scan, path: Path) -> bool:
    """Whether a value stands there, and not the header of a table."""
    spot = found.positions[path]
    return spot.key != spot.value or (isinstance(path[-1], int) and path[:-1] in found.positions)


def leaves(value: object, path: Path) -> list[Path]:
    """The paths of all that is neither table nor list."""
    if isinstance(value, dict):
        return [each for key, inner in value.items() for each in leaves(inner, (*path, key))]
    if isinstance(value, list):
        return [each for key, inner in enumerate(value) for each in leaves(inner, (*path, key))]
    assert isinstance(value, str | int | float | date | datetime | time)
    return [path]


def at(content: Any, path: Path) -> object:  # noqa: ANN401  (what TOML holds)
    """The value at a path."""
    for part in path:
        content = content[part]
    return content
