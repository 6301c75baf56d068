"""``list``: one line a pledge."""

from collections.abc import Mapping, Sequence
from operator import or_
from typing import Any, Final, Self, cast

from msgspec import UNSET, Struct, UnsetType, defstruct
from msgspec.structs import replace

from pledges.domain.assessment import AssessedPledge
from pledges.domain.counts import tally
from pledges.domain.snapshot import Snapshot
from pledges.domain.sorting import Group, GroupBy
from pledges.view.answer import Answer, Grid, LedgerDocument, PledgeRecord
from pledges.view.list_sheets import history_sheet, register_sheet
from pledges.view.page import Page, Section
from pledges.view.pledge_columns import (
    FIELDS,
    WORKED_OUT_HERE,
    column_kind,
    grid_columns,
    pledge_fields,
    pledge_table,
)
from pledges.view.wording import values as words
from pledges.view.wording.tallies import agreed_and_asked, group_count
from pledges.view.wording.titles import group_title, short_title, under_plans

DEFAULT_COLUMNS: Final = ("id", "title", "status", "standing", "deadline", "days")

TO_FILL_IN: Final = {"status": "update_note", "due": "why"}
"""What a workbook has no value of, but who changes the column before it may have to say."""


class PledgeList(LedgerDocument, frozen=True, kw_only=True):
    """Pledges whole."""

    kind: str = "pledge-list"
    pledges: Sequence[PledgeRecord]


class ColumnList(LedgerDocument, frozen=True, kw_only=True):
    """Pledges with only the columns that were asked for."""

    kind: str = "pledge-list"
    pledges: Sequence[Mapping[str, object]]

    @classmethod
    def schema_type(cls) -> type[Self]:
        """The same with a field for each column: who lists pledges need not wait for these."""
        kinds = [(name, or_(column_kind(name), UnsetType), UNSET) for name in FIELDS]
        record: Any = defstruct("ColumnRecord", kinds)
        fields = [("pledges", Sequence[record])]
        same: type[Self] = cast("Any", defstruct("ColumnList", fields, bases=(cls,), kw_only=True))
        return same


class Listing(Struct, frozen=True):
    """Groups of pledges; without ``columns`` people get the usual ones, scripts everything."""

    groups: Sequence[Group]
    by: GroupBy | None = None
    columns: Sequence[str] = ()
    with_internal: bool = False

    @property
    def members(self) -> list[AssessedPledge]:
        """The pledges of all groups, in order."""
        return [each for group in self.groups for each in group.members]


def answer(listing: Listing, of: Snapshot, remarks: Sequence[str]) -> Answer:
    """The list in every format."""
    members, with_internal = listing.members, listing.with_internal
    picked = {each.name: each.record for each in pledge_fields(listing.columns)}

    def document() -> LedgerDocument:
        if picked:
            fields = pledge_fields(listing.columns)
            pledges = [{field.name: field.record(x) for field in fields} for x in members]
            return ColumnList.of(of, pledges=pledges)
        records = [PledgeRecord.of(each, with_internal=with_internal) for each in members]
        return PledgeList.of(of, pledges=records)

    def sheets() -> list[Grid]:
        return [] if picked else [history_sheet(members), register_sheet(of.ledger)]

    columns = picked or grid_columns(of.ledger, with_internal=with_internal)
    return Answer(
        lambda: _page(listing, of),
        document,
        columns,
        members,
        remarks,
        worked_out=WORKED_OUT_HERE,
        to_fill_in={} if picked else TO_FILL_IN,
        more_sheets=sheets,
        scheduled=(members, of),
    )


def list_count(members: Sequence[AssessedPledge], of: Snapshot) -> str:
    """How many pledges are listed: "52 pledges agreed; 6 more ...; as of 22 Nov 2026."."""
    some = agreed_and_asked(tally(members), tally(of.assessed))
    return f"{some}{';' if ';' in some else ''} as of {words.day(of.as_of)}."


def _page(listing: Listing, of: Snapshot) -> Page:
    usual = (*DEFAULT_COLUMNS, *["internal"] * listing.with_internal)
    sections = []
    has_plans = listing.by is GroupBy.PILLAR
    for each in listing.groups:
        table = pledge_table(each.members, listing.columns or usual, of.ledger)
        if listing.columns:  # which stay in their order
            heads = [replace(head, is_main=False, wraps=True) for head in table.columns]
            table = replace(table, columns=heads)
        title = group_title(listing.by, each.key, of.ledger) if listing.by else ""
        count = group_count(tally(each.members)) if listing.by else ""
        plan = each.plan_key if has_plans else ""
        sections.append((plan, Section(title, count, [table])))
    caption = f"{short_title(of.ledger)}: {list_count(listing.members, of)}"
    return Page(caption=caption, sections=[*under_plans(sections, of.ledger)])
