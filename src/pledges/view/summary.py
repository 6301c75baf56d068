"""What a whole comes to in three lines, at the head of a page."""

from collections.abc import Sequence
from typing import Final

from pledges.domain.assessment import Assessed
from pledges.domain.counts import tally
from pledges.domain.snapshot import Snapshot
from pledges.view.page import Cell, Column, Section, Table, Tone
from pledges.view.wording import phrases as wording
from pledges.view.wording import values as words

COLUMNS: Final = (
    Column("What"),
    Column("How many", is_number=True),
    Column("Of which", is_main=True, least=20),
)


def summary(everything: Sequence[Assessed], of: Snapshot) -> Section:
    """What the whole comes to: those with a deadline apart from those without."""
    dated = tally([each for each in everything if each.assessment.is_dated])
    undated = tally([each for each in everything if not each.assessment.is_dated])
    total = tally(everything)
    facts = [
        ("With a deadline", f"{dated.total:,}", wording.on_time(dated)),
        ("Without", f"{undated.total:,}", wording.counted_standings(undated.standings)),
        ("Reported on", f"{total.with_news:,}", wording.news(total)),
    ]
    rows = [
        (Cell(name, Tone.MUTED), Cell(count), Cell(which)) for name, count, which in facts if which
    ]
    head = f"{words.part(total.total, len(of.assessed))} as of {words.day(of.as_of)}"
    return Section(head, blocks=[Table(COLUMNS, rows, has_head=False)])
