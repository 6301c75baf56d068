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
from pledges.domain.snapshot import OpenAsk, assess_alone, open_asks
from pledges.domain.spelling import match_key
from pledges.errors import Fault, NotADate, WrongUse
from pledges.ledger.importing.cell_texts import cell_value_text, plain_text
from pledges.ledger.importing.mapping import ColumnUse, SheetMapping
from pledges.ledger.importing.merging import Candidate
from pledges.ledger.importing.misread import quotation
from pledges.ledger.importing.own_workbook import numbered_rows, own_value, sheet_headings
from pledges.ledger.importing.sheet_dates import read_date
from pledges.ledger.importing.sheets import MOST_TITLE_ROWS, Row, Sheet, SheetForm, cell_fault
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

TOLD: Final = frozenset({*FormHeading} - {*LOG})
"""The headings of what a form tells."""

READ: Final = frozenset({FormHeading.ID, *LOG})
"""The headings of what is imported; the others only tell."""

SAID: Final = (FormHeading.STATUS, FormHeading.FIGURE, FormHeading.NOTE, FormHeading.SOURCE)
"""The columns of which an answer has at least one."""


def is_form(book: Any) -> bool:
    """Whether a workbook is a form that ``ask`` wrote, as it was or filled in."""
    is_ours = {ANSWERS, STATES} <= {*book.sheetnames}
    return is_ours and _heading_row(book[ANSWERS]) is not None


def _heading_row(sheet: Any) -> int | None:
    """The number of the row of headings; somebody may have put rows above it."""
    for number, cells in enumerate(sheet.iter_rows(max_row=MOST_TITLE_ROWS), start=1):
        if {FormHeading.ID, FormHeading.DAY} <= {cell_value_text(cell).strip() for cell in cells}:
            return number
    return None


def form_sheet(book: Any, name: str) -> Sheet:
    """The answers of a form: the rows in which anything is filled in."""
    fields = _fields(book[FIRST_SHEET]) if FIRST_SHEET in book.sheetnames else {}
    head = _heading_row(book[ANSWERS]) or 1
    states = {each.id: each for each in _states(book[STATES])}
    heading_cells, *rows = book[ANSWERS].iter_rows(min_row=head)
    headings = [cell_value_text(each).strip() for each in heading_cells]
    faults: list[Fault] = []
    answers, unread = [], list[str]()
    for number, cells in enumerate(rows, start=head + 1):
        texts = [cell_value_text(each).strip() for each in cells]
        answer = dict(zip(reversed(headings), reversed(texts), strict=True))  # the first counts
        told = states.get(answer[FormHeading.ID])
        is_answer = any(answer.get(each) for each in SAID)
        known = {*(TOLD if told else ()), *(READ if is_answer else ())}
        columns = enumerate(zip(headings, texts, cells, strict=True))
        unread += [
            cell.coordinate
            for at, (x, text, cell) in columns
            if text and (x not in known or x in headings[:at])
        ]
        if is_answer:
            faults += _contradictions(answer, told, number, name)
        if is_answer and answer[FormHeading.ID]:
            own = (answer[x] if x in READ else "" for x in dict.fromkeys(headings))
            answers.append(Row(number, [*own, *_added(answer, told)]))
    return Sheet(
        name,
        [*(each if each in READ else "" for each in dict.fromkeys(headings)), PERIOD, SEEN, BY],
        answers,
        is_text=True,
        faults=faults,
        heading_row=head,
        title=ANSWERS,
        form=replace(_form(fields, states), unread=unread),
    )


def _form(fields: Mapping[str, tuple[str, int]], states: Mapping[str, ToldState]) -> SheetForm:
    """What the form says of all its answers; they are by who was asked, and who filled it in."""
    asked_of = next((each.asked_of for each in states.values()), "")
    (who, _), (day, day_row) = (fields.get(x, ("", 1)) for x in (FILLED_IN_BY, ANSWERS_AS_OF))
    person = " ".join(who.split())
    is_other = person and match_key(person) != match_key(asked_of)
    return SheetForm(states, f"{asked_of} ({person})" if is_other else asked_of, day, day_row)


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
    """Yield the fault of a row whose title is not that of the pledge that was asked about.

    A row without an id can't be told from those of other pledges, if several have one title.
    """
    if not answer[FormHeading.ID]:
        hint = "write the id of the pledge that the row is about; a form adds no pledges"
        words = Explanation("missing", "this answer has no id", hint)
        yield cell_fault(name, row, words, 1, FormHeading.ID)
    title = answer.get(FormHeading.PLEDGE, "")
    if told and title and plain_text(title) != plain_text(clean(told.title)):
        message = f"the form asked about {told.id}, {quotation(told.title)}"
        hint = "ids and pledges no longer belong together: put them back, or ask again"
        words = Explanation("contradiction", message, hint)
        yield cell_fault(name, row, words, 1, FormHeading.PLEDGE)


def as_log(sheet: Sheet, how: SheetMapping) -> tuple[Sheet, SheetMapping]:
    """The answers of a form as a log, with the day and the name that the form gives for all.

    Raises: ``WrongUse`` if pledges that it does not have should get a tag: it asks about a few.
    """
    form, faults, day = sheet.form, [*sheet.faults], ""
    if not form:
        return sheet, how
    if how.vanished_tag:
        message = "--vanished is for registers, and a form has only the pledges that it asks about"
        raise WrongUse(message, "leave it out")
    try:
        day = read_date(form.day, how.order).last.isoformat() if form.day else ""
    except NotADate as error:
        words = Explanation("date", error.reason, error.hint)
        label = f"{FIRST_SHEET}.{ANSWERS_AS_OF}"
        faults.append(cell_fault(sheet.name, form.day_row, words, 2, label))
    at = sheet.headings.index(FormHeading.DAY)
    rows = []
    for each in sheet.rows:
        cells = [*each.cells, form.by]
        cells[at] = cells[at].strip() or day
        rows.append(Row(each.number, cells))
    is_undated = "updated" not in how.fixed and not all(each.cells[at] for each in rows)
    form = replace(form, is_undated=is_undated)
    new = frozenset((*how.new_entries, "sources"))
    columns = {FormHeading.ID: ColumnUse("id")}
    log = {key: each for key, each in LOG.items() if key in sheet.headings}
    how = replace(how, columns=columns, log=log, new_entries=new)
    return replace(sheet, rows=rows, faults=faults, form=form), how


def remaining_asks(
    candidates: Sequence[Candidate], form: SheetForm | None, ledger: Ledger, as_of: dt.date
) -> list[OpenAsk]:
    """The open decisions that the notes of a form may settle: only a person can tell."""
    if not form:
        return []
    noted = [each.new for each in candidates if any(x.note for x in each.news.values())]
    asked = open_asks((assess_alone(each, ledger, as_of) for each in noted), as_of)
    names = {match_key(each.asked_of) for each in form.states.values()}
    return [x for x in asked if x.of and match_key(ledger.party(x.of)) in names]


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
