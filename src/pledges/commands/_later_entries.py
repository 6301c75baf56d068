"""Entries that are dated after today, with their places: a year may be mistyped."""

from collections.abc import Sequence
from typing import Final

from pledges.domain.known import later_entries
from pledges.domain.pledge import Ledger
from pledges.domain.snapshot import Snapshot
from pledges.ledger.reading.find import LedgerFile

MOST_LATER_ENTRIES: Final = 10  # how many entries of the future are listed with their places


def later_entry_lines(files: Sequence[LedgerFile], whole: Ledger, now: Snapshot) -> list[str]:
    """A line for each entry that is dated after today, with its place in the file."""
    found = [(file, [*later_entries(file.ledger, now.as_of)]) for file in files]
    found = [(file, entries) for file, entries in found if entries]
    if not found:
        return []
    # Hardly any ledger has such entries: looking for their places costs the others nothing.
    from pledges.ledger.text.finding import Positions  # noqa: PLC0415  (see above)
    from pledges.ledger.text.scan import scan  # noqa: PLC0415
    from pledges.view.wording import dates as phrases  # noqa: PLC0415

    lines: list[str] = []
    for file, entries in found:
        positions = Positions(file.text, scan(file.text).positions, file.name_in_messages)
        for each in entries[: MOST_LATER_ENTRIES - len(lines)]:
            line, _ = positions.line_and_column(positions.span(each.path).start)
            lines.append(f"{file.name_in_messages}:{line}: {phrases.later_entry_text(each)}")
    if rest := sum(len(entries) for _, entries in found) - len(lines):
        lines.append(phrases.more_later_entries(rest))
    made, known = (any(each.made for each in ledger.pledges) for ledger in (whole, now.ledger))
    if made and not known:
        lines.append(phrases.clock_text(now.as_of))
    return lines
