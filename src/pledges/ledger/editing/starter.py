"""The ledger that a new one begins as: valid at once, and its comments teach the format."""

from collections.abc import Mapping
from pathlib import Path
from string import Template
from typing import Final

from pledges.domain.ids import next_id
from pledges.ledger.editing.toml_writing import pair_text, value_text

TITLE: Final = "Plan of Action"
PILLARS: Final = {"general": "General"}


def starter_ledger(
    title: str | None, parties: Mapping[str, str], pillars: Mapping[str, str]
) -> str:
    """A new ledger, without pledges yet: ``starter.toml`` with its places filled in."""
    pillars = pillars or PILLARS
    pillar = next(iter(pillars))
    text = Path(__file__).with_name("starter.toml").read_text(encoding="utf-8")
    return Template(text).substitute(
        title=pair_text("title", title or TITLE),
        parties=_pairs_text(parties),
        pillars=_pairs_text(pillars),
        id=next_id(pillar, (), ()),
        pillar=pillar,
        owed_by=f"#   owed_by = {value_text(list(parties))}\n" if parties else "",
    )


def _pairs_text(entries: Mapping[str, str]) -> str:
    return "".join(f"{pair_text(*entry)}\n" for entry in entries.items())
