"""What is wrong with the answers of a form, in words of its cells."""

from collections.abc import Iterable, Iterator
from typing import Final

from pledges.domain.answers import ANSWERS_AS_OF, FIRST_SHEET, FormHeading
from pledges.errors import Fault
from pledges.ledger.importing.sheets import Sheet

HINTS: Final = {
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
            new = next((x for heading, x in HINTS.items() if heading == each.text), None)
        about = ids.get(each.line)
        message = (
            f"{about}: {each.message}" if about and about not in each.message else each.message
        )
        found = each._replace(message=message, hint=new)
        if each.text == FormHeading.DAY and each.line in form.undated_rows:
            label = f"{FIRST_SHEET}.{ANSWERS_AS_OF}"
            found = found._replace(line=form.day_row, column=2, text=label, width=len(label))
        yield found
