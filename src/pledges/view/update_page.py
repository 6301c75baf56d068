"""What a change made of pledges: each thing that differs, old -> new."""

import datetime as dt
from collections.abc import Iterator, Sequence
from operator import itemgetter
from typing import Final

from msgspec import Struct

from pledges.domain.assessment import Assessed, Assessment
from pledges.domain.changes import Comparison
from pledges.domain.counts import status_word
from pledges.domain.pledge import Ask, Ledger, Update
from pledges.view.answer import Answer, LedgerDocument
from pledges.view.page import Cell, Column, Page, Section, Table
from pledges.view.wording import phrases as wording
from pledges.view.wording import sentences
from pledges.view.wording import values as words

COLUMNS: Final = (
    Column("Id"),
    Column("What"),
    Column("Change", is_main=True, wraps=True, least=20),
)
NONE: Final = "none"


class ChangeRecord(Struct, frozen=True):
    """A change of a pledge for scripts."""

    id: str
    before: Assessment | None
    after: Assessment
    updates: Sequence[Update]
    asks: Sequence[Ask]
    settled: Sequence[Ask]


class ChangeDocument(LedgerDocument, frozen=True, kw_only=True):
    """The pledges that were changed."""

    kind: str = "change"
    pledges: Sequence[ChangeRecord]


def answer(changed: Sequence[Comparison], ledger: Ledger, name: str, as_of: dt.date) -> Answer:
    """The changes in each of their shapes."""
    records = [_record(each) for each in changed]
    rows = [row for each in changed for row in _rows(each, ledger)]
    document = ChangeDocument(as_of=as_of, ledger=name, count=len(records), pledges=records)
    sections = [Section(blocks=[Table(COLUMNS, _cells(rows))])] if rows else []
    columns = {name: itemgetter(at) for at, name in enumerate(("id", "what", "change"))}
    return Answer(lambda: Page(sections=sections), lambda: document, columns, rows)


def unchanged(changed: Comparison) -> str:
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


def _record(changed: Comparison) -> ChangeRecord:
    return ChangeRecord(
        changed.after.pledge.id,
        changed.before.assessment if changed.before else None,
        changed.after.assessment,
        changed.updates,
        changed.asks,
        changed.settled_asks,
    )


def _cells(rows: Sequence[Sequence[str]]) -> list[list[Cell]]:
    return [[Cell(text) for text in row] for row in rows]


def _rows(changed: Comparison, ledger: Ledger) -> Iterator[tuple[str, str, str]]:
    pledge = changed.after.pledge.id
    for what, change in (*differences(changed), *_additions(changed, ledger)):
        yield pledge, what, change


def differences(changed: Comparison) -> Iterator[tuple[str, str]]:
    """What is otherwise than before."""
    before = _facts(changed.before) if changed.before else {}
    for what, new in _facts(changed.after).items():
        if new != before.get(what, new):
            yield what, f"{before[what] or NONE} -> {new or NONE}"


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


def _additions(changed: Comparison, ledger: Ledger) -> Iterator[tuple[str, str]]:
    """What stands in the ledger now that did not."""
    for update in changed.updates:
        yield "update", f"{words.day(update.date)}: {wording.update(changed.after.pledge, update)}"
        if update.source:
            yield "source", wording.citation(update.source, ledger)
    for ask in changed.asks:
        yield "asked", sentences.ask(ask, ledger)
    for ask in changed.settled_asks:
        yield "settled", ask.what
