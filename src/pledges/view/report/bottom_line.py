"""The bottom line of a report, and its result in a subject."""

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Final

from pledges.domain.assessment import Standing
from pledges.domain.changes import Change, ChangeKind
from pledges.domain.counts import Tally
from pledges.domain.snapshot import open_asks
from pledges.view.page import Subject
from pledges.view.report.lists import Matter
from pledges.view.wording.change_phrases import KINDS
from pledges.view.wording.standings import short_title
from pledges.view.wording.values import count, day, days, part

MOST_WORDS: Final = 50
"""Of a bottom line."""

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


def subject(matter: Matter, counts: Tally) -> Subject:
    """The result in one line: "VN-SG Plan of Action: 1 of 7 dated pledges done, 1 overdue"."""
    late, known = counts.standings.get(Standing.OVERDUE, 0), len(matter.now.assessed)
    done = f"{counts.dated_done:,} of {count(counts.dated, 'dated pledge')} done"
    result = f"{done}, {late:,} overdue" if counts.dated else count(counts.total, "pledge")
    some = f", {part(counts.total, known)}" if counts.total < known else ""
    return Subject(short_title(matter.ledger), result, f"{day(matter.now.as_of)}{some}")


def bottom_line(matter: Matter, counts: Tally) -> str:
    """A few sentences for who reads nothing else; the last ones are left out if it is too long."""
    text = ""
    for each in _sentences(matter, counts):
        longer = f"{text} {each}".strip()
        if len(longer.split()) > MOST_WORDS:
            break
        text = longer
    return text


def _sentences(matter: Matter, counts: Tally) -> Iterator[str]:
    yield _done(counts, len(matter.now.assessed))
    if counts.dated:
        late = counts.standings.get(Standing.OVERDUE, 0)
        soon = counts.standings.get(Standing.DUE_SOON, 0)
        overdue = f"{late:,} {_be(late)} overdue" if late else "None is overdue"
        due = f"{soon:,} {_be(soon)} due" if soon else "none is due"
        yield f"{overdue}; {due} within {days(matter.ledger.plan.warn_days)}."
    if matter.before:
        yield f"Since {day(matter.before.as_of)}: {_change_counts(matter.changes)}."
    if asks := len(open_asks(matter.pledges, matter.now.as_of)):
        yield f"{count(asks, 'decision')} {_be(asks)} asked for."
    if silent := counts.total - counts.with_news:
        yield f"{silent:,} {_be(silent, past=True)} never reported on."


def _done(counts: Tally, known: int) -> str:
    """How many are done of those with a deadline; how many have none, and how many were dropped."""
    if not counts.total:
        return f"None of {count(known, 'pledge')} matches." if known else "There are no pledges."
    dropped = counts.standings.get(Standing.DROPPED, 0)
    if dropped == counts.total:
        return "The one pledge was dropped." if dropped == 1 else f"All {dropped:,} were dropped."
    undated = counts.total - dropped - counts.dated
    if counts.dated:
        verb = _be(1 if counts.dated == 1 else counts.dated_done)
        pledges = f"{count(counts.dated, 'pledge')} with a deadline"
        parts = [f"{counts.dated_done:,} of {pledges} {verb} done"]
        parts += [f"{undated:,} {'has' if undated == 1 else 'have'} none"] if undated else []
    elif undated == 1:
        parts = [f"{'The one pledge' if counts.total == 1 else '1 pledge'} has no deadline"]
    else:
        parts = [f"None of {undated:,} pledges has a deadline"]
    parts += [f"{dropped:,} {_be(dropped, past=True)} dropped"] if dropped else []
    return f"{'; '.join(parts)}."


def _change_counts(changes: Sequence[Change]) -> str:
    """How many changes of which kind there were: "1 became overdue, 9 new pledges"."""
    found = Counter(change.what for change in changes)
    weighty = {kind: found[kind] for kind in COUNTED_FIRST if found[kind]}
    others = {kind: found[kind] for kind in ChangeKind if found[kind]}
    counts = weighty or dict(islice(others.items(), MOST_KINDS))
    texts = [count(n, KINDS[kind].one, KINDS[kind].many) for kind, n in counts.items()]
    return ", ".join(texts) or "nothing reported has changed"


def _be(number: int, *, past: bool = False) -> str:
    """The form of "to be" that goes with a number."""
    one, many = ("was", "were") if past else ("is", "are")
    return one if number == 1 else many
