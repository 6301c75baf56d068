"""A form that ``ask`` wrote and somebody filled in: its answers as a log of who answered."""

import datetime as dt
from collections.abc import Collection, Iterator, Mapping, Sequence
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
    STATUS_CHOICES,
    FormHeading,
    Overtaken,
    ToldState,
    UnusedCell,
    overtaken,
)
from pledges.domain.pledge import Ledger, Status
from pledges.domain.snapshot import OpenAsk, assess_alone, open_asks
from pledges.domain.spelling import match_key, read_word
from pledges.errors import Fault, NotADate, UnknownWord, WrongUse
from pledges.ledger.importing.cell_texts import cell_value_text, plain_text, quotation
from pledges.ledger.importing.mapping import ColumnUse, SheetMapping
from pledges.ledger.importing.merging import Candidate
from pledges.ledger.importing.own_workbook import numbered_rows, own_value, sheet_headings
from pledges.ledger.importing.sheet_dates import read_date
from pledges.ledger.importing.sheets import (
    MOST_TITLE_ROWS,
    Row,
    Sheet,
    SheetForm,
    cell_fault,
    row_refusal,
)
from pledges.ledger.importing.targets import IN_FORCE
from pledges.ledger.text.finding import Explanation

BY, PERIOD, SEEN, WHY = "By", "Period", "Seen", "Why"
"""The headings of what no cell of a row says, but the form itself."""

LOG: Final = {
    FormHeading.STATUS: "status",
    FormHeading.FIGURE: "value",
    FormHeading.DAY: "updated",
    FormHeading.DEADLINE: IN_FORCE,
    FormHeading.NOTE: "update_note",
    FormHeading.SOURCE: "update_source",
    BY: "by",
    PERIOD: "period",
    SEEN: "seen",
    WHY: "why",
}
"""What the columns of a form give of an update."""

READ: Final = frozenset({FormHeading.ID, *LOG})
"""The headings of what is imported; the others only tell."""

SAID: Final = (FormHeading.STATUS, FormHeading.FIGURE, FormHeading.DEADLINE, FormHeading.NOTE)
"""The columns of which an answer has at least one."""

GREY: Final = {
    FormHeading.PLEDGE: "title",
    FormHeading.DUE: "shown_due",
    FormHeading.LAST_KNOWN: "shown_known",
    FormHeading.QUESTION: "shown_question",
}
"""The columns that only tell, with what the hidden sheet has of their texts."""


def is_form(book: Any) -> bool:
    """Whether a workbook is a form that ``ask`` wrote, even if a sheet has another name by now."""
    is_ours = STATES in book.sheetnames
    return is_ours and {"id", "asked_of", "made"} <= {*sheet_headings(book[STATES])}


def _heading_row(sheet: Any) -> int | None:
    """The number of the row of headings; somebody may have put rows above it."""
    for number, cells in enumerate(sheet.iter_rows(max_row=MOST_TITLE_ROWS), start=1):
        if {FormHeading.ID, FormHeading.DAY} <= {cell_value_text(cell).strip() for cell in cells}:
            return number
    return None


def _heading_row_of_form(book: Any, name: str) -> int:
    """The row of the headings of the answers.

    Raises: ``FaultyRows`` if they, or their sheet, are not there any more.
    """
    if ANSWERS not in book.sheetnames:
        message = f"it is a form of pledges ask, but it has no sheet {ANSWERS!r}"
        hint = "give the sheet of the answers its name again"
        raise row_refusal(name, 1, Explanation("form", message, hint))
    head = _heading_row(book[ANSWERS])
    if head is None:
        headings = f"{FormHeading.ID} and {FormHeading.DAY}"
        message = f"the sheet {ANSWERS!r} of the form has no row with the headings {headings}"
        raise row_refusal(name, 1, Explanation("form", message, "put the headings back"))
    return head


def form_sheet(book: Any, name: str) -> Sheet:
    """The answers of a form: the rows in which anything is filled in.

    Without its first sheet they are by who was asked, and have no day.

    Raises: ``FaultyRows`` if it has no answers any more.
    """
    head = _heading_row_of_form(book, name)
    fields = _fields(book[FIRST_SHEET]) if FIRST_SHEET in book.sheetnames else {}
    states = {each.id: each for each in _states(book[STATES])}
    heading_cells, *rows = book[ANSWERS].iter_rows(min_row=head)
    headings = [cell_value_text(each).strip() for each in heading_cells]
    faults: list[Fault] = []
    answers, unread, unused = [], list[str](), list[UnusedCell]()
    for number, cells in enumerate(rows, start=head + 1):
        texts = [cell_value_text(each).strip() for each in cells]
        first = dict(zip(reversed(headings), reversed(texts), strict=True))  # of two the first
        answer = {heading: first[heading] for heading in headings}
        told = states.get(answer[FormHeading.ID])
        is_answer = any(answer.get(each) for each in SAID)
        unused += _unused_cells(answer, told, number)
        unread += _unread_cells(cells, headings, {*FormHeading} if told or is_answer else set())
        if is_answer:
            found = [*_contradictions(answer, told, number, name)]
            faults += found
            if not any(each.code in ("missing", "word") for each in found):  # it can be read
                answers.append(Row(number, _answer_cells(answer, told)))
    own_headings = (each if each in READ else "" for each in dict.fromkeys(headings))
    return Sheet(
        name,
        [*own_headings, PERIOD, SEEN, WHY, BY],
        answers,
        is_text=True,
        faults=faults,
        heading_row=head,
        title=ANSWERS,
        form=replace(_form(fields, states), unread=unread, unused=unused),
    )


def _unread_cells(
    cells: Sequence[Any], headings: Sequence[str], known: Collection[str]
) -> Iterator[str]:
    """Yield the names of cells with a text whose heading is not ``known``, or a second one."""
    for at, (heading, cell) in enumerate(zip(headings, cells, strict=True)):
        if cell_value_text(cell).strip() and (heading not in known or heading in headings[:at]):
            yield cell.coordinate


def _unused_cells(
    answer: Mapping[str, str], told: ToldState | None, row: int
) -> Iterator[UnusedCell]:
    """Yield what is written in grey cells, and the day or source of an answer that says nothing.

    Another title of an answer is a fault.  Old forms don't say what their cells told.
    """
    is_said = any(answer.get(each) for each in SAID)
    found = [FormHeading.DAY, FormHeading.SOURCE] if told and not is_said else []
    if told and told.shown_question is not None:
        found += (
            heading
            for heading, key in GREY.items()
            if not (is_said and heading is FormHeading.PLEDGE)
            and plain_text(answer.get(heading, "")) != _shown(getattr(told, key))
        )
    for heading in found:
        if text := answer.get(heading):
            yield UnusedCell(answer[FormHeading.ID], row, heading, text)


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


def _shown(text: str | None) -> str:
    """A text as its cell in a form shows it, as it is compared."""
    return plain_text("\n".join(map(clean, (text or "").split("\n"))))


def _answer_cells(answer: Mapping[str, str], told: ToldState | None) -> list[str]:
    """The cells of an answer, with its period, whether it was only seen, and why a deadline moves.

    What is completed on a day that is not given was so by the day of the form.  The note is the
    reason of the move, and remains a note only if anything else is said.
    """
    status, figure, note = (
        answer.get(x, "") for x in (FormHeading.STATUS, FormHeading.FIGURE, FormHeading.NOTE)
    )
    is_seen = match_key(status) == Status.COMPLETED and not answer.get(FormHeading.DAY)
    why = note if answer.get(FormHeading.DEADLINE) else ""
    cells = {x: cell if x in READ else "" for x, cell in answer.items()}
    if why and not (status or figure):
        cells[FormHeading.NOTE] = ""
    period = told.period if told else None
    return [*cells.values(), period or "", "yes" if is_seen else "", why]


def _contradictions(
    answer: Mapping[str, str], told: ToldState | None, row: int, name: str
) -> Iterator[Fault]:
    """Yield what of a row is not of the form: its id, its title or its status.

    A row without an id can't be told from those of other pledges, if several have one title.
    """
    title, status = (answer.get(x, "") for x in (FormHeading.PLEDGE, FormHeading.STATUS))
    found: dict[FormHeading, Explanation] = {}
    if not answer[FormHeading.ID]:
        hint = "write the id of the pledge that the row is about; a form adds no pledges"
        found[FormHeading.ID] = Explanation("missing", "this answer has no id", hint)
    elif told and title and plain_text(title) != _shown(told.title):
        message = f"the form asked about {told.id}, {quotation(told.title)}"
        hint = "ids and pledges no longer belong together: put them back, or ask again"
        found[FormHeading.PLEDGE] = Explanation("contradiction", message, hint)
    if status:
        try:
            read_word(STATUS_CHOICES.values(), "status", status)
        except UnknownWord:
            hint = f"choose one of {', '.join(STATUS_CHOICES)}"
            message = f"{answer[FormHeading.ID]}: the form offers no status {quotation(status)}"
            found[FormHeading.STATUS] = Explanation("word", message, hint)
    headings = [*answer]
    for heading, explanation in found.items():
        yield cell_fault(name, row, explanation, headings.index(heading) + 1, heading)


def as_log(sheet: Sheet, how: SheetMapping, as_of: dt.date) -> tuple[Sheet, SheetMapping]:
    """The answers of a form as a log, with the day and the name that the form gives for all.

    Raises: ``WrongUse`` if pledges that it does not have should get a tag: it asks about a few.
    """
    form, faults = sheet.form, [*sheet.faults]
    if not form:
        return sheet, how
    if how.vanished_tag:
        message = "--vanished is for registers, and a form has only the pledges that it asks about"
        raise WrongUse(message, "leave it out")
    day, words = _day_of_all(form.day, how, as_of)
    if words:
        label = f"{FIRST_SHEET}.{ANSWERS_AS_OF}"
        faults.append(cell_fault(sheet.name, form.day_row, words, 2, label))
    at = sheet.headings.index(FormHeading.DAY)
    undated = frozenset(each.number for each in sheet.rows if not each.cells[at].strip())
    rows = []
    for each in sheet.rows:
        cells = [*each.cells, form.by]
        cells[at] = cells[at].strip() or day
        rows.append(Row(each.number, cells))
    is_undated = "updated" not in how.fixed and not day and bool(undated)
    form = replace(form, is_undated=is_undated, undated_rows=undated)
    new = frozenset((*how.new_entries, "sources"))
    columns = {FormHeading.ID: ColumnUse("id")}
    log = {heading: target for heading, target in LOG.items() if heading in sheet.headings}
    how = replace(how, columns=columns, log=log, new_entries=new)
    return replace(sheet, rows=rows, faults=faults, form=form), how


def _day_of_all(text: str, how: SheetMapping, as_of: dt.date) -> tuple[str, Explanation | None]:
    """The day that a form gives for all its answers, if it is one, and else what is wrong."""
    if not text:
        return "", None
    try:
        day = read_date(text, how.order).last
    except NotADate as error:
        return "", Explanation("date", error.reason, error.hint)
    if day > as_of:
        message = f"{day} is after {as_of}"
        return "", Explanation("rule", message, "an answer is about what has happened")
    return day.isoformat(), None


def remaining_asks(
    candidates: Sequence[Candidate], form: SheetForm | None, ledger: Ledger, as_of: dt.date
) -> list[OpenAsk]:
    """The open decisions that the notes of a form may settle: only a person can tell."""
    if not form:
        return []
    noted = [each.new for each in candidates if any(x.note or x.why for x in each.news.values())]
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
