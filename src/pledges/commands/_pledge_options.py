"""The terms of a new pledge: as options, and as a pledge."""

import datetime as dt
from typing import Final

from msgspec.structs import replace

from pledges.commands._term_options import TermOptions, Texts, term_options
from pledges.commands._values import Values, in_registers, read_values, record_of
from pledges.domain.day import Period, period_around
from pledges.domain.edits import RegisterEntry
from pledges.domain.ids import next_id
from pledges.domain.pledge import Every, Kind, Ledger, Measure, Pledge
from pledges.domain.spelling import match_key
from pledges.errors import WrongUse
from pledges.view.wording import values as words

QUESTIONS: Final = {
    "title": "What was promised",
    "pillar": "Pillar",
    "owed_by": "Owed by",
    "due": "Due (a day or a period)",
    "made": "Made on",
    "strength": "Strength",
    "source": "Source (an id or an address)",
}
"""The terms that are asked for, in this order and in these words; their options come first."""

NEW_PLEDGE: Final = TermOptions(
    [
        *term_options(Pledge, "Its terms", first=[*QUESTIONS], last=["id"]),
        *term_options(Measure, "Its measure"),
    ]
)


def missing_option(texts: Texts) -> str | None:
    """The first option without which there is no pledge; its id is made from its pillar."""
    given = (*texts, "id")
    missing = (each for each in NEW_PLEDGE.of(Pledge) if each.term.is_required)
    return next((each.flag for each in missing if each.name not in given), None)


def read_terms(texts: Texts, today: dt.date) -> Values:
    """What the options say.

    Raises: ``WrongUse`` for a word, a date or a number that is none.
    """
    values = read_values(NEW_PLEDGE, texts, today)
    if "made" in values:
        check_made(values["made"], f"--made {texts['made']}", today)
    return values


def check_made(made: Period, said: str, today: dt.date) -> None:
    """Refuse what is yet to come as the time when a pledge was made.

    Raises: ``WrongUse``.
    """
    if made.first > today:
        hint = "give the day or the period in which it was made"
        raise WrongUse(f"{said} lies after {words.day(today)}", hint)


def pledge(values: Values, ledger: Ledger, new: list[RegisterEntry], today: dt.date) -> Pledge:
    """The pledge that the terms make; ``new`` are sources that the ledger does not have yet.

    Raises: ``WrongUse`` for what the ledger does not have, and for what does not go together.
    """
    usual = Kind.RECURRING if "every" in values else Kind.ONE_OFF
    terms = record_of(Pledge, NEW_PLEDGE, values, id="", kind=usual)
    terms = in_registers(terms, NEW_PLEDGE, ledger, new)
    if not terms.id:
        _check_title(terms, ledger)
    if terms.due and terms.made and terms.due.last < terms.made.first:
        message = f"the deadline {terms.due.name} lies before it was made, {terms.made.name}"
        raise WrongUse(message, "give a later deadline, or see whether --made is right")
    name = _id(terms, ledger)
    _check_kind(terms)
    measure = _measure(values, ledger, new)
    return replace(terms, id=name, since=_since(terms, today), measure=measure)


def _check_title(terms: Pledge, ledger: Ledger) -> None:
    """A pledge that is entered twice is most often an oversight; with an id it is meant."""
    for each in ledger.pledges:
        if each.pillar == terms.pillar and match_key(each.title) == match_key(terms.title):
            hint = f"change that one: pledges update {each.id}; or give this one an --id"
            raise WrongUse(f"{each.id} has this title already", hint)


def _id(terms: Pledge, ledger: Ledger) -> str:
    """The id that was given, or else the next free one of the pillar."""
    taken = {each.id.casefold(): each for each in ledger.pledges}
    ids = [each.id for each in ledger.pledges]
    if not terms.id:
        of_pillar = [each.id for each in ledger.pledges if each.pillar == terms.pillar]
        return next_id(terms.pillar, ids, of_pillar)
    if not terms.id[0].isalnum():
        hint = f"for example {next_id(terms.pillar, ids, [])}"
        raise WrongUse(f"--id: {terms.id!r} does not begin with a letter or a digit", hint)
    if same := taken.get(terms.id.casefold()):
        hint = f"leave --id out, or change that one: pledges update {same.id}"
        raise WrongUse(f"the id {same.id} is taken: {same.title}", hint)
    return terms.id


def _check_kind(terms: Pledge) -> None:
    """Refuse options that do not go with the kind of pledge."""
    if terms.kind is Kind.RECURRING and not terms.every:
        raise WrongUse("what recurs does so every so often", f"give --every {', '.join(Every)}")
    if terms.kind is Kind.RECURRING and terms.due:
        raise WrongUse("what recurs is due at the end of each period", "leave --due out")
    if terms.kind is not Kind.RECURRING and (terms.every or terms.since):
        hint = "leave it out, or give --kind recurring --every year"
        option = "--every" if terms.every else "--since"
        raise WrongUse(f"{option} is for what recurs", hint)


def _since(terms: Pledge, today: dt.date) -> Period | None:
    """The first period: the one that was given, or else the one in which it was made."""
    since, every = terms.since, terms.every
    if not every or (since and since.length == every):
        return since
    begin = since or terms.made
    usual = period_around(begin.first if begin else today, every)
    if since:
        raise WrongUse(f"--since: {since.name} is no {every}", f"for example {usual.name}")
    return usual


def _measure(values: Values, ledger: Ledger, new: list[RegisterEntry]) -> Measure | None:
    if not any(each.name in values for each in NEW_PLEDGE.of(Measure)):
        return None
    if "unit" not in values:
        raise WrongUse("a measure needs a unit", "give it with --unit, such as --unit parks")
    return in_registers(record_of(Measure, NEW_PLEDGE, values), NEW_PLEDGE, ledger, new)
