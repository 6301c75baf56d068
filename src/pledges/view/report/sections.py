"""The sections of a report below what needs attention: figures, changes, counts, explanations."""

import datetime as dt
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import Final

from pledges.domain.assessment import AssessedPledge, Standing
from pledges.domain.attention import silent_pledges
from pledges.domain.changes import Change, ChangeKind
from pledges.domain.counts import RollUp, Tally, roll_ups, tally
from pledges.domain.pledge import UNREPORTED, Ledger, Status, cited_sources, is_url
from pledges.view.page import (
    Block,
    Bullets,
    Cell,
    Column,
    Figure,
    Figures,
    Line,
    Paragraph,
    Run,
    Section,
    Share,
    Table,
    Tone,
    line,
)
from pledges.view.report.entries import told_pledges
from pledges.view.report.matter import MOST_SHOWN, Matter, list_section, pledge_name
from pledges.view.wording.change_phrases import KINDS, change_text
from pledges.view.wording.dates import deadline_or_contested, deadline_text, moved_from
from pledges.view.wording.figures import figures_and_status
from pledges.view.wording.standings import (
    PACES,
    STANDINGS,
    citation,
    last_news,
    standing_word,
    time_left,
    whose_move,
    word_counts,
)
from pledges.view.wording.values import (
    capital,
    count,
    day,
    days,
    enumeration,
    excerpt,
    readable,
    sentence,
)

Figurines = Mapping[str, tuple[Callable[[Tally], int], Tone | None]]

FEW: Final = 5  # so many silent pledges are named, more are counted by who has them
MANY: Final = 3  # from so many pledges on that have the same to act it is said once
ABOVE: Final = "see above"

RULES: Final = "A deadline counts to the end of its last day; a period is due on its last day."

DATED_FIGURES: Final[Figurines] = {
    "overdue": (lambda counts: counts.standings.get(Standing.OVERDUE, 0), Tone.LATE),
    "due soon": (lambda counts: counts.standings.get(Standing.DUE_SOON, 0), Tone.WATCH),
    "done": (lambda counts: counts.done, Tone.GOOD),
}
STATUS_FIGURES: Final[Figurines] = {
    "done": (lambda counts: counts.done, Tone.GOOD),
    "in progress": (lambda counts: counts.statuses.get(Status.IN_PROGRESS, 0), None),
    "no status": (lambda counts: counts.statuses.get(UNREPORTED, 0), Tone.MUTED),
}
"""What stands in large type, of a plan with deadlines and of one without."""


def figure_blocks(matter: Matter) -> list[Block]:
    """The three figures that say most, each with what it was, and of how many pledges they are."""
    now = tally(matter.pledges)
    was = tally(matter.before.assessed) if matter.before else None
    has_dates = now.dated or (was and was.dated)
    items = []
    for label, (number_of, tone) in (DATED_FIGURES if has_dates else STATUS_FIGURES).items():
        number, note = number_of(now), f"was {number_of(was):,}" if was else ""
        items.append(Figure(f"{number:,}", label, note, tone if number else None))
    of = f"This counts the {count(now.total, 'agreed pledge')}"
    if now.asked:
        verb = "was" if now.asked == 1 else "were"
        of = f"{of}; {now.asked:,} more {verb} asked for, not agreed"
    return [Figures(items), Paragraph(line(f"{of}."), is_muted=True)]


def changed_sections(matter: Matter) -> Iterator[Section]:
    """What changed, a pledge once, below the kind that weighs most; those told above are named."""
    if not matter.since:
        return
    told = {each.pledge.id for each in told_pledges(matter)}
    by_pledge: dict[str, list[Change]] = {}
    for change in matter.changes:
        if change.what is not ChangeKind.REMARKED:
            by_pledge.setdefault(change.now.pledge.id, []).append(change)
    if not by_pledge:
        return
    number = sum(map(len, by_pledge.values()))
    pledges = f"{count(number, 'change')} of {count(len(by_pledge), 'pledge')}"
    yield Section(f"Changed since {day(matter.since)}", pledges)
    for kind in ChangeKind:
        first = [x for key, x in by_pledge.items() if x[0].what is kind and key not in told]
        items = [_changes_of(each, matter.ledger) for each in first]
        most = len(items) if matter.is_full else MOST_SHOWN
        yield from list_section(KINDS[kind].title, items, most, level=3)
    named = [
        f"{key} ({enumeration([KINDS[each.what].one for each in found])})"
        for key, found in by_pledge.items()
        if key in told
    ]
    if named:
        yield Section(
            "Also changed, of those above",
            blocks=[Paragraph(line(sentence("; ".join(named))))],
            level=3,
        )


def _changes_of(found: Sequence[Change], ledger: Ledger) -> Line:
    texts = "; ".join(change_text(each, ledger).rstrip(".") for each in found)
    return (*pledge_name(found[0].now), Run(f": {sentence(texts)}"))


def no_news_section(matter: Matter) -> Iterator[Section]:
    """Of how many there is no news, since when; a few are named, more counted by who has them."""
    silent = silent_pledges(matter.agreed)
    if not silent:
        return
    never = [each for each in silent if each.assessment.age_days is None]
    stale = sorted(
        (each for each in silent if each not in never),
        key=lambda each: each.assessment.age_days or 0,
        reverse=True,
    )
    texts = [f"{count(len(never), 'was', 'were')} never heard of."] if never else []
    if stale:
        span = f"more than {days(matter.ledger.plan.stale_days)}"
        dates = list(dict.fromkeys([last_news(stale[0]), last_news(stale[-1])]))
        texts.append(f"Of {len(stale):,} the last news is {span} old: {' to '.join(dates)}.")
    blocks: list[Block] = [Paragraph(line(" ".join(texts)))]
    if len(silent) > FEW:
        by_lead = any(each.pledge.lead for each in silent)
        groups = Counter(_who(each, matter.ledger, by_lead=by_lead) for each in silent)
        parts = [f"{who} {number:,}" for who, number in groups.most_common()]
        blocks.append(Paragraph(line(f"{'Led' if by_lead else 'Owed'} by: {'; '.join(parts)}.")))
    else:
        told = {each.pledge.id for each in told_pledges(matter)}
        blocks.append(
            Bullets(
                [
                    (Run(each.pledge.id, is_bold=True), Run(f": {ABOVE}."))
                    if each.pledge.id in told
                    else (*pledge_name(each), Run(f": {sentence(_silence(each))}"))
                    for each in [*never, *stale]
                ]
            )
        )
    yield Section(f"No news ({len(silent):,} of {len(matter.agreed):,})", blocks=blocks)


def _who(each: AssessedPledge, ledger: Ledger, *, by_lead: bool) -> str:
    names = each.pledge.lead if by_lead else [ledger.party(key) for key in each.pledge.owed_by]
    return enumeration([*names]) or "nobody named"


def _silence(each: AssessedPledge) -> str:
    if each.assessment.age_days is None:
        return "never heard of"
    return f"last news on {last_news(each)}"


def pillars_section(matter: Matter) -> Iterator[Section]:
    """How many of each pillar stand how; a plan without deadlines is counted by status."""
    has_dates = bool(tally(matter.pledges).dated)
    rows, lines = [], []
    for each in roll_ups(matter.pledges, "pillar", matter.ledger):
        title, words = excerpt(each.title), _pillar_words(each, has_dates=has_dates)
        rows.append([Cell(title), Cell(words, stack=_stack(each.tally, has_dates=has_dates))])
        lines.append(line(f"{title}: {words}."))
    if rows:
        columns = [Column("Pillar", wraps=True, least=20), Column("Pledges", wraps=True, least=24)]
        yield Section("By pillar", blocks=[Table(columns, rows, lines=lines, is_whole=True)])


def _pillar_words(each: RollUp, *, has_dates: bool) -> str:
    """The words of a pillar: "9 agreed: 1 due soon, 8 no deadline; 1 asked for"."""
    counts = each.tally
    by_word = word_counts(counts.standings if has_dates else counts.statuses)
    texts = [f"{counts.total:,} agreed: {by_word}"] if counts.total else []
    texts += [f"{counts.asked:,} asked for"] if counts.asked else []
    return "; ".join(texts)


def _stack(counts: Tally, *, has_dates: bool) -> list[Share]:
    if has_dates:
        return [
            Share(number, STANDINGS[standing].tone, readable(standing))
            for standing, number in counts.standings.items()
        ]
    tones = {Status.COMPLETED: Tone.GOOD, UNREPORTED: Tone.MUTED}
    return [
        Share(number, tones.get(word), readable(word)) for word, number in counts.statuses.items()
    ]


def all_pledges_sections(matter: Matter) -> Iterator[Section]:
    """Every pledge, pillar by pillar; those told above are only named."""
    told = {each.pledge.id for each in told_pledges(matter)}
    told |= {change.now.pledge.id for change in matter.changes}
    moves = Counter(whose_move(each, matter.ledger) for each in matter.pledges)
    usual, number = next(iter(moves.most_common(1)))
    blocks = [Paragraph(line(f"{capital(usual)}, unless others are named."))]
    yield Section(f"All pledges ({len(matter.pledges):,})", blocks=blocks if number >= MANY else [])
    columns = [
        Column("Pledge", wraps=True, least=24, ease=34),
        Column("So far", wraps=True, least=24),
    ]
    order = {key: at for at, key in enumerate(matter.ledger.pillars)}
    members = sorted(matter.pledges, key=lambda each: order[each.pledge.pillar])
    for key, found in groupby(members, key=lambda each: each.pledge.pillar):
        rows, lines = [], []
        for each in found:
            [name] = pledge_name(each)
            text = ABOVE if each.pledge.id in told else _facts(each, matter.ledger, usual)
            tone = None if text == ABOVE else STANDINGS[each.assessment.standing].tone
            rows.append([Cell(name.text), Cell(text, tone)])
            lines.append((name, Run(f": {sentence(text)}")))
        title = excerpt(matter.ledger.pillars[key])
        yield Section(title, blocks=[Table(columns, rows, lines=lines)], level=3)


def _facts(each: AssessedPledge, ledger: Ledger, usual: str) -> str:
    """Its deadline, how far it is, and who has it, but for those who ``usual``ly do."""
    now, move = each.assessment, whose_move(each, ledger)
    due = deadline_or_contested(each) if deadline_text(each) else ""
    facts = (
        f"{due}{moved_from(each)}" if due else standing_word(now),
        (time_left(now) or standing_word(now)) if due else "",
        figures_and_status(each),
        "" if move == usual else move,
    )
    return "; ".join(fact for fact in facts if fact)


def how_to_read(matter: Matter) -> Iterator[Section]:
    """What the words mean that are used, in one paragraph."""
    counts, plan = tally(matter.pledges), matter.ledger.plan
    pressing = [*matter.pressing, *matter.asked_in_time]
    shown = [*Standing] if matter.is_full else [Standing.OVERDUE, Standing.DUE_SOON]
    used = {each.assessment.standing for each in (matter.pledges if matter.is_full else pressing)}
    used |= {Standing.DUE_SOON} if counts.dated else set()
    meanings = {
        readable(each): STANDINGS[each].meaning.format(warn=days(plan.warn_days))
        for each in shown
        if each in used
    }
    paces = {each.assessment.pace for each in pressing}
    meanings |= {
        readable(each): PACES[each].meaning for each in PACES if each.is_behind and each in paces
    }
    if any(each.assessment.has_open_contest for each in pressing):
        meanings["contested"] = "a cited source gives another deadline or target"
    if counts.asked:
        meanings["asked for"] = "it was requested or proposed, and is not agreed"
    if UNREPORTED in counts.statuses:
        meanings["no status"] = "nothing is known of it, which is not the same as not started"
    texts = [f"{capital(word)}: {meaning}." for word, meaning in meanings.items()]
    text = " ".join([*texts, *([RULES] if counts.dated else [])])
    if text:
        yield Section("How to read this", blocks=[Paragraph(line(text), is_muted=True)])


def sources_section(matter: Matter) -> Iterator[Section]:
    """The sources of what is told, or of all pledges if all are listed, the newest first."""
    ledger = matter.ledger
    told = (
        matter.pledges
        if matter.is_full
        else [*told_pledges(matter), *(x.now for x in matter.changes)]
    )
    cited = {source for each in told for source in cited_sources(each.pledge)}

    def published(key: str) -> tuple[dt.date, str]:
        period = ledger.source_date(key)
        return (period.last if period else dt.date.min, key)

    lines: list[Line] = []
    for key in sorted(cited & ledger.sources.keys(), key=published, reverse=True):
        source = ledger.sources[key]
        name = Run(f"{excerpt(citation(key, ledger))}: ")
        lines.append((name, Run(excerpt(source.title), link=source.url)))
    lines += [(Run(each, link=each),) for each in sorted(filter(is_url, cited))]
    yield from list_section("Sources", lines, len(lines) if matter.is_full else MOST_SHOWN)
