"""``progress``: where the plan stands, pillar by pillar; the main table."""

from collections.abc import Iterator, Sequence
from typing import Final

from msgspec import UNSET, UnsetType

from pledges.clean import JOINT
from pledges.domain.assessment import AssessedPledge
from pledges.domain.counts import RollUp, Tally, roll_ups, tally
from pledges.domain.pledge import Ledger
from pledges.domain.snapshot import Snapshot
from pledges.domain.sorting import Group, GroupBy, first_members, pledge_groups
from pledges.view.answer import Answer, LedgerDocument, PledgeRecord
from pledges.view.page import Block, Cell, Column, Line, Page, Paragraph, Section, Table, Tone, line
from pledges.view.pledge_columns import grid_columns, pledge_table
from pledges.view.wording import tallies
from pledges.view.wording import values as words
from pledges.view.wording.dates import contest_note, slip_note
from pledges.view.wording.titles import full_title, group_title, under_plans

COLUMNS: Final = ("id", "title", "track", "reported", "deadline", "days", "standing", "pace")
PARTY_COLUMNS: Final = (
    Column("Party"),
    Column("Pledges"),
    Column("Of which", is_main=True, least=20),
)

SUMMARY_COLUMNS: Final = (
    Column("What"),
    Column("How many", is_number=True),
    Column("Of which", is_main=True, least=20),
)
HOW_TO_READ: Final = (
    "Progress runs from the baseline to the target; pace is progress minus time used. "
    "Pledges without a deadline or an end date have no pace."
)


class ProgressDocument(LedgerDocument, frozen=True, kw_only=True):
    """Pledges with the roll-ups of all that were asked about, also of those not shown."""

    kind: str = "progress"
    pledges: Sequence[PledgeRecord]
    total: Tally
    plans: Sequence[RollUp] | UnsetType = UNSET
    pillars: Sequence[RollUp]
    parties: Sequence[RollUp]


def answer(
    groups: Sequence[Group], by: GroupBy, of: Snapshot, *, show_all: bool, limit: int | None = None
) -> Answer:
    """Progress in every format; scripts get the same pledges as people, and every roll-up.

    ``limit`` is how many pledges have a row at most; the counts are of all.
    """
    chosen = [each for group in groups for each in group.members]
    with_rows = (Group(x.key, shown_members(x.members, show_all=show_all)) for x in groups)
    rows = {each.key: each.members for each in first_members(with_rows, limit)}
    shown = [each for members in rows.values() for each in members]

    def document() -> ProgressDocument:
        return ProgressDocument.of(
            of,
            pledges=[*map(PledgeRecord.of, shown)],
            total=tally(chosen),
            plans=roll_ups(chosen, "plan", of.ledger) if of.ledger.is_joint else UNSET,
            pillars=roll_ups(chosen, "pillar", of.ledger),
            parties=roll_ups(chosen, "party", of.ledger),
        )

    def page() -> Page:
        title = words.quote(full_title(of.ledger))
        if not chosen:
            return Page(title=title, lead=[line(words.no_match(len(of.assessed), of.as_of))])
        keys = [group.plan_key if by is GroupBy.PILLAR else "" for group in groups]
        parts = [
            _group_section(x, rows.get(x.key, []), by, of.ledger, show_all=show_all) for x in groups
        ]
        of_plans = pledge_groups(chosen, GroupBy.PLAN, of.ledger)
        totals = {each.key: tallies.group_standings(tally(each.members)) for each in of_plans}
        by_plan = under_plans(zip(keys, parts, strict=True), of.ledger, totals.__getitem__)
        sections = [summary_section(chosen, of), *by_plan, _parties_section(chosen, of.ledger)]
        return Page(title=title, sections=sections, notes=list(_notes(chosen, of.ledger)))

    return Answer(page, document, grid_columns(of.ledger), shown)


def shown_members(members: Sequence[AssessedPledge], *, show_all: bool) -> list[AssessedPledge]:
    """The members of a group that have a row, each part below its whole; the rest is summed up."""
    wholes = {each.pledge.id for each in members if each.assessment.parts}
    parts, ordered = dict[str, list[AssessedPledge]](), list[AssessedPledge]()
    for each in members:
        if each.pledge.part_of in wholes:
            parts.setdefault(each.pledge.part_of or "", []).append(each)
    pending = [x for x in reversed(members) if x.pledge.part_of not in wholes]
    while pending:
        each = pending.pop()
        now, is_part = each.assessment, each.pledge.part_of in wholes
        has_facts = each.pledge.measure or now.due or now.standing.is_done or now.parts
        if show_all or is_part or has_facts:
            ordered.append(each)
        pending += reversed(parts.get(each.pledge.id, ()))
    return ordered


def summary_section(assessed: Sequence[AssessedPledge], of: Snapshot) -> Section:
    """What the whole comes to: those with a deadline apart from those without."""
    dated = tally([each for each in assessed if each.assessment.is_dated])
    undated = tally([each for each in assessed if not each.assessment.is_dated])
    total = tally(assessed)
    facts = [
        ("With a deadline", dated.total, tallies.on_time_counts(dated)),
        ("Others" if dated.total else "All", undated.total, tallies.word_counts(undated.standings)),
        ("With news", total.with_news, tallies.news_counts(total) if total.total else ""),
        ("Asked for", total.asked, tallies.asked_standings(assessed)),
    ]
    rows = [
        (Cell(name, Tone.MUTED), Cell(f"{n:,}"), Cell(which))
        for name, n, which in facts
        if which and (n or name == "With news")
    ]
    head = f"As of {words.day(of.as_of)}: {tallies.agreed_and_asked(total, tally(of.assessed))}"
    return Section(head, blocks=[Table(SUMMARY_COLUMNS, rows, has_head=False)])


def _group_section(
    group: Group, rows: Sequence[AssessedPledge], by: GroupBy, ledger: Ledger, *, show_all: bool
) -> Section:
    """A group's roll-up, the pledges that have something to show, or all, and the rest."""
    members, shown = group.members, shown_members(group.members, show_all=show_all)
    ids = {each.pledge.id for each in shown}
    parts = {each.pledge.id for each in shown if each.pledge.part_of in ids}
    blocks: list[Block] = [pledge_table(rows, COLUMNS, ledger, parts=parts)] if rows else []
    rest = tally([each for each in members if each.pledge.id not in ids])
    more = f"{JOINT}more " if shown else JOINT
    statuses = tallies.word_counts(rest.statuses)
    agreed = f"{rest.total:,}{more}without a deadline or measure: {statuses}"
    asked = f"{rest.asked:,}{JOINT if rest.total else more}asked for, not agreed"
    texts = [*[agreed] * bool(rest.total), *[asked] * bool(rest.asked)]
    if texts:
        blocks.append(Paragraph(line("; ".join(texts)), is_muted=True))
    title = group_title(by, group.key, ledger)
    return Section(title, tallies.group_standings(tally(members)), blocks)


def _parties_section(chosen: Sequence[AssessedPledge], ledger: Ledger) -> Section:
    rows = []
    for party in roll_ups(chosen, "party", ledger):
        counts = party.tally
        total = Cell(words.count(counts.total, "pledge"))
        asked = [f"{counts.asked:,}{JOINT}asked of it"] if counts.asked else []
        which = "; ".join(filter(None, [tallies.word_counts(counts.standings), *asked]))
        rows.append((Cell(party.title), total, Cell(which)))
    together = "a pledge that several owe is counted for each"
    return Section("Owed by, or asked of", together, [Table(PARTY_COLUMNS, rows, has_head=False)])


def _notes(chosen: Sequence[AssessedPledge], ledger: Ledger) -> Iterator[Line]:
    for each in chosen:
        if each.assessment.slip_days:
            yield line(slip_note(each), Tone.WATCH)
        if each.assessment.has_open_contest:
            yield line(contest_note(each, ledger), Tone.WATCH)
    if any(x.assessment.time_used is not None and x.assessment.standing.is_open for x in chosen):
        yield line(HOW_TO_READ, Tone.MUTED)
