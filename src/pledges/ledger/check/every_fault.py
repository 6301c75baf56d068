"""All errors and warnings of a ledger in one run, each at its place in the text."""

import datetime as dt
from collections.abc import Sequence

from pledges.errors import Fault, Severity
from pledges.ledger.check.check_rules import CheckRule
from pledges.ledger.check.checked_ledger import CheckedLedger
from pledges.ledger.reading.faults import in_order
from pledges.ledger.text.finding import Positions
from pledges.ledger.text.salvage import read_tables
from pledges.ledger.text.scan import scan


def every_fault(text: str, name: str, as_of: dt.date, rules: Sequence[CheckRule]) -> list[Fault]:
    """Every error of a ledger called ``name``, and what the rules warn of, by their places.

    Of a faulty ledger, too, there are the warnings about what can be read.
    """
    tables = read_tables(text)
    checked = CheckedLedger.of(text, tables, as_of)
    warnings = [each for rule in rules for each in rule.warnings(checked)]
    if not checked.errors and not warnings:
        return []  # without a look for the places of everything, which takes longest
    positions = Positions(text, (tables.scan or scan(text)).positions, name)
    errors = [positions.fault(each) for each in checked.errors]
    doubts = [positions.fault(each)._replace(severity=Severity.WARNING) for each in warnings]
    return in_order([*errors, *doubts])
