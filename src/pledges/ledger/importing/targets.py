"""What the columns of a file can give: the terms of a pledge, and what makes an update."""

from collections.abc import Mapping
from functools import cache
from typing import Final

from pledges.domain.assessment import Assessment
from pledges.domain.fields import Term, TextKind, fields, terms
from pledges.domain.pledge import Measure, Pledge, Update
from pledges.ledger.reading.decode import nested_kinds
from pledges.ledger.text.finding import Path

RECORDS: Final = frozenset(nested_kinds(Pledge))
"""The keys that hold records, which only JSON and ledgers have; others use such words too."""

TERMS: Final[Mapping[str, Path]] = {
    **{key: (key,) for key in fields(Pledge)},
    **{each.flat_name: (each.name,) for each in terms(Pledge).values()},
    **{each.flat_name: ("measure", each.name) for each in terms(Measure).values()},
}
"""The columns of a pledge's terms, with their places in its table."""

IN_FORCE: Final = "in_force"
"""What the column ``due`` gives next to ``pledged_due``: the deadline in force."""

NEWS: Final[Mapping[str, str]] = {
    "status": "status",
    "value": "value",
    "period": "period",
    "updated": "date",
    "why": "why",
    "update_note": "note",
    "update_source": "source",
    "by": "by",
    "seen": "seen",
    IN_FORCE: "due",
}
"""The columns that make an update together, with its keys."""

NEWS_COLUMNS: Final[Mapping[str, str]] = {
    key: "due" if name == IN_FORCE else name for name, key in NEWS.items()
}
"""The keys of an update with the names of their columns."""

PERCENT: Final = "percent"
"""A column that gives the value of a measure from 0 to 100 %, and the measure itself."""

WORKED_OUT: Final = frozenset(
    {*Assessment.__struct_fields__, "reported", "track", "deadline", "days", "sources", "listed_as"}
    | {"assessment", "plan"}
) - {"status", "value", "period", "due"}
"""The columns that are worked out from others, and never imported."""

OURS: Final = frozenset({*TERMS, *NEWS, *WORKED_OUT} - {IN_FORCE, "seen"})
IMPORTABLE: Final = sorted({*TERMS, *NEWS, PERCENT} - {"measure", IN_FORCE})
"""The columns that a mapping may name."""

IMPORTABLE_AS_TEXT: Final = [each for each in IMPORTABLE if each not in RECORDS]


def target_path(target: str) -> Path:
    """The place in a pledge's table of what a column gives; what an update has is in ``news``."""
    if target == PERCENT:
        return ("news", "value")
    return ("news", NEWS[target]) if target in NEWS else TERMS[target]


@cache
def term_of(target: str) -> Term | None:
    """The term of which a column gives values; None if it gives records."""
    path = target_path(target)
    record = {"measure": Measure, "news": Update}.get(str(path[0]), Pledge)
    return terms(record).get(str(path[-1]))


NAMES: Final = (TextKind.PILLAR, TextKind.PLEDGE)
"""Texts that are compared: blanks around them are no part of them."""

FREE_TEXTS: Final = frozenset(
    name
    for name in IMPORTABLE_AS_TEXT
    if (term := term_of(name)) and term.kind is str and not term.is_list
    if name == "id" or term.text_kind not in NAMES
)
"""The columns that hold any text."""
