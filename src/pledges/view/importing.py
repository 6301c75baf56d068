"""What was brought in from a file: what is new, what was changed, what was there already."""

from collections.abc import Iterator, Sequence
from enum import StrEnum
from typing import Final

from msgspec import Struct
from msgspec.structs import fields

from pledges.domain.day import Interval, Period
from pledges.domain.pledge import Ledger, Measure, Pledge
from pledges.view import words
from pledges.view.page import Answer, Cell, Column, Grid, Page, Plain, Section, Table, Tone

COLUMNS: Final = (
    Column("Id"),
    Column("Change"),
    Column("What", is_main=True, wraps=True, least=20),
)
LISTS: Final = ("claims", "updates", "asks")
NONE: Final = "none"


class Change(StrEnum):
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
    change: Change
    terms: Sequence[TermRecord] = ()
    claims: int = 0
    updates: int = 0
    asks: int = 0


class ImportDocument(Struct, frozen=True, kw_only=True):
    """All pledges that were brought in."""

    schema_version: int = 1
    kind: str = "import"
    ledger: str
    count: int
    new: int
    changed: int
    same: int
    pledges: Sequence[ImportRecord]


def records(before: Ledger, after: Ledger, ids: Sequence[str]) -> list[ImportRecord]:
    """What became of the pledges of these ids, in their order."""
    old = {each.id: each for each in before.pledges}
    new = {each.id: each for each in after.pledges}
    return [_record(old.get(each), new[each]) for each in ids]


def answer(found: Sequence[ImportRecord], ledger: str) -> Answer:
    """What was brought in, in each of its shapes; people are told only what is new of it."""
    document = ImportDocument(
        ledger=ledger,
        count=len(found),
        new=_count(found, Change.NEW),
        changed=_count(found, Change.CHANGED),
        same=_count(found, Change.SAME),
        pledges=found,
    )
    told = [each for each in found if each.change is not Change.SAME]
    rows = [[Cell(each.id), _change(each), Cell(_what(each))] for each in told]
    return Answer(
        page=lambda: Page(sections=[Section(table=Table(COLUMNS, rows))] if rows else []),
        document=lambda: document,
        records=lambda: found,
        grid=lambda: _grid(found),
    )


def summary(found: Sequence[ImportRecord]) -> str:
    """How many of which: "12 new, 3 changed, 15 as they were."."""
    same = _count(found, Change.SAME)
    counts = (
        (_count(found, Change.NEW), "new"),
        (_count(found, Change.CHANGED), "changed"),
        (same, "as it was" if same == 1 else "as they were"),
    )
    parts = [f"{count:,} {what}" for count, what in counts if count]
    return f"{', '.join(parts) or 'There are no pledges in it'}."


def _record(old: Pledge | None, new: Pledge) -> ImportRecord:
    change = Change.NEW if not old else Change.SAME if old == new else Change.CHANGED
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


def _count(found: Sequence[ImportRecord], change: Change) -> int:
    return sum(each.change is change for each in found)


def _change(each: ImportRecord) -> Cell:
    return Cell(str(each.change), Tone.GOOD if each.change is Change.NEW else None)


def _what(each: ImportRecord) -> str:
    """The title of a new pledge; of another one what is new of it."""
    if each.change is Change.NEW:
        return each.title
    terms = [f"{x.term} {x.old or NONE} -> {x.new or NONE}" for x in each.terms]
    added = ((each.claims, "claim"), (each.updates, "update"), (each.asks, "ask"))
    return "; ".join([*terms, *(f"+{words.count(n, what)}" for n, what in added if n)])


def _grid(found: Sequence[ImportRecord]) -> Grid:
    rows: list[Sequence[Plain]] = [
        [x.id, str(x.change), _what(x), x.claims, x.updates, x.asks] for x in found
    ]
    return Grid(["id", "change", "what", "claims", "updates", "asks"], rows)
