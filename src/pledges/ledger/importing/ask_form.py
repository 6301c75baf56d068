"""A form that ``ask`` wrote and somebody filled in: its answers as a log of who answered."""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from typing import Any, Final

import msgspec
from msgspec.structs import replace

from pledges.clean import clean
from pledges.domain.answers import (
    ANSWERS,
    ANSWERS_AS_OF,
    FILLED_IN_BY,
    FIRST_SHEET,
    STATES,
    FormHeading,
    Overtaken,
    ToldState,
    overtaken,
)
from pledges.domain.pledge import Ledger, Status
from pledges.domain.snapshot import assess_alone
from pledges.domain.spelling import match_key
from pledges.errors import Fault, NotADate
from pledges.ledger.importing.cell_texts import cell_value_text, plain_text
from pledges.ledger.importing.mapping import ColumnUse, SheetMapping
from pledges.ledger.importing.merging import Candidate
from pledges.ledger.importing.misread import quotation
from pledges.ledger.importing.own_workbook import numbered_rows, own_value, sheet_headings
from pledges.ledger.importing.sheet_dates import read_date
from pledges.ledger.importing.sheets import Row, Sheet, SheetForm, cell_fault
from pledges.ledger.text.finding import Explanation

BY, PERIOD, SEEN = "By", "Period", "Seen"
"""The headings of what no cell of a row says, but the form itself."""

LOG: Final = {
    FormHeading.STATUS: "status",
    FormHeading.FIGURE: "value",
    FormHeading.DAY: "updated",
    FormHeading.NOTE: "update_note",
    FormHeading.SOURCE: "update_source",
    BY: "by",
    PERIOD: "period",
    SEEN: "seen",
}
"""What the columns of a form give of an update."""

SAID: Final = (FormHeading.STATUS, FormHeading.FIGURE, FormHeading.NOTE, FormHeading.SOURCE)
"""The columns of which an answer has at least one."""


def is_form(book: Any) -> bool:
    """Whether a workbook is a form that ``ask`` wrote, as it was or filled in."""
    return {FIRST_SHEET, ANSWERS, STATES} <= {*book.sheetnames}


def form_sheet(book: Any, name: str) -> Sheet:
    """The answers of a form: the rows in which anything is filled in."""
    fields = _fields(book[FIRST_SHEET])
    states = {each.id: each for each in _states(book[STATES])}
    asked_of = next((each.asked_of for each in states.values()), "")
    rows = [(number, [cell_value_text(x) for x in cells]) for number, cells in _numbered(book)]
    at = next((at for at, (_, cells) in enumerate(rows) if FormHeading.ID in cells), 0)
    headings = rows[at][1]
    faults: list[Fault] = []
    answers = []
    for number, cells in rows[at + 1 :]:
        answer = dict(zip(headings, map(str.strip, cells), strict=True))
        if any(answer.get(each) for each in SAID):
            told = states.get(answer[FormHeading.ID])
            faults += _contradictions(answer, told, number, name)
            answers.append(Row(number, [*_own_cells(headings, cells), *_added(answer, told)]))
    day, day_row = fields.get(ANSWERS_AS_OF, ("", 1))
    by = " ".join(fields.get(FILLED_IN_BY, ("", 1))[0].split())
    who = f"{asked_of} ({by})" if by and match_key(by) != match_key(asked_of) else asked_of
    return Sheet(
        name,
        [
            *(each if each in (FormHeading.ID, *LOG) else "" for each in headings),
            *(PERIOD, SEEN, BY),
        ],
        answers,
        is_text=True,
        faults=faults,
        heading_row=rows[at][0],
        title=ANSWERS,
        form=SheetForm(states, who, day, day_row),
    )


def _numbered(book: Any) -> Iterator[tuple[int, Sequence[Any]]]:
    return enumerate(book[ANSWERS].iter_rows(), start=1)


def _fields(sheet: Any) -> dict[str, tuple[str, int]]:
    """What is filled in next to each label of the first sheet, and the row that it is in."""
    return {
        cell_value_text(cells[0]).strip(): (cell_value_text(cells[1]).strip(), number)
        for number, cells in enumerate(sheet.iter_rows(max_col=2), start=1)
    }


def _states(sheet: Any) -> Iterator[ToldState]:
    """Yield what the form told of each pledge; rows that somebody has spoilt are no matter."""
    headings = sheet_headings(sheet)
    for _, cells in numbered_rows(sheet):
        values = zip(headings, (own_value(cell, None) for cell in cells), strict=True)
        told = {key: value for key, value in values if key in ToldState.__struct_fields__}
        texts = {**dict.fromkeys(ToldState.__struct_fields__), **told}
        with suppress(msgspec.ValidationError):
            yield msgspec.convert(texts, ToldState)


def _own_cells(headings: Sequence[str], cells: Sequence[str]) -> Iterator[str]:
    """Yield the cells of a row that are asked for; what is told is not imported."""
    for heading, cell in zip(headings, cells, strict=True):
        yield cell if heading in (FormHeading.ID, *LOG) else ""


def _added(answer: Mapping[str, str], told: ToldState | None) -> tuple[str, str]:
    """The period of an answer, and whether it was only seen on its day.

    What is completed on a day that is not given was so by the day of the form.
    """
    is_done = match_key(answer.get(FormHeading.STATUS, "")) == Status.COMPLETED
    is_seen = is_done and not answer.get(FormHeading.DAY)
    return (told.period or "" if told else ""), "yes" if is_seen else ""


def _contradictions(
    answer: Mapping[str, str], told: ToldState | None, row: int, name: str
) -> Iterator[Fault]:
    """Yield the fault of a row whose title is not that of the pledge that was asked about."""
    title = answer.get(FormHeading.PLEDGE, "")
    if told and title and plain_text(title) != plain_text(clean(told.title)):
        message = f"the form asked about {told.id}, {quotation(told.title)}"
        hint = "ids and pledges no longer belong together: put them back, or ask again"
        words = Explanation("contradiction", message, hint)
        yield cell_fault(name, row, words, 1, FormHeading.PLEDGE)


def as_log(sheet: Sheet, how: SheetMapping) -> tuple[Sheet, SheetMapping]:
    """The answers of a form as a log, with the day and the name that the form gives for all."""
    form, faults, day = sheet.form, [*sheet.faults], ""
    if not form:
        return sheet, how
    try:
        day = read_date(form.day, how.order).last.isoformat() if form.day else ""
    except NotADate as error:
        words = Explanation("date", error.reason, error.hint)
        label = f"{FIRST_SHEET}.{ANSWERS_AS_OF}"
        faults.append(cell_fault(sheet.name, form.day_row, words, 2, label))
    at = sheet.headings.index(FormHeading.DAY) if FormHeading.DAY in sheet.headings else None
    rows = []
    for each in sheet.rows:
        cells = [*each.cells, form.by]
        if at is not None and not cells[at].strip():
            cells[at] = day
        rows.append(Row(each.number, cells))
    new = frozenset((*how.new_entries, "sources"))
    columns = {FormHeading.ID: ColumnUse("id")}
    how = replace(how, columns=columns, log=LOG, new_entries=new)
    return replace(sheet, rows=rows, faults=faults), how


def overtaken_answers(
    candidates: Sequence[Candidate], form: SheetForm | None, ledger: Ledger, as_of: dt.date
) -> Iterator[Overtaken]:
    """Yield what the ledger says otherwise than the form told, of the pledges with new answers."""
    for each in candidates:
        told = form.states.get(each.new.id) if form else None
        if not (told and each.old):
            continue
        sides = [assess_alone(x, ledger, as_of) for x in (each.old, each.new)]
        for answer in each.news.values():
            yield from overtaken(told, sides[0], sides[1], answer)
