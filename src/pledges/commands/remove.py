"""``pledges remove``: a pledge taken out of the ledger, or one of its entries."""

from collections.abc import Sequence
from typing import Final

from pledges.commands._entries import (
    AskNumber,
    ClaimNumber,
    EntryNumber,
    PledgeIdArgument,
    change_answer,
    one_pledge,
    record_place,
)
from pledges.commands._help import WRITING_EXITS, CommandHelp, Example
from pledges.commands._options import Writing
from pledges.commands._session import as_of_day, open_session
from pledges.commands._spread import spread
from pledges.commands._writing import open_desk
from pledges.domain.edits import Edit, Remove
from pledges.domain.pledge import Ledger, Pledge
from pledges.errors import Exit, WrongUse
from pledges.view.update_page import removal_answer
from pledges.view.wording.values import be, enumeration

HELP: Final = CommandHelp(
    "Remove a pledge, or an entry of its history, that should never have been there.",
    [
        Example("An entry of its history:", "pledges remove ECO-02 1 --yes"),
        Example("What would become of the ledger:", "pledges remove SEC-03 --dry-run"),
    ],
    about="The numbers are those that pledges show gives. A pledge that was given up is withdrawn "
    "instead: see pledges update.",
    exits=WRITING_EXITS,
    topics=["ledger"],
)


@spread
def run(
    pledge: PledgeIdArgument,
    writing: Writing,
    number: EntryNumber = None,
    claim: ClaimNumber = None,
    ask: AskNumber = None,
) -> int:
    today = as_of_day(writing.as_of)
    desk = open_desk(writing)
    is_whole = number is claim is ask is None

    def plan(ledger: Ledger) -> Sequence[Edit]:
        if not is_whole:
            place = record_place(pledge, ledger, number, claim, ask)
            return [Remove(place.pledge.id, (place.key, place.number))]
        found = one_pledge(pledge, ledger)
        _check_unreferred(found, ledger)
        return [Remove(found.id)]

    ledger = open_session(desk.reading, today=today).ledger
    plan(ledger)  # refuse before asking the user
    found = one_pledge(pledge, ledger)
    place = None if is_whole else record_place(pledge, ledger, number, claim, ask)
    what = place.title if place else f"{found.id} ({found.title})"
    if not (writing.dry_run or desk.user_agrees(f"remove {what}")):
        return Exit.DONE
    amendment = desk.amend(f"remove {what}", plan)
    if is_whole:
        desk.tell_change(amendment, lambda: removal_answer(found, desk.path.name, today))
    else:
        desk.tell_change(amendment, lambda: change_answer(amendment, pledge, desk, today))
    return Exit.DONE


def _check_unreferred(pledge: Pledge, ledger: Ledger) -> None:
    """Refuse to remove a pledge that others refer to, and name them."""
    parts = [each.id for each in ledger.pledges if each.part_of == pledge.id]
    replaced = [each.id for each in ledger.pledges if pledge.id in each.superseded_by]
    texts = [f"{enumeration(parts)} {be(len(parts))} part of it"] if parts else []
    texts += [f"{enumeration(replaced)} {be(len(replaced))} superseded by it"] if replaced else []
    if texts:
        hint = (
            f"usually it is kept and replaced: pledges set {pledge.id} --superseded-by ID, then "
            f"pledges update {pledge.id} --status superseded"
        )
        raise WrongUse(f"{pledge.id} can't be removed: {'; '.join(texts)}", hint)
