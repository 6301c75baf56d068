"""The terms of a new pledge: as options, as questions to who sits there, and as a pledge."""

import datetime as dt
import re
from collections.abc import Sequence
from typing import Annotated, Final

from msgspec import Struct

from pledges.commands import _values as given
from pledges.commands._options import text_option
from pledges.domain.day import Interval, Period, period_around, read_interval
from pledges.domain.ids import next_id
from pledges.domain.pledge import Every, Kind, Ledger, Measure, Pledge, Strength
from pledges.domain.spelling import folded, read_word
from pledges.errors import NotADate, WrongUse
from pledges.view.wording import values as words

TERMS: Final = "Its terms"
MEASURE: Final = "Its measure"


class PledgeOptions(Struct, frozen=True):
    """What a new pledge says, as it was typed."""

    title: Annotated[str | None, text_option("title", "TEXT", "What was promised.", TERMS)] = None
    pillar: Annotated[
        str | None, text_option("pillar", "KEY", "Its pillar, by key or title.", TERMS)
    ] = None
    owed_by: Annotated[
        list[str] | None, text_option("owed-by", "KEY", "Who owes it, by key or name.", TERMS)
    ] = None
    due: Annotated[
        str | None, text_option("due", "DATE", "Its deadline: a day or a period.", TERMS)
    ] = None
    made: Annotated[
        str | None, text_option("made", "DATE", "When it was made: a day or a period.", TERMS)
    ] = None
    strength: Annotated[
        str | None, text_option("strength", "WORD", f"{', '.join(Strength)}.", TERMS)
    ] = None
    source: Annotated[
        str | None, text_option("source", "ID", "A source's id, or an address.", TERMS)
    ] = None
    kind: Annotated[str | None, text_option("kind", "WORD", f"{', '.join(Kind)}.", TERMS)] = None
    every: Annotated[
        str | None, text_option("every", "WORD", f"How often it recurs: {', '.join(Every)}.", TERMS)
    ] = None
    since: Annotated[
        str | None, text_option("since", "PERIOD", "Its first period; that of --made.", TERMS)
    ] = None
    review: Annotated[
        str | None, text_option("review", "SPAN", "How often to look at it: '6 months'.", TERMS)
    ] = None
    lead: Annotated[str | None, text_option("lead", "NAME", "The body in charge.", TERMS)] = None
    tag: Annotated[list[str] | None, text_option("tag", "TAG", "A tag.", TERMS)] = None
    note: Annotated[
        str | None, text_option("note", "TEXT", "A note; - reads standard input.", TERMS)
    ] = None
    id: Annotated[str | None, text_option("id", "ID", "Its id; else the next free one.", TERMS)] = (
        None
    )
    unit: Annotated[str | None, text_option("unit", "TEXT", "What is counted.", MEASURE)] = None
    baseline: Annotated[
        str | None, text_option("baseline", "NUMBER", "Where it began.", MEASURE)
    ] = None
    target: Annotated[
        str | None, text_option("target", "NUMBER", "What it is to reach.", MEASURE)
    ] = None

    @property
    def missing(self) -> str | None:
        """The first option without which there is no pledge."""
        needed = {"--title": self.title, "--pillar": self.pillar}
        return next((option for option, said in needed.items() if said is None), None)


def pledge(terms: PledgeOptions, ledger: Ledger, source: str | None, today: dt.date) -> Pledge:
    """The pledge that the terms make.

    Raises: ``WrongUse`` for a word, a date or a number that is none.
    """
    pillar = pillar_key(terms.pillar or "", ledger)
    title = given.text(terms.title, "--title") or ""
    if terms.id is None:
        _see_that_it_is_new(title, pillar, ledger)
    made = made_on(terms.made, today)
    every = None if terms.every is None else read_word(Every, "length of period", terms.every)
    due = _due(terms.due, made, today)
    return Pledge(
        id=_id(terms.id, pillar, ledger),
        title=title,
        pillar=pillar,
        kind=_kind(terms),
        every=every,
        since=_since(terms.since, every, made, today),
        review=_review(terms.review),
        owed_by=tuple(party_keys(terms.owed_by or (), ledger)),
        lead=given.text(terms.lead, "--lead"),
        strength=strength_of(terms.strength),
        made=made,
        due=due,
        source=source,
        tags=tuple(dict.fromkeys(given.text(each, "--tag") or "" for each in terms.tag or ())),
        note=terms.note,
        measure=_measure(terms),
    )


def _see_that_it_is_new(title: str, pillar: str, ledger: Ledger) -> None:
    for each in ledger.pledges:
        if each.pillar == pillar and folded(each.title) == folded(title):
            hint = f"change that one: pledges update {each.id}; or give this one an --id"
            raise WrongUse(f"{each.id} has this title already", hint)


def pillar_key(text: str, ledger: Ledger) -> str:
    """The pillar that a text names.

    Raises: ``UnknownWord`` with the nearest one.
    """
    return given.key(text, "pillar", ledger.pillars)


def made_on(text: str | None, today: dt.date, option: str = "--made") -> Period | None:
    """When it was made, which is not yet to come.

    Raises: ``NotADate``, ``WrongUse``.
    """
    made = given.period(text, option, today)
    if made and made.first > today:
        hint = "give the day or the period in which it was made"
        raise WrongUse(f"{option} {text} lies after {words.day(today)}", hint)
    return made


def _kind(terms: PledgeOptions) -> Kind:
    """Its kind: what is given, else recurring where it says how often.

    Raises: ``WrongUse`` where the options don't go together.
    """
    usual = Kind.ONE_OFF if terms.every is None else Kind.RECURRING
    kind = usual if terms.kind is None else read_word(Kind, "kind", terms.kind)
    if kind is Kind.RECURRING and terms.every is None:
        raise WrongUse("what recurs does so every so often", f"give --every {', '.join(Every)}")
    if kind is Kind.RECURRING and terms.due is not None:
        raise WrongUse("what recurs is due at the end of each period", "leave --due out")
    if kind is not Kind.RECURRING and (terms.every is not None or terms.since is not None):
        hint = "leave it out, or give --kind recurring --every year"
        option = "--since" if terms.every is None else "--every"
        raise WrongUse(f"{option} is for what recurs", hint)
    return kind


def _due(text: str | None, made: Period | None, today: dt.date) -> Period | None:
    due = given.period(text, "--due", today)
    if due and made and due.last < made.first:
        hint = "give a later deadline, or see whether --made is right"
        raise WrongUse(f"the deadline {due.name} lies before it was made, {made.name}", hint)
    return due


def _since(
    text: str | None, every: Every | None, made: Period | None, today: dt.date
) -> Period | None:
    """The first period: as given, else the one in which it was made."""
    since = given.period(text, "--since", today)
    if not every or (since and since.length == every):
        return since
    usual = period_around(since.first if since else made.first if made else today, every)
    if since:
        raise WrongUse(f"--since: {since.name} is no {every}", f"for example {usual.name}")
    return usual


def _review(text: str | None) -> Interval | None:
    try:
        return None if text is None else read_interval(text)
    except NotADate as error:
        raise NotADate(error.text, f"--review: {error.reason}", error.hint) from None


def strength_of(text: str | None) -> Strength | None:
    """How firm it is.

    Raises: ``UnknownWord`` with the nearest word.
    """
    return None if text is None else read_word(Strength, "strength", text)


def party_keys(texts: Sequence[str], ledger: Ledger) -> list[str]:
    """The keys of parties, each given by itself or with commas between.

    Raises: ``UnknownWord`` with the nearest one.
    """
    keys = []
    for text in texts:
        parts = [each.strip() for each in re.split("[,;]", given.text(text, "--owed-by") or "")]
        if not any(parts):
            raise WrongUse("--owed-by is empty", "leave it out, or write something")
        keys += [given.key(each, "party", ledger.parties) for each in parts if each]
    return list(dict.fromkeys(keys))


def _id(text: str | None, pillar: str, ledger: Ledger) -> str:
    taken = [each.id for each in ledger.pledges]
    if text is None:
        return next_id(pillar, taken, [each.id for each in ledger.pledges if each.pillar == pillar])
    named = given.text(text, "--id") or ""
    if not named[0].isalnum():
        hint = f"for example {next_id(pillar, taken, [])}"
        raise WrongUse(f"--id: {named!r} does not begin with a letter or a digit", hint)
    same = next((each for each in ledger.pledges if each.id.casefold() == named.casefold()), None)
    if same:
        hint = f"leave --id out, or change that one: pledges update {same.id}"
        raise WrongUse(f"the id {same.id} is taken: {same.title}", hint)
    return named


def _measure(terms: PledgeOptions) -> Measure | None:
    if terms.unit is None:
        if terms.baseline is not None or terms.target is not None:
            raise WrongUse("a measure needs a unit", "give it with --unit, such as --unit parks")
        return None
    return Measure(
        unit=given.text(terms.unit, "--unit") or "",
        baseline=given.number(terms.baseline, "--baseline"),
        target=given.number(terms.target, "--target"),
    )
