"""Rows of a sheet as what each gives of a pledge, in the shape of a ledger's tables."""

import datetime as dt
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any, Final, NamedTuple

from msgspec import Struct
from msgspec.structs import replace

from pledges.domain.pledge import Ledger
from pledges.errors import Fault
from pledges.ledger.importing.cells import CellReader, Given, plain_text
from pledges.ledger.importing.contradictions import Contradictions
from pledges.ledger.importing.headings import ImportColumn, ImportColumns
from pledges.ledger.importing.mapping import SheetMapping, word_key
from pledges.ledger.importing.misread import Misread
from pledges.ledger.importing.row_ids import NO_ID, News, PledgeRow, RowIds
from pledges.ledger.importing.sheets import Row, cell_fault
from pledges.ledger.importing.targets import PERCENT, target_path
from pledges.ledger.reading.decode import Table
from pledges.ledger.text.finding import Path

_LEVEL: Final = re.compile(r"\d+(\.\d+)?", re.ASCII)

Round = dt.date | None
"""The day of all that a column gives of updates; None for the others."""

LETTERS: Final = "abcdefghijklmnopqrstuvwxyz"


class SheetRows(Struct, frozen=True):
    """All rows of a sheet, its faults, and the numbers of the rows that are no pledges."""

    rows: Sequence[PledgeRow]
    faults: Sequence[Fault]
    chapters: Sequence[int]
    skipped: Sequence[int]


def pledge_rows(
    columns: ImportColumns, mapping: SheetMapping, reader: CellReader, ledger: Ledger
) -> SheetRows:
    """The rows of a sheet with an id each, given or the next of its pillar, and all faults.

    All given ids are taken first, so that no new one is also that of a row further down.
    """
    found = _RowReader(columns, mapping, reader)
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
        sound = []
        for each in rows:
            if objections := contradictions.findings(each.table):
                found.faults += [columns.fault(finding, each.number) for finding in objections]
            else:
                sound.append(each)
        rows = sound
    accepted = [found.completed(each) for each in rows if ids.accepts(each)]
    rows = [ids.with_id(each) for each in accepted]
    if mapping.parts:
        rows = list(_with_wholes(rows, mapping.parts.by, ledger))
    return SheetRows(rows, found.faults, found.chapters, found.skipped)


class _RowReader:
    """Reads the rows of a sheet by its columns and a mapping."""

    def __init__(self, columns: ImportColumns, mapping: SheetMapping, reader: CellReader) -> None:
        self.columns = columns
        self.mapping = mapping
        self.reader = reader
        self.faults: list[Fault] = []
        self.chapters: list[int] = []
        self.skipped: list[int] = []
        self.pillar: str | None = None
        self.plan = list(_reading_plan(columns, reader))
        self.by_day: dict[Round, dict[Path, ImportColumn]] = {None: {}}
        for each in self.plan:
            if each.path[0] == "news":
                self.by_day.setdefault(each.column.use.updated, {})[each.path[1:]] = each.column
        self.fixed = dict(self._fixed())

    def _fixed(self) -> Iterator[tuple[str, Any]]:
        """Yield what ``[set]`` says of all rows."""
        for target, value in self.mapping.fixed.items():
            try:
                given = self.reader.given(value, target)
            except Misread as error:
                words, heading = error.words, f"[set] {target}"
                row = self.columns.sheet.heading_row or 1
                self.faults.append(cell_fault(self.columns.sheet.name, row, words, 1, heading))
            else:
                yield from given

    def rows(self) -> Iterator[PledgeRow]:
        """Yield what the rows give that are no chapters, and are not skipped."""
        skip = self.mapping.skip
        for row in self.columns.sheet.rows:
            first = self._text(next((x for x in row.cells if x), None)) if skip else ""
            if skip and skip.search(first):
                self.skipped.append(row.number)
            elif not self._is_chapter(row):
                yield self._row(row)

    def _text(self, cell: Any) -> str:
        """A cell as it stands in the file; of a list its texts."""
        if isinstance(cell, str):
            return plain_text(cell)
        if isinstance(cell, list):
            return "; ".join(map(self._text, cell))
        return "" if cell is None else str(cell).lower() if isinstance(cell, bool) else str(cell)

    def _is_chapter(self, row: Row) -> bool:
        chapter = self.mapping.chapter
        if not chapter or not self.columns.chapter:
            return False
        number, title = (self._text(row.cells[at]) for at in self.columns.chapter)
        if not chapter.matches.search(number):
            return False
        self.chapters.append(row.number)
        try:
            meaning = self.reader.words.get("pillar", {}).get(word_key(title), title)
            self.pillar = self.reader.pillars.key(str(meaning), number)
        except Misread as error:
            self.pillar = None
            place = self.columns.chapter[1]
            sheet, heading = self.columns.sheet, self.columns.sheet.headings[place]
            self.faults.append(cell_fault(sheet.name, row.number, error.words, place + 1, heading))
        return True

    def _row(self, row: Row) -> PledgeRow:
        """What a row gives."""
        gathered = _Gathered()
        unread = self.columns.unread
        cells, table = row.cells, gathered.table
        for place, column, path, key, known in self.plan:
            cell = cells[place]
            if cell is None or cell == "":  # as most cells of most sheets
                continue
            given = known.get(cell) if known is not None and type(cell) is str else None
            if given is None:
                given = self._given(cell, column)
                if known is not None and type(cell) is str:
                    known[cell] = given
            if isinstance(given, Misread):
                self.faults.append(column.fault(self.columns.sheet, row.number, given.words))
                unread |= {path}
            elif key and len(given) == 1 and given[0][0] == column.target:
                table[key] = given[0][1]  # as most cells do
            else:
                for target, value in given:
                    gathered.put(target, value, column)
        for target, template in self.columns.made.items():
            self._put_made(row, target, template.filled(cells, self._text), gathered)
        history = bool(self.mapping.log)
        news = [
            News(row.number, table, self.by_day.get(day, {}), history or day is not None)
            for day, table in gathered.news.items()
            if len(table) > ("date" in table) or history
        ]
        at = self.columns.parts
        outline = "" if at is None else self._outline(cells[at])
        table = gathered.table
        if self.pillar and "pillar" not in table:
            table["pillar"] = self.pillar
        more = (gathered.more_tags, gathered.has_percent, outline)
        return PledgeRow(row.number, table, news, unread, *more)

    def _outline(self, cell: Any) -> str:
        """The number or level of a row; of a text the level is how far it is indented."""
        text = self._text(cell)
        is_text = isinstance(cell, str) and not _LEVEL.fullmatch(text)
        if is_text and text and self.mapping.parts and self.mapping.parts.by == "level":
            return str(len(cell) - len(cell.lstrip()))
        return text

    def _given(self, cell: Any, column: ImportColumn) -> Given | Misread:
        """What a cell of a column gives, or why it can't be read."""
        try:
            return self.reader.given(cell, column.target, column.use.split)
        except Misread as error:
            return error

    def _put_made(self, row: Row, target: str, text: str | None, gathered: "_Gathered") -> None:
        if text is None:
            return
        if target == "id":  # which has no blanks, unlike the cells that it is made of
            text = re.sub(r"[^\w./-]+", "-", text)
        try:
            for name, value in self.reader.given(text, target):
                gathered.put(name, value, None)
        except Misread as error:
            sheet, heading = self.columns.sheet, f"[make] {target}"
            self.faults.append(cell_fault(sheet.name, row.number, error.words, 1, heading))

    def completed(self, row: PledgeRow) -> PledgeRow:
        """A row with what is the same for all rows, as far as it says nothing else."""
        if not self.fixed:
            return row
        table = dict(row.table)
        fixed_news: Table = {}
        for target, value in self.fixed.items():
            path = target_path(target)
            if path[0] == "news":
                fixed_news[str(path[1])] = value
            elif not isinstance(table.get(str(path[0])), dict) or len(path) == 1:
                if path[0] not in table:
                    _put(value, path, table)
            elif path[1] not in table[str(path[0])]:
                _put(value, path, table)
        news = [replace(each, table={**fixed_news, **each.table}) for each in row.news]
        if (
            "why" in fixed_news and not news
        ):  # a deadline may have moved, though nothing else is new
            news = [News(row.number, {"why": fixed_news["why"]}, {})]
        return replace(row, table=table, news=news)


class _PlannedColumn(NamedTuple):
    """A column with its place in the row, and what it gives with its path in the pledge's table.

    The ``key`` is that of a term that no other column or word has a part in.  ``known`` are the
    cells that were read before, because many of a column are the same, but for free texts.
    """

    place: int
    column: ImportColumn
    path: Path
    key: str | None
    known: dict[str, Given | Misread] | None


def _reading_plan(columns: ImportColumns, reader: CellReader) -> Iterator[_PlannedColumn]:
    for each in columns.columns:
        path = target_path(each.target)
        is_single = len(path) == 1 and not each.more_places and path[0] != "measure"
        key = str(path[0]) if is_single else None
        for place in (each.place, *each.more_places):
            known: dict[str, Given | Misread] | None
            known = None if each.target in reader.free_texts else {}
            yield _PlannedColumn(place, each, path, key, known)


class _Gathered:
    """What the cells of a row give, as it is gathered."""

    def __init__(self) -> None:
        self.table: Table = {}
        self.news: dict[Round, Table] = {}
        self.more_tags: list[str] = []
        self.has_percent = False

    def put(self, target: str, value: Any, column: ImportColumn | None) -> None:
        """Put a value where its column belongs; a word of another column may give it."""
        path = target_path(target)
        if path[0] == "news":
            day = column.use.updated if column else None
            table = self.news.setdefault(day, {} if day is None else {"date": day})
            table[str(path[1])] = value
            if target == PERCENT:
                self.has_percent = True
        elif target == "tags" and column and column.target != "tags":
            self.more_tags += value
        elif column and column.more_places and isinstance(self.table.get(target), list):
            kept = self.table[target]
            self.table[target] = [*kept, *(each for each in value if each not in kept)]
        else:
            _put(value, path, self.table)


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
    ids = {each.outline.rstrip("."): each.table["id"] for each in rows if each.outline}
    ids = {**{each.id: each.id for each in ledger.pledges}, **ids} if by == "number" else {}
    above: list[tuple[float, str]] = []
    for each in rows:
        whole = None
        if by == "number":
            whole = ids.get(each.outline.rstrip(".").rpartition(".")[0])
        elif _LEVEL.fullmatch(each.outline):
            level = float(each.outline)
            while above and above[-1][0] >= level:
                above.pop()
            whole = above[-1][1] if above else None
            above.append((level, each.table["id"]))
        is_new = whole and not whole.startswith(NO_ID) and "part_of" not in each.table
        yield replace(each, table={**each.table, "part_of": whole}) if is_new else each


def _put(value: Any, path: Path, table: Table) -> None:
    """Put a value at its place; the parts of a measure are gathered, whatever gives them."""
    key, *inside = map(str, path)
    parts = {inside[0]: value} if inside else value
    if isinstance(parts, dict):
        before = table.get(key)
        known = {part: x for part, x in parts.items() if x is not None}
        parts = {**(before if isinstance(before, dict) else {}), **known}
    table[key] = parts
