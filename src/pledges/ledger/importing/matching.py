"""A row next to the pledge of its id: the pledge as it would be."""

import datetime as dt
from typing import Final

import msgspec

from pledges.domain.assessment import AssessedPledge
from pledges.domain.day import Period
from pledges.domain.deadlines import current_deadline
from pledges.domain.pledge import Kind, Ledger, Pledge
from pledges.domain.snapshot import assess_alone
from pledges.ledger.importing.headings import ImportColumns
from pledges.ledger.importing.merging import Candidate, completed, sound_record, with_given
from pledges.ledger.importing.row_news import NewsMatcher
from pledges.ledger.importing.row_reader import PledgeRow
from pledges.ledger.reading.decode import Table, decode_hook, has_unknown_keys
from pledges.ledger.text.finding import Finding

PERCENTAGES: Final[Table] = {"unit": "%", "baseline": 0, "target": 100}
"""The measure of a column that holds percentages."""

SAID: Final = frozenset({"status", "value", "note", "by"})
"""The keys of which an update of a new pledge has at least one."""


class Matcher:
    """Matches rows with the pledges of a ledger, as these were known on the day of the import."""

    def __init__(self, ledger: Ledger, as_of: dt.date, columns: ImportColumns) -> None:
        self.ledger = ledger
        self.as_of = as_of
        self.columns = columns
        self.pledges = {each.id: each for each in ledger.pledges}
        self.targets = columns.targets
        self.news = NewsMatcher(ledger, as_of, columns)

    def candidate(self, row: PledgeRow) -> Candidate:
        """The pledge of a row, as it would be after the import."""
        old = self.pledges.get(row.table["id"])
        table = self._table(row, old)
        moved: Period | None = None
        reported = None
        if not old and (candidate := self._plain_candidate(row, table)):
            return candidate
        if not old:
            pledge, findings = sound_record(table, Pledge)
            candidate = Candidate(row, None, pledge, findings, {})
        else:
            if row.news or "due" in table:
                reported = assess_alone(old, self.ledger, self.as_of)
            candidate, moved = self._changed(row, table, old, reported)
        if not row.news and not moved:
            return candidate
        return self.news.added_to(candidate, reported, moved)

    def _plain_candidate(self, row: PledgeRow, table: Table) -> Candidate | None:
        """A new pledge with at most one update, both valid; None if there is more to look at.

        Nearly all rows of a new register are so, and one conversion takes half the time of two.
        """
        if row.news:
            given = row.news[0].table
            if len(row.news) > 1 or "due" in given or SAID.isdisjoint(given) or "update" in table:
                return None
            is_seen = "date" not in given and bool(given.keys() & {"status", "value"})
            update = {"date": self.as_of, **given, **({"seen": True} if is_seen else {})}
            update.pop("why", None)  # which is that of a move
            table = {**table, "update": [update]}
        try:
            pledge = msgspec.convert(table, Pledge, dec_hook=decode_hook)
        except msgspec.ValidationError:
            return None
        if not self.columns.sheet.is_text and has_unknown_keys(table, Pledge):
            return None
        news = {0: pledge.updates[0]} if row.news else {}
        return Candidate(row, None, pledge, [], {("update", 0): ("news", 0)} if news else {}, news)

    def _table(self, row: PledgeRow, old: Pledge | None) -> Table:
        """What a row gives of the terms of a pledge, with what stands for more than one of them."""
        table = dict(row.table)
        if not row.more_tags and not row.has_percent and "measure" not in table:
            return table  # as of most rows
        if row.more_tags:
            before = table.get("tags", list(old.tags) if old else [])
            table["tags"] = [*before, *(x for x in row.more_tags if x not in before)]
        measure, is_new = table.get("measure"), not (old and old.measure)
        if row.has_percent and is_new:
            given = measure if isinstance(measure, dict) else {}
            table["measure"] = measure = {**given, **PERCENTAGES}
        is_ours = self.columns.is_export or "measure" in self.targets
        has_target = ("measure", "target") in row.unread or "target" in (measure or ())
        if is_new and isinstance(measure, dict) and not is_ours and not has_target:
            # A baseline or a unit alone, such as that of all rows, makes no measure.
            table.pop("measure")
        return table

    def _changed(
        self, row: PledgeRow, table: Table, old: Pledge, reported: AssessedPledge | None
    ) -> tuple[Candidate, Period | None]:
        """An old pledge with the terms and records that a row gives, and a deadline that differs.

        A deadline that it has already keeps its wording.  Another one of records is refused: the
        first deadline stays, and the moves are in the records themselves.
        """
        table = completed(table, old, self.columns.sheet)
        given, findings = sound_record(table, Pledge)
        moved = None
        if reported and given.due:
            due, is_flat = given.due, self.columns.is_flat
            deadline = current_deadline(reported.pledge) if is_flat else old.due
            known = {reported.assessment.due}
            if not is_flat:
                moves = (current_deadline(each) for each in (old, given) if each.moves)
                known |= {each.last for each in (old.due, *moves) if each}
            is_one_off = given.kind is Kind.ONE_OFF and old.kind is Kind.ONE_OFF
            if due.last in known or deadline or (is_flat and is_one_off):
                del table["due"]
            if due.last not in known and is_flat and is_one_off:
                moved = due
            elif due.last not in known and deadline:
                first = "first deadline" if old.moves else "deadline"
                message = f"the {first} in the ledger is {deadline.name}"
                move = f"pledges update {old.id} --due {due.name} --why '...'"
                hint = f"to move it: {move}; to correct it: pledges edit {old.id}"
                findings.append(Finding("rule", ("due",), message, hint))
        new, origins = with_given(old, given, table)
        return Candidate(row, old, new, findings, origins), moved
