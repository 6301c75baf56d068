"""The sections of a report below what needs attention: figures, changes, counts, explanations."""

import datetime as dt
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import Final

from pledges.clean import JOINT
from pledges.domain.assessment import AssessedPledge, Standing
from pledges.domain.attention import silent_pledges
from pledges.domain.changes import Change, ChangeKind
from pledges.domain.counts import RollUp, Tally, roll_ups
from pledges.domain.pace import Pace
from pledges.domain.pledge import UNREPORTED, Ledger, Status, cited_sources, is_url, plan_key_of
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
from pledges.view.report.entries import phrase
from pledges.view.report.matter import MOST_SHOWN, Matter, list_section, pledge_name
from pledges.view.wording.change_phrases import KINDS, change_text, kind_count
from pledges.view.wording.dates import deadline_or_contested, deadline_text, moved_from
from pledges.view.wording.figures import figures_and_status, parts_done
from pledges.view.wording.standings import (
    PACES,
    STANDINGS,
    citation,
    headings_text,
    last_news,
    plan_title,
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
    without_stop,
)

Figurines = Mapping[str, tuple[Callable[[Tally], int], Tone | None]]

FEW: Final = 5  # so many silent pledges are named, more are counted by who has them
MANY: Final = 3  # from so many pledges on that have the same to act it is said once
MOST_BARS: Final = 30  # plans whose counts have a bar; of more none has
MOST_IDS: Final = 60  # that are named of those that changed in the same way
ABOVE: Final = "see above"
EVIDENT: Final = (Standing.DROPPED,)  # shown in words that need no explanation

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
    now, was = matter.counts, matter.counts_before
    if not now.total:  # which the bottom line says
        return []
    items = []
    has_dates = now.dated or (was and was.dated)
    for label, (number_of, tone) in (DATED_FIGURES if has_dates else STATUS_FIGURES).items():
        number, note = number_of(now), ""
        if was and matter.since:
            note = f"{number_of(was):,} before {day(matter.since)}"
        items.append(Figure(f"{number:,}", label, note, tone if number else None))
    dates = f", {now.dated:,}{JOINT}with a deadline" if has_dates and now.total > 1 else ""
    texts = [f"Counted: {count(now.total, 'agreed pledge')}{dates}"]
    texts += [f"{now.asked:,}{JOINT}more only asked for"] if now.asked else []
    texts += [headings_text(now.headings)] * bool(now.headings)
    return [Figures(items), Paragraph(line(f"{'; '.join(texts)}."), is_muted=True)]


def changed_sections(matter: Matter) -> Iterator[Section]:
    """What changed, a pledge once, below the kind that weighs most; those told above are named."""
    found = matter.changes_by_pledge
    if not matter.since:
        return
    number = sum(map(len, found.values()))
    asked = sum(not each[0].now.assessment.agreed for each in found.values())
    texts = [count(len(found) - asked, "pledge")] if len(found) > asked else []
    texts += [count(asked, "request")] if asked else []
    total = f"{count(number, 'change')} to {enumeration(texts)}." if found else "Nothing changed."
    blocks: list[Block] = [Paragraph(line(total), is_muted=True)]
    yield Section(f"Changed since {day(matter.since)}", blocks=blocks)
    untold = {key: each for key, each in found.items() if key not in matter.ids_above}
    for kind in ChangeKind:
        first = [each for each in untold.values() if each[0].what is kind]
        lines = [_changes_of(each, matter.ledger) for each in matter.shown(first)]
        yield from list_section(KINDS[kind].title, lines, len(first), level=3)
    named: dict[str, list[str]] = {}
    for key in (key for key in found if key not in untold):
        named.setdefault(_kinds_of(found[key]), []).append(key)
    texts = [f"{_ids(keys)}: {kinds}" for kinds, keys in named.items()]
    if texts:
        below = Bullets([line(sentence(text)) for text in texts])
        yield Section("Of the pledges above", blocks=[below], level=3)


def _ids(keys: Sequence[str]) -> str:
    """Some ids; of very many the others are counted."""
    rest = f" and {len(keys) - MOST_IDS:,}{JOINT}more" if len(keys) > MOST_IDS + 1 else ""
    return f"{', '.join(keys[:MOST_IDS] if rest else keys)}{rest}"


def _changes_of(found: Sequence[Change], ledger: Ledger) -> Line:
    texts = "; ".join(without_stop(change_text(each, ledger)) for each in found)
    return (*pledge_name(found[0].now), Run(f": {sentence(texts)}"))


def _kinds_of(found: Sequence[Change]) -> str:
    """What changed of a pledge, in a word for each: "deadline moved, started and new reading"."""
    numbers = Counter(each.what for each in found)
    words = [KINDS[kind].one if n == 1 else kind_count(kind, n) for kind, n in numbers.items()]
    if not found[0].now.assessment.agreed:
        words = [word.replace(KINDS[ChangeKind.OVERDUE].one, "its date passed") for word in words]
    return enumeration(words)


def no_news_section(matter: Matter) -> Iterator[Section]:
    """Of how many there is no news, since when; a few are named, more counted by who has them."""
    silent = silent_pledges(matter.agreed)
    if len(silent) <= FEW and all(each in matter.with_entry for each in silent):
        return  # their entries say so
    never = [each for each in silent if each.assessment.age_days is None]
    days_heard = sorted(each.pledge.last_news_on for each in silent if each.pledge.last_news_on)
    texts = []
    if never:
        texts.append(f"{count(len(never), 'has', 'have')} had no news at all.")
    if days_heard:
        on = " to ".join(dict.fromkeys([day(days_heard[0]), day(days_heard[-1])]))
        stale_days = matter.ledger.stale_days
        old = "is older than its plan allows"
        if stale_days is not None:
            old = f"is more than {days(stale_days)} old"
        texts.append(f"For {len(days_heard):,} the last news {old} ({on}).")
    blocks: list[Block] = [Paragraph(line(" ".join(texts)))]
    above = matter.ids_above | matter.changes_by_pledge.keys()
    if len(silent) > FEW:
        by_lead = any(each.pledge.lead for each in silent)
        groups = Counter(_who(each, matter.ledger, by_lead=by_lead) for each in silent)
        verb = "led" if by_lead else "owed"
        parts = [f"{count(n, verb, verb)} by {who}" for who, n in groups.most_common(MOST_SHOWN)]
        rest = len(groups) - len(parts)
        parts += [f"{verb} by {count(rest, 'other')}"] if rest > 0 else []
        blocks.append(Paragraph(line(f"{capital('; '.join(parts))}.")))
    elif untold := [each for each in silent if each.pledge.id not in above]:
        items = [(*pledge_name(each), Run(f": {_last_news(each)}.")) for each in untold]
        # If each is listed, what they have in common is plain.
        blocks = [Bullets(items)] if len(untold) == len(silent) else [*blocks, Bullets(items)]
    still_open = sum(each.assessment.standing.is_open for each in matter.agreed)
    of = f"{len(silent):,}{JOINT}of {still_open:,} open"
    yield Section(f"No recent news ({of})", blocks=blocks)


def _who(each: AssessedPledge, ledger: Ledger, *, by_lead: bool) -> str:
    names = each.pledge.lead if by_lead else [ledger.party(key) for key in each.pledge.owed_by]
    return enumeration([*names]) or "not named"


def _last_news(each: AssessedPledge) -> str:
    return f"last news on {last_news(each)}" if each.pledge.last_news_on else "no news at all"


def pillars_section(matter: Matter) -> Iterator[Section]:
    """How many of each pillar stand how; a plan without deadlines is counted by status.

    Of several ledgers it is how many of each plan: they may have hundreds of pillars.
    """
    has_dates, ledger = bool(matter.counts.dated), matter.ledger
    found = roll_ups(matter.pledges, "plan" if ledger.is_joint else "pillar", ledger)
    rows, lines = [], []
    for each in found:
        title = excerpt(plan_title(ledger, each.key) if ledger.is_joint else each.title)
        by_word = _few_words(each.tally) if ledger.is_joint and has_dates else None
        words = _roll_up_words(each, by_word, has_dates=has_dates)
        # A bar takes most of the room that a mail has for a row.
        has_bar = len(found) <= MOST_BARS or not ledger.is_joint
        stack = _stack(each.tally, has_dates=has_dates) if has_bar else []
        rows.append([Cell(title), Cell(words, stack=stack)])
        lines.append(line(f"{title}: {words}."))
    if rows:
        name = "Plan" if ledger.is_joint else "Pillar"
        columns = [Column(name, wraps=True, least=20), Column("Pledges", wraps=True, least=24)]
        table = Table(columns, rows, lines=lines, is_whole=True)
        yield Section(f"By {name.lower()}", blocks=[table])


def _few_words(counts: Tally) -> str:
    """The figures of one of many plans in a line: "1 overdue, 2 due soon, 3 done, 9 others"."""
    numbers = {word: number_of(counts) for word, (number_of, _) in DATED_FIGURES.items()}
    rest = counts.total - sum(numbers.values())
    numbers["other" if rest == 1 else "others"] = rest
    return ", ".join(f"{number:,}{JOINT}{word}" for word, number in numbers.items() if number)


def _roll_up_words(each: RollUp, by_word: str | None, *, has_dates: bool) -> str:
    """The words of a pillar or plan: "9 agreed: 1 due soon, 8 no deadline; 1 asked for"."""
    counts = each.tally
    by_word = by_word or word_counts(counts.standings if has_dates else counts.statuses)
    texts = [f"{counts.total:,}{JOINT}agreed: {by_word}"] if counts.total else []
    texts += [f"{counts.asked:,}{JOINT}asked for"] if counts.asked else []
    texts += [headings_text(counts.headings)] if counts.headings else []
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
    """Every pledge, pillar by pillar; of those told above it is said only how they stand."""
    moves = Counter(whose_move(each, matter.ledger) for each in matter.pledges)
    usual, number = next(iter(moves.most_common(1)))
    blocks = [Paragraph(line(f"{capital(usual)}, unless others are named."))]
    yield Section(f"All pledges ({len(matter.pledges):,})", blocks=blocks if number >= MANY else [])
    columns = [
        Column("Pledge", wraps=True, least=24, ease=34),
        Column("So far", wraps=True, least=24, share=40),
    ]
    above = {each.pledge.id for each in matter.with_entry} | matter.changes_by_pledge.keys()
    order = {key: at for at, key in enumerate(matter.ledger.pillars)}
    members = sorted(matter.pledges, key=lambda each: order[each.pledge.pillar])
    for key, found in groupby(members, key=lambda each: each.pledge.pillar):
        rows, lines = [], []
        for each in found:
            [name] = pledge_name(each)
            is_above = each.pledge.id in above
            text = _in_short(each) if is_above else _facts(each, matter.ledger, usual)
            tone = None if is_above else STANDINGS[each.assessment.standing].tone
            rows.append([Cell(name.text), Cell(text, tone)])
            lines.append((name, Run(f": {sentence(text)}")))
        of_plan = f"{plan_key_of(key)}: " if matter.ledger.is_joint else ""
        title = excerpt(f"{of_plan}{matter.ledger.pillars[key]}")
        yield Section(title, blocks=[Table(columns, rows, lines=lines)], level=3)


def _in_short(each: AssessedPledge) -> str:
    """How it stands, for the rest see above; what was only asked for is neither due nor late."""
    now = each.assessment
    return f"{standing_word(now) if now.agreed else readable(each.pledge.strength or '')}; {ABOVE}"


def _facts(each: AssessedPledge, ledger: Ledger, usual: str) -> str:
    """Its deadline, how far it is, and who has it, but for those who ``usual``ly do."""
    now, move = each.assessment, whose_move(each, ledger)
    if now.heading:
        return parts_done(now)
    is_dated = now.standing is not Standing.DROPPED and deadline_text(each)
    due = deadline_or_contested(each) if is_dated else ""
    facts = (
        f"due {due}{moved_from(each)}" if due else standing_word(now),
        (time_left(now) or standing_word(now)) if due else "",
        figures_and_status(each),
        "" if move == usual else move,
    )
    return "; ".join(dict.fromkeys(filter(None, facts)))


def how_to_read(matter: Matter) -> Iterator[Section]:
    """What the words mean that are used, in one paragraph."""
    counts, warn_days = matter.counts, matter.ledger.warn_days
    soon = "the warning span of its plan" if warn_days is None else days(warn_days)
    entries = matter.shown(matter.pressing)
    used = {each.assessment.standing for each in matter.agreed}
    used |= {Standing.DUE_SOON} if counts.dated else set()
    meanings = {
        readable(each): STANDINGS[each].meaning.format(warn=soon)
        for each in Standing
        if each in used and each not in EVIDENT
    }
    paces = {each.assessment.pace for each in entries} & {Pace.BEHIND, Pace.FAR_BEHIND}
    above = matter.ids_above
    turns = (x for x in matter.changes if x.old_pace and x.now.pledge.id not in above)
    paces |= {pace for each in turns for pace in (each.old_pace, each.now.assessment.pace)}
    meanings |= {readable(each): PACES[each].meaning for each in PACES if each in paces}
    if any(each.assessment.has_open_contest for each in entries):
        meanings["contested"] = "a cited source gives another deadline or target"
    if counts.asked:
        meanings["asked for"] = "it was requested or proposed, and is not agreed"
    phrases = "\n".join(phrase(each, matter.within_days) for each in entries)
    is_status_used = not counts.dated or matter.is_full or "no status" in phrases
    if UNREPORTED in counts.statuses and is_status_used:
        meanings["no status"] = (
            "it was not reported whether it has started, which is not the same as not started"
        )
    texts = [f"{capital(word)}: {meaning}." for word, meaning in meanings.items()]
    text = " ".join([*texts, *([RULES] if counts.dated else [])])
    if text:
        yield Section("How to read this", blocks=[Paragraph(line(text), is_muted=True)])


def sources_section(matter: Matter) -> Iterator[Section]:
    """The sources of what is told, or of all pledges if all are listed, the newest first."""
    ledger = matter.ledger
    changed = [found[0].now for found in matter.changes_by_pledge.values()]
    told = matter.pledges if matter.is_full else [x for x in changed if x not in matter.with_entry]
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
    lines = [*dict.fromkeys(lines)]  # several plans may cite the same source
    yield from list_section("Sources", matter.shown(lines), len(lines))
