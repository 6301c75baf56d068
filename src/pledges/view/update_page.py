"""What a change made of pledges: each thing that differs, old -> new."""

import datetime as dt
from collections.abc import Iterator, Sequence
from typing import Final

from msgspec import Struct

from pledges.domain.assessment import Assessed, Assessment
from pledges.domain.counts import status_word
from pledges.domain.pledge import Ask, Ledger, Update
from pledges.view.page import Answer, Cell, Column, Grid, Page, Section, Table
from pledges.view.records import Document
from pledges.view.wording import phrases as wording
from pledges.view.wording import sentences
from pledges.view.wording import values as words

COLUMNS: Final = (
    Column("Id"),
    Column("What"),
    Column("Change", is_main=True, wraps=True, least=20),
)
NONE: Final = "none"


class Changed(Struct, frozen=True):
    """A pledge before and after a change."""

    before: Assessed
    after: Assessed

    @property
    def updates(self) -> list[Update]:
        """The updates that were added."""
        return list(self.after.pledge.updates[len(self.before.pledge.updates) :])

    @property
    def asks(self) -> list[Ask]:
        """The decisions that were asked for."""
        return list(self.after.pledge.asks[len(self.before.pledge.asks) :])

    @property
    def settled(self) -> list[Ask]:
        """The decisions that were settled."""
        asks = zip(self.before.pledge.asks, self.after.pledge.asks, strict=False)
        return [new for old, new in asks if old != new]

    @property
    def is_change(self) -> bool:
        """Whether anything differs."""
        return self.before.pledge != self.after.pledge


class ChangeRecord(Struct, frozen=True):
    """A change of a pledge for scripts."""

    id: str
    before: Assessment
    after: Assessment
    updates: Sequence[Update]
    asks: Sequence[Ask]
    settled: Sequence[Ask]


class ChangeDocument(Document, frozen=True, kw_only=True):
    """The pledges that were changed."""

    pledges: Sequence[ChangeRecord]


def answer(changed: Sequence[Changed], ledger: Ledger, name: str, as_of: dt.date) -> Answer:
    """The changes in each of their shapes."""
    records = [_record(each) for each in changed]
    rows = [row for each in changed for row in _rows(each, ledger)]
    document = ChangeDocument(
        kind="change", as_of=as_of, ledger=name, count=len(records), pledges=records
    )
    return Answer(
        page=lambda: Page(sections=[Section(table=Table(COLUMNS, _cells(rows)))] if rows else []),
        document=lambda: document,
        records=lambda: records,
        grid=lambda: Grid(["id", "what", "change"], rows),
    )


def unchanged(changed: Changed) -> str:
    """That nothing was new."""
    return f"{changed.after.pledge.id}: the ledger says this already"


def preview(assessed: Sequence[Assessed]) -> list[tuple[str, str, str]]:
    """Id, status with standing, and title of each pledge that is about to be changed."""
    return [
        (
            each.pledge.id,
            f"{words.spoken(status_word(each))}, {sentences.standing_of(each.assessment)}",
            each.pledge.title,
        )
        for each in assessed
    ]


def _record(changed: Changed) -> ChangeRecord:
    return ChangeRecord(
        changed.after.pledge.id,
        changed.before.assessment,
        changed.after.assessment,
        changed.updates,
        changed.asks,
        changed.settled,
    )


def _cells(rows: Sequence[Sequence[str]]) -> list[list[Cell]]:
    return [[Cell(text) for text in row] for row in rows]


def _rows(changed: Changed, ledger: Ledger) -> Iterator[tuple[str, str, str]]:
    pledge = changed.after.pledge.id
    for what, change in (*differences(changed), *_additions(changed, ledger)):
        yield pledge, what, change


def differences(changed: Changed) -> Iterator[tuple[str, str]]:
    """What is otherwise than before."""
    before, after = _facts(changed.before), _facts(changed.after)
    for what, old in before.items():
        if old != after[what]:
            yield what, f"{old or NONE} -> {after[what] or NONE}"


def _facts(each: Assessed) -> dict[str, str]:
    """What is told of a pledge when it differs."""
    assessment, measure = each.assessment, each.pledge.measure
    value, done, slip = assessment.value, assessment.progress, assessment.slip_days
    return {
        "status": words.spoken(status_word(each)),
        "value": "" if value is None or not measure else wording.amount(value, measure.unit),
        "progress": "" if done is None else words.percent(done),
        "standing": sentences.standing_of(assessment),
        "pace": words.spoken(assessment.pace) if assessment.pace else "",
        "deadline": wording.worded_deadline(each),
        "slip": wording.slip(slip) if slip is not None else "",
    }


def _additions(changed: Changed, ledger: Ledger) -> Iterator[tuple[str, str]]:
    """What stands in the ledger now that did not."""
    for update in changed.updates:
        yield "update", f"{words.day(update.date)}: {wording.update(changed.after.pledge, update)}"
        if update.source:
            yield "source", wording.citation(update.source, ledger)
    for ask in changed.asks:
        yield "asked", sentences.ask(ask, ledger)
    for ask in changed.settled:
        yield "settled", ask.what
