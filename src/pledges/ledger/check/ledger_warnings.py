"""The rules of ``check`` about more than one pledge: keys, registers and titles."""

from collections.abc import Iterator

from pledges.domain.assessment import Standing
from pledges.domain.pledge import Ledger, cited_sources
from pledges.domain.similar_titles import similar_titles
from pledges.ledger.check.checked_ledger import CheckedLedger
from pledges.ledger.reading.unknown_keys import OWN_KEYS, undeclared_keys
from pledges.ledger.text.finding import Finding, Path, table_name


def unknown_key(checked: CheckedLedger) -> Iterator[Finding]:
    """Keys that the program does not read: each once for all records of its kind."""
    refused = {each.path for each in checked.errors}
    places: dict[tuple[str, str], list[Path]] = {}
    for path, _, _ in undeclared_keys(checked.content, Ledger, ()):
        if path not in refused and not OWN_KEYS.match(str(path[-1])):
            owner = "sources" if path[0] == "sources" else table_name(path[:-1])
            places.setdefault((owner, str(path[-1])), []).append(path)
    for (_, key), paths in places.items():
        more = f" ({len(paths):,} places)" if len(paths) > 1 else ""
        message = f"the program does not read the key {key!r}{more}"
        hint = "check its spelling and its place; if it is your own, begin its name with x_"
        yield Finding("unknown-key", paths[0], message, hint, on_key=True)


def near_duplicate(checked: CheckedLedger) -> Iterator[Finding]:
    """Pledges with nearly the same title, which may be one that was entered twice."""
    live = [x for x, found in checked.assessed if found.standing is not Standing.DROPPED]
    for at, first in similar_titles([each.pledge for each in live]):
        path, other = (*live[at].path, "title"), live[first]
        message = f"this is nearly the title of {other.pledge.id}, at"
        hint = f"if it is the same pledge, take one out: pledges remove {live[at].pledge.id}"
        place = (*other.path, "title")
        yield Finding("near-duplicate", path, message, hint, other_place=place)


def unused_source(checked: CheckedLedger) -> Iterator[Finding]:
    """Sources that nothing cites; not asked of a faulty ledger, whose citations may be unread."""
    if checked.errors:
        return
    cited = set[str]().union(*(cited_sources(each.pledge) for each in checked.pledges))
    for key in checked.ledger.sources.keys() - cited:
        message = f"nothing cites the source {key!r}"
        hint = "cite it, or delete it"
        yield Finding("unused-source", ("sources", key), message, hint, on_key=True)
