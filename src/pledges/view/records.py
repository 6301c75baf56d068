"""Pledges as scripts read them: the ledger's own keys, and the assessment next to them."""

from collections.abc import Iterable, Sequence
from typing import Any, TypeVar

from msgspec import UNSET
from msgspec.structs import asdict

from pledges.domain.assessment import Assessed, Assessment
from pledges.domain.pledge import Pledge
from pledges.view.answer import LedgerDocument


class PledgeRecord(Pledge, frozen=True, kw_only=True):
    """A pledge with its assessment."""

    assessment: Assessment


class PledgeList(LedgerDocument, frozen=True, kw_only=True):
    """Pledges, each with its assessment."""

    kind: str = "pledge-list"
    pledges: Sequence[PledgeRecord]


AnyRecord = TypeVar("AnyRecord", bound=PledgeRecord)


def pledge_record(
    kind: type[AnyRecord],
    each: Assessed,
    *,
    with_internal: bool = False,
    **more: Any,  # noqa: ANN401  (the fields of that kind)
) -> AnyRecord:
    """A pledge for scripts; its internal note is left out unless it is asked for."""
    fields = asdict(each.pledge)
    if not with_internal:
        fields["internal"] = UNSET
    return kind(**fields | more, assessment=each.assessment)


def pledge_records(
    assessed: Iterable[Assessed], *, with_internal: bool = False
) -> list[PledgeRecord]:
    """Pledges for scripts, in the same order."""
    return [pledge_record(PledgeRecord, each, with_internal=with_internal) for each in assessed]
