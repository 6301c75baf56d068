"""What changed since the last report, kind by kind."""

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Final

from pledges.domain.changes import Change, ChangeKind
from pledges.view.page import Section
from pledges.view.report.entries import Matter, bullets, ended, item
from pledges.view.wording.change_phrases import KINDS, counted, happened
from pledges.view.wording.values import day

TOLD_FIRST: Final = (
    ChangeKind.COMPLETED,
    ChangeKind.HELD,
    ChangeKind.OVERDUE,
    ChangeKind.MOVED,
    ChangeKind.PLEDGED,
)
"""The changes that a bottom line counts; only where there are none it counts others."""

MOST_KINDS: Final = 3
"""Of those others, so that a bottom line stays short."""


def changed_parts(matter: Matter) -> Iterator[Section]:
    """A list for each kind of change that there was."""
    since = f"Changed since {day(matter.before.as_of)}" if matter.before else "Changed"
    parts = [part for what in ChangeKind if (part := _part(what, matter))]
    if parts:
        yield Section(since)
        yield from parts


def _part(what: ChangeKind, matter: Matter) -> Section | None:
    found = [change for change in matter.changes if change.what is what]
    lines = [item(each.now, ended(happened(each, matter.ledger)), matter.ledger) for each in found]
    title = f"{KINDS[what].title} ({len(found):,})"
    return Section(title, blocks=[bullets(lines)], level=3) if found else None


def counted_changes(changes: Sequence[Change]) -> str:
    """How many changes there were: "1 became overdue, 9 new pledges"."""
    found = Counter(change.what for change in changes)
    weighty = {what: found[what] for what in TOLD_FIRST if found[what]}
    others = {what: found[what] for what in ChangeKind if found[what]}
    return (
        counted(weighty or dict(islice(others.items(), MOST_KINDS)))
        or "nothing reported has changed"
    )
