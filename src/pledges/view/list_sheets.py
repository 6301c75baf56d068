"""What a workbook of pledges has besides them: their histories and the registers."""

from collections.abc import Callable, Sequence
from typing import Final

from msgspec import Struct
from msgspec.structs import asdict

from pledges.domain.assessment import AssessedPledge
from pledges.domain.day import Period
from pledges.domain.fields import terms
from pledges.domain.pledge import PLAN_MARK, Ask, Claim, Ledger, Plan, Pledge, Update
from pledges.view.answer import Grid, RowValue, columns_of

HISTORY: Final = "History"
REGISTERS: Final = "Registers"

_RECORDS: Final[dict[str, tuple[type[Struct], Callable[[Pledge], Sequence[Struct]]]]] = {
    "update": (Update, lambda x: x.updates),
    "claim": (Claim, lambda x: x.claims),
    "ask": (Ask, lambda x: x.asks),
}


class HistoryEntry(Struct, frozen=True):
    """An update, claim or ask of a pledge, by its number among those of its kind."""

    id: str
    entry: str
    number: int
    record: Struct


class RegisterRow(Struct, frozen=True, kw_only=True):
    """A party, pillar or source by its key, or what the plan says under a key."""

    register: str
    key: str
    title: str | int
    publisher: str | None = None
    date: Period | None = None
    url: str | None = None


def history_sheet(members: Sequence[AssessedPledge]) -> Grid:
    """Every update, claim and ask of pledges, a row each, with a column for each of their keys."""
    keys = dict.fromkeys(key for kind, _ in _RECORDS.values() for key in terms(kind))
    columns: dict[str, RowValue] = {
        name: value for name, value in columns_of(HistoryEntry).items() if name != "record"
    }
    columns |= {key: _record_value(key) for key in keys}
    entries = (
        HistoryEntry(each.pledge.id, name, number, record)
        for each in members
        for name, (_, records) in _RECORDS.items()
        for number, record in enumerate(records(each.pledge), start=1)
    )
    return Grid(HISTORY, columns, entries)


def _record_value(key: str) -> RowValue:
    """What gives a key of the record of an entry; what is no more than its default is left out."""

    def value(entry: HistoryEntry) -> object:
        found: object = getattr(entry.record, key, None)
        return None if found is False else found

    return value


def register_sheet(ledger: Ledger) -> Grid:
    """What a ledger says of its plan, and its parties, pillars and sources, a row each."""
    rows = []
    for name, plan in ledger.plans.items():
        for key in terms(Plan):
            if (value := getattr(plan, key)) is not None:
                of_plan = f"{name}{PLAN_MARK}{key}" if name else key
                rows.append(RegisterRow(register="plan", key=of_plan, title=value))
    for register in ("parties", "pillars"):
        named = getattr(ledger, register).items()
        rows += [RegisterRow(register=register, key=key, title=title) for key, title in named]
    for key, source in ledger.sources.items():
        rows.append(RegisterRow(register="sources", key=key, **asdict(source)))
    return Grid(REGISTERS, columns_of(RegisterRow), rows)
