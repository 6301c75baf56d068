"""The sections of a report: what counts, what needs attention, and what explains."""

import datetime as dt
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Final

from pledges.domain.assessment import AssessedPledge, Standing
from pledges.domain.changes import ChangeKind
from pledges.domain.counts import Tally, roll_ups, tally
from pledges.domain.pledge import UNREPORTED, Ledger, cited_sources, is_url
from pledges.domain.snapshot import open_asks
from pledges.domain.sorting import sorted_pledges
from pledges.view.page import Bar, Bullets, Cell, Column, Line, Paragraph, Run, Section, Table, line
from pledges.view.report.lists import (
    MOST_SHOWN,
    Matter,
    fitting_list,
    list_section,
    pledge_item,
    shortlist,
)
from pledges.view.wording.change_phrases import KINDS, change_text, open_ask_text
from pledges.view.wording.dates import (
    contest,
    deadline_or_contested,
    deadline_text,
    moved_from,
    next_deadline,
    past_deadline,
)
from pledges.view.wording.figures import figures_and_status, lag
from pledges.view.wording.standings import (
    PACES,
    STANDINGS,
    TENTATIVE,
    citation,
    obligation,
    silence,
    standing_word,
    time_left,
    whose_move,
    word_counts,
)
from pledges.view.wording.values import count, day, days, excerpt, percent, readable, sentence

PledgeText = tuple[
    AssessedPledge, str
]  # a pledge, and what there is to say of it but whose move it is

MANY: Final = 3  # from so many pledges on that are owed by the same parties that is said once

RULES: Final = (
    "A deadline counts to the end of its last day; what is due in a period is due on its last day.",
    "Every pledge is counted once; shares are of those with a deadline that were not dropped.",
)


def counts_section(matter: Matter, counts: Tally) -> Section:
    """How many pledges have each standing, the worst first, and all together."""
    old = tally(matter.before.assessed) if matter.before else counts
    found = [
        (readable(each), counts.standings.get(each, 0), old.standings.get(each, 0))
        for each in _standings(counts, old)
    ]
    columns = [Column("Standing"), Column(f"On {day(matter.now.as_of)}", is_number=True)]
    if matter.before:
        columns.append(Column(f"On {day(matter.before.as_of)}", is_number=True))
    rows, lines = [], []
    for name, now, was in [*found, ("in all", counts.total, old.total)]:
        before = [Cell(f"was {was:,}")] if matter.before else []
        rows.append([Cell(name.capitalize()), Cell(count(now, "pledge")), *before])
        change = "" if was == now else f" (was {was:,})"
        lines.append(line(f"{now:,} {name}{change}"))
    return Section("Counts", blocks=[Table(columns, rows, lines=lines)])


def _standings(*tallies: Tally) -> list[Standing]:
    return [each for each in Standing if any(counts.standings.get(each) for counts in tallies)]


def overdue_section(matter: Matter, above: Sequence[Section]) -> Section | None:
    """The longest overdue, as many as a mail's first screen has room for below ``above``."""
    late = _items(_overdue(matter), matter.ledger)
    title = f"Overdue ({len(late):,})"
    return Section(title, blocks=[fitting_list(title, late, above)]) if late else None


def attention_sections(matter: Matter, late: Section | None) -> Iterator[Section]:
    """What needs attention but for the overdue in ``late``; first the usual move, if any."""
    shown = sum(len(each.items) for each in late.blocks if isinstance(each, Bullets)) if late else 0
    groups = [("Also overdue", _overdue(matter)[shown:]), *_groups(matter)]
    usual = _usual_move([each for _, texts in groups for each, _ in texts], matter.ledger)
    lists = [(title, _items(texts, matter.ledger, usual)) for title, texts in groups]
    known = {each.pledge.id: each for each in matter.pledges}
    asks = open_asks(matter.pledges, matter.now.as_of)
    wanted = [
        pledge_item(known[x.id], open_ask_text(x, matter.ledger), matter.ledger) for x in asks
    ]
    lists.append(("Decisions asked for", wanted))
    if not any(items for _, items in lists):
        return
    on_top = f"{usual[:1].upper()}{excerpt(usual[1:])}, unless others are named."
    yield Section("Needs attention", blocks=[Paragraph(line(on_top))] if usual else [])
    for title, items in lists:
        yield from list_section(title, items, level=3)


def _overdue(matter: Matter) -> list[PledgeText]:
    late = [each for each in matter.pledges if each.assessment.standing is Standing.OVERDUE]
    late = sorted_pledges(late, [("due", False)])
    return [(each, f"{past_deadline(each)}; {figures_and_status(each)}") for each in late]


def _groups(matter: Matter) -> Iterator[tuple[str, list[PledgeText]]]:
    """Why pledges need attention, and those for which that is so."""
    chosen, ledger = matter.pledges, matter.ledger
    behind = [x for x in chosen if x.assessment.pace and x.assessment.pace.is_behind]
    yield "Behind", [(each, lag(each)) for each in behind]
    contested = [each for each in chosen if each.assessment.has_open_contest]
    yield "Contested", [(each, contest(each, ledger, moved_from(each))) for each in contested]
    review = [each for each in chosen if each.assessment.standing is Standing.REVIEW_DUE]
    yield "Review due", [(each, silence(each)) for each in review]
    stale = sorted_pledges([x for x in chosen if x.assessment.stale], [("updated", False)])
    yield "Stale", [(each, silence(each)) for each in stale]


def _usual_move(pledges: Sequence[AssessedPledge], ledger: Ledger) -> str:
    """Who owes most of the pledges: "owed by Viet Nam and Singapore"; empty if they are few."""
    owed = {each.pledge.id: each for each in pledges if each.pledge.owed_by}
    counts = Counter(whose_move(each, ledger) for each in owed.values())
    [(move, number)] = counts.most_common(1) or [("", 0)]
    return move if number >= MANY and move.startswith("owed") else ""


def _items(texts: Sequence[PledgeText], ledger: Ledger, usual: str = "") -> list[Line]:
    """Each pledge with what is said of it, and whose move it is unless that is the usual one."""
    items = []
    for each, text in texts:
        move = whose_move(each, ledger)
        more = "" if move == usual else f"; {move}"
        items.append(pledge_item(each, sentence(f"{text}{more}"), ledger))
    return items


def changed_sections(matter: Matter) -> Iterator[Section]:
    """A list for each kind of change that there was."""
    if matter.before and matter.changes:
        yield Section(f"Changed since {day(matter.before.as_of)}")
    for kind in ChangeKind:
        items = [
            pledge_item(each.now, sentence(change_text(each, matter.ledger)), matter.ledger)
            for each in matter.changes
            if each.what is kind
        ]
        yield from list_section(KINDS[kind].title, items, level=3)


def due_section(matter: Matter) -> Iterator[Section]:
    """What is due within the days that the report looks ahead, the nearest first."""
    items = [
        pledge_item(each, f"{next_deadline(each)}; {figures_and_status(each)}.", matter.ledger)
        for each in sorted_pledges(matter.pledges, [("due", False)])
        if each.assessment.is_due_within(matter.within_days)
    ]
    yield from list_section(f"Due within {days(matter.within_days)}", items)


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


def _facts(each: AssessedPledge, ledger: Ledger) -> str:
    """All that is said of a pledge in one sentence: standing, deadline, figures, who owes it."""
    due = deadline_or_contested(each)
    facts = (
        standing_word(each.assessment),
        f"due {due}{moved_from(each)}" if deadline_text(each) else due,
        time_left(each.assessment),
        figures_and_status(each),
        obligation(each.pledge, ledger),
    )
    return sentence("; ".join(fact for fact in facts if fact))


def how_to_read(matter: Matter, counts: Tally) -> Section:
    """What the words mean that the report uses."""
    plan, chosen = matter.ledger.plan, matter.pledges
    old = tally(matter.before.assessed) if matter.before else counts
    now = [each.assessment.pace for each in chosen]
    changed = [(x.old_pace, x.now.assessment.pace) for x in matter.changes if x.old_pace]
    paces = {pace for pace in now if pace and pace.is_behind}.union(*changed)
    meanings = {
        readable(each): STANDINGS[each].meaning.format(warn=days(plan.warn_days))
        for each in _standings(counts, old)
    }
    meanings |= {readable(pace): entry.meaning for pace, entry in PACES.items() if pace in paces}
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
    yield from list_section("Sources", lines, len(lines) if matter.is_full else MOST_SHOWN)
