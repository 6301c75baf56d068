"""What a change made of pledges: each thing that differs, old -> new."""

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import chain
from operator import itemgetter
from typing import Any, Final

from msgspec import Struct
from msgspec.structs import replace

from pledges.domain.assessment import AssessedPledge, Assessment
from pledges.domain.changes import Comparison
from pledges.domain.counts import status_word
from pledges.domain.edits import RECORD_LISTS
from pledges.domain.fields import fields, terms
from pledges.domain.partners import EntryPair
from pledges.domain.pledge import Ask, Claim, Ledger, Measure, Pledge, Update
from pledges.view.answer import Answer, LedgerDocument
from pledges.view.page import Cell, Column, Page, Section, Table
from pledges.view.wording import values as words
from pledges.view.wording.dates import claim_sentence, deadline_text, slip
from pledges.view.wording.figures import amount
from pledges.view.wording.history_phrases import NONE, ask_text, update_text
from pledges.view.wording.standings import standing_phrase
from pledges.view.wording.titles import citations_text, term_lines

COLUMNS: Final = (
    Column("Id"),
    Column("What"),
    Column("Change", is_main=True, wraps=True, least=20),
)


ChangeRow = tuple[str, str, str]


class ValueChange(Struct, frozen=True):
    """What differs in the ledger, old and new, by its key, with entries counted from 1.

    The key is ``lead``, ``measure.target`` or ``update.2.note``; ``update.3`` is a whole entry, of
    which the old value is null if it was added, and the new one if it was removed.
    """

    key: str
    old: object
    new: object


class ChangeRecord(Struct, frozen=True):
    """A change of a pledge for scripts."""

    id: str
    changes: Sequence[ValueChange]
    before: Assessment | None
    after: Assessment
    updates: Sequence[Update]
    asks: Sequence[Ask]
    settled: Sequence[Ask]
    claims: Sequence[Claim]
    settled_claims: Sequence[Claim]


class ChangeDocument(LedgerDocument, frozen=True, kw_only=True):
    """The pledges that were changed, and the ids of those removed."""

    kind: str = "change"
    pledges: Sequence[ChangeRecord]
    removed: Sequence[str] = ()


def answer(changed: Sequence[Comparison], ledger: Ledger, path: str, as_of: dt.date) -> Answer:
    """The changes in every format."""
    records = [*map(change_record, changed)]
    rows = [*chain.from_iterable(change_rows(each, ledger) for each in changed)]
    document = ChangeDocument(as_of=as_of, ledger=path, count=len(records), pledges=records)
    return rows_answer(rows, lambda: document)


def change_record(changed: Comparison) -> ChangeRecord:
    """A change for scripts."""
    claims, asks = changed.claim_pairs, changed.ask_pairs
    return ChangeRecord(
        id=changed.after.pledge.id,
        changes=[*value_changes(changed)],
        before=changed.before.assessment if changed.before else None,
        after=changed.after.assessment,
        updates=[x.new for x in changed.update_pairs if x.new and not x.old],
        asks=[x.new for x in asks if x.new and not x.old],
        settled=[x.new for x in asks if x.new and _is_settled(x)],
        claims=[x.new for x in claims if x.new and not x.old],
        settled_claims=[x.new for x in claims if x.new and _is_settled(x)],
    )


def change_rows(changed: Comparison, ledger: Ledger) -> Iterator[ChangeRow]:
    """Yield a change for people: the id, what differs, and how."""
    for what, how in chain(
        *(_terms_changed(changed, ledger), differences(changed)),
        *(_corrections(changed, ledger), _additions(changed, ledger)),
    ):
        yield changed.after.pledge.id, what, how


def removal_answer(pledge: Pledge, path: str, as_of: dt.date) -> Answer:
    """That a pledge was removed."""
    document = ChangeDocument(as_of=as_of, ledger=path, count=0, pledges=[], removed=[pledge.id])
    rows = [(pledge.id, "removed", pledge.title)]
    return rows_answer(rows, lambda: document)


def rows_answer(
    rows: Sequence[ChangeRow], document: Callable[[], LedgerDocument], caption: str = ""
) -> Answer:
    """Changes as rows under a caption, and as a document."""
    table = Table(COLUMNS, [[*map(Cell, row)] for row in rows])
    page = Page(caption=caption, sections=[Section(blocks=[table])] if rows else [])
    columns = {name: itemgetter(at) for at, name in enumerate(("id", "what", "change"))}
    return Answer(lambda: page, document, columns, rows, sheet="Changes")


def value_changes(changed: Comparison) -> Iterator[ValueChange]:
    """Yield what differs in the ledger, but for the internal note, which stays in it."""
    if not changed.before:
        return
    old, new = changed.before.pledge, changed.after.pledge
    yield from _changed_terms("", old, new)
    for key, pairs in _pairs(changed).items():
        for pair in pairs:
            if pair.old and pair.new:
                yield from _changed_terms(f"{key}.{pair.number}.", pair.old, pair.new)
            else:
                yield ValueChange(f"{key}.{pair.number or pair.old_number}", pair.old, pair.new)


def _pairs(changed: Comparison) -> Mapping[str, Sequence[EntryPair[Any]]]:
    """The entries of each list before and after."""
    lists = changed.update_pairs, changed.claim_pairs, changed.ask_pairs
    return dict(zip(("update", "claim", "ask"), lists, strict=True))


def _changed_terms(prefix: str, old: Struct, new: Struct) -> Iterator[ValueChange]:
    for key, declared in fields(type(old)).items():
        was, now = getattr(old, declared.name), getattr(new, declared.name)
        if was == now or key in (*RECORD_LISTS, "internal"):
            continue
        if isinstance(was, Measure) and isinstance(now, Measure):
            yield from _changed_terms(f"{prefix}{key}.", was, now)
        else:
            yield ValueChange(f"{prefix}{key}", was, now)


def unchanged_text(changed: Comparison) -> str:
    """That nothing was new."""
    return f"{changed.after.pledge.id}: nothing to change, the ledger already says this"


def preview(assessed: Sequence[AssessedPledge], ids: Iterable[str]) -> list[tuple[str, str, str]]:
    """Id, status with standing, and title of each pledge of these ids, which are to be changed."""
    named, phrase = frozenset(ids), "{status}, {standing}"
    found = (each for each in assessed if each.pledge.id in named)
    return [(x.pledge.id, phrase.format_map(_facts(x)), x.pledge.title) for x in found]


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


def _terms_changed(changed: Comparison, ledger: Ledger) -> Iterator[tuple[str, str]]:
    """The terms that differ, old -> new, but for those of which the facts tell more."""
    before, after = changed.before, changed.after
    if not before:
        return
    both = ((before.pledge, after.pledge), (before.pledge.measure, after.pledge.measure))
    for kind, (old, new) in zip((Pledge, Measure), both, strict=True):
        for name, term in terms(kind).items():
            was, now = getattr(old, name, None), getattr(new, name, None)
            if was != now and name == "internal":
                yield term.title.lower(), "changed"
            elif was != now and not (name == "due" and not after.pledge.moves):
                texts = ("; ".join(term_lines(term, each, ledger)) or NONE for each in (was, now))
                yield term.title.lower(), " -> ".join(texts)


def _corrections(changed: Comparison, ledger: Ledger) -> Iterator[tuple[str, str]]:
    """The entries, claims and decisions that were corrected or removed."""
    names = {"update": "entry", "claim": "claim", "ask": "decision"}
    for key, pairs in _pairs(changed).items():
        for number, old, new_number, new in pairs:
            if old and not new:
                yield f"{names[key]} {number} removed", _entry_text(changed, old, ledger)
            elif old and new and old != new and not _is_only_settled(old, new):
                texts = (_entry_text(changed, each, ledger) for each in (old, new))
                yield f"{names[key]} {new_number}", " -> ".join(texts)


def _additions(changed: Comparison, ledger: Ledger) -> Iterator[tuple[str, str]]:
    """The entries, claims and decisions that were added, and those that were settled."""
    names = {"update": "update", "claim": "claim", "ask": "asked"}
    for key, pairs in _pairs(changed).items():
        for _, old, _, new in sorted(pairs, key=lambda pair: pair.old is not None):
            if isinstance(new, Update) and not old:
                text = update_text(changed.after.pledge, new)
                yield names[key], f"{words.day(new.date)}: {text}"
                if new.source:
                    yield "source", citations_text(new.source, ledger)
            elif new and not old:
                yield names[key], _entry_text(changed, new, ledger)
            elif isinstance(new, Ask) and _is_only_settled(old, new):
                yield "settled", words.quote(new.what)
            elif isinstance(new, Claim) and _is_only_settled(old, new):
                yield "settled", claim_sentence(new, ledger)


def _entry_text(changed: Comparison, entry: Update | Claim | Ask, ledger: Ledger) -> str:
    if isinstance(entry, Claim):
        return claim_sentence(entry, ledger)
    if isinstance(entry, Ask):
        return ask_text(entry, ledger)
    cited = f" ({citations_text(entry.source, ledger)})" if entry.source else ""
    return f"{words.day(entry.date)}: {update_text(changed.after.pledge, entry)}{cited}"


def _is_settled(pair: EntryPair[Any]) -> bool:
    """Whether a claim or a decision of before is settled now."""
    return bool(pair.old and pair.new and pair.old.is_open and not pair.new.is_open)


def _is_only_settled(was: object, now: object) -> bool:
    """Whether nothing but that it is settled is new of a claim or a decision."""
    if not isinstance(was, Ask | Claim) or not isinstance(now, Ask | Claim):
        return False
    return was.is_open and not now.is_open and replace(now, settled=None) == was
