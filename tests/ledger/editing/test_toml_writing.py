"""Values, records and blocks as they are written into a ledger."""

import tomllib
from datetime import date
from typing import Any

import pytest
import rtoml
from hypothesis import given
from hypothesis import strategies as st
from msgspec import Struct

from build import day
from pledges.domain.day import read_interval, read_period
from pledges.domain.fields import Several
from pledges.domain.pledge import Ask, Claim, Measure, Pledge, Source, Status, Update
from pledges.ledger.editing.toml_writing import (
    block_text,
    key_text,
    pair_text,
    record_table,
    toml_value,
    value_text,
)

ON = day("2026-03-01")
SCALARS = st.one_of(
    st.text(),
    st.integers(-(10**18), 10**18),
    st.floats(-1e18, 1e18),
    st.dates(min_value=date(1000, 1, 1)),
    st.booleans(),
)
VALUES = st.recursive(
    SCALARS,
    lambda each: st.lists(each, max_size=3) | st.dictionaries(st.text(), each, max_size=3),
    max_leaves=8,
)


@pytest.mark.parametrize(
    ("value", "written"),
    [
        ("Open the market", '"Open the market"'),
        ('say "yes"', '"say \\"yes\\""'),
        ("it's", '"it\'s"'),
        ("C:\\plans", '"C:\\\\plans"'),
        ("two\nlines", '"two\\nlines"'),
        ("a\tb", '"a\tb"'),
        ("\x00\x1b\x7f", '"\\u0000\\u001b\\u007f"'),
        ("Việt Nam", '"Việt Nam"'),
        ("[[pledge]] # no", '"[[pledge]] # no"'),
        (3, "3"),
        (-3, "-3"),
        (2.5, "2.5"),
        (3.0, "3.0"),
        (1e15, "1000000000000000.0"),
        (ON, "2026-03-01"),
        ([], "[]"),
        (["VN", "SG"], '["VN", "SG"]'),
        ({}, "{}"),
        ({"unit": "parks", "target": 30}, '{ unit = "parks", target = 30 }'),
        ([{"a b": 1}, {"c": [2]}], '[{ "a b" = 1 }, { c = [2] }]'),
    ],
)
def test_inline(value: object, written: str) -> None:
    """A value stands on one line, a text in double quotes, a table in braces."""
    assert value_text(value) == written


@pytest.mark.parametrize(
    ("key", "written"),
    [
        ("VN", "VN"),
        ("owed_by", "owed_by"),
        ("2026-01", "2026-01"),
        ("a b", '"a b"'),
        ("x.y", '"x.y"'),
        ("", '""'),
        ("hà-nội", '"hà-nội"'),
        ('say "yes"', '"say \\"yes\\""'),
        ("two\nlines", '"two\\nlines"'),
    ],
)
def test_keys(key: str, written: str) -> None:
    """A key stands bare where it can."""
    assert key_text(key) == written
    assert pair_text(key, 1) == f"{written} = 1"


@pytest.mark.parametrize(
    ("value", "plain"),
    [
        (read_period("2026-12-31"), day("2026-12-31")),
        (read_period("2026-Q4"), "2026-Q4"),
        (read_period("2026"), "2026"),
        (read_interval("6 months"), "6 months"),
        (Status.IN_PROGRESS, "in-progress"),
        (("VN", "SG"), ["VN", "SG"]),
        (0, 0),
        (ON, ON),
        (Measure(unit="parks", baseline=0), {"unit": "parks", "baseline": 0}),
    ],
)
def test_values_of_the_model(value: object, plain: object) -> None:
    """A day stands bare, a period by its name, and a word as the plain text that it is."""
    found = toml_value(value)
    assert found == plain
    assert type(found) is type(plain)


@pytest.mark.parametrize(
    ("record", "keys"),
    [
        (Update(date=ON), {"date": ON}),
        (Update(date=ON, value=0), {"date": ON, "value": 0}),
        (Claim(source=Several(["s"]), due=read_period("2030")), {"source": "s", "due": "2030"}),
        (
            Source(title="T", date=read_period("2026-01-02")),
            {"title": "T", "date": day("2026-01-02")},
        ),
        (
            Pledge(id="A", title="T", pillar="e", updates=(Update(date=ON),), asks=()),
            {"id": "A", "title": "T", "pillar": "e", "update": [{"date": ON}]},
        ),
    ],
)
def test_records(record: Struct, keys: dict[str, Any]) -> None:
    """A record has the keys of the ledger, in its order, without those that are as by default."""
    assert list(record_table(record).items()) == list(keys.items())


WHOLE = Pledge(
    id="A",
    title="Open the market",
    pillar="economy",
    owed_by=("VN", "SG"),
    note='First "line".\nSecond.\n',
    measure=Measure(unit="parks", baseline=20, target=30),
    claims=(Claim(source=Several(["s"]), due=read_period("2030")),),
    updates=(Update(date=ON, status=Status.COMPLETED), Update(date=ON, note="One\ntwo")),
    asks=(Ask(what="Which year?", date=ON),),
)
WHOLE_TEXT = '''[[pledge]]
id = "A"
title = "Open the market"
pillar = "economy"
owed_by = ["VN", "SG"]
note = """
First "line".
Second.
"""
measure = { unit = "parks", baseline = 20, target = 30 }

[[pledge.claim]]
source = "s"
due = "2030"

[[pledge.update]]
date = 2026-03-01
status = "completed"

[[pledge.update]]
date = 2026-03-01
note = """
One
two"""

[[pledge.ask]]
what = "Which year?"
date = 2026-03-01
'''


def test_a_whole_pledge() -> None:
    """A pledge is a block, its measure a line of it, and each of its records a block behind it."""
    assert block_text(("pledge",), record_table(WHOLE)) == WHOLE_TEXT


def test_texts_of_several_lines_on_one() -> None:
    """Where lines end in another way than in a text, the text stands on one line."""
    written = block_text(("pledge",), record_table(WHOLE), has_room=False)
    assert 'note = "First \\"line\\".\\nSecond.\\n"\n' in written
    assert 'note = "One\\ntwo"\n' in written


def test_one_table() -> None:
    """A table that is not one of several stands under a header in single brackets."""
    source = Source(title="T", date=read_period("2026-01"))
    written = block_text(("sources", "x.y"), record_table(source), is_one_of_several=False)
    assert written == '[sources."x.y"]\ntitle = "T"\ndate = "2026-01"\n'


@pytest.mark.parametrize(
    "text",
    ["\n", "\n\n", '"""', '""""""\n', "ends in \\\n", "a\r\nb", "\n  x \\\n y", "'''\n", "\ta\n"],
)
def test_long_texts(text: str) -> None:
    """A text of several lines is read as it was, whatever it holds."""
    written = block_text(("pledge",), {"note": text})
    assert tomllib.loads(written) == rtoml.loads(written) == {"pledge": [{"note": text}]}


@given(key=st.text(), value=VALUES)
def test_what_is_written_is_read(key: str, value: object) -> None:
    """Any value on a line is read as it was, by two readers."""
    written = pair_text(key, value)
    assert "\n" not in written
    assert tomllib.loads(written) == rtoml.loads(written) == {key: value}


@given(st.dictionaries(st.text(), SCALARS | st.lists(SCALARS, max_size=2), max_size=4))
def test_blocks_are_read(content: dict[str, Any]) -> None:
    """Any block is read as the table that it was made of, by two readers."""
    written = block_text(("pledge",), content)
    assert tomllib.loads(written) == rtoml.loads(written) == {"pledge": [content]}
