"""The sections of a report below what needs attention: figures, counts, and all pledges."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from typing import Final

from pledges.clean import JOINT
from pledges.domain.assessment import AssessedPledge, Standing
from pledges.domain.counts import Tally, roll_ups, tally
from pledges.domain.pledge import UNREPORTED, Ledger, Status
from pledges.domain.sorting import GroupBy, pledge_groups
from pledges.view.page import (
    Block,
    Cell,
    Column,
    Figure,
    Figures,
    Paragraph,
    Run,
    Section,
    Share,
    Table,
    Tone,
    line,
)
from pledges.view.report.matter import Matter, pledge_name
from pledges.view.wording.dates import deadline_or_contested, deadline_text, moved_from
from pledges.view.wording.figures import figures_and_status, parts_done
from pledges.view.wording.standings import STANDINGS, standing_word, time_left, whose_move
from pledges.view.wording.tallies import headings_text, word_counts
from pledges.view.wording.titles import plan_title
from pledges.view.wording.values import capital, count, day, excerpt, readable, sentence

Figurines = Mapping[str, tuple[Callable[[Tally], int], Tone | None]]

MANY: Final = 3  # from so many pledges on that have the same to act it is said once
MOST_BARS: Final = 30  # plans whose counts have a bar; of more none has
ABOVE: Final = "see above"
PILLAR_COLUMNS: Final = (
    Column("Pledge", wraps=True, least=24, ease=34),
    Column("So far", wraps=True, least=24, share=40),
)


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
TONES: Final[Mapping[str, Tone | None]] = {
    **{standing: entry.tone for standing, entry in STANDINGS.items()},
    Status.COMPLETED: Tone.GOOD,
    UNREPORTED: Tone.MUTED,
}
"""The tones of the parts of a bar: those of standings and, without deadlines, of statuses."""


def figure_blocks(matter: Matter) -> list[Block]:
    """The three figures that say most, each with what it was, and of how many pledges they are."""
    now, was = matter.counts, tally(matter.before.assessed) if matter.before else None
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


def pillars_section(matter: Matter) -> Iterator[Section]:
    """How many of each pillar stand how; a plan without deadlines is counted by status.

    Of several ledgers it is how many of each plan: they may have hundreds of pillars.
    """
    has_dates, ledger = bool(matter.counts.dated), matter.ledger
    found = roll_ups(matter.pledges, "plan" if ledger.is_joint else "pillar", ledger)
    rows, lines = [], []
    for each in found:
        counts = each.tally
        title = excerpt(plan_title(ledger, each.key) if ledger.is_joint else each.title)
        of_words = counts.standings if has_dates else counts.statuses
        by_word = word_counts(of_words)
        if ledger.is_joint and has_dates:  # in few words, as there may be many plans
            numbers = {word: number_of(counts) for word, (number_of, _) in DATED_FIGURES.items()}
            rest = counts.total - sum(numbers.values())
            numbers["other" if rest == 1 else "others"] = rest
            by_word = ", ".join(f"{n:,}{JOINT}{word}" for word, n in numbers.items() if n)
        texts = [f"{counts.total:,}{JOINT}agreed: {by_word}"] if counts.total else []
        texts += [f"{counts.asked:,}{JOINT}asked for"] if counts.asked else []
        texts += [headings_text(counts.headings)] if counts.headings else []
        # A bar takes most of the room that a mail has for a row.
        has_bar = len(found) <= MOST_BARS or not ledger.is_joint
        shares = (Share(n, TONES.get(word), readable(word)) for word, n in of_words.items())
        rows.append([Cell(title), Cell("; ".join(texts), stack=[*shares] if has_bar else [])])
        lines.append(line(f"{title}: {'; '.join(texts)}."))
    if rows:
        name = "Plan" if ledger.is_joint else "Pillar"
        columns = [Column(name, wraps=True, least=20), Column("Pledges", wraps=True, least=24)]
        table = Table(columns, rows, lines=lines, is_whole=True)
        yield Section(f"By {name.lower()}", blocks=[table])


def all_pledges_sections(matter: Matter) -> Iterator[Section]:
    """Every pledge, pillar by pillar; of those told above it is said only how they stand."""
    [(usual, number)] = Counter(whose_move(x, matter.ledger) for x in matter.pledges).most_common(1)
    blocks = [Paragraph(line(f"{capital(usual)}, unless others are named."))]
    yield Section(f"All pledges ({len(matter.pledges):,})", blocks=blocks if number >= MANY else [])
    above = {each.pledge.id for each in matter.with_entry} | matter.changes_by_pledge.keys()
    for group in pledge_groups(matter.pledges, GroupBy.PILLAR, matter.ledger):
        title = excerpt(": ".join(filter(None, (group.plan_key, matter.ledger.pillars[group.key]))))
        rows, lines = [], []
        for each in group.members:
            [name] = pledge_name(each)
            cell = _facts(each, matter.ledger, usual)
            if each.pledge.id in above:  # what was only asked for is neither due nor late
                now, strength = each.assessment, readable(each.pledge.strength or "")
                cell = Cell(f"{standing_word(now) if now.agreed else strength}; {ABOVE}")
            rows.append([Cell(name.text), cell])
            lines.append((name, Run(f": {sentence(cell.text)}")))
        yield Section(title, blocks=[Table(PILLAR_COLUMNS, rows, lines=lines)], level=3)


def _facts(each: AssessedPledge, ledger: Ledger, usual: str) -> Cell:
    """Its deadline, how far it is, and who has it, but for those who ``usual``ly do."""
    now, move = each.assessment, whose_move(each, ledger)
    tone = STANDINGS[now.standing].tone
    if now.heading:
        return Cell(parts_done(now), tone)
    is_dated = now.standing is not Standing.DROPPED and deadline_text(each)
    due = deadline_or_contested(each) if is_dated else ""
    facts = (
        f"due {due}{moved_from(each)}" if due else standing_word(now),
        (time_left(now) or standing_word(now)) if due else "",
        figures_and_status(each),
        "" if move == usual else move,
    )
    return Cell("; ".join(dict.fromkeys(filter(None, facts))), tone)
