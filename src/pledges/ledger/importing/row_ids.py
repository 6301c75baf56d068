"""The id that a row has or gets."""

import re
from collections.abc import Sequence
from typing import Final

from msgspec.structs import replace

from pledges.domain.ids import next_id
from pledges.domain.pledge import Ledger
from pledges.domain.spelling import match_key
from pledges.errors import Fault, nearest
from pledges.ledger.editing.toml_writing import key_text
from pledges.ledger.importing.cell_texts import quotation
from pledges.ledger.importing.headings import ImportColumns
from pledges.ledger.importing.row_reader import PledgeRow
from pledges.ledger.reading.references import MOST_COMPARED
from pledges.ledger.text.finding import Finding

NO_ID: Final = "?"  # the id of a row that can't have one, before the number of the row

MOST_NEAREST: Final = 50
"""Unknown words for which the nearest one is looked for; it takes a while in a large ledger."""


class RowIds:
    """Gives ids to rows, with those of a ledger and of the rows that were read before.

    In a register, which ``finds_titles``, a row without an id is the pledge of its pillar that has
    the very title.
    """

    def __init__(
        self, columns: ImportColumns, ledger: Ledger, faults: list[Fault], *, finds_titles: bool
    ) -> None:
        self.columns = columns
        self.finds_titles = finds_titles
        self.faults = faults
        self.pillars = {each.id: each.pillar for each in ledger.pledges}
        self.spelt = {match_key(each): each for each in self.pillars}
        self.rows: dict[str, int] = {}
        self.titles = {(x.pillar, match_key(x.title)): x.id for x in ledger.pledges}
        self.last: dict[str, str] = {}

    def accepts(self, row: PledgeRow) -> bool:
        """Whether a row can have the id that it gives; one that gives none can."""
        given = row.table.get("id")
        if not isinstance(given, str):
            return given is None or self._refuse(row, "an id must be a text", f'write "{given}"')
        key = match_key(given)
        if other := self.rows.get(key):
            return self._refuse_double(row, given, other)
        self.rows[key] = row.number
        if given in self.pillars:
            return True
        if key in self.spelt:
            message = f"the ledger spells {quotation(given)} differently"
            return self._refuse(row, message, f"write {self.spelt[key]}")
        if not any((key,) in row.unread or key in row.table for key in ("title", "pillar")):
            return self._refuse_unknown(row, given)
        self.pillars[given] = row.table.get("pillar", "")
        return True

    def _nearest(self, given: str) -> str | None:
        """The id that an unknown one may be a slip of.

        It has the same number or other letters: of ids that differ in the number only, each may be
        meant, and a guess would change the wrong pledge.
        """
        if len(self.spelt) > MOST_COMPARED or len(self.faults) >= MOST_NEAREST:
            return None
        letters, numbers = _letters_and_numbers(given)
        parts = {each: _letters_and_numbers(each) for each in self.spelt.values()}
        of_number = [each for each, (_, its) in parts.items() if its == numbers]
        others = [each for each, (its, _) in parts.items() if its != letters]
        return nearest(given, of_number) or nearest(given, others)

    def with_id(self, row: PledgeRow) -> PledgeRow:
        """The row with an id."""
        if "id" in row.table:
            return row
        pillar, title = row.table.get("pillar"), row.table.get("title")
        if ("id",) not in row.unread and isinstance(pillar, str) and isinstance(title, str):
            own = f"row {row.number}"
            other = self.titles.setdefault((pillar, match_key(title)), own)
            key = match_key(other)
            if other == own:
                return replace(row, table={**row.table, "id": self._next(pillar)})
            if self.finds_titles and key in self.spelt and key not in self.rows:
                self.rows[key] = row.number
                return replace(row, table={**row.table, "id": other})
            self._refuse(row, f"{other} has this title", "give its id, or another title")
        table = {**row.table, "id": f"{NO_ID}{row.number}"}
        return replace(row, table=table, unread=row.unread | {("id",)})

    def _next(self, pillar: str) -> str:
        """The next free id of a pillar.

        It is counted on from the last one, for a search from the first would be quadratic.
        """
        if pillar in self.last:
            new = _following(self.last[pillar])
        else:
            own = [each for each, other in self.pillars.items() if other == pillar]
            new = next_id(pillar, self.pillars, own)
        while match_key(new) in self.rows or match_key(new) in self.spelt:
            new = _following(new)
        self.last[pillar] = new
        self.rows[match_key(new)] = 0
        self.pillars[new] = pillar
        return new

    def _refuse_unknown(self, row: PledgeRow, given: str) -> bool:
        """Refuse an id that no pledge has, in a row that gives no terms of a new one."""
        close = self._nearest(given)
        hint = "a new pledge needs a title and a pillar"
        if self.columns.sheet.form:
            hint = "if it has another id by now, write that one"
        hint = f"did you mean {close}?" if close else hint
        return self._refuse(row, f"no pledge has the id {quotation(given)}", hint)

    def _refuse_double(self, row: PledgeRow, given: str, other: int) -> bool:
        """Refuse an id that another row has, with all that two rows of one id may mean."""
        hint = "combine the two rows, or change one id; if they are its history, use [log]"
        if column := self.columns.by_path.get(("id",)):
            use = '{ to = "id", twice = "letter" }'
            hint += f"; if not, in a mapping [columns] {key_text(column.heading)} = {use}"
        return self._refuse(row, f"row {other} has the id {quotation(given)} too", hint)

    def _refuse(self, row: PledgeRow, message: str, hint: str) -> bool:
        finding = Finding("id", ("id",), message, hint)
        self.faults.append(self.columns.fault(finding, row.number))
        return False


def _letters_and_numbers(text: str) -> tuple[str, Sequence[int]]:
    numbers = [int(each) for each in re.findall(r"\d{1,18}", text)]
    return re.sub(r"\d", "", match_key(text)), numbers


def _following(last: str) -> str:
    """The id after one that ends in digits, with as many of these."""
    return re.sub(r"\d+$", lambda found: f"{int(found[0]) + 1:0{len(found[0])}}", last)
