"""``show``: one pledge whole."""

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from pledges.domain.assessment import Assessed, Assessment, assess
from pledges.domain.citations import cited_sources
from pledges.domain.day import Period
from pledges.domain.deadlines import as_claimed, is_contest, periods_held
from pledges.domain.fields import Term, TextKind, terms
from pledges.domain.pledge import Ledger, Pledge
from pledges.domain.snapshot import Snapshot
from pledges.view.answer import Answer
from pledges.view.columns import grid_fields, value_columns
from pledges.view.page import (
    Cell,
    Column,
    Line,
    Page,
    Paragraph,
    Run,
    Section,
    Table,
    Tone,
    line,
)
from pledges.view.records import DetailDocument, detail_record
from pledges.view.wording import phrases as wording
from pledges.view.wording import sentences
from pledges.view.wording import values as words

FACTS: Final = (Column("Term"), Column("Words", is_main=True, least=20))
HISTORY: Final = (
    Column("Date"),
    Column("What was reported", is_main=True, least=20, ease=30),
    Column("Source", under="What was reported", fold=1),
)


def answer(shown: Sequence[Assessed], of: Snapshot, *, with_internal: bool) -> Answer:
    """Pledges whole, in each shape."""

    def document() -> DetailDocument:
        return DetailDocument.of(
            of,
            pledges=[
                detail_record(each, of.ledger, of.as_of, with_internal=with_internal)
                for each in shown
            ],
        )

    return Answer(
        lambda: page(shown, of.ledger, of.as_of, with_internal=with_internal),
        document,
        value_columns(grid_fields(with_internal)),
        shown,
    )


def page(
    assessed: Sequence[Assessed], ledger: Ledger, as_of: dt.date, *, with_internal: bool
) -> Page:
    """One pledge under its title, or several under one heading each."""
    parts = [list(_sections(each, ledger, as_of, with_internal=with_internal)) for each in assessed]
    if len(assessed) == 1:
        return Page(title=_title(assessed[0]), sections=parts[0])
    headed = (
        [Section(title=_title(each)), *sections]
        for each, sections in zip(assessed, parts, strict=True)
    )
    return Page(sections=[section for sections in headed for section in sections])


def _title(each: Assessed) -> str:
    return f"{each.pledge.id}  {each.pledge.title}"


def _sections(
    each: Assessed, ledger: Ledger, as_of: dt.date, *, with_internal: bool
) -> Iterator[Section]:
    yield Section(blocks=[_facts(_terms(each, ledger, with_internal=with_internal))])
    yield Section(
        title=f"As of {words.day(as_of)}",
        blocks=[_facts(_assessment(each, ledger))],
    )
    if each.pledge.claims:
        yield Section("Other versions of its terms", blocks=[_facts(_claims(each, ledger, as_of))])
    if each.pledge.asks:
        yield Section("Decisions asked for", blocks=[_facts(_asks(each.pledge, ledger))])
    yield _history(each.pledge, ledger)
    sources = sorted(cited_sources(each.pledge))
    if sources:
        lines = [Paragraph(each) for name in sources for each in _source(name, ledger)]
        yield Section("Sources", blocks=lines)


def _facts(facts: Iterable[tuple[str, str | Cell]]) -> Table:
    rows = [
        (Cell(name, Tone.MUTED), said if isinstance(said, Cell) else Cell(said))
        for name, said in facts
    ]
    return Table(FACTS, rows, has_head=False)


TERMS: Final = (
    *("pillar", "owed_by", "lead", "kind", "strength", "made", "due", "measure"),
    *("waiting_on", "part_of", "superseded_by", "tags", "source"),
)
"""The terms in the order of the page; behind them every other that is not told with another."""

TOLD_WITH_OTHERS: Final = ("id", "title", "every", "since", "review", "due_text")


def _terms(each: Assessed, ledger: Ledger, *, with_internal: bool) -> Iterator[tuple[str, str]]:
    """The terms that it has, in words; a long one line by line, named once."""
    pledge, declared = each.pledge, terms(Pledge)
    phrases = {
        "owed_by": wording.owed_by(pledge, ledger),
        "kind": sentences.kind(pledge),
        "due": sentences.deadline_history(each),
        "measure": sentences.measure(pledge.measure) if pledge.measure else "",
    }
    told = (*TERMS, *TOLD_WITH_OTHERS, *(() if with_internal else ("internal",)))
    for name in (*TERMS, *(name for name in declared if name not in told)):
        if name in phrases:
            lines = [phrases[name]]
        else:
            lines = _in_words(declared[name], getattr(pledge, name), ledger)
        title = declared[name].title if name in declared else words.label(name)
        yield from (("" if number else title, part) for number, part in enumerate(lines) if part)


def _in_words(term: Term, value: object, ledger: Ledger) -> list[str]:
    """A term that has no phrase of its own, in a line or, if it is prose, in several."""
    if isinstance(value, tuple):
        return [", ".join(part for each in value for part in _in_words(term, each, ledger))]
    if isinstance(value, str) and term.text_kind is TextKind.PROSE:
        return [*words.paragraphs(value)]
    if isinstance(value, Period):
        return [words.period(value)]
    if isinstance(value, dt.date):
        return [words.day(value)]
    if isinstance(value, int | float):
        return [words.number(value)]
    return [_named(term, str(value), ledger)] if value else []


def _named(term: Term, key: str, ledger: Ledger) -> str:
    match term.text_kind:
        case TextKind.PILLAR:
            return ledger.pillars[key]
        case TextKind.PARTY | TextKind.PARTY_OR_TEXT:
            return ledger.party(key)
        case TextKind.SOURCE:
            return wording.citation(key, ledger)
        case _:
            return key


def _assessment(each: Assessed, ledger: Ledger) -> Iterator[tuple[str, str | Cell]]:
    assessment, pledge = each.assessment, each.pledge
    tone = wording.STANDING_TONES[assessment.standing]
    yield "Standing", Cell(sentences.standing(assessment), tone)
    yield "Status", sentences.status_since(each)
    if pledge.measure:
        yield "Progress", sentences.progress_sentence(each)
    if assessment.pace:
        yield "Pace", Cell(sentences.pace_sentence(assessment), wording.PACE_TONES[assessment.pace])
    elif assessment.days_in_all is not None and assessment.days_used is not None:
        yield "Time used", sentences.days_used(assessment)
    if pledge.measure:
        yield from _rates(assessment, pledge.measure.unit)
    if held := periods_held(pledge):
        yield "Held", "; ".join(sentences.held(update) for update in held)
    if assessment.contested:
        yield "Contested", Cell(wording.contest(each, ledger), Tone.WATCH)
    yield "Last news", sentences.news_age(assessment)


def _rates(assessment: Assessment, unit: str) -> Iterator[tuple[str, str]]:
    if assessment.rate_needed:
        yield "Needed", wording.rate(assessment.rate_needed, unit)
    if assessment.rate_so_far:
        yield "So far", sentences.so_far(assessment, unit)


def _claims(each: Assessed, ledger: Ledger, as_of: dt.date) -> Iterator[tuple[str, str | Cell]]:
    told: dict[str, str] = {}
    for claim in each.pledge.claims:
        terms = sentences.claimed_terms(claim)
        if terms not in told:
            other = assess(as_claimed(each.pledge, claim), as_of, ledger.plan)
            differs = is_contest(each.pledge, claim)
            told[terms] = sentences.verdict(other) if differs else "the same as by its own terms"
        yield terms, f"by {wording.citation(claim.source, ledger)}"
        yield "by these", told[terms]
        if claim.note:
            yield "note", claim.note


def _asks(pledge: Pledge, ledger: Ledger) -> Iterator[tuple[str, str | Cell]]:
    for number, ask in enumerate(pledge.asks, start=1):
        tone = Tone.WATCH if ask.is_open else Tone.MUTED
        yield words.day(ask.date), Cell(f"{number}: {sentences.ask(ask, ledger)}", tone)


def _history(pledge: Pledge, ledger: Ledger) -> Section:
    rows = [
        (
            Cell(words.day(update.date)),
            Cell(wording.update(pledge, update)),
            Cell(wording.citation(update.source, ledger) if update.source else ""),
        )
        for update in reversed(pledge.history)
    ]
    if not rows:
        return Section(
            "History", blocks=[Paragraph(line("Nothing has been reported.", Tone.MUTED))]
        )
    return Section("History", blocks=[Table(HISTORY, rows, has_head=False)])


def _source(name: str, ledger: Ledger) -> Iterator[Line]:
    """A source in a line, and its address in one of its own, so that it is never broken."""
    source = ledger.sources.get(name)
    if not source:
        yield (Run(name, link=name),)
        return
    date = words.period(source.date) if source.date else None
    parts = (source.title, source.publisher, date)
    yield line(f"{name}: {', '.join(part for part in parts if part)}")
    if source.url:
        yield (Run(source.url, link=source.url),)
