"""Filters, over the six pledges."""

import unicodedata
from datetime import date

import pytest
from six_pledges import ASSESSED, LEDGER

from build import a_ledger, a_pledge, an_update, assessed_on
from pledges.domain.assessment import Standing
from pledges.domain.filters import Filter, select
from pledges.domain.pledge import UNREPORTED, Kind, Status, Strength

ALL = "ECO-1 ECO-2 ECO-10 DIG-1 DIG-2 DIG-3"


@pytest.mark.parametrize(
    ("query", "ids"),
    [
        (Filter(), ALL),
        (Filter(status=[Status.IN_PROGRESS]), "ECO-1 ECO-10"),
        (Filter(status=[UNREPORTED]), "DIG-1 DIG-2"),
        (Filter(status=[Status.COMPLETED, UNREPORTED]), "ECO-2 DIG-1 DIG-2"),
        (Filter(status=[Status.SUSPENDED]), ""),
        (Filter(not_status=[UNREPORTED, Status.WITHDRAWN]), "ECO-1 ECO-2 ECO-10"),
        (Filter(standing=[Standing.OVERDUE, Standing.DROPPED]), "ECO-1 DIG-3"),
        (Filter(not_standing=[Standing.DUE_SOON]), "ECO-1 ECO-2 DIG-1 DIG-3"),
        (Filter(strength=[Strength.AGREED]), "ECO-2 ECO-10"),
        (Filter(not_strength=[Strength.AGREED, Strength.SIGNED]), "DIG-1 DIG-2 DIG-3"),
        (Filter(kind=[Kind.ONGOING, Kind.RECURRING]), "DIG-1 DIG-2"),
        (Filter(not_kind=[Kind.ONE_OFF]), "DIG-1 DIG-2"),
        (Filter(pillar=["economy"]), "ECO-1 ECO-2 ECO-10"),
        (Filter(pillar=["DIGITAL AND EMERGING"]), "DIG-1 DIG-2 DIG-3"),
        (Filter(pillar=["economy", "digital"]), ALL),
        (Filter(pillar=["econ"]), ""),
        (Filter(party=["VN"]), "ECO-1 ECO-10"),
        (Filter(party=["sg"]), "ECO-2 ECO-10 DIG-1"),
        (Filter(party=["viet nam", "SG"]), "ECO-1 ECO-2 ECO-10 DIG-1"),
        (Filter(party=["Laos"]), ""),
        (Filter(lead=["ministry of trade"]), "ECO-1"),
        (Filter(lead=["Ministry"]), ""),
        (Filter(lead=[unicodedata.normalize("NFD", "đà nẵng")]), "ECO-2"),
        (Filter(source=["call"]), "ECO-1"),
        (Filter(source=["https://example.org/rice"]), "ECO-1"),
        (Filter(source=["paper"]), "ECO-10"),
        (Filter(source=["ground", "call"]), "ECO-1 ECO-10"),
        (Filter(tag=["food", "finance"]), "ECO-1 ECO-2"),
        (Filter(tag=["foo"]), ""),
        (Filter(due_from=date(2026, 12, 31)), "ECO-2 ECO-10 DIG-2 DIG-3"),
        (Filter(due_from=date(2027, 1, 1)), "DIG-3"),
        (Filter(due_to=date(2026, 6, 30)), "ECO-1"),
        (Filter(due_to=date(2026, 6, 29)), ""),
        (Filter(due_from=date(2026, 7, 1), due_to=date(2026, 12, 31)), "ECO-2 ECO-10 DIG-2"),
        (Filter(no_deadline=True), "DIG-1"),
        (Filter(overdue=True), "ECO-1"),
        (Filter(stale=True), "ECO-1 ECO-10"),
        (Filter(behind=True), "ECO-10"),
        (Filter(contested=True), "ECO-10"),
        (Filter(stale=True, party=["VN"], pillar=["economy"], overdue=True), "ECO-1"),
        (Filter(stale=True, no_deadline=True), ""),
        (Filter(ids=["ECO-1"]), "ECO-1"),
        (Filter(ids=["ECO-10", "DIG-1"]), "ECO-10 DIG-1"),
        (Filter(ids=["eco-*"]), "ECO-1 ECO-2 ECO-10"),
        (Filter(ids=["ECO-?"]), "ECO-1 ECO-2"),
        (Filter(ids=["*-[12]"]), "ECO-1 ECO-2 DIG-1 DIG-2"),
        (Filter(ids=["DIG-3", "ECO-1*"]), "ECO-1 ECO-10 DIG-3"),
        (Filter(ids=["ECO", "ECO.1"]), ""),
    ],
)
def test_filter(query: Filter, ids: str) -> None:
    """A repeated filter is "or", different ones are "and", and the file's order stays."""
    assert [each.pledge.id for each in select(ASSESSED, query, LEDGER)] == ids.split()


@pytest.mark.parametrize(
    ("texts", "ids"),
    [
        (["eco-1"], "ECO-1 ECO-10"),
        (["RICE"], "ECO-1"),
        (["ministry"], "ECO-1"),
        (["mid-2026"], "ECO-1"),
        (["lan"], "ECO-1"),
        (["finan"], "ECO-2"),
        (["two cities"], "ECO-2"),
        (["opened"], "ECO-2"),
        (["ĐÀ NẴNG"], "ECO-2"),
        ([unicodedata.normalize("NFD", "đà nẵng")], "ECO-2"),
        (["da nang"], "ECO-2"),
        (["nang  da"], "ECO-2"),
        (["eco-1 rice"], "ECO-1"),
        (["eco-2 rice"], ""),
        (["eco-2 rice", "cables"], "DIG-1"),
        (["singapore"], "ECO-2 ECO-10 DIG-1"),
        (["call named"], "ECO-10"),
        (["confirm"], "ECO-10"),
        (["differs"], "ECO-10"),
        (["minh"], ""),
        (["r.ce"], ""),
        (["rice", "cables"], "ECO-1 DIG-1"),
    ],
)
def test_search(texts: list[str], ids: str) -> None:
    """A search looks through every text that may leave the ledger; a repeated one is "or"."""
    found = select(ASSESSED, Filter(search=texts), LEDGER)
    assert [each.pledge.id for each in found] == ids.split()


def test_search_internal() -> None:
    """Internal notes are searched only where they were asked for."""
    found = select(ASSESSED, Filter(search=["minh"], search_internal=True), LEDGER)
    assert [each.pledge.id for each in found] == ["DIG-1"]


@pytest.mark.parametrize(("points", "is_behind"), [(46, False), (45, True), (30, True)])
def test_behind(points: int, *, is_behind: bool) -> None:
    """Behind and far behind are both behind; on pace is not."""
    measure = {"unit": "%", "baseline": 0, "target": 100}
    news = an_update("2026-02-20", value=points)
    ledger = a_ledger(a_pledge(news, made="2026-01-01", due="2026-04-11", measure=measure))
    found = select(assessed_on(ledger, date(2026, 2, 20)), Filter(behind=True), ledger)
    assert bool(found) is is_behind
