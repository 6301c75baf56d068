"""``pledges undo``: undo the last change."""

from pathlib import Path
from typing import Annotated, Final

from pledges.clean import encodable
from pledges.commands._options import Writing, flag, spread
from pledges.commands._output import emit
from pledges.commands._writing import can_ask, open_desk, user_confirms
from pledges.errors import Busy, CannotWrite, Exit, WrongUse
from pledges.ledger.editing.amend import Revision
from pledges.ledger.reading.find import read_file, utf8_text
from pledges.ledger.storage.undo_log import is_changed_by_others, undoable_writes
from pledges.view.writes_page import undo_answer

List = Annotated[bool, flag("List the changes that can be undone.", None, "--list")]
_BY_HAND: Final = "correct the ledger by hand: pledges edit"


@spread
def run(writing: Writing, list_only: List = False) -> int:  # noqa: FBT002  (an option)
    """Undo the last change, after showing it."""
    desk = open_desk(writing)
    path, name = desk.path, desk.name
    content, _ = read_file(path)
    if list_only:
        writes = [(each.on, each.act) for each in reversed(undoable_writes(path, content))]
        is_changed = is_changed_by_others(path, content)
        answer = undo_answer(writes, encodable(path.name), is_changed=is_changed)
        emit(answer, writing.reading, None)
        return Exit.DONE
    revision = _undoing_revision(path, content, name)
    desk.print_diff(revision)
    if writing.dry_run:
        return Exit.DONE
    if can_ask(writing) and not writing.yes and not user_confirms("Undo this change?"):
        desk.say("Nothing was written.")
        return Exit.DONE
    desk.write("undo", revision, "run the command again", is_undoing=True)
    desk.say(f"Undone. {path.name} is as it was before.")
    return Exit.DONE


def _undoing_revision(path: Path, content: bytes, name: str) -> Revision:
    """The ledger without the last change.

    Raises: ``WrongUse`` if there is no change to undo; ``Busy`` if it was changed by others since.
    """
    text = utf8_text(content, name)
    if writes := undoable_writes(path, content):
        before = writes[-1].content_before(content)
        if before is None:
            raise CannotWrite("the record for undo is damaged; nothing was written", _BY_HAND)
        return Revision(text, utf8_text(before, name))
    if not is_changed_by_others(path, content):
        hint = "only what pledges wrote on this computer can be undone"
        raise WrongUse(f"there is nothing to undo in {name}", hint)
    message = f"{name} was changed by hand or by another program since the last change"
    raise Busy(message, _BY_HAND)
