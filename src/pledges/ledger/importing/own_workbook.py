"""A workbook that ``list`` wrote and people may have filled in: its three sheets as records.

What its cells hold is kept as it is, unlike what people type into sheets of their own: a text of
the ledger may have blanks around it, or look like a number.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final, NamedTuple

import msgspec

from pledges.domain.fields import Several, Term, terms
from pledges.domain.pledge import Ask, Claim, Ledger, Plan, Pledge, Source, Update
from pledges.errors import Fault
from pledges.ledger.importing.cells import TRUTHS, cell_value_text, term_of, text_parts
from pledges.ledger.importing.sheets import RECORD_SHEET, Row, Sheet, cell_fault, heading_key
from pledges.ledger.importing.targets import IMPORTABLE_AS_TEXT
from pledges.ledger.reading.decode import decode_hook
from pledges.ledger.text.finding import Explanation, Path

PLEDGES: Final = "Pledges"
REGISTERS: Final = "Registers"
RECORDS: Final[Mapping[str, type[msgspec.Struct]]] = {"update": Update, "claim": Claim, "ask": Ask}
"""What an entry of the history can be, which is also its key in a pledge."""

Table = dict[str, Any]


def is_own_workbook(book: Any) -> bool:
    """Whether a workbook has the sheets and headings of one that ``list`` wrote."""
    wanted = {PLEDGES: "id", RECORD_SHEET: "entry", REGISTERS: "register"}
    return all(
        sheet in book.sheetnames and heading in _headings(book[sheet])
        for sheet, heading in wanted.items()
    )


def own_workbook_sheet(book: Any, name: str) -> Sheet:
    """The pledges of the workbook with their histories, and the registers that they use."""
    faults: list[Fault] = []
    headings = _headings(book[PLEDGES])
    columns = [_term_of_heading(each) for each in headings]
    body: list[tuple[int, list[Any]]] = []
    for number, cells in _numbered(book[PLEDGES]):
        values = [_value(cell, term) for cell, term in zip(cells, columns, strict=True)]
        if any(each is not None for each in values):
            body.append((number, values))
    at = headings.index("id")
    ids = {values[at] for _, values in body}
    entries = _entries(book[RECORD_SHEET], ids, name, faults)
    histories: dict[tuple[Any, str], list[_Entry]] = {}
    for each in entries:
        histories.setdefault((each.pledge, each.kind), []).append(each)
    rows = [
        Row(number, [*values, *(_records(histories.get((values[at], key))) for key in RECORDS)])
        for number, values in body
    ]
    record_rows: dict[Path, int] = {
        (number, key, place): entry.row
        for number, values in body
        for key in RECORDS
        for place, entry in enumerate(histories.get((values[at], key), ()))
    }
    hidden = [number for number, _ in body if book[PLEDGES].row_dimensions[number].hidden]
    return Sheet(
        name,
        [*headings, *RECORDS],
        rows,
        is_text=False,
        faults=faults,
        ledger=_ledger(book[REGISTERS], [*headings, *RECORDS], rows, name, faults),
        is_verbatim=True,
        is_filled_in=True,
        heading_row=1,
        hidden_rows=hidden,
        title=PLEDGES,
        record_rows=record_rows,
        record_headings=_headings(book[RECORD_SHEET]),
    )


class _Entry(NamedTuple):
    """A row of the history: a record of a kind, of a pledge."""

    row: int
    pledge: Any
    kind: str
    record: Table


def _records(entries: Sequence[_Entry] | None) -> list[Table] | None:
    return [each.record for each in entries] if entries else None


def _headings(sheet: Any) -> list[str]:
    return [cell_value_text(cell).strip() for cell in next(sheet.iter_rows(max_row=1), ())]


def _numbered(sheet: Any) -> Iterator[tuple[int, Sequence[Any]]]:
    """Yield the rows below the head, with their numbers."""
    return enumerate(sheet.iter_rows(min_row=2), start=2)


def _term_of_heading(heading: str) -> Term | None:
    key = heading_key(heading)
    return term_of(key) if key in IMPORTABLE_AS_TEXT else None


def _value(cell: Any, term: Term | None) -> Any:
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


def _entries(sheet: Any, ids: set[Any], name: str, faults: list[Fault]) -> Iterator[_Entry]:
    """Yield the updates, claims and asks of the pledges; rows of others are faults."""
    headings = _headings(sheet)
    for number, cells in _numbered(sheet):
        by_name = dict(zip(headings, cells, strict=True))
        whose, entry = (_value(by_name.pop(key), None) for key in ("id", "entry"))
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
        record = {key: _value(cell, known[key]) for key, cell in by_name.items() if key in known}
        if isinstance(record.get("seen"), str):
            record["seen"] = TRUTHS.get(record["seen"].lower(), record["seen"])
        given = {key: value for key, value in record.items() if value is not None}
        yield _Entry(number, whose, str(entry), given)


def _ledger(
    sheet: Any, headings: Sequence[str], rows: Sequence[Row], name: str, faults: list[Fault]
) -> Ledger:
    """A ledger of the registers, with pledges that name what the rows use of them."""
    registers: dict[str, Any] = {"parties": {}, "pillars": {}, "sources": {}}
    columns = _headings(sheet)
    for number, cells in _numbered(sheet):
        row = {
            key: value
            for key, cell in zip(columns, cells, strict=True)
            if (value := _value(cell, None)) is not None
        }
        register = registers.get(row.pop("register", ""))
        key = row.pop("key", None)
        if register is None or key is None:
            continue
        try:
            entry = msgspec.convert(row, Source, dec_hook=decode_hook)
        except msgspec.ValidationError:
            message = f"the sheet {REGISTERS} does not say what {key!r} is"
            hint = "give a title; a date is a day or a period, such as 2026-12"
            words = Explanation("row", message, hint)
            faults.append(cell_fault(name, number, words, 1, f"{REGISTERS}.key"))
            continue
        register[key] = entry if register is registers["sources"] else entry.title
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
