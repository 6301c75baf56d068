"""Which titles are nearly the same, and that it takes time in proportion to their number."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pledges.domain.fields import Several
from pledges.domain.pledge import Pledge
from pledges.domain.similar_titles import similar_titles


def pledges(*titles: str) -> list[Pledge]:
    """Pledges of one party with these titles."""
    return [
        Pledge(id=f"A-{at}", title=title, pillar="e", owed_by=("VN",))
        for at, title in enumerate(titles)
    ]


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        ("Open a port", "Open a port", True),
        ("Open a port", "OPEN THE PORTS", True),
        ("Open a port in Da Nang", "Open a port in Đà Nẵng.", True),
        ("Strengthen ministries", "Strenghten ministries", True),
        ("Train officials", "Train oficials", True),
        ("Train officials", "Train offficials", True),
        ("Open a port", "Open a part", False),
        ("Export rice", "Import rice", False),
        ("Export rice to Singapore", "Export rice from Singapore to Laos", False),
        ("Export from Laos to Hue", "Export from Hue to Laos", False),
        ("Train 30 officials", "Train 31 officials", False),
        ("Train officials", "Train more officials", False),
        ("Cooperate on energy", "Cooperate on health", False),
        ("?", "!", False),
    ],
)
def test_likeness(one: str, other: str, alike: bool) -> None:  # noqa: FBT001  (of a table)
    """Case, accents, small words, plurals and one slip of a letter do not count; all else does."""
    assert list(similar_titles(pledges(one, other))) == ([(1, 0)] if alike else [])


def test_the_same_title_may_be_promised_by_others_and_in_other_wholes() -> None:
    """What another party owes is another pledge, and so is a part of another whole."""
    (pledge,) = pledges("Appoint a coordinator")
    others = [
        Pledge(id="B", title=pledge.title, pillar="e", owed_by=("SG",)),
        Pledge(id="C", title=pledge.title, pillar="e", owed_by=("VN",), part_of="X"),
        Pledge(id="D", title=pledge.title, pillar="e", owed_by=("VN",), part_of="Y"),
        Pledge(id="E", title=pledge.title, pillar="e", owed_by=("VN",), lead=Several(["Z"])),
    ]
    assert list(similar_titles([pledge, *others])) == [(4, 0)]


@given(st.lists(st.sampled_from(["bridge", "brigde", "bride", "rail", "30", "Lào"]), max_size=6))
def test_each_is_compared_with_the_first_that_is_like_it(words: list[str]) -> None:
    """The keys find exactly what a comparison of each title with each other finds."""
    found = dict(similar_titles(pledges(*words)))
    for at, word in enumerate(words):
        alike = [x for x in range(at) if [*similar_titles(pledges(words[x], word))]]
        assert (at in found) == bool(alike)
        assert found.get(at) in (None, *alike)
