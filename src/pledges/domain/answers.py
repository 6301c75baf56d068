"""Forms that a party fills in: what they told, and where the answers differ from the ledger.

The view writes a form and the import reads it: what both go by is here.
"""

import datetime as dt
from collections.abc import Iterator
from enum import StrEnum
from typing import Annotated, Final

from msgspec import Struct
from msgspec.structs import replace

from pledges.domain.assessment import AssessedPledge
from pledges.domain.deadlines import current_deadline
from pledges.domain.fields import meaning
from pledges.domain.pledge import Status, Update

FIRST_SHEET: Final = "Read first"
ANSWERS: Final = "Answers"
STATES: Final = "As told"
"""The hidden sheet of what the form told when it was made."""

FILLED_IN_BY: Final = "Filled in by"
ANSWERS_AS_OF: Final = "Answers as of"
"""The fields of the first sheet, by their labels."""


class FormHeading(StrEnum):
    """The headings of the answers' sheet: what is told, then what is asked."""

    ID = "Id"
    PLEDGE = "Pledge"
    DUE = "Due"
    LAST_KNOWN = "Last known"
    QUESTION = "Question"
    STATUS = "Status"
    FIGURE = "Figure"
    DAY = "Day"
    DEADLINE = "New deadline"
    NOTE = "Note"
    SOURCE = "Source"


STATUS_CHOICES: Final = {
    each.replace("-", " "): each for each in Status if each is not Status.SUPERSEDED
}
"""The statuses that a form offers: only the desk knows the id of what replaces a pledge."""


class ToldState(Struct, frozen=True):
    """What a form that was ``made`` on a day tells of a pledge, as the ledger writes it.

    ``period`` is the one of a recurring pledge that is asked about; what is ``shown`` are the texts
    of grey cells.
    """

    id: str
    title: str
    period: str | None
    status: str | None
    value: str | None
    due: str | None
    asked_of: str
    made: dt.date
    shown_due: str | None = None
    shown_known: str | None = None
    shown_question: str | None = None


class UnusedCell(Struct, frozen=True):
    """A cell of a form in which something was written that is not imported."""

    id: str
    row: int
    heading: str
    text: str


def told_state(each: AssessedPledge, asked_of: str, made: dt.date) -> ToldState:
    """What is told of a pledge to who is asked, on the day on which the form is made."""
    now, due = each.assessment, current_deadline(each.pledge)
    return ToldState(
        each.pledge.id,
        each.pledge.title,
        now.period.name if now.period else None,
        str(now.status) if now.status else None,
        None if now.value is None else str(now.value),
        due.name if due else None,
        asked_of,
        made,
    )


class Overtaken(Struct, frozen=True):
    """What the ledger says otherwise than a form told, or than it is answered.

    ``answer`` is None if the form does not say anything else; else both are kept, and ``in_force``
    is what counts from now on.
    """

    id: str
    key: Annotated[str, meaning("What differs: status, value, due or title.")]
    made: Annotated[dt.date, meaning("The day on which the form was made.")]
    told: Annotated[str | None, meaning("What the form told.")]
    now: Annotated[str | None, meaning("What the ledger says.")]
    now_on: Annotated[dt.date | None, meaning("The day of the entry that says so.")] = None
    now_by: Annotated[str | None, meaning("Who reported it.")] = None
    answer: Annotated[str | None, meaning("What the answer says instead.")] = None
    answer_on: Annotated[dt.date | None, meaning("The day of the answer.")] = None
    answer_by: Annotated[str | None, meaning("Who answered.")] = None
    in_force: Annotated[str | None, meaning("What counts with both in the ledger.")] = None


def overtaken(
    told: ToldState, old: AssessedPledge, new: AssessedPledge, answer: Update
) -> Iterator[Overtaken]:
    """Yield what of a pledge, ``old`` in the ledger, differs from what a form told of it.

    It is ``new`` with the answer.  Two answers for one day that differ are told, too, even if the
    form was made between them.
    """
    for key in ("title", "status", "value", "due"):
        was, says = getattr(told, key), _in_force(old, key, told)
        given = _said(answer, key)
        entries = (x for x in reversed(old.pledge.history) if says and _said(x, key) == says)
        periods = (None, told.period)
        rival = next((x for x in entries if (x.period and x.period.name) in periods), None)
        is_of_one_day = rival is not None and rival.date == answer.date
        if given == says or (was == says and not (given and is_of_one_day)):
            continue
        found = Overtaken(told.id, key, told.made, was, says)
        if rival:
            found = replace(found, now_on=rival.date, now_by=rival.by)
        if given is not None:
            by, in_force = answer.by, _in_force(new, key, told)
            found = replace(
                found, answer=given, answer_on=answer.date, answer_by=by, in_force=in_force
            )
        yield found


def _in_force(each: AssessedPledge, key: str, told: ToldState) -> str | None:
    """What the ledger says by now; of a recurring pledge, about the period that was asked about."""
    if told.period and key in ("status", "value"):
        entries = (x for x in reversed(each.pledge.history) if x.period)
        about = (_said(x, key) for x in entries if x.period and x.period.name == told.period)
        return next(filter(None, about), getattr(told, key))
    found: str | None = getattr(told_state(each, told.asked_of, told.made), key)
    return found


def _said(update: Update, key: str) -> str | None:
    """What an update says under a key, as a text of the ledger."""
    found = getattr(update, key, None)
    return None if found is None else found.name if key == "due" else str(found)
