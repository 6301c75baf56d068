"""A form that ``ask`` wrote and somebody filled in: its answers as a log of who answered."""

from collections.abc import Iterator, Mapping
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
    ToldState,
    UnusedCell,
)
from pledges.domain.pledge import Status
from pledges.domain.spelling import match_key, read_word
from pledges.errors import Fault, UnknownWord
from pledges.ledger.importing.cell_texts import cell_value_text, plain_text, quotation
from pledges.ledger.importing.own_workbook import own_value, sheet_headings, sheet_records
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


def _heading_row(book: Any, name: str) -> int:
    """The row of the headings of the answers; somebody may have put rows above it.

    Raises: ``FaultyRows`` if they, or their sheet, are not there any more.
    """
    message = f"it is a form of pledges ask, but it has no sheet {ANSWERS!r}"
    hint = "give the sheet of the answers its name again"
    if ANSWERS in book.sheetnames:
        wanted = {FormHeading.ID, FormHeading.DAY}
        for number, cells in enumerate(book[ANSWERS].iter_rows(max_row=MOST_TITLE_ROWS), start=1):
            if wanted <= {cell_value_text(cell).strip() for cell in cells}:
                return number
        headings = f"{FormHeading.ID} and {FormHeading.DAY}"
        message = f"the sheet {ANSWERS!r} of the form has no row with the headings {headings}"
        hint = "put the headings back"
    raise row_refusal(name, 1, Explanation("form", message, hint))


def form_sheet(book: Any, name: str) -> Sheet:
    """The answers of a form: the rows in which anything is filled in.

    Without its first sheet they are by who was asked, and have no day.

    Raises: ``FaultyRows`` if it has no answers any more.
    """
    head, form = _heading_row(book, name), _form(book)
    heading_cells, *rows = book[ANSWERS].iter_rows(min_row=head)
    headings = [cell_value_text(each).strip() for each in heading_cells]
    faults: list[Fault] = []
    answers, unread, unused = [], list[str](), list[UnusedCell]()
    for number, cells in enumerate(rows, start=head + 1):
        texts = [cell_value_text(each).strip() for each in cells]
        first = dict(zip(reversed(headings), reversed(texts), strict=True))  # of two the first
        answer = {heading: first[heading] for heading in headings}
        told = form.states.get(answer[FormHeading.ID])
        is_answer = any(answer.get(each) for each in SAID)
        known = {*FormHeading} if told or is_answer else set()
        for at, (heading, text) in enumerate(zip(headings, texts, strict=True)):
            if text and (heading not in known or heading in headings[:at]):
                unread.append(cells[at].coordinate)
        unused += _unused_cells(answer, told, number, is_answer=is_answer)
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
        form=replace(form, unread=unread, unused=unused),
    )


def _form(book: Any) -> SheetForm:
    """What the form says of all its answers; they are by who was asked, and who filled it in.

    What it told of a pledge is no matter if somebody has spoilt that row.
    """
    states: dict[str, ToldState] = {}
    for _, cells in sheet_records(book[STATES]):
        told = {x: own_value(cells[x]) if x in cells else None for x in ToldState.__struct_fields__}
        with suppress(msgspec.ValidationError):
            state = msgspec.convert(told, ToldState)
            states[state.id] = state
    asked_of = next((each.asked_of for each in states.values()), "")
    rows = book[FIRST_SHEET].iter_rows(max_col=2) if FIRST_SHEET in book.sheetnames else ()
    fields = {
        cell_value_text(label).strip(): (cell_value_text(field).strip(), number)
        for number, (label, field) in enumerate(rows, start=1)
    }
    (who, _), (day, day_row) = (fields.get(x, ("", 1)) for x in (FILLED_IN_BY, ANSWERS_AS_OF))
    person = " ".join(who.split())
    is_other = person and match_key(person) != match_key(asked_of)
    return SheetForm(states, f"{asked_of} ({person})" if is_other else asked_of, day, day_row)


def _unused_cells(
    answer: Mapping[str, str], told: ToldState | None, row: int, *, is_answer: bool
) -> Iterator[UnusedCell]:
    """Yield what is written in grey cells, and the day or source of an answer that says nothing.

    Another title of an answer is a fault.  Old forms don't say what their cells told.
    """
    found = [FormHeading.DAY, FormHeading.SOURCE] if told and not is_answer else []
    if told and told.shown_question is not None:
        found += (
            heading
            for heading, key in GREY.items()
            if not (is_answer and heading is FormHeading.PLEDGE)
            and plain_text(answer.get(heading, "")) != _shown(getattr(told, key))
        )
    for heading in found:
        if text := answer.get(heading):
            yield UnusedCell(answer[FormHeading.ID], row, heading, text)


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
