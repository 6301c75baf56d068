"""All that speaks against the pledges as they would be, at the rows and columns of the file."""

import datetime as dt
from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import islice

from msgspec.structs import replace

from pledges.domain.pledge import Kind, Ledger, Source, Update, citations, cited_sources, is_url
from pledges.domain.update_rules import Addition, made_before, steps_back_with_a_word
from pledges.errors import Fault, nearest
from pledges.ledger.importing.cells import quotation
from pledges.ledger.importing.headings import ImportColumns
from pledges.ledger.importing.matching import Candidate
from pledges.ledger.importing.rows import MOST_NEAREST
from pledges.ledger.reading.references import MOST_COMPARED
from pledges.ledger.reading.rules import broken_rules
from pledges.ledger.text.finding import Finding, Path


def with_judgements(each: Candidate, ledger: Ledger, as_of: dt.date) -> Candidate:
    """The candidate with what ``add`` and ``update`` would refuse on the day of the import.

    That is for what a person says today; records that are given whole are history.
    """
    findings = [*each.findings, *_judgements_of_terms(each, as_of)]
    misfits = (x.path for x in findings if x.code != "rule")
    is_sound = all(path[0] != "news" for path in (*each.row.unread, *misfits))
    if each.news and is_sound:
        findings += _judgements_of_news(each, each.news, ledger, as_of)
    return replace(each, findings=findings)


def _judgements_of_terms(each: Candidate, as_of: dt.date) -> Iterator[Finding]:
    """A pledge was made by now, and is due after that."""
    made, due, old = each.new.made, each.new.due, each.old
    is_made_new, is_due_new = (not old or made != old.made), (not old or due != old.due)
    if made and is_made_new and made.first > as_of:
        hint = "give the day or the period in which it was made"
        yield Finding("rule", ("made",), f"{made.name} lies after {as_of}", hint)
    elif made and due and (is_made_new or is_due_new) and due.last < made.first:
        message = f"the deadline {due.name} lies before it was made, {made.name}"
        hint = "give a later deadline, or see whether made is right"
        yield Finding("rule", ("due" if is_due_new else "made",), message, hint)


def _judgements_of_news(
    each: Candidate, update: Update, ledger: Ledger, as_of: dt.date
) -> Iterator[Finding]:
    pledge, news, period = each.new, Addition(update=update), update.period
    if update.date > as_of:
        message, hint = f"{update.date} lies after {as_of}", "an update says what has happened"
        yield Finding("rule", ("news", "date"), message, hint)
    elif not (pledge.made and pledge.made.first > as_of):  # that is said of the term
        for refusal in made_before(news, pledge, ledger):
            hint = "give the day on which it happened"
            yield Finding("rule", ("news", "date"), refusal.reason, hint)
    for refusal in steps_back_with_a_word(news, each.old, ledger) if each.old else ():
        hint = "say why in a column update_note"
        yield Finding("rule", ("news", "status"), refusal.reason, hint)
    is_of_pledge = pledge.kind is Kind.RECURRING and period and period.length == pledge.every
    if period and is_of_pledge and period.first > update.date:
        message = f"{period.name} has not begun on {update.date}"
        yield Finding("rule", ("news", "period"), message, "name an earlier one")


def objections(
    candidates: Sequence[Candidate], ledger: Ledger, columns: ImportColumns
) -> Iterator[Fault]:
    """Everything that is wrong with the candidates, but for what rests on other faults.

    The rules of a ledger are tried on the whole ledger that would be, with every source that is
    cited: those that are not known are reported by themselves.
    """
    hints = _hints_of_sources(candidates, ledger)
    for each in candidates:
        for finding in _own_findings(each, hints):
            yield columns.fault(finding, each.row.number)
    pledges = {each.id: each for each in ledger.pledges}
    pledges |= {each.new.id: each.new for each in candidates}
    sources = {**ledger.sources, **{each: Source(title=each) for each in hints}}
    whole = replace(ledger, pledges=tuple(pledges.values()), sources=sources)
    numbers = {pledge: at for at, pledge in enumerate(pledges)}
    places: Mapping[str | int, Candidate] = {numbers[each.new.id]: each for each in candidates}
    broken = {("pledge", at, *path) for at, each in places.items() for path in _broken(each)}
    for finding in broken_rules(whole, broken):
        candidate = places.get(finding.path[1]) if finding.path[0] == "pledge" else None
        if candidate:
            path = _relocated(finding.path[2:], candidate.origins)
            yield columns.fault(replace(finding, path=path), candidate.row.number)


def _own_findings(each: Candidate, hints: Mapping[str, str]) -> Iterator[Finding]:
    """What is wrong with a candidate by itself, and its sources that are not known."""
    intended = {finding.intended_path for finding in each.findings}
    for finding in each.findings:
        if finding.path not in intended and not _is_within(finding.path, each.row.unread):
            yield finding
    broken = set(_broken(each)) if hints else ()
    for source, path in citations(each.new) if hints else ():
        if source in hints and not _is_within(path, broken):
            message, place = (
                f"there is no source {quotation(source)}",
                _relocated(path, each.origins),
            )
            yield Finding("reference", place, message, hints[source])


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
    add = "add it to [sources], or give an address that begins with https://"
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
    """Whether a path is one of ``places``, or leads through one."""
    return any(path[:length] in places for length in range(1, len(path) + 1))
