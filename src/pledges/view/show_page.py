"""``show``: one pledge in full."""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

from msgspec import field
from msgspec.structs import asdict, replace

from pledges.clean import JOINT
from pledges.domain.assessment import AssessedPledge, Assessment, assess
from pledges.domain.deadlines import as_claimed, is_contest, periods_held
from pledges.domain.fields import terms
from pledges.domain.pledge import Claim, Ledger, Pledge, cited_sources
from pledges.domain.snapshot import Snapshot
from pledges.view.answer import Answer, LedgerDocument, PledgeRecord
from pledges.view.page import (
    Block,
    Cell,
    Column,
    Page,
    Paragraph,
    Run,
    Section,
    Table,
    Tone,
    line,
    paragraphs_cell,
)
from pledges.view.pledge_columns import grid_columns, pledge_table
from pledges.view.wording import dates, figures, standings
from pledges.view.wording import values as words
from pledges.view.wording.history_phrases import ask_text, update_lines
from pledges.view.wording.titles import citations_cell, citations_text, term_lines

PART_COLUMNS: Final = ("id", "title", "reported", "standing", "deadline", "days")
FACTS: Final = (Column("Term"), Column("Words", is_main=True, least=20))
HISTORY: Final = (
    Column("No.", is_number=True),
    Column("Date"),
    Column("What was reported", is_main=True, least=20, ease=30),
    Column("Source", under="What was reported", fold=1),
)

TERMS: Final = (
    *("pillar", "owed_by", "asked_by", "lead", "kind", "strength", "made", "due", "measure"),
    *("waiting_on", "part_of", "superseded_by", "tags", "source"),
)
"""The terms in the order of the page; after them comes every other that is not part of one."""

Fact = tuple[str, Cell]
"""A term or figure with what there is to say of it."""

PARTS_OF_OTHERS: Final = ("id", "title", "every", "since", "until", "review", "due_text")


class ClaimRecord(Claim, frozen=True, kw_only=True):
    """A claim with the assessment that its pledge would have by the claim's terms."""

    assessment: Assessment


class DetailRecord(PledgeRecord, frozen=True, kw_only=True):
    """A pledge with its assessment, and with the one that each claim would give."""

    claims: tuple[ClaimRecord, ...] = field(name="claim", default=())


class DetailDocument(LedgerDocument, frozen=True, kw_only=True):
    """Pledges in full."""

    kind: str = "pledge-detail"
    pledges: Sequence[DetailRecord]


def answer(shown: Sequence[AssessedPledge], of: Snapshot, *, with_internal: bool) -> Answer:
    """Pledges in full, in every format."""

    def record(each: AssessedPledge) -> DetailRecord:
        claims = tuple(
            ClaimRecord(**asdict(claim), assessment=assessment)
            for claim, assessment in _as_claimed(each, of)
        )
        return DetailRecord.of(each, with_internal=with_internal, claims=claims)

    def page() -> Page:
        """One pledge under its title, or several under one heading each."""
        titles = [f"{each.pledge.id}  {words.quote(each.pledge.title)}" for each in shown]
        parts: dict[str | None, list[AssessedPledge]] = {}
        for each in of.assessed:
            parts.setdefault(each.pledge.part_of, []).append(each)
        bodies = [
            list(_sections(each, of, parts.get(each.pledge.id, ()), with_internal=with_internal))
            for each in shown
        ]
        if len(shown) == 1:
            return Page(title=titles[0], sections=bodies[0])
        headed = ([Section(x), *sections] for x, sections in zip(titles, bodies, strict=True))
        return Page(sections=[section for sections in headed for section in sections])

    def document() -> DetailDocument:
        return DetailDocument.of(of, pledges=[*map(record, shown)])

    return Answer(page, document, grid_columns(of.ledger, with_internal=with_internal), shown)


def _as_claimed(each: AssessedPledge, of: Snapshot) -> list[tuple[Claim, Assessment]]:
    """The claims of a pledge, each with what it would be by these terms."""
    # Settled claims don't matter to it, and each of thousands would be looked at for each of them.
    pledge = replace(each.pledge, claims=tuple(x for x in each.pledge.claims if x.is_open))
    plan, found = of.ledger.plans[pledge.plan_key], dict[object, Assessment]()
    for claim in each.pledge.claims:
        if (terms_of := (claim.due, claim.target)) not in found:
            found[terms_of] = assess(as_claimed(pledge, claim), of.as_of, plan)
    return [(claim, found[claim.due, claim.target]) for claim in each.pledge.claims]


def _sections(
    each: AssessedPledge, of: Snapshot, parts: Sequence[AssessedPledge], *, with_internal: bool
) -> Iterator[Section]:
    pledge, ledger = each.pledge, of.ledger
    asks: list[Fact] = []
    for number, ask in enumerate(pledge.asks, start=1):
        tone = Tone.WATCH if ask.is_open else Tone.MUTED
        asks.append((words.day(ask.date), Cell(f"{number}: {ask_text(ask, ledger)}", tone)))
    titled: Mapping[str, Iterable[Fact]] = {
        "": _terms(each, ledger, with_internal=with_internal),
        f"As of {words.day(of.as_of)}": _assessment(each, ledger, of.as_of),
        "Other versions of its terms": _claims(each, of),
        "Decisions asked for": asks,
    }
    for title, facts in titled.items():
        if rows := [(Cell(name, Tone.MUTED), cell) for name, cell in facts]:
            yield Section(title, blocks=[Table(FACTS, rows, has_head=False)])
    if parts:
        table = pledge_table(parts, PART_COLUMNS, ledger)
        yield Section("Parts", figures.parts_done(each.assessment), [table])
    yield _history(pledge, ledger)
    blocks: list[Block] = []
    for name in sorted(cited_sources(pledge)):
        source = ledger.sources.get(name)
        if source:
            titles = (words.quote(source.title), words.quote(source.publisher or ""))
            about = ", ".join(filter(None, (*titles, words.period(source.date))))
            blocks.append(Paragraph(line(f"{name}: {about}"), is_muted=True))
        if url := source.url if source else name:  # in a line of its own it is never broken
            blocks.append(Paragraph((Run(url, link=url),), is_muted=True))
    if blocks:
        yield Section("Sources", blocks=blocks)


def _history(pledge: Pledge, ledger: Ledger) -> Section:
    """Its updates by their numbers in the ledger, the newest first; a long note line by line."""
    rows: list[Sequence[Cell]] = []
    numbers = {id(update): number for number, update in enumerate(pledge.updates, start=1)}
    for update in reversed(pledge.history):
        number, date = Cell(f"{numbers[id(update)]}"), Cell(words.day(update.date))
        what = paragraphs_cell(update_lines(pledge, update))
        cited = citations_cell(update.source, ledger)
        rows.append((number, date, what, cited))
    if not rows:
        return Section("History", blocks=[Paragraph(line("Nothing was heard.", Tone.MUTED))])
    return Section("History", blocks=[Table(HISTORY, rows, has_head=False)])


def _terms(each: AssessedPledge, ledger: Ledger, *, with_internal: bool) -> Iterator[Fact]:
    """The terms that it has, in words; a long one line by line."""
    pledge, declared = each.pledge, terms(Pledge)
    if ledger.is_joint:
        yield "Plan", Cell(words.quote(ledger.plans[pledge.plan_key].title))
    phrases = {
        "owed_by": standings.owed_by(pledge, ledger),
        "kind": standings.kind_sentence(pledge),
        "strength": standings.strength_text(pledge),
        "due": dates.deadline_history(each),
        "measure": figures.measure_terms(pledge.measure) if pledge.measure else "",
    }
    placed = (*TERMS, *PARTS_OF_OTHERS, *(() if with_internal else ("internal",)))
    for name in (*TERMS, *(name for name in declared if name not in placed)):
        if name in phrases:
            cell = Cell(phrases[name])
        elif name == "source":
            cell = citations_cell(pledge.source, ledger)
        else:
            cell = paragraphs_cell(term_lines(declared[name], getattr(pledge, name), ledger))
        title = declared[name].title if name in declared else words.label(name)
        if name == "owed_by" and not pledge.is_agreed:
            title = "Asked of"
        if cell.text:
            yield title, cell


def _assessment(each: AssessedPledge, ledger: Ledger, as_of: dt.date) -> Iterator[Fact]:
    now, pledge = each.assessment, each.pledge
    yield "Standing", Cell(standings.standing_sentence(now), standings.standing_tone(now))
    if missed := dates.missed_periods_text(each, as_of):
        yield "Missed", Cell(missed, Tone.LATE)
    status = figures.parts_done(now) if now.heading else standings.status_sentence(each)
    yield "Status", Cell(status)
    if pledge.measure:
        yield "Progress", Cell(figures.progress_sentence(each))
    if now.pace:
        pace = "; ".join(filter(None, [figures.pace_sentence(now), figures.behind_text(now)]))
        yield "Pace", Cell(pace, standings.PACES[now.pace].tone)
    elif time_used := figures.time_used_text(now) if now.standing.is_open else "":
        yield "Time used", Cell(time_used.removesuffix(f"{JOINT}of its time used"))
    if pledge.measure and now.rate_needed:
        yield "Needed", Cell(figures.rate(now.rate_needed, pledge.measure.unit))
    if pledge.measure and now.rate_so_far:
        yield "So far", Cell(figures.rate_and_outlook(now, pledge.measure.unit))
    if held := periods_held(pledge):
        texts = (f"{words.period(x.period)} on {words.day(x.date)}" for x in held)
        yield "Completed", Cell("; ".join(text.removeprefix(" on ") for text in texts))
    if now.has_open_contest:
        yield "Contested", Cell(dates.contest(each, ledger), Tone.WATCH)
    yield "Last news", Cell(standings.news_age(each))


def _claims(each: AssessedPledge, of: Snapshot) -> Iterator[Fact]:
    """What each claim says, who says so, and what the pledge would be with these terms."""
    for number, (claim, claimed) in enumerate(_as_claimed(each, of), start=1):
        by = f"{number}: by {citations_text(claim.source, of.ledger)}"
        yield ", ".join(dates.claimed_terms(claim, "due ", "target ")), Cell(by)
        if claim.settled:
            yield "settled", Cell(f"on {words.day(claim.settled)}")
        elif not is_contest(each.pledge, claim):
            yield "with these terms", Cell("the same as with its own terms")
        else:
            pace = f"; {figures.pace_sentence(claimed)}" if claimed.pace else ""
            yield "with these terms", Cell(f"{standings.standing_sentence(claimed)}{pace}")
        if claim.note:
            yield "note", Cell(words.quote(claim.note))
