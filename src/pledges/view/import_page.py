"""What was brought in from a file: what is new, what was changed, what was there already."""

import datetime as dt
from collections import Counter
from collections.abc import Iterator, Sequence
from enum import StrEnum
from operator import attrgetter
from typing import Final

from msgspec import Struct

from pledges.clean import JOINT
from pledges.domain.changes import Comparison
from pledges.domain.fields import script_value, terms
from pledges.domain.pledge import Kind, Ledger, Measure, Pledge, Update
from pledges.domain.snapshot import assess_alone
from pledges.view.answer import Answer, Document
from pledges.view.page import Cell, Column, Page, Section, Table, Tone
from pledges.view.update_page import differences
from pledges.view.wording import values as words
from pledges.view.wording.change_phrases import NONE, update_text

COLUMNS: Final = (
    Column("Id"),
    Column("Change"),
    Column("What", is_main=True, wraps=True, least=20),
)


class Effect(StrEnum):
    """What became of a pledge."""

    NEW = "new"
    CHANGED = "changed"
    SAME = "same"


class TermRecord(Struct, frozen=True):
    """A term that was changed; None if there was none."""

    term: str
    old: str | None
    new: str | None


class ImportRecord(Struct, frozen=True):
    """A pledge that was brought in, with what was changed and how many records were added.

    ``asks`` counts the decisions of which anything is new.
    """

    id: str
    title: str
    change: Effect
    terms: Sequence[TermRecord] = ()
    claims: int = 0
    updates: int = 0
    asks: int = 0


class ImportDocument(Document, frozen=True, kw_only=True):
    """All pledges that were brought in."""

    kind: str = "import"
    ledger: str
    count: int
    new: int
    changed: int
    same: int
    pledges: Sequence[ImportRecord]


class Outcome(Struct, frozen=True):
    """What became of a pledge: for scripts, and in words if anything is new of it."""

    record: ImportRecord
    what: str


def outcomes(before: Ledger, after: Ledger, ids: Sequence[str], as_of: dt.date) -> list[Outcome]:
    """What became of the pledges of these ids, in their order, as it was known on a day."""
    known = {each.id: each for each in before.pledges}
    new = {each.id: each for each in after.pledges}
    found = []
    for old, now in ((known.get(each), new[each]) for each in ids):
        record = _record(old, now)
        what = "" if old == now else words.quote(now.title)
        if old and old != now:
            sides = assess_alone(old, before, as_of), assess_alone(now, after, as_of)
            what = _what(record, Comparison(*sides), now.updates[len(old.updates) :])
        found.append(Outcome(record, what))
    return found


def answer(outcomes: Sequence[Outcome], ledger: str) -> Answer:
    """What was brought in, in each of its shapes; people are told only what is new of it."""
    found = [each.record for each in outcomes]
    counts = Counter(each.change for each in found)
    document = ImportDocument(
        ledger=ledger,
        count=len(found),
        pledges=found,
        new=counts[Effect.NEW],
        changed=counts[Effect.CHANGED],
        same=counts[Effect.SAME],
    )
    rows = []
    for each in outcomes:
        effect = each.record.change
        if effect is not Effect.SAME:
            tone = Tone.GOOD if effect is Effect.NEW else None
            rows.append([Cell(each.record.id), Cell(str(effect), tone), Cell(each.what)])
    page = Page(sections=[Section(blocks=[Table(COLUMNS, rows)])] if rows else [])
    names = ("id", "change", "what", "claims", "updates", "asks")
    columns = {each: attrgetter(each if each == "what" else f"record.{each}") for each in names}
    return Answer(lambda: page, lambda: document, columns, outcomes)


def summary(outcomes: Sequence[Outcome]) -> str:
    """How many of which: "12 new, 3 changed, 15 as they were."."""
    counts = Counter(each.record.change for each in outcomes)
    same = "as it was" if counts[Effect.SAME] == 1 else "as they were"
    names = {Effect.NEW: "new", Effect.CHANGED: "changed", Effect.SAME: same}
    parts = [f"{counts[each]:,}{JOINT}{name}" for each, name in names.items() if counts[each]]
    return f"{', '.join(parts) or 'There are no pledges in it'}."


def _record(old: Pledge | None, new: Pledge) -> ImportRecord:
    lists = ("claims", "updates", "asks")
    if old is None:
        counts = [len(getattr(new, each)) for each in lists]
        return ImportRecord(new.id, new.title, Effect.NEW, [], *counts)
    effect = Effect.SAME if old == new else Effect.CHANGED
    counts = [len({*getattr(new, each)} - {*getattr(old, each)}) for each in lists]
    return ImportRecord(new.id, new.title, effect, list(_changed_terms(old, new)), *counts)


def _changed_terms(old: Pledge, new: Pledge) -> Iterator[TermRecord]:
    none = Measure(unit="")
    for before, after in ((old, new), (old.measure or none, new.measure or none)):
        for name in terms(type(before)):
            values = getattr(before, name), getattr(after, name)
            if values[0] != values[1]:
                texts = [None if x in (None, "") else str(x) for x in map(script_value, values)]
                yield TermRecord(name, *texts)


def _what(each: ImportRecord, compared: Comparison, added: Sequence[Update]) -> str:
    parts = [f"{x.term} {x.old or NONE} -> {x.new or NONE}" for x in each.terms]
    parts += [f"+{words.count(each.claims, 'claim')}"] if each.claims else []
    parts += _words_of_updates(compared, added)
    parts += [f"+{words.count(each.asks, 'ask')}"] if each.asks else []
    return "; ".join(parts)


def _words_of_updates(compared: Comparison, added: Sequence[Update]) -> Iterator[str]:
    """What is otherwise by the updates that were added, and how many were.

    Those of a later day than today are counted, too, though the comparison does not know them.
    Of what recurs nothing is compared: they may be of another period.
    """
    now = compared.after
    names = {"status": "status", "value": "value", "deadline": "due"}
    if now.pledge.kind is Kind.RECURRING:
        names = {}
    gave = {x for x, name in names.items() if any(getattr(y, name) is not None for y in added)}
    changes = [f"{x} {change}" for x, change in differences(compared) if x in gave]
    yield from changes
    last = now.assessment.value_on
    older = sum(x.value is not None and last is not None and x.date < last for x in added)
    count = f"+{words.count(len(added), 'update')}"
    if len(added) > 1:
        yield f"{count} ({older:,}{JOINT}with an older reading)" if older else count
    elif added and (older or not changes):
        what = "" if changes else update_text(now.pledge, added[0])
        reading = "an older reading" if older else ""
        yield f"{count}: {f'{what} ({reading})' if what and reading else what or reading}"
