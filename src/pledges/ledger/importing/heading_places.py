"""The columns that headings and a mapping name, and which headings of the mapping are missing."""

from collections.abc import Sequence

from msgspec import Struct

from pledges.errors import Fault, WrongUse, nearest, nearest_hint
from pledges.ledger.importing.mapping import ColumnUse, SheetMapping, faulty_mapping, heading_key
from pledges.ledger.importing.sheets import Sheet, cell_fault
from pledges.ledger.importing.targets import (
    IMPORTABLE,
    IMPORTABLE_AS_TEXT,
    IN_FORCE,
    OURS,
    RECORDS,
    WORKED_OUT,
)
from pledges.ledger.importing.templates import Template, headings_in, template
from pledges.ledger.text.finding import Explanation, Finding, Path


class ImportColumn(Struct, frozen=True):
    """A column of a file, by its place from 0, and what it gives.

    ``more_places`` are those of the other columns of the same heading, if they are one list.
    """

    place: int
    heading: str
    target: str
    use: ColumnUse = ColumnUse("")
    more_places: Sequence[int] = ()

    def fault(self, sheet: Sheet, row: int, words: Explanation) -> Fault:
        """What is wrong with a cell of the column."""
        return cell_fault(sheet.name, row, words, self.place + 1, self.heading)


class HeadingPlaces:
    """The places of a sheet's headings, and the headings of the mapping that it lacks."""

    def __init__(self, sheet: Sheet, mapping: SheetMapping) -> None:
        self.sheet = sheet
        self.mapping = mapping
        self.used: set[int] = set()
        self.unknown: list[tuple[Path, str]] = []
        self.faults: list[Fault] = []
        self.by_text: dict[str, list[int]] = {}
        self.by_key: dict[str, list[int]] = {}
        for at, heading in enumerate(sheet.headings):
            self.by_text.setdefault(heading.strip(), []).append(at)
            self.by_key.setdefault(heading_key(heading), []).append(at)

    def places(self, path: Path, heading: str) -> Sequence[int]:
        """The places of a heading, as it is written or in another case; none if it is not there."""
        found = self.by_text.get(heading.strip()) or self.by_key.get(heading_key(heading), [])
        if not found:
            self.unknown.append((path, heading))
        self.used.update(found)
        return found

    def place(self, path: Path, heading: str) -> int:
        """The first place of a heading that a part of the mapping names; 0 if it is not there."""
        return next(iter(self.places(path, heading)), 0)

    def are_ours(self) -> bool:
        """Whether this program wrote a spreadsheet: it has no other headings, or our sheets."""
        is_mapped = self.mapping.columns or self.mapping.make or self.mapping.log
        has_our_headings = not is_mapped and OURS.issuperset(self.sheet.headings)
        return self.sheet.is_filled_in or (self.sheet.is_text and has_our_headings)

    def templates(self) -> dict[str, Template]:
        """What is put together from cells, by the columns that it gives."""
        return {
            target: template(text, {x: self.place(("make", target), x) for x in headings_in(text)})
            for target, text in self.mapping.make.items()
        }

    def chapter(self) -> tuple[int, int] | None:
        """The places of a chapter's number and title."""
        if not (given := self.mapping.chapter):
            return None
        path = ("rows", "chapter")
        return self.place((*path, "column"), given.column), self.place(path, given.title)

    def parts(self) -> int | None:
        """The place of a row's outline number or level."""
        given = self.mapping.parts
        return self.place(("rows", "parts"), given.column) if given else None

    def columns(self) -> list[ImportColumn]:
        """The columns with what they are used for, but those that the mapping leaves out.

        Headings that it does not have name a column by themselves, or none.  ``deadline`` is worked
        out here, but elsewhere it may be a term; nothing is guessed of it.
        """
        mapping, headings = self.mapping, self.sheet.headings
        known = IMPORTABLE_AS_TEXT if self.sheet.is_text else IMPORTABLE
        columns: dict[int, ImportColumn] = {}
        uses = [(("columns", heading), heading, use) for heading, use in mapping.columns.items()]
        uses += [(("log", x), x, ColumnUse(target)) for x, target in mapping.log.items()]
        for path, heading, use in uses:
            if use.to and use.to not in (*known, IN_FORCE, "seen"):
                hint = nearest_hint(use.to, known)
                raise WrongUse(f"--map: there is no column {use.to!r}", hint)
            found = self.places(path, heading)
            if len(found) > 1 and use.to and not use.is_all:
                self._report_twice(found, heading, use)
            more = found[1:] if use.is_all else ()
            for at in found[:1] if use.to else found:
                columns[at] = ImportColumn(at, headings[at].strip(), use.to, use, more)
        others = WORKED_OUT - {"deadline"} | (frozenset() if self.sheet.is_text else RECORDS)
        for at, heading in enumerate(headings):
            key = heading_key(heading)
            target = heading if heading in others else key if key in IMPORTABLE_AS_TEXT else ""
            use = ColumnUse("" if mapping.log else target)
            if at not in self.used:
                columns[at] = ImportColumn(at, heading.strip(), use.to, use)
        return [x for at, x in sorted(columns.items()) if x.target or at not in self.used]

    def _report_twice(self, found: Sequence[int], heading: str, use: ColumnUse) -> None:
        many = f'"{heading}" = {{ to = "{use.to}", all = true }}'
        message = f"{len(found)} columns have the heading {heading!r}"
        hint = f"give each a heading of its own, or join them in a mapping [columns] {many}"
        row, words = self.sheet.heading_row or 1, Explanation("key", message, hint)
        self.faults.append(cell_fault(self.sheet.name, row, words, found[1] + 1, heading))

    def raise_unknown(self) -> None:
        """Raise the error of all headings of the mapping that the sheet does not have."""
        headings = [each.strip() for each in self.sheet.headings if each.strip()]
        findings = []
        for path, heading in self.unknown:
            message = f"there is no column {heading!r} in {self.sheet.name}"
            close = nearest(heading, headings)
            named = ", ".join(map(repr, headings[:12]))
            hint = f"did you mean {close}?" if close else f"its columns are {named}"
            if path[0] == "columns" and heading in self.mapping.for_once:
                raise WrongUse(f"--map: there is no column {heading!r} in the file", hint)
            findings.append(Finding("mapping", path, message, hint, on_key=True))
        if findings:
            raise faulty_mapping(findings, self.mapping.text, self.mapping.name)
