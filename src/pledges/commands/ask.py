"""``pledges ask``: a form that asks a party how far its pledges are."""

import datetime as dt
import re
from collections.abc import Collection, Sequence
from typing import Annotated, Final

from msgspec import Struct
from msgspec.structs import replace

from pledges.commands._draft import Draft, said_text
from pledges.commands._help import CommandHelp, Example
from pledges.commands._options import Filters, Reading, Word, option
from pledges.commands._output import chosen_format
from pledges.commands._session import Session, day_ahead, open_session
from pledges.commands._spread import spread
from pledges.commands._typed_words import registered_keys
from pledges.domain.assessment import AssessedPledge
from pledges.domain.pledge import Ask
from pledges.domain.spelling import match_key, search_key
from pledges.errors import Exit, WrongUse
from pledges.ledger.reading.several import one_location
from pledges.render import Format
from pledges.streams import notify
from pledges.view.ask_page import Inquiry, answer
from pledges.view.wording import values as words
from pledges.view.wording.question_phrases import left_out_text

CONTENT: Final = "What it says"
USUAL_TIME: Final = dt.timedelta(14)
"""How much time there is to answer, unless the user says another day."""

CARRIERS: Final = (Format.XLSX, Format.EML)
"""The formats that are the form, or carry it."""

LONGEST_SLUG: Final = 40  # letters of who is asked in the name of a file: "ministry-of-planning"


class Request(Struct, frozen=True):
    """By when answers are wanted, and who wants them."""

    answer_by: Annotated[
        Word, option("DATE", "The day by which answers are wanted; in 14 days by default.", CONTENT)
    ] = None
    sender: Annotated[Word, option("TEXT", "Who asks, and where answers are sent to.", CONTENT)] = (
        None
    )


HELP: Final = CommandHelp(
    "Write a form that asks a party how far its pledges are, and a draft that carries it.",
    [
        Example("What would be asked of Singapore:", "pledges ask --party SG"),
        Example("The form, a workbook to fill in:", "pledges ask --party SG --output ask-SG.xlsx"),
        Example(
            "A draft that opens in a mail program, with the form attached:",
            "pledges ask --party SG --overdue --to desk@example.org --output ask-SG.eml",
        ),
    ],
    about=(
        "It asks somebody else, and changes nothing in the ledger. To note that a decision is "
        "wanted, use pledges update ID --ask; the form then asks for it. Pledges that are done or "
        "dropped are left out, unless you give their ids. The form that comes back is imported "
        "without a mapping: its answers are updates by who filled it in."
    ),
    topics=["forms", "filters", "dates", "import"],
)


@spread
def run(request: Request, draft: Draft, reading: Reading, filters: Filters) -> int:
    form = chosen_format(reading)
    draft.check(form)
    if not (filters.party or filters.lead):
        raise WrongUse("nobody is asked", "add --party, or --lead for a body in charge")
    one_location(reading.ledger)  # the answers come back into one
    session = open_session(reading, filters)
    key, name = _asked_of(session)
    own = frozenset(each.pledge.id for each in session.selection())
    chosen, left_out = _asked_about(session, key, name, own)
    slug = re.sub(r"[^A-Za-z0-9]+", "-", key if key.isascii() else search_key(key)).strip("-")
    as_of = session.now.as_of
    answer_by = min(as_of, dt.date.max - USUAL_TIME) + USUAL_TIME
    if request.answer_by is not None:
        answer_by = day_ahead(request.answer_by, "--answer-by", as_of)
    inquiry = Inquiry(
        now=session.now,
        asked_of=name,
        slug=slug[:LONGEST_SLUG].strip("-") or "form",
        answer_by=answer_by,
        pledges=chosen,
        own=own,
        asks={each.pledge.id: _asks(each, key, name) for each in chosen},
        sender=said_text(request.sender),
        subject=draft.said_subject,
        is_attached=form is Format.EML,
    )
    remarks = _remarks(session, inquiry, left_out)
    if not chosen and form in CARRIERS:
        notify([*remarks, *session.unknown_word_lines()])  # an empty form is of no use
    else:
        session.write(answer(inquiry, draft.envelope, remarks))
    return Exit.DONE


def _asked_of(session: Session) -> tuple[str, str]:
    """The key and the name of the one who is asked: a body of a party goes before the party.

    Raises: ``WrongUse`` if there are several.
    """
    filters, ledger = session.filters, session.ledger
    if filters.lead:
        known = {match_key(x): x for each in session.now.assessed for x in each.pledge.lead}
        pairs = {x: x for x in (known.get(match_key(lead), lead) for lead in filters.lead)}
    else:
        keys = registered_keys(filters.party or (), "party", ledger)
        pairs = {key: ledger.party(key) for key in keys}
    if len(pairs) > 1:
        message = f"a form is for one, not for {words.enumeration([*pairs.values()])}"
        raise WrongUse(message, "write a form for each: an answer is news by who gives it")
    return next(iter(pairs.items()))


def _asked_about(
    session: Session, key: str, name: str, own: Collection[str]
) -> tuple[list[AssessedPledge], list[AssessedPledge]]:
    """The pledges that are asked about, in the ledger's order, and those of its ``own`` left out.

    Those of others are in it, too, if a decision on them is wanted of who is asked.
    """
    anybody = replace(session, filters=replace(session.filters, party=None, lead=None))
    named = {match_key(each) for each in session.filters.ids or ()}
    asked: list[AssessedPledge] = []
    left_out: list[AssessedPledge] = []
    for each in anybody.selection():
        is_open = each.assessment.standing.is_open and not each.assessment.heading
        if _asks(each, key, name):
            asked.append(each)
        elif each.pledge.id in own:
            (asked if is_open or match_key(each.pledge.id) in named else left_out).append(each)
    return asked, left_out


def _asks(each: AssessedPledge, key: str, name: str) -> list[Ask]:
    """The open decisions on a pledge that are wanted of who is asked."""
    whose = {match_key(key), match_key(name)}
    return [x for x in each.pledge.asks if x.is_open and x.of and match_key(x.of) in whose]


def _remarks(session: Session, inquiry: Inquiry, left_out: Sequence[AssessedPledge]) -> list[str]:
    """What is left out, and what to do next."""
    remarks = [left_out_text(left_out)] if left_out else []
    if not inquiry.pledges:
        return [*(remarks or session.no_match_lines(())), "There is nothing to ask."]
    form = chosen_format(session.reading)
    if form in CARRIERS:
        by = words.day(inquiry.answer_by)
        asked = words.count(len(inquiry.pledges), "pledge")
        remarks.append(f"{inquiry.asked_of} is asked about {asked}, by {by}.")
    elif form in (Format.TERMINAL, Format.TEXT):
        remarks.append(f"To write the form, add: --output {inquiry.file}")
    return remarks
