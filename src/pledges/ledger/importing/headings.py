"""The headings of a file: which column each one means, and where a finding is reported."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from pledges.domain.fields import fields
from pledges.domain.pledge import Pledge
from pledges.errors import Fault, nearest
from pledges.ledger.importing.heading_places import HeadingPlaces, ImportColumn
from pledges.ledger.importing.mapping import SheetMapping, heading_key
from pledges.ledger.importing.sheets import RECORD_SHEET, Sheet, cell_fault
from pledges.ledger.importing.targets import (
    IMPORTABLE,
    IMPORTABLE_AS_TEXT,
    IN_FORCE,
    NEWS_COLUMNS,
    TERMS,
    WORKED_OUT,
    target_path,
)
from pledges.ledger.importing.templates import Template
from pledges.ledger.reading.decode import nested_kinds
from pledges.ledger.reading.unknown_keys import SYNONYMS
from pledges.ledger.text.finding import Explanation, Finding, Path

_OTHER_NAMES: Final = {**SYNONYMS, "update": ("update_note",), "updates": ("update", "update_note")}


class ImportColumns(Struct, frozen=True):
    """The columns of a sheet that are imported, the headings that are not, and faults of others.

    With ``is_export`` a spreadsheet has the headings that this program writes, worked-out ones too.
    With ``is_flat`` a deadline is the one in force; with ``has_records`` histories come whole.
    ``by_path`` has the columns by the places that they give; ``unread`` are the places that a
    misspelt heading is meant for.  ``made`` are texts that are put together from several columns.
    ``chapter`` has the places of a chapter's number and title, ``parts`` that of a row's number or
    level.
    """

    sheet: Sheet
    columns: Sequence[ImportColumn]
    by_path: Mapping[Path, ImportColumn]
    left_out: Sequence[str]
    faults: Sequence[Fault]
    is_export: bool
    is_flat: bool
    has_records: bool
    unread: frozenset[Path]
    made: Mapping[str, Template]
    chapter: tuple[int, int] | None
    parts: int | None

    @property
    def targets(self) -> frozenset[str]:
        """What the columns give, and what is put together from them."""
        return frozenset((*(each.target for each in self.columns), *self.made))

    def fault(
        self, finding: Finding, row: int, by_path: Mapping[Path, ImportColumn] | None = None
    ) -> Fault:
        """A finding of a row, at the column that gives what it is about, or else at the row."""
        path, hint = finding.path, finding.hint
        if own_row := self.sheet.record_rows.get((row, *path[:2])):
            return self._fault_of_record(finding, own_row)
        by_path = self.by_path if by_path is None else by_path
        lengths = (at for at in range(len(path), 0, -1) if path[:at] in by_path)
        length = next(lengths, None)
        if length is None:
            names = tuple(NEWS_COLUMNS.get(str(part), "") for part in path[1:])
            column, heading = 1, _dotted(names if path[0] == "news" else path)
            if finding.code == "missing":
                hint = f"add a column {heading}, or say it for all rows: --set {heading}=..."
                if heading in ("id", "title"):
                    hint = f"add a column {heading}, or --map one: --map 'HEADING={heading}'"
        else:
            own = by_path[path[:length]]
            column, heading = own.place + 1, _dotted((own.heading, *path[length:]))
            hint = "fill it in" if finding.code == "missing" and length == len(path) else hint
        words = Explanation(finding.code, finding.message, hint)
        return cell_fault(self.sheet.name, row, words, column, heading)

    def _fault_of_record(self, finding: Finding, row: int) -> Fault:
        """A finding of a record at its own row, on another sheet."""
        key = str(next(iter(finding.path[2:]), "entry"))
        headings = self.sheet.record_headings
        column = headings.index(key) + 1 if key in headings else 1
        hint = "fill it in" if finding.code == "missing" else finding.hint
        words = Explanation(finding.code, finding.message, hint)
        return cell_fault(self.sheet.name, row, words, column, f"{RECORD_SHEET}.{key}")


def _dotted(path: Path) -> str:
    """A path as users of JSON write it: ``update[0].date``."""
    parts = (f"[{part}]" if isinstance(part, int) else f".{part}" for part in path)
    return "".join(parts).removeprefix(".")


def import_columns(sheet: Sheet, mapping: SheetMapping) -> ImportColumns:
    """What the columns of a sheet give.

    Raises: ``FaultyLedger`` or ``WrongUse`` with the headings of the mapping that the sheet does
    not have.
    """
    places = HeadingPlaces(sheet, mapping)
    known = places.columns()
    made, chapter, parts = places.templates(), places.chapter(), places.parts()
    places.raise_unknown()
    names = {each.target for each in known}
    are_ours, has_first_deadlines = places.are_ours(), "pledged_due" in names
    foreign_targets = {"", *(() if are_ours or sheet.is_verbatim else WORKED_OUT)}
    foreign = [x for x in known if x.target in foreign_targets and x.place not in places.used]
    guesses = {each: _meant_target(each, names, sheet) for each in foreign if not mapping.name}
    columns = [  # next to first deadlines, ``due`` is the one in force
        replace(each, target=IN_FORCE) if has_first_deadlines and each.target == "due" else each
        for each in known
        if each.target and each.target not in WORKED_OUT
    ]
    left_out = [
        each.heading or f"column {each.place + 1} (without a heading)"
        for each in foreign
        if not guesses.get(each)
        and (each.heading or any(str(x.cells[each.place] or "").strip() for x in sheet.rows))
    ]
    return ImportColumns(
        sheet,
        columns,
        {target_path(each.target): each for each in columns if not each.use.updated},
        list(dict.fromkeys([*left_out, *_unknown_keys(columns, sheet)])),
        [*_heading_faults(columns, guesses, sheet), *places.faults],
        is_export=are_ours and not names.isdisjoint(WORKED_OUT),
        is_flat=names.isdisjoint({"update", "pledged_due", "assessment"}),
        has_records=bool(sheet.ledger or names & {"update", "assessment"}),
        unread=frozenset(TERMS[x] for x in guesses.values() if x and x in TERMS),
        made=made,
        chapter=chapter,
        parts=parts,
    )


def _meant_target(column: ImportColumn, names: Collection[str], sheet: Sheet) -> str | None:
    """The column that an unknown heading may mean, unless another heading names it."""
    name = heading_key(column.heading)
    ours = IMPORTABLE_AS_TEXT if sheet.is_text else IMPORTABLE
    if name in WORKED_OUT - {"deadline"}:
        return None
    synonyms = (each for each in _OTHER_NAMES.get(name, ()) if each in ours)
    meant = next(synonyms, None) or nearest(name, ours)
    return None if meant in names or (meant == "due" and "pledged_due" in names) else meant


def _heading_faults(
    columns: Sequence[ImportColumn], meant: Mapping[ImportColumn, str | None], sheet: Sheet
) -> Iterator[Fault]:
    """Yield the headings that may be misspelt, and those that give the same as another one."""
    found = [
        (each, f"there is no column {each.heading!r}", f'use --map "{each.heading}={target}"')
        for each, target in meant.items()
        if target
    ]
    first: dict[tuple[object, ...], ImportColumn] = {}
    for each in columns:
        other = first.setdefault((each.use.updated, *target_path(each.target)), each)
        if other is not each:
            message = f"{other.heading!r} in column {other.place + 1} gives {each.target} too"
            hint = f'leave one of the two out, for example with --map "{each.heading}="'
            if other.heading == each.heading:
                hint = "give each a heading of its own; in a mapping all = true joins them"
            found.append((each, message, hint))
    for each, message, hint in found:
        row = sheet.heading_row or 1
        if not sheet.is_text:  # of JSON it is reported at the first record that has the key
            row = next((x.number for x in sheet.rows if x.cells[each.place] is not None), 1)
        yield each.fault(sheet, row, Explanation("key", message, hint))


def _unknown_keys(columns: Sequence[ImportColumn], sheet: Sheet) -> list[str]:
    """The keys that records of JSON have and ours do not, as in ``update.mood``."""
    unknown: set[str] = set()
    kinds = nested_kinds(Pledge)
    for column in (each for each in columns if each.target in kinds):
        ours = fields(kinds[column.target]).keys() | WORKED_OUT
        for cell in (row.cells[column.place] for row in sheet.rows):
            for record in cell if isinstance(cell, list) else [cell]:
                keys = record.keys() - ours if isinstance(record, dict) else ()
                unknown.update(f"{column.target}.{key}" for key in keys)
    return sorted(unknown)
