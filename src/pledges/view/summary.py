"""What a whole comes to in three lines, at the head of a page."""

from collections.abc import Sequence
from typing import Final

from pledges.domain.assessment import Assessed
from pledges.domain.counts import tally
from pledges.domain.snapshot import Snapshot
from pledges.view.page import Cell, Column, Section, Table, Tone
from pledges.view.wording.standings import news_counts, on_time_counts, word_counts
from pledges.view.wording.values import day, part

COLUMNS: Final = (
    Column("What"),
    Column("How many", is_number=True),
    Column("Of which", is_main=True, least=20),
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
    return Section(head, blocks=[Table(COLUMNS, rows, has_head=False)])
