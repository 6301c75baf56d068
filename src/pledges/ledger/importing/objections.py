"""What is wrong with the pledges that a file would bring, each at its row and column."""

import datetime as dt
from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import islice
from typing import Final

from msgspec.structs import replace

from pledges.domain.pledge import Ledger, Source, Update, citations, cited_sources, is_url
from pledges.domain.update_rules import (
    Addition,
    Rule,
    made_before,
    steps_back_with_a_word,
    value_with_a_word,
    withdrawn_with_a_word,
)
from pledges.errors import Fault, nearest
from pledges.ledger.importing.cell_texts import quotation
from pledges.ledger.importing.headings import ImportColumns
from pledges.ledger.importing.merging import Candidate
from pledges.ledger.importing.row_ids import MOST_NEAREST
from pledges.ledger.reading.references import MOST_COMPARED
from pledges.ledger.reading.rules import broken_rules
from pledges.ledger.text.finding import Finding, Path

TURNS_OF_THE_RECORD: Final[Mapping[Rule, str]] = {
    steps_back_with_a_word: "status",
    withdrawn_with_a_word: "status",
    value_with_a_word: "value",
}
"""The rules of what needs a reason in a note, with the key of an update that each is about."""


def judged(each: Candidate, ledger: Ledger, as_of: dt.date) -> Candidate:
    """A candidate with what ``add`` and ``update`` would refuse of it on the day of the import.

    That is for what a person says today; records that are given whole are history.
    """
    found = list(_judgements_of_dates(each, as_of))
    misfits = {x.path[:2] for x in each.findings if x.code != "rule" and x.path[0] == "news"}
    if not (each.row.unread and any(path[0] == "news" for path in each.row.unread)):
        for number, update in each.news.items():
            if ("news", number) not in misfits:
                found += _judgements_of_news(each, number, update, ledger, as_of)
    return replace(each, findings=[*each.findings, *found]) if found else each


def _judgements_of_dates(each: Candidate, as_of: dt.date) -> Iterator[Finding]:
    """What is wrong with the day on which a pledge was made, and with its deadline."""
    made, due, old = each.new.made, each.new.due, each.old
    is_made_new, is_due_new = (not old or made != old.made), (not old or due != old.due)
    if made and is_made_new and made.first > as_of:
        hint = "give the day or the period in which it was made"
        yield Finding("rule", ("made",), f"{made.name} is after {as_of}", hint)
    elif made and due and (is_made_new or is_due_new) and due.last < made.first:
        message = f"the deadline {due.name} is before the pledge was made, {made.name}"
        hint = "check due and made"
        yield Finding("rule", ("due" if is_due_new else "made",), message, hint)


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
    if update.note:  # which is the reason
        return
    before = replace(pledge, updates=tuple(x for x in pledge.updates if x is not update))
    for rule, key in TURNS_OF_THE_RECORD.items():
        for refusal in rule(news, before, ledger):
            notes = each.row.news[number].columns.get(("note",))
            hint = "give the reason in a column update_note, or for all: --set update_note='...'"
            if notes:  # the notes of other rows are none of its business
                hint = f"give the reason in its {notes.heading}, row {each.row.news[number].row}"
            yield Finding("rule", (*place, key), refusal.reason, hint)


def objections_to(
    candidates: Sequence[Candidate], ledger: Ledger, columns: ImportColumns
) -> Iterator[Fault]:
    """Everything that is wrong with the candidates, except what follows from other faults.

    The rules of a ledger are tried on the whole ledger that would be, with every source that is
    cited: those that are not known are reported by themselves.
    """
    unknown = {
        source: None
        for each in candidates
        for source in sorted(cited_sources(each.new) - ledger.sources.keys())
        if not is_url(source)
    }
    register = ledger.sources if len(ledger.sources) <= MOST_COMPARED else {}
    close = {each: nearest(each, register) for each in islice(unknown, MOST_NEAREST)}
    add = 'give a URL that begins with https://, or write in a mapping [register] sources = "new"'
    hints = {each: f"did you mean {x}?" if (x := close.get(each)) else add for each in unknown}
    for each in candidates:
        intended = {finding.intended_path for finding in each.findings}
        for finding in each.findings:
            if finding.path not in intended and not _is_within(finding.path, each.row.unread):
                yield _fault_of(columns, each, finding)
        broken = set(_broken(each)) if hints else set()
        for source, path in citations(each.new) if hints else ():
            if source in hints and not _is_within(path, broken):
                message = f"there is no source {quotation(source)}"
                place = _relocated(path, each.origins)
                found = Finding("reference", place, message, hints[source])
                yield _fault_of(columns, each, found)
    sources = {**ledger.sources, **{each: Source(title=each) for each in hints}}
    yield from _broken_rules(candidates, replace(ledger, sources=sources), columns)


def _broken_rules(
    candidates: Sequence[Candidate], ledger: Ledger, columns: ImportColumns
) -> Iterator[Fault]:
    """Yield where the ledger that would be breaks its rules, at the rows that bring it about."""
    by_id = {each.new.id: each for each in candidates}
    pledges = {x.id: x for x in ledger.pledges} | {x: each.new for x, each in by_id.items()}
    places: dict[Path, Candidate]
    places = {("pledge", at): by_id[x] for at, x in enumerate(pledges) if x in by_id}
    broken = {(*place, *path) for place, each in places.items() for path in _broken(each)}
    for finding in broken_rules(replace(ledger, pledges=tuple(pledges.values())), broken):
        if candidate := places.get(finding.path[:2]):
            path, hint = finding.path[2:], finding.hint
            measure = candidate.new.measure
            if path == ("measure", "target") and measure and measure.target is not None:
                mapped = f'in a mapping [words.target] "{measure.target:g}" = ""'
                hint = f"{hint}; or leave it out: {mapped}"
            found = replace(finding, path=_relocated(path, candidate.origins), hint=hint)
            yield _fault_of(columns, candidate, found)


def _fault_of(columns: ImportColumns, each: Candidate, finding: Finding) -> Fault:
    """A finding at its row and column: a history has a row for each update."""
    path = finding.path
    if path[0] != "news" or not isinstance(path[1], int):
        return columns.fault(finding, each.row.number)
    finding = replace(finding, path=("news", *path[2:]))
    if path[1] >= len(each.row.news):
        return columns.fault(finding, each.row.number)
    news = each.row.news[path[1]]
    by_path = {("news", *key): column for key, column in news.columns.items()}
    return columns.fault(finding, news.row, by_path)


def _broken(each: Candidate) -> Iterator[Path]:
    """The places of a pledge whose values are not those that were given."""
    places = {origin: place for place, origin in each.origins.items()}
    intended = (x.intended_path for x in each.findings if x.intended_path)
    for path in (*(x.path for x in each.findings), *intended, *each.row.unread):
        yield _relocated(path, places)


def _relocated(path: Path, places: Mapping[Path, Path]) -> Path:
    """A path of the file in the pledge, or the other way."""
    return (*places.get(path[:2], path[:2]), *path[2:])


def _is_within(path: Path, places: Collection[Path]) -> bool:
    return any(path[:length] in places for length in range(1, len(path) + 1))
