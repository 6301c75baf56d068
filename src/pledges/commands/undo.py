"""``pledges undo``: take the last write back."""

from pathlib import Path
from typing import Annotated, Final

import typer

from pledges.clean import encodable
from pledges.commands._options import Writing, spread
from pledges.commands._output import emit
from pledges.commands._writing import (
    answered_yes,
    can_ask,
    revised,
    show_diff,
    told,
    writable_path,
)
from pledges.errors import Busy, CannotWrite, Exit, WrongUse
from pledges.ledger.editing.revision import Revision
from pledges.ledger.reading.find import path_text, read_file, utf8_text
from pledges.ledger.storage.undo_log import is_changed_by_others, undoable_writes
from pledges.view.undo_page import answer

List = Annotated[bool, typer.Option("--list", help="List the writes that can be taken back.")]


@spread
def run(writing: Writing, list_only: List = False) -> int:  # noqa: FBT002  (an option)
    """Take the last write back, showing it first."""
    path = writable_path(writing)
    content, _ = read_file(path)
    if list_only:
        found = [(each.on, each.act) for each in reversed(undoable_writes(path, content))]
        told_of = answer(
            found, encodable(path.name), is_changed=is_changed_by_others(path, content)
        )
        emit(told_of, writing.reading, None)
        return Exit.DONE
    revision = _undone(path, utf8_text(content, path_text(path)))
    show_diff(revision, path_text(path), writing)
    if writing.dry_run:
        return Exit.DONE
    if can_ask(writing) and not writing.yes and not answered_yes("Take this back?"):
        told(writing, ["Nothing was written."])
        return Exit.DONE
    revised(writing, "undo", lambda text, _: _same(text, revision, path), is_undoing=True)
    told(writing, [f"Taken back; {path.name} is as it was before."])
    return Exit.DONE


_BY_HAND: Final = "mend it by hand: pledges edit opens the ledger in your editor"


def _undone(path: Path, text: str) -> Revision:
    """The ledger without what was last written to it.

    Raises: ``WrongUse`` where nothing was, ``Busy`` where it was changed since.
    """
    content = text.encode()
    if found := undoable_writes(path, content):
        before = found[-1].content_before(content)
        if before is None:
            raise CannotWrite("what undo noted is damaged; nothing was written", _BY_HAND)
        return Revision(text, utf8_text(before, path_text(path)))
    if not is_changed_by_others(path, content):
        hint = "this program remembers only what it wrote on this machine"
        raise WrongUse(f"there is nothing to take back in {path_text(path)}", hint)
    raise Busy(f"{path_text(path)} was changed since, by hand or by another program", _BY_HAND)


def _same(text: str, revision: Revision, path: Path) -> Revision:
    """The revision that was shown, where the ledger is still what it was then."""
    if text != revision.old:
        raise Busy(f"{path_text(path)} was changed meanwhile; nothing was written", "try it again")
    return revision
