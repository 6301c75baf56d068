"""A row next to the pledge of its id: the pledge as it would be, and the edits for that."""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, TypeVar

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from pledges.clean import clean
from pledges.domain.assessment import AssessedPledge, Assessment, assess
from pledges.domain.day import Period
from pledges.domain.deadlines import current_deadline
from pledges.domain.edits import RECORD_LISTS, Edit, NewPledge, edits_between
from pledges.domain.fields import fields
from pledges.domain.known import pledge_up_to
from pledges.domain.pledge import Ask, Kind, Ledger, Measure, Pledge, Update
from pledges.domain.snapshot import assess_alone
from pledges.ledger.importing.cells import text_parts
from pledges.ledger.importing.headings import ImportColumns
from pledges.ledger.importing.rows import PledgeRow
from pledges.ledger.reading.decode import Table, decode_hook, has_unknown_keys
from pledges.ledger.reading.unknown_keys import unknown_keys
from pledges.ledger.reading.wrong_records import sound_part
from pledges.ledger.text.finding import Finding, Path

RecordType = TypeVar("RecordType", bound=Struct)


class Candidate(Struct, frozen=True):
    """A pledge as it would be; ``old`` is as it was, None if it is new.

    ``findings`` say what can't be made of the row, by paths in the file: those of its news begin
    with ``news``, and ``news`` is the update that these became, the last of the pledge.
    ``origins`` are the places that new records had in the file, by their places in the pledge.
    """

    row: PledgeRow
    old: Pledge | None
    new: Pledge
    findings: Sequence[Finding]
    origins: Mapping[Path, Path]
    news: Update | None = None


class Matcher:
    """Matches rows with the pledges of a ledger, as these were known on the day of the import."""

    def __init__(self, ledger: Ledger, as_of: dt.date, columns: ImportColumns) -> None:
        self.ledger = ledger
        self.as_of = as_of
        self.columns = columns
        self.pledges: Mapping[str, Pledge] = {each.id: each for each in ledger.pledges}

    def candidate(self, row: PledgeRow) -> Candidate:
        """The pledge of a row, as it would be after the import."""
        old = self.pledges.get(row.table["id"])
        reported = None
        if not old:
            pledge, findings = _record(row.table, Pledge)
            candidate = Candidate(row, None, pledge, findings, {})
        else:
            if row.news or "due" in row.table:
                reported = assess_alone(old, self.ledger, self.as_of)
            candidate = self._changed(row, old, reported)
        return self._with_news(candidate, reported) if row.news else candidate

    def _changed(self, row: PledgeRow, old: Pledge, reported: AssessedPledge | None) -> Candidate:
        """An old pledge with the terms and records that a row gives.

        A deadline that it has already keeps its wording.  Another one is refused: the first
        deadline stays, and a move needs a reason.
        """
        table = _completed(row.table, old, is_text=self.columns.sheet.is_text)
        given, findings = _record(table, Pledge)
        if reported and given.due:
            due, is_flat = given.due, self.columns.is_flat
            deadline = current_deadline(reported.pledge) if is_flat else old.due
            known = {reported.assessment.due}
            if not is_flat:
                moved = (current_deadline(each) for each in (old, given) if each.moves)
                known |= {each.last for each in (old.due, *moved) if each}
            if deadline or due.last in known:
                del table["due"]
            if deadline and due.last not in known:
                which = "deadline" if is_flat or not old.moves else "first deadline"
                findings.append(_moved_deadline(old, which, deadline, due, ("due",)))
        new, origins = _merged(old, given, table)
        return Candidate(row, old, new, findings, origins)

    def _with_news(self, candidate: Candidate, reported: AssessedPledge | None) -> Candidate:
        """The candidate with what its row gives of an update, as far as that is new."""
        row, old, new = candidate.row, candidate.old, candidate.new
        news, misfits = _record({"date": self.as_of, **row.news}, Update)
        findings = [*candidate.findings, *(replace(x, path=("news", *x.path)) for x in misfits)]
        due, news = news.due, replace(news, due=None)
        deadlines = (new.due, *(each.due for each in new.moves))
        # For what recurs or goes on the deadline in force was only worked out, from a period.
        is_one_off = new.kind is Kind.ONE_OFF
        if due and is_one_off and all(not x or x.last != due.last for x in deadlines):
            deadline = current_deadline(reported.pledge) if reported else None
            if old and deadline:
                findings.append(_moved_deadline(old, "deadline", deadline, due, ("news", "due")))
            else:
                new = replace(new, due=due)
        rest = self._unknown_part(news, new, reported.assessment if reported else None)
        if not rest:
            return replace(candidate, new=new, findings=findings)
        if self.columns.is_export and any(each.date == rest.date for each in new.updates):
            # That is the day of the last update; what was changed by hand came later.
            rest = replace(rest, date=self.as_of)
        origins = {**candidate.origins, ("update", len(new.updates)): ("news",)}
        new = replace(new, updates=(*new.updates, rest))
        return replace(candidate, new=new, findings=findings, origins=origins, news=rest)

    def _unknown_part(
        self, news: Update, pledge: Pledge, reported: Assessment | None
    ) -> Update | None:
        """The news without a status and a value that were in force on their day, or are now.

        None if they say nothing that no update says.
        """
        rest = news
        if pledge.updates:
            known = [reported] if reported else []
            if not reported or (news.status, news.value) != (reported.status, reported.value):
                then = pledge_up_to(pledge, news.date)
                known.append(assess(then, news.date, self.ledger.plan))
            statuses = {each.status for each in known}
            if news.period and all(each.period != news.period for each in known):
                statuses = {each.status for each in pledge.updates if each.period == news.period}
            status = None if news.status in statuses else news.status
            value = None if any(news.value == each.value for each in known) else news.value
            rest = replace(news, status=status, value=value)
        if rest in pledge.updates or news in pledge.updates:
            return None
        is_new = rest.status is not None or rest.value is not None
        for key in ("note", "source", "by"):
            text = getattr(news, key)
            is_new |= bool(text) and all(getattr(x, key) != text for x in pledge.updates)
        return rest if is_new else None


def edits(each: Candidate) -> Iterator[Edit]:
    """What it takes to make the new pledge of the old one."""
    if each.old is None:
        yield NewPledge(each.new)
    else:
        yield from edits_between(each.old, each.new)


def _completed(table: Table, old: Pledge, *, is_text: bool) -> Table:
    """What is given of an old pledge, with what a record can't be without, as it was."""
    if is_text:
        table = _without_shown(table, old)
    table = {"id": old.id, "title": old.title, "pillar": old.pillar, **table}
    measure = table.get("measure")
    if old.measure and isinstance(measure, dict):
        measure = _without_shown(measure, old.measure) if is_text else measure
        table["measure"] = {"unit": old.measure.unit, **measure}
    return table


def _without_shown(table: Table, old: Struct) -> Table:
    """What is given without the texts that only show those of the old record.

    A spreadsheet shows no line ends or controls, which must not be lost by its coming back.
    """
    kept: Table = {}
    for key, given in table.items():
        before = getattr(old, fields(type(old))[key].name)
        shown = clean(";".join(before) if isinstance(before, tuple) else str(before)).strip()
        is_text = isinstance(before, str | tuple)
        if not is_text or given != (text_parts(shown) if isinstance(given, list) else shown):
            kept[key] = given
    return kept


def _record(table: Table, kind: type[RecordType]) -> tuple[RecordType, list[Finding]]:
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


def _moved_deadline(
    pledge: Pledge, which: str, deadline: Period, due: Period, path: Path
) -> Finding:
    """The finding for a deadline that differs from the ledger's, and how to move or correct it."""
    move = f"to move it: pledges update {pledge.id} --due {due.name} --why '...'"
    hint = f"{move}; to correct it: pledges edit {pledge.id}"
    return Finding("rule", path, f"the {which} in the ledger is {deadline.name}", hint)


def _merged(old: Pledge, given: Pledge, table: Table) -> tuple[Pledge, dict[Path, Path]]:
    """The old pledge with the terms and records that are given, and the origins of new records."""
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
            known_parts = {key: value for key, value in parts.items() if value}
            merged[matches[0]] = replace(old[matches[0]], **known_parts)
        else:
            new.append(number)
    return tuple(merged), new


def _may_be_same(one: Ask, other: Ask) -> bool:
    is_of_one = one.of is None or other.of is None or one.of == other.of
    return (one.what, one.date) == (other.what, other.date) and is_of_one
