"""The status report: its sections in order with the bottom line, and the same for scripts."""

import datetime as dt
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Final

from msgspec import Struct

from pledges.domain.assessment import Standing
from pledges.domain.changes import Change, ChangeKind
from pledges.domain.counts import RollUp, Tally, roll_ups, tally
from pledges.domain.events import events_between, newest_first
from pledges.domain.snapshot import OpenAsk, open_asks
from pledges.view.answer import Answer, Envelope, LedgerDocument, PledgeRecord
from pledges.view.page import Page, Paragraph, Section, Subject, line
from pledges.view.pledge_columns import grid_columns
from pledges.view.report import sections
from pledges.view.report.lists import Matter
from pledges.view.wording.change_phrases import KINDS, change_text
from pledges.view.wording.standings import short_title
from pledges.view.wording.values import count, day, days, excerpt, part, sentence

MOST_WORDS: Final = 50  # of a bottom line

COUNTED_FIRST: Final = (
    ChangeKind.COMPLETED,
    ChangeKind.HELD,
    ChangeKind.OVERDUE,
    ChangeKind.MOVED,
    ChangeKind.PLEDGED,
)
"""The changes that a bottom line counts; it counts others only if there are none of these."""

MOST_KINDS: Final = 3  # of those others, so that a bottom line stays short


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
    counts, ledger = tally(matter.pledges), matter.ledger
    title = excerpt(matter.title or f"{short_title(ledger)}: status report")

    def page() -> Page:
        on, next_on = f"As of {day(matter.now.as_of)}.", matter.next_on
        next_report = [line(f"Next report: {day(next_on)}.")] if next_on else []
        shown = part(len(matter.pledges), len(matter.now.assessed))
        source = "standard input" if matter.now.name == "-" else matter.now.name
        return Page(
            is_mail=True,
            subject=Subject(matter.subject) if matter.subject else subject(matter, counts),
            title=title,
            lead=[line(_lead(matter))],
            sections=list(_sections(matter, counts)),
            notes=[*next_report, line(f"{on} Source: {source}, {shown}.")],
        )

    def document() -> ReportDocument:
        return ReportDocument.of(
            matter.now,
            title=title,
            since=matter.before.as_of if matter.before else None,
            bottom_line=bottom_line(matter, counts),
            total=counts,
            pillars=roll_ups(matter.pledges, "pillar", ledger),
            changes=[
                ReportChange(each.now.pledge.id, each.what, each.on, change_text(each, ledger))
                for each in matter.changes
            ],
            asks=open_asks(matter.pledges, matter.now.as_of),
            pledges=[*map(PledgeRecord.of, matter.pledges)],
        )

    remarks = left_to_the_last(matter, matter.before.as_of) if matter.before else []
    return Answer(page, document, grid_columns(), matter.pledges, remarks, envelope)


def left_to_the_last(matter: Matter, since: dt.date) -> list[str]:
    """How many entries are of the day of the last report itself: it may not have had them."""
    ids = {each.pledge.id for each in matter.pledges}
    entries = events_between(newest_first(matter.ledger), since, since)
    number = sum(each.pledge.id in ids and each.dated.last == since for each in entries)
    if not number or since == dt.date.min:
        return []
    left = f"{count(number, 'entry', 'entries')} of {day(since)} itself left to the report"
    return [f"{left} of that day; --since {since - dt.timedelta(days=1)} brings them in."]


def _lead(matter: Matter) -> str:
    since = f", with what changed since {day(matter.before.as_of)}" if matter.before else ""
    text = f"As of {day(matter.now.as_of)}{since}."
    return f"{text} {sentence(f'Only: {excerpt(matter.choice)}')}" if matter.choice else text


def _sections(matter: Matter, counts: Tally) -> Iterator[Section]:
    """The sections in order; one with nothing to say is left out."""
    first = [
        Section("Bottom line", blocks=[Paragraph(line(bottom_line(matter, counts)))]),
        sections.counts_section(matter, counts),
    ]
    yield from first
    late = sections.overdue_section(matter, first)
    if late:
        yield late
    if matter.is_brief:
        return
    yield from sections.attention_sections(matter, late)
    yield from sections.changed_sections(matter)
    yield from sections.due_section(matter)
    yield from sections.pillars_section(matter)
    if matter.is_full:
        yield from sections.all_pledges(matter)
    if counts.total:
        yield sections.how_to_read(matter, counts)
    yield from sections.sources_section(matter)


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
    one, many = ("was", "were") if past else ("is", "are")
    return one if number == 1 else many
