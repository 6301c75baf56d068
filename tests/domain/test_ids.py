"""Ids: those that are meant, and the next free one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from six_pledges import LEDGER

from pledges.domain.ids import KnownIds, next_id
from pledges.errors import Exit, NoSuchPledge, WrongUse


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


NEW_IDS = st.lists(st.from_regex(r"\A[A-Za-z0-9/_.-]{1,6}\Z"), unique_by=str.casefold)


@given(pillar=st.text(min_size=1), others=NEW_IDS, own=NEW_IDS)
def test_free(pillar: str, others: list[str], own: list[str]) -> None:
    """The id is free in any case, and may be an id, whatever ids there are."""
    taken = [*others, *own]
    name = next_id(pillar, taken, own)
    assert name.casefold() not in {each.casefold() for each in taken}
    assert not any(char.isspace() for char in name)


@given(own=NEW_IDS)
def test_new_ids_differ(own: list[str]) -> None:
    """One new id after the other: none comes twice."""
    ids = list(own)
    for _ in range(5):
        ids.append(next_id("economy", ids, ids))
    assert len({each.casefold() for each in ids}) == len(own) + 5


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("ECO-1", "ECO-1"),
        ("eco-10", "ECO-10"),
        ("ECO-*", "ECO-1 ECO-2 ECO-10"),
        ("dig-?", "DIG-1 DIG-2 DIG-3"),
        ("[DE]*-2", "ECO-2 DIG-2"),
        ("X*", ""),
        ("ECO-[", ""),
    ],
)
def test_ids(text: str, ids: str) -> None:
    """An id is known in any case; a pattern stands for all that fit, be it none."""
    assert KnownIds(each.id for each in LEDGER.pledges).named(text) == ids.split()


@pytest.mark.parametrize(
    ("text", "ids", "message", "hint"),
    [
        ("EOC-3", ["ECO-3", "DIG-1"], "no pledge has the id 'EOC-3'", "did you mean ECO-3?"),
        ("eco.1", ["ECO-1", "DIG-1"], "no pledge has the id 'eco.1'", "did you mean ECO-1?"),
        (
            "zzz",
            ["ECO-1", "DIG-1"],
            "no pledge has the id 'zzz'",
            "to search: pledges list --search zzz",
        ),
        ("ECO-1", [], "no pledge has the id 'ECO-1'", "to search: pledges list --search ECO-1"),
        ("Ab", ["AB", "ab"], "'Ab' matches more than one pledge", "use one of AB, ab"),
    ],
)
def test_no_such_pledge(text: str, ids: list[str], message: str, hint: str) -> None:
    """An id that names no pledge, or several that differ in case, is refused."""
    with pytest.raises(NoSuchPledge) as refused:
        KnownIds(ids).named(text)
    assert (refused.value.message, refused.value.hint) == (message, hint)
    assert refused.value.exit is Exit.NO_PLEDGE


def test_exact_id_first() -> None:
    """Where ids differ only in case, the one written exactly so is meant."""
    assert KnownIds(["AB", "ab"]).named("ab") == ["ab"]


def test_longest_pattern() -> None:
    """A pattern has at most 200 characters: the time for it grows much faster than its length."""
    assert KnownIds(["ECO-1"]).named("E*" + "?" * 3 + "*" * 195) == ["ECO-1"]
    with pytest.raises(WrongUse) as refused:
        KnownIds(["ECO-1"]).named("[" * 201)
    message = "a pattern has at most 200 characters, and this one 201"
    assert (refused.value.message, refused.value.hint) == (
        message,
        "give a shorter one, for example 'ECO-*'",
    )


def test_id_of_digits() -> None:
    """The number of an id has at most 100 digits; a longer one is no number to go on from."""
    assert next_id("p", ["P-" + "1" * 5000], ["P-" + "1" * 5000]) == "P-01"
