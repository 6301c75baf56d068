"""What a change made of pledges: each thing that differs, old -> new."""

import datetime as dt
from collections.abc import Iterator, Sequence
from operator import itemgetter
from typing import Final

from msgspec import Struct

from pledges.domain.assessment import AssessedPledge, Assessment
from pledges.domain.changes import Comparison
from pledges.domain.counts import status_word
from pledges.domain.pledge import Ask, Ledger, Update
from pledges.view.answer import Answer, LedgerDocument
from pledges.view.page import Cell, Column, Page, Section, Table
from pledges.view.wording import values as words
from pledges.view.wording.change_phrases import NONE, ask_text, update_text
from pledges.view.wording.dates import deadline_text, slip
from pledges.view.wording.figures import amount
from pledges.view.wording.standings import citations_text, standing_phrase

COLUMNS: Final = (
    Column("Id"),
    Column("What"),
    Column("Change", is_main=True, wraps=True, least=20),
)


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


def answer(changed: Sequence[Comparison], ledger: Ledger, path: str, as_of: dt.date) -> Answer:
    """The changes in every format."""
    records, rows = [], []
    for each in changed:
        name, before = each.after.pledge.id, each.before.assessment if each.before else None
        added = (each.updates, each.asks, each.settled_asks)
        records.append(ChangeRecord(name, before, each.after.assessment, *added))
        rows += [(name, *x) for x in (*differences(each), *_additions(each, ledger))]
    document = ChangeDocument(as_of=as_of, ledger=path, count=len(records), pledges=records)
    table = Table(COLUMNS, [[*map(Cell, row)] for row in rows])
    page = Page(sections=[Section(blocks=[table])] if rows else [])
    columns = {name: itemgetter(at) for at, name in enumerate(("id", "what", "change"))}
    return Answer(lambda: page, lambda: document, columns, rows)


def unchanged_text(changed: Comparison) -> str:
    """That nothing was new."""
    return f"{changed.after.pledge.id}: the ledger says this already"


def preview(assessed: Sequence[AssessedPledge]) -> list[tuple[str, str, str]]:
    """Id, status with standing, and title of each pledge that is about to be changed."""
    rows = []
    for each in assessed:
        status = words.readable(status_word(each))
        phrase = f"{status}, {standing_phrase(each.assessment)}"
        rows.append((each.pledge.id, phrase, each.pledge.title))
    return rows


def differences(changed: Comparison) -> Iterator[tuple[str, str]]:
    """What is otherwise than before: ("deadline", "before 2030 -> 2026")."""
    before = _facts(changed.before) if changed.before else {}
    for what, new in _facts(changed.after).items():
        if new != before.get(what, new):
            yield what, f"{before[what] or NONE} -> {new or NONE}"


def _facts(each: AssessedPledge) -> dict[str, str]:
    now, measure = each.assessment, each.pledge.measure
    return {
        "status": words.readable(status_word(each)),
        "value": "" if now.value is None or not measure else amount(now.value, measure.unit),
        "progress": words.percent(now.progress),
        "standing": standing_phrase(now),
        "pace": words.readable(now.pace or ""),
        "deadline": deadline_text(each),
        "slip": slip(now.slip_days) if now.slip_days is not None else "",
    }


def _additions(changed: Comparison, ledger: Ledger) -> Iterator[tuple[str, str]]:
    for update in changed.updates:
        yield "update", f"{words.day(update.date)}: {update_text(changed.after.pledge, update)}"
        if update.source:
            yield "source", citations_text(update.source, ledger)
    for ask in changed.asks:
        yield "asked", ask_text(ask, ledger)
    for ask in changed.settled_asks:
        yield "settled", ask.what
