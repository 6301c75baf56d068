"""The decisions that are asked for, one a row, for the pages that show what presses."""

from collections.abc import Sequence
from typing import Final

from pledges.domain.asks import OpenAsk
from pledges.domain.pledge import Ledger
from pledges.view.page import Cell, Column, Section, Table, Tone
from pledges.view.wording.timing import time_left
from pledges.view.wording.values import day

COLUMNS: Final = (
    Column("Id"),
    Column("Decision", is_main=True, least=20, ease=25),
    Column("Asked of", wraps=True, least=12, ease=16, under="Decision", fold=3),
    Column("By"),
    Column("Days", under="By", fold=1),
    Column("Asked on", under="Decision", fold=2),
)


def asks_section(asks: Sequence[OpenAsk], summary: str, ledger: Ledger) -> Section:
    """What is asked of whom, by when, and how many days are left or late."""
    rows = [
        (
            Cell(ask.id),
            Cell(ask.what),
            Cell(ledger.party(ask.of) if ask.of else ""),
            Cell(day(ask.by) if ask.by else ""),
            Cell(time_left(ask), Tone.WATCH if ask.days_late is None else Tone.LATE),
            Cell(day(ask.date)),
        )
        for ask in asks
    ]
    return Section("Decisions asked for", summary, [Table(COLUMNS, rows)])
