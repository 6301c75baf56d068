"""The questions about a new pledge to who sits at a terminal."""

import datetime as dt
from collections.abc import Callable
from textwrap import wrap
from typing import Final

import typer
from msgspec import Struct
from msgspec.structs import replace

from pledges.clean import clean
from pledges.commands import _values as given
from pledges.commands._pledge_options import PledgeOptions, made_on, party_keys, pledge, strength_of
from pledges.domain.citations import is_url
from pledges.domain.pledge import Ledger, Strength
from pledges.domain.spelling import folded
from pledges.errors import PledgesError, WrongUse, nearest
from pledges.streams import notify

WIDTH: Final = 76
"""The cells of a line of help below a question."""


class Question(Struct, frozen=True):
    """What is asked for a term: in which words, and what tries the answer."""

    term: str
    words: str
    tried: Callable[[str, Ledger, dt.date], object]
    is_needed: bool = False


QUESTIONS: Final = (
    Question("title", "What was promised", lambda *_: None, is_needed=True),
    Question(
        "pillar",
        "Pillar",
        lambda x, ledger, _: given.key(x, "pillar", ledger.pillars),
        is_needed=True,
    ),
    Question("owed_by", "Owed by", lambda x, ledger, _: party_keys([x], ledger)),
    Question("due", "Due (a day or a period)", lambda x, _, today: given.period(x, "due", today)),
    Question("made", "Made on", lambda x, _, today: made_on(x, today, "made")),
    Question("strength", "Strength", lambda x, *_: strength_of(x)),
    Question("source", "Source (an id or an address)", lambda x, ledger, _: _source(x, ledger)),
)


def asked(
    terms: PledgeOptions, ledger: Ledger, today: dt.date, *, is_new_source: bool
) -> PledgeOptions:
    """The terms, with what is missing as it was answered; an empty answer leaves a term out.

    What was given is tried first; the source is one that is registered, unless it is new.

    Raises: ``WrongUse`` where what was given makes no pledge.
    """
    whole = replace(
        terms, title=terms.title or "?", pillar=terms.pillar or next(iter(ledger.pillars))
    )
    pledge(whole, ledger, None, today)
    if terms.source is not None and not is_new_source:
        _source(terms.source, ledger)
    notify(["Enter alone leaves a term out; Ctrl-C ends this, and nothing is written."])
    for question in QUESTIONS:
        if getattr(terms, question.term) is None:
            answer = _answer(question, ledger, today)
            told: object = [answer] if answer and question.term == "owed_by" else answer or None
            terms = replace(terms, **{question.term: told})
    return terms


def _source(text: str, ledger: Ledger) -> None:
    if not is_url(text) and folded(text) not in map(folded, ledger.sources):
        close = nearest(text, ledger.sources)
        meant = f"did you mean {close}?" if close else "give the id of one, or an address"
        raise WrongUse(f"the ledger has no source {text!r}", meant)


def _answer(question: Question, ledger: Ledger, today: dt.date) -> str:
    choices = {"pillar": ledger.pillars, "owed_by": ledger.parties, "strength": list(Strength)}
    known = ", ".join(choices.get(question.term, ()))
    prompt = f"{question.words} ({known})" if known else question.words
    while True:
        answer: str = typer.prompt(clean(prompt), default="", show_default=False, err=True).strip()
        if not answer and not question.is_needed:
            return answer
        try:
            if not answer:
                raise WrongUse("this can't be left out")
            question.tried(answer, ledger, today)
        except PledgesError as error:
            told = (error.message, error.hint or "")
            notify(f"  {line}" for text in told for line in wrap(clean(text), WIDTH))
        else:
            return answer
