"""The parts of a report that count, list and explain."""

import datetime as dt
from collections.abc import Iterator, Mapping
from typing import Final

from pledges.domain.assessment import Assessed, Standing
from pledges.domain.citations import cited_sources, is_url
from pledges.domain.counts import RollUp, Tally, by_pillar, tally
from pledges.domain.pace import Pace
from pledges.domain.pledge import UNREPORTED, Ledger
from pledges.domain.sorting import sorted_pledges
from pledges.view.page import Bar, Bullets, Cell, Column, Line, Run, Section, Table, line
from pledges.view.report.entries import (
    MOST_SHOWN,
    TENTATIVE,
    Matter,
    bullets,
    clipped,
    ended,
    item,
    moved_from,
    owed,
)
from pledges.view.wording import phrases as wording
from pledges.view.wording.values import count, day, days, percent, spoken

DEFINITIONS: Final[Mapping[Standing, str]] = {
    Standing.OVERDUE: "its deadline has passed, and it is not reported completed",
    Standing.DUE_SOON: "its deadline is at most {warn} away",
    Standing.REVIEW_DUE: "it has no end, and was not reported on for as long as was agreed",
    Standing.ON_COURSE: "its deadline is further away, whatever its progress",
    Standing.DONE_LATE: "it was reported completed after its deadline",
    Standing.DONE_ON_TIME: "it was reported completed by its deadline",
    Standing.DONE: "it was reported completed, and had no deadline",
    Standing.UNDATED: "no deadline is known",
    Standing.ONGOING: "it has no end to be held against",
    Standing.DROPPED: "it was withdrawn, or superseded by another",
}
PACES: Final[Mapping[Pace, str]] = {
    Pace.AHEAD: "its progress is 5 or more percentage points above its time used",
    Pace.ON_PACE: "its progress is less than 5 percentage points from its time used",
    Pace.BEHIND: "its progress is 5 or more percentage points below its time used",
    Pace.FAR_BEHIND: "its progress is 20 or more percentage points below its time used",
}
RULES: Final = (
    "A deadline counts to the end of its last day; what is due in a period is due on its last day.",
    "Every pledge is counted once; shares are of those with a deadline that were not dropped.",
)


def counts_part(matter: Matter, counts: Tally) -> Section:
    """How many pledges stand how, the worst first, and all together."""
    old = tally(matter.before.assessed) if matter.before else None
    rows = [(spoken(each), now, was) for each, now, was in _standings(counts, old)]
    rows.append(("in all", counts.total, old.total if old else None))
    since = [f"On {day(matter.before.as_of)}"] if matter.before else []
    on = f"On {day(matter.now.as_of)}"
    return Section(
        "Counts",
        blocks=[
            Table(
                columns=[Column("Standing"), *(Column(x, is_number=True) for x in (on, *since))],
                rows=[[Cell(name.capitalize()), *_figures(now, was)] for name, now, was in rows],
                lines=[line(f"{now:,} {name}{_before(now, was)}") for name, now, was in rows],
            )
        ],
    )


def _standings(counts: Tally, old: Tally | None) -> Iterator[tuple[Standing, int, int | None]]:
    """Each standing that any pledge has or had, with how many have and had it."""
    for each in Standing:
        now, was = counts.standings.get(each, 0), old.standings.get(each, 0) if old else None
        if now or was:
            yield each, now, was


def _figures(now: int, was: int | None) -> list[Cell]:
    before = [] if was is None else [Cell(f"was {was:,}")]
    return [Cell(count(now, "pledge")), *before]


def _before(now: int, was: int | None) -> str:
    return "" if was is None or was == now else f" (was {was:,})"


def due_part(matter: Matter) -> Iterator[Section]:
    """What is due within the days that the report looks ahead, the nearest first."""
    ahead = [
        each
        for each in sorted_pledges(matter.chosen, [("due", False)])
        if each.assessment.is_due_within(matter.within_days)
    ]
    if ahead:
        title = f"Due within {days(matter.within_days)} ({len(ahead):,})"
        lines = [item(each, _due(each), matter.ledger) for each in ahead]
        yield Section(title, blocks=[bullets(lines)])


def _due(each: Assessed) -> str:
    due, worded = each.assessment.due, wording.worded_deadline(each)
    on = f" ({day(due)})" if due and day(due) not in worded else ""
    contested = ", contested" if each.assessment.contested else ""
    left = wording.time_left(each.assessment)
    return f"{worded}{on}{moved_from(each)}, {left}{contested}; {wording.reported(each)}."


def pillars_part(matter: Matter) -> Iterator[Section]:
    """What each pillar comes to."""
    found = by_pillar(matter.chosen, matter.ledger)
    if found:
        columns = [Column("Pillar"), Column("Pledges"), Column("With a deadline")]
        rows = [list(_pillar(each)) for each in found]
        lines = [line(_pillar_line(each)) for each in found]
        yield Section("By pillar", blocks=[Table(columns, rows, lines=lines)])


def _pillar(each: RollUp) -> Iterator[Cell]:
    yield Cell(clipped(each.title))
    yield Cell(f"{each.tally.total:,}: {wording.counted_standings(each.tally.standings)}")
    yield _share(each.tally)


def _share(counts: Tally) -> Cell:
    if not counts.dated:
        return Cell("no deadlines")
    done = counts.dated_done / counts.dated
    text = f"{counts.dated_done:,} of {counts.dated:,} done ({percent(done)})"
    return Cell(text, bar=Bar(done, None))


def _pillar_line(each: RollUp) -> str:
    standings = wording.counted_standings(each.tally.standings)
    dated = f"; with a deadline: {_share(each.tally).text}" if each.tally.dated else ""
    return f"{clipped(each.title)} ({count(each.tally.total, 'pledge')}): {standings}{dated}."


def everything(matter: Matter) -> Iterator[Section]:
    """Every pledge, pillar by pillar."""
    yield Section(f"All pledges ({len(matter.chosen):,})")
    for key, title in matter.ledger.pillars.items():
        members = [each for each in matter.chosen if each.pledge.pillar == key]
        lines = [item(each, _standing(each, matter.ledger), matter.ledger) for each in members]
        if lines:
            yield Section(clipped(title), blocks=[bullets(lines, len(lines))], level=3)


def _standing(each: Assessed, ledger: Ledger) -> str:
    due = wording.deadline(each)
    facts = (
        spoken(each.assessment.standing),
        f"due {due}{moved_from(each)}" if wording.worded_deadline(each) else due,
        wording.time_left(each.assessment),
        wording.reported(each),
        owed(each.pledge, ledger),
    )
    return ended("; ".join(fact for fact in facts if fact))


def how_to_read(matter: Matter, counts: Tally) -> Section:
    """What the words mean that the report uses."""
    plan = matter.ledger.plan
    old = tally(matter.before.assessed) if matter.before else None
    meant = {
        spoken(each): DEFINITIONS[each].format(warn=days(plan.warn_days))
        for each, _, _ in _standings(counts, old)
    }
    paces = set(_paces(matter))
    meant |= {spoken(pace): meaning for pace, meaning in PACES.items() if pace in paces}
    if any(each.assessment.has_open_contest for each in matter.chosen):
        meant["contested"] = "a cited source gives another deadline or target"
    if counts.stale:
        meant["stale"] = f"no news for more than {days(plan.stale_days)}"
    if UNREPORTED in counts.statuses:
        meant[UNREPORTED] = "no status is known, which is not the same as not started"
    if {each.pledge.strength for each in matter.chosen} & TENTATIVE.keys():
        meant["requested, proposed"] = "it was asked for or put forward, and is not agreed yet"
    lines = [_meaning(word, meaning) for word, meaning in meant.items()]
    lines += [line(rule) for rule in RULES]
    return Section("How to read this", blocks=[Bullets(lines, is_whole=True)])


def _paces(matter: Matter) -> Iterator[Pace | None]:
    """The paces that the report speaks of: those that need attention, and those that changed."""
    now = (each.assessment.pace for each in matter.chosen)
    yield from (pace for pace in now if pace and pace.is_behind)
    for change in matter.changes:
        if change.old_pace:
            yield from (change.old_pace, change.now.assessment.pace)


def _meaning(word: str, meaning: str) -> Line:
    return (Run(word.capitalize(), is_bold=True), Run(f": {meaning}."))


def sources(matter: Matter) -> Iterator[Section]:
    """What the pledges of the report cite, the newest first, with where that is read.

    A source that was published after the day of the report is left out.
    """
    known = {source for each in matter.chosen for source in cited_sources(each.pledge)}
    register = matter.ledger.sources
    keys = sorted(known & register.keys(), key=lambda key: _published(key, matter), reverse=True)
    lines = [_source(key, matter) for key in keys]
    lines += [(Run(each, link=each),) for each in sorted(filter(is_url, known))]
    if lines:
        most = len(lines) if matter.is_full else MOST_SHOWN
        yield Section(f"Sources ({len(lines):,})", blocks=[bullets(lines, most)])


def _published(key: str, matter: Matter) -> tuple[dt.date, str]:
    """When a source was published; those of one day, and those without a date, by their key."""
    period = matter.ledger.source_date(key)
    return (period.last if period else dt.date.min, key)


def _source(key: str, matter: Matter) -> Line:
    source = matter.ledger.sources[key]
    citation = clipped(wording.citation(key, matter.ledger))
    return (Run(f"{citation}: "), Run(clipped(source.title), link=source.url))
