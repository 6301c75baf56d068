"""A row next to the pledge of its id: the pledge as it would be, and the edits for that."""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Final, TypeVar

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from pledges.clean import clean
from pledges.domain.assessment import Assessed, Assessment, assess
from pledges.domain.day import Period
from pledges.domain.deadlines import current_deadline
from pledges.domain.edits import Append, Edit, NewPledge, Put
from pledges.domain.fields import fields
from pledges.domain.pledge import Ask, Kind, Ledger, Measure, Pledge, Update
from pledges.domain.snapshot import assess_alone
from pledges.ledger.importing.columns import ImportColumns
from pledges.ledger.importing.rows import PledgeRow
from pledges.ledger.reading.record_types import Table, decode_hook, has_unknown_keys
from pledges.ledger.reading.unknown_keys import unknown_keys
from pledges.ledger.reading.wrong_records import sound_part, wrong_fields
from pledges.ledger.text.finding import Finding, Path

LISTS: Final[Mapping[str, str]] = {"claim": "claims", "update": "updates", "ask": "asks"}
"""The lists of records, with the fields of a pledge that hold them."""

RecordType = TypeVar("RecordType", bound=Struct)


class Candidate(Struct, frozen=True):
    """A pledge as it would be; ``old`` is as it was, None if it is new.

    ``findings`` say what can't be made of the row, by paths in the pledge; those of its news begin
    with ``news``, and ``news_at`` is the number of the update that these became.  ``origins`` are
    the numbers that records had in the file, by their paths in the pledge.
    """

    row: PledgeRow
    old: Pledge | None
    new: Pledge
    findings: Sequence[Finding]
    origins: Mapping[Path, int]
    news_at: int | None = None


class Matcher:
    """Matches rows with the pledges of a ledger, as these were known on the day of the import.

    ``is_text`` is for a spreadsheet, which does not show all that a text of the ledger has.
    """

    def __init__(
        self, ledger: Ledger, as_of: dt.date, columns: ImportColumns, *, is_text: bool
    ) -> None:
        self.ledger = ledger
        self.as_of = as_of
        self.columns = columns
        self.is_text = is_text
        self.pledges: Mapping[str, Pledge] = {each.id: each for each in ledger.pledges}

    def candidate(self, row: PledgeRow) -> Candidate:
        """What becomes of a pledge by what a row gives of it."""
        old = self.pledges.get(row.table["id"])
        is_compared = row.news or "due" in row.table
        reported = assess_alone(old, self.ledger, self.as_of) if old and is_compared else None
        table = _without_shown(row.table, old) if old and self.is_text else row.table
        given, findings = _as_record(_completed(table, old), Pledge)
        if old and reported:
            table, refused = self._without_due(table, given, old, reported)
            findings += refused
        new, origins = _merged(old, given, table) if old else (given, {})
        found = Candidate(row, old, new, _in_pledge(findings, origins), origins)
        return self._with_news(found, reported) if row.news else found

    def _without_due(
        self, table: Table, given: Pledge, old: Pledge, reported: Assessed
    ) -> tuple[Table, list[Finding]]:
        """What is given without a deadline that the pledge has already: it keeps its wording.

        Another one is refused: the first deadline stays, and a move needs a reason.
        """
        is_flat, due, deadline = self.columns.is_flat, given.due, old.due
        known = {reported.assessment.due}
        if is_flat:
            deadline = current_deadline(reported.pledge)
        else:
            moved = (current_deadline(each) for each in (old, given) if each.moves)
            known |= {each.last for each in (old.due, *moved) if each}
        kept = {key: each for key, each in table.items() if key != "due"}
        if due and due.last in known:
            return kept, []
        if not (due and deadline):
            return table, []
        which = "deadline" if is_flat or not old.moves else "first deadline"
        return kept, [_moved_deadline(old, which, deadline, due, ("due",))]

    def _with_news(self, found: Candidate, reported: Assessed | None) -> Candidate:
        """The candidate with what its row gives of an update, as far as that is new."""
        news, misfits = _as_record({"date": self.as_of, **found.row.news}, Update)
        findings = [*found.findings, *(replace(x, path=("news", *x.path)) for x in misfits)]
        new = found.new
        if news.due:
            new, refused = _with_due_in_force(new, news.due, found.old, reported)
            findings += refused
            news = replace(news, due=None)
        rest = self._without_known(news, new, reported.assessment if reported else None)
        if not _is_news(news, rest, new):
            return replace(found, new=new, findings=findings)
        if self.columns.is_export and any(each.date == rest.date for each in new.updates):
            # That is the day of the last update; what was changed by hand came later.
            rest = replace(rest, date=self.as_of)
        new = replace(new, updates=(*new.updates, rest))
        return replace(found, new=new, findings=findings, news_at=len(new.updates) - 1)

    def _without_known(self, news: Update, pledge: Pledge, reported: Assessment | None) -> Update:
        """The news without a status and a value that were in force on their day, or are now."""
        if not pledge.updates:
            return news
        known = [reported] if reported else []
        if not reported or (news.status, news.value) != (reported.status, reported.value):
            then = self.ledger.pledge_known_on(pledge, news.date)
            known.append(assess(then, news.date, self.ledger.plan))
        said = {each.status for each in known}
        if news.period and all(each.period != news.period for each in known):
            said = {each.status for each in pledge.updates if each.period == news.period}
        status = None if news.status in said else news.status
        value = None if any(news.value == each.value for each in known) else news.value
        return replace(news, status=status, value=value)


def edits(each: Candidate) -> Iterator[Edit]:
    """What it takes to make the new pledge of the old one."""
    old, new = each.old, each.new
    if old is None:
        yield NewPledge(new)
        return
    for key, declared in fields(Pledge).items():
        before, after = getattr(old, declared.name), getattr(new, declared.name)
        if key not in LISTS and isinstance(before, Measure):
            yield from _changed_fields(old.id, ("measure",), before, after)
        elif key not in LISTS and before != after:
            yield Put(old.id, (key,), after)
    for at, (ask, settled) in enumerate(zip(old.asks, new.asks, strict=False)):
        yield from _changed_fields(old.id, ("ask", at), ask, settled)
    for field in LISTS.values():
        added = getattr(new, field)[len(getattr(old, field)) :]
        yield from (Append(old.id, record) for record in added)


def _changed_fields(pledge: str, path: Path, old: Struct, new: Struct) -> Iterator[Edit]:
    if old != new:
        for key in fields(type(old)):
            if getattr(old, key) != getattr(new, key):
                yield Put(pledge, (*path, key), getattr(new, key))


def _without_shown(table: Table, old: Struct) -> Table:
    """What is given without the texts that only show those of the old record.

    A spreadsheet shows no line ends or controls, which must not be lost by its coming back.
    """
    kept: Table = {}
    for key, given in table.items():
        declared = fields(type(old)).get(key)
        before = getattr(old, declared.name) if declared else None
        if isinstance(given, dict) and isinstance(before, Measure):
            kept[key] = _without_shown(given, before)
        elif isinstance(given, str) and isinstance(before, str):
            if given == before or given != clean(before).strip():
                kept[key] = given
        elif key == "tags" and isinstance(before, tuple):
            shown = (each.strip() for each in clean(";".join(before)).split(";"))
            if given != [each for each in shown if each]:
                kept[key] = given
        else:
            kept[key] = given
    return kept


def _completed(table: Table, old: Pledge | None) -> Table:
    """What is given, with what a record can't be without, as it was."""
    if not old:
        return table
    found: Table = {"title": old.title, "pillar": old.pillar, **table}
    if old.measure and isinstance(table.get("measure"), dict):
        found["measure"] = {"unit": old.measure.unit, **table["measure"]}
    return found


def _as_record(table: Table, kind: type[RecordType]) -> tuple[RecordType, list[Finding]]:
    """The record that a table holds, as far as it can be one, and what prevents the rest."""
    findings: list[Finding] = []
    try:
        record = msgspec.convert(table, kind, dec_hook=decode_hook)
    except msgspec.ValidationError:
        findings = list(wrong_fields(table, kind, ()))
        record = msgspec.convert(sound_part(table, kind), kind, dec_hook=decode_hook)
    if findings or has_unknown_keys(table, kind):
        findings += unknown_keys(table, kind, ())
    return record, findings


def _with_due_in_force(
    pledge: Pledge, due: Period, old: Pledge | None, reported: Assessed | None
) -> tuple[Pledge, list[Finding]]:
    """The pledge with a deadline in force that is given next to its first one.

    For what recurs or goes on it was only worked out, from a period.
    """
    deadlines = (pledge.due, *(each.due for each in pledge.moves))
    if pledge.kind is not Kind.ONE_OFF or any(x and x.last == due.last for x in deadlines):
        return pledge, []
    deadline = current_deadline(reported.pledge) if reported else None
    if not (old and deadline):
        return replace(pledge, due=due), []
    return pledge, [_moved_deadline(old, "deadline", deadline, due, ("news", "due"))]


def _moved_deadline(
    pledge: Pledge, which: str, deadline: Period, due: Period, path: Path
) -> Finding:
    """A deadline that is not that of the ledger: how it is moved, or a slip of the pen mended."""
    move = f"a move needs a reason: pledges update {pledge.id} --due {due.name} --why '...'"
    hint = f"{move}; a slip of the pen is mended with pledges edit {pledge.id}"
    return Finding("rule", path, f"its {which} is {deadline.name}", hint)


def _is_news(news: Update, rest: Update, pledge: Pledge) -> bool:
    """Whether news say anything that no update says; ``rest`` is what was not in force."""
    if rest in pledge.updates or news in pledge.updates:
        return False
    if rest.status is not None or rest.value is not None:
        return True
    texts = [(key, getattr(news, key)) for key in ("note", "source", "by")]
    return any(
        text and all(getattr(each, key) != text for each in pledge.updates) for key, text in texts
    )


def _merged(old: Pledge, given: Pledge, table: Table) -> tuple[Pledge, dict[Path, int]]:
    """The old pledge with the terms and records that are given."""
    terms: dict[str, Any] = {
        declared.name: getattr(given, declared.name)
        for key, declared in fields(Pledge).items()
        if key in table and key not in LISTS
    }
    if old.measure and given.measure and "measure" in table:
        parts = table["measure"].keys() & fields(Measure)
        terms["measure"] = replace(old.measure, **{x: getattr(given.measure, x) for x in parts})
    asks, new_asks = _merged_asks(old.asks, given.asks)
    lists: dict[str, tuple[Sequence[Struct], Iterable[tuple[int, Struct]]]] = {
        "claim": (old.claims, enumerate(given.claims)),
        "update": (old.updates, enumerate(given.updates)),
        "ask": (asks, new_asks),
    }
    origins: dict[Path, int] = {}
    for key, (before, records) in lists.items():
        known = set(before)
        new = [(at, each) for at, each in records if each not in known]
        origins |= {(key, len(before) + to): at for to, (at, _) in enumerate(new)}
        terms[LISTS[key]] = (*before, *(each for _, each in new))
    return replace(old, **terms), origins


def _in_pledge(findings: Sequence[Finding], origins: Mapping[Path, int]) -> list[Finding]:
    """Findings about records of the file, by the numbers that these have in the pledge."""
    places: dict[Path, Path] = {(path[0], at): path for path, at in origins.items()}
    found = []
    for each in findings:
        place = places.get(each.path[:2], each.path[:2])
        meant = each.intended_path
        meant = meant and (*places.get(meant[:2], meant[:2]), *meant[2:])
        found.append(replace(each, path=(*place, *each.path[2:]), intended_path=meant))
    return found


def _merged_asks(
    old: Sequence[Ask], given: Sequence[Ask]
) -> tuple[tuple[Ask, ...], list[tuple[int, Ask]]]:
    """The old decisions with what is given of them, and the new ones with their numbers.

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
            parts = {"of": other.of, "by": other.by, "settled": other.settled}
            known_parts = {key: value for key, value in parts.items() if value}
            merged[matches[0]] = replace(old[matches[0]], **known_parts)
        else:
            new.append((number, other))
    return tuple(merged), new


def _may_be_same(one: Ask, other: Ask) -> bool:
    is_of_one = one.of is None or other.of is None or one.of == other.of
    return (one.what, one.date) == (other.what, other.date) and is_of_one
