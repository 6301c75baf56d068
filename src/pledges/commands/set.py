"""``pledges set``: other terms for a pledge, or for several."""

import datetime as dt
from collections.abc import Iterator, Sequence
from typing import Annotated, Any, Final

from msgspec import UNSET
from msgspec.structs import replace

from pledges.cell_width import aligned
from pledges.commands._completion import Completed
from pledges.commands._entries import changes_answer
from pledges.commands._help import WRITING_EXITS, CommandHelp, Example
from pledges.commands._lookups import NEW_SOURCE, key_in, named_pledges, new_source
from pledges.commands._options import Words, Writing, ids_argument, option
from pledges.commands._pledge_terms import (
    PERIOD_TERMS,
    PLEDGE_TERMS,
    check_made,
    completed_pledge,
    pledge_of_id,
    usual_kind,
)
from pledges.commands._session import as_of_day, open_session
from pledges.commands._spread import spread
from pledges.commands._term_options import TermOption, Texts
from pledges.commands._typed_words import typed_ids
from pledges.commands._values import Values, read_values
from pledges.commands._writing import Desk, open_desk
from pledges.domain.edits import Edit, Move, Put, RegisterEntry, edits_between
from pledges.domain.fields import Several
from pledges.domain.ids import is_pattern
from pledges.domain.pledge import Kind, Ledger, Pledge
from pledges.domain.snapshot import Snapshot
from pledges.errors import Exit, WrongUse, nearest_hint
from pledges.own_commands import with_ledger
from pledges.streams import notify
from pledges.view.update_page import preview
from pledges.view.wording import values as words

CHANGES_FIRST: Final = "This changes the deadline as it was first pledged"
MEASURE: Final = "measure"
FEW: Final = 5  # how many pledges the undo log names one by one

CLEARABLE: Final = Completed(
    [
        MEASURE,
        *(
            each.flag.removeprefix("--")
            for each in PLEDGE_TERMS.options
            if not each.term.is_required
        ),
    ]
)
Clear = Annotated[
    Words, option("NAME", "Take this term away; repeatable.", None, "--clear", completed=CLEARABLE)
]


HELP: Final = CommandHelp(
    "Change the terms of pledges.",
    [
        Example("The body in charge:", "pledges set ECO-02 --lead 'Ministry of Planning'"),
        Example("A tag for a whole pillar:", "pledges set 'DIG-*' --tag digital --yes"),
        Example("A new id, wherever it is used:", "pledges set SEC-03 --id SEC-30"),
        Example("Take a term away:", "pledges set ECO-02 --clear due-text"),
    ],
    about="The old leads, parties, sources or tags are replaced. What happened is news and goes "
    "into the history: see pledges update.",
    exits=WRITING_EXITS,
    topics=["ledger", "dates"],
)


@spread
def run(
    ids: Annotated[Words, ids_argument("ID...")],
    terms: Annotated[Texts, PLEDGE_TERMS],
    source: Annotated[Texts, NEW_SOURCE],
    writing: Writing,
    clear: Clear = None,
) -> int:
    today = as_of_day(writing.as_of)
    options = (*terms.values(), *source.values())
    named = list(dict.fromkeys(typed_ids(ids, writing.reading.ledger, options)))
    values, new = read_values(PLEDGE_TERMS, terms, today), read_values(NEW_SOURCE, source, today)
    if "made" in values:
        check_made(values["made"], f"--made {terms['made']}", today)
    cleared = [_cleared_option(name) for name in clear or ()]
    _check(named, values, cleared)
    desk = open_desk(writing)
    session = open_session(desk.reading, today=today)
    chosen = named_pledges(named, session.ledger)

    def plan(ledger: Ledger) -> Sequence[Edit]:
        added = new_source(new, values.get("source", ()), ledger)
        pledges = named_pledges(named, ledger)
        edits = [x for each in pledges for x in _edits(each, values, cleared, ledger, added, today)]
        return [*added, *edits]

    plan(session.ledger)  # refuse before asking the user
    if not _user_agrees(chosen, named, values, desk, session.now):
        return Exit.DONE
    which = ", ".join(x.id for x in chosen) if len(chosen) <= FEW else f"{len(chosen)} pledges"
    amendment = desk.amend(f"set {which}: {', '.join([*terms, *(clear or ())])}", plan)
    new_ids = {each.id: str(values.get("id", each.id)) for each in chosen}
    is_first_due = "due" in values and any(each.due and not each.last_news_on for each in chosen)
    remarks = [f"{CHANGES_FIRST}."] if is_first_due and amendment.old != amendment.new else []
    desk.tell_change(amendment, lambda: changes_answer(amendment, new_ids, desk, today, remarks))
    return Exit.DONE


def _cleared_option(name: str) -> TermOption:
    spelt = name.strip().removeprefix("--").replace("-", "_")
    known = {key: x for x in PLEDGE_TERMS.options for key in (x.term.name, x.name)}
    if spelt == MEASURE:
        return known["unit"]  # without which there is none
    if spelt == "unit":
        raise WrongUse("a measure can't be without --unit", f"to take it away: --clear {MEASURE}")
    if spelt not in known:
        flags = [MEASURE, *(each.flag.removeprefix("--") for each in known.values())]
        raise WrongUse(f"--clear: there is no term {name!r}", nearest_hint(name, flags))
    if known[spelt].record is Pledge and known[spelt].term.is_required:
        raise WrongUse(f"a pledge can't be without {known[spelt].flag}", "give it another value")
    return known[spelt]


def _check(named: Sequence[str], values: Values, cleared: Sequence[TermOption]) -> None:
    """Refuse what can't be meant before the ledger is read."""
    if not named:
        hint = "give an id, for example: pledges set ECO-02 --lead 'Ministry of Planning'"
        raise WrongUse("no pledge is given", hint)
    if not (values or cleared):
        hint = "give --title, --pillar or --lead, for example, or --clear lead"
        raise WrongUse("there is nothing to change", hint)
    if both := next((each.flag for each in cleared if each.name in values), None):
        raise WrongUse(f"{both} is given and cleared", "leave one of the two out")
    if "id" in values and (len(named) > 1 or is_pattern(named[0])):
        raise WrongUse("--id is the new id of one pledge", "give one id")


def _edits(
    old: Pledge,
    values: Values,
    cleared: Sequence[TermOption],
    ledger: Ledger,
    added: Sequence[RegisterEntry],
    today: dt.date,
) -> Iterator[Edit]:
    """Yield what gives a pledge its new terms; what refers to it follows a new id.

    Raises: ``WrongUse`` if the terms do not go together, name what is not there, or do not fit
    what was reported already.
    """
    draft = _draft(old, values, cleared, ledger, added)
    with_value = [at for at, each in enumerate(old.updates, 1) if each.value is not None]
    if old.measure and not draft.measure and with_value:
        hint = f"to clear a value: pledges correct {old.id} {with_value[0]} --clear value"
        raise WrongUse(f"{old.id} has values in its history, which need its measure", hint)
    first = min((each.date for each in old.updates), default=None)
    if draft.made != old.made and draft.made and first and first < draft.made.first:
        message = f"{old.id} has an entry of {first}, before {draft.made.name}"
        raise WrongUse(message, f"to see it: pledges show {old.id}")
    others = (each for each in ledger.pledges if each is not old)
    if draft.id != old.id and (used := pledge_of_id(draft.id, others, "ECO-02")):
        raise WrongUse(f"the id {used.id} is already used: {used.title}", "choose another id")
    new = completed_pledge(draft, values, ledger, added, today)
    yield from edits_between(old, new)
    if new.pillar != old.pillar:
        yield Move(old.id)
    for each in ledger.pledges if new.id != old.id else ():
        name = new.id if each is old else each.id
        if each.part_of == old.id:
            yield Put(name, ("part_of",), new.id)
        if old.id in each.superseded_by:
            ids = Several(new.id if x == old.id else x for x in each.superseded_by)
            yield Put(name, ("superseded_by",), ids)


def _draft(
    old: Pledge,
    values: Values,
    cleared: Sequence[TermOption],
    ledger: Ledger,
    added: Sequence[RegisterEntry],
) -> Pledge:
    """A pledge with the terms that are given and cleared, and without those that they end."""
    terms: dict[str, Any] = {
        each.term.name: key_in(ledger, each, values[each.name], added)
        for each in PLEDGE_TERMS.of(Pledge)
        if each.name in values
    }
    if values.get("kind", Kind.RECURRING) is not Kind.RECURRING:
        terms = {**dict.fromkeys(each for each in PERIOD_TERMS if each not in values), **terms}
    if "due" in terms:  # its source's words for the old deadline do not describe the new one
        terms = {"due_text": None, **terms}
    measure = old.measure
    for each in cleared:
        name = each.term.name
        if each.record is Pledge:
            terms[name] = UNSET if name == "internal" else each.term.empty
        elif measure:
            measure = None if name == "unit" else replace(measure, **{name: None})
    kind = {"kind": usual_kind(values, old.kind)}
    return replace(old, **{**kind, **terms}, measure=measure)


def _user_agrees(
    chosen: Sequence[Pledge], named: Sequence[str], values: Values, desk: Desk, now: Snapshot
) -> bool:
    """Whether the user agrees, if there is a reason to ask: several by a pattern, or old news.

    Raises: ``WrongUse`` if there is nobody to ask.
    """
    reported = [each.id for each in chosen if each.last_news_on]
    changes_first = "due" in values and reported
    if desk.options.dry_run or not (changes_first or any(map(is_pattern, named))):
        return True
    if not desk.options.quiet:
        notify(aligned(preview(now.assessed, [each.id for each in chosen])))
    if changes_first:
        instead = f"To move it instead: pledges update {reported[0]} --due ... --why ..."
        notify([f"{CHANGES_FIRST}, and there has been news since.", with_ledger(instead)])
    return desk.user_agrees(f"change {words.count(len(chosen), 'pledge')}")
