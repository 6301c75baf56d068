"""The questions about a new pledge, for a user at a terminal."""

import datetime as dt
from textwrap import wrap
from typing import Final

import typer

from pledges.clean import clean
from pledges.commands._pledge_options import NEW_PLEDGE, QUESTIONS, check_made, pledge
from pledges.commands._values import Values, key_in, option_value
from pledges.domain.citations import is_url
from pledges.domain.pledge import Ledger, Strength
from pledges.domain.spelling import match_key
from pledges.errors import PledgesError, WrongUse, nearest
from pledges.streams import notify

WIDTH: Final = 76
"""The cells of a line of help below a question."""


def ask_for_terms(values: Values, ledger: Ledger, today: dt.date, *, is_new_source: bool) -> Values:
    """The terms, with the answers to what is missing; an empty answer leaves a term out.

    What was given is tried first; the source is one that is registered, unless it is new.

    Raises: ``WrongUse`` if what was given makes no pledge.
    """
    given = {name: value for name, value in values.items() if name != "source"}
    pledge({"title": "?", "pillar": next(iter(ledger.pillars)), **given}, ledger, [], today)
    if "source" in values and not is_new_source:
        _check_source(values["source"], ledger)
    notify(["Enter alone leaves a term out; Ctrl-C ends this, and nothing is written."])
    answers = {name: _answer(name, ledger, today) for name in QUESTIONS if name not in values}
    return {**values, **{name: answer for name, answer in answers.items() if answer}}


def _answer(name: str, ledger: Ledger, today: dt.date) -> object:
    """The answer to a question, asked until it is one; None if the term is left out."""
    choices = {"pillar": ledger.pillars, "owed_by": ledger.parties, "strength": list(Strength)}
    known = ", ".join(choices.get(name, ()))
    prompt = f"{QUESTIONS[name]} ({known})" if known else QUESTIONS[name]
    while True:
        text: str = typer.prompt(clean(prompt), default="", show_default=False, err=True).strip()
        try:
            if text:
                return _read(name, text, ledger, today)
            if not NEW_PLEDGE[name].term.is_required:
                return None
            raise WrongUse("this can't be left out")
        except PledgesError as error:
            said = (error.message, error.hint or "")
            notify(f"  {line}" for part in said for line in wrap(clean(part), WIDTH))


def _read(name: str, text: str, ledger: Ledger, today: dt.date) -> object:
    """The value of an answer; what it names is in the ledger."""
    option = NEW_PLEDGE[name]
    value = option_value(option.term, text, option.flag.lstrip("-"), today)
    if name == "made":
        check_made(value, f"made {text}", today)
    elif name == "source":
        _check_source(text, ledger)
    else:
        key_in(ledger, option, value)
    return value


def _check_source(text: str, ledger: Ledger) -> None:
    """Refuse a source that is not registered; one can't be registered by an answer."""
    if not is_url(text) and match_key(text) not in map(match_key, ledger.sources):
        close = nearest(text, ledger.sources)
        hint = f"did you mean {close}?" if close else "give the id of one, or an address"
        raise WrongUse(f"the ledger has no source {text!r}", hint)
