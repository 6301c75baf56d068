"""``list``: one line a pledge."""

from collections.abc import Mapping, Sequence
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from pledges.domain.assessment import Assessed
from pledges.domain.pledge import Ledger
from pledges.domain.snapshot import Snapshot
from pledges.domain.sorting import Group, GroupBy
from pledges.view.columns import Field, chosen, grid
from pledges.view.page import Answer, Page, Plain, Section, Table
from pledges.view.records import PickedList, PledgeList, PledgeRecord, records
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
    if listing.columns:
        return Answer(
            page=lambda: _page(listing, of),
            document=lambda: _picked_list(listing, of),
            records=lambda: _picked(listing),
            grid=lambda: grid(members, listing.fields),
            said=said,
        )
    return Answer(
        page=lambda: _page(listing, of),
        document=lambda: _pledge_list(listing, of),
        records=lambda: _records(listing),
        grid=lambda: grid(members, with_internal=listing.with_internal),
        said=said,
    )


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
        return Section(table=rows)
    title = wording.group(listing.by, group.key, ledger)
    return Section(title, words.count(len(group.members), "pledge"), rows)


def _pledge_list(listing: Listing, of: Snapshot) -> PledgeList:
    found = _records(listing)
    return PledgeList(
        kind="pledge-list", as_of=of.as_of, ledger=of.name, count=len(found), pledges=found
    )


def _records(listing: Listing) -> list[PledgeRecord]:
    return records(listing.members, with_internal=listing.with_internal)


def _picked_list(listing: Listing, of: Snapshot) -> PickedList:
    found = _picked(listing)
    return PickedList(
        kind="pledge-list", as_of=of.as_of, ledger=of.name, count=len(found), pledges=found
    )


def _picked(listing: Listing) -> list[Mapping[str, Plain]]:
    fields = listing.fields
    return [{field.name: field.value(each) for field in fields} for each in listing.members]
