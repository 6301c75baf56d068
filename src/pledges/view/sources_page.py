"""``sources``: where statements were published, and what in the ledger cites each of them."""

from collections.abc import Mapping, Sequence
from typing import Annotated, ClassVar, Final

from msgspec import UNSET, Struct, UnsetType

from pledges.clean import JOINT
from pledges.domain.day import Period
from pledges.domain.fields import one_of
from pledges.domain.pledge import Ledger, citations
from pledges.domain.snapshot import Snapshot
from pledges.view.answer import Answer, LedgerDocument, columns_of, plan_of, without_plan
from pledges.view.page import Cell, Column, Page, Section, Table, Tone
from pledges.view.wording.titles import short_title, under_plans
from pledges.view.wording.values import count, day, enumeration, period

COLUMNS: Final = (
    Column("Id", wraps=True, least=10),
    Column("Date"),
    Column("Source", is_main=True, wraps=True, least=20, ease=30),
    Column("Cited by", wraps=True, least=12),
)
CITING: Final = (
    Column("Pledge"),
    Column("Where"),
    Column("Title", is_main=True, wraps=True, least=20),
)

PLACES: Final = {
    "pledge": "its terms",
    "measure": "its measure",
    "update": "entry {}",
    "claim": "claim {}",
}
"""The parts of a pledge that cite a source, and what each is called with its number."""


class CitingPlace(Struct, frozen=True):
    """A place that cites a source: the terms or measure of a pledge, or an entry by its number."""

    id: str
    part: Annotated[str, one_of(PLACES)]
    number: int | None
    title: str


class SourceRecord(Struct, frozen=True):
    """A source for scripts, with how many pledges, updates and claims cite it."""

    id: str
    plan: str | UnsetType
    title: str
    publisher: str | None
    date: Period | None
    url: str | None
    pledges: int
    updates: int
    claims: int
    cited_by: Sequence[CitingPlace]


class SourcesDocument(LedgerDocument, frozen=True, kw_only=True):
    """The sources, in the order of the register."""

    RECORDS: ClassVar[str] = "sources"

    kind: str = "sources"
    sources: Sequence[SourceRecord]


def answer(
    named: Sequence[str], of: Snapshot, *, is_detailed: bool = False, is_uncited: bool = False
) -> Answer:
    """The named sources in every format; ``is_detailed`` shows what cites each."""
    cited = _citing_places(of.ledger)
    records = [_record(name, of, cited.get(name, [])) for name in named]
    kept = [each for each in records if not (is_uncited and each.cited_by)]
    all_columns = without_plan(columns_of(SourceRecord), of.ledger)
    columns = {name: at for name, at in all_columns.items() if name != "cited_by"}
    return Answer(
        lambda: _page(kept, of, is_detailed=is_detailed),
        lambda: SourcesDocument.of(of, sources=kept),
        columns,
        kept,
        [] if kept else [_summary(kept, of)],
        sheet="Sources",
    )


def _citing_places(ledger: Ledger) -> Mapping[str, Sequence[CitingPlace]]:
    """Where each source is cited."""
    cited: dict[str, list[CitingPlace]] = {}
    for pledge in ledger.pledges:
        for source, path in citations(pledge):  # such as ("update", 1, "source")
            part = str(path[0]) if path[0] != "source" else "pledge"
            number = None
            if part in ("update", "claim") and isinstance(path[1], int):
                number = path[1] + 1
            place = CitingPlace(pledge.id, part, number, pledge.title)
            cited.setdefault(source, []).append(place)
    return cited


def _record(name: str, of: Snapshot, cited_by: Sequence[CitingPlace]) -> SourceRecord:
    source = of.ledger.sources[name]
    terms = {each.id for each in cited_by if each.number is None}
    parts = [each.part for each in cited_by]
    return SourceRecord(
        id=name,
        plan=plan_of(name) if of.ledger.is_joint else UNSET,
        title=source.title,
        publisher=source.publisher,
        date=source.date,
        url=source.url,
        pledges=len(terms),
        updates=parts.count("update"),
        claims=parts.count("claim"),
        cited_by=cited_by,
    )


def _summary(records: Sequence[SourceRecord], of: Snapshot) -> str:
    """How many there are: "12 sources, 2 cited by nothing, as of 22 Nov 2026."."""
    number = count(len(records), "source") if records else "No sources"
    uncited = sum(not each.cited_by for each in records)
    rest = f", {uncited:,}{JOINT}cited by nothing" if uncited else ""
    return f"{number}{rest}, as of {day(of.as_of)}."


def _page(records: Sequence[SourceRecord], of: Snapshot, *, is_detailed: bool) -> Page:
    rows: dict[str, list[Sequence[Cell]]] = {}
    for each in records:
        titles = ", ".join(filter(None, [each.publisher, each.title, each.url]))
        uses = {"pledge": each.pledges, "update": each.updates, "claim": each.claims}
        cited = enumeration([count(number, word) for word, number in uses.items() if number])
        last = Cell(cited) if cited else Cell("nothing", Tone.WATCH)
        row = (Cell(each.id), Cell(period(each.date)), Cell(titles), last)
        rows.setdefault(each.plan or "", []).append(row)
    tables = ((key, Section(blocks=[Table(COLUMNS, found)])) for key, found in rows.items())
    sections = [*under_plans(tables, of.ledger)]
    for each in records if is_detailed else ():
        places = ((x, Cell(PLACES[x.part].format(x.number))) for x in each.cited_by)
        citing = [(Cell(x.id), place, Cell(x.title, Tone.MUTED)) for x, place in places]
        if citing:
            sections.append(Section(f"What cites {each.id}", blocks=[Table(CITING, citing)]))
    return Page(caption=f"{short_title(of.ledger)}: {_summary(records, of)}", sections=sections)
