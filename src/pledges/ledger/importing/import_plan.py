"""From a file and a ledger to the edits that bring it in, or to all that is wrong with it."""

import datetime as dt
from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import islice
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from pledges.domain.edits import Edit, RegisterEntry
from pledges.domain.pledge import Kind, Ledger, Source, Update, citations, cited_sources, is_url
from pledges.domain.update_rules import Addition, made_before, steps_back_with_a_word
from pledges.errors import Fault, FaultyRows, nearest
from pledges.ledger.importing.cells import CellReader, DateOrder, quotation
from pledges.ledger.importing.headings import HELP_HINT, ImportColumns
from pledges.ledger.importing.matching import Candidate, Matcher, edits
from pledges.ledger.importing.rows import MOST_NEAREST, pledge_rows
from pledges.ledger.importing.sheets import cell_fault
from pledges.ledger.reading.references import MOST_COMPARED
from pledges.ledger.reading.rules import broken_rules
from pledges.ledger.text.finding import Explanation, Finding, Path


class ImportPlan(Struct, frozen=True):
    """The edits that bring a file in, and the ids of all its pledges.

    Of the registers of another ledger ``new_entries`` are added, and ``other_entries`` are in the
    ledger with another text, which they keep.
    """

    edits: Sequence[Edit]
    ids: Sequence[str]
    new_entries: Sequence[RegisterEntry]
    other_entries: Sequence[RegisterEntry]


def import_plan(
    columns: ImportColumns, date_order: DateOrder, ledger: Ledger, as_of: dt.date
) -> ImportPlan:
    """What it takes to bring a sheet into a ledger; ``as_of`` is the day of news that give none.

    Raises: ``FaultyRows`` with everything that is wrong with it.
    """
    sheet = columns.sheet
    if sheet.rows and not columns.columns:  # else each row would only lack everything
        hint = f'use --map "Name=title,Chapter=pillar"; {HELP_HINT}'
        words = Explanation("key", "it has no column that can be imported", hint)
        raise FaultyRows(sheet.name, [*columns.faults, cell_fault(sheet.name, 1, words)])
    known, new, others = _with_registers(ledger, sheet.ledger)
    rows, misread = pledge_rows(columns, CellReader(known, date_order, columns), known)
    matcher = Matcher(known, as_of, columns)
    candidates = [matcher.candidate(each) for each in rows]
    if not columns.has_records:
        results = ((each, _judgements(each, known, as_of)) for each in candidates)
        candidates = [replace(x, findings=[*x.findings, *more]) for x, more in results]
    objections = _objections(candidates, known, columns)
    if faults := dict.fromkeys([*sheet.faults, *columns.faults, *misread, *objections]):
        raise FaultyRows(sheet.name, sorted(faults, key=lambda each: (each.line, each.column)))
    changes = [edit for each in candidates for edit in edits(each)]
    return ImportPlan([*new, *changes], [each.new.id for each in candidates], new, others)


def _with_registers(
    ledger: Ledger, other: Ledger | None
) -> tuple[Ledger, list[RegisterEntry], list[RegisterEntry]]:
    """A ledger with what the pledges of another one use of its registers, in its order.

    With it come the entries that are new, and those of which the ledger has another text.
    """
    used: dict[Literal["parties", "pillars", "sources"], set[str | None]]
    used = {"parties": set(), "pillars": set(), "sources": set()}
    for each in other.pledges if other else ():
        # Some of these are texts, which are the key of no party.
        names = (each.waiting_on, *(x.of for x in each.asks), *(x.by for x in each.updates))
        used["parties"].update(each.owed_by, names)
        used["pillars"].add(each.pillar)
        used["sources"] |= cited_sources(each)
    registers, new, others = {}, [], []
    for register, keys in used.items():
        own = registers[register] = dict(getattr(ledger, register))
        for key, entry in getattr(other, register).items() if other else ():
            if key in keys and own.setdefault(key, entry) != entry:
                others.append(RegisterEntry(register, key, entry))
            elif key in keys and key not in getattr(ledger, register):
                new.append(RegisterEntry(register, key, entry))
    return replace(ledger, **registers), new, others


def _judgements(each: Candidate, ledger: Ledger, as_of: dt.date) -> Iterator[Finding]:
    """What ``add`` and ``update`` would refuse of a candidate on the day of the import.

    That is for what a person says today; records that are given whole are history.
    """
    made, due, old = each.new.made, each.new.due, each.old
    is_made_new, is_due_new = (not old or made != old.made), (not old or due != old.due)
    if made and is_made_new and made.first > as_of:
        hint = "give the day or the period in which it was made"
        yield Finding("rule", ("made",), f"{made.name} is after {as_of}", hint)
    elif made and due and (is_made_new or is_due_new) and due.last < made.first:
        message = f"the deadline {due.name} is before the pledge was made, {made.name}"
        hint = "check due and made"
        yield Finding("rule", ("due" if is_due_new else "made",), message, hint)
    misfits = (x.path for x in each.findings if x.code != "rule")
    if each.news and all(path[0] != "news" for path in (*each.row.unread, *misfits)):
        yield from _judgements_of_news(each, each.news, ledger, as_of)


def _judgements_of_news(
    each: Candidate, update: Update, ledger: Ledger, as_of: dt.date
) -> Iterator[Finding]:
    pledge, news, period = each.new, Addition(update=update), update.period
    if update.date > as_of:
        message, hint = f"{update.date} is after {as_of}", "an update is about what has happened"
        yield Finding("rule", ("news", "date"), message, hint)
    elif not (pledge.made and pledge.made.first > as_of):  # which is reported at ``made``
        for refusal in made_before(news, pledge, ledger):
            hint = "give the day on which it happened"
            yield Finding("rule", ("news", "date"), refusal.reason, hint)
    for refusal in steps_back_with_a_word(news, each.old, ledger) if each.old else ():
        hint = "give the reason in a column update_note"
        yield Finding("rule", ("news", "status"), refusal.reason, hint)
    is_of_pledge = pledge.kind is Kind.RECURRING and period and period.length == pledge.every
    if period and is_of_pledge and period.first > update.date:
        message = f"{period.name} has not begun on {update.date}"
        yield Finding("rule", ("news", "period"), message, "give an earlier period")


def _objections(
    candidates: Sequence[Candidate], ledger: Ledger, columns: ImportColumns
) -> Iterator[Fault]:
    """Everything that is wrong with the candidates, except what follows from other faults.

    The rules of a ledger are tried on the whole ledger that would be, with every source that is
    cited: those that are not known are reported by themselves.
    """
    hints = _hints_of_sources(candidates, ledger)
    for each in candidates:
        for finding in _own_findings(each, hints):
            yield columns.fault(finding, each.row.number)
    by_id = {each.new.id: each for each in candidates}
    pledges = {each.id: each for each in (*ledger.pledges, *(x.new for x in candidates))}
    sources = {**ledger.sources, **{each: Source(title=each) for each in hints}}
    whole = replace(ledger, pledges=tuple(pledges.values()), sources=sources)
    places: dict[Path, Candidate]
    places = {("pledge", at): by_id[x] for at, x in enumerate(pledges) if x in by_id}
    broken = {(*place, *path) for place, each in places.items() for path in _broken(each)}
    for finding in broken_rules(whole, broken):
        if candidate := places.get(finding.path[:2]):
            path = _relocated(finding.path[2:], candidate.origins)
            yield columns.fault(replace(finding, path=path), candidate.row.number)


def _own_findings(each: Candidate, hints: Mapping[str, str]) -> Iterator[Finding]:
    """What is wrong with a candidate, apart from the ledger's rules, and its unknown sources."""
    intended = {finding.intended_path for finding in each.findings}
    for finding in each.findings:
        if finding.path not in intended and not _is_within(finding.path, each.row.unread):
            yield finding
    broken = set(_broken(each))
    for source, path in citations(each.new):
        if source in hints and not _is_within(path, broken):
            message = f"there is no source {quotation(source)}"
            yield Finding("reference", _relocated(path, each.origins), message, hints[source])


def _hints_of_sources(candidates: Sequence[Candidate], ledger: Ledger) -> dict[str, str]:
    """The sources that are cited and not there, each with what to do."""
    unknown = {
        source: None
        for each in candidates
        for source in sorted(cited_sources(each.new) - ledger.sources.keys())
        if not is_url(source)
    }
    register = ledger.sources if len(ledger.sources) <= MOST_COMPARED else {}
    close = {each: nearest(each, register) for each in islice(unknown, MOST_NEAREST)}
    add = "add it to [sources], or give a URL that begins with https://"
    return {each: f"did you mean {x}?" if (x := close.get(each)) else add for each in unknown}


def _broken(each: Candidate) -> Iterator[Path]:
    """The places of a pledge whose values are not those that were given."""
    places = {origin: place for place, origin in each.origins.items()}
    intended = (x.intended_path for x in each.findings if x.intended_path)
    for path in (*(x.path for x in each.findings), *intended, *each.row.unread):
        yield _relocated(path, places)


def _relocated(path: Path, places: Mapping[Path, Path]) -> Path:
    """A path of the file in the pledge, or the other way; a record is ``news``, or has a number."""
    for length in (1, 2):
        if path[:length] in places:
            return (*places[path[:length]], *path[length:])
    return path


def _is_within(path: Path, places: Collection[Path]) -> bool:
    return any(path[:length] in places for length in range(1, len(path) + 1))
