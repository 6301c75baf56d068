"""The decisions that are asked for, one a row, for the pages that show what presses."""

from collections.abc import Sequence
from typing import Final

from pledges.domain.asks import OpenAsk
from pledges.domain.pledge import Ledger
from pledges.view.page import Cell, Column, Section, Table, Tone
from pledges.view.wording import values as words

COLUMNS: Final = (
    Column("Id"),
    Column("Decision", is_main=True, least=20, ease=25),
    Column("Asked of", wraps=True, least=12, ease=16, under="Decision", fold=3),
    Column("By"),
    Column("Days", under="By", fold=1),
    Column("Asked on", under="Decision", fold=2),
)


def section(asks: Sequence[OpenAsk], summary: str, ledger: Ledger) -> Section:
    """What is asked of whom, by when, and how many days are left or late."""
    rows = [_row(ask, ledger) for ask in asks]
    return Section("Decisions asked for", summary, [Table(COLUMNS, rows)])


def _row(ask: OpenAsk, ledger: Ledger) -> Sequence[Cell]:
    return (
        Cell(ask.id),
        Cell(ask.what),
        Cell(ledger.party(ask.of) if ask.of else ""),
        Cell(words.day(ask.by) if ask.by else ""),
        _days(ask),
        Cell(words.day(ask.date)),
    )


def _days(ask: OpenAsk) -> Cell:
    """How its day lies to the as-of date: "9 days left", "9 days late", "due today"."""
    if ask.days_late is not None:
        return Cell(f"{words.days(ask.days_late)} late", Tone.LATE)
    if ask.days_left == 0:
        return Cell("due today", Tone.WATCH)
    return Cell("" if ask.days_left is None else f"{words.days(ask.days_left)} left", Tone.WATCH)
