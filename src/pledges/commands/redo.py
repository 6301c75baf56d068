"""``pledges redo``: do the change again that was undone last."""

from typing import Annotated, Final

from pledges.commands._help import CommandHelp, Example
from pledges.commands._options import Writing
from pledges.commands._spread import spread, without
from pledges.commands._undoing import UNDOING_EXITS, Direction, ListOnly, list_history, move
from pledges.ledger.storage.logged_write import LoggedWrite
from pledges.ledger.storage.undo_log import Act

REDO: Final = Direction(
    Act.REDO,
    Act.UNDO,
    writes=lambda past: past.undone,
    new_content=LoggedWrite.redone,
    past_tense="Redone",
    lines_are="changed again",
    done="{name} is as it was before the undo.",
    hint="only what was undone can be redone, until the next change",
)


HELP: Final = CommandHelp(
    "Redo the change that was undone last, after showing it. In a script it needs --yes.",
    [
        Example("What can be redone:", "pledges redo --list"),
        Example("Only show what would be done again:", "pledges redo --dry-run"),
        Example("Do it again without a question:", "pledges redo --yes"),
    ],
    exits=UNDOING_EXITS,
    topics=["environment"],
)


@spread
def run(writing: Annotated[Writing, without("as_of")], list_only: ListOnly = False) -> int:  # noqa: FBT002  (an option)
    return list_history(writing) if list_only else move(writing, REDO)
