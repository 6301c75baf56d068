"""The parts of a report that count, list and explain."""

import datetime as dt
from collections.abc import Iterator
from typing import Final

from pledges.domain.assessment import Assessed, Standing
from pledges.domain.changes import ChangeKind
from pledges.domain.counts import Tally, roll_ups, tally
from pledges.domain.pledge import UNREPORTED, Ledger, cited_sources, is_url
from pledges.domain.sorting import sorted_pledges
from pledges.view.page import Bar, Bullets, Cell, Column, Line, Run, Section, Table, line
from pledges.view.report.lists import MOST_SHOWN, Matter, pledge_item, shortlist
from pledges.view.wording.change_phrases import KINDS, change_text
from pledges.view.wording.dates import (
    deadline_or_contested,
    deadline_text,
    moved_from,
    next_deadline,
)
from pledges.view.wording.figures import figures_and_status
from pledges.view.wording.standings import (
    PACES,
    STANDINGS,
    TENTATIVE,
    citation,
    obligation,
    time_left,
    word_counts,
)
from pledges.view.wording.values import count, day, days, excerpt, percent, readable, sentence

RULES: Final = (
    "A deadline counts to the end of its last day; what is due in a period is due on its last day.",
    "Every pledge is counted once; shares are of those with a deadline that were not dropped.",
)


def counts_section(matter: Matter, counts: Tally) -> Section:
    """How many pledges have each standing, the worst first, and all together."""
    old = tally(matter.before.assessed) if matter.before else None
    found = [
        (readable(x), counts.standings.get(x, 0), old.standings.get(x, 0) if old else None)
        for x in _standings(counts, old)
    ]
    columns = [Column("Standing"), Column(f"On {day(matter.now.as_of)}", is_number=True)]
    if matter.before:
        columns.append(Column(f"On {day(matter.before.as_of)}", is_number=True))
    rows, lines = [], []
    for name, now, was in [*found, ("in all", counts.total, old.total if old else None)]:
        before = [] if was is None else [Cell(f"was {was:,}")]
        rows.append([Cell(name.capitalize()), Cell(count(now, "pledge")), *before])
        change = "" if was is None or was == now else f" (was {was:,})"
        lines.append(line(f"{now:,} {name}{change}"))
    return Section("Counts", blocks=[Table(columns, rows, lines=lines)])


def _standings(counts: Tally, old: Tally | None) -> list[Standing]:
    """Each standing that any pledge has or had."""
    had = old.standings if old else {}
    return [each for each in Standing if counts.standings.get(each) or had.get(each)]


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


def due_section(matter: Matter) -> Iterator[Section]:
    """What is due within the days that the report looks ahead, the nearest first."""
    items = [
        pledge_item(each, f"{next_deadline(each)}; {figures_and_status(each)}.", matter.ledger)
        for each in sorted_pledges(matter.pledges, [("due", False)])
        if each.assessment.is_due_within(matter.within_days)
    ]
    if items:
        title = f"Due within {days(matter.within_days)} ({len(items):,})"
        yield Section(title, blocks=[shortlist(items)])


def pillars_section(matter: Matter) -> Iterator[Section]:
    """What each pillar comes to."""
    rows, lines = [], []
    for each in roll_ups(matter.pledges, "pillar", matter.ledger):
        title, counts, total = excerpt(each.title), each.tally, each.tally.total
        standings = word_counts(counts.standings)
        share, dated = Cell("no deadlines"), ""
        if counts.dated:
            done = counts.dated_done / counts.dated
            text = f"{counts.dated_done:,} of {counts.dated:,} done ({percent(done)})"
            share, dated = Cell(text, bar=Bar(done, None)), f"; with a deadline: {text}"
        rows.append([Cell(title), Cell(f"{total:,}: {standings}"), share])
        lines.append(line(f"{title} ({count(total, 'pledge')}): {standings}{dated}."))
    if rows:
        columns = [Column("Pillar"), Column("Pledges"), Column("With a deadline")]
        yield Section("By pillar", blocks=[Table(columns, rows, lines=lines)])


def all_pledges(matter: Matter) -> Iterator[Section]:
    """Every pledge, pillar by pillar."""
    ledger = matter.ledger
    yield Section(f"All pledges ({len(matter.pledges):,})")
    for key, title in ledger.pillars.items():
        members = [each for each in matter.pledges if each.pledge.pillar == key]
        items = [pledge_item(each, _facts(each, ledger), ledger) for each in members]
        if items:
            yield Section(excerpt(title), blocks=[shortlist(items, len(items))], level=3)


def _facts(each: Assessed, ledger: Ledger) -> str:
    """All that is said of a pledge in one sentence: standing, deadline, figures, who owes it."""
    due = deadline_or_contested(each)
    facts = (
        readable(each.assessment.standing),
        f"due {due}{moved_from(each)}" if deadline_text(each) else due,
        time_left(each.assessment),
        figures_and_status(each),
        obligation(each.pledge, ledger),
    )
    return sentence("; ".join(fact for fact in facts if fact))


def how_to_read(matter: Matter, counts: Tally) -> Section:
    """What the words mean that the report uses."""
    plan, chosen = matter.ledger.plan, matter.pledges
    old = tally(matter.before.assessed) if matter.before else None
    now = [each.assessment.pace for each in chosen]
    changed = [(x.old_pace, x.now.assessment.pace) for x in matter.changes if x.old_pace]
    paces = {pace for pace in now if pace and pace.is_behind}.union(*changed)
    meanings = {
        readable(each): STANDINGS[each].text.format(warn=days(plan.warn_days))
        for each in _standings(counts, old)
    }
    meanings |= {readable(pace): entry.text for pace, entry in PACES.items() if pace in paces}
    if any(each.assessment.has_open_contest for each in chosen):
        meanings["contested"] = "a cited source gives another deadline or target"
    if counts.stale:
        meanings["stale"] = f"no news for more than {days(plan.stale_days)}"
    if UNREPORTED in counts.statuses:
        meanings[UNREPORTED] = "no status is known, which is not the same as not started"
    if {each.pledge.strength for each in chosen} & TENTATIVE.keys():
        meanings["requested, proposed"] = "it was asked for or put forward, and is not agreed yet"
    lines: list[Line] = [
        (Run(word.capitalize(), is_bold=True), Run(f": {meaning}."))
        for word, meaning in meanings.items()
    ]
    lines += [line(rule) for rule in RULES]
    return Section("How to read this", blocks=[Bullets(lines, is_whole=True)])


def sources_section(matter: Matter) -> Iterator[Section]:
    """What its pledges cite and was published by its day, the newest first, with links."""
    ledger = matter.ledger
    known = {source for each in matter.pledges for source in cited_sources(each.pledge)}

    def published(key: str) -> tuple[dt.date, str]:
        period = ledger.source_date(key)
        return (period.last if period else dt.date.min, key)

    lines: list[Line] = []
    for key in sorted(known & ledger.sources.keys(), key=published, reverse=True):
        source = ledger.sources[key]
        name = Run(f"{excerpt(citation(key, ledger))}: ")
        lines.append((name, Run(excerpt(source.title), link=source.url)))
    lines += [(Run(each, link=each),) for each in sorted(filter(is_url, known))]
    if lines:
        most = len(lines) if matter.is_full else MOST_SHOWN
        yield Section(f"Sources ({len(lines):,})", blocks=[shortlist(lines, most)])
