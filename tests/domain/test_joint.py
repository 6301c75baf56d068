"""Several ledgers as one: every name leads to a record of its own ledger."""

from collections.abc import Sequence

import pytest
from msgspec.structs import replace

from pledges.domain.joint import NamedLedger, joint_ledger, plan_keys
from pledges.domain.pledge import Ledger, Plan, own_name, plan_key_of
from pledges.ledger.reading.decode import decode
from pledges.ledger.reading.references import (
    known_parties,
    known_pillar,
    known_sources,
    linked_pledges,
    unique_ids,
)
from samples import NINE_PLEDGES

NINE = decode(NINE_PLEDGES, "nine.toml")


def members(*ledgers: Ledger) -> list[NamedLedger]:
    """Ledgers in files of one name."""
    return [NamedLedger(each, "commitments.toml") for each in ledgers]


def test_every_name_leads_to_a_record() -> None:
    """Pillars, parties, sources and pledges are found in the whole, though each ledger has them."""
    other = replace(NINE, parties={key: f"{name} (other)" for key, name in NINE.parties.items()})
    whole = joint_ledger(members(NINE, other, NINE))
    assert not [*linked_pledges(whole), *unique_ids(whole)]
    for at, pledge in enumerate(whole.pledges):
        for rule in (known_pillar, known_parties, known_sources):
            assert not [*rule(pledge, ("pledge", at), whole)]
        assert plan_key_of(pledge.pillar) == pledge.plan_key
    assert [own_name(each.id) for each in whole.pledges] == 3 * [each.id for each in NINE.pledges]
    assert [*whole.parties.values()] == [*NINE.parties.values(), *other.parties.values()]


@pytest.mark.parametrize(
    ("shorts", "keys"),
    [
        (["VN-SG", "ASEAN"], ["VN-SG", "ASEAN"]),
        (["VN: SG*", "Kế hoạch [2]"], ["VN-SG", "Kế-hoạch-2"]),
        (["A", "a", "A"], ["A", "a-2", "A-3"]),
        (["A", "A-2", "A"], ["A", "A-2", "A-3"]),
        ([None, "***"], ["commitments", "commitments-2"]),
    ],
)
def test_short_names(shorts: Sequence[str | None], keys: Sequence[str]) -> None:
    """A short name has no blank and no sign that means something in an id, and is only one's."""
    plans = (Ledger(Plan("Plan", short)) for short in shorts)
    assert plan_keys(members(*plans)) == keys


def test_the_spans_of_plans() -> None:
    """What all plans say is said of the whole; if they differ, each has its own."""
    plans = [Plan("A", warn_days=60), Plan("B", warn_days=90)]
    whole = joint_ledger(members(*map(Ledger, plans)))
    assert (whole.warn_days, whole.stale_days) == (None, 180)
