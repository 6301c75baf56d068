"""What scripts read: the ledger's own keys, with the assessment beside them."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, ClassVar

from msgspec import UNSET, Struct, field
from msgspec.structs import asdict

from pledges.domain.asks import OpenAsk
from pledges.domain.assessment import Assessed, Assessment, assess
from pledges.domain.counts import RollUp, Tally
from pledges.domain.deadlines import as_claimed
from pledges.domain.pledge import Claim, Ledger, Pledge
from pledges.view.answer import LedgerDocument, Plain


class PledgeRecord(Pledge, frozen=True, kw_only=True):
    """A pledge with its assessment."""

    assessment: Assessment


class DueRecord(PledgeRecord, frozen=True, kw_only=True):
    """A pledge with the reason why it needs a look."""

    listed_as: str


class ClaimRecord(Claim, frozen=True, kw_only=True):
    """A claim with the assessment that its pledge would have by the claim's terms."""

    assessment: Assessment


class DetailRecord(PledgeRecord, frozen=True, kw_only=True):
    """A pledge with its assessment, and with the one that each claim would give."""

    claims: tuple[ClaimRecord, ...] = field(name="claim", default=())


class PledgeList(LedgerDocument, frozen=True, kw_only=True):
    """Pledges, each with its assessment."""

    kind: str = "pledge-list"
    pledges: Sequence[PledgeRecord]


class PickedList(LedgerDocument, frozen=True, kw_only=True):
    """Pledges with the keys that were asked for."""

    kind: str = "pledge-list"
    pledges: Sequence[Mapping[str, Plain]]


class ProgressDocument(PledgeList, frozen=True, kw_only=True):
    """Pledges with the roll-ups of all that were asked about, also of those not shown."""

    kind: str = "progress"
    total: Tally
    pillars: Sequence[RollUp]
    parties: Sequence[RollUp]


class DetailDocument(LedgerDocument, frozen=True, kw_only=True):
    """Pledges whole."""

    kind: str = "pledge-detail"
    pledges: Sequence[DetailRecord]


class DueDocument(LedgerDocument, frozen=True, kw_only=True):
    """The pledges that need a look, within so many days, and the decisions asked for."""

    kind: str = "due"
    within_days: int
    pledges: Sequence[DueRecord]
    asks: Sequence[OpenAsk]


class StandingCount(Struct, frozen=True):
    """How many pledges have a standing, and their share in whole percent."""

    standing: str
    count: int
    share: int


class NewsRecord(Struct, frozen=True):
    """An update, by the pledge that it belongs to."""

    id: str
    date: dt.date
    text: str


class OverviewDocument(LedgerDocument, frozen=True, kw_only=True):
    """The counts, what is overdue, due next and asked for, and what was reported last."""

    RECORDS: ClassVar[str] = "standings"

    kind: str = "overview"
    title: str
    total: Tally
    standings: Sequence[StandingCount]
    overdue: Sequence[PledgeRecord]
    due_next: Sequence[PledgeRecord]
    asks: Sequence[OpenAsk]
    latest: Sequence[NewsRecord]


def record(each: Assessed, *, with_internal: bool) -> PledgeRecord:
    """A pledge for scripts; its internal note is left out unless it is asked for."""
    return PledgeRecord(**_fields(each, with_internal=with_internal), assessment=each.assessment)


def due_record(each: Assessed, listed_as: str, *, with_internal: bool) -> DueRecord:
    """A pledge for scripts, with why it is listed."""
    fields = _fields(each, with_internal=with_internal)
    return DueRecord(**fields, assessment=each.assessment, listed_as=listed_as)


def detail_record(
    each: Assessed, ledger: Ledger, as_of: dt.date, *, with_internal: bool
) -> DetailRecord:
    """A pledge for scripts, with what each claim would make of it."""
    fields = _fields(each, with_internal=with_internal)
    fields["claims"] = tuple(
        ClaimRecord(
            **asdict(claim), assessment=assess(as_claimed(each.pledge, claim), as_of, ledger.plan)
        )
        for claim in each.pledge.claims
    )
    return DetailRecord(**fields, assessment=each.assessment)


def records(assessed: Iterable[Assessed], *, with_internal: bool) -> list[PledgeRecord]:
    """Pledges for scripts, in the order given."""
    return [record(each, with_internal=with_internal) for each in assessed]


def _fields(each: Assessed, *, with_internal: bool) -> dict[str, Any]:
    fields = asdict(each.pledge)
    return fields if with_internal else fields | {"internal": UNSET}
