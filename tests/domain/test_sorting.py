"""Sort keys, over the six pledges."""

from collections.abc import Sequence
from datetime import date

import pytest
from six_pledges import ASSESSED, LEDGER

from build import a_ledger, a_pledge, an_update, assessed_on
from pledges.domain.assessment import AssessedPledge
from pledges.domain.pace import Pace
from pledges.domain.pledge import Ledger
from pledges.domain.sorting import Group, first_members, read_sort, sorted_pledges, value_key
from pledges.errors import UnknownWord
from pledges.view.pledge_columns import FIELDS, sort_key


def in_order(assessed: Sequence[AssessedPledge], keys: str, ledger: Ledger) -> list[AssessedPledge]:
    """The pledges in the order of ``--sort``."""
    by = read_sort(keys, list(FIELDS))
    return sorted_pledges(assessed, by, lambda name: sort_key(name, ledger))


@pytest.mark.parametrize(
    ("keys", "ids"),
    [
        ("id", "DIG-1 DIG-2 DIG-3 ECO-1 ECO-2 ECO-10"),
        ("-id", "ECO-10 ECO-2 ECO-1 DIG-3 DIG-2 DIG-1"),
        ("title", "DIG-3 DIG-2 DIG-1 ECO-2 ECO-10 ECO-1"),
        ("-title", "ECO-1 ECO-10 ECO-2 DIG-1 DIG-2 DIG-3"),
        ("made", "ECO-1 DIG-1 ECO-2 ECO-10 DIG-2 DIG-3"),
        ("-made", "ECO-2 ECO-10 DIG-1 ECO-1 DIG-2 DIG-3"),
        ("due", "ECO-1 ECO-2 ECO-10 DIG-2 DIG-3 DIG-1"),
        ("-due", "DIG-3 ECO-2 ECO-10 DIG-2 ECO-1 DIG-1"),
        ("days", "ECO-1 ECO-10 DIG-2 ECO-2 DIG-1 DIG-3"),
        ("-days", "ECO-10 DIG-2 ECO-1 ECO-2 DIG-1 DIG-3"),
        ("progress", "ECO-10 DIG-1 ECO-1 ECO-2 DIG-2 DIG-3"),
        ("-progress", "DIG-1 ECO-10 ECO-1 ECO-2 DIG-2 DIG-3"),
        ("status", "ECO-1 ECO-10 ECO-2 DIG-3 DIG-1 DIG-2"),
        ("-status", "DIG-3 ECO-2 ECO-1 ECO-10 DIG-1 DIG-2"),
        ("standing", "ECO-1 ECO-10 DIG-2 ECO-2 DIG-1 DIG-3"),
        ("-standing", "DIG-3 DIG-1 ECO-2 ECO-10 DIG-2 ECO-1"),
        ("strength", "DIG-3 ECO-2 ECO-10 DIG-2 ECO-1 DIG-1"),
        ("-strength", "ECO-1 DIG-2 ECO-2 ECO-10 DIG-3 DIG-1"),
        ("updated", "ECO-10 ECO-1 DIG-3 DIG-1 ECO-2 DIG-2"),
        ("-updated", "ECO-2 DIG-1 DIG-3 ECO-1 ECO-10 DIG-2"),
        ("slip_days", "ECO-10 ECO-1 ECO-2 DIG-3 DIG-1 DIG-2"),
        ("-slip_days", "ECO-1 ECO-2 DIG-3 ECO-10 DIG-1 DIG-2"),
        ("lead", "ECO-2 ECO-1 ECO-10 DIG-1 DIG-2 DIG-3"),
        ("-lead", "ECO-1 ECO-2 ECO-10 DIG-1 DIG-2 DIG-3"),
        ("pillar", "DIG-1 DIG-2 DIG-3 ECO-1 ECO-2 ECO-10"),
        ("-pillar", "ECO-1 ECO-2 ECO-10 DIG-1 DIG-2 DIG-3"),
        ("due,-id", "ECO-1 ECO-10 ECO-2 DIG-2 DIG-3 DIG-1"),
        ("-due , title", "DIG-3 DIG-2 ECO-2 ECO-10 ECO-1 DIG-1"),
        ("pillar,-progress,id", "DIG-1 DIG-2 DIG-3 ECO-10 ECO-1 ECO-2"),
    ],
)
def test_sort(keys: str, ids: str) -> None:
    """What has no value stands last either way, and equals keep the order they came in."""
    found = in_order(ASSESSED, keys, LEDGER)
    assert [each.pledge.id for each in found] == ids.split()


def test_sort_by_pace() -> None:
    """Pace is sorted by its points, those furthest behind first."""
    measure = {"unit": "%", "baseline": 0, "target": 100}
    terms = {"made": "2026-01-01", "due": "2026-04-11", "measure": measure}
    news = {key: an_update("2026-02-20", value=value) for key, value in {"A": 60, "B": 20}.items()}
    ledger = a_ledger(a_pledge(id="C"), *(a_pledge(news[key], id=key, **terms) for key in news))
    found = assessed_on(ledger, date(2026, 2, 20))
    assert [each.assessment.pace for each in found] == [None, Pace.AHEAD, Pace.FAR_BEHIND]
    for keys, ids in (("pace", "B A C"), ("-pace", "A B C")):
        order = in_order(found, keys, ledger)
        assert [each.pledge.id for each in order] == ids.split()


@pytest.mark.parametrize(
    ("text", "word", "hint"),
    [
        ("due,progres", "progres", "did you mean progress?"),
        ("-pillr", "pillr", "did you mean pillar?"),
        ("--due", "-due", "did you mean due?"),
    ],
)
def test_unknown_sort_key(text: str, word: str, hint: str) -> None:
    """A sort key that is not known is refused with the nearest one."""
    with pytest.raises(UnknownWord) as refused:
        read_sort(text, list(FIELDS))
    assert (refused.value.message, refused.value.hint) == (f"there is no sort key {word!r}", hint)


@pytest.mark.parametrize("text", ["", "due,", ",due"])
def test_empty_sort_key(text: str) -> None:
    """Nothing is no sort key."""
    with pytest.raises(UnknownWord, match="there is no sort key ''"):
        read_sort(text, list(FIELDS))


@pytest.mark.parametrize("name", FIELDS)
def test_every_column_sorts(name: str) -> None:
    """Each column has an order; downwards is the reverse, and what has no value comes last."""
    key = sort_key(name, LEDGER)
    up, down = (in_order(ASSESSED, f"{sign}{name}", LEDGER) for sign in ("", "-"))
    keys = [[x for each in order if (x := key(each)) is not None] for order in (up, down)]
    assert keys[0] == sorted(keys[0])  # type: ignore[type-var]
    assert keys[1] == keys[0][::-1]
    without = [each for each in ASSESSED if key(each) is None]
    assert up[len(keys[0]) :] == down[len(keys[1]) :] == without


@pytest.mark.parametrize(
    ("column", "values"),
    [
        ("title", ["\u00c1ch", "An Giang", "\u0110\u00e0 N\u1eb5ng", "D\u1ea7u", "\u00cam", "Y"]),
        ("note", ["\u00e9t\u00e9", "Ete 2", "Zebra"]),
        ("review", ["90 days", "4 months", "1 year", "14 months"]),
        ("due_text", ["before 2030", "Early 2026"]),
        ("part_of", ["A-2", "a-10", "B-1"]),
        ("every", ["year", "half", "quarter", "month"]),
    ],
)
def test_order_of_values(column: str, values: list[str]) -> None:
    """Text sorts without case and accents, ids by their numbers, spans by their length."""
    base = {"kind": "recurring", "since": "2025"} if column == "every" else {}
    kind = {"kind": "ongoing"} if column == "review" else base
    pledges = [a_pledge(**{"id": f"P-{at}", **kind, column: x}) for at, x in enumerate(values)]
    ledger = a_ledger(*pledges[::-1])
    order = in_order(assessed_on(ledger, date(2026, 2, 20)), column, ledger)
    assert [each.pledge.id for each in order] == [each.id for each in pledges]


def test_parties_are_in_the_order_of_the_ledger() -> None:
    """Who owes a pledge sorts as the ledger lists the parties, not by letters."""
    owed = {"A": ["SG"], "B": ["VN", "SG"], "C": ["VN"]}
    pledges = (a_pledge(id=key, owed_by=value) for key, value in owed.items())
    ledger = a_ledger(*pledges, parties={"VN": "Viet Nam", "SG": "Singapore"})
    order = in_order(assessed_on(ledger, date(2026, 2, 20)), "owed_by", ledger)
    assert "".join(each.pledge.id for each in order) == "CBA"


def test_no_value() -> None:
    """What is empty has no place in an order."""
    empty: tuple[object, ...] = (None, "", " ", (), [])
    assert {value_key(each) for each in empty} == {None}


@pytest.mark.parametrize(
    ("limit", "sizes"), [(None, [3, 3]), (1, [1]), (3, [3]), (4, [3, 1]), (9, [3, 3])]
)
def test_first_members(limit: int | None, sizes: list[int]) -> None:
    """A limit is of all groups together; a group without members is none."""
    groups = [Group("a", [*ASSESSED[:3]]), Group("b", [*ASSESSED[3:]])]
    assert [len(each.members) for each in first_members(groups, limit)] == sizes
