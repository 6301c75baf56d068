"""An answer: a page for people, a document and flat rows for scripts."""

import datetime as dt
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from enum import StrEnum
from operator import attrgetter
from typing import Any, ClassVar, Self

from msgspec import UNSET, Struct, UnsetType
from msgspec.structs import asdict

from pledges.domain.assessment import AssessedPledge, Assessment
from pledges.domain.pledge import Ledger, Pledge, plan_key_of
from pledges.domain.snapshot import Snapshot
from pledges.view.page import Page

Plain = str | int | float | bool | None
RowValue = Callable[[Any], object]  # what gives the value of a row in one column


class Document(Struct, frozen=True, kw_only=True):
    """An answer in JSON; its records are in the field that ``RECORDS`` names."""

    RECORDS: ClassVar[str] = "pledges"

    schema_version: int = 1
    kind: str = ""

    @classmethod
    def schema_type(cls) -> type[Self]:
        """The type whose fields say all that such a document has."""
        return cls

    @property
    def records(self) -> Sequence[object]:
        """The parts of the answer, one by one, for NDJSON."""
        found: Sequence[object] = getattr(self, self.RECORDS)
        return found


class LedgerName(Struct, frozen=True):
    """One of several ledgers: the short name that its ids begin with, its title and its file."""

    plan: str
    title: str
    ledger: str


class LedgerDocument(Document, frozen=True, kw_only=True):
    """The head of an answer about a ledger as of a day; of several, ``ledger`` is null."""

    as_of: dt.date
    ledger: str | None
    ledgers: Sequence[LedgerName] | UnsetType = UNSET
    count: int

    @classmethod
    def of(cls, now: Snapshot, **fields: Any) -> Self:  # noqa: ANN401  (the fields of a subclass)
        """The document about a snapshot; unless it is given, ``count`` is that of its records."""
        fields = {"count": len(fields[cls.RECORDS]), **fields}
        plans, files = now.ledger.plans, now.ledger.files
        if not now.ledger.is_joint:
            return cls(as_of=now.as_of, ledger=now.name, **fields)
        names = [LedgerName(key, plans[key].title, file) for key, file in files.items()]
        return cls(as_of=now.as_of, ledger=None, ledgers=names, **fields)


class Envelope(Struct, frozen=True):
    """To whom a draft is addressed."""

    to: tuple[str, ...] = ()
    cc: tuple[str, ...] = ()


class Grid(Struct, frozen=True):
    """A sheet of a workbook: columns over rows.

    Nobody need fill in the columns that are ``worked_out``.
    """

    title: str
    columns: Mapping[str, RowValue]
    rows: Iterable[Any]
    worked_out: Collection[str] = ()


class Blank(StrEnum):
    """What an open cell of a form takes."""

    TEXT = "text"
    NUMBER = "number"
    DAY = "day"


class FormColumn(Struct, frozen=True):
    """A column of a form with its width in characters; without a ``blank`` it only tells.

    A blank of ``choices`` takes one of these.
    """

    heading: str
    width: int
    blank: Blank | None = None
    choices: Sequence[str] = ()


class FormRow(Struct, frozen=True):
    """What a row tells, and the columns of answers that it has no use for."""

    told: Sequence[str]
    closed: Collection[str] = ()


class Form(Struct, frozen=True):
    """A workbook that somebody is asked to fill in: what is asked, and how to answer.

    It is in the ``file``.  ``fields`` are labels with what each takes.  ``states`` is what the
    import compares with.
    """

    file: str
    title: str
    lead: Sequence[str]
    steps: Sequence[str]
    fields: Mapping[str, Blank]
    columns: Sequence[FormColumn]
    rows: Sequence[FormRow]
    states: Sequence[Struct]


class Answer(Struct, frozen=True):
    """One answer in every format, with the ``remarks`` on it for standard error.

    ``page`` and ``document`` are functions, as a format needs only one of the two.  In a workbook
    the rows are on the sheet called ``sheet``, with these columns ``worked_out``, the empty ones
    ``to_fill_in`` after the columns that they are about, and ``more_sheets`` follow.  A calendar
    has the days of the pledges that are ``scheduled``.  A workbook is the ``form`` instead if there
    is one, and a draft carries it.
    """

    page: Callable[[], Page]
    document: Callable[[], Document]
    columns: Mapping[str, RowValue]
    rows: Iterable[Any]
    remarks: Sequence[str] = ()
    envelope: Envelope = Envelope()
    sheet: str = "Pledges"
    worked_out: Collection[str] = ()
    to_fill_in: Mapping[str, str] = {}
    more_sheets: Callable[[], Sequence[Grid]] = tuple
    scheduled: tuple[Sequence[AssessedPledge], Snapshot] | None = None
    form: Callable[[], Form] | None = None


def columns_of(record: type[Struct]) -> Mapping[str, RowValue]:
    """The fields of a kind of record as columns."""
    return {name: attrgetter(name) for name in record.__struct_fields__}


def plan_of(name: str) -> str | UnsetType:
    """The plan that a pledge or source is of; unset if only one ledger is read."""
    return plan_key_of(name) or UNSET


def without_plan(columns: Mapping[str, RowValue], ledger: Ledger) -> Mapping[str, RowValue]:
    """The same columns, without that of the plan unless several ledgers are read."""
    left_out = () if ledger.is_joint else ("plan",)
    return {name: value for name, value in columns.items() if name not in left_out}


class PledgeRecord(Pledge, frozen=True, kw_only=True):
    """A pledge for scripts: the ledger's own keys, and the assessment next to them.

    ``plan`` is the short name of its plan, if several ledgers are read.
    """

    assessment: Assessment
    plan: str | UnsetType = UNSET

    @classmethod
    def of(
        cls,
        each: AssessedPledge,
        *,
        with_internal: bool = False,
        **more: Any,  # noqa: ANN401  (the fields of a subclass)
    ) -> Self:
        """The record of a pledge; its internal note is left out unless it is asked for."""
        fields = asdict(each.pledge) | more
        if not with_internal:
            fields["internal"] = UNSET
        return cls(**fields, assessment=each.assessment, plan=plan_of(each.pledge.id))
