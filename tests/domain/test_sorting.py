"""Sort keys, over the six pledges."""

from datetime import date

import pytest
from six_pledges import ASSESSED, LEDGER

from build import a_ledger, a_pledge, an_update, assessed_on
from pledges.domain.pace import Pace
from pledges.domain.sorting import read_sort, sorted_pledges
from pledges.errors import UnknownWord


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
    found = sorted_pledges(ASSESSED, read_sort(keys), LEDGER.pillars)
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
        order = sorted_pledges(found, read_sort(keys), ledger.pillars)
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
        read_sort(text)
    assert (refused.value.message, refused.value.hint) == (f"there is no sort key {word!r}", hint)


@pytest.mark.parametrize("text", ["", "due,", ",due"])
def test_empty_sort_key(text: str) -> None:
    """Nothing is no sort key."""
    with pytest.raises(UnknownWord, match="there is no sort key ''"):
        read_sort(text)
