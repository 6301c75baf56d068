"""From a file's sheet and a ledger to the edits that bring it in, or to all that is wrong."""

import datetime as dt
from collections.abc import Callable

from msgspec import Struct
from msgspec.structs import replace

from pledges.domain.edits import Edit
from pledges.domain.pledge import Ledger
from pledges.errors import Fault, FaultyRows
from pledges.ledger.importing import cells
from pledges.ledger.importing.cell_dates import DateOrder
from pledges.ledger.importing.cells import Manner, figures
from pledges.ledger.importing.columns import LISTED, ImportColumns
from pledges.ledger.importing.file_kinds import Incoming
from pledges.ledger.importing.identities import identified
from pledges.ledger.importing.judging import judged
from pledges.ledger.importing.matching import Candidate, Past, candidate, edits
from pledges.ledger.importing.registers import missing, registered, used_entries
from pledges.ledger.importing.rows import PledgeRow, entries
from pledges.ledger.importing.sheets import fault
from pledges.ledger.importing.trial import objections


class Brought(Struct, frozen=True):
    """The edits that bring a file in, and the ids of all pledges that it gives."""

    edits: list[Edit]
    ids: list[str]


class Bringing(Struct, frozen=True):
    """What is brought in, and how it is read; ``as_of`` is the day of news that have none.

    ``listed`` is how a text of the ledger is shown in a spreadsheet.
    """

    incoming: Incoming
    columns: ImportColumns
    dates: DateOrder
    as_of: dt.date
    listed: Callable[[str], str]

    def into(self, ledger: Ledger) -> Brought:
        """What it takes to bring all of it into a ledger.

        Raises: ``FaultyRows`` with everything that is wrong with it.
        """
        self._check_columns()
        sheet, columns, other = self.incoming.sheet, self.columns, self.incoming.ledger
        added = missing(used_entries(other), ledger) if other else []
        known = registered(ledger, added)
        manner = self._manner(known)
        found, misread = entries(sheet, columns, manner)
        named, unnamed = identified(found, known, sheet, columns)
        past = Past(known, self.as_of)
        candidates = [self._candidate(each, past) for each in named]
        faults = [*sheet.faults, *columns.faults, *misread, *unnamed]
        faults += objections(candidates, known, sheet, columns)
        if faults:
            raise FaultyRows(sheet.name, sorted(dict.fromkeys(faults), key=_place))
        made = [edit for each in candidates for edit in edits(each)]
        return Brought([*added, *made], [each.new.id for each in candidates])

    def _check_columns(self) -> None:
        """See that there is anything to bring in, else each row would only lack everything."""
        sheet, columns = self.incoming.sheet, self.columns
        if sheet.rows and not columns.taken:
            hint = f'say what they give: --map "Name=title,Chapter=pillar"; {LISTED}'
            none = fault(sheet.name, 1, 1, "", "none of its columns is known", hint, "key")
            raise FaultyRows(sheet.name, [*columns.faults, none])

    def _manner(self, ledger: Ledger) -> Manner:
        return Manner(
            self.dates,
            self.incoming.sheet.is_text,
            cells.Register("pillar", "pillars", ledger.pillars, self.listed),
            cells.Register("party", "parties", ledger.parties, self.listed),
            is_export=self.columns.is_export,
            figures=figures(ledger),
        )

    def _candidate(self, entry: PledgeRow, past: Past) -> Candidate:
        listed = self.listed if self.incoming.sheet.is_text else None
        found = candidate(entry, past, listed, self.columns)
        if self.columns.has_records or self.incoming.ledger:
            return found
        return replace(found, findings=[*found.findings, *judged(found, past.ledger, self.as_of)])


def _place(found: Fault) -> tuple[int, int]:
    return found.line, found.column
