"""``ask``: what a party is asked about its pledges, as a letter and as a form to fill in."""

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from pledges.clean import without_joints
from pledges.domain.answers import (
    ANSWERS,
    ANSWERS_AS_OF,
    FILLED_IN_BY,
    FIRST_SHEET,
    STATUS_CHOICES,
    FormHeading,
    told_state,
)
from pledges.domain.assessment import AssessedPledge
from pledges.domain.pledge import Ask, Kind
from pledges.domain.snapshot import Snapshot
from pledges.view.answer import (
    Answer,
    Blank,
    Envelope,
    Form,
    FormColumn,
    FormRow,
    LedgerDocument,
    PledgeRecord,
)
from pledges.view.page import Bullets, Entries, Entry, Page, Run, Section, Subject, line
from pledges.view.pledge_columns import grid_columns
from pledges.view.report.matter import pledge_name
from pledges.view.wording import question_phrases
from pledges.view.wording import values as words
from pledges.view.wording.standings import time_left
from pledges.view.wording.titles import short_title

TOLD: Final = (
    FormColumn(FormHeading.ID, 9),
    FormColumn(FormHeading.PLEDGE, 32),
    FormColumn(FormHeading.DUE, 14),
    FormColumn(FormHeading.LAST_KNOWN, 32),
    FormColumn(FormHeading.QUESTION, 32),
)
ASKED: Final = (
    FormColumn(FormHeading.STATUS, 14, Blank.TEXT, [*STATUS_CHOICES]),
    FormColumn(FormHeading.FIGURE, 11, Blank.NUMBER),
    FormColumn(FormHeading.DAY, 12, Blank.DAY),
    FormColumn(FormHeading.DEADLINE, 14, Blank.TEXT),
    FormColumn(FormHeading.NOTE, 34, Blank.TEXT),
    FormColumn(FormHeading.SOURCE, 24, Blank.TEXT),
)
FIELDS: Final = {FILLED_IN_BY: Blank.TEXT, ANSWERS_AS_OF: Blank.DAY}


class AskRecord(PledgeRecord, frozen=True, kw_only=True):
    """A pledge with what is asked about it."""

    questions: Sequence[str]


class AskDocument(LedgerDocument, frozen=True, kw_only=True):
    """What is asked of whom, by whom, and the day by which answers are wanted."""

    kind: str = "ask"
    asked_of: str
    sender: str | None
    answer_by: dt.date
    pledges: Sequence[AskRecord]


class Inquiry(Struct, frozen=True):
    """What is asked of a party or body: its pledges, and the decisions that are wanted of it.

    ``asks`` are those of each pledge, by its id; of those that are not its ``own`` nothing else is
    asked.  ``slug`` is for the name of the file, which ``is_attached`` to a draft.
    """

    now: Snapshot
    asked_of: str
    slug: str
    answer_by: dt.date
    pledges: Sequence[AssessedPledge]
    own: Collection[str]
    asks: Mapping[str, Sequence[Ask]]
    sender: str | None = None
    subject: str | None = None
    is_attached: bool = False

    def questions(self, each: AssessedPledge) -> list[str]:
        """What is asked about one of its pledges."""
        found = [*question_phrases.decision_questions(self.asks.get(each.pledge.id, ()))]
        if each.pledge.id in self.own:
            found += question_phrases.questions(each, self.now)
        return found

    @property
    def file(self) -> str:
        """The name of the form's file."""
        return f"pledges-{self.slug}-{self.now.as_of}.xlsx"

    @property
    def title(self) -> str:
        """What a mail and a form are called."""
        return f"Please answer by {words.day(self.answer_by)}: {short_title(self.now.ledger)}"

    @property
    def where_and_when(self) -> str:
        """To whom and by when answers are sent back."""
        to = f"to {self.sender} " if self.sender else ""
        return f"{to}by {words.day(self.answer_by)}"

    @property
    def lead(self) -> list[str]:
        """What is asked, of whom, by whom and by when, in sentences."""
        pledges, plan = words.count(len(self.pledges), "pledge"), self.now.ledger.plan.title
        concern = "concerns" if len(self.pledges) == 1 else "concern"
        asked = f"Please tell us what is new about {pledges} that {concern} {self.asked_of}."
        by = [f"Asked by: {self.sender}"] if self.sender else []
        return [asked, words.sentence(f"The plan: {words.quote(plan)}"), *by]


def steps(inquiry: Inquiry) -> list[str]:
    """How the form is filled in."""
    return [
        f'Each pledge has a row on the sheet "{ANSWERS}": fill in its white cells.',
        "Leave empty what you have nothing new on: it stays as it is.",
        "A figure is the new total, as a number alone, not what was added.",
        f'If something happened on another day than "{ANSWERS_AS_OF}", give that day in its row.',
        "A new deadline is a day or a year, such as 2026-12-31 or 2027.",
        "If a figure falls, a deadline moves or a pledge is withdrawn, please say why in its note.",
        f'Say on the sheet "{FIRST_SHEET}" who filled it in, and as of which day.',
        f"Save it as an Excel workbook, and send it back {inquiry.where_and_when}.",
    ]


def answer(inquiry: Inquiry, envelope: Envelope, remarks: Sequence[str]) -> Answer:
    """What is asked, in every format; as a workbook it is the form, which a draft carries."""
    now = inquiry.now

    def document() -> AskDocument:
        records = [
            AskRecord.of(x, questions=[*map(without_joints, inquiry.questions(x))])
            for x in inquiry.pledges
        ]
        return AskDocument.of(
            now,
            asked_of=inquiry.asked_of,
            sender=inquiry.sender,
            answer_by=inquiry.answer_by,
            pledges=records,
        )

    columns = {
        "questions": lambda each: without_joints(" ".join(inquiry.questions(each))),
        **grid_columns(now.ledger),
    }
    return Answer(
        lambda: _letter(inquiry),
        document,
        columns,
        inquiry.pledges,
        remarks,
        envelope=envelope,
        form=(lambda: _form(inquiry)) if inquiry.pledges else None,
    )


def _letter(inquiry: Inquiry) -> Page:
    if not inquiry.pledges:
        return Page(caption=f"{short_title(inquiry.now.ledger)}: nothing to ask.")
    entries = [_entry(each, inquiry) for each in inquiry.pledges]
    form = f"the {'attached form,' if inquiry.is_attached else 'form'} {inquiry.file}"
    fill_in = f"Please fill in {form}, and send it back {inquiry.where_and_when}."
    return Page(
        is_mail=True,
        subject=Subject(inquiry.subject or inquiry.title),
        title=inquiry.title,
        lead=[line(text) for text in (*inquiry.lead, fill_in)],
        sections=[
            Section(f"What is asked ({len(entries):,})", blocks=[Entries(entries)]),
            Section("How to answer", blocks=[Bullets([line(x) for x in steps(inquiry)])]),
        ],
        notes=[line(f"As of {words.day(inquiry.now.as_of)}.")],
    )


def _entry(each: AssessedPledge, inquiry: Inquiry) -> Entry:
    """A pledge with what is known of it, and what is asked."""
    due = question_phrases.due_text(each)
    left = time_left(each.assessment)
    phrase = f"due {due}{f', {left}' if left else ''}" if due else "no deadline"
    known = words.sentence("; ".join(map(words.without_stop, question_phrases.known_lines(each))))
    return Entry(
        name=pledge_name(each),
        phrase=Run(phrase, is_bold=True),
        lines=[line(known), *(line(text) for text in inquiry.questions(each))],
    )


def _form(inquiry: Inquiry) -> Form:
    rows, states = [], []
    for each in inquiry.pledges:
        row = _row(each, inquiry)
        _, _, due, known, question = row.told  # which tell the import if somebody changed them
        state = told_state(each, inquiry.asked_of, inquiry.now.as_of)
        states.append(replace(state, shown_due=due, shown_known=known, shown_question=question))
        rows.append(row)
    return Form(
        file=inquiry.file,
        title=without_joints(inquiry.title),
        lead=[*map(without_joints, inquiry.lead)],
        steps=[*map(without_joints, steps(inquiry))],
        fields=FIELDS,
        columns=[*TOLD, *ASKED],
        rows=rows,
        states=states,
    )


def _row(each: AssessedPledge, inquiry: Inquiry) -> FormRow:
    """What is told of a pledge, a text for each column, and the cells that it has no use for."""
    pledge = each.pledge
    told = [pledge.id, pledge.title, question_phrases.due_text(each)]
    told += ["\n".join(question_phrases.known_lines(each)), "\n".join(inquiry.questions(each))]
    closed = [] if pledge.measure else [FormHeading.FIGURE]
    closed += [] if pledge.kind is Kind.ONE_OFF else [FormHeading.DEADLINE]
    if pledge.id not in inquiry.own:  # a decision is told in a note
        closed = [FormHeading.STATUS, FormHeading.FIGURE, FormHeading.DEADLINE]
    return FormRow([*map(without_joints, told)], closed)
