"""What was brought in from a file: what is new, what was changed, what was there already."""

import datetime as dt
from collections.abc import Iterator, Sequence
from enum import StrEnum
from operator import attrgetter
from typing import Final

from msgspec import Struct
from msgspec.structs import fields

from pledges.domain.assessment import Assessed
from pledges.domain.changes import Comparison
from pledges.domain.day import Interval, Period
from pledges.domain.events import said_by
from pledges.domain.pledge import Kind, Ledger, Measure, Pledge, Update
from pledges.domain.snapshot import assessed_alone
from pledges.view.answer import Answer, Document
from pledges.view.page import Cell, Column, Page, Section, Table, Tone
from pledges.view.update_page import differences
from pledges.view.wording import phrases as wording
from pledges.view.wording import values as words

COLUMNS: Final = (
    Column("Id"),
    Column("Change"),
    Column("What", is_main=True, wraps=True, least=20),
)
LISTS: Final = ("claims", "updates", "asks")
NONE: Final = "none"


class Effect(StrEnum):
    """What became of a pledge."""

    NEW = "new"
    CHANGED = "changed"
    SAME = "same"


class TermRecord(Struct, frozen=True):
    """A term that was changed; None is where there was none."""

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

    schema_version: int = 1
    kind: str = "import"
    ledger: str
    count: int
    new: int
    changed: int
    same: int
    pledges: Sequence[ImportRecord]


class Outcome(Struct, frozen=True):
    """What became of a pledge: for scripts, and in words where anything is new of it."""

    record: ImportRecord
    what: str


def outcomes(before: Ledger, after: Ledger, ids: Sequence[str], as_of: dt.date) -> list[Outcome]:
    """What became of the pledges of these ids, in their order, as it was known on a day."""
    known = {each.id: each for each in before.pledges}
    new = {each.id: each for each in after.pledges}
    found = []
    for each in ids:
        old, record = known.get(each), _record(known.get(each), new[each])
        what = "" if record.change is Effect.SAME else record.title
        if old and record.change is Effect.CHANGED:
            now = assessed_alone(new[each], after, as_of)
            compared = Comparison(assessed_alone(old, before, as_of), now)
            what = _what(record, compared, new[each].updates[len(old.updates) :])
        found.append(Outcome(record, what))
    return found


def answer(outcomes: Sequence[Outcome], ledger: str) -> Answer:
    """What was brought in, in each of its shapes; people are told only what is new of it."""
    found = [each.record for each in outcomes]
    document = ImportDocument(
        ledger=ledger,
        count=len(found),
        new=_count(found, Effect.NEW),
        changed=_count(found, Effect.CHANGED),
        same=_count(found, Effect.SAME),
        pledges=found,
    )
    told = [each for each in outcomes if each.record.change is not Effect.SAME]
    rows = [[Cell(x.record.id), _change(x.record), Cell(x.what)] for x in told]
    page = Page(sections=[Section(blocks=[Table(COLUMNS, rows)])] if rows else [])
    columns = {"what": attrgetter("what")} | {
        name: attrgetter(f"record.{name}") for name in ("id", "change", "claims", "updates", "asks")
    }
    order = ("id", "change", "what", "claims", "updates", "asks")
    return Answer(lambda: page, lambda: document, {name: columns[name] for name in order}, outcomes)


def summary(outcomes: Sequence[Outcome]) -> str:
    """How many of which: "12 new, 3 changed, 15 as they were."."""
    found = [each.record for each in outcomes]
    same = _count(found, Effect.SAME)
    counts = (
        (_count(found, Effect.NEW), "new"),
        (_count(found, Effect.CHANGED), "changed"),
        (same, "as it was" if same == 1 else "as they were"),
    )
    parts = [f"{count:,} {what}" for count, what in counts if count]
    return f"{', '.join(parts) or 'There are no pledges in it'}."


def _record(old: Pledge | None, new: Pledge) -> ImportRecord:
    change = Effect.NEW if not old else Effect.SAME if old == new else Effect.CHANGED
    return ImportRecord(
        new.id,
        new.title,
        change,
        list(_terms(old, new)) if old else [],
        claims=_added(old.claims if old else None, new.claims),
        updates=_added(old.updates if old else None, new.updates),
        asks=_added(old.asks if old else None, new.asks),
    )


def _added(old: Sequence[Struct] | None, new: Sequence[Struct]) -> int:
    """How many records are there that were not."""
    return len(new) if old is None else len(set(new) - set(old))


def _terms(old: Struct, new: Struct) -> Iterator[TermRecord]:
    """The terms that differ, those of a measure by themselves."""
    for each in fields(type(old)):
        before, after = getattr(old, each.name), getattr(new, each.name)
        if each.name in LISTS or before == after:
            continue
        if isinstance(after, Measure):
            yield from _terms(before or Measure(unit=""), after)
        else:
            yield TermRecord(each.encode_name, _named(before), _named(after))


def _named(value: object) -> str | None:
    """A value of a term by its name; None where there is none."""
    if isinstance(value, tuple):
        return ";".join(value) or None
    if isinstance(value, Period):
        return value.name
    if isinstance(value, Interval):
        return str(value)
    return None if value in (None, "") else str(value)


def _count(found: Sequence[ImportRecord], change: Effect) -> int:
    return sum(each.change is change for each in found)


def _change(each: ImportRecord) -> Cell:
    return Cell(str(each.change), Tone.GOOD if each.change is Effect.NEW else None)


def _what(each: ImportRecord, compared: Comparison, added: Sequence[Update]) -> str:
    """What is new of a pledge that was changed."""
    terms = [f"{x.term} {x.old or NONE} -> {x.new or NONE}" for x in each.terms]
    told = [*terms, *_told_claims(each), *_told_updates(compared, added), *_told_asks(each)]
    return "; ".join(told)


def _told_claims(each: ImportRecord) -> Iterator[str]:
    if each.claims:
        yield f"+{words.count(each.claims, 'claim')}"


def _told_asks(each: ImportRecord) -> Iterator[str]:
    if each.asks:
        yield f"+{words.count(each.asks, 'ask')}"


def _told_updates(compared: Comparison, added: Sequence[Update]) -> Iterator[str]:
    """What is otherwise by the updates that were added, and how many were.

    Those of a later day than today are counted, too, though the comparison does not know them.
    """
    told = [f"{what} {change}" for what, change in _reported(compared, added)]
    yield from told
    older = sum(_is_older(each, compared.after) for each in added)
    if len(added) > 1 or older or (added and not told):
        yield _counted(compared.after.pledge, added, older, is_told=bool(told))


def _reported(compared: Comparison, added: Sequence[Update]) -> Iterator[tuple[str, str]]:
    """What the updates gave that is otherwise by now; of what recurs it is of another period."""
    if compared.after.pledge.kind is Kind.RECURRING:
        return
    said = said_by(added)
    gave = {"status": said.status, "value": said.value, "deadline": said.due}
    yield from (each for each in differences(compared) if gave.get(each[0]) is not None)


def _is_older(update: Update, now: Assessed) -> bool:
    """Whether there is a later value than that of an update."""
    last = now.assessment.value_on
    return update.value is not None and last is not None and update.date < last


def _counted(new: Pledge, added: Sequence[Update], older: int, *, is_told: bool) -> str:
    """How many updates were added; a single one that is not told otherwise by what it says."""
    count = f"+{words.count(len(added), 'update')}"
    if len(added) > 1:
        return f"{count} ({older:,} with an older reading)" if older else count
    what = "an older reading" if older else ""
    if not is_told:
        said = wording.update(new, added[0])
        what = f"{said} ({what})" if what else said
    return f"{count}: {what}"
