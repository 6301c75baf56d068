"""Headings of a file as columns of ours: what each of them gives."""

import re
import unicodedata
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any, Final

from msgspec import Struct

from pledges.domain.fields import fields, terms
from pledges.domain.pledge import Measure, Pledge
from pledges.errors import Fault, WrongUse, nearest, nearest_hint
from pledges.ledger.importing.sheets import Sheet
from pledges.ledger.reading.record_types import nested_kinds
from pledges.ledger.reading.unknown_keys import SYNONYMS
from pledges.ledger.text.finding import Path

RECORDS: Final = frozenset(nested_kinds(Pledge))
"""The keys that hold records, which only JSON and ledgers have; others use such words too."""

TERMS: Final[Mapping[str, Path]] = {
    **{key: (key,) for key in fields(Pledge)},
    **{each.flat_name: (each.name,) for each in terms(Pledge).values()},
    **{each.flat_name: ("measure", each.name) for each in terms(Measure).values()},
}
"""The columns of a pledge's terms, with their places in its table."""

IN_FORCE: Final = "in_force"
"""What the column ``due`` gives next to ``pledged_due``: the deadline in force."""

NEWS: Final[Mapping[str, str]] = {
    "status": "status",
    "value": "value",
    "period": "period",
    "updated": "date",
    "update_note": "note",
    "update_source": "source",
    "by": "by",
    IN_FORCE: "due",
}
"""The columns that make an update together, with its keys."""

COMPUTED: Final = frozenset(
    {
        *("reported", "track", "standing", "deadline", "days", "days_left", "days_late"),
        *("completed", "progress", "time_used", "pace", "pace_points", "remaining", "age_days"),
        *("stale", "slip_days", "contested", "listed_as", "assessment"),
    }
)
"""The columns that are worked out from others, and never imported."""

OURS: Final = frozenset({*TERMS, *NEWS, *COMPUTED} - {IN_FORCE})
TAKEN: Final = sorted({*TERMS, *NEWS} - {"measure", IN_FORCE})
"""The columns that a mapping may name."""

TAKEN_AS_TEXT: Final = [each for each in TAKEN if each not in RECORDS]
LISTED: Final = "pledges import --help names ours"
"""Where all columns that are taken are named."""

_OTHER_NAMES: Final = {**SYNONYMS, "update": ("update_note",), "updates": ("update", "update_note")}
_CLOSE: Final = 0.8


class ImportColumn(Struct, frozen=True):
    """A column of a file, by its place from 0, and what it gives."""

    place: int
    heading: str
    target: str

    @property
    def path(self) -> Path:
        """Where its values go in a pledge's table; those of an update go to ``news``."""
        return ("news", NEWS[self.target]) if self.target in NEWS else TERMS[self.target]


class ImportColumns(Struct, frozen=True):
    """The columns that are imported, the headings that are not, and what is wrong with others.

    With ``is_export`` a spreadsheet has the headings that this program writes, worked-out ones too.
    With ``is_flat`` a deadline is the one in force; with ``has_records`` updates come whole.
    ``unread`` are the places that a misspelt heading is meant for.
    """

    taken: Sequence[ImportColumn]
    left_out: Sequence[str]
    faults: Sequence[Fault]
    is_export: bool
    is_flat: bool
    has_records: bool
    unread: frozenset[Path]


def read_mapping(texts: Sequence[str]) -> dict[str, str]:
    """Foreign headings with the columns that they give; "" leaves a heading out.

    In ``Title=title,Deadline=due`` a heading may have commas itself.

    Raises: ``WrongUse`` if there is no such column.
    """
    found: dict[str, str] = {}
    for text in texts:
        heading = ""
        for part in text.split(","):
            before, equals, target = part.rpartition("=")
            if not equals:
                heading += f"{part},"
                continue
            name = heading_key(target)
            if name and name not in TAKEN:
                raise WrongUse(
                    f"--map: there is no column {target.strip()!r}", nearest_hint(name, TAKEN)
                )
            found[(heading + before).strip()] = name
            heading = ""
        if heading.strip(","):
            message = f"--map {heading.strip(',')!r} names no column of ours"
            raise WrongUse(message, 'for example --map "Title=title,Deadline=due"')
    return found


def heading_key(heading: str) -> str:
    """A heading as it is compared: "Owed by" is "owed_by"."""
    plain = unicodedata.normalize("NFC", heading).strip().casefold()
    return re.sub(r"[\s_-]+", "_", plain)


def import_columns(sheet: Sheet, mapping: Mapping[str, str]) -> ImportColumns:
    """What the columns of a sheet give.

    Raises: ``WrongUse`` if the mapping names a heading that the sheet does not have.
    """
    mapped = _mapped_places(mapping, sheet)
    found = [
        ImportColumn(place, heading.strip(), mapped.get(place, _target(heading, sheet)))
        for place, heading in enumerate(sheet.headings)
        if mapped.get(place) != ""
    ]
    names = {each.target for each in found}
    are_ours = sheet.is_text and not mapping and OURS.issuperset(sheet.headings)
    is_foreign = {"", *(COMPUTED if sheet.is_text and not are_ours else ())}
    foreign = [each for each in found if each.target in is_foreign]
    taken = [
        ImportColumn(each.place, each.heading, IN_FORCE)
        if each.target == "due" and "pledged_due" in names
        else each
        for each in found
        if each.target and each.target not in COMPUTED
    ]
    meant = {each: _meant(each, names, is_text=sheet.is_text) for each in foreign}
    return ImportColumns(
        taken,
        left_out=[
            each.heading or f"column {each.place + 1} (without a heading)"
            for each in foreign
            if not meant[each]
            and (each.heading or any(str(x.cell(each.place) or "").strip() for x in sheet.rows))
        ],
        faults=list(_heading_faults(taken, meant, sheet)),
        is_export=are_ours and not names.isdisjoint(COMPUTED),
        is_flat=names.isdisjoint({"update", "pledged_due", "assessment"}),
        has_records=not names.isdisjoint({"update", "assessment"}),
        unread=frozenset(TERMS[x] for x in meant.values() if x and x in TERMS),
    )


def _mapped_places(mapping: Mapping[str, str], sheet: Sheet) -> dict[int, str]:
    """What a mapping says of the columns, by their places."""
    alike = {heading_key(heading): place for place, heading in enumerate(sheet.headings)}
    exact = {heading.strip(): place for place, heading in enumerate(sheet.headings)}
    places: dict[int, str] = {}
    for heading, target in mapping.items():
        place = exact.get(heading, alike.get(heading_key(heading)))
        if place is None:
            hint = nearest_hint(heading, [each for each in sheet.headings if each.strip()])
            raise WrongUse(f"--map: there is no column {heading!r} in the file", hint)
        if sheet.is_text and target in RECORDS:
            message = f"--map: there is no column {target!r}"
            raise WrongUse(message, nearest_hint(target, TAKEN_AS_TEXT))
        places[place] = target
    return places


def _target(heading: str, sheet: Sheet) -> str:
    """The column of ours that a heading names; "" if there is none.

    ``deadline`` is worked out here, but elsewhere it may be a term; nothing is guessed of it.
    """
    exact = OURS - RECORDS if sheet.is_text else OURS
    if heading in exact and heading != "deadline":
        return heading
    name = heading_key(heading)
    return name if name in TAKEN_AS_TEXT else ""


def _meant(column: ImportColumn, names: Collection[str], *, is_text: bool) -> str | None:
    """The column of ours that a foreign heading may mean, if that is not there itself."""
    name, ours = heading_key(column.heading), TAKEN_AS_TEXT if is_text else TAKEN
    if name in COMPUTED - {"deadline"}:
        return None
    known = (each for each in _OTHER_NAMES.get(name, ()) if each in ours)
    meant = next(known, None) or nearest(name, ours, _CLOSE)
    return None if meant in names or (meant == "due" and "pledged_due" in names) else meant


def _heading_faults(
    taken: Sequence[ImportColumn], meant: Mapping[ImportColumn, str | None], sheet: Sheet
) -> Iterator[Fault]:
    """The headings that may be misspelt, and those that give the same as another one."""
    for each, target in meant.items():
        if target:
            message = f"{each.heading!r} is no column of ours"
            hint = f'--map "{each.heading}={target}" takes it in as that'
            yield _heading_fault(each, message, hint, sheet)
    first: dict[Path, ImportColumn] = {}
    for each in taken:
        other = first.setdefault(each.path, each)
        if other is not each:
            message = f"{other.heading!r} gives {each.target} too, in column {other.place + 1}"
            hint = f'keep one of the two; --map "{each.heading}=" leaves one out'
            yield _heading_fault(each, message, hint, sheet)


def _heading_fault(column: ImportColumn, message: str, hint: str, sheet: Sheet) -> Fault:
    """A fault of a heading; in JSON it is in the first record that has the key."""
    filled = (row.number for row in sheet.rows if row.cell(column.place) is not None)
    row = 1 if sheet.is_text else next(filled, 1)
    return sheet.place(row, column.place).fault(message, hint, "key")


def unknown_record_keys(sheet: Sheet, columns: ImportColumns) -> list[str]:
    """The keys that records of JSON have and ours do not, as in ``update.mood``."""
    found: set[str] = set()
    kinds: Mapping[str, Any] = {} if sheet.is_text else nested_kinds(Pledge)
    for column in columns.taken:
        if column.target in kinds:
            ours = fields(kinds[column.target]).keys() | COMPUTED
            for row in sheet.rows:
                cell = row.cell(column.place)
                for record in cell if isinstance(cell, list) else [cell]:
                    keys = record.keys() - ours if isinstance(record, dict) else ()
                    found.update(f"{column.target}.{key}" for key in keys)
    return sorted(found)
