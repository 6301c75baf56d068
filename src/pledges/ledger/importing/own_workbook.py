"""A workbook that ``list`` wrote and people may have filled in: its three sheets as records.

What its cells hold is kept as it is, unlike what people type into sheets of their own: a text of
the ledger may have blanks around it, or look like a number.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

import msgspec

from pledges.domain.fields import Several, Term, terms
from pledges.domain.pledge import Ask, Claim, Ledger, Plan, Pledge, Source, Update
from pledges.errors import Fault
from pledges.ledger.importing.cell_texts import cell_value_text, text_parts
from pledges.ledger.importing.cell_values import TRUTHS
from pledges.ledger.importing.mapping import heading_key
from pledges.ledger.importing.sheets import RECORD_SHEET, Row, Sheet, cell_fault
from pledges.ledger.importing.targets import IMPORTABLE_AS_TEXT, term_of
from pledges.ledger.reading.decode import decode_hook
from pledges.ledger.text.finding import Explanation, Path

PLEDGES: Final = "Pledges"
REGISTERS: Final = "Registers"
RECORDS: Final[Mapping[str, type[msgspec.Struct]]] = {"update": Update, "claim": Claim, "ask": Ask}
"""What an entry of the history can be, which is also its key in a pledge."""

Table = dict[str, Any]


def is_own_workbook(book: Any) -> bool:
    """Whether a workbook has the sheets and headings of one that ``list`` wrote."""
    wanted = {PLEDGES: {"id"}, RECORD_SHEET: {"id", "entry"}, REGISTERS: {"register"}}
    return all(
        sheet in book.sheetnames and headings <= {*sheet_headings(book[sheet])}
        for sheet, headings in wanted.items()
    )


def own_workbook_sheet(book: Any, name: str) -> Sheet:
    """The pledges of the workbook with their histories, and the registers that they use."""
    pledges, faults = book[PLEDGES], list[Fault]()
    headings = sheet_headings(pledges)
    keys = map(heading_key, headings)
    columns = [term_of(key) if key in IMPORTABLE_AS_TEXT else None for key in keys]
    body: list[tuple[int, list[Any]]] = []
    for number, cells in enumerate(pledges.iter_rows(min_row=2), start=2):
        found = [own_value(cell, term) for cell, term in zip(cells, columns, strict=True)]
        if any(x is not None for x in found):
            body.append((number, found))
    at = headings.index("id")
    histories = _histories(book[RECORD_SHEET], {x[at] for _, x in body}, name, faults)
    rows, record_rows = [], dict[Path, int]()
    for number, values in body:
        own = {key: histories.get((values[at], key), {}) for key in RECORDS}
        rows.append(Row(number, [*values, *([*x.values()] or None for x in own.values())]))
        for key, records in own.items():
            record_rows |= {(number, key, place): row for place, row in enumerate(records)}
    headings += RECORDS
    return Sheet(
        name,
        headings,
        rows,
        is_text=False,
        faults=faults,
        ledger=_ledger(book[REGISTERS], headings, rows, name, faults),
        is_verbatim=True,
        is_filled_in=True,
        heading_row=1,
        hidden_rows=[x.number for x in rows if pledges.row_dimensions[x.number].hidden],
        title=PLEDGES,
        record_rows=record_rows,
        record_headings=sheet_headings(book[RECORD_SHEET]),
    )


def sheet_headings(sheet: Any) -> list[str]:
    """The texts of the first row."""
    return [cell_value_text(cell).strip() for cell in next(sheet.iter_rows(max_row=1), ())]


def sheet_records(sheet: Any) -> Iterator[tuple[int, dict[str, Any]]]:
    """Yield the rows below the first one, by their numbers, as cells by their headings."""
    headings = sheet_headings(sheet)
    for number, cells in enumerate(sheet.iter_rows(min_row=2), start=2):
        yield number, dict(zip(headings, cells, strict=True))


def own_value(cell: Any, term: Term | None = None) -> Any:
    """What a cell holds, in the shape of JSON; None if it is empty."""
    number = cell.value
    is_number = isinstance(number, int | float) and not isinstance(number, bool)
    if term and term.kind is float and is_number and "%" not in cell.number_format:
        return float(number) if cell.number_format == "0.0" else number
    text = cell_value_text(cell)
    if not text:
        return None
    if term and term.is_list:
        texts = _json(text, "[]")
        return texts if isinstance(texts, list) else text_parts(text)
    if "\\" not in text:
        return text
    decoded = _json(text, '""')
    return decoded if isinstance(decoded, str) else text


def _json(text: str, ends: str) -> Any:
    """The value of a text of JSON that begins and ends like this; None if it is none."""
    if len(text) < len(ends) or (text[0], text[-1]) != (ends[0], ends[-1]):
        return None
    try:
        return json.loads(text)
    except ValueError:
        return None


def _histories(
    sheet: Any, ids: set[Any], name: str, faults: list[Fault]
) -> dict[tuple[Any, str], dict[int, Table]]:
    """The updates, claims and asks of each pledge by their rows; rows of others are faults."""
    histories: dict[tuple[Any, str], dict[int, Table]] = {}
    for number, cells in sheet_records(sheet):
        whose, entry = (own_value(cells.pop(key)) for key in ("id", "entry"))
        if whose is None and entry is None:
            continue
        kind = RECORDS.get(str(entry))
        if kind is None or whose not in ids:
            message = f"the sheet {RECORD_SHEET} has an entry of no pledge of the sheet {PLEDGES}"
            words = Explanation("reference", message, "give its id, or take the row out")
            if kind is None:
                message = f"there is no kind of entry {entry!r} on the sheet {RECORD_SHEET}"
                words = Explanation("word", message, f"use one of {', '.join(RECORDS)}")
            faults.append(cell_fault(name, number, words, 1, f"{RECORD_SHEET}.id"))
            continue
        known = terms(kind)
        values = {key: own_value(cells[key], term) for key, term in known.items() if key in cells}
        record = {key: value for key, value in values.items() if value is not None}
        if isinstance(seen := record.get("seen"), str):
            record["seen"] = TRUTHS.get(seen.lower(), seen)
        histories.setdefault((whose, str(entry)), {})[number] = record
    return histories


def _ledger(
    sheet: Any, headings: Sequence[str], rows: Sequence[Row], name: str, faults: list[Fault]
) -> Ledger:
    """A ledger of the registers, with pledges that name what the rows use of them."""
    registers: dict[str, Any] = {"parties": {}, "pillars": {}, "sources": {}}
    for number, cells in sheet_records(sheet):
        row = {key: x for key, cell in cells.items() if (x := own_value(cell)) is not None}
        kind, key = row.pop("register", ""), row.pop("key", None)
        if kind not in registers or key is None:
            continue
        try:
            entry = msgspec.convert(row, Source, dec_hook=decode_hook)
        except msgspec.ValidationError:
            message = f"the sheet {REGISTERS} does not say what {key!r} is"
            hint = "give a title; a date is a day or a period, such as 2026-12"
            words = Explanation("row", message, hint)
            faults.append(cell_fault(name, number, words, 1, f"{REGISTERS}.key"))
        else:
            registers[kind][key] = entry if kind == "sources" else entry.title
    titles = {
        (each if isinstance(each, str) else each.title): key
        for register in registers.values()
        for key, each in register.items()
    }
    pledges = [_using(dict(zip(headings, row.cells, strict=True)), titles) for row in rows]
    return Ledger(Plan(title=name), pledges=tuple(pledges), **registers)


def _using(values: Mapping[str, Any], titles: Mapping[str, str]) -> Pledge:
    """A pledge that names the entries of registers that a row names, by key or by title."""
    records = [each for key in RECORDS for each in values.get(key) or ()]
    parties = [*(values.get("owed_by") or ()), *(values.get("asked_by") or ())]
    parties += [values.get("waiting_on"), *(x.get(key) for x in records for key in ("of", "by"))]
    sources = [*(values.get("source") or ()), values.get("measure_source")]
    sources += [each for x in records for each in x.get("source", ())]
    pillar = values.get("pillar") or ""
    return Pledge(
        id="",
        title="",
        pillar=titles.get(pillar, pillar) if pillar not in titles.values() else pillar,
        owed_by=tuple(
            titles.get(x, x) for each in parties if each for x in (each, *text_parts(each, ","))
        ),
        source=Several(each for each in sources if each),
    )
