"""What changed since the last report, kind by kind."""

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Final

from pledges.domain.changes import Change, ChangeKind
from pledges.view.page import Section
from pledges.view.report.entries import Matter, pledge_item, shortlist
from pledges.view.wording.change_phrases import KINDS, change_counts, change_text
from pledges.view.wording.values import day, sentence

COUNTED_FIRST: Final = (
    ChangeKind.COMPLETED,
    ChangeKind.HELD,
    ChangeKind.OVERDUE,
    ChangeKind.MOVED,
    ChangeKind.PLEDGED,
)
"""The changes that a bottom line counts; it counts others only if there are none of these."""

MOST_KINDS: Final = 3
"""Of those others, so that a bottom line stays short."""


def changed_sections(matter: Matter) -> Iterator[Section]:
    """A list for each kind of change that there was."""
    if matter.changes:
        yield Section(f"Changed since {day(matter.before.as_of)}" if matter.before else "Changed")
    for kind in ChangeKind:
        items = [
            pledge_item(each.now, sentence(change_text(each, matter.ledger)), matter.ledger)
            for each in matter.changes
            if each.what is kind
        ]
        if items:
            title = f"{KINDS[kind].title} ({len(items):,})"
            yield Section(title, blocks=[shortlist(items)], level=3)


def bottom_line_changes(changes: Sequence[Change]) -> str:
    """How many changes there were: "1 became overdue, 9 new pledges"."""
    found = Counter(change.what for change in changes)
    weighty = {kind: found[kind] for kind in COUNTED_FIRST if found[kind]}
    others = {kind: found[kind] for kind in ChangeKind if found[kind]}
    counts = weighty or dict(islice(others.items(), MOST_KINDS))
    return change_counts(counts) or "nothing reported has changed"
