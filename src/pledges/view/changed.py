"""What changed since the last report, kind by kind."""

from collections import Counter
from collections.abc import Iterator, Sequence

from pledges.domain.changes import Change, News
from pledges.view.happened import TITLES, counted, happened
from pledges.view.items import Matter, bullets, item
from pledges.view.paper import Part
from pledges.view.words import day


def changed_parts(matter: Matter) -> Iterator[Part]:
    """A list for each kind of change that there was."""
    since = f"Changed since {day(matter.before.as_of)}" if matter.before else "Changed"
    parts = [part for what in News if (part := _part(what, matter))]
    if parts:
        yield Part(since, [])
        yield from parts


def _part(what: News, matter: Matter) -> Part | None:
    found = [change for change in matter.changes if change.what is what]
    lines = [
        item(each.now, f"{happened(each, matter.ledger).rstrip('.')}.", matter.ledger)
        for each in found
    ]
    return Part(f"{TITLES[what]} ({len(found):,})", [bullets(lines)], level=3) if found else None


def counted_changes(changes: Sequence[Change], kinds: Sequence[News]) -> str:
    """How many changes of some kinds there were: "1 became overdue, 9 new pledges"."""
    found = Counter(change.what for change in changes)
    return counted({what: found[what] for what in kinds if found[what]})
