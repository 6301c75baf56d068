"""Headings of a file as columns of ours: what each of them gives."""

import re
import unicodedata
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any, Final

from msgspec import Struct
from msgspec.structs import replace

from pledges.domain.fields import fields
from pledges.domain.pledge import Measure, Pledge
from pledges.errors import Fault, WrongUse, nearest, one_of
from pledges.ledger.importing.sheets import Sheet, fault
from pledges.ledger.reading.record_types import nested_kinds
from pledges.ledger.reading.unknown_keys import SYNONYMS
from pledges.ledger.text.finding import Path

MEASURE: Final[Mapping[str, str]] = {
    "measure_source" if key == "source" else key: key for key in fields(Measure)
}
"""The columns of a measure, with its keys."""

NEWS: Final[Mapping[str, str]] = {
    "status": "status",
    "value": "value",
    "period": "period",
    "updated": "date",
    "update_note": "note",
    "update_source": "source",
    "by": "by",
    "in_force": "due",
}
"""The columns that make an update together, with its keys."""

IN_FORCE: Final = "in_force"
"""What the column ``due`` gives next to ``pledged_due``: the deadline in force."""

RECORDS: Final = frozenset({"measure", "claim", "update", "ask"})
"""The keys that hold records, which only JSON and ledgers have; others use such words too."""

TERMS: Final[Mapping[str, Path]] = {
    **{key: (key,) for key in fields(Pledge)},
    "pledged_due": ("due",),
    **{name: ("measure", key) for name, key in MEASURE.items()},
}
"""The columns of a pledge's terms, with where these stand in its table."""

COMPUTED: Final = frozenset(
    {
        *("reported", "track", "standing", "deadline", "days", "days_left", "days_late"),
        *("completed", "progress", "time_used", "pace", "pace_points", "remaining", "age_days"),
        *("stale", "slip_days", "contested", "listed_as", "assessment"),
    }
)
"""The columns that are worked out from others, and never brought in."""

_AMBIGUOUS: Final = frozenset({"deadline"})
"""The columns that are worked out, but that others have too, for a term."""

KNOWN: Final = frozenset({*TERMS, *NEWS, *COMPUTED} - {IN_FORCE})
TAKEN: Final = sorted({*TERMS, *NEWS} - {"measure", IN_FORCE})
LISTED: Final = "pledges import --help names ours"
"""Where the columns are named that can be taken in."""
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
    """The columns that are brought in, those that are not, and what is wrong with others.

    ``are_ours`` where a spreadsheet's headings are just those that this program writes: its cells
    worked-out columns are then passed over, and ``is_export`` where it has such.  ``is_flat`` where
    neither the updates nor the first deadline are given by themselves, so that ``due`` is the
    deadline in force; ``has_records`` where the updates are.  ``unread`` are the places of what
    stands in the file under a heading that is not known.
    """

    taken: Sequence[ImportColumn]
    left_out: Sequence[str]
    faults: Sequence[Fault]
    is_export: bool
    is_flat: bool
    has_records: bool = False
    unread: frozenset[Path] = frozenset()

    def column(self, target: str) -> ImportColumn | None:
        """The column that gives ``target``."""
        return next((each for each in self.taken if each.target == target), None)


def read_mapping(texts: Sequence[str]) -> dict[str, str]:
    """Foreign headings with the columns of ours that they give; an empty one leaves it out.

    Raises: ``WrongUse`` where such a column is not there to be given.
    """
    return dict(pair for text in texts for pair in _pairs(text))


def _pairs(text: str) -> Iterator[tuple[str, str]]:
    """The pairs of ``Title=title,Deadline=due``; a heading may have commas in it."""
    heading = ""
    for part in text.split(","):
        before, equals, target = part.rpartition("=")
        if not equals:
            heading += f"{part},"
            continue
        yield (heading + before).strip(), _target(target)
        heading = ""
    if heading.strip(","):
        message = f"--map {heading.strip(',')!r} names no column of ours"
        raise WrongUse(message, 'for example --map "Title=title,Deadline=due"')


def _target(text: str) -> str:
    name = folded(text)
    if name and name not in TAKEN:
        raise WrongUse(f"--map: there is no column {text.strip()!r}", one_of(name, TAKEN))
    return name


def folded(heading: str) -> str:
    """A heading as it is compared: "Owed by" is "owed_by"."""
    plain = unicodedata.normalize("NFC", heading).strip().casefold()
    return re.sub(r"[\s_-]+", "_", plain)


def columns(sheet: Sheet, mapping: Mapping[str, str]) -> ImportColumns:
    """What the columns of a sheet give.

    Raises: ``WrongUse`` where the mapping names a heading that the sheet does not have.
    """
    mapped = _places(mapping, sheet)
    are_ours = sheet.is_text and not mapping and KNOWN.issuperset(sheet.headings)
    found = [
        ImportColumn(place, heading, mapped.get(place, _matched(heading, sheet)))
        for place, heading in enumerate(sheet.headings)
    ]
    names = {each.target for each in found}
    wanted = [each for each in found if mapped.get(each.place) != ""]
    taken = [each for each in wanted if each.target and each.target not in COMPUTED]
    if "pledged_due" in names:
        taken = [_in_force(each) if each.target == "due" else each for each in taken]
    foreign = [each for each in wanted if not each.target or _is_lost(each, sheet, are_ours)]
    slips = {each: _meant(each, names, is_text=sheet.is_text) for each in foreign}
    return ImportColumns(
        taken,
        left_out=[_named(each) for each in foreign if not slips[each] and _is_filled(each, sheet)],
        faults=[*_slips(slips, sheet), *_doubles(taken, sheet)],
        is_export=are_ours and not names.isdisjoint(COMPUTED),
        is_flat=names.isdisjoint({"update", "pledged_due", "assessment"}),
        has_records=not names.isdisjoint({"update", "assessment"}),
        unread=frozenset(TERMS[meant] for meant in slips.values() if meant and meant in TERMS),
    )


def _is_lost(column: ImportColumn, sheet: Sheet, are_ours: bool) -> bool:  # noqa: FBT001  (of a file)
    """Whether a column is named like one that is worked out, in a file that is not ours."""
    return column.target in COMPUTED and sheet.is_text and not are_ours


def _in_force(column: ImportColumn) -> ImportColumn:
    """The column ``due`` next to the first deadline: it gives the one in force."""
    return replace(column, target=IN_FORCE)


def _places(mapping: Mapping[str, str], sheet: Sheet) -> dict[int, str]:
    headings = sheet.headings
    exact = {heading.strip(): place for place, heading in enumerate(headings)}
    alike = {folded(heading): place for place, heading in enumerate(headings)}
    places: dict[int, str] = {}
    for heading, target in mapping.items():
        place = exact.get(heading, alike.get(folded(heading)))
        if place is None:
            hint = one_of(heading, [each for each in headings if each.strip()])
            raise WrongUse(f"--map: there is no column {heading!r} in the file", hint)
        if sheet.is_text and target in RECORDS:
            hint = one_of(target, [each for each in TAKEN if each not in RECORDS])
            raise WrongUse(f"--map: there is no column {target!r}", hint)
        places[place] = target
    return places


def _matched(heading: str, sheet: Sheet) -> str:
    """The column of ours that a heading names; "" where it is none."""
    if (
        heading in KNOWN
        and heading not in _AMBIGUOUS
        and (heading not in RECORDS or not sheet.is_text)
    ):
        return heading
    name = folded(heading)
    is_taken = name in TAKEN and name not in RECORDS
    return name if is_taken else ""


def _slips(slips: Mapping[ImportColumn, str | None], sheet: Sheet) -> Iterator[Fault]:
    """The headings that another name of a column may be meant by; none is guessed."""
    for each, meant in slips.items():
        if meant:
            hint = f'--map "{each.heading.strip()}={meant}" takes it in as that'
            yield _fault(each, f"{each.heading.strip()!r} is no column of ours", hint, sheet)


def _meant(column: ImportColumn, names: Collection[str], *, is_text: bool) -> str | None:
    """The column of ours that a foreign heading may mean, where that is not there itself."""
    name = folded(column.heading)
    if name in COMPUTED - {"deadline"}:
        return None
    ours = [each for each in TAKEN if each not in RECORDS] if is_text else TAKEN
    known = [each for each in (*SYNONYMS.get(name, ()), *_LIKE.get(name, ())) if each in ours]
    meant = known[0] if known else nearest(name, ours, _CLOSE)
    return None if meant in names or (meant == "due" and "pledged_due" in names) else meant


_LIKE: Final = {"update": ("update_note",), "updates": ("update", "update_note")}
"""What a foreign column may hold that is called like one of our lists."""


def _doubles(taken: Sequence[ImportColumn], sheet: Sheet) -> Iterator[Fault]:
    first: dict[Path, ImportColumn] = {}
    for each in taken:
        other = first.setdefault(each.path, each)
        if other is not each:
            message = f"{other.heading.strip()!r} gives {each.target} too, in column "
            hint = f'keep one of the two; --map "{each.heading.strip()}=" leaves one out'
            yield _fault(each, f"{message}{other.place + 1}", hint, sheet)


def _fault(column: ImportColumn, message: str, hint: str, sheet: Sheet) -> Fault:
    row = 1 if sheet.is_text else _first_row(column, sheet)
    return fault(sheet.name, row, column.place + 1, column.heading.strip(), message, hint, "key")


def _first_row(column: ImportColumn, sheet: Sheet) -> int:
    """The number of the first record that has a key."""
    with_it = (row.number for row in sheet.rows if row.cells[column.place] is not None)
    return next(with_it, 1)


def _is_filled(column: ImportColumn, sheet: Sheet) -> bool:
    """Whether there is anything in a column, or it has a name at least."""
    if column.heading.strip():
        return True
    return any(str(cell(row.cells, column.place) or "").strip() for row in sheet.rows)


def cell(cells: Sequence[Any], place: int) -> Any:
    """The cell at a place; None where the row ends before it."""
    return cells[place] if place < len(cells) else None


def _named(column: ImportColumn) -> str:
    return column.heading.strip() or f"column {column.place + 1} (without a heading)"


def strangers(sheet: Sheet, taken: ImportColumns) -> list[str]:
    """The keys that records of JSON have and ours do not, as in ``update.mood``."""
    kinds = {} if sheet.is_text else nested_kinds(Pledge)
    found = {
        f"{each.target}.{key}": None
        for each in taken.taken
        if each.target in kinds
        for row in sheet.rows
        for key in _keys(cell(row.cells, each.place)) - fields(kinds[each.target]).keys()
        if key not in COMPUTED
    }
    return sorted(found)


def _keys(value: Any) -> set[str]:
    """The keys of a record, or of those in a list."""
    records = value if isinstance(value, list) else [value]
    return {key for each in records if isinstance(each, dict) for key in each}
