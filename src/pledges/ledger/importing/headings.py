"""The headings of a file: which column each one means, and where a finding is reported."""

import re
import unicodedata
from collections.abc import Collection, Mapping, Sequence
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from pledges.domain.assessment import Assessment
from pledges.domain.fields import fields, terms
from pledges.domain.pledge import Measure, Pledge
from pledges.errors import Fault, WrongUse, nearest, nearest_hint
from pledges.ledger.importing.sheets import Sheet, cell_fault
from pledges.ledger.reading.decode import nested_kinds
from pledges.ledger.reading.unknown_keys import SYNONYMS
from pledges.ledger.text.finding import Explanation, Finding, Path

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

WORKED_OUT: Final = frozenset(
    {*Assessment.__struct_fields__, "reported", "track", "deadline", "days", "listed_as"}
    | {"assessment"}
) - {"status", "value", "period", "due"}
"""The columns that are worked out from others, and never imported."""

OURS: Final = frozenset({*TERMS, *NEWS, *WORKED_OUT} - {IN_FORCE})
IMPORTABLE: Final = sorted({*TERMS, *NEWS} - {"measure", IN_FORCE})
"""The columns that a mapping may name."""

IMPORTABLE_AS_TEXT: Final = [each for each in IMPORTABLE if each not in RECORDS]
HELP_HINT: Final = "see pledges import --help"
"""Where all columns that are imported are named."""

_OTHER_NAMES: Final = {**SYNONYMS, "update": ("update_note",), "updates": ("update", "update_note")}
_PAIR: Final = re.compile(r"(.*?)=([^=,]*)(?:,|\Z)", re.DOTALL)


class ImportColumn(Struct, frozen=True):
    """A column of a file, by its place from 0, and what it gives."""

    place: int
    heading: str
    target: str

    def fault(self, sheet: Sheet, row: int, words: Explanation) -> Fault:
        """What is wrong with a cell of the column."""
        return cell_fault(sheet.name, row, words, self.place + 1, self.heading)


def target_path(target: str) -> Path:
    """The place in a pledge's table of what a column gives; what an update has is in ``news``."""
    return ("news", NEWS[target]) if target in NEWS else TERMS[target]


class ImportColumns(Struct, frozen=True):
    """The columns of a sheet that are imported, the headings that are not, and faults of others.

    With ``is_export`` a spreadsheet has the headings that this program writes, worked-out ones too.
    With ``is_flat`` a deadline is the one in force; with ``has_records`` histories come whole.
    ``by_path`` has the columns by the places that they give; ``unread`` are the places that a
    misspelt heading is meant for.
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

    def fault(self, finding: Finding, row: int) -> Fault:
        """A finding of a row, at the column that gives what it is about, or else at the row."""
        path, hint = finding.path, finding.hint
        lengths = (at for at in range(len(path), 0, -1) if path[:at] in self.by_path)
        length = next(lengths, None)
        if length is None:
            keys = {key: name for name, key in NEWS.items()}
            names = (keys.get(str(part), "") for part in path[1:])
            column, heading = 1, _dotted(tuple(names) if path[0] == "news" else path)
            hint = f"add a column {heading}" if finding.code == "missing" else hint
        else:
            own = self.by_path[path[:length]]
            column, heading = own.place + 1, _dotted((own.heading, *path[length:]))
            hint = "fill it in" if finding.code == "missing" and length == len(path) else hint
        words = Explanation(finding.code, finding.message, hint)
        return cell_fault(self.sheet.name, row, words, column, heading)


def _dotted(path: Path) -> str:
    """A path as users of JSON write it: ``update[0].date``."""
    parts = (f"[{part}]" if isinstance(part, int) else f".{part}" for part in path)
    return "".join(parts).removeprefix(".")


def read_mapping(texts: Sequence[str]) -> dict[str, str]:
    """Headings with the columns that they mean; "" leaves a heading out.

    In ``Title=title,Deadline=due`` a heading may have commas itself.

    Raises: ``WrongUse`` if there is no such column.
    """
    mapping: dict[str, str] = {}
    for text in texts:
        for heading, target in _PAIR.findall(text):
            name = heading_key(target)
            if name and name not in IMPORTABLE:
                message = f"--map: there is no column {target.strip()!r}"
                raise WrongUse(message, nearest_hint(name, IMPORTABLE))
            mapping[heading.strip()] = name
        if rest := _PAIR.sub("", text).strip(","):
            message = f"--map {rest!r} names no column"
            raise WrongUse(message, 'for example --map "Title=title,Deadline=due"')
    return mapping


def heading_key(heading: str) -> str:
    """A heading as it is compared: "Owed by" is "owed_by"."""
    plain = unicodedata.normalize("NFC", heading).strip().casefold()
    return re.sub(r"[\s_-]+", "_", plain)


def import_columns(sheet: Sheet, mapping: Mapping[str, str]) -> ImportColumns:
    """What the columns of a sheet give.

    Raises: ``WrongUse`` if the mapping names a heading that the sheet does not have.
    """
    targets = _targets(sheet, mapping)
    known = [ImportColumn(at, sheet.headings[at].strip(), each) for at, each in targets.items()]
    names = {each.target for each in known}
    are_ours = sheet.is_text and not mapping and OURS.issuperset(sheet.headings)
    foreign_targets = {"", *(WORKED_OUT if sheet.is_text and not are_ours else ())}
    foreign = [each for each in known if each.target in foreign_targets]
    meant = {each: _meant_target(each, names, sheet) for each in foreign}
    columns = [
        replace(each, target=IN_FORCE) if each.target == "due" and "pledged_due" in names else each
        for each in known
        if each.target and each.target not in WORKED_OUT
    ]
    left_out = [
        each.heading or f"column {each.place + 1} (without a heading)"
        for each in foreign
        if not meant[each]
        and (each.heading or any(str(x.cells[each.place] or "").strip() for x in sheet.rows))
    ]
    return ImportColumns(
        sheet,
        columns,
        {target_path(each.target): each for each in columns},
        [*left_out, *_unknown_keys(columns, sheet)],
        _heading_faults(columns, meant, sheet),
        is_export=are_ours and not names.isdisjoint(WORKED_OUT),
        is_flat=names.isdisjoint({"update", "pledged_due", "assessment"}),
        has_records=bool(sheet.ledger or names & {"update", "assessment"}),
        unread=frozenset(TERMS[x] for x in meant.values() if x and x in TERMS),
    )


def _importable(sheet: Sheet) -> Sequence[str]:
    return IMPORTABLE_AS_TEXT if sheet.is_text else IMPORTABLE


def _targets(sheet: Sheet, mapping: Mapping[str, str]) -> dict[int, str]:
    """The columns that headings name, by their places; "" if there is none.

    ``deadline`` is worked out here, but elsewhere it may be a term; nothing is guessed of it.
    """
    keys = {place: heading_key(heading) for place, heading in enumerate(sheet.headings)}
    alike = {key: place for place, key in keys.items()}
    exact = {heading.strip(): place for place, heading in enumerate(sheet.headings)}
    mapped: dict[int, str] = {}
    for heading, target in mapping.items():
        place = exact.get(heading, alike.get(heading_key(heading)))
        if place is None:
            hint = nearest_hint(heading, [each for each in sheet.headings if each.strip()])
            raise WrongUse(f"--map: there is no column {heading!r} in the file", hint)
        if target and target not in _importable(sheet):
            hint = nearest_hint(target, _importable(sheet))
            raise WrongUse(f"--map: there is no column {target!r}", hint)
        mapped[place] = target
    others = WORKED_OUT - {"deadline"} | (frozenset() if sheet.is_text else RECORDS)
    own = {at: key if key in IMPORTABLE_AS_TEXT else "" for at, key in keys.items()}
    own |= {at: each for at, each in enumerate(sheet.headings) if each in others}
    return {at: mapped.get(at, own[at]) for at in own if mapped.get(at) != ""}


def _meant_target(column: ImportColumn, names: Collection[str], sheet: Sheet) -> str | None:
    """The column that an unknown heading may mean, unless another heading names it."""
    name, ours = heading_key(column.heading), _importable(sheet)
    if name in WORKED_OUT - {"deadline"}:
        return None
    synonyms = (each for each in _OTHER_NAMES.get(name, ()) if each in ours)
    meant = next(synonyms, None) or nearest(name, ours)
    return None if meant in names or (meant == "due" and "pledged_due" in names) else meant


def _heading_faults(
    columns: Sequence[ImportColumn], meant: Mapping[ImportColumn, str | None], sheet: Sheet
) -> list[Fault]:
    """The headings that may be misspelt, and those that give the same as another one."""
    problems = []
    for column, target in meant.items():
        if target:
            hint = f'use --map "{column.heading}={target}"'
            problems.append((column, f"there is no column {column.heading!r}", hint))
    first: dict[Path, ImportColumn] = {}
    for each in columns:
        other = first.setdefault(target_path(each.target), each)
        if other is not each:
            message = f"{other.heading!r} in column {other.place + 1} gives {each.target} too"
            hint = f'leave one of the two out, for example with --map "{each.heading}="'
            problems.append((each, message, hint))
    faults = []
    for column, message, hint in problems:
        filled = (row.number for row in sheet.rows if row.cells[column.place] is not None)
        row = 1 if sheet.is_text else next(filled, 1)  # in JSON the first record that has the key
        faults.append(column.fault(sheet, row, Explanation("key", message, hint)))
    return faults


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
