"""Ids for new pledges."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pledges.domain.ids import next_id


@pytest.mark.parametrize(
    ("ids", "name"),
    [
        (["ECO-01"], "ECO-02"),
        (["ECO-01", "ECO-08"], "ECO-09"),
        (["ECO-08", "ECO-01"], "ECO-09"),
        (["ECO-09"], "ECO-10"),
        (["ECO-99"], "ECO-100"),
        (["ECO-1", "ECO-9"], "ECO-10"),
        (["ECO-001"], "ECO-002"),
        (["E/2026/7"], "E/2026/8"),
        (["7"], "8"),
        (["ECO-01", "T-05"], "T-06"),
        (["T-05", "ECO-01"], "ECO-02"),
        (["ECO-01", "market"], "ECO-02"),
        (["market"], "ECO-01"),
        ([], "ECO-01"),
    ],
)
def test_next_id(ids: list[str], name: str) -> None:
    """The next number of a pillar's ids, spelt as the last of them is."""
    assert next_id("economy", ids, ids) == name


@pytest.mark.parametrize(
    ("pillar", "name"),
    [
        ("economy", "ECO-01"),
        ("e", "E-01"),
        ("ab", "AB-01"),
        ("green energy", "GRE-01"),
        ("g-e", "GE-01"),
        ("x_y_z", "XYZ-01"),
        ("2026-goals", "202-01"),
        ("đất đai", "ĐẤT-01"),
        ("经济", "经济-01"),
        ("--", "P-01"),
        ("___", "P-01"),
    ],
)
def test_first_id(pillar: str, name: str) -> None:
    """The first id of a pillar begins with its key."""
    assert next_id(pillar, [], []) == name


@pytest.mark.parametrize(
    ("pillar", "taken", "name"),
    [
        ("economy", ["ECO-01"], "ECON-01"),
        ("economy", ["eco-1"], "ECON-01"),
        ("economy", ["ECOLOGY"], "ECO-01"),
        ("eco", ["ECO-01"], "ECO-02"),
        ("eco", ["eco-01", "Eco-02"], "ECO-03"),
    ],
)
def test_prefix_of_another_pillar(pillar: str, taken: list[str], name: str) -> None:
    """A pillar does not share the beginning of its ids with another one, if that can be."""
    assert next_id(pillar, taken, []) == name


def test_number_is_taken() -> None:
    """A number that another pillar's pledge has, in whatever case, is passed over."""
    assert next_id("economy", ["ECO-01", "eco-02", "ECO-03"], ["ECO-01"]) == "ECO-04"


IDS = st.lists(st.from_regex(r"\A[A-Za-z0-9/_.-]{1,6}\Z"), unique_by=str.casefold)


@given(pillar=st.text(min_size=1), others=IDS, own=IDS)
def test_free(pillar: str, others: list[str], own: list[str]) -> None:
    """The id is free in any case, and may be an id, whatever ids there are."""
    taken = [*others, *own]
    name = next_id(pillar, taken, own)
    assert name.casefold() not in {each.casefold() for each in taken}
    assert not any(char.isspace() for char in name)


@given(own=IDS)
def test_new_ids_differ(own: list[str]) -> None:
    """One new id after the other: none comes twice."""
    ids = list(own)
    for _ in range(5):
        ids.append(next_id("economy", ids, ids))
    assert len({each.casefold() for each in ids}) == len(own) + 5
