"""The shipped ledger says what is known of the plan, and no more."""

from collections import Counter
from itertools import chain
from pathlib import Path

from pledges.domain.pledge import Kind, Ledger, Pledge, Strength
from pledges.ledger.reading.decode import decode

FILE = Path(__file__).parent.parent / "commitments.toml"
LEDGER: Ledger = decode(FILE.read_text(encoding="utf-8"), FILE.name)
BY_ID: dict[str, Pledge] = {each.id: each for each in LEDGER.pledges}


def ids(kind: Kind) -> str:
    """The ids of a kind of pledge, in the ledger's order."""
    return " ".join(each.id for each in LEDGER.pledges if each.kind is kind)


def test_the_pillars_hold_the_plans_pledges() -> None:
    """58 pledges in seven pillars, in the plan's order."""
    found = Counter(each.pillar for each in LEDGER.pledges)
    assert list(found.items()) == [
        ("framework", 2),
        ("security", 10),
        ("economy", 16),
        ("energy", 7),
        ("people", 8),
        ("digital", 9),
        ("fora", 6),
    ]
    assert list(LEDGER.pillars) == list(found)


def test_kinds() -> None:
    """What is to be done once, what comes back, and the rest goes on."""
    assert ids(Kind.ONE_OFF) == (
        "FRW-01 FRW-02 SEC-03 SEC-10 ECO-01 ECO-02 ENE-02 ENE-04 ENE-05 ENE-06 DIG-05 FOR-03 FOR-06"
    )
    assert ids(Kind.RECURRING) == "SEC-04"


def test_deadlines() -> None:
    """Seven of the pledges have a deadline, one of them every year."""
    dated = {each.id: each.due.name for each in LEDGER.pledges if each.due}
    assert dated == {
        "FRW-02": "2030",
        "SEC-03": "2026-H1",
        "ECO-02": "2029",
        "ENE-02": "2050",
        "FOR-03": "2045",
        "FOR-06": "2027",
    }


def test_strength_and_who_owes() -> None:
    """Most was agreed by both; what differs is kept apart."""
    other = {each.id: each.strength for each in LEDGER.pledges if each.strength != "agreed"}
    assert other == {
        "SEC-03": Strength.PROPOSED,
        "ECO-06": Strength.REQUESTED,
        "ECO-07": Strength.REQUESTED,
        "ECO-10": Strength.REQUESTED,
        "ECO-11": Strength.REQUESTED,
        "ECO-16": Strength.REAFFIRMED,
        "ENE-05": Strength.PROPOSED,
        "FOR-06": Strength.REAFFIRMED,
    }
    by_one = {each.id: each.owed_by for each in LEDGER.pledges if len(each.owed_by) == 1}
    assert set(by_one) == {"ECO-06", "ECO-07", "ECO-09", "ECO-11", "ECO-16", "PPL-08"}
    assert set(by_one.values()) == {("SG",)}


def test_made() -> None:
    """A pledge begins in March 2025, unless it came of a later meeting or call."""
    made = Counter(each.made.name if each.made else "" for each in LEDGER.pledges)
    assert made == {"2025-03": 45, "2025-10-28": 2, "2025-12-18": 2, "2026-02-10": 9}


def test_the_industrial_parks() -> None:
    """The measured pledge has its baseline, its readings, its move and its contest."""
    parks = BY_ID["ECO-02"]
    measure = parks.measure
    assert measure
    assert (measure.unit, measure.baseline, measure.target) == ("parks", 20, 30)
    assert str(measure.baseline_date) == "2025-03-26"
    assert [(str(each.date), each.value) for each in parks.updates] == [
        ("2026-01-12", 21),
        ("2026-02-10", None),
        ("2026-02-10", None),
    ]
    assert [each.due.name for each in parks.moves if each.due] == ["2026"]
    assert [(each.due and each.due.name, *each.source) for each in parks.claims] == [
        ("2030", "sggp-2026-01-14")
    ]


def test_what_was_reported() -> None:
    """21 updates on 16 pledges; ten of them say a status of the pledge or of one of its years."""
    reported = [each.id for each in LEDGER.pledges if each.updates]
    assert " ".join(reported) == (
        "FRW-01 FRW-02 SEC-03 SEC-04 SEC-05 SEC-06 ECO-01 ECO-02 ECO-03 ECO-05 ECO-12 "
        "ENE-04 ENE-07 PPL-01 PPL-07 FOR-02"
    )
    assert sum(len(each.updates) for each in LEDGER.pledges) == 21
    said = {each.id: u.status for each in LEDGER.pledges for u in each.updates if u.status}
    assert Counter(said.values()) == {"in-progress": 9, "completed": 2}


def test_sources() -> None:
    """Twelve sources; each citation is one of them."""
    assert len(LEDGER.sources) == 12
    cited = [each.source for each in LEDGER.pledges]
    cited += [update.source for each in LEDGER.pledges for update in each.updates]
    assert set(chain(*cited)) <= set(LEDGER.sources)
