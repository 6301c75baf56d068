"""From a file and a ledger to the edits that bring it in, or to all that is wrong with it."""

import datetime as dt
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Any, Final, Literal

from msgspec import Struct
from msgspec.structs import replace

from pledges.domain.edits import Edit, Put, RegisterEntry
from pledges.domain.pledge import (
    Ledger,
    Pledge,
    Source,
    Status,
    Update,
    citations,
    cited_sources,
    is_url,
)
from pledges.domain.update_rules import (
    Addition,
    Rule,
    made_before,
    steps_back_with_a_word,
    value_with_a_word,
    withdrawn_with_a_word,
)
from pledges.errors import Fault, FaultyRows, nearest
from pledges.ledger.importing.cells import CellReader
from pledges.ledger.importing.headings import HELP_HINT, ImportColumns
from pledges.ledger.importing.mapping import SheetMapping
from pledges.ledger.importing.matching import Candidate, Matcher, edits
from pledges.ledger.importing.misread import quotation
from pledges.ledger.importing.rows import MOST_NEAREST, pledge_rows
from pledges.ledger.importing.sheets import cell_fault
from pledges.ledger.reading.references import MOST_COMPARED
from pledges.ledger.reading.rules import broken_rules
from pledges.ledger.text.finding import Explanation, Finding, Path

TURNS_OF_THE_RECORD: Final[Mapping[Rule, str]] = {
    steps_back_with_a_word: "status",
    withdrawn_with_a_word: "status",
    value_with_a_word: "value",
}
"""The rules of what needs a reason in a note, with the key of an update that each is about."""


class ImportPlan(Struct, frozen=True):
    """The edits that bring a file in, and the ids of all its pledges.

    ``new_entries`` are added to the registers; ``other_entries`` are those of another ledger that
    are here with another text, which they keep.  ``vanished`` are the ids of the register that the
    file has no more; ``chapters`` and ``skipped`` are the rows that are no pledges.
    """

    edits: Sequence[Edit]
    ids: Sequence[str]
    new_entries: Sequence[RegisterEntry]
    other_entries: Sequence[RegisterEntry]
    vanished: Sequence[str]
    chapters: Sequence[int]
    skipped: Sequence[int]


def import_plan(
    columns: ImportColumns,
    mapping: SheetMapping,
    ledger: Ledger,
    as_of: dt.date,
    *,
    tries_rules: bool = True,
) -> ImportPlan:
    """What it takes to bring a sheet into a ledger; ``as_of`` is the day of news that give none.

    Pledges that vanished from the file get the tag of the mapping, if there is one.  If the ledger
    that would be is tried by its rules anyway, they need not be tried here, unless something else
    is wrong.

    Raises: ``FaultyRows`` with everything that is wrong with it.
    """
    sheet = columns.sheet
    if sheet.rows and not columns.targets:  # else each row would only lack everything
        hint = f'use --map "Name=title,Chapter=pillar"; {HELP_HINT}'
        words = Explanation("key", "it has no column that can be imported", hint)
        row = sheet.heading_row or 1
        raise _faulty(columns, [*columns.faults, cell_fault(sheet.name, row, words)])
    known, used, others = _with_registers(ledger, sheet.ledger)
    reader = CellReader(known, mapping, columns)
    read = pledge_rows(columns, mapping, reader, known)
    added = [
        x for each in (reader.parties, reader.pillars, reader.sources) for x in each.new_entries
    ]
    known = _with_entries(known, added)
    matcher = Matcher(known, as_of, columns)
    candidates = [matcher.candidate(each) for each in read.rows]
    if not columns.has_records:
        candidates = [
            replace(each, findings=[*each.findings, *more])
            if (more := list(_judgements(each, known, as_of)))
            else each
            for each in candidates
        ]
    others_wrong = [*sheet.faults, *columns.faults, *read.faults]
    tries_rules |= bool(others_wrong) or any(each.findings for each in candidates)
    objections = list(_objections(candidates, known, columns)) if tries_rules else []
    if faults := dict.fromkeys([*others_wrong, *objections]):
        raise _faulty(columns, faults)
    changes = [edit for each in candidates for edit in edits(each)]
    ids = [each.new.id for each in candidates]
    vanished = []
    tag = mapping.vanished_tag
    if tag or (mapping.is_of_register and "title" in columns.targets):
        vanished = list(_vanished(ledger, frozenset(ids), reader, mapping))
    if tag:
        changes += [Put(x.id, ("tags",), (*x.tags, tag)) for x in vanished]
    return ImportPlan(
        [*used, *added, *changes],
        ids,
        [*used, *added],
        others,
        [each.id for each in vanished],
        read.chapters,
        read.skipped,
    )


def _faulty(columns: ImportColumns, faults: Iterable[Fault]) -> FaultyRows:
    """The error of a file; if rows don't fit its columns, with how these were found."""
    sheet = columns.sheet
    found = sorted(faults, key=lambda each: (each.line, each.column))
    note = None
    is_doubtful = sheet.title_rows or not columns.targets
    if sheet.heading_row and (is_doubtful or any(each.code == "row" for each in found)):
        names = {",": ", cut at commas", ";": ", cut at semicolons", "\t": ", cut at tabs"}
        cut = names.get(sheet.separator or "", "")
        heading = " | ".join(each.strip() for each in sheet.headings)
        note = f"Row {sheet.heading_row} was taken as the heading{cut}: {heading}"
    return FaultyRows(sheet.name, found, note)


def _vanished(
    ledger: Ledger, ids: frozenset[str], reader: CellReader, mapping: SheetMapping
) -> Iterator[Pledge]:
    """Yield the pledges of the register that the file does not have.

    What ``[set]`` says of all its rows tells them from those of other registers.
    """
    common: dict[str, Any] = {}
    for key in ("owed_by", "pillar"):
        if key in mapping.fixed:
            common[key] = reader.value(mapping.fixed[key], key)
    for each in ledger.pledges:
        is_dropped = bool(each.updates) and each.history[-1].status in (
            Status.WITHDRAWN,
            Status.SUPERSEDED,
        )
        terms = {key: getattr(each, key) for key in common}
        is_of_register = all(
            (list(terms[key]) if isinstance(x, list) else terms[key]) == x
            for key, x in common.items()
        )
        if (
            each.id not in ids
            and not is_dropped
            and is_of_register
            and mapping.vanished_tag not in each.tags
        ):
            yield each


def _with_entries(ledger: Ledger, entries: Sequence[RegisterEntry]) -> Ledger:
    registers: dict[str, dict[str, Any]] = {}
    for each in entries:
        own = registers.setdefault(each.register, dict(getattr(ledger, each.register)))
        own[each.key] = each.entry
    return replace(ledger, **registers) if registers else ledger


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
        used["parties"].update(each.owed_by, each.asked_by, names)
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
    misfits = {x.path[:2] for x in each.findings if x.code != "rule" and x.path[0] == "news"}
    is_unread = any(path[0] == "news" for path in each.row.unread)
    for number, update in each.news.items():
        if ("news", number) not in misfits and not is_unread:
            yield from _judgements_of_news(each, number, update, ledger, as_of)


def _judgements_of_news(
    each: Candidate, number: int, update: Update, ledger: Ledger, as_of: dt.date
) -> Iterator[Finding]:
    place = ("news", number)
    pledge, news = each.new, Addition(update=update)
    if update.date > as_of:
        message, hint = f"{update.date} is after {as_of}", "an update is about what has happened"
        yield Finding("rule", (*place, "date"), message, hint)
    elif not (pledge.made and pledge.made.first > as_of):  # which is reported at ``made``
        for refusal in made_before(news, pledge, ledger):
            hint = "give the day on which it happened"
            yield Finding("rule", (*place, "date"), refusal.reason, hint)
    before = replace(pledge, updates=tuple(x for x in pledge.updates if x is not update))
    for rule, key in TURNS_OF_THE_RECORD.items():
        for refusal in rule(news, before, ledger):
            hint = "give the reason in a column update_note, or for all: --set update_note='...'"
            yield Finding("rule", (*place, key), refusal.reason, hint)


def _objections(
    candidates: Sequence[Candidate], ledger: Ledger, columns: ImportColumns
) -> Iterator[Fault]:
    """Everything that is wrong with the candidates, except what follows from other faults.

    The rules of a ledger are tried on the whole ledger that would be, with every source that is
    cited: those that are not known are reported by themselves.
    """
    hints = _hints_of_sources(candidates, ledger)
    doubtful = [each for each in candidates if each.findings or each.row.unread]
    for each in candidates if hints else doubtful:
        for finding in _own_findings(each, hints):
            yield _fault_of(columns, each, finding)
    pledges = {each.id: each for each in ledger.pledges}
    pledges |= {each.new.id: each.new for each in candidates}
    sources = {**ledger.sources, **{each: Source(title=each) for each in hints}}
    whole = replace(ledger, pledges=tuple(pledges.values()), sources=sources)
    numbers = {each: at for at, each in enumerate(pledges)} if doubtful else {}
    broken = {("pledge", numbers[x.new.id], *path) for x in doubtful for path in _broken(x)}
    if not (findings := broken_rules(whole, broken)):
        return
    by_id = {each.new.id: each for each in candidates}
    places: dict[Path, Candidate]
    places = {("pledge", at): by_id[x] for at, x in enumerate(pledges) if x in by_id}
    for finding in findings:
        if candidate := places.get(finding.path[:2]):
            path = _relocated(finding.path[2:], candidate.origins)
            yield _fault_of(columns, candidate, replace(finding, path=path))


def _fault_of(columns: ImportColumns, each: Candidate, finding: Finding) -> Fault:
    """A finding at its row and column: a history has a row for each update."""
    path = finding.path
    if path[0] != "news" or not isinstance(path[1], int):
        return columns.fault(finding, each.row.number)
    news = each.row.news[path[1]] if path[1] < len(each.row.news) else None
    finding = replace(finding, path=("news", *path[2:]))
    if not news:
        return columns.fault(finding, each.row.number)
    by_path = {("news", *key): column for key, column in news.columns.items()}
    return columns.fault(finding, news.row, by_path)


def _own_findings(each: Candidate, hints: Mapping[str, str]) -> Iterator[Finding]:
    """What is wrong with a candidate, apart from the ledger's rules, and its unknown sources."""
    if each.findings:
        intended = {finding.intended_path for finding in each.findings}
        for finding in each.findings:
            if finding.path not in intended and not _is_within(finding.path, each.row.unread):
                yield finding
    if hints:
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
    """A path of the file in the pledge, or the other way."""
    if path[:2] in places:
        return (*places[path[:2]], *path[2:])
    return path


def _is_within(path: Path, places: Collection[Path]) -> bool:
    return any(path[:length] in places for length in range(1, len(path) + 1))
