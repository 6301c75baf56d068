"""``pledges add``: a new pledge after the last one of its pillar."""

import datetime as dt
from collections.abc import Sequence
from textwrap import wrap
from typing import Annotated, Final

import typer
from msgspec.structs import replace

from pledges.clean import clean
from pledges.commands._help import WRITING_EXITS, CommandHelp, Example
from pledges.commands._lookups import NEW_SOURCE, in_registers, key_in, new_source
from pledges.commands._options import Writing
from pledges.commands._pledge_terms import (
    CLAIM_TERMS,
    NEW_PLEDGE_TERMS,
    PLEDGE_TERMS,
    check_claim,
    check_made,
    completed_pledge,
    pledge_of_id,
    usual_kind,
)
from pledges.commands._session import as_of_day, open_session
from pledges.commands._spread import spread
from pledges.commands._term_options import TermOptions, Texts
from pledges.commands._values import Values, option_value, read_values, record_of
from pledges.commands._writing import can_ask, open_desk
from pledges.domain.edits import Edit, NewPledge, RegisterEntry
from pledges.domain.ids import next_id
from pledges.domain.pledge import Claim, Kind, Ledger, Pledge, Strength, is_url
from pledges.domain.snapshot import Snapshot, assess_alone
from pledges.domain.sorting import Group
from pledges.domain.spelling import match_key
from pledges.errors import Exit, PledgesError, WrongUse, nearest
from pledges.streams import notify
from pledges.view.list_page import Listing, answer

NEW_TERMS: Final = TermOptions([*NEW_PLEDGE_TERMS.options, *CLAIM_TERMS])
QUESTIONS: Final = {
    "title": "What was promised",
    "pillar": "Pillar",
    "owed_by": "Owed by",
    "due": "Due (a day or a period)",
    "made": "Made on",
    "strength": "Strength",
    "source": "Source (an id or a URL)",
}
"""The questions for missing terms, in their order; the options of these terms come first."""

HELP_WIDTH: Final = 76  # the cells of a line of help below a question

HELP: Final = CommandHelp(
    "Add a pledge after the last one of its pillar.",
    [
        Example(
            "With a deadline and who owes it:",
            "pledges add --title 'A school' --pillar people --owed-by VN --due 2028",
        ),
        Example(
            "With a number that must be reached:",
            "pledges add --title Schools --pillar people --unit schools --target 9",
        ),
        Example(
            "Every year:", "pledges add --title 'Meet' --pillar security --every year --since 2026"
        ),
    ],
    about="On a terminal it asks for what is missing.",
    exits=[each for each in WRITING_EXITS if each is not Exit.NO_PLEDGE],
    topics=["ledger", "dates"],
)


@spread
def run(
    terms: Annotated[Texts, NEW_TERMS], source: Annotated[Texts, NEW_SOURCE], writing: Writing
) -> int:
    today = as_of_day(writing.as_of)
    needed = (x for x in PLEDGE_TERMS.of(Pledge) if x.term.is_required and x.name != "id")
    missing = next((each.flag for each in needed if each.name not in terms), None)
    if missing and not can_ask(writing):
        hint = "for example: pledges add --title 'Open the market' --pillar economy"
        raise WrongUse(f"a pledge needs {missing}", hint)
    values = read_values(NEW_TERMS, terms, today)
    if any(each.name in values for each in CLAIM_TERMS):
        check_claim(values, "--claim-source")
    if "made" in values:
        check_made(values["made"], f"--made {terms['made']}", today)
    new = read_values(NEW_SOURCE, source, today)
    desk = open_desk(writing)
    if missing:
        ledger = open_session(desk.reading, today=today).ledger
        try:
            values = _ask_for_terms(values, ledger, today, is_new_source=bool(new))
        except typer.Abort:
            notify([""])
            desk.say("Nothing was written.")
            return Exit.DONE

    def plan(ledger: Ledger) -> Sequence[Edit]:
        added = new_source(new, values.get("source", ()), ledger)
        return [*added, NewPledge(_new_pledge(values, ledger, added, today))]

    amendment = desk.amend(f"add {values['title']}", plan)
    known = {each.id for each in amendment.before.pledges}
    [pledge] = (each for each in amendment.after.pledges if each.id not in known)
    assessed = [assess_alone(pledge, amendment.after, today)]
    now = Snapshot(amendment.after, desk.path.name, today, assessed)
    desk.tell_change(amendment, lambda: answer(Listing([Group("", assessed)]), now, ()))
    return Exit.DONE


def _new_pledge(
    values: Values, ledger: Ledger, new: Sequence[RegisterEntry], today: dt.date
) -> Pledge:
    """The pledge that the terms make; ``new`` are sources that the ledger does not have yet."""
    draft = record_of(Pledge, PLEDGE_TERMS, values, id="", kind=usual_kind(values, Kind.ONE_OFF))
    draft = in_registers(draft, PLEDGE_TERMS, ledger, new)
    claims: tuple[Claim, ...] = ()
    if "claim_source" in values:
        claim = record_of(Claim, NEW_TERMS, values)
        claims = (in_registers(claim, NEW_TERMS, ledger, new),)
    draft = replace(draft, id=_id(draft, ledger), claims=claims)
    return completed_pledge(draft, values, ledger, new, today)


def _id(draft: Pledge, ledger: Ledger) -> str:
    """The id from the command line, or the next free one of the pillar.

    Raises: ``WrongUse``.  Without an id, a title that another pledge has is refused too: a pledge
    that is entered twice is usually a mistake.
    """
    ids = [each.id for each in ledger.pledges]
    of_pillar = [each for each in ledger.pledges if each.pillar == draft.pillar]
    if not draft.id:
        title = match_key(draft.title)
        if same := next((x for x in of_pillar if match_key(x.title) == title), None):
            hint = f"to update that one: pledges update {same.id}; to add another, give it an --id"
            raise WrongUse(f"{same.id} already has this title", hint)
        return next_id(draft.pillar, ids, [each.id for each in of_pillar])
    if used := pledge_of_id(draft.id, ledger.pledges, next_id(draft.pillar, ids, [])):
        hint = f"leave out --id, or update that one: pledges update {used.id}"
        raise WrongUse(f"the id {used.id} is already used: {used.title}", hint)
    return draft.id


def _ask_for_terms(
    values: Values, ledger: Ledger, today: dt.date, *, is_new_source: bool
) -> Values:
    """The terms, with the answers to what is missing; an empty answer leaves a term out.

    The options are checked first, so that an error is reported before the first question.
    """
    given = {name: value for name, value in values.items() if name != "source"}
    _new_pledge({"title": "?", "pillar": next(iter(ledger.pillars)), **given}, ledger, [], today)
    if "source" in values and not is_new_source:
        _check_sources(values["source"], ledger)
    notify(["Press Enter to skip a question, or Ctrl-C to stop without adding anything."])
    answers = {name: _answer(name, ledger, today) for name in QUESTIONS if name not in values}
    return {**values, **{name: answer for name, answer in answers.items() if answer}}


def _answer(name: str, ledger: Ledger, today: dt.date) -> object:
    """The value of an answer, once it has one; None leaves the term out."""
    choices = {"pillar": ledger.pillars, "owed_by": ledger.parties, "strength": list(Strength)}
    known = ", ".join(choices.get(name, ()))
    prompt = f"{QUESTIONS[name]} ({known})" if known else QUESTIONS[name]
    option = PLEDGE_TERMS[name]
    while True:
        text: str = typer.prompt(clean(prompt), default="", show_default=False, err=True).strip()
        try:
            if not text and option.term.is_required:
                raise WrongUse("this is required")
            if not text:
                return None
            value = option_value(option.term, text, option.flag.lstrip("-"), today)
            if name == "made":
                check_made(value, f"made {text}", today)
            if name == "source":
                _check_sources(value, ledger)
            else:
                key_in(ledger, option, value)
        except PledgesError as error:
            said = (error.message, error.hint or "")
            notify(f"  {line}" for part in said for line in wrap(clean(part), HELP_WIDTH))
        else:
            return value


def _check_sources(cited: Sequence[str], ledger: Ledger) -> None:
    """Refuse a source that is not in the ledger; an answer can't add one."""
    known = set(map(match_key, ledger.sources))
    for text in (each for each in cited if not is_url(each) and match_key(each) not in known):
        close = nearest(text, ledger.sources)
        hint = f"did you mean {close}?" if close else "give the id of a source, or a URL"
        raise WrongUse(f"the ledger has no source {text!r}", hint)
