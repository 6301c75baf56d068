"""The status report, before how it looks: its parts in order, and what stands alone."""

import datetime as dt
from collections.abc import Iterator, Sequence
from typing import Final

from msgspec import Struct

from pledges.domain.asks import OpenAsk, open_asks
from pledges.domain.assessment import Standing
from pledges.domain.changes import ChangeKind
from pledges.domain.counts import RollUp, Tally, by_pillar, tally
from pledges.domain.events import events_between, newest_first
from pledges.view.answer import Answer, Envelope, LedgerDocument
from pledges.view.columns import grid_fields, value_columns
from pledges.view.page import Line, Page, Paragraph, Section, Subject, line
from pledges.view.records import PledgeRecord, records
from pledges.view.report.attention import attention, overdue
from pledges.view.report.changed import changed_parts, counted_changes
from pledges.view.report.entries import Matter, clipped, ended
from pledges.view.report.parts import (
    counts_part,
    due_part,
    everything,
    how_to_read,
    pillars_part,
    sources,
)
from pledges.view.wording import phrases as wording
from pledges.view.wording.change_phrases import happened
from pledges.view.wording.values import count, day, days, part

MOST_WORDS: Final = 50
"""Of a bottom line."""


class ReportChange(Struct, frozen=True):
    """Something that changed since the last report, in words too."""

    id: str
    change: ChangeKind
    date: dt.date | None
    text: str


class ReportDocument(LedgerDocument, frozen=True, kw_only=True):
    """What a report says, for scripts: the pledges that it is about, and what changed."""

    kind: str = "report"
    title: str
    since: dt.date | None
    bottom_line: str
    total: Tally
    pillars: Sequence[RollUp]
    changes: Sequence[ReportChange]
    asks: Sequence[OpenAsk]
    pledges: Sequence[PledgeRecord]


def answer(matter: Matter, envelope: Envelope) -> Answer:
    """The report in every format; in CSV it is the pledges that it is about."""
    columns = value_columns(grid_fields())
    said = left_to_the_last(matter, matter.before.as_of) if matter.before else []
    return Answer(
        lambda: report(matter), lambda: _document(matter), columns, matter.chosen, said, envelope
    )


def _document(matter: Matter) -> ReportDocument:
    counts, changes = tally(matter.chosen), matter.changes
    return ReportDocument.of(
        matter.now,
        title=_title(matter),
        since=matter.before.as_of if matter.before else None,
        bottom_line=bottom_line(matter, counts),
        total=counts,
        pillars=by_pillar(matter.chosen, matter.ledger),
        changes=[
            ReportChange(each.now.pledge.id, each.what, each.on, happened(each, matter.ledger))
            for each in changes
        ],
        asks=open_asks(matter.chosen, matter.now.as_of),
        pledges=records(matter.chosen, with_internal=False),
    )


def report(matter: Matter) -> Page:
    """The whole report; a part with nothing to say is left out."""
    counts = tally(matter.chosen)
    return Page(
        is_mail=True,
        subject=Subject(matter.subject) if matter.subject else subject(matter, counts),
        title=_title(matter),
        lead=[line(_lead(matter))],
        sections=list(_parts(matter, counts)),
        notes=list(_closing(matter)),
    )


def _title(matter: Matter) -> str:
    return clipped(matter.title or f"{wording.short_title(matter.ledger)}: status report")


def left_to_the_last(matter: Matter, since: dt.date) -> list[str]:
    """How much is dated on the day of the last report itself: it may have come after it."""
    ids = {each.pledge.id for each in matter.chosen}
    found = events_between(newest_first(matter.ledger), since, since)
    number = sum(each.pledge.id in ids and each.dated.last == since for each in found)
    if not number or since == dt.date.min:
        return []
    entries = count(number, "entry", "entries")
    told = f"{entries} of {day(since)} itself left to the report of that day"
    return [f"{told}; --since {since - dt.timedelta(days=1)} brings them in."]


def subject(matter: Matter, counts: Tally) -> Subject:
    """The result in one line: "VN-SG Plan of Action: 1 of 7 dated pledges done, 1 overdue"."""
    late = counts.standings.get(Standing.OVERDUE, 0)
    done = f"{counts.dated_done:,} of {count(counts.dated, 'dated pledge')} done"
    result = f"{done}, {late:,} overdue" if counts.dated else count(counts.total, "pledge")
    known = len(matter.now.assessed)
    told = f", {part(counts.total, known)}" if counts.total < known else ""
    return Subject(wording.short_title(matter.ledger), result, f"{day(matter.now.as_of)}{told}")


def bottom_line(matter: Matter, counts: Tally) -> str:
    """A few sentences that stand alone, every figure of them counted; what matters least goes."""
    line = ""
    for sentence in _sentences(matter, counts):
        if len(f"{line} {sentence}".split()) > MOST_WORDS:
            break
        line = f"{line} {sentence}".strip()
    return line


def _sentences(matter: Matter, counts: Tally) -> Iterator[str]:
    yield _done(counts, len(matter.now.assessed))
    if counts.dated:
        yield _pressing(matter, counts)
    if matter.before:
        yield f"Since {day(matter.before.as_of)}: {counted_changes(matter.changes)}."
    if asked := len(open_asks(matter.chosen, matter.now.as_of)):
        yield f"{count(asked, 'decision')} {_is(asked)} asked for."
    if silent := counts.total - counts.with_news:
        yield f"{silent:,} {_was(silent)} never reported on."


def _done(counts: Tally, known: int) -> str:
    """How many are done of those with a deadline; how many have none, and how many were dropped."""
    if not counts.total:
        return f"None of {count(known, 'pledge')} matches." if known else "There are no pledges."
    dropped = counts.standings.get(Standing.DROPPED, 0)
    if dropped == counts.total:
        return "The one pledge was dropped." if dropped == 1 else f"All {dropped:,} were dropped."
    rest = counts.total - dropped - counts.dated
    parts = list(_dated(counts, rest)) if counts.dated else [_undated(counts.total, rest)]
    parts += [f"{dropped:,} {_was(dropped)} dropped"] if dropped else []
    return f"{'; '.join(parts)}."


def _dated(counts: Tally, rest: int) -> Iterator[str]:
    agrees_with = 1 if counts.dated == 1 else counts.dated_done
    pledges = f"{count(counts.dated, 'pledge')} with a deadline"
    yield f"{counts.dated_done:,} of {pledges} {_is(agrees_with)} done"
    if rest:
        yield f"{rest:,} {'has' if rest == 1 else 'have'} none"


def _undated(total: int, rest: int) -> str:
    if rest == 1:
        return f"{'The one pledge' if total == 1 else '1 pledge'} has no deadline"
    return f"None of {rest:,} pledges has a deadline"


def _pressing(matter: Matter, counts: Tally) -> str:
    late = counts.standings.get(Standing.OVERDUE, 0)
    soon = counts.standings.get(Standing.DUE_SOON, 0)
    overdue = f"{late:,} {_is(late)} overdue" if late else "None is overdue"
    due = f"{soon:,} {_is(soon)} due" if soon else "none is due"
    return f"{overdue}; {due} within {days(matter.now.ledger.plan.warn_days)}."


def _is(number: int) -> str:
    return "is" if number == 1 else "are"


def _was(number: int) -> str:
    return "was" if number == 1 else "were"


def _lead(matter: Matter) -> str:
    since = f", with what changed since {day(matter.before.as_of)}" if matter.before else ""
    told = f"As of {day(matter.now.as_of)}{since}."
    return f"{told} {ended(f'Only: {clipped(matter.choice)}')}" if matter.choice else told


def _parts(matter: Matter, counts: Tally) -> Iterator[Section]:
    first = [
        Section("Bottom line", blocks=[Paragraph(line(bottom_line(matter, counts)))]),
        counts_part(matter, counts),
    ]
    yield from first
    late = overdue(matter, first)
    if late:
        yield late
    if matter.is_brief:
        return
    yield from attention(matter, late)
    if matter.before:
        yield from changed_parts(matter)
    yield from due_part(matter)
    yield from pillars_part(matter)
    if matter.is_full:
        yield from everything(matter)
    if counts.total:
        yield how_to_read(matter, counts)
    yield from sources(matter)


def _closing(matter: Matter) -> Iterator[Line]:
    if matter.next_on:
        yield line(f"Next report: {day(matter.next_on)}.")
    shown = part(len(matter.chosen), len(matter.now.assessed))
    source = "standard input" if matter.now.name == "-" else matter.now.name
    yield line(f"As of {day(matter.now.as_of)}. Source: {source}, {shown}.")
