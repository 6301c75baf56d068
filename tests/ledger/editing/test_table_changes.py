"""A change of the tables is the same, wherever in a ledger it is and whatever else is in that."""

import pytest

from pledges.ledger.editing.table_changes import change_digest, guessed_change_digest
from samples import SMALL_PLAN

UPDATE = '[[pledge.update]]\ndate = 2026-11-22\nnote = "One."\n\n'
PARKS = "# Parks are counted by the ministry.\n"
CHANGES = (
    (PARKS, f"{UPDATE}{PARKS}"),
    ('title = "Open the market"', 'title = "Open it"'),
    ('owed_by = ["VN", "SG"]', 'owed_by = ["SG"]'),
    ('people = "People"\n', 'people = "All people"\n'),
    ("\n[[pledge]]\n", f"\n{UPDATE.replace('.update', '')}[[pledge]]\n".replace("date", "due")),
    ("[sources.vov]\n", '[sources.vns]\ntitle = "News"\n\n[sources.vov]\n'),
    ("value = 1\n", "value = 2\n"),
    (SMALL_PLAN, SMALL_PLAN),
)


def changed(text: str, change: tuple[str, str]) -> str:
    """A text with a change at its first place."""
    assert change[0] in text
    return text.replace(*change, 1)


def digest(old: str, new: str) -> str | None:
    """The digest of the change from one text to another."""
    return change_digest(old.encode(), new.encode())


@pytest.mark.parametrize("change", CHANGES)
def test_guess(change: tuple[str, str]) -> None:
    """What is guessed from the pledges around a change is what all of the ledger says."""
    new = changed(SMALL_PLAN, change)
    for texts in ((SMALL_PLAN, new), (new, SMALL_PLAN)):
        old_bytes, new_bytes = (each.encode() for each in texts)
        found = guessed_change_digest(old_bytes, new_bytes)
        assert found == change_digest(old_bytes, new_bytes)


@pytest.mark.parametrize("change", CHANGES[:-1])
def test_same_change_elsewhere(change: tuple[str, str]) -> None:
    """Other pledges and entries of the same history make no difference."""
    theirs = changed(SMALL_PLAN, ('status = "in-progress"\n', 'status = "in-progress"\nby = "X"\n'))
    theirs = f'{theirs}\n[[pledge]]\nid = "PPL-09"\ntitle = "T"\npillar = "people"\n'
    assert digest(theirs, changed(theirs, change)) == digest(
        SMALL_PLAN, changed(SMALL_PLAN, change)
    )


def test_other_changes() -> None:
    """Two changes are never taken for the same, nor one of another pledge."""
    digests = {digest(SMALL_PLAN, changed(SMALL_PLAN, each)) for each in CHANGES}
    assert len(digests) == len(CHANGES)
    other = SMALL_PLAN.replace("ECO-01", "ECO-07")
    for change in CHANGES[:2]:
        assert digest(other, changed(other, change)) not in digests
    head, *pledges = SMALL_PLAN.split("\n[[pledge]]\n")
    swapped = "\n[[pledge]]\n".join([head, pledges[1], pledges[0], *pledges[2:]])
    assert digest(SMALL_PLAN, swapped) not in digests


def test_no_toml() -> None:
    """What is no TOML has no digest."""
    assert digest(SMALL_PLAN, "x") is None
    assert guessed_change_digest(b"x", b"y") is None
    assert change_digest(b"\xff", b"") is None
