"""Everything that is wrong with a ledger, in one run, each fault at its place in the text."""

from collections.abc import Iterable

import msgspec

from pledges.domain.ids import KnownIds
from pledges.domain.pledge import Ledger
from pledges.errors import Fault, FaultyLedger, NoSuchPledge
from pledges.ledger.reading.decode import to_ledger
from pledges.ledger.reading.rules import broken_rules
from pledges.ledger.reading.unknown_keys import unknown_keys
from pledges.ledger.reading.wrong_records import sound_part
from pledges.ledger.text.finding import Finding, Positions
from pledges.ledger.text.salvage import Tables, read_tables
from pledges.ledger.text.scan import scan


def decode_with_faults(text: str, name: str) -> Ledger:
    """Return the ledger, if it only has keys that the model does not know and nothing is wrong.

    Raises: ``FaultyLedger`` with all its faults, as places in the file called ``name``.
    """
    tables = read_tables(text)
    ledger, findings = ledger_and_findings(tables)
    if ledger is None or findings:
        positions = Positions(text, (tables.scan or scan(text)).positions, name)
        raise FaultyLedger(name, in_order(map(positions.fault, findings)))
    return ledger


def in_order(faults: Iterable[Fault]) -> list[Fault]:
    """Faults by their places, each once."""
    return sorted(dict.fromkeys(faults), key=lambda each: (each.line, each.column))


def first_fault_line(text: str, name: str) -> int:
    """The line of a ledger's first fault; 1 if there is none."""
    try:
        decode_with_faults(text, name)
    except FaultyLedger as error:
        return error.faults[0].line
    return 1


def pledge_line(text: str, pledge: str) -> int:
    """The line of a pledge's id, in a faulty ledger too.

    Raises: ``NoSuchPledge`` if no pledge has that id.
    """
    ids: dict[str, int] = {}
    for path, position in scan(text).positions.items():
        if path[0] == "pledge" and path[2:] == ("id",):
            value = text[position.value.start + 1 : position.value.end - 1]
            ids.setdefault(value, position.key.start)
    found = KnownIds(ids).named(pledge)
    if not found:
        raise NoSuchPledge(f"no id matches {pledge!r}", "to see all: pledges list")
    return text.count("\n", 0, ids[found[0]]) + 1


def ledger_and_findings(tables: Tables) -> tuple[Ledger | None, list[Finding]]:
    """The ledger as far as it can be read, and everything that is wrong.

    One slip is reported once: what only follows from another finding is left out.
    """
    findings = list(tables.findings)
    if tables.content is None:
        return None, findings
    findings += unknown_keys(tables.content, Ledger, ())
    misfits: list[Finding] = []
    try:
        ledger = to_ledger(tables.content)
    except msgspec.ValidationError:
        ledger = to_ledger(sound_part(tables.content, Ledger, (), misfits))
    intended = {each.intended_path for each in findings if each.intended_path}
    unsound = {each.path for each in (*findings, *misfits)} | intended
    unread = [each.path for each in tables.scan.broken_statements] if tables.scan else []
    # A key is not missing if it is misspelt, or may be in a line that could not be read.
    perhaps_there = {*unread, *(path[:-1] for path in unread)}
    for each in misfits:
        is_doubtful = each.code == "missing" and each.path[:-1] in perhaps_there
        if each.path not in intended and not is_doubtful:
            findings.append(each)
    # What is cited may be in the lines of a merge conflict, which were taken out.
    has_conflict = any(each.code == "conflict" for each in findings)
    rules = broken_rules(ledger, unsound)
    findings += [each for each in rules if not (has_conflict and each.code == "reference")]
    return ledger, findings
