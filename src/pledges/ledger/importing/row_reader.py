"""The cells of a row as what they give of a pledge, in the shape of a ledger's tables."""

import datetime as dt
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, Final, NamedTuple

from msgspec import Struct
from msgspec.structs import replace

from pledges.errors import Fault
from pledges.ledger.importing.cell_texts import Misread, cell_text
from pledges.ledger.importing.cells import CellReader
from pledges.ledger.importing.heading_places import ImportColumn
from pledges.ledger.importing.headings import ImportColumns
from pledges.ledger.importing.mapping import SheetMapping, word_key
from pledges.ledger.importing.sheets import Row, cell_fault
from pledges.ledger.importing.targets import PERCENT, target_path
from pledges.ledger.reading.decode import Table
from pledges.ledger.text.finding import Path

LEVEL: Final = re.compile(r"\d+(\.\d+)?", re.ASCII)
"""The level of a row in a plan, as a number."""

Round = dt.date | None
"""The day of all that a column gives of updates; None for the update that the row makes."""


class News(Struct, frozen=True):
    """What a row gives of one update, with the columns of its keys.

    ``is_history`` if it is kept as it is: the row of a log, or the column of a round.
    """

    row: int
    table: Table
    columns: Mapping[Path, ImportColumn]
    is_history: bool = False


class PledgeRow(Struct, frozen=True):
    """What a row gives of a pledge and of updates.

    ``unread`` are the places in the pledge's table that are given but can't be read.
    ``more_tags`` come on top of those that the pledge has; with ``has_percent`` its measure is one
    of ours, from 0 to 100 %.  ``outline`` is its number or level.
    """

    number: int
    table: Table
    news: Sequence[News]
    unread: frozenset[Path]
    more_tags: Sequence[str] = ()
    has_percent: bool = False
    outline: str = ""


class SheetRows(Struct, frozen=True):
    """All rows of a sheet, its faults, and the numbers of the rows that are no pledges."""

    rows: Sequence[PledgeRow]
    faults: Sequence[Fault]
    chapters: Sequence[int]
    skipped: Sequence[int]


class _PlannedColumn(NamedTuple):
    """A column with its place in a row, and the key of what it gives.

    The key is that of a term or, if ``is_news``, of the update that the row makes; it is empty if
    other columns have a part in it.  ``value_of`` is the value that a text gives at once: if it is
    a free text, or was read before, because many cells of a column are the same.
    """

    place: int
    key: str
    is_news: bool
    value_of: Callable[[str], Any]
    known: dict[str, Any]
    column: ImportColumn


class _Gathered:
    """What the cells of a row give, as it is gathered: its terms, and its updates by their days.

    The update of no day is the one that the row makes; the others are rounds, each with a column.
    """

    def __init__(self) -> None:
        self.table: Table = {}
        self.news: dict[Round, Table] = {None: {}}
        self.more_tags: list[str] = []
        self.has_percent = False
        self.unread: set[Path] = set()

    def put(self, target: str, value: Any, column: ImportColumn | None) -> None:
        """Put a value where its column belongs; a word of another column may give it."""
        path = target_path(target)
        if path[0] == "news":
            day = column.use.updated if column else None
            self.news.setdefault(day, {"date": day})[str(path[1])] = value
            self.has_percent |= target == PERCENT
        elif target == "tags" and column and column.target != "tags":
            self.more_tags += value
        elif column and column.more_places and isinstance(self.table.get(target), list):
            kept = self.table[target]
            self.table[target] = [*kept, *(each for each in value if each not in kept)]
        else:
            put_at(value, path, self.table)


class RowReader:
    """Reads the rows of a sheet by its columns and a mapping."""

    def __init__(self, columns: ImportColumns, mapping: SheetMapping, reader: CellReader) -> None:
        self.columns = columns
        self.mapping = mapping
        self.reader = reader
        self.faults: list[Fault] = []
        self.chapters: list[int] = []
        self.skipped: list[int] = []
        self.pillar: str | None = None
        self.unread = columns.unread
        self.plan: list[_PlannedColumn] = []
        self.by_day: dict[Round, dict[Path, ImportColumn]] = {None: {}}
        for each in columns.columns:
            path = target_path(each.target)
            is_news = path[0] == "news"
            if is_news:
                self.by_day.setdefault(each.use.updated, {})[path[1:]] = each
            is_shared = each.more_places or path[0] == "measure" or each.target == PERCENT
            key = "" if is_shared or each.use.updated else str(path[-1])
            known: dict[str, Any] = {}
            value_of = reader.free_text if each.target in reader.free_texts else known.get
            for place in (each.place, *each.more_places):
                self.plan.append(_PlannedColumn(place, key, is_news, value_of, known, each))
        self.fixed = dict(self._fixed())

    def _fixed(self) -> Iterator[tuple[str, Any]]:
        """Yield what ``[set]`` says of all rows."""
        for target, value in self.mapping.fixed.items():
            try:
                self.reader.refuse_slips(value, target)
                yield from self.reader.given(value, target)
            except Misread as error:
                self._refuse(self.columns.sheet.heading_row or 1, error, f"[set] {target}")

    def _refuse(self, row: int, error: Misread, heading: str, place: int = 0) -> None:
        name = self.columns.sheet.name
        self.faults.append(cell_fault(name, row, error.words, place + 1, heading))

    def rows(self) -> Iterator[PledgeRow]:
        """Yield what the rows give that are no chapters, and are not skipped."""
        skip = self.mapping.skip
        for row in self.columns.sheet.rows:
            if skip and skip.search(cell_text(next((x for x in row.cells if x), None))):
                self.skipped.append(row.number)
            elif not self._is_chapter(row):
                yield self._row(row)

    def _is_chapter(self, row: Row) -> bool:
        """Whether a row is a chapter, which is then that of the rows below."""
        chapter = self.mapping.chapter
        if not chapter or not self.columns.chapter:
            return False
        number, title = (cell_text(row.cells[at]) for at in self.columns.chapter)
        if not chapter.matches.search(number):
            return False
        self.chapters.append(row.number)
        self.pillar, self.unread = None, self.columns.unread
        try:
            meaning = self.reader.words.get("pillar", {}).get(word_key(title), title)
            self.pillar = self.reader.pillars.key(str(meaning), number)
        except Misread as error:
            place = self.columns.chapter[1]
            self._refuse(row.number, error, self.columns.sheet.headings[place], place)
            self.unread |= {("pillar",)}  # of the rows below
        return True

    def _row(self, row: Row) -> PledgeRow:
        """What a row gives."""
        gathered = _Gathered()
        table, news, cells = gathered.table, gathered.news[None], row.cells
        for planned in self.plan:
            place, key, is_news, value_of, _, _ = planned
            cell = cells[place]
            if key and type(cell) is str and cell and (value := value_of(cell)) is not None:
                (news if is_news else table)[key] = value
            elif cell is not None and cell != "":
                self._read_cell(row.number, cell, planned, gathered)
        for target, template in self.columns.made.items():
            self._put_made(row, target, template.filled(cells), gathered)
        if self.pillar and "pillar" not in table:
            table["pillar"] = self.pillar
        at = self.columns.parts
        return PledgeRow(
            row.number,
            table,
            list(self._news(row.number, gathered)),
            self.unread | gathered.unread if gathered.unread else self.unread,
            gathered.more_tags,
            gathered.has_percent,
            "" if at is None else self._outline(cells[at]),
        )

    def _read_cell(self, row: int, cell: Any, planned: _PlannedColumn, gathered: _Gathered) -> None:
        """Read a cell that was not read before, and put what it gives where it belongs."""
        column = planned.column
        try:
            given = self.reader.given(cell, column.target, column.use.split)
        except Misread as error:
            self.faults.append(column.fault(self.columns.sheet, row, error.words))
            gathered.unread.add(target_path(column.target))
            return
        for target, value in given:
            gathered.put(target, value, column)
        if type(cell) is str and len(given) == 1 and given[0][0] == column.target:
            planned.known[cell] = given[0][1]

    def _news(self, row: int, gathered: _Gathered) -> Iterator[News]:
        """Yield the updates that a row gives: its own, and those of rounds."""
        is_log = bool(self.mapping.log)
        for day, table in gathered.news.items():
            if table and (is_log or table.keys() != {"date"}):
                yield News(row, table, self.by_day.get(day, {}), is_log or day is not None)

    def _outline(self, cell: Any) -> str:
        """The number or level of a row; of a text the level is how far it is indented."""
        text = cell_text(cell)
        is_text = isinstance(cell, str) and not LEVEL.fullmatch(text)
        if is_text and text and self.mapping.parts and self.mapping.parts.by == "level":
            return str(len(cell) - len(cell.lstrip()))
        return text

    def _put_made(self, row: Row, target: str, text: str | None, gathered: _Gathered) -> None:
        if text is None:
            return
        if target == "id":  # which has no blanks, unlike the cells that it is made of
            text = re.sub(r"[^\w./-]+", "-", text)
        try:
            for name, value in self.reader.given(text, target):
                gathered.put(name, value, None)
        except Misread as error:
            self._refuse(row.number, error, f"[make] {target}")

    def completed(self, row: PledgeRow) -> PledgeRow:
        """A row with what is the same for all rows, as far as it says nothing else."""
        if not self.fixed:
            return row
        table = dict(row.table)
        fixed_news: Table = {}
        for target, value in self.fixed.items():
            path = target_path(target)
            owner = table.get(str(path[0]))
            inside = owner if isinstance(owner, dict) and len(path) > 1 else None
            if path[0] == "news":
                fixed_news[str(path[1])] = value
            elif path[0] not in table if inside is None else path[1] not in inside:
                put_at(value, path, table)
        news = [replace(each, table={**fixed_news, **each.table}) for each in row.news]
        if not news and "why" in fixed_news:  # a deadline may have moved, and nothing else is new
            news = [News(row.number, {"why": fixed_news["why"]}, {})]
        return replace(row, table=table, news=news)


def put_at(value: Any, path: Path, table: Table) -> None:
    """Put a value at its place; the parts of a measure are gathered, whatever gives them."""
    key, *inside = map(str, path)
    parts = {inside[0]: value} if inside else value
    if isinstance(parts, dict):
        before = table.get(key)
        known = {part: x for part, x in parts.items() if x is not None}
        parts = {**(before if isinstance(before, dict) else {}), **known}
    table[key] = parts
