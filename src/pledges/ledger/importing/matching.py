"""A row next to the pledge of its id: the pledge as it would be, and the edits for that."""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final, NamedTuple, TypeVar

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
from pledges.domain.pledge import Kind, Ledger, Measure, Pledge, Update
from pledges.domain.snapshot import assess_alone
from pledges.ledger.importing.asks import merged_asks
from pledges.ledger.importing.cells import plain_text, text_parts
from pledges.ledger.importing.headings import ImportColumns
from pledges.ledger.importing.row_reader import News, PledgeRow
from pledges.ledger.importing.sheets import Sheet
from pledges.ledger.reading.decode import Table, decode_hook, has_unknown_keys
from pledges.ledger.reading.unknown_keys import unknown_keys
from pledges.ledger.reading.wrong_records import sound_part
from pledges.ledger.text.finding import Finding, Path

RecordType = TypeVar("RecordType", bound=Struct)

PERCENTAGES: Final[Table] = {"unit": "%", "baseline": 0, "target": 100}
"""The measure of a column that holds percentages."""

SAID: Final = frozenset({"status", "value", "note", "by"})
"""The keys of which an update of a new pledge has at least one."""

NO_UPDATE: Final = Update(date=dt.date.min)


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


class Matcher:
    """Matches rows with the pledges of a ledger, as these were known on the day of the import."""

    def __init__(self, ledger: Ledger, as_of: dt.date, columns: ImportColumns) -> None:
        self.ledger = ledger
        self.as_of = as_of
        self.columns = columns
        self.pledges: Mapping[str, Pledge] = {each.id: each for each in ledger.pledges}
        self.targets = columns.targets

    def candidate(self, row: PledgeRow) -> Candidate:
        """The pledge of a row, as it would be after the import."""
        old = self.pledges.get(row.table["id"])
        table = self._table(row, old)
        moved: Period | None = None
        reported = None
        if not old and (candidate := self._plain_candidate(row, table)):
            return candidate
        if not old:
            pledge, findings = _record(table, Pledge)
            candidate = Candidate(row, None, pledge, findings, {})
        else:
            if row.news or "due" in table:
                reported = assess_alone(old, self.ledger, self.as_of)
            candidate, moved = self._changed(row, table, old, reported)
        if not row.news and not moved:
            return candidate
        return self._with_news(candidate, reported, moved)

    def _plain_candidate(self, row: PledgeRow, table: Table) -> Candidate | None:
        """A new pledge with at most one update, both valid; None if there is more to look at.

        Nearly all rows of a new register are so, and one conversion takes half the time of two.
        """
        news = {}
        if row.news:
            given = row.news[0].table
            if len(row.news) > 1 or "due" in given or not given.keys() & SAID or "update" in table:
                return None
            is_seen = "date" not in given and bool(given.keys() & {"status", "value"})
            update = {"date": self.as_of, **given, **({"seen": True} if is_seen else {})}
            update.pop("why", None)  # which is that of a move
            table = {**table, "update": [update]}
        try:
            pledge = msgspec.convert(table, Pledge, dec_hook=decode_hook)
        except msgspec.ValidationError:
            return None
        if not self.columns.sheet.is_text and has_unknown_keys(table, Pledge):
            return None
        if row.news:
            news[0] = pledge.updates[0]
        return Candidate(row, None, pledge, [], {("update", 0): ("news", 0)} if news else {}, news)

    def _table(self, row: PledgeRow, old: Pledge | None) -> Table:
        """What a row gives of the terms of a pledge, with what stands for more than one of them."""
        table = dict(row.table)
        if not row.more_tags and not row.has_percent and "measure" not in table:
            return table  # as of most rows
        if row.more_tags:
            before = table.get("tags", list(old.tags) if old else [])
            table["tags"] = [*before, *(x for x in row.more_tags if x not in before)]
        measure = table.get("measure")
        if row.has_percent and not (old and old.measure):
            given = measure if isinstance(measure, dict) else {}
            table["measure"] = measure = {**given, **PERCENTAGES}
        is_ours = self.columns.is_export or "measure" in self.targets
        is_new = isinstance(measure, dict) and not is_ours and not (old and old.measure)
        is_unread = ("measure", "target") in row.unread
        if is_new and "target" not in table["measure"] and not is_unread:
            # A baseline or a unit alone, such as that of all rows, makes no measure.
            table.pop("measure")
        return table

    def _changed(
        self, row: PledgeRow, table: Table, old: Pledge, reported: AssessedPledge | None
    ) -> tuple[Candidate, Period | None]:
        """An old pledge with the terms and records that a row gives, and a deadline that differs.

        A deadline that it has already keeps its wording.  Another one of records is refused: the
        first deadline stays, and the moves are in the records themselves.
        """
        table = _completed(table, old, self.columns.sheet)
        given, findings = _record(table, Pledge)
        moved = None
        if reported and given.due:
            due, is_flat = given.due, self.columns.is_flat
            deadline = current_deadline(reported.pledge) if is_flat else old.due
            known = {reported.assessment.due}
            if not is_flat:
                moves = (current_deadline(each) for each in (old, given) if each.moves)
                known |= {each.last for each in (old.due, *moves) if each}
            is_one_off = given.kind is Kind.ONE_OFF and old.kind is Kind.ONE_OFF
            if due.last in known or deadline or (is_flat and is_one_off):
                del table["due"]
            if due.last not in known and is_flat and is_one_off:
                moved = due
            elif due.last not in known and deadline:
                findings.append(_moved_deadline(old, deadline, due, ("due",)))
        new, origins = _merged(old, given, table)
        return Candidate(row, old, new, findings, origins), moved

    def _with_news(
        self, candidate: Candidate, reported: AssessedPledge | None, moved: Period | None
    ) -> Candidate:
        """The candidate with what its row gives of updates, as far as that is new."""
        row, new = candidate.row, candidate.new
        findings, origins = list(candidate.findings), dict(candidate.origins)
        given = [self._given_update(number, x, findings) for number, x in enumerate(row.news)]
        if moved and all(each.is_history for each in given):
            given.append(_GivenUpdate(len(row.news), Update(date=self.as_of)))
        if len(given) > 1:
            given.sort(key=lambda each: each.update.date)
        news: dict[int, Update] = {}
        for each in given:
            rest: Update | None = each.update
            if each.is_history:
                rest = None if _is_covered(each.update, new.updates) else each.update
            else:
                step = (candidate, new, each, moved)
                new, rest = self._without_known(step, reported, findings)
                moved = None
            if rest:
                rest = self._on_its_day(each, rest, new)
                origins[("update", len(new.updates))] = ("news", each.number)
                new = replace(new, updates=(*new.updates, rest))
                news[each.number] = rest
        return replace(candidate, new=new, findings=findings, origins=origins, news=news)

    def _given_update(self, number: int, news: News, findings: list[Finding]) -> "_GivenUpdate":
        is_dated = "date" in news.table
        table = {"date": self.as_of, **news.table}
        if news.is_history and "due" not in table:
            table.pop("why", None)  # that of all rows is only for moves
        update, misfits = _record(table, Update)
        if misfits:
            findings += [replace(x, path=("news", number, *x.path)) for x in misfits]
        return _GivenUpdate(number, update, news.is_history and is_dated, is_dated)

    def _without_known(
        self,
        step: tuple[Candidate, Pledge, "_GivenUpdate", Period | None],
        reported: AssessedPledge | None,
        findings: list[Finding],
    ) -> tuple[Pledge, Update | None]:
        """The pledge with a deadline that is set, and what is new of an update, with one moved."""
        candidate, new, each, moved = step
        update, due = each.update, moved or each.update.due
        said = replace(update, due=None, why=None) if update.due or update.why else update
        rest = self._unknown_part(said, new, reported.assessment if reported else None)
        is_move = moved is not None
        if not due or new.kind is not Kind.ONE_OFF or not _is_other(due, new, is_move=is_move):
            return new, rest
        if candidate.old and current_deadline(new) and not update.why:
            path: Path = ("due",) if is_move else ("news", each.number, "due")
            findings.append(_unexplained_move(current_deadline(new), path))
            return new, rest
        return _with_deadline(candidate, new, due, (update, rest))

    def _on_its_day(self, each: "_GivenUpdate", rest: Update, pledge: Pledge) -> Update:
        """What is new of an update, as it was only seen if on which day it happened is not known.

        In an export of ours the day is that of the last update: what was changed came later.
        """
        is_dated = each.is_dated
        if self.columns.is_export and any(x.date == rest.date for x in pledge.updates):
            rest, is_dated = replace(rest, date=self.as_of), False
        is_seen = not is_dated and (rest.status is not None or rest.value is not None)
        return replace(rest, seen=True) if is_seen else rest

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
        if rest.status is not None or rest.value is not None:
            return rest
        keys = ("note", "source", "by") if self._gives_source else ("note", "by")
        for key in keys:
            text = getattr(news, key)
            if text and all(getattr(each, key) != text for each in pledge.updates):
                return rest
        return None

    @property
    def _gives_source(self) -> bool:
        return "update_source" in self.targets


def _is_other(due: Period, pledge: Pledge, *, is_move: bool) -> bool:
    """Whether a deadline is not the one in force; of an older export also none of those before.

    For what recurs or goes on the deadline in force was only worked out, from a period.
    """
    current = current_deadline(pledge)
    known = [current] if is_move else [pledge.due, *(each.due for each in pledge.moves)]
    return all(not each or each.last != due.last for each in known)


def _with_deadline(
    candidate: Candidate, new: Pledge, due: Period, news: tuple[Update, Update | None]
) -> tuple[Pledge, Update | None]:
    """The pledge, and what is new of its news, with a deadline that is set or moved.

    Of a new pledge it is a term.  A first deadline of an old one is set by an update, too: before
    that day it was not known.
    """
    update, rest = news
    if not candidate.old:
        return replace(new, due=due), rest
    rest = rest or Update(date=update.date, source=update.source)
    return new, replace(rest, due=due, why=update.why if current_deadline(new) else None)


class _GivenUpdate(NamedTuple):
    """An update that a row gives, by its number in the row."""

    number: int
    update: Update
    is_history: bool = False
    is_dated: bool = False


def _is_covered(update: Update, known: Sequence[Update]) -> bool:
    """Whether an update of that day says all that this one says, and maybe more."""
    keys = [x for x in Update.__struct_fields__ if getattr(update, x) != getattr(NO_UPDATE, x)]
    return any(all(getattr(each, x) == getattr(update, x) for x in keys) for each in known)


def edits(each: Candidate) -> Iterator[Edit]:
    """What it takes to make the new pledge of the old one."""
    if each.old is None:
        yield NewPledge(each.new)
    else:
        yield from edits_between(each.old, each.new)


def _completed(table: Table, old: Pledge, sheet: Sheet) -> Table:
    """What is given of an old pledge, with what a record can't be without, as it was."""
    is_shown = not sheet.is_verbatim
    if is_shown:
        table = _without_shown(table, old, is_clean=sheet.is_text)
    table = {"id": old.id, "title": old.title, "pillar": old.pillar, **table}
    measure = table.get("measure")
    if old.measure and isinstance(measure, dict):
        if is_shown:
            measure = _without_shown(measure, old.measure, is_clean=sheet.is_text)
        table["measure"] = {"unit": old.measure.unit, **measure}
    return table


def _without_shown(table: Table, old: Struct, *, is_clean: bool) -> Table:
    """What is given without the texts that only show those of the old record.

    A spreadsheet shows no line ends or controls, and texts are trimmed as they are read: that must
    not be lost by their coming back.
    """
    shown_text = clean if is_clean else str
    kept: Table = {}
    for key, given in table.items():
        declared = fields(type(old)).get(key)
        before = getattr(old, declared.name) if declared else None
        if isinstance(before, str):
            is_shown = given == plain_text(shown_text(before))
        elif isinstance(before, tuple) and isinstance(given, list):
            texts = [shown_text(str(x)) for x in before]
            joined = text_parts(plain_text(";".join(texts)))
            is_shown = given in ([*dict.fromkeys(joined)], [plain_text(x) for x in texts])
        else:
            is_shown = False
        if not is_shown:
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


def _moved_deadline(pledge: Pledge, deadline: Period, due: Period, path: Path) -> Finding:
    """The finding for a first deadline that differs, and how to move or correct the ledger's."""
    move = f"pledges update {pledge.id} --due {due.name} --why '...'"
    first = "first deadline" if pledge.moves else "deadline"
    hint = f"to move it: {move}; to correct it: pledges edit {pledge.id}"
    return Finding("rule", path, f"the {first} in the ledger is {deadline.name}", hint)


def _unexplained_move(deadline: Period | None, path: Path) -> Finding:
    """The finding for a deadline that differs, if nothing says why it was moved."""
    name = deadline.name if deadline else "none"
    hint = "give the reason of the move in a column why, or for all rows: --set why='...'"
    return Finding("rule", path, f"the deadline in the ledger is {name}", hint)


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
    asks, new_asks = merged_asks(old.asks, given.asks)
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
