"""``pledges undo``: undo the last change."""

from typing import Final

from pledges.commands._options import Writing, spread
from pledges.commands._undoing import Direction, ListOnly, list_history, move
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


@spread
def run(writing: Writing, list_only: ListOnly = False) -> int:  # noqa: FBT002  (an option)
    """Undo the last change, after showing it. In a script it needs --yes."""
    return list_history(writing) if list_only else move(writing, UNDO)
