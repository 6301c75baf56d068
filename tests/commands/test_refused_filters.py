"""Filters that can't be meant: words of the ledger's registers that it does not have."""

from typing import Final

import pytest

from desk import Desk
from samples import entry, ledger_text, pledge_table

LEDGER: Final = ledger_text(
    pledge_table("ECO-01", "Open the market", owed_by=["VN"], made="2025-03-12", source=["vov"]),
    pledge_table(
        "ECO-02",
        "Build parks",
        owed_by=["SG"],
        made="2026-12-01",
        source=["later", "https://a.vn/1"],
        update=[entry("2026-12-02", note="Begun.", source="https://a.vn/2")],
    ),
    sources={
        "vov": {"title": "Call of the ministers"},
        "later": {"title": "Call of next month", "date": "2026-12-01"},
    },
)


@pytest.fixture
def desk(desk: Desk) -> Desk:
    """A desk with these pledges on it."""
    desk.text = LEDGER
    return desk


COMMANDS: Final = (
    *("list", "progress", "due", "log", "timeline", "report"),
    "update --note x --yes",
)


@pytest.mark.parametrize(
    ("option", "word", "hint"),
    [
        ("pillar", "econom", "did you mean economy?"),
        ("pillar", "economic cooperaton", "did you mean Economic cooperation?"),
        ("pillar", "water", "use one of economy, energy, people"),
        ("party", "Vietnam", "did you mean Viet Nam?"),
        ("party", "SGP", "use one of VN, SG"),
        ("party", "VN,Laos", "use one of VN, SG"),
        ("source", "vovv", "did you mean vov?"),
    ],
)
@pytest.mark.parametrize("negation", ["", "not-"])
def test_unknown_word(desk: Desk, negation: str, option: str, word: str, hint: str) -> None:
    """A pillar, party or source that the ledger does not have is refused, with the one meant."""
    said = word.rpartition(",")[2]
    message = f"pledges: error: the ledger has no {option} {said!r}\n  = hint: {hint}\n"
    for command in COMMANDS:
        if (option, command) == ("source", COMMANDS[-1]):  # --source cites one there
            continue
        code, out, err = desk.line(f"{command} --{negation}{option} '{word}'")
        assert (command, code, out, err) == (command, 2, "", message)


@pytest.mark.parametrize(
    ("option", "word", "ids"),
    [
        ("pillar", "ECONOMY", "ECO-01"),
        ("pillar", "Economic  Cooperation", "ECO-01"),
        ("pillar", "energy", ""),
        ("party", "viet nam", "ECO-01"),
        ("party", "Vi\u1ec7t Nam", "ECO-01"),
        ("party", "SG", ""),
        ("party", "sg, vn", "ECO-01"),
        ("source", "later", ""),
        ("source", "https://a.vn/1", ""),
        ("source", "https://a.vn/2", ""),
        ("source", "VOV", "ECO-01"),
    ],
)
def test_known_word(desk: Desk, option: str, word: str, ids: str) -> None:
    """What the ledger has is no error, even if it is known, or used, only after the as-of date."""
    code, out, err = desk("list", f"--{option}", word, "--format", "csv", "--columns", "id", "-q")
    assert (code, out.split()[1:], err) == (0, ids.split(), "")
