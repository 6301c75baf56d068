"""Everything that is wrong with a ledger, in one run, each fault at its place in the text."""

from collections.abc import Iterator

import msgspec

from pledges.domain.pledge import Ledger
from pledges.errors import FaultyLedger
from pledges.ledger.reading.record_types import Table, to_ledger
from pledges.ledger.reading.rules import broken_rules
from pledges.ledger.reading.unknown_keys import unknown_keys
from pledges.ledger.reading.wrong_records import sound_part, wrong_fields
from pledges.ledger.text.finding import Finding
from pledges.ledger.text.positions import Positions
from pledges.ledger.text.salvage import Tables, read_tables
from pledges.ledger.text.scan import scan


def decode_with_faults(text: str, name: str) -> Ledger:
    """The ledger after all, where nothing is wrong but keys that may stand there.

    Raises: ``FaultyLedger`` with every fault, placed in the file called ``name``.
    """
    tables = read_tables(text)
    ledger, findings = _ledger(tables)
    if ledger is None or findings:
        places = Positions(text, tables.found or scan(text), name)
        faults = dict.fromkeys(places.fault(each) for each in findings)
        raise FaultyLedger(name, sorted(faults, key=lambda each: (each.line, each.column)))
    return ledger


def _ledger(tables: Tables) -> tuple[Ledger | None, list[Finding]]:
    """The ledger as far as it can be read, and all that was found wrong."""
    findings = list(tables.findings)
    if tables.content is None:
        return None, findings
    findings += unknown_keys(tables.content, Ledger, ())
    ledger, misfits = _shaped(tables.content)
    meant = {each.intended_path for each in findings if each.intended_path}
    broken = {each.path for each in (*findings, *misfits)} | meant
    findings += (each for each in _unmet(misfits, tables) if each.path not in meant)
    rules = broken_rules(ledger, broken)
    if any(each.code == "conflict" for each in findings):
        rules = [each for each in rules if each.code != "reference"]
    findings += rules
    return ledger, findings


def _shaped(content: Table) -> tuple[Ledger, list[Finding]]:
    try:
        return to_ledger(content), []
    except msgspec.ValidationError:
        return to_ledger(sound_part(content, Ledger)), list(wrong_fields(content, Ledger, ()))


def _unmet(findings: list[Finding], tables: Tables) -> Iterator[Finding]:
    """The findings but for what is missing from a table where a line could not be read."""
    broken = tables.found.broken_statements if tables.found else []
    unread = {each.path for each in broken} | {each.path[:-1] for each in broken}
    for finding in findings:
        if finding.code != "missing" or finding.path[:-1] not in unread:
            yield finding
