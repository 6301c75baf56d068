"""``list``: one line a pledge."""

from collections.abc import Mapping, Sequence
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from pledges.domain.assessment import Assessed
from pledges.domain.pledge import Ledger
from pledges.domain.snapshot import Snapshot
from pledges.domain.sorting import Group, GroupBy
from pledges.view.answer import Answer, LedgerDocument, Plain
from pledges.view.columns import Field, chosen, grid_fields, value_columns
from pledges.view.page import Page, Section, Table
from pledges.view.records import PickedList, PledgeList, records
from pledges.view.wording import phrases as wording
from pledges.view.wording import values as words

DEFAULT_COLUMNS: Final = ("id", "title", "status", "standing", "deadline", "days")


class Listing(Struct, frozen=True):
    """Pledges in their groups (one, where they are not grouped), and what is wanted of them.

    Without ``columns`` people get the usual ones and scripts everything.
    """

    groups: Sequence[Group]
    by: GroupBy | None = None
    columns: Sequence[str] = ()
    with_internal: bool = False

    @property
    def members(self) -> list[Assessed]:
        """The pledges of all groups, in order."""
        return [each for group in self.groups for each in group.members]

    @property
    def fields(self) -> list[Field]:
        """The columns that people are shown."""
        return chosen(self.columns or (*DEFAULT_COLUMNS, *["internal"] * self.with_internal))


def answer(listing: Listing, of: Snapshot, said: Sequence[str]) -> Answer:
    """The list in each of its shapes."""
    members = listing.members

    def document() -> LedgerDocument:
        if listing.columns:
            return PickedList.of(of, pledges=_picked(listing))
        return PledgeList.of(of, pledges=records(members, with_internal=listing.with_internal))

    fields = listing.fields if listing.columns else grid_fields(listing.with_internal)
    return Answer(lambda: _page(listing, of), document, value_columns(fields), members, said)


def table(
    assessed: Sequence[Assessed],
    fields: Sequence[Field],
    ledger: Ledger,
    *,
    is_in_order: bool = False,
) -> Table:
    """Pledges under the columns of ``fields``; ``is_in_order`` keeps these in their order."""
    heads = [field.head for field in fields]
    return Table(
        columns=[replace(head, is_main=False, wraps=True) for head in heads]
        if is_in_order
        else heads,
        rows=[[field.words(each, ledger) for field in fields] for each in assessed],
    )


def _page(listing: Listing, of: Snapshot) -> Page:
    some = words.part(len(listing.members), len(of.assessed))
    return Page(
        caption=f"{wording.short_title(of.ledger)}: {some} as of {words.day(of.as_of)}.",
        sections=[_section(each, listing, of.ledger) for each in listing.groups],
    )


def _section(group: Group, listing: Listing, ledger: Ledger) -> Section:
    rows = table(group.members, listing.fields, ledger, is_in_order=bool(listing.columns))
    if not listing.by:
        return Section(blocks=[rows])
    title = wording.group(listing.by, group.key, ledger)
    return Section(title, words.count(len(group.members), "pledge"), [rows])


def _picked(listing: Listing) -> list[Mapping[str, Plain]]:
    fields = listing.fields
    return [{field.name: field.value(each) for field in fields} for each in listing.members]
