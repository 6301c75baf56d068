"""The terms of a pledge as options: ``add`` makes a pledge of them, ``set`` changes one."""

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Final

from msgspec.structs import replace

from pledges.commands._lookups import key_in
from pledges.commands._term_options import TermOption, TermOptions, term_options
from pledges.commands._values import Values
from pledges.domain.day import Period, period_around
from pledges.domain.edits import RegisterEntry
from pledges.domain.fields import terms
from pledges.domain.pledge import Claim, Every, Kind, Ledger, Measure, Pledge
from pledges.errors import WrongUse
from pledges.view.wording.values import day

FIRST_TERMS: Final = ("title", "pillar", "owed_by", "due", "made", "strength", "source")

PERIOD_TERMS: Final = ("every", "since", "until")
"""The terms that only a recurring pledge has."""

PLEDGE_HELPS: Final = {"since": "Its first period; by default that of --made."}


def _pledge_terms(id_help: str) -> TermOptions:
    helps = {**PLEDGE_HELPS, "id": id_help}
    return TermOptions(
        [
            *term_options(Pledge, "Its terms", first=FIRST_TERMS, last=["id"], helps=helps),
            *term_options(Measure, "Its measure"),
        ]
    )


PLEDGE_TERMS: Final = _pledge_terms("A new id, which whatever refers to the pledge takes over.")
NEW_PLEDGE_TERMS: Final = _pledge_terms("Its id; by default the next free one of its pillar.")
"""The same, where there is no pledge yet."""

CLAIM_TERMS: Final = [
    TermOption(f"claim_{name}", Claim, term, "What another source says")
    for name, term in terms(Claim).items()
    if name != "settled"
]
"""The options of another version of a term, which is contested until it is settled."""


def check_claim(values: Values, source: str) -> None:
    """Refuse a claim that gives no term, or has no source; ``source`` is the option for it."""
    if "claim_due" not in values and "claim_target" not in values:
        flag = next(each.flag for each in CLAIM_TERMS if each.name in values)
        hint = "give them with --claim-due or --claim-target"
        raise WrongUse(f"{flag} needs the terms that are claimed", hint)
    if source.lstrip("-").replace("-", "_") not in values:
        raise WrongUse("a claim needs a source", f"give it with {source}")


def usual_kind(values: Values, kind: Kind) -> Kind:
    """The kind without ``--kind``: what is ``--every`` year is recurring."""
    return Kind.RECURRING if "every" in values else kind


def completed_pledge(
    draft: Pledge, values: Values, ledger: Ledger, new: Sequence[RegisterEntry], today: dt.date
) -> Pledge:
    """The pledge with what follows from its terms: its first period, and its measure.

    ``new`` are sources that the ledger does not have yet.

    Raises: ``WrongUse`` if the terms do not go together.
    """
    if draft.due and draft.made and draft.due.last < draft.made.first:
        message = f"the deadline {draft.due.name} is before the pledge was made, {draft.made.name}"
        raise WrongUse(message, "check --due and --made")
    since, measure = _first_period(draft, values, today), draft.measure
    typed = {
        each.term.name: key_in(ledger, each, values[each.name], new)
        for each in PLEDGE_TERMS.of(Measure)
        if each.name in values
    }
    if typed and not measure and "unit" not in typed:
        hint = "give it with --unit, for example --unit parks"
        raise WrongUse("a measure needs a unit", hint)
    if typed:
        measure = replace(measure, **typed) if measure else Measure(**typed)
    return replace(draft, since=since, measure=measure)


def check_made(made: Period, said: str, today: dt.date) -> None:
    """Refuse that a pledge was made in the future."""
    if made.first > today:
        hint = "give the day or the period in which it was made"
        raise WrongUse(f"{said} is after {day(today)}", hint)


def _first_period(draft: Pledge, values: Values, today: dt.date) -> Period | None:
    """The first period of a recurring pledge: as typed, or else the one in which it was made."""
    every, since = draft.every, draft.since
    if draft.kind is not Kind.RECURRING:
        if given := next((each for each in PERIOD_TERMS if getattr(draft, each)), None):
            hint = "leave it out, or add --kind recurring --every year"
            raise WrongUse(f"--{given} is only for recurring pledges", hint)
        return None
    if not every:
        raise WrongUse("a recurring pledge needs --every", f"--every takes {', '.join(Every)}")
    if draft.due:
        hint = "leave out --due" if "due" in values else "take its deadline away: --clear due"
        raise WrongUse("a recurring pledge is due at the end of each period", hint)
    begin = since or draft.made
    usual = period_around(begin.first if begin else today, every)
    if since and since.length != every:
        raise WrongUse(f"--since: {since.name} is not a {every}", f"for example {usual.name}")
    return since or usual


def pledge_of_id(new_id: str, pledges: Iterable[Pledge], example: str) -> Pledge | None:
    """The pledge that has a new id already, in any case.

    Raises: ``WrongUse`` if it can't be an id.
    """
    if not new_id[0].isalnum():
        message = f"--id: {new_id!r} does not begin with a letter or a digit"
        raise WrongUse(message, f"for example {example}")
    return next((each for each in pledges if each.id.casefold() == new_id.casefold()), None)
