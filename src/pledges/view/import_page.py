"""What was brought in from a file: what is new, what was changed, what was there already."""

import datetime as dt
from collections import Counter
from collections.abc import Iterator, Sequence
from enum import StrEnum
from operator import attrgetter
from shlex import quote
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from pledges.clean import JOINT
from pledges.domain.answers import FormHeading, Overtaken, UnusedCell
from pledges.domain.changes import Comparison
from pledges.domain.deadlines import current_deadline
from pledges.domain.fields import script_value, terms
from pledges.domain.pledge import Kind, Ledger, Measure, Pledge, Update
from pledges.domain.snapshot import OpenAsk, assess_alone
from pledges.view.answer import Answer, Document
from pledges.view.page import Cell, Column, Page, Section, Table, Tone
from pledges.view.update_page import differences
from pledges.view.wording import values as words
from pledges.view.wording.conflict_phrases import overtaken_text
from pledges.view.wording.history_phrases import NONE, update_text

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


SHOWN: Final = {Effect.NEW: Cell(Effect.NEW, Tone.GOOD), Effect.CHANGED: Cell(Effect.CHANGED)}
"""What people are shown of a pledge, if anything is new of it."""


class TermRecord(Struct, frozen=True):
    """A term that was changed; None if there was none."""

    term: str
    old: str | None
    new: str | None


class MoveRecord(Struct, frozen=True):
    """A deadline that was moved, with the reason: days or periods as the ledger has them."""

    old: str
    new: str
    why: str | None


class ImportRecord(Struct, frozen=True):
    """A pledge that was brought in, with what was changed and how many records were added.

    ``changed`` names the columns that gave anything new, those of updates too.  ``asks`` counts the
    decisions of which anything is new.
    """

    id: str
    title: str
    change: Effect
    changed: Sequence[str] = ()
    moved: MoveRecord | None = None
    terms: Sequence[TermRecord] = ()
    claims: int = 0
    updates: int = 0
    asks: int = 0


class FileReading(Struct, frozen=True, kw_only=True):
    """How a file was read: the rows that are no pledges, and what was left out.

    ``heading_row`` is None for a file without rows of a spreadsheet.  ``vanished`` are the ids that
    the file has no more, ``doubtful`` those of them that it may never have had; ``added`` the
    entries of registers that are new, ``kept`` those of another ledger that have other texts here.
    Of the answers to a form, ``overtaken`` is what the ledger says otherwise by now, ``asks`` are
    the decisions that notes may settle, and it ``is_undated`` if it gives no day; ``unread`` are
    its cells with a text that are no answer, and what is in ``unused`` ones is not imported.
    """

    left_out: Sequence[str] = ()
    heading_row: int | None = None
    title_rows: Sequence[int] = ()
    chapter_rows: Sequence[int] = ()
    skipped_rows: Sequence[int] = ()
    hidden_rows: Sequence[int] = ()
    sheets_not_read: Sequence[str] = ()
    vanished: Sequence[str] = ()
    doubtful: Sequence[str] = ()
    added: Sequence[str] = ()
    kept: Sequence[str] = ()
    overtaken: Sequence[Overtaken] = ()
    asks: Sequence[OpenAsk] = ()
    is_undated: bool = False
    unread: Sequence[str] = ()
    unused: Sequence[UnusedCell] = ()


class ImportDocument(Document, frozen=True, kw_only=True):
    """All pledges that were brought in, and how the file was read."""

    kind: str = "import"
    ledger: str
    count: int
    new: int
    changed: int
    same: int
    reading: FileReading
    diff: str | None = None
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
            parts = [f"{x.term} {x.old or NONE} -> {x.new or NONE}" for x in record.terms]
            parts += [f"+{words.count(record.claims, 'claim')}"] if record.claims else []
            parts += _words_of_updates(Comparison(*sides), now.updates[len(old.updates) :])
            parts += [f"+{words.count(record.asks, 'ask')}"] if record.asks else []
            what = "; ".join(parts)
        found.append(Outcome(record, what))
    return found


def answer(outcomes: Sequence[Outcome], ledger: str, reading: FileReading) -> Answer:
    """What was brought in, in each of its shapes; people are told only what is new of it."""
    counts = Counter(each.record.change for each in outcomes)
    document = ImportDocument(
        ledger=ledger,
        count=len(outcomes),
        new=counts[Effect.NEW],
        changed=counts[Effect.CHANGED],
        same=counts[Effect.SAME],
        reading=reading,
        pledges=[each.record for each in outcomes],
    )
    shown = [each for each in outcomes if each.record.change in SHOWN]
    rows = [[Cell(x.record.id), SHOWN[x.record.change], Cell(x.what)] for x in shown]
    page = Page(sections=[Section(blocks=[Table(COLUMNS, rows)])] if rows else [])
    names = ("id", "change", "what", "claims", "updates", "asks")
    columns = {each: attrgetter(each if each == "what" else f"record.{each}") for each in names}
    return Answer(lambda: page, lambda: document, columns, outcomes)


def with_diff(found: Answer, diff: str) -> Answer:
    """What would be brought in, for scripts with the diff of the ledger."""
    document = replace(found.document(), diff=diff)
    return replace(found, document=lambda: document)


def summary(outcomes: Sequence[Outcome], none: str) -> str:
    """How many of which: "12 new, 3 changed, 15 as they were."; ``none`` if there are none."""
    counts = Counter(each.record.change for each in outcomes)
    same = "as it was" if counts[Effect.SAME] == 1 else "as they were"
    names = {Effect.NEW: "new", Effect.CHANGED: "changed", Effect.SAME: same}
    parts = [f"{counts[each]:,}{JOINT}{name}" for each, name in names.items() if counts[each]]
    return f"{', '.join(parts) or none}."


def reading_remarks(reading: FileReading, *, is_of_mapping: bool) -> Iterator[str]:
    """How the file was read, in sentences, as far as anybody has to know it."""
    rows = {
        "titles": reading.title_rows,
        "chapters": reading.chapter_rows,
        "skipped": reading.skipped_rows,
    }
    if others := [f"{what}: {_row_numbers(found)}" for what, found in rows.items() if found]:
        yield f"The heading is row {reading.heading_row}; {'; '.join(others)}."
    if reading.hidden_rows:
        yield f"Hidden rows are imported too: {_row_numbers(reading.hidden_rows)}."
    yield from _list_of("Other sheets are not read", reading.sheets_not_read)
    if reading.left_out:
        how = "add them to [columns]" if is_of_mapping else "use --map or --learn"
        yield f"Left out: {', '.join(reading.left_out)}. To import them {how}"
    yield from _list_of("Added to the ledger", reading.added)
    kept = "Kept as they are in the ledger, although the file has other texts"
    yield from _list_of(kept, reading.kept)
    sure = [each for each in reading.vanished if each not in reading.doubtful]
    yield from _list_of("No longer in the file", sure)
    why = "perhaps of another register, because no id in the file begins like theirs"
    yield from _list_of(f"Not in the file, but {why}", reading.doubtful)
    yield from map(overtaken_text, reading.overtaken)
    for cell in reading.unused:
        why = "what is written in grey cells is not imported"
        if cell.heading in (FormHeading.DAY, FormHeading.SOURCE):
            why = "a day or a source alone is not imported, without a status, figure or note"
        elif cell.heading == FormHeading.DUE:
            why += f"; a new deadline belongs in {FormHeading.DEADLINE}"
        place = f"{cell.id}: row {cell.row}, {cell.heading}"
        yield f"{place}, {words.quotation(cell.text)}: {why}."
    yield from _list_of("Not read, because no answer belongs there", reading.unread)
    if reading.is_undated:
        yield "The form gives no day for its answers. To give one: --set updated=DATE"
    for ask in reading.asks:
        settle = f"pledges update {quote(ask.id)} --settle {ask.number}"
        yield f"{ask.id}: if its note settles {words.quotation(ask.what)}: {settle}"


def _row_numbers(numbers: Sequence[int]) -> str:
    """Numbers of rows: "row 4", "rows 1 to 3", "rows 5, 10 and 16"."""
    if len(numbers) == 1:
        return f"row {numbers[0]}"
    first, *_, last = numbers
    if numbers == [*range(first, last + 1)] and last > first + 1:
        return f"rows {first} to {last}"
    return f"rows {words.enumeration(words.first_few([*map(str, numbers)]))}"


def _list_of(what: str, names: Sequence[str]) -> Iterator[str]:
    if names:
        yield f"{what}: {', '.join(words.first_few(names))}."


def _record(old: Pledge | None, new: Pledge) -> ImportRecord:
    lists = ("claims", "updates", "asks")
    if old is None:
        counts = [len(getattr(new, each)) for each in lists]
        return ImportRecord(new.id, new.title, Effect.NEW, (), None, [], *counts)
    effect = Effect.SAME if old == new else Effect.CHANGED
    counts = [len({*getattr(new, each)} - {*getattr(old, each)}) for each in lists]
    terms_changed = list(_changed_terms(old, new))
    added = new.updates[len(old.updates) :]
    deadline, moved_to = current_deadline(old), current_deadline(new)
    moved = None
    if deadline and moved_to and deadline != moved_to and new.moves:
        moved = MoveRecord(deadline.name, moved_to.name, new.moves[-1].why)
    changed = [each.term for each in terms_changed]
    changed += [x for x, key in _UPDATE_COLUMNS.items() if any(getattr(y, key) for y in added)]
    if any(each.value is not None for each in added) and "value" not in changed:
        changed.append("value")
    return ImportRecord(new.id, new.title, effect, changed, moved, terms_changed, *counts)


_UPDATE_COLUMNS: Final = {
    "due": "due",
    "status": "status",
    "value": "value",
    "period": "period",
    "update_note": "note",
    "by": "by",
}
"""The columns of what is news in an update, with its fields."""


def _changed_terms(old: Pledge, new: Pledge) -> Iterator[TermRecord]:
    none = Measure(unit="")
    for before, after in ((old, new), (old.measure or none, new.measure or none)):
        for name in terms(type(before)):
            values = getattr(before, name), getattr(after, name)
            if values[0] != values[1]:
                texts = [None if x in (None, "") else str(x) for x in map(script_value, values)]
                yield TermRecord(name, *texts)


_COMPARED: Final = {"status": "status", "value": "value", "deadline": "due"}
"""What is told of an update if it differs, with its fields."""


def _words_of_updates(compared: Comparison, added: Sequence[Update]) -> Iterator[str]:
    """What is otherwise by the updates that were added, and how many were.

    Those of a later day than today are counted, too, though the comparison does not know them.
    Of what recurs nothing is compared: they may be of another period.
    """
    pledge, last = compared.after.pledge, compared.after.assessment.value_on
    names = {} if pledge.kind is Kind.RECURRING else _COMPARED
    gave = {x for x, name in names.items() if any(getattr(y, name) is not None for y in added)}
    changes = [f"{x} {to}" for x, to in differences(compared) if x in gave]
    yield from changes
    older = sum(x.value is not None and last is not None and x.date < last for x in added)
    if len(added) > 1:
        which = f" ({older:,}{JOINT}with an older value)" if older else ""
        yield f"+{words.count(len(added), 'update')}{which}"
    elif added and (older or not changes):
        text = f"{update_text(pledge, added[0])}{' (an older value)' if older else ''}"
        yield f"+{words.count(1, 'update')}: {'an older value' if changes else text}"
