"""The rows of a sheet as pledges: with an id each, histories together, parts with their wholes."""

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Final

from msgspec.structs import replace

from pledges.domain.pledge import Ledger
from pledges.ledger.importing.cells import CellReader
from pledges.ledger.importing.contradictions import Contradictions
from pledges.ledger.importing.headings import ImportColumns
from pledges.ledger.importing.mapping import SheetMapping
from pledges.ledger.importing.row_ids import NO_ID, RowIds
from pledges.ledger.importing.row_reader import LEVEL, PledgeRow, RowReader, SheetRows

LETTERS: Final = "abcdefghijklmnopqrstuvwxyz"


def pledge_rows(
    columns: ImportColumns, mapping: SheetMapping, reader: CellReader, ledger: Ledger
) -> SheetRows:
    """The rows of a sheet with an id each, given or the next of its pillar, and all faults.

    All given ids are taken first, so that no new one is also that of a row further down.
    """
    found = RowReader(columns, mapping, reader)
    rows = list(found.rows())
    if any(each.use.is_lettered for each in columns.columns):
        rows = list(_with_letters(rows))
    if mapping.log:
        rows = _with_histories(rows)
    ids = RowIds(columns, ledger, found.faults, finds_titles=mapping.is_of_register)
    if not (columns.sheet.is_verbatim or mapping.log):
        given = frozenset(str(each.table.get("id")) for each in rows)
        meant = frozenset(map(str, mapping.words.get("id", {}).values()))
        contradictions = Contradictions(ledger, given, meant)
        doubts = {each.number: contradictions.findings(each.table) for each in rows}
        found.faults += [columns.fault(x, row) for row, several in doubts.items() for x in several]
        rows = [each for each in rows if not doubts[each.number]]
    accepted = [found.completed(each) for each in rows if ids.accepts(each)]
    rows = [ids.with_id(each) for each in accepted]
    if mapping.parts:
        rows = list(_with_wholes(rows, mapping.parts.by, ledger))
    return SheetRows(rows, found.faults, found.chapters, found.skipped)


def _with_letters(rows: Sequence[PledgeRow]) -> Iterator[PledgeRow]:
    """Yield the rows; the second one of an id gets the letter a, the third one b."""
    seen: Counter[str] = Counter()
    for each in rows:
        given = each.table.get("id")
        if isinstance(given, str):
            before = seen[given]
            seen[given] += 1
            if before:
                letter = LETTERS[min(before, len(LETTERS)) - 1]
                each = replace(each, table={**each.table, "id": f"{given}{letter}"})  # noqa: PLW2901
        yield each


def _with_histories(rows: Sequence[PledgeRow]) -> list[PledgeRow]:
    """One row for each pledge of a log, with the updates of all its rows."""
    by_id: dict[object, PledgeRow] = {}
    for each in rows:
        key = each.table.get("id")
        other = by_id.get(key) if isinstance(key, str) else None
        if other:
            each = replace(  # noqa: PLW2901
                other, news=[*other.news, *each.news], unread=other.unread | each.unread
            )
        by_id[key if isinstance(key, str) else each.number] = each
    return list(by_id.values())


def _with_wholes(rows: Sequence[PledgeRow], by: str, ledger: Ledger) -> Iterator[PledgeRow]:
    """Yield the rows with what they are part of: by outline number, or by level.

    3.10 is part of 3; a row of a level is part of the nearest one above that has a lower level.
    """
    ids = {each.id: each.id for each in ledger.pledges}
    ids |= {each.outline.rstrip("."): each.table["id"] for each in rows if each.outline}
    above: list[tuple[float, str]] = []
    for each in rows:
        whole = ids.get(each.outline.rstrip(".").rpartition(".")[0]) if by == "number" else None
        if by != "number" and LEVEL.fullmatch(each.outline):
            level = float(each.outline)
            while above and above[-1][0] >= level:
                above.pop()
            whole = above[-1][1] if above else None
            above.append((level, each.table["id"]))
        is_new = whole and not whole.startswith(NO_ID) and "part_of" not in each.table
        yield replace(each, table={**each.table, "part_of": whole}) if is_new else each
