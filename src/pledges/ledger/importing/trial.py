"""What speaks against the pledges that are brought in, told at their rows and columns."""

from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from itertools import islice
from typing import Final

from msgspec.structs import replace

from pledges.domain.citations import citations, cited, is_url
from pledges.domain.pledge import Ledger, Pledge, Source
from pledges.errors import Fault, nearest
from pledges.ledger.importing.cells import quoted
from pledges.ledger.importing.columns import NEWS, ImportColumn, ImportColumns
from pledges.ledger.importing.identities import MOST_MEANT
from pledges.ledger.importing.matching import Candidate
from pledges.ledger.importing.rows import dotted
from pledges.ledger.importing.sheets import Sheet, fault
from pledges.ledger.reading.references import MOST_COMPARED
from pledges.ledger.reading.rules import broken_rules
from pledges.ledger.text.finding import Finding, Path

NEWS_COLUMNS: Final = {key: name for name, key in NEWS.items()}


def objections(
    candidates: Sequence[Candidate], ledger: Ledger, sheet: Sheet, columns: ImportColumns
) -> Iterator[Fault]:
    """Everything that is wrong with what is brought in, but for what rests on other faults."""
    hints = _unknown_sources(candidates, ledger)
    for each in candidates:
        unread, unsound = each.entry.unread, frozenset(_broken(each))
        told = (x for x in each.findings if not _is_meant(x, each))
        found = [x for x in told if not _is_within(x.path, unread)]
        found += [x for x in _citations_of(each.new, hints) if not _is_within(x.path, unsound)]
        yield from (_fault(finding, each, sheet, columns) for finding in found)
    whole, places = _whole(candidates, ledger, hints)
    broken = {("pledge", at, *path) for at, each in places.items() for path in _broken(each)}
    for finding in broken_rules(whole, broken):
        place = places.get(finding.path[1]) if finding.path[0] == "pledge" else None
        if place:
            yield _fault(replace(finding, path=finding.path[2:]), place, sheet, columns)


def _whole(
    candidates: Sequence[Candidate], ledger: Ledger, unknown: Mapping[str, object]
) -> tuple[Ledger, dict[str | int, Candidate]]:
    """The ledger that would be, and the candidates by their numbers in it.

    It has every source that is cited: those that are not known are told apart.
    """
    changed = {each.old.id: each.new for each in candidates if each.old}
    pledges = [changed.get(each.id, each) for each in ledger.pledges]
    pledges += [each.new for each in candidates if not each.old]
    numbers = {each.id: at for at, each in enumerate(pledges)}
    sources = {**ledger.sources, **{each: Source(title=each) for each in unknown}}
    whole = replace(ledger, pledges=tuple(pledges), sources=sources)
    return whole, {numbers[each.new.id]: each for each in candidates}


def _unknown_sources(candidates: Sequence[Candidate], ledger: Ledger) -> dict[str, str]:
    """The sources that are cited and not there, each with what to do."""
    found = {
        source: None
        for each in candidates
        for source in sorted(cited(each.new) - ledger.sources.keys())
        if not is_url(source)
    }
    register = ledger.sources if len(ledger.sources) <= MOST_COMPARED else {}
    close = {each: nearest(each, register) for each in islice(found, MOST_MEANT)}
    add = "add it to [sources], or give an address that begins with https://"
    return {each: f"did you mean {best}?" if (best := close.get(each)) else add for each in found}


def _citations_of(pledge: Pledge, hints: Mapping[str, str]) -> Iterator[Finding]:
    """A finding for each place where an unknown source is cited."""
    if hints and not cited(pledge).isdisjoint(hints):
        for source, path in citations(pledge):
            if source in hints:
                message = f"there is no source {quoted(source)}"
                yield Finding("reference", path, message, hints[source])


def _broken(each: Candidate) -> Iterator[Path]:
    """The places of a pledge whose values are not those that were given."""
    yield from (finding.path for finding in each.findings)
    yield from (finding.intended_path for finding in each.findings if finding.intended_path)
    for path in each.entry.unread:
        yield ("update", each.news_at or 0, *path[1:]) if path[:1] == ("news",) else path


def _is_within(path: Path, places: AbstractSet[Path]) -> bool:
    """Whether a path is one of ``places``, or leads through one."""
    return any(path[:length] in places for length in range(1, len(path) + 1))


def _is_meant(finding: Finding, each: Candidate) -> bool:
    """Whether what a finding misses stands there under a misspelt key, which is told itself."""
    return finding.path in {other.intended_path for other in each.findings}


def _fault(finding: Finding, each: Candidate, sheet: Sheet, columns: ImportColumns) -> Fault:
    path = _in_file(finding.path, each)
    column, rest = _column(path, columns)
    heading = column.heading.strip() if column else ""
    name = dotted((heading, *rest) if heading else _named(path))
    place = column.place + 1 if column else 1
    message, hint, code = finding.message, finding.hint, finding.code
    if code == "missing" and not rest:
        hint = "fill it in" if column else f"a column {name} gives it"
    return fault(sheet.name, each.entry.row, place, name, message, hint, code)


def _in_file(path: Path, each: Candidate) -> Path:
    """Where in the file stands what has a path in the pledge."""
    if path[:2] == ("update", each.news_at):
        return ("news", *path[2:])
    if path[:2] in each.origins:
        return (path[0], each.origins[path[:2]], *path[2:])
    return path


def _named(path: Path) -> Path:
    """A path that no column gives, as a column of ours would be called."""
    is_news = path[:1] == ("news",)
    return tuple(NEWS_COLUMNS.get(str(each), "") for each in path[1:]) if is_news else path


def _column(path: Path, columns: ImportColumns) -> tuple[ImportColumn | None, Path]:
    """The column that gives what has a path, and what of the path lies inside its cells."""
    places = {each.path: each for each in columns.taken}
    for length in range(len(path), 0, -1):
        if path[:length] in places:
            return places[path[:length]], path[length:]
    return None, ()
