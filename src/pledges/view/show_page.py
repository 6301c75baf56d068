"""``show``: one pledge in full."""

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Sequence
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
from pledges.view.wording.citations import citations_cell, citations_text
from pledges.view.wording.history_phrases import ask_text, update_lines
from pledges.view.wording.terms import term_lines

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
        with_terms_of = _as_claimed(each, of)
        claims = tuple(
            ClaimRecord(**asdict(claim), assessment=with_terms_of(claim))
            for claim in each.pledge.claims
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


def _as_claimed(each: AssessedPledge, of: Snapshot) -> Callable[[Claim], Assessment]:
    """What a pledge would be with the terms of a claim, worked out once for the same terms."""
    # Settled claims don't matter to it, and each of thousands would be looked at for each of them.
    pledge = replace(each.pledge, claims=tuple(x for x in each.pledge.claims if x.is_open))
    plan, known = of.ledger.plans[pledge.plan_key], dict[object, Assessment]()

    def assessment(claim: Claim) -> Assessment:
        key = claim.due, claim.target
        if key not in known:
            known[key] = assess(as_claimed(pledge, claim), of.as_of, plan)
        return known[key]

    return assessment


def _sections(
    each: AssessedPledge, of: Snapshot, parts: Sequence[AssessedPledge], *, with_internal: bool
) -> Iterator[Section]:
    pledge, ledger = each.pledge, of.ledger
    yield _facts("", _terms(each, ledger, with_internal=with_internal))
    yield _facts(f"As of {words.day(of.as_of)}", _assessment(each, ledger, of.as_of))
    if pledge.claims:
        yield _facts("Other versions of its terms", _claims(each, of))
    if pledge.asks:
        yield _facts("Decisions asked for", _asks(pledge, ledger))
    if parts:
        table = pledge_table(parts, PART_COLUMNS, ledger)
        yield Section("Parts", figures.parts_done(each.assessment), [table])
    yield _history(pledge, ledger)
    sources = [block for name in sorted(cited_sources(pledge)) for block in _source(name, ledger)]
    if sources:
        yield Section("Sources", blocks=sources)


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


def _facts(title: str, facts: Iterable[tuple[str, str | Cell]]) -> Section:
    rows = [
        (Cell(name, Tone.MUTED), text if isinstance(text, Cell) else Cell(text))
        for name, text in facts
    ]
    return Section(title, blocks=[Table(FACTS, rows, has_head=False)])


def _terms(
    each: AssessedPledge, ledger: Ledger, *, with_internal: bool
) -> Iterator[tuple[str, str | Cell]]:
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


def _assessment(
    each: AssessedPledge, ledger: Ledger, as_of: dt.date
) -> Iterator[tuple[str, str | Cell]]:
    now, pledge = each.assessment, each.pledge
    yield "Standing", Cell(standings.standing_sentence(now), standings.standing_tone(now))
    if missed := dates.missed_periods_text(each, as_of):
        yield "Missed", Cell(missed, Tone.LATE)
    yield "Status", figures.parts_done(now) if now.heading else standings.status_sentence(each)
    if pledge.measure:
        yield "Progress", figures.progress_sentence(each)
    if now.pace:
        pace = "; ".join(filter(None, [figures.pace_sentence(now), figures.behind_text(now)]))
        yield "Pace", Cell(pace, standings.PACES[now.pace].tone)
    elif time_used := figures.time_used_text(now) if now.standing.is_open else "":
        yield "Time used", time_used.removesuffix(f"{JOINT}of its time used")
    if pledge.measure and now.rate_needed:
        yield "Needed", figures.rate(now.rate_needed, pledge.measure.unit)
    if pledge.measure and now.rate_so_far:
        yield "So far", figures.rate_and_outlook(now, pledge.measure.unit)
    if held := periods_held(pledge):
        texts = (f"{words.period(x.period)} on {words.day(x.date)}" for x in held)
        yield "Completed", "; ".join(text.removeprefix(" on ") for text in texts)
    if now.has_open_contest:
        yield "Contested", Cell(dates.contest(each, ledger), Tone.WATCH)
    yield "Last news", standings.news_age(each)


def _asks(pledge: Pledge, ledger: Ledger) -> Iterator[tuple[str, Cell]]:
    """Each decision with its number, after the day on which it was asked for."""
    for number, ask in enumerate(pledge.asks, start=1):
        tone = Tone.WATCH if ask.is_open else Tone.MUTED
        yield words.day(ask.date), Cell(f"{number}: {ask_text(ask, ledger)}", tone)


def _claims(each: AssessedPledge, of: Snapshot) -> Iterator[tuple[str, str | Cell]]:
    """What each claim says, who says so, and what the pledge would be with these terms."""
    verdicts: dict[object, str] = {}
    with_terms_of = _as_claimed(each, of)
    for number, claim in enumerate(each.pledge.claims, start=1):
        claimed = ", ".join(dates.claimed_terms(claim, "due ", "target "))
        key = claimed, claim.settled
        if key not in verdicts:
            verdicts[key] = _verdict(claim, each.pledge, with_terms_of(claim))
        yield claimed, f"{number}: by {citations_text(claim.source, of.ledger)}"
        name = "settled" if claim.settled else "with these terms"
        yield name, verdicts[key].removeprefix("settled ")
        if claim.note:
            yield "note", words.quote(claim.note)


def _verdict(claim: Claim, pledge: Pledge, claimed: Assessment) -> str:
    """That a claim is settled, or how the pledge would stand with its terms."""
    if claim.settled:
        return f"settled on {words.day(claim.settled)}"
    if not is_contest(pledge, claim):
        return "the same as with its own terms"
    pace = f"; {figures.pace_sentence(claimed)}" if claimed.pace else ""
    return f"{standings.standing_sentence(claimed)}{pace}"


def _source(name: str, ledger: Ledger) -> Iterator[Block]:
    """A source in a line, and its URL in one of its own, so that it is never broken."""
    source = ledger.sources.get(name)
    if source:
        texts = (source.title, source.publisher or "")
        parts = (*map(words.quote, texts), words.period(source.date))
        yield Paragraph(line(f"{name}: {', '.join(filter(None, parts))}"), is_muted=True)
    if url := source.url if source else name:
        yield Paragraph((Run(url, link=url),), is_muted=True)
