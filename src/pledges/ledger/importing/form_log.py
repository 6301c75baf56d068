"""The answers of a form as a log, what is wrong with them, and where the ledger says otherwise."""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

from msgspec.structs import replace

from pledges.domain.answers import ANSWERS_AS_OF, FIRST_SHEET, FormHeading, Overtaken, overtaken
from pledges.domain.pledge import Ledger
from pledges.domain.snapshot import OpenAsk, assess_alone, open_asks
from pledges.domain.spelling import match_key
from pledges.errors import Fault, NotADate, WrongUse
from pledges.ledger.importing.ask_form import LOG
from pledges.ledger.importing.mapping import ColumnUse, SheetMapping
from pledges.ledger.importing.merging import Candidate
from pledges.ledger.importing.sheet_dates import read_date
from pledges.ledger.importing.sheets import Row, Sheet, SheetForm, cell_fault
from pledges.ledger.text.finding import Explanation

HINTS: Final[Mapping[str, str]] = {
    FormHeading.FIGURE: "give a number alone, such as 21 or 21.5",
    FormHeading.DAY: "give a day, such as 2026-12-31",
    FormHeading.DEADLINE: "give a day or a period, such as 2026-12-31 or 2027",
}
"""What is said instead of how a mapping would give a cell a meaning."""

OF_THE_LEDGER: Final = {
    "measure = ": "leave the cell empty: the form asks for no figure of this pledge",
    "why = ": f"give the reason in its {FormHeading.NOTE}",
}
"""What is said instead of lines to write in the ledger, by what these have in them."""


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


def form_faults(faults: Iterable[Fault], sheet: Sheet) -> Iterator[Fault]:
    """Yield the faults of a form at its cells, each with the id of its pledge; others as they are.

    The day of an answer that gives none is on the first sheet.
    """
    form = sheet.form
    at = sheet.headings.index(FormHeading.ID) if form else 0
    ids = {row.number: row.cells[at] for row in sheet.rows} if form else {}
    for each in faults:
        if not form or each.text.startswith(FIRST_SHEET):
            yield each
            continue
        hint = each.hint or ""
        new = next((x for part, x in OF_THE_LEDGER.items() if part in hint), each.hint)
        if "mapping" in hint:
            new = HINTS.get(each.text)
        about = ids.get(each.line)
        found = each._replace(hint=new)
        if about and about not in each.message:
            found = found._replace(message=f"{about}: {each.message}")
        if each.text == FormHeading.DAY and each.line in form.undated_rows:
            label = f"{FIRST_SHEET}.{ANSWERS_AS_OF}"
            found = found._replace(line=form.day_row, column=2, text=label, width=len(label))
        yield found
