"""``check``: every error and warning of a ledger, and the rules by which it warns."""

import datetime as dt
from collections.abc import Sequence
from typing import ClassVar, Final

from msgspec import Struct

from pledges.errors import Fault, Severity
from pledges.view.answer import Answer, Document, LedgerDocument, columns_of
from pledges.view.page import Cell, Column, Page, Section, Table
from pledges.view.wording.values import count


class RuleText(Struct, frozen=True):
    """What is said of a rule, or of a kind of error."""

    name: str
    severity: Severity
    summary: str
    description: str
    can_fix: bool = False


class CheckedFault(Struct, frozen=True):
    """An error or a warning for scripts; ``end_column`` is the column after what is marked."""

    rule: str
    severity: Severity
    file: str
    line: int
    column: int
    end_column: int
    message: str
    hint: str | None


class CheckDocument(LedgerDocument, frozen=True, kw_only=True):
    """The errors and warnings of a ledger, by their places."""

    RECORDS: ClassVar[str] = "faults"

    kind: str = "check"
    errors: int
    warnings: int
    faults: Sequence[CheckedFault]


class RuleList(Document, frozen=True, kw_only=True):
    """The rules of ``check``, and the kinds of errors."""

    RECORDS: ClassVar[str] = "rules"

    kind: str = "check-rules"
    count: int
    rules: Sequence[RuleText]


class FaultAnswer(Answer, frozen=True, kw_only=True):
    """The faults of a ledger with all rules, and a ``summary``: "2 errors and 1 warning"."""

    faults: Sequence[Fault]
    rules: Sequence[RuleText]
    summary: str


COLUMNS: Final = (
    Column("Rule"),
    Column("Severity"),
    Column("What it finds", is_main=True, wraps=True, least=30),
)


def fault_answer(
    faults: Sequence[Fault], rules: Sequence[RuleText], ledger: str | None, as_of: dt.date
) -> FaultAnswer:
    """Faults in every format of ``check``; ``ledger`` is the name of its file.

    It is None if the faults are of several.
    """
    records = []
    for each in faults:
        place = (each.file, each.line, each.column, each.column + each.width)
        records.append(CheckedFault(each.code, each.severity, *place, each.message, each.hint))
    errors = sum(each.severity is Severity.ERROR for each in faults)
    warnings = len(faults) - errors
    document = CheckDocument(
        as_of=as_of,
        ledger=ledger,
        count=len(faults),
        errors=errors,
        warnings=warnings,
        faults=records,
    )
    return FaultAnswer(
        Page,
        lambda: document,
        columns_of(CheckedFault),
        records,
        faults=faults,
        rules=rules,
        summary=fault_counts(errors, warnings),
    )


def fault_counts(errors: int, warnings: int) -> str:
    """How many there are: "1 error and 2 warnings"."""
    if not errors and not warnings:
        return "No errors and no warnings"
    found = ((errors, "error"), (warnings, "warning"))
    return " and ".join(count(number, word) for number, word in found if number)


def rules_answer(rules: Sequence[RuleText]) -> Answer:
    """The rules in every format."""
    rows = []
    for each in rules:
        mended = " (--fix mends it)" if each.can_fix else ""
        rows.append([Cell(each.name), Cell(each.severity), Cell(f"{each.summary}{mended}")])
    page = Page(sections=[Section(blocks=[Table(COLUMNS, rows)])])
    document = RuleList(count=len(rules), rules=rules)
    return Answer(lambda: page, lambda: document, columns_of(RuleText), rules, sheet="Rules")
