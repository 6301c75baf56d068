"""All that speaks against the pledges as they would be, at the rows and columns of the file."""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from itertools import islice
from typing import Final

from msgspec.structs import replace

from pledges.domain.citations import citations, cited_sources, is_url
from pledges.domain.pledge import Kind, Ledger, Source
from pledges.domain.update_rules import Addition, made_before, steps_back_with_a_word
from pledges.errors import Fault, nearest
from pledges.ledger.importing.cells import quoted
from pledges.ledger.importing.columns import NEWS, ImportColumns
from pledges.ledger.importing.matching import Candidate
from pledges.ledger.importing.rows import MOST_NEAREST
from pledges.ledger.importing.sheets import Sheet
from pledges.ledger.reading.references import MOST_COMPARED
from pledges.ledger.reading.rules import broken_rules
from pledges.ledger.text.finding import Finding, Path

NEWS_COLUMNS: Final = {key: name for name, key in NEWS.items()}


def judged(each: Candidate, ledger: Ledger, as_of: dt.date) -> Candidate:
    """The candidate with what ``add`` and ``update`` would refuse on the day of the import.

    That is for what a person says today; records that are given whole are history.
    """
    findings = [*each.findings, *_judgements_of_terms(each, as_of)]
    misfits = (x.path for x in findings if x.code != "rule")
    is_unsound = any(path[0] == "news" for path in (*each.row.unread, *misfits))
    if each.news_at is not None and not is_unsound:
        findings += _judgements_of_news(each, each.news_at, ledger, as_of)
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
    each: Candidate, at: int, ledger: Ledger, as_of: dt.date
) -> Iterator[Finding]:
    pledge, update = each.new, each.new.updates[at]
    news, period = Addition(update=update), update.period
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
    candidates: Sequence[Candidate], ledger: Ledger, sheet: Sheet, columns: ImportColumns
) -> Iterator[Fault]:
    """Everything that is wrong with the candidates, but for what rests on other faults.

    The rules of a ledger are tried on the whole ledger that would be, with every source that is
    cited: those that are not known are reported by themselves.
    """
    hints = _hints_of_sources(candidates, ledger)
    for each in candidates:
        meant = {finding.intended_path for finding in each.findings}
        own = [x for x in each.findings if not _is_within(x.path, each.row.unread)]
        yield from (_fault(x, each, sheet, columns) for x in own if x.path not in meant)
        for source, path in citations(each.new) if hints else ():
            if source in hints and not _is_within(path, frozenset(_broken(each))):
                message = f"there is no source {quoted(source)}"
                unknown = Finding("reference", path, message, hints[source])
                yield _fault(unknown, each, sheet, columns)
    changed = {each.old.id: each.new for each in candidates if each.old}
    pledges = [changed.get(each.id, each) for each in ledger.pledges]
    pledges += [each.new for each in candidates if not each.old]
    sources = {**ledger.sources, **{each: Source(title=each) for each in hints}}
    whole = replace(ledger, pledges=tuple(pledges), sources=sources)
    numbers = {each.id: at for at, each in enumerate(pledges)}
    places: Mapping[str | int, Candidate] = {numbers[each.new.id]: each for each in candidates}
    broken = {("pledge", at, *path) for at, each in places.items() for path in _broken(each)}
    for finding in broken_rules(whole, broken):
        candidate = places.get(finding.path[1]) if finding.path[0] == "pledge" else None
        if candidate:
            inside = replace(finding, path=finding.path[2:])
            yield _fault(inside, candidate, sheet, columns)


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
    meant = (x.intended_path for x in each.findings if x.intended_path)
    for path in (*(x.path for x in each.findings), *meant, *each.row.unread):
        is_of_news = path[0] == "news" and each.news_at is not None
        yield ("update", each.news_at or 0, *path[1:]) if is_of_news else path


def _is_within(path: Path, places: AbstractSet[Path]) -> bool:
    """Whether a path is one of ``places``, or leads through one."""
    return any(path[:length] in places for length in range(1, len(path) + 1))


def _fault(finding: Finding, each: Candidate, sheet: Sheet, columns: ImportColumns) -> Fault:
    """A finding at the column that gives what it is about, or else at its row."""
    path = finding.path
    if path[:2] == ("update", each.news_at):
        path = ("news", *path[2:])
    elif path[:2] in each.origins:
        path = (path[0], each.origins[path[:2]], *path[2:])
    given = {column.path: column for column in columns.taken}
    lengths = (length for length in range(len(path), 0, -1) if path[:length] in given)
    length = next(lengths, None)
    hint = finding.hint
    if length is None:
        news = tuple(NEWS_COLUMNS.get(str(part), "") for part in path[1:])
        heading = _dotted(news if path[:1] == ("news",) else path)
        place = replace(sheet.place(each.row.number), heading=heading)
        hint = f"a column {heading} gives it" if finding.code == "missing" else hint
    else:
        place = sheet.place(each.row.number, given[path[:length]].place)
        place = replace(place, heading=_dotted((place.heading, *path[length:])))
        is_empty = finding.code == "missing" and length == len(path)
        hint = "fill it in" if is_empty else hint
    return place.fault(finding.message, hint, finding.code)


def _dotted(path: Path) -> str:
    """A path as users of JSON write it: ``update[0].date``."""
    parts = (f"[{part}]" if isinstance(part, int) else f".{part}" for part in path)
    return "".join(parts).removeprefix(".")
