"""``pledges show``: one pledge in full, or several."""

from typing import Annotated, Final

from pledges.commands._help import CommandHelp, Example
from pledges.commands._options import Internal, Reading, ids_argument
from pledges.commands._session import open_session
from pledges.commands._spread import spread
from pledges.commands._typed_words import typed_ids
from pledges.errors import Exit, NoSuchPledge, WrongUse
from pledges.streams import is_terminal
from pledges.view.show_page import answer

HELP: Final = CommandHelp(
    "Show pledges in full, with their history and sources.",
    [
        Example("One pledge:", "pledges show ECO-02"),
        Example("All of a pillar, by their ids:", "pledges show 'DIG-*'"),
        Example(
            "Those that a filter finds:",
            "pledges list --overdue --columns id --format text | pledges show -",
        ),
    ],
    topics=["ledger", "columns"],
)


@spread
def run(
    reading: Reading,
    ids: Annotated[list[str], ids_argument("ID...")],
    internal: Internal = False,  # noqa: FBT002  (an option of the command line)
) -> int:
    named: dict[str, None] = {}
    typed = typed_ids(ids, reading.ledger)
    if not typed:
        raise WrongUse("no id is given", "give one per line on standard input")
    session = open_session(reading)
    for text, found in zip(typed, session.known_ids(typed), strict=True):
        if not found:
            raise NoSuchPledge(f"no id matches {text!r}", "to see all: pledges list")
        named |= dict.fromkeys(found)
    by_id = {each.pledge.id: each for each in session.now.assessed}
    with_internal = internal or (is_terminal() and not reading.output)
    session.write(answer([by_id[each] for each in named], session.now, with_internal=with_internal))
    return Exit.DONE
