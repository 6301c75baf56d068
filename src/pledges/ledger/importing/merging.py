"""An old pledge with what a row gives of it: terms, parts of its measure, and new records."""

from collections.abc import Mapping, Sequence
from typing import Any, TypeVar

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from pledges.clean import clean
from pledges.domain.edits import RECORD_LISTS
from pledges.domain.fields import fields
from pledges.domain.pledge import Ask, Measure, Pledge, Update
from pledges.ledger.importing.cell_texts import plain_text, text_parts
from pledges.ledger.importing.row_reader import PledgeRow
from pledges.ledger.importing.sheets import Sheet
from pledges.ledger.reading.decode import Table, decode_hook, has_unknown_keys
from pledges.ledger.reading.unknown_keys import unknown_keys
from pledges.ledger.reading.wrong_records import sound_part
from pledges.ledger.text.finding import Finding, Path

RecordType = TypeVar("RecordType", bound=Struct)


class Candidate(Struct, frozen=True):
    """A pledge as it would be; ``old`` is as it was, None if it is new.

    ``findings`` say what can't be made of the row, by paths in the file: those of its news begin
    with ``news`` and a number.  ``news`` are the updates that these became, by their numbers.
    ``origins`` are the places that new records had in the file, by their places in the pledge.
    """

    row: PledgeRow
    old: Pledge | None
    new: Pledge
    findings: Sequence[Finding]
    origins: Mapping[Path, Path]
    news: Mapping[int, Update] = {}


def completed(table: Table, old: Pledge, sheet: Sheet) -> Table:
    """What is given of an old pledge, with what a record can't be without, as it was."""
    given = _without_shown(table, old, sheet)
    given = {"id": old.id, "title": old.title, "pillar": old.pillar, **given}
    measure = given.get("measure")
    if old.measure and isinstance(measure, dict):
        measure = _without_shown(measure, old.measure, sheet)
        given["measure"] = {"unit": old.measure.unit, **measure}
    return given


def _without_shown(table: Table, old: Struct, sheet: Sheet) -> Table:
    """What is given without the texts that only show those of the old record.

    A spreadsheet shows no line ends or controls, and texts are trimmed as they are read: that must
    not be lost by their coming back.
    """
    if sheet.is_verbatim:
        return table
    shown_text = clean if sheet.is_text else str
    kept: Table = {}
    for key, given in table.items():
        declared = fields(type(old)).get(key)
        before = getattr(old, declared.name) if declared else None
        shown: list[Any] = []
        if isinstance(before, str):
            shown = [plain_text(shown_text(before))]
        elif isinstance(before, tuple) and isinstance(given, list):
            texts = [shown_text(str(x)) for x in before]
            joined = text_parts(plain_text(";".join(texts)))
            shown = [[*dict.fromkeys(joined)], list(map(plain_text, texts))]
        if given not in shown:
            kept[key] = given
    return kept


def sound_record(table: Table, kind: type[RecordType]) -> tuple[RecordType, list[Finding]]:
    """The record that a table contains, as far as it is valid, and findings for the rest."""
    findings: list[Finding] = []
    try:
        record = msgspec.convert(table, kind, dec_hook=decode_hook)
    except msgspec.ValidationError:
        part = sound_part(table, kind, (), findings)
        record = msgspec.convert(part, kind, dec_hook=decode_hook)
    if findings or has_unknown_keys(table, kind):
        findings += unknown_keys(table, kind, ())
    return record, findings


def with_given(old: Pledge, given: Pledge, table: Table) -> tuple[Pledge, dict[Path, Path]]:
    """An old pledge with the terms and records that are given, and the origins of new records."""
    terms: dict[str, Any] = {
        declared.name: getattr(given, declared.name)
        for key, declared in fields(Pledge).items()
        if key in table and key not in RECORD_LISTS
    }
    if old.measure and given.measure and "measure" in table:
        parts = table["measure"].keys() & fields(Measure)
        terms["measure"] = replace(old.measure, **{x: getattr(given.measure, x) for x in parts})
    asks, new_asks = _merged_asks(old.asks, given.asks)
    merged = replace(old, **terms, asks=asks)
    lists: dict[str, Any] = {}
    origins: dict[Path, Path] = {}
    for key, field in RECORD_LISTS.items():
        before, records = getattr(merged, field), enumerate(getattr(given, field))
        known = set(before)
        new = [x for x in records if x[1] not in known and (key != "ask" or x[0] in new_asks)]
        origins |= {(key, len(before) + to): (key, at) for to, (at, _) in enumerate(new)}
        lists[field] = (*before, *(each for _, each in new))
    return replace(merged, **lists), origins


def _merged_asks(old: Sequence[Ask], given: Sequence[Ask]) -> tuple[tuple[Ask, ...], list[int]]:
    """The old decisions with what is given of them, and the numbers of the new ones.

    One that is equal is the same, also if it was not settled yet when it was written out.  Of the
    others one is the same by its words, its date and whom it is asked of, as far as both say it,
    if there is no second one that may be meant.
    """
    known = {*old, *(replace(each, settled=None) for each in old)}
    left = [at for at, each in enumerate(given) if each not in known]
    same = {replace(each, settled=None) for each in given if each in known}
    unmatched = [at for at, each in enumerate(old) if replace(each, settled=None) not in same]
    merged, new = list(old), []
    for number in left:
        other = given[number]
        matches = [at for at in unmatched if _may_be_same(old[at], other)]
        if len(matches) == 1 and sum(_may_be_same(old[matches[0]], given[x]) for x in left) == 1:
            parts = {key: getattr(other, key) for key in ("of", "by", "settled")}
            said = {key: value for key, value in parts.items() if value}
            merged[matches[0]] = replace(old[matches[0]], **said)
        else:
            new.append(number)
    return tuple(merged), new


def _may_be_same(one: Ask, other: Ask) -> bool:
    is_of_one = one.of is None or other.of is None or one.of == other.of
    return (one.what, one.date) == (other.what, other.date) and is_of_one
