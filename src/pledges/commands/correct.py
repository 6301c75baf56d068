"""``pledges correct``: an entry of a pledge put right, or a claim, or a decision asked for."""

from collections.abc import Sequence
from typing import Annotated, Any, Final

from msgspec import Struct
from msgspec.structs import replace

from pledges.commands._completion import Completed
from pledges.commands._entries import (
    AskNumber,
    ClaimNumber,
    EntryNumber,
    PledgeIdArgument,
    RecordPlace,
    change_answer,
    record_place,
)
from pledges.commands._help import WRITING_EXITS, CommandHelp, Example
from pledges.commands._lookups import NEW_SOURCE, key_in, new_source
from pledges.commands._options import Words, Writing, option
from pledges.commands._session import as_of_day
from pledges.commands._spread import spread
from pledges.commands._term_options import TermOption, TermOptions, Texts, term_options
from pledges.commands._values import Values, read_values
from pledges.commands._writing import open_desk
from pledges.domain.edits import Edit, RegisterEntry, edits_between
from pledges.domain.fields import terms
from pledges.domain.pledge import Ask, Claim, Ledger, Update
from pledges.domain.update_rules import Addition, fits_periods, made_before
from pledges.errors import Exit, WrongUse, nearest_hint

PANEL: Final = "What it should say"
FIRST: Final = ("status", "value", "note", "source", "by")
HELPS: Final = {
    "date": "The day it happened, or on which a decision was asked for.",
    "due": "The deadline that the entry or claim gives; a move needs --why.",
    "target": "The target that a claim gives.",
    "settled": "The day on which a decision or a claim was settled.",
}
CORRECTION: Final = TermOptions(
    [
        *term_options(Update, PANEL, first=FIRST, helps=HELPS),
        TermOption("target", Claim, terms(Claim)["target"], PANEL, HELPS["target"]),
        TermOption("what", Ask, terms(Ask)["what"], PANEL),
        *(TermOption(f"ask_{name}", Ask, terms(Ask)[name], PANEL) for name in ("of", "by")),
        TermOption("settled", Ask, terms(Ask)["settled"], PANEL, HELPS["settled"]),
    ]
)

DATED_TERMS: Final = ("date", "period", "status", "due")
"""The terms of an update that must fit the pledge, as those of a new one must."""

CLEARABLE: Final = Completed(
    dict.fromkeys(each.term.name for each in CORRECTION.options if not each.term.is_required)
)
Clear = Annotated[
    Words, option("NAME", "Take this out of it; repeatable.", None, "--clear", completed=CLEARABLE)
]

HELP: Final = CommandHelp(
    "Correct an entry in the history of a pledge, or a claim or decision.",
    [
        Example("The figure of its first entry:", "pledges correct ECO-02 1 --value 22"),
        Example("Take a note out of it:", "pledges correct ECO-02 1 --clear note"),
        Example("Its first claim:", "pledges correct ECO-02 --claim 1 --due 2031"),
    ],
    about="The numbers are those that pledges show gives. A correction is no news.",
    exits=WRITING_EXITS,
    topics=["ledger", "dates"],
)


@spread
def run(
    pledge: PledgeIdArgument,
    report: Annotated[Texts, CORRECTION],
    source: Annotated[Texts, NEW_SOURCE],
    writing: Writing,
    number: EntryNumber = None,
    claim: ClaimNumber = None,
    ask: AskNumber = None,
    clear: Clear = None,
) -> int:
    today = as_of_day(writing.as_of)
    values = read_values(CORRECTION, report, today)
    registered = read_values(NEW_SOURCE, source, today)
    if not (values or clear):
        raise WrongUse("there is nothing to correct", "give --value, --date or --note, for example")
    if "date" in values and values["date"] > today:
        raise WrongUse(f"--date {report['date']} is in the future", "give the day it happened")
    desk = open_desk(writing)

    def plan(ledger: Ledger) -> Sequence[Edit]:
        added = new_source(registered, values.get("source", ()), ledger)
        place = record_place(pledge, ledger, number, claim, ask)
        changed = {**_given(place, values, ledger, added), **_cleared(place, clear or ())}
        corrected = replace(place.record, **changed)
        if isinstance(corrected, Update) and not changed.keys().isdisjoint(DATED_TERMS):
            # A new update of these dates and terms would be refused, too.
            for rule in (made_before, fits_periods):
                for no in rule(Addition(update=corrected), place.pledge, ledger):
                    raise WrongUse(f"{place.pledge.id}: {no.reason}", no.hint)
        return [*added, *edits_between(place.pledge, place.pledge_with(corrected))]

    amendment = desk.amend(f"correct {pledge}: {', '.join([*report, *(clear or ())])}", plan)
    desk.tell_change(amendment, lambda: change_answer(amendment, pledge, desk, today))
    return Exit.DONE


def _options_of(kind: type[Struct]) -> dict[str, TermOption]:
    """The option for each term of a kind of record: its own, or else that of others."""
    own = {each.term.name: each for each in CORRECTION.of(kind)}
    options = {each.name: each for each in CORRECTION.options} | own
    return {name: options[name] for name in terms(kind)}


def _given(
    place: RecordPlace, values: Values, ledger: Ledger, added: Sequence[RegisterEntry]
) -> dict[str, Any]:
    """The terms of a record that are given, by the names that it has for them."""
    own = _options_of(type(place.record)).values()
    given: dict[str, Any] = {}
    for each in (x for x in CORRECTION.options if x.name in values):
        if each not in own:
            hint = f"it takes {', '.join(x.flag for x in own)}"
            raise WrongUse(f"{place.title} has no {each.flag}", hint)
        given[each.term.name] = key_in(ledger, each, values[each.name], added)
    return given


def _cleared(place: RecordPlace, clear: Sequence[str]) -> dict[str, Any]:
    """The terms of a record that are taken out of it, each with its empty value."""
    kind = type(place.record)
    names = {x: name for name, each in _options_of(kind).items() for x in (name, each.name)}
    cleared: dict[str, Any] = {}
    for text in clear:
        name = names.get(text.strip().removeprefix("--").replace("-", "_"))
        if name is None:
            hint = nearest_hint(text, [*terms(kind)])
            raise WrongUse(f"--clear: {place.title} has no {text!r}", hint)
        if terms(kind)[name].is_required:
            raise WrongUse(f"{place.title} can't be without its {name}", "give another value")
        cleared[name] = terms(kind)[name].empty
    return cleared
