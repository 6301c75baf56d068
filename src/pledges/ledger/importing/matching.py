"""An entry beside the pledge that has its id: the pledge as it would be, and what that takes."""

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from functools import cached_property
from typing import Any, Final, TypeVar

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from pledges.domain.assessment import Assessed, Assessment, assess
from pledges.domain.day import Period
from pledges.domain.deadlines import current_deadline
from pledges.domain.edits import Append, Edit, NewPledge, Put
from pledges.domain.fields import fields
from pledges.domain.pledge import Ask, Kind, Ledger, Measure, Pledge, Update
from pledges.ledger.importing import matching_asks as decisions
from pledges.ledger.importing.columns import ImportColumns
from pledges.ledger.importing.rows import PledgeRow
from pledges.ledger.reading.record_types import Table, decode_hook, has_unknown_keys
from pledges.ledger.reading.unknown_keys import unknown_keys
from pledges.ledger.reading.wrong_records import sound_part, wrong_fields
from pledges.ledger.text.finding import Finding, Path

LISTS: Final[Mapping[str, str]] = {"claim": "claims", "update": "updates", "ask": "asks"}
"""The lists of records, with the fields of a pledge that hold them."""

Record = TypeVar("Record", bound=Struct)


class Candidate(Struct, frozen=True):
    """A pledge as it would be; ``old`` is as it was, None where it is new.

    ``findings`` are what can't be made of what was given, by paths in the pledge.  ``news_at`` is
    the number of the update that was made of single cells, and ``origins`` the number that a
    record had in the file, by its path in the pledge.
    """

    entry: PledgeRow
    old: Pledge | None
    new: Pledge
    findings: Sequence[Finding] = ()
    news_at: int | None = None
    origins: Mapping[Path, int] = {}


class Past:
    """The pledges of a ledger, and what was reported of them by the day that counts as today."""

    def __init__(self, ledger: Ledger, as_of: dt.date) -> None:
        self.ledger = ledger
        self.as_of = as_of
        self.pledges: Mapping[str, Pledge] = {each.id: each for each in ledger.pledges}

    @cached_property
    def known(self) -> Mapping[str, Pledge]:
        """The pledges as they were known on the day."""
        return {each.id: each for each in self.ledger.known_on(self.as_of).pledges}

    def reported(self, pledge: Pledge) -> Assessed:
        """How a pledge stood on the day."""
        known = self.known.get(pledge.id, pledge)
        return Assessed(known, assess(known, self.as_of, self.ledger.plan))

    def reported_by(self, day: dt.date, pledge: Pledge) -> Assessment:
        """How a pledge stood on another day, by the updates of up to then."""
        updates = tuple(each for each in pledge.updates if each.date <= day)
        return assess(replace(pledge, updates=updates), day, self.ledger.plan)


def candidate(
    entry: PledgeRow, past: Past, listed: Callable[[str], str] | None, columns: ImportColumns
) -> Candidate:
    """What becomes of a pledge by what is given of it.

    ``listed`` is how a text is shown in a file of texts; None if the file has values.
    """
    is_flat, is_export = columns.is_flat, columns.is_export
    old = past.pledges.get(entry.table["id"])
    is_compared = entry.news or "due" in entry.table
    reported = past.reported(old) if old and is_compared else None
    kept = _without_repeats(entry.table, old, listed) if old and listed else entry.table
    given, findings = _shaped(_completed(kept, old), Pledge, ())
    if old and given.due and reported:
        kept, refused = _without_deadline(kept, given, old, reported, is_flat=is_flat)
        findings += refused
    new, origins = _merged(old, given, kept) if old else (given, {})
    findings = list(_renumbered(findings, origins))
    news, misfits = _news(entry.news, past.as_of)
    if news and news.due:
        new, refused = _with_deadline_in_force(new, news.due, old, reported)
        findings, news = [*findings, *refused], replace(news, due=None)
    unknown = _unknown(news, new, reported.assessment if reported else None, past) if news else None
    is_new = news is not None and unknown is not None and _is_new(news, unknown, new)
    if unknown and is_new:
        if is_export and any(each.date == unknown.date for each in new.updates):
            # The export's day is that of the last update: the news came later, by hand.
            unknown = replace(unknown, date=past.as_of)
        new = replace(new, updates=(*new.updates, unknown))
    at = len(new.updates) - 1 if is_new else None
    findings += [_moved(each, ("update", at or 0)) for each in misfits]
    news_at = 0 if misfits and at is None else at
    return Candidate(entry, old, new, findings, news_at, origins)


def edits(each: Candidate) -> Iterator[Edit]:
    """What it takes to make the new pledge of the old one."""
    if each.old is None:
        yield NewPledge(each.new)
        return
    yield from _terms(each.old, each.new)
    yield from _settlings(each.old, each.new)
    for field in LISTS.values():
        added = getattr(each.new, field)[len(getattr(each.old, field)) :]
        yield from (Append(each.old.id, record) for record in added)


def _terms(old: Pledge, new: Pledge) -> Iterator[Edit]:
    for key, declared in fields(Pledge).items():
        before, after = getattr(old, declared.name), getattr(new, declared.name)
        if key not in LISTS and before != after:
            if isinstance(before, Measure):
                yield from _parts(old.id, before, after)
            else:
                yield Put(old.id, (key,), after)


def _parts(pledge: str, old: Measure, new: Measure) -> Iterator[Edit]:
    for key in fields(Measure):
        if getattr(old, key) != getattr(new, key):
            yield Put(pledge, ("measure", key), getattr(new, key))


def _settlings(old: Pledge, new: Pledge) -> Iterator[Edit]:
    """What is new about decisions that were asked for before."""
    for at, (before, after) in enumerate(zip(old.asks, new.asks, strict=False)):
        for key in fields(Ask):
            if getattr(before, key) != getattr(after, key):
                yield Put(old.id, ("ask", at, key), getattr(after, key))


def _completed(table: Table, old: Pledge | None) -> Table:
    """What is given, with what a record can't be without, as it was."""
    if not old:
        return table
    found: Table = {"title": old.title, "pillar": old.pillar, **table}
    if old.measure and isinstance(table.get("measure"), dict):
        found["measure"] = {"unit": old.measure.unit, **table["measure"]}
    return found


def _shaped(table: Table, kind: type[Record], path: Path) -> tuple[Record, list[Finding]]:
    """The record that a table holds, as far as it can be one, and why it is not wholly."""
    findings = []
    try:
        record = msgspec.convert(table, kind, dec_hook=decode_hook)
    except msgspec.ValidationError:
        findings = list(wrong_fields(table, kind, path))
        record = msgspec.convert(sound_part(table, kind), kind, dec_hook=decode_hook)
    if (findings or has_unknown_keys(table, kind)) and isinstance(table, dict):
        findings += unknown_keys(table, kind, path)
    return record, findings


def _without_deadline(
    table: Table, given: Pledge, old: Pledge, reported: Assessed, *, is_flat: bool
) -> tuple[Table, list[Finding]]:
    """What is given without a deadline that the pledge has already: it stays as it is worded.

    Another one can't be given anew: the first one stays, and a move needs a reason.
    """
    due, kept = given.due, {key: each for key, each in table.items() if key != "due"}
    if not due or due.last in _deadlines(given, old, reported, is_flat=is_flat):
        return kept, []
    deadline = current_deadline(reported.pledge) if is_flat else old.due
    if not deadline:
        return table, []
    which = "deadline" if is_flat or not old.moves else "first deadline"
    message = f"its {which} is {deadline.name}"
    return kept, [Finding("rule", ("due",), message, move_hint(old.id, due))]


def _deadlines(
    given: Pledge, old: Pledge, reported: Assessed, *, is_flat: bool
) -> AbstractSet[dt.date | None]:
    """The days that a deadline can be given as without saying anything new."""
    in_force = reported.assessment.due
    moved = (current_deadline(each) for each in (old, given) if each.moves)
    others = () if is_flat else (old.due, *moved)
    return {in_force, *(each.last for each in others if each)}


def move_hint(pledge: str, due: Period) -> str:
    """How a deadline is moved, and how a slip of the pen is mended."""
    move = f"a move needs a reason: pledges update {pledge} --due {due.name} --why '...'"
    return f"{move}; a slip of the pen is mended with pledges edit {pledge}"


def _without_repeats(table: Table, old: Struct, listed: Callable[[str], str]) -> Table:
    """What is given without the texts that only show those of the old record.

    A text is listed without its line ends and controls, which must not be lost by coming back.
    """
    kept: Table = {}
    for key, given in table.items():
        declared = fields(type(old)).get(key)
        before = getattr(old, declared.name) if declared else None
        if isinstance(given, dict) and isinstance(before, Measure):
            kept[key] = _without_repeats(given, before, listed)
        elif not (isinstance(given, str) and isinstance(before, str)):
            tags = listed(";".join(before)).split(";") if key == "tags" and before else ()
            if given != [each.strip() for each in tags if each.strip()]:
                kept[key] = given
        elif given == before or given != listed(before).strip():
            kept[key] = given
    return kept


def _with_deadline_in_force(
    pledge: Pledge, due: Period, old: Pledge | None, reported: Assessed | None
) -> tuple[Pledge, list[Finding]]:
    """The pledge with a deadline in force that is given next to its first one.

    What recurs or goes on has none of its own: a period's last day was only worked out.
    """
    if pledge.kind is not Kind.ONE_OFF:
        return pledge, []
    deadlines = (pledge.due, *(each.due for each in pledge.moves))
    if due.last in {each.last for each in deadlines if each}:
        return pledge, []
    deadline = current_deadline(reported.pledge) if reported else None
    if not (old and deadline):
        return replace(pledge, due=due), []
    message = f"its deadline is {deadline.name}"
    return pledge, [Finding("rule", ("news", "due"), message, move_hint(old.id, due))]


def _news(news: Table, as_of: dt.date) -> tuple[Update | None, list[Finding]]:
    if not news:
        return None, []
    return _shaped({"date": as_of, **news}, Update, ())


def _is_new(news: Update, unknown: Update, pledge: Pledge) -> bool:
    """Whether news say anything that is not known of a pledge; ``unknown`` is what is left."""
    if unknown in pledge.updates or news in pledge.updates:
        return False
    is_noted = any(_is_said_first(key, news, pledge) for key in ("note", "source", "by"))
    return is_noted or unknown.status is not None or unknown.value is not None


def _is_said_first(key: str, news: Update, pledge: Pledge) -> bool:
    """Whether no update has a note, a source or a reporter that the news give."""
    said = getattr(news, key)
    return said is not None and all(getattr(each, key) != said for each in pledge.updates)


def _unknown(news: Update, pledge: Pledge, reported: Assessment | None, past: Past) -> Update:
    """The news without the status and the value that were in force on their day, or are now."""
    if not pledge.updates:
        return news
    known = [reported] if reported else []
    if not reported or (news.status, news.value) != (reported.status, reported.value):
        known.append(past.reported_by(news.date, pledge))
    said = {each.status for each in known}
    if news.period and all(each.period != news.period for each in known):
        said = {each.status for each in pledge.updates if each.period == news.period}
    status = None if news.status in said else news.status
    value = None if any(news.value == each.value for each in known) else news.value
    return replace(news, status=status, value=value)


def _merged(old: Pledge, given: Pledge, table: Table) -> tuple[Pledge, dict[Path, int]]:
    """The old pledge with the terms and records that are given."""
    terms: dict[str, Any] = {
        declared.name: getattr(given, declared.name)
        for key, declared in fields(Pledge).items()
        if key in table and key not in LISTS
    }
    if old.measure and given.measure and "measure" in table:
        parts = {
            key: getattr(given.measure, key) for key in table["measure"].keys() & fields(Measure)
        }
        terms["measure"] = replace(old.measure, **parts)
    origins: dict[Path, int] = {}
    terms["claims"] = _joined("claim", old.claims, enumerate(given.claims), origins)
    terms["updates"] = _joined("update", old.updates, enumerate(given.updates), origins)
    asks = decisions.joined(old.asks, given.asks)
    terms["asks"] = _joined("ask", asks.old, asks.new, origins)
    return replace(old, **terms), origins


def _joined(
    key: str,
    old: tuple[Record, ...],
    given: Iterable[tuple[int, Record]],
    origins: dict[Path, int],
) -> tuple[Record, ...]:
    """The old records, then those given that are not yet there, each with its number."""
    known = set(old)
    new = [(at, each) for at, each in given if each not in known]
    origins.update({(key, len(old) + to): at for to, (at, _) in enumerate(new)})
    return (*old, *(each for _, each in new))


def _renumbered(findings: Iterable[Finding], origins: Mapping[Path, int]) -> Iterator[Finding]:
    """Findings about records of the file, by the numbers that these have in the pledge."""
    places: dict[Path, Path] = {(path[0], at): path for path, at in origins.items()}
    for each in findings:
        place = places.get(each.path[:2], each.path[:2])
        meant = each.intended_path and (*place, *each.intended_path[2:])
        yield replace(each, path=(*place, *each.path[2:]), intended_path=meant)


def _moved(finding: Finding, path: Path) -> Finding:
    return replace(finding, path=(*path, *finding.path))
