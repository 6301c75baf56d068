"""``pledges undo``: undo the last change."""

from typing import Annotated, Final

from pledges.commands._help import CommandHelp, Example
from pledges.commands._options import Writing
from pledges.commands._spread import spread, without
from pledges.commands._undoing import UNDOING_EXITS, Direction, ListOnly, list_history, move
from pledges.ledger.storage.logged_write import LoggedWrite
from pledges.ledger.storage.undo_log import Act

UNDO: Final = Direction(
    Act.UNDO,
    Act.REDO,
    writes=lambda past: past.done[::-1],
    new_content=LoggedWrite.undone,
    past_tense="Undone",
    lines_are="taken back",
    done="{name} is as it was before.",
    hint="only what pledges wrote on this computer can be undone",
)


HELP: Final = CommandHelp(
    "Undo the last change, after showing it. In a script it needs --yes.",
    [
        Example("What can be undone:", "pledges undo --list"),
        Example("Only show what would be undone:", "pledges undo --dry-run"),
        Example("Undo it without a question:", "pledges undo --yes"),
    ],
    exits=UNDOING_EXITS,
    topics=["environment"],
)


@spread
def run(writing: Annotated[Writing, without("as_of")], list_only: ListOnly = False) -> int:  # noqa: FBT002  (an option)
    return list_history(writing) if list_only else move(writing, UNDO)
