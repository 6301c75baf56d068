"""The sections that several pages have: what a whole comes to, and the decisions asked for."""

from collections.abc import Sequence
from typing import Final

from pledges.domain.assessment import Assessed
from pledges.domain.counts import tally
from pledges.domain.pledge import Ledger
from pledges.domain.snapshot import OpenAsk, Snapshot
from pledges.view.page import Cell, Column, Section, Table, Tone
from pledges.view.wording.standings import news_counts, on_time_counts, word_counts
from pledges.view.wording.timing import time_left
from pledges.view.wording.values import day, part

SUMMARY_COLUMNS: Final = (
    Column("What"),
    Column("How many", is_number=True),
    Column("Of which", is_main=True, least=20),
)
ASK_COLUMNS: Final = (
    Column("Id"),
    Column("Decision", is_main=True, least=20, ease=25),
    Column("Asked of", wraps=True, least=12, ease=16, under="Decision", fold=3),
    Column("By"),
    Column("Days", under="By", fold=1),
    Column("Asked on", under="Decision", fold=2),
)


def summary_section(assessed: Sequence[Assessed], of: Snapshot) -> Section:
    """What the whole comes to: those with a deadline apart from those without."""
    dated = tally([each for each in assessed if each.assessment.is_dated])
    undated = tally([each for each in assessed if not each.assessment.is_dated])
    total = tally(assessed)
    facts = [
        ("With a deadline", dated.total, on_time_counts(dated)),
        ("Without", undated.total, word_counts(undated.standings)),
        ("Reported on", total.with_news, news_counts(total)),
    ]
    rows = [(Cell(x, Tone.MUTED), Cell(f"{n:,}"), Cell(which)) for x, n, which in facts if which]
    head = f"{part(total.total, len(of.assessed))} as of {day(of.as_of)}"
    return Section(head, blocks=[Table(SUMMARY_COLUMNS, rows, has_head=False)])


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
    return Section("Decisions asked for", summary, [Table(ASK_COLUMNS, rows)])
